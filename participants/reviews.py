"""When reviews fall due. Pure."""

from collections.abc import Collection
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


def paused_days(pauses: Collection[tuple[date, date | None]], until: date) -> int:
    """Days paused so far; an open pause counts up to `until`."""
    return sum(max(0, ((end or until) - start).days) for start, end in pauses)
