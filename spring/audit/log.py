"""Writing the audit log. Call inside the transaction of what it tells of: if the log cannot be
written, neither is the change, and no record is shown.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model

from spring.audit.models import AuditEvent
from spring.core.middleware import request_id

Verb = AuditEvent.Verb


def _event(verb: str, thing: Model | str, by: Any, participant: UUID | None, detail: dict):
    label, pk = (thing, "") if isinstance(thing, str) else (thing._meta.label_lower, str(thing.pk))
    return AuditEvent(
        verb=verb,
        actor=by if by is not None and by.is_authenticated else None,
        participant_id=participant,
        thing=label,
        thing_id=pk,
        detail=detail,
        request_id=request_id.get(),
    )


def record(
    verb: str, thing: Model | str, *, by: Any, participant: UUID | None = None, **detail: Any
) -> None:
    """Add one event. `by` is the user, or None for the service itself or the public."""
    _event(verb, thing, by, participant, detail).save(force_insert=True)


def seen(participants: Iterable[UUID], thing: str, *, by: Any) -> None:
    """Add one event for each person whose details a list showed, in one statement."""
    AuditEvent.objects.bulk_create(
        [_event(Verb.LISTED, thing, by, participant, {}) for participant in participants]
    )
