from __future__ import annotations

import datetime
import warnings
from datetime import timedelta
from typing import Any, assert_type

from formats import Client, SchemaDriftWarning
from formats.models import Leaf, Lease, Link
from golden_server import Answer, Script

SINCE = datetime.datetime(1994, 11, 6, 8, 49, 37, tzinfo=datetime.UTC)
TEXT = "Sun, 06 Nov 1994 08:49:37 GMT"
RAW = b"\xff\xfe?>"  # has both characters in which the alphabets differ
LEASE: dict[str, Any] = {
    "lasts": "P1DT2H3M4.5S",
    "token": "__4_Pg",
    "since": TEXT,
    "plain": "//4/Pg==",
    "history": [TEXT],
    "pauses": {"lunch": "PT1H"},
    "nodes": [{"digest": "__4_Pg"}, {"url": "a"}, ["__4_Pg"]],
    "other": "__4_Pg",
}
VALUE = Lease(
    lasts=timedelta(days=1, hours=2, minutes=3, seconds=4.5),
    token=RAW,
    since=SINCE,
    plain=RAW,
    history=[SINCE],
    pauses={"lunch": timedelta(hours=1)},
    nodes=[Leaf(digest=RAW), Link(url="a"), [RAW]],
    additional_properties={"other": RAW},
)


def check_there_and_back(server: Script) -> None:
    server.script(Answer(200, LEASE))
    with Client(base_url=server.url, strict=True) as client:
        lease = client.leases.update(
            RAW,
            lasts=VALUE.lasts,
            body_token=RAW,
            since=SINCE.astimezone(datetime.timezone(timedelta(hours=2))),
            plain=RAW,
            history=VALUE.history,
            pauses=VALUE.pauses,
            nodes=VALUE.nodes,
            additional_properties=VALUE.additional_properties,
            query_lasts=timedelta(days=-14),
            tokens=[RAW, b""],
            if_unmodified_since=SINCE,
        )
    assert lease == VALUE
    assert_type(lease.token, bytes)
    assert_type(lease.since, datetime.datetime)
    (request,) = server.requests
    assert request.json() == LEASE
    assert (request.path, request.raw_query) == ("/leases/__4_Pg", "lasts=-P14D&tokens=__4_Pg,")
    assert request.headers["if-unmodified-since"] == TEXT


def check_bodies(server: Script) -> None:
    obsolete = ["Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
    server.script(Answer(200, obsolete), Answer(204))
    with Client(base_url=server.url, strict=True) as client:
        assert client.leases.create_by_token(b"t", body=[RAW]) == [SINCE, SINCE]
        client.leases.create(lasts=timedelta(minutes=5), token=RAW, since=SINCE)
    array, form = server.requests
    assert array.json() == ["__4_Pg"]
    assert form.body == b"lasts=PT5M&token=__4_Pg&since=Sun%2C+06+Nov+1994+08%3A49%3A37+GMT"


def check_values_that_do_not_fit(server: Script) -> None:
    wrong = {"lasts": "P1Y", "token": "a+b", "since": "2026-01-02T03:04:05Z"}
    server.script(Answer(200, wrong))
    with Client(base_url=server.url) as client, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        lease = client.leases.update(b"t", lasts=timedelta(), body_token=b"", since=SINCE)
        assert (str(lease.lasts), str(lease.token), str(lease.since)) == tuple(wrong.values())
        assert [w.category for w in caught] == [SchemaDriftWarning]
        try:
            client.leases.update(b"t", lasts=timedelta(), body_token=b"", since=datetime.datetime(2026, 1, 2))
        except ValueError as error:
            assert "/since" in str(error) and "no UTC offset" in str(error)
        else:
            raise AssertionError("a time without an offset was sent")
