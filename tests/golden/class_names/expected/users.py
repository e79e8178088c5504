"""Users."""

from __future__ import annotations

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import Operation
from ._runtime.operation import RequestOptions


class Users(Resource):
    """`client.users`."""

    def get(
        self,
        id: str,
        *,
        view: models.GetUserView | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetUserResponse:
        """GET /api/v1/users/{id}

        Safe to send again."""
        return self._core.send(_GET, options, path=(id,), query={"view": view})

    def update(
        self,
        id: str,
        *,
        body: list[models.RenameUserRequestItem] | None = None,
        options: RequestOptions | None = None,
    ) -> models.RenameUserResponse:
        """PATCH /api/v1/users/{id}

        Sent again only if it did not arrive, or after 429."""
        return self._core.send(_UPDATE, options, path=(id,), body=body)


class AsyncUsers(AsyncResource):
    get = asynchronous(Users.get)
    update = asynchronous(Users.update)


_GET = Operation(
    "GetApiV1UsersId", "GET /api/v1/users/{id}", {"200": "GetUserResponse"}
)
_UPDATE = Operation(
    "rename_user_api_v1_users__id__patch",
    "PATCH /api/v1/users/{id}",
    {"200": "RenameUserResponse"},
)
