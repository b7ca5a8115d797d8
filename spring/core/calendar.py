"""Working days in England: weekdays that are not bank holidays. Pure.

Every day has an ordinal (the working days up to and including it), so that the working days
between two dates are a subtraction, here and in SQL (`core.WorkingDay`).
"""

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

FIRST, LAST = date(2012, 1, 1), date(2032, 12, 31)


@cache
def bank_holidays() -> frozenset[date]:
    """England's bank holidays, from the list bundled with the library: no network."""
    listed = BankHolidays(use_cached_holidays=True).get_holidays(
        division=BankHolidays.ENGLAND_AND_WALES
    )
    return frozenset(holiday["date"] for holiday in listed)


def known_until() -> date:
    """The last day for which the bundled bank holidays are complete: a whole year's end."""
    return date(max(bank_holidays()).year, 12, 31)


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays()


@cache
def _working_days() -> tuple[date, ...]:
    length = (LAST - FIRST).days + 1
    days = (FIRST + timedelta(days=n) for n in range(length))
    return tuple(day for day in days if is_working_day(day))


def ordinal(day: date) -> int:
    """How many working days lie from the calendar's first day up to and including `day`."""
    return bisect_right(_working_days(), day)


def working_days_between(start: date, end: date) -> int:
    """Working days after `start`, up to and including `end`; negative if `end` is earlier."""
    return ordinal(end) - ordinal(start)


def add_working_days(start: date, days: int) -> date:
    """The working day `days` after `start`; with 0, `start` or the next working day after it.

    Raises IndexError beyond the calendar (2012 to 2032).
    """
    if days == 0 and not is_working_day(start):
        days = 1
    return _working_days()[ordinal(start) + days - 1]


def first_working_day(year: int, month: int) -> date:
    """The first working day of a month."""
    return add_working_days(date(year, month, 1), 0)


def every_day() -> list[tuple[date, bool, int]]:
    """(day, is it a working day, ordinal) for the whole calendar, to fill `core.WorkingDay`."""
    length = (LAST - FIRST).days + 1
    days = (FIRST + timedelta(days=n) for n in range(length))
    return [(day, is_working_day(day), ordinal(day)) for day in days]
