"""FIFOs and devices where a file should be: they are reported, and nothing waits for them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SPEC = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\nservers: [{url: 'https://a.example'}]\npaths: {/a: {get: {}}}\n"
SETTINGS = 'package = "acme"\n\n[[sources]]\npath = "openapi.yaml"\nkind = "openapi"\n'

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no FIFOs")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "specs" / "acme"
    folder.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.clientsmith]\nruntime = "shared"\n')
    (folder / "provider.toml").write_text(SETTINGS)
    (folder / "openapi.yaml").write_text(SPEC)
    return tmp_path


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own; a test that waits for a FIFO would wait for ever."""
    command = [sys.executable, "-m", "clientsmith", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=60, check=False)


CASES = [
    ("specs/acme/clientsmith.lock", "[lock-invalid]", 3),
    ("specs/clientsmith.lock", "[lock-invalid]", 3),
    ("specs/acme/provider.toml", "there are no providers in specs/", 2),
    ("specs/acme/openapi.yaml", "[unsafe-path]", 5),
]


@pytest.mark.parametrize("device", [False, True], ids=["fifo", "device"])
@pytest.mark.parametrize(("path", "said", "status"), CASES)
@pytest.mark.parametrize("command", ["generate", "check"])
def test_a_file_that_is_none(project: Path, path: str, said: str, status: int, command: str, device: bool) -> None:
    file = project / path
    file.unlink(missing_ok=True)
    if device:
        file.symlink_to("/dev/zero")
    else:
        os.mkfifo(file)
    done = run(project, command)
    assert said in done.stderr
    assert done.returncode == status


def test_a_pyproject_that_is_none(project: Path) -> None:
    (project / "pyproject.toml").unlink()
    os.mkfifo(project / "pyproject.toml")
    assert run(project, "generate").returncode == 0


def test_a_file_for_init_that_is_none(project: Path) -> None:
    os.mkfifo(project / "page.md")
    done = run(project, "init", "other", "page.md")
    assert done.stderr == "clientsmith: error: 'page.md' is not a regular file\n"
    assert done.returncode == 3
