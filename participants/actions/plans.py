"""Writing the wellbeing plan."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from participants.actions.journeys import locked
from participants.models import Goal, Journey, Plan, PlanAction
from spring.audit.log import Verb, record
from spring.core import clock
from spring.core.refusal import Refused


@dataclass(frozen=True)
class ActionDraft:
    """A step towards a goal as typed; without `pk` it is new."""

    text: str
    who: str = PlanAction.Who.PERSON
    due_on: date | None = None
    confidence: int | None = None
    done: bool = False
    pk: UUID | None = None


@dataclass(frozen=True)
class GoalDraft:
    """A goal as typed, with its steps; without `pk` it is new."""

    text: str
    importance: int | None = None
    status: str = Goal.Status.OPEN
    actions: Sequence[ActionDraft] = field(default_factory=tuple)
    pk: UUID | None = None


class PlanChanged(Refused):
    """Somebody else saved the plan meanwhile."""


@transaction.atomic
def change_plan(
    *,
    journey: Journey,
    version: int,
    what_matters: str,
    strengths: str,
    agreed: str,
    by: Any,
    goals: Sequence[GoalDraft] = (),
    agreed_on: date | None = None,
    not_agreed_reason: str = "",
    submission: UUID | None = None,
) -> Plan:
    """Write the plan of a journey; earlier versions are kept.

    `version` is the one the writer began from (0 for a plan not yet begun). Raises PlanChanged if
    it is no longer the latest, and Refused if the journey is closed. Goals left out stay as they
    are; nothing is deleted. The same `submission` sent again changes nothing more.
    """
    journey = locked(journey)
    if not journey.is_open:
        raise Refused("This journey is closed, so its plan stays as it is.")
    plan = Plan.objects.filter(journey=journey).first()
    if plan and submission and plan.submission == submission:
        return plan
    if version != (plan.version if plan else 0):
        raise PlanChanged(
            "Someone else changed this plan while you were writing. "
            "Yours is still here: look at theirs, then save again."
        )
    if agreed == Plan.Agreed.NO and not not_agreed_reason.strip():
        raise Refused("Say why the plan is not agreed.")
    if plan is None:
        plan = Plan(journey=journey, version=0)
    plan.what_matters = what_matters
    plan.strengths = strengths
    plan.agreed = agreed
    is_agreed = agreed == Plan.Agreed.YES
    plan.agreed_on = (agreed_on or plan.agreed_on or clock.today()) if is_agreed else None
    plan.not_agreed_reason = not_agreed_reason if agreed == Plan.Agreed.NO else ""
    plan.version += 1
    plan.updated_by = by
    plan.submission = submission
    _save(plan, by)
    known: dict[UUID | None, Goal] = {
        goal.pk: goal for goal in plan.goals.prefetch_related("actions")
    }
    for position, draft in enumerate(goals):
        _change_goal(plan, known.get(draft.pk), draft, position, by)
    record(Verb.CHANGED, plan, by=by, participant=journey.participant_id, version=plan.version)
    return plan


def _save(row: Any, by: Any) -> None:
    row._history_user = by
    row.save()


def _change_goal(plan: Plan, goal: Goal | None, draft: GoalDraft, position: int, by: Any) -> None:
    known: dict[UUID | None, PlanAction] = (
        {action.pk: action for action in goal.actions.all()} if goal else {}
    )
    goal = goal or Goal(plan=plan)
    changes: dict[str, Any] = {
        "text": draft.text,
        "importance": draft.importance,
        "position": position,
        "status": draft.status,
    }
    if draft.status != goal.status:
        changes["settled_on"] = None if draft.status == Goal.Status.OPEN else clock.today()
    _save_if_changed(goal, changes, by)
    for step in draft.actions:
        action = known.get(step.pk) or PlanAction(goal=goal)
        changes = {
            "text": step.text,
            "who": step.who,
            "due_on": step.due_on,
            "confidence": step.confidence,
        }
        if step.done != bool(action.done_on):
            changes["done_on"] = clock.today() if step.done else None
        _save_if_changed(action, changes, by)


def _save_if_changed(row: Goal | PlanAction, changes: dict[str, Any], by: Any) -> None:
    """A row that says the same as before gets no new version."""
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    if changed or row._state.adding:
        _save(row, by)
