"""Pausing, agreeing a rhythm, leaving out a review, closing."""

from collections.abc import Callable
from datetime import date
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.core.exceptions import ValidationError

from participants.models import Pause
from participants.stages import closure_reasons
from spring.core import clock
from spring.core.forms import SpringForm, TypedDateField, choices_with_blank, form_helper

WEEKS = (2, 3, 4, 6, 8, 10, 12)


class PauseForm(SpringForm):
    """From when the review clock stands still, and why."""

    reason = forms.ChoiceField(
        label="Why it is paused", choices=Pause.Reason.choices, widget=forms.RadioSelect
    )
    starts_on = TypedDateField(
        label="Paused from", century="near", not_after_today=True, initial=clock.today
    )


class ResumeForm(SpringForm):
    """From when the clock runs again."""

    on = TypedDateField(
        label="Under way again from", century="near", not_after_today=True, initial=clock.today
    )


class RhythmForm(SpringForm):
    """How often to be in touch, where it differs from the usual."""

    needed_sometimes = ("weeks", "reason")

    weeks = forms.ChoiceField(
        label="Be in touch at least every",
        choices=choices_with_blank(
            [(str(n), f"{n} weeks") for n in WEEKS], blank="30 days, as usual"
        ),
        required=False,
    )
    reason = forms.CharField(
        label="Why this suits them",
        max_length=200,
        required=False,
        help_text="Needed where it is not the usual 30 days",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("weeks") and not cleaned.get("reason"):
            self.add_error("reason", "Say why this rhythm suits them")
        return cleaned


class SkipReviewForm(SpringForm):
    """Why a review that is due will not be held."""

    reason = forms.CharField(
        label="Why it is not held",
        max_length=200,
        error_messages={"required": "Say why the review is not held"},
    )


class CloseForm(SpringForm):
    """Why and when a journey ends, and what is to be kept of it."""

    reason = forms.ChoiceField(label="Why it ends", widget=forms.RadioSelect)
    summary = forms.CharField(
        label="What was reached, and what goes on",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Whoever supports them next will read this. A few sentences are enough.",
        error_messages={"required": "Write a sentence or two about what was reached"},
    )
    on = TypedDateField(
        label="Closed on", century="near", not_after_today=True, initial=clock.today
    )

    def __init__(
        self, *args: Any, started: bool, is_early: Callable[[date], bool], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = closure_reasons(started=started)
        why: tuple[str, ...] = ()
        if is_early(self._day()):
            self.fields["early_reason"] = forms.CharField(
                label="This is before six months. Why does it end now?",
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": "Say in a sentence why it ends before six months"},
            )
            why = ("early_reason",)
        self.helper = form_helper(
            "reason", *why, "summary", Row("on"), save="Close this journey", form_class="text"
        )

    def _day(self) -> date:
        """The day typed, as far as it is one, else today."""
        try:
            day = self.fields["on"].to_python(self.data.get(self.add_prefix("on")))
        except ValidationError:
            day = None
        return day or clock.today()
