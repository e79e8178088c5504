"""Credentials: where they come from, and which of them a request carries: those of the
first alternative whose credentials are all there; the empty one (no credentials) only
when no other can be met. A header given by hand is left alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never
from urllib.parse import quote

from .declarations import Requirements, Scheme
from .errors import MissingCredentialError
from .operation import Credential
from .transport import Request


def credential(value: str | None, argument: str, variable: str) -> Credential:
    """Returns `value` as a credential, or what the environment variable holds, without
    white space around it. Missing is no error before an operation needs it.
    Raises ValueError for an empty value, and one that no header can hold, unshown."""
    given = (os.environ.get(variable, "") if value is None else value).strip()
    if value is not None and not given:
        raise ValueError(f"{argument} is empty; left out, it is read from {variable}")
    if not (given.isascii() and given.isprintable()):
        what = "a line break or another character that cannot be sent"
        raise ValueError(f"{argument} holds {what}")
    return Credential(given or None, argument, variable)


def authorised(
    request: Request,
    requirements: Requirements,
    operation_id: str,
    schemes: Mapping[str, Scheme],
    credentials: Mapping[str, Credential],
) -> Request:
    """Returns `request` with the credentials of the first of an operation's
    requirements that can be met. Raises MissingCredentialError, which names the
    arguments and environment variables of the first."""
    by_hand = {name.lower() for name, _ in request.headers}
    secrets = {name: given.value for name, given in credentials.items()}

    def is_met(name: str) -> bool:
        given = secrets.get(name) is not None
        return name in schemes and (given or _header_of(schemes[name]) in by_hand)

    chosen = next((one for one in requirements if one and all(map(is_met, one))), None)
    if chosen is None:
        if () in requirements:
            return request
        names = requirements[0]
        needed = " and ".join(_described(name, credentials.get(name)) for name in names)
        raise MissingCredentialError(f"operation {operation_id!r} needs {needed}")
    for name in chosen:
        secret = secrets.get(name)
        if secret is not None and _header_of(schemes[name]) not in by_hand:
            request = _with_secret(request, schemes[name], secret)
    return request


def _header_of(scheme: Scheme) -> str:
    return scheme.name.lower() if scheme.location == "header" else ""


def _described(name: str, given: Credential | None) -> str:
    if given is None:
        cannot = "which this client cannot provide (give the header by hand)"
        return f"the security scheme {name!r}, {cannot}"
    variable = f"set the environment variable {given.variable}"
    return f"a credential: pass {given.argument}= or {variable}"


def _with_secret(request: Request, scheme: Scheme, secret: str) -> Request:
    pair = f"{quote(scheme.name, safe='')}={quote(secret, safe='')}"
    match scheme.location:
        case "header":
            value = f"{scheme.prefix} {secret}" if scheme.prefix else secret
            return _with_header(request, scheme.name, value)
        case "query":
            separator = "&" if "?" in request.url else "?"
            return replace(request, url=f"{request.url}{separator}{pair}")
        case "cookie":
            sent = [text for name, text in request.headers if name.lower() == "cookie"]
            return _with_header(request, "Cookie", "; ".join([*sent, pair]))
        case _:
            assert_never(scheme.location)


def _with_header(request: Request, name: str, value: str) -> Request:
    others = [pair for pair in request.headers if pair[0].lower() != name.lower()]
    return replace(request, headers=(*others, (name, value)))
