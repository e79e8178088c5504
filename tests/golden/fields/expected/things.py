"""Things."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncCore, Core
from ._runtime.operation import Call, Operation, RequestOptions
from ._runtime.unset import UNSET, Unset


class Things:
    """`client.things`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def get(self, *, options: RequestOptions | None = None) -> models.Thing:
        """GET /things

        Returns:
            OK
        """
        return self._core.call(_get(), options)

    def update(
        self,
        *,
        name: str,
        note: str | Unset | None = UNSET,
        size: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /things

        Args:
            size: The API's default is `3`.
        """
        return self._core.call(_update(name=name, note=note, size=size), options)


class AsyncThings:
    """`client.things` of the asynchronous client."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def get(self, *, options: RequestOptions | None = None) -> models.Thing:
        """GET /things

        Returns:
            OK
        """
        return await self._core.call(_get(), options)

    async def update(
        self,
        *,
        name: str,
        note: str | Unset | None = UNSET,
        size: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /things

        Args:
            size: The API's default is `3`.
        """
        return await self._core.call(_update(name=name, note=note, size=size), options)


_GET = Operation(
    "getThing",
    "GET",
    ("/things",),
    responses={"200": {"application/json": "Thing"}},
)


def _get() -> Call[models.Thing]:
    return Call(_GET)


_UPDATE = Operation("updateThing", "PUT", ("/things",), responses={"204": {}})


def _update(
    *,
    name: str,
    note: str | Unset | None = UNSET,
    size: int | None = None,
) -> Call[None]:
    return Call(
        _UPDATE,
        body=models.Change(name=name, note=note, size=size),
        content_type="application/json",
    )
