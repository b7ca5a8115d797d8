"""What every response carries, and what nobody can do without a token (S-12, S-13, S-25, S-32)."""

import importlib
import logging
import re

import pytest
from django.test import Client

from tests.permission_table import (
    ADDRESSES,
    METHODS,
    NOBODY,
    address,
    ask,
    patterns,
    rule,
    someone_allowed,
)
from tests.permission_world import things

PRODUCTION = {
    "SECRET_KEY": "k" * 64,
    "ALLOWED_HOSTS": "testserver",
    "DATABASE_URL": "postgres://spring@127.0.0.1/spring",
    "REDIS_URL": "redis://127.0.0.1/0",
    "EMAIL_URL": "smtp://localhost:25",
}
ANSWERING = [(n, m) for n in sorted(ADDRESSES) for m in METHODS if rule(n, m) != NOBODY]


@pytest.fixture
def in_production(settings, monkeypatch):
    """The browser-facing settings of production, on the test database."""
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    production = importlib.import_module("spring.settings.production")
    production = importlib.reload(production)
    for name in vars(production):
        if name.startswith(("SESSION_", "CSRF_COOKIE", "SECURE_", "X_FRAME", "CONTENT_SECURITY")):
            setattr(settings, name, getattr(production, name))


def browser_of(world, sign_in, name: str, method: str) -> Client:
    actor = someone_allowed(name, method)
    return sign_in(world.actors()[actor]) if actor else Client()


def directives(response) -> dict[str, list[str]]:
    policy = response["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}


def check_headers(response, *, signed_in: bool) -> None:
    rules = directives(response)
    assert rules["default-src"] == ["'none'"]
    for closed in ("object-src", "base-uri", "frame-ancestors"):
        assert rules[closed] == ["'none'"]
    assert rules["form-action"] == ["'self'"]
    assert all(source.startswith("'nonce-") for source in rules["script-src"])
    for sources in rules.values():
        assert not {"*", "data:", "'unsafe-inline'", "'unsafe-eval'"} & set(sources)
        assert not [source for source in sources if "." in source]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    hsts = response["Strict-Transport-Security"]
    assert int(re.search(r"max-age=(\d+)", hsts)[1]) >= 31_536_000
    assert "includeSubDomains" in hsts
    if signed_in:
        assert "no-store" in response["Cache-Control"]
    for cookie in response.cookies.values():
        assert cookie.key.startswith("__Host-"), cookie.key
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] in ("Lax", "Strict")
        assert cookie["path"] == "/"
        assert not cookie["domain"]


@pytest.mark.parametrize(("name", "method"), ANSWERING)
def test_every_answer_is_guarded(world, sign_in, in_production, name, method):
    where = address(name, things(world))
    browser = browser_of(world, sign_in, name, method)
    response = ask(browser, method, where, secure=True)
    check_headers(response, signed_in=someone_allowed(name, method) is not None)


@pytest.mark.parametrize("where", ["/nowhere/", "/participants/x/", "/refer/nowhere/"])
def test_so_is_an_error_page(world, sign_in, in_production, where):
    response = sign_in(world.worker).get(where, secure=True)
    assert response.status_code == 404
    check_headers(response, signed_in=True)


def test_a_missing_header_would_be_noticed(world, sign_in, in_production, settings):
    """The negative control."""
    settings.SECURE_CONTENT_TYPE_NOSNIFF = False
    response = sign_in(world.worker).get("/", secure=True)
    with pytest.raises(KeyError):
        check_headers(response, signed_in=True)


def test_every_page_has_a_nonce_of_its_own(world, sign_in):
    browser = sign_in(world.worker)
    policies = {browser.get("/account/")["Content-Security-Policy"] for _ in range(50)}
    assert len(policies) == 50


@pytest.mark.parametrize("name", [name for name, method in ANSWERING if method == "post"])
def test_nothing_changes_without_a_csrf_token(world, sign_in, name):
    where = address(name, things(world))
    browser = browser_of(world, sign_in, name, "post")
    browser.handler.enforce_csrf_checks = True
    assert browser.post(where, {}).status_code == 403


@pytest.mark.parametrize("name", [name for name, method in ANSWERING if method == "get"])
def test_a_fault_shows_a_number_and_nothing_else(world, sign_in, monkeypatch, caplog, name):
    where = address(name, things(world))
    browser = browser_of(world, sign_in, name, "get")
    browser.raise_request_exception = False
    pattern = next(found for found in patterns() if found.name == name)
    callback = pattern.callback

    def broken(request, *args, **kwargs):
        raise RuntimeError("Meg O'Brien, 9990000018")

    broken.__dict__.update(callback.__dict__)
    monkeypatch.setattr(pattern, "callback", broken)
    with caplog.at_level(logging.ERROR):
        response = browser.get(where)
    assert response.status_code == 500
    body = response.content.decode()
    assert "Traceback" not in body
    assert "9990000018" not in body
    assert "RuntimeError" not in body
    assert re.search(r"[0-9a-f]{12}", body)
    assert [line for line in caplog.records if line.levelno >= logging.ERROR]
