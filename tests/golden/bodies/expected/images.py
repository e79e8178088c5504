"""Images."""

from __future__ import annotations

from os import PathLike
from typing import IO

from . import models
from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.multipart import File
from ._runtime.operation import Call, RequestOptions


class Images(Resource):
    """`client.images`."""

    def create(
        self,
        *,
        image_url: str | None = None,
        mode: models.ImageRequestMode | None = None,
        image: File | None = None,
        options: RequestOptions | None = None,
    ) -> bool:
        """POST /images

        Sent again only if it did not arrive, or after 429.

        Args:
            mode: The API's default is `"auto"`.

        Returns:
            OK
        """
        body = models.ImageRequest(image_url=image_url, mode=mode)
        call: Call[bool] = Call(_CREATE, body=body, files={"image": image})
        return self._core.call(call, options)

    def put_list(
        self, *, body: list[models.ImageRequest], options: RequestOptions | None = None
    ) -> None:
        """PUT /list

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_PUT_LIST, body=body)
        return self._core.call(call, options)

    def put_raw(
        self,
        *,
        body: bytes | IO[bytes] | PathLike[str],
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /raw

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(
            _PUT_RAW, body=body, content_type="application/octet-stream"
        )
        return self._core.call(call, options)

    def send_form(
        self,
        *,
        a: str | None = None,
        b: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /form

        Sent again only if it did not arrive, or after 429.
        """
        return self._core.call(_send_form(a, b), options)


class AsyncImages(AsyncResource):
    """The asynchronous form of `Images`."""

    async def create(
        self,
        *,
        image_url: str | None = None,
        mode: models.ImageRequestMode | None = None,
        image: File | None = None,
        options: RequestOptions | None = None,
    ) -> bool:
        """The asynchronous form of `Images.create`."""
        body = models.ImageRequest(image_url=image_url, mode=mode)
        call: Call[bool] = Call(_CREATE, body=body, files={"image": image})
        return await self._core.call(call, options)

    async def put_list(
        self, *, body: list[models.ImageRequest], options: RequestOptions | None = None
    ) -> None:
        """The asynchronous form of `Images.put_list`."""
        call: Call[None] = Call(_PUT_LIST, body=body)
        return await self._core.call(call, options)

    async def put_raw(
        self,
        *,
        body: bytes | IO[bytes] | PathLike[str],
        options: RequestOptions | None = None,
    ) -> None:
        """The asynchronous form of `Images.put_raw`."""
        call: Call[None] = Call(
            _PUT_RAW, body=body, content_type="application/octet-stream"
        )
        return await self._core.call(call, options)

    async def send_form(
        self,
        *,
        a: str | None = None,
        b: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """The asynchronous form of `Images.send_form`."""
        return await self._core.call(_send_form(a, b), options)


_CREATE = Operation(
    "createImage",
    "POST",
    ("/images",),
    responses={"200": {"application/json": "bool"}},
    files=("image",),
)
_PUT_LIST = Operation("putList", "PUT", ("/list",), responses={"204": {}})
_PUT_RAW = Operation("putRaw", "PUT", ("/raw",), responses={"204": {}})
_SEND_FORM = Operation("sendForm", "POST", ("/form",), responses={"204": {}})


def _send_form(a: str | None, b: int | None) -> Call[None]:
    if a is not None or b is not None:
        return Call(
            _SEND_FORM,
            body={"a": a, "b": b},
            content_type="application/x-www-form-urlencoded",
        )
    return Call(_SEND_FORM)
