"""Throwaway PostgreSQL and Redis servers: real ones, on private ports, gone when the block ends.

Standard library only, so that `make test` can start one before pytest reads its settings.
"""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
DEBIAN_POSTGRESQL = Path("/usr/lib/postgresql")
_libc = ctypes.CDLL(None)


class Missing(RuntimeError):
    """A real part that the tests need is not on this machine."""

    def __init__(self, part: str, package: str) -> None:
        super().__init__(
            f"{part} is not installed. Get it with: "
            f"sudo apt-get install --no-install-recommends {package}"
        )


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], object], seconds: float, reason: str = "") -> None:
    """Ask again and again until it is so; fail with the reason when time runs out."""
    pause = threading.Event()
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"Not within {seconds} s: {reason or condition}")
        pause.wait(0.1)


def listens(port: int) -> bool:
    """Say whether somebody answers on a local port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def end_with_parent() -> None:
    """Ask the kernel to end this process when its parent ends, however it ends."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextlib.contextmanager
def running(command: Sequence[object], log: Path, **options: object) -> Iterator[subprocess.Popen]:
    """Run a server in its own process group for the length of a block."""
    with open(log, "ab") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent,
            **options,
        )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen, wish: signal.Signals = signal.SIGTERM) -> None:
    """End a process and whatever is left of its group."""
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(wish)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=20)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


# --- PostgreSQL -------------------------------------------------------------------------------------
def postgresql_programs() -> Path:
    """Return the folder of the newest PostgreSQL server on this machine."""
    folders = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    folders += sorted(
        (path.parent for path in DEBIAN_POSTGRESQL.glob("*/bin/initdb")),
        key=lambda path: int(path.parent.name),
        reverse=True,
    )
    if not folders:
        raise Missing("PostgreSQL", "postgresql")
    return folders[0]


def _someone_else() -> dict[str, object]:
    """Return how to run as another user: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL cannot run as root, and there is no user nobody.")


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Start an empty PostgreSQL and give the address of a database called spring."""
    programs = postgresql_programs()
    someone = _someone_else()
    folder = Path(tempfile.mkdtemp(prefix="spring-postgresql-"))
    if someone:
        os.chown(folder, someone["user"], someone["group"])
    log = folder / "server.log"
    data = folder / "data"
    port = free_port()
    options: dict[str, object] = {
        **someone,
        "cwd": folder,
        "env": {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"},
    }

    def program(name: str, *words: str) -> None:
        command = [str(programs / name), *words]
        subprocess.run(command, check=True, capture_output=True, timeout=120, **options)

    try:
        words = ["--username=spring", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        program("initdb", f"--pgdata={data}", "--no-sync", *words)
        # Nothing here outlives the run, so nothing needs to reach the disk.
        fast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        place = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
        settings = [word for setting in [*fast, *place] for word in ("-c", setting)]
        with running([programs / "postgres", "-D", data, *settings], log, **options) as server:
            local = [f"--host={folder}", f"--port={port}", "--username=spring"]
            ready = [str(programs / "pg_isready"), *local]
            wait_until(
                lambda: subprocess.run(ready, capture_output=True, check=False).returncode == 0,
                60,
                f"PostgreSQL did not start; see {log}",
            )
            program("createdb", *local, "spring")
            yield f"postgres://spring@127.0.0.1:{port}/spring"
            # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
            stop(server, signal.SIGINT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# --- Redis --------------------------------------------------------------------------------------------
@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Start an empty Redis that keeps nothing and give its address."""
    program = shutil.which("redis-server")
    if program is None:
        raise Missing("Redis", "redis-server")
    folder = Path(tempfile.mkdtemp(prefix="spring-redis-"))
    port = free_port()
    words = ["--bind", "127.0.0.1", "--port", port, "--save", "", "--appendonly", "no"]
    try:
        with running([program, *words, "--dir", folder], folder / "server.log"):
            wait_until(lambda: listens(port), 30, "Redis did not start")
            yield f"redis://127.0.0.1:{port}/0"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
