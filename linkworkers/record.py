"""One person's record as their page shows it, read in a fixed number of queries."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.http import Http404

from linkworkers.lines import review_marks
from linkworkers.models import Task
from participants.access import LATEST_FIRST, arranges, hands_over, works_on
from participants.instruments import ONS4
from participants.models import (
    Assignment,
    Goal,
    Journey,
    MeasureAnswer,
    MeasureSet,
    Participant,
    Plan,
    PlanAction,
    Session,
)
from participants.models.people import CARER
from participants.reviews import DueReview, review_at
from participants.stages import Stage
from participants.timeline import Entry, timeline
from participants.trends import Trend, trends
from spring.core import clock
from spring.core.journey_line import JourneyFacts
from spring.core.vocabulary import RiskStatus

LONG_TAG = 60  # letters: more than this is a sentence, not a tag


@dataclass(frozen=True)
class GoalLine:
    """A goal with the step that comes next."""

    goal: Goal
    next_action: PlanAction | None
    steps: int

    @property
    def is_open(self) -> bool:
        return self.goal.status == Goal.Status.OPEN


@dataclass
class Answered:
    """One set of ONS4 answers, by question."""

    measure: MeasureSet
    values: dict[str, int]

    @property
    def row(self) -> list[tuple[str, int | None]]:
        """(question, answer) in order; None where there is no answer."""
        return [(item.short, self.values.get(item.code)) for item in ONS4.items]


@dataclass
class PersonRecord:
    """Everything the page needs; nothing in it runs a query."""

    journey: Journey
    earlier: list[Journey]
    sessions: list[Session]
    tasks: list[Task]
    answered: list[Answered]
    works: bool
    arranges: bool
    hands_over: bool
    keeps_details: bool
    is_present: bool
    """False where the person has another, open journey: what is known of them now is its alone."""

    @property
    def participant(self) -> Participant:
        return self.journey.participant

    @property
    def name(self) -> str:
        return self.participant.first_called

    @cached_property
    def plan(self) -> Plan | None:
        return getattr(self.journey, "plan", None)

    @property
    def agreement(self) -> tuple[str, str]:
        """(words, kind of tag) for how the plan stands."""
        plan = self.plan
        if plan is None:
            return ("not written yet", "quiet")
        if plan.agreed_on:
            return (f"agreed {plan.agreed_on.day} {plan.agreed_on:%B %Y}", "ok")
        if plan.agreed == Plan.Agreed.NO:
            return ("not agreed", "late")
        return ("not agreed yet", "due")

    @property
    def what_matters(self) -> str:
        """In the plan's words or, until there is one, as it was said at the referral."""
        return (self.plan.what_matters if self.plan else "") or self.journey.said_at_referral

    @property
    def said_at_referral(self) -> bool:
        return bool(self.what_matters) and not (self.plan and self.plan.what_matters)

    @cached_property
    def goals(self) -> list[GoalLine]:
        """Open goals first, each with its next step."""
        if self.plan is None:
            return []
        goals = sorted(self.plan.goals.all(), key=lambda g: (g.position, g.created_at))
        lines = []
        for goal in goals:
            steps = list(goal.actions.all())
            undone = [step for step in steps if step.done_on is None]
            undone.sort(key=lambda step: (step.due_on is None, step.due_on, step.created_at))
            lines.append(GoalLine(goal, undone[0] if undone else None, len(steps)))
        return sorted(lines, key=lambda line: not line.is_open)

    @property
    def open_goals(self) -> list[GoalLine]:
        return [line for line in self.goals if line.is_open]

    @property
    def settled_goals(self) -> list[GoalLine]:
        return [line for line in self.goals if not line.is_open]

    @cached_property
    def trends(self) -> tuple[Trend, ...]:
        return trends(ONS4, [(a.measure.completed_on, a.values) for a in self.answered])

    @property
    def questions(self) -> list[str]:
        return [item.short for item in ONS4.items]

    @cached_property
    def lead(self) -> Assignment | None:
        held = [a for a in self.journey.assignments.all() if a.is_lead and a.ends_at is None]
        return held[0] if held else None

    @cached_property
    def pause(self) -> Any:
        """The pause that lasts, if there is one."""
        return next((p for p in self.journey.pauses.all() if p.ends_on is None), None)

    @cached_property
    def line(self) -> JourneyFacts:
        journey, today = self.journey, clock.today()
        spans = [(pause.starts_on, pause.ends_on) for pause in journey.pauses.all()]
        handled = {r.month: (r.due_on, r.done_on is not None) for r in journey.reviews.all()}
        return JourneyFacts(
            referred_on=journey.referred_on,
            today=today,
            started_on=journey.started_on,
            plan_agreed_on=self.plan.agreed_on if self.plan else None,
            reviews=review_marks(journey, handled, spans, today),
            sessions=tuple(
                (session.happened_on, session.outcome == Session.Outcome.ATTENDED)
                for session in self.sessions
                if session.kind != Session.Kind.ON_BEHALF
            ),
            pauses=tuple(spans),
            closed_on=journey.closed_on,
            months=settings.SPRING["JOURNEY_MONTHS"],
        )

    @cached_property
    def entries(self) -> list[Entry]:
        journey = self.journey
        return timeline(
            journey,
            sessions=self.sessions,
            reviews=journey.reviews.all(),
            pauses=journey.pauses.all(),
            assignments=journey.assignments.all(),
            measures=[answered.measure for answered in self.answered],
            plan_agreed_on=self.plan.agreed_on if self.plan else None,
            with_notes=self.works,
        )

    @property
    def tags(self) -> list[tuple[str, str]]:
        """(words, kind): access needs, then risks; a long one stands below as a sentence."""
        if not self.is_present:
            return []
        needs = [need for need in self.participant.access_needs if len(need) <= LONG_TAG]
        found = [(need, "special" if need == CARER else "info") for need in needs]
        status, risks = self.participant.risk_status, self.participant.risks
        if status == RiskStatus.STATED and len(risks) <= LONG_TAG:
            found.append((f"Risk: {risks}", "late"))
        elif status == RiskStatus.STATED:
            found.append(("Risk: read below", "late"))
        elif status == RiskStatus.NONE_KNOWN:
            found.append(("No risks known, record checked", "quiet"))
        else:
            found.append(("Risks not checked", "due"))
        return found

    @property
    def long_needs(self) -> list[str]:
        needs = self.participant.access_needs if self.is_present else []
        return [need for need in needs if len(need) > LONG_TAG]

    @property
    def long_risks(self) -> str:
        risks = self.participant.risks if self.is_present else ""
        return risks if len(risks) > LONG_TAG else ""

    @cached_property
    def review_now(self) -> DueReview | None:
        """The review that one held today would count as, unless it is settled or time stands still."""
        journey = self.journey
        if journey.stage != Stage.ACTIVE or journey.started_on is None:
            return None
        due = review_at(
            clock.today(),
            journey.started_on,
            journey.paused_days,
            settings.SPRING["REVIEW_MONTHS"],
            settings.SPRING["REVIEW_WINDOW_DAYS"],
        )
        settled = {review.month for review in journey.reviews.all()}
        return due if due and due.month not in settled else None


def read_record(user: Any, participant: UUID) -> PersonRecord:
    """The open, else the latest, journey of this person that `user` may see, and all around it.

    Of the person's other journeys only dates and the closing summary. 404 if `user` may see none.
    """
    of_person = Journey.objects.marked_for(user).filter(participant=participant)
    leads = Assignment.objects.select_related("worker", "partner").order_by("starts_at", "pk")
    of_person = of_person.select_related(
        "participant", "participant__practice", "partner", "practice", "plan"
    ).order_by(*LATEST_FIRST)
    journeys = list(of_person)
    seen = [journey for journey in journeys if journey.may_see]
    if not seen:
        raise Http404
    journey = seen[0]
    _load(journey, leads)
    works = works_on(user, journey)
    is_present = journey.is_open or not any(other.is_open for other in journeys)
    return PersonRecord(
        journey=journey,
        earlier=[
            other
            for other in journeys
            if not other.is_open and other.accepted_on < journey.accepted_on
        ],
        sessions=_sessions(journey),
        tasks=list(journey.tasks.open().order_by("due_on", "created_at")),
        answered=_answered(journey),
        works=works,
        arranges=arranges(user, journey),
        hands_over=hands_over(user, journey),
        keeps_details=works and is_present,
        is_present=is_present,
    )


def _load(journey: Journey, leads: Any) -> None:
    wanted: list[Any] = [Prefetch("assignments", leads), "reviews", "pauses", "needs"]
    if hasattr(journey, "plan"):
        wanted.append("plan__goals__actions")
    prefetch_related_objects([journey], *wanted)


def _sessions(journey: Journey) -> list[Session]:
    """Newest first, each marked if it was corrected."""
    earlier = Session.history.filter(id=OuterRef("pk"), history_type="~")
    sessions = journey.sessions.select_related("worker", "partner")
    return list(
        sessions.annotate(corrected=Exists(earlier)).order_by("-happened_on", "-created_at")
    )


def _answered(journey: Journey) -> list[Answered]:
    """The sets that stand, in order of day, with their answers: one query."""
    answers = MeasureAnswer.objects.filter(
        measure_set__in=journey.measures.standing().filter(instrument=ONS4.code)
    ).select_related("measure_set")
    found: dict[UUID, Answered] = {}
    for answer in answers.order_by(
        "measure_set__completed_on", "measure_set__entered_at", "measure_set__pk"
    ):
        one = found.setdefault(answer.measure_set_id, Answered(answer.measure_set, {}))
        one.values[answer.item] = answer.value
    return list(found.values())
