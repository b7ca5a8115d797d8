"""Keeps several processes together: they start together and end together, whatever ends them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
SECONDS_TO_START = 90
SECONDS_TO_STOP = 15
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


@dataclass(frozen=True)
class Part:
    """One process of the whole: its name, its command line and where its output goes."""

    name: str
    command: Sequence[str]
    log: Path

    def end_of_log(self) -> str:
        """Return the last lines that it wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])


def _be_a_child() -> None:
    signal.pthread_sigmask(signal.SIG_SETMASK, set())
    # Should the supervisor be killed outright, the kernel ends its children.
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Runs parts until a signal comes or one of them ends, then ends them all."""

    def __init__(self, parts: Sequence[Part], say: Callable[[str], None]) -> None:
        self.parts = parts
        self.say = say
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.terminal = os.isatty(1)

    def run(
        self, environment: Mapping[str, str], is_up: Callable[[], bool], up: Callable[[], None]
    ) -> bool:
        """Return True when stopped by request, False when something went wrong."""
        heard = STOP | {signal.SIGCHLD}
        before = signal.pthread_sigmask(signal.SIG_BLOCK, heard)
        try:
            for part in self.parts:
                self._start(part, environment)
            return self._watch(heard, is_up, up)
        finally:
            self._stop()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _start(self, part: Part, environment: Mapping[str, str]) -> None:
        part.log.parent.mkdir(parents=True, exist_ok=True)
        with open(part.log, "wb") as log:
            # A session of its own, so that Ctrl-C reaches the supervisor alone.
            self.processes[part.name] = subprocess.Popen(
                part.command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_be_a_child,
            )

    def _watch(
        self, heard: set[signal.Signals], is_up: Callable[[], bool], up: Callable[[], None]
    ) -> bool:
        deadline = time.monotonic() + SECONDS_TO_START
        waiting = True
        while True:
            caught = signal.sigtimedwait(heard, 0.2 if waiting else 5)
            if caught and caught.si_signo in STOP:
                self.say("\nStopping …")
                return True
            if self.terminal and not os.isatty(1):
                return True  # the terminal was closed, and make passes that on to nobody
            if ended := self._ended():
                part, status = ended
                self.say(f"\n{part.name} {status}, so everything stops. The end of {part.log}:\n")
                self.say(part.end_of_log())
                return False
            if waiting and is_up():
                waiting = False
                up()
            elif waiting and time.monotonic() > deadline:
                self.say(f"\nNo answer after {SECONDS_TO_START} seconds. The logs:")
                for part in self.parts:
                    self.say(f"\n{part.log}:\n{part.end_of_log()}")
                return False

    def _ended(self) -> tuple[Part, str] | None:
        for part in self.parts:
            code = self.processes[part.name].poll()
            if code is not None:
                if code < 0:
                    return part, f"was ended by {signal.Signals(-code).name}"
                return part, f"ended with status {code}"
        return None

    def _stop(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_STOP
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0, deadline - time.monotonic()))
            # What a part started and left behind is still in its group.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
