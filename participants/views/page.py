"""How every page about a person is opened."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from participants.models import Journey
from spring.accounts.roles import CASE_ROLES, OVERSIGHT_ROLES
from spring.audit.log import Verb, record

KEEPERS = (*CASE_ROLES, *OVERSIGHT_ROLES)


def typed_in(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None where a page is only looked at. An empty form counts."""
    return request.POST if request.method == "POST" else None


def person_page(
    request: HttpRequest, template: str, journey: Journey, status: int = 200, **context: Any
) -> HttpResponse:
    """Write down that the record was opened, then draw the page; no log, no page."""
    record(
        Verb.VIEWED,
        journey,
        by=request.user,
        participant=journey.participant_id,
        page=template.rsplit("/", 1)[-1].removesuffix(".html"),
    )
    return render(
        request,
        template,
        {"journey": journey, "participant": journey.participant, **context},
        status=status,
    )
