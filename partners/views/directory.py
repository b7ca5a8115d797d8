"""The directory of groups and services in the community."""

from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import BooleanField, Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partners.access import allow
from partners.filters import DirectoryFilter
from partners.models import CommunityService
from spring.accounts.roles import CASE_ROLES, OVERSIGHT_ROLES
from spring.core import clock
from spring.core.vocabulary import Need

STALE_AFTER = timedelta(days=90)
PAGE = 25


def _services():
    """Open services; those that nobody checked for three months come last."""
    is_stale = When(last_checked_on__lt=clock.today() - STALE_AFTER, then=Value(True))
    return CommunityService.objects.filter(is_open=True).annotate(
        is_stale=Case(is_stale, default=Value(False), output_field=BooleanField())
    )


@allow(*CASE_ROLES, *OVERSIGHT_ROLES)
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """What there is nearby, freshly checked first."""
    found = DirectoryFilter(request.GET, _services().order_by("is_stale", "name", "pk"))
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    rows = [(service, Need(service.need).label) for service in page]
    return render(request, "partners/directory.html", {"filter": found, "page": page, "rows": rows})


@allow(*CASE_ROLES, *OVERSIGHT_ROLES)
@require_safe
def community_service(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One group or service, ready to be read out on the telephone."""
    service = get_object_or_404(_services(), pk=pk)
    return render(
        request,
        "partners/community_service.html",
        {"service": service, "helps_with": Need(service.need).label},
    )
