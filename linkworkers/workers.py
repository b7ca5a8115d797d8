"""Room for more people: how many each link worker can support, and who is away."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from linkworkers.models import Worker
from partners.access import standing
from partners.models import Membership, Organisation
from spring.accounts.roles import Role
from spring.audit.log import Verb, record
from spring.core import clock

KEEPERS = (Role.COORDINATOR, Role.PARTNER_MANAGER, Role.SERVICE_MANAGER, Role.ADMINISTRATOR)
AT_PARTNERS = (Role.LINK_WORKER, Role.VOLUNTEER)


@dataclass(frozen=True)
class Place:
    """Someone's place at a partner, and their post there if one has been set."""

    membership: Membership
    post: Worker | None

    @property
    def away_until(self) -> date | None:
        until = self.post.away_until if self.post else None
        return until if until and until >= clock.today() else None


def memberships_kept_by(user: Any) -> QuerySet[Membership]:
    """The link workers and volunteers whose room `user` may set: all, or their own partners'."""
    who = standing(user)
    held = Membership.objects.current().filter(
        role__in=AT_PARTNERS,
        organisation__kind=Organisation.Kind.PARTNER,
        user__is_active=True,
    )
    if not (who.sees_whole_service() or who.has(Role.ADMINISTRATOR)):
        held = held.filter(organisation__in=who.at(Role.COORDINATOR, Role.PARTNER_MANAGER))
    return held.select_related("user", "organisation")


def places(user: Any) -> list[tuple[Organisation, list[Place]]]:
    """Everyone with a place at a partner, partner by partner, in two queries."""
    held = memberships_kept_by(user).order_by(
        "organisation__name", "organisation", "user__name", "user", "role"
    )
    posts = Worker.objects.filter(user__in=held.values("user")).with_load()
    by_place = {(post.user_id, post.partner_id): post for post in posts}
    partners: dict[UUID, tuple[Organisation, list[Place]]] = {}
    seen: set[tuple[UUID, UUID]] = set()
    for one in held:
        key = (one.user_id, one.organisation_id)
        if key in seen:  # both link worker and volunteer there: one post
            continue
        seen.add(key)
        _, there = partners.setdefault(one.organisation_id, (one.organisation, []))
        there.append(Place(one, by_place.get(key)))
    return list(partners.values())


def post_of(membership: Membership) -> Worker:
    """The post of a member; a new one, not saved, with what is usual for the role if none is."""
    at = {"user": membership.user, "partner": membership.organisation}
    if post := Worker.objects.filter(**at).first():
        if post.away_until and post.away_until < clock.today():
            post.away_until = None  # back at work
        return post
    usual = {"is_volunteer": True, "capacity": 6} if membership.role == Role.VOLUNTEER else {}
    return Worker(**at, **usual)


@transaction.atomic
def keep_post(*, membership: Membership, by: Any, **facts: Any) -> Worker:
    """Set how many people a member can support, whether as a volunteer, and until when away."""
    post, is_new = Worker.objects.update_or_create(
        user=membership.user, partner=membership.organisation, defaults=facts
    )
    record(
        Verb.CREATED if is_new else Verb.CHANGED, post, by=by, capacity=post.capacity,
        away=post.away_until is not None,
    )  # fmt: skip
    return post
