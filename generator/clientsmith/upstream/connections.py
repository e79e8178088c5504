"""Connections to the hosts of addresses: names are resolved and checked, and what was checked is connected to.

Decides which hosts are refused: everything that is not a public address of the internet, so that a document cannot
make a build machine ask its own network (server-side request forgery). A name that resolves to something else at the
second time is no way around, because it is resolved once for each connection. Proxies of the environment are not
used: a proxy resolves names by itself.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeAlias

from clientsmith.upstream.addresses import Address, UnsafeAddress, is_named

Resolver: TypeAlias = Callable[[str, int], Sequence[str]]
"""Returns the IP addresses of a host and port; raises OSError if it has none."""

_EMBEDDING = tuple(ipaddress.IPv6Network(each) for each in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48"))
"""Networks whose addresses have an IPv4 address in the last 32 bits (RFC 4291, RFC 6052, RFC 8215)."""

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that IANA gives out of IPv6: what is outside, such as site-local addresses, is of no public host (RFC 4291)."""

_SPECIAL = tuple(ipaddress.ip_network(each) for each in ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20"))
"""Networks for protocols and documentation that older versions of `ipaddress` count as global (RFC 6890, RFC 9637)."""


class Deadline:
    """The time, on the monotonic clock, at which an exchange must be over."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Returns the seconds that are left.

        Raises:
            TimeoutError: None is left.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def connected(
    address: Address, deadline: Deadline, *, trusted: Collection[str], resolver: Resolver
) -> http.client.HTTPConnection:
    """Returns a connection to the host of an address.

    Args:
        address: of which scheme, host and port count.
        deadline: of the whole exchange, of which every read is given the rest.
        trusted: hosts, `HOST` or `HOST:PORT`, that may have private addresses and be asked over `http`.
        resolver: of host names.

    Raises:
        UnsafeAddress: the scheme is not https, or the host has an address that is not public.
        TimeoutError: the deadline has come.
        OSError: there is no such host, or no connection; `ssl.SSLError` among them.
    """
    is_trusted = is_named(address, trusted)
    if not address.is_secure and not is_trusted:
        raise UnsafeAddress("it is an address of 'http'; only https is fetched", _hint(address))
    found = _resolved(address, deadline, resolver)
    if not is_trusted:
        for each in found:
            if not is_public(each):
                message = f"the host {address.host} has an address that is not public"
                raise UnsafeAddress(message, _hint(address))
    sock = _first_connected(found, address.port, deadline)
    connection = http.client.HTTPConnection(address.host, address.port)
    try:
        connection.sock = _secured(sock, address.host, deadline) if address.is_secure else sock
    except BaseException:
        sock.close()
        raise
    return connection


def _hint(address: Address) -> str:
    return f"if it is a server of your own network, pass --trusted-host {address.authority}"


def is_public(text: str) -> bool:
    """Returns whether an IP address is one of the public internet, as is every IPv4 address that is inside of it."""
    try:
        # The zone of a link-local address follows after a %.
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if not address.is_global or address.is_multicast:
        mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
        return mapped is not None and is_public(str(mapped))
    if any(address in network for network in _SPECIAL):
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address not in _GLOBAL_UNICAST and not any(address in network for network in _EMBEDDING):
            return address.ipv4_mapped is not None and is_public(str(address.ipv4_mapped))
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if any(address in network for network in _EMBEDDING):
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        return all(is_public(str(each)) for each in inner if each is not None)
    return True


def system_resolver(host: str, port: int) -> list[str]:
    """Returns the addresses that the system has for a host, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _resolved(address: Address, deadline: Deadline, resolver: Resolver) -> Sequence[str]:
    """Asks in a thread: the system's resolver has time limits of its own, and cannot be given one."""
    found: list[str] = []
    errors: list[OSError] = []

    def ask() -> None:
        try:
            found.extend(resolver(address.host, address.port))
        except OSError as error:
            errors.append(error)
        except UnicodeError:
            errors.append(OSError("the name of the host is not possible"))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(deadline.remaining())
    if thread.is_alive():
        raise TimeoutError
    if errors:
        raise errors[0]
    if not found:
        raise OSError("the host has no address")
    return found


class _Timed(socket.socket):
    """A socket of which every read is given what is left of a deadline: drops that come in time do not prolong it."""

    deadline: Deadline

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(self.deadline.remaining())
        return super().recv_into(buffer, nbytes, flags)


class _TimedTLS(ssl.SSLSocket):
    """The same with TLS."""

    deadline: Deadline

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(self.deadline.remaining())
        return super().recv_into(buffer, nbytes, flags)


def _first_connected(found: Sequence[str], port: int, deadline: Deadline) -> socket.socket:
    """Returns a socket that is connected to the first of some addresses that accepts it.

    Each is given its share of the time that is left, so that a network without a way to one of them is no outage.
    """
    failure: OSError = OSError("the host has no address")
    for number, each in enumerate(found):
        sock = _Timed(socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM)
        sock.deadline = deadline
        try:
            sock.settimeout(deadline.remaining() / (len(found) - number))
            # A literal address: nothing is resolved again.
            sock.connect((each, port))
        except OSError as error:
            sock.close()
            failure = error
        else:
            return sock
    raise failure


def _secured(sock: socket.socket, host: str, deadline: Deadline) -> socket.socket:
    context = ssl.create_default_context()
    context.sslsocket_class = _TimedTLS
    sock.settimeout(deadline.remaining())
    # A connection that ends without the closing message of TLS was cut, perhaps by somebody in between.
    secured = context.wrap_socket(sock, server_hostname=host, suppress_ragged_eofs=False)
    assert isinstance(secured, _TimedTLS)
    secured.deadline = deadline
    return secured
