"""What people with an account are told about their password."""

from django.conf import settings

from spring.accounts.models import User
from spring.accounts.tokens import reset_link
from spring.core.models import Message
from spring.core.outbox import Letter, composes

RESET = """Dear {name},

Someone, probably you, asked to choose a new password for {service}.

{link}

The link works once, for {days} days. If it was not you, do
nothing: your password stays as it is.

If you need help, telephone {telephone}.
"""

CHANGED = """Dear {name},

The password of your account for {service} was changed just now.

If it was you, there is nothing to do. If it was not, telephone {telephone}
straight away.
"""


def addressee(message: Message) -> User:
    """Whose account a message is about."""
    if message.recipient is None:
        raise ValueError("A message about an account goes to whoever has it.")
    return message.recipient


@composes("password_reset")
def _reset(message: Message) -> Letter:
    return Letter(
        subject=f"Choose a new password for {settings.SPRING['SERVICE_NAME']}",
        body=_written(RESET, message, link=reset_link(addressee(message))),
    )


@composes("password_changed")
def _changed(message: Message) -> Letter:
    return Letter(
        subject=f"Your password for {settings.SPRING['SERVICE_NAME']} was changed",
        body=_written(CHANGED, message),
    )


def _written(text: str, message: Message, **words: str) -> str:
    return text.format(
        name=addressee(message).name,
        service=settings.SPRING["SERVICE_NAME"],
        telephone=settings.SPRING["TELEPHONE"],
        days=settings.PASSWORD_RESET_TIMEOUT // 86400,
        **words,
    )
