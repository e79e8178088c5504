"""Labels."""

from __future__ import annotations

from typing import Any

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import UNSET, Operation, Unset
from ._runtime.operation import Call, RequestOptions


class Labels(Resource):
    """`client.labels`."""

    def create(
        self,
        *,
        color: str | None = None,
        additional_properties: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /labels

        Args:
            additional_properties: Further properties of the body, by their names as
                they are sent.

        Sent again only if it did not arrive, or after 429."""
        return self._core.call(_create(color, additional_properties), options)

    def replace(
        self,
        *,
        color: str,
        additional_properties: dict[str, int] | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /labels

        Safe to send again. For additional_properties see `create`."""
        return self._core.send_none(
            _REPLACE, options, body={**(additional_properties or {}), "color": color}
        )

    def update(
        self,
        *,
        id: int,
        color: str | Unset | None = UNSET,
        any: Any = UNSET,
        at: models.PatchLabelsRequestAt | Unset | None = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """PATCH /labels

        Sent again only if it did not arrive, or after 429."""
        body = {"id": id, "color": color, "any": any, "at": at}
        return self._core.send_none(
            _UPDATE, options, body=body, content_type="application/merge-patch+json"
        )


class AsyncLabels(AsyncResource):
    create = asynchronous(Labels.create)
    replace = asynchronous(Labels.replace)
    update = asynchronous(Labels.update)


_CREATE = Operation("postLabels", "POST /labels", {"204": {}})
_REPLACE = Operation("putLabels", "PUT /labels", {"204": {}})
_UPDATE = Operation("patchLabels", "PATCH /labels", {"204": {}})


def _create(
    color: str | None, additional_properties: dict[str, Any] | None
) -> Call[None]:
    if color is not None or additional_properties is not None:
        return Call(
            _CREATE,
            body={**(additional_properties or {}), "color": color},
            content_type="application/x-www-form-urlencoded",
        )
    return Call(_CREATE)
