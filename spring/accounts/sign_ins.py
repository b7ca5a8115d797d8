"""Who signed in and what failed, in the audit log. A typed address is never kept."""

from typing import Any

from spring.accounts.models import User
from spring.audit.log import Verb, record


def signed_in(sender: Any, user: User, **kwargs: Any) -> None:
    record(Verb.SIGNED_IN, user, by=user)


def failed(sender: Any, **kwargs: Any) -> None:
    record(Verb.SIGN_IN_FAILED, User._meta.label_lower, by=None)
