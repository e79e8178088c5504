"""The draft of a changelog entry: what is expected is written by hand, and text of a document stays in code spans."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, get_args

import pytest
from markdown_it import MarkdownIt
from test_drift_rules import BASE, CASES, compared, edited, pair_of

from clientsmith.cli import main
from clientsmith.cli.drift_changelog import Section, changelog
from clientsmith.drift.comparison import compare
from clientsmith.drift.sides import Side
from clientsmith.surface import AliasSurface, OperationSurface, Surface

HEAD = "## [Unreleased]\n\nNext version: "
JOBS = "/paths/~1v1~1jobs/get"

EDITS: dict[str, Any] = {
    # an operation and an argument go, one more becomes required, a result has another type
    "/paths/~1v1~1old": None,
    f"{JOBS}/parameters/2": None,
    "/paths/~1v1~1jobs~1{jobId}/delete/responses": {
        "200": {
            "description": "",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}},
        }
    },
    # fields of a class
    "/components/schemas/Job/properties/size/type": "string",
    "/components/schemas/Job/properties/created": None,
    "/components/schemas/Job/properties/extra": {"type": "string"},
    "/components/schemas/Job/properties/more": {"type": "string"},
    # values
    "/components/schemas/Job/properties/state/enum": ["queued", "lost"],
    # new
    "/paths/~1v1~1new": {"get": {"operationId": "new", "tags": ["New"], "responses": {"204": {"description": "Done"}}}},
    "/paths/~1v1~1upload/post/deprecated": True,
    # the document alone
    f"{JOBS}/parameters/0/schema/maximum": 10,
    f"{JOBS}/parameters/0/description": "Other words.",
}

EXPECTED = """\
## [Unreleased]

Next version: **major**.

### Removed

- `client.old.get()`
- `client.models.Job.created`

### Changed

- `client.jobs.list(..., text: str | None = None, ...)` → `client.jobs.list(...)`
- `client.jobs.delete(...) -> None` → `client.jobs.delete(...) -> models.Job`
- `client.models.Job.size`: `int | None` → `str | None`
- `client.models.JobState`: `"done"` is gone
- `GET /v1/jobs: query:limit`: param constraint tightened: `maximum: 100` → `maximum: 10`

### Added

- `client.new.get()`
- `client.models.Job.extra`, `.more`
- `client.models.JobState`: `"lost"` is new

### Deprecated

- `client.files.upload(...)`
"""


def test_the_entry_that_people_paste(tmp_path: Path) -> None:
    assert changelog(compared(tmp_path, BASE, edited(BASE, EDITS))) == EXPECTED


def test_what_nobody_notices_is_left_out(tmp_path: Path) -> None:
    comparison = compared(tmp_path, BASE, edited(BASE, {f"{JOBS}/parameters/0/schema/maximum": 1000}))
    assert changelog(comparison) == f"{HEAD}**patch**.\n\nNothing changed for callers.\n"
    shown = changelog(comparison, show_safe=True)
    assert "- `GET /v1/jobs: query:limit`: param constraint loosened: `maximum: 100` → `maximum: 1000`\n" in shown


def test_what_is_only_new_is_added(tmp_path: Path) -> None:
    page = {"name": "page", "in": "query", "schema": {"type": "integer"}}
    comparison = compared(tmp_path, BASE, edited(BASE, {f"{JOBS}/parameters/-": page}))
    entry = "- `client.jobs.list(...)` → `client.jobs.list(..., page: int | None = None)`"
    assert changelog(comparison) == f"{HEAD}**minor**.\n\n### Added\n\n{entry}\n"


def test_what_changes_alike_of_many_methods_is_one_entry(tmp_path: Path) -> None:
    new = copy.deepcopy(BASE)
    new["info"]["version"] = "2"
    header = {"name": "Tenant", "in": "header", "required": True, "schema": {"type": "string"}}
    for item in new["paths"].values():
        item["parameters"] = [*item.get("parameters", ()), header]
    entry = "- `client.jobs.delete(...)` and 5 more methods: `tenant: str` is new"
    assert changelog(compared(tmp_path, BASE, new)) == f"{HEAD}**major**.\n\n### Changed\n\n{entry}\n"


def test_fields_of_a_class_that_is_gone_are_not_told_one_by_one(tmp_path: Path) -> None:
    """A method returns another class, which has fewer fields than the one that went."""
    schema = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "a": {"type": "integer"}}}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Before"}}}
    path = {"get": {"responses": {"200": {"description": "", "content": content}}}}
    old = edited(BASE, {"/paths/~1v1~1things": path, "/components/schemas/Before": schema, "/info/version": "0"})
    new = copy.deepcopy(old)
    new["info"]["version"] = "2"
    new["components"]["schemas"]["After"] = {"type": "object", "properties": {"b": {"type": "string"}}}
    del new["components"]["schemas"]["Before"]
    after = {"application/json": {"schema": {"$ref": "#/components/schemas/After"}}}
    new["paths"]["/v1/things"]["get"]["responses"]["200"]["content"] = after
    comparison = compared(tmp_path, old, new)
    assert {one.rule for one in comparison.differences} == {"D508", "D529", "D535"}
    assert changelog(comparison) == f"""\
{HEAD}**major**.

### Removed

- `client.models.Before`

### Changed

- `client.things.get() -> models.Before` → `client.things.get() -> models.After`

### Added

- `client.models.After`
"""


def test_an_old_name_that_goes_on_working_is_deprecated() -> None:
    def side(call: str, *aliases: AliasSurface) -> Side:
        return Side("x", Surface("acme", operations=(OperationSurface("GET", "/jobs", call, "None"),), aliases=aliases))

    lost = compare(side("jobs.get"), side("jobs.fetch"))
    entry = "- `acme.jobs.get()` → `acme.jobs.fetch()`"
    assert changelog(lost) == f"{HEAD}**major**.\n\n### Changed\n\n{entry}\n"
    kept = compare(side("jobs.get"), side("jobs.fetch", AliasSurface("jobs.get", "jobs.fetch")))
    entry = "- `acme.jobs.get`: use `acme.jobs.fetch`"
    assert changelog(kept) == f"{HEAD}**minor**.\n\n### Deprecated\n\n{entry}\n"


HOSTILE = "x` [a](b) **c** <b> | \n## [1.0.0]\n\n- ``y``"


def test_text_of_a_document_forges_no_markdown(tmp_path: Path) -> None:
    new = edited(
        BASE,
        {
            f"{JOBS}/parameters/2/name": HOSTILE,
            "/components/schemas/Job/properties/state/enum": ["queued", HOSTILE],
            f"/paths/~1{HOSTILE.replace('~', '').replace('/', '')}": {"get": {"responses": {"204": {}}}},
            f"{JOBS}/parameters/0/schema/default": HOSTILE,
        },
    )
    text = changelog(compared(tmp_path, BASE, new), show_safe=True)
    assert "## [1.0.0]" in text
    tokens = MarkdownIt("commonmark").parse(text)
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    assert kinds == {"heading", "inline", "paragraph", "bullet_list", "list_item"}
    headings = [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings == ["[Unreleased]", *(section for section in get_args(Section) if section in headings)]
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "code_inline", "strong_open", "strong_close"}
    outside = "".join(child.content for child in inline if child.type == "text")
    assert "1.0.0" not in outside
    assert len([child for child in inline if child.type == "strong_open"]) == 1


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{case['rule']}" for i, case in enumerate(CASES)])
def test_every_change_has_an_entry(case: dict[str, Any], tmp_path: Path) -> None:
    """And nothing is said twice."""
    comparison = compared(tmp_path, *pair_of(case))
    entries = [line for line in changelog(comparison, show_safe=True).splitlines() if line.startswith("- ")]
    assert len(set(entries)) == len(entries)
    assert bool(entries) is any(one.rule != "D712" for one in comparison.differences)
    assert not any("``" in entry for entry in entries)


def test_the_command_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    compared(tmp_path, BASE, edited(BASE, EDITS))
    assert main(["drift", str(tmp_path / "old.json"), str(tmp_path / "new.json"), "--format", "changelog"]) == 1
    assert capsys.readouterr().out == EXPECTED
