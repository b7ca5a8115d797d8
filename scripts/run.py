"""`make run`: from a fresh clone to a running Spring. Everything made lies under var/ and .venv/."""

import os
import socket
import sys
import time

import environment
import machine
import styles


def main():
    """Set up what is missing, then become the supervisor of web, worker and beat."""
    machine.start()
    port = _free_port(os.environ.get("PORT") or "8000")
    began = time.monotonic()
    first = "" if machine.VENV.exists() else " (this first time takes a few minutes)"
    machine.say(f"Setting up Spring{first}")
    with machine.alone():
        machine.prepare()
        environment.prepare()
        styles.build()
    machine.say(f"  Set up in {time.monotonic() - began:.0f} s.")
    os.environ["DJANGO_SETTINGS_MODULE"] = "spring.settings.embedded"
    os.execv(machine.PYTHON, [str(machine.PYTHON), "manage.py", "serve", "--port", str(port)])


def _free_port(text):
    """Return the port as a number, or say at once why Spring cannot listen there."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        machine.stop(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            machine.stop(f"You may not listen on port {port}. Try: make run PORT=8000")
        except OSError:
            machine.stop(
                f"Port {port} is taken by another program.\n"
                f"Stop that program, or choose another port: make run PORT={port % 65535 + 1}"
            )
    return port


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
