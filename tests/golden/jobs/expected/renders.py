"""Renders."""

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
from ._runtime.operation import Call, Operation, RequestOptions


class Renders:
    """`client.renders`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def cancel(self, id: str, *, options: RequestOptions | None = None) -> None:
        """POST /renders/{id}/cancel"""
        return self._core.call(_cancel(id), options)

    def create(
        self,
        *,
        scene: str | None = None,
        wait: bool | None = None,
        options: RequestOptions | None = None,
    ) -> models.Render:
        """POST /renders

        Returns:
            Started
        """
        return self._core.call(_create(scene=scene, wait=wait), options)

    def get(self, id: str, *, options: RequestOptions | None = None) -> models.Render:
        """GET /renders/{id}

        Returns:
            OK
        """
        return self._core.call(_get(id), options)

    def start(
        self,
        *,
        scene: str | None = None,
        options: RequestOptions | None = None,
    ) -> Job[models.Render, str, object]:
        """POST /renders

        Returns:
            A handle of the job: `wait()` for its result, or keep `id` and resume later.
        """
        return start_job(
            self._core,
            _RENDER_JOB,
            _create(scene=scene, wait=False),
            lambda answer: answer.id,
            options,
        )

    def job(self, job_id: str) -> Job[models.Render, str, object]:
        """A handle of a job that was started before, by its id; nothing is sent yet."""
        return Job(self._core, _RENDER_JOB, job_id)


class AsyncRenders:
    """`client.renders` of the asynchronous client."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def cancel(self, id: str, *, options: RequestOptions | None = None) -> None:
        """POST /renders/{id}/cancel"""
        return await self._core.call(_cancel(id), options)

    async def create(
        self,
        *,
        scene: str | None = None,
        wait: bool | None = None,
        options: RequestOptions | None = None,
    ) -> models.Render:
        """POST /renders

        Returns:
            Started
        """
        return await self._core.call(_create(scene=scene, wait=wait), options)

    async def get(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> models.Render:
        """GET /renders/{id}

        Returns:
            OK
        """
        return await self._core.call(_get(id), options)

    async def start(
        self,
        *,
        scene: str | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncJob[models.Render, str, object]:
        """POST /renders

        Returns:
            A handle of the job: `wait()` for its result, or keep `id` and resume later.
        """
        return await start_job_async(
            self._core,
            _RENDER_JOB,
            _create(scene=scene, wait=False),
            lambda answer: answer.id,
            options,
        )

    def job(self, job_id: str) -> AsyncJob[models.Render, str, object]:
        """A handle of a job that was started before, by its id; nothing is sent yet."""
        return AsyncJob(self._core, _RENDER_JOB, job_id)


_CANCEL = Operation(
    "cancelRender",
    "POST",
    ("/renders/", "id", "/cancel"),
    responses={"204": {}},
    retry_safe=True,
)


def _cancel(id: str) -> Call[None]:
    return Call(_CANCEL, path=(id,))


_CREATE = Operation(
    "createRender",
    "POST",
    ("/renders",),
    responses={"202": {"application/json": "Render"}},
)


def _create(
    *,
    scene: str | None = None,
    wait: bool | None = None,
) -> Call[models.Render]:
    return Call(
        _CREATE,
        body=models.CreateRenderRequest(scene=scene, wait=wait),
        content_type="application/json",
    )


_GET = Operation(
    "getRender",
    "GET",
    ("/renders/", "id", ""),
    responses={"200": {"application/json": "Render"}},
)


def _get(id: str) -> Call[models.Render]:
    return Call(_GET, path=(id,))


_RENDER_JOB: JobSpec[models.Render, str, object] = JobSpec(
    "render",
    poll=_get,
    cancel=_cancel,
    too_late=((409, None),),
    state=lambda snapshot: snapshot.state,
    states={"queued": "pending", "done": "succeeded", "failed": "failed"},
    refine=(
        Refine(
            "failed",
            lambda snapshot: (
                snapshot.error.code if snapshot.error is not None else None
            ),
            ("cancelled",),
            "cancelled",
        ),
    ),
    result=lambda snapshot: snapshot.url,
    error_code=lambda snapshot: (
        snapshot.error.code if snapshot.error is not None else None
    ),
    error_message=lambda snapshot: (
        snapshot.error.message if snapshot.error is not None else None
    ),
    schedule=Schedule(
        first=0.0,
        minimum=0.001,
        maximum=0.002,
        factor=1.5,
        jitter=0.25,
        timeout=5.0,
        rate=None,
    ),
)
