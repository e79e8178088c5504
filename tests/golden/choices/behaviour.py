from __future__ import annotations

from collections.abc import Callable

from choices import Client
from golden_server import Answer, Script


def refusal(call: Callable[[], object]) -> str:
    try:
        call()
    except TypeError as error:
        return str(error)
    raise AssertionError("nothing was refused")


def check_bodies_that_cannot_be_valid_are_not_sent(server: Script) -> None:
    with Client(base_url=server.url) as client:
        create, update = client.images.create, client.images.update
        assert refusal(create) == "image_url= is required for application/json"
        both = "createImage: at most 1 of 'image' and 'image_url' can be given"
        assert refusal(lambda: create(image=b"x", image_url="u")) == both
        assert refusal(lambda: update("1")) == "updateImage: at least one of the properties is required"
        some = "updateImage: at least one of 'title' and 'width' with 'height' is required"
        assert refusal(lambda: update("1", width=1)) == some
        never = "updateImage: 'width' and 'scale' exclude one another"
        assert refusal(lambda: update("1", title="t", width=1, scale=2)) == never
    assert server.requests == []


def check_the_others_are(server: Script) -> None:
    server.script(*[Answer(200, "done")] * 2, *[Answer(204)] * 3)
    with Client(base_url=server.url) as client:
        client.images.create(image=b"x", note="n")
        client.images.create(image_url="u")
        client.images.update("1", title="t")
        client.images.update("1", width=1, height=2)
        client.images.update("1", width=1, options={"extra_body": {"height": 2}})
    assert len(server.requests) == 5
