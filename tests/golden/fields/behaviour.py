from __future__ import annotations

import datetime
import decimal
import uuid
import warnings

from fields import UNSET, Client, SchemaDriftWarning
from fields.models import Change
from golden_server import Answer, Script

THING = {
    "id": "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "at": "2026-01-02T03:04:05Z",
    "maybe": None,
    "date": "2026-01-02",
    "price": "1.50",
    "blob": "aGk=",
    "list": ["a"],
    "names": [[1, 2]],
    "class": "c",
    "X-Y": 1,
    "+1": 2,
    "field": True,
    "counts": {"a": 1},
    "anything": [None],
}


def check_decoded(server: Script) -> None:
    server.script(Answer(200, THING))
    with Client(base_url=server.url) as client:
        thing = client.things.list()
    assert thing.id == uuid.UUID(THING["id"])  # type: ignore[arg-type]  # the literal's values have many types
    assert thing.at == datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    assert (thing.date, thing.price, thing.blob) == (datetime.date(2026, 1, 2), decimal.Decimal("1.50"), b"hi")
    assert (thing.list, thing.names, thing.class_, thing.x_y, thing.plus_1) == (["a"], [[1, 2]], "c", 1, 2)
    assert (thing.field, thing.counts, thing.anything, thing.maybe) == (True, {"a": 1}, [None], None)


def check_null_and_absent(server: Script) -> None:
    server.script(Answer(204), Answer(204), Answer(204), Answer(204))
    with Client(base_url=server.url) as client:
        client.things.update(name="n")
        client.things.update(name="n", note=None)
        client.things.update(name="n", note="x", size=4)
        client.things.update(name="n", next=Change(name="m", note=None, next=Change(name="o")))
    assert [r.json() for r in server.requests] == [
        {"name": "n"},
        {"name": "n", "note": None},
        {"name": "n", "note": "x", "size": 4},
        {"name": "n", "next": {"name": "m", "note": None, "next": {"name": "o"}}},
    ]
    assert Change(name="n").note is UNSET


def check_wrong_values_are_kept(server: Script) -> None:
    server.script(Answer(200, {"id": "no uuid", "at": "2026-01-02T03:04:05Z", "maybe": 5}))
    with Client(base_url=server.url) as client, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        thing = client.things.list()
    assert str(thing.id) == "no uuid" and str(thing.maybe) == "5"
    assert [w.category for w in caught] == [SchemaDriftWarning]
    assert "/id" in str(caught[0].message)
