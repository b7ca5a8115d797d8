"""Who is at work in the tests of referrals."""

import pytest

from tests.referrals.answers import link_worker


@pytest.fixture
def coordinator(world, sign_in):
    """The browser of a coordinator of the service."""
    return sign_in(world.coordinator)


@pytest.fixture
def worker(world):
    """A link worker with room."""
    return link_worker("Amira Khan", partner=world.partner)
