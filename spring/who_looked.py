"""Who has looked at a person's record, and who changed it."""

from uuid import UUID

from django.apps import apps
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from participants.models import Participant
from partners.access import allow
from spring.accounts.roles import OVERSIGHT_ROLES
from spring.audit.log import Verb, record
from spring.audit.models import AuditEvent

PAGE = 50
LOG = "this log"


@allow(*OVERSIGHT_ROLES)
@require_safe
def who_looked(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything the audit log says of one person, newest first; looking at it is logged too."""
    may_see = Participant.objects.visible_to(request.user)
    person = get_object_or_404(may_see.filter(may_see.present_to(request.user)), pk=pk)
    record(Verb.VIEWED, LOG, by=request.user, participant=person.pk)
    events = AuditEvent.objects.filter(participant_id=person.pk).select_related("actor")
    page = Paginator(events.order_by("-at", "-pk"), PAGE).get_page(request.GET.get("page"))
    rows = [(event, _what(event)) for event in page]
    return render(
        request, "audit/who_looked.html", {"participant": person, "page": page, "rows": rows}
    )


def _what(event: AuditEvent) -> str:
    """What was seen or changed, as people call it: "the session", "the caseload"."""
    if event.thing == LOG:
        return LOG
    if event.thing == Participant._meta.label_lower:
        return "the record"
    try:
        return f"the {apps.get_model(event.thing)._meta.verbose_name}"
    except (LookupError, ValueError):  # the name of a list
        return f"“{event.thing.rpartition('.')[2].replace('-', ' ')}”"
