"""Who works with Spring, where, and as what; which organisations there are."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from partners.imports import Plan, Problem, Row, compare
from partners.models import Membership, Organisation
from spring.accounts.actions import send_invitation
from spring.accounts.models import User
from spring.accounts.roles import Role
from spring.audit.log import Verb, record
from spring.core import clock
from spring.core.refusal import Refused

COLUMNS = [field.attname for field in Organisation._meta.concrete_fields]
Kind = Organisation.Kind
HELD_AT: dict[str, tuple[str, ...]] = {
    Role.COORDINATOR: (Kind.SERVICE, Kind.PARTNER),
    Role.LINK_WORKER: (Kind.PARTNER,),
    Role.VOLUNTEER: (Kind.PARTNER,),
    Role.NHS_LINK_WORKER: (Kind.PRACTICE, Kind.PCN),
    Role.PARTNER_MANAGER: (Kind.PARTNER,),
    Role.SERVICE_MANAGER: (Kind.SERVICE,),
    Role.COMMISSIONER: (Kind.COMMISSIONER,),
    Role.ADMINISTRATOR: (Kind.SERVICE,),
}
"""At which kinds of organisation each role can be held."""


@transaction.atomic
def invite(*, name: str, email: str, role: str, organisation: Organisation, by: Any) -> User:
    """Make an account with one role, and have an invitation sent to its address."""
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("There is an account with this e-mail address already. Open it instead.")
    try:
        with transaction.atomic():
            user = User.objects.create_user(email=email, name=name)
    except IntegrityError:  # another administrator was a moment quicker
        raise Refused("There is an account with this e-mail address already.") from None
    record(Verb.CREATED, user, by=by)
    add_membership(user=user, role=role, organisation=organisation, by=by)
    send_invitation(user=user)
    return user


@transaction.atomic
def invite_again(*, user: User, by: Any) -> None:
    """Send a new link to someone who has not chosen a password yet."""
    user = _locked(user)
    if not user.is_active:
        raise Refused("This account has ended. Open it again first.")
    if user.has_usable_password():
        raise Refused(f"{user.name} has a password already, and can choose a new one by e-mail.")
    send_invitation(user=user)
    record(Verb.CHANGED, user, by=by, field="invited_at")


@transaction.atomic
def add_membership(*, user: User, role: str, organisation: Organisation, by: Any) -> Membership:
    """Give someone a role at an organisation, from today."""
    if user == by:
        raise Refused("Nobody gives a role to themselves. Ask another administrator.")
    if not user.is_active:
        raise Refused("This account has ended. Open it again first.")
    if organisation.kind not in HELD_AT[role]:
        kinds = " or ".join(Kind(kind).label.lower() for kind in HELD_AT[role])
        raise Refused(f"{Role(role).label} is a role at: {kinds}. Choose such an organisation.")
    membership = Membership(user=user, role=role, organisation=organisation)
    membership._history_user = by  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError:
        raise Refused(f"{user.name} is {membership} already.") from None
    record(Verb.CREATED, membership, by=by, user=str(user.pk), role=role, at=str(organisation.pk))
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: Any) -> None:
    """Take a role away with the next request."""
    if membership.user == by:
        raise Refused("Nobody ends a role of their own. Ask another administrator.")
    lasting = Membership.objects.select_for_update().filter(_lasting(), pk=membership.pk)
    _end(lasting.order_by("pk"), by=by)


@transaction.atomic
def end_account(*, user: User, by: Any) -> None:
    """Close an account: its roles end, and its sessions with their next request."""
    if user == by:
        raise Refused("Nobody ends their own account. Ask another administrator.")
    user = _locked(user)
    if not user.is_active:
        return
    user.end()
    user.save(update_fields=["is_active", "ended_at"])
    # Also those that begin later: an ended account comes back with no role at all.
    _end(user.memberships.filter(_lasting()).order_by("pk"), by=by)
    record(Verb.CHANGED, user, by=by, field="is_active", to=False)


@transaction.atomic
def reopen_account(*, user: User, by: Any) -> None:
    """Open an ended account again, without roles; its password is gone, so it is invited anew."""
    user = _locked(user)
    if user.is_active:
        return
    user.is_active = True
    user.ended_at = None
    user.set_unusable_password()
    user.save(update_fields=["is_active", "ended_at", "password"])
    send_invitation(user=user)
    record(Verb.CHANGED, user, by=by, field="is_active", to=True)


@transaction.atomic
def keep_organisation(*, organisation: Organisation, by: Any) -> None:
    """Save a new or changed organisation; the log names the columns that changed.

    What kind it is decides what its coordinators see, so that is said once, when it is added.
    """
    there = Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
    if there and there.kind != organisation.kind:
        raise Refused("An organisation keeps its kind. Add a new one, and let this one end.")
    organisation.save()
    if there is None:
        record(Verb.CREATED, organisation, by=by)
        return
    changed = [name for name in COLUMNS if getattr(there, name) != getattr(organisation, name)]
    record(Verb.CHANGED, organisation, by=by, fields=changed)


def plan_import(rows: list[Row], problems: list[Problem]) -> Plan:
    """What importing these rows would change, compared with what is there now."""
    there = Organisation.objects.filter(code__in=_codes(rows)).select_related("network")
    known = _known(there)
    return compare(rows, problems, {code: _facts(one) for code, one in known.items()})


@transaction.atomic
def import_organisations(*, rows: list[Row], digest: str, by: Any) -> Plan:
    """Do what a plan said, all of it or nothing; refused if it would do something else by now."""
    there = Organisation.objects.filter(code__in=_codes(rows)).select_related("network")
    known = _known(there.select_for_update(of=("self",)))
    plan = compare(rows, [], {code: _facts(one) for code, one in known.items()})
    if plan.problems or plan.digest != digest:
        raise Refused("Something changed here since the check. Nothing was written; look again.")
    # Networks first: practices point at them.
    for row in sorted(plan.added, key=lambda row: row.kind != Kind.PCN):
        organisation = Organisation(code=row.code, kind=row.kind)
        known[row.code] = _filled(organisation, row.facts, known)
        keep_organisation(organisation=organisation, by=by)
    for difference in (*plan.changed, *plan.closed):
        facts = {what: after for what, _, after in difference.changes}
        organisation = _filled(known[difference.row.code], facts, known)
        keep_organisation(organisation=organisation, by=by)
    return plan


def _codes(rows: Iterable[Row]) -> set[str]:
    return {code for row in rows for code in (row.code, row.facts.get("network")) if code}


def _known(organisations: Iterable[Organisation]) -> dict[str, Organisation]:
    return {organisation.code: organisation for organisation in organisations}


def _facts(organisation: Organisation) -> dict[str, Any]:
    columns = "kind name address postcode telephone valid_from valid_to council"
    facts = {column: getattr(organisation, column) for column in columns.split()}
    return facts | {"network": organisation.network.code if organisation.network else ""}


def _filled(
    organisation: Organisation, facts: Mapping[str, Any], known: Mapping[str, Organisation]
) -> Organisation:
    for name, value in facts.items():
        if name == "network":
            organisation.network = known[value] if value else None
        else:
            setattr(organisation, name, value)
    return organisation


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _lasting() -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gt=clock.today())


def _end(memberships: Iterable[Membership], *, by: Any) -> None:
    for membership in memberships:
        membership.ends_on = max(clock.today(), membership.starts_on)
        membership._history_user = by  # type: ignore[attr-defined]
        membership.save(update_fields=["ends_on"])
        record(Verb.CHANGED, membership, by=by, field="ends_on", user=str(membership.user_id))
