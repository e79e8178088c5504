"""Nodes."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncCore, Core
from ._runtime.operation import Call, Operation, RequestOptions
from ._runtime.unset import UNSET, Unset


class Nodes:
    """`client.nodes`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def create(
        self,
        *,
        name: str,
        note: str | None = None,
        children: list[models.Node] | None = None,
        labels: models.Labels | None = None,
        forest: models.Forest | None = None,
        parent: models.Node | Unset | None = UNSET,
        options: RequestOptions | None = None,
    ) -> models.CreateNodeResponse:
        """POST /nodes

        Returns:
            Made
        """
        return self._core.call(
            _create(
                name=name,
                note=note,
                children=children,
                labels=labels,
                forest=forest,
                parent=parent,
            ),
            options,
        )


class AsyncNodes:
    """`client.nodes` of the asynchronous client."""

    def __init__(self, core: AsyncCore) -> None:
        self._core = core

    async def create(
        self,
        *,
        name: str,
        note: str | None = None,
        children: list[models.Node] | None = None,
        labels: models.Labels | None = None,
        forest: models.Forest | None = None,
        parent: models.Node | Unset | None = UNSET,
        options: RequestOptions | None = None,
    ) -> models.CreateNodeResponse:
        """POST /nodes

        Returns:
            Made
        """
        return await self._core.call(
            _create(
                name=name,
                note=note,
                children=children,
                labels=labels,
                forest=forest,
                parent=parent,
            ),
            options,
        )


_CREATE = Operation(
    "createNode",
    "POST",
    ("/nodes",),
    responses={"201": {"application/json": "CreateNodeResponse"}},
)


def _create(
    *,
    name: str,
    note: str | None = None,
    children: list[models.Node] | None = None,
    labels: models.Labels | None = None,
    forest: models.Forest | None = None,
    parent: models.Node | Unset | None = UNSET,
) -> Call[models.CreateNodeResponse]:
    return Call(
        _CREATE,
        body=models.Node(
            note=note,
            name=name,
            children=children,
            labels=labels,
            forest=forest,
            parent=parent,
        ),
        content_type="application/json",
    )
