"""For tests of code that uses this client: no sockets, no patching.

    client = Client(transport=FakeTransport([Answer(200, json={...})]))

`EXAMPLES` holds a response for each operation whose documentation states one, by operationId.
The functions named after jobs give the routes of such jobs from start to end:

    client = Client(transport=FakeTransport(product_photo_job()))
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
            "listProductPhotoPresets": '{"presets": [{"id": "single_product_white_background", "name": "Single product white background", "description": "One product on a clean, nearly white background."}], "request_id": "req_abc123"}',
        },
    }
)


def product_photo_job(
    state: Literal[
        "completed", "partially_completed", "failed", "cancelled"
    ] = "completed",
    *,
    after: int = 2,
) -> dict[str, Step | Steps]:
    """Returns the routes of product photo jobs for `FakeTransport`: each job is pending
    for `after` polls, then as `state` has it."""
    states = {
        "completed": '{"job": {"id": "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "status": "completed", "total_items": 1, "credits_reserved": 1, "sandbox": true, "items": [{"id": "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "status": "completed", "result_url": "https://example.com/result"}]}, "request_id": "text"}',
        "partially_completed": '{"job": {"id": "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "status": "partially_completed", "total_items": 1, "credits_reserved": 1, "sandbox": true, "items": [{"id": "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "status": "completed", "result_url": "https://example.com/result"}, {"id": "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "status": "failed", "error_code": "error"}]}, "request_id": "text"}',
        "failed": '{"job": {"id": "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "status": "failed", "total_items": 1, "credits_reserved": 1, "sandbox": true}, "request_id": "text"}',
        "cancelled": '{"job": {"id": "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "status": "cancelled", "total_items": 1, "credits_reserved": 1, "sandbox": true}, "request_id": "text"}',
    }
    return {
        "POST /api/v1/product-photo-jobs": numbered(
            200,
            '{"job": {"id": "00000000-0000-4000-8000-%012d", "status": "queued", "total_items": 1, "credits_reserved": 1, "sandbox": true}, "remaining_paid_credits": 1, "request_id": "text"}',
        ),
        "GET /api/v1/product-photo-jobs/*": [
            *[
                Answer(
                    text='{"job": {"id": "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "status": "processing", "total_items": 1, "credits_reserved": 1, "sandbox": true}, "request_id": "text"}'
                )
            ]
            * after,
            Answer(text=states[state]),
        ],
    }
