"""A provider's web site on loopback, for the tests of `upstream`: what is where, and how it misbehaves."""

from __future__ import annotations

import hashlib
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Reply:
    """What is at a path.

    Attributes:
        announced: how many bytes the header announces; None for as many as there are, -1 for no header.
        etag: whether conditional requests are answered with 304.
        pause: seconds between two bytes of the body.
        head_pause: seconds between two bytes of the status line.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    announced: int | None = None
    etag: bool = True
    pause: float = 0
    head_pause: float = 0


class Site:
    """A server on a free port of 127.0.0.1. `pages` can be changed while it runs; `received` lists what it was asked.

    Another path than those of `pages` is answered with 404.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Reply] = {}
        self.received: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.received.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
                with suppress(OSError):
                    site._reply(self, site.pages.get(self.path.partition("?")[0], Reply(b"not found", 404)))
                self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, request: object, client_address: object) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port: int = self._server.server_address[1]
        self.host = f"127.0.0.1:{self.port}"
        self.origin = f"{'https' if tls else 'http'}://{self.host}"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def _reply(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        if reply.head_pause:
            for byte in b"HTTP/1.1 200 OK\r\n" + b"X-Slow: yes\r\n" * 100:
                handler.wfile.write(bytes([byte]))
                time.sleep(reply.head_pause)
        etag = f'"{hashlib.sha256(reply.body).hexdigest()[:8]}"'
        is_known = reply.etag and handler.headers.get("If-None-Match") == etag
        status, body = (304, b"") if is_known else (reply.status, reply.body)
        handler.send_response(status)
        for key, value in reply.headers.items():
            handler.send_header(key, value)
        if reply.etag and status in (200, 304):
            handler.send_header("ETag", etag)
        if status != 304 and reply.announced != -1 and reply.headers.get("Transfer-Encoding") != "chunked":
            handler.send_header("Content-Length", str(len(body) if reply.announced is None else reply.announced))
        handler.end_headers()
        if not reply.pause:
            handler.wfile.write(body)
            return
        for byte in body:
            handler.wfile.write(bytes([byte]))
            time.sleep(reply.pause)

    def paths(self) -> list[str]:
        """Returns the paths that were asked for, and forgets them."""
        paths = [path for path, _ in self.received]
        self.received.clear()
        return paths

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
