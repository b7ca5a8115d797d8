"""`manage.py send_due` does once what beat does all day, for hosts that have only cron."""

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command

from spring.management.commands import send_due


def test_it_does_all_that_beat_does_and_sends_last():
    beat = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert set(send_due.TASKS) == beat
    assert send_due.TASKS[-1] == "spring.core.tasks.send_messages"


@time_machine.travel("2026-11-23T08:00Z")
def test_one_call_finds_what_is_due_and_sends_it_and_a_second_sends_nothing_more(world):
    call_command("send_due")
    told = sorted(letter.to[0] for letter in mail.outbox)
    assert "amira@staff.example" in told

    call_command("send_due")

    assert sorted(letter.to[0] for letter in mail.outbox) == told
    assert len(set(told)) == len(told)


@time_machine.travel("2026-11-23T08:00Z")
def test_one_part_that_fails_keeps_no_other_waiting(world, monkeypatch):
    def broken():
        raise RuntimeError("Meg O'Brien, 27 March 1955")

    monkeypatch.setattr("reports.tasks.make_reports", broken)

    with pytest.raises(CommandError) as told:
        call_command("send_due")

    assert str(told.value) == "Not all could be done. reports.tasks.make_reports: RuntimeError"
    assert mail.outbox
