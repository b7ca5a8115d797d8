"""A journey from acceptance to closing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from participants import reviews
from participants.models import (
    Assignment,
    Journey,
    JourneyNeed,
    Participant,
    Pause,
    Review,
    StageChange,
)
from participants.stages import Stage, closure_reasons, may_move
from partners.models import Membership, Organisation
from spring.accounts.roles import CASE_ROLES
from spring.audit.log import Verb, record
from spring.core import clock
from spring.core.calendar import add_working_days
from spring.core.dates import add_months
from spring.core.refusal import Refused

RHYTHM = (14, 84)
"""The shortest and the longest agreed rhythm, in days."""


@dataclass(frozen=True)
class Opening:
    """What a journey takes over from the way in: participants never reads a referral."""

    reference: str
    referred_on: date
    source: str
    needs: Iterable[str]
    practice: Organisation | None = None
    council: str = ""
    eligibility: dict = field(default_factory=dict)
    what_matters: str = ""


def locked(journey: Journey | UUID) -> Journey:
    """The journey as it stands now, held until the transaction ends."""
    pk = journey.pk if isinstance(journey, Journey) else journey
    return Journey.objects.select_for_update().get(pk=pk)


def move(journey: Journey, to: str, *, by: Any, on: date, reason: str = "") -> None:
    """Move a locked journey to another stage, if the table lets it; the caller saves the row."""
    if not may_move(journey.stage, to):
        raise Refused(
            f"This journey is “{journey.get_stage_display().lower()}”, so that is not possible now."
        )
    StageChange.objects.create(
        journey=journey, from_stage=journey.stage, to_stage=to, on=on, by=by, reason=reason
    )
    journey.stage = to


def schedule_review(journey: Journey) -> None:
    """Set on a locked journey when the next review is due; the caller saves the row.

    None is due while the clock stands still, nor after the closing.
    """
    due = None
    if journey.stage == Stage.ACTIVE:
        handled = list(journey.reviews.order_by().values_list("month", flat=True))
        months = settings.SPRING["REVIEW_MONTHS"]
        due = reviews.next_review(journey.started_on, journey.paused_days, handled, months)
    journey.next_review_on = due.due_on if due else None
    journey.next_review_month = due.month if due else None


@transaction.atomic
def open_journey(
    *,
    participant: Participant,
    opening: Opening,
    partner: Organisation,
    worker: Any,
    by: Any,
    service: str = Journey.Service.SPRING,
) -> Journey:
    """Give a person a journey with a partner and a link worker.

    Raises Refused if the person has an open journey already; the database holds that rule too.
    """
    # Locking the person makes two openings at once take turns.
    participant = Participant.objects.select_for_update().get(pk=participant.pk)
    if participant.journeys.open().exists():
        raise Refused("This person already has an open journey with Spring.")
    today = clock.today()
    journey = Journey.objects.create(
        participant=participant,
        service=service,
        partner=partner,
        practice=opening.practice,
        council=opening.council,
        reference=opening.reference,
        source=opening.source,
        eligibility=opening.eligibility,
        said_at_referral=opening.what_matters,
        referred_on=opening.referred_on,
        accepted_on=today,
        first_contact_due_on=add_working_days(today, settings.SPRING["FIRST_CONTACT_WORKING_DAYS"]),
    )
    JourneyNeed.objects.bulk_create(
        JourneyNeed(journey=journey, need=need) for need in dict.fromkeys(opening.needs)
    )
    StageChange.objects.create(journey=journey, to_stage=Stage.WAITING, on=today, by=by)
    Assignment.objects.create(journey=journey, worker=worker, partner=partner)
    record(
        Verb.CREATED,
        journey,
        by=by,
        participant=participant.pk,
        partner=partner.code,
        worker=str(worker.pk),
    )
    return journey


@transaction.atomic
def hand_over(
    *, journey: Journey, partner: Organisation, worker: Any, note: str, by: Any
) -> Journey:
    """Give an open journey to another worker, of the same partner or another.

    The former worker's (and, across partners, the former partner's) access ends with the next
    request; what they recorded stays under their name and partner.
    """
    journey = locked(journey)
    if not journey.is_open:
        raise Refused("This journey is closed, so it cannot be handed over.")
    holding = journey.assignments.current()
    lead = holding.leads().first()
    if lead and lead.worker_id == worker.pk and journey.partner_id == partner.pk:
        raise Refused(f"{worker} has this person already.")
    held = Membership.objects.current().filter(user=worker, organisation=partner)
    if not worker.is_active or not held.filter(role__in=CASE_ROLES).exists():
        raise Refused(
            f"{worker} does not work with people at {partner} today. Choose someone else."
        )
    moment = clock.now()
    if journey.partner_id == partner.pk:
        holding = holding.filter(Q(is_lead=True) | Q(worker=worker))
    holding.update(ends_at=moment)
    Assignment.objects.create(
        journey=journey, worker=worker, partner=partner, starts_at=moment, handover_note=note
    )
    journey.partner = partner
    journey.save(update_fields=["partner"])
    record(
        Verb.CHANGED,
        journey,
        by=by,
        participant=journey.participant_id,
        what="handed over",
        partner=partner.code,
        worker=str(worker.pk),
    )
    return journey


@transaction.atomic
def pause_journey(*, journey: Journey, reason: str, starts_on: date, by: Any) -> Journey:
    """Stop the review clock from a day on."""
    journey = locked(journey)
    if journey.stage != Stage.ACTIVE:
        raise Refused("Only a journey that is under way can be paused.")
    if reason not in Pause.Reason.values:
        raise Refused("Choose why the journey is paused.")
    if not (journey.started_on and journey.started_on <= starts_on <= clock.today()):
        raise Refused("A pause starts between the first contact and today.")
    if journey.pauses.filter(ends_on__gt=starts_on).exists():
        raise Refused("That day lies in an earlier pause. Choose a later one.")
    move(journey, Stage.PAUSED, by=by, on=starts_on, reason=reason)
    Pause.objects.create(journey=journey, starts_on=starts_on, reason=reason)
    schedule_review(journey)
    journey.save(update_fields=["stage", "next_review_on", "next_review_month"])
    record(Verb.CHANGED, journey, by=by, participant=journey.participant_id, what="paused")
    return journey


@transaction.atomic
def resume_journey(*, journey: Journey, on: date, by: Any) -> Journey:
    """Let the review clock run again; reviews move by the days paused."""
    journey = locked(journey)
    if journey.stage != Stage.PAUSED:
        raise Refused("This journey is not paused.")
    move(journey, Stage.ACTIVE, by=by, on=on, reason="resumed")
    end_pause(journey, on)
    schedule_review(journey)
    journey.save(update_fields=["stage", "paused_days", "next_review_on", "next_review_month"])
    record(Verb.CHANGED, journey, by=by, participant=journey.participant_id, what="resumed")
    return journey


def end_pause(journey: Journey, on: date) -> None:
    """End the pause of a locked journey; the caller saves the row."""
    pause = journey.pauses.get(ends_on__isnull=True)
    if not pause.starts_on <= on <= clock.today():
        raise Refused("A pause ends between the day it began and today.")
    pause.ends_on = on
    pause.save(update_fields=["ends_on"])
    journey.paused_days = recount_pauses(journey)


def recount_pauses(journey: Journey) -> int:
    """The days of finished pauses since the start, which is how far the reviews move."""
    if journey.started_on is None:
        return 0
    spans = journey.pauses.filter(ends_on__isnull=False).values_list("starts_on", "ends_on")
    return reviews.paused_days(spans, clock.today(), since=journey.started_on)


@transaction.atomic
def set_rhythm(*, journey: Journey, days: int | None, reason: str, by: Any) -> Journey:
    """Agree how often to be in touch (14 to 84 days, with a reason), or return to the usual."""
    journey = locked(journey)
    if not journey.is_open:
        raise Refused("This journey is closed.")
    if days is not None and not RHYTHM[0] <= days <= RHYTHM[1]:
        raise Refused("A rhythm is between 2 and 12 weeks.")
    if days is not None and not reason.strip():
        raise Refused("Say why this rhythm suits them.")
    journey.rhythm_days = days
    journey.rhythm_reason = reason.strip() if days else ""
    journey.save(update_fields=["rhythm_days", "rhythm_reason"])
    record(
        Verb.CHANGED, journey, by=by, participant=journey.participant_id, what="rhythm", days=days
    )
    return journey


@transaction.atomic
def skip_review(*, journey: Journey, reason: str, by: Any) -> Review:
    """Write down that the review now due will not be held, and why.

    Not before its window opens: a review far ahead is moved by a pause, never struck out.
    """
    journey = locked(journey)
    if journey.next_review_month is None or journey.next_review_on is None:
        raise Refused("No review is due.")
    window = timedelta(days=settings.SPRING["REVIEW_WINDOW_DAYS"])
    if clock.today() < journey.next_review_on - window:
        raise Refused("The next review is still too far away to be left out.")
    if not reason.strip():
        raise Refused("Say why the review is not held.")
    review = Review.objects.create(
        journey=journey,
        partner=journey.partner,
        month=journey.next_review_month,
        due_on=journey.next_review_on,
        skipped_reason=reason.strip(),
        by=by,
    )
    schedule_review(journey)
    journey.save(update_fields=["next_review_on", "next_review_month"])
    record(Verb.CREATED, review, by=by, participant=journey.participant_id, month=review.month)
    return review


def needs_early_reason(journey: Journey, on: date) -> bool:
    """True if closing on that day would be before six months of a journey that started."""
    if journey.started_on is None:
        return False
    return on < add_months(journey.started_on, settings.SPRING["EARLY_CLOSE_MONTHS"])


@transaction.atomic
def close_journey(
    *,
    journey: Journey,
    reason: str,
    summary: str,
    by: Any,
    on: date | None = None,
    early_reason: str = "",
) -> Journey:
    """Close a journey for a reason that fits (before or after the start).

    Before six months a journey that started needs one more sentence in `early_reason`.
    """
    journey = locked(journey)
    on = on or clock.today()
    if not journey.is_open:
        raise Refused("This journey is closed already.")
    if reason not in dict(closure_reasons(started=journey.started_on is not None)):
        raise Refused("Choose a reason that fits how far this journey has come.")
    if not (journey.started_on or journey.referred_on) <= on <= clock.today():
        raise Refused("A journey closes between its beginning and today.")
    if journey.sessions.filter(happened_on__gt=on).exists():
        raise Refused("Something was recorded after that day. Choose a later day to close on.")
    if needs_early_reason(journey, on) and not early_reason.strip():
        raise Refused("This is before six months: say in a sentence why it ends now.")
    if journey.stage == Stage.PAUSED:
        end_pause(journey, on)
    move(journey, Stage.CLOSED, by=by, on=on, reason=reason)
    journey.closed_on = on
    journey.closure_reason = reason
    journey.closure_summary = summary
    journey.early_closure_reason = early_reason if needs_early_reason(journey, on) else ""
    schedule_review(journey)
    journey.save()
    record(Verb.CHANGED, journey, by=by, participant=journey.participant_id, what="closed")
    return journey
