"""Addresses on the network: which may be fetched, how they are compared, and how they are shown.

Decides what of an address is a secret. Opens nothing (see `connections`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

_SIGNATURE = re.compile(
    r"(?:^|[&;])(?:x-(?:amz|goog|oss|cos|ms)-[^=&;]*|[^=&;]*(?:sig|signature|token|secret|password|credential|"
    r"passwd|auth|api-?_?key|access-?_?key|key-pair-id|keyid|hmac|jwt|session|policy|expires|expiry)[^=&;]*|"
    r"key|se|sp|sv|sr|st|exp|code|hash|hdnts)=",
    re.IGNORECASE,
)
"""Names of parameters that presigned links of object stores and content networks have."""

_RANDOM = re.compile(r"[A-Za-z0-9_~+/%.-]{24,}={0,2}")
"""A value that is long enough to be a key, whatever its name."""

_ESCAPED = re.compile(r"[^!-~]+")
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?\.?|\[[0-9a-f:.]+\]")

LONGEST = 4000
"""The most characters of an address."""


class UnsafeAddress(Exception):
    """Nothing must be fetched from this address: the message, and a hint, contain nothing of it that is a secret."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Address(NamedTuple):
    """An absolute address: `Address("https", "docs.acme.example", 443, "/api/jobs.md", "")`.

    Attributes:
        host: in lower case; an IPv6 address without brackets.
        target: path and query as they are sent in the first line of a request (RFC 9112, section 3.2.1).
        query: the query alone, which is also in `target`.
    """

    scheme: str
    host: str
    port: int
    target: str
    query: str

    @property
    def is_secure(self) -> bool:
        return self.scheme == "https"

    @property
    def origin(self) -> str:
        """Scheme, host and port: `https://docs.acme.example` (RFC 6454)."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """The value of the header `Host`: without the port if it is that of the scheme."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.is_secure else 80) else f"{host}:{self.port}"

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def url(self) -> str:
        """The whole address, with what may be a secret in it: never shown, never recorded."""
        return f"{self.origin}{self.target}"

    @property
    def has_secret(self) -> bool:
        """Whether the query looks like that of a presigned link."""
        return bool(_SIGNATURE.search(self.query)) or any(
            _RANDOM.fullmatch(part.partition("=")[2]) for part in self.query.split("&")
        )

    @property
    def shown(self) -> str:
        """The address as it is shown and recorded: a query that may be a secret is left out, and said to be there."""
        if not self.query:
            return self.url
        return f"{self.origin}{self.path}?..." if self.has_secret else self.url


def address_of(text: str, base: Address | None = None) -> Address:
    """Returns an address, without its fragment.

    Args:
        text: absolute, or relative to `base`.
        base: the address of what contains the text.

    Raises:
        UnsafeAddress: it is not an address of `http` or `https`, or contains a user name or password.
    """
    if len(text) > LONGEST:
        raise UnsafeAddress(f"the address has more than {LONGEST} characters")
    if text != text.strip() or any(not character.isprintable() for character in text) or "\\" in text:
        raise UnsafeAddress("the address begins or ends with a space, or contains a control character or a backslash")
    try:
        parts = urlsplit(urljoin(base.url, text) if base else text)
        port = parts.port
    except ValueError:
        raise UnsafeAddress("it is not an address") from None
    if parts.scheme not in ("http", "https"):
        scheme = f"an address of {parts.scheme!r}" if parts.scheme.isalnum() else "without a scheme"
        raise UnsafeAddress(f"it is {scheme}; only https is fetched")
    if "@" in parts.netloc:
        raise UnsafeAddress("the address contains a user name or a password, which does not belong in a file")
    host = _ascii_host(parts.hostname or "")
    target = urlunsplit(("", "", _percent_encoded(parts.path) or "/", _percent_encoded(parts.query), ""))
    if target.startswith("//"):
        # It would be read as a host.
        target = f"/.{target}"
    return Address(
        parts.scheme, host, port or (443 if parts.scheme == "https" else 80), target, _percent_encoded(parts.query)
    )


def _ascii_host(host: str) -> str:
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    name = name.lower()
    if not _HOST.fullmatch(f"[{name}]" if ":" in name else name):
        raise UnsafeAddress("the address has no host, or an impossible one")
    return name


def _percent_encoded(text: str) -> str:
    """Returns a path or a query with everything encoded that a request line cannot contain (RFC 3986, section 2)."""
    return _ESCAPED.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), text)


def is_named(address: Address, hosts: Collection[str]) -> bool:
    """Returns whether a list of hosts, `HOST` or `HOST:PORT`, contains that of an address."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    return host in hosts or f"{host}:{address.port}" in hosts
