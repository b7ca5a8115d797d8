"""One journey as a list of what happened, newest first, from rows already loaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from participants.models import Assignment, Journey, MeasureSet, Pause, Review, Session
from spring.core import clock


@dataclass(frozen=True)
class Entry:
    """One thing that happened; `look` is the shape of its bead."""

    day: date
    title: str
    detail: str = ""
    who: str = ""
    note: str = ""
    look: str = ""
    session: UUID | None = None
    corrected: bool = False
    order: tuple[int, float] = (0, 0.0)


def timeline(
    journey: Journey,
    *,
    sessions: Iterable[Session],
    reviews: Iterable[Review],
    pauses: Iterable[Pause],
    assignments: Iterable[Assignment],
    measures: Iterable[MeasureSet],
    plan_agreed_on: date | None,
    with_notes: bool,
) -> list[Entry]:
    """Everything, newest first; the words of notes only `with_notes`."""
    reviews = list(reviews)
    months = {review.session_id: review.month for review in reviews if review.session_id}
    entries = [_session(journey, s, months.get(s.pk), with_notes) for s in sessions]
    entries += [_review(review) for review in reviews if not review.session_id]
    entries += [_measure(answered) for answered in measures]
    entries += _stages(journey, pauses, plan_agreed_on)
    entries += _hand_overs(assignments, with_notes)
    return sorted(entries, key=lambda entry: (entry.day, *entry.order), reverse=True)


def _session(journey: Journey, session: Session, month: int | None, with_notes: bool) -> Entry:
    kinds = Session.Kind
    mode = _lower(session.get_mode_display())
    minutes = f", {session.minutes} minutes" if session.minutes else ""
    detail = f"{mode}{minutes}"
    if session.is_engaged or session.kind == kinds.ON_BEHALF:
        title = f"Review at {month} months" if month else session.get_kind_display()
    else:
        title = session.get_outcome_display()
        if session.kind != kinds.SESSION:
            detail = f"{session.get_kind_display().lower()}, {detail}"
    if with_notes and session.alone in (Session.Alone.NO, Session.Alone.UNSURE):
        alone = session.alone == Session.Alone.NO
        detail += ", not alone" if alone else ", not sure if alone"
    if session.kind == kinds.ON_BEHALF:
        look = "is-quiet"
    elif not session.is_engaged:
        look = "is-missed"
    else:
        look = "is-milestone" if session.kind == kinds.REVIEW else ""
    elsewhere = session.partner_id != journey.partner_id
    return Entry(
        day=session.happened_on,
        title=title,
        detail=detail,
        who=f"{session.worker}, {session.partner}" if elsewhere else str(session.worker),
        note=session.note if with_notes else "",
        look=look,
        session=session.pk,
        corrected=getattr(session, "corrected", False),
        order=(2, _moment(session.created_at)),
    )


def _review(review: Review) -> Entry:
    if review.done_on:
        return Entry(
            day=review.done_on,
            title=f"Review at {review.month} months",
            look="is-milestone",
            order=(3, 0.0),
        )
    return Entry(
        day=clock.london_date(review.created_at),
        title=f"Review at {review.month} months not held",
        detail=review.skipped_reason,
        look="is-missed",
        order=(3, _moment(review.created_at)),
    )


def _measure(answered: MeasureSet) -> Entry:
    parts = "" if answered.is_complete else ", in part"
    return Entry(
        day=answered.completed_on,
        title="How life feels",
        detail=f"answered{parts} {_lower(answered.get_completion_display())}",
        look="is-quiet",
        order=(1, _moment(answered.entered_at)),
    )


def _stages(journey: Journey, pauses: Iterable[Pause], plan_agreed_on: date | None) -> list[Entry]:
    source = journey.get_source_display()
    via = f"{source}, {journey.practice}" if journey.practice else source
    entries = [
        Entry(journey.referred_on, "Referred", detail=via, look="is-quiet", order=(-2, 0.0)),
        Entry(journey.accepted_on, "Accepted", look="is-quiet", order=(-1, 0.0)),
    ]
    if journey.started_on:
        entries.append(
            Entry(journey.started_on, "The journey began", look="is-quiet", order=(4, 0.0))
        )
    if plan_agreed_on:
        entries.append(Entry(plan_agreed_on, "Plan agreed", look="is-milestone", order=(4, 1.0)))
    for pause in pauses:
        reason = _lower(str(pause.get_reason_display()))
        entries.append(
            Entry(pause.starts_on, "Paused", detail=reason, look="is-quiet", order=(5, 0.0))
        )
        if pause.ends_on:
            entries.append(Entry(pause.ends_on, "Under way again", look="is-quiet", order=(6, 0.0)))
    if journey.closed_on:
        entries.append(
            Entry(
                journey.closed_on,
                "Journey closed",
                detail=_lower(journey.get_closure_reason_display()),
                look="is-milestone",
                order=(9, 0.0),
            )
        )
    return entries


def _hand_overs(assignments: Iterable[Assignment], with_notes: bool) -> list[Entry]:
    leads = sorted((a for a in assignments if a.is_lead), key=lambda a: (a.starts_at, a.pk))
    entries = []
    for before, now in pairwise(leads):
        moved = before.partner_id != now.partner_id
        entries.append(
            Entry(
                day=clock.london_date(now.starts_at),
                title="Handed over",
                detail=f"from {before.worker} to {now.worker}"
                + (f" at {now.partner}" if moved else ""),
                note=now.handover_note if with_notes else "",
                look="is-quiet",
                order=(7, _moment(now.starts_at)),
            )
        )
    return entries


def _moment(at: datetime) -> float:
    return at.timestamp()


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
