"""Jobs."""

from __future__ import annotations

from typing import Literal, overload

from . import health as health_module, models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions
from ._runtime.renamed import Renamed


class Jobs(Resource):
    """`client.jobs`."""

    def cancel(self, id: str, *, options: RequestOptions | None = None) -> None:
        """POST /jobs/{id}/cancel

        Sent again only if it did not arrive, or after 429."""
        return self._core.send_none(_CANCEL, options, path=(id,))

    @overload
    def get(
        self,
        id: str,
        *,
        accept: Literal["application/json"] | None = None,
        options: RequestOptions | None = None,
    ) -> models.Job: ...

    @overload
    def get(
        self,
        id: str,
        *,
        accept: Literal["text/csv"],
        options: RequestOptions | None = None,
    ) -> str: ...

    def get(
        self,
        id: str,
        *,
        accept: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.Job | str:
        """GET /jobs/{id}

        Args:
            accept: Media type to ask for.

        Returns: The job. Safe to send again."""
        return self._core.send(_GET, options, path=(id,), accept=accept)

    fetch = Renamed("jobs.fetch", "jobs.get", lambda core: Jobs(core).get)
    ping = Renamed(
        "jobs.ping", "health.ping", lambda core: health_module.Health(core).ping
    )
    stop = Renamed("jobs.stop", "jobs.cancel", lambda core: Jobs(core).cancel)


class AsyncJobs(AsyncResource):
    cancel = asynchronous(Jobs.cancel)
    get = asynchronous(Jobs.get)
    fetch = Renamed("jobs.fetch", "jobs.get", lambda core: AsyncJobs(core).get)
    ping = Renamed(
        "jobs.ping", "health.ping", lambda core: health_module.AsyncHealth(core).ping
    )
    stop = Renamed("jobs.stop", "jobs.cancel", lambda core: AsyncJobs(core).cancel)


_CANCEL = Operation("cancelJob", "POST /jobs/{id}/cancel", {"204": {}})
_GET = Operation(
    "getJob", "GET /jobs/{id}", {"200": {"application/json": "Job", "text/csv": "str"}}
)
