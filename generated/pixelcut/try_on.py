"""Try On."""

from __future__ import annotations

from . import models
from ._jobs import (
    CANCEL_TRY_ON_JOB,
    POLL_TRY_ON_JOB,
    TRY_ON_JOB,
    AsyncTryOnJob,
    TryOnJob,
)
from ._runtime.choices import Choice
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.given import given
from ._runtime.jobs import (
    AsyncCancellableJob,
    CancellableJob,
    asynchronous_start,
    start_job,
)
from ._runtime.multipart import File
from ._runtime.operation import Call, RequestOptions


class TryOn(Resource):
    """`client.try_on`: Put a garment on a person. Jobs can be waited for, looked up by
    id and cancelled."""

    def cancel_job(
        self, job_id: str, *, options: RequestOptions | None = None
    ) -> models.TryOnJobCancelled:
        """Try On Job Cancel (Beta)

        BETA - This endpoint is currently in beta and may change without notice.

        Cancels a Try On job that is currently pending or running.
        When a Try On job is submitted with wait_for_result set to false, it can be
        cancelled using this endpoint if it hasn't completed yet. Jobs that are already
        completed or failed cannot be cancelled.

        Args:
            job_id: The ID of the job to cancel

        Returns: Job cancelled successfully. Raises AuthenticationError, NotFoundError,
        ConflictError, RateLimitError, InternalServerError. Sent again after a lost
        connection, 408, 425, 429 and 5xx."""
        return self._core.send(CANCEL_TRY_ON_JOB, options, path=(job_id,))

    def create(
        self,
        *,
        person_image_url: str | None = None,
        garment_image_url: str | None = None,
        garment_mode: models.GarmentMode | None = None,
        preprocess_garment: bool | None = None,
        remove_background: bool | None = None,
        wait_for_result: bool | None = None,
        person_image: File | None = None,
        garment_image: File | None = None,
        options: RequestOptions | None = None,
    ) -> models.TryOnResponse:
        """Try On (Beta)

        Puts a garment on a person.

        Give each image as a URL or as a file, not both; a file is sent as
        `multipart/form-data`. Images may have up to
        25 MB and from 64x64 to 6000x6000 pixels. With `wait_for_result` false the
        answer holds the id of a job at once,
        else the URL of the result.

        Args:
            person_image_url: The address of the picture of the person. Required for
                `application/json`.
            garment_image_url: The address of the picture of the garment. Required for
                `application/json`.
            garment_mode: What the garment covers; `auto`, the default, finds out.
            preprocess_garment: Whether the background of the garment's picture is
                removed first. The API's default is `true`.
            remove_background: Whether the background of the result is removed. The
                API's default is `false`.
            wait_for_result: Whether the answer waits for the result; if false, it is
                the id of a job.
            person_image: The picture of the person, instead of `person_image_url`.
            garment_image: The picture of the garment, instead of `garment_image_url`.

        Returns: The result, or the job that will make it. Raises BadRequestError,
        AuthenticationError, PermissionDeniedError, RateLimitError, InternalServerError.
        Sent again only if it did not arrive, or after 429."""
        call = _create(
            person_image_url,
            garment_image_url,
            garment_mode,
            preprocess_garment,
            remove_background,
            person_image,
            garment_image,
            wait_for_result,
        )
        return self._core.call(call, options)

    def get_job(
        self, job_id: str, *, options: RequestOptions | None = None
    ) -> models.TryOnJobStatus:
        """Try On Job Status (Beta)

        Checks the status of a Try On job.
        When using the Try On API with wait_for_result set to false, it returns a job
        ID. This endpoint allows you to check the status of that job and retrieve the
        final result when processing is complete.

        Args:
            job_id: The ID of the job to check

        Returns: Job status retrieved successfully. Raises BadRequestError,
        AuthenticationError, NotFoundError, RateLimitError, InternalServerError. Safe to
        send again. See also `cancel_job`."""
        return self._core.send(POLL_TRY_ON_JOB, options, path=(job_id,))

    def start(
        self,
        *,
        person_image_url: str | None = None,
        garment_image_url: str | None = None,
        garment_mode: models.GarmentMode | None = None,
        preprocess_garment: bool | None = None,
        remove_background: bool | None = None,
        person_image: File | None = None,
        garment_image: File | None = None,
        options: RequestOptions | None = None,
    ) -> TryOnJob:
        """Start a job by `create(wait_for_result=False)`; arguments as there."""
        call = _create(
            person_image_url,
            garment_image_url,
            garment_mode,
            preprocess_garment,
            remove_background,
            person_image,
            garment_image,
            wait_for_result=False,
        )
        return start_job(TryOnJob, self._core, TRY_ON_JOB, call, ("job_id",), options)

    def job(self, job_id: str) -> TryOnJob:
        """Return the handle of an earlier try on job; nothing is sent. The API keeps
        its result for 1 hour."""
        return CancellableJob(self._core, TRY_ON_JOB, job_id)


class AsyncTryOn(AsyncResource):
    cancel_job = asynchronous(TryOn.cancel_job)
    create = asynchronous(TryOn.create)
    get_job = asynchronous(TryOn.get_job)
    start = asynchronous_start(TryOn.start, AsyncTryOnJob)

    def job(self, job_id: str) -> AsyncTryOnJob:
        """The asynchronous form of `TryOn.job`."""
        return AsyncCancellableJob(self._core, TRY_ON_JOB, job_id)


_CREATE = Operation(
    "try-on",
    "POST /v1/try-on",
    {"200": "TryOnResponse"},
    files=("person_image", "garment_image"),
    choices=(
        Choice(
            "multipart/form-data",
            groups=(("person_image",), ("person_image_url",)),
            most=1,
        ),
        Choice(
            "multipart/form-data",
            groups=(("garment_image",), ("garment_image_url",)),
            most=1,
        ),
    ),
)


def _create(
    person_image_url: str | None,
    garment_image_url: str | None,
    garment_mode: models.GarmentMode | None,
    preprocess_garment: bool | None,
    remove_background: bool | None,
    person_image: File | None,
    garment_image: File | None,
    wait_for_result: bool | None,
) -> Call[models.TryOnResponse]:
    if person_image is not None or garment_image is not None:
        return Call(
            _CREATE,
            body={
                "person_image_url": person_image_url,
                "garment_image_url": garment_image_url,
                "garment_mode": garment_mode,
                "preprocess_garment": preprocess_garment,
                "remove_background": remove_background,
                "wait_for_result": wait_for_result,
                "person_image": person_image,
                "garment_image": garment_image,
            },
            content_type="multipart/form-data",
        )
    if person_image_url is None:
        raise TypeError("person_image_url= is required for application/json")
    if garment_image_url is None:
        raise TypeError("garment_image_url= is required for application/json")
    return Call(
        _CREATE,
        body=given(
            {
                "person_image_url": person_image_url,
                "garment_image_url": garment_image_url,
                "garment_mode": garment_mode,
                "preprocess_garment": preprocess_garment,
                "remove_background": remove_background,
                "wait_for_result": wait_for_result,
            },
        ),
    )
