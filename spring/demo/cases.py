"""What becomes of one person: drawn by chance, or set by hand for the odd cases."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from participants.stages import ClosureReason as Reason
from referrals.states import DeclineReason
from spring.core.calendar import working_days_between
from spring.demo import phrases
from spring.demo.chance import Chance, Odds

UNDECIDED, DECLINED, SIGNPOSTED, PASSED = "undecided", "declined", "signposted", "passed"
JOURNEY, NHS, STEP_UP = "journey", "nhs", "step up"


@dataclass
class Case:
    """One person's story in outline; days run from the start unless it says otherwise."""

    received_on: date
    fate: str = JOURNEY
    who: dict[str, Any] = field(default_factory=dict)
    decide_after: int = 1  # working days
    decline_reason: str = ""
    worker: str = ""
    tries: int = 0  # attempts before the first contact
    first_try_after: int = 2  # working days from acceptance
    starts_after: int | None = 6  # days from acceptance; None: nobody ever answered
    lasts: int | None = None  # days to the closing (from acceptance where it never started)
    reason: str = ""
    pauses: list[tuple[int, int | None]] = field(default_factory=list)  # from day, for days
    pause_reason: str = ""
    silent: int = 0  # days before today without contact
    every: int = 17  # days between sessions
    reviews: tuple[str, ...] = ("held",) * 4  # held, late, skipped, forgotten
    plan: str = "yes"  # yes, no, not_yet, none
    baseline: str = "in time"  # in time, late, in part, none
    next_step: str = "ahead"  # ahead, past, none
    rhythm: tuple[int, str] | None = None
    goals: int = 2
    hand_over: str = ""  # within, across
    hand_over_after: int = 90
    supporter: bool = False  # a volunteer beside the link worker
    corrected: bool = False
    numbered: bool | None = None  # has an NHS number; if left open, nine in ten have
    source: str = ""
    starts_on: date | None = None  # the very day, where it matters
    steady: bool = False  # hardly ever missed, every answer given
    met_last: bool = False  # spoke to us on the day that `silent` counts from
    next_words: tuple[str, int] | None = None  # the next step, due in so many days
    plan_words: dict[str, Any] = field(default_factory=dict)
    again: tuple[int, ...] = ()  # referred again, undecided, so many working days ago
    returns: bool = False  # closed, and back some weeks later


UNDECIDED_SHARE = {0: 0.9, 1: 0.7, 2: 0.4, 3: 0.2, 4: 0.08, 5: 0.04, 6: 0.02}
FATES = Odds({JOURNEY: 84, DECLINED: 6, SIGNPOSTED: 4, PASSED: 2, NHS: 3, STEP_UP: 1})
DECLINES = Odds(
    {
        DeclineReason.PERSON_DECLINED: 40,
        DeclineReason.NOT_SUITABLE: 15,
        DeclineReason.OUT_OF_AREA: 12,
        DeclineReason.CRISIS: 8,
        DeclineReason.NO_CAPACITY: 6,
        DeclineReason.UNDER_18: 6,
        DeclineReason.DIED: 3,
    }
)
DECISION_DAYS = Odds({0: 22, 1: 40, 2: 28, 3: 6, 4: 3, 6: 1})
TRIES = Odds({0: 52, 1: 28, 2: 14, 3: 6})
FIRST_TRY = Odds({0: 8, 1: 20, 2: 27, 3: 22, 4: 13, 5: 6, 8: 3, 11: 1})
LASTS = Odds(
    {(10, 80): 8, (80, 180): 14, (180, 240): 18, (240, 320): 26, (320, 365): 20, (365, 430): 11,
     (430, 560): 3}
)  # fmt: skip
NEVER_STARTED = Odds(
    {Reason.DECLINED: 35, Reason.NO_CONTACT: 36, Reason.INELIGIBLE: 8, Reason.OTHER_SERVICE: 8,
     Reason.UNWELL: 5, Reason.MOVED_AWAY: 3, Reason.CAPACITY: 3, Reason.DUPLICATE: 2}
)  # fmt: skip
EARLY = Odds(
    {Reason.DISENGAGED: 26, Reason.SELF_SUPPORT: 14, Reason.GOALS_MET: 12, Reason.NO_CONTACT: 12,
     Reason.OTHER_SERVICE: 12, Reason.UNWELL: 9, Reason.MOVED_AWAY: 8, Reason.DIED: 4,
     Reason.CONTENT: 4, Reason.SAFETY: 1}
)  # fmt: skip
LATER = Odds(
    {Reason.GOALS_MET: 46, Reason.CONTENT: 22, Reason.SELF_SUPPORT: 15, Reason.OTHER_SERVICE: 6,
     Reason.DISENGAGED: 5, Reason.MOVED_AWAY: 3, Reason.UNWELL: 2, Reason.DIED: 1}
)  # fmt: skip
SILENT = Odds({(0, 6): 60, (7, 16): 26, (17, 29): 7, (31, 44): 5, (45, 75): 2})
REVIEWS = Odds({"held": 74, "late": 13, "skipped": 7, "forgotten": 6})
PLANS = Odds({"yes": 78, "not_yet": 9, "no": 4, "none": 9})
BASELINES = Odds({"in time": 76, "late": 7, "in part": 8, "none": 9})
NEXT_STEPS = Odds({"ahead": 78, "past": 12, "none": 10})
GOALS = Odds({0: 4, 1: 24, 2: 38, 3: 24, 4: 8, 6: 2})


def draw(chance: Chance, received_on: date, as_of: date) -> Case:
    """What becomes of someone referred on a day, seen from `as_of`."""
    age = working_days_between(received_on, as_of)
    if chance.often(UNDECIDED_SHARE.get(age, 0)):
        return Case(received_on, fate=UNDECIDED)
    case = Case(received_on, fate=chance.drawn(FATES), decide_after=chance.drawn(DECISION_DAYS))
    if case.fate == DECLINED:
        case.decline_reason = chance.drawn(DECLINES)
    if case.fate in (JOURNEY, NHS, STEP_UP):
        _draw_journey(chance, case)
    return case


def _draw_journey(chance: Chance, case: Case) -> None:
    case.tries = chance.drawn(TRIES)
    case.first_try_after = chance.drawn(FIRST_TRY)
    case.starts_after = chance.around(7, 4, 0, 40) if chance.often(0.88) else None
    if case.starts_after is None:
        case.tries = chance.whole(1, 4)
        case.lasts = chance.around(28, 9, 6, 60)
        case.reason = chance.drawn(NEVER_STARTED)
    else:
        case.lasts = chance.whole(*chance.drawn(LASTS))
        case.reason = chance.drawn(EARLY if case.lasts < 180 else LATER)
    if chance.often(0.16):
        case.pauses = [(chance.whole(20, 250), chance.whole(12, 70))]
    case.silent = chance.whole(*chance.drawn(SILENT))
    case.every = chance.around(17, 4, 10, 30)
    case.reviews = tuple(chance.drawn(REVIEWS) for _ in range(4))
    case.plan = chance.drawn(PLANS)
    case.baseline = chance.drawn(BASELINES)
    case.next_step = chance.drawn(NEXT_STEPS)
    case.goals = chance.drawn(GOALS)
    if chance.often(0.05):
        case.rhythm = chance.one_of(phrases.RHYTHMS)
        case.every = case.rhythm[0]
        case.silent = chance.whole(0, case.every + 8)
    if chance.often(0.06):
        case.hand_over = "across" if chance.often(0.25) else "within"
        case.hand_over_after = chance.whole(20, 240)
    case.supporter = chance.often(0.03)
    case.corrected = chance.often(0.01)
    case.returns = chance.often(0.06)
