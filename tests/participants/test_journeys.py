"""A journey from acceptance to closing: opening, handing over, pausing, leaving out, closing."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from participants.access import arranges, works_on
from participants.actions import (
    close_journey,
    hand_over,
    open_journey,
    pause_journey,
    record_session,
    resume_journey,
    set_rhythm,
    skip_review,
)
from participants.actions.journeys import Opening, needs_early_reason
from participants.models import Assignment, Journey, Participant, Pause, Review, Session
from partners.models import Membership
from spring.audit.models import AuditEvent
from spring.core import clock
from spring.core.dates import add_months
from spring.core.refusal import Refused
from tests.factories import JourneyFactory, MembershipFactory, ParticipantFactory

OPENING = Opening(
    reference="SPR-346-789-A",
    referred_on=date(2026, 1, 5),
    source="practice",
    needs=["loneliness", "money", "loneliness"],
    what_matters="The garden",
)


def ago(days):
    return clock.today() - timedelta(days=days)


def fresh(journey):
    return Journey.objects.get(pk=journey.pk)


def opened(world, participant, **kwargs):
    return open_journey(
        participant=participant,
        opening=OPENING,
        partner=world.partner,
        worker=world.worker,
        by=world.coordinator,
        **kwargs,
    )


# --- opening ----------------------------------------------------------------------------------------
def test_a_journey_opens_waiting_with_a_link_worker_and_a_target(world):
    journey = opened(world, ParticipantFactory())

    assert (journey.stage, journey.started_on) == ("waiting", None)
    assert {need.need for need in journey.needs.all()} == {"loneliness", "money"}
    assert journey.said_at_referral == "The garden"
    assert journey.first_contact_due_on > clock.today()
    assert journey.assignments.get().worker == world.worker
    assert AuditEvent.objects.filter(verb="created", thing="participants.journey").count() == 1


def test_nobody_has_two_open_journeys(world):
    with pytest.raises(Refused, match="already has an open journey"):
        opened(world, world.participant)


def test_the_database_holds_that_too(world):
    """Negative control of the action's own check: straight past it."""
    with pytest.raises(IntegrityError), transaction.atomic():
        JourneyFactory(participant=world.participant, partner=world.other_partner)


def test_after_a_closing_another_may_open(world):
    close_journey(
        journey=world.journey, reason="died", summary="", by=world.worker, early_reason="She died."
    )
    assert opened(world, world.participant).is_open


# --- handing over -----------------------------------------------------------------------------------
def test_within_the_partner_the_former_worker_sees_it_no_more(world):
    hand_over(
        journey=world.journey,
        partner=world.partner,
        worker=world.colleague,
        note="Likes trains",
        by=world.manager,
    )

    assert not Journey.objects.visible_to(world.worker).filter(pk=world.journey.pk).exists()
    assert Journey.objects.visible_to(world.colleague).filter(pk=world.journey.pk).exists()
    former, now = Assignment.objects.filter(journey=world.journey).order_by("starts_at")
    assert former.ends_at == now.starts_at
    assert now.handover_note == "Likes trains"


def test_across_partners_every_access_ends_and_the_new_partner_sees_the_journey_whole(world):
    before = Session.objects.create(
        journey=world.journey,
        partner=world.partner,
        worker=world.worker,
        happened_on=ago(5),
        kind="session",
        mode="telephone",
        outcome="attended",
    )
    Assignment.objects.create(
        journey=world.journey, worker=world.volunteer, partner=world.partner, is_lead=False
    )
    hand_over(
        journey=world.journey,
        partner=world.other_partner,
        worker=world.stranger,
        note="",
        by=world.coordinator,
    )
    for former in (world.worker, world.volunteer, world.manager, world.partner_coordinator):
        assert not Participant.objects.visible_to(former).filter(pk=world.participant.pk).exists()
    journey = Journey.objects.visible_to(world.stranger).get(pk=world.journey.pk)
    assert journey.sessions.get() == before
    assert works_on(world.stranger, journey)
    assert works_on(world.other_manager, journey)
    assert before.partner == world.partner, "figures stay where the work was"


def test_a_volunteer_who_helps_stays_when_the_lead_changes(world):
    helper = Assignment.objects.create(
        journey=world.journey, worker=world.volunteer, partner=world.partner, is_lead=False
    )
    hand_over(
        journey=world.journey,
        partner=world.partner,
        worker=world.colleague,
        note="",
        by=world.manager,
    )
    helper.refresh_from_db()
    assert helper.ends_at is None


def test_a_helper_who_takes_the_lead_holds_it_once(world):
    Assignment.objects.create(
        journey=world.journey, worker=world.volunteer, partner=world.partner, is_lead=False
    )
    hand_over(
        journey=world.journey,
        partner=world.partner,
        worker=world.volunteer,
        note="",
        by=world.manager,
    )
    assert world.journey.assignments.current().get().worker == world.volunteer


def test_a_journey_whose_worker_has_left_can_be_handed_over(world):
    Assignment.objects.filter(journey=world.journey).update(ends_at=clock.now())
    hand_over(
        journey=world.journey,
        partner=world.partner,
        worker=world.colleague,
        note="",
        by=world.manager,
    )
    assert world.journey.assignments.current().get().worker == world.colleague


def test_only_someone_at_work_at_that_partner_can_take_it(world):
    for partner, worker in (
        (world.partner, world.stranger),
        (world.partner, world.manager),
        (world.other_partner, world.colleague),
    ):
        with pytest.raises(Refused, match="does not work with people at"):
            hand_over(
                journey=world.journey, partner=partner, worker=worker, note="", by=world.manager
            )
    Membership.objects.filter(user=world.colleague).update(ends_on=clock.today())
    with pytest.raises(Refused, match="does not work"):
        hand_over(
            journey=world.journey,
            partner=world.partner,
            worker=world.colleague,
            note="",
            by=world.manager,
        )


def test_not_to_whoever_has_it_and_not_when_closed(world):
    with pytest.raises(Refused, match="already"):
        hand_over(
            journey=world.journey,
            partner=world.partner,
            worker=world.worker,
            note="",
            by=world.manager,
        )
    close_journey(
        journey=world.journey, reason="died", summary="", by=world.worker, early_reason="She died."
    )
    with pytest.raises(Refused, match="closed"):
        hand_over(
            journey=world.journey,
            partner=world.partner,
            worker=world.colleague,
            note="",
            by=world.manager,
        )


# --- who may do what --------------------------------------------------------------------------------
def test_who_works_on_it_and_who_arranges(world):
    works = {n for n, user in world.actors().items() if works_on(user, world.journey)}
    arrange = {n for n, user in world.actors().items() if arranges(user, world.journey)}
    assert works == {"worker", "manager"}
    assert arrange == {"manager", "partner_coordinator", "coordinator", "service_manager"}


def test_of_two_roles_each_counts(world):
    MembershipFactory(user=world.partner_coordinator, organisation=world.partner)
    assert not works_on(world.partner_coordinator, world.journey)
    Assignment.objects.create(
        journey=world.journey,
        worker=world.partner_coordinator,
        partner=world.partner,
        is_lead=False,
    )
    assert works_on(world.partner_coordinator, fresh(world.journey))


# --- pausing ----------------------------------------------------------------------------------------
@pytest.fixture
def journey(world):
    return JourneyFactory(partner=world.partner, lead=world.worker, started=100)


def test_while_paused_no_review_is_due_and_afterwards_they_have_moved(world, journey):
    pause_journey(journey=journey, reason="hospital", starts_on=ago(20), by=world.worker)
    assert (fresh(journey).stage, fresh(journey).next_review_on) == ("paused", None)

    resume_journey(journey=journey, on=ago(6), by=world.worker)
    now = fresh(journey)
    assert (now.stage, now.paused_days) == ("active", 14)
    assert now.next_review_on == add_months(journey.started_on, 3) + timedelta(days=14)


def test_two_pauses_add_up(world, journey):
    for start, end in ((60, 50), (30, 25)):
        pause_journey(journey=journey, reason="away", starts_on=ago(start), by=world.worker)
        resume_journey(journey=journey, on=ago(end), by=world.worker)
    assert fresh(journey).paused_days == 15


def test_a_review_held_during_a_pause_counts(world, journey):
    pause_journey(journey=journey, reason="caring", starts_on=ago(5), by=world.worker)
    record_session(
        journey=journey,
        by=world.worker,
        kind="review",
        mode="in_person",
        outcome="attended",
        happened_on=clock.today(),
    )
    assert Review.objects.get().month == 3
    resume_journey(journey=journey, on=clock.today(), by=world.worker)
    assert fresh(journey).next_review_month == 6


def test_what_no_pause_can_be(world, journey):
    with pytest.raises(Refused, match="between the first contact and today"):
        pause_journey(journey=journey, reason="away", starts_on=ago(101), by=world.worker)
    with pytest.raises(Refused, match="between the first contact and today"):
        pause_journey(journey=journey, reason="away", starts_on=ago(-1), by=world.worker)
    with pytest.raises(Refused, match="why"):
        pause_journey(journey=journey, reason="fun", starts_on=ago(1), by=world.worker)
    pause_journey(journey=journey, reason="away", starts_on=ago(50), by=world.worker)
    with pytest.raises(Refused, match="under way"):
        pause_journey(journey=journey, reason="away", starts_on=ago(1), by=world.worker)
    with pytest.raises(Refused, match="between the day it began"):
        resume_journey(journey=journey, on=ago(51), by=world.worker)
    assert (fresh(journey).stage, Pause.objects.get().ends_on) == ("paused", None)
    resume_journey(journey=journey, on=ago(40), by=world.worker)
    with pytest.raises(Refused, match="earlier pause"):
        pause_journey(journey=journey, reason="away", starts_on=ago(45), by=world.worker)


def test_a_journey_that_has_not_begun_cannot_be_paused(world):
    waiting = JourneyFactory(partner=world.partner, lead=world.worker)
    with pytest.raises(Refused, match="under way"):
        pause_journey(journey=waiting, reason="away", starts_on=ago(1), by=world.worker)


# --- rhythm, reviews left out -----------------------------------------------------------------------
def test_a_rhythm_of_two_to_twelve_weeks_with_a_reason(world, journey):
    set_rhythm(journey=journey, days=42, reason="Works shifts", by=world.worker)
    assert (fresh(journey).rhythm_days, fresh(journey).rhythm_reason) == (42, "Works shifts")
    for days, reason in ((13, "x"), (85, "x"), (42, " ")):
        with pytest.raises(Refused):
            set_rhythm(journey=journey, days=days, reason=reason, by=world.worker)
    set_rhythm(journey=journey, days=None, reason="", by=world.worker)
    assert (fresh(journey).rhythm_days, fresh(journey).rhythm_reason) == (None, "")


def test_a_review_left_out_says_why_and_the_next_one_comes(world, journey):
    skip_review(journey=journey, reason="On holiday", by=world.worker)
    review = Review.objects.get()
    assert (review.month, review.done_on, review.skipped_reason) == (3, None, "On holiday")
    assert fresh(journey).next_review_month == 6


def test_a_review_far_ahead_is_not_left_out(world, journey):
    skip_review(journey=journey, reason="On holiday", by=world.worker)
    with pytest.raises(Refused, match="too far away"):
        skip_review(journey=journey, reason="That one too", by=world.worker)


def test_a_review_that_took_place_after_all_counts_as_held(world, journey):
    skip_review(journey=journey, reason="On holiday", by=world.worker)
    record_session(
        journey=journey,
        by=world.worker,
        kind="review",
        mode="in_person",
        outcome="attended",
        happened_on=clock.today(),
    )
    assert (Review.objects.get().done_on, Review.objects.get().skipped_reason) == (
        clock.today(),
        "",
    )


# --- closing ----------------------------------------------------------------------------------------
def close(journey, by, **facts):
    facts = {"reason": "goals_met", "summary": "Grows her own beans.", **facts}
    return close_journey(journey=journey, by=by, **facts)


def test_a_closed_journey_says_why_and_asks_for_nothing_more(world):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=200)
    close(journey, world.worker)

    now = fresh(journey)
    assert (now.stage, now.closed_on, now.closure_reason) == (
        "closed",
        clock.today(),
        "goals_met",
    )
    assert (now.next_review_on, now.next_review_month) == (None, None)
    assert Journey.objects.visible_to(world.worker).filter(pk=journey.pk).exists()


def test_before_six_months_one_more_sentence(world, journey):
    with pytest.raises(Refused, match="before six months"):
        close(journey, world.worker, early_reason=" ")
    assert fresh(journey).is_open
    close(journey, world.worker, early_reason="She is well.")
    assert fresh(journey).early_closure_reason == "She is well."


def test_six_months_are_reckoned_by_the_calendar():
    journey = Journey(started_on=date(2025, 8, 31))
    assert needs_early_reason(journey, date(2026, 2, 27))
    assert not needs_early_reason(journey, date(2026, 2, 28))
    assert not needs_early_reason(Journey(), date(2026, 2, 28))


def test_the_reason_fits_how_far_it_came(world, journey):
    waiting = JourneyFactory(partner=world.partner, lead=world.worker)
    with pytest.raises(Refused, match="fits"):
        close(waiting, world.worker, reason="goals_met")
    with pytest.raises(Refused, match="fits"):
        close(journey, world.worker, reason="declined", early_reason="x")
    close(waiting, world.worker, reason="declined")
    assert fresh(waiting).closure_reason == "declined"


def test_not_before_what_was_recorded_nor_tomorrow_nor_twice(world):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=200)
    record_session(
        journey=journey,
        by=world.worker,
        kind="session",
        mode="video",
        outcome="attended",
        happened_on=ago(3),
    )
    for on, words in ((ago(4), "after that day"), (ago(-1), "today"), (ago(300), "beginning")):
        with pytest.raises(Refused, match=words):
            close(journey, world.worker, on=on)
    close(journey, world.worker, on=ago(3))
    with pytest.raises(Refused, match="already"):
        close(journey, world.worker)


def test_closing_ends_a_pause(world):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=250)
    pause_journey(journey=journey, reason="hospital", starts_on=ago(20), by=world.worker)
    close(journey, world.worker, on=ago(5))
    assert Pause.objects.get().ends_on == ago(5)
    assert fresh(journey).paused_days == 15


# --- past twelve months -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("started", "last_day"),
    [
        (date(2025, 3, 10), date(2026, 3, 10)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 2, 28), date(2024, 2, 28)),
        (date(2023, 3, 1), date(2024, 3, 1)),
        (date(2025, 1, 31), date(2026, 1, 31)),
    ],
)
def test_past_twelve_months_begins_the_day_after_in_python_and_in_sql(world, started, last_day):
    journey = JourneyFactory(
        partner=world.partner, started_on=started, stage="active", referred_on=started
    )
    mine = Journey.objects.filter(pk=journey.pk)
    for day, over in ((last_day, False), (last_day + timedelta(days=1), True)):
        with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
            assert journey.is_overlong is over, day
            assert mine.beyond(12).exists() is over, day


def test_a_closed_journey_is_past_nothing(world):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=500)
    close(journey, world.worker)
    assert not fresh(journey).is_overlong
    assert not Journey.objects.beyond(12).filter(pk=journey.pk).exists()
