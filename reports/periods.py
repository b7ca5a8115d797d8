"""The months that reports are about, in London time. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from spring.core.clock import london_date
from spring.core.dates import london_midnight

NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class NotAMonthError(ValueError):
    """What was asked for is not a month written as YYYY-MM."""


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month as London knows it: it may be an hour longer or shorter than its days."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (2012 <= self.year <= 2099 and 1 <= self.month <= 12):
            raise NotAMonthError(
                f"{self.year}-{self.month} is not a month this service can report on."
            )

    @classmethod
    def parse(cls, text: str) -> "Month":
        """The month written as "2026-10"."""
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
        if found is None:
            raise NotAMonthError(f"{text!r} is not a month: write it as YYYY-MM, such as 2026-10.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, when: date | datetime) -> "Month":
        """The month a day, or an aware moment as London sees it, belongs to."""
        day = london_date(when) if isinstance(when, datetime) else when
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def label(self) -> str:
        return f"{NAMES[self.month - 1]} {self.year}"

    @property
    def name(self) -> str:
        return NAMES[self.month - 1]

    @property
    def short(self) -> str:
        return NAMES[self.month - 1][:3]

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def starts_at(self) -> datetime:
        """The moment the month begins in London."""
        return london_midnight(self.first_day)

    @property
    def ends_at(self) -> datetime:
        """The moment the next month begins in London: the month is the half-open interval."""
        return london_midnight(self.next.first_day)

    def plus(self, months: int) -> "Month":
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    @property
    def next(self) -> "Month":
        return self.plus(1)

    @property
    def previous(self) -> "Month":
        return self.plus(-1)

    @property
    def year_before(self) -> "Month":
        return self.plus(-12)

    @property
    def twelve(self) -> tuple["Month", ...]:
        """The twelve months that end with this one, oldest first."""
        return tuple(self.plus(n) for n in range(-11, 1))

    def __contains__(self, when: date | datetime) -> bool:
        return Month.of(when) == self


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """Every month from `first` to `last`, both included."""
    while first <= last:
        yield first
        first = first.next
