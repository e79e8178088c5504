"""The options of calls to this API."""

from __future__ import annotations

from ._runtime import operation


class RequestOptions(operation.RequestOptions, total=False):
    """What may differ from call to call."""

    x_request_id: str
    """Optional client correlation id. AI Gen Studio also returns `request_id`."""
