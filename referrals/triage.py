"""What a coordinator needs to see before deciding: the clock, the room, what to ask about. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from math import ceil

from spring.core.calendar import working_days_between

ADULT = 18


@dataclass(frozen=True)
class Clock:
    """The time used of the time allowed for a decision, in working days, in a word and a bar."""

    words: str
    kind: str
    used: int
    allowed: int

    @property
    def is_late(self) -> bool:
        return self.kind == "late"


def clock_for(*, received_on: date, due_on: date, today: date) -> Clock:
    """The clock of a referral that waits; a bar one longer than allowed means past the target."""
    allowed = max(working_days_between(received_on, due_on), 1)
    if today > due_on:
        late = working_days_between(due_on, today)
        words = f"{_working_days(late)} late" if late else f"Late since {due_on:%A}"
        return Clock(words, "late", allowed + 1, allowed)
    used = max(working_days_between(received_on, today), 0)
    left = working_days_between(today, due_on)
    if left == 0:
        return Clock("Decide today", "due", allowed, allowed)
    return Clock(f"{_working_days(left)} left", "ok", used, allowed)


def _working_days(number: int) -> str:
    return f"{number} working day" if number == 1 else f"{number} working days"


@dataclass(frozen=True)
class Room:
    """How full a link worker's caseload is; `low` and `high` are where its colour changes."""

    load: int
    capacity: int
    words: str
    kind: str
    low: int
    high: int

    @property
    def longest(self) -> int:
        return max(self.load, self.capacity, 1)


def room_for(*, load: int, capacity: int, amber: int, red: int) -> Room:
    """Amber when full, red when far beyond; for a capacity other than the usual, in proportion.

    `amber` and `red` are the marks of a full-time caseload.
    """
    amber_from = min(capacity, amber)
    red_from = max(min(red, ceil(capacity * red / amber)), amber_from + 1)
    if load >= red_from:
        words, kind = f"{load} of {capacity}, too many", "late"
    elif load >= amber_from:
        words, kind = f"{load} of {capacity}, full", "due"
    else:
        words, kind = f"{load} of {capacity}", "ok"
    return Room(load, capacity, words, kind, max(amber_from - 1, 0), red_from - 1)


@dataclass(frozen=True)
class Flag:
    """Something to ask about before deciding; never a reason to refuse by itself."""

    words: str
    advice: str


def flags_for(
    *, age: int, council: str, practice: bool, postcode: str, areas: Collection[str], area: str
) -> list[Flag]:
    """What is unusual about a referral: someone young, or someone from elsewhere."""
    found = []
    if age < ADULT:
        found.append(Flag("Under 18", "Spring is for adults. Check the date of birth first."))
    if not council and not _lies_in(postcode, areas):
        if practice or postcode:
            words, ask = "Perhaps outside the area", "Ask where they live and who their GP is"
        else:
            words, ask = "Area not known", "Ask for their postcode or GP practice"
        found.append(Flag(words, f"{ask}: one of the two in {area} is enough."))
    return found


def _lies_in(postcode: str, areas: Collection[str]) -> bool:
    outward = postcode.split(" ", 1)[0]
    letters = "".join(character for character in outward[:2] if character.isalpha())
    return outward in areas or letters in areas
