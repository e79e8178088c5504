"""For tests of code that uses this client: no sockets, no patching.

    client = Client(transport=FakeTransport([Answer(200, json={...})]))

`EXAMPLES` holds a response for each operation whose documentation states one, by operationId.
The functions named after jobs give the routes of such jobs from start to end:

    client = Client(transport=FakeTransport(render_job()))
"""

from __future__ import annotations

from typing import Literal

from ._runtime.testing_jobs import FakeTransport as FakeTransport
from ._runtime.testing import (
    Answer as Answer, ConnectionLost as ConnectionLost, Outcome as Outcome,
    SentRequest as SentRequest, Step as Step, Steps as Steps,
)  # fmt: skip
from ._runtime.testing import examples_of
from ._runtime.testing_jobs import numbered

EXAMPLES: dict[str, Answer] = examples_of({})


def render_job(
    state: Literal["done", "failed", "cancelled"] = "done", *, after: int = 2
) -> dict[str, Step | Steps]:
    """Returns the routes of render jobs for `FakeTransport`: each job is pending for
    `after` polls, then as `state` has it."""
    states = {
        "done": '{"id": "text", "state": "done", "url": "https://example.com/result"}',
        "failed": '{"id": "text", "state": "failed", "error": {"code": "error", "message": "The job failed."}}',
        "cancelled": '{"id": "text", "state": "failed", "error": {"code": "cancelled", "message": "The job failed."}}',
    }
    return {
        "POST /renders": numbered(202, '{"id": "job-%d"}'),
        "GET /renders/*": [
            *[Answer(text='{"id": "text", "state": "queued"}')] * after,
            Answer(text=states[state]),
        ],
        "POST /renders/*/cancel": Answer(204),
    }
