"""Pages of prose in six styles: honest pages are silent, and what changes on one is reported once, where it is.

    tests/prose/<style>/page.md          as a provider publishes it
                        openapi.yaml     what a person wrote from it
                        changes.yaml     ten changes of facts, three that change none

A change is *named* if the check gives one diagnostic, of a claim, on a line that changed, with the word that
`changes.yaml` asks for. A harmless one is *quiet* if no diagnostic is of a claim: `page-changed` may say that words are
others now, and says nothing where only lines are broken otherwise.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from clientsmith.claims import claims_files, cross_check
from clientsmith.claims.citations import KEYS
from clientsmith.cli import main
from clientsmith.diagnostics import Diagnostic, Report
from clientsmith.load.load import LoadRequest, SourceFile, load
from clientsmith.load.marks import without_marks
from clientsmith.parse import parse

FOLDER = Path(__file__).parent / "prose"
STYLES = sorted(folder.name for folder in FOLDER.iterdir())
PAGE = "page.md"


class Edit(NamedTuple):
    """An edit of a page: the style, its kind, and the whole text after it."""

    style: str
    kind: str
    text: str
    says: str
    lines: frozenset[int]


def edits(style: str, key: str) -> Iterator[Edit]:
    before = (FOLDER / style / PAGE).read_text(encoding="utf-8")
    listed: Any = yaml.safe_load((FOLDER / style / "changes.yaml").read_text(encoding="utf-8"))
    for entry in listed[key]:
        assert before.count(entry["old"]) == 1 or entry.get("all"), f"{style}: {entry['old']!r} is ambiguous"
        after = before.replace(entry["old"], entry["new"])
        assert after != before
        matcher = difflib.SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False)
        lines = {
            line
            for tag, _, _, start, end in matcher.get_opcodes()
            if tag != "equal"
            # Where lines went, the one that is there now, and the one above it.
            for line in (range(start + 1, end + 1) if end > start else (start, start + 1))
        }
        yield Edit(style, entry["kind"], after, str(entry.get("says", "")), frozenset(lines))


def checked(root: Path, style: str, text: str) -> list[Diagnostic]:
    """What the check says of a page whose honest state was accepted."""
    (root / PAGE).write_text((FOLDER / style / PAGE).read_text(encoding="utf-8"), encoding="utf-8")
    (root / "openapi.yaml").write_bytes((FOLDER / style / "openapi.yaml").read_bytes())
    for name, accepted in claims_files(root, "", [PAGE], Report()).items():
        (root / name).write_text(accepted, encoding="utf-8")
    (root / PAGE).write_text(text, encoding="utf-8")
    report = Report()
    found, marks = without_marks(load(LoadRequest(root, (SourceFile("openapi.yaml", "authored"),)), report))
    cross_check(
        parse(found, report), marks, report, place=found.place, root=root, shown="", pages=[PAGE],
        authored=["openapi.yaml"],
    )  # fmt: skip
    return report.diagnostics


@functools.cache
def of_claims() -> frozenset[str]:
    return frozenset({"claims-stale", "claim-missing", "claim-conflict", "claim-unsourced", "source-invalid"})


def why_not_named(edit: Edit, found: list[Diagnostic]) -> str:
    """Why an edit does not count as named; empty if it does."""
    if [one.slug for one in found if one.slug in of_claims()] != [one.slug for one in found] or len(found) != 1:
        return f"{len(found)} diagnostics: {[(one.slug, one.message) for one in found]}"
    if edit.says not in found[0].message:
        return f"not reported: {found[0].message}"
    if found[0].location.file != PAGE or found[0].location.line not in edit.lines:
        return f"at {found[0].location}, and not at {sorted(edit.lines)}"
    return ""


@pytest.mark.parametrize("style", STYLES)
def test_an_honest_page_is_silent(style: str, tmp_path: Path) -> None:
    text = (FOLDER / style / PAGE).read_text(encoding="utf-8")
    assert [(one.slug, one.message, str(one.location)) for one in checked(tmp_path, style, text)] == []


def test_changes_are_named_and_words_are_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    planted = [edit for style in STYLES for edit in edits(style, "changes")]
    harmless = [edit for style in STYLES for edit in edits(style, "harmless")]
    missed = {
        f"{edit.style}, {edit.kind}": reason
        for edit in planted
        if (reason := why_not_named(edit, checked(tmp_path, edit.style, edit.text)))
    }
    loud: dict[str, str] = {}
    for edit in harmless:
        found = checked(tmp_path, edit.style, edit.text)
        allowed = [] if edit.kind == "reflow" else ["page-changed"]
        if [one.slug for one in found] != allowed:
            loud[f"{edit.style}, {edit.kind}"] = str([(one.slug, one.message) for one in found])
    with capsys.disabled():
        print(f"\nprose: {len(planted) - len(missed)} of {len(planted)} changes named,", end=" ")
        print(f"{len(harmless) - len(loud)} of {len(harmless)} harmless ones quiet")
        for name, reason in {**missed, **loud}.items():
            print(f"  {name}: {reason}")
    assert (len(planted), len(harmless)) == (60, 18)
    assert not loud
    assert len(missed) <= 6


# --------------------------------------------------------------------------------------------------- in a project


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """The page of a project whose client was generated, and the page accepted."""
    (tmp_path / "pyproject.toml").write_text("[tool.clientsmith]\n", encoding="utf-8")
    provider = tmp_path / "specs" / "acme"
    provider.mkdir(parents=True)
    sources = [("openapi.yaml", "authored"), (PAGE, "prose")]
    entries = [f'[[sources]]\npath = "{path}"\nkind = "{kind}"\n' for path, kind in sources]
    (provider / "provider.toml").write_text("\n".join(entries), encoding="utf-8")
    for name, _ in sources:
        (provider / name).write_bytes((FOLDER / "tables" / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    assert main(["generate", "--accept-claims"]) == 0
    assert main(["check"]) == 0
    capsys.readouterr()
    return provider / PAGE


def test_check_names_the_page_and_its_lines(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("| No | 64 |", "| No | 32 |").replace("Write to us", "Ask us"), encoding="utf-8")
    assert main(["check"]) == 1
    err = capsys.readouterr().err
    assert "acme/page.md:19:1: warning: 'samples' was '64' by default, is '32' by default now [claims-stale]" in err
    assert "page.md:72:1: warning: the page changed (line 72), and no fact that is read from it did: it was" in err
    assert "'page.md' changed (line 19, line 72) [output-stale]" in err
    assert main(["generate"]) == 0
    # A run that writes everything anew does not accept what changed.
    assert main(["check"]) == 1
    assert "[page-changed]" in capsys.readouterr().err


def test_what_was_accepted_is_settled(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.write_text(page.read_text(encoding="utf-8").replace("Write to us", "Ask us"), encoding="utf-8")
    assert main(["generate", "--accept-claims"]) == 0
    assert main(["check"]) == 0
    assert "warning" not in capsys.readouterr().err


def test_a_contradiction_stays_when_the_page_is_accepted(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.write_text(page.read_text(encoding="utf-8").replace("| No | 64 |", "| No | 32 |"), encoding="utf-8")
    main(["generate", "--accept-claims"])
    capsys.readouterr()
    assert main(["check"]) == 1
    err = capsys.readouterr().err
    assert "'samples' is '32' by default on the page, '64' in the document [claim-conflict]" in err
    assert "[claims-stale]" not in err


# ------------------------------------------------------------------------------------------------------- skeletons


def begun(root: Path, page_text: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a provider that `clientsmith init` set up from one page."""
    (root / "page.md").write_text(page_text, encoding="utf-8")
    monkeypatch.chdir(root)
    assert main(["init", "acme", "page.md"]) == 0
    return root / "specs" / "acme"


@pytest.mark.parametrize("style", STYLES)
def test_init_writes_a_document_that_agrees_with_the_page(
    style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = begun(tmp_path, (FOLDER / style / PAGE).read_text(encoding="utf-8"), monkeypatch)
    said = capsys.readouterr().out
    assert "wrote specs/acme/openapi.yaml" in said
    assert "next: read specs/acme/openapi.yaml beside the pages and complete it, see docs/prose.md" in said
    assert main(["generate"]) == 0
    status = main(["check"])
    found = capsys.readouterr().err
    # What the page does not state is not made up: one page names no address of a server.
    assert ("[no-server]" in found) == (status == 1) == (style == "bullets")
    assert found.count(" warning: ") == (2 if style == "bullets" else 0), found
    methods = [
        sorted(key for item in document["paths"].values() for key in item if key != "parameters")
        for document in (
            yaml.safe_load((place / "openapi.yaml").read_text(encoding="utf-8")) for place in (folder, FOLDER / style)
        )
    ]
    assert methods[0] == methods[1]


def test_the_skeleton_of_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = """# Jobs

The base URL is `https://api.acme.example`. Send `Authorization: Bearer KEY`.

## Start a job

`POST /v1/jobs`

### Body

| Name | Type | Required | Default | Description |
|---|---|---|---|---|
| `kind` | string | Yes | | One of `fast`, `slow` |
| `size` | integer | No | 5 | How many |

### Response

Returns `202 Accepted`:

```json
{"id": "j1", "parts": [{"url": "https://x"}]}
```
"""
    folder = begun(tmp_path, page, monkeypatch)
    document: Any = yaml.safe_load((folder / "openapi.yaml").read_text(encoding="utf-8"))
    source = {"page": "pages/page.md", "section": "Start a job", "quote": "POST /v1/jobs"}
    body = {"page": "pages/page.md", "section": "Body"}
    returned = {"page": "pages/page.md", "section": "Response"}
    post = document["paths"]["/v1/jobs"]["post"]
    assert document["servers"][0]["url"] == "https://api.acme.example"
    assert document["components"]["securitySchemes"]["apiKey"]["scheme"] == "bearer"
    assert post["x-source"] == source
    assert post["requestBody"]["content"]["application/json"]["schema"] == {
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {"type": "string", "enum": ["fast", "slow"], "x-source": {**body, "row": "kind"}},
            "size": {"type": "integer", "default": 5, "x-source": {**body, "row": "size"}},
        },
    }
    assert post["responses"]["202"]["content"]["application/json"]["schema"] == {
        "type": "object",
        "properties": {
            "id": {"type": "string", "x-source": {**returned, "row": "id"}},
            "parts": {
                "type": "array",
                "x-source": {**returned, "row": "parts"},
                "items": {
                    "type": "object",
                    "properties": {"url": {"type": "string", "x-source": {**returned, "row": "parts[].url"}}},
                },
            },
        },
    }


@pytest.mark.parametrize(
    "text", ['": {x: 1}', "a: b # c", "'", "{{", "- x", "!!python/object", "\u2028", "&a *b", "%x", "~"]
)
def test_no_text_of_a_page_becomes_yaml(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = "| Field | Type |\n|---|---|\n| a | string |\n"
    page = f"# {text}\n\n## Get {text}\n\nGET /x\n\nReturns `200` {text}\n\n{table}"
    folder = begun(tmp_path, page, monkeypatch)
    document: Any = yaml.safe_load((folder / "openapi.yaml").read_text(encoding="utf-8"))
    assert set(document) == {"openapi", "info", "paths"}
    assert set(document["paths"]) == {"/x"}
    assert set(document["paths"]["/x"]["get"]) == {"summary", "x-source", "responses"}
    assert main(["generate"]) == 0


def test_init_says_that_it_found_no_operation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun(tmp_path, "# Hello\n\nWe are here for you.\n", monkeypatch)
    assert "no operation was found on the pages: the document has none yet" in capsys.readouterr().out


def test_several_pages_give_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["tables", "fields"]
    for name in names:
        (tmp_path / f"{name}.md").write_bytes((FOLDER / name / PAGE).read_bytes())
    monkeypatch.chdir(tmp_path)
    assert main(["init", "acme", "tables.md", "fields.md"]) == 0
    document: Any = yaml.safe_load((tmp_path / "specs/acme/openapi.yaml").read_text(encoding="utf-8"))
    assert sum(len(item) for item in document["paths"].values()) == 5
    paths = ("/renders/{id}", "/api/v1/tasks/{task_id}")
    pages = [document["paths"][path]["get"]["x-source"]["page"] for path in paths]
    assert pages == ["pages/tables.md", "pages/fields.md"]


def test_init_of_other_pages_writes_no_skeleton(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fenced = "# A\n\n```yaml\nopenapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n```\n"
    folder = begun(tmp_path, fenced, monkeypatch)
    assert sorted(path.name for path in folder.iterdir()) == ["pages", "provider.toml"]
    assert 'kind = "page"' in (folder / "provider.toml").read_text(encoding="utf-8")


def test_the_keys_of_a_source_are_those_of_the_documentation() -> None:
    text = (Path(__file__).parents[1] / "docs" / "prose.md").read_text(encoding="utf-8")
    table = text[text.index("| key of `x-source` |") :].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    assert {key.strip("`"): meaning.removesuffix("; required") for key, meaning in rows} == KEYS
