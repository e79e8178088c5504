"""Nodes."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import UNSET, Operation, Unset
from ._runtime.given import given
from ._runtime.operation import RequestOptions


class Nodes(Resource):
    """`client.nodes`."""

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

        Returns: Made. Sent again only if it did not arrive, or after 429."""
        body = {
            "parent": parent,
            **given(
                {
                    "note": note,
                    "name": name,
                    "children": children,
                    "labels": labels,
                    "forest": forest,
                },
            ),
        }
        return self._core.send(_CREATE, options, body=body)


class AsyncNodes(AsyncResource):
    create = asynchronous(Nodes.create)


_CREATE = Operation("createNode", "POST /nodes", {"201": "CreateNodeResponse"})
