from __future__ import annotations

from golden_server import Answer, Script
from security import Client, MissingCredentialError


def check_alternatives(server: Script) -> None:
    server.script(Answer(204), Answer(204), Answer(204), Answer(204))
    with Client(token="t", base_url=server.url) as client:
        client.a.get()
        client.b.get()
    with Client(key="k", app="a", base_url=server.url) as client:
        client.a.get()
    with Client(username="u", password="p", base_url=server.url) as client:
        client.c.get()
    first, second, third, fourth = server.requests
    assert first.headers["authorization"] == "Bearer t"
    assert "authorization" not in second.headers
    assert third.query == {"key": "k"} and third.headers["cookie"] == "app=a"
    assert fourth.headers["authorization"] == "Basic dTpw"


def check_missing(server: Script) -> None:
    with Client(base_url=server.url) as client:
        assert "SECURITY_TOKEN" not in repr(client)
        try:
            client.a.get()
        except MissingCredentialError as error:
            assert "token" in str(error) and "SECURITY_TOKEN" in str(error)
        else:
            raise AssertionError("sent without a credential")
    assert server.requests == []


def check_own_scheme(server: Script) -> None:
    server.script(Answer(204))
    with Client(own="o", base_url=server.url) as client:
        client.d.get()
    assert server.requests[0].headers["authorization"] == "SharedKey o"


def check_two_names_of_one_token(server: Script) -> None:
    server.script(Answer(204))
    with Client(flow_a="f", base_url=server.url) as client:
        client.e.get()
    assert server.requests[0].headers["authorization"] == "Bearer f"
