"""What people are told when they are invited."""

from django.conf import settings

from partners.models import Membership
from spring.accounts.messages import addressee
from spring.accounts.tokens import invitation_link
from spring.core.models import Message
from spring.core.outbox import Letter, composes

INVITATION = """Dear {name},

You are invited to work with {service}, social prescribing in {area}{as_what}.

Choose a password here, and your account is ready:

{link}

The link works once, for {days} days. If it has stopped
working, ask whoever invited you to send it again.

{service} keeps things that people told us in confidence. Nobody else may use
your account, and everyone you look up is written in a log.

If you need help, telephone {telephone}.
"""


@composes("invitation")
def _invitation(message: Message) -> Letter | None:
    user = addressee(message)
    sent = user.invited_at.isoformat() if user.invited_at else ""
    if user.has_usable_password() or message.facts.get("invited_at") != sent:
        return None  # taken up already, or a later invitation is on its way
    held = Membership.objects.current().filter(user=user).select_related("organisation")
    roles = sorted(f"{one.get_role_display()} at {one.organisation}" for one in held)
    return Letter(
        subject=f"Your account for {settings.SPRING['SERVICE_NAME']}",
        body=INVITATION.format(
            name=user.name,
            service=settings.SPRING["SERVICE_NAME"],
            area=settings.SPRING["AREA_NAME"],
            telephone=settings.SPRING["TELEPHONE"],
            as_what=f" ({', '.join(roles)})" if roles else "",
            link=invitation_link(user),
            days=settings.PASSWORD_RESET_TIMEOUT // 86400,
        ),
    )
