"""Jobs."""

from __future__ import annotations

from . import models
from ._jobs import AsyncImagesJob, ImagesJob
from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.job_declarations import JobCall, JobItems, JobSpec, Schedule
from ._runtime.jobs import AsyncJob, Job, start_job, start_job_async
from ._runtime.operation import Call, RequestOptions


class Jobs(Resource):
    """`client.jobs`: Start a job, check its status, and retrieve its output when
    complete.
    """

    def create_listing_builder(
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
        return self._core.call(Call(_CREATE_LISTING_BUILDER, body=body), options)

    def create_scale(
        self,
        *,
        asin: str,
        country_code: models.CountryCode,
        scale_mode: models.ScaleMode,
        items: list[models.ScaleItem],
        main_image_input: str | None = None,
        other_images_input: list[str] | None = None,
        user_prompt: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.JobReceipt:
        """Scale

        Makes images for a product in the manner of reference images.

        See also `create_listing_builder`.

        Sent again only if it did not arrive, or after 429.

        Args:
            asin: The product's Amazon Standard Identification Number.
            country_code: The marketplace's country.
            scale_mode: How the reference images are used.
            items: The reference images.
            main_image_input: The public address of the product's main image.
            other_images_input: The public addresses of further images.
            user_prompt: Guidance in plain words; with the mode `language` it must name
                the language.

        Returns:
            The job was accepted

        Raises BadRequestError, AuthenticationError, UnprocessableEntityError,
        RateLimitError, InternalServerError, ServiceUnavailableError.
        """
        body = models.ScaleRequest(
            asin=asin,
            country_code=country_code,
            scale_mode=scale_mode,
            items=items,
            main_image_input=main_image_input,
            other_images_input=other_images_input,
            user_prompt=user_prompt,
        )
        return self._core.call(Call(_CREATE_SCALE, body=body), options)

    def get(self, job_id: str, *, options: RequestOptions | None = None) -> models.Job:
        """Get a job

        Check the status of a job and retrieve its output when complete.

        The images of a job can be fetched for seven days; then its record goes, and
        this answers 404.

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Args:
            job_id: The id that starting the job returned.

        Returns:
            The job as it stands

        Raises AuthenticationError, NotFoundError, RateLimitError, InternalServerError,
        ServiceUnavailableError.
        """
        return self._core.call(Call(_GET, path=(job_id,)), options)

    def start_listing_builder(
        self,
        *,
        asin: str,
        country_code: models.CountryCode,
        listing_type: models.ListingType,
        main_image_url: str | None = None,
        other_image_urls: list[str] | None = None,
        options: RequestOptions | None = None,
    ) -> ImagesJob:
        """Start a job by `create_listing_builder()`; arguments as there."""
        body = models.ListingBuilderRequest(
            asin=asin,
            country_code=country_code,
            listing_type=listing_type,
            main_image_url=main_image_url,
            other_image_urls=other_image_urls,
        )
        call: Call[models.JobReceipt] = Call(_CREATE_LISTING_BUILDER, body=body)
        return start_job(self._core, _IMAGES_JOB, call, ("job_id",), options)

    def start_scale(
        self,
        *,
        asin: str,
        country_code: models.CountryCode,
        scale_mode: models.ScaleMode,
        items: list[models.ScaleItem],
        main_image_input: str | None = None,
        other_images_input: list[str] | None = None,
        user_prompt: str | None = None,
        options: RequestOptions | None = None,
    ) -> ImagesJob:
        """Start a job by `create_scale()`; arguments as there."""
        body = models.ScaleRequest(
            asin=asin,
            country_code=country_code,
            scale_mode=scale_mode,
            items=items,
            main_image_input=main_image_input,
            other_images_input=other_images_input,
            user_prompt=user_prompt,
        )
        call: Call[models.JobReceipt] = Call(_CREATE_SCALE, body=body)
        return start_job(self._core, _IMAGES_JOB, call, ("job_id",), options)

    def job(self, job_id: str) -> ImagesJob:
        """Return the handle of an earlier images job; nothing is sent."""
        return Job(self._core, _IMAGES_JOB, job_id)


class AsyncJobs(AsyncResource):
    """The asynchronous form of `Jobs`."""

    async def create_listing_builder(
        self,
        *,
        asin: str,
        country_code: models.CountryCode,
        listing_type: models.ListingType,
        main_image_url: str | None = None,
        other_image_urls: list[str] | None = None,
        options: RequestOptions | None = None,
    ) -> models.JobReceipt:
        """The asynchronous form of `Jobs.create_listing_builder`."""
        body = models.ListingBuilderRequest(
            asin=asin,
            country_code=country_code,
            listing_type=listing_type,
            main_image_url=main_image_url,
            other_image_urls=other_image_urls,
        )
        return await self._core.call(Call(_CREATE_LISTING_BUILDER, body=body), options)

    async def create_scale(
        self,
        *,
        asin: str,
        country_code: models.CountryCode,
        scale_mode: models.ScaleMode,
        items: list[models.ScaleItem],
        main_image_input: str | None = None,
        other_images_input: list[str] | None = None,
        user_prompt: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.JobReceipt:
        """The asynchronous form of `Jobs.create_scale`."""
        body = models.ScaleRequest(
            asin=asin,
            country_code=country_code,
            scale_mode=scale_mode,
            items=items,
            main_image_input=main_image_input,
            other_images_input=other_images_input,
            user_prompt=user_prompt,
        )
        return await self._core.call(Call(_CREATE_SCALE, body=body), options)

    async def get(
        self, job_id: str, *, options: RequestOptions | None = None
    ) -> models.Job:
        """The asynchronous form of `Jobs.get`."""
        return await self._core.call(Call(_GET, path=(job_id,)), options)

    async def start_listing_builder(
        self,
        *,
        asin: str,
        country_code: models.CountryCode,
        listing_type: models.ListingType,
        main_image_url: str | None = None,
        other_image_urls: list[str] | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncImagesJob:
        """The asynchronous form of `Jobs.start_listing_builder`."""
        body = models.ListingBuilderRequest(
            asin=asin,
            country_code=country_code,
            listing_type=listing_type,
            main_image_url=main_image_url,
            other_image_urls=other_image_urls,
        )
        call: Call[models.JobReceipt] = Call(_CREATE_LISTING_BUILDER, body=body)
        return await start_job_async(
            self._core, _IMAGES_JOB, call, ("job_id",), options
        )

    async def start_scale(
        self,
        *,
        asin: str,
        country_code: models.CountryCode,
        scale_mode: models.ScaleMode,
        items: list[models.ScaleItem],
        main_image_input: str | None = None,
        other_images_input: list[str] | None = None,
        user_prompt: str | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncImagesJob:
        """The asynchronous form of `Jobs.start_scale`."""
        body = models.ScaleRequest(
            asin=asin,
            country_code=country_code,
            scale_mode=scale_mode,
            items=items,
            main_image_input=main_image_input,
            other_images_input=other_images_input,
            user_prompt=user_prompt,
        )
        call: Call[models.JobReceipt] = Call(_CREATE_SCALE, body=body)
        return await start_job_async(
            self._core, _IMAGES_JOB, call, ("job_id",), options
        )

    def job(self, job_id: str) -> AsyncImagesJob:
        """The asynchronous form of `Jobs.job`."""
        return AsyncJob(self._core, _IMAGES_JOB, job_id)


_CREATE_LISTING_BUILDER = Operation(
    "createListingBuilderJob",
    "POST",
    ("/v1/api/listing_builder",),
    responses={"202": {"application/json": "JobReceipt"}},
)
_CREATE_SCALE = Operation(
    "createScaleJob",
    "POST",
    ("/v1/api/scale",),
    responses={"202": {"application/json": "JobReceipt"}},
)
_GET = Operation(
    "getJob",
    "GET",
    ("/v1/api/jobs/", "job_id", ""),
    responses={"200": {"application/json": "Job"}},
)

_IMAGES_JOB: JobSpec[models.Job, list[str], models.Ad] = JobSpec(
    "images",
    poll=JobCall(_GET),
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
