"""Finding a person among those one may see. The words never stand in a URL."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from linkworkers.search import Wanted, wanted
from participants.models import Journey, Participant
from partners.access import allow
from spring.accounts.roles import CASE_ROLES, OVERSIGHT_ROLES
from spring.audit.log import Verb, record, seen
from spring.core import clock

MOST = 25
LONGEST = 100


@dataclass(frozen=True)
class Row:
    """Someone who was found, with their latest journey that this user may see."""

    participant: Participant
    journey: Journey


@allow(*CASE_ROLES, *OVERSIGHT_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Look by name, date of birth, NHS number, telephone, postcode or reference."""
    if request.method != "POST":
        return render(request, "linkworkers/find.html", {"words": "", "rows": None})
    words = " ".join(request.POST.get("words", "").split())[:LONGEST]
    search = wanted(words, clock.today())
    rows = [] if search.is_too_short else _found(search, request.user)
    shown = rows[:MOST]
    record(Verb.SEARCHED, "participants.participant", by=request.user, hits=len(rows))
    seen([row.participant.pk for row in shown], "find", by=request.user)
    if search.is_exact and len(rows) == 1:
        return redirect("participant", rows[0].participant.pk)
    return render(
        request,
        "linkworkers/find.html",
        {
            "words": words,
            "rows": shown,
            "more": len(rows) > MOST,
            "most": MOST,
            "too_short": search.is_too_short,
        },
    )


def _found(search: Wanted, user: Any) -> list[Row]:
    """One more than is shown at most, so that the page can say that there are more."""
    visible = Journey.objects.visible_to(user)
    people = Participant.objects.visible_to(user).filter(_condition(search, visible, user))
    latest = visible.select_related("partner").order_by("-accepted_on", "-pk")
    people = people.prefetch_related(Prefetch("journeys", queryset=latest, to_attr="visible"))
    found = people.order_by("name_key", "pk")[: MOST + 1]
    return [Row(person, person.visible[0]) for person in found]


def _condition(search: Wanted, visible: Any, user: Any) -> Q:
    if search.reference:
        mine = visible.filter(participant=OuterRef("pk"), reference=search.reference)
        return Q(Exists(mine))
    condition = Q()
    for word in search.words:
        # Both sides are folded already; this form is the one that the trigram index serves.
        condition &= Q(search_text__contains=word)
    if search.date_of_birth:
        condition |= Q(date_of_birth=search.date_of_birth)
    # A former journey is found by its reference alone: name, number and place are of today.
    return condition & Participant.objects.present_to(user)
