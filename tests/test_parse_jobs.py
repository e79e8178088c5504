"""`x-job`: what a declaration becomes, and every way in which it may not hold."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from parsing import document, found, ref

from clientsmith.diagnostics import Report, Severity
from clientsmith.ir import Api, Job, JobCall, JobItems, JobStart, Refine, Scalar, Schedule
from clientsmith.parse import parse
from clientsmith.parse.job_checks import path_of, per_second, seconds
from clientsmith.parse.reading import is_list, is_map

DOCUMENT = """
servers: [{url: https://example.com}]
paths:
  /try-on:
    post:
      operationId: try-on
      tags: [Try On]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Start'}}}}
      responses: {202: {content: {application/json: {schema: {$ref: '#/components/schemas/Started'}}}}}
  /try-on/{jobId}:
    get:
      operationId: try-on-status
      tags: [Try On]
      parameters: [{name: jobId, in: path, required: true, schema: {type: string}}]
      responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/Status'}}}}}
  /try-on/{jobId}/cancel:
    post:
      operationId: try-on-cancel
      tags: [Try On]
      parameters: [{name: jobId, in: path, required: true, schema: {type: string}}]
      responses: {204: {description: no body}}
components:
  schemas:
    Start: {properties: {image: {type: string}, wait_for_result: {type: boolean}}}
    Started: {properties: {job_id: {type: string}}}
    Status:
      properties:
        job_id: {type: string}
        status: {type: string, enum: [pending, running, completed, failed]}
        result_url: {type: [string, 'null'], format: uri}
        error: {$ref: '#/components/schemas/Error'}
        done: {type: integer}
        total: {type: integer}
        output: {anyOf: [{$ref: '#/components/schemas/Output'}, {type: 'null'}]}
    Error: {properties: {error_code: {type: string, enum: [job_cancelled, job_expired, bad]}, message: {type: string}}}
    Output: {properties: {ads: {type: array, items: {$ref: '#/components/schemas/Ad'}}}}
    Ad:
      properties:
        id: {type: string}
        state: {type: string, enum: [queued, completed, failed]}
        preview_url: {type: [string, 'null']}
        error: {oneOf: [{$ref: '#/components/schemas/Error'}, {type: 'null'}]}
"""

DECLARATION = """
name: try_on
start: {operation: try-on, when: {wait_for_result: false}, id: $response.body#/job_id}
poll: {operation: try-on-status, args: {jobId: $job.id}}
cancel: {operation: try-on-cancel, args: {jobId: $job.id}, too_late: [{status: 409}, {status: 400, error_code: over}]}
state:
  from: $response.body#/status
  pending: [pending, running]
  succeeded: [completed]
  failed: [failed]
  refine:
    - {if: {state: failed, at: '#/error/error_code', in: [job_cancelled]}, then: cancelled}
    - {if: {state: failed, at: '#/error/error_code', in: [job_expired]}, then: expired}
  not_found: {grace: 5s}
result: $response.body#/result_url
error: {code: '#/error/error_code', message: '#/error/message'}
items:
  from: $response.body#/output/ads
  id: '#/id'
  failed_if: [{at: '#/error', present: true}, {at: '#/preview_url', present: false}]
  result: '#/preview_url'
  error: {code: '#/error/error_code', message: '#/error/message'}
progress: {done: ['#/done'], total: '#/total'}
schedule: {first: 500ms, min: 1s, max: 5s, factor: 2, jitter: 0.1, timeout: 5m, rate: 30/m}
expires: {result: 1h, job: 7d}
"""


def declaration() -> dict[str, Any]:
    made = yaml.safe_load(DECLARATION)
    assert is_map(made)
    return made


def read(declared: Any, at: str = "/x-job") -> tuple[Api, Report]:
    """The document with a declaration at a pointer."""
    root = yaml.safe_load(DOCUMENT)
    assert is_map(root)
    *way, last = (token.replace("~1", "/") for token in at[1:].split("/"))
    here: Any = root
    for token in way:
        here = here[int(token)] if is_list(here) else here.setdefault(token, {})
    here[last] = declared
    report = Report()
    return parse(document(root), report), report


def test_a_job() -> None:
    api, report = read(declaration())
    assert found(report) == []
    get = "#/paths/~1try-on~1{jobId}"
    assert api.jobs == (
        Job(
            name="try_on",
            address="#/x-job",
            starts=(JobStart("#/paths/~1try-on/post", ("job_id",), (("wait_for_result", False),)),),
            poll=JobCall(f"{get}/get", "jobId"),
            cancel=JobCall(f"{get}~1cancel/post", "jobId"),
            too_late=((409, None), (400, "over")),
            state_at=("status",),
            states=(("pending", "pending"), ("running", "pending"), ("completed", "succeeded"), ("failed", "failed")),
            refine=(
                Refine("failed", ("error", "error_code"), ("job_cancelled",), "cancelled"),
                Refine("failed", ("error", "error_code"), ("job_expired",), "expired"),
            ),
            unknown="poll",
            not_found_grace=5.0,
            result=("result_url",),
            result_type=Scalar("string"),
            error_code=("error", "error_code"),
            error_message=("error", "message"),
            items=JobItems(
                at=("output", "ads"),
                id=("id",),
                state=None,
                succeeded=(),
                failed=(),
                failed_at=(("error",),),
                missing_at=(("preview_url",),),
                result=("preview_url",),
                error_code=("error", "error_code"),
                error_message=("error", "message"),
            ),
            done_at=(("done",),),
            total_at=("total",),
            schedule=Schedule(0.5, 1.0, 5.0, 2.0, 0.1, 300.0, 0.5),
            result_expires=3600.0,
            job_expires=604800.0,
        ),
    )


def test_the_shortest_declaration() -> None:
    api, report = read(
        {
            "name": "j",
            "start": {"operation": "try-on", "id": "#/job_id"},
            "poll": {"operation": "GET /try-on/{jobId}"},
            "state": {
                "from": "#/status",
                "pending": ["pending", "running"],
                "succeeded": ["completed"],
                "failed": ["failed"],
            },
        }
    )
    assert found(report) == []
    job = api.jobs[0]
    assert job.poll.id_parameter == "jobId"
    assert (job.cancel, job.result, job.items, job.schedule, job.unknown) == (None, None, None, Schedule(), "poll")


def test_items_with_a_state() -> None:
    made = declaration()
    made["items"] = {
        "from": "#/output/ads",
        "state": {"from": "#/state", "succeeded": ["completed"], "failed": ["failed"]},
    }
    api, report = read(made)
    assert found(report) == []
    items = api.jobs[0].items
    assert items is not None
    assert (items.state, items.succeeded, items.failed) == (("state",), ("completed",), ("failed",))


def test_several_starts() -> None:
    made = declaration()
    made["start"] = [made["start"], {"operation": "try-on", "id": "#/job_id"}]
    api, report = read(made)
    assert found(report) == []
    assert [start.fixed for start in api.jobs[0].starts] == [(("wait_for_result", False),), ()]


def test_a_result_that_is_an_object() -> None:
    made = {**declaration(), "result": "#/output"}
    api, _ = read(made)
    assert api.jobs[0].result_type == ref("Output")


def test_resource_of_its_own() -> None:
    api, _ = read({**declaration(), "resource": "Jobs"})
    assert api.jobs[0].resource == "Jobs"


def unnamed() -> dict[str, Any]:
    return {key: value for key, value in declaration().items() if key != "name"}


PLACES: list[tuple[str, Any, str]] = [
    ("/x-jobs", {"one": unnamed()}, "#/x-jobs/one"),
    ("/x-job", {"one": unnamed()}, "#/x-job/one"),
    ("/x-job", [{**declaration(), "name": "one"}], "#/x-job/0"),
    ("/paths/~1try-on/post/x-job", {**declaration(), "name": "one"}, "#/paths/~1try-on/post/x-job"),
    ("/tags", [{"name": "Try On", "x-job": {**declaration(), "name": "one"}}], "#/tags/0/x-job"),
]


@pytest.mark.parametrize(("at", "declared", "address"), PLACES)
def test_places_of_a_declaration(at: str, declared: Any, address: str) -> None:
    api, report = read(declared, at)
    assert found(report) == []
    assert [(job.name, job.address) for job in api.jobs] == [("one", address)]


def test_an_operation_need_not_be_repeated() -> None:
    made = declaration()
    del made["start"]["operation"]
    api, report = read(made, "/paths/~1try-on/post/x-job")
    assert found(report) == []
    assert api.jobs[0].starts[0].operation == "#/paths/~1try-on/post"


def test_two_of_one_name() -> None:
    made = declaration()
    api, report = read([made, made])
    assert len(api.jobs) == 1
    assert found(report) == [("job-invalid", "/x-job/1")]


MISTAKES: list[tuple[str, Any, str, str]] = [
    ("/poll/operation", "try-on-statsu", "/poll/operation", "did you mean 'try-on-status'?"),
    ("/poll/args", {"job_id": "$job.id"}, "/poll/args", "did you mean 'jobId'?"),
    ("/poll/args", {"jobId": "x"}, "/poll/args", "args: {jobId: $job.id}"),
    ("/poll/args", {"jobId": "$job.id", "other": 1}, "/poll/args", "args: {jobId: $job.id}"),
    ("/poll", {"operation": "try-on"}, "/poll", "args: {jobId: $job.id}"),
    ("/poll", {"operation": "try-on-cancel"}, "/poll", ""),
    ("/poll", None, "", ""),
    ("/poll", "try-on-status", "/poll", ""),
    ("/start", None, "", ""),
    ("/start/id", "#/jobid", "/start/id", ""),
    ("/start/id", "job_id", "/start/id", ""),
    ("/start/id", None, "/start", ""),
    ("/start/when", {"wait_for_resultt": False}, "/start/when/wait_for_resultt", ""),
    ("/start/when", {"wait_for_result": "no"}, "/start/when/wait_for_result", ""),
    ("/start/when", [], "/start/when", ""),
    ("/cancel/too_late", [{"status": 200}], "/cancel/too_late/0", "too_late: [{status: 409}]"),
    (
        "/cancel/operation",
        5,
        "/cancel/operation",
        "write its operationId, or method and path: 'GET /jobs/{id}'",
    ),
    ("/state/from", "#/state", "/state/from", ""),
    ("/state/from", None, "/state", ""),
    ("/state/succeeded", ["complete"], "/state/succeeded", "did you mean 'completed'?"),
    ("/state/succeeded", [], "/state", ""),
    ("/state/failed", ["failed", "completed"], "/state/failed", ""),
    (
        "/state/pending",
        ["pending"],
        "/state",
        "classify it as pending, succeeded, partial, failed, cancelled, expired or blocked",
    ),
    ("/state/pending", [{}], "/state/pending/0", ""),
    ("/state/unknown", "ignore", "/state/unknown", "choose one of poll, raise"),
    ("/state/not_found", "5s", "/state/not_found", "not_found: {grace: 5s}"),
    ("/state/not_found", {"grace": 5}, "/state/not_found/grace", ""),
    ("/state/suceeded", ["x"], "/state/suceeded", "did you mean 'succeeded'?"),
    ("/state/refine/0/then", "canceled", "/state/refine/0/then", "did you mean 'cancelled'?"),
    ("/state/refine/0/if/in", ["job_canceled"], "/state/refine/0/if/in", "did you mean 'job_cancelled'?"),
    ("/state/refine/0/if/at", "#/error/code", "/state/refine/0/if/at", ""),
    ("/state/refine/0/if", None, "/state/refine/0", ""),
    ("/result", "#/result_uri", "/result", ""),
    ("/result", "#/status/x", "/result", ""),
    ("/result", 5, "/result", ""),
    ("/error/code", "#/error/codes", "/error/code", ""),
    ("/error/text", "#/error/message", "/error/text", "choose one of code, message"),
    ("/items/from", "#/output", "/items/from", ""),
    ("/items/from", "#/output/ads/id", "/items/from", ""),
    ("/items/result", "#/url", "/items/result", ""),
    ("/items/failed_if", [{"at": "#/error"}], "/items/failed_if/0", ""),
    (
        "/items/state",
        {"from": "#/state", "succeeded": ["completed"], "failed": ["completed"]},
        "/items/state/failed",
        "",
    ),
    ("/items/state", {"from": "#/state", "failed": ["failed"]}, "/items/state", ""),
    (
        "/items/state",
        {"from": "#/state", "succeeded": ["done"]},
        "/items/state/succeeded",
        "choose one of completed, failed, queued",
    ),
    ("/progress/done", ["#/dome"], "/progress/done/0", ""),
    ("/progress/total", "#/totals", "/progress/total", ""),
    ("/schedule/min", "1", "/schedule/min", ""),
    ("/schedule/max", "500ms", "/schedule", ""),
    ("/schedule/factor", 0.5, "/schedule/factor", ""),
    ("/schedule/factor", "two", "/schedule/factor", ""),
    ("/schedule/jitter", 2, "/schedule/jitter", ""),
    ("/schedule/rate", "5", "/schedule/rate", ""),
    ("/expires/job", "a week", "/expires/job", ""),
    ("/expires/jobs", "7d", "/expires/jobs", "did you mean 'job'?"),
    ("/nmae", "x", "/nmae", "did you mean 'name'?"),
    ("/name", None, "", "name: try_on"),
]
"""A pointer, the value that is put there, the location of the diagnostic, and its hint."""


@pytest.mark.parametrize(("pointer", "value", "where", "hint"), MISTAKES)
def test_mistakes(pointer: str, value: Any, where: str, hint: str) -> None:
    made = declaration()
    *way, last = pointer[1:].split("/")
    here: Any = made
    for token in way:
        here = here[int(token)] if is_list(here) else here[token]
    here[last] = value
    if value is None:
        del here[last]
    api, report = read(made)
    assert api.jobs == ()
    assert {(d.slug, d.severity) for d in report.diagnostics} == {("job-invalid", Severity.ERROR)}
    assert found(report)[0] == ("job-invalid", f"/x-job{where}")
    assert len(found(report)) <= 3, "one mistake is reported once, at most with what follows from it"
    if hint:
        assert report.diagnostics[0].hint == hint


@pytest.mark.parametrize("declared", ["text", 5, [None], [[]]])
def test_not_a_declaration(declared: Any) -> None:
    api, report = read(declared)
    assert api.jobs == ()
    assert {slug for slug, _ in found(report)} <= {"job-invalid"}


def test_a_pointer_that_does_not_exist() -> None:
    _, report = read({**declaration(), "result": "#/result_uri"})
    assert report.diagnostics[0].message == (
        "'#/result_uri' does not exist: there is no property 'result_uri': did you mean 'result_url'?"
    )


@pytest.mark.parametrize(
    ("written", "read_as"), [("500ms", 0.5), ("5s", 5), ("1.5m", 90), ("1h", 3600), ("7d", 604800)]
)
def test_durations(written: str, read_as: float) -> None:
    assert seconds(written) == read_as


@pytest.mark.parametrize("written", [5, "5", "s", "5 s", "-1s", "", None, True])
def test_invalid_durations(written: Any) -> None:
    with pytest.raises(ValueError, match="is not a duration"):
        seconds(written)


def test_rates_and_paths() -> None:
    assert (per_second("5/s"), per_second("30/m"), per_second("36/h")) == (5, 0.5, 0.01)
    assert path_of("$response.body#/a~1b/c~0d") == ("a/b", "c~d")
    for wrong in ("0/s", "5", "5/d", 5):
        with pytest.raises(ValueError, match="is not a rate"):
            per_second(wrong)


QUERY = """
post:
  operationId: query
  parameters: [{name: page, in: query, schema: {type: integer}}]
  requestBody: {content: {application/json: {schema: {
    type: object, required: [task, kind],
    properties: {task: {type: string}, kind: {const: try-on}, number: {type: integer}, image: {type: string}}}}}}
  responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/Status'}}}}}
"""
"""An operation that returns the state of what its body asks for."""


def queried(args: Any, required: tuple[str, ...] = ()) -> tuple[Api, Report]:
    """The document with a job that is polled by `QUERY`, of whose body further fields are required."""
    root: Any = yaml.safe_load(DOCUMENT)
    query: Any = yaml.safe_load(QUERY)
    query["post"]["requestBody"]["content"]["application/json"]["schema"]["required"] += required
    root["paths"]["/query"] = query
    root["x-job"] = declaration() | {"poll": {"operation": "query", "args": args}}
    report = Report()
    return parse(document(root), report), report


def test_a_poll_that_has_the_id_in_its_body() -> None:
    api, report = queried({"task": "$job.id"})
    assert found(report) == []
    assert api.jobs[0].poll == JobCall("#/paths/~1query/post", "task", in_body=True)


@pytest.mark.parametrize(
    ("args", "required", "message"),
    [
        ({"tsak": "$job.id"}, (), "'query' has no parameter and no field of a JSON body 'tsak'"),
        ({"number": "$job.id"}, (), "'number' of the body is not text, which ids are"),
        ({"task": "$job.id"}, ("image",), "'query' needs 'image' besides the id of the job"),
    ],
)
def test_bodies_that_cannot_have_the_id(args: Any, required: tuple[str, ...], message: str) -> None:
    api, report = queried(args, required)
    assert api.jobs == ()
    assert report.diagnostics[0].message == message
    assert found(report)[0] == ("job-invalid", "/x-job/poll/args")
