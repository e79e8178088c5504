"""For tests of code that uses this client: no sockets, no patching.

    client = Client(transport=FakeTransport([Answer(200, json={...})]))

`EXAMPLES` holds a response for each operation whose documentation states one, by operationId.
The functions named after jobs give the routes of such jobs from start to end:

    client = Client(transport=FakeTransport(transcript_job()))
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


def transcript_job(
    state: Literal["ready", "broken"] = "ready", *, after: int = 2
) -> dict[str, Step | Steps]:
    """Returns the routes of transcript jobs for `FakeTransport`: together they are
    pending for `after` polls, then as `state` has it."""
    states = {
        "ready": '{"state": "ready", "transcript": {"text": "text", "words": []}}',
        "broken": '{"state": "broken", "reason": "The job failed."}',
    }
    return {
        "POST /v2/transcripts": numbered(200, '{"task": {"number": %d}}'),
        "POST /v2/tasks/query": [
            *[Answer(text='{"state": "working"}')] * after,
            Answer(text=states[state]),
        ],
        "POST /v2/tasks/stop": Answer(204),
    }
