"""The draft of a changelog: what Python callers see, what was removed first, and no text that could forge a line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_drift_rules import BASE, compared, edited

from clientsmith.cli.changelog import changelog

SCHEMAS = "/components/schemas"

CHANGED = """\
## [Unreleased]

The next version of the client is a major one.

### Removed

- **Breaking:** `jobs.delete()` (call)
- **Breaking:** `created` (field of `Job`)

### Changed

- **Breaking:** `jobs.list()`: `ratio: float | None = None` → `ratio: int | None = None`
- **Breaking:** `Owner` is `Person` now
- the API, `jobs.list()`: param constraint tightened (`maximum: 100` → `maximum: 10`)

### Deprecated

- `jobs.get()`

### Added

- `"lost"` (value of `JobState`)
- argument of `jobs.list()`: `page`, `since`
- call: `reports.get()`
- class: `Report`
- field of `Job`: `cost`
"""


def draft(folder: Path, edits: dict[str, Any]) -> str:
    return changelog(compared(folder, BASE, edited(BASE, edits)))


def test_the_draft_names_what_callers_see(tmp_path: Path) -> None:
    report = {"type": "object", "properties": {"title": {"type": "string"}}}
    answer = {"description": "OK", "content": {"application/json": {"schema": {"$ref": f"#{SCHEMAS}/Report"}}}}
    edits: dict[str, Any] = {
        "/info/version": "2",
        "/paths/~1v1~1jobs~1{jobId}/delete": None,
        "/paths/~1v1~1jobs~1{jobId}/get/deprecated": True,
        "/paths/~1v1~1jobs/get/parameters/0/schema/maximum": 10,
        "/paths/~1v1~1jobs/get/parameters/6/schema/type": "integer",
        "/paths/~1v1~1jobs/get/parameters/-": {"name": "page", "in": "query", "schema": {"type": "integer"}},
        "/paths/~1v1~1reports": {"get": {"operationId": "listReports", "responses": {"200": answer}}},
        f"{SCHEMAS}/Report": report,
        f"{SCHEMAS}/Job/properties/created": None,
        f"{SCHEMAS}/Job/properties/cost": {"type": "number"},
        f"{SCHEMAS}/Job/properties/state/enum": ["queued", "done", "lost"],
        f"{SCHEMAS}/Job/properties/owner": {"$ref": f"#{SCHEMAS}/Person"},
        f"{SCHEMAS}/Person": BASE["components"]["schemas"]["Owner"],
        f"{SCHEMAS}/Owner": None,
    }
    since = {"/paths/~1v1~1jobs/get/parameters/-": {"name": "since", "in": "query", "schema": {"type": "string"}}}
    assert changelog(compared(tmp_path, BASE, edited(edited(BASE, edits), since))) == CHANGED


@pytest.mark.parametrize("edits", [{}, {"/info/description": "Other words."}])
def test_what_nobody_sees_is_not_in_it(edits: dict[str, Any], tmp_path: Path) -> None:
    assert draft(tmp_path, edits) == "## [Unreleased]\n\nNothing that callers see.\n"


def test_text_of_a_document_stays_in_code_spans(tmp_path: Path) -> None:
    evil = "x`\n## [9.9.9]\n- **forged** <script> `` "
    text = draft(tmp_path, {f"{SCHEMAS}/Job/properties/state/enum": ["queued", "done", evil]})
    assert "forged" in text
    assert [line for line in text.splitlines() if line.startswith("#")] == ["## [Unreleased]", "### Added"]
    (line,) = [line for line in text.splitlines() if "forged" in line]
    assert line.startswith("- ``` ")


def test_long_sections_are_cut(tmp_path: Path) -> None:
    get = {"responses": {"204": {"description": "Done"}}}
    paths = {f"/paths/~1p{number}": {"get": get} for number in range(40)}
    lines = changelog(compared(tmp_path, edited(BASE, paths), BASE)).splitlines()
    assert lines[-1] == "- and 15 more"
    assert len(lines) == 32
