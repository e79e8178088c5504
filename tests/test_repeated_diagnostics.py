"""What a document repeats is reported once; what nobody can act on is no warning: one class of diagnostics a test."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from parsing import found, operation, parsed, schemas

from clientsmith.allowances import apply_allowances
from clientsmith.cli import main
from clientsmith.diagnostics import Location, Report
from clientsmith.exit_status import ExitStatus
from clientsmith.ir import Enum
from clientsmith.load.load import LoadRequest, SourceFile, load
from clientsmith.pipeline import api
from clientsmith.project.settings import Allowance, Provider
from clientsmith.records import replace

HERE, THERE, ELSEWHERE = (Location("a.yaml", pointer) for pointer in ("/here", "/there", "/else"))


def counted(report: Report) -> list[tuple[str, int]]:
    """Slug and number of places of every warning."""
    return [(d.slug, len(d.locations)) for d in report.warnings]


# ------------------------------------------------------------------------------------------------------- the report


def test_what_differs_in_the_place_only_is_one_diagnostic_if_it_may_be() -> None:
    report = Report()
    for place in (HERE, THERE, HERE, ELSEWHERE):
        report.add("untyped", "no type", place, fold=True)
        report.add("unsupported-style", "no style", place)
    assert counted(report) == [("untyped", 3), *[("unsupported-style", 1)] * 3]
    assert report.warnings[0].locations == (HERE, THERE, ELSEWHERE)


@pytest.mark.parametrize("change", [{"message": "other"}, {"hint": "other"}, {"also": [("beside", ELSEWHERE)]}])
def test_what_differs_in_anything_else_is_another(change: dict[str, object]) -> None:
    report = Report()
    report.add("untyped", "no type", HERE, fold=True)
    values: dict[str, object] = {"message": "no type", **change}
    report.add("untyped", location=THERE, fold=True, **values)  # type: ignore[arg-type]  # a table has no one type
    assert counted(report) == [("untyped", 1), ("untyped", 1)]


@pytest.mark.parametrize(("strict", "slug", "places"), [(False, "job-invalid", [1, 1]), (True, "untyped", [2])])
def test_errors_are_told_one_by_one_and_strictness_changes_nothing(strict: bool, slug: str, places: list[int]) -> None:
    report = Report(strict=strict)
    report.add(slug, "wrong", HERE, fold=True)
    report.add(slug, "wrong", THERE, fold=True)
    assert [len(d.locations) for d in report.errors] == places


def test_every_place_gets_its_line() -> None:
    report = Report()
    report.add("untyped", "no type", HERE, fold=True)
    report.add("untyped", "no type", THERE, fold=True)
    report.located(lambda wanted: {place: Location(place.file, place.pointer, 7, 1) for place in wanted})
    assert [place.line for place in report.warnings[0].locations] == [7, 7]
    report.add("untyped", "no type", ELSEWHERE, fold=True)
    assert counted(report) == [("untyped", 2), ("untyped", 1)]


def allowing(folder: Path, *pointers: str) -> Provider:
    allow = tuple(Allowance("untyped", "it is so", pointer) for pointer in pointers)
    return replace(Provider.for_spec([folder / "a.yaml"], "acme"), allow=allow)


@pytest.mark.parametrize(
    ("pointers", "left", "allowed", "unused"),
    [
        ([], ["/here", "/there"], 0, 0),
        (["/here"], ["/there"], 0, 0),
        (["/there"], ["/here"], 0, 0),
        (["/here", "/there"], [], 1, 0),
        (["/there", "/gone"], ["/here"], 0, 1),
    ],
)
def test_an_allowance_takes_its_places_and_no_other(
    pointers: Sequence[str], left: Sequence[str], allowed: int, unused: int, tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").touch()
    report = Report()
    for place in (HERE, THERE):
        report.add("untyped", "no type", place, fold=True)
    assert apply_allowances(report, allowing(tmp_path, *pointers), strict=False) == allowed
    assert [place.pointer for d in report.warnings for place in d.locations] == left
    assert [d.slug for d in report.errors] == ["allow-unused"] * unused


def test_json_has_every_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: A, version: '1'}\nservers: [{url: 'https://a.example'}]\npaths:\n"
        "  /a/{id}:\n    get: {responses: {'204': {}}}\n    put: {responses: {'204': {}}}\n"
    )
    arguments = ["--spec", str(tmp_path / "a.yaml"), "--output", str(tmp_path / "acme"), "--json"]
    assert main(["generate", *arguments]) == ExitStatus.SUCCESS
    (row,) = json.loads(capsys.readouterr().out)["providers"]
    (warning,) = [one for one in row["diagnostics"] if one["severity"] == "warning"]
    assert (warning["slug"], warning["line"]) == ("undeclared-path-parameter", 6)
    assert [(one["pointer"], one["line"]) for one in warning["repeated"]] == [("/paths/~1a~1{id}/put", 7)]
    assert row["warnings"] == 1


# ------------------------------------------------------------------------------------------------ class after class


@pytest.mark.parametrize("beside", ["application/xml", "application/msgpack", "text/html", "image/png"])
def test_a_media_type_beside_json_is_no_warning(beside: str) -> None:
    _, report = operation(
        f"""
        responses:
          '200':
            description: fine
            content:
              application/json: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}
              {beside}: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}
        """
    )
    assert report.warnings == []


@pytest.mark.parametrize("media_type", ["image/jpeg", "audio/mpeg", "video/mp4", "application/octet-stream"])
def test_a_file_is_bytes_whatever_its_schema_says(media_type: str) -> None:
    _, report = operation(
        f"""
        responses:
          '200':
            description: fine
            content: {{{media_type}: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}
        """
    )
    assert report.warnings == []


def test_a_media_type_that_stands_alone_is_one_warning() -> None:
    body = "{description: fine, content: {application/xml: {schema: {type: object, properties: {a: {type: string}}}}}}"
    _, report = parsed(
        f"""
        paths:
          /a: {{get: {{responses: {{'200': {body}}}}}, put: {{responses: {{'200': {body}, '400': {body}}}}}}}
        """
    )
    assert counted(report) == [("unsupported-media-type", 3)]


def test_values_of_an_enum_that_have_another_type_are_one_warning() -> None:
    _, report = schemas("A: {type: integer, enum: ['1', '2', '3']}\nB: {type: integer, enum: ['1', '2', '3']}")
    assert counted(report) == [("wrong-type", 2)]


def test_values_of_an_enum_that_are_wrapped_are_read() -> None:
    read, report = schemas("A: {type: string, enum: [{value: slow}, {value: fast, description: not slow}]}")
    assert counted(report) == [("wrong-type", 1)]
    (declaration,) = read.declarations.values()
    assert isinstance(declaration, Enum)
    assert declaration.values == ("slow", "fast")


def loaded(folder: Path, text: str, version: str = "3.0.3") -> Report:
    (folder / "a.yaml").write_text(f"openapi: {version}\ninfo: {{title: A, version: '1'}}\n{text}")
    report = Report()
    load(LoadRequest(folder, (SourceFile("a.yaml", "openapi"),)), report)
    return report


def test_keywords_beside_a_reference_that_change_no_type_are_a_note(tmp_path: Path) -> None:
    beside = "readOnly: true, writeOnly: true, type: object, deprecated: true, description: x, title: x"
    report = loaded(
        tmp_path,
        "paths: {}\ncomponents:\n  schemas:\n    A: {type: object}\n"
        f"    B: {{properties: {{a: {{$ref: '#/components/schemas/A', {beside}}}}}}}\n"
        "    C: {properties: {a: {$ref: '#/components/schemas/A', description: x}}}\n",
    )
    assert counted(report) == []
    assert [(d.slug, len(d.locations)) for d in report.diagnostics] == [("ref-annotations-ignored", 2)]


def test_keywords_beside_a_reference_that_would_change_it_are_one_warning(tmp_path: Path) -> None:
    lines = (f"    {name}: {{$ref: '#/components/schemas/A', maxLength: 3}}\n" for name in "BCD")
    report = loaded(tmp_path, f"paths: {{}}\ncomponents:\n  schemas:\n    A: {{type: string}}\n{''.join(lines)}")
    assert counted(report) == [("ref-siblings-ignored", 3)]


@pytest.mark.parametrize("scheme", ["type: oauth2, flows: {}", "type: openIdConnect, openIdConnectUrl: 'https://a.example'"])
def test_a_scheme_whose_token_the_caller_brings_is_a_note(scheme: str) -> None:
    _, report = parsed(
        f"""
        security: [{{A: []}}]
        paths: {{/a: {{get: {{responses: {{'204': {{description: fine}}}}}}}}}}
        components: {{securitySchemes: {{A: {{{scheme}}}}}}}
        """
    )
    assert counted(report) == []
    assert found(report) == [("access-token", "/components/securitySchemes/A")]


def test_a_scheme_that_is_not_declared_is_one_warning() -> None:
    one = "{security: [{Key: []}], responses: {'204': {description: fine}}}"
    _, report = parsed(f"paths: {{/a: {{get: {one}, put: {one}}}, /b: {{get: {one}}}}}")
    assert counted(report) == [("unknown-security-scheme", 3)]


def test_a_path_parameter_that_no_operation_declares_is_one_warning() -> None:
    one = "{responses: {'204': {description: fine}}}"
    _, report = parsed(f"paths: {{'/a/{{id}}': {{get: {one}, put: {one}}}, '/b/{{id}}': {{get: {one}}}}}")
    assert counted(report) == [("undeclared-path-parameter", 3)]


@pytest.mark.parametrize(
    "path_item",
    [
        "{get: {$ref: 'gone.yaml'}}",
        "{get: {parameters: [{$ref: 'gone.yaml'}], responses: {'204': {description: fine}}}}",
        "{parameters: [{$ref: 'gone.yaml'}], get: {responses: {'204': {description: fine}}}}",
    ],
)
def test_what_follows_from_a_missing_file_is_not_told(path_item: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "openapi: 3.0.3\ninfo: {title: A, version: '1'}\nservers: [{url: 'https://a.example'}]\n"
        f"paths:\n  /a/{{id}}: {path_item}\n"
    )
    report = Report()
    api(Provider.for_spec([tmp_path / "a.yaml"], "acme"), report)
    assert {d.slug for d in report.warnings} - {"ref-out-of-place"} == {"unresolved-ref"}


def test_many_missing_files_are_one_warning(tmp_path: Path) -> None:
    def warnings(count: int) -> list[tuple[str, int]]:
        lines = (f"    A{n}: {{$ref: 'schemas/{n}.yaml'}}\n" for n in range(count))
        return counted(loaded(tmp_path, f"paths: {{}}\ncomponents:\n  schemas:\n{''.join(lines)}"))

    assert warnings(3) == [("unresolved-ref", 1)] * 3
    assert warnings(9) == [("unresolved-ref", 9)]


def test_references_that_leave_out_the_name_of_the_file_are_one_warning(tmp_path: Path) -> None:
    lines = "".join(f"  {name}: {{$ref: '#/components/schemas/Id'}}\n" for name in "abc")
    (tmp_path / "job.yaml").write_text(f"type: object\nproperties:\n{lines}")
    job = "paths: {}\ncomponents: {schemas: {Id: {type: string}, Job: {$ref: 'job.yaml'}}}\n"
    assert counted(loaded(tmp_path, job)) == [("ref-to-entry", 3)]


def test_a_remote_file_is_one_warning(tmp_path: Path) -> None:
    lines = (f"    {name}: {{$ref: 'https://a.example/all.yaml#/{name}'}}\n" for name in "ABC")
    report = loaded(tmp_path, f"paths: {{}}\ncomponents:\n  schemas:\n{''.join(lines)}")
    assert counted(report) == [("remote-ref", 3)]


def test_a_value_of_the_wrong_type_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "openapi: 3.0.3\ninfo: {title: A, version: '1'}\nservers: [{url: 'https://a.example'}]\n"
        "paths:\n  /a:\n    get:\n      parameters:\n      responses: {'204': {description: fine}}\n"
    )
    report = Report()
    api(Provider.for_spec([tmp_path / "a.yaml"], "acme"), report)
    assert found(report) == [("wrong-type", "/paths/~1a/get/parameters")]


def test_a_default_and_a_version_that_change_no_type_are_notes(tmp_path: Path) -> None:
    _, report = schemas("A: {properties: {a: {type: boolean, default: 'false'}, b: {type: boolean, default: 'false'}}}")
    assert [(d.slug, d.severity, len(d.locations)) for d in report.diagnostics] == [("default-does-not-fit", "note", 2)]
    (tmp_path / "a.yaml").write_text("openapi: 3.0.3\ninfo: {title: A, version: 1}\npaths: {}\n")
    report = Report()
    load(LoadRequest(tmp_path, (SourceFile("a.yaml", "openapi"),)), report)
    assert [(d.slug, d.severity) for d in report.diagnostics] == [("version-not-a-string", "note")]


def test_long_names_are_one_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "very_long_name_of_an_operation_" * 2
    operations = "".join(
        f"  /a{n}:\n    get: {{operationId: a.{name}{n}, responses: {{'204': {{}}}}}}\n" for n in range(3)
    )
    (tmp_path / "a.yaml").write_text(
        "openapi: 3.0.3\ninfo: {title: A, version: '1'}\nservers: [{url: 'https://a.example'}]\npaths:\n" + operations
    )
    assert main(["check", "--spec", str(tmp_path / "a.yaml"), "--output", str(tmp_path / "acme"), "--json"]) == 1
    (row,) = json.loads(capsys.readouterr().out)["providers"]
    (note,) = [one for one in row["diagnostics"] if one["slug"] == "name-long"]
    assert note["severity"] == "note"
    assert note["message"].startswith("3 methods have names of more than 40 characters, the longest 'very_long")
    assert len(note["repeated"]) == 2
