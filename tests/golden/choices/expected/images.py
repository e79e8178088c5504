"""Images."""

from __future__ import annotations

from ._runtime.choices import Choice
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.given import given
from ._runtime.multipart import File
from ._runtime.operation import Call, RequestOptions


class Images(Resource):
    """`client.images`."""

    def create(
        self,
        *,
        image_url: str | None = None,
        note: str | None = None,
        image: File | None = None,
        options: RequestOptions | None = None,
    ) -> str:
        """POST /images

        Args:
            image_url: Required for `application/json`.

        Sent again only if it did not arrive, or after 429."""
        return self._core.call(_create(image_url, note, image), options)

    def update(
        self,
        id: str,
        *,
        title: str | None = None,
        width: int | None = None,
        height: int | None = None,
        scale: float | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """PATCH /images/{id}

        Sent again only if it did not arrive, or after 429."""
        body = {"title": title, "width": width, "height": height, "scale": scale}
        return self._core.send_none(_UPDATE, options, path=(id,), body=given(body))


class AsyncImages(AsyncResource):
    create = asynchronous(Images.create)
    update = asynchronous(Images.update)


_CREATE = Operation(
    "createImage",
    "POST /images",
    {"200": "str"},
    files=("image",),
    choices=(
        Choice("multipart/form-data", groups=(("image",), ("image_url",)), most=1),
    ),
)
_UPDATE = Operation(
    "updateImage",
    "PATCH /images/{id}",
    {"204": {}},
    choices=(
        Choice("application/json"),
        Choice("application/json", groups=(("width", "scale"),), least=0, most=0),
        Choice("application/json", groups=(("title",), ("width", "height"))),
    ),
)


def _create(image_url: str | None, note: str | None, image: File | None) -> Call[str]:
    if image is not None:
        return Call(
            _CREATE,
            body={"image_url": image_url, "note": note, "image": image},
            content_type="multipart/form-data",
        )
    if image_url is None:
        raise TypeError("image_url= is required for application/json")
    return Call(_CREATE, body=given({"image_url": image_url, "note": note}))
