"""Recording and correcting what was done with a person."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Min, Q

from participants import reviews
from participants.actions.journeys import (
    end_pause,
    locked,
    move,
    recount_pauses,
    schedule_review,
)
from participants.models import Journey, Review, Session
from participants.stages import Stage
from spring.audit.log import Verb, record
from spring.core import clock
from spring.core.refusal import Refused

FIELDS = ("kind", "mode", "outcome", "happened_on", "minutes", "note", "alone")
ENGAGED = Q(outcome=Session.Outcome.ATTENDED, mode__in=Session.TWO_WAY)
TRIED = ~Q(kind=Session.Kind.ON_BEHALF) & Q(
    outcome__in=[*Session.ATTEMPTS, Session.Outcome.ATTENDED]
)


@transaction.atomic
def record_session(
    *,
    journey: Journey,
    by: Any,
    kind: str,
    mode: str,
    outcome: str,
    happened_on: date,
    minutes: int = 0,
    note: str = "",
    alone: str = "",
    submission: UUID | None = None,
) -> Session:
    """Write down a contact, an attempt, or work on someone's behalf.

    The first engaged contact starts the journey; a review that took place settles the review of
    that time. The same `submission` sent again returns the session already written.
    """
    journey = locked(journey)
    if submission and (again := Session.objects.filter(submission=submission).first()):
        if again.journey_id != journey.pk:
            raise Refused("This form was used before. Open the page again and write it there.")
        return again
    if not journey.is_open:
        raise Refused("This journey is closed. Nothing more can be recorded on it.")
    session = Session(
        journey=journey,
        partner=journey.partner,
        worker=by,
        kind=kind,
        mode=mode,
        outcome=outcome,
        happened_on=happened_on,
        minutes=minutes,
        note=note,
        alone=alone,
        submission=submission,
    )
    _check(journey, session)
    session._history_user = by  # type: ignore[attr-defined]
    session.save(force_insert=True)
    _settle(journey, by=by)
    _hold_review(journey, session, by=by)
    record(Verb.CREATED, session, by=by, participant=journey.participant_id, outcome=outcome)
    return session


@transaction.atomic
def correct_session(*, session: Session, changes: dict[str, Any], by: Any) -> Session:
    """Put a session right; the earlier version is kept, and everything that follows from it
    (the start, the last contact, the reviews) is worked out again.
    """
    journey = locked(session.journey_id)
    session = Session.objects.select_for_update().get(pk=session.pk)
    changed = [n for n in FIELDS if n in changes and getattr(session, n) != changes[n]]
    if not changed:
        return session
    day, was_engaged = session.happened_on, session.is_engaged
    for name in changed:
        setattr(session, name, changes[name])
    _check(journey, session)
    session._history_user = by  # type: ignore[attr-defined]
    session.save(update_fields=changed)
    _settle(journey, by=by, undone=day, was_engaged=was_engaged)
    if {"kind", "mode", "outcome", "happened_on"} & set(changed):
        _withdraw_review(journey, session, by=by)
        _hold_review(journey, session, by=by)
    record(Verb.CHANGED, session, by=by, participant=journey.participant_id, fields=changed)
    return session


def _check(journey: Journey, session: Session) -> None:
    """What the database would refuse, or should, in words."""
    if session.happened_on > clock.today():
        raise Refused("The day of a contact cannot be in the future.")
    if session.happened_on < journey.referred_on:
        raise Refused("The day of a contact cannot be before the referral.")
    if journey.closed_on and session.happened_on > journey.closed_on:
        raise Refused("The day of a contact cannot be after the journey closed.")
    on_behalf = session.kind == Session.Kind.ON_BEHALF
    if on_behalf != (session.outcome == Session.Outcome.DONE):
        raise Refused("Work on someone's behalf is “done for them”; a contact is not.")
    if not 0 <= session.minutes <= 600:
        raise Refused("Minutes are from 0 to 600.")


def _settle(
    journey: Journey, *, by: Any, undone: date | None = None, was_engaged: bool = False
) -> None:
    """Work out from all sessions what the row of the journey says about contact.

    What the row says and no session tells (a start before the records began) stands, unless the
    session of that day (`undone`) was the one corrected.
    """
    facts = journey.sessions.order_by().aggregate(
        first=Min("happened_on", filter=ENGAGED),
        last=Max("happened_on", filter=ENGAGED),
        tried=Min("happened_on", filter=TRIED),
    )
    contact_undone = undone if was_engaged else None
    started = _earliest(facts["first"], _kept(journey.started_on, contact_undone))
    journey.first_attempt_on = _earliest(facts["tried"], _kept(journey.first_attempt_on, undone))
    last = _kept(journey.last_engaged_on, contact_undone)
    journey.last_engaged_on = max(filter(None, (facts["last"], last)), default=None)
    since = journey.sessions.filter(outcome__in=Session.ATTEMPTS)
    if journey.last_engaged_on:
        since = since.filter(happened_on__gt=journey.last_engaged_on)
    journey.attempts = since.count()
    _start_or_stop(journey, started, by=by)
    journey.paused_days = recount_pauses(journey)
    schedule_review(journey)
    journey.save(
        update_fields=[
            "stage",
            "first_attempt_on",
            "started_on",
            "last_engaged_on",
            "attempts",
            "paused_days",
            "next_review_on",
            "next_review_month",
        ]
    )


def _kept(day: date | None, undone: date | None) -> date | None:
    return None if day == undone else day


def _earliest(*days: date | None) -> date | None:
    return min(filter(None, days), default=None)


def _start_or_stop(journey: Journey, started: date | None, *, by: Any) -> None:
    today = clock.today()
    if started and journey.stage == Stage.WAITING:
        move(journey, Stage.ACTIVE, by=by, on=started, reason="first contact")
    if not started and journey.stage == Stage.PAUSED:
        # A journey that never began cannot be paused: the pause ends with the correction.
        end_pause(journey, today)
        move(journey, Stage.ACTIVE, by=by, on=today, reason="contact corrected")
    if not started and journey.stage == Stage.ACTIVE:
        move(journey, Stage.WAITING, by=by, on=today, reason="contact corrected")
    journey.started_on = started


def _hold_review(journey: Journey, session: Session, *, by: Any) -> None:
    """Settle the review of that time: the latest one whose window had opened by then."""
    if session.kind != Session.Kind.REVIEW or not session.is_engaged or not journey.started_on:
        return
    spans = journey.pauses.values_list("starts_on", "ends_on")
    paused = reviews.paused_days(spans, session.happened_on, since=journey.started_on)
    due = reviews.review_at(
        session.happened_on,
        journey.started_on,
        paused,
        settings.SPRING["REVIEW_MONTHS"],
        settings.SPRING["REVIEW_WINDOW_DAYS"],
    )
    if due is None:
        return
    review = journey.reviews.filter(month=due.month).first()
    if review is not None and review.done_on:
        return
    review = review or Review(journey=journey, month=due.month, due_on=due.due_on)
    review.partner, review.session, review.by = journey.partner, session, by
    review.done_on, review.skipped_reason = session.happened_on, ""
    review.save()
    _reschedule(journey)
    record(Verb.CREATED, review, by=by, participant=journey.participant_id, month=review.month)


def _withdraw_review(journey: Journey, session: Session, *, by: Any) -> None:
    review = journey.reviews.filter(session=session).first()
    if review is None:
        return
    record(
        Verb.CHANGED,
        review,
        by=by,
        participant=journey.participant_id,
        month=review.month,
        what="session corrected",
    )
    review.delete()
    _reschedule(journey)


def _reschedule(journey: Journey) -> None:
    schedule_review(journey)
    journey.save(update_fields=["next_review_on", "next_review_month"])
