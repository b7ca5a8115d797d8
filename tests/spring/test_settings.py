"""Production does not start half configured (S-14)."""

import os
import subprocess
import sys

import pytest

from tests.test_headers import PRODUCTION


def start(then: str = "", **changes: str | None) -> subprocess.CompletedProcess:
    """Ask Django to check itself with the production settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SPRING_", "DJANGO_"))}
    settings = {**kept, **PRODUCTION, "DJANGO_SETTINGS_MODULE": "spring.settings.production"}
    for name, value in changes.items():
        settings.pop(name, None)
        if value is not None:
            settings[name] = value
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import django; from django.conf import settings; django.setup(); {then}",
        ],
        env=settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", None),
        ("REDIS_URL", None),
        ("EMAIL_URL", None),
    ],
)
def test_it_refuses_to_start_without_what_it_needs(name, value):
    refused = start(**{name: value})
    assert refused.returncode != 0
    assert name in refused.stderr


def test_with_everything_set_it_starts():
    """The negative control."""
    started = start()
    assert started.returncode == 0, started.stderr


def test_debug_cannot_be_switched_on_from_outside():
    asked = start("assert not settings.DEBUG", DEBUG="True")
    assert asked.returncode == 0, asked.stderr
