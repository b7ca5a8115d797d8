"""Recording and correcting what was done with a person."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Min, Q

from participants.actions.journeys import locked, move, schedule_review
from participants.models import Journey, Review, Session
from participants.stages import Stage
from spring.audit.log import Verb, record
from spring.core import clock
from spring.core.refusal import Refused

FIELDS = ("kind", "mode", "outcome", "happened_on", "minutes", "note", "alone")


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

    The first engaged contact starts the journey; a review that took place settles the review due.
    The same `submission` sent again returns the session already written.
    """
    journey = locked(journey)
    if submission and (again := Session.objects.filter(submission=submission).first()):
        return again
    _check_day(journey, happened_on)
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
    session._history_user = by
    session.save(force_insert=True)
    _settle(journey, by=by)
    if kind == Session.Kind.REVIEW and session.is_engaged:
        _hold_review(journey, session, by=by)
    record(Verb.CREATED, session, by=by, participant=journey.participant_id, outcome=outcome)
    return session


@transaction.atomic
def correct_session(*, session: Session, changes: dict[str, Any], by: Any) -> Session:
    """Put a session right; the earlier version is kept, and everything that follows from it
    (the start, the last contact, the reviews due) is worked out again.
    """
    journey = locked(session.journey_id)
    session = Session.objects.select_for_update().get(pk=session.pk)
    changed = [name for name in FIELDS if name in changes]
    changed = [name for name in changed if getattr(session, name) != changes[name]]
    if not changed:
        return session
    for name in changed:
        setattr(session, name, changes[name])
    _check_day(journey, session.happened_on)
    session._history_user = by
    session.save(update_fields=changed)
    _settle(journey, by=by)
    record(Verb.CHANGED, session, by=by, participant=journey.participant_id, fields=changed)
    return session


def _check_day(journey: Journey, day: date) -> None:
    if day > clock.today():
        raise Refused("The day of a contact cannot be in the future.")
    if day < journey.referred_on:
        raise Refused("The day of a contact cannot be before the referral.")


def _settle(journey: Journey, *, by: Any) -> None:
    """Work out from all sessions what the row of the journey says about contact."""
    contacts = journey.sessions.order_by()
    engaged = Q(outcome=Session.Outcome.ATTENDED, mode__in=Session.TWO_WAY)
    facts = contacts.aggregate(
        first=Min("happened_on", filter=engaged), last=Max("happened_on", filter=engaged)
    )
    journey.first_attempt_on = contacts.attempted().aggregate(first=Min("happened_on"))["first"]
    journey.last_engaged_on = facts["last"]
    since = contacts.filter(outcome__in=Session.ATTEMPTS)
    if facts["last"]:
        since = since.filter(happened_on__gt=facts["last"])
    journey.attempts = since.aggregate(n=Count("pk"))["n"]
    if facts["first"] and journey.stage == Stage.WAITING:
        move(journey, Stage.ACTIVE, by=by, on=facts["first"], reason="first contact")
    if not facts["first"] and journey.stage == Stage.ACTIVE:
        move(journey, Stage.WAITING, by=by, on=clock.today(), reason="contact corrected")
    if journey.stage != Stage.PAUSED or facts["first"]:
        journey.started_on = facts["first"]
    schedule_review(journey)
    journey.save(
        update_fields=[
            "stage",
            "first_attempt_on",
            "started_on",
            "last_engaged_on",
            "attempts",
            "next_review_on",
            "next_review_month",
        ]
    )


def _hold_review(journey: Journey, session: Session, *, by: Any) -> None:
    if journey.next_review_month is None or journey.next_review_on is None:
        return
    review = Review.objects.create(
        journey=journey,
        partner=journey.partner,
        month=journey.next_review_month,
        due_on=journey.next_review_on,
        done_on=session.happened_on,
        by=by,
    )
    schedule_review(journey)
    journey.save(update_fields=["next_review_on", "next_review_month"])
    record(Verb.CREATED, review, by=by, participant=journey.participant_id, month=review.month)
