"""What every form of Spring shares: kind words, typed dates, rows of buttons."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from spring.core import clock
from spring.core.typed import NotADate, parse_typed_date


class ButtonRow(forms.RadioSelect):
    """Radio buttons drawn as a row of big buttons: for two to six short answers."""

    appearance = "row"


class TypedDateInput(forms.TextInput):
    """One box for a whole date, typed as people type dates."""

    def __init__(self, attrs: dict | None = None) -> None:
        own = {"class": "govuk-input--width-10", "autocomplete": "off", "maxlength": "60"}
        super().__init__(own | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            return f"{value.day} {value:%B} {value.year}"
        return super().format_value(value)


class TypedDateField(forms.Field):
    """A date in one box; `century` says how a year of two digits is read."""

    widget = TypedDateInput

    def __init__(
        self,
        *,
        century: str = "past",
        earliest: date | None = None,
        not_after_today: bool = False,
        not_before_today: bool = False,
        **kwargs: Any,
    ) -> None:
        self.century = century
        self.earliest = earliest
        self.not_after_today = not_after_today
        self.not_before_today = not_before_today
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        if value is None or not str(value).strip():
            return None
        try:
            return parse_typed_date(str(value), today=clock.today(), century=self.century)
        except NotADate as problem:
            raise ValidationError(str(problem), code="invalid") from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        today = clock.today()
        if self.not_after_today and value > today:
            raise ValidationError("This date must not be in the future.", code="future")
        if self.not_before_today and value < today:
            raise ValidationError("This date must be today or later.", code="past")
        if self.earliest and value < self.earliest:
            words = f"{self.earliest.day} {self.earliest:%B} {self.earliest.year}"
            raise ValidationError(f"This date must be {words} or later.", code="early")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class Save(Submit):
    """The button that sends a form; its words say what happens."""

    field_classes = ""

    def __init__(self, words: str, *, name: str = "save", css_class: str | None = None) -> None:
        super().__init__(name, words, css_class=css_class)


def form_helper(*layout: Any, save: str | None = None, **settings: Any) -> FormHelper:
    """A helper with this layout and, if named, this button; settings are FormHelper attributes."""
    helper = FormHelper()
    if layout:
        helper.layout = Layout(*layout)
    if save:
        helper.add_input(Save(save))
    for name, value in settings.items():
        setattr(helper, name, value)
    return helper


class _Kindly:
    """Says what to enter instead of "This field is required", and lets the server check."""

    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            label = field.label or name.replace("_", " ").capitalize()
            if (
                field.error_messages.get("required")
                == forms.Field.default_error_messages["required"]
            ):
                field.error_messages["required"] = _ask_for(field, str(label))


def _ask_for(field: forms.Field, label: str) -> str:
    thing = label if label[:2].isupper() else label[:1].lower() + label[1:]
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}”"
    if isinstance(field.widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"Choose: {thing}"
    return f"Enter: {thing}"


class SpringForm(_Kindly, forms.Form):
    """A form that speaks as a kind colleague."""


class SpringModelForm(_Kindly, forms.ModelForm):
    """The same, for a model."""


def choices_with_blank(
    choices: Sequence[tuple[str, str]], blank: str = "Please choose"
) -> list[tuple[str, str]]:
    """Choices for a select whose first line asks for an answer."""
    return [("", blank), *choices]
