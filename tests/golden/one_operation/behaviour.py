from __future__ import annotations

import asyncio
import pickle

from golden_server import Answer, Script
from one_operation import AsyncClient, Client, NotFoundError


def check_call(server: Script) -> None:
    server.script(Answer(200, {"id": "a/b", "result_url": "https://example.com/x.png", "new": 1}))
    with Client(api_key="k", base_url=server.url) as client:
        job = client.jobs.get("a/b")
    assert (job.id, job.result_url) == ("a/b", "https://example.com/x.png")
    assert job.additional_properties == {"new": 1}
    assert server.requests[0].path == "/jobs/a%2Fb"
    assert server.requests[0].headers["x-api-key"] == "k"


def check_error(server: Script) -> None:
    server.script(Answer(404, {"message": "gone", "code": "not_found"}))
    with Client(api_key="k", base_url=server.url) as client:
        try:
            client.jobs.get("x")
        except NotFoundError as error:
            again = pickle.loads(pickle.dumps(error))
            assert error.body is not None and again.body is not None
            assert error.body.message == again.body.message == "gone"
            assert error.error_code == "not_found"
            assert "404" in str(error) and "\n" not in str(error)
        else:
            raise AssertionError("nothing was raised")


def check_async(server: Script) -> None:
    server.script(Answer(200, {"id": "1"}))

    async def run() -> None:
        async with AsyncClient(api_key="k", base_url=server.url) as client:
            assert (await client.jobs.get("1")).id == "1"

    asyncio.run(run())
