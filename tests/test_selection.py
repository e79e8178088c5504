"""A client of some operations: names as in the whole client, and nothing that is not needed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from clientsmith.diagnostics import Location, Report
from clientsmith.name_changes import report_name_changes
from clientsmith.pipeline import package
from clientsmith.project.settings import Provider
from clientsmith.view import Package

SPEC = """\
openapi: 3.1.0
info: {title: Acme, version: "1"}
servers: [{url: "https://api.acme.example"}]
paths:
  /v1/images:
    get: {tags: [Images], responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Image'}}}}}}
    post: {tags: [Images], responses: {"204": {description: ok}}}
  /v1/images/{id}/edits:
    post: {tags: [Edits], parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {"204": {description: ok}}}
  /v1/keys:
    get: {tags: [Keys], responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Key'}}}}}}
components:
  schemas:
    Image: {type: object, properties: {size: {$ref: '#/components/schemas/Size'}}}
    Size: {type: object, properties: {width: {type: integer}}}
    Key: {type: object, properties: {id: {type: string}}}
    Unused: {type: object, properties: {id: {type: string}}}
"""  # noqa: E501


@pytest.fixture
def provider(tmp_path: Path) -> Provider:
    (tmp_path / "openapi.yaml").write_text(SPEC)
    return Provider.for_spec([tmp_path / "openapi.yaml"], "acme")


def made(provider: Provider, *only: str) -> Package:
    return package(dataclasses.replace(provider, only=only), Report())


def calls(package: Package) -> list[str]:
    return sorted(resource.call(method.name) for resource in package.resources for method in resource.methods)


@pytest.mark.parametrize(
    ("only", "expected", "models"),
    [
        ((), ["images.create", "images.edits.create", "images.list", "keys.get"], ["Image", "Key", "Size"]),
        (("tag:Images",), ["images.create", "images.list"], ["Image", "Size"]),
        (("resource:images",), ["images.create", "images.edits.create", "images.list"], ["Image", "Size"]),
        (("resource:images.edits", "get /v1/keys"), ["images.edits.create", "keys.get"], ["Key"]),
        (("POST /v1/images",), ["images.create"], []),
    ],
)
def test_what_is_selected(provider: Provider, only: tuple[str, ...], expected: list[str], models: list[str]) -> None:
    part = made(provider, *only)
    assert calls(part) == expected
    assert list(part.model_names) == models


def test_the_lock_has_the_names_of_the_whole_client(provider: Provider) -> None:
    assert made(provider, "tag:Images").names == made(provider).names


def test_an_operation_that_starts_a_job_brings_those_that_poll_it() -> None:
    folder = Path(__file__).parent / "golden" / "jobs"
    part = made(Provider.for_spec([folder / "spec.yaml"], "jobs"), "post /renders")
    assert calls(part) == ["renders.cancel", "renders.create", "renders.get", "renders.start"]


def test_what_nothing_uses_is_kept_on_demand(provider: Provider) -> None:
    whole = package(dataclasses.replace(provider, unused_schemas="keep"), Report())
    assert "Unused" in whole.model_names


def test_an_entry_that_matches_nothing_is_reported(provider: Provider) -> None:
    report = Report()
    package(dataclasses.replace(provider, only=("tag:Images", "tag:Image")), report)
    assert [(d.slug, d.location.pointer) for d in report.diagnostics if d.slug == "only-unused"] == [
        ("only-unused", "/only/1")
    ]


def test_a_selected_operation_that_is_gone_is_lost(provider: Provider, tmp_path: Path) -> None:
    before = made(provider, "tag:Images")
    gone = next(line for line in SPEC.splitlines(keepends=True) if "post: {tags: [Images]" in line)
    (tmp_path / "openapi.yaml").write_text(SPEC.replace(gone, ""))
    report = Report()
    report_name_changes(before, made(provider, "tag:Images"), {}, Location("lock"), report)
    assert [(d.slug, d.message) for d in report.diagnostics] == [
        ("name-lost", "the public name 'images.create' is gone: method:POST /v1/images")
    ]


def test_new_operations_beside_selected_ones_are_noted_once(provider: Provider, tmp_path: Path) -> None:
    def noted(locked: Mapping[str, str]) -> list[str]:
        report = Report()
        package(dataclasses.replace(provider, only=("get /v1/images", "resource:keys")), report, locked)
        return [d.location.pointer for d in report.diagnostics if d.slug == "operation-not-selected"]

    assert noted({}) == []
    before = made(provider).names
    assert noted(before) == []
    more = "  /v1/images/{id}: {delete: {parameters: [{name: id, in: path, required: true, schema: {type: string}}], "
    more += 'responses: {"204": {description: ok}}}}\n'
    (tmp_path / "openapi.yaml").write_text(SPEC.replace("  /v1/keys:", more + "  /v1/keys:"))
    assert noted(before) == ["/paths/~1v1~1images~1{id}/delete"]
    assert noted(made(provider).names) == []


def test_what_is_equal_to_something_that_nothing_uses_goes_with_it(tmp_path: Path) -> None:
    inline = "    Other: {type: object, properties: {inner: {type: object, properties: {id: {type: string}}}}}\n"
    (tmp_path / "openapi.yaml").write_text(SPEC + inline)
    whole = package(Provider.for_spec([tmp_path / "openapi.yaml"], "acme"), Report())
    assert list(whole.model_names) == ["Image", "Key", "Size"]
