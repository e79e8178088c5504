"""Images: Remove or generate a background, or upscale an image, in one call without a
job.
"""

from __future__ import annotations

from typing import Literal

from . import models
from ._runtime.client import AsyncCore, Core
from ._runtime.multipart import File
from ._runtime.operation import Call, Operation, RequestOptions


class Images:
    """`client.images`: Remove or generate a background, or upscale an image, in one
    call without a job.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def generate_background(
        self,
        *,
        image_url: str | None = None,
        image_transform: models.ImageTransform | None = None,
        scene: models.Scene | None = None,
        prompt: str | None = None,
        negative_prompt: str | None = None,
        image: File | None = None,
        accept: Literal["application/json", "image/*"] | None = None,
        options: RequestOptions | None = None,
    ) -> models.ImageResult | bytes:
        """Generate Background

        Puts the subject of an image before a generated background. Give the image as a
        URL or as a file, not both.

        Args:
            image_url: The address of the image.
            image_transform: Where the image stands on the canvas, and how large.
            scene: A ready-made scene; the prompts are ignored when it is given.
            prompt: What the background shows.
            negative_prompt: What the background should not show, separated by commas.
            image: The image itself, instead of `image_url`.
            accept: Media type to ask for; the documented ones by default.

        Returns:
            The address of the result, or the image itself when only `image/*` is
            accepted

        Raises:
            BadRequestError: 400: The input could not be processed, often returned when
                the input image exceeds API limits.
            AuthenticationError: 401: The authentication token is missing or invalid.
            PermissionDeniedError: 403: The account has too few credits
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return self._core.call(
            _generate_background(
                image_url=image_url,
                image_transform=image_transform,
                scene=scene,
                prompt=prompt,
                negative_prompt=negative_prompt,
                image=image,
                accept=accept,
            ),
            options,
        )

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
        accept: Literal["application/json", "image/*"] | None = None,
        options: RequestOptions | None = None,
    ) -> models.ImageResult | bytes:
        """Remove Background

        Cuts the subject out of an image. Give the image as a URL or as a file, not
        both.

        Args:
            image_url: The address of the image.
            format: The format of the result; only `png` so far.
            crop: Whether the result is cropped to the subject. The API's default is
                `false`.
            margin: Room around the cropped subject, in pixels (`100px`) or in percent
                of the image, below 50 (`10%`).
            margin_left: Room around the cropped subject, in pixels (`100px`) or in
                percent of the image, below 50 (`10%`).
            margin_right: Room around the cropped subject, in pixels (`100px`) or in
                percent of the image, below 50 (`10%`).
            margin_top: Room around the cropped subject, in pixels (`100px`) or in
                percent of the image, below 50 (`10%`).
            margin_bottom: Room around the cropped subject, in pixels (`100px`) or in
                percent of the image, below 50 (`10%`).
            image: The image itself, instead of `image_url`.
            accept: Media type to ask for; the documented ones by default.

        Returns:
            The address of the result, or the image itself when only `image/*` is
            accepted

        Raises:
            BadRequestError: 400: The input could not be processed, often returned when
                the input image exceeds API limits.
            AuthenticationError: 401: The authentication token is missing or invalid.
            PermissionDeniedError: 403: The account has too few credits
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return self._core.call(
            _remove_background(
                image_url=image_url,
                format=format,
                crop=crop,
                margin=margin,
                margin_left=margin_left,
                margin_right=margin_right,
                margin_top=margin_top,
                margin_bottom=margin_bottom,
                image=image,
                accept=accept,
            ),
            options,
        )

    def upscale(
        self,
        *,
        image_url: str | None = None,
        scale: models.UpscaleFactor | None = None,
        image: File | None = None,
        accept: Literal["application/json", "image/*"] | None = None,
        options: RequestOptions | None = None,
    ) -> models.ImageResult | bytes:
        """Upscale

        Doubles or quadruples the resolution of an image. Give the image as a URL or as
        a file, not both.

        Args:
            image_url: The address of the image.
            scale: How many times as large.
            image: The image itself, instead of `image_url`.
            accept: Media type to ask for; the documented ones by default.

        Returns:
            The address of the result, or the image itself when only `image/*` is
            accepted

        Raises:
            BadRequestError: 400: The input could not be processed, often returned when
                the input image exceeds API limits.
            AuthenticationError: 401: The authentication token is missing or invalid.
            PermissionDeniedError: 403: The account has too few credits
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return self._core.call(
            _upscale(image_url=image_url, scale=scale, image=image, accept=accept),
            options,
        )


class AsyncImages:
    """`client.images` of the asynchronous client: Remove or generate a background, or
    upscale an image, in one call without a job.
    """

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def generate_background(
        self,
        *,
        image_url: str | None = None,
        image_transform: models.ImageTransform | None = None,
        scene: models.Scene | None = None,
        prompt: str | None = None,
        negative_prompt: str | None = None,
        image: File | None = None,
        accept: Literal["application/json", "image/*"] | None = None,
        options: RequestOptions | None = None,
    ) -> models.ImageResult | bytes:
        """Generate Background

        Puts the subject of an image before a generated background. Give the image as a
        URL or as a file, not both.

        Args:
            image_url: The address of the image.
            image_transform: Where the image stands on the canvas, and how large.
            scene: A ready-made scene; the prompts are ignored when it is given.
            prompt: What the background shows.
            negative_prompt: What the background should not show, separated by commas.
            image: The image itself, instead of `image_url`.
            accept: Media type to ask for; the documented ones by default.

        Returns:
            The address of the result, or the image itself when only `image/*` is
            accepted

        Raises:
            BadRequestError: 400: The input could not be processed, often returned when
                the input image exceeds API limits.
            AuthenticationError: 401: The authentication token is missing or invalid.
            PermissionDeniedError: 403: The account has too few credits
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return await self._core.call(
            _generate_background(
                image_url=image_url,
                image_transform=image_transform,
                scene=scene,
                prompt=prompt,
                negative_prompt=negative_prompt,
                image=image,
                accept=accept,
            ),
            options,
        )

    async def remove_background(
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
        accept: Literal["application/json", "image/*"] | None = None,
        options: RequestOptions | None = None,
    ) -> models.ImageResult | bytes:
        """Remove Background

        Cuts the subject out of an image. Give the image as a URL or as a file, not
        both.

        Args:
            image_url: The address of the image.
            format: The format of the result; only `png` so far.
            crop: Whether the result is cropped to the subject. The API's default is
                `false`.
            margin: Room around the cropped subject, in pixels (`100px`) or in percent
                of the image, below 50 (`10%`).
            margin_left: Room around the cropped subject, in pixels (`100px`) or in
                percent of the image, below 50 (`10%`).
            margin_right: Room around the cropped subject, in pixels (`100px`) or in
                percent of the image, below 50 (`10%`).
            margin_top: Room around the cropped subject, in pixels (`100px`) or in
                percent of the image, below 50 (`10%`).
            margin_bottom: Room around the cropped subject, in pixels (`100px`) or in
                percent of the image, below 50 (`10%`).
            image: The image itself, instead of `image_url`.
            accept: Media type to ask for; the documented ones by default.

        Returns:
            The address of the result, or the image itself when only `image/*` is
            accepted

        Raises:
            BadRequestError: 400: The input could not be processed, often returned when
                the input image exceeds API limits.
            AuthenticationError: 401: The authentication token is missing or invalid.
            PermissionDeniedError: 403: The account has too few credits
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return await self._core.call(
            _remove_background(
                image_url=image_url,
                format=format,
                crop=crop,
                margin=margin,
                margin_left=margin_left,
                margin_right=margin_right,
                margin_top=margin_top,
                margin_bottom=margin_bottom,
                image=image,
                accept=accept,
            ),
            options,
        )

    async def upscale(
        self,
        *,
        image_url: str | None = None,
        scale: models.UpscaleFactor | None = None,
        image: File | None = None,
        accept: Literal["application/json", "image/*"] | None = None,
        options: RequestOptions | None = None,
    ) -> models.ImageResult | bytes:
        """Upscale

        Doubles or quadruples the resolution of an image. Give the image as a URL or as
        a file, not both.

        Args:
            image_url: The address of the image.
            scale: How many times as large.
            image: The image itself, instead of `image_url`.
            accept: Media type to ask for; the documented ones by default.

        Returns:
            The address of the result, or the image itself when only `image/*` is
            accepted

        Raises:
            BadRequestError: 400: The input could not be processed, often returned when
                the input image exceeds API limits.
            AuthenticationError: 401: The authentication token is missing or invalid.
            PermissionDeniedError: 403: The account has too few credits
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return await self._core.call(
            _upscale(image_url=image_url, scale=scale, image=image, accept=accept),
            options,
        )


_GENERATE_BACKGROUND = Operation(
    "generate-background",
    "POST",
    ("/v1/generate-background",),
    responses={
        "200": {"application/json": "ImageResult", "image/*": "bytes"},
        "400": {"application/json": "Error400"},
        "401": {"application/json": "Error401"},
        "403": {"application/json": "Error403"},
        "429": {"application/json": "Error429"},
        "500": {},
    },
    security=(("ApiKeyAuth",),),
    retry_statuses=(500,),
    files=("image",),
)


def _generate_background(
    *,
    image_url: str | None = None,
    image_transform: models.ImageTransform | None = None,
    scene: models.Scene | None = None,
    prompt: str | None = None,
    negative_prompt: str | None = None,
    image: File | None = None,
    accept: Literal["application/json", "image/*"] | None = None,
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
    return Call(
        _GENERATE_BACKGROUND,
        body=models.GenerateBackgroundRequest(
            image_url=image_url,
            image_transform=image_transform,
            scene=scene,
            prompt=prompt,
            negative_prompt=negative_prompt,
        ),
        content_type="application/json",
        accept=accept,
    )


_REMOVE_BACKGROUND = Operation(
    "remove-background",
    "POST",
    ("/v1/remove-background",),
    responses={
        "200": {"application/json": "ImageResult", "image/*": "bytes"},
        "400": {"application/json": "Error400"},
        "401": {"application/json": "Error401"},
        "403": {"application/json": "Error403"},
        "429": {"application/json": "Error429"},
        "500": {},
    },
    security=(("ApiKeyAuth",),),
    retry_statuses=(500,),
    files=("image",),
)


def _remove_background(
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
    accept: Literal["application/json", "image/*"] | None = None,
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
        raise TypeError("image_url= is missing")
    return Call(
        _REMOVE_BACKGROUND,
        body=models.RemoveBackgroundRequest(
            image_url=image_url,
            format=format,
            crop=crop,
            margin=margin,
            margin_left=margin_left,
            margin_right=margin_right,
            margin_top=margin_top,
            margin_bottom=margin_bottom,
        ),
        content_type="application/json",
        accept=accept,
    )


_UPSCALE = Operation(
    "upscale",
    "POST",
    ("/v1/upscale",),
    responses={
        "200": {"application/json": "ImageResult", "image/*": "bytes"},
        "400": {"application/json": "Error400"},
        "401": {"application/json": "Error401"},
        "403": {"application/json": "Error403"},
        "429": {"application/json": "Error429"},
        "500": {},
    },
    security=(("ApiKeyAuth",),),
    retry_statuses=(500,),
    files=("image",),
)


def _upscale(
    *,
    image_url: str | None = None,
    scale: models.UpscaleFactor | None = None,
    image: File | None = None,
    accept: Literal["application/json", "image/*"] | None = None,
) -> Call[models.ImageResult | bytes]:
    if image is not None:
        return Call(
            _UPSCALE,
            body={"image_url": image_url, "scale": scale, "image": image},
            content_type="multipart/form-data",
            accept=accept,
        )
    return Call(
        _UPSCALE,
        body=models.UpscaleRequest(image_url=image_url, scale=scale),
        content_type="application/json",
        accept=accept,
    )
