"""How a report reads: a cause is a line, nothing is said twice, and signatures stand below one another."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_drift_rules import BASE, compared, edited

from clientsmith.cli.drift_report import report_text
from clientsmith.cli.drift_words import places, title
from clientsmith.diagnostics import Location
from clientsmith.drift.changes import Subject
from clientsmith.drift.differences import Difference

OPERATION, MODEL = Subject("operation", ("GET /jobs/{}",)), Subject("model", ("Job",))


@pytest.mark.parametrize(
    ("difference", "expected"),
    [
        (Difference("D101", "break", (OPERATION,), "GET /jobs/{id}"), "GET /jobs/{id} is gone"),
        (Difference("D528", "break", (MODEL,), old_code="Job", new_code="Task"), "Job -> Task"),
        (Difference("D529", "break", (MODEL,), old_code="Job"), "Job is gone"),
        (Difference("D112", "break", (OPERATION,), old_code="jobs.get", new_code="jobs.fetch"),
         "GET /jobs/{}: jobs.get -> jobs.fetch"),
        (Difference("D408", "break", (MODEL,), '"a"', old_code='"a"'), 'Job: "a" is gone'),
        (Difference("D408", "break", (MODEL,), '"a", "b"', old_code='"a", "b"'), 'Job: "a", "b" are gone'),
        (Difference("D406", "break", (Subject("field", ("Job", "a")),), old_code="a: A", new_code="a: B"), "Job: a"),
        (Difference("D113", "risk", (OPERATION, OPERATION), "", "deprecated"), "2 operations: deprecated is new"),
    ],
)  # fmt: skip
def test_titles(difference: Difference, expected: str) -> None:
    assert title(difference) == expected


def test_a_column_that_nobody_finds_is_a_pointer() -> None:
    near, far = Location("a.yaml", "/paths/~1a", 7, 3), Location("b.json", "/paths/~1a", 1, 90_000)
    found = places(Difference("D101", "break", (OPERATION,), old_place=near, new_place=far))
    assert found == ["old a.yaml:7:3", "new b.json#/paths/~1a"]


def test_a_hint_is_said_once_and_signatures_are_aligned(tmp_path: Path) -> None:
    new = edited(
        BASE,
        {
            "/paths/~1v1~1jobs/get/parameters/3/schema": {"type": "string"},
            "/paths/~1v1~1jobs/get/parameters/4": None,
            "/paths/~1v1~1jobs/get/parameters/2": None,
            "/info/version": "2",
        },
    )
    lines = report_text(compared(tmp_path, BASE, new), "text").splitlines()
    assert lines[0] == "old.json -> new.json: 3 BREAK, 0 RISK, 0 SAFE; the next version of the client is a major one"
    assert [line for line in lines if line.startswith("  hint: ")] == [
        "  hint: leave the argument out",
        "  hint: pass a value of the new type",
    ]
    assert [line for line in lines if line.startswith(("  - ", "  + "))] == [
        "  - jobs.list(trace: str | None = None)",
        "  - jobs.list(text: str | None = None)",
        "  - jobs.list(tags: builtins.list[str] | None = None)",
        "  + jobs.list(tags: str | None = None)",
    ]


def test_markdown_begins_with_the_verdict(tmp_path: Path) -> None:
    new = edited(BASE, {"/paths/~1v1~1old": None, "/info/version": "2"})
    text = report_text(compared(tmp_path, BASE, new), "markdown")
    assert text == """\
### Breaks callers: 1 BREAK, 0 RISK, 0 SAFE

`old.json` → `new.json`; the next version of the client is a major one

**What breaks (1)**

| rule | what | before | after |
| --- | --- | --- | --- |
| D102 operation-removed-deprecated | `GET /v1/old` | `old.get() -> None` |  |"""
    same = report_text(compared(tmp_path, BASE, BASE), "markdown")
    assert same == "### Nothing to do: 0 BREAK, 0 RISK, 0 SAFE\n\n`old.json` → `new.json`"
