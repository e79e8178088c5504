"""Paths become operations: every one of them, variants and the custom methods of OAS 3.2 included.

Decides which Operation Objects there are, their order, the resource each belongs to, and what they inherit from their
path and from the document (parameters, servers, security).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clientsmith.ir import Operation, Requirement, SecurityScheme, Server
from clientsmith.load.document import Node, escape
from clientsmith.load.grammar import METHODS, VARIANTS
from clientsmith.parse.call_hints import naming_of
from clientsmith.parse.contents import body_of, responses_of
from clientsmith.parse.names import operation_words
from clientsmith.parse.parameters import parameters_of
from clientsmith.parse.path_templates import template_of
from clientsmith.parse.reading import Reader, is_map
from clientsmith.parse.schemas import Schemas
from clientsmith.parse.security import requirements_of, scheme_of_header, with_single_credentials
from clientsmith.parse.servers import servers_of
from clientsmith.records import dataclass

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What a method consists of (RFC 9110 section 9.1)."""
_FIELDS = {"$ref", "summary", "description", "servers", "parameters", "additionalOperations"}
"""Fields of a Path Item besides its methods."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What operations inherit from the document."""

    schemes: tuple[SecurityScheme, ...]
    security: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """An Operation Object: on which path, by which method, within which path item, and under which address.

    The address is that below `paths`, also where the path item is a reference: two paths may refer to one.
    """

    path: str
    method: str
    item: Node
    node: Node
    address: str


def operations_of(
    schemas: Schemas, root: Node, defaults: Defaults
) -> tuple[tuple[Operation, ...], tuple[SecurityScheme, ...]]:
    """Returns all operations of a document, sorted by path, method and id, and the security schemes that they need.

    These are the ones of `defaults`; if there are none, the one that parameters for the header Authorization imply.
    """
    found = sorted(_found(schemas.reader, root), key=_order)
    _check_unique(schemas.reader, found)
    implied: list[SecurityScheme] = []
    operations = tuple(_operation(schemas, one, defaults, implied) for one in found)
    return with_single_credentials(schemas.reader, operations, (*defaults.schemes, *implied[:1]))


def _order(found: _Found) -> tuple[str, str, str, str]:
    id_ = found.node.value.get("operationId")
    return (found.path, found.method, id_ if isinstance(id_, str) else "", found.address)


def _found(reader: Reader, root: Node) -> Iterator[_Found]:
    for path, reference in reader.entries(root, "paths"):
        if path.startswith("x-"):
            continue
        for method, item, node, address in methods_of(reader, reference):
            yield _Found(path, method, item, node, address)


def methods_of(reader: Reader, reference: Node) -> Iterator[tuple[str, Node, Node, str]]:
    """Yields the Operation Objects of a Path Item, which may be a reference: method, path item, operation, address."""
    item = reader.follow(reference)
    if item is None or (item.value is None and item.address == reference.address):
        return
    items = [item] if item.address == reference.address else [reference, item]
    for owner in items:
        if not is_map(reader.mapping(owner, "path item")) or not is_map(owner.value):
            continue
        for method in METHODS:
            if method in owner.value:
                node = owner.child(method)
                yield from _with_variants(reader, method, owner, node, f"{reference.address}/{method}")
        for method, node in _unusual(reader, owner):
            address = f"{reference.address}/{node.address.rpartition('/')[2]}"
            yield from _with_variants(reader, method, owner, node, address)
        for method, node in reader.entries(owner, "additionalOperations"):
            address = f"{reference.address}/additionalOperations/{escape(method)}"
            yield from _with_variants(reader, method, owner, node, address)


def _unusual(reader: Reader, item: Node) -> Iterator[tuple[str, Node]]:
    """Yields operations under a key that is not one of a Path Item: `GET` in capitals, `purge` before OAS 3.2."""
    for key, value in item.value.items():
        name = str(key)
        if name in METHODS or name in _FIELDS or name.startswith("x-") or not is_map(value):
            continue
        if "responses" in value or "operationId" in value:
            node = item.child(key)
            method = name.lower() if name.lower() in METHODS else name
            hint = f"write it {method!r}" if method != name else "OpenAPI 3.2 has 'additionalOperations' for it"
            message = f"{name!r} is not a method of a path item: it is sent as it is"
            reader.warn("unsupported-method", message, node.address, hint=hint)
            yield method, node


def _with_variants(
    reader: Reader, method: str, item: Node, node: Node, address: str
) -> Iterator[tuple[str, Node, Node, str]]:
    if not is_map(node.value):
        reader.mapping(node, method)
        return
    if not _TOKEN.fullmatch(method):
        message = f"{method!r} cannot be the method of a request: the operation is ignored"
        reader.warn("unsupported-method", message, node.address)
        return
    yield method, item, node, address
    for index, variant in enumerate(reader.members(node, VARIANTS)):
        if is_map(variant.value):
            yield method, item, variant, f"{address}/{VARIANTS}/{index}"
        else:
            reader.mapping(variant, method)


def _check_unique(reader: Reader, found: list[_Found]) -> None:
    ids: dict[str, _Found] = {}
    templates: dict[tuple[str, ...], _Found] = {}
    for one in found:
        id_ = one.node.value.get("operationId")
        if isinstance(id_, str) and id_:
            first = ids.setdefault(id_, one)
            if first is not one:
                message = f"the operationId {id_!r} is not unique: both operations are generated"
                reader.warn("duplicate-operation-id", message, f"{one.node.address}/operationId",
                            also=[("first used here", f"{first.node.address}/operationId")])  # fmt: skip
        literals = template_of(one.path).literals
        first = templates.setdefault(literals, one)
        if first.path != one.path:
            message = f"{one.path!r} and {first.path!r} differ only in the names of their parameters"
            reader.warn("equal-paths", message, f"#/paths/{escape(one.path)}",
                        also=[("the first one", f"#/paths/{escape(first.path)}")])  # fmt: skip


def _operation(schemas: Schemas, found: _Found, defaults: Defaults, implied: list[SecurityScheme]) -> Operation:
    reader, node = schemas.reader, found.node
    gathered = parameters_of(schemas, found.path, found.item, node)
    body = body_of(schemas, node.child("requestBody")) if node.value.get("requestBody") is not None else None
    security = requirements_of(reader, node, defaults.schemes)
    security = defaults.security if security is None else security
    if gathered.authorization is not None and not defaults.schemes:
        implied.append(scheme_of_header(reader, gathered.authorization))
        security = ((implied[0].name,),) + ((),) * (not reader.flag(gathered.authorization, "required"))
    elif gathered.authorization is not None:
        message = "the header parameter 'Authorization' is ignored: security schemes define that header"
        reader.warn("ignored-header-parameter", message, gathered.authorization.address)
    tags = _tags(reader, node)
    id_ = reader.text(node, "operationId")
    servers = servers_of(reader, node) or servers_of(reader, found.item)
    return Operation(
        address=found.address,
        # Custom methods are case-sensitive and stay as they are written (RFC 9110 section 9.1).
        method=found.method.upper() if found.method in METHODS else found.method,
        path=gathered.path,
        id=id_ or None,
        tags=tags,
        summary=reader.text(node, "summary") or reader.text(found.item, "summary"),
        description=reader.text(node, "description") or reader.text(found.item, "description"),
        deprecated=reader.flag(node, "deprecated"),
        parameters=gathered.parameters,
        body=body,
        responses=responses_of(schemas, node),
        security=security,
        servers=servers,
        retry_statuses=_retry_statuses(reader, node),
        retry_reason=reader.document.reason(f"{node.address}/x-retry") if "x-retry" in node.value else "",
        idempotency_header=gathered.idempotency_header,
        naming=naming_of(reader, node),
        path_words=operation_words(found.path, found.method, None),
    )


def _tags(reader: Reader, node: Node) -> tuple[str, ...]:
    found: list[str] = []
    for member in reader.members(node, "tags"):
        if isinstance(member.value, str):
            if member.value:
                found.append(member.value)
        else:
            reader.warn("wrong-type", "a tag should be a string: it is ignored", member.address)
    return tuple(found)


def _retry_statuses(reader: Reader, node: Node) -> tuple[int, ...]:
    found: list[int] = []
    for member in reader.members(node, "x-retry"):
        if isinstance(member.value, int) and 400 <= member.value <= 599:
            found.append(member.value)
        else:
            reader.warn("wrong-type", "'x-retry' should list statuses from 400 to 599", member.address)
    return tuple(found)


def without_servers(operations: tuple[Operation, ...], servers: tuple[Server, ...]) -> Operation | None:
    """Returns the first operation without a server of its own or of the document; `None` if there is none."""
    return None if servers else next((o for o in operations if not o.servers), None)
