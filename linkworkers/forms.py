"""What link workers type on a person's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import HTML, Div
from django import forms
from django.urls import reverse

from linkworkers.models import Task, Worker
from participants.forms import SessionForm, submission_field
from participants.forms.sessions import session_fields
from participants.models import Participant
from spring.core import clock
from spring.core.forms import ButtonRow, SpringForm, TypedDateField, form_helper

IN_WEEKS = [("1", "1 week"), ("2", "2 weeks"), ("4", "4 weeks")]
ON_A_DATE, NONE = "date", "none"


def day_field() -> TypedDateField:
    """The day of a next step, for those who name one."""
    return TypedDateField(label="On", required=False, century="near", not_before_today=True)


def chosen_day(form: forms.Form) -> date | None:
    """The day that was chosen: so many weeks from today, or the date typed."""
    chosen = form.cleaned_data.get("due_in", "")
    if chosen in dict(IN_WEEKS):
        return clock.today() + timedelta(weeks=int(chosen))
    if chosen == ON_A_DATE:
        if not form.cleaned_data.get("due_on") and "due_on" not in form.errors:
            form.add_error("due_on", "Enter the day, like 3 March")
        return form.cleaned_data.get("due_on")
    return None


class LogContactForm(SessionForm):
    """A contact with its next step, in one form."""

    needed_sometimes = (*SessionForm.needed_sometimes, "done_tasks", "due_on", "next_step")

    submission = submission_field()
    done_tasks = forms.MultipleChoiceField(
        label="Done with this", widget=forms.CheckboxSelectMultiple, required=False
    )
    due_in = forms.ChoiceField(
        label="Next step",
        choices=[*IN_WEEKS, (ON_A_DATE, "A date"), (NONE, "None")],
        widget=ButtonRow,
    )
    due_on = day_field()
    next_step = forms.CharField(
        label="What",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, participant: Participant, tasks: Sequence[Task], **kwargs: Any
    ) -> None:
        name = participant.first_called
        super().__init__(*args, name=name, **kwargs)
        self.fields["due_in"].label = f"Next step with {name}"
        self.fields["done_tasks"].choices = [
            (str(t.pk), f"{t.text} ({t.due_on.day} {t.due_on:%B})") for t in tasks
        ]
        done: tuple[str, ...] = ("done_tasks",) if tasks else ()
        self.helper = form_helper(
            "submission",
            *session_fields(),
            HTML("<hr>"),
            *done,
            "due_in",
            Div("due_on", data_show_for="due_in", data_show_value=ON_A_DATE),
            Div(
                "next_step",
                data_show_for="due_in",
                data_show_value=" ".join([*dict(IN_WEEKS), ON_A_DATE]),
            ),
            save="Save contact and next step",
            form_action=reverse("log-contact", args=[participant.pk]),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["next_on"] = chosen_day(self)
        if cleaned.get("due_in") == NONE and cleaned.get("next_step"):
            self.add_error("due_in", "You wrote a next step: choose when it is to be")
        return cleaned


class StepForm(SpringForm):
    """A next step by itself."""

    needed_sometimes = ("due_on",)

    text = forms.CharField(label="What", max_length=200)
    due_in = forms.ChoiceField(
        label="When", choices=[*IN_WEEKS, (ON_A_DATE, "A date")], widget=ButtonRow, initial="2"
    )
    due_on = day_field()

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, prefix="step", **kwargs)
        self.helper = form_helper(
            "text",
            "due_in",
            Div("due_on", data_show_for="step-due_in", data_show_value=ON_A_DATE),
            save="Add this step",
            form_action=reverse("step-add", args=[participant.pk]),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["next_on"] = chosen_day(self)
        return cleaned


@dataclass(frozen=True)
class Taker:
    """Someone who may take a journey over, and how full they are at this moment."""

    option: Any
    worker: Any  # with its load

    @property
    def longest(self) -> int:
        return max(self.worker.capacity, self.worker.load, 1)

    @property
    def nearly_full(self) -> int:
        return self.worker.capacity * 4 // 5

    @property
    def words(self) -> str:
        room = self.worker.capacity - self.worker.load
        room_left = f"Room for {room}" if room > 0 else "Full"
        return f"{self.worker.load} of {self.worker.capacity}. {room_left}"

    @property
    def away_until(self) -> date | None:
        until = self.worker.away_until
        return until if until and until >= clock.today() else None


class HandOverForm(SpringForm):
    """To whom, and what they must know."""

    worker = forms.ChoiceField(label="To whom", widget=forms.RadioSelect)
    note = forms.CharField(
        label="What they must know",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what the next link worker must know"},
    )

    def __init__(self, *args: Any, workers: Sequence[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = list(workers)
        self.fields["worker"].choices = [(str(w.pk), str(w.user)) for w in self.workers]

    @property
    def takers(self) -> list["Taker"]:
        """Each radio button beside the worker it stands for."""
        return [Taker(o, w) for o, w in zip(self["worker"], self.workers, strict=True)]

    @property
    def chosen(self) -> Worker:
        """The worker that was chosen, of those offered."""
        return next(w for w in self.workers if str(w.pk) == self.cleaned_data["worker"])
