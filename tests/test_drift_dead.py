"""What settings and overlays name and the document has no more: reported by `check` and by `drift`, with its line."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_drift_rules import BASE, edited

from clientsmith.cli import main

SETTINGS = """\
only = [
    "get /v1/jobs",
    "get /v1/old",
    "tag:Files",
]
overlays = ["client.yaml"]

[[sources]]
path = "openapi.yaml"
kind = "openapi"
"""

OVERLAY = """\
overlay: 1.0.0
info: {title: Ours, version: '1'}
actions:
  - target: $.paths['/v1/jobs'].get
    update: {summary: Ours}
  - target: $.paths['/v1/old'].get
    update: {summary: Ours}
"""

SUMMARY = {"summary": "Theirs"}
GONE = {"/paths/~1v1~1old": None, "/info/version": "2"}


class Project:
    """A project in git, whose provider is changed after its client was generated and committed."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = root / "specs" / "acme"
        self.folder.mkdir(parents=True)
        (root / "pyproject.toml").write_text("[tool.clientsmith]\n", encoding="utf-8")
        (self.folder / "provider.toml").write_text(SETTINGS, encoding="utf-8")
        (self.folder / "client.yaml").write_text(OVERLAY, encoding="utf-8")
        self.document({})
        self._capsys = capsys
        assert main(["generate"]) == 0
        git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"]
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
            subprocess.run([*git, *command], cwd=root, check=True, capture_output=True)

    def document(self, edits: dict[str, Any]) -> None:
        text = yaml.safe_dump(edited(BASE, edits), sort_keys=False)
        (self.folder / "openapi.yaml").write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        status = main(arguments)
        out, err = self._capsys.readouterr()
        return status, out, err

    def differences(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.run("drift", "acme", "--format", "json")[1])["differences"]
        return found


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Project:
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path, capsys)


def test_drift_goes_on_and_tells_both(project: Project) -> None:
    lines = (project.folder / "openapi.yaml").read_text(encoding="utf-8").splitlines()
    line = lines.index("  /v1/old:") + 2
    project.document(GONE)
    status, out, err = project.run("drift", "acme")
    assert (status, err) == (1, "")
    assert (
        out
        == f"""\
HEAD:specs/acme -> specs/acme: 1 BREAK, 1 RISK, 0 SAFE; the next version of the client is a major one

BREAK D814 only-unused: get /v1/old is selected, and gone
  at old HEAD:specs/acme/openapi.yaml:{line}:5, new specs/acme/provider.toml:3:5
  - old.get() -> None
  hint: delete the entry of `only` in provider.toml, and the calls

RISK D809 overlay-dead-target: client.yaml: $.paths['/v1/old'].get selects nothing
  at new specs/acme/client.yaml:6:13
  hint: correct or delete the action: until then, nothing is generated
"""
    )


def test_check_tells_both(project: Project) -> None:
    project.document(GONE)
    status, out, _ = project.run("check", "--json")
    assert status == 3
    found = json.loads(out)["providers"][0]["diagnostics"]
    assert [(one["rule"], one["slug"], one["file"], one["line"]) for one in found] == [
        ("D809", "overlay-dead-target", "specs/acme/client.yaml", 6),
    ]
    (project.folder / "client.yaml").write_text(
        OVERLAY.partition("  - target: $.paths['/v1/old']")[0], encoding="utf-8"
    )
    found = json.loads(project.run("check", "--json")[1])["providers"][0]["diagnostics"]
    assert [(one["rule"], one["slug"], one["file"], one["line"]) for one in found if one["severity"] == "error"] == [
        ("D814", "only-unused", "specs/acme/provider.toml", 3),
    ]


def test_a_tag_that_nothing_has_any_more(project: Project) -> None:
    project.document({"/paths/~1v1~1upload/post/tags": ["Other"]})
    found = {one["title"]: one["level"] for one in project.differences()}
    assert found["tag:Files is selected, and gone"] == "break"


def test_what_was_dead_before_is_no_change(project: Project) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"]
    project.document(GONE)
    subprocess.run([*git, "commit", "-qam", "second"], cwd=project.folder, check=True, capture_output=True)
    project.document({**GONE, "/info/description": "Other words."})
    assert {one["rule"] for one in project.differences()} <= {"D713"}


def test_an_action_that_is_new_and_dead(project: Project) -> None:
    more = "  - target: $.paths['/v1/none']\n    remove: true\n"
    (project.folder / "client.yaml").write_text(OVERLAY + more, encoding="utf-8")
    (found,) = project.differences()
    assert (found["rule"], found["level"]) == ("D809", "risk")
    assert found["subjects"] == [{"kind": "overlay", "parts": ["client.yaml", "$.paths['/v1/none']"]}]
    assert found["new_location"]["line"] == 8


@pytest.mark.parametrize("what", ["get /v1/old", "GET /v1/old"])
def test_it_can_be_accepted(what: str, project: Project) -> None:
    accepted = f'[[drift.accept]]\nrule = "D814"\nwhat = "{what}"\nreason = "nobody calls it"\n'
    settings = SETTINGS if what.islower() else SETTINGS.replace("get /v1/old", what)
    (project.folder / "provider.toml").write_text(settings + accepted, encoding="utf-8")
    project.document(GONE)
    assert project.run("drift", "acme")[0] == 0


def test_what_the_client_does_not_have_cannot_break_it(project: Project) -> None:
    project.document({"/paths/~1v1~1jobs/post": None, "/paths/~1v1~1jobs~1{jobId}/delete/responses/204": None})
    assert project.differences() == []
    project.document({"/paths/~1v1~1jobs/get/parameters/2": None})
    assert [one["rule"] for one in project.differences()] == ["D201", "D712"]


def test_the_changelog_names_the_method(project: Project) -> None:
    project.document(GONE)
    out = project.run("drift", "acme", "--format", "changelog")[1]
    assert out == "## [Unreleased]\n\nNext version: **major**.\n\n### Removed\n\n- `acme.old.get()`\n"
