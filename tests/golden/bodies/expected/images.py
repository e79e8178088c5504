"""Images."""

from __future__ import annotations

import builtins

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.given import given
from ._runtime.multipart import File
from ._runtime.operation import RequestOptions


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

        Args:
            mode: The API's default is `"auto"`.

        Sent again only if it did not arrive, or after 429."""
        body = {"image_url": image_url, "mode": mode}
        return self._core.send(
            _CREATE, options, body=given(body), files={"image": image}
        )

    def list(
        self,
        *,
        body: builtins.list[models.ImageRequest],
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /list

        Safe to send again."""
        return self._core.send_none(_LIST, options, body=body)


class AsyncImages(AsyncResource):
    create = asynchronous(Images.create)
    list = asynchronous(Images.list)


_CREATE = Operation("createImage", "POST /images", {"200": "bool"}, files=("image",))
_LIST = Operation("putList", "PUT /list", {"204": {}})
