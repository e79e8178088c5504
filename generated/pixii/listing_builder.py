"""Listing builder."""

from __future__ import annotations

from . import models
from ._jobs import IMAGES_JOB, AsyncImagesJob, ImagesJob
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.given import given
from ._runtime.jobs import AsyncJob, Job, asynchronous_start, start_job
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

        Args:
            asin: The product's Amazon Standard Identification Number.
            country_code: The marketplace's country.
            listing_type: What kind of listing is made.
            main_image_url: The public address of the product's main image.
            other_image_urls: The public addresses of further images.

        Returns: The job was accepted. Raises BadRequestError, AuthenticationError,
        UnprocessableEntityError, RateLimitError, InternalServerError,
        ServiceUnavailableError. Sent again only if it did not arrive, or after 429."""
        body = {
            "asin": asin,
            "country_code": country_code,
            "listing_type": listing_type,
            "main_image_url": main_image_url,
            "other_image_urls": other_image_urls,
        }
        return self._core.send(_CREATE, options, body=given(body))

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
        body = {
            "asin": asin,
            "country_code": country_code,
            "listing_type": listing_type,
            "main_image_url": main_image_url,
            "other_image_urls": other_image_urls,
        }
        call: Call[models.JobReceipt] = Call(_CREATE, body=given(body))
        return start_job(ImagesJob, self._core, IMAGES_JOB, call, ("job_id",), options)

    def job(self, job_id: str) -> ImagesJob:
        """Return the handle of an earlier images job; nothing is sent. The API keeps
        the job for 7 days and its result for 7 days."""
        return Job(self._core, IMAGES_JOB, job_id)


class AsyncListingBuilder(AsyncResource):
    create = asynchronous(ListingBuilder.create)
    start = asynchronous_start(ListingBuilder.start, AsyncImagesJob)

    def job(self, job_id: str) -> AsyncImagesJob:
        """The asynchronous form of `ListingBuilder.job`."""
        return AsyncJob(self._core, IMAGES_JOB, job_id)


_CREATE = Operation(
    "createListingBuilderJob", "POST /v1/api/listing_builder", {"202": "JobReceipt"}
)
