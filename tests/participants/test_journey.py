"""Pausing, agreeing a rhythm, leaving out a review and closing, on their pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from participants.models import Journey, Review
from spring.core import clock
from tests.factories import JourneyFactory


@pytest.fixture
def journey(world):
    return JourneyFactory(partner=world.partner, lead=world.worker, started=100)


@pytest.fixture
def amira(world, sign_in):
    return sign_in(world.worker)


def at(name, journey):
    return reverse(name, args=[journey.participant_id])


def now(journey):
    return Journey.objects.get(pk=journey.pk)


def test_paused_said_loudly_and_gone_on(amira, journey):
    page = at("journey", journey)
    assert "Pause the journey" in amira.get(page).content.decode()
    typed = {"pause-reason": "hospital", "pause-starts_on": "yesterday"}
    assert amira.post(at("journey-pause", journey), typed).status_code == 302
    assert now(journey).stage == "paused"
    assert "Paused" in amira.get(at("participant", journey)).content.decode()

    html = amira.get(page).content.decode()
    assert "Go on with the journey" in html
    assert "Pause the journey" not in html
    assert amira.post(at("journey-resume", journey), {"resume-on": "today"}).status_code == 302
    assert (now(journey).stage, now(journey).paused_days) == ("active", 1)


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("journey-pause", {}, "Choose"),
        (
            "journey-pause",
            {"pause-reason": "away", "pause-starts_on": "1 1 2020"},
            "A pause starts",
        ),
        ("journey-resume", {"resume-on": "today"}, "not paused"),
        ("journey-resume", {}, "Enter"),
        ("journey-rhythm", {"rhythm-weeks": "6"}, "Say why"),
        ("journey-rhythm", {"rhythm-weeks": "53", "rhythm-reason": "x"}, "53"),
        ("review-skip", {}, "Say why"),
    ],
)
def test_mistakes_bring_the_page_back_with_what_was_typed(amira, journey, name, typed, words):
    reply = amira.post(at(name, journey), typed)
    html = reply.content.decode()
    assert reply.status_code == 422
    assert words in html
    assert "<title>Error:" in html
    if "pause-starts_on" in typed:
        assert 'value="1 1 2020"' in html
    assert now(journey).stage == "active"


def test_a_rhythm_and_the_usual_again(amira, journey):
    typed = {"rhythm-weeks": "6", "rhythm-reason": "Works shifts"}
    assert amira.post(at("journey-rhythm", journey), typed).status_code == 302
    assert now(journey).rhythm_days == 42
    assert "every 42 days" in amira.get(at("participant", journey)).content.decode()
    assert amira.post(at("journey-rhythm", journey), {}).status_code == 302
    assert now(journey).rhythm_days is None


def test_a_review_is_left_out_only_when_it_is_near(amira, journey):
    page = at("journey", journey)
    assert "Leave out the 3-month review" in amira.get(page).content.decode()
    typed = {"skip-reason": "On holiday"}
    assert amira.post(at("review-skip", journey), typed).status_code == 302
    assert Review.objects.get().skipped_reason == "On holiday"
    assert "Leave out" not in amira.get(page).content.decode()
    reply = amira.post(at("review-skip", journey), typed)
    assert reply.status_code == 422


@pytest.mark.parametrize(
    "name", ["journey-pause", "journey-resume", "journey-rhythm", "review-skip"]
)
def test_looking_changes_nothing(amira, journey, name):
    assert amira.get(at(name, journey)).status_code == 405


# --- closing ----------------------------------------------------------------------------------------
def test_closing_before_six_months_asks_for_one_more_sentence(amira, journey):
    where = at("journey-close", journey)
    assert "before six months" in amira.get(where).content.decode()
    typed = {"reason": "goals_met", "summary": "Beans.", "on": "today"}
    reply = amira.post(where, typed)
    assert reply.status_code == 422
    assert 'href="#id_early_reason"' in reply.content.decode()
    assert "Beans." in reply.content.decode()
    assert amira.post(where, {**typed, "early_reason": "She is well."}).status_code == 302

    html = amira.get(at("participant", journey)).content.decode()
    assert "Closed on" in html
    assert "Beans." in html
    assert "She is well." in html
    assert "Log a contact" not in html


def test_after_six_months_it_does_not(world, amira):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=200)
    where = at("journey-close", journey)
    assert "before six months" not in amira.get(where).content.decode()
    typed = {"reason": "goals_met", "summary": "Beans.", "on": "today"}
    assert amira.post(where, typed).status_code == 302
    assert amira.get(where).status_code == 200
    assert amira.post(where, typed).status_code == 422


def test_a_day_before_six_months_asks_on_the_spot(world, amira):
    """The page was opened after six months, the day typed lies before."""
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=190)
    day = clock.today() - timedelta(days=30)
    typed = {"reason": "goals_met", "summary": "Beans.", "on": f"{day:%d %m %Y}"}
    reply = amira.post(at("journey-close", journey), typed)
    assert reply.status_code == 422
    again = reply.content.decode()
    assert 'name="early_reason"' in again
    typed["early_reason"] = "She is well."
    assert amira.post(at("journey-close", journey), typed).status_code == 302


def test_the_reasons_fit_how_far_it_came(world, amira, journey):
    waiting = JourneyFactory(partner=world.partner, lead=world.worker)
    assert "Chose not to start" in amira.get(at("journey-close", waiting)).content.decode()
    assert "Chose not to start" not in amira.get(at("journey-close", journey)).content.decode()


def test_a_coordinator_closes_and_a_colleague_does_not(world, sign_in, journey):
    where = at("journey-close", journey)
    for who, status in (("partner_coordinator", 200), ("coordinator", 200), ("colleague", 404)):
        assert sign_in(getattr(world, who)).get(where).status_code == status
