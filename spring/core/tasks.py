"""Thin: what the clock starts on the ground floor."""

from celery import shared_task

from spring.core import life, outbox


@shared_task
def beat() -> None:
    """Show that beat sends and a worker receives."""
    life.sign(life.WORKER)


@shared_task
def send_messages() -> None:
    outbox.send_due()
