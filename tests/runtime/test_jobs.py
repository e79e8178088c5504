"""Waiting for jobs. Most of it by hand: a core that is given outcomes and moves its own clock, so nothing waits."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import pickle
import random
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

import pytest
from press_client.models import Fault, Page, Run
from press_client.runs import BOOK, PRINT, SETTINGS, AsyncRuns, Runs

from clientsmith.runtime.client import AsyncCore, Core
from clientsmith.runtime.declarations import Operation
from clientsmith.runtime.errors import APIConnectionError, APIStatusError, ResponseDecodeError, SchemaDriftWarning
from clientsmith.runtime.flow import NOW, Effect, Flow, Send, Sleep
from clientsmith.runtime.job_declarations import JobCall, JobSpec, Schedule
from clientsmith.runtime.job_outcomes import (
    JobBlocked,
    JobCancelled,
    JobError,
    JobExpired,
    JobFailed,
    JobPartiallyFailed,
    JobProgress,
    JobTimeout,
    value_at,
)
from clientsmith.runtime.jobs import AsyncJob, CancellableJob, Job
from clientsmith.runtime.operation import ApiResponse
from clientsmith.runtime.testing import Answer, ConnectionLost, FakeTransport
from clientsmith.runtime.transport import Headers, Request, Response, TransportError

T = TypeVar("T")

LOST = TransportError("connection lost", "maybe")
SLOW = TransportError("timed out", "maybe", timeout=True)
QUEUED: dict[str, Any] = {"id": "r1", "status": "queued"}
RUNNING: dict[str, Any] = {"id": "r1", "status": "running"}
DONE: dict[str, Any] = {"id": "r1", "status": "done", "url": "https://cdn.example/1.pdf"}

Outcome = dict[str, Any] | Response | BaseException | int
"""A body of a 200, an answer, what is thrown in, or the status of an empty answer."""


def answer(status: int, body: object = None, **headers: str) -> Response:
    content = b"" if body is None else json.dumps(body).encode()
    pairs = [("Content-Type", "application/json"), *((name.replace("_", "-"), text) for name, text in headers.items())]
    return Response(status, Headers(pairs), content, "https://press.example/runs/r1")


class ByHand(Core):
    """A core that runs flows with the given outcomes, each request taking `each` seconds.

    `at` are the times at which requests were sent, `pauses` the seconds between them; an exception in `interrupts` is
    thrown in instead of the pause of that number.
    """

    def __init__(self, *outcomes: Outcome, each: float = 0.25) -> None:
        super().__init__(SETTINGS, {}, FakeTransport([]), jitter=random.Random(7))
        self.outcomes = list(outcomes)
        self.each = each
        self.clock = 1000.0
        self.at: list[float] = []
        self.pauses: list[float] = []
        self.requests: list[Request] = []
        self.interrupts: dict[int, BaseException] = {}

    def run(self, flow: Flow[T]) -> T:
        try:
            effect: Effect = next(flow)
            while True:
                if effect == NOW:
                    effect = flow.send(self.clock)
                elif isinstance(effect, Sleep):
                    self.pauses.append(round(effect.seconds, 3))
                    if (interrupt := self.interrupts.get(len(self.pauses))) is not None:
                        effect = flow.throw(interrupt)
                    else:
                        self.clock += effect.seconds
                        effect = flow.send(self.clock)
                else:
                    assert isinstance(effect, Send)
                    effect = self._send(flow, effect.request)
        except StopIteration as stop:
            result: T = stop.value
            return result

    def _send(self, flow: Flow[T], request: Request) -> Effect:
        self.at.append(round(self.clock - 1000.0, 3))
        self.requests.append(request)
        outcome = self.outcomes.pop(0)
        took = min(self.each, request.timeout.total)
        self.clock += took
        if took < self.each:
            return flow.throw(SLOW)
        if isinstance(outcome, BaseException):
            return flow.throw(outcome)
        if isinstance(outcome, int):
            outcome = answer(outcome)
        return flow.send(outcome if isinstance(outcome, Response) else answer(200, outcome))


def printing(*outcomes: Outcome, each: float = 0.25, **spec: Any) -> tuple[ByHand, CancellableJob[Run, str, object]]:
    core = ByHand(*outcomes, each=each)
    return core, CancellableJob(core, dataclasses.replace(PRINT, **spec), "r1")


def book(*outcomes: Outcome) -> Job[Run, list[str], Page]:
    return Job(ByHand(*outcomes), BOOK, "r1")


def failure(*outcomes: Outcome, schedule: Schedule = PRINT.schedule, **how: Any) -> Any:
    """The error that waiting ends with."""
    _, job = printing(*outcomes, schedule=schedule)
    with pytest.raises(JobError) as caught:
        job.wait(**how)
    assert caught.value.job_id == "r1"
    assert pickle.loads(pickle.dumps(caught.value)).job_id == "r1"
    return caught.value


# ---------------------------------------------------------------------------------------------------------- how it ends


def test_the_result() -> None:
    core, job = printing(QUEUED, RUNNING, DONE)
    done = job.wait()
    assert (done.result, done.snapshot.status, done.partial, done.polls) == (DONE["url"], "done", False, 3)
    assert (done.items, done.ok_items, done.failed_items) == ((), (), ())
    assert core.pauses == [1.0, 2.0]
    assert done.elapsed == pytest.approx(3.75)
    assert (job.state, job.snapshot) == ("succeeded", done.snapshot)


def test_an_error_beside_a_result_is_no_failure() -> None:
    _, job = printing({**DONE, "error": {"code": "stopped"}})
    assert job.wait().result == DONE["url"]


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ({"status": "failed"}, JobFailed, "print job 'r1' failed"),
        (
            {"status": "failed", "error": {"code": "ink", "message": "no\nink"}},
            JobFailed,
            "print job 'r1' failed: ink: no ink",
        ),
        ({"status": "failed", "error": {"code": "stopped"}}, JobCancelled, "print job 'r1' was cancelled: stopped"),
        ({"status": "failed", "error": {"code": "gone"}}, JobExpired, "print job 'r1' is no longer kept: gone"),
        ({"status": "held"}, JobBlocked, "print job 'r1' waits for somebody to act: held"),
    ],
)
def test_other_ends(body: dict[str, Any], kind: type[JobError], text: str) -> None:
    error = failure(RUNNING, body)
    assert type(error) is kind
    assert str(error) == text
    assert error.snapshot.status == body["status"]


def test_code_and_message_of_a_failure() -> None:
    error = failure({"status": "failed", "error": {"code": "ink", "message": "no ink"}})
    assert (error.code, error.message) == ("ink", "no ink")


def test_success_without_a_result_is_an_answer_not_understood() -> None:
    _, job = printing({"status": "done"})
    message = "print job 'r1' succeeded, but the response holds no result"
    with pytest.raises(ResponseDecodeError, match=message) as caught:
        job.wait()
    assert json.loads(caught.value.response.content) == {"status": "done"}


def test_an_empty_text_is_no_result() -> None:
    _, job = printing({"status": "done", "url": ""})
    with pytest.raises(ResponseDecodeError, match="holds no result"):
        job.wait()
    with pytest.raises(JobFailed, match=r"failed \(1 of 1 items\)"):
        book({"status": "done", "pages": [{"id": "1", "state": "done", "url": ""}]}).wait()


def test_until_when_a_result_is_kept() -> None:
    """At least so long after the job was seen last while it was not over; nothing is promised of one not seen so."""
    before = datetime.now(UTC)
    core = ByHand(answer(202, QUEUED), DONE)
    run = Runs(core).start(title="x")
    kept = CancellableJob(core, dataclasses.replace(PRINT, expires=3600.0), "r1")
    kept.pending_at = run.pending_at
    first = kept.wait().expires_at
    assert first is not None
    assert before <= first - timedelta(hours=1) <= datetime.now(UTC)
    _, seen = printing(RUNNING, DONE, expires=60.0)
    assert seen.wait().expires_at == (seen.pending_at or before) + timedelta(minutes=1)
    _, late = printing(DONE, expires=60.0)
    assert late.wait().expires_at is None
    _, forever = printing(RUNNING, DONE)
    assert forever.wait().expires_at is None


def test_without_a_reader_the_result_is_the_snapshot() -> None:
    _, job = printing(DONE, result=None)
    done = job.wait()
    assert done.result is done.snapshot  # type: ignore[comparison-overlap]  # the spec was stripped of its reader


# ---------------------------------------------------------------------------------------------------------------- items


def page(
    id_: str, state: str | None = "done", url: str | None = "u", error: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {"id": id_, "state": state, "url": url and f"{url}{id_}", "error": error}


def test_results_of_items() -> None:
    done = book({"status": "running"}, {"status": "done", "pages": [page("1"), page("2")]}).wait()
    assert (done.result, done.partial, done.failed_items) == (["u1", "u2"], False, ())
    assert [one.id for one in done.ok_items] == ["1", "2"]


@pytest.mark.parametrize(
    "bad",
    [
        page("2", "failed"),
        page("2", "skipped"),
        page("2", url=None),
        page("2", error={"code": "ink"}),
        page("2", None, None),
    ],
)
@pytest.mark.parametrize("status", ["done", "mostly"])
def test_some_items_failed(bad: dict[str, Any], status: str) -> None:
    body = {"status": status, "pages": [page("1"), bad, page("3", "new word")]}
    done = book(body).wait()
    assert (done.result, done.partial) == (["u1", "u3"], True)
    assert [one.id for one in done.failed_items] == ["2"]
    with pytest.raises(JobPartiallyFailed, match=r"book job 'r1' failed in part \(1 of 3 items\)") as caught:
        book(body).wait(raise_on_partial=True)
    assert caught.value.result == ["u1", "u3"]
    assert pickle.loads(pickle.dumps(caught.value)).result == ["u1", "u3"]


@pytest.mark.parametrize("status", ["done", "mostly"])
def test_all_items_failed(status: str) -> None:
    fault = {"code": "ink", "message": "no ink"}
    with pytest.raises(JobFailed, match=r"^book job 'r1' failed \(2 of 2 items\): ink: no ink$") as caught:
        book({"status": status, "pages": [page("1", error=fault), page("2", "failed")]}).wait()
    assert (type(caught.value), caught.value.code, caught.value.message) == (JobFailed, "ink", "no ink")


@pytest.mark.parametrize("pages", [[], None])
def test_no_items_at_all_are_no_success(pages: list[Any] | None) -> None:
    with pytest.raises(JobFailed, match=r"^book job 'r1' failed: it is done without a single item$"):
        book({"status": "done", "pages": pages}).wait()


def test_partial_as_the_api_says_it() -> None:
    _, job = printing({**DONE, "status": "mostly"}, {**DONE, "status": "mostly"})
    assert job.wait().partial
    with pytest.raises(JobPartiallyFailed):
        job.wait(raise_on_partial=True)


def test_equal_items_are_told_apart() -> None:
    """Items are counted one by one, though two of them look the same."""
    done = book({"status": "done", "pages": [page("1"), page("1"), page("2", "failed")]}).wait()
    assert (len(done.ok_items), len(done.failed_items)) == (2, 1)


def test_progress() -> None:
    seen: list[JobProgress[Run]] = []
    bodies: list[dict[str, Any]] = [{"status": "running", "done": 1, "failed": 1, "total": 4}, {"status": "running"}]
    book(*bodies, {"status": "done", "pages": [page("1")]}).wait(on_progress=seen.append)
    assert [(one.status, one.state, one.done, one.total) for one in seen] == [
        ("running", "pending", 2, 4),
        ("running", "pending", None, None),
        ("done", "succeeded", None, None),
    ]
    assert [one.elapsed for one in seen] == [pytest.approx(0.25), pytest.approx(5.5), pytest.approx(10.75)]


# ------------------------------------------------------------------------------------------------------ unknown states


def test_an_unknown_status_is_waited_for_and_warned_of_once() -> None:
    _, job = printing({"status": "drying"}, {"status": "drying"}, {"status": "binding"}, {}, DONE, {"status": "drying"})
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert job.wait().polls == 5
        assert job.refresh().status == "drying"
    assert [str(one.message) for one in caught] == [
        f"print job 'r1' has the undescribed status {status!r}" for status in ("drying", "binding", None)
    ]
    assert all(one.filename == __file__ for one in caught)
    assert job.state == "unknown"


def test_an_unknown_status_cannot_hang() -> None:
    core, job = printing(*[{"status": "drying"}] * 40)
    with pytest.warns(SchemaDriftWarning), pytest.raises(JobTimeout):
        job.wait(timeout=30)
    assert core.clock - 1000 <= 30.5


def test_an_unknown_status_may_be_an_error() -> None:
    _, job = printing({"status": "drying"}, unknown="raise")
    with pytest.warns(SchemaDriftWarning), pytest.raises(JobError, match="undescribed status 'drying'") as caught:
        job.wait()
    assert type(caught.value) is JobError


@pytest.mark.parametrize("unknown", ["poll", "raise"])
def test_an_unknown_status_is_an_error_when_strict(unknown: str) -> None:
    core, job = printing(RUNNING, {"status": "drying"}, unknown=unknown)
    with pytest.raises(ResponseDecodeError, match="has the undescribed status 'drying'"):
        job.wait(options={"strict": True})
    assert (job.state, len(core.requests)) == ("unknown", 2)
    core = ByHand({"status": "drying"})
    with pytest.raises(ResponseDecodeError):
        Job(core.with_options({"strict": True}), PRINT, "r1").refresh()


def test_an_answer_of_another_shape_does_not_break_the_wait() -> None:
    _, job = printing({"status": "failed", "error": "no ink"}, {"status": ["failed"]}, {**DONE, "error": 5})
    with pytest.warns(SchemaDriftWarning), pytest.raises(JobFailed) as caught:
        job.wait()
    assert (caught.value.code, caught.value.message) == (None, None)
    with pytest.warns(SchemaDriftWarning):
        assert job.wait().result == DONE["url"]


# -------------------------------------------------------------------------------------------------------- pace and time


def test_pauses_grow_to_the_maximum() -> None:
    core, job = printing(*[RUNNING] * 5, DONE)
    job.wait()
    assert core.pauses == [1.0, 2.0, 4.0, 5.0, 5.0]


@pytest.mark.parametrize(
    ("schedule", "lowest", "highest"),
    [
        (Schedule(minimum=4.0, maximum=4.0, jitter=0.5), 4.0, 4.0),
        (Schedule(minimum=1.0, maximum=10.0, jitter=0.5), 5.0, 10.0),
    ],
)
def test_jitter(schedule: Schedule, lowest: float, highest: float) -> None:
    draw = random.Random(3)
    pauses = [schedule.pause(schedule.maximum, draw) for _ in range(200)]
    assert lowest <= min(pauses) <= max(pauses) <= highest
    assert max(pauses) - min(pauses) >= (highest - lowest) / 2


def test_retry_after_counts_on_every_answer() -> None:
    core, job = printing(
        answer(200, RUNNING, Retry_After="9"),
        answer(429, None, Retry_After="7"),
        answer(200, RUNNING, Retry_After="0"),
        DONE,
    )
    job.wait()
    assert core.pauses == [9.0, 7.0, 4.0]


@pytest.mark.parametrize("trouble", [408, 425, 429, 500, 503, 520, LOST, SLOW, TransportError("refused", "no")])
def test_trouble_that_passes(trouble: Outcome) -> None:
    core, job = printing(RUNNING, trouble, trouble, trouble, trouble, DONE)
    assert job.wait().polls == 6
    assert core.pauses == [1.0, 2.0, 4.0, 5.0, 5.0]


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 409, 410, 422])
def test_refusals_end_the_wait(status: int) -> None:
    _, job = printing(RUNNING, status)
    with pytest.raises(APIStatusError) as caught:
        job.wait()
    assert (caught.value.status, caught.value.job_id) == (status, "r1")


def test_not_found_yet() -> None:
    core, job = printing(404, 404, DONE, not_found_grace=5.0)
    assert job.wait().result == DONE["url"]
    core, job = printing(404, 404, 404, 404, not_found_grace=5.0)
    with pytest.raises(APIStatusError):
        job.wait()
    assert core.at == [0.0, 1.25, 3.5, 7.75]


def test_the_last_look_starts_before_the_time_is_over() -> None:
    core, job = printing(*[RUNNING] * 5, DONE)
    assert job.wait(timeout=15).result == DONE["url"]
    assert core.at == [0.0, 1.25, 3.5, 7.75, 13.0, 14.125]
    assert core.requests[-1].timeout.total == pytest.approx(0.875)


def test_the_time_is_over() -> None:
    core, job = printing(*[RUNNING] * 6)
    with pytest.raises(JobTimeout, match=r"^print job 'r1' was not over after 15 s$") as caught:
        job.wait(timeout=15)
    assert caught.value.snapshot.status == "running"
    assert core.clock - 1000 <= 15.5
    assert core.outcomes == []


@pytest.mark.parametrize("timeout", [0.05, 0.3, 1, 7, 60])
@pytest.mark.parametrize("each", [0.0, 0.25, 3.0, 90.0])
def test_waiting_never_takes_longer_than_it_may(timeout: float, each: float) -> None:
    """However long answers take: their time counts, and the last one is not waited for beyond the end."""
    core, job = printing(*[RUNNING] * 100, each=each)
    with pytest.raises(JobTimeout) as caught:
        job.wait(timeout=timeout)
    assert core.clock - 1000 <= timeout + 1e-6
    assert core.at
    assert all(sent < timeout for sent in core.at)
    assert isinstance(caught.value.__cause__, APIConnectionError | None)


def test_trouble_until_the_end_is_told() -> None:
    error = failure(*[LOST] * 20, timeout=10)
    assert isinstance(error, JobTimeout)
    assert isinstance(error.__cause__, APIConnectionError)
    assert error.snapshot is None


@pytest.mark.parametrize(
    ("failures", "text"),
    [
        ([503], "the last poll failed, get-run: GET https://press.example/runs/r1: 503"),
        ([429, 502, 503, 503], "the last 4 polls failed, get-run: GET https://press.example/runs/r1: 503"),
        ([LOST, LOST], "the last 2 polls failed, get-run: GET https://press.example/runs/r1: connection lost"),
    ],
)
def test_the_last_failures_are_told(failures: list[Outcome], text: str) -> None:
    schedule = Schedule(minimum=10.0, maximum=10.0, jitter=0.0)
    timeout = 10.25 * (len(failures) - 1) + 5.0  # the last failure is that of the last poll
    error = failure(RUNNING, *failures, schedule=schedule, timeout=timeout)
    assert str(error) == f"print job 'r1' was not over after {timeout:g} s: {text}"
    assert error.snapshot.status == "running"


@pytest.mark.parametrize("asked", ["3600", "9000000000", f"1{'0' * 300}"])
def test_nobody_waits_longer_than_a_minute_for_the_next_poll(asked: str) -> None:
    core, job = printing(answer(503, None, Retry_After=asked), answer(200, RUNNING, Retry_After=asked), DONE)
    assert job.wait(timeout=None).polls == 3
    assert core.pauses == [60.0, 60.0]


def test_asked_to_wait_longer_than_there_is_time() -> None:
    core, job = printing(answer(503, None, Retry_After="3600"), DONE)
    assert job.wait(timeout=10).result == DONE["url"]
    assert core.at == [0.0, 9.0]


def test_time_from_the_declaration_and_without_limit() -> None:
    core, job = printing(*[RUNNING] * 60)
    with pytest.raises(JobTimeout, match="after 60 s"):
        job.wait()
    core = ByHand(*[{"status": "running"}] * 2000, {"status": "done", "pages": [page("1")]})
    assert Job(core, BOOK, "r1").wait().polls == 2001
    assert core.requests[-1].timeout.total == 60.0
    core, job = printing(*[RUNNING] * 100, DONE)
    assert job.wait(timeout=None).polls == 101


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_no_time_at_all_is_refused(timeout: float) -> None:
    _, job = printing()
    with pytest.raises(ValueError, match="it must be more than 0 seconds"):
        job.wait(timeout=timeout)


def test_each_look_is_one_attempt_with_the_options_given() -> None:
    seen: list[ApiResponse[Any]] = []
    core, job = printing(500, DONE)
    job.wait(options={"headers": {"X-Trace": "t"}, "timeout": 3.0, "max_retries": 9, "on_response": seen.append})
    assert [dict(request.headers)["X-Trace"] for request in core.requests] == ["t", "t"]
    assert core.requests[0].timeout.total == 3.0
    assert core.pauses == [1.0]
    assert [one.status for one in seen] == [200]


# ------------------------------------------------------------------------------------------------- cancel, interrupt


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (204, True),
        (409, False),
        (answer(400, {"code": "finished"}), False),
    ],
)
def test_cancel(outcome: Outcome, expected: bool) -> None:
    core, job = printing(outcome)
    assert job.cancel() is expected
    assert (core.requests[0].method, core.requests[0].url) == ("POST", "https://press.example/runs/r1/cancel")


@pytest.mark.parametrize("lost", [LOST, SLOW, 500, 503])
@pytest.mark.parametrize(("code", "cancelled"), [("stopped", True), ("ink", False)])
def test_a_repeated_cancel_that_comes_too_late_may_have_been_the_one(lost: Outcome, code: str, cancelled: bool) -> None:
    """What the job says decides: the first attempt may have been carried out although its answer was lost."""
    core, job = printing(lost, 409, {"status": "failed", "error": {"code": code}})
    assert job.cancel() is cancelled
    assert [request.method for request in core.requests] == ["POST", "POST", "GET"]


def test_a_cancel_that_was_refused_first_was_not_carried_out() -> None:
    core, job = printing(429, 409)
    assert job.cancel() is False
    assert len(core.requests) == 2


def test_cancel_refused() -> None:
    _, job = printing(answer(400, {"code": "other"}))
    with pytest.raises(APIStatusError) as caught:
        job.cancel()
    assert caught.value.job_id == "r1"


def test_what_cannot_be_cancelled() -> None:
    assert not hasattr(book(), "cancel")
    with pytest.raises(TypeError, match="cancel_on_interrupt"):
        cast("Any", book()).wait(cancel_on_interrupt=True)


@pytest.mark.parametrize("outcome", [204, 500, LOST, KeyboardInterrupt()])
def test_an_interrupted_wait_cancels_if_asked_to(outcome: Outcome) -> None:
    core, job = printing(RUNNING, outcome, 204, 204)
    core.interrupts = {1: KeyboardInterrupt("stop")}
    with pytest.raises(KeyboardInterrupt, match="stop"):
        job.wait(cancel_on_interrupt=True)
    assert [request.method for request in core.requests[:2]] == ["GET", "POST"]
    assert core.requests[1].timeout.total <= 5
    assert core.clock - 1000 <= 0.25 + 5.5


def test_an_interrupted_wait_leaves_the_job_alone_otherwise() -> None:
    core, job = printing(RUNNING)
    core.interrupts = {1: KeyboardInterrupt("stop")}
    with pytest.raises(KeyboardInterrupt, match="stop"):
        job.wait()
    assert len(core.requests) == 1


def test_failures_are_no_interruptions() -> None:
    core, job = printing(403)
    with pytest.raises(APIStatusError):
        job.wait(cancel_on_interrupt=True)
    assert len(core.requests) == 1


def test_interrupted_in_the_middle_of_a_look() -> None:
    core, job = printing(KeyboardInterrupt("stop"), 204)
    with pytest.raises(KeyboardInterrupt, match="stop"):
        job.wait(cancel_on_interrupt=True)
    assert [request.method for request in core.requests] == ["GET", "POST"]


# ------------------------------------------------------------------------------------------------------ handles


def test_refresh_never_raises_for_a_failed_job() -> None:
    _, job = printing({"status": "failed", "error": {"code": "gone"}})
    assert repr(job) == "<CancellableJob print 'r1', not polled yet>"
    assert (job.state, job.snapshot) == (None, None)
    assert job.refresh().error == Fault(code="gone")
    assert job.state == "expired"
    assert repr(job) == "<CancellableJob print 'r1', expired>"


def test_refresh_is_an_ordinary_call() -> None:
    core, job = printing(500, LOST, DONE)
    assert job.refresh().status == "done"
    assert len(core.requests) == 3
    core, job = printing(404)
    with pytest.raises(APIStatusError) as caught:
        job.refresh()
    assert caught.value.job_id == "r1"


def test_errors_without_a_place_for_the_id_are_noted() -> None:
    _, job = printing(*[LOST] * 3)
    with pytest.raises(APIConnectionError) as caught:
        job.refresh()
    assert caught.value.__notes__ == ["about print job 'r1'"]


@pytest.mark.parametrize("asked", ["9000000000", "1" + "0" * 300, "1" + "0" * 400])
@pytest.mark.parametrize("status", [200, 429])
def test_a_wait_without_a_limit_does_not_sleep_for_ever(status: int, asked: str) -> None:
    core, job = printing(answer(status, RUNNING, Retry_After=asked), DONE)
    job.wait(timeout=None)
    assert core.pauses == [1.0 if len(asked) > 400 else 60.0]
    core, job = printing(answer(status, RUNNING, Retry_After=asked), DONE)
    job.wait(timeout=90.0)
    assert core.pauses == [1.0 if len(asked) > 400 else 60.0]


def test_a_long_pause_is_asked_for_on_asyncio() -> None:
    async def main() -> list[float]:
        fake = FakeTransport([Answer(json=RUNNING, headers={"Retry-After": "9000000000"}), Answer(json=DONE)])
        await AsyncJob(AsyncCore(SETTINGS, {}, fake), PRINT, "r1").wait(timeout=None)
        return fake.sleeps

    assert asyncio.run(main()) == [60.0]


@pytest.mark.parametrize("job_id", ["", "  ", '{"v":1,"job":"print","id":""}'])
def test_an_id_that_is_empty_is_refused(job_id: str) -> None:
    with pytest.raises(ValueError, match=r"^the id of a print job is empty$"):
        Job(ByHand(), PRINT, job_id)


@pytest.mark.parametrize("job_id", [None, 5, b"r1"])
def test_an_id_that_is_no_text_is_refused(job_id: Any) -> None:
    with pytest.raises(TypeError, match=r"the id of a print job is .*: it must be text"):
        Job(ByHand(), PRINT, job_id)


def test_tokens() -> None:
    _, job = printing()
    token = job.token()
    assert json.loads(token) == {"v": 1, "job": "print", "id": "r1"}
    assert Job(ByHand(), PRINT, token).id == "r1"
    with pytest.raises(ValueError, match="the token is of a 'print' job"):
        Job(ByHand(), BOOK, token)
    with pytest.raises(ValueError, match="version 2"):
        Job(ByHand(), PRINT, token.replace("1", "2", 1))
    for odd in ("{", '{"v":', '{"v":1}', '"x"', "null"):
        assert Job(ByHand(), PRINT, odd).id == odd


def test_start() -> None:
    core = ByHand(answer(202, QUEUED), DONE)
    seen: list[ApiResponse[Any]] = []
    job = Runs(core).start(title="x", options={"headers": {"X-Trace": "t"}, "on_response": seen.append})
    assert (job.id, job.wait().result) == ("r1", DONE["url"])
    assert core.pauses == [2.0]
    assert core.requests[0].body == b'{"title":"x"}'
    assert "X-Trace" not in dict(core.requests[1].headers)
    assert [one.status for one in seen] == [202]


@pytest.mark.parametrize("body", [{}, {"id": ""}, {"id": None}])
def test_start_without_an_id(body: dict[str, Any]) -> None:
    with pytest.raises(
        ResponseDecodeError, match="a print job was started, but the response holds no id of it"
    ) as caught:
        Runs(ByHand(answer(202, body))).start(title="x")
    assert json.loads(caught.value.response.content) == body


def test_reading_by_wire_names() -> None:
    run = Run(status="x", error=Fault(code="c", additional_properties={"deep": {"er": 1}}))
    assert value_at(run, ("error", "code")) == "c"
    assert value_at(run, ("error", "deep", "er")) == 1
    assert [value_at(run, path) for path in (("pages", "x"), ("status", "x"), ("nothing",), ("error", "no", "x"))] == [
        None
    ] * 4


def test_a_spec_needs_no_more_than_four_facts() -> None:
    plain: JobSpec[Run, Run, object] = JobSpec(
        "plain", poll=PRINT.poll, state=PRINT.state, states={"done": "succeeded"}
    )
    assert Job(ByHand(DONE), plain, "r1").wait().result.status == "done"


# ------------------------------------------------------------------------------------- over a transport, both ways


SCRIPTS: list[tuple[list[Any], object]] = [
    ([Answer(json=RUNNING), ConnectionLost(), Answer(503), Answer(json=DONE)], DONE["url"]),
    ([Answer(json=RUNNING), Answer(json={"status": "failed", "error": {"code": "stopped"}})], JobCancelled),
    ([Answer(json=RUNNING), Answer(404)], APIStatusError),
    ([Answer(json=RUNNING)], JobTimeout),
]


@pytest.mark.parametrize(("polls", "expected"), SCRIPTS)
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_sync_and_async_are_the_same(polls: list[Any], expected: Any, mode: str) -> None:
    fake = FakeTransport({"POST /runs": Answer(202, json=QUEUED), "GET /runs/*": polls})

    async def wait() -> Any:
        job = await AsyncRuns(AsyncCore(SETTINGS, {}, fake)).start(title="x")
        assert repr(job) == "<AsyncCancellableJob print 'r1', not polled yet>"
        return (await job.wait(timeout=20)).result

    def play() -> Any:
        return (
            asyncio.run(wait())
            if mode == "async"
            else Runs(Core(SETTINGS, {}, fake)).start(title="x").wait(timeout=20).result
        )

    if isinstance(expected, str):
        assert play() == expected
    else:
        with pytest.raises(expected):
            play()
    assert fake.sleeps[:2] == [2.0, 1.0]
    assert fake.now() <= 20.5


def test_async_handles() -> None:
    async def play() -> tuple[Any, ...]:
        fake = FakeTransport({"GET /runs/*": Answer(json=RUNNING), "POST /runs/*/cancel": [Answer(204), Answer(409)]})
        job = AsyncRuns(AsyncCore(SETTINGS, {}, fake)).job("r1")
        return (await job.refresh()).status, await job.cancel(), await job.cancel(), job.state

    assert asyncio.run(play()) == ("running", True, False, "pending")


@pytest.mark.parametrize("cancelling", [Answer(204), Answer(500), ConnectionLost()])
def test_a_cancelled_task_cancels_the_job_if_asked_to(cancelling: Answer | ConnectionLost) -> None:
    async def play(ask: bool) -> list[str]:
        fake = FakeTransport({"GET /runs/*": Answer(json=RUNNING), "POST /runs/*/cancel": cancelling})
        job = AsyncRuns(AsyncCore(SETTINGS, {}, fake)).job("r1")
        task = asyncio.create_task(job.wait(timeout=None, cancel_on_interrupt=ask))
        while len(fake.requests) < 3:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return [request.method for request in fake.requests]

    assert "POST" in asyncio.run(play(True))
    assert "POST" not in asyncio.run(play(False))


def test_progress_may_be_asynchronous() -> None:
    seen: list[str | None] = []

    async def note(progress: JobProgress[Run]) -> None:
        await asyncio.sleep(0)
        seen.append(progress.status)

    async def play() -> str:
        fake = FakeTransport({"GET /runs/*": [Answer(json=RUNNING), Answer(json=DONE)]})
        return (await AsyncRuns(AsyncCore(SETTINGS, {}, fake)).job("r1").wait(on_progress=note)).result

    assert asyncio.run(play()) == DONE["url"]
    assert seen == ["running", "done"]


def test_an_asynchronous_callback_that_fails_ends_the_wait() -> None:
    async def stop(_: object) -> None:
        raise LookupError("stop")

    async def play() -> None:
        fake = FakeTransport({"GET /runs/*": Answer(json=RUNNING)})
        await AsyncRuns(AsyncCore(SETTINGS, {}, fake)).job("r1").wait(on_progress=stop)

    with pytest.raises(LookupError, match="stop"):
        asyncio.run(play())


def test_a_blocking_wait_cannot_await() -> None:
    async def note(_: object) -> None:
        await asyncio.sleep(0)

    fake = FakeTransport({"GET /runs/*": Answer(json=RUNNING)})
    with pytest.raises(TypeError, match="AsyncClient can do that"):
        Runs(Core(SETTINGS, {}, fake)).job("r1").wait(on_progress=note)
    assert len(fake.requests) == 1


def test_a_poll_with_the_id_in_its_body() -> None:
    asked = Operation("ask", "POST /ask", {"200": "Run"}, retry_safe=True)
    core, job = printing(RUNNING, 503, DONE, poll=JobCall(asked, "body", "run", body={"kind": "print"}))
    assert job.wait().result == DONE["url"]
    assert [request.body for request in core.requests] == [b'{"run":"r1","kind":"print"}'] * 3
    assert core.requests[0].url == "https://press.example/ask"


def test_a_callback_that_fails_ends_the_wait() -> None:
    def stop(_: object) -> None:
        raise LookupError("stop")

    callback: Callable[[object], None] = stop
    _, job = printing(RUNNING)
    with pytest.raises(LookupError, match="stop"):
        job.wait(on_progress=callback)
