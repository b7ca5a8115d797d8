"""Who someone is, how to reach them safely, what they need, what they agreed to."""

from datetime import date
from typing import Any

from crispy_forms.layout import Div, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from participants.models import Consent, Participant
from partners.models import Council, Organisation
from spring.core import clock
from spring.core.forms import (
    ButtonRow,
    SpringForm,
    TypedDateField,
    choices_with_blank,
    form_helper,
)
from spring.core.identifiers import clean_nhs_number, clean_postcode, clean_telephone
from spring.core.vocabulary import Ethnicity, RiskStatus, Sex

SHORT = {"class": "govuk-input--width-10", "autocomplete": "off"}

LONGEST = 20_000  # as sent with referrals, one after the other


def text(label: str, longest: int, **kwargs: Any) -> forms.CharField:
    """A box for words that may be left empty."""
    return forms.CharField(label=label, max_length=longest, required=False, **kwargs)


class DetailsForm(SpringForm):
    """Everything on a person's record that a link worker keeps up to date."""

    @property
    def needed_sometimes(self) -> list[str]:
        """The page says once that most may be left empty."""
        return list(self.fields)

    name = forms.CharField(label="Full name", max_length=160)
    known_as = text("Likes to be called", 80)
    pronouns = text("Pronouns", 40, widget=forms.TextInput(attrs=SHORT))
    date_of_birth = TypedDateField(
        label="Date of birth", not_after_today=True, earliest=date(1900, 1, 1)
    )
    nhs_number = text(
        "NHS number",
        20,
        widget=forms.TextInput(attrs={**SHORT, "inputmode": "numeric", "data-check": "nhs-number"}),
    )
    practice = forms.ModelChoiceField(
        label="GP practice",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="No practice known",
    )
    council = forms.ChoiceField(
        label="Council",
        choices=choices_with_blank(Council.choices, blank="Not known"),
        required=False,
    )
    safe_contact = text(
        "How to reach them safely",
        LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="When to ring, what not to leave on voicemail, who may pick up",
    )
    checked_today = forms.BooleanField(label="Checked with them today", required=False)
    telephone = text("Telephone", 30, widget=forms.TextInput(attrs={**SHORT, "type": "tel"}))
    email = forms.EmailField(label="E-mail address", max_length=254, required=False)
    address = text("Address", 200)
    postcode = text("Postcode", 12, widget=forms.TextInput(attrs=SHORT))
    language = text("Spoken language, if not English", 60)
    interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    reading = text("Help with reading or writing", 160)
    adjustments = text("Reasonable adjustments", 200)
    is_carer = forms.BooleanField(label="Looks after someone", required=False)
    sex = forms.ChoiceField(label="Sex", choices=Sex.choices, widget=ButtonRow)
    gender = text("Gender, in their words", 60)
    ethnicity = forms.ChoiceField(label="Ethnicity", choices=Ethnicity.choices)
    risk_status = forms.ChoiceField(
        label="What is known", choices=RiskStatus.choices, widget=forms.RadioSelect
    )
    risks = text(
        "What colleagues must know before they meet",
        LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    since = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "This form is incomplete. Open the page again."},
    )

    helper = form_helper(
        "since",
        Fieldset(
            "Who they are",
            Row("name", "known_as"),
            Row("date_of_birth", "pronouns"),
            Row("nhs_number", "practice"),
            "council",
        ),
        Fieldset(
            "Reaching them",
            "safe_contact",
            "checked_today",
            Row("telephone", "email"),
            Row("address", "postcode"),
        ),
        Fieldset(
            "What they need to take part",
            "language",
            "interpreter",
            "reading",
            "adjustments",
            "is_carer",
        ),
        Fieldset("Risks", "risk_status", "risks"),
        Fieldset("About them, for fairness", "sex", "gender", "ethnicity"),
        save="Save the details",
    )

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = Organisation.objects.practices().current()
        theirs = Organisation.objects.filter(pk__in=[participant.practice_id])
        self.fields["practice"].queryset = (current | theirs).order_by("name")

    def clean_nhs_number(self) -> str:
        return _cleaned(
            self.cleaned_data["nhs_number"],
            clean_nhs_number,
            "This is not an NHS number: look at it again, or leave it out",
        )

    def clean_telephone(self) -> str:
        return _cleaned(
            self.cleaned_data["telephone"],
            clean_telephone,
            "Enter a telephone number, like 07700 900123",
        )

    def clean_postcode(self) -> str:
        return _cleaned(
            self.cleaned_data["postcode"], clean_postcode, "Enter a postcode, like NN15 6XX"
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        stated = cleaned.get("risk_status") == RiskStatus.STATED
        if stated and not cleaned.get("risks"):
            self.add_error("risks", "Write what colleagues must know")
        if not stated and cleaned.get("risks") and "risk_status" in cleaned:
            self.add_error(
                "risk_status", "You wrote a risk below: choose “There is something to know”"
            )
        return cleaned

    @classmethod
    def columns(cls) -> list[str]:
        """The fields that are columns of the record."""
        return [name for name in cls.base_fields if name not in NOT_COLUMNS]

    def differences(self, participant: Participant) -> list[tuple[str, str]]:
        """What the record says, in words, wherever that is not what was typed."""
        found = []
        for name in self.columns():
            now = getattr(participant, name)
            if name in self.cleaned_data and now != self.cleaned_data[name]:
                found.append((str(self.fields[name].label), _in_words(participant, name)))
        return found

    def changes(self, participant: Participant) -> dict[str, Any]:
        """What to change; the safe-contact rule only if it was checked or rewritten."""
        changes = {name: self.cleaned_data[name] for name in self.columns()}
        checked = self.cleaned_data["checked_today"]
        if not checked and changes["safe_contact"] == participant.safe_contact:
            del changes["safe_contact"]
        return changes


NOT_COLUMNS = ("since", "checked_today")


def _in_words(participant: Participant, name: str) -> str:
    value = getattr(participant, name)
    if hasattr(participant, f"get_{name}_display"):
        value = getattr(participant, f"get_{name}_display")()
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return f"{value.day} {value:%B} {value.year}"
    return str(value) if value else "Nothing"


def _cleaned(typed: str, clean: Any, problem: str) -> str:
    if not typed:
        return ""
    cleaned = clean(typed)
    if cleaned is None:
        raise ValidationError(problem)
    return cleaned


class ConsentForm(SpringForm):
    """What someone agreed to, how and when."""

    needed_sometimes = ("organisation",)

    kind = forms.ChoiceField(
        label="What they agree to", choices=Consent.Kind.choices, widget=forms.RadioSelect
    )
    organisation = forms.ModelChoiceField(
        label="With which organisation",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="Please choose",
    )
    method = forms.ChoiceField(
        label="How they said so", choices=Consent.Method.choices, widget=ButtonRow
    )
    given_on = TypedDateField(
        label="When", century="near", not_after_today=True, initial=clock.today
    )

    helper = form_helper(
        "kind",
        Div("organisation", data_show_for="kind", data_show_value=Consent.Kind.SHARE),
        "method",
        Row("given_on"),
        save="Save what they agree to",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = Organisation.Kind
        not_for_sharing = Q(kind__in=[kinds.SERVICE, kinds.PCN, kinds.COMMISSIONER])
        self.fields["organisation"].queryset = (
            Organisation.objects.current().exclude(not_for_sharing).order_by("name")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Consent.Kind.SHARE:
            if not cleaned.get("organisation") and "organisation" not in self.errors:
                self.add_error("organisation", "Choose the organisation")
        else:
            cleaned["organisation"] = None
        return cleaned
