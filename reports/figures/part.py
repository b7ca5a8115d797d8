"""Pieces of a report, put together into one `Figures`."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reports.shapes import (
    Breakdown,
    Count,
    Mean,
    Percentile,
    Plain,
    Relation,
    Row,
    Series,
    Share,
)


@dataclass
class Part:
    """What one section counts."""

    counts: list[Count] = field(default_factory=list)
    breakdowns: list[Breakdown] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    percentiles: list[Percentile] = field(default_factory=list)
    means: list[Mean] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    plain: list[Plain] = field(default_factory=list)
    unseen: list[Row] = field(default_factory=list)


def rows_of(choices: Iterable[tuple[str, str]], found: dict[str, int]) -> tuple[Row, ...]:
    """A row for each choice, also where nobody chose it; values without a choice are an error."""
    choices = list(choices)
    unknown = found.keys() - {key for key, _ in choices}
    if unknown:
        raise ValueError(f"counted but not listed: {sorted(unknown)}")
    return tuple(Row(key, label, found.get(key, 0)) for key, label in choices)


def nearest_rank(histogram: dict[int, int], percent: int) -> int | None:
    """The smallest value that at least so many in a hundred do not exceed; None of nothing."""
    n = sum(histogram.values())
    rank = -(-n * percent // 100)
    so_far = 0
    for value in sorted(histogram):
        so_far += histogram[value]
        if so_far >= max(rank, 1):
            return value
    return None
