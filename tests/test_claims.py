"""Claims: what pages state, in both forms of pages, and both directions of the comparison."""

from __future__ import annotations

import copy
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from clientsmith.claims import claims_files, cross_check
from clientsmith.claims.alignment import blocks_of
from clientsmith.claims.changes import changes_of
from clientsmith.claims.citations import check_citations
from clientsmith.claims.compare import check_claims
from clientsmith.claims.lookup import AllowedValues, Lookup
from clientsmith.claims.model import (
    Claim,
    EnumClaim,
    ErrorCodeClaim,
    FieldClaim,
    OperationClaim,
    SentenceClaim,
    StatusClaim,
)
from clientsmith.claims.origins import check_origins
from clientsmith.claims.pages import claims, statements
from clientsmith.claims.record import RecordError, claims_file, record_text, recorded
from clientsmith.claims.wording import difference_in_words, lines_in_words
from clientsmith.claims.words import normalised
from clientsmith.diagnostics import Diagnostic, Location, Report, Severity
from clientsmith.ir import Operation
from clientsmith.load.document import Document
from clientsmith.load.load import LoadRequest, SourceFile, load
from clientsmith.load.marks import Marks, without_marks
from clientsmith.load.tree import is_array
from clientsmith.parse import parse

PROSE = """Get a task
GET /v1/tasks/{task_id}Response fields
| Field | Type | Description |
|---|---|---|
id | string | The id |
done_at | string | null | When it was done |
cost | number | What it cost |
`parts` | array | Its parts |
parts[].error.code | string | Why it failed |
Task statuses
waiting Task received and queued working Task is running finished result there broken Task failed — see error Result
When status is finished, there is a result.
| Code | HTTP | Description |
|---|---|---|
NO_KEY | 401 | The key is missing |
NO_TASK | 404 | No such task
"""

RENDERED = """Task Status
GET/v1/tasks/:taskId
Responses
- 200
- 404
- 500
The task
- application/json
- Schema
Possible values: [waiting
, finished
]
{
"state": "finished",
"size": 2,
"gone": null,
"parts": [
{
"ok": true
}
],
"error": {
"message": "Failed"
}
}
No such task
- application/json
Possible values: [no_task
]
{
"why": "no_task"
}
Our fault
"""

DOCUMENT = """
openapi: 3.1.0
paths:
  /v1/tasks/{task_id}:
    get:
      operationId: getTask
      responses:
        '200': {content: {application/json: {schema: {$ref: '#/components/schemas/Task'}}}}
        '401': {$ref: '#/components/responses/Refused'}
        '404': {$ref: '#/components/responses/Refused'}
components:
  schemas:
    Task:
      allOf:
        - {properties: {id: {type: string}, cost: {type: number}}}
        - properties:
            status: {$ref: '#/components/schemas/Status'}
            done_at: {anyOf: [{type: string}, {type: 'null'}]}
            parts: {type: array, items: {$ref: '#/components/schemas/Part'}}
    Part: {type: object, properties: {error: {type: [object, 'null'], properties: {code: {type: string}}}}}
    Status: {enum: [waiting, working, finished, broken]}
  responses:
    Refused:
      content: {application/json: {schema: {properties: {code: {enum: [NO_KEY, NO_TASK]}}}}}
"""


def document(text: str = DOCUMENT) -> Document:
    return Document(
        root=yaml.safe_load(text),
        version=(3, 1),
        place=lambda address: Location("api.yaml", address.partition("#")[2]),
        locate=lambda places: {},
    )


def edited(pointer: str, value: Any = None) -> Document:
    """The document with another value at a place; None takes it out."""
    found = document()
    *above, last = pointer.split(" ")
    target: Any = found.root
    for token in above:
        target = target[int(token) if is_array(target) else token]
    place: Any = int(last) if is_array(target) else last
    if value is None:
        del target[place]
    else:
        target[place] = yaml.safe_load(value)
    return found


def checked(found: Document, page: str = PROSE) -> list[Diagnostic]:
    report = Report()
    check_claims(claims(page, "pages/task.md"), parse(found, Report()), report, place=found.place)
    return report.diagnostics


def facts(page: str) -> list[tuple[Any, ...]]:
    """Claims without what every claim of a page shares."""
    rows: list[tuple[Any, ...]] = []
    for claim in claims(page, "p"):
        match claim:
            case OperationClaim():
                rows.append(("operation", claim.method, claim.path))
            case FieldClaim():
                rows.append(("field", claim.path, claim.types, claim.nullable, claim.form, claim.status))
            case EnumClaim():
                rows.append(("enum", claim.field, claim.value, claim.status))
            case StatusClaim():
                rows.append(("status", claim.status))
            case ErrorCodeClaim():
                rows.append(("error", claim.code, claim.status))
            case SentenceClaim():
                rows.append(("sentence", claim.topic, claim.words, claim.subject))
    return rows


class TestPages:
    def test_prose_with_tables(self) -> None:
        assert facts(PROSE) == [
            ("operation", "get", "/v1/tasks/{task_id}"),
            ("field", "id", ("string",), False, "table", ""),
            ("field", "done_at", ("string",), True, "table", ""),
            ("field", "cost", ("number",), False, "table", ""),
            ("field", "parts", ("array",), False, "table", ""),
            ("field", "parts[].error.code", ("string",), False, "table", ""),
            ("enum", "status", "waiting", ""),
            ("enum", "status", "working", ""),
            ("enum", "status", "finished", ""),
            ("enum", "status", "broken", ""),
            ("error", "NO_KEY", "401"),
            ("error", "NO_TASK", "404"),
        ]

    def test_rendered_reference(self) -> None:
        assert facts(RENDERED) == [
            ("operation", "get", "/v1/tasks/{taskId}"),
            ("status", "200"),
            ("status", "404"),
            ("status", "500"),
            ("enum", "state", "waiting", "200"),
            ("enum", "state", "finished", "200"),
            ("field", "state", ("string",), None, "example", "200"),
            ("field", "size", ("integer",), None, "example", "200"),
            ("field", "gone", (), None, "example", "200"),
            ("field", "parts", ("array",), None, "example", "200"),
            ("field", "parts[].ok", ("boolean",), None, "example", "200"),
            ("field", "error", ("object",), None, "example", "200"),
            ("field", "error.message", ("string",), None, "example", "200"),
            ("enum", "why", "no_task", "404"),
            ("field", "why", ("string",), None, "example", "404"),
        ]

    def test_claims_know_their_page_line_and_operation(self) -> None:
        found = claims(PROSE, "pages/task.md")
        assert [claim.location.line for claim in found] == [2, 5, 6, 7, 8, 9, 11, 11, 11, 11, 15, 16]
        assert found[1].location == Location("pages/task.md", "", 5, 1)
        assert all(not isinstance(claim, FieldClaim) or claim.operation == "get /v1/tasks/{task_id}" for claim in found)

    @pytest.mark.parametrize(
        ("line", "path"),
        [
            ("GET /v1/jobs/{job_id}Response fields", "/v1/jobs/{job_id}"),
            ("GET/v1/jobs/:jobId", "/v1/jobs/{jobId}"),
            ("`GET /v1/jobs`", "/v1/jobs"),
            ("## GET https://api.example.com/v1/jobs", "/v1/jobs"),
            ("- GET /files/{name}.{extension} returns a file", "/files/{name}.{extension}"),
            ("GET /jobs/{id}:cancel", "/jobs/{id}:cancel"),
            ("GET /v1/jobs.", "/v1/jobs"),
            ("GET /v1/jobs/", "/v1/jobs"),
            ("POST /v1/jobs/<uuid>", "/v1/jobs/{uuid}"),
            ("**Endpoint:** GET /v1/jobs/:id/parts", "/v1/jobs/{id}/parts"),
            ("- **URL**: `GET https://api.example.com/v1/jobs?limit=10`", "/v1/jobs"),
            ("**get** `/v1/jobs/{{ id }}`", "/v1/jobs/{id}"),
            ("Send a `GET` request to `/v1/jobs`.", "/v1/jobs"),
            ("| Endpoint | Use |\n|---|---|\n| `GET /v1/jobs` | all |", "/v1/jobs"),
            ("| Method | Path |\n|---|---|\n| GET | /v1/jobs |", "/v1/jobs"),
        ],
    )
    def test_operations(self, line: str, path: str) -> None:
        method = line.lower().partition("post")[1] or "get"
        assert [fact for fact in facts(line) if fact[0] != "sentence"] == [("operation", method, path)]

    @pytest.mark.parametrize("line", ["Use GET to read", "To read, call GET /v1/jobs", "TARGET /v1/jobs", "GET"])
    def test_no_operations(self, line: str) -> None:
        assert facts(line) == []

    @pytest.mark.parametrize(
        ("row", "types", "nullable"),
        [
            ("| a | string | text |", ("string",), False),
            ("a | integer | null | text with words", ("integer",), True),
            ("a | string or null | text", ("string",), True),
            ("a | string[] | text", ("array",), False),
            ("a | array of strings | text", ("array",), False),
            ("a | `string \\| null` | text", ("string",), True),
            ("a | enum | text", (), None),
            ("a | string | one | or the other", ("string",), False),
            ("a | string", ("string",), False),
            ("| `a` | **boolean** | |", ("boolean",), False),
        ],
    )
    def test_rows(self, row: str, types: tuple[str, ...], nullable: bool | None) -> None:
        assert facts(f"| Field | Type | Description |\n|:--|---|--:|\n{row}\n") == [
            ("field", "a", types, nullable, "table", "")
        ]

    def test_a_table_ends_where_rows_end(self) -> None:
        page = "| Name | Type |\n|---|---|\na | string |\nno row\nb | string |\n"
        assert [fact[1] for fact in facts(page)] == ["a"]

    def test_tables_of_something_else(self) -> None:
        assert facts("| Plan | Price |\n|---|---|\nfree | 0 |\n") == []

    def test_tables_of_statuses(self) -> None:
        page = "| Status | Meaning |\n|---|---|\n200 | fine |\n4xx | no |\n"
        assert facts(page) == [("status", "200"), ("status", "4XX")]

    @pytest.mark.parametrize(
        "text",
        [
            "## Job statuses\n\n- `queued`: waits\n- `done`: is done\n\nMore",
            "Job status values\nqueued - waits\ndone - is done\nMore text",
            "Statuses\n* **queued** — waits\n* **done** — is done",
        ],
    )
    def test_lists_of_values(self, text: str) -> None:
        assert facts(text) == [("enum", "status", "queued", ""), ("enum", "status", "done", "")]

    @pytest.mark.parametrize(
        ("item", "path", "types", "required", "default"),
        [
            ("* `name` - (optional) what it is called", "name", (), False, ""),
            ("- name (string, required): what it is called", "name", ("string",), True, ""),
            ("- **name** *string* - what it is called. Defaults to `a`.", "name", ("string",), None, "a"),
            ("- `name`: Required. What it is called", "name", (), True, ""),
            ("name (string, optional) \u2014 what it is called, default is `a`", "name", ("string",), False, "a"),
            ("- `name` (string): `a` (default) or `b`", "name", ("string",), None, "a"),
            ("**name** string *required*\nWhat it is called", "name", ("string",), True, ""),
            ("- `name: Optional[List[str]]`\n\n  What it is called", "name", ("array",), False, ""),
            ("name\n: string, optional. What it is called (default: `a`)", "name", ("string",), False, "a"),
            ("<dl><dt>name</dt><dd>string. What it is called</dd></dl>", "name", ("string",), None, ""),
        ],
    )
    def test_lists_of_fields(
        self, item: str, path: str, types: tuple[str, ...], required: bool | None, default: str
    ) -> None:
        made = [one for one in claims(f"# A\n\n## Body\n\n{item}\n", "p") if isinstance(one, FieldClaim)]
        assert [(one.path, one.types, one.required, one.default, one.role) for one in made] == [
            (path, types, required, default, "request")
        ]

    def test_lists_in_lists(self) -> None:
        items = "- `parts` (array)\n  - `url` (string)\n- `mode: str` one of:\n  - `fast`: now\n  - `slow`: later\n"
        page = f"# A\n\n## Body\n\n{items}"
        assert [fact[1:3] for fact in facts(page)] == [
            ("parts", ("array",)),
            ("parts[].url", ("string",)),
            ("mode", ("string",)),
            ("mode", "fast"),
            ("mode", "slow"),
        ]

    def test_a_section_of_one_field(self) -> None:
        items = "- **Type**: `string`\n- **Required**: No\n- **Options**:\n  - `s`: small\n  - `l`: large\n"
        page = f"# A\n\n## Body\n\n### size\n\n{items}"
        found = [(one.path, one.types, one.required) for one in claims(page, "p") if isinstance(one, FieldClaim)]
        assert found == [("size", ("string",), None), ("size", (), False)]
        assert [fact[1:] for fact in facts(page) if fact[0] == "enum"] == [("size", "s", ""), ("size", "l", "")]

    @pytest.mark.parametrize(
        ("sentence", "stated"),
        [
            ("The base URL is https://api.acme.example/v1.", ("server", "https://api.acme.example/v1", "")),
            ("Send the key as `Authorization: Bearer KEY`.", ("authentication", "Authorization: Bearer", "")),
            ("Put your key into the `X-Api-Key` header.", ("authentication", "header X-Api-Key", "")),
            ("You may send 1,000 requests per minute.", ("rate-limit", "1000 requests per minute", "")),
            ("Links are valid for seven days.", ("limit", "seven days", "")),
            ("Give a number between 1 and 50.", ("limit", "between 1 and 50", "")),
            ("This endpoint is deprecated and goes on 2027-01-31.", ("deprecation", "deprecated, 2027-01-31", "")),
            ("The old API will be removed.", ("deprecation", "something deprecated", "")),
        ],
    )
    def test_sentences(self, sentence: str, stated: tuple[str, ...]) -> None:
        assert facts(f"# A\n\nSome words. {sentence} More words.\n") == [("sentence", *stated)]

    @pytest.mark.parametrize(
        "sentence",
        [
            "We have 300 customers.",
            "Read https://acme.example/blog for news.",
            "It was founded in 2019.",
            "See `a` or `b` for more.",
            "One of the plans is free.",
            "The default is fine.",
        ],
    )
    def test_sentences_that_state_nothing(self, sentence: str) -> None:
        assert facts(f"# A\n\nSome words. {sentence} More words.\n") == []

    def test_headings_of_their_own_are_about_all_operations(self) -> None:
        errors = "| Status | Meaning |\n|---|---|\n| 404 | gone |\n"
        operations = "## A\n\n`GET /a`\n\n## B\n\n`GET /b`\n\n### Response\n\nReturns `200`.\n\n"
        page = f"# T\n\n{operations}## Errors\n\n{errors}"
        assert [(one.status, one.operation) for one in claims(page, "p") if isinstance(one, StatusClaim)] == [
            ("200", "get /b"),
            ("404", ""),
        ]
        text = "paths: {/a: {get: {responses: {'200': {}, '404': {}}}}, /b: {get: {responses: {'200': {}}}}}"
        assert checked(document(text), page) == []

    def test_calls_of_curl(self) -> None:
        page = """# T

```bash
curl -X PATCH 'https://api.acme.example/v1/jobs/42' \\
  -H "X-Api-Key: $KEY" \\
  -d '{
    "size": 2
  }'
```
"""
        assert facts(page) == [
            ("operation", "patch", "/v1/jobs/42"),
            ("sentence", "server", "https://api.acme.example", ""),
            ("sentence", "authentication", "header X-Api-Key", ""),
            ("field", "size", ("integer",), None, "example", ""),
        ]

    def test_a_call_of_an_operation_that_the_page_names_gives_the_server_only(self) -> None:
        page = "# T\n\n`GET /v1/jobs/{id}`\n\n```\ncurl https://api.acme.example/v1/jobs/42\n```\n"
        assert facts(page) == [
            ("operation", "get", "/v1/jobs/{id}"),
            ("sentence", "server", "https://api.acme.example", ""),
        ]

    def test_statuses_without_bodies_anywhere(self) -> None:
        page = "Responses\n- 204\n- 404\nDone\nNot there\n- application/json\nPossible values: [gone\n]\n"
        assert facts(page) == [("status", "204"), ("status", "404"), ("enum", "", "gone", "404")]

    def test_statuses_at_the_end_of_the_page(self) -> None:
        assert facts("Responses\n- 204\n") == [("status", "204")]

    def test_when_blocks_and_statuses_do_not_match_the_status_is_left_open(self) -> None:
        page = "Responses\n- 200\n- 404\nTwo\nlines\n- application/json\nPossible values: [a\n]\n{\n}\nNot there\n"
        assert facts(page)[-1] == ("enum", "", "a", "")

    def test_an_answer_may_be_a_list(self) -> None:
        page = 'Responses\n- 200\nAll\n- application/json\n[\n{\n"id": 1.5\n}\n]\n'
        assert facts(page)[-1] == ("field", "[].id", ("number",), None, "example", "200")

    def test_an_example_that_is_no_json_says_nothing(self) -> None:
        assert facts("Responses\n- 200\nText\n- application/json\n{\n...\n}\n") == [("status", "200")]


    @pytest.mark.parametrize(
        "unit", ["`a`, ", "1 to ", "| ", "{\n", "(", ": ", "Job statuses\na b c D\n", "GET /a{", "default ", "<", "\\"]
    )
    def test_hostile_pages_take_time_in_proportion(self, unit: str) -> None:
        text = f"`name` (string) {unit * (40_000 // len(unit))}"
        start = time.perf_counter()
        statements(f"# T\n\n- {text}\n\n| Name | Type |\n|---|---|\n| a | {text} |\n\n{text}", "p")
        # A tenth of it, as a rule; what grows with the square of the text would take minutes.
        assert time.perf_counter() - start < 20


class TestAgainstTheDocument:
    def test_what_agrees_gives_no_diagnostics(self) -> None:
        assert checked(document()) == []

    @pytest.mark.parametrize(
        ("pointer", "value", "message", "line", "there"),
        [
            (
                "paths",
                "{}",
                "the page documents the operation GET /v1/tasks/{task_id}, which is not in the document",
                2,
                "/paths",
            ),
            (
                "components schemas Task allOf 0 properties cost",
                None,
                "the page documents the field 'cost' of GET /v1/tasks/{task_id}, which is not in the document",
                7,
                "/paths/~1v1~1tasks~1{task_id}/get/responses/200/content/application~1json/schema",
            ),
            (
                "components schemas Part properties error properties code",
                None,
                "the page documents the field 'parts[].error.code' of GET /v1/tasks/{task_id}, "
                "which is not in the document",
                9,
                "/paths/~1v1~1tasks~1{task_id}/get/responses/200/content/application~1json/schema",
            ),
            (
                "components schemas Status enum 3",
                None,
                "the page documents the value 'broken' of 'status', which is not in the document",
                11,
                "/components/schemas/Status/enum",
            ),
            (
                "paths /v1/tasks/{task_id} get responses 404",
                None,
                "the page documents the error NO_TASK with the status 404 of GET /v1/tasks/{task_id}, "
                "which is not in the document",
                16,
                "/paths/~1v1~1tasks~1{task_id}/get/responses",
            ),
            (
                "components responses Refused content application/json schema properties code enum 1",
                None,
                "the page documents the error code 'NO_TASK', which is not in the document",
                16,
                "/components/responses/Refused/content/application~1json/schema/properties/code/enum",
            ),
        ],
        ids=["operation", "field", "nested-field", "value", "status", "error-code"],
    )
    def test_claim_missing(self, pointer: str, value: str | None, message: str, line: int, there: str) -> None:
        found = checked(edited(pointer, value))
        assert [(one.slug, one.message) for one in found] == [("claim-missing", message)]
        assert found[0].severity is Severity.WARNING
        assert found[0].location == Location("pages/task.md", "", line, 1)
        assert found[0].also == (("searched here", Location("api.yaml", there)),)

    @pytest.mark.parametrize(
        ("pointer", "value", "message", "line", "there"),
        [
            (
                "components schemas Task allOf 0 properties cost type",
                "integer",
                "'cost' is number on the page, integer in the document",
                7,
                "/components/schemas/Task/allOf/0/properties/cost",
            ),
            (
                "components schemas Task allOf 0 properties cost type",
                None,
                "'cost' is number on the page, any type in the document",
                7,
                "/components/schemas/Task/allOf/0/properties/cost",
            ),
            (
                "components schemas Task allOf 1 properties done_at anyOf 1",
                None,
                "'done_at' is null or string on the page, string in the document",
                6,
                "/components/schemas/Task/allOf/1/properties/done_at",
            ),
            (
                "components schemas Task allOf 0 properties id type",
                "[string, 'null']",
                "'id' is string on the page, null or string in the document",
                5,
                "/components/schemas/Task/allOf/0/properties/id",
            ),
        ],
        ids=["type", "no-type", "page-nullable", "document-nullable"],
    )
    def test_claim_conflict(self, pointer: str, value: str | None, message: str, line: int, there: str) -> None:
        found = checked(edited(pointer, value))
        assert [(one.slug, one.message) for one in found] == [("claim-conflict", message)]
        assert found[0].location == Location("pages/task.md", "", line, 1)
        assert found[0].also == (("in the document", Location("api.yaml", there)),)

    def test_parameters_with_other_names_are_a_conflict_and_the_rest_is_compared(self) -> None:
        other = document(DOCUMENT.replace("{task_id}", "{id}"))
        found = checked(other)
        assert [one.message for one in found] == [
            "the page documents GET /v1/tasks/{task_id}, the document has GET /v1/tasks/{id}"
        ]
        assert found[0].also == (("in the document", Location("api.yaml", "/paths/~1v1~1tasks~1{id}/get")),)

    def test_paths_of_a_page_may_begin_with_the_server_s(self) -> None:
        found = document(DOCUMENT.replace("/v1/tasks", "/tasks"))
        assert [one.slug for one in checked(found)] == ["claim-conflict"]
        found.root["servers"] = [{"url": "https://api.example.com/v1/"}]
        assert checked(found) == []

    def test_a_table_may_describe_a_part_of_the_answer(self) -> None:
        page = "GET /v1/tasks/{task_id}\n| Field | Type |\n|---|---|\nerror | object | null |\nerror.code | number |\n"
        assert [one.message for one in checked(document(), page)] == [
            "'error.code' is number on the page, string in the document"
        ]

    def test_a_table_may_describe_parameters_and_request_bodies(self) -> None:
        page = "POST /x\n| Name | Type |\n|---|---|\nq | string |\n\n| Field | Type |\n|---|---|\nb | string |\n"
        text = """
        paths:
          /x:
            parameters: [{$ref: '#/components/parameters/Q'}]
            post: {requestBody: {content: {json: {schema: {properties: {b: {type: integer}}}}}}}
        components: {parameters: {Q: {name: q, in: query, schema: {type: integer}}}}
        """
        assert [(one.message, one.also[0][1].pointer) for one in checked(document(text), page)] == [
            ("'q' is string on the page, integer in the document", "/components/parameters/Q/schema"),
            (
                "'b' is string on the page, integer in the document",
                "/paths/~1x/post/requestBody/content/json/schema/properties/b",
            ),
        ]

    @pytest.mark.parametrize("line", ["GET /v1/tasks/42", "GET https://api.example.com/v1/tasks/42/"])
    def test_a_path_with_a_value_in_place_of_a_parameter(self, line: str) -> None:
        page = f"{line}\n| Field | Type |\n|---|---|\nid | integer |\n"
        found = checked(document(), page)
        assert [one.message for one in found] == ["'id' is integer on the page, string in the document"]

    def test_a_template_without_parameters_is_preferred(self) -> None:
        text = "paths: {'/tasks/{id}': {get: {}}, /tasks/all: {get: {responses: {'200': {}}}}}"
        assert checked(document(text), "GET /tasks/all\nResponses\n- 200\n") == []

    def test_a_slash_at_the_end_of_a_path_does_not_count(self) -> None:
        assert checked(document("paths: {/tasks/: {get: {}}}"), "GET /tasks\n\nGET /tasks/\n") == []

    def test_headers_that_the_client_writes_are_parameters(self) -> None:
        names = ("Idempotency-Key", "Authorization", "content-type", "X-Other")
        rows = "".join(f"{name} | string |\n" for name in names)
        text = """
        paths:
          /x:
            get:
              parameters: [{name: Idempotency-Key, in: header, schema: {type: string}}]
              security: [{key: []}]
        components: {securitySchemes: {key: {type: http, scheme: bearer}}}
        """
        assert [one.message for one in checked(document(text), f"GET /x\n| Name | Type |\n|---|---|\n{rows}")] == [
            "the page documents the field 'X-Other' of GET /x, which is not in the document"
        ]

    def test_values_of_a_boolean(self) -> None:
        values = "Possible values: [true\n, maybe\n]\n{\n\"a\": true\n}\n"
        page = f"GET /x\nResponses\n- 200\nText\n- application/json\n{values}"
        schema = "{properties: {a: {type: boolean}}}"
        text = f"paths: {{/x: {{get: {{responses: {{'200': {{content: {{json: {{schema: {schema}}}}}}}}}}}}}}}"
        assert [one.message for one in checked(document(text), page)] == [
            "the page documents the value 'maybe' of 'a', which is not in the document"
        ]

    UNION = """
    paths:
      /x:
        get: {responses: {'200': {content: {application/json: {schema: {oneOf: [
          {type: object, properties: {status: {const: open}, size: {type: integer}}},
          {type: object, properties: {status: {const: closed}, next: {$ref: '#/components/schemas/Next'}}}]}}}}}}
    components: {schemas: {Next: {type: array, items: {oneOf: [{type: string}, {$ref: '#/components/schemas/Next'}]}}}}
    """

    def test_members_of_a_union_are_searched(self) -> None:
        rows = "size | integer |\nnext | array |\nother | string |\n"
        page = f"GET /x\n| Field | Type |\n|---|---|\n{rows}\nStatuses\n- open: a\n- closed: b\n"
        assert [one.message for one in checked(document(self.UNION), page)] == [
            "the page documents the field 'other' of GET /x, which is not in the document"
        ]

    def test_listed_integers_are_numbers(self) -> None:
        page = "GET /x\n| Name | Type |\n|---|---|\nscale | number |\n"
        text = "paths: {/x: {get: {parameters: [{name: scale, in: query, schema: {type: number, enum: [2, 4]}}]}}}"
        assert checked(document(text), page) == []
        assert checked(document(text.replace(", enum: [2, 4]", "").replace("number", "integer")), page) != []

    def test_a_page_that_names_no_operation_is_compared_with_all(self) -> None:
        found = checked(document(), "| Field | Type |\n|---|---|\nid | string |\nb | string |\n")
        assert [(one.slug, one.message, one.location.line) for one in found] == [
            ("claim-missing", "the page documents the field 'b', which is not in the document", 4)
        ]

    def test_recursive_schemas_end(self) -> None:
        found = edited(
            "components schemas Part properties error properties code", "{$ref: '#/components/schemas/Part'}"
        )
        assert [one.slug for one in checked(found)] == ["claim-conflict"]

    def test_references_that_lead_nowhere_are_no_crash(self) -> None:
        found = edited("components schemas Task", "{$ref: '#/components/schemas/Gone'}")
        assert {one.slug for one in checked(found)} == {"claim-missing"}

    RENDERED_DOCUMENT = """
    paths:
      /v1/tasks/{taskId}:
        get:
          responses:
            '200':
              content:
                application/json:
                  schema:
                    properties:
                      state: {enum: [waiting, finished]}
                      size: {type: number}
                      gone: {}
                      parts: {type: array, items: {properties: {ok: {type: boolean}}}}
                      error: {properties: {message: {type: string}}}
            4XX: {content: {application/json: {schema: {properties: {why: {enum: [no_task]}}}}}}
            default: {}
    """

    def test_a_rendered_page_agrees(self) -> None:
        assert checked(document(self.RENDERED_DOCUMENT), RENDERED) == []

    @pytest.mark.parametrize(
        ("old", "new", "slug", "message", "line"),
        [
            ("default: {}", "", "claim-missing", "the page documents the status 500 of GET /v1/tasks/{taskId}", 6),
            ("waiting, ", "", "claim-missing", "the page documents the value 'waiting' of 'state'", 10),
            ("no_task", "gone", "claim-missing", "the page documents the value 'no_task' of 'why'", 28),
            ("size:", "length:", "claim-missing", "the page's example has the field 'size'", 15),
            (
                "number",
                "string",
                "claim-conflict",
                "'size' is integer in the page's example, string in the document",
                15,
            ),
            ("message:", "text:", "claim-missing", "the page's example has the field 'error.message'", 23),
        ],
    )
    def test_a_rendered_page_differs(self, old: str, new: str, slug: str, message: str, line: int) -> None:
        found = checked(document(self.RENDERED_DOCUMENT.replace(old, new)), RENDERED)
        whole = f"{message}, which is not in the document" if slug == "claim-missing" else message
        assert [(one.slug, one.message) for one in found] == [(slug, whole)]
        assert found[0].location.line == line


class TestLookup:
    """What the comparison asks an `Api`; references, nullability and unions make no difference."""

    def lookup(self, text: str = DOCUMENT) -> tuple[Lookup, Operation]:
        api = parse(document(text), Report())
        return Lookup(api), api.operations[0]

    @pytest.mark.parametrize(
        ("path", "types", "pointer"),
        [
            ("id", {"string"}, "/components/schemas/Task/allOf/0/properties/id"),
            ("done_at", {"null", "string"}, "/components/schemas/Task/allOf/1/properties/done_at"),
            ("status", {"string"}, "/components/schemas/Task/allOf/1/properties/status"),
            ("parts", {"array"}, "/components/schemas/Task/allOf/1/properties/parts"),
            ("parts[]", {"object"}, "/components/schemas/Task/allOf/1/properties/parts/items"),
            ("parts[].error", {"null", "object"}, "/components/schemas/Part/properties/error"),
            ("parts[].error.code", {"string"}, "/components/schemas/Part/properties/error/properties/code"),
        ],
    )
    def test_fields(self, path: str, types: set[str], pointer: str) -> None:
        lookup, operation = self.lookup()
        response = lookup.response(operation, "200")
        assert response is not None
        (value,) = lookup.response_values(response)
        (field,) = lookup.fields(value, path)
        assert lookup.json_types(field.type) == frozenset(types)
        assert field.address == f"#{pointer}"

    @pytest.mark.parametrize("path", ["gone", "id.gone", "id[]", "parts.error", "parts[][]"])
    def test_fields_that_are_not_there(self, path: str) -> None:
        lookup, operation = self.lookup()
        assert all(lookup.fields(value, path) == [] for value in lookup.values(operation))

    def test_responses(self) -> None:
        lookup, operation = self.lookup(TestAgainstTheDocument.RENDERED_DOCUMENT)
        found = [lookup.response(operation, status) for status in ("200", "404", "500")]
        assert [one and one.status for one in found] == ["200", "4XX", "default"]

    def test_allowed_values(self) -> None:
        lookup, operation = self.lookup()
        found = [allowed for value in lookup.values(operation) for allowed in lookup.allowed_values(value)]
        assert set(found) == {
            AllowedValues(("waiting", "working", "finished", "broken"), "#/components/schemas/Status/enum"),
            AllowedValues(
                ("NO_KEY", "NO_TASK"),
                "#/components/responses/Refused/content/application~1json/schema/properties/code/enum",
            ),
        }


AUTHORED = """
paths:
  /v1/tasks/{task_id}:
    get:
      x-source: {page: pages/task.md, quote: 'GET /v1/tasks/{task_id}'}
      parameters: [{name: task_id, in: path, x-assumed: it names the task, schema: {type: string}}]
      responses:
        '200':
          x-assumed: every answer has a status
          content: {json: {schema: {$ref: '#/components/schemas/Task'}}}
        '404': {content: {json: {schema: {$ref: '#/components/schemas/Error'}}}}
components:
  schemas:
    Task:
      properties:
        id: {type: string, x-source: {page: pages/task.md, section: Response fields, row: id, quote: The id}}
        cost: {type: number}
        status: {$ref: '#/components/schemas/Status', x-source: {page: 'https://example.com/docs'}}
        extra: {type: string, x-assumed: the sandbox answers so}
    Status: {enum: [waiting, paused]}
    Error:
      x-source: {page: 'https://example.com/errors'}
      properties: {detail: {type: string}, code: {enum: [NO_TASK, OTHER]}}
"""


def sources(text: str, *, authored: bool = True, page: str = PROSE) -> list[Diagnostic]:
    report = Report()
    found, marks = without_marks(document(text))
    name = "specs/acme/pages/task.md"
    stated = claims(page, name)
    check_citations(marks, report, place=found.place, pages={name: statements(page, name)}, accepted={})
    api = parse(found, Report())
    check_origins(stated, api, marks, report, place=found.place, authored=lambda address: authored)
    return report.diagnostics


class TestSources:
    def test_everything_has_an_origin(self) -> None:
        assert sources(AUTHORED) == []

    @pytest.mark.parametrize(
        ("old", "new", "message", "pointer"),
        [
            (
                "extra: {type: string, x-assumed: the sandbox answers so}",
                "extra: {type: string}",
                "no page of the provider states the field 'extra'",
                "/components/schemas/Task/properties/extra",
            ),
            (
                "x-assumed: it names the task, ",
                "",
                "no page of the provider states the parameter 'task_id'",
                "/paths/~1v1~1tasks~1{task_id}/get/parameters/0",
            ),
            (
                "x-assumed: every answer has a status",
                "description: d",
                "no page of the provider states the status 200 of GET /v1/tasks/{task_id}",
                "/paths/~1v1~1tasks~1{task_id}/get/responses/200",
            ),
            (
                "x-source: {page: 'https://example.com/docs'}",
                "x-source: {page: pages/task.md, quote: When status is finished}",
                "no page of the provider states the value 'paused'",
                "/components/schemas/Status/enum/1",
            ),
            (
                "x-source: {page: 'https://example.com/errors'}",
                "x-source: {page: pages/task.md, quote: No such task}",
                "no page of the provider states the field 'detail'",
                "/components/schemas/Error/properties/detail",
            ),
        ],
        ids=["field", "parameter", "status", "value", "quote-covers-only-itself"],
    )
    def test_claim_unsourced(self, old: str, new: str, message: str, pointer: str) -> None:
        assert old in AUTHORED
        found = [one for one in sources(AUTHORED.replace(old, new)) if "'OTHER'" not in one.message]
        assert [(one.slug, one.message) for one in found] == [("claim-unsourced", message)]
        assert found[0].severity is Severity.WARNING
        assert found[0].location == Location("api.yaml", pointer)
        assert found[0].hint == (
            "cite the page that states it ('x-source'), or give the reason why it is assumed ('x-assumed')"
        )

    def test_an_operation_without_origin(self) -> None:
        text = "paths: {/v1/other: {get: {responses: {}}}}"
        assert [one.message for one in sources(text)] == [
            "no page of the provider states the operation GET /v1/other"
        ]

    def test_a_claim_is_an_origin(self) -> None:
        assert not sources("paths: {'/v1/tasks/{task_id}': {get: {responses: {'404': {}}}}}")

    def test_what_a_reference_leads_to_is_an_origin(self) -> None:
        text = """
        paths:
          /v1/tasks/{task_id}:
            parameters: [{$ref: '#/components/parameters/Page'}]
            get:
              requestBody:
                content: {application/json: {schema: {properties: {size: {$ref: '#/components/schemas/Size'}}}}}
        components:
          parameters: {Page: {name: page, in: query, schema: {type: string}, x-assumed: that it is there}}
          schemas: {Size: {type: integer, x-assumed: that it is there}}
        """
        assert sources(text) == []
        assert [(one.message, one.location.pointer) for one in sources(text.replace("x-assumed", "x-other"))] == [
            ("no page of the provider states the parameter 'page'", "/components/parameters/Page"),
            (
                "no page of the provider states the field 'size'",
                "/paths/~1v1~1tasks~1{task_id}/get/requestBody/content/application~1json/schema/properties/size",
            ),
        ]

    def test_a_reference_to_a_parameter_is_a_statement(self) -> None:
        text = """
        info: {x-assumed: the title}
        paths:
          /v1/tasks/{task_id}: {get: {parameters: [{$ref: '#/components/parameters/Page'}]}}
        components: {parameters: {Page: {name: page, in: query, schema: {type: string}}}}
        """
        assert [one.location.pointer for one in sources(text)] == ["/paths/~1v1~1tasks~1{task_id}/get/parameters/0"]

    def test_each_constant_of_a_list_may_have_its_origin(self) -> None:
        values = "oneOf: [{const: waiting}, {const: paused, x-assumed: seen once}, {const: gone}]"
        text = AUTHORED.replace("enum: [waiting, paused]", values)
        text = text.replace("x-source: {page: 'https://example.com/docs'}", "x-assumed: a")
        assert [one.message for one in sources(text)] == ["no page of the provider states the value 'gone'"]

    def test_a_mark_covers_what_is_below_it(self) -> None:
        text = "paths: {/v1/other: {x-source: {page: 'https://example.com'}, get: {responses: {'200': {}}}}}"
        assert sources(text) == []
        assert len(sources(text.replace("com'", "com', quote: q"))) == 2

    def test_a_quote_that_changed_names_the_line_of_the_page(self) -> None:
        found = sources("info: {x-source: {page: pages/task.md, quote: 'NO_TASK | 404 | No task'}}\npaths: {}")
        place = Location("specs/acme/pages/task.md", "", 16, 1)
        assert [one.also for one in found] == [(("the most similar line", place),)]

    def test_what_was_not_written_by_hand_needs_none(self) -> None:
        assert not sources("paths: {/v1/other: {get: {responses: {}}}}", authored=False)

    def test_recursive_schemas_end(self) -> None:
        text = AUTHORED.replace("extra: {type: string,", "extra: {$ref: '#/components/schemas/Task',")
        assert sources(text) == []

    @pytest.mark.parametrize(
        ("source", "message"),
        [
            ("{page: pages/task.md, quote: Invented}", "the quote 'Invented' is not on 'pages/task.md'"),
            ("{page: pages/gone.md}", "'x-source' cites 'pages/gone.md', which is not a page of the provider"),
            ("{page: pages/task.md, section: Gone, row: id}", "'pages/task.md' has no section 'Gone'"),
            (
                "{page: pages/task.md, section: Response fields, row: gone}",
                "no table or list of the section 'Response fields' of 'pages/task.md' has a row 'gone'",
            ),
            (
                "{page: pages/task.md, section: Response fields, row: NO_KEY}",
                "no table or list of the section 'Response fields' of 'pages/task.md' has a row 'NO_KEY'",
            ),
            ("{page: pages/task.md, row: gone}", "no table or list of 'pages/task.md' has a row 'gone'"),
            (
                "{page: pages/task.md, section: Response fields, row: id, quote: When it was done}",
                "the quote 'When it was done' is not in the row 'id' of the section 'Response fields' of "
                "'pages/task.md'",
            ),
            (
                "{page: pages/task.md, section: Task statuses, quote: The key is missing}",
                "the quote 'The key is missing' is not in the section 'Task statuses' of 'pages/task.md'",
            ),
        ],
    )
    def test_sources_that_are_not_so(self, source: str, message: str) -> None:
        found = sources(f"info: {{x-source: {source}}}\npaths: {{}}")
        assert [(one.slug, one.message) for one in found] == [("claim-conflict", message)]
        assert found[0].location == Location("api.yaml", "/info/x-source")

    @pytest.mark.parametrize(
        ("source", "message", "hint"),
        [
            (
                "{quote: The id}",
                "'x-source' has no 'page'",
                "its keys are page, section, row, quote; see docs/prose.md",
            ),
            (
                "5",
                "'x-source' must be a page or a mapping, and not a number",
                "its keys are page, section, row, quote; see docs/prose.md",
            ),
            ("{page: pages/task.md, qoute: a}", "'x-source' has the unknown key 'qoute'", "did you mean 'quote'?"),
            (
                "{page: pages/task.md, line: 36}",
                "'x-source' has the unknown key 'line'",
                "its keys are page, section, row, quote; see docs/prose.md",
            ),
            (
                "{page: pages/task.md, quote: 36}",
                "'quote' of 'x-source' must be a text, and not a number",
                "its keys are page, section, row, quote; see docs/prose.md",
            ),
            (
                "{page: pages/task.md, quote: ''}",
                "'quote' of 'x-source' must be a text, and not empty",
                "its keys are page, section, row, quote; see docs/prose.md",
            ),
        ],
    )
    def test_the_form_of_a_source(self, source: str, message: str, hint: str) -> None:
        found = sources(f"info: {{x-source: {source}}}\npaths: {{}}")
        assert [(one.slug, one.message, one.hint) for one in found] == [("source-invalid", message, hint)]
        assert found[0].severity is Severity.ERROR
        assert found[0].location == Location("api.yaml", "/info/x-source")

    @pytest.mark.parametrize("reason", ["''", "'  '", "null", "true", "[a]"])
    def test_an_assumption_states_a_reason(self, reason: str) -> None:
        found = sources(f"info: {{x-assumed: {reason}}}\npaths: {{}}")
        assert [(one.slug, one.location.pointer) for one in found] == [("source-invalid", "/info/x-assumed")]

    def test_a_quote_of_several_sections_says_which(self) -> None:
        page = "# A\n\n## B\n\nKept for a week.\n\n## C\n\nKept for a week.\n"
        text = "info: {x-source: {page: pages/task.md, quote: Kept for a week.}}\npaths: {}"
        assert [one.message for one in sources(text, page=page)] == [
            "the quote 'Kept for a week.' is in several sections of 'pages/task.md' ('B', 'C'): cite the section too"
        ]
        assert sources(text.replace("quote", "section: C, quote"), page=page) == []

    @pytest.mark.parametrize(
        "source",
        [
            "{page: pages/task.md, section: Result, row: NO_KEY, quote: The key is missing}",
            "{page: pages/task.md, section: Task statuses, quote: broken Task failed - see error}",
            "{page: pages/task.md, section: Task statuses, row: broken}",
            '{page: specs/acme/pages/task.md, quote: "When  status\\n is `finished`, there"}',
            "{page: 'https://example.com/x', quote: cannot be compared}",
            "pages/task.md",
        ],
    )
    def test_sources_that_are_so(self, source: str) -> None:
        assert not sources(f"info: {{x-source: {source}}}\npaths: {{}}")

    def test_a_property_called_x_source_is_a_property(self) -> None:
        text = "components: {schemas: {A: {properties: {x-source: {type: string}}, examples: [{x-source: 1}]}}}"
        assert not sources(text)

    def test_typography_does_not_count(self) -> None:
        assert (
            normalised("a\u00a0job\u2019s \u201cstatus\u201d \u2014\n`x` **y**\u2026") == 'a job\'s "status" - x y...'
        )


def stale(before: str, after: str) -> list[tuple[int, str]]:
    """What has changed from one page to another: lines and messages."""
    found = changes_of(statements(before, "p"), statements(after, "p"), after.splitlines())
    return [(one.line, one.message) for one in found.facts]


class TestRecorded:
    PAGE = "# X\nGET /x\n| Field | Type |\n|---|---|\na | string | null |\n"

    def test_the_file(self) -> None:
        text = record_text(statements(self.PAGE, "p"))
        assert text == (
            "[\n"
            '  {"heading": "X", "level": 1},\n'
            '  {"text": "GET /x", "claims": [{"claim": "operation", "method": "get", "path": "/x"}]},\n'
            '  {"text": "Field | Type"},\n'
            '  {"text": "a | string | null", "claims": [{"claim": "field", "path": "a", "types": ["string"], '
            '"nullable": true, "form": "table", "operation": "get /x"}]}\n'
            "]\n"
        )
        assert record_text(()) == "[]\n"
        assert claims_file("specs/acme/pages/task.rendered.txt") == "specs/acme/pages/task.rendered.claims.json"

    def test_what_is_written_is_read_again(self) -> None:
        for page in (self.PAGE, PROSE, RENDERED, "Send the `X-Key` header. 60 requests per minute. Deprecated."):
            stated = statements(page, "p")
            again = recorded(record_text(stated), "p.claims.json")
            assert [(one.text, one.level, one.claims) for one in again] == [
                (one.text, one.level, one.claims) for one in stated
            ]
            assert [one.line for one in again] == [index + 2 for index in range(len(stated))]
            assert record_text(again) == record_text(stated)

    def test_sections_are_those_of_the_headings(self) -> None:
        page = "# A\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n\nd\n"
        stated = statements(page, "p")
        assert {one.text: one.sections for one in stated if not one.level} == {
            "b": ("A", "B"),
            "c": ("A", "B", "C"),
            "d": ("A", "D"),
        }
        assert [one.sections for one in recorded(record_text(stated), "p")] == [one.sections for one in stated]

    @pytest.mark.parametrize(
        "text",
        [
            "{",
            "{}",
            "[1]",
            '[{"claim": "operation", "method": "get", "path": "/x"}]',
            '[{"text": "a", "claims": [{"claim": "other"}]}]',
            '[{"text": "a", "claims": [{"claim": "status", "status": "200", "more": 1}]}]',
            '[{"text": "a", "claims": [{"claim": "status", "status": 200}]}]',
            '[{"text": "a", "claims": [{"claim": "field", "types": 1}]}]',
            "[" * 5000,
        ],
    )
    def test_other_files_are_refused(self, text: str) -> None:
        with pytest.raises(RecordError):
            recorded(text, "p")


class TestChanges:
    @pytest.mark.parametrize(
        ("old", "new", "line", "message"),
        [
            ("cost | number", "cost | string", 7, "'cost' was number, is string now"),
            ("cost | number", "price | number", 7, "the field 'cost' became the field 'price'"),
            ("\nid | string | The id", "", 5, "the field 'id' is gone"),
            ("`parts` |", "size | integer |\n`parts` |", 8, "the field 'size' is new (integer)"),
            ("broken Task", "gone Task", 11, "the value 'broken' of 'status' became the value 'gone' of 'status'"),
            ("| 404 |", "| 410 |", 16, "the error 'NO_TASK' had the status 404, has 410 now"),
        ],
    )
    def test_one_change_is_told_once(self, old: str, new: str, line: int, message: str) -> None:
        assert PROSE.count(old) == 1
        assert stale(PROSE, PROSE.replace(old, new)) == [(line, message)]

    def test_a_path_that_moved_is_one_change(self) -> None:
        page = "".join(
            f"## {path}\n\n`GET /v1/{path}`\n\n| Field | Type |\n|---|---|\n| {path} | string |\n\n" for path in "abc"
        )
        assert stale(page, page.replace("/v1/", "/v2/")) == [
            (
                3,
                "'/v1/' became '/v2/' in the paths of 3 operations: the operation 'GET /v1/a' became "
                "the operation 'GET /v2/a'",
            )
        ]

    def test_an_operation_comes_and_goes_with_all_that_is_said_of_it(self) -> None:
        page = "# T\n\n## A\n\n`GET /a`\n\nReturns `200`.\n"
        more = f"{page}\n## B\n\n`POST /things`\n\n| Name | Type |\n|---|---|\n| x | string |\n\nReturns `201`.\n"
        assert stale(page, more) == [(11, "the operation 'POST /things' is new, with 2 facts")]
        assert [message for _, message in stale(more, page)] == ["the operation 'POST /things' is gone, with 2 facts"]

    def test_a_section_comes_and_goes_whole(self) -> None:
        page = "# T\n\n`GET /a`\n\n## Fields\n\n| Field | Type |\n|---|---|\n| x | string |\n| y | string |\n"
        assert [message for _, message in stale(page, page[: page.index("## Fields")])] == [
            "the section 'Fields' is gone, with 2 facts"
        ]

    def test_what_moves_or_is_said_in_other_words_has_not_changed(self) -> None:
        fields, limits = "## Fields\n\n| Field | Type |\n|---|---|\n| x | string |\n\n", "## Limits\n\n5 MB each.\n\n"
        page, moved = (f"# T\n\n`GET /a`\n\n{''.join(order)}" for order in ((fields, limits), (limits, fields)))
        found = changes_of(statements(page, "p"), statements(moved, "p"), moved.splitlines())
        assert (found.facts, found.rewordings) == ((), ())
        reworded = page.replace("5 MB each", "No more than 5 MB each")
        found = changes_of(statements(page, "p"), statements(reworded, "p"), reworded.splitlines())
        assert found.facts == ()
        assert [(one.first, one.before, one.after) for one in found.rewordings] == [
            (13, "5 MB each.", "No more than 5 MB each.")
        ]

    def test_a_row_that_another_section_has_too_is_missed_where_it_was(self) -> None:
        table = "| Field | Type |\n|---|---|\n| x | string |\n| y | string |\n"
        page = f"# T\n\n`GET /a`\n\n## One\n\n{table}\n## Two\n\n{table}"
        start = page.index("## One")
        less = page[:start] + page[start:].replace("| x | string |\n", "", 1)
        assert stale(page, less) == [(9, "the field 'x' is gone")]

    @pytest.mark.parametrize(
        ("old", "new", "blocks"),
        [
            ("abc", "abc", ["equal a", "equal b", "equal c"]),
            ("abc", "axc", ["equal a", "replace b x", "equal c"]),
            ("abc", "ac", ["equal a", "delete b", "equal c"]),
            ("ac", "abbc", ["equal a", "insert bb", "equal c"]),
            ("abcd", "cdab", ["delete ab", "equal c", "equal d", "insert ab"]),
            ("aab", "aaab", ["equal aa", "insert a", "equal b"]),
            ("", "a", ["insert a"]),
            ("ab", "xyz", ["replace ab xyz"]),
        ],
    )
    def test_two_texts_are_aligned(self, old: str, new: str, blocks: list[str]) -> None:
        found = blocks_of(old, new)
        shown = {"equal": "{0}", "replace": "{0} {1}", "delete": "{0}", "insert": "{1}"}
        assert [
            f"{tag} {shown[tag].format(old[start:end], new[new_start:new_end])}"
            for tag, start, end, new_start, new_end in found
        ] == blocks
        assert "".join(old[start:end] for _, start, end, _, _ in found) == old
        assert "".join(new[start:end] for _, _, _, start, end in found) == new

    def test_a_version_of_many_operations_is_told_in_good_time(self) -> None:
        page = "".join(f"## {at}\n\n`GET /v1/x{at}/{{id}}`\n\nReturns `200`.\n\n" for at in range(300))
        start = time.perf_counter()
        assert len(stale(page, page.replace("/v1/", "/v2/"))) == 1
        # A second, as a rule.
        assert time.perf_counter() - start < 20

    def test_words_beside_a_fact_that_changed_are_told_too(self) -> None:
        after = PROSE.replace("What it cost", "What was paid").replace("When it was done", "When it ended")
        after = after.replace("cost | number", "cost | integer")
        found = changes_of(statements(PROSE, "p"), statements(after, "p"), after.splitlines())
        assert [one.line for one in found.facts] == [7]
        assert [(one.first, one.last) for one in found.rewordings] == [(6, 6)]

    def test_words_that_changed_among_facts_that_came_are_told(self) -> None:
        page = "# T\n\n`GET /a`\n\nWait for it. Returns `200`. It may fail.\n"
        after = "# T\n\n`GET /a`\n\nCall us at once. Returns `201`. Send 2 MB. Or 3 files. It may fail.\n"
        found = changes_of(statements(page, "p"), statements(after, "p"), after.splitlines())
        assert len(found.facts) == 3
        assert [(one.before, one.after) for one in found.rewordings] == [("Wait for it.", "Call us at once.")]

    def test_what_moved_is_no_rewording_beside_one(self) -> None:
        page = "# T\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n"
        after = "# T\n\nTwo.\n\nThree.\n\nFour.\n\nOne.\n\nSix.\n"
        found = changes_of(statements(page, "p"), statements(after, "p"), after.splitlines())
        assert [(one.before, one.after) for one in found.rewordings] == [("Five.", "One. Six.")]

    def test_a_difference_is_shown_with_a_few_words_around_it(self) -> None:
        before = "one two three four five six seven eight nine done ten eleven twelve a b c d e f g"
        assert difference_in_words(before, before.replace("done", "made")) == (
            "was '... six seven eight nine done ten eleven twelve a ...', "
            "is '... six seven eight nine made ten eleven twelve a ...'"
        )
        assert difference_in_words("", "new words") == "is new: 'new words'"
        assert difference_in_words("old words", "") == "is gone: 'old words'"

    def test_places_are_joined(self) -> None:
        assert lines_in_words([(12, 14), (3, 3), (15, 19)]) == "line 3, lines 12 to 19"

    def test_a_page_of_a_thousand_rows_is_compared_in_good_time(self) -> None:
        rows = "".join(f"| f{number} | string |\n" for number in range(3000))
        page = f"`GET /a`\n\n| Field | Type |\n|---|---|\n{rows}"
        assert stale(page, page.replace("| f1500 | string |", "| f1500 | integer |")) == [
            (1505, "'f1500' was string, is integer now")
        ]


class TestTogether:
    def test_all_checks_of_a_provider(self, tmp_path: Path) -> None:
        report = Report()
        found: Document = edited("components schemas Task allOf 0 properties cost type", "string")
        name = "pages/task.md"
        (tmp_path / "pages").mkdir()
        (tmp_path / name).write_text(PROSE, encoding="utf-8")
        for file, accepted in claims_files(tmp_path, "", [name], Report()).items():
            (tmp_path / file).write_text(accepted, encoding="utf-8")
        (tmp_path / name).write_text(PROSE.replace("finished result", "ended result"), encoding="utf-8")
        api = parse(found, Report())
        cross_check(
            api, Marks(), report, place=found.place, root=tmp_path, shown="", pages=[name], authored=["api.yaml"]
        )
        assert sorted({one.slug for one in report.diagnostics}) == ["claim-conflict", "claim-unsourced", "claims-stale"]


class TestStripping:
    def test_only_sources_and_assumptions_go(self) -> None:
        marked = document(AUTHORED)
        root = marked.root
        root["components"]["schemas"]["Kept"] = {
            "properties": {"x-source": {"type": "string", "x-assumed": "that it is text"}},
            "x-other": {"x-source": 1},
            "default": {"x-assumed": 1},
            "examples": [{"x-source": 1}],
        }
        before = copy.deepcopy(root)
        found, marks = without_marks(marked)
        stripped = found.root
        assert root == before
        assert stripped["components"]["schemas"]["Kept"] == {
            "properties": {"x-source": {"type": "string"}},
            "x-other": {"x-source": 1},
            "default": {"x-assumed": 1},
            "examples": [{"x-source": 1}],
        }
        assert stripped["components"]["schemas"]["Task"]["properties"]["extra"] == {"type": "string"}
        assert (
            stripped["paths"]["/v1/tasks/{task_id}"]["get"]["responses"]["404"]
            is (root["paths"]["/v1/tasks/{task_id}"]["get"]["responses"]["404"])
        )
        assert marks.assumptions == (
            ("/components/schemas/Kept/properties/x-source", "that it is text"),
            ("/components/schemas/Task/properties/extra", "the sandbox answers so"),
            ("/paths/~1v1~1tasks~1{task_id}/get/parameters/0", "it names the task"),
            ("/paths/~1v1~1tasks~1{task_id}/get/responses/200", "every answer has a status"),
        )

    def test_a_tree_without_them_is_the_same_tree(self) -> None:
        found = document()
        assert without_marks(found) == (found, Marks())
        assert without_marks(found)[0] is found


def test_claims_are_values() -> None:
    one: Claim = claims("GET /x", "p")[0]
    assert one == claims("GET /x", "p")[0]
    assert hash(one) == hash(claims("GET /x", "p")[0])


class TestOverlays:
    """Facts that only an overlay states have sources too: how a job lives, what may be sent again."""

    PAGE = "# Tasks\n\n`GET /tasks`\n\n## Limits\n\nPoll once in 5 seconds. Tasks are kept for 7 days.\n"
    DOCUMENT = """
openapi: 3.1.0
info: {title: T, version: '1'}
paths: {/tasks: {get: {x-source: page.md, responses: {'200': {description: d}}}}}
"""
    OVERLAY = """
overlay: 1.1.0
info: {title: o, version: '1'}
actions:
  - target: $.paths['/tasks'].get
    x-source: {page: page.md, section: Limits, quote: Poll once in 5 seconds.}
    update: {x-retry: [503]}
  - target: $
    update:
      x-jobs:
        task:
          expires: {job: 7d, x-source: {page: page.md, section: Limits, quote: Tasks are kept for 7 days.}}
"""

    def found(self, root: Path, old: str = "", new: str = "") -> tuple[Document, list[Diagnostic], Marks]:
        assert old in self.OVERLAY
        for name, text in {
            "page.md": self.PAGE,
            "openapi.yaml": self.DOCUMENT,
            "overlay.yaml": self.OVERLAY.replace(old, new),
        }.items():
            (root / name).write_text(text, encoding="utf-8")
        for name, text in claims_files(root, "", ["page.md"], Report()).items():
            (root / name).write_text(text, encoding="utf-8")
        report = Report()
        request = LoadRequest(root, (SourceFile("openapi.yaml", "authored"),), overlays=("overlay.yaml",))
        loaded, marks = without_marks(load(request, report))
        cross_check(
            parse(loaded, Report()), marks, report, place=loaded.place, root=root, shown="", pages=["page.md"],
            authored=["openapi.yaml"],
        )  # fmt: skip
        return loaded, report.diagnostics, marks

    def test_true_sources_are_silent_and_taken_out(self, tmp_path: Path) -> None:
        loaded, found, marks = self.found(tmp_path)
        assert found == []
        assert loaded.root["x-jobs"] == {"task": {"expires": {"job": "7d"}}}
        assert [one.place for one in marks.of_actions] == [Location("overlay.yaml", "/actions/0")]

    @pytest.mark.parametrize(
        ("old", "new", "slug", "message", "pointer"),
        [
            (
                "for 7 days",
                "for 9 days",
                "claim-conflict",
                "the quote 'Tasks are kept for 9 days.' is not in the section 'Limits' of 'page.md'",
                "/actions/1/update/x-jobs/task/expires/x-source",
            ),
            (
                "in 5 seconds",
                "in 9 seconds",
                "claim-conflict",
                "the quote 'Poll once in 9 seconds.' is not in the section 'Limits' of 'page.md'",
                "/actions/0/x-source",
            ),
            (
                "quote: Poll",
                "qoute: Poll",
                "source-invalid",
                "'x-source' has the unknown key 'qoute'",
                "/actions/0/x-source",
            ),
            (
                "job: 7d, ",
                "job: 7d, x-assumed: '', ",
                "source-invalid",
                "'x-assumed' must state a reason, as a text",
                "/actions/1/update/x-jobs/task/expires/x-assumed",
            ),
        ],
    )
    def test_sources_that_are_not_so(
        self, tmp_path: Path, old: str, new: str, slug: str, message: str, pointer: str
    ) -> None:
        _, found, _ = self.found(tmp_path, old, new)
        assert [(one.slug, one.message, one.location) for one in found] == [
            (slug, message, Location("overlay.yaml", pointer))
        ]

    def test_assumptions_of_actions_are_listed(self, tmp_path: Path) -> None:
        update = "    update: {x-retry"
        _, _, marks = self.found(tmp_path, update, f"    x-assumed: nothing is lost\n{update}")
        assert marks.assumptions == (("/$.paths['~1tasks'].get", "nothing is lost"),)


class TestCrossCheck:
    """A provider's folder with a page of prose, its reviewed claims and a document that was written by hand."""

    PAGE = "GET /tasks\n| Field | Type |\n|---|---|\nid | string |\n"
    TEXT = """
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /tasks:
    get:
      x-assumed: that it is a list of one
      responses: {'200': {description: d, x-source: {page: pages/tasks.md, quote: GET /tasks}, content: {json: {schema:
        {properties: {id: {type: string}}}}}}}
"""

    def cross_checked(self, root: Path, page: str = PAGE) -> tuple[Document, Report, tuple[tuple[str, str], ...]]:
        (root / "pages").mkdir(exist_ok=True)
        (root / "pages/tasks.md").write_text(page, encoding="utf-8")
        (root / "openapi.yaml").write_text(self.TEXT, encoding="utf-8")
        report = Report()
        request = LoadRequest(root, (SourceFile("openapi.yaml", "authored"),), shown="specs/acme/")
        found, marks = without_marks(load(request, report))
        checked = cross_check(
            parse(found, Report()),
            marks,
            report,
            place=found.place,
            root=root,
            shown="specs/acme/",
            pages=["pages/tasks.md"],
            authored=["openapi.yaml"],
        )
        found.digests |= checked.digests
        return found, report, marks.assumptions

    def test_claims_are_written_then_compared(self, tmp_path: Path) -> None:
        _, report, _ = self.cross_checked(tmp_path)
        assert [(one.slug, one.location) for one in report.diagnostics] == [
            ("claims-stale", Location("specs/acme/pages/tasks.claims.json"))
        ]
        for name, text in claims_files(tmp_path, "specs/acme/", ["pages/tasks.md"], Report()).items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        found, report, assumptions = self.cross_checked(tmp_path)
        assert report.diagnostics == []
        assert assumptions == (("/paths/~1tasks/get", "that it is a list of one"),)
        assert "x-source" not in str(found.root)
        assert "pages/tasks.claims.json" in found.digests

    def test_diagnostics_name_the_page_and_the_provider_s_file(self, tmp_path: Path) -> None:
        page = self.PAGE.replace("string", "integer").replace("GET /tasks", "GET /tasks.")
        _, report, _ = self.cross_checked(tmp_path, page)
        conflict = next(one for one in report.diagnostics if one.slug == "claim-conflict")
        assert conflict.location == Location("specs/acme/pages/tasks.md", "", 4, 1)
        there = "/paths/~1tasks/get/responses/200/content/json/schema/properties/id"
        assert conflict.also == (("in the document", Location("specs/acme/openapi.yaml", there)),)

    def test_pages_outside_of_the_folder_are_not_read(self, tmp_path: Path) -> None:
        (tmp_path / "secret.md").write_text("GET /secret\n", encoding="utf-8")
        root = tmp_path / "acme"
        (root / "pages").mkdir(parents=True)
        (root / "pages/tasks.claims.json").symlink_to(tmp_path / "secret.md")
        report = Report()
        assert claims_files(root, "", ["../secret.md"], report) == {}
        _, checked, _ = self.cross_checked(root)
        assert [one.slug for one in report.diagnostics] == ["unsafe-path"]
        assert [one.slug for one in checked.diagnostics] == ["unsafe-path", "claims-stale"]

    def test_pages_that_are_not_there_or_no_text(self, tmp_path: Path) -> None:
        (tmp_path / "raw.md").write_bytes(b"\xff\xfe\x00")
        report = Report()
        assert claims_files(tmp_path, "", ["gone.md", "raw.md"], report) == {}
        assert [one.slug for one in report.diagnostics] == ["not-readable", "not-text"]
