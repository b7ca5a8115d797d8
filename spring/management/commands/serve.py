"""Runs Spring on one machine: web, worker and beat together, with demo data the first time."""

import contextlib
import fcntl
import http.client
import os
import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from spring.demo.accounts import ACCOUNTS, PASSWORD
from spring.management.supervisor import Part, Supervisor

DEMO = {"people": 400, "months": 14, "seed": 1}


class Command(BaseCommand):
    """Start web, worker and beat together; Ctrl-C or SIGTERM stops them all."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port, and whether an empty database gets demo data."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, port: int, no_demo: bool, **options: Any) -> None:
        """Prepare the database, then serve until told to stop."""
        if not settings.CELERY_BROKER_URL.startswith("filesystem:"):
            raise CommandError("serve is for the embedded settings; see docker-compose.yml.")
        with self._alone():
            try:
                self._prepare(demo=not no_demo)
            except KeyboardInterrupt:
                raise CommandError("Stopped before it was ready.", returncode=130) from None
            connections.close_all()
            self.say("Starting web, worker and beat …")
            stopped = Supervisor(_parts(port), self.say).run(
                {**os.environ, "SPRING_BASE_URL": f"http://localhost:{port}"},
                is_up=lambda: _answers(port),
                up=lambda: self._announce(port),
            )
        if not stopped:
            sys.exit(1)
        self.say("Stopped.")

    def say(self, text: str) -> None:
        """Print one line at once, also into a pipe."""
        with contextlib.suppress(OSError):  # nobody reads any more
            self.stdout.write(text)
            self.stdout.flush()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with open(settings.VAR / "serve.lock", "w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CommandError("Spring is already running from this folder.") from None
            yield

    def _prepare(self, *, demo: bool) -> None:
        self.say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if demo and not get_user_model().objects.exists():
            self.say(f"Making {DEMO['people']} fictional people …")
            call_command("demo", stdout=self.stdout, stderr=self.stderr, **DEMO)
        # The database says what is due: wake-ups left from the last run are only noise.
        for folder in ("messages", "processed", "control"):
            shutil.rmtree(settings.VAR / "broker" / folder, ignore_errors=True)
            (settings.VAR / "broker" / folder).mkdir(parents=True, exist_ok=True)

    def _announce(self, port: int) -> None:
        self.say(f"\nSpring is running at http://localhost:{port}/\n")
        known = set(get_user_model().objects.values_list("email", flat=True))
        accounts = [(email, role) for email, _, role in ACCOUNTS if email in known]
        if accounts:
            self.say(f"Everyone in it is fictional. Sign in with the password {PASSWORD} as:\n")
            width = max(len(email) for email, _ in accounts)
            for email, role in accounts:
                self.say(f"  {email:<{width}}  {role}")
            self.say("")
        self.say(f"Mail is written to {_short(settings.VAR / 'mail')}, logs to "
                 f"{_short(settings.VAR / 'logs')}. Ctrl-C stops everything.")  # fmt: skip


def _short(path: Path) -> str:
    return str(path.relative_to(settings.ROOT) if path.is_relative_to(settings.ROOT) else path)


def _parts(port: int) -> list[Part]:
    logs = settings.VAR / "logs"
    schedule = settings.VAR / "beat" / "schedule"
    schedule.parent.mkdir(parents=True, exist_ok=True)
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "spring"]
    quiet = ["--loglevel", "WARNING"]
    web = ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "8"]
    web += ["--graceful-timeout", "5", "--no-control-socket"]
    # Threads: a prefork worker hangs when SIGTERM reaches its whole process group.
    worker = ["--pool", "threads", "--concurrency", "2", "--without-gossip", "--without-mingle"]
    return [
        Part("web", [*python, "gunicorn", *web, "spring.wsgi:application"], logs / "web.log"),
        Part("worker", [*celery, "worker", *worker, *quiet], logs / "worker.log"),
        Part(
            "beat",
            [*celery, "beat", "--schedule", str(schedule), "--pidfile", "", *quiet],
            logs / "beat.log",
        ),
    ]


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
