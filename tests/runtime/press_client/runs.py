"""A resource with two kinds of jobs: one with a result, one of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsmith.runtime.client import AsyncCore, ClientSettings, Core
from clientsmith.runtime.jobs import (
    AsyncJob,
    Job,
    JobItems,
    JobSpec,
    Refine,
    Schedule,
    at,
    start_job,
    start_job_async,
)
from clientsmith.runtime.operation import Call, Operation, RequestOptions

if TYPE_CHECKING:
    from .models import Page, Run

SETTINGS = ClientSettings(package="press_client", base_url="https://press.example")


class Runs:
    def __init__(self, core: Core) -> None:
        self._core = core

    def start(self, *, title: str, options: RequestOptions | None = None) -> Job[Run, str, object]:
        return start_job(self._core, PRINT, _create(title=title), lambda answer: answer.id, options)

    def job(self, job_id: str) -> Job[Run, str, object]:
        return Job(self._core, PRINT, job_id)


class AsyncRuns:
    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def start(self, *, title: str, options: RequestOptions | None = None) -> AsyncJob[Run, str, object]:
        return await start_job_async(self._core, PRINT, _create(title=title), lambda answer: answer.id, options)

    def job(self, job_id: str) -> AsyncJob[Run, str, object]:
        return AsyncJob(self._core, PRINT, job_id)


_CREATE = Operation("create-run", "POST", ("/runs",), responses={"202": {"application/json": "Run"}})
_GET = Operation("get-run", "GET", ("/runs/", "id"), responses={"200": {"application/json": "Run"}})
_CANCEL = Operation("cancel-run", "POST", ("/runs/", "id", "/cancel"), retry_safe=True)


def _create(*, title: str) -> Call[Run]:
    return Call(_CREATE, body={"title": title}, content_type="application/json")


def _get(job_id: str) -> Call[Run]:
    return Call(_GET, path=(job_id,))


def _cancel(job_id: str) -> Call[None]:
    return Call(_CANCEL, path=(job_id,))


PRINT: JobSpec[Run, str, object] = JobSpec(
    "print",
    poll=_get,
    cancel=_cancel,
    too_late=((409, None), (400, "finished")),
    state=lambda snapshot: snapshot.status,
    states={
        "queued": "pending",
        "running": "pending",
        "held": "blocked",
        "done": "succeeded",
        "mostly": "partial",
        "failed": "failed",
    },
    refine=(
        Refine(
            "failed", lambda snapshot: snapshot.error.code if snapshot.error is not None else None, ("gone",), "expired"
        ),
        Refine("failed", lambda snapshot: at(snapshot, "error", "code"), ("gone", "stopped"), "cancelled"),
    ),
    result=lambda snapshot: snapshot.url,
    error_code=lambda snapshot: snapshot.error.code if snapshot.error is not None else None,
    error_message=lambda snapshot: snapshot.error.message if snapshot.error is not None else None,
    schedule=Schedule(first=2.0, minimum=1.0, maximum=5.0, factor=2.0, jitter=0.0, timeout=60.0),
)

BOOK: JobSpec[Run, list[str], Page] = JobSpec(
    "book",
    poll=_get,
    state=lambda snapshot: snapshot.status,
    states={"running": "pending", "done": "succeeded", "mostly": "partial", "failed": "failed"},
    error_code=lambda snapshot: snapshot.error.code if snapshot.error is not None else None,
    items=JobItems(
        at=lambda snapshot: snapshot.pages,
        id=lambda item: item.id,
        state=lambda item: item.state,
        succeeded=("done",),
        failed=("failed", "skipped"),
        failed_at=(lambda item: item.error,),
        missing_at=(lambda item: item.url,),
        result=lambda item: item.url,
        error_code=lambda item: item.error.code if item.error is not None else None,
        error_message=lambda item: item.error.message if item.error is not None else None,
    ),
    done=(lambda snapshot: snapshot.done, lambda snapshot: snapshot.failed),
    total=lambda snapshot: snapshot.total,
    schedule=Schedule(minimum=5.0, maximum=5.0, jitter=0.0, timeout=None),
)
