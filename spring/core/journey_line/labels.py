"""Where the labels go, so that none covers another or leaves the page."""

from spring.core.journey_line.marks import Scale
from spring.core.journey_line.shapes import JourneyFacts, Label, Review
from spring.core.journey_line.words import counted_months, month_words, review_words, short_date

NARROWEST = 720  # pixels: the least room in which the labels must not touch
BOLD, PLAIN = 7.9, 7.1  # pixels: a letter of a label's type, erring on the wide side
OVERHANG = 44  # pixels that labels may stand out beyond either end
GAP = 10


def place_labels(
    facts: JourneyFacts, scale: Scale, reviews: tuple[Review, ...]
) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
    """The labels above the line and those below it, the most important of each first."""
    year = facts.today.year
    below = [
        Label(
            review.x,
            counted_months(review.month),
            review_words(review, year),
            review.state,
        )
        for review in reviews
    ]
    below.append(Label(0.0, "Referred", short_date(facts.referred_on, year), "plain"))
    if facts.plan_agreed_on:
        agreed = facts.plan_agreed_on
        below.append(Label(scale.at(agreed), "Plan agreed", short_date(agreed, year), "plain"))
    now = scale.at(scale.now)
    if facts.closed_on:
        above = [Label(now, f"Closed {short_date(facts.closed_on, year)}", "", "strong")]
    elif scale.is_beyond:
        beyond = f"Today, {month_words(facts, scale)}: past {facts.months} months"
        above = [Label(now, beyond, "", "over")]
    else:
        above = [Label(now, f"Today, {month_words(facts, scale)}", "", "strong")]
    if facts.started_on:
        met = facts.started_on
        above.append(Label(scale.at(met), f"First met {short_date(met, year)}", "", "plain"))
    return _placed(above, first="start"), _placed(below, first="middle")


def _placed(labels: list[Label], *, first: str) -> tuple[Label, ...]:
    """Give each label, in order of importance, the nearest lane where it touches no other."""
    anchors = [first, *(a for a in ("middle", "start", "end") if a != first)]
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for label in labels:
        lane, anchor, place = _free_room(label, anchors, taken)
        if lane == len(taken):
            taken.append([])
        taken[lane].append(place)
        placed.append(Label(label.x, label.word, label.sub, label.kind, lane, anchor))
    return tuple(placed)


def _free_room(
    label: Label, anchors: list[str], taken: list[list[tuple[float, float]]]
) -> tuple[int, str, tuple[float, float]]:
    for lane in range(len(taken) + 1):
        others = taken[lane] if lane < len(taken) else []
        for anchor in anchors:
            left, right = room(label, anchor)
            if left < -OVERHANG or right > NARROWEST + OVERHANG:
                continue
            if all(right + GAP <= a or left >= b + GAP for a, b in others):
                return lane, anchor, (left, right)
    return len(taken), "start" if label.x < 50 else "end", room(label, "middle")


def room(label: Label, anchor: str) -> tuple[float, float]:
    """Where a label begins and ends, in pixels of the narrowest drawing."""
    width = max(len(label.word) * BOLD, len(label.sub) * PLAIN)
    at = label.x * NARROWEST / 100
    if anchor == "middle":
        return at - width / 2, at + width / 2
    return (at, at + width) if anchor == "start" else (at - width, at)
