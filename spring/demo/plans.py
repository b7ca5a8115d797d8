"""The wellbeing plan in the course of a journey."""

from datetime import date, timedelta

from participants.models import Goal, Journey, Plan, PlanAction, Session
from participants.stages import ClosureReason
from spring.demo import phrases
from spring.demo.batch import Batch
from spring.demo.cases import Case
from spring.demo.chance import Chance, Odds
from spring.demo.people import Person

WHO = Odds({PlanAction.Who.PERSON: 60, PlanAction.Who.WORKER: 28, PlanAction.Who.OTHER: 12})
ENDED_WELL = (ClosureReason.GOALS_MET, ClosureReason.SELF_SUPPORT)


class Planning:
    """One person's plan, from the meeting at which it is written."""

    def __init__(
        self,
        chance: Chance,
        batch: Batch,
        journey: Journey,
        case: Case,
        person: Person,
        as_of: date,
    ) -> None:
        self.chance, self.batch, self.journey, self.case = chance, batch, journey, case
        self.person, self.as_of = person, as_of
        self.meetings = 0
        self.due_at = chance.whole(1, 3)
        self.plan: Plan | None = None
        self.goals: list[Goal] = []

    def after(self, session: Session) -> None:
        """Write the plan, at the first, second or third meeting."""
        self.meetings += 1
        if self.plan or self.case.plan == "none" or self.meetings < self.due_at:
            return
        chance, at = self.chance, session.created_at + timedelta(minutes=1)
        agreed = self.case.plan
        words = self.case.plan_words
        matters = [chance.one_of(phrases.MATTERS[need]) for need in self.person.needs[:2]]
        strengths = [chance.one_of(phrases.STRENGTHS) for _ in range(chance.whole(1, 3))]
        self.plan = self.batch.add(
            Plan(
                id=chance.id_at(at),
                created_at=at,
                journey=self.journey,
                what_matters=words.get("matters") or " ".join(dict.fromkeys(matters)),
                strengths=words.get("strengths") or " ".join(dict.fromkeys(strengths)),
                agreed=agreed,
                agreed_on=session.happened_on if agreed == "yes" else None,
                not_agreed_reason=chance.one_of(phrases.NOT_AGREED) if agreed == "no" else "",
                version=1,
                updated_by=session.worker,
            )
        )
        for position, said in enumerate(words.get("goals", ())):
            self._said(session, position, *said)
        if self.goals:
            return
        wanted = [goal for need in self.person.needs for goal in phrases.GOALS[need]]
        chance.shuffle(wanted)
        for position in range(self.case.goals):
            text = wanted[position % len(wanted)]
            if position >= len(wanted):
                text = f"{text} ({position // len(wanted) + 1})"
            self._goal(session, position, text)

    def _goal(self, session: Session, position: int, text: str) -> None:
        chance, at = self.chance, session.created_at + timedelta(minutes=1)
        goal = self.batch.add(
            Goal(
                id=chance.id_at(at),
                created_at=at,
                plan=self.plan,
                position=position,
                text=text,
                importance=chance.around(7.5, 1.8, 1, 10) if chance.often(0.93) else None,
            )
        )
        self.goals.append(goal)
        for _ in range(chance.one_of((0, 1, 1, 1, 2))):
            due = session.happened_on + timedelta(days=chance.whole(7, 60))
            # Done by a day that has been, or not yet.
            done = due - timedelta(days=chance.whole(-6, 6)) if chance.often(0.6) else None
            if done and not session.happened_on <= done < self.as_of:
                done = None
            self.batch.add(
                PlanAction(
                    id=chance.id_at(at),
                    created_at=at,
                    goal=goal,
                    text=chance.one_of(phrases.STEPS),
                    who=chance.drawn(WHO),
                    due_on=due if chance.often(0.85) else None,
                    confidence=chance.around(6.5, 2, 1, 10) if chance.often(0.9) else None,
                    done_on=done,
                )
            )

    def _said(
        self, session: Session, position: int, text: str, importance: int, step: str, days: int,
        confidence: int | None, met_days_ago: int | None,
    ) -> None:  # fmt: skip
        """A goal in the words that a picture shows; days are counted from today."""
        chance, at = self.chance, session.created_at + timedelta(minutes=1)
        met = self.as_of - timedelta(days=met_days_ago) if met_days_ago else None
        goal = self.batch.add(
            Goal(
                id=chance.id_at(at), created_at=at, plan=self.plan, position=position, text=text,
                importance=importance, status="met" if met else "open", settled_on=met,
            )
        )  # fmt: skip
        self.goals.append(goal)
        if step:
            self.batch.add(
                PlanAction(
                    id=chance.id_at(at), created_at=at, goal=goal, text=step,
                    due_on=self.as_of + timedelta(days=days), confidence=confidence,
                )
            )  # fmt: skip

    def at_review(self, session: Session) -> None:
        """Look at the goals again: some are met by now, some no longer wanted."""
        if self.plan is None:
            return
        self.plan.version += 1
        self.plan.updated_by = session.worker
        if self.case.plan_words:
            return
        for goal in self.goals:
            if goal.status == Goal.Status.OPEN and self.chance.often(0.3):
                chosen = self.chance.random()
                self._settle(goal, "met" if chosen < 0.7 else "partly" if chosen < 0.9 else "dropped",
                             session.happened_on)  # fmt: skip

    def at_closing(self, on: date) -> None:
        """Say of most goals what became of them."""
        well = self.journey.closure_reason in ENDED_WELL
        for goal in self.goals:
            if goal.status == Goal.Status.OPEN and self.chance.often(0.9 if well else 0.5):
                met = self.chance.often(0.8 if well else 0.3)
                self._settle(goal, "met" if met else "partly", on)

    def _settle(self, goal: Goal, status: str, on: date) -> None:
        goal.status, goal.settled_on = status, on
