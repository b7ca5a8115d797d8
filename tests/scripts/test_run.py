"""What `make run` says before it does any slow work."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def run(port: object) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "scripts/run.py"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_taken_port_is_said_plainly_and_at_once():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        began = time.monotonic()
        answer = run(taken.getsockname()[1])
    assert answer.returncode == 1
    assert "is taken by another program" in answer.stderr
    assert "make run PORT=" in answer.stderr
    assert "Setting up" not in answer.stdout
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "8000 "])
def test_a_port_that_is_none_is_refused(port):
    answer = run(port)
    assert answer.returncode == 1
    assert "must be a number" in answer.stderr
