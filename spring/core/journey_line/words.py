"""The same journey in words."""

from datetime import date

from spring.core.dates import whole_months_between
from spring.core.journey_line.marks import Scale, place_reviews
from spring.core.journey_line.shapes import STATES, JourneyFacts, Review


def counted_months(number: int) -> str:
    """1 month, 3 months."""
    return "1 month" if number == 1 else f"{number} months"


def short_date(day: date, year: int) -> str:
    """3 April; in any other than this year 3 Apr 2025."""
    return f"{day.day} {day:%B}" if day.year == year else f"{day.day} {day:%b} {day.year}"


def review_words(review: Review, year: int) -> str:
    """What stands under a review's mark."""
    if review.state in ("done", "skipped") or review.due_on is None:
        return STATES[review.state]
    if review.state == "to_come":
        return short_date(review.due_on, year)
    return f"{STATES[review.state]} {short_date(review.due_on, year)}"


def month_words(facts: JourneyFacts, scale: Scale) -> str:
    """How far the journey has come, in whole months since the first meeting."""
    if facts.started_on is None:
        return "not yet met"
    number = max(0, whole_months_between(facts.started_on, scale.now))
    paused = any(first <= facts.today < (last or date.max) for first, last in facts.pauses)
    return (f"month {number}" if number else "first month") + (", paused" if paused else "")


def headline(facts: JourneyFacts, scale: Scale) -> str:
    """One line for the title of the drawing."""
    if facts.closed_on:
        return f"Journey closed on {short_date(facts.closed_on, facts.today.year)}"
    if scale.is_beyond:
        return f"Journey in {month_words(facts, scale)}, past its {facts.months} months"
    if facts.started_on is None:
        return f"Journey not begun: referred on {short_date(facts.referred_on, facts.today.year)}"
    return f"Journey in {month_words(facts, scale)} of {facts.months}"


def short(facts: JourneyFacts, reviews: tuple[Review, ...]) -> str:
    """The marks in a sentence or two."""
    held = [
        f"{counted_months(r.month)} {STATES[r.state].split(',')[0]}" for r in reviews if r.due_on
    ]
    came = sum(1 for _, attended in facts.sessions if attended)
    sessions = f"Sessions: {came} attended, {len(facts.sessions) - came} not attended."
    return f"Reviews: {', '.join(held)}. {sessions}" if held else sessions


def in_words(facts: JourneyFacts, scale: Scale) -> tuple[str, ...]:
    """The twin in words: everything that is drawn, in order of date."""
    year = facts.today.year
    dated = [(facts.referred_on, 0, f"Referred on {short_date(facts.referred_on, year)}")]
    if facts.started_on:
        dated.append((facts.started_on, 1, f"First met on {short_date(facts.started_on, year)}"))
    if facts.plan_agreed_on:
        agreed = facts.plan_agreed_on
        dated.append((agreed, 2, f"Plan agreed on {short_date(agreed, year)}"))
    for review in place_reviews(facts, scale):
        if review.due_on is None:
            continue
        when = short_date(review.due_on, year)
        state = {
            "done": f"reviewed (due {when})",
            "skipped": f"review not held (due {when})",
            "due": f"review due on {when}",
            "late": f"review late, was due on {when}",
            "to_come": f"review to come on {when}",
        }[review.state]
        dated.append((review.due_on, 3, f"{counted_months(review.month)}: {state}"))
    for first, last in facts.pauses:
        until = f" to {short_date(last, year)}" if last else ", and still paused"
        dated.append((first, 4, f"Paused from {short_date(first, year)}{until}"))
    if facts.closed_on:
        dated.append((facts.closed_on, 5, f"Closed on {short_date(facts.closed_on, year)}"))
    lines = [words for _, _, words in sorted(dated)]
    came = sum(1 for _, attended in facts.sessions if attended)
    lines.append(f"Sessions: {came} attended, {len(facts.sessions) - came} not attended")
    if facts.closed_on is None:
        month = month_words(facts, scale)
        over = f", past the {facts.months} months of a journey" if scale.is_beyond else ""
        lines.append(f"Today, {short_date(facts.today, year)}: {month}{over}")
    return tuple(lines)
