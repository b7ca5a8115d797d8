"""Calendar arithmetic that is right at month ends and leap days. Pure."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from spring.core.clock import LONDON


def add_months(start: date, months: int) -> date:
    """The same day `months` later (or earlier), or that month's last day where it has no such day.

    29 February 2024 plus 12 months is 28 February 2025; 31 January plus 1 month is the last of
    February. Always reckon from the original date: adding month by month would drift.
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def whole_months_between(start: date, end: date) -> int:
    """How many whole months have passed from `start` to `end`; negative if `end` is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if end < add_months(start, months):
        months -= 1
    return months


def age_on(born: date, on: date) -> int:
    """Age in whole years; someone born on 29 February has a birthday on 28 February."""
    return whole_months_between(born, on) // 12


def london_midnight(day: date) -> datetime:
    """The moment a London day begins; days are 23, 24 or 25 hours long."""
    return datetime.combine(day, time.min, tzinfo=LONDON)


def london_days(first: date, last: date) -> tuple[datetime, datetime]:
    """The half-open interval of moments that covers the London days `first` to `last`."""
    return london_midnight(first), london_midnight(last + timedelta(days=1))
