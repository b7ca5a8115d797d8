"""The referral form: what must be answered is little, and what is optional says so."""

from typing import Any
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Row
from django import forms

from partners.models import Organisation
from referrals.models import Referral
from spring.core import clock
from spring.core.dates import age_on
from spring.core.forms import (
    LineField,
    NHSNumberField,
    PostcodeField,
    SpringForm,
    TelephoneField,
    TypedDateField,
    WordsField,
    choices_with_blank,
    form_helper,
)
from spring.core.identifiers import plain
from spring.core.vocabulary import Need, RiskStatus, Sex, Source

OLDEST = 120
PROFESSIONALS = (
    Source.NHS_LINK_WORKER,
    Source.HOSPITAL,
    Source.SOCIAL_CARE,
    Source.COMMUNITY,
    Source.OTHER,
)
MORE = ("email", "known_as", "sex", "language", "interpreter", "reading", "adjustments")
EMAIL_WORDS = {"invalid": "Write an e-mail address like name@example.org."}


class PracticeField(forms.ChoiceField):
    """One of today's practices, told by its code."""

    practices: dict[str, Organisation]

    def offer(self, practices: dict[str, Organisation], blank: str) -> None:
        """Set what may be chosen."""
        self.practices = practices
        names = [(code, f"{place.name} ({code})") for code, place in practices.items()]
        self.choices = choices_with_blank(names, blank)

    def clean(self, value: Any) -> Organisation | None:
        return self.practices.get(super().clean(value))


class More(Div):
    """Questions that most people leave alone, folded away until one of them has an answer."""

    template = "referrals/_more.html"

    def __init__(self, summary: str, *fields: Any, is_open: bool) -> None:
        super().__init__(*fields)
        self.summary = summary
        self.is_open = is_open


def _own(purpose: str) -> dict[str, str]:
    """So that the browser offers what the referrer is called and how they are reached."""
    return {"autocomplete": purpose}


UNREMEMBERED = {"autocomplete": "off", "spellcheck": "false"}


class ReferForm(SpringForm):
    """A referral, by anyone, without an account."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    source = forms.ChoiceField(
        label="Who is referring?",
        choices=Source.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who is referring."},
    )
    referring_practice = PracticeField(
        label="Which practice?",
        required=False,
        help_text="Not in the list? Choose “Someone else” above and write its name.",
    )
    referrer_organisation = LineField(
        label="Your team or organisation",
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs=_own("organization")),
    )
    referrer_name = LineField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs=_own("name") | {"spellcheck": "false"}),
    )
    referrer_email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        help_text="We write to you with a reference and with what was decided, never with details.",
        error_messages=EMAIL_WORDS,
        widget=forms.EmailInput(attrs=_own("email") | {"spellcheck": "false"}),
    )
    referrer_telephone = TelephoneField(label="Your telephone", required=False)
    referrer_reference = LineField(
        label="Your own reference",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=UNREMEMBERED),
    )

    name = LineField(
        label="Name",
        required=False,
        max_length=160,
        help_text="One name is enough if that is what they use.",
        widget=forms.TextInput(attrs=UNREMEMBERED),
    )
    date_of_birth = TypedDateField(
        label="Date of birth",
        not_after_today=True,
        help_text="For example 27 3 1955 or 27/3/55",
        error_messages={"required": "Enter the date of birth."},
    )
    telephone = TelephoneField(
        label="Telephone",
        required=False,
        help_text="A telephone number or an address: one of them is enough.",
    )
    address = WordsField(
        label="Address",
        required=False,
        rows=2,
        max_length=200,
        widget=forms.Textarea(attrs=UNREMEMBERED),
    )
    postcode = PostcodeField(label="Postcode", required=False)
    nhs_number = NHSNumberField(label="NHS number", required=False)
    practice = PracticeField(
        label="Their GP practice",
        required=False,
        help_text="Leave this alone if it is the practice that refers.",
    )

    needs = forms.MultipleChoiceField(
        label="What would help?",
        choices=Need.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose all that apply.",
        error_messages={"required": "Choose what would help: one thing or more."},
    )
    what_matters = WordsField(
        label="What matters to them",
        required=False,
        help_text="In their words, if you can.",
    )

    risk_status = forms.ChoiceField(
        label="Is there a risk to them or to others that we should know of?",
        choices=RiskStatus.choices,
        initial=RiskStatus.NOT_CHECKED,
        required=False,
        widget=forms.RadioSelect,
    )
    risks = WordsField(
        label="What should we know?", required=False, help_text="Only if there is something."
    )
    safe_contact = WordsField(
        label="How to reach them safely",
        required=False,
        rows=2,
        help_text="When to ring, when not, whether to leave a message, who else may hear.",
    )
    email = forms.EmailField(
        label="Their e-mail address",
        required=False,
        max_length=254,
        error_messages=EMAIL_WORDS,
        widget=forms.EmailInput(attrs=UNREMEMBERED),
    )
    known_as = LineField(
        label="What they like to be called",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs=UNREMEMBERED),
    )
    sex = forms.ChoiceField(label="Sex", required=False, choices=Sex.choices, initial=Sex.NOT_KNOWN)
    language = LineField(label="Spoken language, if not English", required=False, max_length=60)
    interpreter = forms.BooleanField(label="They need an interpreter", required=False)
    reading = LineField(
        label="Help with reading or writing",
        required=False,
        max_length=160,
        help_text="For example large print, easy read, or someone to read letters out.",
    )
    adjustments = LineField(
        label="Anything else that makes it easier to take part",
        required=False,
        max_length=200,
        help_text="For example hearing, sight, stairs, time of day.",
    )

    agreement = forms.ChoiceField(
        label="Do they know about this referral?",
        choices=Referral.Agreement.choices,
        widget=forms.RadioSelect,
    )
    exception_reason = WordsField(
        label="Why was it not possible to ask?",
        required=False,
        rows=2,
        help_text="Only if they do not know.",
    )

    needed_sometimes = frozenset(
        {"referring_practice", "name", "telephone", "address", "risks", "exception_reason"}
    )

    def __init__(self, data: Any = None, *, practice: str = "", **kwargs: Any) -> None:
        if data is not None and not _is_uuid(data.get("submission")):
            data = data.copy()
            data["submission"] = str(uuid4())
        super().__init__(data, **kwargs)
        self.practices = {place.code: place for place in Organisation.objects.practices().current()}
        self.fields["referring_practice"].offer(self.practices, "Choose your practice")
        self.fields["practice"].offer(self.practices, "Choose a practice")
        self.known_practice = self.practices.get(practice)
        if self.known_practice:
            self.initial["source"] = Source.PRACTICE
            self.initial["referring_practice"] = practice

    @property
    def helper(self) -> FormHelper:
        changed = {*self.changed_data, *self.errors} if self.is_bound else set()
        return form_helper(
            "submission",
            Fieldset(
                "About you",
                Field("source", wrapper_class="two-columns"),
                Div("referring_practice", data_show_for="source", data_show_value="practice"),
                Div(
                    "referrer_organisation",
                    data_show_for="source",
                    data_show_value=" ".join(PROFESSIONALS),
                ),
                "referrer_name",
                "referrer_email",
                Row("referrer_telephone", "referrer_reference"),
            ),
            Fieldset(
                "The person",
                "name",
                "date_of_birth",
                "telephone",
                "address",
                Row("postcode", "nhs_number"),
                "practice",
            ),
            Fieldset("Why now", Field("needs", wrapper_class="two-columns"), "what_matters"),
            Fieldset(
                "To bear in mind",
                "risk_status",
                Div("risks", data_show_for="risk_status", data_show_value="stated"),
                "safe_contact",
                More(
                    "Access needs and more about them", *MORE, is_open=not changed.isdisjoint(MORE)
                ),
            ),
            Fieldset(
                "Agreement",
                "agreement",
                Div("exception_reason", data_show_for="agreement", data_show_value="exception"),
            ),
            save="Send the referral",
        )

    def clean_date_of_birth(self) -> Any:
        born = self.cleaned_data["date_of_birth"]
        if age_on(born, clock.today()) > OLDEST:
            raise forms.ValidationError(
                f"This would make them older than {OLDEST}. Check the year."
            )
        return born

    def clean_address(self) -> str:
        lines = (line.strip().strip(",") for line in self.cleaned_data["address"].splitlines())
        address = ", ".join(line for line in lines if line)
        longest = self.fields["address"].max_length
        if len(address) > longest:
            raise forms.ValidationError(f"Write the address in at most {longest} characters.")
        return address

    def clean_sex(self) -> str:
        return self.cleaned_data["sex"] or Sex.NOT_KNOWN

    def clean_risk_status(self) -> str:
        return self.cleaned_data["risk_status"] or RiskStatus.NOT_CHECKED

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        self._clean_source(answers)
        self._clean_risks(answers)
        if "telephone" in answers and not answers["telephone"] and answers.get("address") == "":
            self.add_error("telephone", "Enter a telephone number or an address.")
        if answers.get("agreement") == Referral.Agreement.AGREED:
            answers["exception_reason"] = ""
        elif answers.get("agreement") and answers.get("exception_reason") == "":
            self.add_error("exception_reason", "Answer “Why was it not possible to ask?”.")
        return answers

    def _clean_source(self, answers: dict[str, Any]) -> None:
        source = answers.get("source")
        if source == Source.PRACTICE:
            answers["referrer_organisation"] = ""
            answers["practice"] = answers.get("practice") or answers.get("referring_practice")
            if "referring_practice" in answers and not answers["referring_practice"]:
                self.add_error("referring_practice", "Choose which practice.")
        elif source:
            answers["referring_practice"] = None
        self._clean_name(answers, of_self=source == Source.SELF)

    def _clean_name(self, answers: dict[str, Any], *, of_self: bool) -> None:
        """Someone who refers themselves need not write their name twice."""
        if of_self and answers.get("name") == "":
            answers["name"] = answers.get("referrer_name")
        if answers.get("name") == "":
            self.add_error("name", "Enter the person’s name.")
        elif answers.get("name") and not plain(answers["name"]):
            self.add_error("name", "Write the name with letters.")

    def _clean_risks(self, answers: dict[str, Any]) -> None:
        """Words about a risk are never dropped, whatever was ticked beside them."""
        status, words = answers.get("risk_status"), answers.get("risks")
        if status == RiskStatus.STATED and words == "":
            self.add_error("risks", "Answer “What should we know?” in a few words.")
        if status == RiskStatus.NOT_CHECKED and words:
            answers["risk_status"] = RiskStatus.STATED
        if status == RiskStatus.NONE_KNOWN and words:
            self.add_error(
                "risk_status",
                "You wrote of a risk and also chose “None known”. Choose “There is something to "
                "know”, or take the words out.",
            )


def _is_uuid(text: Any) -> bool:
    try:
        UUID(str(text))
    except ValueError:
        return False
    return True
