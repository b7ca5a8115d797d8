"""What a contact sets going, and what follows when it is put right."""

from datetime import timedelta
from uuid import uuid4

import pytest

from participants.actions import (
    close_journey,
    correct_session,
    pause_journey,
    record_session,
    resume_journey,
)
from participants.models import Journey, Review, Session, StageChange
from spring.audit.models import AuditEvent
from spring.core import clock
from spring.core.dates import add_months
from spring.core.refusal import Refused
from tests.factories import JourneyFactory


@pytest.fixture
def waiting(world):
    return JourneyFactory(partner=world.partner, lead=world.worker, referred_on=ago(60))


def ago(days):
    return clock.today() - timedelta(days=days)


def contact(journey, by, **facts):
    facts = {
        "kind": "session",
        "mode": "telephone",
        "outcome": "attended",
        "happened_on": clock.today(),
        "minutes": 30,
        **facts,
    }
    return record_session(journey=journey, by=by, **facts)


def fresh(journey):
    return Journey.objects.get(pk=journey.pk)


def test_the_first_engaged_contact_starts_the_journey(world, waiting):
    contact(waiting, world.worker, happened_on=ago(10))

    journey = fresh(waiting)
    assert (journey.stage, journey.started_on) == ("active", ago(10))
    assert journey.last_engaged_on == journey.first_attempt_on == ago(10)
    assert (journey.next_review_month, journey.next_review_on) == (3, add_months(ago(10), 3))
    change = StageChange.objects.get(journey=journey)
    assert (change.from_stage, change.to_stage, change.on) == ("waiting", "active", ago(10))


@pytest.mark.parametrize(
    ("facts", "tried"),
    [
        ({"outcome": "no_answer"}, True),
        ({"outcome": "left_message"}, True),
        ({"outcome": "attended", "mode": "message"}, True),
        ({"outcome": "did_not_attend"}, False),
        ({"outcome": "cancelled_person"}, False),
        ({"outcome": "done", "kind": "on_behalf"}, False),
    ],
)
def test_nothing_else_starts_it_and_an_attempt_stops_the_first_contact_clock(
    world, waiting, facts, tried
):
    contact(waiting, world.worker, **facts)

    journey = fresh(waiting)
    assert (journey.stage, journey.started_on, journey.last_engaged_on) == ("waiting", None, None)
    assert journey.first_attempt_on == (clock.today() if tried else None)


def test_attempts_count_since_the_last_contact(world, waiting):
    for days in (9, 8):
        contact(waiting, world.worker, outcome="no_answer", happened_on=ago(days))
    assert fresh(waiting).attempts == 2

    contact(waiting, world.worker, happened_on=ago(5))
    assert fresh(waiting).attempts == 0

    contact(waiting, world.worker, outcome="left_message", happened_on=ago(2))
    assert fresh(waiting).attempts == 1


def test_an_earlier_contact_written_down_later_moves_the_start(world, waiting):
    contact(waiting, world.worker, happened_on=ago(5))
    contact(waiting, world.worker, happened_on=ago(20))

    journey = fresh(waiting)
    assert (journey.started_on, journey.last_engaged_on) == (ago(20), ago(5))
    assert journey.next_review_on == add_months(ago(20), 3)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"happened_on": clock.today() + timedelta(days=1)}, "future"),
        ({"happened_on": clock.today() - timedelta(days=61)}, "before the referral"),
        ({"outcome": "done"}, "done for them"),
        ({"kind": "on_behalf"}, "done for them"),
        ({"minutes": 601}, "600"),
    ],
)
def test_what_cannot_be_is_refused_in_words(world, waiting, facts, words):
    with pytest.raises(Refused, match=words):
        contact(waiting, world.worker, **facts)
    assert not Session.objects.exists()
    assert fresh(waiting).stage == "waiting"


def test_nothing_is_recorded_on_a_closed_journey(world):
    close_journey(
        journey=world.journey, reason="died", summary="", by=world.worker, early_reason="She died."
    )
    with pytest.raises(Refused, match="closed"):
        contact(world.journey, world.worker)


def test_the_same_form_twice_makes_one_session(world, waiting):
    submission = uuid4()
    one = contact(waiting, world.worker, submission=submission)
    two = contact(waiting, world.worker, submission=submission, note="again")

    assert one == two
    assert Session.objects.get().note == ""


def test_a_form_of_another_person_is_not_taken_for_this_one(world, waiting):
    submission = uuid4()
    contact(waiting, world.worker, submission=submission)
    with pytest.raises(Refused, match="used before"):
        contact(world.journey, world.worker, submission=submission)


def test_a_session_stays_with_the_partner_of_its_day(world, waiting):
    session = contact(waiting, world.worker)
    Journey.objects.filter(pk=waiting.pk).update(partner=world.other_partner)
    later = contact(waiting, world.stranger)

    session.refresh_from_db()
    assert session.partner == world.partner
    assert later.partner == world.other_partner


# --- reviews ------------------------------------------------------------------------------------
def test_a_review_that_took_place_settles_the_review_of_that_time(world):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=95)
    session = contact(journey, world.worker, kind="review")

    review = Review.objects.get()
    assert (review.month, review.done_on, review.session) == (3, clock.today(), session)
    assert fresh(journey).next_review_month == 6


def test_in_month_seven_it_is_the_six_month_review(world):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=200)
    contact(journey, world.worker, kind="review")

    assert Review.objects.get().month == 6
    assert fresh(journey).next_review_month == 9


def test_a_review_in_the_first_month_settles_none(world):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=30)
    contact(journey, world.worker, kind="review")

    assert not Review.objects.exists()
    assert fresh(journey).next_review_month == 3


@pytest.mark.parametrize("facts", [{"outcome": "no_answer"}, {"mode": "letter"}])
def test_a_review_that_nobody_came_to_settles_none(world, facts):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=95)
    contact(journey, world.worker, kind="review", **facts)
    assert not Review.objects.exists()


def test_a_second_review_of_the_same_time_settles_nothing_more(world):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=95)
    for _ in range(2):
        contact(journey, world.worker, kind="review")
    assert Review.objects.count() == 1


def test_a_review_that_was_no_review_is_taken_back(world):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=95)
    session = contact(journey, world.worker, kind="review")

    correct_session(session=session, changes={"kind": "session"}, by=world.worker)
    assert not Review.objects.exists()
    assert fresh(journey).next_review_month == 3

    correct_session(session=session, changes={"kind": "review"}, by=world.worker)
    assert Review.objects.get().month == 3


def test_correcting_only_the_note_leaves_the_review_alone(world):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=95)
    session = contact(journey, world.worker, kind="review")
    review = Review.objects.get()

    correct_session(session=session, changes={"note": "More to say"}, by=world.worker)
    assert Review.objects.get() == review


# --- correcting -----------------------------------------------------------------------------------
def test_the_earlier_version_is_kept_with_its_author(world, waiting):
    session = contact(waiting, world.worker, note="She said yes")
    correct_session(session=session, changes={"note": "She said no"}, by=world.manager)

    session.refresh_from_db()
    now, before = session.history.order_by("-history_id")
    assert session.note == now.note == "She said no"
    assert (before.note, before.history_user) == ("She said yes", world.worker)
    assert now.history_user == world.manager
    event = AuditEvent.objects.filter(thing="participants.session").latest("pk")
    assert (event.verb, event.detail) == ("changed", {"fields": ["note"]})


def test_a_correction_that_changes_nothing_leaves_no_version(world, waiting):
    session = contact(waiting, world.worker, note="Same")
    correct_session(session=session, changes={"note": "Same"}, by=world.worker)
    assert session.history.count() == 1


def test_a_first_contact_that_never_was_puts_the_journey_back_to_waiting(world, waiting):
    session = contact(waiting, world.worker, happened_on=ago(3))
    correct_session(session=session, changes={"outcome": "no_answer"}, by=world.worker)

    journey = fresh(waiting)
    assert (journey.stage, journey.started_on, journey.last_engaged_on) == ("waiting", None, None)
    assert (journey.next_review_on, journey.next_review_month) == (None, None)
    assert (journey.first_attempt_on, journey.attempts) == (ago(3), 1)
    moves = StageChange.objects.filter(journey=journey).values_list("to_stage", flat=True)
    assert list(moves) == ["active", "waiting"]


def test_while_paused_that_ends_the_pause_too(world, waiting):
    session = contact(waiting, world.worker, happened_on=ago(30))
    pause_journey(journey=waiting, reason="hospital", starts_on=ago(10), by=world.worker)
    correct_session(session=session, changes={"outcome": "did_not_attend"}, by=world.worker)

    journey = fresh(waiting)
    assert (journey.stage, journey.started_on, journey.paused_days) == ("waiting", None, 0)
    assert journey.pauses.get().ends_on == clock.today()
    contact(journey, world.worker)
    assert fresh(waiting).stage == "active"
    assert fresh(waiting).paused_days == 0, "days paused before the start do not move reviews"


def test_with_another_contact_the_journey_begins_there(world, waiting):
    first = contact(waiting, world.worker, happened_on=ago(30))
    contact(waiting, world.worker, happened_on=ago(12))
    correct_session(session=first, changes={"outcome": "no_answer"}, by=world.worker)

    journey = fresh(waiting)
    assert (journey.stage, journey.started_on) == ("active", ago(12))
    assert journey.next_review_on == add_months(ago(12), 3)


def test_a_start_that_no_session_tells_of_stands(world):
    """Open cases of the earlier system come with a start and without sessions."""
    journey = world.journey
    assert not journey.sessions.exists()
    session = contact(journey, world.worker, outcome="no_answer", happened_on=ago(3))
    correct_session(session=session, changes={"outcome": "left_message"}, by=world.worker)

    assert fresh(journey).stage == "active"
    assert fresh(journey).started_on == journey.started_on


def test_the_day_may_be_corrected_and_the_start_follows(world, waiting):
    session = contact(waiting, world.worker, happened_on=ago(3))
    correct_session(session=session, changes={"happened_on": ago(13)}, by=world.worker)
    assert fresh(waiting).started_on == ago(13)

    correct_session(session=session, changes={"happened_on": ago(1)}, by=world.worker)
    assert fresh(waiting).started_on == fresh(waiting).last_engaged_on == ago(1)


def test_a_session_of_a_closed_journey_can_be_put_right_but_not_moved_past_the_end(world):
    session = contact(world.journey, world.worker, happened_on=ago(9))
    close_journey(
        journey=world.journey,
        reason="moved_away",
        summary="",
        by=world.worker,
        on=ago(5),
        early_reason="Moved to Corby.",
    )
    correct_session(session=session, changes={"note": "Said goodbye"}, by=world.worker)
    with pytest.raises(Refused, match="after the journey closed"):
        correct_session(session=session, changes={"happened_on": ago(2)}, by=world.worker)
    assert fresh(world.journey).stage == "closed"


def test_resuming_needs_a_pause(world, waiting):
    with pytest.raises(Refused, match="not paused"):
        resume_journey(journey=waiting, on=clock.today(), by=world.worker)
    assert fresh(waiting).stage == "waiting"
