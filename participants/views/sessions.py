"""Putting right what was written about a contact."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from participants.access import journey_worked_by
from participants.actions import correct_session
from participants.actions.sessions import FIELDS
from participants.forms import SessionForm
from participants.models import Session
from participants.views.page import KEEPERS, person_page, typed_in
from partners.access import allow
from spring.core.refusal import Refused


@allow(*KEEPERS)
def correct(request: HttpRequest, pk: UUID, session_pk: UUID) -> HttpResponse:
    """Correct a session; what it said before stands below the form."""
    journey = journey_worked_by(request.user, pk)
    session = get_object_or_404(journey.sessions.select_related("worker"), pk=session_pk)
    before = {name: getattr(session, name) for name in FIELDS}
    form = SessionForm(typed_in(request), initial=before, name=journey.participant.first_called)
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in FIELDS}
        try:
            correct_session(session=session, changes=changes, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if changes != before:
                messages.success(request, "Corrected. The earlier version is kept.")
            else:
                messages.info(request, "Nothing was changed.")
            return redirect("participant", pk)
    return person_page(
        request,
        "participants/session_correct.html",
        journey,
        status=422 if form.errors else 200,
        form=form,
        session=session,
        versions=_versions(session),
    )


def _versions(session: Session) -> list:
    """Every version, latest first, each with who wrote it and when."""
    return list(session.history.select_related("history_user").order_by("-history_id"))
