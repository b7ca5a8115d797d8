"""How life feels, as people told it: a first set, sets at reviews, one at the end; some missing."""

from datetime import timedelta

from participants.instruments import ONS4, Completion
from participants.models import Journey, MeasureAnswer, MeasureSet, Session
from spring.demo.batch import Batch
from spring.demo.cases import Case
from spring.demo.chance import Chance

HELD_AT_REVIEW = 0.74
HELD_AT_CLOSING = 0.4
KEYED_WRONG = 0.012


class Feeling:
    """One person's answers in the course of one journey."""

    def __init__(self, chance: Chance, batch: Batch, journey: Journey, case: Case) -> None:
        self.chance, self.batch, self.journey, self.case = chance, batch, journey, case
        mood = chance.gauss(4.6, 1.6)
        self.level = {
            item.code: (mood if item.higher_is_better else 10.2 - mood) + chance.gauss(0, 1)
            for item in ONS4.items
        }
        self.gain = chance.gauss(1.3, 1.3)  # some feel worse; over eight months or so
        self.asked = False
        self.first_day = None

    def after(self, session: Session) -> None:
        """Perhaps ask for the first time."""
        if self.asked or self.case.baseline == "none":
            return
        started = self.journey.started_on or session.happened_on
        if self.case.baseline == "late":
            ready = session.happened_on > started + timedelta(days=30)
        else:
            ready = session.happened_on > started or self.chance.often(0.6)
        if ready:
            self.asked = True
            self._answer(session, missing=self.case.baseline == "in part")

    def at_review(self, session: Session) -> None:
        """Perhaps ask again."""
        if self.case.steady or self.chance.often(HELD_AT_REVIEW):
            self._answer(session, missing=not self.case.steady and self.chance.often(0.06))

    def at_closing(self, session: Session | None) -> None:
        """Perhaps ask a last time, if the last contact was one."""
        if session and session.is_engaged and self.asked and self.chance.often(HELD_AT_CLOSING):
            self._answer(session, missing=False)

    def _answer(self, session: Session, *, missing: bool) -> None:
        chance, journey = self.chance, self.journey
        at = session.created_at + timedelta(minutes=1)
        started = journey.started_on or session.happened_on
        far = min(1.0, (session.happened_on - started).days / 240)
        values = {}
        for item in ONS4.items:
            better = self.gain * far * (1 if item.higher_is_better else -1)
            level = self.level[item.code] + better + chance.gauss(0, 0.8)
            values[item.code] = max(item.low, min(item.high, round(level)))
        if missing:
            for code in chance.sample(list(values), chance.whole(1, 3)):
                del values[code]
        wrong = None
        if chance.often(KEYED_WRONG):
            first = next(iter(values))
            wrong = self._set(session, at, values | {first: 10 - values[first]})
            at += timedelta(minutes=20)
        right = self._set(session, at, values, "Keyed from the wrong line" if wrong else "")
        if wrong:
            wrong.superseded_by = right

    def _set(self, session: Session, at, values: dict[str, int], reason: str = "") -> MeasureSet:
        if session.mode == Session.Mode.TELEPHONE:
            how = Completion.TELEPHONE
        else:
            how = Completion.WITH_HELP if self.chance.often(0.4) else Completion.SELF
        answered = MeasureSet(
            id=self.chance.id_at(at),
            created_at=at,
            journey=self.journey,
            instrument=ONS4.code,
            version=ONS4.version,
            completed_on=session.happened_on,
            entered_at=at,
            completion=how,
            keyed_by=session.worker,
            is_complete=len(values) == len(ONS4.items),
            correction_reason=reason,
        )
        self.batch.add(answered)
        for code, value in values.items():
            self.batch.add(MeasureAnswer(measure_set=answered, item=code, value=value))
        return answered
