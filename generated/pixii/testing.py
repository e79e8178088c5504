"""For tests of code that uses this client: no sockets, no patching.

    client = Client(transport=FakeTransport([Answer(200, json={...})]))

`EXAMPLES` holds a response for each operation whose documentation states one, by operationId.
The functions named after jobs give the routes of such jobs from start to end:

    client = Client(transport=FakeTransport(images_job()))
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

EXAMPLES: dict[str, Answer] = examples_of(
    {
        200: {
            "getJob": '{"job_type": "Listing Builder"}',
            "createListingBuilderJob": '{"job_type": "Listing Builder"}',
            "createScaleJob": '{"job_type": "Listing Builder"}',
        },
    }
)


def images_job(
    state: Literal["completed", "failed", "partial"] = "completed", *, after: int = 2
) -> dict[str, Step | Steps]:
    """Returns the routes of images jobs for `FakeTransport`: each job is pending for
    `after` polls, then as `state` has it."""
    states = {
        "completed": '{"status": "completed", "output": {"ads": [{"preview_url": "https://example.com/result"}]}}',
        "failed": '{"status": "failed", "error_code": "error"}',
        "partial": '{"status": "completed", "output": {"ads": [{"preview_url": "https://example.com/result"}, {"error": {}}]}}',
    }
    return {
        "POST /v1/api/listing_builder": numbered(200, '{"job_id": "job-%d"}'),
        "POST /v1/api/scale": numbered(200, '{"job_id": "job-%d"}'),
        "GET /v1/api/jobs/*": [
            *[Answer(text='{"status": "processing"}')] * after,
            Answer(text=states[state]),
        ],
    }
