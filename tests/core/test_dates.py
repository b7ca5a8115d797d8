"""Calendar arithmetic: month ends, leap days, London days (R-12, R-18)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spring.core.clock import london_date
from spring.core.dates import add_months, age_on, london_days, whole_months_between

STARTS = st.dates(date(2020, 1, 1), date(2036, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2026, 10, 15), 3, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(start, months, expected):
    assert add_months(start, months) == expected


def test_every_start_from_2020_to_2036_has_every_review_day():
    day = date(2020, 1, 1)
    earlier: dict[int, date] = {}
    while day <= date(2036, 12, 31):
        for months in (1, 3, 6, 9, 12):
            due = add_months(day, months)
            assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
            assert due.day <= day.day
            assert due >= earlier.get(months, due)
            earlier[months] = due
        day += timedelta(days=1)


@given(STARTS, st.integers(0, 400))
def test_whole_months_undo_adding_months(start, months):
    later = add_months(start, months)
    assert whole_months_between(start, later) == months
    assert whole_months_between(start, later - timedelta(days=1)) < max(months, 1)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(1955, 3, 27), date(2026, 3, 26), 70),
        (date(1955, 3, 27), date(2026, 3, 27), 71),
        (date(2004, 2, 29), date(2022, 2, 27), 17),
        (date(2004, 2, 29), date(2022, 2, 28), 18),
    ],
)
def test_age(born, on, age):
    assert age_on(born, on) == age


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 31, 22, 30, tzinfo=UTC), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 23, 30, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 59, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_moment_belongs_to_its_london_day(moment, day):
    assert london_date(moment) == day


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)],
)
def test_the_day_the_clocks_change_has_its_own_length(day, hours):
    start, end = london_days(day, day)
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=hours)
