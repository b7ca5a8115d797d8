"""A message is written with its cause, sent once, and its end is always known."""

import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction

from spring.core import clock, outbox
from spring.core.models import Message
from tests.factories import UserFactory

KIND = "test_of_the_outbox"


@pytest.fixture(autouse=True)
def _a_kind_of_message(monkeypatch):
    monkeypatch.setattr(outbox, "_registry", outbox._Registry())
    outbox.composes(KIND)(lambda message: outbox.Letter("Hello\r\nBcc: all@example.org", "Words."))


def post(subject="one", audience=Message.Audience.STAFF, **kwargs):
    kwargs = kwargs or {"address": "someone@example.org"}
    return outbox.post(KIND, subject=subject, audience=audience, **kwargs)


@pytest.mark.django_db
def test_a_message_goes_out_once_however_often_it_is_posted_and_swept():
    assert post() is True
    assert post() is False

    assert outbox.send_due() == 1
    assert outbox.send_due() == 0
    assert [letter.to for letter in mail.outbox] == [["someone@example.org"]]
    assert Message.objects.get().status == Message.Status.SENT


@pytest.mark.django_db
def test_what_is_typed_cannot_add_a_header():
    post()
    outbox.send_due()

    assert mail.outbox[0].subject == "Hello Bcc: all@example.org"
    assert mail.outbox[0].bcc == []


@pytest.mark.django_db(transaction=True)
def test_no_message_without_its_cause():
    @transaction.atomic
    def change_that_fails():
        post()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        change_that_fails()
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_kind_nobody_composes_is_refused_when_posted_not_when_sent():
    with pytest.raises(LookupError):
        outbox.post("unknown", subject="x", audience="staff", address="a@example.org")


@pytest.mark.django_db
def test_a_message_without_addressee_cannot_exist():
    with pytest.raises(IntegrityError), transaction.atomic():
        outbox.post(KIND, subject="x", audience="staff")


@pytest.mark.django_db
def test_a_failing_server_is_tried_again_later_and_in_the_end_given_up(monkeypatch):
    def refuse(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected("someone@example.org was not accepted")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    post()
    with time_machine.travel(clock.now(), tick=False) as travel:
        for attempt in range(1, outbox.MOST_ATTEMPTS + 1):
            assert outbox.send_due() == 0
            message = Message.objects.get()
            assert message.attempts == attempt
            assert "someone" not in message.problem
            assert outbox.send_due() == 0, "tried again at once"
            travel.shift(timedelta(seconds=30 * 2**attempt))
    assert message.status == Message.Status.FAILED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("audience", "status", "letters"),
    [("staff", "sent", 1), ("practice", "sent", 1), ("resident", "unknown", 0)],
)
def test_after_a_crash_professionals_get_it_again_and_residents_do_not(audience, status, letters):
    post(audience=audience)
    Message.objects.update(
        status=Message.Status.SENDING,
        message_id="<the-same@spring.invalid>",
        claimed_at=clock.now() - outbox.STALE_AFTER - timedelta(seconds=1),
    )
    outbox.send_due()

    assert Message.objects.get().status == status
    assert len(mail.outbox) == letters
    assert all(m.extra_headers["Message-ID"] == "<the-same@spring.invalid>" for m in mail.outbox)


@pytest.mark.django_db
def test_a_message_being_sent_is_left_alone_until_it_is_stale():
    post()
    Message.objects.update(status=Message.Status.SENDING, claimed_at=clock.now())
    assert outbox.send_due() == 0
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_guard_holds_a_message_back_at_the_last_moment():
    post("allowed")
    post("barred")
    outbox.guards(lambda message: message.subject != "barred")

    assert outbox.send_due() == 1
    assert Message.objects.get(subject="barred").status == Message.Status.CANCELLED


@pytest.mark.django_db
def test_an_ended_account_gets_nothing():
    user = UserFactory()
    post(recipient=user)
    user.end()
    user.save()

    assert outbox.send_due() == 0
    assert mail.outbox == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("audience", "fault", "status"),
    [
        ("resident", smtplib.SMTPServerDisconnected("after the last line"), "unknown"),
        ("resident", TimeoutError(), "unknown"),
        ("resident", smtplib.SMTPConnectError(421, b"busy"), "due"),
        ("resident", ConnectionRefusedError(), "due"),
        ("practice", smtplib.SMTPServerDisconnected("after the last line"), "due"),
        ("staff", smtplib.SMTPRecipientsRefused({"a": (450, b"greylisted")}), "due"),
        ("staff", smtplib.SMTPRecipientsRefused({"a": (550, b"no such user")}), "failed"),
    ],
)
def test_what_may_have_gone_is_not_sent_again_to_a_resident(monkeypatch, audience, fault, status):
    def send(*args, **kwargs):
        raise fault

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    post(audience=audience)
    outbox.send_due()
    assert Message.objects.get().status == status


@pytest.mark.django_db
def test_a_guard_that_breaks_stops_only_its_own_message():
    post("one")
    post("two")

    def broken(message):
        if message.subject == "one":
            raise LookupError
        return True

    outbox.guards(broken)
    assert outbox.send_due() == 1
    assert Message.objects.get(subject="one").status == Message.Status.DUE
