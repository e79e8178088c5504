"""Reports say nothing of the machine: what was given as an absolute path is relative to where the command runs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_drift_rules import BASE, edited

from clientsmith.cli import main
from clientsmith.cli.code_scanning import uri_of

FORMS = ("text", "json", "github", "markdown", "sarif", "html")
NEW = edited(BASE, {"/paths/~1v1~1old": None, "/components/schemas/Job/properties/size/type": "string"})


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two documents and a provider, in git; commands run in a folder beside them."""
    root = tmp_path / "shop"
    (root / "specs" / "acme").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[tool.clientsmith]\n", encoding="utf-8")
    settings = '[[sources]]\npath = "openapi.yaml"\nkind = "openapi"\n'
    (root / "specs" / "acme" / "provider.toml").write_text(settings, encoding="utf-8")
    for file, document in (("old 1.yaml", BASE), ("new.yaml", NEW), ("specs/acme/openapi.yaml", NEW)):
        (root / file).write_text(yaml.safe_dump(document), encoding="utf-8")
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        subprocess.run([*git, *command], cwd=root, check=True, capture_output=True)
    monkeypatch.chdir(root)
    return root


def reported(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    main(["drift", *arguments, "--all"])
    out, err = capsys.readouterr()
    assert "error" not in err
    return out if "markdown" not in arguments else out.replace("\\", "")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("inside", [True, False], ids=["inside", "outside"])
def test_absolute_paths(
    form: str, inside: bool, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    sides = [str(repository / "old 1.yaml"), str(repository / "new.yaml")]
    if not inside:
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
    out = reported(capsys, *sides, "--format", form)
    assert str(tmp_path) not in out
    assert tmp_path.name not in out
    assert ("old%201.yaml" if form == "sarif" else "old 1") in out


@pytest.mark.parametrize("form", FORMS)
def test_folders_revisions_and_providers(form: str, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for old in (str(repository / "specs"), "HEAD:old 1.yaml", "HEAD:specs/acme"):
        for new in (str(repository / "specs" / "acme"), str(repository / "new.yaml")):
            out = reported(capsys, old, new, "--format", form)
            assert str(repository) not in out
            assert "clientsmith-" not in out, "the folder into which a revision was read"


def test_what_only_a_folder_distinguishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, document in (("2025", BASE), ("2026", NEW), ("here", {})):
        (tmp_path / name).mkdir()
        (tmp_path / name / "openapi.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    sides = [str(tmp_path / name / "openapi.yaml") for name in ("2025", "2026")]
    out = reported(capsys, *sides)
    assert "2025/openapi.yaml -> 2026/openapi.yaml" in out
    assert "at old 2025/openapi.yaml:" in out


def locations(log: str) -> set[str]:
    results: list[dict[str, Any]] = json.loads(log)["runs"][0]["results"]
    places = [one["physicalLocation"] for result in results for one in result["locations"]]
    return {place["artifactLocation"]["uri"] for place in places}


def test_sarif_names_files_of_the_working_tree(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = reported(capsys, "HEAD:old 1.yaml", str(repository / "specs" / "acme"), "--format", "sarif")
    assert locations(out) == {"old%201.yaml", "specs/acme/openapi.yaml"}
    out = reported(capsys, "HEAD:old 1.yaml", "specs/acme", "--format", "github")
    assert "::error file=old 1.yaml,title=D102" in out


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("specs/acme/openapi.yaml", "specs/acme/openapi.yaml"),
        ("a b#c?.yaml", "a%20b%23c%3F.yaml"),
        ("main:é.yaml", "main%3A%C3%A9.yaml"),
        ("/home/me/openapi.yaml", "openapi.yaml"),
        ("C:\\me\\openapi.yaml", "openapi.yaml"),
        ("", "."),
    ],
)
def test_files_as_relative_references(file: str, uri: str) -> None:
    assert uri_of(file) == uri
