"""The sweep: what is due lies in the database, and each worker is told once a working day."""

import threading
from datetime import date

import pytest
import time_machine
from django.db import OperationalError, connection

from linkworkers import reminders, tasks
from participants.models import Journey
from spring.core.models import Message
from tests.world import make_world


def told() -> set:
    return {message.recipient for message in Message.objects.select_related("recipient")}


@time_machine.travel("2026-11-23T08:00Z")
def test_everyone_with_someone_to_turn_to_is_told_once(world):
    Journey.objects.filter(pk=world.journey.pk).update(last_engaged_on=date(2026, 11, 20))

    assert reminders.write_digests() == 3
    assert reminders.write_digests() == 0

    # Amira's is in touch; the NHS link worker's journey is 20 days old with no measures this week.
    assert told() == {world.colleague, world.volunteer, world.stranger}
    message = Message.objects.get(recipient=world.colleague)
    assert (message.kind, message.due_on) == ("daily_digest", date(2026, 11, 23))
    assert message.facts == {}


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        ("2026-11-23T07:29Z", False),
        ("2026-11-23T07:30Z", True),
        ("2026-11-22T12:00Z", False),  # Sunday
        ("2026-12-25T12:00Z", False),  # Christmas
        ("2026-03-27T07:29Z", False),  # Friday, winter time
        ("2026-03-27T07:30Z", True),
        ("2026-03-30T06:29Z", False),  # Monday, the first of summer time
        ("2026-03-30T06:30Z", True),
        ("2026-10-26T07:29Z", False),  # Monday, the first of winter time
        ("2026-10-26T07:30Z", True),
        ("2026-10-26T06:45Z", False),
    ],
)
def test_from_half_past_seven_in_london_on_working_days(db, moment, written):
    with time_machine.travel(moment):
        make_world()
        reminders.write_digests()

        assert Message.objects.exists() is written


@time_machine.travel("2026-11-23T08:00Z")
def test_accounts_and_memberships_that_ended_get_nothing(world):
    world.colleague.end()
    world.colleague.save()
    membership = world.stranger.memberships.get()
    membership.ends_on = date(2026, 11, 23)
    membership.save()

    reminders.write_digests()

    assert told() == {world.worker, world.volunteer}


@time_machine.travel("2026-11-23T08:00Z")
def test_the_test_above_sees_a_sweep_that_asks_for_everyone(world, monkeypatch):
    """The negative control: without the scope, the one whose membership ended is told."""
    monkeypatch.setattr(type(Journey.objects.all()), "visible_to", lambda self, user: self)
    membership = world.stranger.memberships.get()
    membership.ends_on = date(2026, 11, 23)
    membership.save()

    reminders.write_digests()

    # By the rule of the table their person needs someone, but it is not theirs to see any more.
    assert world.stranger in told()


@time_machine.travel("2026-11-23T08:00Z")
def test_the_next_working_day_brings_the_next(world):
    reminders.write_digests()
    with time_machine.travel("2026-11-24T08:00Z"):
        reminders.write_digests()

    assert Message.objects.filter(recipient=world.worker).count() == 2


@time_machine.travel("2026-11-23T08:00Z")
def test_a_sweep_that_was_missed_is_made_up_for_later_the_same_day(world):
    with time_machine.travel("2026-11-23T16:00Z"):
        assert reminders.write_digests() == 4


@time_machine.travel("2026-11-23T08:00Z")
def test_the_task_of_the_clock_does_the_same(world):
    tasks.write_digests()

    assert Message.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_the_same_moment_write_one_message_each():
    with time_machine.travel("2026-11-23T08:00Z"):
        make_world()
        ready = threading.Barrier(4)
        done = []

        def sweep():
            ready.wait(10)
            try:
                done.append(reminders.write_digests())
            except OperationalError:
                pass  # SQLite in memory turns a second writer away; the next sweep comes anyway
            finally:
                connection.close()

        sweeps = [threading.Thread(target=sweep) for _ in range(4)]
        for thread in sweeps:
            thread.start()
        for thread in sweeps:
            thread.join(30)
        reminders.write_digests()

        assert Message.objects.count() == 4
        assert sum(done) <= 4


@time_machine.travel("2026-11-23T08:00Z")
def test_a_sweep_that_knew_nothing_of_the_other_writes_nothing_twice(world):
    """Both had made their list before either wrote: the unique key decides."""
    assert reminders._write(world.worker) is True
    assert reminders._write(world.worker) is False
