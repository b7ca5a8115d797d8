"""One journey told day by day, the way the actions would have written it down."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from participants import reviews
from participants.models import (
    Assignment,
    Journey,
    JourneyNeed,
    Pause,
    Review,
    Session,
    StageChange,
)
from participants.stages import AFTER_START, ClosureReason, Stage
from spring.accounts.models import User
from spring.core.calendar import add_working_days, is_working_day
from spring.core.dates import add_months
from spring.demo import phrases
from spring.demo.batch import Batch
from spring.demo.cases import Case
from spring.demo.chance import Chance
from spring.demo.consents import agree
from spring.demo.measures import Feeling
from spring.demo.people import Opening
from spring.demo.plans import Planning
from spring.demo.sessions import Diary, Keeper

Kind, Outcome = Session.Kind, Session.Outcome

SKIP = "skip"
LONG = 30  # days without contact that a worker is reminded of
ENDED_TOGETHER = (ClosureReason.GOALS_MET, ClosureReason.CONTENT, ClosureReason.SELF_SUPPORT)


class Telling:
    """Tells one journey, from its opening to today or to its end."""

    def __init__(
        self,
        chance: Chance,
        batch: Batch,
        case: Case,
        opening: Opening,
        keeper: Keeper,
        next_keeper: Keeper | None,
        as_of: date,
        supporter: Keeper | None = None,
    ) -> None:
        self.chance, self.batch, self.case, self.opening = chance, batch, case, opening
        self.keeper, self.next_keeper, self.as_of = keeper, next_keeper, as_of
        self.last_day = as_of - timedelta(days=1)
        self.pauses: list[Pause] = []
        self.handled: list[int] = []
        self.review_offsets: dict[int, int] = {}
        self.forgotten: list[int] = []
        self.journey = self._open(supporter)
        self.diary = Diary(
            chance, batch, self.journey, case, opening.person, opening.participant, keeper,
            opening.at, as_of,
        )  # fmt: skip
        self.feeling = Feeling(chance, batch, self.journey, case)
        self.planning = Planning(chance, batch, self.journey, case, opening.person, as_of)

    # --- the beginning ---------------------------------------------------------------------------
    def _open(self, supporter: Keeper | None) -> Journey:
        start, chance = self.opening, self.chance
        accepted_on = start.at.date()
        journey = Journey(
            id=chance.id_at(start.at),
            created_at=start.at,
            participant=start.participant,
            service=start.service,
            partner=self.keeper.partner,
            practice=start.practice,
            council=start.council,
            reference=start.reference,
            source=start.source,
            said_at_referral=start.matters,
            continues=start.continues,
            referred_on=start.referred_on,
            accepted_on=accepted_on,
            first_contact_due_on=add_working_days(
                accepted_on, settings.SPRING["FIRST_CONTACT_WORKING_DAYS"]
            ),
        )
        self.batch.add(journey)
        for need in start.person.needs:
            self.batch.add(JourneyNeed(journey=journey, need=need))
        self.batch.add(
            StageChange(
                journey=journey, to_stage=Stage.WAITING, on=accepted_on, at=start.at, by=start.by
            )
        )
        self.assignment = self.batch.add(
            Assignment(
                journey=journey,
                worker=self.keeper.worker,
                partner=self.keeper.partner,
                starts_at=start.at,
            )
        )
        if supporter:
            self.batch.add(
                Assignment(
                    journey=journey,
                    worker=supporter.worker,
                    partner=supporter.partner,
                    is_lead=False,
                    starts_at=start.at,
                )
            )
        return journey

    def tell(self) -> Journey:
        """Tell it all; the rows are in the batch, and the journey's own row is complete."""
        start = self._before_the_start()
        if start is None:
            self._never_started()
        else:
            self._from(start)
        self._settle()
        self.diary.leave_next_step()
        if self.case.corrected:
            self.diary.correct_one()
        return self.journey

    def _before_the_start(self) -> date | None:
        case, accepted = self.case, self.journey.accepted_on
        day = add_working_days(accepted, case.first_try_after)
        start = None
        if case.starts_after is not None:
            start = add_working_days(accepted + timedelta(days=case.starts_after), 0)
            if case.starts_on:
                start = case.starts_on
            if case.tries == 0:
                day = start
        for _ in range(case.tries):
            if day > self.last_day:
                break
            self.diary.tried(day)
            day = add_working_days(day, self.chance.whole(1, 4))
        start = max(start, day) if start else None
        return start if start and start <= self.last_day else None

    def _never_started(self) -> None:
        case = self.case
        if case.starts_after is None and case.lasts is not None:
            earliest = self.diary.latest or self.journey.accepted_on
            day = max(earliest, self.journey.accepted_on + timedelta(days=case.lasts))
            self._close(add_working_days(day, 0))

    # --- the middle --------------------------------------------------------------------------------
    def _from(self, start: date) -> None:
        case, chance = self.case, self.chance
        closes_on = add_working_days(start + timedelta(days=case.lasts), 0) if case.lasts else None
        if closes_on and closes_on > self.last_day:
            closes_on = None
        stop = closes_on or self.as_of - timedelta(days=case.silent)
        first = self.diary.met(start)
        self._move(Stage.ACTIVE, start, "first contact", by=first.worker, at=first.created_at)
        self.journey.started_on = start
        agree(chance, self.batch, self.opening.participant, first, self.as_of)
        self.feeling.after(first)
        self.planning.after(first)
        pauses = [(start + timedelta(days=after), length) for after, length in case.pauses]
        hand_over_on = start + timedelta(days=case.hand_over_after) if self.next_keeper else None
        day = self._later(start)
        while True:
            kind, day = self._what_is_next(day, start)
            if pauses and pauses[0][0] <= day:
                begins, length = pauses.pop(0)
                begins = max(begins, (self.diary.latest or start))
                if begins >= stop:
                    continue
                ends = begins + timedelta(days=length) if length else None
                if not self._pause(begins, ends, stop):
                    break
                day = add_working_days(self.pauses[-1].ends_on or begins, chance.whole(1, 4))
                continue
            day = add_working_days(day, 0)
            if day >= stop:
                if not closes_on:
                    self._look_in(stop)
                break
            if hand_over_on and hand_over_on <= day:
                self._hand_over(hand_over_on)
                hand_over_on = None
            self._meet(day, kind)
            day = self._later(day)
        if hand_over_on and hand_over_on < stop:
            self._hand_over(max(hand_over_on, self.diary.clock.date()))
        if closes_on:
            self._close(closes_on)

    def _look_in(self, stop: date) -> None:
        """Few are left alone for long: a worker looks in before the story's end."""
        case, last = self.case, self.diary.last_met or stop
        if case.met_last:
            while not is_working_day(stop):
                stop -= timedelta(days=1)
            if stop > (self.diary.latest or last):
                self.diary.met(stop)
        elif case.silent < LONG and not case.rhythm and (self.as_of - last).days >= LONG:
            day = add_working_days(stop, -1)
            if day > (self.diary.latest or last) and self.chance.often(0.75):
                self.diary.met(day)

    def _later(self, day: date) -> date:
        every = self.case.every
        if every == 1:
            return day + timedelta(days=self.chance.one_of((0, 1, 1, 1)))
        return day + timedelta(days=max(1, self.chance.around(every, every / 4, 1, 120)))

    def _what_is_next(self, day: date, start: date) -> tuple[str, date]:
        """A session on `day`, or a review or its skipping if that comes first."""
        months = settings.SPRING["REVIEW_MONTHS"]
        while due := reviews.next_review(
            start, self.journey.paused_days, self.handled + self.forgotten, months
        ):
            how = self.case.reviews[months.index(due.month) % len(self.case.reviews)]
            if how == "skipped" and self.forgotten:
                how = "held"  # only the review that is due next can be skipped
            low, high = {"held": (-6, 9), "late": (12, 40), "skipped": (2, 20)}.get(how, (0, 0))
            if self.case.steady:
                high = low + 5
            offset = self.review_offsets.setdefault(due.month, self.chance.whole(low, high))
            planned = due.due_on + timedelta(days=offset)
            if planned > day + timedelta(days=4):
                return Kind.SESSION, day
            if how == "forgotten":
                self.forgotten.append(due.month)
                continue
            earliest = (self.diary.latest or start) + timedelta(days=1)
            return SKIP if how == "skipped" else Kind.REVIEW, max(planned, earliest)
        return Kind.SESSION, day

    def _meet(self, day: date, kind: str) -> None:
        if kind == SKIP:
            self._skip_review(day)
        elif kind == Kind.REVIEW:
            session = self.diary.reviewed(day)
            self._hold_review(session)
            self.feeling.at_review(session)
            self.planning.at_review(session)
        else:
            session = self.diary.whatever(day)
            if session.is_engaged:
                self.feeling.after(session)
                self.planning.after(session)

    def _hold_review(self, session: Session) -> None:
        started = self.journey.started_on or session.happened_on
        spans = [(pause.starts_on, pause.ends_on) for pause in self.pauses]
        due = reviews.review_at(
            session.happened_on,
            started,
            reviews.paused_days(spans, session.happened_on, since=started),
            settings.SPRING["REVIEW_MONTHS"],
            settings.SPRING["REVIEW_WINDOW_DAYS"],
        )
        if due and due.month not in self.handled:
            at = session.created_at
            self._review(due, at, done_on=session.happened_on, session=session)

    def _skip_review(self, day: date) -> None:
        due = reviews.next_review(
            self.journey.started_on,
            self.journey.paused_days,
            self.handled,
            settings.SPRING["REVIEW_MONTHS"],
        )
        if due:
            reason = self.chance.one_of(phrases.SKIP_REASONS)
            self._review(due, self.diary.written(day), skipped_reason=reason)

    def _review(self, due: reviews.DueReview, at: datetime, **facts: Any) -> None:
        self.handled.append(due.month)
        self.batch.add(
            Review(
                id=self.chance.id_at(at),
                created_at=at,
                journey=self.journey,
                partner=self.keeper.partner,
                month=due.month,
                due_on=due.due_on,
                by=self.keeper.worker,
                **facts,
            )
        )

    def _move(self, to: str, on: date, reason: str, *, by: User, at: datetime) -> None:
        self.batch.add(
            StageChange(
                journey=self.journey,
                from_stage=self.journey.stage,
                to_stage=to,
                on=on,
                at=at,
                by=by,
                reason=reason,
            )
        )
        self.journey.stage = to

    def _pause(self, begins: date, ends: date | None, stop: date) -> bool:
        """Pause; true if the journey went on again afterwards."""
        at = self.diary.written(begins)
        reason = self.case.pause_reason or self.chance.drawn(phrases.PAUSE_REASONS)
        pause = self.batch.add(Pause(journey=self.journey, starts_on=begins, reason=reason))
        self.pauses.append(pause)
        self._move(Stage.PAUSED, begins, reason, by=self.keeper.worker, at=at)
        if ends is None or ends >= stop:
            return False
        self._end_pause(ends)
        at = self.diary.written(ends)
        self._move(Stage.ACTIVE, ends, "resumed", by=self.keeper.worker, at=at)
        return True

    def _end_pause(self, ends: date) -> None:
        self.pauses[-1].ends_on = ends
        spans = [(pause.starts_on, pause.ends_on) for pause in self.pauses]
        self.journey.paused_days = reviews.paused_days(spans, ends, since=self.journey.started_on)

    def _hand_over(self, on: date) -> None:
        keeper = self.next_keeper
        if keeper is None:
            return
        on = min(add_working_days(on, 0), self.last_day)
        at = max(self.chance.moment(on), self.diary.clock + timedelta(minutes=2))
        self.diary.clock = at
        self.assignment.ends_at = at
        self.keeper, self.next_keeper = keeper, None
        self.diary.keeper = keeper
        self.assignment = self.batch.add(
            Assignment(
                journey=self.journey,
                worker=keeper.worker,
                partner=keeper.partner,
                starts_at=at,
                handover_note=self.chance.one_of(phrases.HANDOVER_NOTES),
            )
        )
        self.journey.partner = keeper.partner

    # --- the end -----------------------------------------------------------------------------------
    def _close(self, on: date) -> None:
        if on > self.last_day:
            return
        journey, reason = self.journey, self.case.reason
        started = journey.started_on
        if started and reason not in AFTER_START:
            reason = ClosureReason.SELF_SUPPORT
        if started and reason in ENDED_TOGETHER and journey.stage == Stage.ACTIVE:
            self.diary.met(on)
        at = self.diary.written(on)
        if journey.stage == Stage.PAUSED:
            self._end_pause(on)
        self._move(Stage.CLOSED, on, reason, by=self.keeper.worker, at=at)
        journey.closed_on, journey.closure_reason = on, reason
        journey.closure_summary = phrases.SUMMARIES[reason]
        if started and on < add_months(started, settings.SPRING["EARLY_CLOSE_MONTHS"]):
            journey.early_closure_reason = phrases.EARLY_REASONS[reason]
        self.feeling.at_closing(self.diary.sessions[-1] if self.diary.sessions else None)
        self.planning.at_closing(on)

    def _settle(self) -> None:
        """Fill what the row of the journey says about contact and what is due."""
        journey = self.journey
        engaged = [s.happened_on for s in self.diary.sessions if s.is_engaged]
        tried = [
            s.happened_on
            for s in self.diary.sessions
            if s.kind != Kind.ON_BEHALF and (s.is_attempt or s.outcome == Outcome.ATTENDED)
        ]
        journey.first_attempt_on = min(tried, default=None)
        journey.started_on = min(engaged, default=None)
        journey.last_engaged_on = last = max(engaged, default=None)
        journey.attempts = sum(
            s.is_attempt and (last is None or s.happened_on > last) for s in self.diary.sessions
        )
        if self.case.rhythm and journey.started_on:
            journey.rhythm_days, journey.rhythm_reason = self.case.rhythm
        due = None
        if journey.stage == Stage.ACTIVE:
            due = reviews.next_review(
                journey.started_on,
                journey.paused_days,
                self.handled,
                settings.SPRING["REVIEW_MONTHS"],
            )
        journey.next_review_on = due.due_on if due else None
        journey.next_review_month = due.month if due else None
