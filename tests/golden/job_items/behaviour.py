from __future__ import annotations

import asyncio

from golden_server import Answer, Script
from job_items import AsyncBatchJob, AsyncClient, BatchJob, CheckJob, Client, JobError
from job_items.models import Row
from job_items.testing import FakeTransport, batch_job

GOOD = {"id": "1", "state": "good", "url": "https://example.com/1"}
BAD = {"id": "2", "state": "good", "url": "u", "error": {"code": "c", "text": "t"}}


def check_items(server: Script) -> None:
    server.script(
        Answer(202, {"batch": {"id": 7}}),
        Answer(404, {}),
        Answer(200, {"state": "open", "good": 1, "bad": 0, "all": 2}),
        Answer(200, {"state": "done", "rows": [GOOD, BAD]}),
    )
    seen: list[tuple[int | None, int | None]] = []
    with Client(base_url=server.url) as client:
        job: BatchJob = client.batches.start_batch()
        done = job.wait(on_progress=lambda progress: seen.append((progress.done, progress.total)))
        results: list[str] = done.result
        failed: tuple[Row, ...] = done.failed_items
    assert (results, [row.id for row in failed], done.partial) == (["https://example.com/1"], ["2"], True)
    assert seen == [(1, 2), (None, None)]
    poll = server.requests[1]
    assert (poll.path, poll.raw_query) == ("/batches", "view=full")
    assert (poll.headers["x-batch"], poll.headers["x-version"]) == ("7", "2")


def check_cancel(server: Script) -> None:
    server.script(Answer(204), Answer(409, {"error_code": "over"}))
    with Client(base_url=server.url) as client:
        job = client.batches.batch_job("a b")
        assert (job.cancel(), job.cancel()) == (True, False)
    assert [(r.path, r.raw_query) for r in server.requests] == [("/batches/cancel", "batch=a%20b")] * 2


def check_unknown_states_raise(server: Script) -> None:
    server.script(Answer(200, {"state": "odd"}))

    async def run() -> None:
        async with AsyncClient(base_url=server.url) as client:
            job: AsyncBatchJob = client.batches.batch_job("1")
            try:
                await job.wait()
            except JobError as error:
                assert "odd" in str(error)
            else:
                raise AssertionError("an unknown state passed")

    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        asyncio.run(run())


def check_an_operation_of_another_resource(server: Script) -> None:
    server.script(Answer(200, {"state": "done"}))
    with Client(base_url=server.url) as client:
        assert client.batches.check_job("3").wait().snapshot.state == "done"
    assert server.requests[0].path == "/checks/3"


def check_scripts(server: Script) -> None:
    client = Client(transport=FakeTransport(batch_job("partial")))
    done = client.batches.start_batch().wait()
    assert (done.result, len(done.failed_items), done.partial) == (["https://example.com/result"], 1, True)
    done = Client(transport=FakeTransport(batch_job())).batches.batch_job("1").wait()
    assert (done.result, done.partial) == (["https://example.com/result"], False)


def check_what_cannot_be_cancelled(server: Script) -> None:
    with Client(base_url=server.url) as client:
        check: CheckJob = client.batches.check_job("3")
        assert not hasattr(check, "cancel")
        assert hasattr(client.batches.batch_job("3"), "cancel")
