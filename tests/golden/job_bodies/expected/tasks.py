"""Tasks."""

from __future__ import annotations

from typing import Literal

from . import models
from ._jobs import CANCEL_TRANSCRIPT_JOB, POLL_TRANSCRIPT_JOB
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.operation import RequestOptions


class Tasks(Resource):
    """`client.tasks`."""

    def query(
        self,
        *,
        task: str,
        kind: Literal["transcript"] = "transcript",
        options: RequestOptions | None = None,
    ) -> models.Task:
        """POST /tasks/query

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.send(
            POLL_TRANSCRIPT_JOB, options, body={"task": task, "kind": kind}
        )

    def stop(
        self,
        *,
        task: str,
        kind: Literal["transcript"] = "transcript",
        options: RequestOptions | None = None,
    ) -> None:
        """POST /tasks/stop

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.send_none(
            CANCEL_TRANSCRIPT_JOB, options, body={"task": task, "kind": kind}
        )


class AsyncTasks(AsyncResource):
    query = asynchronous(Tasks.query)
    stop = asynchronous(Tasks.stop)
