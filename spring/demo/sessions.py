"""What was done with somebody, day by day, and what was promised next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from linkworkers.models import Task
from participants.models import Journey, Participant, Session
from partners.models import Organisation
from spring.accounts.models import User
from spring.core.calendar import is_working_day
from spring.demo import phrases
from spring.demo.batch import Batch
from spring.demo.cases import Case
from spring.demo.chance import Chance, Odds
from spring.demo.people import Person

Kind, Mode, Outcome = Session.Kind, Session.Mode, Session.Outcome

HOW = Odds({Mode.IN_PERSON: 46, Mode.TELEPHONE: 42, Mode.VIDEO: 4, Mode.GROUP: 8})
WENT = Odds(
    {
        Outcome.ATTENDED: 77,
        Outcome.DID_NOT_ATTEND: 6,
        Outcome.CANCELLED_BY_PERSON: 6,
        Outcome.CANCELLED_BY_SERVICE: 2,
        Outcome.NO_ANSWER: 5,
        Outcome.LEFT_MESSAGE: 3,
        Outcome.WORKER_UNAVAILABLE: 1,
    }
)
TRIED = Odds({Outcome.NO_ANSWER: 6, Outcome.LEFT_MESSAGE: 4})
ALONE = Odds({"yes": 74, "no": 12, "unsure": 3, "": 11})
WRITTEN_AFTER = Odds({0: 70, 1: 18, 2: 6, 3: 3, 7: 2, 20: 1})  # days
MINUTES: dict[str, tuple[int, int, int, int]] = {
    Mode.IN_PERSON: (55, 12, 20, 120),
    Mode.TELEPHONE: (22, 8, 5, 60),
    Mode.VIDEO: (35, 8, 15, 60),
    Mode.GROUP: (75, 15, 30, 150),
}
LONG_AGO = 20  # days since they last spoke, after which a worker does not give up easily


@dataclass
class Keeper:
    """Who holds a journey, and where."""

    worker: User
    partner: Organisation


class Diary:
    """Keeps what happens on one journey, in the order in which it was written down."""

    def __init__(
        self, chance: Chance, batch: Batch, journey: Journey, case: Case, person: Person,
        participant: Participant, keeper: Keeper, opened: datetime, as_of: date,
    ) -> None:  # fmt: skip
        self.chance, self.batch, self.journey, self.case = chance, batch, journey, case
        self.person, self.participant, self.keeper = person, participant, keeper
        self.as_of, self.last_day = as_of, as_of - timedelta(days=1)
        self.clock = opened  # nothing is written down before what came before it
        self.sessions: list[Session] = []
        self.task: Task | None = None

    @property
    def last_met(self) -> date | None:
        """The last day on which they spoke."""
        return next((s.happened_on for s in reversed(self.sessions) if s.is_engaged), None)

    @property
    def latest(self) -> date | None:
        """The last day of which anything is written."""
        return self.sessions[-1].happened_on if self.sessions else None

    def written(self, day: date) -> datetime:
        """When something of a day was written down: mostly at once, never before what came first,
        never after the story's last day.
        """
        late = self.chance.drawn(WRITTEN_AFTER)
        at = self.chance.moment(min(day + timedelta(days=late), self.last_day), 9, 18)
        self.clock = max(at, self.clock + timedelta(minutes=2))
        return self.clock

    def phone_or_text(self) -> str:
        """How somebody is tried."""
        return Mode.TELEPHONE if self.chance.often(0.85) else Mode.MESSAGE

    def tried(self, day: date) -> Session:
        """An attempt that did not reach them."""
        return self.session(day, Kind.SESSION, self.phone_or_text(), self.chance.drawn(TRIED))

    def met(self, day: date) -> Session:
        """A contact that took place."""
        return self.session(day, Kind.SESSION, self.chance.drawn(HOW), Outcome.ATTENDED)

    def reviewed(self, day: date) -> Session:
        """A review that took place."""
        how = Mode.IN_PERSON if self.chance.often(0.7) else Mode.TELEPHONE
        return self.session(day, Kind.REVIEW, how, Outcome.ATTENDED)

    def whatever(self, day: date) -> Session:
        """Whatever the day brought: mostly they spoke."""
        chance = self.chance
        overdue = (day - (self.last_met or day)).days > LONG_AGO
        if self.case.steady or (overdue and chance.often(0.85)):
            return self.met(day)
        if chance.often(0.07):
            return self.session(day, Kind.ON_BEHALF, Mode.TELEPHONE, Outcome.DONE)
        if chance.often(0.04):
            return self.session(day, Kind.CHECK_IN, Mode.MESSAGE, Outcome.ATTENDED)
        how: str = chance.drawn(HOW)
        went = chance.drawn(WENT)
        if self.participant.interpreter and chance.often(0.07):
            went = Outcome.INTERPRETER_UNAVAILABLE
        if went in Session.ATTEMPTS:
            how = self.phone_or_text()
        return self.session(day, Kind.CHECK_IN if chance.often(0.15) else Kind.SESSION, how, went)

    def session(self, day: date, kind: str, mode: str, outcome: str) -> Session:
        """Write down one session, and often what is to come of it."""
        chance, at = self.chance, self.written(day)
        went = outcome == Outcome.ATTENDED
        session = Session(
            id=chance.id_at(at),
            created_at=at,
            journey=self.journey,
            partner=self.keeper.partner,
            worker=self.keeper.worker,
            planned_for=day if self.sessions and chance.often(0.6) else None,
            happened_on=day,
            kind=kind,
            mode=mode,
            outcome=outcome,
            minutes=self._minutes(kind, mode, outcome),
            note=self._note(kind, mode, outcome),
            alone=chance.drawn(ALONE) if went and mode != Mode.GROUP else "",
        )
        self.sessions.append(session)
        self.batch.add(session)
        if self.task:
            self.task.done_on, self.task = max(at.date(), self.task.created_at.date()), None
        if chance.often(0.4):
            due = day + timedelta(days=chance.one_of((7, 7, 14, 14, 14, 28)))
            self.task = self._promise(chance.one_of(phrases.TASKS), due, at)
        return session

    def _promise(self, text: str, due_on: date, at: datetime) -> Task:
        return self.batch.add(
            Task(
                id=self.chance.id_at(at),
                created_at=at,
                journey=self.journey,
                text=text,
                due_on=due_on,
                by=self.keeper.worker,
            )
        )

    def _minutes(self, kind: str, mode: str, outcome: str) -> int:
        chance = self.chance
        if outcome == Outcome.ATTENDED and mode in MINUTES:
            minutes = chance.around(*MINUTES[Session.Mode(mode)])
            return minutes // 5 * 5 + (15 if kind == Kind.REVIEW else 0)
        return chance.one_of((0, 0, 5, 5, 10, 15)) if kind != Kind.ON_BEHALF else 20

    def _note(self, kind: str, mode: str, outcome: str) -> str:
        chance = self.chance
        if kind == Kind.ON_BEHALF:
            return chance.one_of(phrases.ON_BEHALF_NOTES)
        if outcome != Outcome.ATTENDED:
            return chance.one_of(phrases.ATTEMPT_NOTES[outcome])
        first = phrases.NOTE_STARTS.get(mode, phrases.NOTE_STARTS[""])
        parts = (
            chance.one_of(phrases.REVIEW_NOTES if kind == Kind.REVIEW else first),
            chance.one_of(phrases.NOTE_MIDDLES[chance.one_of(self.person.needs)]),
            chance.one_of(phrases.NOTE_ENDS),
        )
        return " ".join(part for part in parts if part)

    def leave_next_step(self) -> None:
        """Leave one promise open, as the case has it; a closed journey has none."""
        chance, case = self.chance, self.case
        if not self.journey.is_open or case.next_step == "none":
            if self.task:
                self.task.done_on = max(self.clock.date(), self.task.created_at.date())
            self.task = None
            return
        text = chance.one_of(phrases.TASKS) if self.sessions else "Ring to say hello"
        days = chance.whole(0, 24) if case.next_step == "ahead" else -chance.whole(1, 20)
        if case.next_words:
            text, days = case.next_words
        due = self.as_of + timedelta(days=days)
        while days >= 0 and not is_working_day(due):
            due += timedelta(days=1)
        if self.task is None:
            self.task = self._promise(text, due, self.clock + timedelta(minutes=1))
        elif case.next_words:
            self.task.text = text
        self.task.due_on = max(due, self.task.created_at.date())

    def correct_one(self) -> None:
        """Show one session as put right afterwards, with what stood there before."""
        told = [s for s in self.sessions if s.is_engaged and s.created_at.date() < self.last_day]
        if not told:
            return
        session = self.chance.one_of(told)
        before = {"minutes": session.minutes + 60, "note": session.note.split(". ")[0] + "."}
        self._version(session, "+", session.created_at, before)
        self._version(
            session, "~", session.created_at + timedelta(minutes=self.chance.whole(5, 90))
        )

    def _version(
        self, session: Session, kind: str, at: datetime, before: dict[str, Any] | None = None
    ) -> None:
        version = Session.history.model
        values = {
            field.attname: getattr(session, field.attname) for field in version.tracked_fields
        }
        self.batch.add(
            version(
                **(values | (before or {})),
                history_date=at,
                history_type=kind,
                history_user_id=session.worker_id,
            )
        )
