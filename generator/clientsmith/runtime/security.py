"""Part of the runtime of a generated client. 0BSD: use it as you like.

Credentials: where they come from, and which of them a request carries.

An operation names alternatives, each a set of schemes needed together. The first
alternative whose credentials are all there is used; the empty one (no credentials) only
when no other can be met. A header given by hand is left alone.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from .declarations import ApiKey, Basic, Bearer, Scheme
from .errors import MissingCredentialError
from .operation import header_pairs
from .transport import Request


@dataclass(frozen=True, slots=True)
class Credential:
    """A secret, and the argument and the environment variable that give it."""

    value: str | None = field(repr=False)
    argument: str
    variable: str


def credential(value: str | None, argument: str, variable: str) -> Credential:
    """`value`, or what the environment variable holds. Missing is no error before an
    operation needs it.

    Raises ValueError for a value that no header can hold; the text does not show it.
    """
    if value is None:
        value = os.environ.get(variable, "").strip() or None
    if value is not None and not (value.isascii() and value.isprintable()):
        raise ValueError(
            f"{argument} holds a line break or another character that cannot be sent"
        )
    return Credential(value, argument, variable)


def basic_credential(
    username: str | None,
    password: str | None,
    user_variable: str,
    password_variable: str,
) -> Credential:
    """User name and password, each from the environment when it is None; together the
    credential of `Basic`.

    Raises ValueError for a colon in the user name (RFC 7617 section 2).
    """
    username = os.environ.get(user_variable) if username is None else username
    password = os.environ.get(password_variable) if password is None else password
    value = None
    if username is not None and password is not None:
        if ":" in username:
            raise ValueError(
                "username holds a colon, which the Basic scheme cannot carry"
            )
        value = base64.b64encode(f"{username}:{password}".encode()).decode()
    return Credential(
        value, "username and password", f"{user_variable} and {password_variable}"
    )


def authorised(
    request: Request,
    requirements: tuple[tuple[str, ...], ...],
    schemes: Mapping[str, Scheme],
    credentials: Mapping[str, Credential],
    operation_id: str,
) -> Request:
    """`request` with the credentials of the first requirement that can be met.

    Raises MissingCredentialError, which names the arguments and environment variables
    of the first requirement.
    """
    if not requirements:
        return request
    by_hand = {name.lower() for name, _ in request.headers}

    def is_met(name: str) -> bool:
        given = credentials.get(name)
        return name in schemes and (
            _header_of(schemes[name]) in by_hand
            or (given is not None and given.value is not None)
        )

    chosen = next(
        (names for names in requirements if names and all(map(is_met, names))), None
    )
    if chosen is None:
        if () in requirements:
            return request
        wanted = " and ".join(
            _described(name, credentials.get(name)) for name in requirements[0]
        )
        raise MissingCredentialError(f"operation {operation_id!r} needs {wanted}")
    for name in chosen:
        given = credentials.get(name)
        if (
            _header_of(schemes[name]) not in by_hand
            and given is not None
            and given.value is not None
        ):
            request = _with_credential(request, schemes[name], given.value)
    return request


def _header_of(scheme: Scheme) -> str:
    if isinstance(scheme, ApiKey):
        return scheme.name.lower() if scheme.location == "header" else ""
    return "authorization"


def _described(name: str, given: Credential | None) -> str:
    if given is None:
        return (
            f"the security scheme {name!r}, which this client cannot provide (give "
            "the header by hand)"
        )
    return (
        f"a credential: pass {given.argument}= or set the environment variable "
        f"{given.variable}"
    )


def _with_credential(request: Request, scheme: Scheme, value: str) -> Request:
    if isinstance(scheme, Bearer):
        return _with_header(request, "Authorization", f"{scheme.scheme} {value}")
    if isinstance(scheme, Basic):
        return _with_header(request, "Authorization", f"Basic {value}")
    if scheme.location == "header":
        return _with_header(request, scheme.name, value)
    pair = f"{quote(scheme.name, safe='')}={quote(value, safe='')}"
    if scheme.location == "query":
        return replace(
            request, url=f"{request.url}{'&' if '?' in request.url else '?'}{pair}"
        )
    cookies = [value for name, value in request.headers if name.lower() == "cookie"]
    return _with_header(request, "Cookie", "; ".join([*cookies, pair]))


def _with_header(request: Request, name: str, value: str) -> Request:
    others = (pair for pair in request.headers if pair[0].lower() != name.lower())
    return replace(request, headers=(*others, *header_pairs([(name, value)])))
