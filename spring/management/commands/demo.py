"""Fills an empty database with fictional people."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from participants.models import Journey, Participant
from participants.stages import Stage
from partners.models import Organisation
from referrals.models import Referral
from referrals.states import Status
from spring.core import clock, installation
from spring.core.calendar import FIRST, LAST
from spring.demo.story import make

MOST = 100_000
BAR = 30


class Command(BaseCommand):
    """Make fictional people: the same arguments always make the same ones."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many people, over how many months, from which seed, up to which day."""
        parser.add_argument("--people", type=int, default=400)
        parser.add_argument("--months", type=int, default=14)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="today if not given"
        )

    def handle(
        self,
        *args: Any,
        people: int,
        months: int,
        seed: int,
        as_of: date | None,
        **options: Any,
    ) -> None:
        """Refuse where anybody is; otherwise write all of it, or nothing."""
        if not 1 <= people <= MOST or not 1 <= months <= 60:
            raise CommandError(f"Up to {MOST} people and 60 months, at least one of each.")
        as_of = as_of or clock.today()
        if not FIRST.year + 6 <= as_of.year < LAST.year:
            raise CommandError(f"A day from {FIRST.year + 6} to {LAST.year - 1}, please.")
        _refuse_unless_empty()
        began = time.monotonic()
        rows = make(people=people, months=months, seed=seed, as_of=as_of, told=self._progress)
        self._summary(people, rows, time.monotonic() - began)

    def _progress(self, done: int, people: int) -> None:
        filled = BAR * done // people
        text = f"{'█' * filled}{'░' * (BAR - filled)} {done} of {people} people"
        if self.stderr.isatty():
            self.stderr.write(f"\r  {text}", str, "\n" if done == people else "")
            self.stderr.flush()
        else:
            self.stderr.write(f"  {text}", str)

    def _summary(self, people: int, rows: int, seconds: float) -> None:
        stages = dict(Journey.objects.order_by().values_list("stage").annotate(n=Count("pk")))
        decided = dict(Referral.objects.order_by().values_list("status").annotate(n=Count("pk")))
        lines = [(f"Referrals: {_low(status.label)}", decided.get(status, 0)) for status in Status]
        lines += [(f"Journeys: {_low(stage.label)}", stages.get(stage, 0)) for stage in Stage]
        for label, number in lines:
            self.stdout.write(f"  {label:<44}{number:>7}")
        self.stdout.write(f"  {people} fictional people, {rows} rows, in {seconds:.1f} s.")


def _low(label: str) -> str:
    return label[0].lower() + label[1:]


def _refuse_unless_empty() -> None:
    if installation.is_demonstration():
        raise CommandError(
            "Demonstration data is here already. For other data begin with an empty database."
        )
    here = Participant, Referral, get_user_model(), Organisation
    if any(model._default_manager.exists() for model in here):
        raise CommandError(
            "This database is in use: it has people, accounts or organisations of its own. "
            "Demonstration data goes into an empty one only."
        )
