from __future__ import annotations

import io

from bodies import Client
from bodies.models import ImageRequest
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
        client.images.send_form(a="x y", b=2)
        client.images.put_raw(body=b"\x00\x01")
        client.images.put_raw(body=io.BytesIO(b"stream"))
        client.images.put_list(body=[ImageRequest(mode="auto")])
    form, raw, stream, listed = server.requests
    assert (form.content_type, form.body) == ("application/x-www-form-urlencoded", b"a=x+y&b=2")
    assert (raw.content_type, raw.body, stream.body) == ("application/octet-stream", b"\x00\x01", b"stream")
    assert listed.json() == [{"mode": "auto"}]


def check_what_has_to_be_sent(server: Script) -> None:
    server.script(*[Answer(204)] * 4)
    with Client(base_url=server.url) as client:
        client.images.add_job(name="n")
        client.images.put_job()
        client.images.put_job(kind="resize", name="n")
        client.images.fork_job(body={"at": 1})
        try:
            client.images.add_job()  # type: ignore[call-arg]  # what this is about
        except TypeError as error:
            assert "'name'" in str(error)
        else:
            raise AssertionError("sent without a name")
    added, nothing, put, forked = server.requests
    assert added.json() == put.json() == {"kind": "resize", "name": "n"}
    assert (nothing.body, forked.json()) == (b"", {"at": 1})
