from __future__ import annotations

from enums import Client
from enums.models import is_item_size, is_state
from golden_server import Answer, Script


def check_open(server: Script) -> None:
    server.script(Answer(200, [{"state": "brand new", "size": 9, "ratio": 0.5, "level": None, "kind": "item"}]))
    with Client(base_url=server.url) as client:
        (item,) = client.items.list(state="in progress", sort="ASC")
    assert (item.state, item.size, item.ratio, item.level, item.kind) == ("brand new", 9, 0.5, None, "item")
    assert server.requests[0].query == {"state": "in progress", "sort": "ASC"}
    assert not is_state(item.state) and is_state("done") and not is_item_size(item.size) and is_item_size(2)
