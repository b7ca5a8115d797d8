"""Who this person may be already: exact matches only, and of others' people only that they exist."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from participants.models import Journey, Participant
from referrals.models import Referral
from spring.core.identifiers import plain

MOST = 10
OPEN_NOW = "open_now"


@dataclass(frozen=True)
class Person:
    """Someone on record who is perhaps the person referred."""

    participant: Participant
    by: str
    open_journey: Journey | None
    other_number: bool

    def __str__(self) -> str:
        born = self.participant.date_of_birth
        return f"{self.participant.name}, born {born.day} {born:%B %Y}"


@dataclass(frozen=True)
class Matches:
    """What is known already; `hidden` counts records that the reader may not see."""

    people: list[Person]
    referrals: list[Referral]
    hidden: int

    def __bool__(self) -> bool:
        return bool(self.people or self.referrals or self.hidden)


def find_matches(referral: Referral, user: Any) -> Matches:
    """Participants and other referrals with the same NHS number, or the same name and birth date."""
    same: dict[str, Any] = {
        "nhs_number": referral.nhs_number,
        "name": referral.name,
        "date_of_birth": referral.date_of_birth,
    }
    people = Participant.objects.matching(**same)
    others = Referral.objects.same_person(**same).exclude(pk=referral.pk)
    if referral.journey:
        people = people.exclude(pk=referral.journey.participant_id)
    seen_people = list(
        people.visible_to(user)
        .prefetch_related(
            Prefetch(
                "journeys",
                queryset=Journey.objects.visible_to(user).open().select_related("partner"),
                to_attr=OPEN_NOW,
            )
        )
        .order_by("created_at", "pk")[:MOST]
    )
    seen_others = list(
        others.visible_to(user)
        .select_related("partner", "decided_by", "practice", "referring_practice")
        .order_by("-submitted_at", "pk")[:MOST]
    )
    hidden = people.exclude(pk__in=people.visible_to(user).values("pk")).count()
    hidden += others.exclude(pk__in=others.visible_to(user).values("pk")).count()
    return Matches([_person(referral, one) for one in seen_people], seen_others, hidden)


def _person(referral: Referral, participant: Participant) -> Person:
    by = []
    if referral.nhs_number and referral.nhs_number == participant.nhs_number:
        by.append("Same NHS number")
    if (plain(referral.name)[:160], referral.date_of_birth) == (
        participant.name_key,
        participant.date_of_birth,
    ):
        by.append("Same name and date of birth")
    journeys: list[Journey] = getattr(participant, OPEN_NOW)
    numbers = {referral.nhs_number, participant.nhs_number} - {""}
    return Person(participant, "; ".join(by), journeys[0] if journeys else None, len(numbers) > 1)
