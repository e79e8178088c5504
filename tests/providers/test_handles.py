"""What one client does beside single calls: interrupted waits, resumed jobs, raw answers, many jobs at once, real time.

Typed as a user would write it, and without the clock that skips pauses where time itself is the point.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from doors import Hurried
from loopback import running
from pixelcut import AsyncClient, Client, JobCancelled
from pixelcut._runtime.stdlib_http import AsyncStdlibTransport, StdlibTransport
from pixelcut.models import TryOnJobStatus
from played_pixelcut import KEY, RESULT, Pixelcut

FINAL = RESULT.format("final")
SHIRT = "https://example.com/shirt.png"


def client_of(provider: Pixelcut) -> Client:
    return Client(api_key=KEY, base_url=provider.url, transport=Hurried(StdlibTransport()))


def async_client_of(provider: Pixelcut) -> AsyncClient:
    return AsyncClient(api_key=KEY, base_url=provider.url, transport=Hurried(AsyncStdlibTransport()))


def interrupt(progress: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("cancelling", [True, False])
def test_ctrl_c_cancels_the_job_if_asked_to(cancelling: bool) -> None:
    provider = Pixelcut()
    with running(provider), client_of(provider) as client:
        job = client.try_on.job(provider.begin("endless"))
        with pytest.raises(KeyboardInterrupt):
            job.wait(on_progress=interrupt, cancel_on_interrupt=cancelling)
        if cancelling:
            with pytest.raises(JobCancelled):
                job.wait()
    assert provider.saw() == ("GET POST GET" if cancelling else "GET")
    assert provider.jobs["job/1"].cancelled is cancelling


@pytest.mark.parametrize("cancelling", [True, False])
def test_cancelled_task_cancels_the_job_if_asked_to(cancelling: bool) -> None:
    provider = Pixelcut()

    async def main() -> None:
        # Real pauses: the task is cancelled while it sleeps.
        async with AsyncClient(api_key=KEY, base_url=provider.url) as client:
            looked = asyncio.Event()
            job = client.try_on.job(provider.begin("endless"))
            waiting = job.wait(on_progress=lambda progress: looked.set(), cancel_on_interrupt=cancelling)
            task = asyncio.create_task(waiting)
            await looked.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    with running(provider):
        asyncio.run(main())
    assert provider.saw() == ("GET POST" if cancelling else "GET")
    assert provider.jobs["job/1"].cancelled is cancelling


def test_token_takes_up_a_job_in_another_process() -> None:
    provider = Pixelcut()
    with running(provider):
        with client_of(provider) as client:
            job = client.try_on.start(person_image_url="https://example.com/fine.jpg", garment_image_url=SHIRT)
            token = job.token()
        assert KEY not in token
        with client_of(provider) as client:
            assert client.try_on.job(token).wait().result == FINAL
    assert provider.saw() == "POST GET GET GET"


def test_refresh_never_raises_for_a_failed_job() -> None:
    provider = Pixelcut()
    with running(provider), client_of(provider) as client:
        job = client.try_on.job(provider.begin("filtered", 2))
        snapshot = job.refresh()
    assert snapshot.status == "failed"
    assert snapshot.error is not None
    assert job.state == "failed"


def test_raw_answer_has_status_headers_and_bytes() -> None:
    provider = Pixelcut()
    with running(provider), client_of(provider) as client:
        answer = client.raw(client.try_on.get_job)(provider.begin("fine"))
        assert isinstance(answer.value, TryOnJobStatus)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
        assert b'"pending"' in answer.content
        assert answer.url == f"{provider.url}/v1/try-on/job/job%2F1"


def test_many_jobs_over_one_client_in_threads() -> None:
    provider = Pixelcut()

    def made(number: int) -> str:
        address = f"https://example.com/{number}/fine.jpg"
        return client.try_on.start(person_image_url=address, garment_image_url=SHIRT).wait().result

    with running(provider), client_of(provider) as client, ThreadPoolExecutor(8) as threads:
        results = list(threads.map(made, range(24)))
    assert results == [FINAL] * 24
    assert len(provider.jobs) == 24


def test_many_jobs_over_one_client_in_tasks() -> None:
    provider = Pixelcut()

    async def main() -> list[str]:
        async with async_client_of(provider) as client:

            async def made(number: int) -> str:
                address = f"https://example.com/{number}/fine.jpg"
                job = await client.try_on.start(person_image_url=address, garment_image_url=SHIRT)
                return (await job.wait()).result

            return await asyncio.gather(*(made(number) for number in range(24)))

    with running(provider):
        assert asyncio.run(main()) == [FINAL] * 24
    assert len(provider.jobs) == 24


def test_one_async_client_over_two_event_loops() -> None:
    provider = Pixelcut()
    job_id = provider.begin("fine", 2)
    with running(provider):
        client = AsyncClient(api_key=KEY, base_url=provider.url)

        async def look() -> str | None:
            return (await client.try_on.get_job(job_id)).result_url

        assert [asyncio.run(look()), asyncio.run(look())] == [FINAL, FINAL]
        asyncio.run(client.aclose())


def test_in_real_time_a_look_a_second() -> None:
    """The declared pace holds on the machine's own clock, with the transport that nobody chose."""
    provider = Pixelcut()
    with running(provider):
        with Client(api_key=KEY, base_url=provider.url) as client:
            started = time.monotonic()
            done = client.try_on.job(provider.begin("fine", 1)).wait()
            assert 0.7 <= time.monotonic() - started <= 5
            assert (done.result, done.polls) == (FINAL, 2)

        async def main() -> None:
            async with AsyncClient(api_key=KEY, base_url=provider.url) as client:
                started = time.monotonic()
                done = await client.try_on.job(provider.begin("fine", 1)).wait()
                assert 0.7 <= time.monotonic() - started <= 5
                assert (done.result, done.polls) == (FINAL, 2)

        asyncio.run(main())


def test_options_of_a_client_share_its_connections() -> None:
    provider = Pixelcut()
    with running(provider), client_of(provider) as client:
        job_id = provider.begin("fine")
        eager = client.with_options(headers={"X-Team": "studio"}, query={"trace": "1"})
        eager.try_on.get_job(job_id)
        client.try_on.get_job(job_id)
    first, second = provider.requests
    assert (first.headers["x-team"], first.query) == ("studio", {"trace": "1"})
    assert "x-team" not in second.headers
    assert second.query == {}
