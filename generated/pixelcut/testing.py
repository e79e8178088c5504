"""For tests of code that uses this client: no sockets, no patching.

    client = Client(transport=FakeTransport([Answer(200, json={...})]))

`EXAMPLES` holds a response for each operation whose documentation states one, by operationId.
The functions named after jobs give the routes of such jobs from start to end:

    client = Client(transport=FakeTransport(try_on_job()))
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
            "generate-background": '{"result_url": "https://assets.pixelcut.app/public/result/a16646be-91c8-4e3a-b359.png"}',
            "remove-background": '{"result_url": "https://assets.pixelcut.app/public/result/a16646be-91c8-4e3a-b359.png"}',
            "try-on": '{"job_id": "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "result_url": "https://assets.pixelcut.app/public/result/a16646be-91c8-4e3a-b359.jpg"}',
            "try-on-job-status": '{"job_id": "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "status": "completed", "result_url": "https://assets.pixelcut.app/public/result/a16646be-91c8-4e3a-b359.jpg", "error": {"message": "Job processing failed", "error_code": "content_filter_error"}}',
            "try-on-job-cancel": '{"message": "Job cancelled"}',
            "upscale": '{"result_url": "https://assets.pixelcut.app/public/result/a16646be-91c8-4e3a-b359.png"}',
        },
    }
)


def try_on_job(
    state: Literal["completed", "failed", "cancelled", "expired"] = "completed",
    *,
    after: int = 2,
) -> dict[str, Step | Steps]:
    """Returns the routes of try on jobs for `FakeTransport`: each job is pending for
    `after` polls, then as `state` has it."""
    states = {
        "completed": '{"status": "completed", "result_url": "https://assets.pixelcut.app/public/result/a16646be-91c8-4e3a-b359.jpg"}',
        "failed": '{"status": "failed", "error": {"message": "The job failed.", "error_code": "invalid_parameter"}}',
        "cancelled": '{"status": "failed", "error": {"message": "The job failed.", "error_code": "job_cancelled"}}',
        "expired": '{"status": "failed", "error": {"message": "The job failed.", "error_code": "job_expired"}}',
    }
    return {
        "POST /v1/try-on": numbered(200, '{"job_id": "job-%d"}'),
        "GET /v1/try-on/job/*": [
            *[Answer(text='{"status": "running"}')] * after,
            Answer(text=states[state]),
        ],
        "POST /v1/try-on/job/*/cancel": Answer(200, text="{}"),
    }
