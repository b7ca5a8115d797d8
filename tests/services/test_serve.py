"""`manage.py serve`: web, worker and beat start together, end together, and leave nothing behind."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.services.servers import end_with_parent, free_port, listens, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
UP = "Spring is running at"


class Running:
    """A supervisor that was started, what it says, and every process that works for it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.output = var / f"output-{self.port}"
        settings = {"DJANGO_SETTINGS_MODULE": "spring.settings.embedded", "SPRING_VAR": str(var)}
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port), "--no-demo"]
        ours = {name: word for name, word in os.environ.items() if name != "SPRING_SQLITE"}
        with open(self.output, "wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**ours, **settings},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )

    def said(self) -> str:
        return self.output.read_text()

    def wait_until_up(self) -> None:
        wait_until(lambda: UP in self.said() or self.process.poll() is not None, 120)
        assert UP in self.said(), self.said()

    def ask(self, path: str) -> tuple[int, dict]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = json.loads(answer.read())
        connection.close()
        return answer.status, body

    def processes(self) -> dict[int, str]:
        """Return every living process that was started for this folder, with its command line."""
        found = {}
        for folder in Path("/proc").iterdir():
            try:
                environment = (folder / "environ").read_bytes().split(b"\0")
                if f"SPRING_VAR={self.var}".encode() in environment:
                    words = (folder / "cmdline").read_bytes().split(b"\0")
                    found[int(folder.name)] = b" ".join(words).decode()
            except (OSError, ValueError):
                continue
        return {pid: words for pid, words in found.items() if words}

    def find(self, words: str) -> int:
        """Return the oldest process whose command line has these words."""
        return min(pid for pid, line in self.processes().items() if words in line)

    def ended(self, seconds: float = 30) -> int:
        code = self.process.wait(timeout=seconds)
        wait_until(lambda: not self.processes(), 5, f"left behind: {self.processes()}")
        return code


@pytest.fixture(scope="module")
def var(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def serve(var) -> Iterator[Callable]:
    started = []

    @contextmanager
    def up() -> Iterator[Running]:
        running = Running(var)
        started.append(running)
        running.wait_until_up()
        yield running

    yield up
    for running in started:
        for pid in running.processes():
            os.kill(pid, signal.SIGKILL)
        running.process.wait()


def test_a_real_worker_does_what_beat_asks_and_sigterm_to_the_group_ends_it_all(serve):
    with serve() as running:
        assert running.ask("/healthz") == (200, {"status": "ok"})
        for words in ("gunicorn", "celery -A spring worker", "celery -A spring beat"):
            assert running.find(words)
        wait_until(lambda: running.ask("/readyz")[1].get("worker") == "alive", 60, "no heartbeat")
        os.killpg(running.process.pid, signal.SIGTERM)
        assert running.ended() == 0
        assert "Stopped." in running.said()
        assert not listens(running.port)


def test_ctrl_c_ends_it_and_it_can_be_run_again_at_once(serve):
    for _ in range(2):
        with serve() as running:
            running.process.send_signal(signal.SIGINT)
            assert running.ended() == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("web", "gunicorn"),
        ("worker", "celery -A spring worker"),
        ("beat", "celery -A spring beat"),
    ],
)
def test_when_one_part_dies_the_others_stop_and_it_says_which(serve, name, words):
    with serve() as running:
        os.kill(running.find(words), signal.SIGKILL)
        assert running.ended() == 1
        assert f"{name} was ended by SIGKILL" in running.said()


def test_when_the_supervisor_is_killed_its_parts_end_too(serve):
    with serve() as running:
        running.process.kill()
        running.process.wait()
        wait_until(lambda: not running.processes(), 30, "parts outlived the supervisor")


def test_a_second_start_in_the_same_folder_is_refused(serve, var):
    with serve() as running:
        second = Running(var)
        assert second.process.wait(timeout=60) == 1
        assert "already running" in second.said()
        assert running.ask("/healthz")[0] == 200
        running.process.terminate()
        assert running.ended() == 0
