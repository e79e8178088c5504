"""What answers mean: values, and errors."""

from __future__ import annotations

import json
import pickle
import warnings
from typing import Any, cast

import pytest
from acme_client.models import Job, Problem

from clientsmith.runtime.codec import Codec
from clientsmith.runtime.declarations import ClientSettings, Operation
from clientsmith.runtime.errors import (
    STATUS_ERRORS,
    APIError,
    APIStatusError,
    ClientStatusError,
    MissingCredentialError,
    NotFoundError,
    RedirectStatusError,
    ResponseDecodeError,
    SchemaDriftWarning,
    ServerStatusError,
    UnknownOutcomeError,
)
from clientsmith.runtime.job_outcomes import JobCancelled, JobFailed
from clientsmith.runtime.operation import Call
from clientsmith.runtime.response import error_for, value_of
from clientsmith.runtime.retry import Exchange
from clientsmith.runtime.transport import Headers, Response

CODEC = Codec("acme_client.models")
JSON = "application/json"
URL = "https://api.example.com/x?key=secret"


class OwnNotFoundError(NotFoundError):
    """As a generated package has it."""

    body: Problem | None


def response(status: int, content: bytes | str = b"", kind: str = JSON, **headers: str) -> Response:
    fields = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Response(status, Headers(fields.items()), content.encode() if isinstance(content, str) else content, URL)


def value(responses: dict[str, dict[str, str]], answer: Response, *, method: str = "GET", strict: bool = False) -> Any:
    call: Call[Any] = Call(Operation("op", f"{method} /x", responses), accept="*/*")
    return value_of(answer, call, CODEC, strict=strict)


def test_what_was_not_asked_for_is_no_value() -> None:
    operation = Operation(
        "op", "GET /x", {"200": {"image/png": "bytes", JSON: "Job"}, "202": {"text/plain": "str"}}
    )
    assert operation.accept == JSON
    assert value_of(response(200, '{"id": "1"}'), Call(operation), CODEC, strict=False) == Job(id="1")
    assert value_of(response(202, "soon", "text/plain"), Call(operation), CODEC, strict=False) == "soon"
    picture = response(200, b"\x89PNG", "image/png")
    assert value_of(picture, Call(operation, accept="image/png"), CODEC, strict=False) == b"\x89PNG"
    with pytest.raises(ResponseDecodeError, match="is no JSON"):
        value_of(picture, Call(operation), CODEC, strict=False)


JOB = Job(id="1")
VALUES: list[tuple[dict[str, dict[str, str]], Response, object]] = [
    ({"200": {JSON: "Job"}}, response(200, '{"id": "1"}'), JOB),
    ({"200": {JSON: "Job"}}, response(200, '{"id": "1"}', "application/json; charset=utf-8"), JOB),
    ({"200": {JSON: "Job"}}, response(200, '{"id": "1"}', ""), JOB),
    ({"200": {JSON: "Job"}}, response(200, '{"id": "1"}', "text/plain"), JOB),
    ({"200": {JSON: "Job"}}, response(200, '\ufeff{"id": "1"}'), JOB),
    ({"200": {JSON: "Job"}}, response(200, '{"id": "1"}', "application/hal+json"), JOB),
    (
        {"200": {"application/*+json": "Job", "text/plain": "str"}},
        response(200, '{"id": "1"}', "application/x+json"),
        Job(id="1"),
    ),
    ({"200": {JSON: "Job"}, "202": {JSON: "str"}}, response(202, '"wait"'), "wait"),
    ({"2XX": {JSON: "Job"}, "default": {JSON: "Problem"}}, response(201, '{"id": "1"}'), JOB),
    ({"2xx": {JSON: "Job"}}, response(201, '{"id": "1"}'), JOB),
    ({"201": {JSON: "Job"}, "default": {JSON: "Problem"}}, response(200, '{"id": "1"}'), JOB),
    ({"404": {JSON: "Problem"}, "default": {JSON: "Job"}}, response(200, '{"id": "1"}'), JOB),
    ({"200": {JSON: "list[Job]"}}, response(200, '[{"id": "1"}]'), [Job(id="1")]),
    ({"200": {JSON: "str | None"}}, response(200, "null"), None),
    ({"204": {}}, response(204), None),
    ({"200": {}}, response(200, "ignored"), None),
    ({}, response(200, '{"id": 1}'), None),
    ({"200": {JSON: "Job"}, "204": {}}, response(204), None),
    ({"200": {JSON: "Job"}, "2XX": {}}, response(205), None),
    ({"200": {"image/*": "bytes", JSON: "Job"}}, response(200, b"\x89PNG", "image/png"), b"\x89PNG"),
    ({"200": {"application/octet-stream": "bytes"}}, response(200, b"\0", "application/zip"), b"\0"),
    ({"200": {"*/*": "bytes"}}, response(200, "<html>", "text/html"), b"<html>"),
    ({"200": {"application/pdf": "bytes", "text/plain": "str"}}, response(200, "é", "text/plain; charset=utf-8"), "é"),
    ({"200": {"text/plain": "str"}}, response(200, b"\xe9", 'text/plain; charset="latin-1"'), "é"),
    ({"200": {"text/plain": "str"}}, response(200, b"\xe9", "text/plain; charset=unheard-of"), "\ufffd"),
    ({"200": {"text/plain": "str"}}, response(200, "", "text/plain"), ""),
    ({"200": {"image/png": "bytes"}}, response(204, "", ""), b""),
    *(
        ({"200": {"text/plain": "str"}}, response(200, "a", f"text/plain; charset={charset}"), "a")
        for charset in ("undefined", "idna", "punycode", "unicode_escape", "hex", "a\0b", "\ud800", "")
    ),
    ({"200": {"text/plain": "str"}}, response(200, r"\d", "text/plain; charset=unicode-escape"), r"\d"),
    ({"200": {"text/plain": "str"}}, response(200, "{}"), "{}"),
    ({"200": {"application/octet-stream": "bytes"}}, response(200, "{}"), b"{}"),
    ({"200": {"application/xml": "str"}}, response(200, "<a/>", "application/xml"), "<a/>"),
]


@pytest.mark.parametrize(("responses", "answer", "expected"), VALUES)
def test_values(responses: dict[str, dict[str, str]], answer: Response, expected: object) -> None:
    assert value(responses, answer) == expected


def test_head_has_no_content() -> None:
    assert value({"200": {JSON: "Job"}}, response(200), method="HEAD") is None


EMPTY: list[tuple[str, object]] = [
    ("Job", Job(id=cast("str", None))),
    ("list[Job]", []),
    ("dict[str, Job]", {}),
    ("str", ""),
]


@pytest.mark.parametrize(("annotation", "expected"), EMPTY)
@pytest.mark.parametrize("content", ["", " ", "null"])
def test_an_empty_response_gives_the_empty_value(annotation: str, expected: object, content: str) -> None:
    """Also where a status has no body by definition, and where several media types are described."""
    if not content:
        for answer in (response(204), response(205, kind="")):
            with pytest.warns(SchemaDriftWarning, match="^op: the response is empty"):
                assert value({"200": {JSON: annotation}}, answer) == expected
            with pytest.raises(ResponseDecodeError):
                value({"200": {JSON: annotation}}, answer, strict=True)
        several = {"200": {JSON: annotation, "application/pdf": "bytes"}}
        with pytest.warns(SchemaDriftWarning, match="^op: the response is empty"):
            assert value(several, response(200)) == expected
        with pytest.raises(ResponseDecodeError):
            value(several, response(200), strict=True)
    with pytest.warns(SchemaDriftWarning, match="^op: the response is empty"):
        assert value({"200": {JSON: annotation}}, response(200, content)) == expected
    with pytest.raises(ResponseDecodeError):
        value({"200": {JSON: annotation}}, response(200, content), strict=True)


@pytest.mark.parametrize("annotation", ["Any", "Job | None", "int | None"])
def test_an_empty_response_may_be_none(annotation: str) -> None:
    assert value({"200": {JSON: annotation}}, response(200, "")) is None


WRONG: list[tuple[dict[str, dict[str, str]], Response, str]] = [
    (
        {"200": {JSON: "Job"}},
        response(200, "<html>", "text/html"),
        "no JSON, but application/json was expected",
    ),
    ({"200": {JSON: "int"}}, response(200, " "), "the response is empty"),
    ({"200": {JSON: "Job | Problem"}}, response(200, "null"), "the response is empty"),
    ({"200": {JSON: "Job"}}, response(200, '{"id": '), "is no JSON"),
    ({"200": {JSON: "Job"}}, response(200, b"\xff\xfe\xfd"), "is no JSON"),
    ({"200": {JSON: "Job"}}, response(200, "[" * 100_000), "is no JSON"),
    ({"200": {"image/png": "bytes"}}, response(200, "<html>", "text/html"), "is text/html, not image/png"),
    ({"200": {"image/png": "bytes", "image/jpeg": "bytes"}}, response(200, "{}"), "not image/png, image/jpeg"),
]


@pytest.mark.parametrize(("responses", "answer", "text"), WRONG)
def test_answers_of_another_kind(responses: dict[str, dict[str, str]], answer: Response, text: str) -> None:
    with pytest.raises(ResponseDecodeError, match=text) as caught:
        value(responses, answer)
    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.path, error.body, error.response.status) == ("", answer.content, 200)
    assert "secret" not in str(error)


def test_drift_warns_and_strict_raises() -> None:
    answer = response(200, '{"id": 1}')
    with pytest.warns(SchemaDriftWarning, match="/id"):
        assert value({"200": {JSON: "Job"}}, answer).id == 1
    with pytest.raises(ResponseDecodeError) as caught:
        value({"200": {JSON: "Job"}}, answer, strict=True)
    assert (caught.value.path, caught.value.body) == ("/id", {"id": 1})


def error(answer: Response, responses: dict[str, dict[str, str]] | None = None) -> APIStatusError:
    operation: Operation = Operation("op", "GET /x", responses or {})
    settings = ClientSettings(package="acme_client")
    return error_for(Exchange(answer, False, 0.1), operation, CODEC, settings)


CLASSES = {
    301: RedirectStatusError,
    404: NotFoundError,
    418: ClientStatusError,
    499: ClientStatusError,
    520: ServerStatusError,
    600: ServerStatusError,
}


@pytest.mark.parametrize("status", CLASSES)
def test_classes(status: int) -> None:
    assert type(error(response(status))) is CLASSES[status]


def test_the_classes_of_a_package_and_their_bodies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STATUS_ERRORS, "acme_client.errors", {404: OwnNotFoundError})
    responses = {"404": {JSON: "Problem"}, "default": {JSON: "Job"}}
    caught = error(response(404, '{"code": "gone", "message": "No such job."}'), responses)
    assert isinstance(caught, OwnNotFoundError)
    assert caught.body == Problem(code="gone", message="No such job.")
    assert str(caught) == "404 gone: No such job."
    again = pickle.loads(pickle.dumps(caught))
    assert type(again) is OwnNotFoundError
    assert (again.body, again.response.content, str(again)) == (caught.body, caught.response.content, str(caught))


@pytest.mark.parametrize("key", ["418", "4XX", "default"])
def test_bodies_are_described_by_status_family_or_default(key: str) -> None:
    caught = error(
        response(418, '{"code": "t"}', "application/problem+json"), {key: {"application/problem+json": "Problem"}}
    )
    assert caught.body == Problem(code="t")


@pytest.mark.parametrize("content", ["<html>", "", b"\xff", "[" * 100_000])
def test_bodies_that_cannot_be_decoded(content: str | bytes) -> None:
    caught = error(response(500, content, "text/html"), {"500": {JSON: "Problem"}})
    assert (caught.body, caught.raw, str(caught)) == (None, None, "500")


def test_drift_in_an_error_never_hides_the_status() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        caught = error(response(404, '{"code": ["x"]}'), {"404": {JSON: "Problem"}})
    assert (caught.status, caught.raw) == (404, {"code": ["x"]})


def test_a_mistake_of_ours_is_not_taken_for_bad_data() -> None:
    """An annotation that the package's models do not have comes from the generator, not from the server."""
    with pytest.raises(Exception, match="NoSuchModel") as caught:
        error(response(404, '{"code": "c"}'), {"404": {JSON: "NoSuchModel"}})
    assert not isinstance(caught.value, APIError)


COMMON: list[tuple[str, str | None, str | None, str | None]] = [
    ('{"error_code": "c", "message": "m", "request_id": "r"}', "c", "m", "r"),
    ('{"error": {"code": "c", "message": "m"}}', "c", "m", None),
    ('{"error": {"type": "c", "message": "m"}, "request_id": "r"}', "c", "m", "r"),
    ('{"error": "invalid_grant", "error_description": "m"}', "invalid_grant", "m", None),
    ('{"error": "It went wrong."}', None, "It went wrong.", None),
    ('{"error": "nope"}', "nope", "nope", None),
    ('{"detail": "m"}', None, "m", None),
    ('{"detail": [{"msg": "field required"}]}', None, None, None),
    (
        '{"type": "https://e.example/quota", "title": "Quota", "detail": "Used up"}',
        "https://e.example/quota",
        "Used up",
        None,
    ),
    ('{"type": "about:blank", "title": "Quota"}', None, "Quota", None),
    ('{"code": 1002, "message": "two\\n lines"}', "1002", "two lines", None),
    ('{"code": null, "message": ""}', None, None, None),
    ('["x"]', None, None, None),
]


@pytest.mark.parametrize(("content", "code", "message", "request_id"), COMMON)
def test_code_and_message_from_the_usual_places(
    content: str, code: str | None, message: str | None, request_id: str | None
) -> None:
    caught = error(response(400, content))
    assert (caught.error_code, caught.message, caught.request_id) == (code, message, request_id)
    assert "\n" not in str(caught)


HOSTILE = "a\u001b[2J\u001b]0;pwned\u0007\u009b\u202eb\u2066\u2028\x7f\ud800\r\nc"


def test_errors_are_one_line_that_no_terminal_obeys() -> None:
    body = json.dumps({"code": HOSTILE, "message": HOSTILE, "request_id": HOSTILE})
    texts = [str(error(response(400, body)))]
    texts.append(str(error(response(400, HOSTILE.encode("utf-8", "replace"), "text/plain", X_Request_Id=HOSTILE))))
    texts += map(str, (UnknownOutcomeError(HOSTILE), JobFailed(HOSTILE, job_id="j", message=HOSTILE)))
    with pytest.raises(ResponseDecodeError) as caught:
        value({"200": {JSON: "Job"}}, response(200, "<", HOSTILE))
    for text in (*texts, str(caught.value)):
        assert text.isprintable()
        text.encode()
    assert texts[2] == "a [2J ]0;pwned b c"


def test_the_code_and_the_message_are_whole_in_their_fields() -> None:
    assert error(response(400, json.dumps({"code": "a\u202eb", "message": "c"}))).error_code == "a\u202eb"


def test_a_secret_is_taken_out_of_all_texts() -> None:
    caught = error(response(401, json.dumps({"code": "sk-123456", "message": "no key sk-123456"}), X_Request_Id="r"))
    caught.hide(["sk-123456"])
    assert (str(caught), caught.error_code, caught.message) == ("401 ***: no key *** (request r)", "***", "no key ***")
    assert "sk-123456" in caught.response.text
    assert "sk-123456" not in str(pickle.loads(pickle.dumps(caught)))


def test_plain_text_is_the_message() -> None:
    assert error(response(400, "no\nsuch thing", "text/plain")).message == "no such thing"
    assert len(error(response(400, "x" * 9999, "text/plain")).message or "") == 500


def test_headers_tell_request_id_and_pause() -> None:
    caught = error(response(429, "{}", X_Request_Id="r", Retry_After="3"))
    assert (caught.request_id, caught.retry_after, str(caught)) == ("r", 3.0, "429 (request r)")


ERRORS: list[APIError] = [
    MissingCredentialError("none"),
    UnknownOutcomeError("lost", timeout=True),
    ResponseDecodeError("wrong", path="/a", body={"a": 1}, response=response(200)),
    APIStatusError(response(500), error_code="c", outcome_unknown=True),
    JobFailed("failed", job_id="j", snapshot=Job(id="j"), code="c", message="m"),
    JobCancelled("cancelled", job_id="j"),
]


@pytest.mark.parametrize("original", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_pickle_whole(original: APIError) -> None:
    original.idempotency_key = "k"
    again = pickle.loads(pickle.dumps(original))
    assert type(again) is type(original)
    assert (str(again), again.args, again.idempotency_key) == (str(original), original.args, "k")
    assert vars(again).keys() == vars(original).keys()
