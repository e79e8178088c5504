"""Listing builder."""

from __future__ import annotations

from . import models
from ._jobs import AsyncImagesJob, ImagesJob
from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.job_declarations import JobCall, JobItems, JobSpec, Schedule
from ._runtime.jobs import AsyncJob, Job, start_job, start_job_async
from ._runtime.operation import Call, RequestOptions


class ListingBuilder(Resource):
    """`client.listing_builder`."""

    def create(
        self,
        *,
        asin: str,
        country_code: models.CountryCode,
        listing_type: models.ListingType,
        main_image_url: str | None = None,
        other_image_urls: list[str] | None = None,
        options: RequestOptions | None = None,
    ) -> models.JobReceipt:
        """Listing Builder

        Makes the main image and the gallery of a product's listing from its ASIN.

        A key that begins with `pk_test_` gets placeholders at once and spends no
        credits.

        Sent again only if it did not arrive, or after 429.

        Args:
            asin: The product's Amazon Standard Identification Number.
            country_code: The marketplace's country.
            listing_type: What kind of listing is made.
            main_image_url: The public address of the product's main image.
            other_image_urls: The public addresses of further images.

        Returns:
            The job was accepted

        Raises BadRequestError, AuthenticationError, UnprocessableEntityError,
        RateLimitError, InternalServerError, ServiceUnavailableError.
        """
        body = models.ListingBuilderRequest(
            asin=asin,
            country_code=country_code,
            listing_type=listing_type,
            main_image_url=main_image_url,
            other_image_urls=other_image_urls,
        )
        return self._core.call(Call(_CREATE, body=body), options)

    def start(
        self,
        *,
        asin: str,
        country_code: models.CountryCode,
        listing_type: models.ListingType,
        main_image_url: str | None = None,
        other_image_urls: list[str] | None = None,
        options: RequestOptions | None = None,
    ) -> ImagesJob:
        """Start a job by `create()`; arguments as there."""
        body = models.ListingBuilderRequest(
            asin=asin,
            country_code=country_code,
            listing_type=listing_type,
            main_image_url=main_image_url,
            other_image_urls=other_image_urls,
        )
        call: Call[models.JobReceipt] = Call(_CREATE, body=body)
        return start_job(self._core, _IMAGES_JOB, call, ("job_id",), options)

    def job(self, job_id: str) -> ImagesJob:
        """Return the handle of an earlier images job; nothing is sent."""
        return Job(self._core, _IMAGES_JOB, job_id)


class AsyncListingBuilder(AsyncResource):
    """The asynchronous form of `ListingBuilder`."""

    async def create(
        self,
        *,
        asin: str,
        country_code: models.CountryCode,
        listing_type: models.ListingType,
        main_image_url: str | None = None,
        other_image_urls: list[str] | None = None,
        options: RequestOptions | None = None,
    ) -> models.JobReceipt:
        """The asynchronous form of `ListingBuilder.create`."""
        body = models.ListingBuilderRequest(
            asin=asin,
            country_code=country_code,
            listing_type=listing_type,
            main_image_url=main_image_url,
            other_image_urls=other_image_urls,
        )
        return await self._core.call(Call(_CREATE, body=body), options)

    async def start(
        self,
        *,
        asin: str,
        country_code: models.CountryCode,
        listing_type: models.ListingType,
        main_image_url: str | None = None,
        other_image_urls: list[str] | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncImagesJob:
        """The asynchronous form of `ListingBuilder.start`."""
        body = models.ListingBuilderRequest(
            asin=asin,
            country_code=country_code,
            listing_type=listing_type,
            main_image_url=main_image_url,
            other_image_urls=other_image_urls,
        )
        call: Call[models.JobReceipt] = Call(_CREATE, body=body)
        return await start_job_async(
            self._core, _IMAGES_JOB, call, ("job_id",), options
        )

    def job(self, job_id: str) -> AsyncImagesJob:
        """The asynchronous form of `ListingBuilder.job`."""
        return AsyncJob(self._core, _IMAGES_JOB, job_id)


_CREATE = Operation(
    "createListingBuilderJob",
    "POST",
    ("/v1/api/listing_builder",),
    responses={"202": {"application/json": "JobReceipt"}},
)

_IMAGES_JOB: JobSpec[models.Job, list[str], models.Ad] = JobSpec(
    "images",
    poll=JobCall(
        Operation(
            "getJob",
            "GET",
            ("/v1/api/jobs/", "job_id", ""),
            responses={"200": {"application/json": "Job"}},
        ),
    ),
    state=("status",),
    states={
        "pending": "pending",
        "processing": "pending",
        "completed": "succeeded",
        "failed": "failed",
    },
    error_code=("error_code",),
    items=JobItems(
        at=("output", "ads"),
        failed_at=(("error",),),
        missing_at=(("preview_url",),),
        result=("preview_url",),
        error_code=("error", "code"),
        error_message=("error", "message"),
    ),
    schedule=Schedule(minimum=5.0, maximum=5.0, factor=1.0),
)
