"""What each role is for, in prose. A role is held through `partners.Membership`, never otherwise."""

from django.db import models


class Role(models.TextChoices):
    """The nine ways to work with Spring."""

    COORDINATOR = "coordinator", "Coordinator"
    LINK_WORKER = "link_worker", "Link worker"
    VOLUNTEER = "volunteer", "Volunteer"
    NHS_LINK_WORKER = "nhs_link_worker", "NHS link worker"
    PARTNER_MANAGER = "partner_manager", "Partner manager"
    SERVICE_MANAGER = "service_manager", "Service manager"
    COMMISSIONER = "commissioner", "Commissioner"
    ADMINISTRATOR = "administrator", "Administrator"


PROSE = {
    Role.COORDINATOR: (
        "Reads referrals, decides where they go and finds a link worker. A coordinator of the "
        "service sees every partner; a coordinator of a partner sees that partner's people."
    ),
    Role.LINK_WORKER: (
        "Stays with a person for 6 to 12 months. Sees the people who are, or were until today, "
        "theirs to support, and the caseload of no one else."
    ),
    Role.VOLUNTEER: (
        "Supports a few people under a partner's guidance. Sees only the people allocated to them."
    ),
    Role.NHS_LINK_WORKER: (
        "Runs the three-month service at a practice. Sees the people of that service at their own "
        "practices and PCN."
    ),
    Role.PARTNER_MANAGER: (
        "Leads a partner's link workers. Sees that partner's people, workers and figures."
    ),
    Role.SERVICE_MANAGER: (
        "Answers for the whole service. Sees every partner's people and figures, keeps targets."
    ),
    Role.COMMISSIONER: ("Pays for the service. Reads published reports; never sees a person."),
    Role.ADMINISTRATOR: (
        "Keeps accounts, memberships and organisations. Never reaches the record of a person."
    ),
}

CASE_ROLES = (Role.LINK_WORKER, Role.VOLUNTEER, Role.NHS_LINK_WORKER)
"""Those who work with people themselves."""

OVERSIGHT_ROLES = (Role.COORDINATOR, Role.PARTNER_MANAGER, Role.SERVICE_MANAGER)
"""Those who see a partner's, or the whole service's, people."""
