"""The journey line: a whole case as one small drawing, from facts already loaded. Pure.

`draw` turns dates into places on a line from 0 to 100, decides where each label goes so that none
covers another, and says the same in words. Templates only put it on the page.
"""

from dataclasses import dataclass, replace
from datetime import date

from spring.core.dates import add_months, whole_months_between

STATES = {
    "done": "reviewed",
    "due": "due",
    "late": "late",
    "skipped": "not held",
    "to_come": "to come",
}
TAIL = 14.0  # how much of the line is kept for time beyond its end
TAIL_HALF_FULL = 60  # days beyond the end that fill half of it
SAME_PLACE = 0.5  # dots nearer than this are one dot
ABOVE, BELOW = 22, 42  # pixels from one lane of labels to the next


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

    @property
    def small(self) -> dict[str, str]:
        """The drawing 160 pixels wide: one path for each kind of mark."""
        return small_paths(self)


def draw(facts: JourneyFacts) -> Line:
    """The drawing of these facts, whatever order their dates are in."""
    scale = _Scale(facts)
    now = scale.at(scale.now)
    open_ = facts.closed_on is None
    over = Span(scale.main, now) if open_ and scale.is_beyond else None
    paused = _pauses(facts, scale)
    walked = _between(paused, min(now, scale.main) if over else now)
    reviews = _reviews(facts, scale)
    above, below = _labels(facts, scale, reviews)
    base = ABOVE * (1 + max(label.lane for label in above)) + 26
    height = base + 62 + BELOW * max(label.lane for label in below)
    return Line(
        walked=walked,
        paused=paused,
        way=Span(now, 100.0) if open_ and not scale.is_beyond and now < 100 else None,
        over=over,
        ticks=tuple(
            scale.at(day)
            for day in (facts.referred_on, facts.started_on, facts.plan_agreed_on)
            if day
        ),
        met=_dots(facts, scale, attended=True),
        missed=_dots(facts, scale, attended=False),
        reviews=reviews,
        today=now if open_ else None,
        closed=None if open_ else now,
        above=tuple(replace(label, y=base - 32 - ABOVE * label.lane) for label in above),
        below=tuple(replace(label, y=base + 32 + BELOW * label.lane) for label in below),
        headline=_headline(facts, scale),
        short=_short(facts, reviews),
        words=_words(facts, scale),
        base=base,
        height=height,
    )


class _Scale:
    """Where a day lies on the line: 0 is the referral, the end is the last review."""

    def __init__(self, facts: JourneyFacts) -> None:
        self.start = facts.referred_on
        self.now = max(facts.closed_on or facts.today, self.start)
        begun = facts.started_on or (self.start if facts.closed_on else self.now)
        self.planned_from = max(begun, self.start)
        ends = [add_months(self.planned_from, facts.months)]
        ends += [due for _, due, _ in facts.reviews]
        self.end = max(ends)
        self.is_beyond = facts.started_on is not None and self.now > self.end
        self.main = 100.0 - TAIL if self.is_beyond else 100.0

    def at(self, day: date) -> float:
        day = max(self.start, min(day, max(self.now, self.end)))
        if day <= self.end:
            return round(self.main * (day - self.start).days / (self.end - self.start).days, 2)
        beyond = (day - self.end).days
        return round(self.main + (100.0 - self.main) * beyond / (beyond + TAIL_HALF_FULL), 2)


def _pauses(facts: JourneyFacts, scale: _Scale) -> tuple[Span, ...]:
    """Pauses in order, cut to the time walked, those that touch made one."""
    spans: list[Span] = []
    for first, last in sorted(facts.pauses, key=lambda pause: pause[0]):
        start, end = scale.at(min(first, scale.now)), scale.at(min(last or scale.now, scale.now))
        if end <= start:
            continue
        if spans and start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
    return tuple(spans)


def _between(gaps: tuple[Span, ...], until: float) -> tuple[Span, ...]:
    """What is left of 0 to `until` when the gaps are taken out."""
    left, at = [], 0.0
    for gap in gaps:
        if gap.start > at:
            left.append(Span(at, min(gap.start, until)))
        at = max(at, gap.end)
    if at < until:
        left.append(Span(at, until))
    return tuple(span for span in left if span.end > span.start)


def _dots(facts: JourneyFacts, scale: _Scale, *, attended: bool) -> tuple[float, ...]:
    """One dot for each place, so that a thousand sessions cost no more than two hundred."""
    places = {
        round(scale.at(day) / SAME_PLACE) * SAME_PLACE
        for day, came in facts.sessions
        if came == attended
    }
    return tuple(sorted(places))


def _reviews(facts: JourneyFacts, scale: _Scale) -> tuple[Review, ...]:
    """The reviews held and due; before a start, where they would fall from today."""
    known = facts.reviews
    if not known and facts.started_on is None and facts.closed_on is None:
        return tuple(
            Review(scale.at(add_months(scale.planned_from, month)), "to_come", month, None)
            for month in range(3, facts.months + 1, 3)
        )
    found = []
    for month, due_on, state in sorted(known):
        if state not in STATES:
            raise ValueError(f"A review is one of {', '.join(STATES)}, not “{state}”.")
        if facts.closed_on is None or state in ("done", "skipped"):
            found.append(Review(scale.at(due_on), state, month, due_on))
    return tuple(found)


# --- labels -------------------------------------------------------------------------------------
NARROWEST = 720  # pixels: the least room in which the labels must not touch
LETTER = 7.6  # pixels: a wide letter of the label's type, so that estimates err on the safe side
OVERHANG = 44  # pixels that labels may stand out beyond either end
GAP = 10


def _labels(
    facts: JourneyFacts, scale: _Scale, reviews: tuple[Review, ...]
) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
    year = facts.today.year
    below = [
        Label(
            review.x,
            counted_months(review.month),
            _review_words(review, year),
            review.state,
        )
        for review in reviews
    ]
    below.append(Label(0.0, "Referred", _date(facts.referred_on, year), "plain"))
    if facts.plan_agreed_on:
        agreed = facts.plan_agreed_on
        below.append(Label(scale.at(agreed), "Plan agreed", _date(agreed, year), "plain"))
    now = scale.at(scale.now)
    if facts.closed_on:
        above = [Label(now, f"Closed {_date(facts.closed_on, year)}", "", "strong")]
    elif scale.is_beyond:
        beyond = f"Today, {_month(facts, scale)}: past {facts.months} months"
        above = [Label(now, beyond, "", "over")]
    else:
        above = [Label(now, f"Today, {_month(facts, scale)}", "", "strong")]
    if facts.started_on:
        met = facts.started_on
        above.append(Label(scale.at(met), f"First met {_date(met, year)}", "", "plain"))
    return _placed(above, first="start"), _placed(below, first="middle")


def _placed(labels: list[Label], *, first: str) -> tuple[Label, ...]:
    """Give each label, in order of importance, the nearest lane where it touches no other."""
    anchors = [first, *(a for a in ("middle", "start", "end") if a != first)]
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for label in labels:
        lane, anchor, room = _free_room(label, anchors, taken)
        if lane == len(taken):
            taken.append([])
        taken[lane].append(room)
        placed.append(Label(label.x, label.word, label.sub, label.kind, lane, anchor))
    return tuple(placed)


def _free_room(
    label: Label, anchors: list[str], taken: list[list[tuple[float, float]]]
) -> tuple[int, str, tuple[float, float]]:
    for lane in range(len(taken) + 1):
        others = taken[lane] if lane < len(taken) else []
        for anchor in anchors:
            left, right = _room(label, anchor)
            if left < -OVERHANG or right > NARROWEST + OVERHANG:
                continue
            if all(right + GAP <= a or left >= b + GAP for a, b in others):
                return lane, anchor, (left, right)
    return len(taken), "start" if label.x < 50 else "end", _room(label, "middle")


def _room(label: Label, anchor: str) -> tuple[float, float]:
    width = max(len(label.word), len(label.sub)) * LETTER
    at = label.x * NARROWEST / 100
    if anchor == "middle":
        return at - width / 2, at + width / 2
    return (at, at + width) if anchor == "start" else (at - width, at)


# --- words --------------------------------------------------------------------------------------
def counted_months(number: int) -> str:
    """1 month, 3 months."""
    return "1 month" if number == 1 else f"{number} months"


def _date(day: date, year: int) -> str:
    return f"{day.day} {day:%B}" + ("" if day.year == year else f" {day.year}")


def _review_words(review: Review, year: int) -> str:
    if review.state in ("done", "skipped") or review.due_on is None:
        return STATES[review.state]
    if review.state == "to_come":
        return _date(review.due_on, year)
    return f"{STATES[review.state]} since {_date(review.due_on, year)}"


def _month(facts: JourneyFacts, scale: _Scale) -> str:
    if facts.started_on is None:
        return "not yet met"
    number = max(0, whole_months_between(facts.started_on, scale.now))
    return f"month {number}" if number else "first month"


def _headline(facts: JourneyFacts, scale: _Scale) -> str:
    """One line for the title of the drawing."""
    if facts.closed_on:
        return f"Journey closed on {_date(facts.closed_on, facts.today.year)}"
    if scale.is_beyond:
        return f"Journey in {_month(facts, scale)}, past its {facts.months} months"
    if facts.started_on is None:
        return f"Journey not begun: referred on {_date(facts.referred_on, facts.today.year)}"
    return f"Journey in {_month(facts, scale)} of {facts.months}"


def _short(facts: JourneyFacts, reviews: tuple[Review, ...]) -> str:
    """The marks in a sentence or two."""
    held = [f"{counted_months(r.month)} {STATES[r.state]}" for r in reviews if r.due_on]
    came = sum(1 for _, attended in facts.sessions if attended)
    sessions = f"Sessions: {came} attended, {len(facts.sessions) - came} not attended."
    return f"Reviews: {', '.join(held)}. {sessions}" if held else sessions


def _words(facts: JourneyFacts, scale: _Scale) -> tuple[str, ...]:
    """The twin in words: everything that is drawn, in order of date."""
    year = facts.today.year
    dated = [(facts.referred_on, 0, f"Referred on {_date(facts.referred_on, year)}")]
    if facts.started_on:
        dated.append((facts.started_on, 1, f"First met on {_date(facts.started_on, year)}"))
    if facts.plan_agreed_on:
        agreed = facts.plan_agreed_on
        dated.append((agreed, 2, f"Plan agreed on {_date(agreed, year)}"))
    for review in _reviews(facts, scale):
        if review.due_on is None:
            continue
        when = _date(review.due_on, year)
        state = {
            "done": f"reviewed (due {when})",
            "skipped": f"review not held (due {when})",
            "due": f"review due since {when}",
            "late": f"review late: due {when}",
            "to_come": f"review to come on {when}",
        }[review.state]
        dated.append((review.due_on, 3, f"{counted_months(review.month)}: {state}"))
    for first, last in facts.pauses:
        until = f" to {_date(last, year)}" if last else ", and still paused"
        dated.append((first, 4, f"Paused from {_date(first, year)}{until}"))
    if facts.closed_on:
        dated.append((facts.closed_on, 5, f"Closed on {_date(facts.closed_on, year)}"))
    lines = [words for _, _, words in sorted(dated)]
    came = sum(1 for _, attended in facts.sessions if attended)
    lines.append(f"Sessions: {came} attended, {len(facts.sessions) - came} not attended")
    if facts.closed_on is None:
        month = _month(facts, scale)
        over = f", past the {facts.months} months of a journey" if scale.is_beyond else ""
        lines.append(f"Today, {_date(facts.today, year)}: {month}{over}")
    return tuple(lines)


# --- small --------------------------------------------------------------------------------------
WIDTH, MARGIN, BASE, DOTS = 160, 6, 20, 8


def small_paths(line: Line) -> dict[str, str]:
    """One path for each kind of mark of the small drawing, those without marks left out."""

    def px(x: float) -> str:
        return f"{MARGIN + x * (WIDTH - 2 * MARGIN) / 100:.1f}".removesuffix(".0")

    def level(spans: tuple[Span | None, ...]) -> str:
        return "".join(f"M{px(s.start)} {BASE}H{px(s.end)}" for s in spans if s)

    paths = {
        "way": level((line.way,)),
        "walked": level(line.walked),
        "pause": level(line.paused),
        "over": level((line.over,)),
        "met": "".join(f"M{px(x)} {DOTS}h0" for x in line.met),
        "missed": "".join(f"M{px(x)} {DOTS}m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0" for x in line.missed),
    }
    for state in ("to_come", "skipped", "done", "due", "late"):
        marks = [review.x for review in line.reviews if review.state == state]
        paths[state] = "".join(f"M{px(x)} {BASE}{SHAPES[state]}" for x in marks)
    paths["due-heart"] = "".join(
        f"M{px(review.x)} {BASE}{HEART}" for review in line.reviews if review.state == "due"
    )
    if line.today is not None:
        paths["today"] = f"M{px(line.today)} {BASE - 17}v26"
    if line.closed is not None:
        paths["end"] = f"M{px(line.closed)} {BASE - 6}v12"
    return {kind: path for kind, path in paths.items() if path}


DIAMOND = "m0-5l5 5-5 5-5-5z"
SHAPES = {
    "done": DIAMOND,
    "due": DIAMOND,
    "to_come": DIAMOND,
    "skipped": f"{DIAMOND}m-5 10l10-10",
    "late": "m0-6l6 10h-12z",
}
HEART = "m0-2l2 2-2 2-2-2z"


