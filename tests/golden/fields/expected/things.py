"""Things."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import UNSET, Operation, Unset
from ._runtime.given import given
from ._runtime.operation import RequestOptions


class Things(Resource):
    """`client.things`."""

    def list(self, *, options: RequestOptions | None = None) -> models.Thing:
        """GET /things

        Safe to send again."""
        return self._core.send(_LIST, options)

    def update(
        self,
        *,
        name: str,
        note: str | Unset | None = UNSET,
        size: int | None = None,
        next: models.Change | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /things

        Args:
            size: The API's default is `3`.

        Safe to send again."""
        body = {"note": note, **given({"name": name, "size": size, "next": next})}
        return self._core.send_none(_UPDATE, options, body=body)


class AsyncThings(AsyncResource):
    list = asynchronous(Things.list)
    update = asynchronous(Things.update)


_LIST = Operation("getThing", "GET /things", {"200": "Thing"})
_UPDATE = Operation("updateThing", "PUT /things", {"204": {}})
