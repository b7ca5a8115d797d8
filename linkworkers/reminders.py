"""The morning's e-mail: who needs a link worker today, by reference only.

What is due lies in the database; the sweep may run as often as it likes, at once in several
processes, and each worker still gets one message for each working day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef

from linkworkers.reasons import PRESSING_FIRST, with_reason
from linkworkers.today import RULES, Group, Rule, ranks
from participants.models import Assignment, Journey
from spring.core import clock, outbox
from spring.core.calendar import is_working_day
from spring.core.models import Message

KIND = "daily_digest"
NOT_BEFORE = time(7, 30)


@dataclass(frozen=True)
class Due:
    """One person who needs somebody today, without a name."""

    rule: Rule
    reference: str
    link: str


def due_for(user: Any) -> list[Due]:
    """The people whom this user leads and may see today, and who need somebody now."""
    journeys = with_reason(Journey.objects.visible_to(user).held_by(user), clock.today())
    now = journeys.filter(rank__in=ranks(group=Group.NOW)).order_by(*PRESSING_FIRST)
    base = settings.SPRING_BASE_URL.rstrip("/")
    return [
        Due(RULES[rank], reference, f"{base}/participants/{participant}/")
        for rank, reference, participant in now.values_list("rank", "reference", "participant")
    ]


def write_digests() -> int:
    """Write today's digests from half past seven in London on working days; returns how many."""
    moment = clock.now().astimezone(clock.LONDON)
    if not is_working_day(moment.date()) or moment.time() < NOT_BEFORE:
        return 0
    return sum(_write(user) for user in _without_digest() if due_for(user))


def _without_digest() -> Iterator[Any]:
    """Active workers who lead someone and have no message of today yet."""
    leads = Assignment.objects.current().leads().filter(journey__closed_on__isnull=True)
    workers = get_user_model().objects.filter(is_active=True)
    workers = workers.filter(Exists(leads.filter(worker=OuterRef("pk")))).order_by("pk")
    written = Message.objects.filter(kind=KIND, due_on=clock.today())
    done = set(written.values_list("subject", flat=True))
    return (worker for worker in workers if str(worker.pk) not in done)


def _write(user: Any) -> bool:
    return outbox.post(
        KIND,
        subject=user.pk,
        audience=Message.Audience.STAFF,
        recipient=user,
        due_on=clock.today(),
    )
