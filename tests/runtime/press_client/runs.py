"""A resource with two kinds of jobs: one with a result, one of items."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from clientsmith.runtime.client import AsyncCore, Core
from clientsmith.runtime.declarations import ClientSettings, Operation
from clientsmith.runtime.job_declarations import JobCall, JobSpec, Refine, Schedule
from clientsmith.runtime.job_item_declarations import JobItems
from clientsmith.runtime.jobs import AsyncCancellableJob, CancellableJob, asynchronous_start, start_job
from clientsmith.runtime.operation import Call, RequestOptions

if TYPE_CHECKING:
    from .models import Page, Run

PrintJob: TypeAlias = "CancellableJob[Run, str, object]"
AsyncPrintJob: TypeAlias = "AsyncCancellableJob[Run, str, object]"

SETTINGS = ClientSettings(package="press_client", base_url="https://press.example")


class Runs:
    def __init__(self, core: Core) -> None:
        self._core = core

    def start(self, *, title: str, options: RequestOptions | None = None) -> PrintJob:
        return start_job(PrintJob, self._core, PRINT, _create(title=title), ("id",), options)

    def job(self, job_id: str) -> PrintJob:
        return CancellableJob(self._core, PRINT, job_id)


class AsyncRuns:
    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    start = asynchronous_start(Runs.start, AsyncPrintJob)

    def job(self, job_id: str) -> AsyncPrintJob:
        return AsyncCancellableJob(self._core, PRINT, job_id)


_CREATE = Operation("create-run", "POST /runs", responses={"202": "Run"})
_GET = Operation("get-run", "GET /runs/{id}", responses={"200": "Run"})
_CANCEL = Operation("cancel-run", "POST /runs/{id}/cancel", {}, retry_safe=True)


def _create(*, title: str) -> Call[Run]:
    return Call(_CREATE, body={"title": title}, content_type="application/json")


PRINT: JobSpec[Run, str, object] = JobSpec(
    "print",
    poll=JobCall(_GET),
    cancel=JobCall(_CANCEL),
    too_late=((409, None), (400, "finished")),
    state=("status",),
    states={
        "queued": "pending",
        "running": "pending",
        "held": "blocked",
        "done": "succeeded",
        "mostly": "partial",
        "failed": "failed",
    },
    refine=(
        Refine("failed", ("error", "code"), ("gone",), "expired"),
        Refine("failed", ("error", "code"), ("gone", "stopped"), "cancelled"),
    ),
    result=("url",),
    error_code=("error", "code"),
    error_message=("error", "message"),
    schedule=Schedule(first=2.0, minimum=1.0, maximum=5.0, factor=2.0, jitter=0.0, timeout=60.0),
)

BOOK: JobSpec[Run, list[str], Page] = JobSpec(
    "book",
    poll=JobCall(_GET),
    state=("status",),
    states={"running": "pending", "done": "succeeded", "mostly": "partial", "failed": "failed"},
    error_code=("error", "code"),
    items=JobItems(
        at=("pages",),
        id=("id",),
        state=("state",),
        succeeded=("done",),
        failed=("failed", "skipped"),
        failed_at=(("error",),),
        missing_at=(("url",),),
        result=("url",),
        error_code=("error", "code"),
        error_message=("error", "message"),
    ),
    done=(("done",), ("failed",)),
    total=("total",),
    schedule=Schedule(minimum=5.0, maximum=5.0, jitter=0.0, timeout=None),
)
