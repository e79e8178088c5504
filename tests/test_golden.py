"""Goldens: a tiny document each, the package expected of it, and what that package must do against a real server.

Each is compared with what is generated, left alone by black, compiled, type-checked strictly by mypy and pyright, and
called. `pytest --update-goldens -k NAME` accepts what is generated now.
"""

from __future__ import annotations

import dataclasses
import difflib
import importlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from golden_server import Script
from loopback import running

from clientsmith.diagnostics import Report
from clientsmith.pipeline import build, package
from clientsmith.project.settings import Provider
from clientsmith.render import render
from clientsmith.render.structure import check_lines, check_tree

GOLDEN = Path(__file__).parent / "golden"
FEATURES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())
FINDINGS = "findings.txt"


def provider_of(feature: str) -> Provider:
    """The golden as a provider; its `provider.toml` holds what a document cannot state."""
    folder = GOLDEN / feature
    pages = sorted((folder / "pages").glob("*")) if (folder / "pages").is_dir() else [folder / "spec.yaml"]
    provider = Provider.for_spec(pages, feature)
    file = folder / "provider.toml"
    return dataclasses.replace(provider, **tomllib.loads(file.read_text())) if file.is_file() else provider


@cache
def generated(feature: str) -> tuple[dict[str, str], dict[str, str]]:
    """What is generated now: the package's own files, its copy of the runtime.

    What was found in the document is in a file of its own.
    """
    report = Report()
    built = build(provider_of(feature), report, {})
    assert built.operations == built.documented_operations
    report.located(built.locate)
    own = {name: text for name, text in built.files.items() if not name.startswith("_runtime/")}
    runtime = {name: text for name, text in built.files.items() if name.startswith("_runtime/")}
    place = f"tests/golden/{feature}/"
    lines = [
        f"{str(d.location).rpartition(place)[2]}: {d.severity}: {d.message} [{d.slug}]\n" for d in report.diagnostics
    ]
    return own | ({FINDINGS: "".join(lines)} if lines else {}), runtime


def committed(feature: str) -> dict[str, str]:
    expected = GOLDEN / feature / "expected"
    return {
        path.relative_to(expected).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(expected.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("feature", FEATURES)
def test_output(feature: str, request: pytest.FixtureRequest) -> None:
    now, before = generated(feature)[0], committed(feature)
    if request.config.getoption("--update-goldens"):
        expected = GOLDEN / feature / "expected"
        shutil.rmtree(expected, ignore_errors=True)
        for name, text in now.items():
            (expected / name).parent.mkdir(parents=True, exist_ok=True)
            (expected / name).write_text(text, encoding="utf-8", newline="\n")
        return
    difference = [
        line
        for name in sorted(now.keys() | before.keys())
        for line in difflib.unified_diff(
            before.get(name, "").splitlines(), now.get(name, "").splitlines(), f"expected/{name}", name, lineterm=""
        )
    ]
    if difference:
        pytest.fail("\n".join([*difference, f"accept with: pytest --update-goldens -k {feature}"]), pytrace=False)


@pytest.mark.parametrize("feature", FEATURES)
def test_both_checks_of_the_structure_pass(feature: str) -> None:
    for name, text in committed(feature).items():
        if name.endswith(".py"):
            check_tree(text, name)
            check_lines(text, name)


@pytest.mark.parametrize("feature", FEATURES)
def test_black_changes_nothing(feature: str) -> None:
    import black
    from black.mode import Mode, TargetVersion

    mode = Mode(target_versions={TargetVersion.PY311})
    for name, text in committed(feature).items():
        if name.endswith(".py"):
            assert black.format_str(text, mode=mode) == text, name


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """All expected packages side by side, each with the runtime that it needs; importable."""
    root = tmp_path_factory.mktemp("goldens")
    for feature in FEATURES:
        for name, text in {**committed(feature), **generated(feature)[1]}.items():
            path = root / feature / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        behaviour = GOLDEN / feature / "behaviour.py"
        (root / f"behaviour_{feature}.py").write_text(behaviour.read_text(encoding="utf-8"), encoding="utf-8")
    sys.path.insert(0, str(root))
    yield root
    sys.path.remove(str(root))
    for name in [n for n in sys.modules if n.partition(".")[0] in FEATURES or n.startswith("behaviour_")]:
        del sys.modules[name]


def checks(module: ModuleType) -> list[Callable[[Script], None]]:
    return [value for name, value in vars(module).items() if name.startswith("check_")]


@pytest.mark.parametrize("feature", FEATURES)
def test_behaviour(feature: str, packages: Path) -> None:
    module = importlib.import_module(f"behaviour_{feature}")
    found = checks(module)
    assert found, "a golden that nobody runs proves nothing"
    for check in found:
        server = Script()
        with running(server), warnings.catch_warnings():
            warnings.simplefilter("error")
            check(server)


@pytest.mark.parametrize("feature", FEATURES)
def test_every_module_imports(feature: str, packages: Path) -> None:
    for path in sorted((packages / feature).rglob("*.py")):
        parts = path.relative_to(packages).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        module = importlib.import_module(name)
        for public in getattr(module, "__all__", ()):
            assert getattr(module, public) is not None, f"{name}.{public}"


def test_mypy_strict(packages: Path) -> None:
    tests = Path(__file__).parent
    path = f"{tests}:{tests}/providers"
    (packages / "mypy.ini").write_text(f"[mypy]\nstrict = True\npython_version = 3.11\nmypy_path = {path}\n")
    command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "--no-error-summary"]
    command += [name for feature in FEATURES for name in (feature, f"behaviour_{feature}.py")]
    done = subprocess.run(command, cwd=packages, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def test_pyright_strict(packages: Path) -> None:
    config = {
        "include": ["."],
        "extraPaths": [str(Path(__file__).parent), str(Path(__file__).parent / "providers")],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "reportMissingModuleSource": "none",
    }
    (packages / "pyrightconfig.json").write_text(json.dumps(config))
    command = [sys.executable, "-m", "pyright", "--project", "pyrightconfig.json", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=packages, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("feature", ["aliases", "unions", "jobs"])
def test_a_shared_runtime_lies_one_package_higher(feature: str) -> None:
    vendored = package(provider_of(feature), Report())
    shared = render(dataclasses.replace(vendored, runtime="shared"))
    assert not any(name.startswith("_runtime/") for name in shared)
    for name, text in render(vendored).items():
        if not name.startswith("_runtime/"):
            expected = re.sub(r"(^|from )(\.+)_runtime", r"\1.\2_runtime", text, flags=re.MULTILINE)
            expected = re.sub(rf"\b{feature}(?=\.models import| import Client)", rf"vendor.{feature}", expected)
            if name == "__init__.py":
                guard = shared[name].partition('if "." not in __name__:')[2].partition("\n\n")[0]
                assert "shares its runtime" in guard
                expected = expected.replace("TYPE_CHECKING\n", f'TYPE_CHECKING if "." not in __name__:{guard}', 1)
            assert shared[name].split() == expected.split(), name
