"""The page of one person, and what is done from it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from linkworkers.actions import finish_step, log_contact, set_next_step
from linkworkers.forms import HandOverForm, LogContactForm, StepForm
from linkworkers.models import Task, Worker
from linkworkers.record import PersonRecord, read_record
from participants.access import hands_over, journey_of, journey_worked_by
from participants.actions import hand_over as hand_over_journey
from participants.actions.sessions import FIELDS
from participants.models import Session
from participants.views.page import KEEPERS, person_page, typed_in
from partners.access import allow
from spring.audit.log import Verb, record
from spring.core import clock
from spring.core.refusal import Refused

FIRST_ENTRIES = 30
USUAL_MINUTES = 45


@allow(*KEEPERS)
@require_safe
def participant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything about one person that helps the next conversation."""
    return _page(request, pk)


def _page(
    request: HttpRequest,
    pk: UUID,
    *,
    log_form: LogContactForm | None = None,
    step_form: StepForm | None = None,
) -> HttpResponse:
    """The page, ready to type or with what was typed; no log of it, no page.

    It is drawn after the transaction, so that a slow page keeps nobody from writing.
    """
    with transaction.atomic():
        person = read_record(request.user, pk)
        record(Verb.VIEWED, person.participant, by=request.user, participant=pk)
    typed = log_form or step_form
    entries = person.entries
    shown = entries if request.GET.get("show") == "all" else entries[:FIRST_ENTRIES]
    context: dict[str, Any] = {
        "person": person,
        "participant": person.participant,
        "journey": person.journey,
        "entries": shown,
        "hidden": len(entries) - len(shown),
        "usual_days": settings.SPRING["NO_CONTACT_DAYS"],
        "form": typed,
        "log_form": None,
        "step_form": None,
    }
    if person.works and person.journey.is_open:
        context["log_form"] = log_form or _ready_to_type(person)
        context["step_form"] = step_form or StepForm(participant=person.participant)
    return render(request, "linkworkers/person.html", context, status=422 if typed else 200)


def _ready_to_type(person: PersonRecord) -> LogContactForm:
    """The form of the next contact, filled in as far as the last ones tell."""
    met = next((s for s in person.sessions if s.is_engaged), None)
    return LogContactForm(
        participant=person.participant,
        tasks=person.tasks,
        initial={
            "kind": Session.Kind.SESSION,
            "mode": met.mode if met else Session.Mode.TELEPHONE,
            "happened_on": clock.today(),
            "minutes": met.minutes if met and met.minutes else USUAL_MINUTES,
            "due_in": "none" if person.tasks else "2",
        },
    )


@allow(*KEEPERS)
@require_POST
def log(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a contact and the next step in one go."""
    journey = journey_worked_by(request.user, pk)
    tasks = list(journey.tasks.open())
    form = LogContactForm(request.POST, participant=journey.participant, tasks=tasks)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            log_contact(
                journey=journey,
                by=request.user,
                submission=typed["submission"],
                next_step=typed["next_step"],
                next_on=typed["next_on"],
                done_tasks=[UUID(task) for task in typed["done_tasks"]],
                **{name: typed[name] for name in FIELDS},
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            also = " and the next step" if typed["next_on"] else ""
            messages.success(request, f"Saved: the contact{also}.")
            return redirect("participant", pk)
    return _page(request, pk, log_form=form)


@allow(*KEEPERS)
@require_POST
def add_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Promise something by a day."""
    journey = journey_worked_by(request.user, pk)
    form = StepForm(request.POST, participant=journey.participant)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            set_next_step(
                journey=journey, text=typed["text"], due_on=typed["next_on"], by=request.user
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved: the next step.")
            return redirect("participant", pk)
    return _page(request, pk, step_form=form)


@allow(*KEEPERS)
@require_POST
def finish(request: HttpRequest, pk: UUID, step_pk: UUID) -> HttpResponse:
    """Tick off what was promised."""
    journey = journey_worked_by(request.user, pk)
    task = get_object_or_404(Task.objects.visible_to(request.user), pk=step_pk, journey=journey)
    finish_step(task=task, by=request.user)
    messages.success(request, "Done. One promise kept.")
    return redirect("participant", pk)


@allow(*KEEPERS)
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the journey to another link worker, whose load stands beside the name."""
    journey = journey_of(request.user, pk)
    if not hands_over(request.user, journey):
        raise Http404
    lead = journey.assignments.current().leads().select_related("worker").first()
    candidates = Worker.objects.who_may_take(journey, request.user).with_load()
    if lead:
        candidates = candidates.exclude(user=lead.worker_id, partner=journey.partner_id)
    workers = candidates.select_related("user", "partner").order_by(
        "partner__name", "user__name", "pk"
    )
    form = HandOverForm(typed_in(request), workers=workers)
    if request.method == "POST" and form.is_valid():
        taker = form.chosen
        try:
            hand_over_journey(
                journey=journey,
                partner=taker.partner,
                worker=taker.user,
                note=form.cleaned_data["note"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Handed over. They see this person from now on.")
            return redirect("caseload")
    return person_page(
        request,
        "linkworkers/hand_over.html",
        journey,
        status=422 if form.errors else 200,
        form=form,
        lead=lead,
    )
