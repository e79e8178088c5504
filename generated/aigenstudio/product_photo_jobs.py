"""Product Photo Jobs."""

from __future__ import annotations

import builtins
import datetime
import uuid

from . import models
from ._jobs import (
    POLL_PRODUCT_PHOTO_JOB,
    PRODUCT_PHOTO_JOB,
    AsyncProductPhotoJob,
    ProductPhotoJob,
)
from ._options import RequestOptions
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.given import given
from ._runtime.jobs import AsyncJob, Job, asynchronous_start, start_job
from ._runtime.operation import Call


class ProductPhotoJobs(Resource):
    """`client.product_photo_jobs`: Create, list, and inspect asynchronous Product Photo
    jobs."""

    def create(
        self,
        *,
        images: builtins.list[models.ProductPhotoImage],
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
            operation: What is done with the images.
            preset: The id of a preset, from the list of presets.
            preservation_level: How closely the product is kept as it is; `strict` by
                default.
            instructions: What is special about these products, in plain words.
            webhook_url: Where signed events about the job are sent.
            idempotency_key: Sent on every attempt, so that the server does the work
                once; a random one by default.

        Returns: The job was created. Raises AuthenticationError, ConflictError,
        RateLimitError. Sent again after a lost connection, 408, 425, 429 and 5xx."""
        body = {
            "images": images,
            "operation": operation,
            "preset": preset,
            "preservation_level": preservation_level,
            "instructions": instructions,
            "webhook_url": webhook_url,
        }
        return self._core.send(
            _CREATE, options, body=given(body), idempotency_key=idempotency_key
        )

    def get(
        self, job_id: uuid.UUID | str, *, options: RequestOptions | None = None
    ) -> models.ProductPhotoJobStatusResponse:
        """Get Product Photo job status

        Returns the current Product Photo job state and item results for the API key
        owner.

        Returns: Product Photo job status returned. Raises AuthenticationError,
        NotFoundError, RateLimitError. Safe to send again."""
        return self._core.send(POLL_PRODUCT_PHOTO_JOB, options, path=(job_id,))

    def list(
        self,
        *,
        limit: int | None = None,
        cursor: datetime.datetime | None = None,
        status: models.ProductPhotoJobStatus | None = None,
        options: RequestOptions | None = None,
    ) -> models.ProductPhotoJobListResponse:
        """List Product Photo jobs

        Recent jobs of this API key, a page at a time.

        Args:
            limit: How many jobs a page holds. The API's default is `20`.
            cursor: The `next_cursor` of the page before.
            status: Only jobs in this state.

        Returns: One page of jobs. Raises AuthenticationError, RateLimitError. Safe to
        send again."""
        return self._core.send(
            _LIST, options, query={"limit": limit, "cursor": cursor, "status": status}
        )

    def start(
        self,
        *,
        images: builtins.list[models.ProductPhotoImage],
        operation: models.ProductPhotoOperation | None = None,
        preset: str | None = None,
        preservation_level: models.PreservationLevel | None = None,
        instructions: str | None = None,
        webhook_url: str | None = None,
        idempotency_key: str | None = None,
        options: RequestOptions | None = None,
    ) -> ProductPhotoJob:
        """Start a job by `create()`; arguments as there."""
        body = {
            "images": images,
            "operation": operation,
            "preset": preset,
            "preservation_level": preservation_level,
            "instructions": instructions,
            "webhook_url": webhook_url,
        }
        call: Call[models.ProductPhotoJobCreateResponse] = Call(
            _CREATE, body=given(body), idempotency_key=idempotency_key
        )
        return start_job(
            ProductPhotoJob, self._core, PRODUCT_PHOTO_JOB, call, ("job", "id"), options
        )

    def job(self, job_id: str) -> ProductPhotoJob:
        """Return the handle of an earlier product photo job; nothing is sent."""
        return Job(self._core, PRODUCT_PHOTO_JOB, job_id)


class AsyncProductPhotoJobs(AsyncResource):
    create = asynchronous(ProductPhotoJobs.create)
    get = asynchronous(ProductPhotoJobs.get)
    list = asynchronous(ProductPhotoJobs.list)
    start = asynchronous_start(ProductPhotoJobs.start, AsyncProductPhotoJob)

    def job(self, job_id: str) -> AsyncProductPhotoJob:
        """The asynchronous form of `ProductPhotoJobs.job`."""
        return AsyncJob(self._core, PRODUCT_PHOTO_JOB, job_id)


_CREATE = Operation(
    "createProductPhotoJob",
    "POST /product-photo-jobs",
    {"202": "ProductPhotoJobCreateResponse"},
    idempotency_header="Idempotency-Key",
)
_LIST = Operation(
    "listProductPhotoJobs",
    "GET /product-photo-jobs",
    {"200": "ProductPhotoJobListResponse"},
)
