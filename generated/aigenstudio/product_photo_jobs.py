"""Product Photo Jobs: Create, list, and inspect asynchronous Product Photo jobs."""

from __future__ import annotations

import builtins
import datetime
import uuid

from . import models
from ._runtime.client import AsyncCore, Core
from ._runtime.jobs import (
    AsyncJob,
    Job,
    JobItems,
    JobSpec,
    Schedule,
    start_job,
    start_job_async,
)
from ._runtime.operation import Call, Operation, RequestOptions


class ProductPhotoJobs:
    """`client.product_photo_jobs`: Create, list, and inspect asynchronous Product Photo
    jobs.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def create(
        self,
        *,
        images: builtins.list[models.ProductPhotoImage],
        x_request_id: str | None = None,
        operation: models.ProductPhotoOperation | None = None,
        preset: str | None = None,
        preservation_level: models.PreservationLevel | None = None,
        instructions: str | None = None,
        webhook_url: str | None = None,
        idempotency_key: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ProductPhotoJobCreateResponse:
        """Create a Product Photo job

        Creates a job for 1 to 20 images. With a live key it consumes paid credits; with
        a sandbox key the request is checked and the results are simulated.

        The idempotency key stands for one logical request: the same key again returns
        the job that it made.

        Args:
            images: The photos, 1 to 20.
            x_request_id: Optional client correlation id. AI Gen Studio also returns
                `request_id`.
            operation: What is done with the images.
            preset: The id of a preset, from the list of presets.
            preservation_level: How closely the product is kept as it is; `strict` by
                default.
            instructions: What is special about these products, in plain words.
            webhook_url: Where signed events about the job are sent.
            idempotency_key: Sent on every attempt, so that the server does the work
                once; made afresh when left out.

        Returns:
            The same idempotency key was used before; this is the job that it made

        Raises:
            AuthenticationError: 401: API key is missing, invalid, expired, inactive, or
                revoked.
            ConflictError: 409: The idempotency key was used before with another body
            RateLimitError: 429: The request exceeded an API rate or concurrency limit.
        """
        return self._core.call(
            _create(
                images=images,
                x_request_id=x_request_id,
                operation=operation,
                preset=preset,
                preservation_level=preservation_level,
                instructions=instructions,
                webhook_url=webhook_url,
                idempotency_key=idempotency_key,
            ),
            options,
        )

    def get(
        self,
        job_id: uuid.UUID | str,
        *,
        x_request_id: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ProductPhotoJobStatusResponse:
        """Get Product Photo job status

        Returns the current Product Photo job state and item results for the API key
        owner.

        Args:
            x_request_id: Optional client correlation id. AI Gen Studio also returns
                `request_id`.

        Returns:
            Product Photo job status returned.

        Raises:
            AuthenticationError: 401: API key is missing, invalid, expired, inactive, or
                revoked.
            NotFoundError: 404: Product Photo job does not exist or does not belong to
                this API key environment.
            RateLimitError: 429: The request exceeded an API rate or concurrency limit.
        """
        return self._core.call(_get(job_id, x_request_id=x_request_id), options)

    def list(
        self,
        *,
        limit: int | None = None,
        cursor: datetime.datetime | None = None,
        status: models.ProductPhotoJobStatus | None = None,
        x_request_id: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ProductPhotoJobListResponse:
        """List Product Photo jobs

        Recent jobs of this API key, a page at a time.

        Args:
            limit: How many jobs a page holds. The API's default is `20`.
            cursor: The `next_cursor` of the page before.
            status: Only jobs in this state.
            x_request_id: Optional client correlation id. AI Gen Studio also returns
                `request_id`.

        Returns:
            One page of jobs

        Raises:
            AuthenticationError: 401: API key is missing, invalid, expired, inactive, or
                revoked.
            RateLimitError: 429: The request exceeded an API rate or concurrency limit.
        """
        return self._core.call(
            _list(limit=limit, cursor=cursor, status=status, x_request_id=x_request_id),
            options,
        )

    def start(
        self,
        *,
        images: builtins.list[models.ProductPhotoImage],
        x_request_id: str | None = None,
        operation: models.ProductPhotoOperation | None = None,
        preset: str | None = None,
        preservation_level: models.PreservationLevel | None = None,
        instructions: str | None = None,
        webhook_url: str | None = None,
        idempotency_key: str | None = None,
        options: RequestOptions | None = None,
    ) -> Job[
        models.ProductPhotoJobStatusResponse,
        builtins.list[str],
        models.ProductPhotoJobItem,
    ]:
        """Create a Product Photo job

        Creates a job for 1 to 20 images. With a live key it consumes paid credits; with
        a sandbox key the request is checked and the results are simulated.

        The idempotency key stands for one logical request: the same key again returns
        the job that it made.

        Args:
            images: The photos, 1 to 20.
            x_request_id: Optional client correlation id. AI Gen Studio also returns
                `request_id`.
            operation: What is done with the images.
            preset: The id of a preset, from the list of presets.
            preservation_level: How closely the product is kept as it is; `strict` by
                default.
            instructions: What is special about these products, in plain words.
            webhook_url: Where signed events about the job are sent.
            idempotency_key: Sent on every attempt, so that the server does the work
                once; made afresh when left out.

        Returns:
            A handle of the job: `wait()` for its result, or keep `id` and resume later.

        Raises:
            AuthenticationError: 401: API key is missing, invalid, expired, inactive, or
                revoked.
            ConflictError: 409: The idempotency key was used before with another body
            RateLimitError: 429: The request exceeded an API rate or concurrency limit.
        """
        return start_job(
            self._core,
            _PRODUCT_PHOTO_JOB,
            _create(
                images=images,
                x_request_id=x_request_id,
                operation=operation,
                preset=preset,
                preservation_level=preservation_level,
                instructions=instructions,
                webhook_url=webhook_url,
                idempotency_key=idempotency_key,
            ),
            lambda answer: answer.job.id,
            options,
        )

    def job(self, job_id: str) -> Job[
        models.ProductPhotoJobStatusResponse,
        builtins.list[str],
        models.ProductPhotoJobItem,
    ]:
        """A handle of a job that was started before, by its id; nothing is sent yet."""
        return Job(self._core, _PRODUCT_PHOTO_JOB, job_id)


class AsyncProductPhotoJobs:
    """`client.product_photo_jobs` of the asynchronous client: Create, list, and inspect
    asynchronous Product Photo jobs.
    """

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def create(
        self,
        *,
        images: builtins.list[models.ProductPhotoImage],
        x_request_id: str | None = None,
        operation: models.ProductPhotoOperation | None = None,
        preset: str | None = None,
        preservation_level: models.PreservationLevel | None = None,
        instructions: str | None = None,
        webhook_url: str | None = None,
        idempotency_key: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ProductPhotoJobCreateResponse:
        """Create a Product Photo job

        Creates a job for 1 to 20 images. With a live key it consumes paid credits; with
        a sandbox key the request is checked and the results are simulated.

        The idempotency key stands for one logical request: the same key again returns
        the job that it made.

        Args:
            images: The photos, 1 to 20.
            x_request_id: Optional client correlation id. AI Gen Studio also returns
                `request_id`.
            operation: What is done with the images.
            preset: The id of a preset, from the list of presets.
            preservation_level: How closely the product is kept as it is; `strict` by
                default.
            instructions: What is special about these products, in plain words.
            webhook_url: Where signed events about the job are sent.
            idempotency_key: Sent on every attempt, so that the server does the work
                once; made afresh when left out.

        Returns:
            The same idempotency key was used before; this is the job that it made

        Raises:
            AuthenticationError: 401: API key is missing, invalid, expired, inactive, or
                revoked.
            ConflictError: 409: The idempotency key was used before with another body
            RateLimitError: 429: The request exceeded an API rate or concurrency limit.
        """
        return await self._core.call(
            _create(
                images=images,
                x_request_id=x_request_id,
                operation=operation,
                preset=preset,
                preservation_level=preservation_level,
                instructions=instructions,
                webhook_url=webhook_url,
                idempotency_key=idempotency_key,
            ),
            options,
        )

    async def get(
        self,
        job_id: uuid.UUID | str,
        *,
        x_request_id: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ProductPhotoJobStatusResponse:
        """Get Product Photo job status

        Returns the current Product Photo job state and item results for the API key
        owner.

        Args:
            x_request_id: Optional client correlation id. AI Gen Studio also returns
                `request_id`.

        Returns:
            Product Photo job status returned.

        Raises:
            AuthenticationError: 401: API key is missing, invalid, expired, inactive, or
                revoked.
            NotFoundError: 404: Product Photo job does not exist or does not belong to
                this API key environment.
            RateLimitError: 429: The request exceeded an API rate or concurrency limit.
        """
        return await self._core.call(_get(job_id, x_request_id=x_request_id), options)

    async def list(
        self,
        *,
        limit: int | None = None,
        cursor: datetime.datetime | None = None,
        status: models.ProductPhotoJobStatus | None = None,
        x_request_id: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ProductPhotoJobListResponse:
        """List Product Photo jobs

        Recent jobs of this API key, a page at a time.

        Args:
            limit: How many jobs a page holds. The API's default is `20`.
            cursor: The `next_cursor` of the page before.
            status: Only jobs in this state.
            x_request_id: Optional client correlation id. AI Gen Studio also returns
                `request_id`.

        Returns:
            One page of jobs

        Raises:
            AuthenticationError: 401: API key is missing, invalid, expired, inactive, or
                revoked.
            RateLimitError: 429: The request exceeded an API rate or concurrency limit.
        """
        return await self._core.call(
            _list(limit=limit, cursor=cursor, status=status, x_request_id=x_request_id),
            options,
        )

    async def start(
        self,
        *,
        images: builtins.list[models.ProductPhotoImage],
        x_request_id: str | None = None,
        operation: models.ProductPhotoOperation | None = None,
        preset: str | None = None,
        preservation_level: models.PreservationLevel | None = None,
        instructions: str | None = None,
        webhook_url: str | None = None,
        idempotency_key: str | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncJob[
        models.ProductPhotoJobStatusResponse,
        builtins.list[str],
        models.ProductPhotoJobItem,
    ]:
        """Create a Product Photo job

        Creates a job for 1 to 20 images. With a live key it consumes paid credits; with
        a sandbox key the request is checked and the results are simulated.

        The idempotency key stands for one logical request: the same key again returns
        the job that it made.

        Args:
            images: The photos, 1 to 20.
            x_request_id: Optional client correlation id. AI Gen Studio also returns
                `request_id`.
            operation: What is done with the images.
            preset: The id of a preset, from the list of presets.
            preservation_level: How closely the product is kept as it is; `strict` by
                default.
            instructions: What is special about these products, in plain words.
            webhook_url: Where signed events about the job are sent.
            idempotency_key: Sent on every attempt, so that the server does the work
                once; made afresh when left out.

        Returns:
            A handle of the job: `wait()` for its result, or keep `id` and resume later.

        Raises:
            AuthenticationError: 401: API key is missing, invalid, expired, inactive, or
                revoked.
            ConflictError: 409: The idempotency key was used before with another body
            RateLimitError: 429: The request exceeded an API rate or concurrency limit.
        """
        return await start_job_async(
            self._core,
            _PRODUCT_PHOTO_JOB,
            _create(
                images=images,
                x_request_id=x_request_id,
                operation=operation,
                preset=preset,
                preservation_level=preservation_level,
                instructions=instructions,
                webhook_url=webhook_url,
                idempotency_key=idempotency_key,
            ),
            lambda answer: answer.job.id,
            options,
        )

    def job(self, job_id: str) -> AsyncJob[
        models.ProductPhotoJobStatusResponse,
        builtins.list[str],
        models.ProductPhotoJobItem,
    ]:
        """A handle of a job that was started before, by its id; nothing is sent yet."""
        return AsyncJob(self._core, _PRODUCT_PHOTO_JOB, job_id)


_CREATE = Operation(
    "createProductPhotoJob",
    "POST",
    ("/product-photo-jobs",),
    responses={
        "200": {"application/json": "ProductPhotoJobCreateResponse"},
        "202": {"application/json": "ProductPhotoJobCreateResponse"},
        "401": {"application/json": "ErrorResponse"},
        "409": {"application/json": "ErrorResponse"},
        "429": {"application/json": "ErrorResponse"},
        "default": {"application/json": "ErrorResponse"},
    },
    security=(("bearerApiKey",),),
    idempotency_header="Idempotency-Key",
)


def _create(
    *,
    images: builtins.list[models.ProductPhotoImage],
    x_request_id: str | None = None,
    operation: models.ProductPhotoOperation | None = None,
    preset: str | None = None,
    preservation_level: models.PreservationLevel | None = None,
    instructions: str | None = None,
    webhook_url: str | None = None,
    idempotency_key: str | None = None,
) -> Call[models.ProductPhotoJobCreateResponse]:
    return Call(
        _CREATE,
        header={"X-Request-Id": x_request_id},
        body=models.ProductPhotoJobCreateRequest(
            images=images,
            operation=operation,
            preset=preset,
            preservation_level=preservation_level,
            instructions=instructions,
            webhook_url=webhook_url,
        ),
        content_type="application/json",
        idempotency_key=idempotency_key,
    )


_GET = Operation(
    "getProductPhotoJob",
    "GET",
    ("/product-photo-jobs/", "jobId", ""),
    responses={
        "200": {"application/json": "ProductPhotoJobStatusResponse"},
        "401": {"application/json": "ErrorResponse"},
        "404": {"application/json": "ErrorResponse"},
        "429": {"application/json": "ErrorResponse"},
    },
    security=(("bearerApiKey",),),
)


def _get(
    job_id: uuid.UUID | str,
    *,
    x_request_id: str | None = None,
) -> Call[models.ProductPhotoJobStatusResponse]:
    return Call(_GET, path=(job_id,), header={"X-Request-Id": x_request_id})


_LIST = Operation(
    "listProductPhotoJobs",
    "GET",
    ("/product-photo-jobs",),
    responses={
        "200": {"application/json": "ProductPhotoJobListResponse"},
        "401": {"application/json": "ErrorResponse"},
        "429": {"application/json": "ErrorResponse"},
        "default": {"application/json": "ErrorResponse"},
    },
    security=(("bearerApiKey",),),
)


def _list(
    *,
    limit: int | None = None,
    cursor: datetime.datetime | None = None,
    status: models.ProductPhotoJobStatus | None = None,
    x_request_id: str | None = None,
) -> Call[models.ProductPhotoJobListResponse]:
    return Call(
        _LIST,
        query={"limit": limit, "cursor": cursor, "status": status},
        header={"X-Request-Id": x_request_id},
    )


_PRODUCT_PHOTO_JOB: JobSpec[
    models.ProductPhotoJobStatusResponse, builtins.list[str], models.ProductPhotoJobItem
] = JobSpec(
    "product_photo",
    poll=_get,
    state=lambda snapshot: snapshot.job.status,
    states={
        "queued": "pending",
        "processing": "pending",
        "completed": "succeeded",
        "partially_completed": "partial",
        "failed": "failed",
        "cancelled": "cancelled",
    },
    items=JobItems(
        at=lambda snapshot: snapshot.job.items,
        id=lambda item: item.id,
        state=lambda item: item.status,
        succeeded=("completed",),
        failed=(
            "failed",
            "cancelled",
        ),
        result=lambda item: item.result_url,
        error_code=lambda item: item.error_code,
        error_message=lambda item: item.error_message,
    ),
    done=(
        lambda snapshot: snapshot.job.completed_items,
        lambda snapshot: snapshot.job.failed_items,
    ),
    total=lambda snapshot: snapshot.job.total_items,
    schedule=Schedule(
        first=0.0,
        minimum=2.0,
        maximum=15.0,
        factor=1.5,
        jitter=0.25,
        timeout=900.0,
        rate=None,
    ),
)
