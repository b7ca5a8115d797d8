"""The four decisions on a referral: what each does, who may take them, and only once."""

from uuid import uuid4

import pytest

from participants.models import Journey, Participant
from referrals import actions
from referrals.models import Referral
from spring.audit.models import AuditEvent
from spring.core.models import Message
from tests import factories as make
from tests.referrals.answers import known_as, page_of, soup, text_of, where

pytestmark = pytest.mark.django_db
DECISIONS = ("accept", "decline", "signpost", "pass")


# --- deciding ---------------------------------------------------------------------------------------
def test_accepting_opens_a_journey_and_tells_the_referrer(coordinator, world, worker):
    referral = make.ReferralFactory(
        name="Teresa",
        nhs_number="4010232137",
        risk_status="stated",
        risks="A dog",
        safe_contact="Before three",
        what_matters="The garden",
        needs=["money", "food"],
    )
    answered = coordinator.post(
        where(referral, "accept"), {"worker": worker.pk, "note": "Speaks Twi"}, follow=True
    )
    assert answered.redirect_chain == [("/referrals/", 302)]
    assert f"{referral.reference} is accepted: Amira Khan" in answered.content.decode()
    referral.refresh_from_db()
    journey = referral.journey
    person = journey.participant
    assert (person.name, person.nhs_number, person.risks) == ("Teresa", "4010232137", "A dog")
    assert person.safe_contact_checked_on == referral.received_on
    assert journey.partner == referral.partner == worker.partner
    assert journey.assignments.get().worker == worker.user
    assert {need.need for need in journey.needs.all()} == {"money", "food"}
    assert journey.said_at_referral == "The garden"
    assert (referral.status, referral.decided_by) == ("accepted", world.coordinator)
    assert referral.decision_note == "Speaks Twi"
    assert Message.objects.get(kind="referral_accepted").address == referral.referrer_email
    assert AuditEvent.objects.filter(verb="decided", thing_id=str(referral.pk)).count() == 1


def test_declining_makes_no_participant(coordinator, world):
    before = Participant.objects.count()
    sent = {"reason": "under_18", "note": "Told the mother."}
    assert coordinator.post(where(world.referral, "decline"), sent).status_code == 302
    kept = Referral.objects.get(pk=world.referral.pk)
    assert (kept.status, kept.decline_reason) == ("declined", "under_18")
    assert Participant.objects.count() == before
    assert Message.objects.filter(kind="referral_declined").count() == 1
    said = text_of(page_of(coordinator, kept).main)
    for words in ("Declined", "Cora Day", "Under 18", "Told the mother."):
        assert words in said


def test_signposting_and_passing_on(coordinator, world):
    assert "note" in _errors(coordinator.post(where(world.referral, "signpost"), {"note": " "}))
    coordinator.post(where(world.referral, "signpost"), {"note": "The library"})
    assert Referral.objects.get(pk=world.referral.pk).status == "signposted"
    other = make.ReferralFactory()
    coordinator.post(where(other, "pass"), {"note": ""})
    assert Referral.objects.get(pk=other.pk).status == "passed_to_nhs"
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert kinds == {"referral_signposted", "referral_passed_on"}


def test_without_a_practice_there_is_nobody_to_pass_to(coordinator):
    referral = make.ReferralFactory(source="self", referring_practice=None, practice=None)
    assert page_of(coordinator, referral).find(id="pass-form") is None
    refused = coordinator.post(where(referral, "pass"), {"note": ""})
    assert "no NHS link worker" in refused.content.decode()
    assert Referral.objects.get(pk=referral.pk).is_open


def _errors(response) -> dict:
    assert response.status_code == 200
    return response.context["form"].errors


@pytest.mark.parametrize("sent", [{}, {"worker": ""}, {"worker": "x"}, {"worker": "\x00"},
                                  {"worker": str(uuid4())}])  # fmt: skip
def test_a_link_worker_must_be_chosen(coordinator, world, worker, sent):
    answered = coordinator.post(where(world.referral, "accept"), sent | {"note": "Kept words"})
    assert list(_errors(answered)) == ["worker"]
    page = soup(answered)
    assert page.title.get_text().startswith("Error: ")
    link = page.select_one(".govuk-error-summary a")
    assert page.find(id=link["href"].removeprefix("#"))["type"] == "radio"
    assert "Kept words" in page.find(id="accept_note").get_text()
    assert Referral.objects.get(pk=world.referral.pk).is_open


def test_a_decline_needs_its_reason_and_its_panel_stays_open(coordinator, world):
    page = soup(coordinator.post(where(world.referral, "decline"), {"note": "x"}))
    assert page.find(id="decline-form").find_parent("details").has_attr("open")
    assert not page.find(id="signpost-form").find_parent("details").has_attr("open")


# --- the same person --------------------------------------------------------------------------------
def test_a_known_person_gets_a_second_journey_not_a_second_record(coordinator, world, worker):
    referral = make.ReferralFactory(
        nhs_number="4010232137",
        postcode="NN1 2AB",
        telephone="07700 900456",
        risk_status="stated",
        risks="A dog",
        safe_contact="Before three",
        interpreter=True,
    )
    before = known_as(
        referral, nhs_number="", telephone="01604 700777", safe_contact="Never on Fridays"
    )
    people = Participant.objects.count()
    sent = {"worker": worker.pk, "person": before.participant_id}
    assert coordinator.post(where(referral, "accept"), sent).status_code == 302
    assert Participant.objects.count() == people
    referral.refresh_from_db()
    person = Participant.objects.get(pk=before.participant_id)
    assert referral.journey.participant == person
    assert person.telephone == "01604 700777"  # nothing is written over
    assert (person.nhs_number, person.postcode) == ("4010232137", "NN1 2AB")
    assert (person.risk_status, person.risks) == ("stated", "A dog")
    assert person.safe_contact == (f"Never on Fridays\nReferral {referral.reference}: Before three")
    assert person.interpreter
    assert person.history.first().history_user == world.coordinator


def test_who_is_perhaps_known_must_be_said(coordinator, world, worker):
    known_as(world.referral)
    answered = coordinator.post(where(world.referral, "accept"), {"worker": worker.pk})
    assert list(_errors(answered)) == ["person"]
    sent = {"worker": worker.pk, "person": "new"}
    assert coordinator.post(where(world.referral, "accept"), sent).status_code == 302


def test_only_a_match_can_be_chosen(coordinator, world, worker):
    known_as(world.referral)
    stranger = known_as(world.referral, name="Ann Other").participant
    sent = {"worker": worker.pk, "person": stranger.pk}
    assert list(_errors(coordinator.post(where(world.referral, "accept"), sent))) == ["person"]


def test_a_number_on_record_is_not_given_to_a_second_person(coordinator, worker):
    referral = make.ReferralFactory(nhs_number="4010232137")
    known_as(referral, nhs_number="4010232137")
    sent = {"worker": worker.pk, "person": "new", "note": "Kept words"}
    answered = coordinator.post(where(referral, "accept"), sent)
    assert "known to Spring already" in answered.content.decode()
    assert "Kept words" in answered.content.decode()
    assert Referral.objects.get(pk=referral.pk).is_open
    assert not Journey.objects.filter(reference=referral.reference).exists()
    assert not Message.objects.exists()


# --- who may ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("decision", DECISIONS)
def test_a_get_decides_nothing(coordinator, world, decision):
    assert coordinator.get(where(world.referral, decision)).status_code == 405


@pytest.mark.parametrize("decision", DECISIONS)
def test_only_the_service_decides(world, sign_in, worker, decision):
    sent = {"worker": worker.pk, "reason": "died", "note": "x"}
    for name, user in world.actors().items():
        if name in ("coordinator", "service_manager"):
            continue
        answered = sign_in(user).post(where(world.referral, decision), sent)
        assert answered.status_code == 404, name
    assert Referral.objects.get(pk=world.referral.pk).is_open
    assert (
        sign_in(world.service_manager).post(where(world.referral, decision), sent).status_code
        == 302
    )  # the negative control
    assert not Referral.objects.get(pk=world.referral.pk).is_open


def test_a_partner_s_coordinator_sees_the_decision_and_no_panel(world, sign_in, worker):
    actions.accept(referral=world.referral, worker=worker, by=world.coordinator)
    page = page_of(sign_in(world.partner_coordinator), world.referral)
    assert page.find(id="accept-form") is None
    assert "Decided by Cora Day" in text_of(page.main)
    browser = sign_in(world.partner_coordinator)
    for decision in DECISIONS:
        assert browser.post(where(world.referral, decision), {}).status_code == 404
    assert sign_in(world.other_manager).get(where(world.referral)).status_code == 404


def test_the_second_of_two_is_told_who_decided_and_what(world, sign_in, worker):
    first, second = sign_in(world.coordinator), sign_in(world.service_manager)
    page_of(second, world.referral)
    first.post(where(world.referral, "accept"), {"worker": worker.pk})
    for decision in DECISIONS:
        sent = {"worker": worker.pk, "reason": "died", "note": "x"}
        answered = second.post(where(world.referral, decision), sent, follow=True)
        assert answered.redirect_chain == [(where(world.referral), 302)]
        said = text_of(soup(answered).main)
        assert "Cora Day decided on this referral already: accepted." in said
    assert Journey.objects.filter(reference=world.referral.reference).count() == 1
    assert Message.objects.count() == 1
    assert world.referral.status_changes.count() == 1
