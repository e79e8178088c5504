"""Domains."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import Call, RequestOptions


class Domains(Resource):
    """`client.domains`."""

    def get(self, domain_name: str, *, options: RequestOptions | None = None) -> None:
        """GET /domains/{domainName}

        Sent again after a lost connection, 408, 425, 429 and 5xx."""
        return self._core.call(Call[None](_GET, path=(domain_name,)), options)


class AsyncDomains(AsyncResource):
    """The asynchronous form of `Domains`."""

    get = asynchronous(Domains.get)


_GET = Operation("getDomain", "GET /domains/{domainName}", {"204": {}})
