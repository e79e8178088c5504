"""For tests of code that uses this client: no sockets, no patching.

    client = Client(transport=FakeTransport([Answer(200, json={...})]))

`EXAMPLES` holds a response for each operation whose documentation states one, by operationId.
"""

from __future__ import annotations

from ._runtime.testing import *
from ._runtime.testing import examples_of

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
