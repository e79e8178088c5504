"""Part of the runtime of a generated client. 0BSD: use it as you like.

One exchange over a connected socket: writing the request and reading the answer, every
wait bounded. `http.client` parses; what it cannot tell (whether anything was sent,
whether the connection may be used again) is found out here.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from .transport import Headers, Request, Response

_CHUNK: Final = 64 * 1024


def left_until(ends: float) -> float:
    """Seconds that are left. Raises TimeoutError when there are none."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left


class Wire(io.RawIOBase):
    """A socket during one exchange: every wait is bounded, and it is known whether
    anything was sent."""

    def __init__(self, sock: socket.socket, silence: float, ends: float) -> None:
        self.sock = sock
        self.sent: Literal["no", "maybe"] = "no"
        self.ended = False
        self._silence = silence
        self._ends = ends

    def sendall(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            self.sock.settimeout(min(self._silence, left_until(self._ends)))
            count = self.sock.send(view)
            self.sent = "maybe"
            view = view[count:]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.ended:
            return 0
        self.sock.settimeout(min(self._silence, left_until(self._ends)))
        return self.sock.recv_into(buffer)


class _Reader(io.BufferedReader):
    """The file that `http.client` reads from and would close after every answer,
    interim ones included."""

    def close(self) -> None:
        pass

    def flush(self) -> None:
        """Nothing is written; an answer that was given up flushes when it is collected,
        its socket closed by then."""

    def makefile(self, _mode: str) -> _Reader:
        return self


def head_of(
    request: Request, host: str, *, proxied: bool = False, more: Iterable[str] = ()
) -> bytes:
    """The request line and the headers; `proxied` to a plain proxy, for which the
    target is the whole URL.

    Raises ValueError for a line break in any of it.
    """
    url = urlsplit(request.url)
    target = (
        (f"http://{host}" if proxied else "")
        + (url.path or "/")
        + (f"?{url.query}" if url.query else "")
    )
    given = {name.lower() for name, _ in request.headers}
    lines = [*more] if "host" in given else [f"Host: {host}", *more]
    if "accept-encoding" not in given:
        lines.append("Accept-Encoding: gzip, deflate")
    if request.body is None:
        lines += (
            ["Content-Length: 0"] if request.method in ("POST", "PUT", "PATCH") else []
        )
    else:
        length = (
            len(request.body)
            if isinstance(request.body, bytes)
            else request.body.length
        )
        lines.append(
            "Transfer-Encoding: chunked"
            if length is None
            else f"Content-Length: {length}"
        )
    lines += [f"{name}: {value}" for name, value in request.headers]
    head = "\r\n".join([f"{request.method} {target} HTTP/1.1", *lines, "", ""]).encode(
        "latin-1"
    )
    if head.count(b"\n") != len(lines) + 2 or head.count(b"\r") != len(lines) + 2:
        raise ValueError("the request holds a line break where none may be")
    return head


def write(wire: Wire, head: bytes, request: Request) -> bool:
    """Whether all of the request went out; a server that refuses it early may have hung
    up, but not without a word."""
    body = request.body
    if body is None or (isinstance(body, bytes) and len(body) < _CHUNK):
        wire.sendall(head + (body or b""))  # one packet, where it fits
        return True
    wire.sendall(head)
    try:
        for piece in (
            _pieces(body) if isinstance(body, bytes) else _framed(body, body.length)
        ):
            wire.sendall(piece)
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def _pieces(body: bytes) -> Iterator[bytes]:
    return (body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK))


def _framed(chunks: Any, length: int | None) -> Iterator[bytes]:
    """The body as it goes over the wire. Raises EOFError when it is not as long as was
    announced."""
    sent = 0
    for chunk in chunks:
        sent += len(chunk)
        if length is None:
            yield b"%x\r\n%b\r\n" % (len(chunk), chunk)
        elif sent <= length:
            yield chunk
    if length is None:
        yield b"0\r\n\r\n"
    elif sent != length:
        raise EOFError(
            f"the body has {sent} bytes, not the {length} that it had before"
        )


def begin(wire: Wire, method: str) -> tuple[http.client.HTTPResponse, _Reader]:
    """The head of the final answer; 102 and 103 only announce it (RFC 9110 section
    15.2)."""
    reader: Any = _Reader(wire)
    while True:
        message = http.client.HTTPResponse(reader, method=method)
        message.begin()
        if message.status not in (102, 103):
            return message, reader


def read(wire: Wire, request: Request, max_content: int) -> tuple[Response, bool]:
    """The answer, and whether another request may follow on the same connection."""
    message, reader = begin(wire, request.method)
    headers = Headers(message.getheaders())
    content = _content(
        iter(lambda: message.read(_CHUNK), b""),
        headers.get("content-encoding", ""),
        max_content,
    )
    if message.length:
        raise http.client.IncompleteRead(b"", message.length)
    wire.ended = True
    reusable = not message.will_close and not reader.peek(1)
    return Response(message.status, headers, content, request.url), reusable


def _content(chunks: Iterator[bytes], encoding: str, limit: int) -> bytes:
    """The content without gzip or deflate. Raises OSError above `limit` bytes."""
    unpack = (
        _unpacked(chunks, limit + 1)
        if encoding.strip().lower() in ("gzip", "x-gzip", "deflate")
        else chunks
    )
    content = bytearray()
    for piece in unpack:
        content += piece
        if len(content) > limit:
            raise OSError(f"the answer has more than {limit} bytes")
    return bytes(content)


def _unpacked(chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    """Decompressed pieces, none longer than `most` bytes. Raises EOFError if the data
    is cut off."""
    inflater: Any = None
    for chunk in chunks:
        rest = chunk
        while rest:
            inflater = inflater or zlib.decompressobj(_window_bits(rest))
            yield inflater.decompress(rest, most)
            rest = inflater.unconsumed_tail
            if inflater.eof:
                # A second member may follow; anything else after the end is padding
                # (RFC 1952 section 2.2).
                rest = (
                    inflater.unused_data
                    if inflater.unused_data.startswith(b"\x1f\x8b")
                    else b""
                )
                inflater = None
    if inflater is not None:
        raise EOFError("the compressed answer is cut off")


def _window_bits(start: bytes) -> int:
    """gzip and zlib are told apart by zlib; "deflate" without its wrapper, which some
    servers send, is not."""
    wrapped = start.startswith(b"\x1f\x8b") or (
        start[0] & 15 == 8 and int.from_bytes(start[:2], "big") % 31 == 0
    )
    return 47 if wrapped else -15
