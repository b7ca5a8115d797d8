"""Which journey of a person a page shows, and who of those who may see it may work on it."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import Http404

from participants.models import Journey
from partners.access import standing
from spring.accounts.roles import Role


def works_on(user: Any, journey: Journey) -> bool:
    """True for those who work the case and their partner's manager.

    They record sessions, plans and measures, and read the notes. Coordinators and managers of the
    service see the record without the words of notes.
    """
    who = standing(user)
    if journey.partner_id in who.at(Role.PARTNER_MANAGER):
        return True
    if journey.partner_id in who.at(Role.LINK_WORKER, Role.VOLUNTEER):
        # In Python, so that a page which loaded them already asks nothing more.
        return any(a.worker_id == user.pk and not a.ends_at for a in journey.assignments.all())
    if journey.service == Journey.Service.NHS and who.has(Role.NHS_LINK_WORKER):
        return Journey.objects.visible_to(user).filter(pk=journey.pk).exists()
    return False


def arranges(user: Any, journey: Journey) -> bool:
    """True for those who may hand a journey over: its coordinators and managers."""
    who = standing(user)
    if who.sees_whole_service():
        return True
    return journey.partner_id in who.at(Role.COORDINATOR, Role.PARTNER_MANAGER)


def hands_over(user: Any, journey: Journey) -> bool:
    """True for those who arrange, and for the link worker who holds the journey."""
    if arranges(user, journey):
        return True
    holds = any(
        a.worker_id == user.pk and a.is_lead and not a.ends_at for a in journey.assignments.all()
    )
    return holds and works_on(user, journey)


def journey_of(user: Any, participant: UUID) -> Journey:
    """The open, else the latest, journey of this person that `user` may see; 404 without one."""
    journeys = Journey.objects.visible_to(user).filter(participant=participant)
    journeys = journeys.select_related("participant", "partner", "practice")
    journey = journeys.order_by(*LATEST_FIRST).first()
    if journey is None:
        raise Http404
    return journey


LATEST_FIRST = (F("closed_on").desc(nulls_first=True), "-accepted_on", "-created_at")


def journey_worked_by(user: Any, participant: UUID) -> Journey:
    """The same for those who record things on it; to the others the page does not exist."""
    journey = journey_of(user, participant)
    if not works_on(user, journey):
        raise Http404
    return journey


def journey_arranged_by(user: Any, participant: UUID) -> Journey:
    """The same for those who close a journey: who works on it, and who arranges."""
    journey = journey_of(user, participant)
    if not (works_on(user, journey) or arranges(user, journey)):
        raise Http404
    return journey


def keeps_details(user: Any, journey: Journey) -> bool:
    """True for those who work on the person's present journey: a former one opens no details."""
    if not works_on(user, journey):
        return False
    return journey.is_open or not journey.participant.journeys.open().exists()
