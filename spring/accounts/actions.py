"""Passwords, and the messages about them."""

from django.db import transaction

from spring.accounts.models import User
from spring.audit.log import Verb, record
from spring.core import clock, outbox
from spring.core.identifiers import new_id
from spring.core.models import Message


@transaction.atomic
def choose_password(*, user: User, password: str) -> None:
    """Set a password; whoever had one before is told, in case it was not them."""
    had_one = user.has_usable_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    record(Verb.CHANGED, user, by=user, field="password")
    if had_one:
        _tell("password_changed", user)


@transaction.atomic
def send_reset_link(*, user: User) -> None:
    """Have a link sent to someone who forgot their password, unless one is about to go."""
    about_to_go = Message.objects.filter(
        kind="password_reset", recipient=user, status=Message.Status.DUE
    )
    if not about_to_go.exists():
        _tell("password_reset", user)


@transaction.atomic
def send_invitation(*, user: User) -> None:
    """Have a new invitation sent; links sent before are dead from now on."""
    user.invited_at = clock.now()
    user.save(update_fields=["invited_at"])
    _tell("invitation", user, invited_at=user.invited_at.isoformat())


def _tell(kind: str, user: User, **facts: str) -> None:
    outbox.post(
        kind, subject=new_id(), audience=Message.Audience.STAFF, recipient=user, facts=facts
    )
