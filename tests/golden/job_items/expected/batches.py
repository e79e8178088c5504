"""Batches."""

from __future__ import annotations

from typing import Literal

from . import models
from ._jobs import (
    BATCH_JOB,
    CANCEL_BATCH_JOB,
    CHECK_JOB,
    POLL_BATCH_JOB,
    AsyncBatchJob,
    AsyncCheckJob,
    BatchJob,
    CheckJob,
)
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.jobs import (
    AsyncCancellableJob,
    AsyncJob,
    CancellableJob,
    Job,
    asynchronous_start,
    start_job,
)
from ._runtime.operation import Call, RequestOptions


class Batches(Resource):
    """`client.batches`."""

    def cancel(
        self, *, batch: str | None = None, options: RequestOptions | None = None
    ) -> None:
        """POST /batches/cancel

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.send_none(CANCEL_BATCH_JOB, options, query={"batch": batch})

    def get(
        self,
        *,
        x_batch: str,
        x_version: Literal["2"] = "2",
        view: Literal["full"] = "full",
        options: RequestOptions | None = None,
    ) -> models.Batch:
        """GET /batches

        Safe to send again."""
        query = {"view": view}
        header = {"X-Batch": x_batch, "X-Version": x_version}
        return self._core.send(POLL_BATCH_JOB, options, query=query, header=header)

    def start_batch(self, *, options: RequestOptions | None = None) -> BatchJob:
        """Start a job by `update()`; arguments as there."""
        call: Call[models.CreateBatchResponse] = Call(_UPDATE)
        return start_job(
            BatchJob, self._core, BATCH_JOB, call, ("batch", "id"), options
        )

    def start_check(self, *, options: RequestOptions | None = None) -> CheckJob:
        """Start a job by `update()`; arguments as there."""
        call: Call[models.CreateBatchResponse] = Call(_UPDATE)
        return start_job(
            CheckJob, self._core, CHECK_JOB, call, ("batch", "id"), options
        )

    def update(
        self, *, options: RequestOptions | None = None
    ) -> models.CreateBatchResponse:
        """POST /batches

        Returns: Taken. Sent again only if it did not arrive, or after 429."""
        return self._core.send(_UPDATE, options)

    def batch_job(self, job_id: str) -> BatchJob:
        """Return the handle of an earlier batch job; nothing is sent."""
        return CancellableJob(self._core, BATCH_JOB, job_id)

    def check_job(self, job_id: str) -> CheckJob:
        """Return the handle of an earlier check job; nothing is sent."""
        return Job(self._core, CHECK_JOB, job_id)


class AsyncBatches(AsyncResource):
    cancel = asynchronous(Batches.cancel)
    get = asynchronous(Batches.get)
    start_batch = asynchronous_start(Batches.start_batch, AsyncBatchJob)
    start_check = asynchronous_start(Batches.start_check, AsyncCheckJob)
    update = asynchronous(Batches.update)

    def batch_job(self, job_id: str) -> AsyncBatchJob:
        """The asynchronous form of `Batches.batch_job`."""
        return AsyncCancellableJob(self._core, BATCH_JOB, job_id)

    def check_job(self, job_id: str) -> AsyncCheckJob:
        """The asynchronous form of `Batches.check_job`."""
        return AsyncJob(self._core, CHECK_JOB, job_id)


_UPDATE = Operation("createBatch", "POST /batches", {"202": "CreateBatchResponse"})
