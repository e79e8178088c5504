from __future__ import annotations

import datetime
import uuid

from golden_server import Answer, Script
from parameters import Client

ID = uuid.UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
SINCE = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


def check_everything(server: Script) -> None:
    server.script(Answer(200, "found"), Answer(200, "found"))
    with Client(base_url=server.url) as client:
        found = client.files.find(
            "a/b",
            ID,
            since=SINCE,
            limit=3,
            query_name="q&a",
            ids=[1, 2],
            tags=["x", "y"],
            filter={"a": 1},
            x_trace_id="t",
            session="s",
            deep={"n": 1},
            options_=True,
        )
        client.files.find("c", str(ID), since=SINCE)
    assert found == "found"
    first, second = server.requests
    assert first.path == f"/files/a%2Fb/{ID}.json"
    assert first.raw_query == (
        "since=2026-01-02T00%3A00%3A00Z&limit=3&name=q%26a&ids=1,2&tags=x&tags=y"
        "&filter=%7B%22a%22%3A1%7D&deep%5Bn%5D=1&options=true"
    )
    assert (first.headers["x-trace-id"], first.headers["cookie"]) == ("t", "session=s")
    assert second.raw_query == "since=2026-01-02T00%3A00%3A00Z"


def check_naive_datetime(server: Script) -> None:
    with Client(base_url=server.url) as client:
        try:
            client.files.find("c", ID, since=datetime.datetime(2026, 1, 2))
        except ValueError as error:
            assert "naive" in str(error) or "offset" in str(error)
        else:
            raise AssertionError("a naive datetime was sent")
    assert server.requests == []


def check_what_has_one_value(server: Script) -> None:
    server.script(Answer(204))
    with Client(base_url=server.url) as client:
        client.files.get()
    (request,) = server.requests
    assert (request.path, request.raw_query, request.headers["x-target"]) == ("/files.json", "", "Export")


def check_expressions_of_paths(server: Script) -> None:
    server.script(*[Answer(204)] * 3)
    with Client(base_url=server.url) as client:
        client.logs.get("projects/1?a=/é", ["a", "b/c"], "json", page=1, size=2)
        client.logs.get("../x/./y..", ["a"], "json")
        client.domains.get("a/b")
    assert [request.path + "?" + request.raw_query for request in server.requests] == [
        "/v1/projects/1%3Fa=/%C3%A9/logs;level=a;level=b%2Fc.json?page=1&size=2",
        "/v1/%2E%2E/x/%2E/y../logs;level=a.json?",
        "/domains/a%2Fb?",
    ]


def check_what_may_be_empty(server: Script) -> None:
    server.script(Answer(204))
    with Client(base_url=server.url) as client:
        client.empty.get("", flag="", ids=[], tags=[])
        try:
            client.domains.get("")
        except ValueError as error:
            assert "empty" in str(error)
        else:
            raise AssertionError("sent to another resource")
    (request,) = server.requests
    assert (request.path, request.raw_query) == ("/empty/", "flag=&ids=")
