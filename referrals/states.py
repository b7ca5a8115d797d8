"""What may become of a referral: one table. Pure."""

from django.db import models


class Status(models.TextChoices):
    RECEIVED = "received", "Waiting for a decision"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    SIGNPOSTED = "signposted", "Signposted"
    PASSED_TO_NHS = "passed_to_nhs", "Passed to the NHS link worker"


TRANSITIONS: dict[str, frozenset[str]] = {
    Status.RECEIVED: frozenset(
        {Status.ACCEPTED, Status.DECLINED, Status.SIGNPOSTED, Status.PASSED_TO_NHS}
    ),
    Status.ACCEPTED: frozenset(),
    Status.DECLINED: frozenset(),
    Status.SIGNPOSTED: frozenset(),
    Status.PASSED_TO_NHS: frozenset(),
}
TAGS: dict[str, str] = {
    Status.RECEIVED: "due",
    Status.ACCEPTED: "ok",
    Status.DECLINED: "quiet",
    Status.SIGNPOSTED: "info",
    Status.PASSED_TO_NHS: "special",
}
"""The ground on which each status stands; the word stands on it always."""

OPEN = tuple(status for status, onward in TRANSITIONS.items() if onward)


class DeclineReason(models.TextChoices):
    """Why a referral was declined. Only the first is the person's own choice."""

    PERSON_DECLINED = "person_declined", "The person does not want it"
    UNDER_18 = "under_18", "Under 18"
    OUT_OF_AREA = "out_of_area", "Lives and is registered outside the area"
    NOT_SUITABLE = "not_suitable", "Needs a different kind of service"
    ALREADY_WITH_US = "already_with_us", "Already supported by Spring"
    CRISIS = "crisis", "Needs urgent or crisis help first"
    NO_CAPACITY = "no_capacity", "No room at present"
    DIED = "died", "Has died"
