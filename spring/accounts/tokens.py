"""Links that let someone choose a password: signed, dated, and dead once used."""

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from spring.accounts.models import User


class InvitationTokens(PasswordResetTokenGenerator):
    """A token dies with the first password, with the next invitation, and with time."""

    key_salt = "spring.accounts.tokens.InvitationTokens"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        invited: datetime | None = user.invited_at
        sent = invited.isoformat() if invited else ""
        return f"{super()._make_hash_value(user, timestamp)}{sent}{user.is_active}"


class ResetTokens(PasswordResetTokenGenerator):
    """Django's own: allauth's writes a row when a link is looked at."""

    key_salt = "spring.accounts.tokens.ResetTokens"


_invitations = InvitationTokens()
_resets = ResetTokens()


def invitation_link(user: User) -> str:
    """Where an invited person chooses their first password."""
    words = {
        "uidb64": urlsafe_base64_encode(user.pk.bytes),
        "token": _invitations.make_token(user),
    }
    return settings.SPRING_BASE_URL + reverse("invitation", kwargs=words)


def invited(uidb64: str, token: str) -> User | None:
    """Whom a link invites, if it still holds."""
    try:
        user = User.objects.get(pk=UUID(bytes=urlsafe_base64_decode(uidb64)), is_active=True)
    except (ValueError, User.DoesNotExist):
        return None
    return user if _invitations.check_token(user, token) else None


def reset_link(user: User) -> str:
    """Where someone who forgot their password chooses another."""
    words = {"uidb36": user_pk_to_url_str(user), "key": _resets.make_token(user)}
    return settings.SPRING_BASE_URL + reverse("account_reset_password_from_key", kwargs=words)
