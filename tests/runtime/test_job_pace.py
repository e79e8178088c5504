"""The rate of polls, measured by a server: however many jobs, threads and tasks there are, it never sees more."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from press_client.models import Run
from press_client.runs import PRINT, SETTINGS

from clientsmith.runtime.client import AsyncCore, Core
from clientsmith.runtime.job_declarations import JobSpec, Schedule
from clientsmith.runtime.job_outcomes import JobTimeout
from clientsmith.runtime.job_pace import Pace
from clientsmith.runtime.jobs import AsyncJob, Job
from clientsmith.runtime.stdlib_http import AsyncStdlibTransport, StdlibTransport
from clientsmith.runtime.testing import Answer
from clientsmith.runtime.testing_jobs import FakeTransport

RATE = 20.0
JOBS, POLLS = 20, 2
SCHEDULE = Schedule(minimum=0.01, maximum=0.02, rate=RATE, timeout=30.0)
SPEC: JobSpec[Run, str, object] = dataclasses.replace(PRINT, schedule=SCHEDULE)
LATE = 0.5
"""Seconds by which a request may reach the server later than another one, on a busy machine."""


class Counting(ThreadingHTTPServer):
    """Says that a job is done at its last poll, and notes when each poll came."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Poll)
        self.came: list[float] = []
        self.polls: dict[str, int] = {}
        self.lock = threading.Lock()

    def answer(self, path: str) -> dict[str, Any]:
        with self.lock:
            self.came.append(time.monotonic())
            self.polls[path] = self.polls.get(path, 0) + 1
            return {"status": "done", "url": path} if self.polls[path] >= POLLS else {"status": "running"}


class Poll(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        assert isinstance(self.server, Counting)
        body = json.dumps(self.server.answer(self.path)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


def in_threads(url: str) -> list[str]:
    core = Core(SETTINGS, {}, StdlibTransport(), base_url=url)
    other = core.with_options({"headers": {"X-Trace": "other"}})
    with ThreadPoolExecutor(JOBS) as pool:
        jobs = [Job(core if number % 2 else other, SPEC, str(number)) for number in range(JOBS)]
        waits = [pool.submit(job.wait) for job in jobs]
        results = [wait.result().result for wait in waits]
    core.transport.close()
    return results


def in_tasks(url: str) -> list[str]:
    async def wait() -> list[str]:
        core = AsyncCore(SETTINGS, {}, AsyncStdlibTransport(), base_url=url)
        jobs = [AsyncJob(core, SPEC, str(number)) for number in range(JOBS)]
        results = await asyncio.gather(*(job.wait() for job in jobs))
        await core.transport.aclose()
        return [done.result for done in results]

    return asyncio.run(wait())


@pytest.mark.parametrize("waiting", [in_threads, in_tasks])
def test_no_more_polls_than_declared(waiting: Any) -> None:
    server = Counting()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        results = waiting(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert sorted(results) == sorted(f"/runs/{number}" for number in range(JOBS))
    came = sorted(server.came)
    assert len(came) == JOBS * POLLS
    for first in range(len(came)):
        for last in range(first + 1, len(came)):
            # One poll that came late may be followed by others that did not.
            assert last - first <= (came[last] - came[first] + LATE) * RATE + 1


def test_turns_are_taken_in_the_order_of_time() -> None:
    pace = Pace(4.0)
    assert [pace.pause(now, 100.0) for now in (0.0, 0.0, 0.1, 2.0)] == [0.0, 0.25, 0.4, 0.0]
    assert pace.pause(2.0, 2.25) == float("inf")
    assert pace.pause(2.0, 2.26) == 0.25


def test_a_wait_without_a_turn_says_so() -> None:
    schedule = Schedule(minimum=1.0, maximum=1.0, jitter=0.0, rate=1.0, timeout=10.0)
    fake = FakeTransport({"GET /runs/*": Answer(json={"status": "running"})})
    core = AsyncCore(SETTINGS, {}, fake)
    spec = dataclasses.replace(SPEC, schedule=schedule)

    async def wait() -> list[Any]:
        jobs = [AsyncJob(core, spec, str(number)) for number in range(40)]
        return list(await asyncio.gather(*(job.wait() for job in jobs), return_exceptions=True))

    ends = asyncio.run(wait())
    assert {type(end) for end in ends} == {JobTimeout}
    assert str(ends[-1]) == "print job '39' was not over after 10 s: its kind may be polled 1 times a second"
    assert len(fake.requests) <= 10
    assert fake.now() <= 10.0


def test_a_refresh_takes_a_turn_too() -> None:
    fake = FakeTransport({"GET /runs/*": Answer(json={"status": "running"})})
    core = Core(SETTINGS, {}, fake)
    spec = dataclasses.replace(SPEC, schedule=Schedule(rate=2.0))
    for number in range(5):
        Job(core, spec, str(number)).refresh()
    assert fake.sleeps == [0.5] * 4
