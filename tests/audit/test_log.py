"""The audit log is added to, and never changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from spring.audit.log import Verb, record, seen
from spring.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_an_event_says_who_did_what_to_whom(world):
    record(
        Verb.VIEWED, world.participant, by=world.worker, participant=world.participant.pk, page="x"
    )

    event = AuditEvent.objects.get()
    assert (event.actor, event.verb, event.thing) == (
        world.worker,
        "viewed",
        "participants.participant",
    )
    assert event.participant_id == world.participant.pk
    assert event.detail == {"page": "x"}


def test_a_list_is_one_statement_however_long(world, django_assert_num_queries):
    people = [world.participant.pk, world.other_participant.pk]
    with django_assert_num_queries(1):
        seen(people, "caseload", by=world.coordinator)
    assert AuditEvent.objects.filter(verb="listed").count() == 2


def _by_raw_sql(event: AuditEvent) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditevent")


CHANGES = {
    "update": lambda event: AuditEvent.objects.update(verb="changed"),
    "delete": lambda event: event.delete(),
    "raw": _by_raw_sql,
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_or_remove_an_event(world, change):
    record(Verb.VIEWED, world.participant, by=world.worker)
    event = AuditEvent.objects.get()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        CHANGES[change](event)
    assert AuditEvent.objects.get().verb == "viewed"


def test_without_its_guard_the_table_would_change(world):
    """The negative control: it is the trigger that refuses, nothing else."""
    record(Verb.VIEWED, world.participant, by=world.worker)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_no_update")
        else:
            cursor.execute("DROP TRIGGER audit_no_change ON audit_auditevent")
    assert AuditEvent.objects.update(verb="changed") == 1


def test_a_change_without_its_event_does_not_happen(world, monkeypatch):
    from linkworkers.actions import set_next_step
    from linkworkers.models import Task
    from spring.core import clock

    def broken(*args, **kwargs):
        raise DatabaseError("the log cannot be written")

    monkeypatch.setattr(AuditEvent, "save", broken)
    with pytest.raises(DatabaseError), transaction.atomic():
        set_next_step(journey=world.journey, text="Ring", due_on=clock.today(), by=world.worker)
    assert not Task.objects.exists()
