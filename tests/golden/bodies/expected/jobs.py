"""Jobs."""

from __future__ import annotations

from typing import Any

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.given import given
from ._runtime.operation import Call, RequestOptions


class Jobs(Resource):
    """`client.jobs`."""

    def create(
        self,
        *,
        name: str,
        kind: models.JobRequestKind = "resize",
        size: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /jobs

        Sent again only if it did not arrive, or after 429."""
        return self._core.send_none(
            _CREATE, options, body=given({"kind": kind, "name": name, "size": size})
        )

    def replace(
        self,
        *,
        kind: models.JobRequestKind = "resize",
        name: str | None = None,
        size: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /jobs

        Args:
            name: Required if a body is sent.

        Safe to send again."""
        return self._core.call(_replace(kind, name, size), options)

    def update(
        self,
        *,
        body: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """PATCH /jobs

        Sent again only if it did not arrive, or after 429."""
        return self._core.send_none(_UPDATE, options, body=body)


class AsyncJobs(AsyncResource):
    create = asynchronous(Jobs.create)
    replace = asynchronous(Jobs.replace)
    update = asynchronous(Jobs.update)


_CREATE = Operation("addJob", "POST /jobs", {"204": {}})
_REPLACE = Operation("putJob", "PUT /jobs", {"204": {}})
_UPDATE = Operation("forkJob", "PATCH /jobs", {"204": {}})


def _replace(
    kind: models.JobRequestKind, name: str | None, size: int | None
) -> Call[None]:
    if name is not None or size is not None:
        if name is None:
            raise TypeError("name= is required in the body")
        return Call(_REPLACE, body=given({"kind": kind, "name": name, "size": size}))
    return Call(_REPLACE)
