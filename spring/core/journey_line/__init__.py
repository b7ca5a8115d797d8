"""The journey line: a whole case as one small drawing, from facts already loaded. Pure.

`draw` turns dates into places on a line, decides where each label goes, and says the same in
words. Templates only put it on the page.
"""

from dataclasses import replace

from spring.core.journey_line.labels import place_labels
from spring.core.journey_line.marks import Scale, place_dots, place_pauses, place_reviews, without
from spring.core.journey_line.shapes import STATES, JourneyFacts, Label, Line, Review, Span
from spring.core.journey_line.small import small_paths
from spring.core.journey_line.words import headline, in_words, short

__all__ = ["STATES", "JourneyFacts", "Label", "Line", "Review", "Span", "draw", "small_paths"]

ABOVE, BELOW = 22, 42  # pixels from one lane of labels to the next


def draw(facts: JourneyFacts) -> Line:
    """The drawing of these facts, whatever order their dates are in."""
    scale = Scale(facts)
    now = scale.at(scale.now)
    open_ = facts.closed_on is None
    over = Span(scale.main, now) if open_ and scale.is_beyond else None
    paused = place_pauses(facts, scale)
    walked = without(paused, min(now, scale.main) if over else now)
    reviews = place_reviews(facts, scale)
    above, below = place_labels(facts, scale, reviews)
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
        met=place_dots(facts, scale, attended=True),
        missed=place_dots(facts, scale, attended=False),
        reviews=reviews,
        today=now if open_ else None,
        closed=None if open_ else now,
        above=tuple(replace(label, y=base - 32 - ABOVE * label.lane) for label in above),
        below=tuple(replace(label, y=base + 32 + BELOW * label.lane) for label in below),
        headline=headline(facts, scale),
        short=short(facts, reviews),
        words=in_words(facts, scale),
        base=base,
        height=height,
    )
