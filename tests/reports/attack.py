"""A reader who wants to know: everything printed, every sum known, linear programming for the rest.

Nothing here asks `reports.disclosure` what it protects: bounds come from the printed cells alone,
and sums also from breakdowns that were not shown. Many reports are solved as one block-diagonal
programme, because the blocks have nothing to do with each other.
"""

from dataclasses import dataclass, field
from math import ceil, floor, inf

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from reports.published import Cell, Published
from reports.shapes import Figures

MANY = 10_000  # more than any invented number; an interval that reaches it says nothing


@dataclass
class Knowledge:
    """What one reader knows of some reports: intervals and sums over named numbers."""

    bounds: dict[str, tuple[float, float]] = field(default_factory=dict)
    equal: list[tuple[list[str], list[str]]] = field(default_factory=list)
    at_least: list[tuple[list[str], list[str]]] = field(default_factory=list)

    def learn(self, key: str, low: float, high: float) -> None:
        was_low, was_high = self.bounds.get(key, (0, inf))
        self.bounds[key] = (max(was_low, low), min(was_high, high))


@dataclass(frozen=True)
class Attacker:
    """How the reader understands what is printed."""

    threshold: int = 7
    rounding: int = 5

    def reads(self, cell: Cell) -> tuple[float, float]:
        if cell.text == "*":
            return 1, self.threshold
        if cell.value is None:
            return 0, inf
        value = int(cell.value)
        if value == 0:
            return 0, 0
        low, high = value - self.rounding // 2, value + (self.rounding - 1) // 2
        return max(low, self.threshold + 1), high

    def study(self, figures: Figures, published: Published, name=lambda key: key) -> Knowledge:
        """All that one report tells; `name` lets several reports share the same number."""
        known = Knowledge()
        for count in published.counts:
            known.learn(name(count.key), *self.reads(count.cell))
            if count.before is not None:
                known.learn(name(f"{count.key}~before"), *self.reads(count.before))
        for item in published.breakdowns:
            for row in item.rows:
                known.learn(name(f"{item.key}:{row.key}"), *self.reads(row.cell))
        for item in published.series:
            for row in item.rows:
                known.learn(name(f"{item.key}:{row.key}"), *self.reads(row.cell))
        for item in figures.breakdowns:
            rows = [name(f"{item.key}:{row.key}") for row in item.rows]
            for row in rows:
                known.learn(row, 0, inf)
            (known.equal if item.adds_up else known.at_least).append((rows, [name(item.total)]))
            known.at_least += [([name(item.total)], [row]) for row in rows]
        for item in figures.series:
            last = item.points[-1].key
            known.equal.append(([name(f"{item.key}:{last}")], [name(item.count)]))
        for row in figures.unseen:
            known.learn(name(row.key), 0, inf)
        for share in figures.shares:
            rest = name(f"{share.key}~rest")
            known.learn(rest, 0, inf)
            known.equal.append(([name(share.part), rest], [name(share.whole)]))
        for relation in figures.relations:
            known.equal.append(
                ([name(key) for key in relation.left], [name(key) for key in relation.right])
            )
        return known


def merge(parts: list[Knowledge]) -> Knowledge:
    """One reader who holds several reports at once."""
    whole = Knowledge()
    for part in parts:
        for key, (low, high) in part.bounds.items():
            whole.learn(key, low, high)
        whole.equal += part.equal
        whole.at_least += part.at_least
    return whole


def solve(cases: list[tuple[Knowledge, list[str]]]) -> list[dict[str, tuple[int, int]]]:
    """The least and the most whole number each wanted key may be, in every case."""
    places: list[dict[str, int]] = []
    bounds: list[tuple[float, float | None]] = []
    equal, at_least = _Rows(), _Rows()
    for known, _ in cases:
        place = {key: len(bounds) + n for n, key in enumerate(known.bounds)}
        places.append(place)
        bounds += [(low, min(high, MANY)) for low, high in known.bounds.values()]
        for left, right in known.equal:
            equal.add([place[key] for key in left], [place[key] for key in right])
        for left, right in known.at_least:
            at_least.add([place[key] for key in right], [place[key] for key in left])
    found: list[dict[str, list[int]]] = [{} for _ in cases]
    for turn in range(max((len(wanted) for _, wanted in cases), default=0)):
        for sign in (1, -1):
            cost = np.zeros(len(bounds))
            for place, (_, wanted) in zip(places, cases, strict=True):
                if turn < len(wanted):
                    cost[place[wanted[turn]]] = sign
            answer = linprog(
                cost,
                A_eq=equal.matrix(len(bounds)),
                b_eq=equal.zeros(),
                A_ub=at_least.matrix(len(bounds)),
                b_ub=at_least.zeros(),
                bounds=bounds,
                method="highs",
            )
            assert answer.status == 0, answer.message
            for place, (_, wanted), result in zip(places, cases, found, strict=True):
                if turn < len(wanted):
                    value = answer.x[place[wanted[turn]]]
                    whole = ceil(value - 1e-6) if sign == 1 else floor(value + 1e-6)
                    result.setdefault(wanted[turn], []).append(whole)
    return [{key: (low, high) for key, (low, high) in result.items()} for result in found]


class _Rows:
    """Rows of a sparse matrix: left terms count 1, right terms -1."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.columns: list[int] = []
        self.signs: list[int] = []
        self.height = 0

    def add(self, left: list[int], right: list[int]) -> None:
        for columns, sign in ((left, 1), (right, -1)):
            self.rows += [self.height] * len(columns)
            self.columns += columns
            self.signs += [sign] * len(columns)
        self.height += 1

    def matrix(self, width: int):
        if not self.height:
            return None
        return coo_array((self.signs, (self.rows, self.columns)), (self.height, width)).tocsr()

    def zeros(self):
        return np.zeros(self.height) if self.height else None
