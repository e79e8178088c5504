from __future__ import annotations

from golden_server import Answer, Script
from sending import Client
from sending.models import Order, Size


def check_form(server: Script) -> None:
    server.script(Answer(503), Answer(201, {"id": "1"}), Answer(200, {"id": "1"}))
    with Client(base_url=server.url) as client:
        made = client.orders.create(items=["a", "b"], size=Size(width=2), note=Size(width=1))
        assert made == Order(id="1")
        client.orders.create(items=["a b"], idempotency_key="key")
    first, again, second = server.requests
    assert first.body == again.body == b"items=a%7Cb&size%5Bwidth%5D=2&note=%7B%22width%22%3A1%7D"
    assert first.headers["idempotency-key"] == again.headers["idempotency-key"]
    assert (second.body, second.headers["idempotency-key"]) == (b"items=a+b", "key")


def check_the_whole_query(server: Script) -> None:
    server.script(Answer(200, 1), Answer(200, 2), Answer(200, 3))
    with Client(base_url=server.url) as client:
        assert client.orders.list(q={"a": [1]}) == 1
        assert client.orders.lines.get("a/b", ["x", "y"], whole={"n": "1 2", "m": 3}) == 2
    with Client(api_key="k", base_url=server.url) as client:
        client.orders.list()
    assert [request.headers.get("authorization") for request in server.requests] == [None, None, "Bearer k"]
    assert [(r.path, r.raw_query) for r in server.requests] == [
        ("/orders", "%7B%22a%22%3A%5B1%5D%7D"),
        ("/orders/a/b/lines;filter=x;filter=y", "n=1+2&m=3"),
        ("/orders", ""),
    ]


def check_the_server_of_an_operation(server: Script) -> None:
    with Client() as client:
        assert client.transport_name == "httpx2"


def check_options_of_the_client(server: Script) -> None:
    server.script(*[Answer(200, {"id": "1"})] * 4)
    with Client(base_url=server.url, x_request_id="1") as client:
        client.orders.create(items=[])
        client.orders.create(items=[], options={"x_request_id": "2"})
        client.with_options(x_request_id="3", max_retries=0).orders.create(items=[])
    with Client(base_url=server.url) as client:
        client.orders.create(items=[])
    assert [request.headers.get("x-request-id") for request in server.requests] == ["1", "2", "3", None]
