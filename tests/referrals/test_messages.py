"""What a referrer is told by e-mail: the reference; never a name, a number or a word of health."""

import logging

import pytest
from django.core import mail

from linkworkers.models import Worker
from referrals import actions
from referrals.messages import SUBJECTS
from referrals.models import Referral
from spring.core import outbox
from spring.core.models import Message
from spring.core.vocabulary import Need
from tests import factories as make
from tests.referrals.answers import CANARY_NAME, CANARY_NUMBER, link_worker, send

SECRETS = [
    *CANARY_NAME.split(),
    CANARY_NUMBER,
    "999 888 0009",
    "1955",
    "07700 900123",
    "07700900123",
    "Quokka",  # what matters
    "Wombat",  # risk
    "Numbat",  # the note of the decision
    "Bilby",  # the exception from agreement
    "NN16",
    *(need.label for need in Need),
    *(need.value for need in Need if need.value not in ("other", "work", "family", "food")),
]


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret.casefold() in text.casefold()]


@pytest.fixture
def sent(client, world) -> Referral:
    answered = send(
        client,
        source="practice",
        referring_practice=world.practice.code,
        nhs_number=CANARY_NUMBER,
        postcode="NN16 0AB",
        needs=[need.value for need in Need],
        what_matters="Quokka",
        risk_status="stated",
        risks="Wombat",
        agreement="exception",
        exception_reason="Bilby",
    )
    assert answered.status_code == 302
    return Referral.objects.exclude(pk=world.referral.pk).get()


DECISIONS = {
    "referral_received": lambda referral, by: None,
    "referral_accepted": lambda referral, by: actions.accept(
        referral=referral, worker=Worker.objects.get(user__name="Zed Last"), by=by, note="Numbat"
    ),
    "referral_declined": lambda referral, by: actions.decline(
        referral=referral, reason="crisis", note="Numbat", by=by
    ),
    "referral_signposted": lambda referral, by: actions.signpost(
        referral=referral, note="Numbat", by=by
    ),
    "referral_passed_on": lambda referral, by: actions.pass_to_nhs(
        referral=referral, note="Numbat", by=by
    ),
}


def test_every_kind_of_message_is_tested():
    assert set(DECISIONS) == set(SUBJECTS)


@pytest.mark.parametrize("kind", DECISIONS)
def test_a_message_holds_the_reference_and_nothing_else(world, sent, caplog, kind):
    link_worker("Zed Last", partner=world.partner)
    outbox.send_due()
    mail.outbox.clear()
    if kind == "referral_received":
        Message.objects.update(status="due", sent_at=None)
    with caplog.at_level(logging.DEBUG):
        DECISIONS[kind](sent, world.coordinator)
        assert outbox.send_due() == 1
    letter = mail.outbox[0]
    assert letter.to == ["ada.brown@hospital.example"]
    assert sent.reference in letter.body
    assert sent.reference in letter.subject
    everything = [letter.subject, letter.body, str(letter.message()), caplog.text]
    message = Message.objects.get(kind=kind)
    everything += [str(message.facts), message.subject, message.problem]
    assert leaks(" ".join(everything)) == []
    assert "999" in letter.body
    assert "&" not in letter.body
    assert max(len(line) for line in letter.body.splitlines()) <= 90


def test_the_search_for_leaks_finds_one(world, sent, monkeypatch, settings):
    """The negative control: a name put into the words of a letter is seen."""
    settings.SPRING = {**settings.SPRING, "AREA_NAME": sent.name}
    outbox.send_due()
    assert leaks(mail.outbox[-1].body) == CANARY_NAME.split()


def test_a_name_with_an_ampersand_stays_as_it_is(world, settings):
    settings.SPRING = {**settings.SPRING, "SERVICE_NAME": "Spring & Friends’ <3"}
    actions.decline(referral=world.referral, reason="died", note="", by=world.coordinator)
    outbox.send_due()
    assert "Spring & Friends’ <3" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("source", "audience"),
    [
        ("practice", "practice"),
        ("hospital", "practice"),
        ("self", "resident"),
        ("family", "resident"),
    ],
)
def test_a_letter_that_may_have_gone_is_sent_again_to_professionals_only(world, source, audience):
    referral = make.ReferralFactory(source=source)
    actions.signpost(referral=referral, note="The library", by=world.coordinator)
    assert Message.objects.get().audience == audience
