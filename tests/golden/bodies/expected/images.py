"""Images."""

from __future__ import annotations

from os import PathLike
from typing import IO

from . import models
from ._runtime.client import AsyncCore, Core
from ._runtime.multipart import File
from ._runtime.operation import Call, Operation, RequestOptions


class Images:
    """`client.images`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def create(
        self,
        *,
        image_url: str | None = None,
        mode: models.ImageRequestMode | None = None,
        image: File | None = None,
        options: RequestOptions | None = None,
    ) -> bool:
        """POST /images

        Args:
            mode: The API's default is `"auto"`.

        Returns:
            OK
        """
        return self._core.call(
            _create(image_url=image_url, mode=mode, image=image),
            options,
        )

    def put_list(
        self,
        *,
        body: list[models.ImageRequest],
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /list"""
        return self._core.call(_put_list(body=body), options)

    def put_raw(
        self,
        *,
        body: bytes | IO[bytes] | PathLike[str],
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /raw"""
        return self._core.call(_put_raw(body=body), options)

    def send_form(
        self,
        *,
        a: str | None = None,
        b: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /form"""
        return self._core.call(_send_form(a=a, b=b), options)


class AsyncImages:
    """`client.images` of the asynchronous client."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def create(
        self,
        *,
        image_url: str | None = None,
        mode: models.ImageRequestMode | None = None,
        image: File | None = None,
        options: RequestOptions | None = None,
    ) -> bool:
        """POST /images

        Args:
            mode: The API's default is `"auto"`.

        Returns:
            OK
        """
        return await self._core.call(
            _create(image_url=image_url, mode=mode, image=image),
            options,
        )

    async def put_list(
        self,
        *,
        body: list[models.ImageRequest],
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /list"""
        return await self._core.call(_put_list(body=body), options)

    async def put_raw(
        self,
        *,
        body: bytes | IO[bytes] | PathLike[str],
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /raw"""
        return await self._core.call(_put_raw(body=body), options)

    async def send_form(
        self,
        *,
        a: str | None = None,
        b: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /form"""
        return await self._core.call(_send_form(a=a, b=b), options)


_CREATE = Operation(
    "createImage",
    "POST",
    ("/images",),
    responses={"200": {"application/json": "bool"}},
    files=("image",),
)


def _create(
    *,
    image_url: str | None = None,
    mode: models.ImageRequestMode | None = None,
    image: File | None = None,
) -> Call[bool]:
    if image is not None:
        return Call(
            _CREATE,
            body={"image_url": image_url, "mode": mode, "image": image},
            content_type="multipart/form-data",
        )
    return Call(
        _CREATE,
        body=models.ImageRequest(image_url=image_url, mode=mode),
        content_type="application/json",
    )


_PUT_LIST = Operation("putList", "PUT", ("/list",), responses={"204": {}})


def _put_list(*, body: list[models.ImageRequest]) -> Call[None]:
    return Call(_PUT_LIST, body=body, content_type="application/json")


_PUT_RAW = Operation("putRaw", "PUT", ("/raw",), responses={"204": {}})


def _put_raw(*, body: bytes | IO[bytes] | PathLike[str]) -> Call[None]:
    return Call(_PUT_RAW, body=body, content_type="application/octet-stream")


_SEND_FORM = Operation("sendForm", "POST", ("/form",), responses={"204": {}})


def _send_form(*, a: str | None = None, b: int | None = None) -> Call[None]:
    if a is not None or b is not None:
        return Call(
            _SEND_FORM,
            body={"a": a, "b": b},
            content_type="application/x-www-form-urlencoded",
        )
    return Call(_SEND_FORM)
