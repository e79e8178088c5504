from __future__ import annotations

import asyncio

from golden_server import Answer, Script
from jobs import AsyncClient, Client, JobCancelled, JobTimeout


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
