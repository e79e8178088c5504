"""The clock of the test kit: many jobs that are waited for together take as long as the longest of them."""

from __future__ import annotations

import asyncio
import dataclasses
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from press_client.models import Run
from press_client.runs import PRINT, SETTINGS

from clientsmith.runtime.client import AsyncCore, Core
from clientsmith.runtime.job_declarations import JobSpec, Schedule
from clientsmith.runtime.job_outcomes import JobTimeout
from clientsmith.runtime.jobs import AsyncJob, Job
from clientsmith.runtime.testing import Answer, SentRequest
from clientsmith.runtime.testing_jobs import FakeTransport, numbered
from clientsmith.runtime.transport import Request

SPEC: JobSpec[Run, str, object] = dataclasses.replace(PRINT, schedule=Schedule(minimum=5.0, maximum=5.0, timeout=60.0))
RUNNING = Answer(json={"status": "running"})
DONE = Answer(json={"status": "done", "url": "u"})


def scripted(polls: int) -> FakeTransport:
    return FakeTransport({"GET /runs/*": [*[RUNNING] * polls, DONE]})


@pytest.mark.parametrize("count", [1, 20, 1000])
def test_gathered_jobs_sleep_together(count: int) -> None:
    fake = scripted(7)

    async def wait() -> list[float]:
        core = AsyncCore(SETTINGS, {}, fake)
        jobs = [AsyncJob(core, SPEC, str(number)) for number in range(count)]
        return [done.elapsed for done in await asyncio.gather(*(job.wait() for job in jobs))]

    assert asyncio.run(wait()) == pytest.approx([35.0] * count)
    assert fake.now() == pytest.approx(35.0)
    assert len(fake.requests) == 8 * count


def test_jobs_in_threads_sleep_together() -> None:
    fake = scripted(7)
    core, spec = Core(SETTINGS, {}, fake), dataclasses.replace(SPEC, schedule=Schedule(minimum=5.0, maximum=5.0))
    with ThreadPoolExecutor(20) as pool:
        waits = [pool.submit(Job(core, spec, str(number)).wait) for number in range(20)]
    assert [wait.result().polls for wait in waits] == [8] * 20
    # A thread that the system lets wait may begin a pause later than the others; one after the other would be 700 s.
    assert 35.0 <= fake.now() <= 175.0


def test_a_limited_number_at_a_time() -> None:
    """Ten rounds, of two jobs each: nobody's next job has to wait for a pause of somebody else."""
    fake = scripted(2)

    async def wait() -> None:
        core, room = AsyncCore(SETTINGS, {}, fake), asyncio.Semaphore(2)

        async def one(number: int) -> None:
            async with room:
                await AsyncJob(core, SPEC, str(number)).wait()

        await asyncio.gather(*(one(number) for number in range(20)))

    asyncio.run(wait())
    assert fake.now() == pytest.approx(100.0)


def test_pauses_of_different_lengths_end_in_their_order() -> None:
    fake, ended = FakeTransport([]), list[tuple[str, float]]()

    async def sleep(name: str, *pauses: float) -> None:
        for pause in pauses:
            await fake.asleep(pause)
            ended.append((name, fake.now()))

    async def main() -> None:
        await asyncio.gather(sleep("a", 10.0), sleep("b", 3.0, 3.0, 3.0, 3.0), sleep("c", 0.0, 7.0))

    asyncio.run(main())
    assert ended == [("c", 0.0), ("b", 3.0), ("b", 6.0), ("c", 7.0), ("b", 9.0), ("a", 10.0), ("b", 12.0)]


def test_who_is_cancelled_keeps_nobody_waiting() -> None:
    fake = FakeTransport([])

    async def main() -> float:
        first = asyncio.create_task(fake.asleep(5.0))
        second = asyncio.create_task(fake.asleep(8.0))
        await asyncio.sleep(0)
        first.cancel()
        await second
        return fake.now()

    assert asyncio.run(asyncio.wait_for(main(), 5)) == 8.0


def test_who_ends_keeps_nobody_waiting() -> None:
    fake = FakeTransport([])

    async def main() -> None:
        await asyncio.gather(*(fake.asleep(float(pause)) for pause in (1, 2, 3, 3, 4)))

    asyncio.run(asyncio.wait_for(main(), 5))
    threads = [threading.Thread(target=fake.sleep, args=(float(pause),)) for pause in (1, 2, 3, 3, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert not any(thread.is_alive() for thread in threads)
    assert 8.0 <= fake.now() <= 17.0  # threads that start late begin their pauses late


def test_one_thread_alone_does_not_wait() -> None:
    fake = FakeTransport([])
    began = time.perf_counter()
    for _ in range(100):
        fake.sleep(60.0)
    assert fake.now() == 6000.0
    assert time.perf_counter() - began < 3


def test_one_slow_job_does_not_end_the_others() -> None:
    fake = FakeTransport({"GET /runs/slow": RUNNING, "GET /runs/*": [*[RUNNING] * 3, DONE]})

    async def wait() -> list[Any]:
        core = AsyncCore(SETTINGS, {}, fake)
        jobs = [AsyncJob(core, SPEC, name) for name in ("slow", "a", "b")]
        return list(await asyncio.gather(*(job.wait() for job in jobs), return_exceptions=True))

    slow, *others = asyncio.run(wait())
    assert isinstance(slow, JobTimeout)
    assert [one.elapsed for one in others] == pytest.approx([15.0, 15.0])


def test_starts_have_ids_of_their_own() -> None:
    step = numbered(202, '{"id": "job-%d", "share": "5%%"}')
    fake = FakeTransport({"POST /runs": step})
    bodies = [fake.send(Request("POST", "https://a.example/runs")).content for _ in range(2)]
    assert bodies == [b'{"id": "job-1", "share": "5%"}', b'{"id": "job-2", "share": "5%"}']


def test_each_path_has_all_the_answers_of_its_route() -> None:
    def answered(request: SentRequest) -> Answer:
        return Answer(text=request.path)

    fake = FakeTransport({"GET /runs/*": [RUNNING, answered, DONE], "POST /runs": [Answer(201), Answer(202)]})

    def get(path: str) -> bytes:
        return fake.send(Request("GET", f"https://a.example{path}")).content

    assert [get("/runs/a"), get("/runs/b"), get("/runs/a"), get("/runs/a?x=1")][1:] == [
        b'{"status": "running"}',
        b"/runs/a",
        b'{"status": "done", "url": "u"}',
    ]
    starts = [fake.send(Request("POST", "https://a.example/runs", body=body)).status for body in (b"1", b"2", b"3")]
    assert starts == [201, 202, 202]
