"""Files."""

from __future__ import annotations

from typing import Any

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.multipart import File
from ._runtime.operation import RequestOptions


class Files(Resource):
    """`client.files`."""

    def upload(
        self,
        *,
        raw: File,
        many: list[File] | None = None,
        described: File | None = None,
        encoded: File | None = None,
        about: Any = None,
        text: str | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /files

        Args:
            about: Any JSON.

        Sent again only if it did not arrive, or after 429."""
        body = {
            "raw": raw,
            "many": many,
            "described": described,
            "encoded": encoded,
            "about": about,
            "text": text,
        }
        return self._core.send_none(
            _UPLOAD, options, body=body, content_type="multipart/form-data"
        )


class AsyncFiles(AsyncResource):
    upload = asynchronous(Files.upload)


_UPLOAD = Operation(
    "upload",
    "POST /files",
    {"204": {}},
    encodings={"about": "application/json"},
    files=("raw", "many", "described", "encoded"),
)
