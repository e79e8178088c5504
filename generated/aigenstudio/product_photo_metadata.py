"""Product Photo Metadata."""

from __future__ import annotations

from . import models
from ._options import RequestOptions
from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call


class ProductPhotoMetadata(Resource):
    """`client.product_photo_metadata`: Discover supported Product Photo operations and
    presets.
    """

    def list_presets(
        self, *, options: RequestOptions | None = None
    ) -> models.ProductPhotoPresetListResponse:
        """List Product Photo presets

        The presets that a job can name. Public, no API key is needed.

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Returns:
            All presets
        """
        return self._core.call(Call(_LIST_PRESETS), options)


class AsyncProductPhotoMetadata(AsyncResource):
    """The asynchronous form of `ProductPhotoMetadata`."""

    async def list_presets(
        self, *, options: RequestOptions | None = None
    ) -> models.ProductPhotoPresetListResponse:
        """The asynchronous form of `ProductPhotoMetadata.list_presets`."""
        return await self._core.call(Call(_LIST_PRESETS), options)


_LIST_PRESETS = Operation(
    "listProductPhotoPresets",
    "GET",
    ("/product-photo-presets",),
    responses={
        "200": {"application/json": "ProductPhotoPresetListResponse"},
        "default": {"application/json": "ErrorResponse"},
    },
    security=(),
)
