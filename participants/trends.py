"""Answers to a measure over time, one small drawing for each question. Pure.

The answers are never added up: each question stands alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from participants.instruments import Instrument, Item

WIDTH, HEIGHT = 130, 56
LEFT, RIGHT, TOP, BOTTOM = 6, 34, 8, 48  # room on the right for the latest answer


@dataclass(frozen=True)
class Point:
    """One answer and its place in the drawing."""

    day: date
    value: int
    x: float
    y: float


@dataclass(frozen=True)
class Trend:
    """The answers to one question."""

    item: Item
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The line through the points, for SVG."""
        return " ".join(f"{'L' if n else 'M'}{p.x} {p.y}" for n, p in enumerate(self.points))

    @property
    def latest(self) -> Point:
        return self.points[-1]

    @property
    def change(self) -> int:
        """How much better (above 0) or worse life is by this answer than at the first."""
        return self.item.improvement(self.points[0].value, self.latest.value)

    @property
    def says(self) -> str:
        """The drawing in words."""
        if len(self.points) == 1:
            return f"Answered once: {self.latest.value} of {self.item.high}."
        first, last = self.points[0].value, self.latest.value
        how = "better" if self.change > 0 else "worse" if self.change < 0 else "the same"
        if first == last:
            return f"From {first} to {last}: {how}."
        return f"From {first} to {last}, {abs(last - first)} {how}."


def trends(
    instrument: Instrument, sets: Sequence[tuple[date, Mapping[str, int]]]
) -> tuple[Trend, ...]:
    """One trend for each question that was ever answered; `sets` are in order of day."""
    days = [day for day, _ in sets]
    found = []
    for item in instrument.items:
        answered = [(day, answers[item.code]) for day, answers in sets if item.code in answers]
        if answered:
            points = tuple(
                Point(day, value, _x(day, days[0], days[-1]), _y(value, item))
                for day, value in answered
            )
            found.append(Trend(item, points))
    return tuple(found)


def _x(day: date, first: date, last: date) -> float:
    span = (last - first).days
    if not span:
        return LEFT
    return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / span, 1)


def _y(value: int, item: Item) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * (value - item.low) / (item.high - item.low), 1)
