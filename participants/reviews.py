"""When reviews fall due. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from spring.core.dates import add_months


@dataclass(frozen=True)
class DueReview:
    """A review that is still to be held."""

    month: int
    due_on: date


def due_on(started_on: date, month: int, paused_days: int) -> date:
    """The day a review is due: so many months after the start, plus the days paused."""
    return add_months(started_on, month) + timedelta(days=paused_days)


def next_review(
    started_on: date | None, paused_days: int, handled: Collection[int], months: Collection[int]
) -> DueReview | None:
    """The earliest review that is neither held nor skipped; None before the start and after the last.

    A later review that was held settles the earlier ones: nobody goes back to hold month 3 in
    month 7.
    """
    if started_on is None:
        return None
    after = max(handled, default=0)
    for month in sorted(months):
        if month > after:
            return DueReview(month, due_on(started_on, month, paused_days))
    return None


def review_at(
    day: date, started_on: date, paused_days: int, months: Collection[int], window_days: int
) -> DueReview | None:
    """The review that one held on `day` counts as: the latest whose window has opened; None while
    it is too early for the first.
    """
    found = None
    for month in sorted(months):
        due = due_on(started_on, month, paused_days)
        if due - timedelta(days=window_days) <= day:
            found = DueReview(month, due)
    return found


def paused_days(
    pauses: Iterable[tuple[date, date | None]], until: date, *, since: date | None = None
) -> int:
    """Days paused so far; an open pause counts up to `until`, and nothing counts before `since`."""
    total = 0
    for start, end in pauses:
        first = max(start, since) if since else start
        total += max(0, (min(end or until, until) - first).days)
    return total
