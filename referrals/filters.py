"""What the inbox may be narrowed to; never a name, for addresses are kept in logs."""

from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from partners.models import Council, Organisation
from referrals.models import Referral
from referrals.states import Status
from spring.core.forms import Save, SpringForm, form_helper
from spring.core.identifiers import clean_reference
from spring.core.vocabulary import Source

ALL = "all"
NO_SUCH = "-"
SHORT = {Status.RECEIVED: "Waiting", Status.PASSED_TO_NHS: "Passed to the NHS"}
SHOWN = [*((status, SHORT.get(status, status.label)) for status in Status), (ALL, "All")]
SENT_BY = [(s, "Themselves" if s == Source.SELF else s.label) for s in Source]


class _FilterForm(SpringForm):
    needed_sometimes = frozenset({"status", "source", "council", "practice", "reference"})

    helper = form_helper(
        "status",
        "source",
        "council",
        "practice",
        "reference",
        Div(Save("Show", name="", css_class="govuk-button--secondary"), css_class="actions"),
        form_class="filters",
        form_method="get",
        attrs={"aria-label": "Filter the referrals"},
    )


def _practices(request: Any) -> QuerySet[Organisation]:
    return Organisation.objects.practices()


class ReferralFilter(FilterSet):
    """Status, where from, which council and practice, or one reference read out by telephone."""

    status = ChoiceFilter(label="Show", choices=SHOWN, method="by_status", empty_label=None)
    source = ChoiceFilter(label="Sent by", choices=SENT_BY, empty_label="Anyone")
    council = ChoiceFilter(label="Council", choices=Council.choices, empty_label="Both")
    practice = ModelChoiceFilter(
        label="Practice", queryset=_practices, to_field_name="code", empty_label="All"
    )
    reference = CharFilter(
        label="Reference",
        method="by_reference",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta:
        model = Referral
        fields: list[str] = []
        form = _FilterForm

    def by_status(self, found: Any, name: str, value: str) -> Any:
        if value == ALL or self.form.cleaned_data.get("reference"):
            return found
        return found.filter(status=value)

    def by_reference(self, found: Any, name: str, value: str) -> Any:
        return found.filter(reference=clean_reference(value) or NO_SUCH)
