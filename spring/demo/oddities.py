"""The people of the pictures, and those whom chance alone would rarely bring."""

from datetime import date, timedelta
from typing import Any

from participants.stages import AFTER_START, BEFORE_START, ClosureReason
from referrals.states import DeclineReason
from spring.core.calendar import add_working_days, is_working_day
from spring.core.vocabulary import Source
from spring.demo import cases
from spring.demo.cases import Case

MEG_NUMBER = "9990000018"
AMIRA = "Amira Khan"
VOLUNTEER = "Keith Lovell"
LONG_NAME = (
    "Wilhelmina Alexandrina Philippa Georgiana Featherstonehaugh-Cholmondeley-Warrington "
    "of Upper Little Houghton-cum-Brafield"
)


def odd_cases(as_of: date) -> list[Case]:
    """Cases set by hand, each counted back from `as_of`; the most telling come first."""
    odd = _Odd(as_of)
    return [
        *_of_the_pictures(odd),
        *_undecided(odd),
        *_decided(odd),
        *_waiting(odd),
        *_under_way(odd),
        *_closed(odd),
    ]


class _Odd:
    """Counts days back from the story's last day."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of

    def ago(self, days: int, fate: str = cases.JOURNEY, **facts: Any) -> Case:
        """A case received so many days ago, or on the working day before that."""
        day = self.as_of - timedelta(days=days)
        while not is_working_day(day):
            day -= timedelta(days=1)
        return Case(day, fate, **facts)

    def lately(self, working_days: int, fate: str = cases.UNDECIDED, **facts: Any) -> Case:
        """A case received so many working days ago."""
        return Case(add_working_days(self.as_of, -working_days), fate, **facts)

    def the_31st(self) -> date:
        """The latest 31st, at least half a year back, that was a working day."""
        day = self.as_of - timedelta(days=185)
        while day.day != 31 or not is_working_day(day):
            day -= timedelta(days=1)
        return day


def _of_the_pictures(odd: _Odd) -> list[Case]:
    meg = {
        "name": "Margaret O'Brien", "known_as": "Meg", "pronouns": "she/her", "sex": "female",
        "date_of_birth": date(odd.as_of.year - 71, 3, 27), "ethnicity": "B", "town": "Kettering", "practice_code": "Z99123",
        "nhs_number": MEG_NUMBER, "address": "14 Windmill Road, Kettering", "postcode": "NN15 4XZ",
        "telephone": "07700 900123", "language": "", "interpreter": False,
        "safe_contact": "Text first, weekdays after 10. No voicemail. "
        "Say “Amira from the garden group”.",
        "reading": "Large print", "adjustments": "Hearing aid: face her when speaking",
        "is_carer": True, "risk_status": "stated", "risks": "Visit in pairs",
        "needs": ["loneliness", "caring", "condition"],
    }  # fmt: skip
    plan = {
        "matters": "Getting back to the allotment before spring, and an hour a week that is mine.",
        "strengths": "Growing things, remembering names, making people laugh.",
        "goals": (
            ("Be at the allotment twice a week", 9, "Lift from Peter on Saturdays", 6, 6, None),
            ("An hour a week off from caring", 10, "Sitting service starts", 9, 4, None),
            ("Sort the Attendance Allowance form", 7, "", 0, None, 81),
        ),
    }
    common: dict[str, Any] = {"worker": AMIRA, "decide_after": 1, "steady": True}
    common["met_last"] = True
    return [
        odd.ago(233, who=meg, starts_after=8, silent=34, plan_words=plan,
                next_words=("Ring after the first sitting visit", 11), reviews=("held", "held"),
                again=(2,), corrected=True, source=Source.PRACTICE, **common),
        odd.ago(11, who={"name": "Tomasz Wiśniewski", "sex": "male", "age": 44, "ethnicity": "C",
                         "town": "Corby", "language": "Polish", "risk_status": "none_known",
                         "risks": ""}, tries=2,
                first_try_after=1, starts_after=60, next_step="none", **common),
        odd.ago(198, who={"name": "Joyce Adeyemi", "sex": "female", "age": 58, "ethnicity": "N",
                          "town": "Northampton"}, starts_on=_started(odd, 187),
                silent=9, reviews=("held", "forgotten"), next_step="ahead",
                next_words=("Ring about the class", 9), **common),
        odd.ago(80, who={"name": "Peter Hall", "sex": "male", "age": 66, "ethnicity": "A",
                          "town": "Rushden"}, starts_after=6, silent=6,
                next_words=("Warm handover: did he go to the Men's Workshop?", 2), **common),
        odd.ago(268, who={"name": "Sunita Patel", "sex": "female", "age": 63, "ethnicity": "H",
                          "town": "Wellingborough"}, starts_after=5, silent=12,
                pauses=[(100, 28)], next_words=("Goal date: apply for Blue Badge", 4), **common),
        odd.ago(352, who={"name": "Graham Neal", "sex": "male", "age": 74, "ethnicity": "A",
                          "town": "Kettering"}, starts_on=_started(odd, 341), silent=7,
                next_words=("Plan the ending", 5), **common),
        odd.ago(88, who={"name": "Ellie Marsh", "sex": "female", "age": 27, "ethnicity": "A",
                         "town": "Northampton", "needs": ["caring", "mood"]},
                starts_after=6, silent=10, pauses=[(62, None)], pause_reason="caring",
                next_words=("Hear from the sitting service", 12), **common),
    ]  # fmt: skip


def _started(odd: _Odd, days: int) -> date:
    day = odd.as_of - timedelta(days=days)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _undecided(odd: _Odd) -> list[Case]:
    risk = {"risk_status": "stated"}
    return [
        odd.lately(1, who=risk | {"name": "Siobhán O'Donnell", "sex": "female",
                                  "risks": "Has spoken of not wanting to be here; the GP knows."},
                   source=Source.PRACTICE),
        odd.lately(6, who=risk | {"risks": "Partner may listen in on calls."}),
        odd.lately(9, who={"risk_status": "not_checked", "risks": ""}),
        odd.lately(4, who={"name": "Sukarno", "sex": "male", "ethnicity": "S"}),
        odd.lately(2, who={"name": LONG_NAME, "sex": "female", "ethnicity": "A"}),
        odd.lately(2, who={"name": "Łucja Dąbrowska-Żak", "sex": "female", "ethnicity": "C",
                           "language": "Polish", "interpreter": True}, source=Source.HOSPITAL),
        odd.lately(3, who={"name": "Alan D'Arcy", "sex": "male"}, numbered=False, again=(1,)),
        odd.lately(1, source=Source.SELF),
        odd.lately(2, who={"telephone": "", "address": "2 Thatchers Croft, Oundle",
                           "postcode": "PE8 4XZ", "town": "Oundle"}, source=Source.FAMILY),
        odd.lately(1, source=Source.SOCIAL_CARE),
        odd.lately(2),
        odd.lately(1),
    ]  # fmt: skip


def _decided(odd: _Odd) -> list[Case]:
    declined = [
        odd.ago(20 + 17 * n, cases.DECLINED, decline_reason=reason)
        for n, reason in enumerate(DeclineReason)
    ]
    return [
        *declined,
        odd.ago(33, cases.SIGNPOSTED),
        odd.ago(41, cases.PASSED, who={"town": "Kettering"}),
        odd.ago(25, cases.NHS, who={"town": "Kettering"}, starts_after=4, silent=5),
        odd.ago(55, cases.NHS, who={"town": "Kettering"}, starts_after=6, silent=2),
        odd.ago(250, cases.STEP_UP, starts_after=5, lasts=None, worker="Daniel Marriott"),
    ]


def _waiting(odd: _Odd) -> list[Case]:
    never: dict[str, Any] = {"starts_after": 90, "decide_after": 1}
    return [
        odd.lately(3, cases.JOURNEY, **never),
        odd.lately(12, cases.JOURNEY, first_try_after=40, worker=AMIRA, **never),
        odd.lately(14, cases.JOURNEY, tries=1, next_step="past", **never),
        odd.lately(16, cases.JOURNEY, tries=2, **never),
        odd.lately(22, cases.JOURNEY, tries=3, next_step="none", worker=AMIRA, **never),
        odd.lately(35, cases.JOURNEY, tries=4, next_step="none", **never),
    ]


def _under_way(odd: _Odd) -> list[Case]:
    last_31st = odd.the_31st()
    calm = {"risk_status": "none_known", "risks": ""}
    since_31st = (odd.as_of - last_31st).days
    return [
        odd.ago(401, starts_after=6, reviews=("held",) * 4),  # beyond 12 months
        odd.ago(417, starts_after=4, reviews=("held", "held", "late", "forgotten"), silent=20),
        odd.ago(395, starts_after=5, worker=AMIRA, silent=3),
        odd.ago(75, starts_after=6, plan="none", worker=AMIRA),
        odd.ago(20, starts_after=5, baseline="none", worker=AMIRA),
        odd.ago(120, starts_after=6, baseline="late"),
        odd.ago(130, starts_after=6, baseline="in part"),
        odd.ago(140, starts_after=6, next_step="none", worker=AMIRA),
        odd.ago(90, starts_after=6, next_step="past", worker=AMIRA),
        odd.ago(150, starts_after=6, plan="no"),
        odd.ago(60, starts_after=6, plan="not_yet"),
        odd.ago(210, starts_after=6, silent=75),
        odd.ago(160, starts_after=6, pauses=[(120, None)], worker=AMIRA),
        odd.ago(330, starts_after=6, pauses=[(60, 21), (150, 35)]),
        odd.ago(300, starts_after=6, reviews=("skipped",) * 4, pauses=[]),
        odd.ago(320, starts_after=6, reviews=("late", "late", "late")),
        odd.ago(310, starts_after=6, reviews=("forgotten", "held", "forgotten")),
        odd.ago(200, starts_after=6, rhythm=(56, "Works away; rings when home"), every=56,
                silent=40),
        odd.ago(170, starts_after=6, goals=40, who={"name": "Derek Forty-Goodman"}),
        odd.ago(380, starts_after=3, every=1, who={"name": "Beryl Threehouse"}, worker=AMIRA,
                reviews=("held",) * 4),
        odd.ago(180, starts_after=6, hand_over="within", hand_over_after=70, corrected=True),
        odd.ago(220, starts_after=6, hand_over="across", hand_over_after=110, worker=AMIRA),
        odd.ago(100, starts_after=6, supporter=True, worker="Lorraine Sykes"),
        odd.ago(110, starts_after=6, who={"name": "Gwenllïan ap Dafydd", "sex": "female",
                                          "language": "Welsh"}),
        odd.ago(70, starts_after=6, who={"name": "Mei", "sex": "female", "ethnicity": "R",
                                         "language": "Cantonese", "interpreter": True}),
        odd.ago(since_31st + 8, starts_on=last_31st, reviews=("held", "forgotten")),
        odd.ago(95, who=calm, starts_after=6, worker=VOLUNTEER),
        odd.ago(160, who=calm, starts_after=6, worker=VOLUNTEER, next_step="past"),
        odd.lately(4, cases.JOURNEY, who=calm, starts_after=30, worker=VOLUNTEER),
    ]  # fmt: skip


def _closed(odd: _Odd) -> list[Case]:
    told = []
    for n, reason in enumerate(r for r in ClosureReason if r in BEFORE_START):
        told.append(odd.ago(70 + 11 * n, starts_after=None, tries=n % 4, lasts=12 + 4 * n,
                            reason=reason))  # fmt: skip
    for n, reason in enumerate(r for r in ClosureReason if r in AFTER_START):
        told.append(odd.ago(400 - 4 * n, starts_after=5, lasts=20 + 32 * n, reason=reason))
    told.append(
        odd.ago(
            300,
            starts_after=5,
            lasts=190,
            reason=ClosureReason.GOALS_MET,
            again=(4,),
            who={"name": "Pauline Return", "sex": "female"},
        )
    )
    told.append(odd.ago(380, starts_after=5, lasts=200, reason=ClosureReason.CONTENT, returns=True))
    told.append(odd.ago(260, starts_after=5, lasts=150, reason=ClosureReason.UNWELL,
                        pauses=[(120, None)]))  # fmt: skip
    return told
