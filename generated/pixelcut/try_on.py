"""Try On: Put a garment on a person. Jobs can be waited for, looked up by id and
cancelled.
"""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncCore, Core
from ._runtime.jobs import (
    AsyncJob,
    Job,
    JobSpec,
    Refine,
    Schedule,
    start_job,
    start_job_async,
)
from ._runtime.multipart import File
from ._runtime.operation import Call, Operation, RequestOptions


class TryOn:
    """`client.try_on`: Put a garment on a person. Jobs can be waited for, looked up by
    id and cancelled.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

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
            person_image_url: The address of the picture of the person.
            garment_image_url: The address of the picture of the garment.
            garment_mode: What the garment covers; `auto`, the default, finds out.
            preprocess_garment: Whether the background of the garment's picture is
                removed first. The API's default is `true`.
            remove_background: Whether the background of the result is removed. The
                API's default is `false`.
            wait_for_result: Whether the answer waits for the result; if false, it is
                the id of a job.
            person_image: The picture of the person, instead of `person_image_url`.
            garment_image: The picture of the garment, instead of `garment_image_url`.

        Returns:
            The result, or the job that will make it

        Raises:
            BadRequestError: 400: The input could not be processed, often returned when
                the input image exceeds API limits.
            AuthenticationError: 401: The authentication token is missing or invalid.
            PermissionDeniedError: 403: The account has too few credits
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return self._core.call(
            _create(
                person_image_url=person_image_url,
                garment_image_url=garment_image_url,
                garment_mode=garment_mode,
                preprocess_garment=preprocess_garment,
                remove_background=remove_background,
                wait_for_result=wait_for_result,
                person_image=person_image,
                garment_image=garment_image,
            ),
            options,
        )

    def job_cancel(
        self,
        job_id: str,
        *,
        options: RequestOptions | None = None,
    ) -> models.TryOnJobCancelled:
        """Try On Job Cancel (Beta)

        **BETA** - This endpoint is currently in beta and may change without
        notice.<br/><br/>
        Cancels a Try On job that is currently pending or running.
        When a Try On job is submitted with wait_for_result set to false, it can be
        cancelled using this endpoint if it hasn't completed yet. Jobs that are already
        completed or failed cannot be cancelled.

        Args:
            job_id: The ID of the job to cancel

        Returns:
            Job cancelled successfully

        Raises:
            AuthenticationError: 401: The authentication token is missing or invalid.
            NotFoundError: 404: Job not found
            ConflictError: 409: Job has already finished and cannot be canceled
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return self._core.call(_job_cancel(job_id), options)

    def job_status(
        self,
        job_id: str,
        *,
        options: RequestOptions | None = None,
    ) -> models.TryOnJobStatus:
        """Try On Job Status (Beta)

        **BETA** - This endpoint is currently in beta and may change without
        notice.<br/><br/>
        Checks the status of a Try On job.
        When using the Try On API with wait_for_result set to false, it returns a job
        ID. This endpoint allows you to check the status of that job and retrieve the
        final result when processing is complete.

        Args:
            job_id: The ID of the job to check

        Returns:
            Job status retrieved successfully

        Raises:
            BadRequestError: 400: The input could not be processed, often returned when
                the input image exceeds API limits.
            AuthenticationError: 401: The authentication token is missing or invalid.
            NotFoundError: 404: Job not found
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return self._core.call(_job_status(job_id), options)

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
    ) -> Job[models.TryOnJobStatus, str, object]:
        """Try On (Beta)

        Puts a garment on a person.

        Give each image as a URL or as a file, not both; a file is sent as
        `multipart/form-data`. Images may have up to
        25 MB and from 64x64 to 6000x6000 pixels. With `wait_for_result` false the
        answer holds the id of a job at once,
        else the URL of the result.

        Args:
            person_image_url: The address of the picture of the person.
            garment_image_url: The address of the picture of the garment.
            garment_mode: What the garment covers; `auto`, the default, finds out.
            preprocess_garment: Whether the background of the garment's picture is
                removed first. The API's default is `true`.
            remove_background: Whether the background of the result is removed. The
                API's default is `false`.
            person_image: The picture of the person, instead of `person_image_url`.
            garment_image: The picture of the garment, instead of `garment_image_url`.

        Returns:
            A handle of the job: `wait()` for its result, or keep `id` and resume later.

        Raises:
            BadRequestError: 400: The input could not be processed, often returned when
                the input image exceeds API limits.
            AuthenticationError: 401: The authentication token is missing or invalid.
            PermissionDeniedError: 403: The account has too few credits
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return start_job(
            self._core,
            _TRY_ON_JOB,
            _create(
                person_image_url=person_image_url,
                garment_image_url=garment_image_url,
                garment_mode=garment_mode,
                preprocess_garment=preprocess_garment,
                remove_background=remove_background,
                wait_for_result=False,
                person_image=person_image,
                garment_image=garment_image,
            ),
            lambda answer: answer.job_id,
            options,
        )

    def job(self, job_id: str) -> Job[models.TryOnJobStatus, str, object]:
        """A handle of a job that was started before, by its id; nothing is sent yet."""
        return Job(self._core, _TRY_ON_JOB, job_id)


class AsyncTryOn:
    """`client.try_on` of the asynchronous client: Put a garment on a person. Jobs can
    be waited for, looked up by id and cancelled.
    """

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def create(
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
            person_image_url: The address of the picture of the person.
            garment_image_url: The address of the picture of the garment.
            garment_mode: What the garment covers; `auto`, the default, finds out.
            preprocess_garment: Whether the background of the garment's picture is
                removed first. The API's default is `true`.
            remove_background: Whether the background of the result is removed. The
                API's default is `false`.
            wait_for_result: Whether the answer waits for the result; if false, it is
                the id of a job.
            person_image: The picture of the person, instead of `person_image_url`.
            garment_image: The picture of the garment, instead of `garment_image_url`.

        Returns:
            The result, or the job that will make it

        Raises:
            BadRequestError: 400: The input could not be processed, often returned when
                the input image exceeds API limits.
            AuthenticationError: 401: The authentication token is missing or invalid.
            PermissionDeniedError: 403: The account has too few credits
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return await self._core.call(
            _create(
                person_image_url=person_image_url,
                garment_image_url=garment_image_url,
                garment_mode=garment_mode,
                preprocess_garment=preprocess_garment,
                remove_background=remove_background,
                wait_for_result=wait_for_result,
                person_image=person_image,
                garment_image=garment_image,
            ),
            options,
        )

    async def job_cancel(
        self,
        job_id: str,
        *,
        options: RequestOptions | None = None,
    ) -> models.TryOnJobCancelled:
        """Try On Job Cancel (Beta)

        **BETA** - This endpoint is currently in beta and may change without
        notice.<br/><br/>
        Cancels a Try On job that is currently pending or running.
        When a Try On job is submitted with wait_for_result set to false, it can be
        cancelled using this endpoint if it hasn't completed yet. Jobs that are already
        completed or failed cannot be cancelled.

        Args:
            job_id: The ID of the job to cancel

        Returns:
            Job cancelled successfully

        Raises:
            AuthenticationError: 401: The authentication token is missing or invalid.
            NotFoundError: 404: Job not found
            ConflictError: 409: Job has already finished and cannot be canceled
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return await self._core.call(_job_cancel(job_id), options)

    async def job_status(
        self,
        job_id: str,
        *,
        options: RequestOptions | None = None,
    ) -> models.TryOnJobStatus:
        """Try On Job Status (Beta)

        **BETA** - This endpoint is currently in beta and may change without
        notice.<br/><br/>
        Checks the status of a Try On job.
        When using the Try On API with wait_for_result set to false, it returns a job
        ID. This endpoint allows you to check the status of that job and retrieve the
        final result when processing is complete.

        Args:
            job_id: The ID of the job to check

        Returns:
            Job status retrieved successfully

        Raises:
            BadRequestError: 400: The input could not be processed, often returned when
                the input image exceeds API limits.
            AuthenticationError: 401: The authentication token is missing or invalid.
            NotFoundError: 404: Job not found
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return await self._core.call(_job_status(job_id), options)

    async def start(
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
    ) -> AsyncJob[models.TryOnJobStatus, str, object]:
        """Try On (Beta)

        Puts a garment on a person.

        Give each image as a URL or as a file, not both; a file is sent as
        `multipart/form-data`. Images may have up to
        25 MB and from 64x64 to 6000x6000 pixels. With `wait_for_result` false the
        answer holds the id of a job at once,
        else the URL of the result.

        Args:
            person_image_url: The address of the picture of the person.
            garment_image_url: The address of the picture of the garment.
            garment_mode: What the garment covers; `auto`, the default, finds out.
            preprocess_garment: Whether the background of the garment's picture is
                removed first. The API's default is `true`.
            remove_background: Whether the background of the result is removed. The
                API's default is `false`.
            person_image: The picture of the person, instead of `person_image_url`.
            garment_image: The picture of the garment, instead of `garment_image_url`.

        Returns:
            A handle of the job: `wait()` for its result, or keep `id` and resume later.

        Raises:
            BadRequestError: 400: The input could not be processed, often returned when
                the input image exceeds API limits.
            AuthenticationError: 401: The authentication token is missing or invalid.
            PermissionDeniedError: 403: The account has too few credits
            RateLimitError: 429: Rate limit exceeded
            InternalServerError: 500: Internal service error
        """
        return await start_job_async(
            self._core,
            _TRY_ON_JOB,
            _create(
                person_image_url=person_image_url,
                garment_image_url=garment_image_url,
                garment_mode=garment_mode,
                preprocess_garment=preprocess_garment,
                remove_background=remove_background,
                wait_for_result=False,
                person_image=person_image,
                garment_image=garment_image,
            ),
            lambda answer: answer.job_id,
            options,
        )

    def job(self, job_id: str) -> AsyncJob[models.TryOnJobStatus, str, object]:
        """A handle of a job that was started before, by its id; nothing is sent yet."""
        return AsyncJob(self._core, _TRY_ON_JOB, job_id)


_CREATE = Operation(
    "try-on",
    "POST",
    ("/v1/try-on",),
    responses={
        "200": {"application/json": "TryOnResponse"},
        "400": {"application/json": "Error400"},
        "401": {"application/json": "Error401"},
        "403": {"application/json": "Error403"},
        "429": {"application/json": "Error429"},
        "500": {},
    },
    security=(("ApiKeyAuth",),),
    retry_statuses=(500,),
    files=("person_image", "garment_image"),
)


def _create(
    *,
    person_image_url: str | None = None,
    garment_image_url: str | None = None,
    garment_mode: models.GarmentMode | None = None,
    preprocess_garment: bool | None = None,
    remove_background: bool | None = None,
    wait_for_result: bool | None = None,
    person_image: File | None = None,
    garment_image: File | None = None,
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
    return Call(
        _CREATE,
        body=models.TryOnRequest(
            person_image_url=person_image_url,
            garment_image_url=garment_image_url,
            garment_mode=garment_mode,
            preprocess_garment=preprocess_garment,
            remove_background=remove_background,
            wait_for_result=wait_for_result,
        ),
        content_type="application/json",
    )


_JOB_CANCEL = Operation(
    "try-on-job-cancel",
    "POST",
    ("/v1/try-on/job/", "jobId", "/cancel"),
    responses={
        "200": {"application/json": "TryOnJobCancelled"},
        "401": {"application/json": "Error401"},
        "404": {"application/json": "Error404"},
        "409": {"application/json": "TryOnJobFinished"},
        "429": {"application/json": "Error429"},
        "500": {},
    },
    security=(("ApiKeyAuth",),),
    retry_safe=True,
)


def _job_cancel(job_id: str) -> Call[models.TryOnJobCancelled]:
    return Call(_JOB_CANCEL, path=(job_id,))


_JOB_STATUS = Operation(
    "try-on-job-status",
    "GET",
    ("/v1/try-on/job/", "jobId", ""),
    responses={
        "200": {"application/json": "TryOnJobStatus"},
        "400": {"application/json": "Error400"},
        "401": {"application/json": "Error401"},
        "404": {"application/json": "Error404"},
        "429": {"application/json": "Error429"},
        "500": {},
    },
    security=(("ApiKeyAuth",),),
)


def _job_status(job_id: str) -> Call[models.TryOnJobStatus]:
    return Call(_JOB_STATUS, path=(job_id,))


_TRY_ON_JOB: JobSpec[models.TryOnJobStatus, str, object] = JobSpec(
    "try_on",
    poll=_job_status,
    cancel=_job_cancel,
    too_late=((409, None),),
    state=lambda snapshot: snapshot.status,
    states={
        "pending": "pending",
        "running": "pending",
        "completed": "succeeded",
        "failed": "failed",
    },
    refine=(
        Refine(
            "failed",
            lambda snapshot: (
                snapshot.error.error_code if snapshot.error is not None else None
            ),
            ("job_cancelled",),
            "cancelled",
        ),
        Refine(
            "failed",
            lambda snapshot: (
                snapshot.error.error_code if snapshot.error is not None else None
            ),
            ("job_expired",),
            "expired",
        ),
    ),
    result=lambda snapshot: snapshot.result_url,
    error_code=lambda snapshot: (
        snapshot.error.error_code if snapshot.error is not None else None
    ),
    error_message=lambda snapshot: (
        snapshot.error.message if snapshot.error is not None else None
    ),
    schedule=Schedule(
        first=0.0,
        minimum=1.0,
        maximum=5.0,
        factor=1.5,
        jitter=0.25,
        timeout=300.0,
        rate=5.0,
    ),
)
