from __future__ import annotations

from golden_server import Answer, Script
from keywords import Client


def check_every_resource(server: Script) -> None:
    server.script(*[Answer(204)] * 7)
    with Client(base_url=server.url) as client:
        client.import_()
        client.class_.b.get()
        client.async_.await_.get("x")
        client.lambda_.get("x")
        client.none.get()
        client.a_resource_whose_name_is_longer_than_the_sixty_characters_of_a_file.get()
        client.transport.get()
    assert [request.path for request in server.requests] == [
        "/import",
        "/Class/b",
        "/async/x/await",
        "/lambda/x",
        "/None",
        "/a_resource_whose_name_is_longer_than_the_sixty_characters_of_a_file",
        "/transport",
    ]
