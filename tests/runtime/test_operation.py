"""The request that a call becomes."""

from __future__ import annotations

import datetime
import decimal
import enum
import io
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from acme_client.models import Job

from clientsmith.runtime.codec import Codec
from clientsmith.runtime.declarations import Operation
from clientsmith.runtime.operation import Call, RequestOptions, header_pairs, request_for
from clientsmith.runtime.styles import Param
from clientsmith.runtime.transport import BodyStream, Request

CODEC = Codec("acme_client.models")
BASE = "https://api.example.com"
Responses: TypeAlias = Mapping[str, Mapping[str, str] | str]


class Size(enum.Enum):
    LARGE = "large"


def operation(*path: str, method: str = "GET", responses: Responses | None = None, **more: Any) -> Operation:
    route = "".join(f"{{{part}}}" if i % 2 else part for i, part in enumerate(path or ("/things",)))
    return Operation("op", f"{method} {route}", responses or {}, **more)


def built(call: Call[Any], base_url: str = BASE, options: RequestOptions | None = None, **headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return request_for(call, CODEC, base_url=base_url, headers=named, options=options or {})[0]


def headers_of(request: Request) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers}


URLS: list[tuple[str, Call[Any], str]] = [
    (BASE, Call(operation("/jobs/", "id"), path=("a/b",)), f"{BASE}/jobs/a%2Fb"),
    (
        BASE,
        Call(operation("/jobs/", "id", "/items/", "n", ".json"), path=("..", 3)),
        f"{BASE}/jobs/%2E%2E/items/3.json",
    ),
    (f"{BASE}/v1/", Call(operation("/jobs")), f"{BASE}/v1/jobs"),
    (f"{BASE}/v1", Call(operation("jobs")), f"{BASE}/v1/jobs"),
    (BASE, Call(operation("@evil.example/")), f"{BASE}/@evil.example/"),
    (BASE, Call(operation("//evil.example/x")), f"{BASE}/evil.example/x"),
    (f"{BASE}?v=1", Call(operation("/a?b=2"), query={"c": 3}), f"{BASE}/a?v=1&b=2&c=3"),
    (BASE, Call(operation("/a b/é%2F#frag")), f"{BASE}/a%20b/%C3%A9%2F"),
    (BASE, Call(operation("/", "x"), path=("//evil.example/?#@",)), f"{BASE}/%2F%2Fevil.example%2F%3F%23%40"),
    (BASE, Call(operation(), query={"a": None, "b": [], "c": 0, "d": ""}), f"{BASE}/things?c=0&d="),
    (BASE, Call(operation(), query={"size": Size.LARGE, "flag": False}), f"{BASE}/things?size=large&flag=false"),
    (BASE, Call(operation(), query={"id": uuid.UUID(int=1)}), f"{BASE}/things?id=00000000-0000-0000-0000-000000000001"),
    (BASE, Call(operation(), query={"p": decimal.Decimal("1.10")}), f"{BASE}/things?p=1.10"),
    (BASE, Call(operation(), query={"d": datetime.date(2026, 2, 1)}), f"{BASE}/things?d=2026-02-01"),
    (
        BASE,
        Call(operation(params=(Param("query", "ids", explode=False),)), query={"ids": [1, 2]}),
        f"{BASE}/things?ids=1,2",
    ),
    (
        BASE,
        Call(operation("/x", "p", params=(Param("path", "p", style="matrix", explode=True),)), path=([1, 2],)),
        f"{BASE}/x;p=1;p=2",
    ),
    (
        BASE,
        Call(
            operation(params=(Param("querystring", "q", media_type="application/x-www-form-urlencoded"),)),
            query={"q": {"a": "b c", "d": 1}},
        ),
        f"{BASE}/things?a=b+c&d=1",
    ),
]


@pytest.mark.parametrize(("base_url", "call", "url"), URLS)
def test_urls(base_url: str, call: Call[Any], url: str) -> None:
    assert built(call, base_url).url == url


@pytest.mark.parametrize("value", ["", None, []])
def test_empty_path_values_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match="'id' is empty"):
        built(Call(operation("/jobs/", "id"), path=(value,)))


def test_times_travel_with_their_offset() -> None:
    when = datetime.datetime(2026, 2, 1, 12, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    assert built(Call(operation(), query={"t": when})).url == f"{BASE}/things?t=2026-02-01T12%3A30%3A00%2B02%3A00"
    with pytest.raises(ValueError, match=r"naive|offset"):
        built(Call(operation(), query={"t": datetime.datetime(2026, 2, 1)}))


def test_headers_and_whose_word_counts() -> None:
    call: Call[Any] = Call(
        operation(), header={"X-A": 1, "X-Flags": [True, False], "X-None": None}, cookie={"s": "1;", "t": 2}
    )
    request = built(
        call, options={"headers": {"x-a": "mine", "X-C": "option"}}, X_A="client", X_C="client", X_D="client"
    )
    assert headers_of(request) == {
        "accept": "*/*",
        "x-a": "mine",
        "x-flags": "true,false",
        "x-c": "option",
        "x-d": "client",
        "cookie": "s=1%3B; t=2",
    }


def test_more_query_for_one_call() -> None:
    assert (
        built(Call(operation(), query={"a": 1}), options={"query": {"b": [2, 3]}}).url == f"{BASE}/things?a=1&b=2&b=3"
    )


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\0b", "a\x7fb", "a☃b"])
def test_header_values_that_cannot_be_sent(value: str) -> None:
    with pytest.raises(ValueError, match="header 'X-A'") as caught:
        built(Call(operation(), header={"X-A": value}))
    assert value not in str(caught.value)


@pytest.mark.parametrize("name", ["X A", "X:", "", "X\r\n", "É"])
def test_header_names_that_cannot_be_sent(name: str) -> None:
    with pytest.raises(ValueError, match="no name of a header"):
        header_pairs([(name, "1")])


ACCEPTS: list[tuple[dict[str, dict[str, str]], str]] = [
    ({"200": {"application/json": "Job"}, "404": {"application/problem+json": "Problem"}}, "application/json"),
    (
        {"200": {"application/pdf": "bytes", "text/plain": "str"}, "2XX": {"text/plain": "str"}},
        "application/pdf",
    ),
    ({"204": {}, "default": {"application/json": "Problem"}}, "*/*"),
    ({"default": {"application/json": "Job"}}, "application/json"),
    ({}, "*/*"),
]


@pytest.mark.parametrize(("responses", "accept"), ACCEPTS)
def test_accept_names_the_successes(responses: dict[str, dict[str, str]], accept: str) -> None:
    assert headers_of(built(Call(operation(responses=responses))))["accept"] == accept


def test_accept_of_one_call() -> None:
    call: Call[Any] = Call(operation(responses={"200": {"application/pdf": "bytes"}}), accept="image/*")
    assert headers_of(built(call))["accept"] == "image/*"


def sent(body: object, content_type: str, **more: Any) -> tuple[bytes | BodyStream | None, str | None]:
    request = built(Call(operation(method="POST", **more), body=body, content_type=content_type))
    return request.body, headers_of(request).get("content-type")


JSON: list[tuple[object, bytes]] = [
    ({"a": [1, None, True], "é": "ü"}, '{"a":[1,null,true],"é":"ü"}'.encode()),
    (Job(id="1", status=None), b'{"id":"1"}'),
    ([Job(id="1"), Job(id="2")], b'[{"id":"1"},{"id":"2"}]'),
    ("text", b'"text"'),
    (0, b"0"),
    (False, b"false"),
]


@pytest.mark.parametrize(("body", "content"), JSON)
@pytest.mark.parametrize("content_type", ["application/json", "application/merge-patch+json", "application/json; x=y"])
def test_json_bodies(body: object, content: bytes, content_type: str) -> None:
    assert sent(body, content_type) == (content, content_type)


def test_no_body() -> None:
    assert sent(None, "application/json") == (None, None)


def test_a_body_with_files_is_a_form() -> None:
    def request(*files: tuple[str, object]) -> Request:
        return built(Call(operation(method="POST"), body=Job(id="1"), files=dict(files)))

    assert headers_of(request(("image", None)))["content-type"] == "application/json"
    form = request(("image", b"bytes"), ("mask", None))
    assert headers_of(form)["content-type"].startswith("multipart/form-data; boundary=")
    assert form.body is not None
    content = form.body if isinstance(form.body, bytes) else b"".join(form.body)
    assert b'name="id"' in content
    assert b'name="image"' in content
    assert b'name="mask"' not in content


def test_numbers_that_json_lacks_are_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        sent({"a": float("inf")}, "application/json")


def test_urlencoded_bodies() -> None:
    body = {"a": "x y&z", "n": 1, "flag": True, "none": None, "many": [1, 2], "object": {"k": "v"}, "deep": {"a": [1]}}
    kind = "application/x-www-form-urlencoded"
    content, content_type = sent(body, kind, params=(Param("form", "deep", "deepObject"),))
    assert content_type == kind
    assert content == (b"a=x+y%26z&n=1&flag=true&many=1&many=2&object=%7B%22k%22%3A%22v%22%7D&deep%5Ba%5D%5B0%5D=1")
    assert sent({"a": [1]}, kind, encodings={"a": "application/json"})[0] == b"a=%5B1%5D"
    assert sent(Job(id="1"), kind)[0] == b"id=1"
    with pytest.raises(TypeError, match="a mapping, not int"):
        sent(3, kind)


def test_text_bodies() -> None:
    assert sent("<é/>", "application/xml") == ("<é/>".encode(), "application/xml")
    assert sent("plain", "text/plain; charset=utf-8") == (b"plain", "text/plain; charset=utf-8")


def test_raw_bodies(tmp_path: Path) -> None:
    path = tmp_path / "me.png"
    path.write_bytes(b"\x89PNG")
    assert sent(b"\0\1", "application/octet-stream") == (b"\0\1", "application/octet-stream")
    for file in (path, io.BytesIO(b"\x89PNG")):
        body, content_type = sent(file, "application/octet-stream")
        assert not isinstance(body, bytes)
        assert body is not None
        assert (b"".join(body), content_type) == (b"\x89PNG", "application/octet-stream")
    assert sent(path, "image/*")[1] == "image/png"
    assert sent(b"x", "*/*")[1] == "application/octet-stream"
    with pytest.raises(TypeError, match=r"path is written Path\('me.png'\)"):
        sent("me.png", "image/png")
    with pytest.raises(FileNotFoundError):
        sent(tmp_path / "missing", "image/png")


def test_idempotency_keys() -> None:
    keyed = operation(method="POST", idempotency_header="Idempotency-Key")

    def key_of(call: Call[Any], options: RequestOptions | None = None) -> tuple[str | None, str | None]:
        request, key = request_for(call, CODEC, base_url=BASE, headers={}, options=options or {})
        return key, headers_of(request).get("idempotency-key")

    first, second = key_of(Call(keyed)), key_of(Call(keyed))
    assert first[0] == first[1]
    assert uuid.UUID(first[0]).version == 4
    assert first != second
    assert key_of(Call(keyed, idempotency_key="mine")) == ("mine", "mine")
    assert key_of(Call(keyed, idempotency_key="mine"), {"idempotency_key": "option"}) == ("option", "option")
    assert key_of(Call(operation(method="POST"))) == (None, None)
    with pytest.raises(ValueError, match="takes no idempotency key"):
        key_of(Call(operation(method="POST")), {"idempotency_key": "x"})


def test_nothing_secret_in_a_repr() -> None:
    call: Call[Any] = Call(operation(), query={"token": "secret"}, header={"Authorization": "secret"})
    assert repr(built(call)) == "<Request GET https://api.example.com/things>"
