"""Pausing, agreeing a rhythm, leaving out a review, closing."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from participants.access import journey_arranged_by, journey_worked_by
from participants.actions import (
    close_journey,
    pause_journey,
    resume_journey,
    set_rhythm,
    skip_review,
)
from participants.actions.journeys import needs_early_reason
from participants.forms import CloseForm, PauseForm, ResumeForm, RhythmForm, SkipReviewForm
from participants.models import Journey
from participants.views.page import KEEPERS, person_page, typed_in
from partners.access import allow
from spring.core import clock
from spring.core.forms import SpringForm
from spring.core.refusal import Refused


@allow(*KEEPERS)
@require_safe
def journey(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What may be done about the journey as a whole."""
    return _page(request, journey_worked_by(request.user, pk))


@allow(*KEEPERS)
@require_POST
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = journey_worked_by(request.user, pk)
    form = PauseForm(request.POST, prefix="pause")
    return _try(request, found, form, pause_journey, "Paused. The review clock stands still.")


@allow(*KEEPERS)
@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = journey_worked_by(request.user, pk)
    form = ResumeForm(request.POST, prefix="resume")
    return _try(
        request,
        found,
        form,
        resume_journey,
        "Under way again. Reviews move by the days of the pause.",
    )


@allow(*KEEPERS)
@require_POST
def rhythm(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = journey_worked_by(request.user, pk)
    form = RhythmForm(request.POST, prefix="rhythm")
    return _try(request, found, form, _agree_rhythm, "Saved: how often to be in touch.")


def _agree_rhythm(*, journey: Journey, weeks: str, reason: str, by: Any) -> None:
    set_rhythm(journey=journey, days=int(weeks) * 7 if weeks else None, reason=reason, by=by)


@allow(*KEEPERS)
@require_POST
def skip(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = journey_worked_by(request.user, pk)
    form = SkipReviewForm(request.POST, prefix="skip")
    return _try(request, found, form, skip_review, "Saved: this review is not held.")


def _try(
    request: HttpRequest,
    found: Journey,
    form: SpringForm,
    act: Callable[..., Any],
    done: str,
) -> HttpResponse:
    """Do it and go back to the person, or show the page again with what was typed."""
    if form.is_valid():
        try:
            act(journey=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("participant", found.participant_id)
    return _page(request, found, typed=form)


def _page(request: HttpRequest, found: Journey, typed: SpringForm | None = None) -> HttpResponse:
    weeks = str(found.rhythm_days // 7) if found.rhythm_days else ""
    forms: dict[str, SpringForm] = {
        "pause": PauseForm(prefix="pause"),
        "resume": ResumeForm(prefix="resume"),
        "rhythm": RhythmForm(
            prefix="rhythm", initial={"weeks": weeks, "reason": found.rhythm_reason}
        ),
        "skip": SkipReviewForm(prefix="skip"),
    }
    if typed is not None and typed.prefix:
        forms[typed.prefix] = typed
    window = timedelta(days=settings.SPRING["REVIEW_WINDOW_DAYS"])
    due = found.next_review_on
    return person_page(
        request,
        "participants/journey.html",
        found,
        status=422 if typed is not None else 200,
        form=typed,
        forms=forms,
        pauses=list(found.pauses.order_by("-starts_on")),
        may_skip=due is not None and clock.today() >= due - window,
        usual_days=settings.SPRING["NO_CONTACT_DAYS"],
    )


@allow(*KEEPERS)
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a journey, with a reason that fits."""
    found = journey_arranged_by(request.user, pk)
    form = CloseForm(
        typed_in(request),
        started=found.started_on is not None,
        is_early=partial(needs_early_reason, found),
    )
    if request.method == "POST" and form.is_valid():
        try:
            close_journey(journey=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "This journey is closed. The record stays.")
            return redirect("participant", pk)
    return person_page(
        request,
        "participants/close.html",
        found,
        status=422 if form.errors else 200,
        form=form,
    )
