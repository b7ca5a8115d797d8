"""What link workers do in one go that touches several rows."""

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


@transaction.atomic
def log_contact(
    *,
    journey: Journey,
    by: Any,
    next_step: str = "",
    next_on: date | None = None,
    done_tasks: list[UUID] | None = None,
    **session: Any,
) -> Session:
    """Record a session together with the next step, and tick off what it settled.

    Sent again with the same `submission`, it changes nothing more.
    """
    journey = locked(journey)
    submission = session.get("submission")
    if submission and (again := Session.objects.filter(submission=submission).first()):
        return again
    written = record_session(journey=journey, by=by, **session)
    if done_tasks:
        journey.tasks.open().filter(pk__in=done_tasks).update(done_on=clock.today())
    if next_on:
        set_next_step(journey=journey, text=next_step or "Be in touch", due_on=next_on, by=by)
    return written


@transaction.atomic
def set_next_step(*, journey: Journey, text: str, due_on: date, by: Any) -> Task:
    """Promise something to a person by a day."""
    task = Task.objects.create(journey=journey, text=text, due_on=due_on, by=by)
    record(Verb.CREATED, task, by=by, participant=journey.participant_id)
    return task


@transaction.atomic
def finish_step(*, task: Task, by: Any) -> None:
    """Tick off something promised."""
    done = Task.objects.filter(pk=task.pk, done_on__isnull=True).update(done_on=clock.today())
    if done:
        record(Verb.CHANGED, task, by=by, participant=task.journey.participant_id)
