"""Lock files name packages and hashes, never a place on the network."""

import shutil

import pytest

import lock
import machine


def copy_of_the_locks(folder):
    for path in [*machine.ROOT.glob("requirements*.txt"), machine.ROOT / lock.NODE_LOCK]:
        shutil.copy(path, folder)
    return folder


def test_our_lock_files_have_no_address():
    assert lock.addresses(machine.ROOT) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("requirements.txt", "--index-url https://packages.example/simple"),
        ("requirements-dev.txt", "thing @ https://packages.example/thing.whl"),
        ("requirements-uv.txt", "--find-links /mnt/packages"),
        ("package-lock.json", '"resolved": "https://packages.example/sass.tgz",'),
    ],
)
def test_a_planted_address_is_found(tmp_path, file, line):
    folder = copy_of_the_locks(tmp_path)
    with open(folder / file, "a") as end:
        end.write(line + "\n")
    found = lock.addresses(folder)
    assert len(found) == 1
    assert found[0].startswith(file)


def test_every_python_package_is_locked_with_a_hash():
    for path in machine.ROOT.glob("requirements*.txt"):
        entries = path.read_text().replace("\\\n", " ").splitlines()
        bare = [line for line in entries if "==" in line and "--hash=sha256:" not in line]
        assert bare == [], path.name
