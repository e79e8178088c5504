"""The client itself."""

from __future__ import annotations

from ._runtime.client import AsyncClientBase, ClientBase, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class ClientMethods(ClientBase):
    """`client`."""

    def import_(self, *, options: RequestOptions | None = None) -> None:
        """GET /import

        Safe to send again."""
        return self._core.send_none(_IMPORT, options)


class AsyncClientMethods(AsyncClientBase):
    import_ = asynchronous(ClientMethods.import_)


_IMPORT = Operation("import", "GET /import", {"204": {}})
