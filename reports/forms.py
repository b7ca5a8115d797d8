"""Choosing a month."""

from typing import Any

from django import forms

from partners.access import standing
from partners.models import Organisation
from referrals.models import Referral
from reports.periods import Month, months_between
from spring.accounts.roles import Role
from spring.core import clock
from spring.core.forms import SpringForm, form_helper

MOST_MONTHS = 60
WHOLE_SERVICE = "all"


def months_to_choose() -> list[Month]:
    """Every month that is over and has something to report, the latest first."""
    first = Referral.objects.order_by("received_on").values_list("received_on", flat=True).first()
    last = Month.of(clock.today()).previous
    if first is None:
        return []
    return list(months_between(Month.of(first), last))[: -MOST_MONTHS - 1 : -1]


def partners_for(user: Any) -> tuple[bool, list[Organisation]]:
    """Whether someone may ask for the whole service\u2019s report, and for which partners\u2019."""
    who = standing(user)
    partners = Organisation.objects.delivery_partners().order_by("name")
    if who.sees_whole_service():
        return True, list(partners)
    return False, list(partners.filter(pk__in=who.at(Role.COORDINATOR, Role.PARTNER_MANAGER)))


class RequestForm(SpringForm):
    """A month, and whose work."""

    month = forms.ChoiceField(label="Month")
    partner = forms.ChoiceField(label="Whose work")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole, partners = partners_for(user)
        self.partners = {str(partner.pk): partner for partner in partners}
        self.fields["month"].choices = [(str(month), month.label) for month in months_to_choose()]
        choices = [(key, partner.name) for key, partner in self.partners.items()]
        if whole:
            choices.insert(0, (WHOLE_SERVICE, "The whole service"))
        self.fields["partner"].choices = choices
        self.may_ask = bool(choices and self.fields["month"].choices)
        self.helper = form_helper(
            "month",
            "partner",
            save="Make the report",
            form_action="report-request",
            form_class="filters",
        )

    def asked(self) -> tuple[Month, Organisation | None]:
        """The month and the partner chosen."""
        return (
            Month.parse(self.cleaned_data["month"]),
            self.partners.get(self.cleaned_data["partner"]),
        )
