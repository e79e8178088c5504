from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from golden_server import Answer, Script
from job_bodies import AsyncClient, Client, JobFailed, JobProgress
from job_bodies.models import Task, Transcript
from job_bodies.testing import FakeTransport, transcript_job

ASKED = {"task": "7", "kind": "transcript"}


def check_polls_and_cancels_have_a_body(server: Script) -> None:
    server.script(
        Answer(200, {"task": {"number": 7}}),
        Answer(200, {"state": "working"}),
        Answer(503),
        Answer(200, {"state": "ready", "transcript": {"text": "a", "words": ["a"]}}),
        Answer(204),
    )
    with Client(base_url=server.url) as client:
        job = client.transcripts.start(url="u")
        done = job.wait()
        result: Transcript = done.result
        assert job.cancel()
    assert (result.text, done.polls) == ("a", 3)
    assert [(request.path, request.json()) for request in server.requests[1:]] == [
        *[("/tasks/query", ASKED)] * 3,
        ("/tasks/stop", ASKED),
    ]
    assert done.expires_at is not None
    assert timedelta(minutes=89) < done.expires_at - datetime.now(UTC) <= timedelta(minutes=90)


def check_a_poll_is_sent_again(server: Script) -> None:
    server.script(Answer(503), Answer(200, {"state": "waiting"}))
    with Client(base_url=server.url) as client:
        assert client.transcripts.job("7").refresh().state == "waiting"


def check_scripts(server: Script) -> None:
    seen: list[str | None] = []

    async def note(progress: JobProgress[Task]) -> None:
        await asyncio.sleep(0)
        seen.append(progress.status)

    async def play() -> str:
        async with AsyncClient(transport=FakeTransport(transcript_job("ready", after=1))) as client:
            return (await (await client.transcripts.start(url="u")).wait(on_progress=note)).result.text

    assert (asyncio.run(play()), seen) == ("text", ["working", "ready"])
    client = Client(transport=FakeTransport(transcript_job("broken")))
    first, second = client.transcripts.start(url="u"), client.transcripts.start(url="u")
    assert (first.id, second.id, first.cancel()) == ("1", "2", True)
    try:
        first.wait()
    except JobFailed as error:
        assert error.message == "The job failed."
    else:
        raise AssertionError("a failed job passed for a success")
