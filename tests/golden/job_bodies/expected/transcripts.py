"""Transcripts."""

from __future__ import annotations

from . import models
from ._jobs import TRANSCRIPT_JOB, AsyncTranscriptJob, TranscriptJob
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.jobs import (
    AsyncCancellableJob,
    CancellableJob,
    asynchronous_start,
    start_job,
)
from ._runtime.operation import Call, RequestOptions


class Transcripts(Resource):
    """`client.transcripts`."""

    def start(
        self, *, url: str, options: RequestOptions | None = None
    ) -> TranscriptJob:
        """Start a job by `start_()`; arguments as there."""
        call: Call[models.StartTranscriptResponse] = Call(_START, body={"url": url})
        return start_job(
            TranscriptJob, self._core, TRANSCRIPT_JOB, call, ("task", "number"), options
        )

    def start_(
        self, *, url: str, options: RequestOptions | None = None
    ) -> models.StartTranscriptResponse:
        """POST /transcripts

        Returns: Started. Sent again only if it did not arrive, or after 429."""
        return self._core.send(_START, options, body={"url": url})

    def job(self, job_id: str) -> TranscriptJob:
        """Return the handle of an earlier transcript job; nothing is sent. The API
        keeps the job for 7 days and its result for 90 minutes."""
        return CancellableJob(self._core, TRANSCRIPT_JOB, job_id)


class AsyncTranscripts(AsyncResource):
    start = asynchronous_start(Transcripts.start, AsyncTranscriptJob)
    start_ = asynchronous(Transcripts.start_)

    def job(self, job_id: str) -> AsyncTranscriptJob:
        """The asynchronous form of `Transcripts.job`."""
        return AsyncCancellableJob(self._core, TRANSCRIPT_JOB, job_id)


_START = Operation(
    "startTranscript", "POST /transcripts", {"200": "StartTranscriptResponse"}
)
