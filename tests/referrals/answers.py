"""What a referrer types, and what pages say back: shared by the tests of the way in."""

from typing import Any
from uuid import uuid4

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.urls import reverse

from participants.models import Journey
from referrals.models import Referral
from spring.accounts.models import User
from spring.core import clock
from tests import factories as make

# Words that must never leave in an e-mail, a subject, a log or an address.
CANARY_NAME = "Marigold Quillfeather"
CANARY_NUMBER = "9998880009"  # far from those the factories give


def typed(**changes: Any) -> dict[str, Any]:
    """The least that a referral needs, as a browser sends it; None leaves an answer out."""
    answers: dict[str, Any] = {
        "submission": str(uuid4()),
        "source": "hospital",
        "referrer_name": "Dr Ada Brown",
        "referrer_email": "ada.brown@hospital.example",
        "name": CANARY_NAME,
        "date_of_birth": "27 3 1955",
        "telephone": "07700 900123",
        "address": "",
        "needs": ["loneliness", "money"],
        "risk_status": "not_checked",
        "sex": "not_known",
        "agreement": "agreed",
    }
    answers |= changes
    return {name: value for name, value in answers.items() if value is not None}


def send(client: Any, **changes: Any) -> HttpResponse:
    """Send the form."""
    return client.post(reverse("refer"), typed(**changes))


def soup(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html5lib")


def mistakes(response: HttpResponse) -> dict[str, str]:
    """The error beside each field, by the field's name."""
    assert response.status_code == 200, response.status_code
    form = response.context["form"]
    return {name: " ".join(errors) for name, errors in form.errors.items()}


def reference_of(response: HttpResponse) -> str:
    """The reference on the page that a sent form leads to."""
    assert response.status_code == 302, mistakes(response)
    page = type(response.client)().get(response["Location"])
    return soup(page).find(class_="reference").get_text(strip=True)


def link_worker(name: str = "Amira Khan", **facts: Any) -> Any:
    """A link worker at work at a delivery partner."""
    user: User = make.UserFactory(name=name)
    return make.WorkerFactory(user=user, **facts)


def where(referral: Referral, decision: str = "") -> str:
    """The address of a referral, or of a decision on it."""
    name = f"referral-{decision}" if decision else "referral"
    return reverse(name, args=[referral.pk])


def page_of(browser: Any, referral: Referral) -> BeautifulSoup:
    """The page of a referral."""
    response = browser.get(where(referral))
    assert response.status_code == 200
    return soup(response)


def text_of(part: Any) -> str:
    """The words a reader sees, with single spaces."""
    return " ".join(part.get_text(" ").split())


def known_as(referral: Referral, **facts: Any) -> Journey:
    """A journey that ended, of someone with the same name and date of birth as on the referral."""
    facts = {"name": referral.name, "date_of_birth": referral.date_of_birth, **facts}
    return make.JourneyFactory(
        participant=make.ParticipantFactory(**facts),
        partner=make.OrganisationFactory(name="Age UK"),
        stage="closed",
        closed_on=clock.today(),
        closure_reason="moved_away",
    )
