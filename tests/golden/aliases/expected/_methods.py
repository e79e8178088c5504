"""The client itself."""

from __future__ import annotations

from . import health as health_module
from ._runtime.client import AsyncClientBase, ClientBase, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions
from ._runtime.renamed import Renamed


class ClientMethods(ClientBase):
    """`client`."""

    def send_mail(self, *, options: RequestOptions | None = None) -> None:
        """POST /sendMail

        Sent again only if it did not arrive, or after 429."""
        return self._core.send_none(_SEND_MAIL, options)

    check = Renamed(
        "check", "health.ping", lambda core: health_module.Health(core).ping
    )


class AsyncClientMethods(AsyncClientBase):
    send_mail = asynchronous(ClientMethods.send_mail)
    check = Renamed(
        "check", "health.ping", lambda core: health_module.AsyncHealth(core).ping
    )


_SEND_MAIL = Operation("sendMail", "POST /sendMail", {"204": {}})
