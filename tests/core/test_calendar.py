"""Working days in England, in Python and in SQL."""

from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from spring.core import calendar
from spring.core.checks import bank_holidays_are_known
from spring.core.models import WorkingDay

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday
        (date(2026, 11, 21), 0, date(2026, 11, 23)),  # Saturday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day is kept on Monday the 28th
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Easter
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
    ],
)
def test_adding_working_days(start, days, expected):
    assert calendar.add_working_days(start, days) == expected


def test_the_coronation_was_a_holiday():
    assert not calendar.is_working_day(date(2023, 5, 8))


@given(DAYS, st.integers(1, 60))
def test_counting_undoes_adding(start, days):
    end = calendar.add_working_days(start, days)
    assert calendar.is_working_day(end)
    assert calendar.working_days_between(start, end) == days


@given(DAYS, DAYS)
def test_counting_day_by_day_gives_the_same(start, end):
    start, end = sorted((start, end))
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    slow = sum(calendar.is_working_day(day) for day in days)
    assert calendar.working_days_between(start, end) == slow


@pytest.mark.django_db
def test_the_table_says_the_same_as_the_module():
    rows = WorkingDay.objects.filter(date__year=2026)
    assert rows.count() == 365
    for row in rows:
        assert row.is_working == calendar.is_working_day(row.date)
        assert row.ordinal == calendar.ordinal(row.date)


def test_a_warning_comes_a_year_before_the_list_runs_out():
    last = calendar.known_until()
    with time_machine.travel(last - timedelta(days=366)):
        assert bank_holidays_are_known(None) == []
    with time_machine.travel(last - timedelta(days=300)):
        assert [found.id for found in bank_holidays_are_known(None)] == ["core.W001"]
