from __future__ import annotations

from golden_server import Answer, Script
from sharing import Client, ConflictError, NotFoundError
from sharing.models import ErrorBody, ListCatsResponseItem, Tag


def check_two_operations_have_the_same_classes(server: Script) -> None:
    found = [{"name": "a", "tag": {"id": "1"}}]
    server.script(Answer(200, found), Answer(200, found))
    with Client(base_url=server.url) as client:
        cats, dogs = client.cats.list(order="asc"), client.dogs.list(order="asc", mood="desc")
    assert cats == dogs == [ListCatsResponseItem(name="a", tag=Tag(id="1"))]


def check_two_failures_have_the_same_body(server: Script) -> None:
    server.script(Answer(404, {"message": "gone"}), Answer(409, {"message": "busy"}))
    with Client(base_url=server.url, max_retries=0) as client:
        try:
            client.cats.list()
        except NotFoundError as error:
            assert error.body == ErrorBody(message="gone")
        try:
            client.dogs.list()
        except ConflictError as error:
            assert error.body == ErrorBody(message="busy")
    assert len(server.requests) == 2
