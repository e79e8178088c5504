"""Product photo presets."""

from __future__ import annotations

from . import models
from ._options import RequestOptions
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation


class ProductPhotoPresets(Resource):
    """`client.product_photo_presets`."""

    def list(
        self, *, options: RequestOptions | None = None
    ) -> models.ProductPhotoPresetListResponse:
        """List Product Photo presets

        The presets that a job can name. Public, no API key is needed.

        Returns: All presets. Safe to send again."""
        return self._core.send(_LIST, options)


class AsyncProductPhotoPresets(AsyncResource):
    list = asynchronous(ProductPhotoPresets.list)


_LIST = Operation(
    "listProductPhotoPresets",
    "GET /product-photo-presets",
    {"200": "ProductPhotoPresetListResponse"},
    security=(),
)
