"""A transport that answers from a script, for tests of code that uses the client. No
sockets, no patching, no waiting: pauses are recorded and pass at once on its own clock.

    fake = FakeTransport([Answer(json={"id": "j1"}), ConnectionLost(), Answer(404)])
    fake = FakeTransport({"POST /v1/jobs": Answer(json={"id": "j1"}),
                          "GET /v1/jobs/*": [Answer(503), Answer(json={"done": True})]})
    client = Client(api_key="test", transport=fake)

A list is one answer for each request, in order. Those of a route come in order too, the
last one repeats; `*` is one segment of the path: each path gets all of them."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias
from urllib.parse import parse_qs, urlsplit

from .declarations import UNSET
from .transport import Headers, Request, Response, Timeout, TransportError


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, e.g. `Answer(429, headers={"Retry-After": "1"})`; `json` and `text`
    set the Content-Type."""

    status: int = 200
    json: Any = UNSET
    text: str = ""
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


def examples_of(texts: Mapping[int, Mapping[str, str]]) -> dict[str, Answer]:
    """Returns the answer of each operation, from its body by status."""
    rows = [(status, *row) for status in texts for row in texts[status].items()]
    return {operation: Answer(status, text=text) for status, operation, text in rows}


@dataclass(frozen=True, slots=True)
class ConnectionLost:
    """No response; `sent` "no": the server cannot have seen the request."""

    sent: Literal["no", "maybe"] = "maybe"
    timeout: bool = False


@dataclass(frozen=True, slots=True)
class SentRequest:
    """One request as the server gets it; `json`: None if the content is not JSON."""

    method: str
    url: str
    path: str
    query: dict[str, list[str]]
    headers: Headers
    content: bytes
    json: Any
    timeout: Timeout


Outcome: TypeAlias = Answer | ConnectionLost
Step: TypeAlias = Outcome | Exception | Callable[[SentRequest], Outcome]
Steps: TypeAlias = Sequence[Step]


class FakeTransport:
    """A transport for both clients; `requests` and `sleeps` record what happened."""

    name = "fake"

    def __init__(self, script: Steps | Mapping[str, Step | Steps]) -> None:
        self.requests: list[SentRequest] = []
        self.sleeps: list[float] = []
        self._now = 0.0
        self._left: dict[tuple[re.Pattern[str], str], list[Step]] = {}
        self._lock = threading.Lock()
        self._repeats = isinstance(script, Mapping)
        routes = script if isinstance(script, Mapping) else {"* **": script}
        self._routes = [(_pattern(route), _steps(routes[route])) for route in routes]

    def send(self, request: Request) -> Response:
        """Returns the next answer. Raises AssertionError when the script has none."""
        body = request.body
        content = body if isinstance(body, bytes) else b"".join(body or ())
        url = urlsplit(request.url)
        place = request.method, request.url, url.path
        query = parse_qs(url.query, keep_blank_values=True)
        headers, timeout = Headers(request.headers), request.timeout
        sent = SentRequest(*place, query, headers, content, _parsed(content), timeout)
        with self._lock:
            self.requests.append(sent)
            step = self._next(f"{request.method} {url.path}")
        if not isinstance(step, (Answer, ConnectionLost, Exception)):
            step = step(sent)
        if isinstance(step, Exception):
            raise step
        if isinstance(step, ConnectionLost):
            text = "timed out" if step.timeout else "connection lost"
            raise TransportError(text, step.sent, step.timeout)
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

    async def asleep(self, seconds: float) -> None:
        """The same on asyncio."""
        import asyncio  # costs 40 ms, which synchronous programs need not pay

        self.sleep(seconds)
        await asyncio.sleep(0)

    def _next(self, place: str) -> Step:
        for pattern, steps in self._routes:
            if pattern.fullmatch(place) and steps:
                if not self._repeats:
                    return steps.pop(0)
                left = self._left.setdefault((pattern, place), list(steps))
                return left.pop(0) if len(left) > 1 else left[0]
        raise AssertionError(f"the script has no answer left for {place}")


def _steps(steps: Step | Sequence[Step]) -> list[Step]:
    if isinstance(steps, (Answer, ConnectionLost, Exception)) or callable(steps):
        return [steps]
    return list(steps)


def _pattern(route: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*)", route)
    patterns = {"*": "[^/]*", "**": ".*"}
    return re.compile("".join(patterns.get(part) or re.escape(part) for part in parts))


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
    headers = list(answer.headers.items())
    if kind and "content-type" not in Headers(headers):
        headers.append(("Content-Type", kind))
    return Response(answer.status, Headers(headers), content, url)
