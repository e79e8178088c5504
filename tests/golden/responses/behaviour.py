from __future__ import annotations

from typing import assert_type

from golden_server import Answer, Script
from responses import APIStatusError, Client, ResponseDecodeError
from responses.models import Problem, Report, Ticket


def check_successes(server: Script) -> None:
    server.script(Answer(200, {"title": "t"}), Answer(202, {"ticket": "k"}), Answer(204))
    with Client(base_url=server.url) as client:
        assert client.reports.get(1) == Report(title="t")
        assert client.reports.get(1) == Ticket(ticket="k")
        assert client.reports.get(1) is None


def check_media_types(server: Script) -> None:
    server.script(
        Answer(200, b"%PDF", {"Content-Type": "application/pdf"}),
        Answer(200, b"caf\xc3\xa9", {"Content-Type": "text/plain; charset=utf-8"}),
    )
    with Client(base_url=server.url) as client:
        assert client.reports.file.get(1) == b"%PDF"
        assert client.reports.file.get(1, accept="text/plain") == "caf\u00e9"
    assert [r.headers["accept"] for r in server.requests] == ["application/pdf", "text/plain"]


def check_json_first(server: Script) -> None:
    server.script(
        Answer(200, {"title": "t"}),
        Answer(200, b"a;b", {"Content-Type": "text/csv"}),
        Answer(200, b"<t/>", {"Content-Type": "application/xml"}),
        Answer(202, {"ticket": "k"}),
        Answer(200, b"<t/>", {"Content-Type": "application/xml"}),
    )
    with Client(base_url=server.url) as client:
        summary = client.reports.summary
        assert_type(summary.get(1), Report | Ticket)
        assert_type(summary.get(1, accept="text/csv"), str | Ticket)
        assert_type(summary.get(1, accept="application/xml"), bytes | Ticket)
        assert client.raw(summary.get)(1).value == Ticket(ticket="k")
        try:
            summary.get(1)
        except ResponseDecodeError as error:
            assert "no JSON" in str(error)
        else:
            raise AssertionError("XML was taken for JSON")
    wanted = ["application/json", "text/csv", "application/xml", "application/json", "application/json"]
    assert [r.headers["accept"] for r in server.requests] == wanted


def check_errors(server: Script) -> None:
    server.script(
        Answer(418, {"title": "teapot"}, {"Content-Type": "application/problem+json"}),
        Answer(599, {"title": "odd"}),
        Answer(200, b"<html>", {"Content-Type": "text/html"}),
    )
    with Client(base_url=server.url, max_retries=0) as client:
        for status, title in ((418, "teapot"), (599, "odd")):
            try:
                client.reports.get(1)
            except APIStatusError as error:
                assert error.status == status and error.body == Problem(title=title)
            else:
                raise AssertionError("nothing was raised")
        try:
            client.reports.get(1)
        except ResponseDecodeError as error:
            assert "html" in str(error)
        else:
            raise AssertionError("a page was taken for an answer")


def check_files(server: Script) -> None:
    server.script(
        Answer(200, b"jpeg", {"Content-Type": "image/jpeg"}),
        Answer(200, b'{"a": 1}', {"Content-Type": "application/json"}),
    )
    with Client(base_url=server.url) as client:
        assert client.reports.cover.get(1, accept="image/jpeg") == b"jpeg"
        assert client.reports.source.get(1) == b'{"a": 1}'
        server.script(Answer(204))
        client.reports.source.update(1, body=b'{"a":  1}')
    assert server.requests[2].body == b'{"a":  1}'
    assert server.requests[2].headers["content-type"] == "application/json"
    assert [r.headers["accept"] for r in server.requests[:2]] == ["image/jpeg", "application/json"]
