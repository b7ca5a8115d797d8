"""`make lock` renews the lock files; `--check` says whether any of them names an address."""

import json
import sys
from pathlib import Path

import environment
import machine
import styles

SETS = ("requirements-uv", "requirements-build", "requirements", "requirements-dev")
COMPILE = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
NODE_LOCK = "package-lock.json"


def renew():
    """Write the lock files anew from requirements*.in and package.json."""
    for name in SETS:
        machine.need(
            f"Locking {name}.in",
            [environment.UV, "pip", "compile", *COMPILE, f"{name}.in", "-o", f"{name}.txt"],
            environment.uv_settings(),
        )
    npm, path = styles.npm()
    settings = {**styles.NPM_SETTINGS, "PATH": path}
    machine.need(
        "Locking package.json", [*npm, "install", "--package-lock-only"], settings
    )  # .npmrc leaves the registry's addresses out; the authors' donation pages go here
    path = machine.ROOT / NODE_LOCK
    content = json.loads(path.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(content, indent=2) + "\n")


def addresses(folder):
    """Return each line of a lock file under folder that names a place on the network."""
    found = []
    for path in [*sorted(Path(folder).glob("requirements*.txt")), Path(folder) / NODE_LOCK]:
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if "://" in line or "index-url" in line or "find-links" in line:
                found.append(f"{path.name}:{number}: {line.strip()}")
    return found


def main():
    """Renew or check."""
    if "--check" in sys.argv:
        found = addresses(machine.ROOT)
        sys.exit("Addresses in lock files:\n" + "\n".join(found) if found else 0)
    machine.start()
    with machine.alone():
        machine.prepare()
        environment.prepare("dev")
        renew()


if __name__ == "__main__":
    main()
