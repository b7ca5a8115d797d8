"""Who someone is, and what they agreed to."""

from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction

from participants.models import Consent, Participant
from spring.audit.log import Verb, record
from spring.core import clock
from spring.core.refusal import Refused

CONSENT_WORDING = "2026-11"


class Outdated(Refused):
    """Somebody else changed the record meanwhile."""


def last_change(participant: Participant) -> int:
    """The number of the latest version of someone's details, 0 if there is none."""
    versions = participant.history.order_by("-history_id")
    return versions.values_list("history_id", flat=True).first() or 0


@transaction.atomic
def change_details(
    *, participant: Participant, changes: dict[str, Any], by: Any, since: int | None = None
) -> Participant:
    """Change details of a person; the earlier version is kept, and the log names the fields only.

    A safe-contact rule that is part of the changes counts as checked today, changed or not. With
    `since`, the version that the writer saw, raises Outdated if there is a later one.
    """
    participant = Participant.objects.select_for_update().get(pk=participant.pk)
    if since is not None and since != last_change(participant):
        raise Outdated(
            "Someone else changed these details while you were writing. Yours are still here: "
            "look at theirs, then save again."
        )
    changed = [name for name, value in changes.items() if getattr(participant, name) != value]
    for name in changed:
        setattr(participant, name, changes[name])
    if "safe_contact" in changes:
        participant.safe_contact_checked_on = clock.today()
    elif not changed:
        return participant
    _refuse_another_s_number(participant)
    participant._history_user = by  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            participant.save()
    except IntegrityError:
        _refuse_another_s_number(participant)  # who came first is known by now
        raise
    record(Verb.CHANGED, participant, by=by, participant=participant.pk, fields=sorted(changed))
    return participant


def _refuse_another_s_number(participant: Participant) -> None:
    number = participant.nhs_number
    others = Participant.objects.filter(nhs_number=number).exclude(pk=participant.pk)
    if number and others.exists():
        raise Refused(
            "Someone else known to Spring has this NHS number. Look at it again, or ask the "
            "service desk."
        )


@transaction.atomic
def record_consent(
    *,
    participant: Participant,
    kind: str,
    method: str,
    by: Any,
    organisation: Any = None,
    given_on: date | None = None,
) -> Consent:
    """Write down that a person agreed to something, today or on an earlier day."""
    participant = Participant.objects.select_for_update().get(pk=participant.pk)
    if (kind == Consent.Kind.SHARE) != (organisation is not None):
        raise Refused("Sharing names the organisation; other agreements name none.")
    standing = participant.consents.filter(withdrawn_at__isnull=True)
    if standing.filter(kind=kind, organisation=organisation).exists():
        raise Refused("They agreed to this already, and have not taken it back.")
    if given_on and given_on > clock.today():
        raise Refused("The day they agreed cannot be in the future.")
    given_at = clock.now()
    if given_on and given_on != clock.today():
        given_at = datetime.combine(given_on, time(12), tzinfo=clock.LONDON)
    consent = Consent.objects.create(
        participant=participant,
        kind=kind,
        method=method,
        organisation=organisation,
        obtained_by=by,
        wording=CONSENT_WORDING,
        given_at=given_at,
    )
    record(Verb.CREATED, consent, by=by, participant=participant.pk, kind=kind)
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Any) -> None:
    """Write down that a person took their agreement back; the row stays."""
    changed = Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=clock.now()
    )
    if changed:
        record(Verb.CHANGED, consent, by=by, participant=consent.participant_id, kind=consent.kind)
