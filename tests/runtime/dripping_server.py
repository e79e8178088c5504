"""A server on loopback that never stops sending and never comes to an end: one byte now and then."""

from __future__ import annotations

import socket
import threading
import time
from typing import Literal

from unruly_server import SocketServer, read_request

Where = Literal["headers", "body", "packed", "handshake", "tunnel", "forwarded"]
"""What never ends: the headers or the body of a response, TLS, or the response of a proxy to a CONNECT or a request."""

_BEFORE: dict[Where, bytes] = {
    "headers": b"HTTP/1.1 200 OK\r\nX-Drip: ",
    "body": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n",
    # Ten bits of a header, then stored blocks without content: nothing is ever unpacked.
    "packed": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 100000\r\n\r\n\x1f\x8b\x08" + bytes(7),
    "handshake": b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc",  # a record of 16 KiB that begins a ServerHello
    "tunnel": b"HTTP/1.1 200 OK\r\nX-Drip: ",
    "forwarded": b"HTTP/1.1 200 OK\r\nX-Drip: ",
}
_DROPS: dict[Where, bytes] = {"packed": b"\0\0\0\xff\xff", "handshake": b"\0", "body": b" "}


class Dripping(SocketServer):
    """`requests` counts what was read; `hung_up` is set when a client let go."""

    def __init__(self, where: Where, pause: float = 0.03) -> None:
        self.where: Where = where
        self.pause = pause
        self.requests = 0
        self.hung_up = threading.Event()
        super().__init__()

    @property
    def url(self) -> str:
        return f"{'https' if self.where == 'handshake' else 'http'}://127.0.0.1:{self.port}"

    def converse(self, sock: socket.socket) -> None:
        if self.where == "handshake":
            sock.recv(5)
        else:
            with sock.makefile("rb") as file:
                read_request(file)
            self.requests += 1
        try:
            sock.sendall(_BEFORE[self.where])
            while not self.closing.is_set():
                for byte in _DROPS.get(self.where, b"x"):
                    sock.sendall(bytes([byte]))
                    time.sleep(self.pause)
        except OSError:
            self.hung_up.set()
