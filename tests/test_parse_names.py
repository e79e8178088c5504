"""What declarations could be called: words of the document, from the outside in."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from parsing import document

from clientsmith.ir import NameHint
from clientsmith.parse.names import Names, is_version, operation_words, singular
from clientsmith.parse.reading import is_map

ROOT = """
paths:
  /v1/jobs/{jobId}:
    parameters: [{name: jobId, in: path, schema: {enum: [a]}}]
    get:
      operationId: getJob
      parameters: [{name: status, in: query, schema: {enum: [a]}}]
      responses:
        200: {content: {application/json: {schema: {properties: {items: {items: {properties: {}}}}}}}}
        202: {}
        409: {}
        default: {}
    post:
      x-clientsmith-variants: [{operationId: startOther}]
      callbacks: {done: {'{$request.body#/url}': {post: {}}}}
    patch: {responses: {default: {}}}
webhooks: {jobDone: {post: {}}}
components:
  schemas:
    Job:
      title: Not this one
      properties:
        error: {properties: {error_code: {enum: [a]}}}
        ads: {items: {properties: {}}}
        entries: {items: {}}
        statuses: {items: {}}
        news: {items: {}}
        labels: {additionalProperties: {}}
        data: {additionalProperties: {}}
        job_id: {title: Job Id, properties: {}}
        owner: {title: Account owner, properties: {address: {}}}
        long: {title: This is a title with too many words}
        odd: {title: 'What? Really!'}
        maybe: {anyOf: [{properties: {}}, {type: 'null'}]}
        method: {oneOf: [{properties: {kind: {const: card}}}, {properties: {}}, {$ref: '#/components/schemas/Bank'}]}
        pair: {prefixItems: [{}, {}]}
        open: {anyOf: [{type: string}, {enum: [a]}]}
        by: {oneOf: [{properties: {id: {}, image: {}}}, {properties: {id: {}, text: {}}}, {type: array}, {enum: [a]}]}
      allOf: [{properties: {part: {}}}]
      $defs: {Inner: {properties: {x: {}}}}
      discriminator: {}
    Jobs: {items: {properties: {}}}
  responses: {Error400: {content: {application/json: {schema: {properties: {error_code: {}}}}}}}
  parameters: {Page: {name: page, schema: {}}}
  requestBodies: {NewJob: {content: {}}}
  pathItems: {Thing: {get: {operationId: getThing}}}
"""

SCHEMA = "/content/application~1json/schema"
PATH = "#/paths/~1v1~1jobs~1{jobId}"
GET = PATH + "/get"
JOB = "#/components/schemas/Job"


def names(**keywords: Any) -> Names:
    root = yaml.safe_load(ROOT)
    assert is_map(root)
    # The loader's keys are text.
    responses: dict[Any, Any] = root["paths"]["/v1/jobs/{jobId}"]["get"]["responses"]
    root["paths"]["/v1/jobs/{jobId}"]["get"]["responses"] = {str(key): value for key, value in responses.items()}
    return Names(document(root, **keywords))


@pytest.mark.parametrize(
    ("address", "words", "origin"),
    [
        (JOB, ["Job"], "chosen"),
        (JOB + "/properties/error", ["Job", "error"], "derived"),
        (JOB + "/properties/error/properties/error_code", ["Job", "error", "error_code"], "derived"),
        (JOB + "/properties/ads/items", ["Job", "ad"], "derived"),
        (JOB + "/properties/entries/items", ["Job", "entry"], "derived"),
        (JOB + "/properties/statuses/items", ["Job", "status"], "derived"),
        (JOB + "/properties/news/items", ["Job", "news", "Item"], "derived"),
        (JOB + "/properties/labels/additionalProperties", ["Job", "label"], "derived"),
        (JOB + "/properties/data/additionalProperties", ["Job", "data", "Value"], "derived"),
        (JOB + "/properties/job_id", ["Job", "job_id"], "derived"),
        (JOB + "/properties/owner", ["Account owner"], "chosen"),
        (JOB + "/properties/owner/properties/address", ["Account owner", "address"], "derived"),
        (JOB + "/properties/long", ["Job", "long"], "derived"),
        (JOB + "/properties/odd", ["Job", "odd"], "derived"),
        (JOB + "/properties/maybe/anyOf/0", ["Job", "maybe"], "derived"),
        (JOB + "/properties/method/oneOf/0", ["Job", "method", "card"], "derived"),
        (JOB + "/properties/method/oneOf/1", ["Job", "method", "Option2"], "derived"),
        (JOB + "/properties/method/oneOf/2", ["Job", "method", "Bank"], "derived"),
        (JOB + "/properties/open/anyOf/1", ["Job", "open"], "derived"),
        (JOB + "/properties/by/oneOf/0", ["Job", "by", "ByImage"], "derived"),
        (JOB + "/properties/by/oneOf/1", ["Job", "by", "ByText"], "derived"),
        (JOB + "/properties/by/oneOf/2", ["Job", "by", "List"], "derived"),
        (JOB + "/properties/by/oneOf/3", ["Job", "by", "Value"], "derived"),
        (JOB + "/properties/pair/prefixItems/1", ["Job", "pair", "Item2"], "derived"),
        (JOB + "/allOf/0/properties/part", ["Job", "part"], "derived"),
        (JOB + "/$defs/Inner", ["Inner"], "chosen"),
        (JOB + "/$defs/Inner/properties/x", ["Inner", "x"], "derived"),
        (JOB + "/discriminator", ["Job", "Base"], "derived"),
        (JOB + "/properties/nowhere/items/properties/deep", ["Job", "nowhere", "Item", "deep"], "derived"),
        ("#/components/schemas/Jobs/items", ["Jobs", "Item"], "derived"),
        ("#/components/responses/Error400" + SCHEMA, ["Error400"], "derived"),
        ("#/components/responses/Error400" + SCHEMA + "/properties/error_code", ["Error400", "error_code"], "derived"),
        ("#/components/parameters/Page/schema", ["Page"], "derived"),
        ("#/components/requestBodies/NewJob" + SCHEMA, ["NewJob"], "derived"),
        ("#/components/pathItems/Thing/get/requestBody" + SCHEMA, ["getThing", "Request"], "derived"),
        (GET + "/requestBody" + SCHEMA, ["getJob", "Request"], "derived"),
        (GET + "/responses/200" + SCHEMA, ["getJob", "Response"], "derived"),
        (GET + "/responses/200" + SCHEMA + "/properties/items/items", ["getJob", "Response", "item"], "derived"),
        (GET + "/responses/202" + SCHEMA, ["getJob", "Response202"], "derived"),
        (GET + "/responses/409" + SCHEMA, ["getJob", "Error409"], "derived"),
        (GET + "/responses/default" + SCHEMA, ["getJob", "Error"], "derived"),
        (GET + "/parameters/0/schema", ["getJob", "status"], "derived"),
        (PATH + "/parameters/0/schema", ["job", "jobId"], "derived"),
        (PATH + "/post/requestBody" + SCHEMA, ["post", "job", "Request"], "derived"),
        (PATH + "/patch/responses/default" + SCHEMA, ["patch", "job", "Response"], "derived"),
        (PATH + "/post/x-clientsmith-variants/0/requestBody" + SCHEMA, ["startOther", "Request"], "derived"),
        (PATH + "/post/callbacks/done/{$request.body#~1url}/post/requestBody" + SCHEMA,
         ["done", "Payload"], "derived"),
        ("#/webhooks/jobDone/post/requestBody" + SCHEMA, ["jobDone", "Payload"], "derived"),
    ],
)  # fmt: skip
def test_hints(address: str, words: list[str], origin: str) -> None:
    hint = names().hint(address)
    assert (list(hint.words), hint.origin) == (words, origin)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("schemas/pet.yaml#", ["pet"]),
        ("schemas/pet.yaml#/properties/owner", ["pet", "owner"]),
        ("common.yaml#/Error", ["Error"]),
        ("common.yaml#/Error/properties/code", ["Error", "code"]),
        ("common.yaml#/components/schemas/Fault/properties/code", ["Fault", "code"]),
        ("shared.yaml#", ["Account"]),
        ("shared.yaml#/properties/owner", ["Account", "owner"]),
    ],
)
def test_hints_in_other_files(address: str, words: list[str]) -> None:
    files: dict[str, Any] = {"schemas/pet.yaml": {}, "common.yaml": {"Error": {}}, "shared.yaml": {}}
    made = document({}, files=files)
    made.aliases["shared.yaml#"] = "#/components/schemas/Account"
    assert list(Names(made).hint(address).words) == words


def test_a_hint_does_not_depend_on_what_was_asked_before() -> None:
    once, again = names(), names()
    for address in (JOB + "/properties/error/properties/error_code", JOB + "/properties/error"):
        again.hint(address)
    assert (
        once.hint(JOB + "/properties/error")
        == again.hint(JOB + "/properties/error")
        == NameHint(("Job", "error"), "derived")
    )


@pytest.mark.parametrize(
    ("word", "one"), [("ads", "ad"), ("boxes", "box"), ("status", None), ("address", None), ("item", None)]
)
def test_singular(word: str, one: str | None) -> None:
    assert singular(word) == one


@pytest.mark.parametrize("segment", ["v1", "2.0", "v2-1", "v1beta1", "api", "API"])
def test_versions(segment: str) -> None:
    assert is_version(segment)


@pytest.mark.parametrize("segment", ["video", "v", "2fa", "apis", "beta"])
def test_no_versions(segment: str) -> None:
    assert not is_version(segment)


@pytest.mark.parametrize(
    ("path", "method", "words"),
    [
        ("/v1/jobs", "get", ("list", "jobs")),
        ("/v1/jobs", "post", ("create", "jobs")),
        ("/jobs/{id}", "get", ("get", "job")),
        ("/buckets/{bucketId}/collections", "get", ("list", "bucket", "collections")),
        ("/jobs/{id}/cancel", "post", ("post", "job", "cancel")),
        ("/{id}", "get", ("get", "id")),
        ("/", "get", ("get",)),
    ],
)
def test_words_of_operations_without_an_id(path: str, method: str, words: tuple[str, ...]) -> None:
    assert operation_words(path, method, {}) == words
