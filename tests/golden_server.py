"""The server that the behaviours of goldens talk to: answers in the order in which they were scripted."""

from __future__ import annotations

from loopback import Answer as Answer
from loopback import Provider, Seen


class Script(Provider):
    """Answers that were scripted and nothing else: a request without one fails the behaviour."""

    def respond(self, request: Seen) -> Answer:
        raise AssertionError(f"nothing scripted for {request.method} {request.path}")
