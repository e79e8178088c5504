"""close."""

from __future__ import annotations

from ._runtime.client import AsyncCore, Core
from ._runtime.operation import Call, Operation, RequestOptions


class Close:
    """`client.close_`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def create_2fa(self, *, options: RequestOptions | None = None) -> None:
        """POST /close/2fa"""
        return self._core.call(_create_2fa(), options)


class AsyncClose:
    """`client.close_` of the asynchronous client."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def create_2fa(self, *, options: RequestOptions | None = None) -> None:
        """POST /close/2fa"""
        return await self._core.call(_create_2fa(), options)


_CREATE_2FA = Operation(
    "POST /close/2fa",
    "POST",
    ("/close/2fa",),
    responses={"204": {}},
)


def _create_2fa() -> Call[None]:
    return Call(_CREATE_2FA)
