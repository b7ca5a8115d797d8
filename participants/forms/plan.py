"""The wellbeing plan as one page: what matters, goals, and the steps of each goal.

Several forms in one: blank ones wait at the end of each list, so that nothing needs a script.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from crispy_forms.layout import Div
from django import forms

from participants.actions import ActionDraft, GoalDraft
from participants.forms.sessions import submission_field
from participants.models import Goal, Plan, PlanAction
from spring.core import clock
from spring.core.forms import ButtonRow, SpringForm, TypedDateField, form_helper

MOST_GOALS, MOST_STEPS = 100, 30
BLANK_GOALS, BLANK_STEPS = 2, 1


def _one_to_ten(label: str) -> forms.IntegerField:
    words = f"{label}, 1–10: use a whole number from 1 to 10"
    return forms.IntegerField(
        label=f"{label}, 1–10",
        min_value=1,
        max_value=10,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "3"}),
        error_messages={"invalid": words, "min_value": words, "max_value": words},
    )


class PlanForm(SpringForm):
    """What the plan says of the whole person."""

    needed_sometimes = ("what_matters", "strengths", "agreed_on", "not_agreed_reason")

    version = forms.IntegerField(widget=forms.HiddenInput)
    submission = submission_field()
    what_matters = forms.CharField(
        label="What matters",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    strengths = forms.CharField(
        label="Strengths, and what helps",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agreed = forms.ChoiceField(
        label="Agreed", choices=Plan.Agreed.choices, widget=ButtonRow, initial=Plan.Agreed.NOT_YET
    )
    agreed_on = TypedDateField(
        label="Agreed on", required=False, century="near", not_after_today=True
    )
    not_agreed_reason = forms.CharField(
        label="Why it is not agreed", required=False, max_length=200
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what_matters"].label = f"What matters to {name}"
        self.fields["agreed"].label = f"Does {name} agree with this plan?"
        self.words = form_helper("version", "submission", "what_matters", "strengths")
        self.agreement = form_helper(
            "agreed",
            Div("agreed_on", data_show_for="agreed", data_show_value=Plan.Agreed.YES),
            Div("not_agreed_reason", data_show_for="agreed", data_show_value=Plan.Agreed.NO),
        )
        self.words.form_tag = self.agreement.form_tag = False
        self.agreement.disable_csrf = True
        self.words.form_show_errors = self.agreement.form_show_errors = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("agreed") == Plan.Agreed.NO and not cleaned.get("not_agreed_reason"):
            self.add_error("not_agreed_reason", "Say why the plan is not agreed")
        return cleaned


class GoalForm(SpringForm):
    """One goal. One that is blank and new is not there."""

    needed_sometimes = ("text", "importance")

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="Goal, in their words", required=False, max_length=300)
    importance = _one_to_ten("Importance")
    status = forms.ChoiceField(
        label="How it stands", choices=Goal.Status.choices, initial=Goal.Status.OPEN
    )


class StepForm(SpringForm):
    """One step towards a goal."""

    needed_sometimes = ("text", "due_on", "confidence")

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="Step", required=False, max_length=300)
    who = forms.ChoiceField(
        label="Who", choices=PlanAction.Who.choices, initial=PlanAction.Who.PERSON
    )
    due_on = TypedDateField(label="By when", required=False, century="near")
    confidence = _one_to_ten("Confidence")
    done = forms.BooleanField(label="Done", required=False)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [
            (PlanAction.Who.PERSON, name),
            (PlanAction.Who.WORKER, "The link worker"),
            (PlanAction.Who.OTHER, "Someone else"),
        ]


@dataclass
class GoalPart:
    """A goal on the page with its steps."""

    number: int
    form: GoalForm
    steps: list[StepForm] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return not self.form["id"].value()

    @property
    def is_settled(self) -> bool:
        return str(self.form["status"].value() or "") not in ("", Goal.Status.OPEN)

    @property
    def says_something(self) -> bool:
        """True if anything was typed in it."""
        typed = [self.form["text"].value(), self.form["importance"].value()]
        return any(typed) or any(_says_something(step) for step in self.steps)


def _says_something(step: StepForm) -> bool:
    return any(step[name].value() for name in ("text", "due_on", "confidence"))


class PlanForms:
    """All forms of the page: from the plan as it stands, or from what was typed.

    `more` is what a button asked to add: "goal", or the number of the goal that needs a step. Then
    nothing is checked, and everything typed is there again.
    """

    def __init__(
        self,
        *,
        name: str,
        plan: Plan | None = None,
        data: Mapping[str, str] | None = None,
        more: str = "",
    ) -> None:
        self.name = name
        self.data = data
        self.more = more
        if data is None:
            self._from_plan(plan)
        else:
            self._from_typed(data)

    # --- building ---------------------------------------------------------------------------------
    def _from_plan(self, plan: Plan | None) -> None:
        self.main = PlanForm(name=self.name, initial=_initial(plan))
        goals = sorted(plan.goals.all(), key=lambda g: (g.position, g.created_at)) if plan else []
        self.goals = [self._goal_from_plan(n, goal) for n, goal in enumerate(goals)]
        for _ in range(BLANK_GOALS):
            self._add_blank_goal()

    def _goal_from_plan(self, number: int, goal: Goal) -> GoalPart:
        values = {
            "id": goal.pk,
            "text": goal.text,
            "importance": goal.importance,
            "status": goal.status,
        }
        part = GoalPart(number, GoalForm(prefix=f"goal-{number}", initial=values))
        for action in sorted(goal.actions.all(), key=_open_first):
            self._add_step(
                part,
                {
                    "id": action.pk,
                    "text": action.text,
                    "who": action.who,
                    "due_on": action.due_on,
                    "confidence": action.confidence,
                    "done": bool(action.done_on),
                },
            )
        for _ in range(0 if part.is_settled else BLANK_STEPS):
            self._add_step(part)
        return part

    def _from_typed(self, data: Mapping[str, str]) -> None:
        adding = bool(self.more)
        self.main = self._typed(PlanForm, "", data, adding)
        self.goals = []
        for n in range(_count(data, "goals", MOST_GOALS)):
            part = GoalPart(n, self._typed(GoalForm, f"goal-{n}", data, adding))
            for s in range(_count(data, f"goal-{n}-steps", MOST_STEPS)):
                part.steps.append(self._typed(StepForm, f"goal-{n}-step-{s}", data, adding))
            self.goals.append(part)
            if self.more == str(n) and len(part.steps) < MOST_STEPS:
                self._add_step(part)
        if self.more == "goal" and len(self.goals) < MOST_GOALS:
            self._add_blank_goal()

    def _typed(self, form: Any, prefix: str, data: Mapping[str, str], adding: bool) -> Any:
        """A form bound to what was typed or, while only adding lines, unbound but showing it."""
        kwargs: dict[str, Any] = {"prefix": prefix} if prefix else {}
        if form is not GoalForm:
            kwargs["name"] = self.name
        if not adding:
            return form(data, **kwargs)
        dash = f"{prefix}-" if prefix else ""
        initial = {n: data[f"{dash}{n}"] for n in form.base_fields if f"{dash}{n}" in data}
        return form(initial=initial, **kwargs)

    def _add_blank_goal(self) -> None:
        number = len(self.goals)
        part = GoalPart(number, GoalForm(prefix=f"goal-{number}"))
        self._add_step(part)
        self.goals.append(part)

    def _add_step(self, part: GoalPart, values: dict[str, Any] | None = None) -> None:
        prefix = f"goal-{part.number}-step-{len(part.steps)}"
        part.steps.append(StepForm(prefix=prefix, initial=values or {}, name=self.name))

    # --- reading ----------------------------------------------------------------------------------
    def __iter__(self) -> Iterator[forms.Form]:
        yield self.main
        for part in self.goals:
            yield part.form
            yield from part.steps

    @property
    def is_bound(self) -> bool:
        return self.main.is_bound

    @property
    def errors(self) -> bool:
        """True if anything is to be put right."""
        return self.is_bound and any(form.errors for form in self)

    def non_form_errors(self) -> list[str]:
        """Nothing stands outside the forms; the error summary asks."""
        return []

    def is_valid(self) -> bool:
        for form in self:
            form.full_clean()
        self._check_words()
        return not self.errors

    def _check_words(self) -> None:
        for part in self.goals:
            if not part.says_something and part.is_new:
                continue
            if not part.form["text"].value():
                words = "Write the goal" if part.is_new else KEEP_WORDS
                part.form.add_error("text", words)
            for step in part.steps:
                wanted = _says_something(step) or step["id"].value()
                if wanted and not step["text"].value():
                    step.add_error("text", "Write the step")

    def drafts(self) -> list[GoalDraft]:
        """The goals as typed, blank ones left out; call it when all is valid."""
        found = []
        for part in self.goals:
            typed = part.form.cleaned_data
            if not typed["text"]:
                continue
            found.append(
                GoalDraft(
                    pk=typed["id"],
                    text=typed["text"],
                    importance=typed["importance"],
                    status=typed["status"],
                    actions=tuple(_step_draft(s) for s in part.steps if s.cleaned_data["text"]),
                )
            )
        return found

    def begin_again_from(self, version: int) -> None:
        """After a conflict: the next save starts from the version now shown beside."""
        self.data = {**(self.data or {}), "version": str(version)}
        self.main.data = self.data


KEEP_WORDS = "A goal keeps its words. If it is not wanted any more, choose “No longer wanted”"


def _initial(plan: Plan | None) -> dict[str, Any]:
    if plan is None:
        return {"version": 0}
    return {
        "version": plan.version,
        "what_matters": plan.what_matters,
        "strengths": plan.strengths,
        "agreed": plan.agreed,
        "agreed_on": plan.agreed_on or clock.today(),
        "not_agreed_reason": plan.not_agreed_reason,
    }


def _open_first(action: PlanAction) -> tuple:
    return (action.done_on is not None, action.due_on is None, action.due_on, action.created_at)


def _count(data: Mapping[str, str], name: str, most: int) -> int:
    typed = data.get(name, "")
    return min(int(typed), most) if typed.isdecimal() and len(typed) < 5 else 0


def _step_draft(step: StepForm) -> ActionDraft:
    typed = step.cleaned_data
    pk: UUID | None = typed["id"]
    return ActionDraft(
        pk=pk,
        text=typed["text"],
        who=typed["who"],
        due_on=typed["due_on"],
        confidence=typed["confidence"],
        done=typed["done"],
    )
