"""What was done with a person: written down at once, put right later."""

from typing import Any
from uuid import uuid4

from crispy_forms.layout import Div, Field, Row
from django import forms

from participants.models import Session
from spring.core.forms import ButtonRow, SpringForm, TypedDateField, form_helper

LONGEST_NOTE = 20_000
WITH_THEM = " ".join(kind for kind in Session.Kind.values if kind != Session.Kind.ON_BEHALF)
KINDS = [
    (kind, "On their behalf" if kind == Session.Kind.ON_BEHALF else label)
    for kind, label in Session.Kind.choices
]
ANSWERS = [choice for choice in Session.Outcome.choices if choice[0] != Session.Outcome.DONE]


def submission_field() -> forms.UUIDField:
    """A number made with the form, so that sending it twice does nothing twice."""
    return forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid4,
        error_messages={"required": "This form is incomplete. Open the page again."},
    )


def session_fields() -> tuple[Any, ...]:
    """The layout that writing down and putting right have in common."""
    return (
        "kind",
        "mode",
        Div(
            "outcome",
            Div("alone", data_show_for="outcome", data_show_value=Session.Outcome.ATTENDED),
            data_show_for="kind",
            data_show_value=WITH_THEM,
        ),
        Row("happened_on", Field("minutes", wrapper_class="fit")),
        "note",
    )


class SessionForm(SpringForm):
    """One contact, attempt, or piece of work on someone's behalf."""

    needed_sometimes: tuple[str, ...] = ("outcome", "alone", "note")

    kind = forms.ChoiceField(label="Type", choices=KINDS, widget=ButtonRow)
    mode = forms.ChoiceField(label="How", choices=Session.Mode.choices, widget=ButtonRow)
    outcome = forms.ChoiceField(label="What happened", choices=ANSWERS, widget=ButtonRow)
    alone = forms.ChoiceField(
        label="Were they alone with you?",
        choices=Session.Alone.choices,
        widget=ButtonRow,
        required=False,
    )
    happened_on = TypedDateField(label="When", century="near", not_after_today=True)
    minutes = forms.IntegerField(
        label="Minutes",
        min_value=0,
        max_value=600,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
        error_messages={
            "invalid": "Minutes are a whole number, like 45.",
            "min_value": "Minutes are from 0 to 600.",
            "max_value": "Minutes are from 0 to 600.",
        },
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alone"].label = f"Was {name} alone with you?"
        if self.data.get(self.add_prefix("kind")) == Session.Kind.ON_BEHALF:
            self.fields["outcome"].required = False
        self.helper = form_helper(*session_fields(), save="Save what is right now")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Session.Kind.ON_BEHALF:
            cleaned["outcome"] = Session.Outcome.DONE
        if cleaned.get("outcome") != Session.Outcome.ATTENDED:
            cleaned["alone"] = ""
        return cleaned
