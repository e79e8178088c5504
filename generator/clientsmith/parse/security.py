"""With which credentials calls go: security schemes, and the requirements of operations.

Decides what a scheme sends. Tokens of OAuth2 and OpenID Connect are brought by the caller;
fetching them is not decided here. A requirement is an OR of ANDs (OAS 3.1.1, Security Requirement Object).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from clientsmith.ir import Operation, Requirement, SecurityScheme
from clientsmith.load.document import Node, unescape
from clientsmith.parse.reading import Reader, is_map
from clientsmith.records import replace

_LOCATIONS: dict[str, Literal["header", "query", "cookie"]] = {"header": "header", "query": "query", "cookie": "cookie"}
_CHALLENGING = {
    "concealed", "digest", "dpop", "gnap", "hoba", "mutual", "negotiate", "oauth", "privatetoken", "scram-sha-1",
    "scram-sha-256", "vapid",
}  # fmt: skip
"""Registered HTTP schemes (RFC 9110 section 16.4.1) that need more than a text that is always the same."""
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+")
"""Of RFC 9110 section 5.6.2, in lower case."""
_PREFIX = "#/components/securitySchemes/"
_BEARER = ("bearer", "Bearer")


# ---------------------------------------------------------------------------------------------------------- security


def schemes_of(reader: Reader, components: Node) -> tuple[SecurityScheme, ...]:
    """Returns all schemes of the document, by name."""
    found: list[SecurityScheme] = []
    for name, reference in reader.entries(components, "securitySchemes"):
        node = reader.follow(reference)
        if node is not None and is_map(reader.mapping(node, name)) and is_map(node.value):
            found.append(_scheme(reader, name, node))
    return tuple(sorted(found, key=lambda scheme: scheme.name))


def _scheme(reader: Reader, name: str, node: Node) -> SecurityScheme:
    description = reader.text(node, "description")
    kind, scheme, place, wire = (node.value.get(key) for key in ("type", "scheme", "in", "name"))
    location = _LOCATIONS.get(place) if isinstance(place, str) else None
    match kind, scheme.lower() if isinstance(scheme, str) else None:
        case "apiKey", _ if location is not None and isinstance(wire, str) and wire:
            return SecurityScheme(name, "apiKey", node.address, location, wire, description)
        case "http", "basic":
            return SecurityScheme(name, "basic", node.address, description=description)
        case "http", "bearer":
            bearer = reader.text(node, "bearerFormat")
            return SecurityScheme(name, "bearer", node.address, description=description, bearer_format=bearer)
        case "http", str() as own if own not in _CHALLENGING and _TOKEN.fullmatch(own):
            return SecurityScheme(name, "bearer", node.address, description=description, prefix=scheme)
        case (("oauth2" | "openIdConnect"), _):
            message = f"{name!r} is {kind}: the caller has to obtain the access token"
            reader.warn("access-token", message, node.address)
            return SecurityScheme(name, "token", node.address, description=description)
        case _:
            what = f"{kind} {scheme}" if kind == "http" else str(kind)
            message = f"the security scheme {name!r} ({what}) is not supported: nothing is sent for it"
            hint = "an apiKey needs 'in' (header, query, cookie) and 'name'" if kind == "apiKey" else ""
            reader.warn("unsupported-security", message, node.address, hint=hint)
            return SecurityScheme(name, "none", node.address, description=description)


def requirements_of(reader: Reader, owner: Node, schemes: tuple[SecurityScheme, ...]) -> tuple[Requirement, ...] | None:
    """Returns the requirements of an operation or of the document; `None` where it has no `security`.

    A requirement with a scheme that the document does not declare is ignored.
    """
    if "security" not in owner.value:
        return None
    known = {scheme.name for scheme in schemes}
    found: dict[Requirement, None] = {}
    for node in reader.members(owner, "security"):
        names: list[str] = []
        complete = True
        for written in reader.mapping(node, "security requirement"):
            name = unescape(str(written).removeprefix(_PREFIX))
            if name.startswith("x-"):
                continue
            if name in known:
                names.append(name)
            else:
                complete = False
                message = f"the security scheme {name!r} is not declared: the requirement is ignored"
                hint = f"declared schemes: {', '.join(sorted(known))}" if known else "'securitySchemes' declares none"
                reader.warn("unknown-security-scheme", message, node.address, hint=hint)
        if complete and is_map(node.value):
            found[tuple(sorted(names))] = None
    return tuple(found)


def scheme_of_header(reader: Reader, parameter: Node) -> SecurityScheme:
    """Returns the scheme that a parameter for the header Authorization implies in a document without any scheme.

    It is a bearer token, unless its description speaks of Basic authentication alone.
    """
    description = reader.text(parameter, "description")
    words = set(re.findall(r"[a-z]+", description.lower()))
    kind: Literal["basic", "bearer"] = "basic" if "basic" in words and "bearer" not in words else "bearer"
    what = "user name and password" if kind == "basic" else "a bearer token"
    message = f"the document declares no security scheme: the header parameter 'Authorization' is taken as {what}"
    reader.warn("authorization-parameter", message, parameter.address)
    stated = "API key" if {"api", "key"} <= words else ""
    return SecurityScheme("Authorization", kind, parameter.address, description=description, bearer_format=stated)


def with_single_credentials(
    reader: Reader, operations: Sequence[Operation], schemes: tuple[SecurityScheme, ...]
) -> tuple[tuple[Operation, ...], tuple[SecurityScheme, ...]]:
    """Returns operations and schemes in which no requirement needs two bearer tokens: one header can hold only one.

    Documents list the flows of one OAuth 2 scheme as two schemes and require both.
    """
    bearers = {scheme.name for scheme in schemes if scheme.kind == "token" or (scheme.kind, scheme.prefix) == _BEARER}
    same: dict[str, str] = {}
    for requirement in sorted({r for operation in operations for r in operation.security}):
        first, *others = [name for name in requirement if name in bearers] or [""]
        same |= dict.fromkeys(others, same.get(first, first))
    if not same:
        return tuple(operations), schemes
    by_name = {scheme.name: scheme for scheme in schemes}
    for name, first in same.items():
        message = f"{first!r} and {name!r} are required together, and both send a bearer token: they are one credential"
        reader.warn("same-credential", message, by_name[name].address)

    def single(requirement: Requirement) -> Requirement:
        return tuple(dict.fromkeys(same.get(name, name) for name in requirement))

    changed = (
        replace(operation, security=tuple(dict.fromkeys(map(single, operation.security))))
        for operation in operations
    )
    return tuple(changed), tuple(scheme for scheme in schemes if scheme.name not in same)
