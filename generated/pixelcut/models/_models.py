"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeGuard, get_args

CutoutFormat: TypeAlias = Literal["png"]
"""The format of the result; only `png` so far."""


def is_cutout_format(value: object) -> TypeGuard[CutoutFormat]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(CutoutFormat)


@dataclass(slots=True, kw_only=True)
class Error400:
    error: str | None = None
    """A description of the error."""
    error_code: InputErrorCode | str | None = None
    """The error codes provide a way to programmatically handle errors.

    The following error codes are currently in use:
    - `invalid_request_body`: The request body was empty or invalid.
    - `missing_parameter`: A required parameter was not provided.
    - `invalid_parameter`: A parameter was provided but it was invalid.
    - `unsupported_content_type`: The content type of the request was not
      application/json or multipart/form-data.
    - `malformed_image`: The image could not be decoded.
    - `unsupported_image_format`: The image format is not supported.
    - `file_size_too_large`: The image file size is too large.
    - `resolution_too_high`: The image resolution is too high.
    - `unknown_foreground`: The foreground subject of the image could not be detected.
    """
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Error401:
    error: str | None = None
    error_code: Error401ErrorCode | str | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


Error401ErrorCode: TypeAlias = Literal["invalid_auth_token"]


def is_error401_error_code(value: object) -> TypeGuard[Error401ErrorCode]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(Error401ErrorCode)


@dataclass(slots=True, kw_only=True)
class Error403:
    error: str | None = None
    """A description of the error."""
    error_code: Error403ErrorCode | str | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


Error403ErrorCode: TypeAlias = Literal["insufficient_api_credits"]


def is_error403_error_code(value: object) -> TypeGuard[Error403ErrorCode]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(Error403ErrorCode)


@dataclass(slots=True, kw_only=True)
class Error404:
    error: str | None = None
    error_code: Error404ErrorCode | str | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


Error404ErrorCode: TypeAlias = Literal["not_found"]


def is_error404_error_code(value: object) -> TypeGuard[Error404ErrorCode]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(Error404ErrorCode)


@dataclass(slots=True, kw_only=True)
class Error429:
    error: str | None = None
    error_code: Error429ErrorCode | str | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


Error429ErrorCode: TypeAlias = Literal["rate_limit_exceeded"]


def is_error429_error_code(value: object) -> TypeGuard[Error429ErrorCode]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(Error429ErrorCode)


GarmentMode: TypeAlias = Literal["auto", "full", "upper", "lower"]
"""What the garment covers; `auto` finds out."""


def is_garment_mode(value: object) -> TypeGuard[GarmentMode]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(GarmentMode)


@dataclass(slots=True, kw_only=True)
class GenerateBackgroundRequest:
    image_url: str | None = None
    """The address of the image."""
    image_transform: ImageTransform | None = None
    """Where the image stands on the canvas, and how large."""
    scene: Scene | None = None
    """A ready-made scene; the prompts are ignored when it is given."""
    prompt: str | None = None
    """What the background shows."""
    negative_prompt: str | None = None
    """What the background should not show, separated by commas."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class GenerateBackgroundUpload:
    image: bytes | None = None
    """The image itself, instead of `image_url`."""
    image_url: str | None = None
    """The address of the image."""
    image_transform: ImageTransform | None = None
    """Where the image stands on the canvas, and how large."""
    scene: Scene | None = None
    """A ready-made scene; the prompts are ignored when it is given."""
    prompt: str | None = None
    """What the background shows."""
    negative_prompt: str | None = None
    """What the background should not show, separated by commas."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class ImageResult:
    result_url: str | None = None
    """Where the result can be fetched for an hour."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class ImageTransform:
    """Where the image stands on the canvas, and how large."""

    scale: float | None = None
    """1 fits the longest edge to the canvas."""
    x_center: float | None = None
    """The horizontal centre, from 0 to 1."""
    y_center: float | None = None
    """The vertical centre, from 0 to 1."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


InputErrorCode: TypeAlias = Literal[
    "invalid_request_body",
    "missing_parameter",
    "invalid_parameter",
    "unsupported_content_type",
    "malformed_image",
    "unsupported_image_format",
    "file_size_too_large",
    "resolution_too_high",
    "unknown_foreground",
]
"""The error codes provide a way to programmatically handle errors.

The following error codes are currently in use:
- `invalid_request_body`: The request body was empty or invalid.
- `missing_parameter`: A required parameter was not provided.
- `invalid_parameter`: A parameter was provided but it was invalid.
- `unsupported_content_type`: The content type of the request was not application/json
  or multipart/form-data.
- `malformed_image`: The image could not be decoded.
- `unsupported_image_format`: The image format is not supported.
- `file_size_too_large`: The image file size is too large.
- `resolution_too_high`: The image resolution is too high.
- `unknown_foreground`: The foreground subject of the image could not be detected.
"""


def is_input_error_code(value: object) -> TypeGuard[InputErrorCode]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(InputErrorCode)


@dataclass(slots=True, kw_only=True)
class RemoveBackgroundRequest:
    image_url: str
    """The address of the image."""
    format: CutoutFormat | None = None
    """The format of the result; only `png` so far."""
    crop: bool | None = None
    """Whether the result is cropped to the subject."""
    margin: str | None = None
    """Room around the cropped subject, in pixels (`100px`) or in percent of the image,
    below 50 (`10%`).
    """
    margin_left: str | None = None
    """Room around the cropped subject, in pixels (`100px`) or in percent of the image,
    below 50 (`10%`).
    """
    margin_right: str | None = None
    """Room around the cropped subject, in pixels (`100px`) or in percent of the image,
    below 50 (`10%`).
    """
    margin_top: str | None = None
    """Room around the cropped subject, in pixels (`100px`) or in percent of the image,
    below 50 (`10%`).
    """
    margin_bottom: str | None = None
    """Room around the cropped subject, in pixels (`100px`) or in percent of the image,
    below 50 (`10%`).
    """
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class RemoveBackgroundUpload:
    image: bytes | None = None
    """The image itself, instead of `image_url`."""
    image_url: str | None = None
    """The address of the image."""
    format: CutoutFormat | None = None
    """The format of the result; only `png` so far."""
    crop: bool | None = None
    """Whether the result is cropped to the subject."""
    margin: str | None = None
    """Room around the cropped subject, in pixels (`100px`) or in percent of the image,
    below 50 (`10%`).
    """
    margin_left: str | None = None
    """Room around the cropped subject, in pixels (`100px`) or in percent of the image,
    below 50 (`10%`).
    """
    margin_right: str | None = None
    """Room around the cropped subject, in pixels (`100px`) or in percent of the image,
    below 50 (`10%`).
    """
    margin_top: str | None = None
    """Room around the cropped subject, in pixels (`100px`) or in percent of the image,
    below 50 (`10%`).
    """
    margin_bottom: str | None = None
    """Room around the cropped subject, in pixels (`100px`) or in percent of the image,
    below 50 (`10%`).
    """
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


Scene: TypeAlias = Literal["marble", "wood", "industrial", "linen", "brick", "counter"]
"""A ready-made scene; the prompts are ignored when it is given."""


def is_scene(value: object) -> TypeGuard[Scene]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(Scene)


@dataclass(slots=True, kw_only=True)
class TryOnJobCancelled:
    message: str | None = None
    """Confirmation message"""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class TryOnJobError:
    message: str | None = None
    """A description of the error."""
    error_code: TryOnJobErrorCode | str | None = None
    """The error codes provide a way to programmatically handle errors.

    The following error codes are currently in use:
    - `invalid_parameter`: The request contained invalid parameters.
    - `content_filter_error`: The content was flagged by our content filter.
    - `request_timeout`: The request timed out while processing.
    - `job_expired`: The job has expired and is no longer available.
    - `job_cancelled`: The job was cancelled.
    - `unexpected_error`: An unexpected error occurred during processing.
    - `service_unavailable`: The service is temporarily unavailable.
    """
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


TryOnJobErrorCode: TypeAlias = Literal[
    "invalid_parameter",
    "content_filter_error",
    "request_timeout",
    "job_expired",
    "job_cancelled",
    "unexpected_error",
    "service_unavailable",
]
"""The error codes provide a way to programmatically handle errors.

The following error codes are currently in use:
- `invalid_parameter`: The request contained invalid parameters.
- `content_filter_error`: The content was flagged by our content filter.
- `request_timeout`: The request timed out while processing.
- `job_expired`: The job has expired and is no longer available.
- `job_cancelled`: The job was cancelled.
- `unexpected_error`: An unexpected error occurred during processing.
- `service_unavailable`: The service is temporarily unavailable.
"""


def is_try_on_job_error_code(value: object) -> TypeGuard[TryOnJobErrorCode]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(TryOnJobErrorCode)


@dataclass(slots=True, kw_only=True)
class TryOnJobFinished:
    error: str | None = None
    error_code: TryOnJobFinishedErrorCode | str | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


TryOnJobFinishedErrorCode: TypeAlias = Literal["job_finished"]


def is_try_on_job_finished_error_code(
    value: object,
) -> TypeGuard[TryOnJobFinishedErrorCode]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(TryOnJobFinishedErrorCode)


@dataclass(slots=True, kw_only=True)
class TryOnJobStatus:
    job_id: str | None = None
    """The ID of the job"""
    status: TryOnState | str | None = None
    """The current status of the job"""
    result_url: str | None = None
    """A URL to access the resultant image, only present when status is 'completed'"""
    error: TryOnJobError | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class TryOnRequest:
    person_image_url: str | None = None
    """The address of the picture of the person."""
    garment_image_url: str | None = None
    """The address of the picture of the garment."""
    garment_mode: GarmentMode | None = None
    """What the garment covers; `auto`, the default, finds out."""
    preprocess_garment: bool | None = None
    """Whether the background of the garment's picture is removed first."""
    remove_background: bool | None = None
    """Whether the background of the result is removed."""
    wait_for_result: bool | None = None
    """Whether the answer waits for the result; if false, it is the id of a job."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class TryOnResponse:
    job_id: str | None = None
    """The id of the job, when `wait_for_result` is false."""
    result_url: str | None = None
    """Where the result can be fetched for an hour, when the answer waited for it."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


TryOnState: TypeAlias = Literal["pending", "running", "completed", "failed"]
"""The current status of the job"""


def is_try_on_state(value: object) -> TypeGuard[TryOnState]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(TryOnState)


@dataclass(slots=True, kw_only=True)
class TryOnUpload:
    person_image: bytes | None = None
    """The picture of the person, instead of `person_image_url`."""
    person_image_url: str | None = None
    """The address of the picture of the person."""
    garment_image: bytes | None = None
    """The picture of the garment, instead of `garment_image_url`."""
    garment_image_url: str | None = None
    """The address of the picture of the garment."""
    garment_mode: GarmentMode | None = None
    """What the garment covers; `auto`, the default, finds out."""
    preprocess_garment: bool | None = None
    """Whether the background of the garment's picture is removed first."""
    remove_background: bool | None = None
    """Whether the background of the result is removed."""
    wait_for_result: bool | None = None
    """Whether the answer waits for the result; if false, it is the id of a job."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


UpscaleFactor: TypeAlias = Literal[2, 4]
"""How many times as large."""


def is_upscale_factor(value: object) -> TypeGuard[UpscaleFactor]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(UpscaleFactor)


@dataclass(slots=True, kw_only=True)
class UpscaleRequest:
    image_url: str | None = None
    """The address of the image."""
    scale: UpscaleFactor | None = None
    """How many times as large."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class UpscaleUpload:
    image: bytes | None = None
    """The image itself, instead of `image_url`."""
    image_url: str | None = None
    """The address of the image."""
    scale: UpscaleFactor | None = None
    """How many times as large."""
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""
