"""Models."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.given import given
from ._runtime.operation import RequestOptions


class Models(Resource):
    """`client.models`."""

    def create(
        self,
        *,
        models: str | None = None,
        self_: str | None = None,
        klass: str | None = None,
        not_not: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.Job:
        """POST /v1/models

        Sent again only if it did not arrive, or after 429."""
        body = {"models": models, "self": self_, "класс": klass, "!!": not_not}
        return self._core.send(_CREATE, options, body=given(body))

    def delete(self, id: str, *, options: RequestOptions | None = None) -> None:
        """DELETE /v1/models/{id}

        Safe to send again."""
        return self._core.send_none(_DELETE, options, path=(id,))

    def get(self, id: str, *, options: RequestOptions | None = None) -> models.Job:
        """GET /v1/models/{id}

        Safe to send again."""
        return self._core.send(_GET, options, path=(id,))

    def list(self, *, options: RequestOptions | None = None) -> models.Job:
        """GET /v1/models

        Safe to send again."""
        return self._core.send(_LIST, options)


class AsyncModels(AsyncResource):
    create = asynchronous(Models.create)
    delete = asynchronous(Models.delete)
    get = asynchronous(Models.get)
    list = asynchronous(Models.list)


_CREATE = Operation("list-models", "POST /v1/models", {"200": "Job"})
_DELETE = Operation("delete", "DELETE /v1/models/{id}", {"204": {}})
_GET = Operation("GET /v1/models/{id}", "GET /v1/models/{id}", {"200": "Job"})
_LIST = Operation("GET /v1/models", "GET /v1/models", {"200": "Job"})
