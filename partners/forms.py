"""Inviting people, and what is kept about organisations."""

import re
from itertools import groupby
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.core.exceptions import ValidationError

from partners.actions import HELD_AT
from partners.imports import MOST_CHARACTERS, NotReadable, Problem, read
from partners.imports import Row as ImportedRow
from partners.models import Council, Organisation
from spring.accounts.roles import Role
from spring.core import clock
from spring.core.forms import (
    SpringForm,
    SpringModelForm,
    TypedDateField,
    choices_with_blank,
    form_helper,
)
from spring.core.identifiers import clean_postcode, clean_telephone

PLACES = tuple(dict.fromkeys(kind for kinds in HELD_AT.values() for kind in kinds))


class MembershipForm(SpringForm):
    """A role, and where."""

    role = forms.ChoiceField(
        choices=choices_with_blank(Role.choices), error_messages={"required": "Choose a role"}
    )
    organisation = forms.ChoiceField(
        label="Where", error_messages={"required": "Choose where they hold it"}
    )
    helper = form_helper("role", "organisation", save="Add this role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = Organisation.objects.current().filter(kind__in=PLACES).order_by("name")
        self.places = {str(place.pk): place for place in current}
        by_kind = sorted(self.places.values(), key=lambda place: PLACES.index(place.kind))
        groups = [
            (Organisation.Kind(kind).label, [(str(place.pk), place.name) for place in places])
            for kind, places in groupby(by_kind, key=lambda place: place.kind)
        ]
        self.fields["organisation"].choices = [("", "Please choose"), *groups]

    def clean_organisation(self) -> Organisation:
        return self.places[self.cleaned_data["organisation"]]


class InviteForm(MembershipForm):
    """Someone new, with the first role they hold."""

    name = forms.CharField(
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter their name"},
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="Their own, at work: the invitation goes there, and they sign in with it.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an e-mail address in full, like name@example.org",
        },
    )
    field_order = ["name", "email", "role", "organisation"]
    helper = form_helper("name", "email", "role", "organisation", save="Send the invitation")

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class OrganisationForm(SpringModelForm):
    """An organisation, from its first day to its last."""

    valid_from = TypedDateField(label="Open from", required=False, century="near")
    valid_to = TypedDateField(
        label="Open until",
        required=False,
        century="near",
        help_text="Its last day. Leave it empty while it is open.",
    )

    class Meta:
        model = Organisation
        fields = [
            "kind",
            "name",
            "code",
            "network",
            "council",
            "address",
            "postcode",
            "telephone",
            "email",
            "valid_from",
            "valid_to",
            "successor",
        ]
        labels = {"council": "Council", "successor": "Who carries on its work"}
        error_messages = {
            "code": {"unique": "Another organisation has this code already. Change that one."}
        }
        help_texts = {
            "code": "From the NHS where there is one; else a short one of your own.",
            "network": "Of a GP practice only.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        width = {"code": "govuk-input--width-10", "postcode": "govuk-input--width-10"}
        for name, css_class in (width | {"telephone": "govuk-input--width-20"}).items():
            self.fields[name].widget.attrs["class"] = css_class
        self.fields["kind"].choices = choices_with_blank(Organisation.Kind.choices)
        self.fields["kind"].disabled = not self.instance._state.adding
        self.fields["council"].choices = choices_with_blank(Council.choices, "Neither or both")
        self.fields["network"].empty_label = "None"
        self.fields["successor"].empty_label = "Nobody"
        others = Organisation.objects.exclude(pk=self.instance.pk).order_by("name")
        self.fields["successor"].queryset = others
        self.fields["network"].queryset = others.filter(kind=Organisation.Kind.PCN)
        self.helper = form_helper(
            "kind",
            "name",
            "code",
            "network",
            "council",
            "address",
            "postcode",
            "telephone",
            "email",
            Row("valid_from", "valid_to"),
            "successor",
            save="Keep this organisation",
        )

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split()).upper()
        if not re.fullmatch(r"[A-Z0-9]{2,12}", code):
            raise ValidationError("A code has two to twelve letters and figures, nothing else.")
        return code

    def clean_postcode(self) -> str:
        return self._cleaned("postcode", clean_postcode, "This is not a UK postcode.")

    def clean_telephone(self) -> str:
        return self._cleaned("telephone", clean_telephone, "This is not a telephone number.")

    def _cleaned(self, name: str, clean: Any, words: str) -> str:
        text = self.cleaned_data[name]
        cleaned = clean(text) if text else ""
        if cleaned is None:
            raise ValidationError(words)
        return cleaned

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("network") and cleaned.get("kind") != Organisation.Kind.PRACTICE:
            self.add_error("network", "Only a GP practice belongs to a network. Leave this empty.")
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "The last day is before the first. Correct one of them.")
        return cleaned


class ImportForm(SpringForm):
    """A CSV file, or its words pasted."""

    file = forms.FileField(
        label="CSV file",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    text = forms.CharField(
        label="Or paste it here",
        required=False,
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"spellcheck": "false", "rows": 6}),
    )
    helper = form_helper("file", "text", save="Check it")

    rows: list[ImportedRow]
    problems: list[Problem]

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > MOST_CHARACTERS:
            raise ValidationError("The file is larger than a megabyte. Split it.")
        content = file.read()
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("cp1252", errors="replace")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        given = [text for text in (cleaned["file"], cleaned["text"].strip()) if text]
        if len(given) != 1:
            raise ValidationError("Choose a file or paste its words: one of the two.")
        try:
            self.rows, self.problems = read(given[0], today=clock.today())
        except NotReadable as problem:
            raise ValidationError(str(problem)) from None
        cleaned["content"] = given[0]
        return cleaned
