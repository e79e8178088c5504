"""FakeTransport, as users' tests use it."""

from __future__ import annotations

import io

import pytest

from clientsmith.runtime.files import raw_body
from clientsmith.runtime.testing import Answer, ConnectionLost, FakeTransport, SentRequest
from clientsmith.runtime.transport import Request, TransportError


def get(path: str) -> Request:
    return Request("GET", f"https://a.example{path}")


def test_a_list_answers_once_each_and_in_order() -> None:
    fake = FakeTransport([Answer(200), Answer(404), ConnectionLost("no", timeout=True), RuntimeError("mine")])
    assert [fake.send(get("/a")).status, fake.send(get("/b")).status] == [200, 404]
    with pytest.raises(TransportError) as caught:
        fake.send(get("/c"))
    assert (caught.value.sent, caught.value.timeout) == ("no", True)
    with pytest.raises(RuntimeError, match="mine"):
        fake.send(get("/d"))
    with pytest.raises(AssertionError, match="no answer left for GET /e"):
        fake.send(get("/e"))


def test_routes_answer_in_order_and_repeat_their_last() -> None:
    fake = FakeTransport({"GET /jobs/*": [Answer(json=1), Answer(json=2)], "GET /**": Answer(404), "POST /jobs": []})
    assert [fake.send(get("/jobs/x?y=1")).content for _ in range(3)] == [b"1", b"2", b"2"]
    assert fake.send(get("/jobs/x/items")).status == 404
    with pytest.raises(AssertionError, match="POST /jobs"):
        fake.send(Request("POST", "https://a.example/jobs"))


def test_answers_may_be_computed() -> None:
    def greet(request: SentRequest) -> Answer:
        return Answer(text=f"hello {request.query['name'][0]}")

    response = FakeTransport([greet]).send(get("/?name=Ada"))
    assert (response.content, response.headers["content-type"]) == (b"hello Ada", "text/plain; charset=utf-8")


def test_what_was_sent_is_recorded() -> None:
    fake = FakeTransport({"POST /a": Answer(), "PUT /b": Answer()})
    fake.send(Request("POST", "https://a.example/a?x=1&x=2&y=", (("X-A", "1"),), b'{"n": 1}'))
    fake.send(Request("PUT", "https://a.example/b", body=raw_body(io.BytesIO(b"file"))[0]))
    first, second = fake.requests
    assert (first.path, first.query, first.json) == ("/a", {"x": ["1", "2"], "y": [""]}, {"n": 1})
    assert first.headers["x-a"] == "1"
    assert (second.content, second.json) == (b"file", None)


def test_content_types() -> None:
    fake = FakeTransport(
        [Answer(json=None), Answer(json={}, headers={"content-type": "application/hal+json"}), Answer(content=b"\0")]
    )
    kinds = [fake.send(get("/")).headers.get_all("Content-Type") for _ in range(3)]
    assert kinds == [["application/json"], ["application/hal+json"], []]


def test_sleeping_moves_its_clock() -> None:
    fake = FakeTransport([])
    fake.sleep(2.5)
    fake.sleep(1)
    assert (fake.now(), fake.sleeps) == (3.5, [2.5, 1])
