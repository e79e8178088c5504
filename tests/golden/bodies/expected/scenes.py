"""Scenes."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.given import given
from ._runtime.multipart import File
from ._runtime.operation import Call, RequestOptions


class Scenes(Resource):
    """`client.scenes`."""

    def create(
        self,
        *,
        image_url: str | None = None,
        mode: str | None = None,
        image: File | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /scenes

        Args:
            image_url: Required for `application/json`.
            mode: How to cut. Required for `multipart/form-data`.

        Sent again only if it did not arrive, or after 429."""
        return self._core.call(_create(image_url, mode, image), options)


class AsyncScenes(AsyncResource):
    create = asynchronous(Scenes.create)


_CREATE = Operation("createScene", "POST /scenes", {"204": {}}, files=("image",))


def _create(image_url: str | None, mode: str | None, image: File | None) -> Call[None]:
    if image is not None:
        if mode is None:
            raise TypeError("mode= is required for multipart/form-data")
        return Call(
            _CREATE,
            body={"image_url": image_url, "mode": mode, "image": image},
            content_type="multipart/form-data",
        )
    if image_url is None:
        raise TypeError("image_url= is required for application/json")
    return Call(_CREATE, body=given({"image_url": image_url, "mode": mode}))
