"""The test harness: real rows, a strict client, and a small world of people who work with Spring."""

import random
import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.test import Client

from spring.core import installation
from tests.world import World, make_world

WRITES = re.compile(
    r'^\s*(INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)"?', re.IGNORECASE
)
MAY_BE_WRITTEN_BY_A_GET = {"audit_auditevent", "django_session", "cache"}
UNRENDERED = re.compile(r"\{[{%#]|[%#}]\}")


class GetWrote(AssertionError):
    """A GET changed a business row."""


class BadPage(AssertionError):
    """A page that no browser should be given."""


def refuse_writes(execute, sql, params, many, context):
    written = WRITES.match(sql)
    if written and written[2] not in MAY_BE_WRITTEN_BY_A_GET:
        raise GetWrote(sql[:200])
    return execute(sql, params, many, context)


def check_page(html: str) -> None:
    """Fail on undefined template variables, unrendered tags, inline handlers and inline styles."""
    if "UNDEFINED<" in html or "UNDEFINED&lt;" in html:
        found = re.findall(r"UNDEFINED(?:<|&lt;)([^>&]*)", html)
        raise BadPage(f"undefined in the template: {sorted(set(found))}")
    soup = BeautifulSoup(html, "html5lib")
    for raw in soup(["script", "textarea", "code", "pre"]):
        raw.extract()
    if (text := UNRENDERED.search(soup.get_text())) is not None:
        raise BadPage(f"unrendered tag near {text.string[max(0, text.start() - 40) :][:80]!r}")
    for tag in soup.find_all(True):
        for name in tag.attrs:
            if name.startswith("on") or name == "style":
                raise BadPage(f"inline {name} on <{tag.name}>")
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    twice = {i for i in ids if ids.count(i) > 1}
    if twice:
        raise BadPage(f"ids used twice: {sorted(twice)}")


class StrictClient(Client):
    """Django's client, which also fails where a careful reader would."""

    def request(self, **request):
        if request.get("REQUEST_METHOD", "GET") in ("GET", "HEAD", "OPTIONS"):
            with connection.execute_wrapper(refuse_writes):
                response = super().request(**request)
        else:
            response = super().request(**request)
        if not response.streaming and "text/html" in response.get("Content-Type", ""):
            check_page(response.content.decode())
        return response


@pytest.fixture
def client() -> Client:
    return StrictClient()


@pytest.fixture
def sign_in():
    """`sign_in(user)` gives a strict client of a browser in which that person is signed in."""

    def signed_in(user) -> StrictClient:
        browser = StrictClient()
        browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return signed_in


@pytest.fixture
def world(db) -> World:
    """Two partners that must not see each other, and someone in every role."""
    return make_world()


@pytest.fixture(autouse=True)
def _fresh_memory(request) -> Iterator[None]:
    """No test sees what another one left in a process-wide memory."""
    installation.forget()
    if {"db", "transactional_db", "world"} & set(request.fixturenames):
        request.getfixturevalue(
            "db" if "transactional_db" not in request.fixturenames else "transactional_db"
        )
        cache.clear()
    yield
    installation.forget()


@pytest.fixture(autouse=True)
def _shuffle_the_unordered(monkeypatch) -> None:
    """A queryset without an order comes back in any order, as a database may one day do."""
    fetch_all = QuerySet._fetch_all

    def shuffled(self):
        fresh = self._result_cache is None
        fetch_all(self)
        if fresh and not self.query.is_sliced and not self.ordered:
            random.shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", shuffled)


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_audit_guard(django_db_setup, django_db_blocker) -> None:
    """Emptying the tables between tests with real transactions needs the audit guard aside.

    PostgreSQL truncates, which the guard (a row trigger) does not see.
    """
    if connection.vendor != "sqlite":
        return
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def without_guard(self, sql_list):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            flush(self, sql_list)
        finally:
            with self.connection.cursor() as cursor:
                for _, sql in triggers:
                    cursor.execute(sql)

    operations.execute_sql_flush = without_guard
