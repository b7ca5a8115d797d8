"""Who someone is, and what they agreed to."""

from typing import Any

from django.db import transaction

from participants.models import Consent, Participant
from spring.audit.log import Verb, record
from spring.core import clock

CONSENT_WORDING = "2026-11"


@transaction.atomic
def change_details(*, participant: Participant, changes: dict[str, Any], by: Any) -> Participant:
    """Change details of a person; the earlier version is kept, and the log names the fields only.

    A safe-contact rule that is part of the changes counts as checked today, changed or not.
    """
    participant = Participant.objects.select_for_update().get(pk=participant.pk)
    changed = [name for name, value in changes.items() if getattr(participant, name) != value]
    for name in changed:
        setattr(participant, name, changes[name])
    if "safe_contact" in changes:
        participant.safe_contact_checked_on = clock.today()
    participant._history_user = by
    participant.save()
    record(Verb.CHANGED, participant, by=by, participant=participant.pk, fields=sorted(changed))
    return participant


@transaction.atomic
def record_consent(
    *, participant: Participant, kind: str, method: str, by: Any, organisation: Any = None
) -> Consent:
    """Write down that a person agreed to something."""
    consent = Consent.objects.create(
        participant=participant,
        kind=kind,
        method=method,
        organisation=organisation,
        obtained_by=by,
        wording=CONSENT_WORDING,
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
