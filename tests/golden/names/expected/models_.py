"""Models."""

from __future__ import annotations

from . import models, models as _models
from ._runtime.client import AsyncCore, Core
from ._runtime.operation import Call, Operation, RequestOptions


class Models:
    """`client.models`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def delete(self, id: str, *, options: RequestOptions | None = None) -> None:
        """DELETE /v1/models/{id}"""
        return self._core.call(_delete(id), options)

    def get(self, id: str, *, options: RequestOptions | None = None) -> models.Job:
        """GET /v1/models/{id}

        Returns:
            OK
        """
        return self._core.call(_get(id), options)

    def list(
        self,
        *,
        models: str | None = None,
        self_: str | None = None,
        klass: str | None = None,
        not_not: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.Job:
        """POST /v1/models

        Returns:
            OK
        """
        return self._core.call(
            _list(models=models, self_=self_, klass=klass, not_not=not_not),
            options,
        )

    def list_models(self, *, options: RequestOptions | None = None) -> models.Job:
        """GET /v1/models

        Returns:
            OK
        """
        return self._core.call(_list_models(), options)


class AsyncModels:
    """`client.models` of the asynchronous client."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def delete(self, id: str, *, options: RequestOptions | None = None) -> None:
        """DELETE /v1/models/{id}"""
        return await self._core.call(_delete(id), options)

    async def get(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> models.Job:
        """GET /v1/models/{id}

        Returns:
            OK
        """
        return await self._core.call(_get(id), options)

    async def list(
        self,
        *,
        models: str | None = None,
        self_: str | None = None,
        klass: str | None = None,
        not_not: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.Job:
        """POST /v1/models

        Returns:
            OK
        """
        return await self._core.call(
            _list(models=models, self_=self_, klass=klass, not_not=not_not),
            options,
        )

    async def list_models(self, *, options: RequestOptions | None = None) -> models.Job:
        """GET /v1/models

        Returns:
            OK
        """
        return await self._core.call(_list_models(), options)


_DELETE = Operation(
    "delete",
    "DELETE",
    ("/v1/models/", "id", ""),
    responses={"204": {}},
)


def _delete(id: str) -> Call[None]:
    return Call(_DELETE, path=(id,))


_GET = Operation(
    "GET /v1/models/{id}",
    "GET",
    ("/v1/models/", "id", ""),
    responses={"200": {"application/json": "Job"}},
)


def _get(id: str) -> Call[models.Job]:
    return Call(_GET, path=(id,))


_LIST = Operation(
    "list-models",
    "POST",
    ("/v1/models",),
    responses={"200": {"application/json": "Job"}},
)


def _list(
    *,
    models: str | None = None,
    self_: str | None = None,
    klass: str | None = None,
    not_not: str | None = None,
) -> Call[models.Job]:
    return Call(
        _LIST,
        body=_models.ListModelsRequest(
            models=models,
            self_=self_,
            klass=klass,
            not_not=not_not,
        ),
        content_type="application/json",
    )


_LIST_MODELS = Operation(
    "GET /v1/models",
    "GET",
    ("/v1/models",),
    responses={"200": {"application/json": "Job"}},
)


def _list_models() -> Call[models.Job]:
    return Call(_LIST_MODELS)
