from __future__ import annotations

from golden_server import Answer, Script
from keywords import Client


def check_every_resource(server: Script) -> None:
    server.script(*[Answer(204)] * 7)
    with Client(base_url=server.url) as client:
        client.import_.list()
        client.class_.get_b()
        client.async_.await_()
        client.lambda_.get("x")
        client.none.get()
        client.a_resource_whose_name_is_longer_than_the_sixty_characters_of.d()
        client.transport.get_e()
    assert [request.path for request in server.requests] == ["/a", "/b", "/c", "/lambda/x", "/None", "/d", "/e"]
