"""The facts of many journey lines at once: three queries, however many journeys."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from participants import reviews
from participants.models import Pause, Review, Session
from spring.core.journey_line import JourneyFacts

Pauses = list[tuple[date, date | None]]


def lines(journeys: Iterable[Any], today: date) -> dict[UUID, JourneyFacts]:
    """What there is to draw of each journey; `with_reason` gives them their `plan_agreed_on`."""
    found = list(journeys)
    keys = [journey.pk for journey in found]
    sessions: dict[UUID, list[tuple[date, bool]]] = defaultdict(list)
    contacts = Session.objects.filter(journey__in=keys).exclude(kind=Session.Kind.ON_BEHALF)
    for key, day, outcome in contacts.order_by().values_list("journey", "happened_on", "outcome"):
        sessions[key].append((day, outcome == Session.Outcome.ATTENDED))
    pauses: dict[UUID, Pauses] = defaultdict(list)
    for key, first, last in Pause.objects.filter(journey__in=keys).values_list(
        "journey", "starts_on", "ends_on"
    ):
        pauses[key].append((first, last))
    handled: dict[UUID, dict[int, tuple[date, bool]]] = defaultdict(dict)
    for key, month, due_on, done_on in Review.objects.filter(journey__in=keys).values_list(
        "journey", "month", "due_on", "done_on"
    ):
        handled[key][month] = (due_on, done_on is not None)
    return {
        journey.pk: JourneyFacts(
            referred_on=journey.referred_on,
            today=today,
            started_on=journey.started_on,
            plan_agreed_on=journey.plan_agreed_on,
            reviews=review_marks(journey, handled[journey.pk], pauses[journey.pk], today),
            sessions=tuple(sessions[journey.pk]),
            pauses=tuple(pauses[journey.pk]),
            closed_on=journey.closed_on,
            months=settings.SPRING["JOURNEY_MONTHS"],
        )
        for journey in found
    }


def review_marks(
    journey: Any, handled: dict[int, tuple[date, bool]], pauses: Pauses, today: date
) -> tuple[tuple[int, date, str], ...]:
    """(month, due on, state) of every review of a journey that started.

    `handled` is (due on, was it held) by month. A pause that still lasts moves what is to come.
    """
    if journey.started_on is None:
        return ()
    still = [pause for pause in pauses if pause[1] is None]
    shift = journey.paused_days + reviews.paused_days(still, today)
    window = timedelta(days=settings.SPRING["REVIEW_WINDOW_DAYS"])
    settled = max(handled, default=0)
    marks = []
    for month in sorted({*settings.SPRING["REVIEW_MONTHS"], *handled}):
        if month in handled:
            due_on, held = handled[month]
            marks.append((month, due_on, "done" if held else "skipped"))
            continue
        due_on = reviews.due_on(journey.started_on, month, shift)
        if month < settled:
            state = "skipped"
        elif due_on > today:
            state = "to_come"
        else:
            state = "late" if due_on + window < today else "due"
        marks.append((month, due_on, state))
    return tuple(marks)
