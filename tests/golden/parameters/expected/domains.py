"""Domains."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Domains(Resource):
    """`client.domains`."""

    def get(self, domain_name: str, *, options: RequestOptions | None = None) -> None:
        """GET /domains/{domainName}

        Sent again after a lost connection, 408, 425, 429 and 5xx.
        """
        call: Call[None] = Call(_GET, path=(domain_name,))
        return self._core.call(call, options)


class AsyncDomains(AsyncResource):
    """The asynchronous form of `Domains`."""

    async def get(
        self, domain_name: str, *, options: RequestOptions | None = None
    ) -> None:
        """The asynchronous form of `Domains.get`."""
        call: Call[None] = Call(_GET, path=(domain_name,))
        return await self._core.call(call, options)


_GET = Operation(
    "getDomain", "GET", ("/domains/", "domainName", ""), responses={"204": {}}
)
