"""Renders."""

from __future__ import annotations

from . import models
from ._jobs import AsyncRenderJob, RenderJob
from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.job_declarations import JobCall, JobSpec, Refine, Schedule
from ._runtime.jobs import AsyncJob, Job, start_job, start_job_async
from ._runtime.operation import Call, RequestOptions


class Renders(Resource):
    """`client.renders`."""

    def cancel(self, id: str, *, options: RequestOptions | None = None) -> None:
        """POST /renders/{id}/cancel

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_CANCEL, path=(id,))
        return self._core.call(call, options)

    def create(
        self,
        *,
        scene: str | None = None,
        wait: bool | None = None,
        options: RequestOptions | None = None,
    ) -> models.Render:
        """POST /renders

        Sent again only if it did not arrive, or after 429.

        Returns:
            Started
        """
        body = models.CreateRenderRequest(scene=scene, wait=wait)
        return self._core.call(Call(_CREATE, body=body), options)

    def get(self, id: str, *, options: RequestOptions | None = None) -> models.Render:
        """GET /renders/{id}

        Sent again after a lost connection, 408, 425, 429 and 5xx.

        Returns:
            OK
        """
        return self._core.call(Call(_GET, path=(id,)), options)

    def start(
        self, *, scene: str | None = None, options: RequestOptions | None = None
    ) -> RenderJob:
        """Start a job by `create(wait=False)`; arguments as there."""
        body = models.CreateRenderRequest(scene=scene, wait=False)
        call: Call[models.Render] = Call(_CREATE, body=body)
        return start_job(self._core, _RENDER_JOB, call, ("id",), options)

    def job(self, job_id: str) -> RenderJob:
        """Return the handle of an earlier render job; nothing is sent."""
        return Job(self._core, _RENDER_JOB, job_id)


class AsyncRenders(AsyncResource):
    """The asynchronous form of `Renders`."""

    async def cancel(self, id: str, *, options: RequestOptions | None = None) -> None:
        """The asynchronous form of `Renders.cancel`."""
        call: Call[None] = Call(_CANCEL, path=(id,))
        return await self._core.call(call, options)

    async def create(
        self,
        *,
        scene: str | None = None,
        wait: bool | None = None,
        options: RequestOptions | None = None,
    ) -> models.Render:
        """The asynchronous form of `Renders.create`."""
        body = models.CreateRenderRequest(scene=scene, wait=wait)
        return await self._core.call(Call(_CREATE, body=body), options)

    async def get(
        self, id: str, *, options: RequestOptions | None = None
    ) -> models.Render:
        """The asynchronous form of `Renders.get`."""
        return await self._core.call(Call(_GET, path=(id,)), options)

    async def start(
        self, *, scene: str | None = None, options: RequestOptions | None = None
    ) -> AsyncRenderJob:
        """The asynchronous form of `Renders.start`."""
        body = models.CreateRenderRequest(scene=scene, wait=False)
        call: Call[models.Render] = Call(_CREATE, body=body)
        return await start_job_async(self._core, _RENDER_JOB, call, ("id",), options)

    def job(self, job_id: str) -> AsyncRenderJob:
        """The asynchronous form of `Renders.job`."""
        return AsyncJob(self._core, _RENDER_JOB, job_id)


_CANCEL = Operation(
    "cancelRender",
    "POST",
    ("/renders/", "id", "/cancel"),
    responses={"204": {}},
    retry_safe=True,
)
_CREATE = Operation(
    "createRender",
    "POST",
    ("/renders",),
    responses={"202": {"application/json": "Render"}},
)
_GET = Operation(
    "getRender",
    "GET",
    ("/renders/", "id", ""),
    responses={"200": {"application/json": "Render"}},
)

_RENDER_JOB: JobSpec[models.Render, str, object] = JobSpec(
    "render",
    poll=JobCall(_GET),
    cancel=JobCall(_CANCEL),
    too_late=((409, None),),
    state=("state",),
    states={"queued": "pending", "done": "succeeded", "failed": "failed"},
    refine=(Refine("failed", ("error", "code"), ("cancelled",), "cancelled"),),
    result=("url",),
    error_code=("error", "code"),
    error_message=("error", "message"),
    schedule=Schedule(minimum=0.001, maximum=0.002, timeout=5.0),
)
