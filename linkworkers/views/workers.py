"""Room for more people: set by those who lead, so that a coordinator sees where there is some."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from linkworkers.models import Worker
from linkworkers.workers import KEEPERS, keep_post, memberships_kept_by, places, post_of
from partners.access import allow
from spring.core.forms import SpringModelForm, TypedDateField, form_helper

MOST = 300


class WorkerForm(SpringModelForm):
    """How many people, as a volunteer or not, and until when away."""

    capacity = forms.IntegerField(
        label="How many people at one time",
        help_text="About 45 for someone who works full time; a volunteer supports a few.",
        error_messages={"required": "Enter a number of people, 0 for none"},
        min_value=0,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )
    is_volunteer = forms.BooleanField(label="Works as a volunteer", required=False)
    away_until = TypedDateField(
        label="Away until",
        required=False,
        century="near",
        not_before_today=True,
        help_text="The last day away. Leave it empty for someone who is at work.",
    )
    helper = form_helper("capacity", "is_volunteer", "away_until", save="Keep this")

    class Meta:
        model = Worker
        fields = ["capacity", "is_volunteer", "away_until"]


@allow(*KEEPERS)
@require_safe
def workers(request: HttpRequest) -> HttpResponse:
    """Who can support how many people, partner by partner."""
    return render(request, "linkworkers/workers.html", {"partners": places(request.user)})


@allow(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def worker(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set how many people one member of a partner can support."""
    membership = get_object_or_404(memberships_kept_by(request.user), pk=pk)
    post = post_of(membership)
    form = WorkerForm(request.POST or None, instance=post)
    if form.is_valid():
        keep_post(membership=membership, by=request.user, **form.cleaned_data)
        messages.success(request, f"The room of {membership.user.name} is kept.")
        return redirect("workers")
    return render(request, "linkworkers/worker.html", {"form": form, "membership": membership})
