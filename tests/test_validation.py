"""The validator's verdict: places, what is left out, what is kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clientsmith.diagnostics import Report
from clientsmith.load.load import LoadRequest, SourceFile, load
from clientsmith.load.validation import validate

HEAD = "openapi: 3.0.3\ninfo: {title: Acme, version: '1'}\n"


def validated(
    folder: Path, text: str, cache: Path | None = None, largest: int | None = None, longest: float = 300
) -> list[str]:
    (folder / "api.yaml").write_text(text)
    document = load(LoadRequest(folder, (SourceFile("api.yaml", "openapi"),)), Report())
    report = Report()
    validate(document, report, cache=cache, largest=largest, longest=longest)
    report.located(document.locate)
    return [f"{found.location}: {found.message} [{found.slug}]" for found in report.diagnostics]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("paths: {}\n", []),
        (
            "paths: {}\ntags: [{name: a}, {name: a}]\n",
            ["api.yaml:4:1: [{'name': 'a'}, {'name': 'a'}] has non-unique elements [invalid-openapi]"],
        ),
        (
            "paths:\n  /a:\n    get:\n      responses:\n        200: {}\n",
            ["api.yaml:7:9: 'description' is a required property [invalid-openapi]"],
        ),
        (
            "paths: {}\ncomponents:\n  schemas:\n    A: {type: string, nullable: true, minimum: x}\n",
            ["api.yaml:6:48: 'x' is not of type 'number' [invalid-openapi]"],
        ),
    ],
)
def test_problems_have_locations(tmp_path: Path, text: str, found: list[str]) -> None:
    said = [line.replace('"', "'") for line in validated(tmp_path, HEAD + text)]
    assert said[: len(found)] == found
    assert bool(said) == bool(found)


def test_what_the_parser_reports_is_left_to_it(tmp_path: Path) -> None:
    operation = "{operationId: a, responses: {'204': {description: d}}}"
    assert validated(tmp_path, f"{HEAD}paths: {{'/a/{{id}}': {{get: {operation}, put: {operation}}}}}\n") == []


def test_values_are_not_quoted_at_length(tmp_path: Path) -> None:
    long = "x" * 5000
    for line in validated(
        tmp_path, f"{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{type: integer, default: {long}}}}}}}\n"
    ):
        assert len(line) < 400


def test_it_never_fetches_and_never_fails(tmp_path: Path) -> None:
    text = f"{HEAD}paths:\n  /a: {{$ref: 'https://acme.example/a.yaml'}}\n  /b: {{$ref: gone.yaml#/b}}\n"
    for line in validated(tmp_path, text):
        assert "[validation-incomplete]" in line or "[invalid-openapi]" in line


def test_verdicts_are_kept(tmp_path: Path) -> None:
    text = f"{HEAD}paths: {{}}\ntags: [{{name: a}}, {{name: a}}]\n"
    first = validated(tmp_path, text, tmp_path / "kept")
    (kept,) = (tmp_path / "kept").iterdir()
    assert kept.suffix == ".json"
    kept.write_text('[["invalid-openapi", "/tags", "from the cache"]]')
    assert first != [said := "api.yaml:4:1: from the cache [invalid-openapi]"]
    assert validated(tmp_path, text, tmp_path / "kept") == [said]
    assert validated(tmp_path, f"{text}x-other: 1\n", tmp_path / "kept") == first
    kept.write_text("broken")
    assert validated(tmp_path, text, tmp_path / "kept") == first


def test_what_is_large_is_left_out(tmp_path: Path) -> None:
    (line,) = validated(tmp_path, f"{HEAD}paths: {{}}\nx-long: {'x' * 1000}\n", largest=1000)
    assert line.endswith("[validation-incomplete]")


def test_loading_imports_nothing_that_is_not_needed() -> None:
    code = (
        "import sys, clientsmith.load.load, clientsmith.load.validation\n"
        "heavy = ('openapi_spec_validator', 'jsonschema', 'yaml', 'markdown_it', 'jsonpath',\n"
        "    'clientsmith.load.merge', 'clientsmith.load.overlay', 'clientsmith.load.pages', 'clientsmith.project')\n"
        "print([name for name in sys.modules if name.startswith(heavy)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": "generator"}
    )
    assert done.stdout.strip() == "[]"


def test_a_pattern_that_never_ends_is_stopped(tmp_path: Path) -> None:
    schema = f"{{type: string, pattern: '^(a+)+$', default: {'a' * 60}!}}"
    line, *_ = validated(tmp_path, f"{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n", longest=3)
    assert line.endswith("the validator was stopped after 3 seconds [validation-incomplete]")
