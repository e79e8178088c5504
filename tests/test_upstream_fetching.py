"""Addresses, connections and exchanges of `upstream`: what is never asked, and what is never shown."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from provider_site import Reply, Site

from clientsmith.upstream.addresses import UnsafeAddress, address_of, is_named
from clientsmith.upstream.connections import is_public, system_resolver
from clientsmith.upstream.fetching import Answer, Limits, NotFetched, Validators, fetch


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


def failure(url: str, limits: Limits) -> tuple[str, str]:
    """The kind and the reason of an exchange that gives no answer."""
    with pytest.raises(NotFetched) as raised:
        fetch(address_of(url), "*/*", limits)
    return raised.value.failure, raised.value.reason


def body(url: str, limits: Limits) -> bytes | None:
    return fetch(address_of(url), "*/*", limits).body


# ------------------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://Docs.Acme.example", "https://docs.acme.example/"),
        ("https://a.example:443/x?y#z", "https://a.example/x?y"),
        ("http://a.example:8080/x", "http://a.example:8080/x"),
        ("https://a.example/é ü?q=ß", "https://a.example/%C3%A9%20%C3%BC?q=%C3%9F"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://[2001:DB8::1]:8443/", "https://[2001:db8::1]:8443/"),
        ("https://a.example//b", "https://a.example/.//b"),
    ],
)
def test_addresses(text: str, url: str) -> None:
    assert address_of(text).url == url
    assert address_of(address_of(text).url) == address_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "docs.acme.example/x", "//a.example/x", "file:///etc/passwd", "FTP://a.example", "gopher://a", "data:,x",
        "javascript:x", "https://", "https:///x", "https://:443/", "https://a.example:99999/", "https://a b/",
        " https://a.example/", "https://a.example/\r\nHost: b", "https://a.example\\@b.example", "https://[::1",
        "https://u@a.example/", "https://u:p@a.example/", "https://@a.example/", "https://a_.-", "https://a%00b/",
        "https://a.example/" + "x" * 5000,
    ],
)  # fmt: skip
def test_unsafe_addresses(text: str) -> None:
    with pytest.raises(UnsafeAddress) as raised:
        address_of(text)
    assert "u:p" not in raised.value.message


@given(st.text(max_size=40))
def test_every_address_is_safe_to_send(text: str) -> None:
    for candidate in (text, f"https://a.example/{text}", f"https://{text}/x"):
        try:
            address = address_of(candidate)
        except UnsafeAddress:
            continue
        assert address.scheme in ("http", "https")
        assert all("!" <= character <= "~" for character in address.url)
        assert address.target.startswith("/")


@pytest.mark.parametrize(
    "query",
    [
        "X-Amz-Algorithm=AWS4&X-Amz-Signature=s3cr3t", "x-goog-signature=s3cr3t", "sv=2020-08-04&sig=s3cr3t",
        "Expires=1&Signature=s3cr3t&Key-Pair-Id=K", "token=s3cr3t", "access_token=s3cr3t", "api_key=s3cr3t",
        "apikey=s3cr3t", "a=1&auth=s3cr3t", "OSSAccessKeyId=x&v=s3cr3t", "q-sign-algorithm=s3cr3t&q-signature=1",
        "x=s3cr3t0123456789abcdef0123456789", "hdnts=s3cr3t", "code=s3cr3t", "X-AMZ-SIGNATURE=s3cr3t",
    ],
)  # fmt: skip
def test_a_query_that_looks_like_a_signature_is_not_shown(query: str) -> None:
    address = address_of(f"https://a.example/openapi.json?{query}")
    assert address.shown == "https://a.example/openapi.json?..."
    assert "s3cr3t" in address.url


@pytest.mark.parametrize("query", ["version=2", "format=yaml&lang=en", "ref=main", "v=2026-11-27"])
def test_another_query_is_shown(query: str) -> None:
    address = address_of(f"https://a.example/openapi.json?{query}")
    assert address.shown == address.url


def test_hosts_are_named_with_or_without_a_port() -> None:
    address = address_of("https://a.example:8443/")
    assert is_named(address, {"a.example"})
    assert is_named(address, {"a.example:8443"})
    assert not is_named(address, {"a.example:443", "example", "b.a.example"})


# ----------------------------------------------------------------------------------------------------- connections


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "64:ff9b:1::a00:1", "2001:db8::1", "2002:c0a8:1::1", "nonsense", "", "fec0::1", "3fff::1", "5f00::1", "4000::1",
        "::ffff:0:10.0.0.1", "192.0.0.8", "192.88.99.1", "240.0.0.1", "::10.0.0.1",
    ],
)  # fmt: skip
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "[::1]", "0"])
def test_no_spelling_of_loopback_is_asked(host: str, site: Site) -> None:
    kind, _ = failure(f"https://{host}:{site.port}/", Limits(5))
    assert kind in ("unsafe", "unreachable")
    assert site.received == []


def test_what_was_checked_is_connected_to(site: Site) -> None:
    """A name that resolves to something else the second time is resolved once for each connection."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["192.0.2.1"] if len(asked) > 1 else ["127.0.0.1"]

    site.pages["/"] = Reply(b"it")
    limits = Limits(5, frozenset({"docs.acme.example"}), resolver=rebinding)
    assert body(f"http://docs.acme.example:{site.port}/", limits) == b"it"
    assert asked == ["docs.acme.example"]
    assert dict(site.received)["/"]["host"] == f"docs.acme.example:{site.port}"


def test_one_private_address_is_enough() -> None:
    limits = Limits(5, resolver=lambda host, port: ["1.1.1.1", "10.0.0.1"])
    assert failure("https://docs.acme.example/", limits) == (
        "unsafe", "the host docs.acme.example has an address that is not public",
    )  # fmt: skip


def test_a_redirect_is_checked_as_the_first_address_was(site: Site) -> None:
    site.pages["/"] = Reply(status=302, headers={"Location": f"http://localhost:{site.port}/private"})
    kind, reason = failure(f"{site.origin}/", Limits(5, frozenset({site.host})))
    assert (kind, reason.startswith("it redirects to a host that is not asked")) == ("unsafe", True)
    assert [path for path, _ in site.received] == ["/"]


@pytest.mark.parametrize("location", ["file:///etc/passwd", "https://u:s3cr3t@a.example/", "http://[", "gopher://a"])
def test_a_redirect_to_an_unsafe_address(location: str, site: Site) -> None:
    site.pages["/"] = Reply(status=302, headers={"Location": location})
    kind, reason = failure(f"{site.origin}/", Limits(5, frozenset({site.host})))
    assert (kind, "s3cr3t" in reason) == ("unsafe", False)


def test_too_many_redirects(site: Site) -> None:
    for number in range(9):
        site.pages[f"/{number}"] = Reply(status=307, headers={"Location": f"/{number + 1}"})
    site.pages["/9"] = Reply(b"it")
    limits = Limits(5, frozenset({site.host}))
    assert failure(f"{site.origin}/0", limits) == ("refused", "there are more than 5 redirects")
    assert body(f"{site.origin}/4", limits) == b"it"


def test_a_redirect_without_a_target(site: Site) -> None:
    site.pages["/"] = Reply(status=302)
    kind, _ = failure(f"{site.origin}/", Limits(5, frozenset({site.host})))
    assert kind == "refused"


def test_a_resolver_that_hangs() -> None:
    def hanging(host: str, port: int) -> Sequence[str]:
        time.sleep(5)
        return ["1.1.1.1"]

    start = time.monotonic()
    assert failure("https://docs.acme.example/", Limits(0.2, resolver=hanging))[0] == "unreachable"
    assert time.monotonic() - start < 3


def test_the_system_resolves_names() -> None:
    assert set(system_resolver("localhost", 80)) <= {"127.0.0.1", "::1"}
    assert failure("https://docs.acme.invalid/", Limits(10))[0] == "unreachable"


def test_a_port_where_nobody_is() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert failure(f"http://127.0.0.1:{port}/", Limits(5, frozenset({"127.0.0.1"})))[0] == "unreachable"


def test_the_next_address_is_tried(site: Site) -> None:
    site.pages["/"] = Reply(b"it")
    limits = Limits(5, frozenset({"docs.acme.example"}), resolver=lambda host, port: ["::1", "127.0.0.2", "127.0.0.1"])
    assert body(f"http://docs.acme.example:{site.port}/", limits) == b"it"


def test_what_is_no_http() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        from threading import Thread

        def answer() -> None:
            sock, _ = server.accept()
            sock.recv(1000)
            sock.sendall(b"SSH-2.0-x\r\n")
            sock.close()

        thread = Thread(target=answer)
        thread.start()
        kind, reason = failure(f"http://127.0.0.1:{port}/", Limits(5, frozenset({"127.0.0.1"})))
        thread.join()
    assert (kind, reason.startswith("the answer is not HTTP")) == ("unreachable", True)


@pytest.fixture
def secure_site(certificate: tuple[Path, Path]) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    site = Site(context)
    yield site
    site.close()


def test_certificates_are_verified(
    secure_site: Site, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    secure_site.pages["/"] = Reply(b"it")
    limits = Limits(5, frozenset({"127.0.0.1", "docs.acme.example"}), resolver=lambda host, port: ["127.0.0.1"])
    kind, reason = failure(f"{secure_site.origin}/", limits)
    assert (kind, reason.startswith("its certificate is not accepted")) == ("unreachable", True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    assert body(f"{secure_site.origin}/", limits) == b"it"
    kind, reason = failure(f"https://docs.acme.example:{secure_site.port}/", limits)
    assert (kind, reason.startswith("its certificate is not accepted")) == ("unreachable", True)
    assert len(secure_site.received) == 1


def test_a_slow_answer_over_tls(
    secure_site: Site, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    secure_site.pages["/"] = Reply(b"x" * 500, pause=0.05)
    start = time.monotonic()
    assert failure(f"{secure_site.origin}/", Limits(0.5, frozenset({"127.0.0.1"})))[0] == "unreachable"
    assert time.monotonic() - start < 5


# ------------------------------------------------------------------------------------------------------- exchanges


def test_a_conditional_request(site: Site) -> None:
    site.pages["/"] = Reply(b"it", headers={"Last-Modified": "Wed, 21 Oct 2015 07:28:00 GMT"})
    limits = Limits(5, frozenset({site.host}))
    first = fetch(address_of(f"{site.origin}/"), "text/markdown", limits)
    assert (first.body, first.validators.last_modified) == (b"it", "Wed, 21 Oct 2015 07:28:00 GMT")
    assert fetch(address_of(f"{site.origin}/"), "text/markdown", limits, first.validators) == Answer(None)
    sent = site.received[-1][1]
    assert sent["accept"] == "text/markdown"
    assert "if-modified-since" not in sent


def test_not_modified_without_a_condition(site: Site) -> None:
    site.pages["/"] = Reply(status=304, etag=False)
    assert failure(f"{site.origin}/", Limits(5, frozenset({site.host})))[0] == "refused"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (204, "refused"), (206, "refused"), (300, "refused"), (400, "refused"), (401, "refused"), (403, "refused"),
        (404, "gone"), (410, "gone"), (418, "refused"), (408, "unreachable"), (425, "unreachable"),
        (429, "unreachable"), (500, "unreachable"), (503, "unreachable"), (599, "unreachable"),
    ],
)  # fmt: skip
def test_statuses(status: int, kind: str, site: Site) -> None:
    site.pages["/"] = Reply(status=status)
    assert failure(f"{site.origin}/", Limits(5, frozenset({site.host})))[0] == kind


@pytest.mark.parametrize("etag", ["x" * 400, "a\u00e9", ""])
def test_a_validator_that_is_none_is_not_kept(etag: str, site: Site) -> None:
    site.pages["/"] = Reply(b"it", etag=False, headers={"ETag": etag})
    answer = fetch(address_of(f"{site.origin}/"), "*/*", Limits(5, frozenset({site.host})))
    assert answer.validators == Validators()


@pytest.mark.parametrize("etag", ["a\r\nX-Evil: 1", "\u20ac", "x" * 400])
def test_a_validator_of_an_edited_lock_is_not_sent(etag: str, site: Site) -> None:
    site.pages["/"] = Reply(b"it")
    limits = Limits(5, frozenset({site.host}))
    assert fetch(address_of(f"{site.origin}/"), "*/*", limits, Validators(etag)).body == b"it"
    assert {"if-none-match", "x-evil"}.isdisjoint(site.received[-1][1])


def test_a_redirect_may_have_letters_of_utf_8(site: Site) -> None:
    site.pages["/"] = Reply(status=302, headers={"Location": "/d\u00e9".encode().decode("latin-1")})
    site.pages["/d%C3%A9"] = Reply(b"it")
    assert body(f"{site.origin}/", Limits(5, frozenset({site.host}))) == b"it"


def test_a_compressed_answer_of_several_members(site: Site) -> None:
    site.pages["/"] = Reply(gzip.compress(b"one, ") + gzip.compress(b"two"), headers={"Content-Encoding": "gzip"})
    assert body(f"{site.origin}/", Limits(5, frozenset({site.host}))) == b"one, two"


@pytest.mark.parametrize("rest", [b"rubbish", gzip.compress(b"two")[:-9], b"\x1f"])
def test_a_compressed_answer_that_ends_in_something_else(rest: bytes, site: Site) -> None:
    site.pages["/"] = Reply(gzip.compress(b"one") + rest, headers={"Content-Encoding": "gzip"})
    assert failure(f"{site.origin}/", Limits(5, frozenset({site.host})))[0] == "refused"


def test_an_endless_answer_that_decompresses_to_nothing(site: Site) -> None:
    nothing = gzip.compress(b"")
    site.pages["/"] = Reply(nothing * (66 * 2**20 // len(nothing)), headers={"Content-Encoding": "gzip"}, announced=-1)
    assert failure(f"{site.origin}/", Limits(30, frozenset({site.host}))) == (
        "refused", "the answer is larger than 64 MiB",
    )  # fmt: skip


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip"])
def test_a_coding_that_was_not_asked_for(coding: str, site: Site) -> None:
    site.pages["/"] = Reply(b"it", headers={"Content-Encoding": coding})
    assert failure(f"{site.origin}/", Limits(5, frozenset({site.host})))[0] == "refused"
