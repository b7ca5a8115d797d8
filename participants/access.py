"""Who, of those who may see a journey, may work on it and read what was written."""

from typing import Any

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
        return journey.assignments.current().filter(worker=user).exists()
    if journey.service == Journey.Service.NHS and who.has(Role.NHS_LINK_WORKER):
        return Journey.objects.visible_to(user).filter(pk=journey.pk).exists()
    return False


def arranges(user: Any, journey: Journey) -> bool:
    """True for those who may hand a journey over: its coordinators and managers."""
    who = standing(user)
    if who.sees_whole_service():
        return True
    return journey.partner_id in who.at(Role.COORDINATOR, Role.PARTNER_MANAGER)
