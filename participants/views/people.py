"""Who someone is, and what they agreed to."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from participants.access import journey_worked_by, keeps_details
from participants.actions import (
    Outdated,
    change_details,
    last_change,
    record_consent,
    withdraw_consent,
)
from participants.forms import ConsentForm, DetailsForm
from participants.models import Journey, Participant
from participants.views.page import KEEPERS, person_page, typed_in
from partners.access import allow
from spring.core.refusal import Refused


def _kept(request: HttpRequest, pk: UUID) -> Journey:
    journey = journey_worked_by(request.user, pk)
    if not keeps_details(request.user, journey):
        raise Http404
    return journey


@allow(*KEEPERS)
def details(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change details; if someone else did meanwhile, theirs stand beside what was typed."""
    journey = _kept(request, pk)
    participant = journey.participant
    now = last_change(participant)
    before = {name: getattr(participant, name) for name in DetailsForm.columns()}
    before |= {"practice": participant.practice_id, "since": now}
    form = DetailsForm(typed_in(request), initial=before, participant=participant)
    theirs: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            change_details(
                participant=participant,
                changes=form.changes(participant),
                by=request.user,
                since=form.cleaned_data["since"],
            )
        except Outdated as outdated:
            theirs = form.differences(participant)
            form.data = {**request.POST.dict(), "since": str(now)}
            form.add_error(None, str(outdated))
        except Refused as refused:
            form.add_error("nhs_number", str(refused))
        else:
            messages.success(request, "Saved: the details.")
            return redirect("participant", pk)
    return person_page(
        request,
        "participants/details.html",
        journey,
        status=422 if form.errors else 200,
        form=form,
        theirs=theirs,
    )


@allow(*KEEPERS)
def consents(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What someone agreed to: listed, written down, taken back."""
    journey = _kept(request, pk)
    participant = journey.participant
    if "withdraw" in request.POST:
        return _withdraw(request, participant)
    form = ConsentForm(typed_in(request))
    if request.method == "POST" and form.is_valid():
        try:
            record_consent(participant=participant, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved: what they agreed to.")
            return redirect("consents", pk)
    given = participant.consents.select_related("organisation", "obtained_by")
    return person_page(
        request,
        "participants/consents.html",
        journey,
        status=422 if form.errors else 200,
        form=form,
        consents=list(given.order_by("withdrawn_at", "-given_at")),
    )


def _withdraw(request: HttpRequest, participant: Participant) -> HttpResponse:
    try:
        wanted = UUID(request.POST["withdraw"])
    except ValueError:
        raise Http404 from None
    consent = get_object_or_404(participant.consents, pk=wanted)
    withdraw_consent(consent=consent, by=request.user)
    messages.success(request, "Saved: they took it back. From now on it no longer counts.")
    return redirect("consents", participant.pk)
