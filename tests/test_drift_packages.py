"""A generated client as a side of drift: its source says of its public names what the generator says."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from drift_callers import edition
from test_drift_rules import BASE, CASES, compare_paths, edited, pair_of

from clientsmith.cli import main
from clientsmith.diagnostics import Report
from clientsmith.drift.client import client_changes
from clientsmith.drift.packages import comparable, read_package
from clientsmith.drift.rules import LEVELS
from clientsmith.pipeline import package
from clientsmith.project.lock import read_lock
from clientsmith.project.settings import Provider, read_provider
from clientsmith.surface import Surface, surface_of

ROOT = Path(__file__).parents[1]
GOLDENS = sorted(folder.parent.name for folder in (ROOT / "tests" / "golden").glob("*/expected"))
PROVIDERS = ("aigenstudio", "pixelcut", "pixii")

OF_SETTINGS = ("aliases", "style")
"""Goldens whose names come from settings too, which are given to them elsewhere."""

EXPLAINED = {
    "enums": {"D508"},  # An enumeration of numbers with fractions is `float`: Python has no such literals.
    "hostile": {"D504", "D505"},  # Signs that the parser of Python normalises within a Literal.
}


def written(name: str) -> tuple[Surface, Path]:
    """The surface of a client as the generator computes it, and where its source is."""
    if name in PROVIDERS:
        folder = ROOT / "specs" / name
        lock = read_lock(str(folder / "clientsmith.lock"))
        assert lock is not None
        provider = read_provider(name, folder, "", Report())
        return surface_of(package(provider, Report(), lock.names)), ROOT / "generated" / name
    case = ROOT / "tests" / "golden" / name
    return surface_of(package(Provider.for_spec([str(case / "spec.yaml")], name), Report())), case / "expected"


@pytest.mark.parametrize("name", [name for name in (*GOLDENS, *PROVIDERS) if name not in OF_SETTINGS])
def test_the_source_says_what_the_generator_says(name: str) -> None:
    surface, folder = written(name)
    read = read_package(name, folder)
    assert len(read.operations) == len(surface.operations)
    assert [model.name for model in read.models] == [model.name for model in surface.models]
    found = {
        change.rule
        for sides in ((surface, read), (read, surface))
        for change in client_changes(comparable(sides[0]), comparable(sides[1]), None)
    }
    assert found <= EXPLAINED.get(name, set())


def test_a_required_property_of_one_value_is_required_though_it_has_a_default(tmp_path: Path) -> None:
    """And negative numbers, which the parser of Python takes for operations, are values."""
    kinds: dict[str, Any] = {name: {"const": name} for name in ("plain", "sentAs")}
    kinds |= {"number": {"const": -1}, "left-out": {"type": "string"}}
    schema: dict[str, Any] = {"type": "object", "required": [*kinds], "properties": {**kinds, "free": {"const": "c"}}}
    schema["properties"]["mode"] = {"type": "integer", "enum": [-1, 0, 1]}
    root = edited(BASE, {"/components/schemas/Job": schema})
    (tmp_path / "a.json").write_text(json.dumps(root), encoding="utf-8")
    before = edition(root, tmp_path)
    for path, text in before.built.files.items():
        target = tmp_path / "client" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (model,) = (model for model in read_package("client", tmp_path / "client").models if model.name == "Job")
    assert {field.wire: field.required for field in model.fields} == {
        **dict.fromkeys(kinds, True), "free": False, "mode": False,
    }  # fmt: skip
    assert compare_paths("client", "a.json", tmp_path).differences == ()


def test_two_clients_differ_as_their_documents_do(tmp_path: Path) -> None:
    """Every case of a rule: what breaks callers by public names is found in the sources alone."""
    base = [case for case in CASES if pair_of(case)[0] == BASE and case["level"] == "break"]
    before = edition(BASE, tmp_path)
    for path, text in before.built.files.items():
        target = tmp_path / "before" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    seen = 0
    for number, case in enumerate(base):
        root = pair_of(case)[1]
        folder = tmp_path / f"after{number}"
        for path, text in edition(root, tmp_path).built.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        comparison = compare_paths("before", folder.name, tmp_path)
        assert not comparison.wire
        (tmp_path / "old.json").write_text(json.dumps(BASE), encoding="utf-8")
        (tmp_path / "new.json").write_text(json.dumps(root), encoding="utf-8")
        documents = compare_paths("old.json", "new.json", tmp_path)
        by_names = [one for one in documents.differences if one.old_code and one.level == "break"]
        if by_names:
            seen += 1
            assert any(one.level == "break" for one in comparison.differences), case
        levels = [LEVELS.index(one.level) for one in comparison.differences]
        assert max(levels, default=0) <= max(LEVELS.index(one.level) for one in documents.differences)
    assert seen > 15


def test_a_client_in_a_revision_of_git(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    client = tmp_path / "generated" / "pixelcut"
    shutil.copytree(ROOT / "generated" / "pixelcut", client, ignore=shutil.ignore_patterns("__pycache__"))
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "a"]):
        subprocess.run([*git, *arguments], check=True)
    module = client / "try_on.py"
    module.write_text(module.read_text().replace("def get_job(", "def fetch_job("))
    command = [sys.executable, "-m", "clientsmith", "drift", "HEAD:generated/pixelcut", "generated/pixelcut"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert ": try_on.get_job -> try_on.fetch_job\n" in done.stdout
    assert "public names only: the documents were not compared" in done.stdout
    assert main(["drift", str(ROOT / "generated" / "pixelcut"), str(ROOT / "specs" / "pixelcut")]) == 0
    assert "0 BREAK, 0 RISK" in capsys.readouterr().out


def test_source_that_was_not_generated_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    client = tmp_path / "pixelcut"
    shutil.copytree(ROOT / "generated" / "pixelcut", client, ignore=shutil.ignore_patterns("__pycache__"))
    (client / "_client.py").write_text("class Client(:\n")
    assert main(["drift", str(client), str(client)]) in (0, 3), "equal bytes are not read"
    assert main(["drift", str(ROOT / "generated" / "pixelcut"), str(client)]) == 3
    assert "_client.py: " in capsys.readouterr().err
    (client / "_client.py").write_text("raise SystemExit('it was run')\n")
    assert main(["drift", str(ROOT / "generated" / "pixelcut"), str(client)]) == 3
    assert "_client.py has no class Client" in capsys.readouterr().err
