from __future__ import annotations

import warnings

from enums import Client
from enums.errors import ResponseDecodeError
from enums.models import is_item_size, is_state
from golden_server import Answer, Script

NEW = {"state": "brand new", "size": 9, "ratio": 0.5, "level": None, "kind": "item", "mood": "any"}


def check_open(server: Script) -> None:
    server.script(Answer(200, [NEW, NEW]))
    with Client(base_url=server.url) as client, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        item, _ = client.items.list(state="in progress", sort="ASC")
    assert [str(one.message) for one in caught] == [
        "listItems is not as described: '/0/state': unknown value 'brand new'; '/0/size': unknown value 9"
    ]
    assert (item.state, item.size, item.ratio, item.level, item.kind) == ("brand new", 9, 0.5, None, "item")
    assert server.requests[0].query == {"state": "in progress", "sort": "ASC"}
    assert not is_state(item.state) and is_state("done") and not is_item_size(item.size) and is_item_size(2)


def check_once_and_strictly(server: Script) -> None:
    server.script(*[Answer(200, [NEW, NEW])] * 4)
    with Client(base_url=server.url) as client, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        client.items.list()
        client.items.list()
        assert len(caught) == 1
        try:
            client.items.list(options={"strict": True})
        except ResponseDecodeError as error:
            assert error.path == "/0/state"
            assert str(error) == f"listItems: GET {server.url}/items: unknown value 'brand new' at /0/state"
        else:
            raise AssertionError("nothing was raised")
    with Client(base_url=server.url) as client, warnings.catch_warnings(record=True) as again:
        warnings.simplefilter("always")
        client.items.list()
    assert len(again) == 1
