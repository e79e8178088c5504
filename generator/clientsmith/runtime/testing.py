"""Part of the runtime of a generated client. 0BSD: use it as you like.

A transport that answers from a script: for tests of code that uses the client, blocking
or on asyncio. No sockets, no patching, and no waiting: pauses are recorded and pass at
once on a clock of its own.

    fake = FakeTransport([Answer(json={"id": "j1"}), ConnectionLost(), Answer(404)])
    fake = FakeTransport({"POST /v1/jobs": [Answer(json={"id": "j1"})],
                          "GET /v1/jobs/*": [Answer(json={"status": "running"}),
                          Answer(json={"status": "done"})]})
    client = Client(api_key="test", transport=fake)

A plain list is one answer for each request, in order. Routes answer in order too, and
their last answer repeats; `*` stands for one segment of the path.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias
from urllib.parse import parse_qs, urlsplit

from .transport import Headers, Request, Response, Timeout, TransportError
from .unset import UNSET


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, e.g. `Answer(429, headers={"Retry-After": "1"})`; `json` and `text`
    set the Content-Type."""

    status: int = 200
    json: Any = UNSET
    text: str = ""
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class ConnectionLost:
    """No answer. `sent` "no": the server cannot have seen the request; `timeout`: it
    took too long."""

    sent: Literal["no", "maybe"] = "maybe"
    timeout: bool = False


@dataclass(frozen=True, slots=True)
class SentRequest:
    """One request as the server would have got it; `json` is None when the content is
    no JSON."""

    method: str
    url: str
    path: str
    query: dict[str, list[str]]
    headers: Headers
    content: bytes
    json: Any
    timeout: Timeout


Step: TypeAlias = (
    Answer
    | ConnectionLost
    | Exception
    | Callable[[SentRequest], Answer | ConnectionLost]
)


class FakeTransport:
    """Transport and AsyncTransport at once. `requests` and `sleeps` (seconds) record
    what happened."""

    name = "fake"

    def __init__(
        self, script: Sequence[Step] | Mapping[str, Step | Sequence[Step]]
    ) -> None:
        self.requests: list[SentRequest] = []
        self.sleeps: list[float] = []
        self._now = 0.0
        self._lock = threading.Lock()
        self._repeats = isinstance(script, Mapping)
        routes: Mapping[str, Step | Sequence[Step]] = (
            script if isinstance(script, Mapping) else {"* **": script}
        )
        self._routes = [
            (_pattern(route), _steps(steps)) for route, steps in routes.items()
        ]

    def send(self, request: Request) -> Response:
        """The next answer for `request`. Raises AssertionError when the script has
        none."""
        body = request.body
        content = body if isinstance(body, bytes) else b"".join(body or ())
        url = urlsplit(request.url)
        sent = SentRequest(
            request.method,
            request.url,
            url.path,
            parse_qs(url.query, keep_blank_values=True),
            Headers(request.headers),
            content,
            _parsed(content),
            request.timeout,
        )
        with self._lock:
            self.requests.append(sent)
            step = self._next(f"{request.method} {url.path}")
        if not isinstance(step, (Answer, ConnectionLost, Exception)):
            step = step(sent)
        if isinstance(step, Exception):
            raise step
        if isinstance(step, ConnectionLost):
            raise TransportError(
                "timed out" if step.timeout else "connection lost",
                step.sent,
                step.timeout,
            )
        return _response(step, request.url)

    async def asend(self, request: Request) -> Response:
        """The same on asyncio."""
        return self.send(request)

    def close(self) -> None:
        """Nothing to let go of."""

    async def aclose(self) -> None:
        """Nothing to let go of."""

    def now(self) -> float:
        """Seconds on the clock that only sleeping moves."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Let `seconds` pass at once."""
        with self._lock:
            self.sleeps.append(seconds)
            self._now += seconds

    def _next(self, place: str) -> Step:
        for pattern, steps in self._routes:
            if pattern.fullmatch(place) and steps:
                return steps[0] if self._repeats and len(steps) == 1 else steps.pop(0)
        raise AssertionError(
            f"the script of FakeTransport has no answer left for {place}"
        )


def _steps(steps: Step | Sequence[Step]) -> list[Step]:
    return (
        [steps]
        if isinstance(steps, (Answer, ConnectionLost, Exception)) or callable(steps)
        else list(steps)
    )


def _pattern(route: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*)", route)
    return re.compile(
        "".join(
            {"*": "[^/]*", "**": ".*"}.get(part) or re.escape(part) for part in parts
        )
    )


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _response(answer: Answer, url: str) -> Response:
    content, kind = answer.content, ""
    if answer.json is not UNSET:
        content, kind = json.dumps(answer.json).encode(), "application/json"
    elif answer.text:
        content, kind = answer.text.encode(), "text/plain; charset=utf-8"
    headers = Headers(answer.headers.items())
    if kind and "content-type" not in headers:
        headers = Headers([("Content-Type", kind), *answer.headers.items()])
    return Response(answer.status, headers, content, url)
