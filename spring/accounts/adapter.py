from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):
    """Staff are invited: nobody can make an account for themselves, and no request sends mail."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": (
            "This e-mail address and password do not go together. Check both and try again."
        ),
        "too_many_login_attempts": (
            "There were too many tries. Wait five minutes, or choose a new password."
        ),
        "enter_current_password": "This is not your password now. Type it again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise NotImplementedError("A message goes through the outbox, never out of a request.")

    def is_ajax(self, request: HttpRequest) -> bool:
        return False  # one way to sign in, that of the page

    def forgive(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Forget failed tries to sign in, for someone who has just proved who they are."""
        self._delete_login_attempts_cached_email(request, email=user.get_username())
