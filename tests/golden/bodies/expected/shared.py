"""Shared."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import UNSET, Operation, Unset
from ._runtime.operation import Call, RequestOptions


class Shared(Resource):
    """`client.shared`."""

    def update(
        self,
        *,
        color: str | Unset | None = UNSET,
        size: int | Unset | None = UNSET,
        options: RequestOptions | None = None,
    ) -> models.Shared:
        """PATCH /shared

        Sent again only if it did not arrive, or after 429."""
        return self._core.call(_update(color, size), options)


class AsyncShared(AsyncResource):
    update = asynchronous(Shared.update)


_UPDATE = Operation("patchShared", "PATCH /shared", {"200": "Shared"})


def _update(color: str | Unset | None, size: int | Unset | None) -> Call[models.Shared]:
    if color is not UNSET or size is not UNSET:
        return Call(
            _UPDATE,
            body={"color": color, "size": size},
            content_type="application/merge-patch+json",
        )
    return Call(_UPDATE)
