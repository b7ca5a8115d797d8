"""The person's own answers to ONS4."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from participants.access import journey_worked_by
from participants.actions import record_measure
from participants.forms import MeasureForm
from participants.instruments import ONS4
from participants.models import Journey, MeasureSet
from participants.views.page import KEEPERS, person_page, typed_in
from partners.access import allow
from spring.core.refusal import Refused


@allow(*KEEPERS)
def measure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a set of answers."""
    journey = journey_worked_by(request.user, pk)
    return _answers(request, journey, MeasureForm(typed_in(request)))


@allow(*KEEPERS)
def correct(request: HttpRequest, pk: UUID, set_pk: UUID) -> HttpResponse:
    """Put a set of answers right: a new set takes its place, the earlier one is kept."""
    journey = journey_worked_by(request.user, pk)
    earlier = get_object_or_404(journey.measures.standing(), pk=set_pk, instrument=ONS4.code)
    said = {"completed_on": earlier.completed_on, "completion": earlier.completion}
    said |= {item: str(value) for item, value in earlier.answers.values_list("item", "value")}
    form = MeasureForm(typed_in(request), initial=said, correcting=True)
    return _answers(request, journey, form, corrects=earlier)


def _answers(
    request: HttpRequest, journey: Journey, form: MeasureForm, corrects: MeasureSet | None = None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            record_measure(
                journey=journey,
                instrument=ONS4.code,
                answers=form.answers(typed),
                completed_on=typed["completed_on"],
                completion=typed["completion"],
                by=request.user,
                submission=typed["submission"],
                corrects=corrects,
                correction_reason=typed.get("correction_reason", ""),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved: the answers.")
            return redirect("participant", journey.participant_id)
    return person_page(
        request,
        "participants/measure.html",
        journey,
        status=422 if form.errors else 200,
        form=form,
        corrects=corrects,
    )
