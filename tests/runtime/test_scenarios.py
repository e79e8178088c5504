"""What servers do, and what comes of it: a row each, the same over every transport, blocking and on asyncio."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import pytest
from doors import in_words
from lying_server import KINDS, SECRET, Caller, LyingServer, Step, answer, conversation
from test_codec import EVERYTHING

from clientsmith.runtime.declarations import Operation
from clientsmith.runtime.errors import APIError, APIStatusError
from clientsmith.runtime.operation import Call

GET = Operation("getThing", "GET /thing", {"200": "Everything"})
LIST = Operation("listOwners", "GET /owners", {"200": "list[Owner]"})
COUNT = Operation("count", "GET /count", {"200": "int"})
POST = Operation("makeThing", "POST /thing", {"201": "Everything"})
PATCH = Operation("changeThing", "PATCH /thing", {"200": "Everything"})
PUT = Operation("putThing", "PUT /thing", {"200": "Everything"})
DELETE = Operation("stopThing", "DELETE /thing", {"204": {}})
KEYED = Operation("payOnce", "POST /pay", {"200": "Everything"}, idempotency_header="Idempotency-Key")
DECLARED = Operation("payAgain", "POST /pay", {"200": "Everything"}, retry_statuses=(503,))
CANCEL = Operation("cancel", "POST /cancel", {"200": "Everything"}, retry_safe=True)


@dataclass(frozen=True)
class Row:
    """What the server does, and what comes of it.

    `outcome`: a pattern for it, as `in_words` tells it; `requests`: how many the server sees; `warned`: a piece of the
    one warning; `text`: a piece of the text of the error.
    """

    name: str
    operation: Operation
    steps: list[Step]
    outcome: str
    requests: int = 1
    options: dict[str, Any] = field(default_factory=dict[str, Any])
    warned: str = ""
    text: str = ""
    unknown: bool | None = None


def said(value: object, status: int = 200, *headers: tuple[str, str]) -> Step:
    return answer(status, json.dumps(value).encode(), *headers)


def thing(**more: object) -> Step:
    return said({**EVERYTHING, **more})


def without(name: str) -> Step:
    return said({key: value for key, value in EVERYTHING.items() if key != name})


def raw(text: str | bytes, end: Any = "close") -> Step:
    return Step(text.encode("latin-1") if isinstance(text, str) else text, end)


FINE = thing()
HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
BODY = json.dumps(EVERYTHING)
HTML = answer(200, b"<!doctype html><h1>Back soon</h1>", kind="text/html; charset=utf-8")
SILENT = raw(b"", "keep")
QUICK: dict[str, Any] = {"timeout": 0.3, "max_retries": 0}


def rows_of_pauses() -> Generator[Row]:
    asked = ["2", "0.5", "Wed, 21 Oct 2015 07:28:00 GMT", "soon", "-5", "inf", "nan", "1e400", "1, 2", "9" * 400, ""]
    for value in asked:
        for operation in (GET, POST):
            busy = said({"message": "slow down"}, 429, ("Retry-After", value))
            yield Row(f"{operation.method}, 429, Retry-After {value[:9]!r}", operation, [busy, FINE], "Everything", 2)
    for operation in (GET, POST, KEYED):
        later = said({}, 429, ("Retry-After", "99999999"))
        yield Row(f"{operation.id}, 429 for years", operation, [later], "RateLimitError 429", 1)
    for body in ({"retry_after": 1}, {"error": {"retry_after": 0.5}}, {"retry_after": 10**400}, {"retry_after": "x"}):
        yield Row(f"429, body {str(body)[:30]}", POST, [said(body, 429), FINE], "Everything", 2)
    yield Row("429, body for years", POST, [said({"retry_after": 10**12}, 429)], "RateLimitError 429")
    deep = answer(429, b'{"retry_after": ' + b"[" * 100_000)
    yield Row("429, deep body", POST, [deep] * 3, "RateLimitError 429", 3)


def rows_of_statuses() -> Generator[Row]:
    for status in (500, 501, 502, 503, 504, 520, 599, 600, 999):
        broken = said({}, status)
        yield Row(f"GET, {status} twice", GET, [broken, broken, FINE], "Everything", 3)
        yield Row(f"GET, {status}", GET, [broken] * 3, rf"\w*Error {status}", 3, unknown=False)
        yield Row(f"POST, {status}", POST, [broken, FINE], rf"\w*Error {status}", unknown=True)
    for status in (408, 425):
        yield Row(f"GET, {status}", GET, [said({}, status), FINE], "Everything", 2)
        yield Row(f"POST, {status}", POST, [said({}, status), FINE], f"ClientStatusError {status}", unknown=False)
    for status in (400, 401, 402, 403, 404, 405, 409, 410, 413, 418, 422, 451, 499):
        yield Row(f"{status}", GET, [said({}, status)], rf"\w*Error {status}", unknown=False)
    for status in (300, 301, 302, 303, 304, 307, 308):
        moved = answer(status, b"", ("Location", "http://127.0.0.1:9/elsewhere"))
        for operation in (GET, POST):
            yield Row(f"{operation.method}, {status}", operation, [moved], f"RedirectStatusError {status}")
    unavailable = said({}, 503, ("Retry-After", "0"))
    yield Row("POST, 503 with Retry-After", POST, [unavailable, FINE], "ServiceUnavailableError 503", unknown=True)
    yield Row("PATCH, 503", PATCH, [unavailable, FINE], "ServiceUnavailableError 503", unknown=True)
    yield Row("PUT, 503", PUT, [unavailable, FINE], "Everything", 2)
    yield Row("DELETE, 503", DELETE, [unavailable, answer(204)], "None", 2)
    yield Row("with a key, 503 twice", KEYED, [unavailable, unavailable, FINE], "Everything", 3)
    yield Row("declared, 503 twice", DECLARED, [unavailable, unavailable, FINE], "Everything", 3)
    yield Row("declared, 500", DECLARED, [said({}, 500), FINE], "InternalServerError 500", unknown=True)
    yield Row("cancel, 500", CANCEL, [said({}, 500), FINE], "Everything", 2)
    yield Row("no repeats wanted", GET, [said({}, 500)], "InternalServerError 500", options={"max_retries": 0})


def rows_of_lost_connections() -> Generator[Row]:
    lost = {
        "no word": raw(b""),
        "reset": raw(b"", "reset"),
        "cut head": raw("HTTP/1.1 200"),
        "cut headers": raw(HEAD),
        "cut body": raw(f"{HEAD}Content-Length: 9000\r\n\r\n{BODY}"),
        "reset in the body": raw(f"{HEAD}Content-Length: 9000\r\n\r\n{BODY}", "reset"),
        "cut chunk": raw(f"{HEAD}Transfer-Encoding: chunked\r\n\r\n{len(BODY):x}\r\n{BODY[:9]}"),
        "no last chunk": raw(f"{HEAD}Transfer-Encoding: chunked\r\n\r\n{len(BODY):x}\r\n{BODY}\r\n"),
        "chunk of no number": raw(f"{HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{BODY}\r\n0\r\n\r\n"),
        "negative chunk": raw(f"{HEAD}Transfer-Encoding: chunked\r\n\r\n-5\r\n{BODY}\r\n0\r\n\r\n"),
        "junk": raw("HELLO evil\x1b[31m\r\n\r\n"),
        "junk in the version": raw(f"HTTP/9.x 200 OK\r\nContent-Length: {len(BODY)}\r\n\r\n{BODY}"),
        "no number in the status": raw("HTTP/1.1 2oo OK\r\n\r\n"),
        "headers without an end": raw("HTTP/1.1 200 OK\r\n" + "X-More: 1\r\n" * 20_000),
        "one header without an end": raw("HTTP/1.1 200 OK\r\nX-More: " + "1" * 200_000),
        "no gzip": answer(200, b"plain text", ("Content-Encoding", "gzip")),
    }
    for name, step in lost.items():
        yield Row(f"GET, {name}", GET, [step] * 3, "APIConnectionError", 3)
        yield Row(f"GET, {name}, once", GET, [step, FINE], "Everything", 2)
        yield Row(f"POST, {name}", POST, [step, FINE], "UnknownOutcomeError", text="may have been carried out")
    yield Row("with a key, no word", KEYED, [raw(b""), FINE], "Everything", 2)
    yield Row("with a key, no word for good", KEYED, [raw(b"")] * 3, "UnknownOutcomeError", 3)
    yield Row("GET, silence", GET, [SILENT], "APITimeoutError", options=QUICK)
    yield Row("POST, silence", POST, [SILENT], "UnknownOutcomeError", options=QUICK)
    yield Row("500, then no word", GET, [said({}, 500), raw(b""), FINE], "Everything", 3)
    yield Row("429, then no word", POST, [said({}, 429), raw(b"")], "UnknownOutcomeError", 2)


def rows_of_bodies() -> Generator[Row]:
    broken = {
        "truncated JSON": answer(200, BODY.encode()[:-5]),
        "HTML": HTML,
        "bad UTF-8": answer(200, b'{"id": "\xff"}'),
        "5,000 digits": answer(200, b"1" * 5000),
        "deep": answer(200, b"[" * 100_000),
        "two values": answer(200, b"{}{}"),
        "NUL": answer(200, b"\0"),
    }
    for name, step in broken.items():
        yield Row(f"200, {name}", GET, [step], "ResponseDecodeError")
        yield Row(f"POST, {name}", POST, [step], "ResponseDecodeError")
    fine = {
        "byte order mark": answer(200, b"\xef\xbb\xbf" + BODY.encode()),
        "UTF-16": answer(200, BODY.encode("utf-16")),
        "as text": answer(200, BODY.encode(), kind="text/plain"),
        "without a type": answer(200, BODY.encode(), kind=""),
        "in an unknown charset": answer(200, BODY.encode(), kind="application/json; charset=undefined"),
        "gzip": answer(200, gzip.compress(BODY.encode()), ("Content-Encoding", "gzip")),
        "chunked": raw(f"{HEAD}Transfer-Encoding: chunked\r\n\r\n{len(BODY):x};x=y\r\n{BODY}\r\n0\r\nX: 1\r\n\r\n"),
        "until the end": raw(f"{HEAD}\r\n{BODY}"),
        "early hints": raw(f"HTTP/1.1 103 Hints\r\n\r\n{HEAD}Content-Length: {len(BODY)}\r\n\r\n{BODY}"),
        "another success": said(EVERYTHING, 206),
        "an unknown property": thing(brand="new"),
        "1.0 for 1": thing(count=3.0),
        "NaN for a number": thing(ratio=float("nan")),
        "cookies": said(EVERYTHING, 200, ("Set-Cookie", "a=b; expires=never; domain=.com"), ("Set-Cookie", "\xff")),
        "odd headers": said(EVERYTHING, 200, ("X-Odd", "\x80\xff"), ("Date", "never"), ("Link", ";;;")),
    }
    for name, step in fine.items():
        yield Row(f"200, {name}", GET, [step], "Everything")
    empty = {"empty": answer(200), "null": answer(200, b"null"), "204": answer(204), "205": answer(205)}
    for name, step in empty.items():
        yield Row(f"{name}", GET, [step], "Everything", warned="the response is empty")
        yield Row(f"{name}, list", LIST, [step], re.escape("[]"), warned="the response is empty")
        yield Row(f"{name}, POST", POST, [step], "Everything", warned="the response is empty")
        yield Row(f"{name}, number", COUNT, [step], "ResponseDecodeError")
        yield Row(f"{name}, strict", GET, [step], "ResponseDecodeError", options={"strict": True})
    for name, step in {"content that nobody described": said({"a": 1}), "nothing": answer(204)}.items():
        yield Row(name, DELETE, [step], "None")


def rows_of_drift() -> Generator[Row]:
    drifts = {
        "a list": (said([]), r".*", "expected an object"),
        "a number": (said(7), r".*", "expected an object"),
        "missing": (without("name"), "Everything", "'/name': missing"),
        "wrong type": (thing(name=7), "Everything", "'/name': expected a string"),
        "bad UUID": (thing(id="7"), "Everything", "'/id': expected"),
        "bad time": (thing(at="noon"), "Everything", "'/at': expected"),
        "a new value": (thing(state="queued_v2"), "Everything", "'/state': unknown value 'queued_v2'"),
        "upper case": (thing(state="NEW"), "Everything", "'/state': unknown value 'NEW'"),
        "a huge exponent": (thing(price="1e99999999"), "Everything", "'/price': expected"),
        "too large a number": (thing(count=1e400), "Everything", "'/count': expected"),
        "a wrong item": (thing(names=["a", 1]), "Everything", "'/names/1': expected"),
    }
    for name, (step, outcome, warned) in drifts.items():
        yield Row(f"drift, {name}", GET, [step], outcome, warned=warned)
        yield Row(f"drift, {name}, strict", GET, [step], "ResponseDecodeError", options={"strict": True})


def rows_of_errors() -> Generator[Row]:
    hostile = "a\x1b[2J\x1b]0;x\x07\x9b\u202e\u2028\r\nb"
    forms: dict[str, tuple[Step, str, str]] = {
        "code and message": (said({"code": "c", "message": "m"}, 400), "BadRequestError 400 c", "400 c: m"),
        "problem": (said({"type": "t", "title": "T", "detail": "D"}, 400), "BadRequestError 400 t", "400 t: D"),
        "text": (answer(400, b"no such thing", kind="text/plain"), "BadRequestError 400", "400: no such thing"),
        "HTML": (answer(400, b"<h1>", kind="text/html"), "BadRequestError 400", "400"),
        "nothing": (answer(400), "BadRequestError 400", "400"),
        "control characters": (said({"message": hostile}, 400), "BadRequestError 400", "400: a [2J ]0;x b"),
        "the key of the client": (said({"message": f"bad key {SECRET}!"}, 401), ".* 401", "401: bad key ***!"),
        "deep JSON": (answer(400, b'{"message": ' + b"[" * 100_000), "BadRequestError 400", "400"),
        "long digits": (answer(400, b'{"code": ' + b"1" * 5000 + b"}"), "BadRequestError 400", "400"),
        "a lone surrogate": (answer(400, b'{"message": "a\\ud800b"}'), "BadRequestError 400", "400: a b"),
        "the id of the request": (said({}, 400, ("X-Request-Id", "r-1")), "BadRequestError 400", "(request r-1)"),
        "a number as code": (said({"code": 1002}, 400), "BadRequestError 400 1002", "400 1002"),
    }
    for name, (step, outcome, text) in forms.items():
        yield Row(f"error, {name}", GET, [step], outcome, text=text)


ROWS = [
    *rows_of_pauses(), *rows_of_statuses(), *rows_of_lost_connections(), *rows_of_bodies(), *rows_of_drift(),
    *rows_of_errors(),
]  # fmt: skip


@pytest.fixture(scope="module", params=KINDS)
def talk(request: pytest.FixtureRequest) -> Generator[tuple[LyingServer, Caller]]:
    with conversation(request.param) as pair:
        yield pair


def test_there_are_enough_rows_and_no_name_twice() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS) >= 130


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_scenario(row: Row, talk: tuple[LyingServer, Caller]) -> None:
    server, caller = talk
    server.script(row.steps)
    body = {"n": 1} if row.operation.method in ("POST", "PATCH", "PUT") else None
    record = caller.call(Call(row.operation, body=body), **row.options)
    outcome = in_words(record.value if record.error is None else record.error)
    assert re.fullmatch(row.outcome, outcome), (outcome, record)
    patience = time.monotonic() + 5
    while len(server.seen) < row.requests and time.monotonic() < patience:
        time.sleep(0.01)  # a client that gives up may be quicker than the server reads
    assert len(server.seen) == row.requests
    found = [str(one.message) for one in record.warnings]
    assert [row.warned in text for text in found] == [True] * bool(row.warned), found
    if record.error is not None:
        place = f"{row.operation.id}: {row.operation.method} http://127.0.0.1:{server.port}/"
        assert isinstance(record.error, APIError)
        assert str(record.error).startswith(place)
        assert str(record.error).isprintable()
        assert SECRET not in str(record.error)
        assert row.text in str(record.error)
    if row.unknown is not None:
        assert isinstance(record.error, APIStatusError)
        assert record.error.outcome_unknown == row.unknown
    if row.operation is KEYED:
        assert record.error is None or record.error.idempotency_key
