"""For tests of code that uses this client: no sockets, no patching.

    client = Client(transport=FakeTransport([Answer(200, json={...})]))

`EXAMPLES` holds a response for each operation whose documentation states one, by operationId.
The functions named after jobs give the routes of such jobs from start to end:

    client = Client(transport=FakeTransport(batch_job()))
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


def batch_job(
    state: Literal["done", "held", "partial"] = "done", *, after: int = 2
) -> dict[str, Step | Steps]:
    """Returns the routes of batch jobs for `FakeTransport`: together they are pending
    for `after` polls, then as `state` has it."""
    states = {
        "done": '{"state": "done", "rows": [{"id": "item-1", "state": "good", "url": "https://example.com/result"}]}',
        "held": '{"state": "held"}',
        "partial": '{"state": "done", "rows": [{"id": "item-1", "state": "good", "url": "https://example.com/result"}, {"state": "bad", "error": {}}]}',
    }
    return {
        "POST /batches": numbered(202, '{"batch": {"id": %d}}'),
        "GET /batches": [
            *[Answer(text='{"state": "open"}')] * after,
            Answer(text=states[state]),
        ],
        "POST /batches/cancel": Answer(204),
    }


def check_job(
    state: Literal["done", "held"] = "done", *, after: int = 2
) -> dict[str, Step | Steps]:
    """Returns the routes of check jobs for `FakeTransport`: each job is pending for
    `after` polls, then as `state` has it."""
    states = {"done": '{"state": "done"}', "held": '{"state": "held"}'}
    return {
        "POST /batches": numbered(202, '{"batch": {"id": %d}}'),
        "GET /checks/*": [
            *[Answer(text='{"state": "open"}')] * after,
            Answer(text=states[state]),
        ],
    }
