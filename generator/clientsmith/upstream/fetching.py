"""One exchange with a provider: a conditional request, its redirects, and an answer that is complete.

Decides how an answer counts (`Answer`, or `NotFetched` with a reason), and keeps to limits: one deadline for the whole
exchange, `MAX_BYTES` after decompression, `MOST_REDIRECTS`, each of them checked as the first address was. What the
answer contains is for `contents` to judge.
"""

from __future__ import annotations

import http.client
import ssl
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from typing import Final, Literal, NamedTuple, TypeAlias

from clientsmith.load.tree import MAX_BYTES
from clientsmith.records import dataclass, replace
from clientsmith.upstream.addresses import Address, UnsafeAddress, address_of, is_named
from clientsmith.upstream.connections import Deadline, Resolver, connected, system_resolver

MOST_REDIRECTS = 5

_REDIRECTS = (301, 302, 303, 307, 308)
_TRY_LATER = (408, 425, 429)
_CHUNK = 1 << 16
_LONGEST_VALIDATOR = 300

Failure: TypeAlias = Literal["gone", "refused", "unreachable", "unsafe"]
"""Why there is no answer.

    gone         the provider says that there is nothing (any more)
    refused      there is an answer, which cannot be taken
    unreachable  there is no answer, or only that of a server that is out of order: another try may help
    unsafe       nothing must be fetched from there
"""


class NotFetched(Exception):
    """There is no answer that could be judged: `failure` is its kind, `reason` a clause, `hint` the fix.

    `is_silence` says that nobody answered at all, or not in time, as for every other address of the host.
    """

    def __init__(self, failure: Failure, reason: str, hint: str = "", *, is_silence: bool = False) -> None:
        super().__init__(reason)
        self.failure: Failure = failure
        self.is_silence = is_silence
        self.reason, self.hint = reason, hint


class Validators(NamedTuple):
    """What a conditional request needs (RFC 9110, section 8.8): empty strings if the server gave none."""

    etag: str = ""
    last_modified: str = ""


NO_VALIDATORS: Final = Validators()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answered.

    Attributes:
        body: None if it is as the validators of the request say (status 304).
        validators: of this body.
        moved: where it is for good, if the server said so (status 301 or 308), as it may be shown.
        base: the address that the answer came from, which its links are relative to; None for the one that was asked.
    """

    body: bytes | None
    validators: Validators = Validators()
    moved: str = ""
    base: Address | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How a run fetches.

    Attributes:
        seconds: for a whole exchange: names, connections, redirects, and the last byte.
        trusted: hosts, `HOST` or `HOST:PORT`, that may have private addresses and be asked over `http`.
        authorizations: host to the value of the header `Authorization` that is sent there, and nowhere else.
        resolver: of host names.
    """

    seconds: float = 30.0
    trusted: frozenset[str] = frozenset()
    authorizations: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    resolver: Resolver = system_resolver


def fetch(address: Address, accept: str, limits: Limits, validators: Validators = NO_VALIDATORS) -> Answer:
    """Returns what is at an address.

    Args:
        address: of the first request.
        accept: the value of the header `Accept`.
        limits: see `Limits`.
        validators: of the body that is there already. They are sent with every request of the exchange.

    Raises:
        NotFetched: there is no answer that could be judged.
    """
    deadline = Deadline(limits.seconds)
    headers = {"User-Agent": "clientsmith", "Accept": accept, "Accept-Encoding": "gzip", "Connection": "close"}
    try:
        return _fetched(address, {**headers, **_conditions(validators)}, limits, deadline)
    except UnsafeAddress as error:
        raise NotFetched("unsafe", error.message, error.hint) from None
    except TimeoutError:
        reason = f"there was no whole answer within {limits.seconds:g} seconds"
        hint = "try later, or allow more time with --timeout"
        raise NotFetched("unreachable", reason, hint, is_silence=True) from None
    except ssl.SSLCertVerificationError as error:
        raise NotFetched("unreachable", f"its certificate is not accepted: {error.verify_message}") from None
    except (http.client.IncompleteRead, ssl.SSLEOFError, zlib.error):
        raise NotFetched("refused", "the answer broke off, or is damaged", "try again") from None
    except OSError as error:
        reason = (error.strerror or str(error) or type(error).__name__).lower()
        raise NotFetched("unreachable", f"there is no connection: {reason}", is_silence=True) from None
    except http.client.HTTPException as error:
        raise NotFetched("unreachable", f"the answer is not HTTP ({type(error).__name__})") from None


def _conditions(validators: Validators) -> dict[str, str]:
    """If-None-Match takes precedence over If-Modified-Since, so that only one of them is sent (RFC 9110, 13.1.3)."""
    etag, last_modified = map(_as_validator, validators)
    if etag:
        return {"If-None-Match": etag}
    return {"If-Modified-Since": last_modified} if last_modified else {}


def _fetched(address: Address, headers: Mapping[str, str], limits: Limits, deadline: Deadline) -> Answer:
    seen: set[str] = set()
    moved = ""
    is_moved_for_good = True
    authorization = _authorization(address, limits)
    # A host of the internet must not redirect to a private one, even if another source of the run is there.
    trusted = limits.trusted if is_named(address, limits.trusted) else frozenset[str]()
    while True:
        seen.add(address.url)
        try:
            connection = connected(address, deadline, trusted=trusted, resolver=limits.resolver)
        except UnsafeAddress as error:
            if len(seen) == 1:
                raise
            # Without a hint: who redirects into a private network is not to be trusted.
            raise UnsafeAddress(f"it redirects to a host that is not asked: {error.message}") from None
        try:
            sent = {**headers, "Host": address.authority}
            if authorization:
                sent["Authorization"] = authorization
            connection.request("GET", address.target, headers=sent)
            # The answer outlives the connection, which ends here where the server said that it would close it.
            with connection.getresponse() as response:
                if response.status not in _REDIRECTS:
                    answer = _answer(response, address, headers, moved)
                    return answer if len(seen) == 1 else replace(answer, base=address)
                target = _redirect_target(response, address)
        finally:
            connection.close()
        if target.url in seen:
            raise NotFetched("refused", "the redirects lead round in a circle")
        if len(seen) > MOST_REDIRECTS:
            raise NotFetched("refused", f"there are more than {MOST_REDIRECTS} redirects")
        if authorization and target.origin != address.origin:
            raise UnsafeAddress(
                f"it redirects a request with credentials to another host, {target.host}; set the address to that "
                "host, or send no credentials"
            )
        is_moved_for_good = is_moved_for_good and response.status in (301, 308)
        moved = target.shown if is_moved_for_good and not target.query else ""
        address = target


def _authorization(address: Address, limits: Limits) -> str:
    for name, value in limits.authorizations.items():
        if is_named(address, {name}):
            return value
    return ""


def _redirect_target(response: http.client.HTTPResponse, address: Address) -> Address:
    location = response.headers.get("Location", "")
    if not location:
        raise NotFetched("refused", f"it redirects (status {response.status}) without saying where to")
    with suppress(UnicodeError):
        # A header is read as Latin-1, and addresses are UTF-8 (RFC 3986, section 2.5).
        location = location.encode("latin-1").decode("utf-8")
    try:
        return address_of(location.strip(), address)
    except UnsafeAddress as error:
        raise UnsafeAddress(f"it redirects to an address that is not fetched: {error.message}") from None


def _answer(response: http.client.HTTPResponse, address: Address, headers: Mapping[str, str], moved: str) -> Answer:
    status = response.status
    if status == 304:
        if not {"If-None-Match", "If-Modified-Since"} & headers.keys():
            raise NotFetched("refused", "it answers 'not modified' (status 304) to a request without a condition")
        return Answer(None, moved=moved)
    if status in (404, 410):
        raise NotFetched("gone", f"there is nothing any more (status {status})", _gone_hint(address))
    if status in (400, 401, 403):
        raise NotFetched("refused", f"access is denied (status {status})", _denied_hint(address))
    if status >= 500 or status in _TRY_LATER:
        raise NotFetched("unreachable", f"the server answers with status {status}", "try later")
    if status != 200:
        raise NotFetched("refused", f"the server answers with status {status}, which is no document")
    body = b"".join(_decoded(response))
    return Answer(body, Validators(_validator(response, "ETag"), _validator(response, "Last-Modified")), moved)


def _gone_hint(address: Address) -> str:
    if address.has_secret:
        return "the address is a presigned link, which may have expired: set one that lasts"
    return "set the address to where it is now, or remove the source from provider.toml"


def _denied_hint(address: Address) -> str:
    if address.has_secret:
        return "the address is a presigned link, which may have expired: set one that lasts"
    return "if it needs credentials, pass them with --authorization HOST=VARIABLE"


def _validator(response: http.client.HTTPResponse, name: str) -> str:
    return _as_validator(response.headers.get(name, "").strip())


def _as_validator(value: str) -> str:
    """Returns a value as it may be sent; an empty one, if it must not be: the lock is a file that people can edit."""
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR else ""


def _decoded(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Yields the body without its content coding (RFC 9110, section 8.4.1), up to the limit."""
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip"):
        raise NotFetched("refused", f"the answer has a content coding that was not asked for: {coding[:20]!r}")
    decoder = zlib.decompressobj(16 + zlib.MAX_WBITS) if coding.endswith("gzip") else None
    size = received = 0
    for chunk in _received(response):
        received += len(chunk)
        left = chunk
        while left:
            if decoder is not None and decoder.eof:
                # A stream may consist of several members (RFC 1952, section 2.2).
                decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
            part = decoder.decompress(left, _CHUNK) if decoder else left
            left = (decoder.unconsumed_tail or decoder.unused_data) if decoder else b""
            size += len(part)
            if max(size, received) > MAX_BYTES:
                raise _too_large()
            yield part
    if decoder is not None and received:
        yield decoder.flush()
        if not decoder.eof:
            raise zlib.error


def _received(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Yields the body as it comes.

    Raises:
        IncompleteRead: the connection ended before the length that the server announced, or within a chunk.
    """
    left = response.length
    if left is not None and left > MAX_BYTES:
        raise _too_large()
    while left is None or left > 0:
        chunk = response.read1(_CHUNK if left is None else min(_CHUNK, left))
        if not chunk:
            break
        left = None if left is None else left - len(chunk)
        yield chunk
    if left:
        raise http.client.IncompleteRead(b"", left)


def _too_large() -> NotFetched:
    return NotFetched("refused", f"the answer is larger than {MAX_BYTES // 2**20} MiB")
