"""Calls."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Calls(Resource):
    """`client.calls`."""

    def either(self, *, options: RequestOptions | None = None) -> None:
        """GET /a

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_EITHER)
        return self._core.call(call, options)

    def flows(self, *, options: RequestOptions | None = None) -> None:
        """GET /e

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_FLOWS)
        return self._core.call(call, options)

    def login(self, *, options: RequestOptions | None = None) -> None:
        """GET /c

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_LOGIN)
        return self._core.call(call, options)

    def open(self, *, options: RequestOptions | None = None) -> None:
        """GET /b

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_OPEN)
        return self._core.call(call, options)

    def own(self, *, options: RequestOptions | None = None) -> None:
        """GET /d

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_OWN)
        return self._core.call(call, options)


class AsyncCalls(AsyncResource):
    """The asynchronous form of `Calls`."""

    async def either(self, *, options: RequestOptions | None = None) -> None:
        """The asynchronous form of `Calls.either`."""
        call: Call[None] = Call(_EITHER)
        return await self._core.call(call, options)

    async def flows(self, *, options: RequestOptions | None = None) -> None:
        """The asynchronous form of `Calls.flows`."""
        call: Call[None] = Call(_FLOWS)
        return await self._core.call(call, options)

    async def login(self, *, options: RequestOptions | None = None) -> None:
        """The asynchronous form of `Calls.login`."""
        call: Call[None] = Call(_LOGIN)
        return await self._core.call(call, options)

    async def open(self, *, options: RequestOptions | None = None) -> None:
        """The asynchronous form of `Calls.open`."""
        call: Call[None] = Call(_OPEN)
        return await self._core.call(call, options)

    async def own(self, *, options: RequestOptions | None = None) -> None:
        """The asynchronous form of `Calls.own`."""
        call: Call[None] = Call(_OWN)
        return await self._core.call(call, options)


_EITHER = Operation(
    "either",
    "GET",
    ("/a",),
    responses={"204": {}},
    security=(("Token",), ("App", "Key")),
)
_FLOWS = Operation(
    "flows", "GET", ("/e",), responses={"204": {}}, security=(("FlowA",),)
)
_LOGIN = Operation(
    "login", "GET", ("/c",), responses={"204": {}}, security=(("Login",),)
)
_OPEN = Operation("open", "GET", ("/b",), responses={"204": {}})
_OWN = Operation("own", "GET", ("/d",), responses={"204": {}}, security=(("Own",),))
