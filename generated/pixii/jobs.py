"""Jobs: Start a job, check its status, and retrieve its output when complete."""

from __future__ import annotations

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


class Jobs:
    """`client.jobs`: Start a job, check its status, and retrieve its output when
    complete.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

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

        Args:
            asin: The product's Amazon Standard Identification Number.
            country_code: The marketplace's country.
            listing_type: What kind of listing is made.
            main_image_url: The public address of the product's main image.
            other_image_urls: The public addresses of further images.

        Returns:
            The job was accepted

        Raises:
            BadRequestError: 400: A parameter is invalid, or there are too few credits
            AuthenticationError: 401: Missing or invalid API key
            UnprocessableEntityError: 422: The organization has no active brand
            RateLimitError: 429: Too many requests in this minute or on this day
            InternalServerError: 500: Internal server error
            ServiceUnavailableError: 503: Service temporarily unavailable
        """
        return self._core.call(
            _create_listing_builder(
                asin=asin,
                country_code=country_code,
                listing_type=listing_type,
                main_image_url=main_image_url,
                other_image_urls=other_image_urls,
            ),
            options,
        )

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

        A key that begins with `pk_test_` gets placeholders at once and spends no
        credits.

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

        Raises:
            BadRequestError: 400: A parameter is invalid, or there are too few credits
            AuthenticationError: 401: Missing or invalid API key
            UnprocessableEntityError: 422: The organization has no active brand
            RateLimitError: 429: Too many requests in this minute or on this day
            InternalServerError: 500: Internal server error
            ServiceUnavailableError: 503: Service temporarily unavailable
        """
        return self._core.call(
            _create_scale(
                asin=asin,
                country_code=country_code,
                scale_mode=scale_mode,
                items=items,
                main_image_input=main_image_input,
                other_images_input=other_images_input,
                user_prompt=user_prompt,
            ),
            options,
        )

    def get(self, job_id: str, *, options: RequestOptions | None = None) -> models.Job:
        """Get a job

        Check the status of a job and retrieve its output when complete.

        The images of a job can be fetched for seven days; then its record goes, and
        this answers 404.

        Args:
            job_id: The id that starting the job returned.

        Returns:
            The job as it stands

        Raises:
            AuthenticationError: 401: Missing or invalid API key
            NotFoundError: 404: Job not found or does not belong to your organization
            RateLimitError: 429: Too many requests in this minute or on this day
            InternalServerError: 500: Internal server error
            ServiceUnavailableError: 503: Service temporarily unavailable
        """
        return self._core.call(_get(job_id), options)

    def start_listing_builder(
        self,
        *,
        asin: str,
        country_code: models.CountryCode,
        listing_type: models.ListingType,
        main_image_url: str | None = None,
        other_image_urls: list[str] | None = None,
        options: RequestOptions | None = None,
    ) -> Job[models.Job, list[str], models.Ad]:
        """Listing Builder

        Makes the main image and the gallery of a product's listing from its ASIN.

        A key that begins with `pk_test_` gets placeholders at once and spends no
        credits.

        Args:
            asin: The product's Amazon Standard Identification Number.
            country_code: The marketplace's country.
            listing_type: What kind of listing is made.
            main_image_url: The public address of the product's main image.
            other_image_urls: The public addresses of further images.

        Returns:
            A handle of the job: `wait()` for its result, or keep `id` and resume later.

        Raises:
            BadRequestError: 400: A parameter is invalid, or there are too few credits
            AuthenticationError: 401: Missing or invalid API key
            UnprocessableEntityError: 422: The organization has no active brand
            RateLimitError: 429: Too many requests in this minute or on this day
            InternalServerError: 500: Internal server error
            ServiceUnavailableError: 503: Service temporarily unavailable
        """
        return start_job(
            self._core,
            _IMAGES_JOB,
            _create_listing_builder(
                asin=asin,
                country_code=country_code,
                listing_type=listing_type,
                main_image_url=main_image_url,
                other_image_urls=other_image_urls,
            ),
            lambda answer: answer.job_id,
            options,
        )

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
    ) -> Job[models.Job, list[str], models.Ad]:
        """Scale

        Makes images for a product in the manner of reference images.

        A key that begins with `pk_test_` gets placeholders at once and spends no
        credits.

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
            A handle of the job: `wait()` for its result, or keep `id` and resume later.

        Raises:
            BadRequestError: 400: A parameter is invalid, or there are too few credits
            AuthenticationError: 401: Missing or invalid API key
            UnprocessableEntityError: 422: The organization has no active brand
            RateLimitError: 429: Too many requests in this minute or on this day
            InternalServerError: 500: Internal server error
            ServiceUnavailableError: 503: Service temporarily unavailable
        """
        return start_job(
            self._core,
            _IMAGES_JOB,
            _create_scale(
                asin=asin,
                country_code=country_code,
                scale_mode=scale_mode,
                items=items,
                main_image_input=main_image_input,
                other_images_input=other_images_input,
                user_prompt=user_prompt,
            ),
            lambda answer: answer.job_id,
            options,
        )

    def job(self, job_id: str) -> Job[models.Job, list[str], models.Ad]:
        """A handle of a job that was started before, by its id; nothing is sent yet."""
        return Job(self._core, _IMAGES_JOB, job_id)


class AsyncJobs:
    """`client.jobs` of the asynchronous client: Start a job, check its status, and
    retrieve its output when complete.
    """

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

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
        """Listing Builder

        Makes the main image and the gallery of a product's listing from its ASIN.

        A key that begins with `pk_test_` gets placeholders at once and spends no
        credits.

        Args:
            asin: The product's Amazon Standard Identification Number.
            country_code: The marketplace's country.
            listing_type: What kind of listing is made.
            main_image_url: The public address of the product's main image.
            other_image_urls: The public addresses of further images.

        Returns:
            The job was accepted

        Raises:
            BadRequestError: 400: A parameter is invalid, or there are too few credits
            AuthenticationError: 401: Missing or invalid API key
            UnprocessableEntityError: 422: The organization has no active brand
            RateLimitError: 429: Too many requests in this minute or on this day
            InternalServerError: 500: Internal server error
            ServiceUnavailableError: 503: Service temporarily unavailable
        """
        return await self._core.call(
            _create_listing_builder(
                asin=asin,
                country_code=country_code,
                listing_type=listing_type,
                main_image_url=main_image_url,
                other_image_urls=other_image_urls,
            ),
            options,
        )

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
        """Scale

        Makes images for a product in the manner of reference images.

        A key that begins with `pk_test_` gets placeholders at once and spends no
        credits.

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

        Raises:
            BadRequestError: 400: A parameter is invalid, or there are too few credits
            AuthenticationError: 401: Missing or invalid API key
            UnprocessableEntityError: 422: The organization has no active brand
            RateLimitError: 429: Too many requests in this minute or on this day
            InternalServerError: 500: Internal server error
            ServiceUnavailableError: 503: Service temporarily unavailable
        """
        return await self._core.call(
            _create_scale(
                asin=asin,
                country_code=country_code,
                scale_mode=scale_mode,
                items=items,
                main_image_input=main_image_input,
                other_images_input=other_images_input,
                user_prompt=user_prompt,
            ),
            options,
        )

    async def get(
        self,
        job_id: str,
        *,
        options: RequestOptions | None = None,
    ) -> models.Job:
        """Get a job

        Check the status of a job and retrieve its output when complete.

        The images of a job can be fetched for seven days; then its record goes, and
        this answers 404.

        Args:
            job_id: The id that starting the job returned.

        Returns:
            The job as it stands

        Raises:
            AuthenticationError: 401: Missing or invalid API key
            NotFoundError: 404: Job not found or does not belong to your organization
            RateLimitError: 429: Too many requests in this minute or on this day
            InternalServerError: 500: Internal server error
            ServiceUnavailableError: 503: Service temporarily unavailable
        """
        return await self._core.call(_get(job_id), options)

    async def start_listing_builder(
        self,
        *,
        asin: str,
        country_code: models.CountryCode,
        listing_type: models.ListingType,
        main_image_url: str | None = None,
        other_image_urls: list[str] | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncJob[models.Job, list[str], models.Ad]:
        """Listing Builder

        Makes the main image and the gallery of a product's listing from its ASIN.

        A key that begins with `pk_test_` gets placeholders at once and spends no
        credits.

        Args:
            asin: The product's Amazon Standard Identification Number.
            country_code: The marketplace's country.
            listing_type: What kind of listing is made.
            main_image_url: The public address of the product's main image.
            other_image_urls: The public addresses of further images.

        Returns:
            A handle of the job: `wait()` for its result, or keep `id` and resume later.

        Raises:
            BadRequestError: 400: A parameter is invalid, or there are too few credits
            AuthenticationError: 401: Missing or invalid API key
            UnprocessableEntityError: 422: The organization has no active brand
            RateLimitError: 429: Too many requests in this minute or on this day
            InternalServerError: 500: Internal server error
            ServiceUnavailableError: 503: Service temporarily unavailable
        """
        return await start_job_async(
            self._core,
            _IMAGES_JOB,
            _create_listing_builder(
                asin=asin,
                country_code=country_code,
                listing_type=listing_type,
                main_image_url=main_image_url,
                other_image_urls=other_image_urls,
            ),
            lambda answer: answer.job_id,
            options,
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
    ) -> AsyncJob[models.Job, list[str], models.Ad]:
        """Scale

        Makes images for a product in the manner of reference images.

        A key that begins with `pk_test_` gets placeholders at once and spends no
        credits.

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
            A handle of the job: `wait()` for its result, or keep `id` and resume later.

        Raises:
            BadRequestError: 400: A parameter is invalid, or there are too few credits
            AuthenticationError: 401: Missing or invalid API key
            UnprocessableEntityError: 422: The organization has no active brand
            RateLimitError: 429: Too many requests in this minute or on this day
            InternalServerError: 500: Internal server error
            ServiceUnavailableError: 503: Service temporarily unavailable
        """
        return await start_job_async(
            self._core,
            _IMAGES_JOB,
            _create_scale(
                asin=asin,
                country_code=country_code,
                scale_mode=scale_mode,
                items=items,
                main_image_input=main_image_input,
                other_images_input=other_images_input,
                user_prompt=user_prompt,
            ),
            lambda answer: answer.job_id,
            options,
        )

    def job(self, job_id: str) -> AsyncJob[models.Job, list[str], models.Ad]:
        """A handle of a job that was started before, by its id; nothing is sent yet."""
        return AsyncJob(self._core, _IMAGES_JOB, job_id)


_CREATE_LISTING_BUILDER = Operation(
    "createListingBuilderJob",
    "POST",
    ("/v1/api/listing_builder",),
    responses={
        "200": {"application/json": "JobReceipt"},
        "202": {"application/json": "JobReceipt"},
        "400": {"application/json": "Error"},
        "401": {"application/json": "Error"},
        "422": {"application/json": "Error"},
        "429": {"application/json": "Error"},
        "500": {"application/json": "Error"},
        "503": {"application/json": "Error"},
    },
    security=(("apiKey",),),
)


def _create_listing_builder(
    *,
    asin: str,
    country_code: models.CountryCode,
    listing_type: models.ListingType,
    main_image_url: str | None = None,
    other_image_urls: list[str] | None = None,
) -> Call[models.JobReceipt]:
    return Call(
        _CREATE_LISTING_BUILDER,
        body=models.ListingBuilderRequest(
            asin=asin,
            country_code=country_code,
            listing_type=listing_type,
            main_image_url=main_image_url,
            other_image_urls=other_image_urls,
        ),
        content_type="application/json",
    )


_CREATE_SCALE = Operation(
    "createScaleJob",
    "POST",
    ("/v1/api/scale",),
    responses={
        "200": {"application/json": "JobReceipt"},
        "202": {"application/json": "JobReceipt"},
        "400": {"application/json": "Error"},
        "401": {"application/json": "Error"},
        "422": {"application/json": "Error"},
        "429": {"application/json": "Error"},
        "500": {"application/json": "Error"},
        "503": {"application/json": "Error"},
    },
    security=(("apiKey",),),
)


def _create_scale(
    *,
    asin: str,
    country_code: models.CountryCode,
    scale_mode: models.ScaleMode,
    items: list[models.ScaleItem],
    main_image_input: str | None = None,
    other_images_input: list[str] | None = None,
    user_prompt: str | None = None,
) -> Call[models.JobReceipt]:
    return Call(
        _CREATE_SCALE,
        body=models.ScaleRequest(
            asin=asin,
            country_code=country_code,
            scale_mode=scale_mode,
            items=items,
            main_image_input=main_image_input,
            other_images_input=other_images_input,
            user_prompt=user_prompt,
        ),
        content_type="application/json",
    )


_GET = Operation(
    "getJob",
    "GET",
    ("/v1/api/jobs/", "job_id", ""),
    responses={
        "200": {"application/json": "Job"},
        "401": {"application/json": "Error"},
        "404": {"application/json": "Error"},
        "429": {"application/json": "Error"},
        "500": {"application/json": "Error"},
        "503": {"application/json": "Error"},
    },
    security=(("apiKey",),),
)


def _get(job_id: str) -> Call[models.Job]:
    return Call(_GET, path=(job_id,))


_IMAGES_JOB: JobSpec[models.Job, list[str], models.Ad] = JobSpec(
    "images",
    poll=_get,
    state=lambda snapshot: snapshot.status,
    states={
        "pending": "pending",
        "processing": "pending",
        "completed": "succeeded",
        "failed": "failed",
    },
    error_code=lambda snapshot: snapshot.error_code,
    items=JobItems(
        at=lambda snapshot: (
            snapshot.output.ads if snapshot.output is not None else None
        ),
        failed_at=(lambda item: item.error,),
        missing_at=(lambda item: item.preview_url,),
        result=lambda item: item.preview_url,
        error_code=lambda item: item.error.code if item.error is not None else None,
        error_message=lambda item: (
            item.error.message if item.error is not None else None
        ),
    ),
    schedule=Schedule(
        first=0.0,
        minimum=5.0,
        maximum=5.0,
        factor=1.0,
        jitter=0.25,
        timeout=600.0,
        rate=None,
    ),
)
