"""Handles of jobs that run on the server: start, poll, wait, cancel, resume. What a
response means is in `job_snapshots`.

    job = client.try_on.start(...)         job.refresh()   one poll; a failed job is no
    error done = job.wait(timeout=120)           job.cancel()    False when it was over
    already done.result                            client.try_on.job(job.id)   takes it
    up again

`wait` polls at the pace of the schedule, later if `Retry-After` asks for it (a minute
at most), until the job or the time is over; lost connections, 408, 425, 429 and 5xx do
not end it. All of it is one flow, which `Job` runs blocking and `AsyncJob` on
asyncio."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, assert_never, cast

from .client import AsyncCore, Core, asynchronous, recording
from .codec import warn_of_drift
from .declarations import UNSET, Operation, Unset, is_repeated
from .errors import APIConnectionError, APIError, APIStatusError, ResponseDecodeError
from .flow import NOW, Flow, Sleep
from .job_declarations import JobCall, JobSpec, JobState, Part, Path, R, S
from .job_errors import ENDS, JobBlocked, JobError, JobPartiallyFailed, JobTimeout
from .job_snapshots import JobProgress, JobResult, Verdict, value_at, verdict_on
from .operation import ApiResponse, Call, RequestOptions
from .params import compact_json
from .retry import LONGEST_PAUSE, retry_after
from .transport import Response, without_query

A = TypeVar("A")
P = ParamSpec("P")
AnyCore = TypeVar("AnyCore", Core, AsyncCore)

LAST_POLL = 1.0
"""Seconds that are kept for the last poll."""
CANCELLING = 5.0
"""Seconds that a cancel may take when the wait is interrupted."""


class _Handle(Generic[AnyCore, S, R, Part]):
    """What `Job` and `AsyncJob` have in common: everything but who carries the flows
    out."""

    def __init__(
        self, core: AnyCore, spec: JobSpec[S, R, Part], job_id: str, first: float = 0.0
    ) -> None:
        """`job_id`: an id, or the token of a job of the same kind; `first`: seconds to
        wait before the first poll.

        Raises ValueError for the token of another kind and an id that is empty,
        TypeError for one that is no text.
        """
        if not isinstance(cast("object", job_id), str):
            raise TypeError(
                f"the id of a {spec.name} job is {job_id!r}: it must be text"
            )
        self._core: AnyCore = core
        self._spec = spec
        self.id = _id_within(job_id, spec.name)
        if not self.id.strip():
            raise ValueError(f"the id of a {spec.name} job is empty")
        self.state: JobState | None = None
        """As of the last poll; None before the first."""
        self.snapshot: S | None = None
        """The decoded response to the last poll; None before the first."""
        self._first = first
        self._warned: set[str | None] = set()

    def token(self) -> str:
        """The job's kind and id as text, for `client.<resource>.job`; no secret."""
        return compact_json({"v": 1, "job": self._spec.name, "id": self.id})

    def __repr__(self) -> str:
        state = self.state or "not polled yet"
        return f"<{type(self).__name__} {self._spec.name} {self.id!r}, {state}>"

    def _poll(
        self, options: RequestOptions | None
    ) -> Flow[tuple[Verdict[S, Part], ApiResponse[Any]]]:
        """One poll. Raises APIError."""
        given, seen = recording(options)
        call: Call[S] = _call_of(self._spec.poll, self.id)
        snapshot = yield from self._call(call, given)
        verdict = verdict_on(snapshot, self._spec)
        self.snapshot, self.state = snapshot, verdict.state
        if verdict.state == "unknown" and verdict.status not in self._warned:
            self._warned.add(verdict.status)
            told = self._core.codec.told[self._spec.poll.operation.id]
            if f"{verdict.status!r:.80}" in {value for _, value in told}:
                return verdict, seen[-1]  # a value that its enumeration lacks
            text = f"{self._named()} has the undescribed status {verdict.status!r}"
            warn_of_drift(text, self._core.settings.package)
        return verdict, seen[-1]

    def _call(self, call: Call[A], options: RequestOptions | None) -> Flow[A]:
        try:
            return (yield from self._core.flow(call, options))
        except APIStatusError as error:
            error.job_id = self.id
            raise
        except APIError as error:
            error.add_note(f"about {self._named()}")
            raise

    def _cancelled(self, options: RequestOptions | None) -> Flow[bool]:
        if self._spec.cancel is None:
            text = f"{self._named()} cannot be cancelled"
            raise JobError(text, job_id=self.id, snapshot=self.snapshot)
        try:
            yield from self._call(_call_of(self._spec.cancel, self.id), options)
        except APIStatusError as error:
            for status, code in self._spec.too_late:
                if error.status == status and code in (None, error.error_code):
                    return False
            raise
        return True

    def _cancelling(self, flow: Flow[A], options: RequestOptions | None) -> Flow[A]:
        """Cancels the job when `flow` is interrupted."""
        try:
            return (yield from flow)
        except BaseException as error:
            # Ctrl-C and cancellation are no `Exception`; closed flows may not yield.
            interrupted = not isinstance(error, (Exception, GeneratorExit))
            if interrupted and self._spec.cancel is not None:
                limit: RequestOptions = {"deadline": CANCELLING, "timeout": CANCELLING}
                with suppress(BaseException):
                    yield from self._cancelled({**(options or {}), **limit})
            raise

    def _waited(
        self,
        timeout: float | Unset | None,
        on_progress: Callable[[JobProgress[S]], object] | None,
        raise_on_partial: bool,
        options: RequestOptions | None,
    ) -> Flow[JobResult[S, R, Part]]:
        schedule, spec = self._spec.schedule, self._spec
        timeout = schedule.timeout if timeout is UNSET else timeout
        if timeout is not None and not timeout > 0:
            needed = "it must be more than 0 seconds, or None"
            raise ValueError(f"timeout is {timeout!r}: {needed}")
        started: float = yield NOW
        ends = math.inf if timeout is None else started + timeout
        polls, interval = 0, schedule.minimum
        pause, self._first = self._first, 0.0
        trouble: APIError | None = None
        now = started
        while True:
            last = now + pause >= ends
            if last:
                pause = max(0.0, ends - now - min(LAST_POLL, (ends - now) / 2))
            if pause:
                yield Sleep(pause)
                now = yield NOW
            if now >= ends:
                break
            polls += 1
            asked: float | None = None
            given = _for_a_poll(options or {}, ends - now)
            try:
                verdict, response = yield from self._poll(given)
            except (APIConnectionError, APIStatusError) as error:
                now = yield NOW
                if not _is_passing(error, now - started < spec.not_found_grace):
                    raise
                trouble = error
                if isinstance(error, APIStatusError):
                    asked = error.retry_after
            else:
                now = yield NOW
                trouble, asked = None, retry_after(response.headers)
                if on_progress is not None:
                    on_progress(verdict.progress(spec, now - started))
                    now = yield NOW
                if self._is_over(verdict, raise_on_partial):
                    return self._result(verdict, response, polls, now - started)
            if last:
                break
            asked = min(asked or 0.0, LONGEST_PAUSE)
            pause = max(schedule.pause(interval, self._core.jitter), asked)
            interval = min(interval * schedule.factor, schedule.maximum)
        text = f"{self._named()} was not over after {timeout or 0:g} s"
        raise JobTimeout(text, job_id=self.id, snapshot=self.snapshot) from trouble

    def _is_over(self, verdict: Verdict[S, Part], raise_on_partial: bool) -> bool:
        """Whether there is a result. Raises JobError when there will be none."""
        about: Any = {"job_id": self.id, "snapshot": verdict.snapshot}
        match verdict.state:
            case "pending":
                return False
            case "unknown":
                if self._spec.unknown == "poll":
                    return False
                text = f"{self._named()} has the undescribed status {verdict.status!r}"
                raise JobError(text, **about)
            case "blocked":
                text = f"{self._named()} waits for somebody to act: {verdict.status}"
                raise JobBlocked(text, **about)
            case "succeeded":
                return True
            case "partial" if not raise_on_partial:
                return True
            case "partial" | "failed" | "cancelled" | "expired":
                raise self._failure(verdict)
            case _:
                assert_never(verdict.state)

    def _failure(self, verdict: Verdict[S, Part]) -> JobError:
        kind, words = ENDS[verdict.state]
        if verdict.state in ("failed", "partial") and verdict.items:
            words += f" ({len(verdict.failed_items)} of {len(verdict.items)} items)"
        reason = f": {verdict.reason}" if verdict.reason else ""
        text = f"{self._named()} {words}{reason}"
        about: Any = {"code": verdict.code, "message": verdict.message}
        error = kind(text, job_id=self.id, snapshot=verdict.snapshot, **about)
        error.hide(one.value for one in self._core.credentials.values())
        if isinstance(error, JobPartiallyFailed):
            error.result = verdict.result(self._spec)
        return error

    def _result(
        self,
        verdict: Verdict[S, Part],
        response: ApiResponse[Any],
        polls: int,
        elapsed: float,
    ) -> JobResult[S, R, Part]:
        result: Any = verdict.result(self._spec)
        if result is None:
            text = f"{self._named()} succeeded, but the response holds no result"
            raise _undecodable(text, self._spec.poll.operation, response)
        items = verdict.items, verdict.ok_items, verdict.failed_items
        partial = verdict.state == "partial"
        return JobResult(result, verdict.snapshot, *items, partial, polls, elapsed)

    def _named(self) -> str:
        return f"{self._spec.name} job {self.id!r}"


class Job(_Handle[Core, S, R, Part]):
    """A job on the server, e.g. `<Job try_on '6ba7b810', pending>`; making one of an id
    sends nothing."""

    def wait(
        self,
        *,
        timeout: float | Unset | None = UNSET,
        on_progress: Callable[[JobProgress[S]], object] | None = None,
        raise_on_partial: bool = False,
        cancel_on_interrupt: bool = False,
        options: RequestOptions | None = None,
    ) -> JobResult[S, R, Part]:
        """The job's result, once it is there.

        Args:
            timeout: seconds to wait in all; left out, what the API's declaration
                states; None, without limit.
            on_progress: called after every poll.
            raise_on_partial: raise JobPartiallyFailed when some items failed, instead
                of giving the others.
            cancel_on_interrupt: on Ctrl-C, try for at most 5 s to cancel the job.
            options: of every poll.

        Raises:
            JobFailed: and its subclasses: the job ended without a result.
            JobTimeout: the time is over; the job runs on.
            JobBlocked: somebody has to act.
            APIStatusError: a poll was refused; its `job_id` is set.
            ResponseDecodeError: a poll was not understood, or the job succeeded without
                a result.
        """
        flow = self._waited(timeout, on_progress, raise_on_partial, options)
        if cancel_on_interrupt:
            flow = self._cancelling(flow, options)
        return self._core.run(flow)

    def refresh(self, *, options: RequestOptions | None = None) -> S:
        """Poll once; `state` is what the response means. Raises APIError, but not
        because the job failed."""
        return self._core.run(self._poll(options))[0].snapshot

    def cancel(self, *, options: RequestOptions | None = None) -> bool:
        """Ask the server to stop; False when the job was over already. Raises APIError;
        JobError if jobs of this kind cannot be cancelled."""
        return self._core.run(self._cancelled(options))


class AsyncJob(_Handle[AsyncCore, S, R, Part]):
    """A job on the server, e.g. `<AsyncJob try_on '6ba7b810', pending>`; making one of
    an id sends nothing."""

    async def wait(
        self,
        *,
        timeout: float | Unset | None = UNSET,
        on_progress: Callable[[JobProgress[S]], object] | None = None,
        raise_on_partial: bool = False,
        cancel_on_interrupt: bool = False,
        options: RequestOptions | None = None,
    ) -> JobResult[S, R, Part]:
        """Like `Job.wait`; an interrupt is the cancellation of the task."""
        flow = self._waited(timeout, on_progress, raise_on_partial, options)
        if cancel_on_interrupt:
            flow = self._cancelling(flow, options)
        return await self._core.run(flow)

    async def refresh(self, *, options: RequestOptions | None = None) -> S:
        """Like `Job.refresh`."""
        return (await self._core.run(self._poll(options)))[0].snapshot

    async def cancel(self, *, options: RequestOptions | None = None) -> bool:
        """Like `Job.cancel`."""
        return await self._core.run(self._cancelled(options))


def start_job(
    core: Core,
    spec: JobSpec[S, R, Part],
    call: Call[A],
    id_at: Path,
    options: RequestOptions | None = None,
) -> Job[S, R, Part]:
    """Make `call`, which starts a job, and give its handle. Raises APIError."""

    def started() -> Flow[Any]:
        given, seen = recording(options)
        response = yield from core.flow(call, given)
        job_id = value_at(response, id_at)
        if job_id is None or job_id == "":
            text = f"a {spec.name} job was started, but the response holds no id of it"
            raise _undecodable(text, call.operation, seen[-1])
        made: Any = AsyncJob if isinstance(cast("object", core), AsyncCore) else Job
        return made(core, spec, str(job_id), spec.schedule.first)

    return core.run(started())


def asynchronous_start(
    method: Callable[Concatenate[Any, P], Job[S, R, Part]],
) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, AsyncJob[S, R, Part]]]:
    """Returns the asynchronous form of a method that starts a job."""
    made: Any = asynchronous(method)
    return cast("Callable[..., Coroutine[Any, Any, AsyncJob[S, R, Part]]]", made)


def _call_of(declared: JobCall, job_id: str) -> Call[Any]:
    """Returns the call of a job's operation for one job."""
    placed: dict[str, Any] = {"query": declared.query, "header": declared.header}
    if declared.location == "path":
        return Call(declared.operation, path=(job_id,), **placed)
    others = placed.get(declared.location, {})
    placed[declared.location] = {declared.name: job_id, **others}
    return Call(declared.operation, **placed)


def _for_a_poll(options: RequestOptions, left: float) -> RequestOptions:
    """The options of one poll: the wait repeats it, so that one pace and one limit hold
    for all attempts."""
    poll: RequestOptions = {**options, "max_retries": 0}
    if left < math.inf:
        limit = options.get("deadline")
        poll["deadline"] = left if limit is None else min(left, limit)
    return poll


def _is_passing(error: APIError, within_grace: bool) -> bool:
    if isinstance(error, APIStatusError):
        passing = is_repeated(error.status, safe=True, declared=())
        return passing or (error.status == 404 and within_grace)
    return True


def _undecodable(
    message: str, operation: Operation, seen: ApiResponse[Any]
) -> ResponseDecodeError:
    response = Response(seen.status, seen.headers, seen.content, seen.url)
    error = ResponseDecodeError(message, path="", body=seen.content, response=response)
    error.call = f"{operation.id}: {operation.method} {without_query(seen.url)}"
    return error


def _id_within(text: str, kind: str) -> str:
    """The id in a token; any other text is an id itself. Raises ValueError for a token
    of another kind."""
    if not text.startswith('{"v":'):
        return text
    try:
        token = json.loads(text)
        version, job, job_id = token["v"], token["job"], token["id"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return text
    if version != 1 or job != kind or not isinstance(job_id, str):
        raise ValueError(
            f"the token is of a {job!r} job, version {version!r}: "
            f"a {kind!r} job, version 1, was expected"
        )
    return job_id
