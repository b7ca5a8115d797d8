"""ONS4 as it is asked: four questions, each from 0 to 10, in the person's own answers."""

from typing import Any

from crispy_forms.layout import Row
from django import forms

from participants.forms.sessions import submission_field
from participants.instruments import ONS4, Completion
from spring.core import clock
from spring.core.forms import ButtonRow, SpringForm, TypedDateField, form_helper

HOW = [
    (Completion.SELF, "On their own"),
    (Completion.WITH_HELP, "Read out in the room"),
    (Completion.TELEPHONE, "On the telephone"),
]


class MeasureForm(SpringForm):
    """The answers to ONS4; a correction says why."""

    needed_sometimes = tuple(item.code for item in ONS4.items)

    submission = submission_field()
    completed_on = TypedDateField(
        label="Answered on", century="near", not_after_today=True, initial=clock.today
    )
    completion = forms.ChoiceField(
        label="How the answers were given",
        choices=HOW,
        widget=ButtonRow,
        help_text="The answers are the person's own. Nobody answers for them.",
    )

    def __init__(self, *args: Any, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in ONS4.items:
            self.fields[item.code] = forms.ChoiceField(
                label=item.question,
                help_text=f"{item.low} is not at all, {item.high} is completely",
                choices=[(str(n), str(n)) for n in range(item.low, item.high + 1)]
                + [("", "No answer")],
                widget=ButtonRow,
                required=False,
                initial="",
            )
        codes = [item.code for item in ONS4.items]
        why: tuple[str, ...] = ()
        if correcting:
            self.fields["correction_reason"] = forms.CharField(
                label="Why are the earlier answers corrected?",
                max_length=200,
                error_messages={"required": "Say why the earlier answers are corrected"},
            )
            why = ("correction_reason",)
        self.helper = form_helper(
            "submission",
            *codes,
            "completion",
            Row("completed_on"),
            *why,
            save="Save the corrected answers" if correcting else "Save the answers",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.answers(cleaned) and not any(item.code in self.errors for item in ONS4.items):
            self.add_error(None, "Record at least one answer.")
        return cleaned

    @staticmethod
    def answers(cleaned: dict[str, Any]) -> dict[str, int]:
        """The answers given, by question; those left out are not there."""
        return {item.code: int(cleaned[item.code]) for item in ONS4.items if cleaned.get(item.code)}
