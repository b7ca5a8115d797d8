"""Where on the line everything lies: from 0, the referral, to 100."""

from datetime import date

from spring.core.dates import add_months
from spring.core.journey_line.shapes import STATES, JourneyFacts, Review, Span

TAIL = 14.0  # how much of the line is kept for time beyond its end
TAIL_HALF_FULL = 60  # days beyond the end that fill half of it
SAME_PLACE = 0.5  # dots nearer than this are one dot


class Scale:
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
        """The place of a day; beyond the end each day takes less room than the one before."""
        day = max(self.start, min(day, max(self.now, self.end)))
        if day <= self.end:
            return round(self.main * (day - self.start).days / (self.end - self.start).days, 2)
        beyond = (day - self.end).days
        return round(self.main + (100.0 - self.main) * beyond / (beyond + TAIL_HALF_FULL), 2)


def place_pauses(facts: JourneyFacts, scale: Scale) -> tuple[Span, ...]:
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


def without(gaps: tuple[Span, ...], until: float) -> tuple[Span, ...]:
    """What is left of 0 to `until` when the gaps are taken out."""
    left, at = [], 0.0
    for gap in gaps:
        if gap.start > at:
            left.append(Span(at, min(gap.start, until)))
        at = max(at, gap.end)
    if at < until:
        left.append(Span(at, until))
    return tuple(span for span in left if span.end > span.start)


def place_dots(facts: JourneyFacts, scale: Scale, *, attended: bool) -> tuple[float, ...]:
    """One dot for each place, so that a thousand sessions cost no more than two hundred."""
    places = {
        round(scale.at(day) / SAME_PLACE) * SAME_PLACE
        for day, came in facts.sessions
        if came == attended
    }
    return tuple(sorted(places))


def place_reviews(facts: JourneyFacts, scale: Scale) -> tuple[Review, ...]:
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
