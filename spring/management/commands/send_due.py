"""Everything that beat starts, done once: for hosts that have only cron."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

# In the order in which one makes work for the next; messages go last.
TASKS = (
    "spring.core.tasks.beat",
    "linkworkers.tasks.write_digests",
    "reports.tasks.request_monthly_report",
    "reports.tasks.make_reports",
    "spring.core.tasks.send_messages",
)


class Command(BaseCommand):
    help = "Find what is due, make reports, send messages: all that beat does, once."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for name in TASKS:
            try:
                import_string(name)()
            except Exception as error:
                # One part that fails must not keep the others waiting; only the kind of error is
                # told, as its text may repeat what it was about.
                failed.append(f"{name}: {type(error).__name__}")
        if failed:
            raise CommandError("Not all could be done. " + "; ".join(failed))
