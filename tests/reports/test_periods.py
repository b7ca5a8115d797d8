"""A moment belongs to the month it fell in in London, also when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.periods import Month, NotAMonthError, months_between

LONDON = ZoneInfo("Europe/London")
months = st.builds(Month, st.integers(2013, 2098), st.integers(1, 12))


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2026, 3, 31, 23, 30, tzinfo=UTC), "2026-04"),
        (datetime(2026, 3, 31, 23, 30, tzinfo=LONDON), "2026-03"),
        (datetime(2026, 4, 1, 0, 30, tzinfo=LONDON), "2026-04"),
        (datetime(2026, 3, 31, 22, 59, 59, 999999, tzinfo=UTC), "2026-03"),
        (datetime(2026, 3, 31, 23, 0, tzinfo=UTC), "2026-04"),
        (datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC), "2026-02"),
        (datetime(2026, 3, 1, 0, 0, tzinfo=UTC), "2026-03"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=0), "2026-10"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1), "2026-10"),
        (datetime(2026, 10, 31, 23, 59, tzinfo=UTC), "2026-10"),
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), "2026-12"),
        (datetime(2027, 1, 1, 0, 0, tzinfo=UTC), "2027-01"),
        (datetime(2026, 6, 30, 20, 0, tzinfo=ZoneInfo("America/New_York")), "2026-07"),
    ],
)
def test_a_moment_belongs_to_its_london_month(moment, month):
    assert str(Month.of(moment)) == month
    assert moment in Month.parse(month)
    assert Month.parse(month).starts_at <= moment < Month.parse(month).ends_at


@pytest.mark.parametrize(
    ("month", "hours"),
    [("2026-03", 31 * 24 - 1), ("2026-10", 31 * 24 + 1), ("2026-06", 720), ("2028-02", 29 * 24)],
)
def test_a_month_with_a_clock_change_is_an_hour_shorter_or_longer(month, hours):
    found = Month.parse(month)
    length = found.ends_at.astimezone(UTC) - found.starts_at.astimezone(UTC)
    assert length == timedelta(hours=hours)


def test_the_day_the_clocks_change_lies_wholly_in_one_month():
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        start = datetime.combine(day, datetime.min.time(), tzinfo=LONDON).astimezone(UTC)
        moments = [start + timedelta(hours=n) for n in range(hours)]
        assert {str(Month.of(moment)) for moment in moments} == {f"{day:%Y-%m}"}
        assert {moment.astimezone(LONDON).date() for moment in moments} == {day}


def test_reckoning_in_utc_would_put_the_evening_in_the_wrong_month():
    """Negative control: the same moment by its UTC date is a day, and here a month, too early."""
    moment = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    assert f"{moment.date():%Y-%m}" == "2026-03" != str(Month.of(moment))


def test_labels_and_neighbours():
    month = Month.parse("2026-10")
    assert (month.label, month.name, month.short) == ("October 2026", "October", "Oct")
    assert str(month.previous) == "2026-09"
    assert str(Month.parse("2027-01").previous) == "2026-12"
    assert str(month.year_before) == "2025-10"
    assert (month.first_day, month.last_day) == (date(2026, 10, 1), date(2026, 10, 31))
    assert [str(m) for m in month.twelve][:2] == ["2025-11", "2025-12"]
    assert month.twelve[-1] == month
    assert [str(m) for m in months_between(Month(2026, 11), Month(2027, 2))] == [
        "2026-11",
        "2026-12",
        "2027-01",
        "2027-02",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-13", "2026-00", "26-10", "2026-1", "2026-10-01", "1999-01", "٢٠٢٦-١٠"],
)
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(NotAMonthError):
        Month.parse(text)


@given(months, st.integers(-11, 11))
def test_months_tile_time_without_gap_or_overlap(month, step):
    assert month.ends_at == month.next.starts_at
    assert month.next.previous == month
    assert month.plus(step).plus(-step) == month
    assert Month.of(month.last_day) == month
    assert Month.of(month.ends_at - timedelta(microseconds=1)) == month
    assert Month.of(month.ends_at) == month.next
    assert Month.parse(str(month)) == month
