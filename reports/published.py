"""What a report is made of after disclosure control: the only numbers that may leave the service.

A published number is a `Cell`: words, and the rounded number behind them or nothing. Only
`reports.disclosure` makes cells; `Published` refuses anything else that could carry a number.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reports.periods import Month


class UndisclosedError(TypeError):
    """A number that has not been through disclosure control was about to be published."""


class MissingFigureError(LookupError):
    """An issue made earlier does not have a figure that pages ask for today."""


@dataclass(frozen=True)
class Cell:
    """One published number: what is printed, and what may be drawn (nothing where it is hidden)."""

    text: str
    value: str | None = None

    @property
    def hidden(self) -> bool:
        return self.value is None

    @property
    def number(self) -> Decimal | None:
        """The rounded number, for drawing and comparing; None where it is hidden."""
        return None if self.value is None else Decimal(self.value)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class ShownCount:
    key: str
    label: str
    cell: Cell
    before: Cell | None
    target: Cell | None
    how: str


@dataclass(frozen=True)
class ShownRow:
    key: str
    label: str
    cell: Cell
    share: Cell | None


@dataclass(frozen=True)
class ShownBreakdown:
    """A breakdown as published; with `shown` false it has no rows at all."""

    key: str
    title: str
    column: str
    shown: bool
    rows: tuple[ShownRow, ...]
    total: Cell
    adds_up: bool
    how: str


@dataclass(frozen=True)
class ShownMeasure:
    """A share, a percentile or a mean, with the number of people it was worked out from."""

    key: str
    label: str
    cell: Cell
    before: Cell | None
    n: Cell
    how: str


@dataclass(frozen=True)
class ShownSeries:
    key: str
    title: str
    rows: tuple[ShownRow, ...]
    target: Cell | None
    how: str


@dataclass(frozen=True)
class Published:
    """Everything one report says: page, JSON and PDF all draw this same object."""

    month: str
    month_label: str
    partner: str
    threshold: str
    rounding: str
    counts: tuple[ShownCount, ...]
    breakdowns: tuple[ShownBreakdown, ...]
    measures: tuple[ShownMeasure, ...]
    series: tuple[ShownSeries, ...]
    plain: tuple[ShownCount, ...]

    def __post_init__(self) -> None:
        for leaf in _leaves(self):
            if not isinstance(leaf, str | bool | None):
                raise UndisclosedError(f"a {type(leaf).__name__} in a published report")

    def count(self, key: str) -> ShownCount:
        return _find(self.counts, key)

    def breakdown(self, key: str) -> ShownBreakdown:
        return _find(self.breakdowns, key)

    def measure(self, key: str) -> ShownMeasure:
        return _find(self.measures, key)

    def one_series(self, key: str) -> ShownSeries:
        return _find(self.series, key)

    def fact(self, key: str) -> ShownCount:
        return _find(self.plain, key)

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries and lists, ready for a JSON file or column."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Published":
        """The same object from what `to_json` gave: an issued report is drawn from what was kept."""
        return cls(
            **{
                **kept,
                "counts": tuple(_count(item) for item in kept["counts"]),
                "plain": tuple(_count(item) for item in kept["plain"]),
                "breakdowns": tuple(
                    ShownBreakdown(
                        **{**item, "rows": _rows(item["rows"]), "total": Cell(**item["total"])}
                    )
                    for item in kept["breakdowns"]
                ),
                "measures": tuple(
                    ShownMeasure(
                        **{
                            **item,
                            "cell": Cell(**item["cell"]),
                            "before": _cell(item["before"]),
                            "n": Cell(**item["n"]),
                        }
                    )
                    for item in kept["measures"]
                ),
                "series": tuple(
                    ShownSeries(
                        **{**item, "rows": _rows(item["rows"]), "target": _cell(item["target"])}
                    )
                    for item in kept["series"]
                ),
            }
        )


@dataclass(frozen=True)
class Issue:
    """All that a file is made from: two equal issues give the same bytes."""

    published: Published
    version: int
    made_on: date
    demonstration: bool = False

    @property
    def is_early(self) -> bool:
        """Made before its month was over."""
        return self.made_on <= Month.parse(self.published.month).last_day

    def to_json(self) -> dict[str, Any]:
        return {
            "published": self.published.to_json(),
            "made_on": self.made_on.isoformat(),
            "demonstration": self.demonstration,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any], version: int) -> "Issue":
        return cls(
            Published.from_json(kept["published"]),
            version,
            date.fromisoformat(kept["made_on"]),
            kept["demonstration"],
        )

    def fingerprint(self) -> bytes:
        """Stands in the file as its identifier."""
        told = json.dumps([self.to_json(), self.version], sort_keys=True)
        return hashlib.sha256(told.encode()).digest()[:16]


def _find(items, key):
    for item in items:
        if item.key == key:
            return item
    raise MissingFigureError(key)


def _cell(kept: dict | None) -> Cell | None:
    return None if kept is None else Cell(**kept)


def _rows(kept: list[dict]) -> tuple[ShownRow, ...]:
    return tuple(
        ShownRow(**{**row, "cell": Cell(**row["cell"]), "share": _cell(row["share"])})
        for row in kept
    )


def _count(kept: dict) -> ShownCount:
    return ShownCount(
        **{
            **kept,
            "cell": Cell(**kept["cell"]),
            "before": _cell(kept["before"]),
            "target": _cell(kept["target"]),
        }
    )


def _leaves(thing: object) -> Iterator[object]:
    if is_dataclass(thing):
        for field in fields(thing):
            yield from _leaves(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for item in thing:
            yield from _leaves(item)
    else:
        yield thing
