"""The door, through its pages."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from spring.audit.models import AuditEvent
from tests import factories as make

SIGN_IN = "/sign-in/"
pytestmark = pytest.mark.django_db


def sign_in(client, email, password=make.PASSWORD, **kwargs):
    return client.post(SIGN_IN, {"login": email, "password": password}, **kwargs)


def said(response) -> str:
    return response.content.decode()


def test_the_right_password_opens_the_door(client):
    user = make.UserFactory(email="amira@staff.example")
    response = sign_in(client, "Amira@Staff.example")
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)
    event = AuditEvent.objects.get(verb="signed in")
    assert event.actor == user


def test_the_key_of_the_session_changes(client):
    make.UserFactory(email="amira@staff.example")
    client.cookies["sessionid"] = "planted"
    client.get("/password/forgotten/")
    session = client.session
    session["planted"] = True
    session.save()
    before = client.cookies["sessionid"].value
    sign_in(client, "amira@staff.example")
    assert client.cookies["sessionid"].value != before


def test_a_wrong_password_and_an_unknown_address_read_the_same(client):
    make.UserFactory(email="amira@staff.example")
    wrong = sign_in(client, "amira@staff.example", "not the right one")
    unknown = sign_in(client, "nobody@staff.example", "not the right one")
    assert wrong.status_code == unknown.status_code == 200
    assert "do not go together" in said(wrong)

    def without_token_and_address(response, address):
        soup = said(response).replace(address, "")
        return [
            line
            for line in soup.splitlines()
            if "csrfmiddlewaretoken" not in line and "nonce" not in line
        ]

    assert without_token_and_address(wrong, "amira@staff.example") == without_token_and_address(
        unknown, "nobody@staff.example"
    )
    # The negative control: the comparison does see a difference.
    assert without_token_and_address(wrong, "") != without_token_and_address(unknown, "")


def test_a_failure_is_logged_without_the_address(client):
    sign_in(client, "typed.by.mistake@staff.example", "wrong")
    event = AuditEvent.objects.get()
    assert event.verb == "sign-in failed"
    assert event.actor is None
    assert "typed.by.mistake" not in repr(event.__dict__)


def test_the_page_after_signing_in_is_one_of_ours(client):
    make.UserFactory(email="amira@staff.example")
    response = client.post(
        SIGN_IN,
        {
            "login": "amira@staff.example",
            "password": make.PASSWORD,
            "next": "https://evil.example/",
        },
    )
    assert response["Location"] == "/"


def test_someone_who_is_not_signed_in_comes_back_to_where_they_were(client):
    make.UserFactory(email="amira@staff.example")
    asked = client.get("/account/")
    assert asked["Location"] == "/sign-in/?next=/account/"
    page = client.get(asked["Location"])
    assert 'name="next" value="/account/"' in said(page)


def test_the_sixth_try_is_refused_also_with_the_right_password(client):
    make.UserFactory(email="amira@staff.example")
    make.UserFactory(email="ben@staff.example")
    for _ in range(5):
        assert "do not go together" in said(sign_in(client, "amira@staff.example", "wrong"))
    assert "too many tries" in said(sign_in(client, "amira@staff.example"))
    assert "_auth_user_id" not in client.session
    # The negative controls: it is the tries that refuse, and only for this address.
    assert sign_in(client, "ben@staff.example").status_code == 302
    cache.clear()
    client.logout()
    assert sign_in(client, "amira@staff.example").status_code == 302


def test_the_tries_are_counted_for_unknown_addresses_too(client):
    for _ in range(5):
        sign_in(client, "nobody@staff.example", "wrong")
    assert "too many tries" in said(sign_in(client, "nobody@staff.example", "wrong"))


@override_settings(ACCOUNT_RATE_LIMITS={"login": "2/m/ip"})
def test_too_many_from_one_place_see_a_calm_page(client):
    for _ in range(2):
        sign_in(client, "amira@staff.example", "wrong")
    response = sign_in(client, "amira@staff.example", "wrong")
    assert response.status_code == 429
    assert "Please wait a moment" in said(response)


def test_the_table_that_counts_tries_is_made_by_the_migrations():
    assert "cache" in connection.introspection.table_names()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM django_migrations WHERE app = 'accounts' AND name = '0002_cache_table'"
        )
        assert cursor.fetchone()


def test_an_ended_account_is_told_so_only_with_the_right_password(client):
    user = make.UserFactory(email="amira@staff.example")
    user.end()
    user.save()
    assert "do not go together" in said(sign_in(client, "amira@staff.example", "wrong"))
    response = sign_in(client, "amira@staff.example", follow=True)
    assert "This account has ended" in said(response)
    assert "_auth_user_id" not in client.session


def test_signing_out_takes_a_press(sign_in):
    browser = sign_in(make.UserFactory())
    assert "Sign out?" in browser.get("/sign-out/").content.decode()
    assert "_auth_user_id" in browser.session
    browser.post("/sign-out/")
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("path", ["/signup/", "/accounts/signup/", "/email/", "/confirm-email/"])
def test_there_is_no_sign_up_and_no_change_of_address(client, path):
    assert client.get(path).status_code == 404


def test_there_is_no_second_way_in_by_json(client):
    make.UserFactory(email="amira@staff.example")
    response = client.post(
        SIGN_IN,
        {"login": "amira@staff.example", "password": "wrong"},
        headers={"accept": "application/json"},
    )
    assert response["Content-Type"].startswith("text/html")


def test_every_address_of_the_door_has_a_name_that_allauth_can_find():
    for name in ("account_login", "account_logout", "account_inactive", "account_reset_password",
                 "account_reset_password_done", "account_reset_password_from_key_done",
                 "account_change_password"):  # fmt: skip
        assert reverse(name)
