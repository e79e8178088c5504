"""Close."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous, lazy_resource
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Close(Resource):
    """`client.close_`."""

    x_2fa: CloseX2fa = lazy_resource("CloseX2fa")


class AsyncClose(AsyncResource):
    x_2fa: AsyncCloseX2fa = lazy_resource("AsyncCloseX2fa")


class CloseX2fa(Resource):
    """`client.close_.x_2fa`."""

    def create(self, *, options: RequestOptions | None = None) -> None:
        """POST /close/2fa

        Sent again only if it did not arrive, or after 429."""
        return self._core.send_none(_X_2FA_CREATE, options)


class AsyncCloseX2fa(AsyncResource):
    create = asynchronous(CloseX2fa.create)


_X_2FA_CREATE = Operation("POST /close/2fa", "POST /close/2fa", {"204": {}})
