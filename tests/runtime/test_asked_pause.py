"""How long a refusal asks to wait, when its headers are silent."""

from __future__ import annotations

import json

import pytest

from clientsmith.runtime.retry import asked_pause
from clientsmith.runtime.transport import Headers, Response


@pytest.mark.parametrize(
    ("status", "headers", "body", "seconds"),
    [
        (429, {}, {"code": "RATE_LIMIT", "retry_after": 7}, 7.0),
        (503, {}, {"error": {"retry_after": 1.5}}, 1.5),
        (429, {"Retry-After": "3"}, {"retry_after": 7}, 3.0),
        (429, {}, {"retry_after": "soon"}, None),
        (429, {}, ["retry_after"], None),
        (500, {}, {"retry_after": 7}, None),
        (429, {}, {"retry_after": 10**400}, None),
        (429, {}, {"retry_after": -(10**400)}, None),
        (429, {}, {"retry_after": float("inf")}, None),
        (429, {}, {"retry_after": float("nan")}, None),
        (503, {}, {"retry_after": -7}, 0.0),
    ],
)
def test_asked_pause(status: int, headers: dict[str, str], body: object, seconds: float | None) -> None:
    answer = Response(status, Headers(headers.items()), json.dumps(body).encode(), "http://127.0.0.1/")
    assert asked_pause(answer) == seconds


@pytest.mark.parametrize("body", [b"<p>retry_after</p>", b'{"retry_after": ' + b"[" * 100_000, b"\xff retry_after"])
def test_a_body_that_is_no_json(body: bytes) -> None:
    assert asked_pause(Response(429, Headers(()), body, "http://127.0.0.1/")) is None
