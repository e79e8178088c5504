"""Old names of methods and classes do what the new ones do, and state these in a warning of the line that uses them."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from typing import assert_type

from aliases import AsyncClient, Client, models
from golden_server import Answer, Script

JOB = {"id": "j1", "state": "done"}


@contextmanager
def warned(*messages: str) -> Generator[None]:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        yield
    assert [str(one.message) for one in found] == list(messages)
    assert all(one.category is DeprecationWarning and one.filename == __file__ for one in found)


def check_methods(server: Script) -> None:
    server.script(Answer(204), Answer(200, JOB), Answer(200, b"a,b", {"Content-Type": "text/csv"}))
    with Client(base_url=server.url) as client:
        with warned("jobs.stop is now called jobs.cancel"):
            client.jobs.stop("j1")  # pyright: ignore[reportDeprecated]
        with warned("jobs.fetch is now called jobs.get"):
            job = client.jobs.fetch("j1")  # pyright: ignore[reportDeprecated]
        assert_type(job, models.Job)
        with warned("tasks.get is now called jobs.get"):
            text = client.tasks.get("j1", accept="text/csv")  # pyright: ignore[reportDeprecated]
        assert_type(text, str)
    assert (job.id, text) == ("j1", "a,b")
    assert [request.path for request in server.requests] == ["/jobs/j1/cancel", "/jobs/j1", "/jobs/j1"]


def check_resources_that_are_gone_and_the_client_itself(server: Script) -> None:
    server.script(Answer(204), Answer(204), Answer(204))
    with Client(base_url=server.url) as client:
        with warned("old.mails.send is now called send_mail"):
            client.old.mails.send()  # pyright: ignore[reportDeprecated]
        with warned("check is now called health.ping", "jobs.ping is now called health.ping"):
            client.check()  # pyright: ignore[reportDeprecated]
            client.jobs.ping(options={"timeout": 5})  # pyright: ignore[reportDeprecated]
    assert [request.path for request in server.requests] == ["/sendMail", "/ping", "/ping"]


def check_asynchronous_methods(server: Script) -> None:
    server.script(Answer(204), Answer(200, JOB), Answer(204))

    async def main() -> None:
        async with AsyncClient(base_url=server.url) as client:
            with warned("jobs.stop is now called jobs.cancel", "tasks.get is now called jobs.get"):
                await client.jobs.stop("j1")  # pyright: ignore[reportDeprecated]
                job = await client.tasks.get("j1")  # pyright: ignore[reportDeprecated]
            with warned("old.mails.send is now called send_mail"):
                await client.old.mails.send()  # pyright: ignore[reportDeprecated]
            assert isinstance(job, models.Job)

    asyncio.run(main())


def check_classes(server: Script) -> None:
    with warned("aliases.models.Task is now called aliases.models.Job"):
        task = models.Task
    assert task is models.Job
    with warned("aliases.models.is_phase is now called aliases.models.is_job_state"):
        from aliases.models import is_phase
    assert is_phase("done")
    with warned("aliases.models.Phase is now called aliases.models.JobState"):
        assert models.Phase is models.JobState

    def state_of(one: models.Task) -> str:
        return one.state

    assert state_of(models.Job(id="j1", state="done")) == "done"


def check_nothing_else_warns(server: Script) -> None:
    server.script(Answer(204))
    with Client(base_url=server.url) as client, warned():
        client.jobs.cancel("j1")
        assert "Task" not in dir(models)
        assert type(vars(type(client.jobs))["stop"]).__name__ == "Renamed"
        assert not callable(type(client.jobs).stop)  # pyright: ignore[reportDeprecated]
