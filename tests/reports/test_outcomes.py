"""Who was reached, how journeys go and how life felt, against arithmetic written a second time."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from participants.models import Journey, MeasureSet, Review
from participants.reviews import due_on
from reports.figures import figures_for
from reports.periods import Month
from spring.core.clock import london_date
from spring.core.dates import add_months, age_on
from tests import factories as make
from tests.reports.reckoning import (
    FIRST,
    LAST,
    MONTH,
    YEAR,
    ask,
    nearest,
    rows,
)

pytestmark = pytest.mark.django_db


def test_who_was_reached(filled):
    figures = figures_for(MONTH)
    people = ask(
        "SELECT p.date_of_birth, p.sex, p.ethnicity FROM participants_journey j "
        "JOIN participants_participant p ON p.id = j.participant_id "
        "WHERE j.service = 'spring' AND j.started_on BETWEEN %s AND %s",
        *YEAR,
    )
    assert rows(figures, "sex") == Counter(sex for _, sex, _ in people)
    assert rows(figures, "ethnicity") == Counter(ethnicity for *_, ethnicity in people)
    assert {"Z", "99"} <= rows(figures, "ethnicity").keys()
    ages = [age_on(date.fromisoformat(str(born)), LAST) for born, *_ in people]
    expected = Counter(
        "under-25"
        if age < 25
        else "85-over"
        if age >= 85
        else f"{(age - 5) // 10 * 10 + 5}-{(age - 5) // 10 * 10 + 14}"
        for age in ages
    )
    assert rows(figures, "age") == expected


@pytest.mark.parametrize(
    ("born", "month", "band"),
    [
        (date(2001, 2, 28), Month(2026, 2), "25-34"),
        (date(2000, 2, 29), Month(2025, 2), "25-34"),  # birthday on 28 February this year
        (date(2001, 3, 1), Month(2026, 2), "under-25"),
        (date(1940, 10, 31), MONTH, "85-over"),
        (date(1941, 11, 1), MONTH, "75-84"),
    ],
)
def test_age_is_that_of_the_last_day_of_the_month(born, month, band):
    make.JourneyFactory(
        participant__date_of_birth=born,
        stage="active",
        started_on=month.first_day,
        referred_on=month.first_day,
        accepted_on=month.first_day,
    )
    assert rows(figures_for(month), "age") == {band: 1}


def test_change_at_six_months(scope):
    figures, partner = scope
    window = timedelta(days=28)
    cases = []
    for journey in Journey.objects.filter(service="spring", started_on__isnull=False):
        due = due_on(journey.started_on, 6, journey.paused_days)
        holder = [
            item
            for item in journey.assignments.order_by("starts_at")
            if london_date(item.starts_at) <= LAST
        ]
        if partner and (not holder or holder[-1].partner_id != partner.pk):
            continue
        if YEAR[0] <= due + window <= LAST and not (journey.closed_on and journey.closed_on < due):
            cases.append((journey, due))
    month = [journey for journey, due in cases if due + window >= FIRST]
    assert figures.count("due.6").value == len(cases) > 5
    assert figures.count("six_due").value == len(month)
    assert figures.count("six_held").value == sum(
        Review.objects.filter(journey=journey, month=6, done_on__isnull=False).exists()
        for journey in month
    )
    both = []
    for journey, due in cases:
        sets = [
            item
            for item in MeasureSet.objects.filter(journey=journey).order_by(
                "completed_on", "entered_at"
            )
            if item.is_complete and item.superseded_by_id is None
        ]
        starts = [
            item
            for item in sets
            if journey.referred_on <= item.completed_on <= journey.started_on + window
        ]
        near = [item for item in sets if abs(item.completed_on - due) <= window]
        if starts and near:
            after = min(near, key=lambda item: (abs(item.completed_on - due), item.completed_on))
            both.append((answers(starts[0]), answers(after)))
    assert figures.count("six_both").value == len(both) > 3
    for item, better in (("satisfied", 1), ("worthwhile", 1), ("happy", 1), ("anxious", -1)):
        moved = [after[item] - before[item] for before, after in both]
        assert figures.count(f"{item}.better").value == sum(better * step >= 1 for step in moved)
        for key, values in (
            ("start", [before[item] for before, _ in both]),
            ("six", [after[item] for _, after in both]),
            ("change", moved),
        ):
            found = next(mean for mean in figures.means if mean.key == f"{item}.{key}")
            assert found.value == Decimal(sum(values)) / len(values)


def test_milestones_and_the_length_of_journeys(scope):
    figures, partner = scope
    window = timedelta(days=28)
    closed_after = []
    due_at = {months: [] for months in (3, 6, 9, 12)}
    for journey in Journey.objects.filter(service="spring", started_on__isnull=False):
        holder = [
            item
            for item in journey.assignments.order_by("starts_at")
            if london_date(item.starts_at) <= LAST
        ]
        if partner and (not holder or holder[-1].partner_id != partner.pk):
            continue
        for months, found in due_at.items():
            due = due_on(journey.started_on, months, journey.paused_days)
            gone = journey.closed_on and journey.closed_on < due
            if YEAR[0] <= due + window <= LAST and not gone:
                found.append(journey.pk)
        if YEAR[0] <= add_months(journey.started_on, 12) <= LAST:
            gone = journey.closed_on and journey.closed_on <= LAST
            closed_after.append((journey.closed_on - journey.started_on).days if gone else 99_999)
    for months, found in due_at.items():
        assert figures.count(f"due.{months}").value == len(found)
        assert figures.count(f"held.{months}").value == sum(
            Review.objects.filter(journey=pk, month=months, done_on__isnull=False).exists()
            for pk in found
        )
    assert figures.count("year_ago").value == len(closed_after) > 5
    half = nearest(sorted(closed_after))[0]
    length = next(item for item in figures.percentiles if item.key == "length")
    assert length.value == (None if half == 99_999 else round(half / 30.4375))


def answers(measure_set: MeasureSet) -> dict[str, int]:
    return dict(measure_set.answers.values_list("item", "value"))
