"""Where each mark of a chart goes. Pure, and from published numbers alone.

Across, places are percentages, so that a chart fits any column without its words growing or
shrinking; down, they are pixels. A hidden number is a stub of one fixed size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from reports.published import Cell, ShownBreakdown, ShownSeries, UndisclosedError

COLOURS = ("#1d6b48", "#c2571a", "#2b6cb0", "#7a4fa3", "#6b7280")
STUB = 2.6  # per cent across, whatever the hidden number is
STUB_UP = 8  # pixels up, the same


@dataclass(frozen=True)
class Bar:
    """One bar with its words; `lines` are the label, broken where it would be too long."""

    lines: tuple[tuple[str, float], ...]
    text: str
    hidden: bool
    y: float
    width: float
    value_x: float
    value_y: float


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars; `beside` puts labels left of the bars, otherwise they stand above."""

    key: str
    title: str
    desc: str
    height: int
    beside: bool
    bars: tuple[Bar, ...]
    left: float
    thick: int
    colour: str
    kind: str = "bars"


@dataclass(frozen=True)
class Point:
    """One month of a line."""

    x: float
    y: float
    hidden: bool
    label: str
    text: str
    text_y: float
    anchor: str


@dataclass(frozen=True)
class Segment:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class LineChart:
    """A count by month with its target, the last value said in place."""

    key: str
    title: str
    desc: str
    height: int
    base: int
    points: tuple[Point, ...]
    segments: tuple[Segment, ...]
    target_y: float | None
    target: "Mark | None"
    colour: str
    kind: str = "line"


@dataclass(frozen=True)
class Mark:
    x: float
    text: str
    anchor: str


@dataclass(frozen=True)
class RangeRow:
    """Two published numbers on one scale: the first a filled mark, the second a hollow one."""

    label: str
    y: float
    first: Mark | None
    second: Mark | None


@dataclass(frozen=True)
class RangeChart:
    """Pairs of numbers on one scale."""

    key: str
    title: str
    desc: str
    height: int
    base: int
    rows: tuple[RangeRow, ...]
    ticks: tuple[Mark, ...]
    words: tuple[str, str]
    colour: str
    kind: str = "range"


def _number(cell: Cell) -> Decimal | None:
    if not isinstance(cell, Cell):
        raise UndisclosedError(f"a {type(cell).__name__} was about to be drawn")
    return cell.number


def said(words: str, cell: Cell) -> str:
    return f"{words} {cell.text}"


def scale_of(values: Sequence[Decimal]) -> tuple[Decimal, int]:
    """The end of a scale at or above the greatest value, and how many whole steps lead to it."""
    greatest = max([*values, Decimal(2)])
    power = Decimal(1)
    while True:
        for end, steps in ((2, 2), (4, 4), (5, 5), (6, 3), (8, 4), (10, 5), (12, 4), (16, 4)):
            if end * power >= greatest:
                return end * power, steps
        power *= 10


def broken(label: str, most: int) -> tuple[str, ...]:
    """A label in lines of at most about so many characters, broken between words."""
    lines, line = [], ""
    for word in label.split():
        if line and len(line) + 1 + len(word) > most:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return (*lines, line)


def bars(
    item: ShownBreakdown, *, beside: bool = False, colour: int = 1, most: int = 99
) -> BarChart | None:
    """Bars for a breakdown; None where it is not shown or has no rows."""
    rows = item.rows[:most]
    if not rows:
        return None
    greatest = max([_number(row.cell) or Decimal(0) for row in rows] + [Decimal(1)])
    left, right = (44.0, 90.0) if beside else (0.0, 100.0)
    drawn = []
    y = 2.0
    for row in rows:
        value = _number(row.cell)
        width = STUB if value is None else float(value / greatest) * (right - left)
        lines = broken(row.label, 24) if beside else (row.label,)
        if beside:
            height = max(18.0, 14.0 * len(lines))
            middle = y + height / 2
            first = middle - 7.0 * (len(lines) - 1) + 4.2
            placed = tuple((line, first + 14.0 * n) for n, line in enumerate(lines))
            drawn.append(
                Bar(
                    placed,
                    row.cell.text,
                    value is None,
                    middle - 7,
                    width,
                    left + width + 1.4,
                    middle + 4.2,
                )
            )
            y += height + 6
        else:
            placed = ((row.label, y + 12),)
            drawn.append(Bar(placed, row.cell.text, value is None, y + 19, width, 100, y + 12))
            y += 38
    told = "; ".join(said(row.label, row.cell) for row in rows)
    return BarChart(
        item.key,
        f"{item.title}: bar chart of the table beside it.",
        f"{told}.",
        round(y),
        beside,
        tuple(drawn),
        left,
        14 if beside else 10,
        COLOURS[colour - 1],
    )


def line(item: ShownSeries, *, height: int = 150, colour: int = 1) -> LineChart:
    """A line through the months whose numbers are shown; a hidden month is a stub at the foot."""
    top, base = 34.0, height - 26
    target = None if item.target is None else _number(item.target)
    values = [_number(row.cell) for row in item.rows]
    known = [value for value in values if value is not None]
    scale = max([*known, target or Decimal(0), Decimal(10)]) * Decimal("1.08")

    def up(value: Decimal) -> float:
        return round(base - float(value / scale) * (base - top), 1)

    target_y = None if target is None else up(target)
    last = len(values) - 1
    points = []
    for n, (row, value) in enumerate(zip(item.rows, values, strict=True)):
        y = float(base - STUB_UP) if value is None else up(value)
        crossed = target_y is not None and -4 < y - target_y < 24
        points.append(
            Point(
                round(3 + 94 * n / max(last, 1), 2),
                y,
                value is None,
                row.label if n in (0, last) or (n > 2 and (last - n) % 3 == 0) else "",
                row.cell.text if n in (0, last) or value is None else "",
                y + 19 if crossed else y - 9,
                "start" if n == 0 else "end" if n == last else "middle",
            )
        )
    segments = [
        Segment(a.x, a.y, b.x, b.y) for a, b in pairwise(points) if not (a.hidden or b.hidden)
    ]
    told = "; ".join(said(row.label, row.cell) for row in item.rows)
    goal = "" if item.target is None else f" The target is {item.target.text}."
    mark = None
    if item.target is not None:
        # Over the lower end of the line, where the words cannot meet it.
        left = points[0].y >= points[-1].y
        mark = Mark(6.0 if left else 100.0, said("target", item.target), "start" if left else "end")
    return LineChart(
        item.key,
        f"{item.title}: line chart of the table beside it.{goal}",
        f"{told}.",
        height,
        base,
        tuple(points),
        tuple(segments),
        target_y,
        mark,
        COLOURS[colour - 1],
    )


def ranges(
    key: str,
    title: str,
    words: tuple[str, str],
    rows: Sequence[tuple[str, Cell, Cell]],
    *,
    top: Decimal | None = None,
    colour: int = 1,
    pitch: int = 46,
) -> RangeChart | None:
    """Two numbers a row on one scale from 0; None where nothing may be drawn."""
    numbers = [_number(cell) for _, *cells in rows for cell in cells]
    known = [number for number in numbers if number is not None]
    if not known:
        return None
    end, steps = (top, 5) if top else scale_of(known)

    def across(cell: Cell, toward: str) -> Mark | None:
        value = _number(cell)
        if value is None:
            return None
        x = round(3 + 94 * float(value / end), 2)
        return Mark(x, str(value), toward)

    drawn = []
    for n, (label, first, second) in enumerate(rows):
        a, b = _number(first), _number(second)
        backwards = a is not None and b is not None and a > b
        drawn.append(
            RangeRow(
                label,
                26.0 + pitch * n,
                across(first, "start" if backwards else "end"),
                across(second, "end" if backwards else "start"),
            )
        )
    base = pitch * len(drawn) + 4
    told = "; ".join(
        f"{label}: {words[0]} {first.text}, {words[1]} {second.text}"
        for label, first, second in rows
    )
    return RangeChart(
        key,
        f"{title}: chart of the table beside it.",
        f"{told}.",
        base + 48,
        base,
        tuple(drawn),
        tuple(
            Mark(
                round(3 + 94 * n / steps, 2),
                f"{(end * n / steps).normalize():f}",
                "start" if n == 0 else "end" if n == steps else "middle",
            )
            for n in range(steps + 1)
        ),
        words,
        COLOURS[colour - 1],
    )


@dataclass(frozen=True)
class Milestone:
    """A diamond on the journey line, with the share of reviews held there."""

    x: float
    label: str
    text: str
    reached: bool


@dataclass(frozen=True)
class JourneyChart:
    """The journey line of everyone together: first conversation, reviews, half closed."""

    key: str
    title: str
    desc: str
    height: int
    met_x: float
    met: str
    milestones: tuple[Milestone, ...]
    half_x: float | None
    half: str
    half_anchor: str
    end_x: float
    colour: str
    kind: str = "journey"


MET_X, MONTH_WIDE = 11.0, 6.7  # per cent: the first conversation, and each month after it


def journey(
    key: str,
    title: str,
    met: Cell,
    held: Sequence[tuple[int, Cell]],
    half: Cell,
) -> JourneyChart:
    """The line from referral to month 12; what is hidden is left out of it, with its star."""
    _number(met)
    months = _number(half)
    x = None if months is None else round(MET_X + float(min(months, Decimal(12))) * MONTH_WIDE, 2)
    told = "; ".join(f"reviews held at {month} months: {cell}" for month, cell in held)
    return JourneyChart(
        key,
        f"{title}: line from referral to twelve months, in the table beside it.",
        f"Half have met within: {met}; {told}; half had closed after: {half}.",
        128,
        MET_X,
        "" if met.hidden else f"half within {met}",
        tuple(
            Milestone(
                round(MET_X + month * MONTH_WIDE, 2),
                f"{month} months",
                f"{cell} held" if _number(cell) is not None else cell.text,
                not cell.hidden,
            )
            for month, cell in held
        ),
        x,
        "" if x is None else f"Half had closed after {half}",
        "end" if x is not None and x > 60 else "start",
        MET_X + 12 * MONTH_WIDE,
        COLOURS[0],
    )
