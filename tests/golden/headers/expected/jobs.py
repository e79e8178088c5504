"""Jobs."""

from __future__ import annotations

import builtins

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Jobs(Resource):
    """`client.jobs`."""

    def delete(self, id: str, *, options: RequestOptions | None = None) -> None:
        """DELETE /jobs/{id}

        Headers: `models.ResponseHeaders`. Safe to send again."""
        return self._core.send_none(_DELETE, options, path=(id,))

    def get(self, id: str, *, options: RequestOptions | None = None) -> None:
        """GET /jobs/{id}

        Headers: `models.ResponseHeaders`. Raises RateLimitError. Safe to send again."""
        return self._core.send_none(_GET, options, path=(id,))

    def list(self, *, options: RequestOptions | None = None) -> builtins.list[str]:
        """GET /jobs

        Headers: `models.ListJobsResponseHeaders`. Raises RateLimitError. Safe to send
        again."""
        return self._core.send(_LIST, options)


class AsyncJobs(AsyncResource):
    delete = asynchronous(Jobs.delete)
    get = asynchronous(Jobs.get)
    list = asynchronous(Jobs.list)


_DELETE = Operation("DELETE /jobs/{id}", "DELETE /jobs/{id}", {"204": {}})
_GET = Operation("GET /jobs/{id}", "GET /jobs/{id}", {"204": {}})
_LIST = Operation("listJobs", "GET /jobs", {"200": "list[str]"})
