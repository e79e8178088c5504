"""Scale."""

from __future__ import annotations

from . import models
from ._jobs import IMAGES_JOB, AsyncImagesJob, ImagesJob
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.given import given
from ._runtime.jobs import AsyncJob, Job, asynchronous_start, start_job
from ._runtime.operation import Call, RequestOptions


class Scale(Resource):
    """`client.scale`."""

    def create(
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

        Returns: The job was accepted. Raises BadRequestError, AuthenticationError,
        UnprocessableEntityError, RateLimitError, InternalServerError,
        ServiceUnavailableError. Sent again only if it did not arrive, or after 429."""
        body = {
            "asin": asin,
            "country_code": country_code,
            "scale_mode": scale_mode,
            "items": items,
            "main_image_input": main_image_input,
            "other_images_input": other_images_input,
            "user_prompt": user_prompt,
        }
        return self._core.send(_CREATE, options, body=given(body))

    def start(
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
        """Start a job by `create()`; arguments as there."""
        body = {
            "asin": asin,
            "country_code": country_code,
            "scale_mode": scale_mode,
            "items": items,
            "main_image_input": main_image_input,
            "other_images_input": other_images_input,
            "user_prompt": user_prompt,
        }
        call: Call[models.JobReceipt] = Call(_CREATE, body=given(body))
        return start_job(ImagesJob, self._core, IMAGES_JOB, call, ("job_id",), options)

    def job(self, job_id: str) -> ImagesJob:
        """Return the handle of an earlier images job; nothing is sent. The API keeps
        the job for 7 days and its result for 7 days."""
        return Job(self._core, IMAGES_JOB, job_id)


class AsyncScale(AsyncResource):
    create = asynchronous(Scale.create)
    start = asynchronous_start(Scale.start, AsyncImagesJob)

    def job(self, job_id: str) -> AsyncImagesJob:
        """The asynchronous form of `Scale.job`."""
        return AsyncJob(self._core, IMAGES_JOB, job_id)


_CREATE = Operation("createScaleJob", "POST /v1/api/scale", {"202": "JobReceipt"})
