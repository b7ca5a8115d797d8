"""What someone agreed to: written down with its day and wording, taken back without being erased."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from participants.actions import record_consent, withdraw_consent
from participants.models import Consent
from spring.audit.models import AuditEvent
from spring.core import clock
from spring.core.refusal import Refused


@pytest.fixture
def where(world):
    return reverse("consents", args=[world.participant.pk])


def given(world, **facts):
    facts = {"kind": "contact", "method": "spoken", **facts}
    return record_consent(participant=world.participant, by=world.worker, **facts)


def test_it_keeps_who_how_when_and_which_words(world):
    day = clock.today() - timedelta(days=3)
    consent = given(world, given_on=day)
    assert (consent.obtained_by, consent.method) == (world.worker, "spoken")
    assert clock.london_date(consent.given_at) == day
    assert consent.wording


def test_taken_back_it_stays_with_its_day_and_may_be_given_again(world):
    consent = given(world)
    with pytest.raises(Refused, match="already"):
        given(world)
    for _ in range(2):
        withdraw_consent(consent=consent, by=world.worker)
    consent.refresh_from_db()
    assert consent.withdrawn_at
    assert AuditEvent.objects.filter(verb="changed").count() == 1
    assert given(world) != consent


def test_sharing_names_the_organisation_and_each_stands_by_itself(world):
    with pytest.raises(Refused, match="names the organisation"):
        given(world, kind="share")
    with pytest.raises(Refused, match="names the organisation"):
        given(world, kind="summary", organisation=world.practice)
    given(world, kind="share", organisation=world.practice)
    given(world, kind="share", organisation=world.other_partner)
    assert Consent.objects.count() == 2


def test_the_day_is_not_in_the_future(world):
    with pytest.raises(Refused, match="future"):
        given(world, given_on=clock.today() + timedelta(days=1))


def test_written_down_and_taken_back_on_the_page(world, sign_in, where):
    browser = sign_in(world.worker)
    typed = {"kind": "share", "method": "written", "given_on": "yesterday"}
    reply = browser.post(where, typed)
    assert reply.status_code == 422
    assert 'href="#id_organisation"' in reply.content.decode()
    reply = browser.post(where, {**typed, "organisation": world.other_partner.pk})
    assert reply.status_code == 302
    html = browser.get(where).content.decode()
    assert "Mayday Trust" in html
    assert "Stands" in html

    consent = Consent.objects.get()
    assert browser.post(where, {"withdraw": consent.pk}).status_code == 302
    assert "Taken back" in browser.get(where).content.decode()


def test_only_their_own_is_taken_back(world, sign_in, where):
    other = record_consent(
        participant=world.colleague_journey.participant,
        kind="contact",
        method="spoken",
        by=world.colleague,
    )
    browser = sign_in(world.worker)
    for wanted in (other.pk, uuid4(), "nonsense"):
        assert browser.post(where, {"withdraw": wanted}).status_code == 404
    other.refresh_from_db()
    assert other.withdrawn_at is None
