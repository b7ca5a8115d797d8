"""What every form of Spring shares: kind words, typed dates, rows of buttons."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from spring.core import clock
from spring.core.identifiers import (
    clean_nhs_number,
    clean_postcode,
    clean_telephone,
    show_nhs_number,
)
from spring.core.typed import Century, NotADate, parse_typed_date


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
        century: Century = "past",
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


class _TextField(forms.CharField):
    """Text as people paste it: what no line of text holds is taken out, or asked about.

    The length is checked here alone: `maxlength` in the page would cut off pasted words unseen.
    """

    keep_lines = False

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if _UNKEEPABLE.search(text):
            raise ValidationError(
                "There is a character in here that cannot be kept. Please type this again.",
                code="character",
            )
        text = _LINE_ENDS.sub("\n", text)
        text = _INVISIBLE.sub("", text)
        if self.keep_lines:
            return text.strip()
        return " ".join(text.split())

    def widget_attrs(self, widget: forms.Widget) -> dict:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Control characters but for tab and newline, and marks that turn the direction of what follows.
_INVISIBLE = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


class LineField(_TextField):
    """One line of words."""


class WordsField(_TextField):
    """Several lines of words."""

    widget = forms.Textarea
    keep_lines = True

    def __init__(self, *, rows: int = 3, max_length: int = 4000, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs["rows"] = str(rows)


class _IdentifierField(LineField):
    """A number or code in one line, kept in its standard form."""

    clean_form: Callable[[str], str | None]
    attrs: dict[str, str] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"} | self.attrs

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if not typed:
            return ""
        if len(typed) > 60 or (kept := type(self).clean_form(typed)) is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return kept


class NHSNumberField(_IdentifierField):
    """An NHS number, checked (modulus 11), kept as ten digits."""

    clean_form = staticmethod(clean_nhs_number)
    attrs = {
        "class": "govuk-input--width-10",
        "inputmode": "numeric",
        "data-check": "nhs-number",
    }
    default_error_messages = {
        "invalid": "This is not an NHS number. Look at its ten digits again, or leave it out."
    }

    def prepare_value(self, value: Any) -> Any:
        stored = isinstance(value, str) and re.fullmatch(r"[0-9]{10}", value)
        return show_nhs_number(value) if stored else value


class PostcodeField(_IdentifierField):
    """A postcode, kept in its printed form."""

    clean_form = staticmethod(clean_postcode)
    attrs = {"class": "govuk-input--width-10"}
    default_error_messages = {"invalid": "Write the whole postcode, like NN1 2AB, or leave it out."}


class TelephoneField(_IdentifierField):
    """A telephone number, kept as it is printed."""

    attrs = {"class": "govuk-input--width-20", "inputmode": "tel"}
    default_error_messages = {
        "invalid": (
            "Write one whole telephone number and nothing else, like 01604 700123 or 07700 900123."
        )
    }

    @staticmethod
    def clean_form(typed: str) -> str | None:
        # Letters would be read as the keys of a telephone: "0800 FLOWERS".
        return None if re.search(r"[^\W\d_]", typed) else clean_telephone(typed)


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
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}”"
    if isinstance(field, TypedDateField) and "date" not in label.lower():
        return "Enter a date"
    if isinstance(field.widget, forms.CheckboxSelectMultiple):
        return f"Choose at least one answer to “{label}”"
    if isinstance(field.widget, forms.Select | forms.RadioSelect):
        return f"Choose an answer to “{label}”"
    thing = label if label[:2].isupper() else label[:1].lower() + label[1:]
    own = thing.split(" ", 1)[0] in ("a", "an", "the", "your", "their", "his", "her")
    return f"Enter {thing}" if own else f"Enter the {thing}"


class SpringForm(_Kindly, forms.Form):
    """A form that speaks as a kind colleague."""


class SpringModelForm(_Kindly, forms.ModelForm):
    """The same, for a model."""


def choices_with_blank(
    choices: Sequence[tuple[str, str]], blank: str = "Please choose"
) -> list[tuple[str, str]]:
    """Choices for a select whose first line asks for an answer."""
    return [("", blank), *choices]
