"""Forgotten, changed and chosen passwords."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache

from spring.audit.models import AuditEvent
from spring.core import clock, outbox
from spring.core.models import Message
from tests import factories as make

NEW = "a garden behind the mill"
pytestmark = pytest.mark.django_db


def link_in(letter) -> str:
    return re.search(r"https?://[^/]+(/\S+)", letter.body)[1]


def ask(client, email):
    return client.post("/password/forgotten/", {"email": email}, follow=True)


def choose(client, path, password=NEW, again=None):
    page = client.get(path, follow=True)
    where = page.request["PATH_INFO"]
    return client.post(where, {"password1": password, "password2": again or password}, follow=True)


def test_a_link_comes_by_the_outbox_and_works_once(client):
    user = make.UserFactory(email="amira@staff.example")
    ask(client, "Amira@staff.example")
    assert mail.outbox == []  # a request writes rows only
    message = Message.objects.get()
    assert (message.kind, message.recipient, message.facts) == ("password_reset", user, {})
    outbox.send_due()
    (letter,) = mail.outbox
    assert letter.to == ["amira@staff.example"]
    assert user.name not in letter.subject
    path = link_in(letter)

    opened = client.get(path)
    assert opened.status_code == 302
    assert opened["Location"].endswith("-set-password/")  # the key left the address
    assert "Now sign in with it" in choose(client, path).content.decode()
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert AuditEvent.objects.filter(verb="changed", thing_id=str(user.pk)).exists()
    assert "no longer works" in client.get(path, follow=True).content.decode()


def test_whoever_had_the_old_password_is_signed_out_and_told(client, sign_in):
    user = make.UserFactory(email="amira@staff.example")
    elsewhere = sign_in(user)
    ask(client, user.email)
    outbox.send_due()
    choose(client, link_in(mail.outbox.pop()))
    assert elsewhere.get("/account/").status_code == 302
    outbox.send_due()
    assert "was changed" in mail.outbox[0].subject


def test_known_unknown_and_ended_addresses_get_the_same_answer(client):
    make.UserFactory(email="amira@staff.example")
    ended = make.UserFactory(email="ended@staff.example")
    ended.end()
    ended.save()
    answers = [ask(client, f"{who}@staff.example") for who in ("amira", "nobody", "ended")]
    first, *others = [
        (
            list(answer.redirect_chain),
            answer.status_code,
            re.sub(r'(nonce|value)="[^"]*"', "", answer.content.decode()),
        )
        for answer in answers
    ]
    assert others == [first, first]
    assert [message.recipient.email for message in Message.objects.all()] == ["amira@staff.example"]


def test_asking_again_before_it_went_sends_one(client):
    make.UserFactory(email="amira@staff.example")
    ask(client, "amira@staff.example")
    ask(client, "amira@staff.example")
    assert Message.objects.count() == 1
    outbox.send_due()
    ask(client, "amira@staff.example")
    assert Message.objects.count() == 2  # also on the same day


def test_asking_too_often_is_refused_for_known_and_unknown_alike(client):
    make.UserFactory(email="amira@staff.example")
    for email in ("amira@staff.example", "nobody@staff.example"):
        assert [ask(client, email).status_code for _ in range(6)] == [200] * 5 + [429]


def test_the_link_is_dead_after_three_days(client):
    user = make.UserFactory(email="amira@staff.example")
    ask(client, user.email)
    outbox.send_due()
    path = link_in(mail.outbox[0])
    with time_machine.travel(clock.now() + timedelta(days=2, hours=23)):
        assert client.get(path).status_code == 302
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=1)):
        assert "no longer works" in client.get(path, follow=True).content.decode()


def test_an_account_that_ended_meanwhile_gets_no_link(client):
    user = make.UserFactory(email="amira@staff.example")
    ask(client, user.email)
    user.end()
    user.save()
    outbox.send_due()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short words", "at least 12"),
        ("q1w2e3r4t5y6", "common"),
        ("amira@staff.example", "similar"),
    ],
)
def test_weak_passwords_are_refused(client, password, words):
    user = make.UserFactory(email="amira@staff.example", name="Amira Khan")
    ask(client, user.email)
    outbox.send_due()
    page = choose(client, link_in(mail.outbox[0]), password).content.decode()
    assert words in page
    assert "<title>Error: " in page
    user.refresh_from_db()
    assert user.check_password(make.PASSWORD)


def test_the_two_must_be_the_same(client):
    user = make.UserFactory(email="amira@staff.example")
    ask(client, user.email)
    outbox.send_due()
    page = choose(client, link_in(mail.outbox[0]), NEW, again=NEW + "!")
    assert "not the same" in page.content.decode()


def test_someone_locked_out_gets_in_after_choosing_anew(client):
    user = make.UserFactory(email="amira@staff.example")
    for _ in range(6):
        client.post("/sign-in/", {"login": user.email, "password": "wrong"})
    ask(client, user.email)
    outbox.send_due()
    choose(client, link_in(mail.outbox[0]))
    assert client.post("/sign-in/", {"login": user.email, "password": NEW}).status_code == 302


def test_changing_it_asks_for_the_old_one_and_keeps_this_browser(sign_in):
    user = make.UserFactory()
    here, elsewhere = sign_in(user), sign_in(user)
    words = {"password1": NEW, "password2": NEW}
    wrong = here.post("/account/password/", {"oldpassword": "wrong", **words})
    assert "not your password now" in wrong.content.decode()
    done = here.post("/account/password/", {"oldpassword": make.PASSWORD, **words}, follow=True)
    assert "Your new password is kept." in done.content.decode()
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_guessing_the_old_one_is_limited(sign_in):
    browser = sign_in(make.UserFactory())
    words = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    codes = [browser.post("/account/password/", words).status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]
    cache.clear()
    assert browser.post("/account/password/", words).status_code == 200
