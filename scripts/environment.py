"""Make .venv from the hash-locked requirements, with uv where it runs and pip where it does not."""

import os
import shutil
import subprocess
import sys

import machine

UV = machine.VENV / "bin" / "uv"
WANTED = {
    "run": ("requirements.txt", "requirements-uv.txt"),
    "dev": ("requirements-dev.txt", "requirements.txt", "requirements-uv.txt"),
}


def prepare(wanted="run"):
    """Bring .venv to the locked versions; `dev`, once made, stays and serves `run` too."""
    if machine.is_done("environment-kind", "dev"):
        wanted = "dev"
    digest = machine.digest([machine.ROOT / name for name in WANTED[wanted]], str(machine.VENV))
    if _python_works() and machine.is_done("environment", digest):
        return
    machine.mark("environment", None)
    _make_venv()
    lock, uv_lock = machine.ROOT / WANTED[wanted][0], machine.ROOT / "requirements-uv.txt"
    label = "Installing the Python packages"
    got_uv = machine.run("Getting uv", [*_pip("install"), "--require-hashes", "-r", uv_lock])
    sync = [UV, "pip", "sync", "--require-hashes", "--python", machine.PYTHON, lock, uv_lock]
    if not (got_uv and machine.run(label, sync, uv_settings())):
        machine.say("  uv could not; pip will, more slowly.")
        machine.need(label, [*_pip("install"), "--require-hashes", "-r", lock])
    machine.mark("environment-kind", wanted)
    machine.mark("environment", digest)


def install_to(folder, lock, label):
    """Install a hash-locked file into a folder of its own."""
    into = ["--target", folder, "--require-hashes", "-r", lock]
    if not machine.run(label, [UV, "pip", "install", *into], uv_settings()):
        machine.need(label, [*_pip("install"), *into])


def _python_works():
    # After an upgrade of the machine's Python the old folder runs, but finds no packages.
    question = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pip') is None)"
    try:
        asked = subprocess.run([machine.PYTHON, "-c", question], capture_output=True, check=False)
    except OSError:
        return False
    # A folder that was moved keeps scripts that point to the old place.
    here = str(machine.VENV) in (machine.VENV / "pyvenv.cfg").read_text()
    return asked.returncode == 0 and here


def _make_venv():
    if _python_works():
        return
    if machine.VENV.exists():
        shutil.rmtree(machine.VENV)
    command = [sys.executable, "-m", "venv", machine.VENV]
    if not machine.run("Making .venv", command):
        shutil.rmtree(machine.VENV, ignore_errors=True)
        machine.apt(["python3-venv"], "Python could not make an environment.")
        machine.need("Making .venv", command)


def _pip(*words):
    cache = f"--cache-dir={machine.VAR / 'cache' / 'pip'}"
    return [machine.PYTHON, "-m", "pip", "--disable-pip-version-check", cache, *words]


def uv_settings():
    """Give uv the machine's certificates and what its owner told pip about where packages are."""
    settings = {"UV_CACHE_DIR": str(machine.VAR / "cache" / "uv"), "UV_SYSTEM_CERTS": "1"}
    for ours, theirs in {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX"}.items():
        asked = subprocess.run(
            [str(part) for part in _pip("config", "get", f"global.{ours}")],
            capture_output=True,
            text=True,
            check=False,
        )
        value = " ".join(asked.stdout.split())
        if value and theirs not in os.environ:
            settings[theirs] = value
    return settings


if __name__ == "__main__":
    machine.start()
    with machine.alone():
        prepare(sys.argv[1] if len(sys.argv) > 1 else "run")
