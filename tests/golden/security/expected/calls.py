"""Calls."""

from __future__ import annotations

from ._runtime.client import AsyncCore, Core
from ._runtime.operation import Call, Operation, RequestOptions


class Calls:
    """`client.calls`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def either(self, *, options: RequestOptions | None = None) -> None:
        """GET /a"""
        return self._core.call(_either(), options)

    def login(self, *, options: RequestOptions | None = None) -> None:
        """GET /c"""
        return self._core.call(_login(), options)

    def open(self, *, options: RequestOptions | None = None) -> None:
        """GET /b"""
        return self._core.call(_open(), options)

    def own(self, *, options: RequestOptions | None = None) -> None:
        """GET /d"""
        return self._core.call(_own(), options)


class AsyncCalls:
    """`client.calls` of the asynchronous client."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def either(self, *, options: RequestOptions | None = None) -> None:
        """GET /a"""
        return await self._core.call(_either(), options)

    async def login(self, *, options: RequestOptions | None = None) -> None:
        """GET /c"""
        return await self._core.call(_login(), options)

    async def open(self, *, options: RequestOptions | None = None) -> None:
        """GET /b"""
        return await self._core.call(_open(), options)

    async def own(self, *, options: RequestOptions | None = None) -> None:
        """GET /d"""
        return await self._core.call(_own(), options)


_EITHER = Operation(
    "either",
    "GET",
    ("/a",),
    responses={"204": {}},
    security=(("Token",), ("App", "Key")),
)


def _either() -> Call[None]:
    return Call(_EITHER)


_LOGIN = Operation(
    "login",
    "GET",
    ("/c",),
    responses={"204": {}},
    security=(("Login",),),
)


def _login() -> Call[None]:
    return Call(_LOGIN)


_OPEN = Operation("open", "GET", ("/b",), responses={"204": {}})


def _open() -> Call[None]:
    return Call(_OPEN)


_OWN = Operation("own", "GET", ("/d",), responses={"204": {}}, security=(("Own",),))


def _own() -> Call[None]:
    return Call(_OWN)
