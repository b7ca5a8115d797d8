"""Targets: how many people the service sets out to reach in a contract year."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from partners.access import allow
from reports.figures.targets import contract_year
from reports.models import Target
from reports.periods import Month
from spring.accounts.roles import Role
from spring.audit.log import Verb, record
from spring.core import clock
from spring.core.forms import SpringForm, form_helper

MOST = 100_000


def this_year() -> int:
    return contract_year(Month.of(clock.today()))


def year_label(year: int) -> str:
    return f"July {year} to June {year + 1}"


def _without(measure: str) -> str:
    usual = settings.SPRING["YEARLY_TARGET_PEOPLE"]
    return f"While this is empty, {usual:,} counts." if measure == Target.Measure.STARTED else ""


class TargetsForm(SpringForm):
    """One number for each measure of this contract year and the next; empty for none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = this_year()
        self.asked = {
            f"{measure}_{y}": (y, measure) for y in (year, year + 1) for measure in Target.Measure
        }
        there = {
            (target.year, target.measure): target.people
            for target in Target.objects.filter(year__gte=year)
        }
        for name, (y, measure) in self.asked.items():
            self.fields[name] = forms.IntegerField(
                label=f"{measure.label}, {year_label(y)}",
                required=False,
                help_text=_without(measure),
                min_value=1,
                max_value=MOST,
                initial=there.get((y, measure)),
                widget=forms.NumberInput(
                    attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}
                ),
            )
        self.helper = form_helper(save="Keep these targets")

    def changes(self) -> Iterator[tuple[int, str, int | None]]:
        """Year, measure and number of each that was changed."""
        for name in self.changed_data:
            yield *self.asked[name], self.cleaned_data[name]


@transaction.atomic
def set_target(*, year: int, measure: str, people: int | None, by: Any) -> None:
    """Set, change or take away a target; reports made before keep the one they were made with."""
    if people is None:
        Target.objects.filter(year=year, measure=measure).delete()
    else:
        Target.objects.update_or_create(year=year, measure=measure, defaults={"people": people})
    record(Verb.CHANGED, "reports.target", by=by, year=year, measure=measure, people=people)


@allow(Role.SERVICE_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: HttpRequest) -> HttpResponse:
    """The targets of this contract year and the next, and those of earlier years."""
    form = TargetsForm(request.POST or None)
    if form.is_valid():
        with transaction.atomic():
            for year, measure, people in form.changes():
                set_target(year=year, measure=measure, people=people, by=request.user)
        messages.success(request, "The targets are kept. Reports made from now on use them.")
        return redirect("targets")
    earlier = Target.objects.filter(year__lt=this_year()).order_by("-year", "measure")
    return render(
        request,
        "reports/targets.html",
        {"form": form, "earlier": [(year_label(target.year), target) for target in earlier]},
    )
