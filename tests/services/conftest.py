"""Real servers for the tests in this folder; a missing one fails and says how to get it."""

from collections.abc import Iterator

import pytest

from tests.services import servers


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    with servers.postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def broker_url() -> Iterator[str]:
    with servers.redis() as url:
        yield url
