"""Drift: sides, one difference for one cause, levels that follow the client, reports that text cannot forge."""

from __future__ import annotations

import copy
import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_drift_rules import BASE, compare_paths, compared, edited

from clientsmith.cli import main
from clientsmith.diagnostics import Report
from clientsmith.drift.annotations import Annotations
from clientsmith.drift.client import client_changes
from clientsmith.drift.rules import LEVELS, RULES
from clientsmith.exit_status import ExitStatus
from clientsmith.pipeline import surface
from clientsmith.project.settings import Provider
from clientsmith.surface import (
    AliasSurface,
    OperationSurface,
    Surface,
    read_surface,
    surface_json,
)


def test_a_break_without_another_version_is_told(tmp_path: Path) -> None:
    new = edited(BASE, {"/paths/~1v1~1old": None})
    assert "D712" in {one.rule for one in compared(tmp_path, BASE, new).differences}
    new = edited(new, {"/info/version": "2"})
    assert "D712" not in {one.rule for one in compared(tmp_path, BASE, new).differences}


def test_a_version_that_moves_all_paths_is_one_difference(tmp_path: Path) -> None:
    new = copy.deepcopy(BASE)
    new["paths"] = {path.replace("/v1/", "/v2/"): item for path, item in BASE["paths"].items()}
    (found,) = compared(tmp_path, BASE, new).differences
    assert (found.rule, found.level, found.old, found.new, len(found.subjects)) == ("D103", "risk", "/v1", "/v2", 6)


def test_a_header_that_all_operations_demand_is_one_difference(tmp_path: Path) -> None:
    new = copy.deepcopy(BASE)
    header = {"name": "Tenant", "in": "header", "required": True, "schema": {"type": "string"}}
    for item in new["paths"].values():
        item["parameters"] = [*item.get("parameters", ()), header]
    found = [one for one in compared(tmp_path, BASE, new).differences if one.rule != "D712"]
    assert [(one.rule, one.level, len(one.subjects)) for one in found] == [("D203", "break", 6)]


def test_references_and_what_they_refer_to_are_equal(tmp_path: Path) -> None:
    """An inlined schema, other spellings of null, and another order change no wire; a class may lose its name."""
    new = copy.deepcopy(BASE)
    new["components"]["schemas"] = dict(reversed(new["components"]["schemas"].items()))
    new["components"]["schemas"]["Job"]["properties"]["note"] = {"anyOf": [{"type": "null"}, {"type": "string"}]}
    new["components"]["schemas"]["Job"]["allOf"] = [{"properties": {"size": {"type": "integer"}}}]
    del new["components"]["schemas"]["Job"]["properties"]["size"]
    assert compared(tmp_path, BASE, new).differences == ()


def test_models_that_go_with_an_operation_are_part_of_its_difference(tmp_path: Path) -> None:
    old = edited(
        BASE,
        {
            "/components/schemas/Lonely": {"type": "object", "properties": {"a": {"type": "string"}}},
            "/paths/~1v1~1old/get/responses": {
                "200": {
                    "description": "",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Lonely"}}},
                }
            },
        },
    )
    new = edited(BASE, {"/paths/~1v1~1old": None, "/info/version": "2"})
    (found,) = compared(tmp_path, old, new).differences
    assert (found.rule, found.gone) == ("D102", ("Lonely",))


def test_models_that_go_with_several_operations_are_named_by_the_first(tmp_path: Path) -> None:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Shared"}}}
    path = {"get": {"responses": {"200": {"description": "", "content": content}}}}
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    shared = {"/components/schemas/Shared": schema, "/paths/~1v1~1one": path, "/paths/~1v1~1two": path}
    new = edited(BASE, {"/info/version": "2"})
    found = compared(tmp_path, edited(BASE, shared), new).differences
    assert [(one.rule, one.gone) for one in found] == [("D101", ("Shared",)), ("D101", ())]


def test_an_alias_keeps_a_lost_name_from_breaking() -> None:
    operation = OperationSurface("GET", "/jobs/{id}", "jobs.get", "None")
    old = Surface("acme", operations=(operation,))
    renamed = (OperationSurface("GET", "/jobs/{id}", "jobs.fetch", "None"),)
    (change,) = client_changes(old, Surface("acme", operations=renamed))
    assert (change.rule, change.graded) == ("D112", "break")
    kept = Surface("acme", operations=renamed, aliases=(AliasSurface("jobs.get", "jobs.fetch"),))
    (change,) = client_changes(old, kept)
    assert (change.rule, change.graded) == ("D112", "risk")


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        ("int", "int", "equal"),
        ("models.Job", "Job", "equal"),
        ("int | None", "None | int", "equal"),
        ("int", "int | str", "widened"),
        ("int | str", "str", "narrowed"),
        ("int", "float", "widened"),
        ("int", "str", "changed"),
        ("list[int]", "list[int | str]", "changed"),
        ('Literal["a", "b"]', 'Literal["a"]', "narrowed"),
        ('Literal["a"]', "str", "widened"),
        ('Literal["a|b", "c"]', 'Literal["c", "a|b"]', "equal"),
        ("Old | None", "New | None", "equal"),
        ("State", "str", "widened"),
        ("State", "Other", "equal"),
        ("list[State | str]", "list[Other | str]", "equal"),
        ("list[State | str]", "list[str]", "equal"),
        ("list[State | str]", "list[State]", "changed"),
        ("State", 'Literal["a"]', "narrowed"),
        ("State | None", "State", "narrowed"),
        ("dict[str, Old]", "dict[str, New]", "equal"),
        ('Literal["Old"]', 'Literal["Old", "x"]', "widened"),
        ("int", "Any", "widened"),
        ("list[Any]", "list[bool]", "equal"),
        ("dict[str, bool]", "dict[str, Any]", "equal"),
        ("list[bool]", "list[str]", "changed"),
        ("list[Gone | str]", "list[str]", "equal"),
        ('Annotated[datetime.datetime, "http-date"]', "datetime.datetime", "equal"),
    ],
)
def test_annotations(old: str, new: str, relation: str) -> None:
    values = {"State": ['="a"', '="b"'], "Other": ['="b"', '="a"']}
    assert Annotations({**values, "Gone": ['="a"']}, values, {"Old": "New"}).relation(old, new) == relation


def test_the_order_of_the_sides_turns_what_is_gone_into_what_is_new(tmp_path: Path) -> None:
    new = edited(BASE, {"/paths/~1v1~1new": {"get": {"operationId": "new", "responses": {"204": {"description": ""}}}}})
    assert {one.rule for one in compared(tmp_path, BASE, new).differences} == {"D106"}
    assert {one.rule for one in compared(tmp_path, new, BASE).differences} == {"D101", "D712"}


def test_differences_have_their_place_in_both_files(tmp_path: Path) -> None:
    for name, limit in (("old.yaml", 100), ("new.yaml", 10)):
        root = edited(BASE, {"/paths/~1v1~1jobs/get/parameters/0/schema/maximum": limit})
        (tmp_path / name).write_text(yaml.safe_dump(root, sort_keys=False), encoding="utf-8")
    (found,) = compare_paths("old.yaml", "new.yaml", tmp_path).differences
    assert found.old_place is not None
    assert found.new_place is not None
    lines = (tmp_path / "new.yaml").read_text(encoding="utf-8").splitlines()
    schema = "".join(lines[found.new_place.line - 1 : found.new_place.line + 2])
    assert schema.split() == ["schema:", "type:", "integer", "maximum:", "10"]


def test_fingerprints_do_not_depend_on_words(tmp_path: Path) -> None:
    new = edited(BASE, {"/paths/~1v1~1old": None})
    one = {difference.fingerprint for difference in compared(tmp_path, BASE, new).differences}
    other = edited(new, {"/info/title": "Other", "/info/description": None})
    assert one < {difference.fingerprint for difference in compared(tmp_path, BASE, other).differences}


# ------------------------------------------------------------------------------------------------------------ surfaces


def test_a_surface_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "spec.json"
    file.write_text(json.dumps(BASE), encoding="utf-8")
    found = surface(Provider.for_spec([str(file)], "acme"), Report())
    assert read_surface(json.loads(surface_json(found))) == found


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "surface is not an object"),
        ({}, "surface has no package"),
        ({"package": 1}, "surface.package has a value that is not expected"),
        ({"package": "a", "other": 1}, "surface has an unknown key: other"),
        ({"package": "a", "models": [{"name": "A", "kind": "x"}]}, "surface.models[0].kind has a value"),
        ({"package": "a", "operations": {}}, "surface.operations is not an array"),
    ],
)
def test_what_is_no_surface_is_refused(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("[", r"\[")):
        read_surface(value)


def test_a_surface_against_a_document_compares_public_names_alone(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(yaml.safe_dump(BASE), encoding="utf-8")
    before = surface(Provider.for_spec([str(tmp_path / "old.yaml")], "client"), Report())
    (tmp_path / "before.json").write_text(surface_json(before), encoding="utf-8")
    (tmp_path / "new.yaml").write_text(
        yaml.safe_dump(
            edited(BASE, {"/paths/~1v1~1old": None, "/components/schemas/Job/properties/kind/maxLength": 5})
        ),
        encoding="utf-8",
    )
    comparison = compare_paths("before.json", "new.yaml", tmp_path)
    assert not comparison.wire
    assert {one.rule for one in comparison.differences} == {"D101"}


# -------------------------------------------------------------------------------------------------------- command line


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a git repository, in which one operation of a provider is gone since the last commit."""
    folder = tmp_path / "specs" / "acme"
    folder.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.clientsmith]\n", encoding="utf-8")
    (folder / "provider.toml").write_text(
        'package = "acme"\n\n[[sources]]\npath = "openapi.yaml"\nkind = "openapi"\n', encoding="utf-8"
    )
    (folder / "openapi.yaml").write_text(yaml.safe_dump(BASE), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    (folder / "openapi.yaml").write_text(yaml.safe_dump(edited(BASE, {"/paths/~1v1~1old": None})), encoding="utf-8")
    return tmp_path


def test_a_provider_is_compared_with_what_is_committed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift", "acme"]) == ExitStatus.DIAGNOSTICS
    out = capsys.readouterr().out
    assert out.startswith("HEAD:specs/acme -> specs/acme: 1 BREAK, 1 RISK, 0 SAFE; ")
    assert "BREAK D102 operation-removed-deprecated: GET /v1/old is gone" in out
    assert "  - old.get() -> None" in out
    assert (
        "HEAD:specs/acme -> specs/acme: 1 BREAK, 1 RISK, 0 SAFE; the next version of the client is a major one" in out
    )


@pytest.mark.parametrize(
    ("sides", "status"),
    [
        (["HEAD:specs/acme", "specs/acme"], 1),
        (["HEAD:specs/acme/openapi.yaml", "specs/acme/openapi.yaml"], 1),
        (["specs/acme", "specs/acme"], 0),
        (["specs/acme", "nowhere.yaml"], 3),
        (["NONE:specs/acme", "specs/acme"], 3),
        (["HEAD:../x", "specs/acme"], 3),
        (["a", "b", "c"], 2),
        (["nobody"], 2),
    ],
)
def test_sides_and_exit_codes(repository: Path, sides: list[str], status: int) -> None:
    try:
        found = main(["drift", *sides])
    except SystemExit as ended:
        found = int(str(ended.code))
    assert found == status


@pytest.mark.parametrize(("fail_on", "status"), [("break", 1), ("risk", 1), ("safe", 1), ("never", 0)])
def test_the_level_that_fails_a_run(repository: Path, fail_on: str, status: int) -> None:
    assert main(["drift", "acme", "--fail-on", fail_on]) == status


def test_nothing_is_left_behind_and_nothing_written(repository: Path) -> None:
    before = {file: file.read_bytes() for file in repository.rglob("*") if file.is_file() and ".git" not in file.parts}
    main(["drift", "acme"])
    assert before == {f: f.read_bytes() for f in repository.rglob("*") if f.is_file() and ".git" not in f.parts}


# ------------------------------------------------------------------------------------------------------------- reports

EVIL = "x\n::error::forged\r\x1b[2J\u202e `|` </details> <script> %0A"


def evil_edition() -> Mapping[str, Any]:
    return edited(
        BASE,
        {
            "/paths/~1v1~1jobs/get/parameters/2/name": EVIL,
            "/components/schemas/Job/properties/state/enum": ["queued", "done", EVIL],
            "/servers/0/url": "https://other.example.com",
        },
    )


FORMS = ("text", "github", "markdown", "json", "sarif", "html", "changelog")


@pytest.mark.parametrize("form", ["text", "github", "markdown", "json", "sarif", "changelog"])
def test_text_of_a_document_forges_nothing(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, root in (("old.json", BASE), ("new.json", evil_edition())):
        (tmp_path / name).write_text(json.dumps(root), encoding="utf-8")
    main(["drift", str(tmp_path / "old.json"), str(tmp_path / "new.json"), "--format", form, "--all"])
    out = capsys.readouterr().out
    assert "forged" in out
    assert all(character.isprintable() or character == "\n" for character in out)
    lines = out.splitlines()
    assert not any(line.lstrip().startswith("::error::forged") for line in lines)
    if form == "github":
        assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines[:-1])
    if form == "markdown":
        assert out.count("<details>") == out.count("</details>") - out.count("`</details>") - out.count(
            " </details> <s"
        )


def test_the_report_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, root in (("old.json", BASE), ("new.json", edited(BASE, {"/paths/~1v1~1old": None}))):
        (tmp_path / name).write_text(json.dumps(root), encoding="utf-8")
    main(["drift", str(tmp_path / "old.json"), str(tmp_path / "new.json"), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert (report["level"], report["next_version"], report["wire"]) == ("break", "major", True)
    assert report["counts"] == {"safe": 0, "risk": 1, "break": 1}
    first = report["differences"][0]
    assert (first["rule"], first["old_code"], first["new_location"]) == ("D102", "old.get() -> None", None)


def test_rules_are_in_order_and_have_known_levels() -> None:
    assert list(RULES) == sorted(RULES)
    assert all(rule.wire in LEVELS and rule.python in LEVELS and rule.hint for rule in RULES.values())
    assert len({rule.slug for rule in RULES.values()}) == len(RULES)


def test_the_documentation_lists_the_rules() -> None:
    text = (Path(__file__).parents[1] / "docs" / "drift.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| D\d{3} ", line)]
    assert rows == [f"| {r.id} | {r.slug} | {r.wire} | {r.python} | {r.hint} |" for r in RULES.values()]


PERSON = {
    "type": "object",
    "required": ["name", "age"],
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
}


def test_a_class_in_the_place_of_another_is_its_new_name(tmp_path: Path) -> None:
    edits = {"Owner": None, "Person": PERSON, "Job/properties/owner": {"$ref": "#/components/schemas/Person"}}
    new = edited(BASE, {f"/components/schemas/{pointer}": value for pointer, value in edits.items()})
    found = {one.rule: one for one in compared(tmp_path, BASE, new).differences if one.rule != "D712"}
    assert found.keys() == {"D528", "D503", "D505"}
    assert (found["D528"].old_code, found["D528"].new_code) == ("Owner", "Person")


def test_what_changed_inside_a_class_that_is_gone_is_one_difference(tmp_path: Path) -> None:
    boss = {"$ref": "#/components/schemas/Person"}
    also = {"/components/schemas/Person": PERSON, "/components/schemas/Job/properties/boss": boss}
    home = {"type": "object", "properties": {"street": {"type": "string"}}}
    old = edited(BASE, {**also, "/components/schemas/Owner/properties/home": home})
    new = edited(BASE, {**also, "/components/schemas/Owner": None})
    new = edited(new, {"/components/schemas/Job/properties/owner": boss})
    found = [one for one in compared(tmp_path, old, new).differences if one.rule != "D712"]
    gone = next(one for one in found if one.rule == "D529")
    assert (gone.old_code, gone.new_code, gone.gone) == ("Owner", "Person", ("OwnerHome",))
    assert {one.rule for one in found} == {"D529", "D508"}


@pytest.fixture
def committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A committed in which a document has been committed, and has changed; its name is no address as it is."""
    monkeypatch.chdir(tmp_path)
    document = tmp_path / "apis" / "a b.json"
    document.parent.mkdir()
    for edits in ({}, {"/paths/~1v1~1old": None}):
        document.write_text(json.dumps(edited(BASE, edits)), encoding="utf-8")
        if not edits:
            for command in ("init -q", "add -A", "-c user.name=a -c user.email=a@b commit -qm 1"):
                subprocess.run(["git", *command.split()], check=True)
    return tmp_path


@pytest.mark.parametrize("old", ["HEAD:apis/a b.json", "HEAD:apis"])
def test_reports_call_files_as_people_do(committed: Path, old: str, capsys: pytest.CaptureFixture[str]) -> None:
    new = committed / "apis" / ("a b.json" if old.endswith("json") else "")
    assert main(["drift", old, str(new)]) == 1
    out = capsys.readouterr().out
    assert "at old HEAD:apis/a b.json:1:" in out
    assert f"{old} -> apis{'/a b.json' if old.endswith('json') else ''}: 1 BREAK" in out
    main(["drift", old, str(new), "--format", "sarif"])
    log = capsys.readouterr().out
    places = [one["locations"][0] for one in json.loads(log)["runs"][0]["results"]]
    assert {place["physicalLocation"]["artifactLocation"]["uri"] for place in places} == {"apis/a%20b.json"}
    for form in FORMS:
        main(["drift", old, str(new), "--format", form])
        assert str(committed) not in out + log + capsys.readouterr().out


def test_a_file_outside_is_called_by_its_name(committed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = committed.parent / f"{committed.name}.json"
    outside.write_text(json.dumps(BASE), encoding="utf-8")
    main(["drift", str(outside), "apis/a b.json"])
    out = capsys.readouterr().out
    assert f"at old {outside.name}:1:" in out
    assert str(committed.parent) not in out
