"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .._runtime.enums import ValueGuard, value_guard
from .._runtime.model import ModelBase

CutoutFormat: TypeAlias = Literal["png"]
"""The format of the result; only `png` so far."""


@dataclass(slots=True, kw_only=True)
class Error400(ModelBase):
    error: str | None = None
    """A description of the error."""
    error_code: InputErrorCode | str | None = None


@dataclass(slots=True, kw_only=True)
class Error401(ModelBase):
    error: str | None = None
    error_code: Error401ErrorCode | str | None = None


Error401ErrorCode: TypeAlias = Literal["invalid_auth_token"]
is_error401_error_code: ValueGuard[Error401ErrorCode] = value_guard(Error401ErrorCode)


@dataclass(slots=True, kw_only=True)
class Error403(ModelBase):
    error: str | None = None
    """A description of the error."""
    error_code: Error403ErrorCode | str | None = None


Error403ErrorCode: TypeAlias = Literal["insufficient_api_credits"]
is_error403_error_code: ValueGuard[Error403ErrorCode] = value_guard(Error403ErrorCode)


@dataclass(slots=True, kw_only=True)
class Error404(ModelBase):
    error: str | None = None
    error_code: Error404ErrorCode | str | None = None


Error404ErrorCode: TypeAlias = Literal["not_found"]
is_error404_error_code: ValueGuard[Error404ErrorCode] = value_guard(Error404ErrorCode)


@dataclass(slots=True, kw_only=True)
class Error429(ModelBase):
    error: str | None = None
    error_code: Error429ErrorCode | str | None = None


Error429ErrorCode: TypeAlias = Literal["rate_limit_exceeded"]
is_error429_error_code: ValueGuard[Error429ErrorCode] = value_guard(Error429ErrorCode)

GarmentMode: TypeAlias = Literal["auto", "full", "upper", "lower"]
"""What the garment covers; `auto` finds out."""


@dataclass(slots=True, kw_only=True)
class ImageResult(ModelBase):
    result_url: str | None = None
    """Where the result can be fetched for an hour."""


@dataclass(slots=True, kw_only=True)
class ImageTransform(ModelBase):
    """Where the image stands on the canvas, and how large."""

    scale: float | None = None
    """1 fits the longest edge to the canvas."""
    x_center: float | None = None
    """The horizontal centre, from 0 to 1."""
    y_center: float | None = None
    """The vertical centre, from 0 to 1."""


InputErrorCode: TypeAlias = Literal[
    "invalid_request_body", "missing_parameter", "invalid_parameter",
    "unsupported_content_type", "malformed_image", "unsupported_image_format",
    "file_size_too_large", "resolution_too_high", "unknown_foreground",
]  # fmt: skip
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
- `unknown_foreground`: The foreground subject of the image could not be detected."""
is_input_error_code: ValueGuard[InputErrorCode] = value_guard(InputErrorCode)

Scene: TypeAlias = Literal["marble", "wood", "industrial", "linen", "brick", "counter"]
"""A ready-made scene; the prompts are ignored when it is given."""


@dataclass(slots=True, kw_only=True)
class TryOnJobCancelled(ModelBase):
    message: str | None = None
    """Confirmation message"""


@dataclass(slots=True, kw_only=True)
class TryOnJobError(ModelBase):
    message: str | None = None
    """A description of the error."""
    error_code: TryOnJobErrorCode | str | None = None


TryOnJobErrorCode: TypeAlias = Literal[
    "invalid_parameter", "content_filter_error", "request_timeout", "job_expired",
    "job_cancelled", "unexpected_error", "service_unavailable",
]  # fmt: skip
"""The error codes provide a way to programmatically handle errors.

The following error codes are currently in use:
- `invalid_parameter`: The request contained invalid parameters.
- `content_filter_error`: The content was flagged by our content filter.
- `request_timeout`: The request timed out while processing.
- `job_expired`: The job has expired and is no longer available.
- `job_cancelled`: The job was cancelled.
- `unexpected_error`: An unexpected error occurred during processing.
- `service_unavailable`: The service is temporarily unavailable."""
is_try_on_job_error_code: ValueGuard[TryOnJobErrorCode] = value_guard(TryOnJobErrorCode)


@dataclass(slots=True, kw_only=True)
class TryOnJobFinished(ModelBase):
    error: str | None = None
    error_code: TryOnJobFinishedErrorCode | str | None = None


TryOnJobFinishedErrorCode: TypeAlias = Literal["job_finished"]
is_try_on_job_finished_error_code: ValueGuard[TryOnJobFinishedErrorCode] = value_guard(
    TryOnJobFinishedErrorCode
)


@dataclass(slots=True, kw_only=True)
class TryOnJobStatus(ModelBase):
    job_id: str | None = None
    status: TryOnState | str | None = None
    result_url: str | None = None
    """A URL to access the resultant image, only present when status is 'completed'"""
    error: TryOnJobError | None = None


@dataclass(slots=True, kw_only=True)
class TryOnResponse(ModelBase):
    job_id: str | None = None
    """The id of the job, when `wait_for_result` is false."""
    result_url: str | None = None
    """Where the result can be fetched for an hour, when the answer waited for it."""


TryOnState: TypeAlias = Literal["pending", "running", "completed", "failed"]
"""The current status of the job"""
is_try_on_state: ValueGuard[TryOnState] = value_guard(TryOnState)

UpscaleFactor: TypeAlias = Literal[2, 4]
"""How many times as large."""
