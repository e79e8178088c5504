"""Images."""

from __future__ import annotations

from os import PathLike
from typing import IO, Any

from . import models
from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.multipart import File
from ._runtime.operation import Call, RequestOptions
from ._runtime.unset import UNSET, Unset


class Images(Resource):
    """`client.images`."""

    def add_job(
        self,
        *,
        name: str,
        kind: models.JobRequestKind = "resize",
        size: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /jobs

        Sent again only if it did not arrive, or after 429.
        """
        body = models.JobRequest(kind=kind, name=name, size=size)
        call: Call[None] = Call(_ADD_JOB, body=body)
        return self._core.call(call, options)

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

    def fork_job(
        self,
        *,
        body: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """PATCH /jobs

        Sent again only if it did not arrive, or after 429.
        """
        call: Call[None] = Call(_FORK_JOB, body=body)
        return self._core.call(call, options)

    def patch_labels(
        self,
        *,
        id: int,
        color: str | Unset | None = UNSET,
        any: Any = UNSET,
        at: models.PatchLabelsRequestAt | Unset | None = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """PATCH /labels

        Sent again only if it did not arrive, or after 429.
        """
        call: Call[None] = Call(
            _PATCH_LABELS,
            body={"id": id, "color": color, "any": any, "at": at},
            content_type="application/merge-patch+json",
        )
        return self._core.call(call, options)

    def patch_shared(
        self,
        *,
        color: str | Unset | None = UNSET,
        size: int | Unset | None = UNSET,
        options: RequestOptions | None = None,
    ) -> models.Shared:
        """PATCH /shared

        Sent again only if it did not arrive, or after 429.

        Returns:
            OK
        """
        return self._core.call(_patch_shared(color, size), options)

    def post_labels(
        self,
        *,
        color: str | None = None,
        additional_properties: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /labels

        Sent again only if it did not arrive, or after 429.

        Args:
            additional_properties: Further properties of the body, by their names as
                they are sent.
        """
        return self._core.call(_post_labels(color, additional_properties), options)

    def put_job(
        self,
        *,
        kind: models.JobRequestKind = "resize",
        name: str | None = None,
        size: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /jobs

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        return self._core.call(_put_job(kind, name, size), options)

    def put_labels(
        self,
        *,
        color: str,
        additional_properties: dict[str, int] | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /labels

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Args:
            additional_properties: See `post_labels`.
        """
        body = models.PutLabelsRequest(
            color=color, additional_properties=additional_properties or {}
        )
        call: Call[None] = Call(_PUT_LABELS, body=body)
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
        self, *, a: str, b: int | None = None, options: RequestOptions | None = None
    ) -> None:
        """POST /form

        Sent again only if it did not arrive, or after 429.
        """
        call: Call[None] = Call(
            _SEND_FORM,
            body={"a": a, "b": b},
            content_type="application/x-www-form-urlencoded",
        )
        return self._core.call(call, options)

    def upload(
        self,
        *,
        raw: File,
        many: list[File] | None = None,
        described: File | None = None,
        encoded: File | None = None,
        about: Any = None,
        text: str | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /files

        Sent again only if it did not arrive, or after 429.

        Args:
            about: Any JSON.
        """
        call: Call[None] = Call(
            _UPLOAD,
            body={
                "raw": raw,
                "many": many,
                "described": described,
                "encoded": encoded,
                "about": about,
                "text": text,
            },
            content_type="multipart/form-data",
        )
        return self._core.call(call, options)


class AsyncImages(AsyncResource):
    """The asynchronous form of `Images`."""

    async def add_job(
        self,
        *,
        name: str,
        kind: models.JobRequestKind = "resize",
        size: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """The asynchronous form of `Images.add_job`."""
        body = models.JobRequest(kind=kind, name=name, size=size)
        call: Call[None] = Call(_ADD_JOB, body=body)
        return await self._core.call(call, options)

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

    async def fork_job(
        self,
        *,
        body: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """The asynchronous form of `Images.fork_job`."""
        call: Call[None] = Call(_FORK_JOB, body=body)
        return await self._core.call(call, options)

    async def patch_labels(
        self,
        *,
        id: int,
        color: str | Unset | None = UNSET,
        any: Any = UNSET,
        at: models.PatchLabelsRequestAt | Unset | None = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """The asynchronous form of `Images.patch_labels`."""
        call: Call[None] = Call(
            _PATCH_LABELS,
            body={"id": id, "color": color, "any": any, "at": at},
            content_type="application/merge-patch+json",
        )
        return await self._core.call(call, options)

    async def patch_shared(
        self,
        *,
        color: str | Unset | None = UNSET,
        size: int | Unset | None = UNSET,
        options: RequestOptions | None = None,
    ) -> models.Shared:
        """The asynchronous form of `Images.patch_shared`."""
        return await self._core.call(_patch_shared(color, size), options)

    async def post_labels(
        self,
        *,
        color: str | None = None,
        additional_properties: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """The asynchronous form of `Images.post_labels`."""
        call = _post_labels(color, additional_properties)
        return await self._core.call(call, options)

    async def put_job(
        self,
        *,
        kind: models.JobRequestKind = "resize",
        name: str | None = None,
        size: int | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """The asynchronous form of `Images.put_job`."""
        return await self._core.call(_put_job(kind, name, size), options)

    async def put_labels(
        self,
        *,
        color: str,
        additional_properties: dict[str, int] | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """The asynchronous form of `Images.put_labels`."""
        body = models.PutLabelsRequest(
            color=color, additional_properties=additional_properties or {}
        )
        call: Call[None] = Call(_PUT_LABELS, body=body)
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
        self, *, a: str, b: int | None = None, options: RequestOptions | None = None
    ) -> None:
        """The asynchronous form of `Images.send_form`."""
        call: Call[None] = Call(
            _SEND_FORM,
            body={"a": a, "b": b},
            content_type="application/x-www-form-urlencoded",
        )
        return await self._core.call(call, options)

    async def upload(
        self,
        *,
        raw: File,
        many: list[File] | None = None,
        described: File | None = None,
        encoded: File | None = None,
        about: Any = None,
        text: str | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """The asynchronous form of `Images.upload`."""
        call: Call[None] = Call(
            _UPLOAD,
            body={
                "raw": raw,
                "many": many,
                "described": described,
                "encoded": encoded,
                "about": about,
                "text": text,
            },
            content_type="multipart/form-data",
        )
        return await self._core.call(call, options)


_ADD_JOB = Operation("addJob", "POST", ("/jobs",), responses={"204": {}})
_CREATE = Operation(
    "createImage",
    "POST",
    ("/images",),
    responses={"200": {"application/json": "bool"}},
    files=("image",),
)
_FORK_JOB = Operation("forkJob", "PATCH", ("/jobs",), responses={"204": {}})
_PATCH_LABELS = Operation("patchLabels", "PATCH", ("/labels",), responses={"204": {}})
_PATCH_SHARED = Operation(
    "patchShared",
    "PATCH",
    ("/shared",),
    responses={"200": {"application/json": "Shared"}},
)
_POST_LABELS = Operation("postLabels", "POST", ("/labels",), responses={"204": {}})
_PUT_JOB = Operation("putJob", "PUT", ("/jobs",), responses={"204": {}})
_PUT_LABELS = Operation("putLabels", "PUT", ("/labels",), responses={"204": {}})
_PUT_LIST = Operation("putList", "PUT", ("/list",), responses={"204": {}})
_PUT_RAW = Operation("putRaw", "PUT", ("/raw",), responses={"204": {}})
_SEND_FORM = Operation("sendForm", "POST", ("/form",), responses={"204": {}})
_UPLOAD = Operation(
    "upload",
    "POST",
    ("/files",),
    responses={"204": {}},
    encodings={"about": "application/json"},
    files=("raw", "many", "described", "encoded"),
)


def _patch_shared(
    color: str | Unset | None, size: int | Unset | None
) -> Call[models.Shared]:
    if color is not UNSET or size is not UNSET:
        return Call(
            _PATCH_SHARED,
            body={"color": color, "size": size},
            content_type="application/merge-patch+json",
        )
    return Call(_PATCH_SHARED)


def _post_labels(
    color: str | None, additional_properties: dict[str, Any] | None
) -> Call[None]:
    if color is not None or additional_properties is not None:
        return Call(
            _POST_LABELS,
            body={**(additional_properties or {}), "color": color},
            content_type="application/x-www-form-urlencoded",
        )
    return Call(_POST_LABELS)


def _put_job(
    kind: models.JobRequestKind, name: str | None, size: int | None
) -> Call[None]:
    if name is not None or size is not None:
        if name is None:
            raise TypeError("name= is missing")
        return Call(_PUT_JOB, body=models.JobRequest(kind=kind, name=name, size=size))
    return Call(_PUT_JOB)
