"""What goes into the drawing of a journey, and what comes out."""

from dataclasses import dataclass
from datetime import date

STATES = {
    "done": "reviewed",
    "due": "due",
    "late": "late, was due",
    "skipped": "not held",
    "to_come": "to come",
}


@dataclass(frozen=True, slots=True)
class JourneyFacts:
    """What there is to draw. Reviews are (month, due on, state), sessions (day, attended)."""

    referred_on: date
    today: date
    started_on: date | None = None
    plan_agreed_on: date | None = None
    reviews: tuple[tuple[int, date, str], ...] = ()
    sessions: tuple[tuple[date, bool], ...] = ()
    pauses: tuple[tuple[date, date | None], ...] = ()
    closed_on: date | None = None
    months: int = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the line."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Review:
    """A review's place and state."""

    x: float
    state: str
    month: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside the line: which lane (0 is nearest the line) and which way they run from x."""

    x: float
    word: str
    sub: str
    kind: str
    lane: int = 0
    anchor: str = "middle"
    y: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """Everything a template needs to draw one journey."""

    walked: tuple[Span, ...]
    paused: tuple[Span, ...]
    way: Span | None
    over: Span | None
    ticks: tuple[float, ...]
    met: tuple[float, ...]
    missed: tuple[float, ...]
    reviews: tuple[Review, ...]
    today: float | None
    closed: float | None
    above: tuple[Label, ...]
    below: tuple[Label, ...]
    headline: str
    short: str
    words: tuple[str, ...]
    base: int
    height: int

    @property
    def now(self) -> Label:
        """The label of today, or of the day the journey closed."""
        return self.above[0]
