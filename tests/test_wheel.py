"""The wheel: it has the templates and the runtime, and generates where there is no source tree."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    os.environ.get("CLIENTSMITH_SKIP_WHEEL") == "1", reason="CLIENTSMITH_SKIP_WHEEL=1 asks for it"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # By way of the source distribution, as everybody builds who gets one: what is missing there would be missing.
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def test_it_holds_all_of_the_package_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "generator" / "clientsmith"
    code = {f"clientsmith/{path.relative_to(package).as_posix()}" for path in package.rglob("*.py")}
    templates = {
        f"clientsmith/templates/{path.relative_to(ROOT / 'templates').as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    own = {name for name in names if not name.split("/")[0].endswith(".dist-info")}
    assert code | templates <= own
    assert own - code - templates <= {"clientsmith/py.typed", "clientsmith/runtime/py.typed"}


def test_schemas_of_others_are_read_by_tests_alone(wheel: Path) -> None:
    with tarfile.open(next(wheel.parent.glob("*.tar.gz"))) as archive:
        names = [*archive.getnames(), *zipfile.ZipFile(wheel).namelist()]
    assert (ROOT / "tests" / "schemas" / "sarif-2.1.0.json").is_file()
    assert not [name for name in names if "sarif" in name or "/tests/" in name]


def test_it_generates_what_the_source_tree_generates(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    scripts = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / "python"
    target = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    installed = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--no-deps", "--no-index",
         "--target", target, str(wheel)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert installed.returncode == 0, installed.stderr
    # The libraries that it depends on, from where they are installed already; they come after the wheel.
    libraries = sysconfig.get_path("purelib")
    (Path(target) / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    (tmp_path / "spec.yaml").write_bytes((ROOT / "tests" / "golden" / "one_operation" / "spec.yaml").read_bytes())
    outputs: list[dict[str, bytes]] = []
    for name, environment in (("wheel", {}), ("source", {"PYTHONPATH": str(ROOT / "generator")})):
        folder = tmp_path / name / "client"
        clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        where = subprocess.run(
            [python, "-c", "import clientsmith; print(clientsmith.__file__)"],
            env=clean | environment, cwd=tmp_path, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert where.startswith(target if name == "wheel" else str(ROOT))
        done = subprocess.run(
            [python, "-m", "clientsmith", "generate", "--spec", "spec.yaml", "--output", str(folder)],
            env=clean | environment, cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        outputs.append({path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")})
    # The lock too: the tool's digest must not depend on how it was installed.
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 10
