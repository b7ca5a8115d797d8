"""Writing the wellbeing plan together."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from participants.access import journey_worked_by
from participants.actions import PlanChanged, change_plan
from participants.forms import PlanForms
from participants.models import Journey, Plan
from participants.views.page import KEEPERS, person_page
from partners.access import allow
from spring.core.refusal import Refused


@allow(*KEEPERS)
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the plan; if someone else saved meanwhile, theirs stands beside what was typed."""
    journey = journey_worked_by(request.user, pk)
    name = journey.participant.first_called
    theirs = None
    if request.method == "POST":
        typed = PlanForms(name=name, data=request.POST.dict(), more=request.POST.get("add", ""))
        if not typed.more and typed.is_valid():
            try:
                _save(request, journey, typed)
            except PlanChanged as changed:
                theirs = _current(journey)
                typed.begin_again_from(theirs.version if theirs else 0)
                typed.main.add_error(None, str(changed))
            except Refused as refused:
                typed.main.add_error(None, str(refused))
            else:
                messages.success(request, "Saved: the plan.")
                return redirect("participant", pk)
    else:
        typed = PlanForms(name=name, plan=_current(journey))
    return person_page(
        request,
        "participants/plan.html",
        journey,
        status=422 if typed.errors else 200,
        forms=typed,
        theirs=theirs,
    )


def _save(request: HttpRequest, journey: Journey, typed: PlanForms) -> None:
    main = typed.main.cleaned_data
    change_plan(
        journey=journey,
        version=main["version"],
        submission=main["submission"],
        what_matters=main["what_matters"],
        strengths=main["strengths"],
        agreed=main["agreed"],
        agreed_on=main["agreed_on"],
        not_agreed_reason=main["not_agreed_reason"],
        goals=typed.drafts(),
        by=request.user,
    )


def _current(journey: Journey) -> Plan | None:
    plans = Plan.objects.filter(journey=journey).select_related("updated_by")
    return plans.prefetch_related("goals__actions").first()
