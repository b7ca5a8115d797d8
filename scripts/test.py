"""`make test`: the checks, then every test on SQLite, PostgreSQL, Redis and in a browser."""

import os
import shutil
import subprocess
import sys

import check
import environment
import machine
import styles

sys.path.insert(0, str(machine.ROOT))
from tests.services import servers

PYTEST = [str(machine.PYTHON), "-m", "pytest"]
SLOW = ["tests/services", "tests/browser"]
QUICK = [*(f"--ignore={folder}" for folder in SLOW), "-n", "2"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

NO_BROWSER = """There is still no Chromium. Where apt has it only as a snap, install Chromium or
Google Chrome in another way, and see that `chromium` or `google-chrome` starts it."""


def main():
    """Set up the real parts, then run everything; stop at the first part that fails."""
    machine.start()
    machine.say("Setting up for the tests")
    with machine.alone():
        machine.prepare(_missing_parts())
        if not _browser():
            machine.stop(NO_BROWSER)
        environment.prepare("dev")
        styles.build()
    machine.say("Checks")
    if failed := check.check():
        machine.stop(f"{failed} of {len(check.CHECKS)} checks failed; no test was run.")
    settings = {**os.environ, "SPRING_CHROMIUM": _browser()}
    for name in ("DJANGO_SETTINGS_MODULE", "SPRING_SQLITE", "SPRING_TEST_DATABASE_URL"):
        settings.pop(name, None)
    _pytest("The suite on SQLite", QUICK, settings)
    with servers.postgresql() as url:
        settings["SPRING_TEST_DATABASE_URL"] = url
        _pytest("The suite on PostgreSQL", QUICK, settings)
        _pytest("Real servers, worker and browser, on PostgreSQL", SLOW, settings)


def _pytest(label, words, settings):
    machine.say(f"\n{label}")
    code = subprocess.run([*PYTEST, *words], env=settings, check=False).returncode
    if code:
        sys.exit(code)


def _browser():
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _missing_parts():
    missing = {}
    try:
        servers.postgresql_programs()
    except servers.Missing:
        missing["PostgreSQL"] = ["postgresql"]
    if not shutil.which("redis-server"):
        missing["Redis"] = ["redis-server"]
    if not _browser():
        missing["Chromium"] = ["chromium"]
    return missing


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
