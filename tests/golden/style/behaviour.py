from __future__ import annotations

from golden_server import Answer, Script
from style import Client
from style.models import Refund


def check_resources_are_tags(server: Script) -> None:
    server.script(Answer(201, {"id": "r1"}), Answer(200, ["o1"]), Answer(204), Answer(200, {"up": True}))
    with Client(base_url=server.url) as client:
        assert client.refunds.create("s", "o", amount=5) == Refund(id="r1")
        assert client.orders.list_by_shop("s") == ["o1"]
        client.shop_keeping.delete("s")
        assert client.status.get().up is True
    assert [(seen.method, seen.path) for seen in server.requests] == [
        ("POST", "/v1/shops/s/orders/o/refunds"),
        ("GET", "/v1/shops/s/orders"),
        ("DELETE", "/v1/shops/s"),
        ("GET", "/v1/status"),
    ]
