"""What link workers do in one go that touches several rows."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from linkworkers.models import Task
from participants.actions import record_session
from participants.actions.journeys import locked
from participants.models import Journey, Session
from spring.audit.log import Verb, record
from spring.core import clock
from spring.core.refusal import Refused


@transaction.atomic
def log_contact(
    *,
    journey: Journey,
    by: Any,
    next_step: str = "",
    next_on: date | None = None,
    done_tasks: Iterable[UUID] = (),
    **session: Any,
) -> Session:
    """Record a session together with the next step, and tick off what it settled.

    Sent again with the same `submission`, it changes nothing more.
    """
    journey = locked(journey)
    submission = session.get("submission")
    if submission and (again := journey.sessions.filter(submission=submission).first()):
        return again
    if next_step and not next_on:
        raise Refused("Say when the next step is to be.")
    written = record_session(journey=journey, by=by, **session)
    for task in journey.tasks.open().filter(pk__in=list(done_tasks)):
        finish_step(task=task, by=by)
    if next_on:
        set_next_step(journey=journey, text=next_step or "Be in touch", due_on=next_on, by=by)
    return written


@transaction.atomic
def set_next_step(*, journey: Journey, text: str, due_on: date, by: Any) -> Task:
    """Promise something to a person by a day; the same promise made again is the one there is."""
    journey = locked(journey)
    if not journey.is_open:
        raise Refused("This journey is closed, so nothing more is promised on it.")
    if same := journey.tasks.open().filter(text=text, due_on=due_on).first():
        return same
    task = Task.objects.create(journey=journey, text=text, due_on=due_on, by=by)
    record(Verb.CREATED, task, by=by, participant=journey.participant_id)
    return task


@transaction.atomic
def finish_step(*, task: Task, by: Any) -> None:
    """Tick off something promised."""
    done = Task.objects.filter(pk=task.pk, done_on__isnull=True).update(done_on=clock.today())
    if done:
        record(Verb.CHANGED, task, by=by, participant=task.journey.participant_id)
