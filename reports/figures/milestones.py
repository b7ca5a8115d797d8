"""How journeys go: who reaches 3, 6, 9 and 12 months, what is held there, and when they close."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from participants.models import Journey, Review
from participants.reviews import due_on
from reports import shapes
from reports.figures.change import Case, compare
from reports.figures.part import Part, nearest_rank
from reports.figures.scope import Scope, latest_start

SIX = 6
NEVER = 999  # months; a journey that is still open counts as longer than any that closed
DAYS_IN_A_MONTH = 365.25 / 12
Begun = tuple[UUID, date, date, int, date | None]


def started_between(first: date, last: date, months: int) -> tuple[date, date]:
    """The start days whose day `months` later lies from `first` to `last`, both included."""
    before = latest_start(first - timedelta(days=1), months)
    return before + timedelta(days=1), latest_start(last, months)


def reaching(
    rows: QuerySet[Journey], first: date, last: date, least: int, most: int
) -> QuerySet[Journey]:
    """Journeys that may reach a milestone of `least` to `most` months in these days.

    A pause moves a milestone later, so one that was paused may have started at any time before.
    """
    start, end = started_between(first, last, most)[0], started_between(first, last, least)[1]
    unpaused = Q(paused_days=0, started_on__range=(start, end))
    return rows.filter(unpaused | Q(paused_days__gt=0, started_on__lte=end))


def cases_at(begun: Iterable[Begun], months: int, first: date, last: date) -> dict[UUID, Case]:
    """Those whose milestone lies in these days and who were still with us then."""
    cases = {}
    for pk, referred_on, started_on, paused_days, closed_on in begun:
        due = due_on(started_on, months, paused_days)
        if first <= due <= last and (closed_on is None or closed_on >= due):
            cases[pk] = Case(referred_on, started_on, due)
    return cases


def milestones(scope: Scope) -> Part:
    """Reviews held of those due, when journeys close, and how life felt after six months.

    A milestone counts in the month in which the time to hold its review (28 days more) ended.
    """
    window = timedelta(days=settings.SPRING["REVIEW_WINDOW_DAYS"])
    year_first, last = scope.month.twelve[0].first_day - window, scope.month.last_day - window
    points = settings.SPRING["REVIEW_MONTHS"]
    held_by_us = scope.journeys_held()
    journeys = reaching(held_by_us, year_first, last, min(points), max(points))
    begun = list(
        journeys.values_list("pk", "referred_on", "started_on", "paused_days", "closed_on")
    )
    reviews = (
        Review.objects.filter(journey__in=journeys.values("pk"), done_on__isnull=False)
        .order_by()
        .values_list("journey", "month")
    )
    held: dict[int, set[UUID]] = {}
    for journey, month in reviews:
        held.setdefault(month, set()).add(journey)
    part = Part()
    for months in points:
        due = cases_at(begun, months, year_first, last)  # type: ignore[arg-type]
        _reviews_of_the_year(part, months, due.keys(), held.get(months, set()))
        if months == SIX:
            first = scope.month.first_day - window
            now = {pk for pk, case in due.items() if case.due_on >= first}
            _reviews_of_the_month(part, now, held.get(SIX, set()))
            compare(part, reaching(held_by_us, year_first, last, SIX, SIX), due)
    _length(part, scope, held_by_us)
    return part


def _reviews_of_the_year(part: Part, months: int, due: Iterable[UUID], held: set[UUID]) -> None:
    due = set(due)
    how = (
        f"People whose {months}-month point (so many months after the first conversation, plus "
        "any days paused) lay 28 days before a day of the twelve months that end with this one, "
        "so that the time to hold the review had ended, and whose journey was still open then."
    )
    part.counts += [
        shapes.Count(f"due.{months}", f"People at {months} months in twelve months", len(due), how),
        shapes.Count(
            f"held.{months}",
            f"Reviews held at {months} months in twelve months",
            len(due & held),
            "Of those, the people whose review of that month was held.",
        ),
    ]
    part.shares.append(
        shapes.Share(
            f"held_share.{months}",
            f"{months} months",
            f"held.{months}",
            f"due.{months}",
            f"{how} The share is of those whose review of that month was held.",
        )
    )


def _reviews_of_the_month(part: Part, due: set[UUID], held: set[UUID]) -> None:
    part.counts += [
        shapes.Count(
            "six_due",
            "People at six months",
            len(due),
            "People whose six-month point (six months after the first conversation, plus any "
            "days paused) lay 28 days before a day of this month, so that the time to hold "
            "the review had ended, and whose journey was still open then.",
        ),
        shapes.Count(
            "six_held",
            "Reviews held at six months",
            len(due & held),
            "Those at six months whose six-month review was held.",
        ),
    ]
    part.shares.append(
        shapes.Share(
            "six_held_share",
            "Reviews held",
            "six_held",
            "six_due",
            "Reviews held at six months, of people at six months.",
        )
    )


def _length(part: Part, scope: Scope, journeys: QuerySet[Journey]) -> None:
    """After how many months half of the journeys had closed, of those that began a year ago."""
    first, last = scope.month.twelve[0].first_day, scope.month.last_day
    start, end = started_between(first, last, 12)
    spread: dict[int, int] = {}
    for started_on, closed_on in journeys.filter(started_on__range=(start, end)).values_list(
        "started_on", "closed_on"
    ):
        months = NEVER
        if started_on and closed_on and closed_on <= last:
            months = round((closed_on - started_on).days / DAYS_IN_A_MONTH)
        spread[months] = spread.get(months, 0) + 1
    half = nearest_rank(spread, 50)
    how = (
        "Journeys that started from 24 to 12 months before the end of this month, so that each "
        "has had a year: the months, to the nearest one, after which half of them had closed."
    )
    part.counts.append(
        shapes.Count("year_ago", "Journeys begun a year ago", sum(spread.values()), how)
    )
    part.percentiles.append(
        shapes.Percentile(
            "length",
            "Half had closed after",
            "year_ago",
            50,
            None if half == NEVER else half,
            "months",
            how,
        )
    )
