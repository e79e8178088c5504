"""Form."""

from __future__ import annotations

from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Form(Resource):
    """`client.form`."""

    def send(
        self, *, a: str, b: int | None = None, options: RequestOptions | None = None
    ) -> None:
        """POST /form

        Sent again only if it did not arrive, or after 429."""
        body = {"a": a, "b": b}
        return self._core.send_none(
            _SEND, options, body=body, content_type="application/x-www-form-urlencoded"
        )


class AsyncForm(AsyncResource):
    send = asynchronous(Form.send)


_SEND = Operation("sendForm", "POST /form", {"204": {}})
