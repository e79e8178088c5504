"""Renders."""

from __future__ import annotations

from . import models
from ._jobs import (
    CANCEL_RENDER_JOB,
    POLL_RENDER_JOB,
    RENDER_JOB,
    AsyncRenderJob,
    RenderJob,
)
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.given import given
from ._runtime.jobs import (
    AsyncCancellableJob,
    CancellableJob,
    asynchronous_start,
    start_job,
)
from ._runtime.operation import Call, RequestOptions


class Renders(Resource):
    """`client.renders`."""

    def cancel(self, id: str, *, options: RequestOptions | None = None) -> None:
        """POST /renders/{id}/cancel

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.send_none(CANCEL_RENDER_JOB, options, path=(id,))

    def create(
        self,
        *,
        scene: str | None = None,
        wait: bool | None = None,
        options: RequestOptions | None = None,
    ) -> models.Render:
        """POST /renders

        Returns: Started. Sent again only if it did not arrive, or after 429."""
        return self._core.send(
            _CREATE, options, body=given({"scene": scene, "wait": wait})
        )

    def get(self, id: str, *, options: RequestOptions | None = None) -> models.Render:
        """GET /renders/{id}

        Safe to send again."""
        return self._core.send(POLL_RENDER_JOB, options, path=(id,))

    def start(
        self, *, scene: str | None = None, options: RequestOptions | None = None
    ) -> RenderJob:
        """Start a job by `create(wait=False)`; arguments as there."""
        call: Call[models.Render] = Call(
            _CREATE, body=given({"scene": scene, "wait": False})
        )
        return start_job(RenderJob, self._core, RENDER_JOB, call, ("id",), options)

    def job(self, job_id: str) -> RenderJob:
        """Return the handle of an earlier render job; nothing is sent."""
        return CancellableJob(self._core, RENDER_JOB, job_id)


class AsyncRenders(AsyncResource):
    cancel = asynchronous(Renders.cancel)
    create = asynchronous(Renders.create)
    get = asynchronous(Renders.get)
    start = asynchronous_start(Renders.start, AsyncRenderJob)

    def job(self, job_id: str) -> AsyncRenderJob:
        """The asynchronous form of `Renders.job`."""
        return AsyncCancellableJob(self._core, RENDER_JOB, job_id)


_CREATE = Operation("createRender", "POST /renders", {"202": "Render"})
