"""What the set-up scripts share: say what happens, run commands, ask apt, redo only what changed.

Standard library only: these scripts run before the environment exists.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = VAR / "logs" / "setup.log"

PDF_LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz-subset.so.0",
)
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")


def say(text):
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


def stop(text):
    """End with a message for the person at the keyboard."""
    sys.stdout.flush()
    raise SystemExit(f"\n{text}")


def start():
    """Make Ctrl-C and SIGTERM end the set-up the same way, and refuse an old Python."""
    if sys.version_info < (3, 11):
        stop(
            f"Spring needs Python 3.11 or later; this is {sys.version.split()[0]}.\n"
            "Name a newer one: make PYTHON=python3.12 run"
        )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.chdir(ROOT)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    VAR.joinpath("stamps").mkdir(exist_ok=True)


@contextlib.contextmanager
def alone():
    """Let one set-up at a time write to this folder."""
    with open(VAR / "setup.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  Another set-up is busy in this folder; waiting for it …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


# --- running commands -----------------------------------------------------------------------------
def run(label, command, env=None):
    """Run a command with its output in the log; show that it is still going; return its success."""
    began = time.monotonic()
    terminal = sys.stdout.isatty()
    print(f"  {label} …", end="" if terminal else "\n", flush=True)
    with open(LOG, "ab") as log:
        log.write(f"\n$ {shlex.join(map(str, command))}\n".encode())
        log.flush()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code = _wait(process, label, began, terminal)
        except BaseException:
            _end_group(process)
            raise
    if terminal:
        print(f"\r  {label} … {time.monotonic() - began:.0f} s    ", flush=True)
    return code == 0


def _wait(process, label, began, terminal):
    said = began
    while True:
        try:
            return process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            now = time.monotonic()
            if terminal:
                print(f"\r  {label} … {now - began:.0f} s", end="", flush=True)
            elif now - said >= 15:
                said = now
                say(f"  {label} … {now - began:.0f} s so far")


def _end_group(process):
    for wish in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, wish)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
            return


def last_lines(count=15):
    """Return the end of the log, for a message about a failure."""
    return "\n".join(LOG.read_text(errors="replace").splitlines()[-count:])


def need(label, command, env=None):
    """Run a command that must succeed."""
    if not run(label, command, env):
        stop(f"That failed. The end of {LOG}:\n\n{last_lines()}")


# --- redo only what changed -------------------------------------------------------------------------
def digest(paths, *words):
    """Return one hash over the contents of files and some words."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path}\0".encode() + path.read_bytes() + b"\0")
    total.update("\0".join(words).encode())
    return total.hexdigest()


def is_done(step, value):
    """Say whether a step was finished with these inputs."""
    with contextlib.suppress(FileNotFoundError):
        return (VAR / "stamps" / step).read_text() == value
    return False


def mark(step, value):
    """Note that a step was finished with these inputs; no value takes the note away."""
    path = VAR / "stamps" / step
    if value is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(value)


# --- what the machine has -----------------------------------------------------------------------------
def apt(packages, reason):
    """Install Debian packages when this user may, or stop with the exact line to type."""
    line = "sudo apt-get install --no-install-recommends " + " ".join(packages)
    if not shutil.which("apt-get"):
        names = " ".join(packages)
        stop(f"{reason}\nThis machine has no apt-get. Install what Debian calls:\n\n    {names}\n")
    prefix = _may_install()
    if prefix is None:
        stop(f"{reason}\nType this, then start again:\n\n    {line}\n")
    tool = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y"]
    tool += ["-o", "DPkg::Lock::Timeout=120"]
    run("Fetching the lists of packages", [*tool, "update"])
    wanted = [*tool, "install", "--no-install-recommends", *packages]
    if not run(f"Installing {', '.join(packages)}", wanted):
        say(f"\nThe end of {LOG}:\n\n{last_lines()}")
        stop(
            f"{reason}\napt-get could not install it. Type this, then start again:\n\n    {line}\n"
        )


def _may_install():
    if os.environ.get("SPRING_NO_APT"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def prepare(missing=None):
    """Get what is missing from apt all at once: Python's venv, the PDF's libraries, and more."""
    missing = dict(missing or {})
    if importlib.util.find_spec("ensurepip") is None:
        missing["Python's venv module"] = ["python3-venv"]
    if not (_loads(PDF_LIBRARIES) and _has_font()):
        missing["what the monthly PDF is drawn with"] = PDF_PACKAGES
    if missing:
        packages = [name for names in missing.values() for name in names]
        apt(packages, f"Missing on this machine: {', '.join(missing)}.")


def _loads(names):
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
    return True


def _has_font():
    return any(
        next(Path(folder).rglob("LiberationSans-Regular.ttf"), None) is not None
        for folder in FONT_FOLDERS
    )
