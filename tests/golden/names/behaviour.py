from __future__ import annotations

from golden_server import Answer, Script
from names import Client


def check_calls(server: Script) -> None:
    server.script(*[Answer(200, {"Id": "a", "id": "b", "ID": "c", "_id": "d", "None": "e", "__init__": "f"})] * 6)
    with Client(base_url=server.url) as client:
        job = client.models.get("1")
        client.models.list()
        client.models.create(models="m", self_="s", klass="k", not_not="!")
        client.job.get()
    assert [r.method for r in server.requests] == ["GET", "GET", "POST", "GET"]
    assert server.requests[2].json() == {"models": "m", "self": "s", "\u043a\u043b\u0430\u0441\u0441": "k", "!!": "!"}
    assert (job.id, job.none, job.init) == ("b", "e", "f")
