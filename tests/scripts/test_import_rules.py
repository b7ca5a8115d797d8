"""The import rules hold, and each of them bites when somebody breaks it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import machine

APPS = ("spring", "partners", "participants", "linkworkers", "referrals", "reports")


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    for app in APPS:
        shutil.copytree(
            machine.ROOT / app, folder / app, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(machine.ROOT / "pyproject.toml", folder)
    return folder


def verdict(folder: Path) -> subprocess.CompletedProcess:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_rules_hold(tree):
    answer = verdict(tree)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("partners/access.py", "import reports.models"),  # a lower app names a higher one
        ("linkworkers/models.py", "import linkworkers.tasks"),  # models know nothing of tasks
        ("referrals/actions.py", "import referrals.views"),  # actions know nothing of pages
        ("reports/views/__init__.py", "import reports.tasks"),  # pages never start tasks
        ("spring/core/outbox.py", "import kombu"),  # and nothing in a request asks the broker
    ],
)
def test_a_planted_import_is_found(tree, module, line):
    path = tree / module
    if not path.exists():  # the same module, before it grew into a package or after
        path = tree / module.replace("/__init__.py", ".py").replace(".py", "")
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    before = path.read_text()
    path.write_text(f"{before}\n{line}\n")
    try:
        answer = verdict(tree)
    finally:
        path.write_text(before)
    assert answer.returncode == 1, answer.stdout
    assert line.removeprefix("import ") in answer.stdout
