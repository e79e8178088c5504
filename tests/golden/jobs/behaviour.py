from __future__ import annotations

import asyncio

from golden_server import Answer, Script
from jobs import AsyncClient, Client, JobCancelled, JobTimeout, RenderJob
from jobs.testing import Answer as Canned
from jobs.testing import FakeTransport, render_job


def check_wait(server: Script) -> None:
    server.script(
        Answer(202, {"id": "1", "state": "queued"}),
        Answer(200, {"id": "1", "state": "queued"}),
        Answer(200, {"id": "1", "state": "done", "url": "https://example.com/1.png", "error": {"code": "x"}}),
    )
    with Client(base_url=server.url) as client:
        done = client.renders.start(scene="s").wait()
        url: str = done.result
    assert url == "https://example.com/1.png" and done.polls == 2
    assert server.requests[0].json() == {"scene": "s", "wait": False}


def check_cancelled(server: Script) -> None:
    server.script(Answer(200, {"id": "1", "state": "failed", "error": {"code": "cancelled", "message": "stopped"}}))
    with Client(base_url=server.url) as client:
        try:
            client.renders.job("1").wait()
        except JobCancelled as error:
            assert (error.code, error.message, error.job_id) == ("cancelled", "stopped", "1")
        else:
            raise AssertionError("a cancelled job passed for a success")


def check_cancel_and_timeout(server: Script) -> None:
    server.script(Answer(204), Answer(409, {}), *[Answer(200, {"id": "1", "state": "queued"})] * 200)
    with Client(base_url=server.url) as client:
        job = client.renders.job("1")
        assert (job.cancel(), job.cancel()) == (True, False)
        try:
            job.wait(timeout=0.05)
        except JobTimeout as error:
            assert error.job_id == "1"
        else:
            raise AssertionError("waited for ever")


def check_async(server: Script) -> None:
    server.script(Answer(202, {"id": "1"}), Answer(200, {"id": "1", "state": "done", "url": "u"}))

    async def run() -> None:
        async with AsyncClient(base_url=server.url) as client:
            job = await client.renders.start(scene="s")
            assert (await job.wait()).result == "u"

    asyncio.run(run())


def check_scripts(server: Script) -> None:
    fake = FakeTransport({**render_job("done", after=3), "GET /other": Canned(404)})
    client = Client(transport=fake)
    started = [client.renders.start(scene="s") for _ in range(2)]
    assert [job.wait().polls for job in started] == [4, 4]
    assert [request.path for request in fake.requests[:3]] == ["/renders", "/renders", f"/renders/{started[0].id}"]
    job: RenderJob = Client(transport=FakeTransport(render_job("cancelled", after=0))).renders.job("x")
    assert job.cancel()
    try:
        job.wait()
    except JobCancelled as error:
        assert error.code == "cancelled"
    else:
        raise AssertionError("a cancelled job passed for a success")


def check_many_jobs(server: Script) -> None:
    """Twenty jobs that are awaited together take as long as one."""
    fake = FakeTransport(render_job(after=50))

    async def run() -> int:
        async with AsyncClient(transport=fake) as client:
            jobs = [await client.renders.start(scene="s") for _ in range(20)]
            done = await asyncio.gather(*(job.wait(timeout=0.12) for job in jobs))
            return sum(one.polls for one in done)

    assert asyncio.run(run()) == 20 * 51
    assert 0.05 < fake.now() < 0.12
