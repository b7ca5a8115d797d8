"""Who may do what with every address that Spring answers (permissions.yaml; S-1, S-3)."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path

from spring import urls as spring_urls
from tests.permission_table import (
    ADDRESSES,
    METHODS,
    NOBODY,
    address,
    ask,
    lets_in,
    patterns,
    rule,
    undeclared,
)
from tests.permission_world import things


def test_every_address_is_declared():
    assert undeclared() == []


def test_every_declaration_has_an_address():
    assert set(ADDRESSES) == {pattern.name for pattern in patterns()}


def test_an_address_that_is_not_declared_is_found(monkeypatch):
    """The negative control of the first test."""
    sneaky = path("sneaky/", login_not_required(lambda request: HttpResponse()), name="sneaky")
    monkeypatch.setattr(spring_urls, "urlpatterns", [*spring_urls.urlpatterns, sneaky])
    clear_url_caches()
    try:
        assert undeclared() == ["sneaky/"]
    finally:
        monkeypatch.undo()
        clear_url_caches()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_each_address_lets_in_exactly_those_it_should(world, sign_in, name, method):
    where = address(name, things(world))
    let_in = rule(name, method)
    wrong = {
        actor: fault
        for actor, user in world.actors().items()
        if (fault := _fault(name, let_in, actor, ask(sign_in(user), method, where).status_code))
    }
    assert wrong == {}


def _fault(name: str, let_in: set[str] | str, actor: str, status: int) -> str | None:
    """What is wrong with the answer to someone signed in, if anything."""
    if let_in == NOBODY:
        return None if status in (404, 405) else f"{status}: this method should not exist"
    if let_in in ("public", "signed_in") or actor in let_in:
        return None if lets_in(name, status) else f"{status}, but they may"
    return None if status == 404 else f"{status}, but for them it does not exist"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_without_an_account_only_public_pages_answer(world, client, sign_in, name, method):
    where = address(name, things(world))
    ended = sign_in(world.worker)
    world.worker.end()
    world.worker.save()
    for browser in (client, ended):
        response = ask(browser, method, where)
        if rule(name, method) == "public":
            assert lets_in(name, response.status_code)
        elif rule(name, method) == NOBODY:
            assert response.status_code in (302, 404, 405)
        else:
            assert response.status_code == 302
            assert response["Location"].startswith("/sign-in/")


WITH_ID = [name for name in sorted(ADDRESSES) if ADDRESSES[name].get("with")]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", [n for n in WITH_ID if not ADDRESSES[n].get("token")])
def test_what_is_another_s_looks_exactly_like_what_is_not_there(world, sign_in, name, method):
    made = things(world)
    foreign = address(name, made)
    absent = address(name, {key: uuid4() for key in made})
    let_in = rule(name, method)
    if isinstance(let_in, str):
        let_in = set() if let_in == NOBODY else set(world.actors())
    for actor in set(world.actors()) - let_in:
        browser = sign_in(world.actors()[actor])
        one, other = ask(browser, method, foreign), ask(browser, method, absent)
        assert one.status_code == other.status_code, actor
        assert _comparable(one) == _comparable(other), actor


def _comparable(response: HttpResponse) -> tuple:
    """Body and headers without what differs between any two requests."""
    body = response.content.decode()
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]*"', "", body)
    own = {"Content-Security-Policy", "Content-Length", "Set-Cookie"}
    return body, {k: v for k, v in response.headers.items() if k not in own}


@pytest.mark.parametrize("name", [n for n in WITH_ID if not ADDRESSES[n].get("token")])
def test_an_id_that_is_no_id_is_not_found(world, sign_in, name):
    made = things(world)
    where = address(name, made)
    for value in made.values():
        where = where.replace(str(value), "not-an-id")
    for method in METHODS:
        assert ask(sign_in(world.service_manager), method, where).status_code == 404
        assert ask(Client(), method, where).status_code in (302, 404)
