"""When reviews fall due: right at month ends and leap days (R-18)."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants import reviews
from participants.reviews import due_on, next_review, paused_days, review_at

MONTHS = (3, 6, 9, 12)
FIRST, LAST = date(2020, 1, 1), date(2036, 12, 31)
starts = st.dates(FIRST, LAST)


def every_day():
    return (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))


@pytest.mark.parametrize("month", [1, *MONTHS])
def test_every_start_from_2020_to_2036_has_its_reviews_in_the_right_month(month):
    before = date.min
    for start in every_day():
        due = due_on(start, month, 0)
        index = start.year * 12 + start.month - 1 + month
        assert (due.year, due.month) == (index // 12, index % 12 + 1), start
        last = monthrange(due.year, due.month)[1]
        assert due.day == min(start.day, last), start
        assert due >= before, f"{start}: a later start has an earlier review"
        before = due


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 3, date(2024, 5, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2023, 11, 29), 3, date(2024, 2, 29)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2027, 5, 31), 9, date(2028, 2, 29)),
    ],
)
def test_the_29th_to_the_31st(start, months, due):
    assert due_on(start, months, 0) == due


@given(starts, st.integers(0, 400))
def test_paused_days_move_every_review_by_themselves(start, paused):
    for month in MONTHS:
        assert due_on(start, month, paused) - due_on(start, month, 0) == timedelta(days=paused)


@given(starts, st.sets(st.sampled_from(MONTHS)), st.integers(0, 100))
def test_the_next_review_is_the_first_after_the_last_that_was_settled(start, handled, paused):
    due = next_review(start, paused, handled, MONTHS)
    later = [month for month in MONTHS if month > max(handled, default=0)]
    assert (due.month if due else None) == (later[0] if later else None)


def test_before_the_start_nothing_is_due():
    assert next_review(None, 0, [], MONTHS) is None


@given(starts, st.integers(0, 500))
def test_a_review_counts_for_the_latest_whose_window_has_opened(start, after):
    day = start + timedelta(days=after)
    found = review_at(day, start, 0, MONTHS, 28)
    opened = [m for m in MONTHS if due_on(start, m, 0) - timedelta(days=28) <= day]
    assert (found.month if found else None) == (opened[-1] if opened else None)


def test_a_review_much_too_early_counts_for_none():
    assert review_at(date(2026, 3, 1), date(2026, 1, 10), 0, MONTHS, 28) is None


@given(starts, st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_pauses_add_up_and_nothing_counts_before_the_start(start, before, gap, length):
    first = (start - timedelta(days=before), start + timedelta(days=gap))
    second = (first[1], first[1] + timedelta(days=length))
    total = paused_days([first, second], LAST + timedelta(days=900), since=start)
    assert total == gap + length


def test_an_open_pause_counts_until_the_day_asked():
    assert paused_days([(date(2026, 3, 1), None)], date(2026, 3, 11)) == 10


def test_the_property_sees_a_clock_that_adds_thirty_days(monkeypatch):
    """Negative control: months of thirty days."""
    monkeypatch.setattr(reviews, "add_months", lambda day, n: day + timedelta(days=30 * n))
    with pytest.raises(AssertionError):
        test_every_start_from_2020_to_2036_has_its_reviews_in_the_right_month(3)
