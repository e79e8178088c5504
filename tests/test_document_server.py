"""The server that plays documents refuses what its document does not allow, and answers nothing else than it says.

What judges drift is judged here: each request differs from one that is allowed in a single thing.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from document_server import SECRET, Document
from loopback import Seen
from schema_instances import Schemas
from test_drift_rules import BASE, edited

KEY = {"x-key": SECRET.format("key")}
JSON = {**KEY, "content-type": "application/json"}


REQUIRED = edited(BASE, {"/paths/~1v1~1jobs/get/parameters/2/required": True})
LISTED = edited(BASE, {"/paths/~1v1~1jobs/get/parameters/3/explode": False})


@pytest.mark.parametrize(
    ("expected", "request_"),
    [
        (200, Seen("GET", "/v1/jobs", {}, KEY, b"", "limit=7&sort=asc&tags=a&tags=b&ratio=1.5")),
        (404, Seen("GET", "/v1/job", {}, KEY, b"")),
        (405, Seen("PUT", "/v1/jobs", {}, KEY, b"")),
        (401, Seen("GET", "/v1/jobs", {}, {}, b"")),
        (401, Seen("GET", "/v1/jobs", {}, {"x-key": "other"}, b"")),
        (400, Seen("GET", "/v1/jobs", {}, KEY, b"", "limit=101")),
        (400, Seen("GET", "/v1/jobs", {}, KEY, b"", "limit=many")),
        (400, Seen("GET", "/v1/jobs", {}, KEY, b"", "sort=up")),
        (400, Seen("GET", "/v1/jobs", {}, KEY, b"", "text=a&text=b")),
        (406, Seen("GET", "/v1/jobs", {}, {**KEY, "accept": "text/csv"}, b"")),
        (201, Seen("POST", "/v1/jobs", {}, JSON, b'{"prompt": "a", "unknown": 1}')),
        (400, Seen("POST", "/v1/jobs", {}, JSON, b'{"size": 1}')),
        (400, Seen("POST", "/v1/jobs", {}, JSON, b'{"prompt": "a", "options": {"mode": "none"}}')),
        (400, Seen("POST", "/v1/jobs", {}, KEY, b"")),
        (415, Seen("POST", "/v1/jobs", {}, {**KEY, "content-type": "text/plain"}, b"a")),
    ],
)
def test_a_request_is_taken_as_the_document_says(expected: int, request_: Seen) -> None:
    assert Document(BASE).respond(request_, 0).status == expected


def test_what_is_required_and_how_a_list_is_written_counts() -> None:
    assert Document(REQUIRED).respond(Seen("GET", "/v1/jobs", {}, KEY, b""), 0).status == 400
    assert Document(REQUIRED).respond(Seen("GET", "/v1/jobs", {}, KEY, b"", "text="), 0).status == 200
    assert Document(LISTED).respond(Seen("GET", "/v1/jobs", {}, KEY, b"", "tags=a,b"), 0).status == 200
    assert Document(LISTED).respond(Seen("GET", "/v1/jobs", {}, KEY, b"", "tags=a&tags=b"), 0).status == 400


def test_answers_have_each_choice_once() -> None:
    document = Document(BASE)
    answers = [json.loads(answer.body) for answer in document.answers(document.operations["GET /v1/jobs/{}"])]
    assert {answer["state"] for answer in answers} == {"queued", "done"}
    assert {type(answer.get("either")) for answer in answers} == {str, int, type(None)}
    assert {answer.get("shape", {}).get("type") for answer in answers} == {"Circle", "Square", None}
    assert None in [answer.get("note", "") for answer in answers]
    assert {"id": "text", "state": "queued"} in answers


ALLOWED: list[tuple[dict[str, Any], list[Any]]] = [
    ({"type": ["integer", "null"], "minimum": 3, "maximum": 5}, [3, 5, None]),
    ({"type": "string", "minLength": 6, "maxLength": 8}, ["textxx", "textxxxx"]),
    ({"type": "string", "pattern": "^[0-9]{3}$"}, ["123"]),
    ({"type": "array", "minItems": 2, "items": {"type": "boolean"}}, [[True, True], [False, False], [True, False]]),
    ({"allOf": [{"properties": {"a": {"const": 1}}}, {"required": ["a"]}]}, [{"a": 1}]),
    ({"oneOf": [{"type": "integer"}, {"type": "number"}]}, [1.5]),
    ({"properties": {"a": {"const": 1, "readOnly": True}}, "required": ["a"]}, [{}]),
    ({"not": {}}, []),
]


@pytest.mark.parametrize(("schema", "expected"), ALLOWED)
def test_instances_are_what_a_schema_allows(schema: dict[str, Any], expected: list[Any]) -> None:
    root = {"openapi": "3.1.0", "components": {"schemas": {"It": schema}}}
    assert Schemas(root, received=False).instances("#/components/schemas/It") == expected


def test_instances_end_where_a_schema_does_not() -> None:
    schema = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/It"}, "a": {"const": 1}}}
    root = {"openapi": "3.0.3", "components": {"schemas": {"It": schema}}}
    found = Schemas(root, received=True).instances("#/components/schemas/It")
    assert {"next": {"next": {"next": {}, "a": 1}, "a": 1}, "a": 1} in found
