"""Domains."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Domains(Resource):
    """`client.domains`."""

    def get(self, domain_name: str, *, options: RequestOptions | None = None) -> None:
        """GET /domains/{domainName}

        Safe to send again."""
        return self._core.send_none(_GET, options, path=(domain_name,))


class AsyncDomains(AsyncResource):
    get = asynchronous(Domains.get)


_GET = Operation("getDomain", "GET /domains/{domainName}", {"204": {}})
