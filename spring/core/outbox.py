"""The outbox: a change and the message it causes are written together, and a sweep sends them.

A message is claimed with a conditional update, sent, then marked. If the process dies between
sending and marking, staff and practices get the message again under the same Message-ID; for a
member of the public it becomes "unknown" and is shown to staff, because a second message to a
telephone or mailbox that others may see can do harm.
"""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.utils import make_msgid
from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage
from django.db.models import F

from spring.core import clock
from spring.core.models import Message

log = logging.getLogger(__name__)

STALE_AFTER = timedelta(minutes=10)
MOST_ATTEMPTS = 8
# After these the server certainly has nothing; after any other fault in sending it may have.
NOTHING_WENT = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    ConnectionRefusedError,
)
Status = Message.Status


@dataclass(frozen=True)
class Letter:
    """The words of a message; `subject` must hold no personal data."""

    subject: str
    body: str


Compose = Callable[[Message], Letter | None]
Guard = Callable[[Message], bool]


@dataclass
class _Registry:
    composers: dict[str, Compose] = field(default_factory=dict)
    guards: list[Guard] = field(default_factory=list)


_registry = _Registry()


def composes(kind: str) -> Callable[[Compose], Compose]:
    """Register the function that writes the words of one kind of message.

    It runs at the moment of sending; returning None cancels the message as no longer needed.
    """

    def register(compose: Compose) -> Compose:
        _registry.composers[kind] = compose
        return compose

    return register


def guards(guard: Guard) -> Guard:
    """Register a check that runs immediately before every send; False cancels the message."""
    _registry.guards.append(guard)
    return guard


def post(
    kind: str,
    *,
    subject: UUID | str,
    audience: str,
    recipient: Any = None,
    address: str = "",
    due_on: date | None = None,
    facts: dict | None = None,
) -> bool:
    """Write a message to be sent, once for each kind, subject and due date.

    Call it inside the transaction of the change that causes it. Returns False if that message
    had been written already.
    """
    if kind not in _registry.composers:
        raise LookupError(f"Nobody composes messages of the kind {kind!r}.")
    _, created = Message.objects.get_or_create(
        kind=kind,
        subject=str(subject),
        due_on=due_on or clock.today(),
        defaults={
            "audience": audience,
            "recipient": recipient,
            "address": address,
            "facts": facts or {},
        },
    )
    return created


def send_due(limit: int = 500) -> int:
    """Send what is due, at most `limit` messages; returns how many went out."""
    _recover_stale()
    sent = 0
    due = Message.objects.filter(status=Status.DUE, not_before__lte=clock.now())
    for pk in list(due.order_by("not_before").values_list("pk", flat=True)[:limit]):
        sent += _send_one(pk)
    return sent


def _recover_stale() -> None:
    stale = Message.objects.filter(status=Status.SENDING, claimed_at__lt=clock.now() - STALE_AFTER)
    stale.filter(audience=Message.Audience.RESIDENT).update(
        status=Status.UNKNOWN, problem="The sender stopped before it could record the outcome."
    )
    stale.exclude(audience=Message.Audience.RESIDENT).update(status=Status.DUE)


def _send_one(pk: int) -> bool:
    claimed = Message.objects.filter(pk=pk, status=Status.DUE).update(
        status=Status.SENDING, claimed_at=clock.now(), attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    message = Message.objects.select_related("recipient").get(pk=pk)
    if message.recipient and not message.recipient.is_active:
        return _settle(message, Status.CANCELLED, "The account has ended.")
    try:
        if not all(guard(message) for guard in _registry.guards):
            return _settle(message, Status.CANCELLED, "Held back by a safety rule.")
        letter = _registry.composers[message.kind](message)
    except Exception as error:
        return _try_later(message, _kind_of(error, pk))
    if letter is None:
        return _settle(message, Status.CANCELLED, "No longer needed.")
    try:
        _deliver(message, letter)
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= 500 for code, _ in error.recipients.values()):
            return _settle(message, Status.FAILED, "The mail server refused the address.")
        return _try_later(message, "The mail server asks to try again later.")
    except NOTHING_WENT as error:
        return _try_later(message, _kind_of(error, pk))
    except Exception as error:
        return _perhaps_sent(message, _kind_of(error, pk))
    return _settle(message, Status.SENT, "")


def _kind_of(error: Exception, pk: int) -> str:
    """Only the kind of error is told: its text may repeat the address."""
    log.warning("message %s not sent: %s", pk, type(error).__name__)
    return type(error).__name__


def _perhaps_sent(message: Message, problem: str) -> bool:
    """The connection broke at a moment when the server may have taken the message already."""
    if message.audience == Message.Audience.RESIDENT:
        return _settle(message, Status.UNKNOWN, problem)
    return _try_later(message, problem)


def _deliver(message: Message, letter: Letter) -> None:
    if not message.message_id:
        message.message_id = make_msgid(idstring=str(message.pk), domain="spring.invalid")
        message.save(update_fields=["message_id"])
    to = message.recipient.email if message.recipient else message.address
    EmailMessage(
        subject=" ".join(letter.subject.split()),
        body=letter.body,
        to=[to],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    ).send()


def _settle(message: Message, status: str, problem: str) -> bool:
    message.status = status
    message.problem = problem
    message.sent_at = clock.now() if status == Status.SENT else None
    message.save(update_fields=["status", "problem", "sent_at"])
    return status == Status.SENT


def _try_later(message: Message, problem: str) -> bool:
    if message.attempts >= MOST_ATTEMPTS:
        return _settle(message, Status.FAILED, problem)
    message.status = Status.DUE
    message.problem = problem
    message.not_before = clock.now() + timedelta(seconds=30 * 2**message.attempts)
    message.save(update_fields=["status", "problem", "not_before"])
    return False
