"""3.0 spelled as 3.1, and which versions are taken."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from clientsmith.diagnostics import ClientsmithError, Report
from clientsmith.load.upgrade import check_root_keys, upgrade_schema, version_of

REF = {"$ref": "#/components/schemas/A"}
NULL = {"type": "null"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"type": ["string"], "nullable": True}, {"type": ["string", "null"]}),
        ({"type": ["string", "null"], "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "enum": ["a"], "nullable": True}, {"type": ["string", "null"], "enum": ["a", None]}),
        ({"enum": ["a", None], "nullable": True}, {"enum": ["a", None]}),
        ({"nullable": True, "properties": {}}, {"properties": {}, "type": ["object", "null"]}),
        ({"nullable": True, "items": {}}, {"items": {}, "type": ["array", "null"]}),
        ({"nullable": True}, {}),
        ({"nullable": True, "oneOf": [REF]}, {"oneOf": [REF, NULL]}),
        ({"nullable": True, "anyOf": [REF, NULL]}, {"anyOf": [REF, NULL]}),
        (
            {"nullable": True, "anyOf": [{"type": "string", "nullable": True}]},
            {"anyOf": [{"type": "string", "nullable": True}]},
        ),
        (
            {"description": "d", "x-a": 1, "nullable": True, "allOf": [REF], "type": "object"},
            {"description": "d", "x-a": 1, "anyOf": [{"allOf": [REF], "type": "object"}, NULL]},
        ),
        ({"nullable": True, **REF}, {"anyOf": [REF, NULL]}),
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
        ({"exclusiveMaximum": True}, {}),
        ({"minimum": 1, "exclusiveMinimum": 2}, {"minimum": 1, "exclusiveMinimum": 2}),
        ({"example": None}, {"examples": [None]}),
        ({"example": 1, "examples": [2]}, {"examples": [2]}),
        ({"type": "string", "format": "binary"}, {"type": "string", "format": "binary"}),
    ],
)
def test_upgrade(old: dict[str, Any], new: dict[str, Any]) -> None:
    schema = copy.deepcopy(old)
    moved = upgrade_schema(schema)
    assert schema == new
    assert moved == ("/anyOf/0" if "anyOf" in new and "anyOf" not in old else None)
    again = copy.deepcopy(schema)
    upgrade_schema(again)
    assert again == schema


@pytest.mark.parametrize(
    ("written", "version"),
    [("3.0.0", (3, 0)), ("3.0", (3, 0)), ("3.1.9", (3, 1)), ("3.2.0", (3, 2)), ("3.1.0-rc1", (3, 1))],
)
def test_versions_that_are_taken(written: str, version: tuple[int, int]) -> None:
    assert version_of({"openapi": written}, Report(), "a.yaml") == version


@pytest.mark.parametrize(
    ("root", "slug", "words"),
    [
        ({"openapi": "3.3.0"}, "unsupported-version", "OpenAPI 3.3.0"),
        ({"openapi": "2.0"}, "unsupported-version", "OpenAPI 2.0"),
        ({"openapi": "4.0.0"}, "unsupported-version", "OpenAPI 4.0.0"),
        ({"openapi": "new"}, "unsupported-version", "must be a version, not 'new'"),
        ({"openapi": ["3.1.0"]}, "unsupported-version", "must be a version, not a list"),
        ({"swagger": "2.0"}, "unsupported-version", "Swagger 2.0"),
        ({"arazzo": "1.0.1"}, "no-document", "Arazzo"),
        ({"overlay": "1.0.0"}, "no-document", "overlay"),
        ({"asyncapi": "3.0.0"}, "no-document", "AsyncAPI"),
        ({"openapy": "3.1.0"}, "no-document", "the root field 'openapi' is missing"),
        ({"type": "object"}, "no-document", "the root field 'openapi' is missing"),
        ({}, "no-document", "the root field 'openapi' is missing"),
        ([], "no-document", "a list"),
        ("text", "no-document", "expected a mapping, got a string"),
    ],
)
def test_what_is_not_a_document(root: Any, slug: str, words: str) -> None:
    report = Report()
    with pytest.raises(ClientsmithError):
        version_of(root, report, "a.yaml")
    (found,) = report.errors
    assert found.slug == slug
    assert words in found.message


def test_a_misspelt_openapi_is_suggested() -> None:
    report = Report()
    with pytest.raises(ClientsmithError):
        version_of({"openapi ": "3.1.0"}, report, "a.yaml")
    assert "did you mean 'openapi'" in report.errors[0].hint


def test_root_keys() -> None:
    report = Report()
    check_root_keys({"openapi": 1, "x-any": 1, "component": 1, "zzz": 1}, report, "a.yaml")
    assert [(found.location.pointer, found.hint) for found in report.warnings] == [
        ("/component", "did you mean 'components'?"),
        ("/zzz", ""),
    ]
