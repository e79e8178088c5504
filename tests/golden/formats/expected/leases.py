"""Leases."""

from __future__ import annotations

import datetime

from . import models
from ._runtime.client import AsyncResource, Resource, asynchronous
from ._runtime.declarations import UNSET, Operation, Unset
from ._runtime.given import given
from ._runtime.operation import RequestOptions
from ._runtime.sent_as import sent_as
from ._runtime.styles import Param


class Leases(Resource):
    """`client.leases`."""

    def create(
        self,
        *,
        lasts: datetime.timedelta,
        token: bytes | None = None,
        since: datetime.datetime | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /leases

        Sent again only if it did not arrive, or after 429."""
        body = {
            "lasts": lasts,
            "token": sent_as(token, "base64url"),
            "since": sent_as(since, "http-date"),
        }
        return self._core.send_none(
            _CREATE,
            options,
            body=body,
            content_type="application/x-www-form-urlencoded",
        )

    def create_by_token(
        self, token: bytes, *, body: list[bytes], options: RequestOptions | None = None
    ) -> list[datetime.datetime]:
        """POST /leases/{token}

        Sent again only if it did not arrive, or after 429."""
        body_ = sent_as(body, "base64url")
        return self._core.send(
            _CREATE_BY_TOKEN, options, path=(sent_as(token, "base64url"),), body=body_
        )

    def update(
        self,
        token: bytes,
        *,
        lasts: datetime.timedelta,
        body_token: bytes,
        since: datetime.datetime,
        query_lasts: datetime.timedelta | None = None,
        tokens: list[bytes] | None = None,
        if_unmodified_since: datetime.datetime | None = None,
        plain: bytes | None = None,
        history: list[datetime.datetime] | Unset | None = UNSET,
        pauses: dict[str, datetime.timedelta] | None = None,
        nodes: list[models.Node] | None = None,
        additional_properties: dict[str, bytes] | None = None,
        options: RequestOptions | None = None,
    ) -> models.Lease:
        """PUT /leases/{token}

        Args:
            additional_properties: Further properties of the body, by their names as
                they are sent.

        Safe to send again."""
        body = {
            **sent_as(additional_properties or {}, "base64url"),
            "history": sent_as(history, "http-date"),
            **given(
                {
                    "lasts": lasts,
                    "token": sent_as(body_token, "base64url"),
                    "since": sent_as(since, "http-date"),
                    "plain": plain,
                    "pauses": pauses,
                    "nodes": sent_as(nodes, "base64url"),
                },
            ),
        }
        query = {"lasts": query_lasts, "tokens": sent_as(tokens, "base64url")}
        header = {"If-Unmodified-Since": sent_as(if_unmodified_since, "http-date")}
        return self._core.send(
            _UPDATE,
            options,
            path=(sent_as(token, "base64url"),),
            query=query,
            header=header,
            body=body,
        )


class AsyncLeases(AsyncResource):
    create = asynchronous(Leases.create)
    create_by_token = asynchronous(Leases.create_by_token)
    update = asynchronous(Leases.update)


_CREATE = Operation("POST /leases", "POST /leases", {"204": {}})
_CREATE_BY_TOKEN = Operation(
    "POST /leases/{token}",
    "POST /leases/{token}",
    {"200": 'list[Annotated[datetime.datetime, "http-date"]]'},
)
_UPDATE = Operation(
    "PUT /leases/{token}",
    "PUT /leases/{token}",
    {"200": "Lease"},
    params=(Param("query", "tokens", explode=False),),
)
