"""Things."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions
from ._runtime.unset import UNSET, Unset


class Things(Resource):
    """`client.things`."""

    def list(self, *, options: RequestOptions | None = None) -> models.Thing:
        """GET /things

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Returns:
            OK
        """
        return self._core.call(Call(_LIST), options)

    def update(
        self,
        *,
        name: str,
        note: str | Unset | None = UNSET,
        size: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /things

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Args:
            size: The API's default is `3`.
        """
        body = models.Change(name=name, note=note, size=size)
        call: Call[None] = Call(_UPDATE, body=body)
        return self._core.call(call, options)


class AsyncThings(AsyncResource):
    """The asynchronous form of `Things`."""

    list = asynchronous(Things.list)
    update = asynchronous(Things.update)


_LIST = Operation("getThing", "GET", ("/things",), {"200": "Thing"})
_UPDATE = Operation("updateThing", "PUT", ("/things",), {"204": {}})
