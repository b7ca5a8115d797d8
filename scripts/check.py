"""`make check`: everything that can be said about the code without running the tests."""

import os
import subprocess
import sys
import time

import environment
import machine

BIN = machine.VENV / "bin"
TESTING = {"DJANGO_SETTINGS_MODULE": "spring.settings.testing", "SPRING_SQLITE": ":memory:"}
# Of the right shape and good for nothing else.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "spring.settings.production",
    "SECRET_KEY": "".join(chr(33 + number % 90) for number in range(64)),
    "ALLOWED_HOSTS": "spring.example",
    "DATABASE_URL": "postgres://spring@database/spring",
    "REDIS_URL": "redis://redis/0",
    "EMAIL_URL": "smtp+tls://spring@mail.example:587",
    "SPRING_BASE_URL": "https://spring.example",
}
MANAGE = [machine.PYTHON, "manage.py"]
CHECKS = [
    ("style", [BIN / "ruff", "check", "."], {}),
    ("format", [BIN / "ruff", "format", "--check", "."], {}),
    ("import rules", [BIN / "lint-imports", "--cache-dir", "var/cache/imports"], {}),
    ("types", [BIN / "mypy"], {}),
    ("templates", [BIN / "djlint", "--lint", "--quiet", "templates"], {}),
    ("lock files", [machine.PYTHON, "scripts/lock.py", "--check"], {}),
    ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], TESTING),
    ("deploy", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    (
        "compose file",
        [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
        {},
    ),
]


def check():
    """Run every check, show what the failing ones say, and return how many failed."""
    failed = 0
    for name, command, extra in CHECKS:
        began = time.monotonic()
        asked = subprocess.run(
            [str(part) for part in command],
            env={**os.environ, **extra},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        word = "ok" if asked.returncode == 0 else "FAILED"
        machine.say(f"  {name:<13} {word:<7} {time.monotonic() - began:5.1f} s")
        if asked.returncode:
            failed += 1
            machine.say(asked.stdout.rstrip() + "\n")
    return failed


def main():
    """Set up what the checks need and run them."""
    machine.start()
    with machine.alone():
        machine.prepare()
        environment.prepare("dev")
    machine.say("Checks")
    if failed := check():
        machine.stop(f"{failed} of {len(CHECKS)} checks failed.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
