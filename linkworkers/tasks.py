"""Thin: what the clock starts."""

from celery import shared_task

from linkworkers import reminders


@shared_task
def write_digests() -> None:
    reminders.write_digests()
