"""What link workers are told by e-mail: references and links, never a name or a word on health."""

from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string

from linkworkers.reminders import KIND, due_for
from spring.core import clock
from spring.core.models import Message
from spring.core.outbox import Letter, composes


@composes(KIND)
def daily_digest(message: Message) -> Letter | None:
    """Who needs them as things stand now; nothing if all is done, or if the day has passed."""
    due = due_for(message.recipient)
    if not due or message.due_on != clock.today():
        return None
    people = "1 person needs" if len(due) == 1 else f"{len(due)} people need"
    parts = [(rule, list(rows)) for rule, rows in groupby(due, key=lambda row: row.rule)]
    body = render_to_string(
        "linkworkers/mail/daily_digest.txt",
        {
            "people": people,
            "parts": parts,
            "service": settings.SPRING["SERVICE_NAME"],
            "address": settings.SPRING_BASE_URL,
        },
    )
    return Letter(subject=f"{settings.SPRING['SERVICE_NAME']}: {people} you today", body=body)
