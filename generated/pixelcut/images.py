"""Images."""

from __future__ import annotations

from typing import Literal, overload

from . import models
from ._runtime.choices import Choice
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.given import given
from ._runtime.multipart import File
from ._runtime.operation import Call, RequestOptions


class Images(Resource):
    """`client.images`: Remove or generate a background, or upscale an image, in one
    call without a job."""

    @overload
    def generate_background(
        self,
        *,
        image_url: str | None = None,
        image_transform: models.ImageTransform | None = None,
        scene: models.Scene | None = None,
        prompt: str | None = None,
        negative_prompt: str | None = None,
        image: File | None = None,
        accept: Literal["application/json"] | None = None,
        options: RequestOptions | None = None,
    ) -> models.ImageResult: ...

    @overload
    def generate_background(
        self,
        *,
        accept: Literal["image/*"],
        image_url: str | None = None,
        image_transform: models.ImageTransform | None = None,
        scene: models.Scene | None = None,
        prompt: str | None = None,
        negative_prompt: str | None = None,
        image: File | None = None,
        options: RequestOptions | None = None,
    ) -> bytes: ...

    def generate_background(
        self,
        *,
        image_url: str | None = None,
        image_transform: models.ImageTransform | None = None,
        scene: models.Scene | None = None,
        prompt: str | None = None,
        negative_prompt: str | None = None,
        image: File | None = None,
        accept: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ImageResult | bytes:
        """Generate Background

        Puts the subject of an image before a generated background. Give the image as a
        URL or as a file, not both.

        Args:
            image_url: The address of the image. Required for `application/json`.
            image_transform: Where the image stands on the canvas, and how large.
            scene: A ready-made scene; the prompts are ignored when it is given.
            prompt: What the background shows.
            negative_prompt: What the background should not show, separated by commas.
            image: The image itself, instead of `image_url`.
            accept: Media type to ask for.

        Returns: The address of the result, or the image itself when only `image/*` is
        accepted. Raises BadRequestError, AuthenticationError, PermissionDeniedError,
        RateLimitError, InternalServerError. Sent again only if it did not arrive, or
        after 429."""
        call = _generate_background(
            image_url, image_transform, scene, prompt, negative_prompt, image, accept
        )
        return self._core.call(call, options)

    @overload
    def remove_background(
        self,
        *,
        image_url: str | None = None,
        format: models.CutoutFormat | None = None,
        crop: bool | None = None,
        margin: str | None = None,
        margin_left: str | None = None,
        margin_right: str | None = None,
        margin_top: str | None = None,
        margin_bottom: str | None = None,
        image: File | None = None,
        accept: Literal["application/json"] | None = None,
        options: RequestOptions | None = None,
    ) -> models.ImageResult: ...

    @overload
    def remove_background(
        self,
        *,
        accept: Literal["image/*"],
        image_url: str | None = None,
        format: models.CutoutFormat | None = None,
        crop: bool | None = None,
        margin: str | None = None,
        margin_left: str | None = None,
        margin_right: str | None = None,
        margin_top: str | None = None,
        margin_bottom: str | None = None,
        image: File | None = None,
        options: RequestOptions | None = None,
    ) -> bytes: ...

    def remove_background(
        self,
        *,
        image_url: str | None = None,
        format: models.CutoutFormat | None = None,
        crop: bool | None = None,
        margin: str | None = None,
        margin_left: str | None = None,
        margin_right: str | None = None,
        margin_top: str | None = None,
        margin_bottom: str | None = None,
        image: File | None = None,
        accept: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ImageResult | bytes:
        """Remove Background

        Cuts the subject out of an image. Give the image as a URL or as a file, not
        both.

        Args:
            format: The format of the result; only `png` so far.
            crop: Whether the result is cropped to the subject. The API's default is
                `false`.
            margin: Room around the cropped subject, in pixels (`100px`) or in percent
                of the image, below 50 (`10%`).
            margin_left: As `margin`.
            margin_right: As `margin`.
            margin_top: As `margin`.
            margin_bottom: As `margin`.

        Returns: See `generate_background`. Raises what `generate_background` raises.
        Sent again only if it did not arrive, or after 429. For image_url, image, accept
        see `generate_background`."""
        call = _remove_background(
            image_url,
            format,
            crop,
            margin,
            margin_left,
            margin_right,
            margin_top,
            margin_bottom,
            image,
            accept,
        )
        return self._core.call(call, options)

    @overload
    def upscale(
        self,
        *,
        image_url: str | None = None,
        scale: models.UpscaleFactor | None = None,
        image: File | None = None,
        accept: Literal["application/json"] | None = None,
        options: RequestOptions | None = None,
    ) -> models.ImageResult: ...

    @overload
    def upscale(
        self,
        *,
        accept: Literal["image/*"],
        image_url: str | None = None,
        scale: models.UpscaleFactor | None = None,
        image: File | None = None,
        options: RequestOptions | None = None,
    ) -> bytes: ...

    def upscale(
        self,
        *,
        image_url: str | None = None,
        scale: models.UpscaleFactor | None = None,
        image: File | None = None,
        accept: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ImageResult | bytes:
        """Upscale

        Doubles or quadruples the resolution of an image. Give the image as a URL or as
        a file, not both.

        Args:
            scale: How many times as large.

        Returns: See `generate_background`. Raises what `generate_background` raises.
        Sent again only if it did not arrive, or after 429. For image_url, image, accept
        see `generate_background`."""
        return self._core.call(_upscale(image_url, scale, image, accept), options)


class AsyncImages(AsyncResource):
    generate_background = asynchronous(Images.generate_background)
    remove_background = asynchronous(Images.remove_background)
    upscale = asynchronous(Images.upscale)


_GENERATE_BACKGROUND = Operation(
    "generate-background",
    "POST /v1/generate-background",
    {"200": {"application/json": "ImageResult", "image/*": "bytes"}},
    files=("image",),
    choices=(
        Choice("multipart/form-data", groups=(("image",), ("image_url",)), most=1),
    ),
)
_REMOVE_BACKGROUND = Operation(
    "remove-background",
    "POST /v1/remove-background",
    {"200": {"application/json": "ImageResult", "image/*": "bytes"}},
    files=("image",),
    choices=(
        Choice("multipart/form-data", groups=(("image",), ("image_url",)), most=1),
    ),
)
_UPSCALE = Operation(
    "upscale",
    "POST /v1/upscale",
    {"200": {"application/json": "ImageResult", "image/*": "bytes"}},
    files=("image",),
    choices=(
        Choice("multipart/form-data", groups=(("image",), ("image_url",)), most=1),
    ),
)


def _generate_background(
    image_url: str | None,
    image_transform: models.ImageTransform | None,
    scene: models.Scene | None,
    prompt: str | None,
    negative_prompt: str | None,
    image: File | None,
    accept: str | None,
) -> Call[models.ImageResult | bytes]:
    if image is not None:
        return Call(
            _GENERATE_BACKGROUND,
            body={
                "image_url": image_url,
                "image_transform": image_transform,
                "scene": scene,
                "prompt": prompt,
                "negative_prompt": negative_prompt,
                "image": image,
            },
            content_type="multipart/form-data",
            accept=accept,
        )
    if image_url is None:
        raise TypeError("image_url= is required for application/json")
    return Call(
        _GENERATE_BACKGROUND,
        body=given(
            {
                "image_url": image_url,
                "image_transform": image_transform,
                "scene": scene,
                "prompt": prompt,
                "negative_prompt": negative_prompt,
            },
        ),
        accept=accept,
    )


def _remove_background(
    image_url: str | None,
    format: models.CutoutFormat | None,
    crop: bool | None,
    margin: str | None,
    margin_left: str | None,
    margin_right: str | None,
    margin_top: str | None,
    margin_bottom: str | None,
    image: File | None,
    accept: str | None,
) -> Call[models.ImageResult | bytes]:
    if image is not None:
        return Call(
            _REMOVE_BACKGROUND,
            body={
                "image_url": image_url,
                "format": format,
                "crop": crop,
                "margin": margin,
                "margin_left": margin_left,
                "margin_right": margin_right,
                "margin_top": margin_top,
                "margin_bottom": margin_bottom,
                "image": image,
            },
            content_type="multipart/form-data",
            accept=accept,
        )
    if image_url is None:
        raise TypeError("image_url= is required for application/json")
    return Call(
        _REMOVE_BACKGROUND,
        body=given(
            {
                "image_url": image_url,
                "format": format,
                "crop": crop,
                "margin": margin,
                "margin_left": margin_left,
                "margin_right": margin_right,
                "margin_top": margin_top,
                "margin_bottom": margin_bottom,
            },
        ),
        accept=accept,
    )


def _upscale(
    image_url: str | None,
    scale: models.UpscaleFactor | None,
    image: File | None,
    accept: str | None,
) -> Call[models.ImageResult | bytes]:
    if image is not None:
        return Call(
            _UPSCALE,
            body={"image_url": image_url, "scale": scale, "image": image},
            content_type="multipart/form-data",
            accept=accept,
        )
    if image_url is None:
        raise TypeError("image_url= is required for application/json")
    return Call(
        _UPSCALE, body=given({"image_url": image_url, "scale": scale}), accept=accept
    )
