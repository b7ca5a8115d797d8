"""What a former partner still sees of someone who is with another partner now."""

import pytest

from participants.actions import change_details, close_journey, open_journey
from participants.actions.journeys import Opening
from spring.core import clock

NOW = {
    "address": "9 Secret Refuge",
    "telephone": "07700 900999",
    "email": "new@example.org",
    "risks": "A new risk",
    "risk_status": "stated",
    "safe_contact": "Only ring the new number",
    "adjustments": "A new adjustment",
}


@pytest.fixture
def moved(world):
    """Meg's journey with the first partner is closed, and she is with the other one now."""
    close_journey(
        journey=world.journey,
        reason="self_support",
        summary="Well.",
        early_reason="She moved.",
        by=world.worker,
    )
    opening = Opening(
        reference="SPR-NEW-NEW-NEW",
        referred_on=clock.today(),
        source="practice",
        needs=["loneliness"],
    )
    open_journey(
        participant=world.participant,
        opening=opening,
        partner=world.other_partner,
        worker=world.stranger,
        by=world.coordinator,
    )
    change_details(participant=world.participant, changes=NOW, by=world.stranger)
    return world


@pytest.mark.parametrize("actor", ["worker", "manager", "partner_coordinator"])
def test_the_record_of_then_tells_nothing_of_now(moved, sign_in, actor):
    page = sign_in(moved.actors()[actor]).get(f"/participants/{moved.participant.pk}/")
    assert page.status_code == 200
    body = page.content.decode()
    assert moved.journey.reference in body
    for told in [*NOW.values(), "SPR-NEW", "Mayday"]:
        assert told not in body


def test_those_it_belongs_to_see_it(moved, sign_in):
    """The negative control."""
    body = sign_in(moved.stranger).get(f"/participants/{moved.participant.pk}/").content.decode()
    for told in (value for name, value in NOW.items() if name != "risk_status"):
        assert told in body


@pytest.mark.parametrize("words", ["07700 900999", "Margaret O'Brien", "27/3/1955"])
def test_nobody_is_found_by_what_is_another_s(moved, sign_in, words):
    found = sign_in(moved.manager).post("/find/", {"words": words})
    assert found.status_code == 200
    assert str(moved.participant.pk) not in found.content.decode()
    there = sign_in(moved.other_manager).post("/find/", {"words": words})
    assert str(moved.participant.pk) in there.content.decode()


def test_a_former_journey_is_found_by_its_reference(moved, sign_in):
    found = sign_in(moved.manager).post("/find/", {"words": moved.journey.reference})
    assert found["Location"] == f"/participants/{moved.participant.pk}/"


def test_the_log_is_for_those_who_answer_for_the_present_journey(moved, sign_in):
    where = f"/participants/{moved.participant.pk}/who-looked/"
    assert sign_in(moved.manager).get(where).status_code == 404
    assert sign_in(moved.other_manager).get(where).status_code == 200
