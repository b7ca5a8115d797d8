"""Everyone who is with us: where Today is who needs me."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkworkers.filters import ORDERS, CaseloadFilter
from linkworkers.lines import lines
from linkworkers.reasons import Reason, reason_of, with_reason
from participants.models import Journey
from partners.access import allow, standing
from spring.accounts.roles import CASE_ROLES, OVERSIGHT_ROLES
from spring.audit.log import seen
from spring.core import clock
from spring.core.journey_line import JourneyFacts

PAGE = 25


@dataclass(frozen=True)
class Row:
    """One open journey in the list."""

    journey: Any
    reason: Reason | None
    facts: JourneyFacts


@allow(*CASE_ROLES, *OVERSIGHT_ROLES)
@require_safe
def caseload(request: HttpRequest) -> HttpResponse:
    """All open journeys that this user may see, narrowed and in pages."""
    user = request.user
    day = clock.today()
    journeys = with_reason(Journey.objects.visible_to(user), day)
    journeys = journeys.order_by(*ORDERS["pressing"][1])
    narrowed = CaseloadFilter(request.GET, queryset=journeys, user=user)
    found = narrowed.qs.select_related("participant", "partner")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    drawn = lines(page.object_list, day)
    rows = [Row(journey, reason_of(journey, day), drawn[journey.pk]) for journey in page]
    seen([row.journey.participant_id for row in rows], "caseload", by=user)
    return render(
        request,
        "linkworkers/caseload.html",
        {
            "page": page,
            "rows": rows,
            "narrowing": narrowed.form,
            "is_narrowed": any(value for value in narrowed.form.cleaned_data.values()),
            "oversees": standing(user).has(*OVERSIGHT_ROLES),
            "whole_service": standing(user).sees_whole_service(),
        },
    )
