"""Make fictional people, measure the pages in turn, print the ratios."""

import argparse
import os
import platform
import sys
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from bench.measure import ratio, sample
from bench.pages import BASE, PAGES, Desk

WORKER = "amira.khan@spring.example"


def main() -> None:
    """Print how many times longer than an empty page each page takes."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=300)
    chosen = parser.parse_args()
    _fresh_database(chosen.people)
    desk = Desk.of(WORKER)
    print(f"Measuring {len(PAGES)} pages, {chosen.rounds} rounds …", flush=True)
    calls = {name: (lambda act=act: act(desk)) for name, act in PAGES.items()}
    times = sample(calls, chosen.rounds)
    print(
        f"\n{chosen.people} people; SQLite; Python {platform.python_version()}; "
        f"{os.cpu_count()} processors; {chosen.rounds} interleaved samples each\n"
    )
    print(f"{'':<14} {'median':>9} {'ratio':>7}   95 % interval")
    for name, spent in times.items():
        found = ratio(spent, times[BASE])
        interval = "" if name == BASE else f"   {found.low:.1f} to {found.high:.1f}"
        print(f"{name:<14} {median(spent) * 1000:>6.1f} ms {found.value:>7.1f}{interval}")


def _fresh_database(people: int) -> None:
    print(f"Making {people} fictional people …", flush=True)
    connections.close_all()
    for end in ("", "-wal", "-shm"):
        (settings.VAR / f"spring.sqlite3{end}").unlink(missing_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("demo", people=people, months=14, seed=1, stdout=sys.stdout)


if __name__ == "__main__":
    main()
