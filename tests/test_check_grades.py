"""A stale client: another version of clientsmith is distinguished from other inputs, and each says what it breaks."""

from __future__ import annotations

import json
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from test_cli import SETTINGS, SPEC

from clientsmith.cli import main
from clientsmith.drift.rules import RULE_OF, RULES
from clientsmith.project.digests import digest_of
from clientsmith.write import REGENERATE

JSONSCHEMA: Any = import_module("jsonschema")
SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
BREAKING = SPEC.replace("state: {type: string}", "state: {type: integer}")
LISTED = "lists them"


class Project:
    """A project whose client was generated, in git or not."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys
        self.specs, self.client = root / "specs" / "acme", root / "generated" / "acme"
        self.specs.mkdir(parents=True)
        (root / "pyproject.toml").write_text("[tool.clientsmith]\n", encoding="utf-8")
        (self.specs / "provider.toml").write_text(SETTINGS, encoding="utf-8")
        self.document(SPEC)
        assert main(["generate"]) == 0

    def document(self, text: str) -> None:
        (self.specs / "openapi.yaml").write_text(text, encoding="utf-8")

    def git(self, *arguments: str) -> str:
        own = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"]
        done = subprocess.run(["git", *own, *arguments], cwd=self.root, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def committed(self, *, first: bool = False) -> None:
        if first:
            self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-qm", "as it is")

    def edit(self) -> tuple[str, str]:
        """Calls a method otherwise by hand; returns the digests of the module before and after."""
        module = self.client / "jobs.py"
        before = module.read_text(encoding="utf-8")
        after = before.replace("def get(", "def fetch(").replace(
            "get = asynchronous(Jobs.get)", "fetch = asynchronous(Jobs.fetch)"
        )
        assert after.count("fetch") == 3
        module.write_text(after, encoding="utf-8")
        return digest_of(before.encode()), digest_of(after.encode())

    def written_by_another_version(self) -> None:
        """Makes the client, and its lock, what a version of clientsmith would have written that calls `get` `fetch`."""
        before, after = self.edit()
        lock = self.specs / "clientsmith.lock"
        text = lock.read_text(encoding="utf-8")
        assert before in text
        lock.write_text(text.replace(before, after).replace('tool = "', 'tool = "0'), encoding="utf-8")

    def run(self, *arguments: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        status = main(arguments)
        out, err = self._capsys.readouterr()
        return status, out, err

    def grades(self) -> list[str]:
        """What `check` says of the client, without the counts of diagnostics."""
        status, _, err = self.run("check")
        assert status == 1
        lines = [line.removeprefix("acme: ") for line in err.splitlines() if line.startswith("acme: ")]
        return [line for line in lines if not line.endswith("warnings")]

    def changes(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.run("check", "--json")[1])["providers"][0]["changes"]
        return found


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Project:
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path, capsys)


def test_another_version_of_clientsmith(project: Project) -> None:
    project.written_by_another_version()
    assert project.grades() == [
        "this version of clientsmith changes public names of the client: 1 BREAK, 0 RISK, 0 SAFE"
    ]
    err = project.run("check")[2]
    assert "generated/acme/jobs.py: error: the file is stale: clientsmith has changed [output-stale]" in err
    note = "another version of clientsmith wrote the lock, and all inputs are the same [generator-changed]"
    assert f"specs/acme/clientsmith.lock: note: {note}" in err
    assert project.changes() == [
        {"causes": ["clientsmith"], "break": 1, "risk": 0, "safe": 0, "documents": False, "since": None}
    ]


def test_another_version_with_the_same_output_is_none(project: Project) -> None:
    lock = project.specs / "clientsmith.lock"
    lock.write_text(lock.read_text(encoding="utf-8").replace('tool = "', 'tool = "0'), encoding="utf-8")
    status, _, err = project.run("check")
    assert (status, err) == (0, "")


def test_other_inputs_that_are_not_committed(project: Project) -> None:
    project.committed(first=True)
    project.document(BREAKING)
    counts = "1 BREAK, 1 RISK, 0 SAFE"
    assert project.grades() == [f"the changed inputs change: {counts}; `clientsmith drift acme --since HEAD` {LISTED}"]
    assert "the file is stale: the inputs have changed" in project.run("check")[2]
    assert "generator-changed" not in project.run("check")[2]
    assert f": {counts};" in project.run("drift", "acme", "--since", "HEAD")[1], "the command lists the same"


def test_other_inputs_that_are_committed(project: Project) -> None:
    project.committed(first=True)
    commit = project.git("rev-parse", "--short", "HEAD")
    project.document(BREAKING)
    project.committed()
    (project.root / "notes.txt").touch()
    project.committed()
    assert project.grades() == [
        f"the changed inputs change: 1 BREAK, 1 RISK, 0 SAFE; `clientsmith drift acme --since {commit}` {LISTED}"
    ]
    assert ": 1 BREAK, 1 RISK, 0 SAFE;" in project.run("drift", "acme", "--since", commit)[1]


def test_what_only_requests_show_is_graded_too(project: Project) -> None:
    """Public names stay; only the documents say that a call is sent elsewhere."""
    project.committed(first=True)
    project.document(SPEC.replace("https://api.acme.example", "https://api2.acme.example"))
    (found,) = project.changes()
    assert (found["break"], found["risk"], found["documents"], found["since"]) == (0, 1, True, "HEAD")


def test_both_are_told_apart(project: Project) -> None:
    project.written_by_another_version()
    project.committed(first=True)
    project.document(BREAKING)
    assert project.grades() == [
        "this version of clientsmith changes public names of the client: 1 BREAK, 0 RISK, 0 SAFE",
        f"the changed inputs change: 1 BREAK, 1 RISK, 0 SAFE; `clientsmith drift acme --since HEAD` {LISTED}",
    ]
    err = project.run("check")[2]
    assert "the file is stale: the inputs and clientsmith have changed" in err
    assert "another version of clientsmith wrote the lock, and inputs have changed since [generator-changed]" in err
    row = json.loads(project.run("check", "--json")[1])["providers"][0]
    assert row["public_names"] == {"break": 2, "risk": 0, "safe": 0}
    assert [change["causes"] for change in row["changes"]] == [["clientsmith"], ["inputs"]]


def test_both_without_the_inputs_of_the_lock(project: Project) -> None:
    project.written_by_another_version()
    project.document(BREAKING)
    whole = [
        "this version of clientsmith and the changed inputs change public names of the client: 2 BREAK, 0 RISK, "
        "0 SAFE (not distinguished: no commit has the inputs of the lock)"
    ]
    assert project.grades() == whole
    project.committed(first=True)
    assert project.grades() == whole, "the commit has other inputs than the lock"


def test_edits_by_hand(project: Project) -> None:
    project.committed(first=True)
    project.edit()
    edits = "undoing what was edited by hand changes public names of the client: 1 BREAK, 0 RISK, 0 SAFE"
    assert project.grades() == [edits]
    project.document(BREAKING)
    inputs = f"the changed inputs change: 1 BREAK, 1 RISK, 0 SAFE; `clientsmith drift acme --since HEAD` {LISTED}"
    assert project.grades() == [edits, inputs]


def test_another_version_with_the_same_output_is_no_cause(project: Project) -> None:
    project.edit()
    lock = project.specs / "clientsmith.lock"
    lock.write_text(lock.read_text(encoding="utf-8").replace('tool = "', 'tool = "0'), encoding="utf-8")
    assert [change["causes"] for change in project.changes()] == [["edits"]]


def test_inputs_that_change_nothing_for_callers(project: Project) -> None:
    project.committed(first=True)
    project.document(f"# a comment\n{SPEC}")
    assert project.grades() == ["the changed inputs change nothing for callers"]


def test_nothing_is_written(project: Project) -> None:
    project.written_by_another_version()
    project.committed(first=True)
    project.document(BREAKING)
    project.run("check")
    assert project.git("status", "--porcelain") == "M specs/acme/openapi.yaml"


# --------------------------------------------------------------------------------------------------- rules and forms


def test_sarif_of_a_check(project: Project) -> None:
    JSONSCHEMA.Draft7Validator(SCHEMA).validate(json.loads(project.run("check", "--format", "sarif")[1]))
    project.written_by_another_version()
    project.document(BREAKING.replace("responses:", "deprecated: false\n      responses:"))
    (project.client / "mine.py").touch()
    (project.client / "errors.py").write_text("", encoding="utf-8")
    (project.client / "py.typed").unlink()
    status, out, err = project.run("check", "--format", "sarif")
    assert (status, err) == (1, "")
    log = json.loads(out)
    JSONSCHEMA.Draft7Validator(SCHEMA).validate(log)
    results = log["runs"][0]["results"]
    assert {one["ruleId"] for one in results} == {"D801", "D802", "D803", "D804", "D805"}
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results]
    assert {place.partition("/")[0] for place in places} == {"generated", "specs"}
    assert len({one["partialFingerprints"]["clientsmith/v1"] for one in results}) == len(results)
    assert str(project.root) not in out


def test_annotations_of_a_check(project: Project) -> None:
    project.document(BREAKING)
    status, out, err = project.run("check", "--format", "github")
    assert (status, err) == (1, "")
    lines = out.splitlines()
    assert all(line.startswith("::error file=") for line in lines)
    assert f"title=D801 output-stale::the file is stale: the inputs have changed ({REGENERATE})" in out
    project.run("generate")
    assert project.run("check", "--format", "github") == (0, "", "")


def test_a_number_is_of_one_slug() -> None:
    assert len(set(RULE_OF.values())) == len(RULE_OF)
    for slug, rule in RULE_OF.items():
        assert rule not in RULES or RULES[rule].slug == slug


def test_the_documentation_lists_the_numbers() -> None:
    page = (Path(__file__).parents[1] / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| D8")]
    assert {row[2].strip().strip("`"): row[1].strip() for row in rows} == RULE_OF
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)
