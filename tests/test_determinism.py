"""Equal inputs give equal bytes: whatever the hash seed, the order of arguments, the folder, the locale, the clock."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"


def generated(cwd: Path, arguments: Sequence[str], output: Path, **environment: str) -> dict[str, bytes]:
    """Everything that a run in a process of its own writes into `output`, the lock included."""
    done = subprocess.run(
        [sys.executable, "-m", "clientsmith", "generate", *arguments],
        cwd=cwd, env={**os.environ, "PYTHONPATH": str(ROOT / "generator"), **environment}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


FEATURES = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "spec.yaml").is_file())


@pytest.mark.parametrize("feature", FEATURES)
def test_the_hash_seed_makes_no_difference(feature: str, tmp_path: Path) -> None:
    shutil.copy(GOLDEN / feature / "spec.yaml", tmp_path / "spec.yaml")
    runs: list[dict[str, bytes]] = []
    for seed in ("0", "1", "12345"):
        arguments = ["--spec", "spec.yaml", "--output", f"{seed}/{feature}"]
        runs.append(generated(tmp_path, arguments, tmp_path / seed, PYTHONHASHSEED=seed))
    assert runs[0] == runs[1] == runs[2]
    assert f"{feature}/__init__.py" in runs[0]


def test_order_folder_locale_and_clock_make_no_difference(tmp_path: Path) -> None:
    source = ROOT / "specs" / "pixelcut"
    first, second = tmp_path / "first", tmp_path / "a longer name" / "second"
    for folder in (first, second):
        (folder / "pages").mkdir(parents=True)
        for page in sorted((source / "pages").glob("*.md")):
            shutil.copy(page, folder / "pages")
    pages = [f"pages/{page.name}" for page in sorted((first / "pages").iterdir())]
    assert len(pages) > 1
    one = generated(
        first, ["--spec", *pages, "--output", "pixelcut"], first / "pixelcut",
        PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C", PYTHONUTF8="0",
    )  # fmt: skip
    for page in (second / "pages").iterdir():
        os.utime(page, (0, 0))
    absolute = [str(second / page) for page in reversed(pages)]
    output = tmp_path / "elsewhere" / "pixelcut"
    two = generated(
        tmp_path, ["--spec", *absolute, absolute[0], "--output", str(output)], output, PYTHONHASHSEED="2",
        TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8", PYTHONUTF8="1",
    )  # fmt: skip
    assert one == two


def test_the_projects_clients_are_what_their_inputs_give(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "specs", tmp_path / "specs")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    files = generated(tmp_path, [], tmp_path / "generated", PYTHONHASHSEED="7")
    committed = {
        path.relative_to(ROOT / "generated").as_posix(): path.read_bytes()
        for path in (ROOT / "generated").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files == committed, "run: make generate"
