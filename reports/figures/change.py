"""How life felt at the start and six months on: the four ONS4 answers, each on its own."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from participants.instruments import ONS4, Item
from participants.models import Journey, MeasureAnswer
from reports import shapes
from reports.figures.part import Part

IMPROVED_BY = 1
CHANGE = (
    "The means of those who answered at both points, and the mean of each person\u2019s change with "
    "its 95 % interval (1.96 standard errors either side). The four questions are never added up."
)
BETTER = (
    "People whose answer was better by 1 or more at six months, of those who answered at both "
    "points. For the question about feeling anxious, lower is better."
)
Answered = tuple[date, dict[str, int]]


@dataclass(frozen=True)
class Case:
    """A journey that reached a milestone, and when it did."""

    referred_on: date
    started_on: date
    due_on: date


@dataclass(frozen=True)
class Pair:
    """The answers of one person at the start and at six months."""

    before: dict[str, int]
    after: dict[str, int]


def pairs(journeys: QuerySet[Journey], cases: dict[UUID, Case]) -> list[Pair]:
    """Those who answered all four questions at both points, with the answers that count.

    The start is the first complete set from the referral to 28 days after the first
    conversation; six months is the complete set nearest the due day, at most 28 days away.
    """
    answers = (
        MeasureAnswer.objects.filter(
            measure_set__journey__in=journeys.values("pk"),
            measure_set__instrument=ONS4.code,
            measure_set__is_complete=True,
            measure_set__superseded_by__isnull=True,
        )
        .order_by(
            "measure_set__journey",
            "measure_set__completed_on",
            "measure_set__entered_at",
            "measure_set",
        )
        .values_list(
            "measure_set__journey", "measure_set__completed_on", "measure_set", "item", "value"
        )
    )
    found = []
    for journey, rows in groupby(answers.iterator(chunk_size=2000), key=itemgetter(0)):
        if journey not in cases:
            continue
        answered: list[Answered] = []
        for (on, _), same_set in groupby(rows, key=itemgetter(1, 2)):
            answered.append((on, {item: value for *_, item, value in same_set}))
        before = _at_the_start(cases[journey], answered)
        after = _at_six(cases[journey], answered)
        if before is not None and after is not None:
            found.append(Pair(before, after))
    return found


def _at_the_start(case: Case, answered: list[Answered]) -> dict[str, int] | None:
    last = case.started_on + timedelta(days=settings.SPRING["BASELINE_WINDOW_DAYS"])
    return next((values for on, values in answered if case.referred_on <= on <= last), None)


def _at_six(case: Case, answered: list[Answered]) -> dict[str, int] | None:
    """The nearest; of two equally near the earlier, of two on one day the one entered first."""
    window = settings.SPRING["REVIEW_WINDOW_DAYS"]
    near = [(abs((on - case.due_on).days), on, values) for on, values in answered]
    near = [found for found in near if found[0] <= window]
    return min(near, key=itemgetter(0, 1))[2] if near else None


def compare(part: Part, journeys: QuerySet[Journey], cases: dict[UUID, Case]) -> None:
    """Add the answers of those who reached six months in twelve months, and how they changed."""
    both = pairs(journeys, cases)
    part.counts.append(
        shapes.Count(
            "six_both",
            "Answered at both points",
            len(both),
            "Those at six months in the twelve months with all four answers at the start (from "
            "the referral to 28 days after the first conversation) and again within 28 days of "
            "the six-month point. The set nearest that point counts.",
        )
    )
    part.shares.append(
        shapes.Share(
            "six_complete",
            "Answered at both points",
            "six_both",
            "due.6",
            "Completeness: people who answered at both points, of people at six months in twelve "
            "months.",
        )
    )
    for item in ONS4.items:
        _item(part, item, both)


def _item(part: Part, item: Item, both: list[Pair]) -> None:
    before = [pair.before[item.code] for pair in both]
    after = [pair.after[item.code] for pair in both]
    moved = [b - a for a, b in zip(before, after, strict=True)]
    better = sum(item.improvement(a, b) >= IMPROVED_BY for a, b in zip(before, after, strict=True))
    low, high = interval(moved)
    for key, label, value, signed, how in (
        ("start", item.short, mean(before), False, f"\u201c{item.question}\u201d, 0 to 10."),
        ("six", "At six months", mean(after), False, CHANGE),
        ("change", "Change", mean(moved), True, CHANGE),
        ("low", "Change, lower end", low, True, CHANGE),
        ("high", "Change, upper end", high, True, CHANGE),
    ):
        part.means.append(shapes.Mean(f"{item.code}.{key}", label, "six_both", value, how, signed))
    part.counts.append(shapes.Count(f"{item.code}.better", f"{item.short}: better", better, BETTER))
    part.shares.append(
        shapes.Share(
            f"{item.code}.better_share",
            "Better by 1 or more",
            f"{item.code}.better",
            "six_both",
            BETTER,
            change=True,
        )
    )


def mean(values: list[int]) -> Decimal | None:
    return Decimal(sum(values)) / len(values) if values else None


def interval(values: list[int]) -> tuple[Decimal | None, Decimal | None]:
    """The 95 % interval of the mean: 1.96 standard errors either side, from two people on."""
    n = len(values)
    if n < 2:
        return None, None
    centre = Decimal(sum(values)) / n
    spread = sum((Decimal(value) - centre) ** 2 for value in values) / (n - 1)
    margin = Decimal("1.96") * Decimal(spread / n).sqrt()
    return centre - margin, centre + margin
