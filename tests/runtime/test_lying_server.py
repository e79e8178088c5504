"""Whatever a server sends ends in a value or an APIError, and is sent again only as documented: over real sockets.

Random scripts of a server, over every transport, blocking and on asyncio. `CLIENTSMITH_SCRIPTS=4000` plays so many for
each of the six, which takes some minutes: `CLIENTSMITH_SCRIPTS=4000 pytest tests/runtime/test_lying_server.py`.
"""

from __future__ import annotations

import gzip
import json
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lying_server import KINDS, SECRET, Caller, LyingServer, Record, Step, answer, conversation
from test_codec import EVERYTHING

from clientsmith.runtime.declarations import Operation
from clientsmith.runtime.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    ResponseDecodeError,
    SchemaDriftWarning,
    UnknownOutcomeError,
)
from clientsmith.runtime.operation import Call
from clientsmith.runtime.transport import Response, TransportError
from clientsmith.translate.retries import retries_of

SCRIPTS = int(os.environ.get("CLIENTSMITH_SCRIPTS", "60"))
ONCE = settings(max_examples=SCRIPTS, deadline=None, suppress_health_check=[HealthCheck.too_slow])

OPERATIONS: list[Operation] = [
    Operation("getThing", "GET /thing", {"200": "Everything", "404": "Owner", "default": "Everything"}),
    Operation("listOwners", "GET /owners", {"200": "list[Owner]"}),
    Operation("makeThing", "POST /thing", {"201": "Everything", "4XX": "Everything"}),
    Operation("changeThing", "PATCH /thing", {"200": "Guest | int | list[Typed]"}),
    Operation("payOnce", "POST /pay", {"200": "Owner"}, idempotency_header="Idempotency-Key"),
    Operation("payAgain", "POST /pay", {"200": "Owner"}, retry_statuses=(503,)),
    Operation("cancel", "POST /cancel", {"200": "Owner"}, retry_safe=True),
    Operation("getText", "GET /text", {"200": {"text/plain": "str"}}),
    Operation("getFile", "GET /file", {"200": {"application/json": "Everything", "image/*": "bytes"}}),
    Operation("stop", "DELETE /thing", {"204": {}}),
]

texts = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=20)
tokens = st.text(st.sampled_from("abcXYZ-_0"), min_size=1, max_size=8)
KNOWN_HEADERS = [
    ("Retry-After", st.sampled_from(["0", "3", "61", "-1", "1e999", "9" * 400, "nan", "x"])),
    ("Retry-After", st.sampled_from(["Wed, 99 Foo 0000 99:99:99", "Mon, 01 Jan 0001 00:00:00 -0000"])),
    ("Retry-After", texts),
    ("Date", texts),
    ("Content-Type", st.sampled_from(["text/plain; charset=idna", "text/html", "image/png", "a/b+json; charset=\0"])),
    ("Content-Type", texts),
    ("Content-Encoding", st.sampled_from(["gzip", "deflate", "br", "identity", "gzip, gzip", "\x80"])),
    ("Location", texts),
    ("Set-Cookie", texts),
    ("X-Request-Id", texts),
    ("Connection", st.sampled_from(["close", "keep-alive", "upgrade"])),
    ("Content-Length", st.sampled_from(["1", "-1", "x", "0", "9" * 30, "9" * 5000])),
    ("Transfer-Encoding", st.sampled_from(["chunked", "identity", "gzip, chunked"])),
]
known_headers = st.one_of([st.tuples(st.just(name), values) for name, values in KNOWN_HEADERS])
headers = st.lists(known_headers | st.tuples(tokens, texts), max_size=4)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
values = st.recursive(
    scalars | st.sampled_from([10**400, "1e99999"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from([*EVERYTHING, "retry_after", "error", "message", "code"]), inner, max_size=4),
    max_leaves=8,
)
described = st.dictionaries(st.sampled_from([*EVERYTHING]), values, max_size=3).map(lambda more: {**EVERYTHING, **more})
bodies = st.one_of(
    (values | described).map(lambda value: json.dumps(value).encode()),
    described.map(lambda value: gzip.compress(json.dumps(value).encode())),
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"", b"null", b"[]", b"{}", b"{", b'"\\ud800"', b"NaN", b"[" * 100_000, b'{"a":' * 20_000, b"1" * 5000,
            b'{"retry_after": ' + b"9" * 400 + b"}", b'{"error": {"message": "\\u001b[2J\\u202e"}}', b"\xef\xbb\xbf{}",
            f'{{"message": "bad key {SECRET}"}}'.encode(), b"0\r\n\r\n", b"ffffffff\r\nx", b"-5\r\nhello\r\n",
        ]
    ),
)  # fmt: skip
statuses = st.sampled_from([200, 200, 200, 201, 204, 205, 429, 429, 503, 500, 404]) | st.integers(100, 999)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """Mostly responses, with anything in them; now and then no response at all."""
    form = draw(st.integers(0, 9))
    if form == 0:
        return Step(draw(st.binary(max_size=80)), draw(st.sampled_from(["close", "reset"])))
    status, body, more = draw(statuses), draw(bodies), draw(headers)
    if form <= 4:
        return answer(status, body, *more, end="close", kind=draw(st.sampled_from(["application/json", "text/plain"])))
    lines = "".join(f"{name}: {value}\r\n" for name, value in more).encode("latin-1")
    head = f"HTTP/1.1 {status} ".encode() + draw(texts).encode("latin-1") + b"\r\n" + lines + b"\r\n"
    return Step(head + body, draw(st.sampled_from(["close", "reset"])), status)


scripts = st.lists(steps(), min_size=1, max_size=4)


def call_of(operation: Operation) -> Call[Any]:
    return Call(operation, body={"n": 1} if operation.method in ("POST", "PATCH") else None)


def contradictions(operation: Operation, server: LyingServer, caller: Caller, record: Record) -> list[str]:
    """What is not as documented in one call; empty if all is."""
    found: list[str] = []
    stated, attempts = retries_of(operation), caller.transport.attempts
    for method, step in server.seen[:-1]:
        # A response that was sent as a status may have been broken on its way: then no response came.
        is_stated = step.status is not None and min(step.status, 599) in stated.statuses
        if not is_stated and not stated.lost_connection:
            found.append(f"{method} was sent again after {step!r}")
    for outcome in attempts[:-1]:
        if isinstance(outcome, Response):
            allowed = min(outcome.status, 599) in stated.statuses  # RFC 9110, 15: what is above 599 counts as 5xx
        else:
            allowed = outcome.sent == "no" or stated.lost_connection
        if not allowed:
            found.append(f"sent again after {outcome!r}")
    if len(attempts) > 3 or len(server.seen) > len(attempts):
        found.append(f"{len(server.seen)} requests, {len(attempts)} attempts")
    last, error, value = attempts[-1], record.error, record.value
    if error is not None and not isinstance(error, APIError):
        return [*found, f"{error!r} is no APIError"]
    if error is not None:
        text = str(error)
        if not text.isprintable() or SECRET in text or not text.startswith(f"{operation.id}: {operation.method} http"):
            found.append(f"the text of the error is {text!r}")
    if isinstance(last, TransportError):
        doubtful = any(o.sent == "maybe" if isinstance(o, TransportError) else o.status >= 500 for o in attempts)
        unknown = doubtful and not operation.is_idempotent
        expected = UnknownOutcomeError if unknown else APITimeoutError if last.timeout else APIConnectionError
        if operation.retry_statuses == () and type(error) is not expected:
            found.append(f"{last!r} became {error!r}, not {expected.__name__}")
    elif not 200 <= last.status < 300:
        if not isinstance(error, APIStatusError) or error.status != last.status:
            found.append(f"{last!r} became {error!r}")
    elif error is not None and not isinstance(error, ResponseDecodeError):
        found.append(f"{last!r} became {error!r}")
    elif error is None and value is None and operation.id != "stop":
        found.append(f"{last!r} became None")
    found += [f"{one.message!r}" for one in record.warnings if one.category is not SchemaDriftWarning]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_contradicts_what_is_documented(kind: str) -> None:
    with conversation(kind) as (server, caller):

        @ONCE
        @given(st.sampled_from(OPERATIONS), scripts, st.booleans())
        def plays(operation: Operation, script: list[Step], strict: bool) -> None:
            server.script(script)
            record = caller.call(call_of(operation), strict=strict)
            assert contradictions(operation, server, caller, record) == []

        plays()
