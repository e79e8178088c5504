"""Product Photo Metadata: Discover supported Product Photo operations and presets."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncCore, Core
from ._runtime.operation import Call, Operation, RequestOptions


class ProductPhotoMetadata:
    """`client.product_photo_metadata`: Discover supported Product Photo operations and
    presets.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def list_presets(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> models.ProductPhotoPresetListResponse:
        """List Product Photo presets

        The presets that a job can name. Public, no API key is needed.

        Returns:
            All presets
        """
        return self._core.call(_list_presets(), options)


class AsyncProductPhotoMetadata:
    """`client.product_photo_metadata` of the asynchronous client: Discover supported
    Product Photo operations and presets.
    """

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def list_presets(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> models.ProductPhotoPresetListResponse:
        """List Product Photo presets

        The presets that a job can name. Public, no API key is needed.

        Returns:
            All presets
        """
        return await self._core.call(_list_presets(), options)


_LIST_PRESETS = Operation(
    "listProductPhotoPresets",
    "GET",
    ("/product-photo-presets",),
    responses={
        "200": {"application/json": "ProductPhotoPresetListResponse"},
        "default": {"application/json": "ErrorResponse"},
    },
)


def _list_presets() -> Call[models.ProductPhotoPresetListResponse]:
    return Call(_LIST_PRESETS)
