"""Batches."""

from __future__ import annotations

from typing import Literal

from . import models
from ._jobs import AsyncBatchJob, AsyncCheckJob, BatchJob, CheckJob
from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.job_declarations import JobCall, JobItems, JobSpec, Schedule
from ._runtime.jobs import AsyncJob, Job, start_job, start_job_async
from ._runtime.operation import Call, RequestOptions


class Batches(Resource):
    """`client.batches`."""

    def cancel(
        self, *, batch: str | None = None, options: RequestOptions | None = None
    ) -> None:
        """POST /batches/cancel

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_CANCEL, query={"batch": batch})
        return self._core.call(call, options)

    def get(
        self,
        *,
        x_batch: str,
        x_version: Literal["2"] = "2",
        view: Literal["full"] = "full",
        options: RequestOptions | None = None,
    ) -> models.Batch:
        """GET /batches

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Returns:
            OK
        """
        call: Call[models.Batch] = Call(
            _GET,
            query={"view": view},
            header={"X-Batch": x_batch, "X-Version": x_version},
        )
        return self._core.call(call, options)

    def start_batch(self, *, options: RequestOptions | None = None) -> BatchJob:
        """Start a job by `update()`; arguments as there."""
        call: Call[models.CreateBatchResponse] = Call(_UPDATE)
        return start_job(self._core, _BATCH_JOB, call, ("batch", "id"), options)

    def start_check(self, *, options: RequestOptions | None = None) -> CheckJob:
        """Start a job by `update()`; arguments as there."""
        call: Call[models.CreateBatchResponse] = Call(_UPDATE)
        return start_job(self._core, _CHECK_JOB, call, ("batch", "id"), options)

    def update(
        self, *, options: RequestOptions | None = None
    ) -> models.CreateBatchResponse:
        """POST /batches

        Sent again only if it did not arrive, or after 429.

        Returns:
            Taken
        """
        return self._core.call(Call(_UPDATE), options)

    def batch_job(self, job_id: str) -> BatchJob:
        """Return the handle of an earlier batch job; nothing is sent."""
        return Job(self._core, _BATCH_JOB, job_id)

    def check_job(self, job_id: str) -> CheckJob:
        """Return the handle of an earlier check job; nothing is sent."""
        return Job(self._core, _CHECK_JOB, job_id)


class AsyncBatches(AsyncResource):
    """The asynchronous form of `Batches`."""

    async def cancel(
        self, *, batch: str | None = None, options: RequestOptions | None = None
    ) -> None:
        """The asynchronous form of `Batches.cancel`."""
        call: Call[None] = Call(_CANCEL, query={"batch": batch})
        return await self._core.call(call, options)

    async def get(
        self,
        *,
        x_batch: str,
        x_version: Literal["2"] = "2",
        view: Literal["full"] = "full",
        options: RequestOptions | None = None,
    ) -> models.Batch:
        """The asynchronous form of `Batches.get`."""
        call: Call[models.Batch] = Call(
            _GET,
            query={"view": view},
            header={"X-Batch": x_batch, "X-Version": x_version},
        )
        return await self._core.call(call, options)

    async def start_batch(
        self, *, options: RequestOptions | None = None
    ) -> AsyncBatchJob:
        """The asynchronous form of `Batches.start_batch`."""
        call: Call[models.CreateBatchResponse] = Call(_UPDATE)
        return await start_job_async(
            self._core, _BATCH_JOB, call, ("batch", "id"), options
        )

    async def start_check(
        self, *, options: RequestOptions | None = None
    ) -> AsyncCheckJob:
        """The asynchronous form of `Batches.start_check`."""
        call: Call[models.CreateBatchResponse] = Call(_UPDATE)
        return await start_job_async(
            self._core, _CHECK_JOB, call, ("batch", "id"), options
        )

    async def update(
        self, *, options: RequestOptions | None = None
    ) -> models.CreateBatchResponse:
        """The asynchronous form of `Batches.update`."""
        return await self._core.call(Call(_UPDATE), options)

    def batch_job(self, job_id: str) -> AsyncBatchJob:
        """The asynchronous form of `Batches.batch_job`."""
        return AsyncJob(self._core, _BATCH_JOB, job_id)

    def check_job(self, job_id: str) -> AsyncCheckJob:
        """The asynchronous form of `Batches.check_job`."""
        return AsyncJob(self._core, _CHECK_JOB, job_id)


_CANCEL = Operation(
    "cancelBatch", "POST", ("/batches/cancel",), responses={"204": {}}, retry_safe=True
)
_GET = Operation(
    "getBatch", "GET", ("/batches",), responses={"200": {"application/json": "Batch"}}
)
_UPDATE = Operation(
    "createBatch",
    "POST",
    ("/batches",),
    responses={"202": {"application/json": "CreateBatchResponse"}},
)

_BATCH_JOB: JobSpec[models.Batch, list[str], models.Row] = JobSpec(
    "batch",
    poll=JobCall(
        _GET,
        location="header",
        name="X-Batch",
        query={"view": "full"},
        header={"X-Version": "2"},
    ),
    cancel=JobCall(_CANCEL, location="query", name="batch"),
    too_late=((409, "over"),),
    state=("state",),
    states={"open": "pending", "held": "blocked", "done": "succeeded"},
    items=JobItems(
        at=("rows",),
        id=("id",),
        state=("state",),
        succeeded=("good",),
        failed=("bad",),
        failed_at=(("error",),),
        missing_at=(("url",),),
        result=("url",),
        error_code=("error", "code"),
        error_message=("error", "text"),
    ),
    done=(("good",), ("bad",)),
    total=("all",),
    schedule=Schedule(
        first=0.001,
        minimum=0.002,
        maximum=0.003,
        factor=1.25,
        jitter=0.0,
        timeout=9.0,
        rate=500.0,
    ),
    unknown="raise",
    not_found_grace=2.0,
)

_CHECK_JOB: JobSpec[models.Batch, object, object] = JobSpec(
    "check",
    poll=JobCall(
        Operation(
            "getCheck",
            "GET",
            ("/checks/", "id", ""),
            responses={"200": {"application/json": "Batch"}},
        ),
    ),
    state=("state",),
    states={"open": "pending", "held": "blocked", "done": "succeeded"},
)
