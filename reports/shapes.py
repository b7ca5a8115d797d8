"""What a report is made of before disclosure control: true numbers, for those who may see people.

Nothing here may be published. `reports.disclosure.disclose` turns `Figures` into `Published`,
and every page, chart, JSON and PDF that leaves the service takes `Published` alone.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Count:
    """How many there are of something, and how they were counted."""

    key: str
    label: str
    value: int
    how: str
    before: int | None = None
    target: int | None = None


@dataclass(frozen=True)
class Row:
    """One line of a breakdown."""

    key: str
    label: str
    value: int


@dataclass(frozen=True)
class Breakdown:
    """A count split into rows.

    `adds_up` is false where one person may stand in several rows (then everyone stands in at
    least one). `by_size` orders the rows by what is published, never by the true number.
    """

    key: str
    title: str
    column: str
    total: str
    rows: tuple[Row, ...]
    how: str
    adds_up: bool = True
    by_size: bool = False


@dataclass(frozen=True)
class Share:
    """One count as a percentage of another; `change` where it tells how people changed."""

    key: str
    label: str
    part: str
    whole: str
    how: str
    change: bool = False


@dataclass(frozen=True)
class Percentile:
    """The nearest-rank percentile of something measured on `n` (the key of a count)."""

    key: str
    label: str
    n: str
    percent: int
    value: int | None
    unit: str
    how: str
    before: int | None = None


@dataclass(frozen=True)
class Mean:
    """The mean of something measured on `n` (the key of a count)."""

    key: str
    label: str
    n: str
    value: Decimal | None
    how: str
    signed: bool = False


@dataclass(frozen=True)
class Series:
    """A count by month, oldest first; the last two months are the count and its `before`."""

    key: str
    title: str
    count: str
    points: tuple[Row, ...]
    how: str


@dataclass(frozen=True)
class Relation:
    """What a reader knows: the left keys add up to the right keys.

    `gives_way` is the key of the count or breakdown that is not shown where this knowledge would
    uncover a small number.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    gives_way: str


@dataclass(frozen=True)
class Plain:
    """A number about the service and not about people, such as how many link workers it has."""

    key: str
    label: str
    value: int


@dataclass(frozen=True)
class Figures:
    """Everything one report counts, as it is in the database."""

    month: str
    month_label: str
    partner: str
    counts: tuple[Count, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    shares: tuple[Share, ...] = ()
    percentiles: tuple[Percentile, ...] = ()
    means: tuple[Mean, ...] = ()
    series: tuple[Series, ...] = ()
    relations: tuple[Relation, ...] = ()
    plain: tuple[Plain, ...] = ()
    unseen: tuple[Row, ...] = ()  # never printed, yet a reader may work them out: guarded as well

    def count(self, key: str) -> Count:
        return next(count for count in self.counts if count.key == key)

    def breakdown(self, key: str) -> Breakdown:
        return next(breakdown for breakdown in self.breakdowns if breakdown.key == key)
