from __future__ import annotations

import io

from bodies import Client
from bodies.models import ImageRequest, PatchLabelsRequestAt, Shared
from golden_server import Answer, Script


def check_json_or_multipart(server: Script) -> None:
    server.script(Answer(200, True), Answer(200, True))
    with Client(base_url=server.url) as client:
        assert client.images.create(image_url="https://example.com/a.png", mode="full") is True
        client.images.create(image=("a.png", b"bytes", "image/png"), mode="auto")
    first, second = server.requests
    assert first.json() == {"image_url": "https://example.com/a.png", "mode": "full"}
    assert [(p.name, p.filename, p.content_type, p.content) for p in second.parts()] == [
        ("mode", None, None, b"auto"),
        ("image", "a.png", "image/png", b"bytes"),
    ]


def check_others(server: Script) -> None:
    server.script(Answer(204), Answer(204), Answer(204), Answer(204))
    with Client(base_url=server.url) as client:
        client.form.send(a="x y", b=2)
        client.raw_.update(body=b"\x00\x01")
        client.raw_.update(body=io.BytesIO(b"stream"))
        client.images.list(body=[ImageRequest(mode="auto")])
    form, raw, stream, listed = server.requests
    assert (form.content_type, form.body) == ("application/x-www-form-urlencoded", b"a=x+y&b=2")
    assert (raw.content_type, raw.body, stream.body) == ("application/octet-stream", b"\x00\x01", b"stream")
    assert listed.json() == [{"mode": "auto"}]


def check_what_has_to_be_sent(server: Script) -> None:
    server.script(*[Answer(204)] * 4)
    with Client(base_url=server.url) as client:
        client.jobs.create(name="n")
        client.jobs.replace()
        client.jobs.replace(kind="resize", name="n")
        client.jobs.update(body={"at": 1})
        try:
            client.jobs.create()  # type: ignore[call-arg]  # what this is about
        except TypeError as error:
            assert "'name'" in str(error)
        else:
            raise AssertionError("sent without a name")
    added, nothing, put, forked = server.requests
    assert added.json() == put.json() == {"kind": "resize", "name": "n"}
    assert (nothing.body, forked.json()) == (b"", {"at": 1})


def check_what_one_media_type_requires(server: Script) -> None:
    server.script(Answer(204), Answer(204))
    with Client(base_url=server.url) as client:
        client.scenes.create(image_url="u")
        client.scenes.create(image=b"i", mode="m")
        try:
            client.scenes.create(mode="m")
        except TypeError as error:
            assert str(error) == "image_url= is required for application/json"
        else:
            raise AssertionError("sent as JSON without an address")
        try:
            client.scenes.create(image=b"i")
        except TypeError as error:
            assert str(error) == "mode= is required for multipart/form-data"
        else:
            raise AssertionError("sent as a form without a mode")
    assert [request.content_type.partition(";")[0] for request in server.requests] == [
        "application/json",
        "multipart/form-data",
    ]
    assert "How to cut. Required for `multipart/form-data`." in (client.scenes.create.__doc__ or "")


def check_properties_that_are_not_documented(server: Script) -> None:
    server.script(*[Answer(204)] * 6)
    with Client(base_url=server.url) as client:
        client.labels.replace(color="red", additional_properties={"n": 1})
        client.labels.replace(color="red", options={"extra_body": {"color": "blue", "more": None}})
        client.labels.create(additional_properties={"a": "x y", "b": [1, 2]})
        client.labels.create(color="red", options={"extra_body": {"a": 1}})
        client.with_options(extra_body={"a": 1}).jobs.replace(options={"extra_body": {"b": 2}})
        try:
            client.images.list(body=[], options={"extra_body": {"a": 1}})
        except TypeError as error:
            assert "a mapping, not list" in str(error)
        else:
            raise AssertionError("a list was sent with a property")
    first, second, form, other, merged = server.requests
    assert (first.json(), second.json()) == ({"color": "red", "n": 1}, {"color": "blue", "more": None})
    assert (form.body, other.body, merged.json()) == (b"a=x+y&b=1&b=2", b"color=red&a=1", {"a": 1, "b": 2})


def check_merge_patches(server: Script) -> None:
    server.script(Answer(204), Answer(204), Answer(200, {"color": None}))
    with Client(base_url=server.url) as client:
        client.labels.update(id=1, color=None, any=None, at=PatchLabelsRequestAt(x=None))
        client.labels.update(id=1)
        assert client.shared.update(color=None, size=2) == Shared()
    assert [request.json() for request in server.requests] == [
        {"id": 1, "color": None, "any": None, "at": {"x": None}},
        {"id": 1},
        {"color": None, "size": 2},
    ]
    assert {request.content_type for request in server.requests} == {"application/merge-patch+json"}


def check_parts_that_are_files(server: Script) -> None:
    server.script(Answer(204))
    with Client(base_url=server.url) as client:
        client.files.upload(
            raw=b"r",
            many=[("a.txt", b"a", ""), io.BytesIO(b"b")],
            described=b"d",
            encoded=b"e",
            about={"a": 1},
            text="t",
        )
        try:
            client.files.upload(raw="me.jpg")  # type: ignore[arg-type]  # what this is about
        except TypeError as error:
            assert "Path('me.jpg')" in str(error)
        else:
            raise AssertionError("a path was sent as text")
    assert [(p.name, p.filename, p.content_type, p.content) for p in server.requests[0].parts()] == [
        ("raw", "raw", "application/octet-stream", b"r"),
        ("many", "a.txt", "text/plain", b"a"),
        ("many", "many", "application/octet-stream", b"b"),
        ("described", "described", "application/octet-stream", b"d"),
        ("encoded", "encoded", "application/octet-stream", b"e"),
        ("about", None, "application/json", b'{"a":1}'),
        ("text", None, None, b"t"),
    ]
