"""Handles of jobs that run on the server; `job_outcomes` says what a response means.

    job = client.try_on.start(...)
    done = job.wait(timeout=120)      done.result
    job.refresh()                     one poll; a failed job is no error
    job.cancel()                      False when it was over already
    client.try_on.job(job.id)         takes it up again

`wait` polls at the pace of the schedule, and of `Retry-After` (at most a minute), until
the job or the time is over; lost connections, 408, 425, 429 and 5xx do not end it."""

from __future__ import annotations

import inspect
import json
import math
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, assert_never, cast

from . import feature, job_outcomes
from .client import AsyncCore, Core, asynchronous, recording
from .codec import warn_of_drift
from .declarations import UNSET, Operation, Unset, is_repeated
from .errors import APIConnectionError, APIError, APIStatusError, ResponseDecodeError
from .flow import NOW, Await, Flow, Sleep
from .job_declarations import JobCall, JobSpec, JobState, Part, Path, R, S
from .job_outcomes import FAULTS, JobPartiallyFailed, JobProgress, JobResult, Verdict
from .operation import ApiResponse, Call, RequestOptions
from .params import compact_json
from .retry import LONGEST_PAUSE, retry_after
from .transport import Response, without_query

A = TypeVar("A")
P = ParamSpec("P")
H = TypeVar("H")
AnyCore = TypeVar("AnyCore", Core, AsyncCore)

LAST_POLL = 1.0  # seconds that are kept for the last poll
CANCELLING = 5.0  # seconds that a cancel may take when the wait is interrupted


class _Handle(Generic[AnyCore, S, R, Part]):
    """What `Job` and `AsyncJob` have in common: all but who carries the flows out."""

    def __init__(
        self, core: AnyCore, spec: JobSpec[S, R, Part], job_id: str, first: float = 0.0
    ) -> None:
        """`job_id`: an id, or the token of a job of the same kind; `first`: seconds to
        wait before the first poll. Raises ValueError and TypeError for all others."""
        self._core: AnyCore = core
        self._spec = spec
        self.id = _id_within(job_id, spec.name)
        self.state: JobState | None = None
        """As of the last poll; None before the first."""
        self.snapshot: S | None = None
        """The decoded response to the last poll; None before the first."""
        self._first = first
        self.pending_at: datetime | None = None
        """When it was last known not to be over; None if that was never seen."""
        self._named = f"{spec.name} job {self.id!r}"

    def token(self) -> str:
        """The job's kind and id as text, for `client.<resource>.job`; no secret."""
        return compact_json({"v": 1, "job": self._spec.name, "id": self.id})

    def __repr__(self) -> str:
        state = self.state or "not polled yet"
        return f"<{type(self).__name__} {self._spec.name} {self.id!r}, {state}>"

    def _refreshed(self, options: RequestOptions | None) -> Flow[S]:
        yield from self._turn(math.inf)
        return (yield from self._poll(options))[0].snapshot

    def _turn(self, ends: float) -> Flow[float]:
        # Returns when to poll, now; infinity when others poll until it `ends`.
        now: float = yield NOW
        if self._spec.schedule.rate:
            turn: Callable[..., Flow[float]] = feature("job_pace", "turn")
            now = yield from turn(self._core, self._spec, now, ends)
        return now

    def _poll(
        self, options: RequestOptions | None
    ) -> Flow[tuple[Verdict[S, Part], ApiResponse[Any]]]:
        """One poll. Raises APIError."""
        given, seen = recording(options)
        call: Call[S] = _call_of(self._spec.poll, self.id)
        snapshot = yield from self._call(call, given)
        verdict = job_outcomes.verdict_on(snapshot, self._spec)
        self.snapshot, self.state = snapshot, verdict.state
        if verdict.state == "unknown":
            text = f"{self._named} has the undescribed status {verdict.status!r}"
            poll = self._spec.poll.operation
            if {**self._core.options, **given}.get("strict"):
                raise _undecodable(text, poll, seen[-1])
            noted, shown = self._core.codec.noted[poll.id], f"{verdict.status!r:.80}"
            if shown not in {value for _, value in noted}:  # by an enumeration or here
                noted.add(("state", shown))
                warn_of_drift(text, self._core.settings.package)
        return verdict, seen[-1]

    def _call(self, call: Call[A], options: RequestOptions | None) -> Flow[A]:
        try:
            return (yield from self._core.flow(call, options))
        except APIStatusError as error:
            error.job_id = self.id
            raise
        except APIError as error:
            error.add_note(f"about {self._named}")
            raise

    def _cancelled(self, options: RequestOptions | None) -> Flow[bool]:
        call = _call_of(cast("JobCall", self._spec.cancel), self.id)
        try:
            yield from self._call(call, options)
        except APIStatusError as error:
            answers = {(error.status, None), (error.status, error.error_code)}
            if answers.isdisjoint(self._spec.too_late):
                raise
            if error.outcome_unknown:  # an earlier attempt may have cancelled it
                yield from self._refreshed(options)
            return error.outcome_unknown and self.state == "cancelled"
        return True

    def _cancelling(self, flow: Flow[A], options: RequestOptions | None) -> Flow[A]:
        """Cancels the job when `flow` is interrupted."""
        try:
            return (yield from flow)
        except BaseException as error:
            # Ctrl-C and cancellation are no `Exception`; closed flows may not yield.
            if not isinstance(error, (Exception, GeneratorExit)):
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
        now: float = yield NOW
        started = now
        ends = math.inf if timeout is None else started + timeout
        polls, interval, visible = 0, schedule.minimum, started + spec.not_found_grace
        pause, self._first = self._first, 0.0
        failures, trouble = 0, cast("APIError | None", None)
        while True:
            last = now + pause >= ends
            if last:
                pause = max(0.0, ends - now - min(LAST_POLL, (ends - now) / 2))
            yield Sleep(pause)
            now = yield from self._turn(ends)
            if now >= ends:
                break
            polls += 1
            asked: float | None = None
            # The wait repeats a poll: one pace and one limit for all attempts.
            given: RequestOptions = {**(options or {}), "max_retries": 0}
            if ends < math.inf:
                left, limit = ends - now, given.get("deadline")
                given["deadline"] = left if limit is None else min(left, limit)
            sent_at = datetime.now(UTC)
            try:
                verdict, response = yield from self._poll(given)
            except (APIConnectionError, APIStatusError) as error:
                now = yield NOW
                failures, trouble = failures + 1, error
                if isinstance(error, APIStatusError):
                    again = is_repeated(error.status, safe=True, declared=())
                    if not again and (error.status != 404 or now >= visible):
                        raise
                    asked = error.retry_after
            else:
                now = yield NOW
                failures, trouble, asked = 0, None, retry_after(response.headers)
                if on_progress is not None:
                    seen = on_progress(verdict.progress(spec, now - started))
                    if inspect.isawaitable(seen):
                        yield Await(seen)
                    now = yield NOW
                if self._is_over(verdict, raise_on_partial):
                    return self._result(verdict, response, polls, now - started)
                self.pending_at = sent_at
            if last:
                break
            pause = schedule.pause(interval, self._core.jitter)
            pause = max(pause, min(asked or 0.0, LONGEST_PAUSE))
            interval = min(interval * schedule.factor, schedule.maximum)
        text = f"{self._named} was not over after {timeout or 0:g} s"
        if now == math.inf:
            text += f": its kind may be polled {schedule.rate:g} times a second"
        elif trouble is not None:
            count = f"{failures} polls" if failures > 1 else "poll"
            text += f": the last {count} failed, {trouble}"
        about: Any = {"job_id": self.id, "snapshot": self.snapshot}
        raise self._own(job_outcomes.JobTimeout)(text, **about) from trouble

    def _is_over(self, verdict: Verdict[S, Part], raise_on_partial: bool) -> bool:
        """Whether there is a result. Raises JobError when there will be none."""
        match verdict.state:
            case "pending":
                return False
            case "unknown" if self._spec.unknown == "poll":
                return False
            case "succeeded":
                return True
            case "partial" if not raise_on_partial:
                return True
            case "partial" | "failed" | "cancelled" | "expired" | "blocked" | "unknown":
                raise self._fault(verdict)
            case _:
                assert_never(verdict.state)

    def _fault(self, verdict: Verdict[S, Part]) -> job_outcomes.JobError:
        kind, words = FAULTS[verdict.state]
        text = f"{self._named} {words.format(verdict.status)}{verdict.detail}"
        about: Any = {"code": verdict.code, "message": verdict.message}
        for reason in filter(None, about.values()):
            text += f": {' '.join(reason.split())}"
        about |= {"job_id": self.id, "snapshot": verdict.snapshot}
        error = self._own(kind)(text, **about)
        error.hide(one.value for one in self._core.credentials.values())
        if isinstance(error, JobPartiallyFailed):
            error.result = verdict.result(self._spec)
        return error

    def _result(
        self, verdict: Verdict[S, Part], seen: ApiResponse[Any], *waited: Any
    ) -> JobResult[S, R, Part]:
        result: Any = verdict.result(self._spec)
        if result is None or result == "":
            text = f"{self._named} succeeded, but the response holds no result"
            raise _undecodable(text, self._spec.poll.operation, seen)
        kept, since = self._spec.expires, self.pending_at
        expires_at = since + timedelta(seconds=kept) if since and kept else None
        items = verdict.items, verdict.ok_items, verdict.failed_items
        last: Any = verdict.state == "partial", *waited, expires_at
        return JobResult(result, verdict.snapshot, *items, *last)

    def _own(self, kind: type[H]) -> type[H]:
        errors = sys.modules.get(f"{self._core.settings.package}.errors")
        return cast("type[H]", getattr(errors, kind.__name__, kind))


class Job(_Handle[Core, S, R, Part]):
    """A job on the server; making one of an id sends nothing."""

    def wait(
        self,
        *,
        timeout: float | Unset | None = UNSET,
        on_progress: Callable[[JobProgress[S]], object] | None = None,
        raise_on_partial: bool = False,
        options: RequestOptions | None = None,
    ) -> JobResult[S, R, Part]:
        """The job's result, once it is there.

        Args:
            timeout: seconds to wait in all; left out, what the API's declaration
                states; None, without limit.
            on_progress: called after every poll. What it returns is awaited where that
                is possible, so that asynchronous jobs take an asynchronous function.
            raise_on_partial: raise JobPartiallyFailed when some items failed, instead
                of giving the others.
            options: of every poll.

        Raises JobFailed and its subclasses when the job ended without a result,
        JobTimeout when the time is over (the job runs on), JobBlocked when somebody has
        to act, APIStatusError with its `job_id` when a poll was refused, and
        ResponseDecodeError when a poll was not understood or gave no result."""
        flow = self._waited(timeout, on_progress, raise_on_partial, options)
        return self._core.run(flow)

    def refresh(self, *, options: RequestOptions | None = None) -> S:
        """Poll once; `state` is what it means. That a job failed is no error here."""
        return self._core.run(self._refreshed(options))


class CancellableJob(Job[S, R, Part]):
    """A job that the API can cancel."""

    def wait(
        self,
        *,
        timeout: float | Unset | None = UNSET,
        on_progress: Callable[[JobProgress[S]], object] | None = None,
        raise_on_partial: bool = False,
        cancel_on_interrupt: bool = False,
        options: RequestOptions | None = None,
    ) -> JobResult[S, R, Part]:
        """Like `Job.wait`; `cancel_on_interrupt`: on Ctrl-C, try to cancel for 5 s."""
        flow = self._waited(timeout, on_progress, raise_on_partial, options)
        if cancel_on_interrupt:
            flow = self._cancelling(flow, options)
        return self._core.run(flow)

    def cancel(self, *, options: RequestOptions | None = None) -> bool:
        """Ask the server to stop; False when the job was over already."""
        return self._core.run(self._cancelled(options))


class AsyncJob(_Handle[AsyncCore, S, R, Part]):
    """Like `Job`, on asyncio."""

    async def wait(
        self,
        *,
        timeout: float | Unset | None = UNSET,
        on_progress: Callable[[JobProgress[S]], object] | None = None,
        raise_on_partial: bool = False,
        options: RequestOptions | None = None,
    ) -> JobResult[S, R, Part]:
        """Like `Job.wait`; `on_progress` may be asynchronous."""
        flow = self._waited(timeout, on_progress, raise_on_partial, options)
        return await self._core.run(flow)

    async def refresh(self, *, options: RequestOptions | None = None) -> S:
        """Like `Job.refresh`."""
        return await self._core.run(self._refreshed(options))


class AsyncCancellableJob(AsyncJob[S, R, Part]):
    """Like `CancellableJob`, on asyncio."""

    async def wait(
        self,
        *,
        timeout: float | Unset | None = UNSET,
        on_progress: Callable[[JobProgress[S]], object] | None = None,
        raise_on_partial: bool = False,
        cancel_on_interrupt: bool = False,
        options: RequestOptions | None = None,
    ) -> JobResult[S, R, Part]:
        """Like `CancellableJob.wait`; an interrupt is the cancellation of the task."""
        flow = self._waited(timeout, on_progress, raise_on_partial, options)
        if cancel_on_interrupt:
            flow = self._cancelling(flow, options)
        return await self._core.run(flow)

    async def cancel(self, *, options: RequestOptions | None = None) -> bool:
        """Like `CancellableJob.cancel`."""
        return await self._core.run(self._cancelled(options))


def start_job(
    handle: type[H],
    core: Core,
    spec: JobSpec[Any, Any, Any],
    call: Call[A],
    id_at: Path,
    options: RequestOptions | None = None,
) -> H:
    """Make `call`, which starts a job, and give its `handle`. Raises APIError."""

    def started() -> Flow[Any]:
        given, seen = recording(options)
        response = yield from core.flow(call, given)
        job_id = job_outcomes.value_at(response, id_at)
        if job_id is None or job_id == "":
            text = f"a {spec.name} job was started, but the response holds no id of it"
            raise _undecodable(text, call.operation, seen[-1])
        is_async = isinstance(cast("object", core), AsyncCore)
        kinds: Any = Job, CancellableJob, AsyncJob, AsyncCancellableJob
        kind = kinds[2 * is_async + (spec.cancel is not None)]
        job = kind(core, spec, str(job_id), spec.schedule.first)
        job.pending_at = datetime.now(UTC)
        return job

    return cast("H", core.run(started()))


def asynchronous_start(
    method: Callable[Concatenate[Any, P], object], handle: type[H]
) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, H]]:
    """Returns the asynchronous form of a method that starts a job."""
    return cast("Callable[..., Coroutine[Any, Any, H]]", asynchronous(method))


def _call_of(declared: JobCall, job_id: str) -> Call[Any]:
    """Returns the call of a job's operation for one job."""
    fixed = {"query": declared.query, "header": declared.header, "body": declared.body}
    placed: dict[str, Any] = {at: values for at, values in fixed.items() if values}
    if declared.location == "path":
        return Call(declared.operation, path=(job_id,), **placed)
    others = placed.get(declared.location, {})
    placed[declared.location] = {declared.name: job_id, **others}
    return Call(declared.operation, **placed)


def _undecodable(text: str, of: Operation, seen: ApiResponse[Any]) -> APIError:
    response = Response(seen.status, seen.headers, seen.content, seen.url)
    error = ResponseDecodeError(text, path="", body=seen.content, response=response)
    error.call = f"{of.id}: {of.method} {without_query(seen.url)}"
    return error


def _id_within(text: str, kind: str) -> str:
    """The id in a token, or an id itself. Raises ValueError and TypeError."""
    if not isinstance(cast("object", text), str):
        raise TypeError(f"the id of a {kind} job is {text!r}: it must be text")
    if text.startswith('{"v":'):
        try:
            token = json.loads(text)
            version, job, job_id = token["v"], token["job"], token["id"]
        except (ValueError, LookupError, TypeError, RecursionError):
            return text
        if version != 1 or job != kind or not isinstance(job_id, str):
            found = f"the token is of a {job!r} job, version {version!r}"
            raise ValueError(f"{found}: a {kind!r} job, version 1, was expected")
        text = job_id
    if not text.strip():
        raise ValueError(f"the id of a {kind} job is empty")
    return text
