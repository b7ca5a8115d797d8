"""Sending twice makes one referral, at once or later, and everybody sees one reference (R-13)."""

from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet
from django.test import Client

from referrals import actions
from referrals.models import Referral, ReferralNeed, StatusChange
from spring.audit.models import AuditEvent
from spring.core.models import Message
from tests.referrals.answers import reference_of, send, soup
from tests.referrals.at_once import at_once

TWINS = 50


def _counts() -> dict[str, int]:
    rows = (Referral, StatusChange, Message, AuditEvent)
    return {model.__name__: model.objects.count() for model in rows}


@pytest.mark.django_db(transaction=True)
def test_fifty_identical_forms_at_once_make_one_referral():
    submission = str(uuid4())
    answers = at_once([lambda: send(Client(), submission=submission)] * TWINS)
    assert [a for a in answers if isinstance(a, Exception)] == []
    assert {reference_of(answer) for answer in answers} == {Referral.objects.get().reference}
    assert set(_counts().values()) == {1}
    assert ReferralNeed.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_different_forms_at_once_are_all_kept():
    """The negative control: it is the submission that makes twins, nothing else."""
    answers = at_once([lambda: send(Client(), submission=str(uuid4()))] * 10)
    assert len({reference_of(answer) for answer in answers}) == 10
    assert set(_counts().values()) == {10}


@pytest.mark.django_db
def test_back_and_send_again_gives_the_same_reference(client):
    submission = str(uuid4())
    first, second = (send(client, submission=submission) for _ in range(2))
    assert reference_of(first) == reference_of(second)
    assert "You sent this form before" not in client.get(second["Location"]).content.decode()
    assert set(_counts().values()) == {1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"telephone": "07700 900999"}, {"needs": ["money"]}, {"risks": "A dog"}]
)
def test_who_changed_something_and_sent_again_is_told_to_telephone(client, change):
    submission = str(uuid4())
    first = send(client, submission=submission)
    second = send(client, submission=submission, **change)
    assert reference_of(first) == reference_of(second)
    assert "You sent this form before" in soup(client.get(second["Location"])).get_text()
    kept = Referral.objects.get()
    assert (kept.telephone, kept.risks) == ("07700 900123", "")
    assert kept.needs.count() == 2


@pytest.fixture
def _the_first_look_finds_nothing(monkeypatch) -> None:
    """As when a twin is being written: the look before finds nothing, the unique key does."""
    first, looks = QuerySet.first, []

    def blind_once(self):
        if self.model is Referral and not looks:
            looks.append(1)
            return None
        return first(self)

    monkeypatch.setattr(QuerySet, "first", blind_once)


@pytest.mark.django_db
def test_the_unique_key_decides_not_the_look_before(client, monkeypatch, request):
    submission = str(uuid4())
    first = send(client, submission=submission)
    request.getfixturevalue("_the_first_look_finds_nothing")
    assert reference_of(send(client, submission=submission)) == reference_of(first)
    assert set(_counts().values()) == {1}


@pytest.mark.django_db
def test_another_broken_rule_is_not_taken_for_a_twin():
    with pytest.raises(IntegrityError):
        actions.receive(submission=uuid4(), needs=[], name="Ann", date_of_birth="1955-03-27")


@pytest.mark.django_db
def test_a_referral_is_never_kept_without_its_receipt(client, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the outbox is out of order")

    monkeypatch.setattr("spring.core.outbox.post", broken)
    submission = str(uuid4())
    with pytest.raises(RuntimeError):
        send(client, submission=submission)
    assert set(_counts().values()) == {0}
    monkeypatch.undo()
    # Sent again after the failure, it goes through: the key was in the same transaction.
    assert send(client, submission=submission).status_code == 302
    assert set(_counts().values()) == {1}
