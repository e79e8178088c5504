"""Look-ups in an `Api` in the terms that documentation uses: operations by method and path, fields by path expression
(`ads[].error.code`), parameters by name, responses by status, JSON types, allowed values.

References, nullability and unions are transparent: a field is found in any member of a union. Every result has the
address of the place in the document that states it. Decides nothing about what is right or wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias, assert_never

from clientsmith import ir
from clientsmith.claims.operation_index import OperationIndex
from clientsmith.load.document import escape
from clientsmith.records import dataclass

Member: TypeAlias = ir.Scalar | ir.Const | ir.ListOf | ir.MapOf | ir.Anything | ir.Model | ir.Enum
"""What is left of a type when references, nullability and unions are resolved."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that requests or responses contain: its type, and the address of the schema that describes it.

    `required` is None for what is neither a field nor a parameter.
    """

    type: ir.Type
    address: str
    required: bool | None = None
    default: ir.Json | ir.Missing = ir.MISSING
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class AllowedValues:
    """The listed values of a field, as documentation shows them, and the address of the list."""

    values: tuple[str, ...]
    address: str


class Lookup:
    """Look-ups in one API."""

    def __init__(self, api: ir.Api) -> None:
        self.api = api
        self._index = OperationIndex(api)

    # Operations

    def operations(self, method: str, path: str) -> list[ir.Operation]:
        """The operations of a method at a path, both as documentation writes them.

        Paths may begin with the path of a server; a slash at the end does not count. Where no template equals the path,
        a template that fits counts, because examples have values in the places of parameters: `/jobs/42`; and so does a
        placeholder that names a kind of value, `/jobs/<uuid>`.
        """
        return self._index.written(method.lower(), path) or self._index.fitting(method.lower(), path)

    def is_open(self, value: Value, path: str) -> bool:
        """Whether a path leads into a map or into something without a type, so that the document lists no fields."""
        steps = re.findall(r"\[\w*\]|[^.\[\]]+", path)
        for count in range(1, len(steps)):
            above = self.fields(value, ".".join(steps[:count]).replace(".[", "["))
            for one in above:
                if any(isinstance(member, ir.MapOf | ir.Anything) for member in self.members(one.type)):
                    return True
        return False

    def similar_operations(self, method: str, path: str) -> list[ir.Operation]:
        """The operations that have the same path with other names of parameters."""
        return self._index.alike(method.lower(), path)

    def response(self, operation: ir.Operation, status: str) -> ir.Response | None:
        """The response to a status: its own, else that of its range, else the default (OAS 3.1.1, Responses Object)."""
        by_status = {response.status: response for response in operation.responses}
        return next((by_status[key] for key in (status, f"{status[:1]}XX", "default") if key in by_status), None)

    # Values

    def request_values(self, operation: ir.Operation) -> list[Value]:
        """The bodies that a request may have."""
        return _values(operation.body.contents, operation.body.address) if operation.body else []

    def response_values(self, response: ir.Response) -> list[Value]:
        """The bodies that a response may have."""
        return _values(response.contents, response.address)

    def values(self, operation: ir.Operation) -> list[Value]:
        """Everything that a table about an operation may describe: responses, successes first, the request, and all
        values that they contain."""
        successes_first = sorted(operation.responses, key=lambda response: not response.status.startswith("2"))
        found = [value for response in successes_first for value in self.response_values(response)]
        return self.contained([*found, *self.request_values(operation)])

    def contained(self, values: Iterable[Value]) -> list[Value]:
        """The values and all values that they contain, the outermost first."""
        found = list(values)
        seen: set[str | ir.Type] = set()
        # Grows while it is walked; a model, list or map that was met before has nothing new.
        for value in found:
            for member in self.members(value.type):
                identity = member.key if isinstance(member, ir.Model | ir.Enum) else member
                if identity not in seen:
                    seen.add(identity)
                    found += _children(member, value.address)
        return found

    def parameter(self, operation: ir.Operation, name: str) -> Value | None:
        """A parameter by its name. Headers that the client writes by itself are texts."""
        for parameter in operation.parameters:
            is_header = parameter.location == "header"
            if parameter.wire == name or (is_header and parameter.wire.lower() == name.lower()):
                return parameter_value(parameter)
        if name.lower() in self._automatic_headers(operation):
            return Value(ir.Scalar("string"), operation.address)
        return None

    def _automatic_headers(self, operation: ir.Operation) -> set[str]:
        needed = {name for requirement in operation.security for name in requirement}
        schemes = [scheme for scheme in self.api.schemes if scheme.name in needed and scheme.location == "header"]
        credentials = {scheme.wire.lower() if scheme.kind == "apiKey" else "authorization" for scheme in schemes}
        return {"accept", "content-type", (operation.idempotency_header or "").lower(), *credentials}

    def fields(self, value: Value, path: str) -> list[Value]:
        """The fields of a value at a path: `ads[].error.code`; several where the members of a union have it."""
        found = [value]
        for step in re.findall(r"\[\w*\]|[^.\[\]]+", path):
            found = [
                child
                for parent in found
                for member in self.members(parent.type)
                for child in _at_step(member, parent.address, step)
            ]
        return found

    # Types

    def members(self, type_: ir.Type) -> list[Member]:
        """What a value of a type may be, with references resolved; null is a scalar."""
        found: list[Member] = []
        seen: set[str] = set()
        waiting: list[ir.Type] = [type_]
        while waiting:
            match waiting.pop(0):
                case ir.Nullable(inner):
                    waiting[:0] = [inner, ir.Scalar("null")]
                case ir.Union(members):
                    waiting[:0] = members
                case ir.Ref(key):
                    if key in seen:
                        continue
                    seen.add(key)
                    match self.api.declarations[key]:
                        case ir.UnionOf(arms=members):
                            waiting[:0] = members
                        case declaration:
                            found.append(declaration)
                case other:
                    found.append(other)
        return found

    def json_types(self, type_: ir.Type) -> frozenset[str] | None:
        """The types of JSON Schema that a value may have, `null` among them; None if any."""
        found: set[str] = set()
        for member in self.members(type_):
            types = _json_types(member)
            if types is None:
                return None
            found |= types
        return frozenset(found)

    def has_types(self, type_: ir.Type, types: frozenset[str]) -> bool:
        """Whether a type allows exactly these types of JSON Schema.

        Listed integers also count as numbers: a list of values does not keep the `type` that is written beside it.
        """
        found = self.json_types(type_)
        if found is None or found == types:
            return found == types
        listed = any(isinstance(member, ir.Enum) for member in self.members(type_))
        return listed and found - {"integer"} | {"number"} == types

    def allowed_values(self, value: Value) -> list[AllowedValues]:
        """The lists of values that a value, or the items of a list, must be from; none when any value is allowed."""
        members = self.members(value.type)
        items = [(item, f"{value.address}/items") for list_ in members for item in self._items(list_)]
        return [
            allowed
            for member, address in [*((member, value.address) for member in members), *items]
            if (allowed := _allowed_values(member, address)) is not None
        ]

    def _items(self, member: Member) -> list[Member]:
        return self.members(member.item) if isinstance(member, ir.ListOf) else []


def operation_name(operation: ir.Operation) -> str:
    """An operation as messages show it: `GET /v1/jobs/{job_id}`."""
    return f"{operation.method.upper()} {operation.template}"


def parameter_value(parameter: ir.Parameter) -> Value:
    """The value of a parameter."""
    content = f"/content/{escape(parameter.media_type)}" if parameter.media_type else ""
    address = f"{parameter.address}{content}/schema"
    return Value(parameter.type, address, parameter.required, parameter.default, parameter.deprecated)


def content_values(content: ir.Content, owner: str) -> list[Value]:
    """The values of one media type of a body or response: the whole, and an item of a sequence."""
    address = f"{owner}/content/{escape(content.media_type)}"
    items = [Value(content.item, f"{address}/itemSchema")] if content.item is not None else []
    return [Value(content.type, f"{address}/schema"), *items]


def types_in_words(types: Iterable[str] | None) -> str:
    """Types as a message shows them: `null or string`."""
    return "any type" if types is None else " or ".join(sorted(types)) or "no type"


def _values(contents: Sequence[ir.Content], owner: str) -> list[Value]:
    return [value for content in contents for value in content_values(content, owner)]


def _children(member: Member, address: str) -> Iterator[Value]:
    """The values that a value directly contains."""
    match member:
        case ir.Model(fields=fields, additional=additional, key=key):
            yield from (Value(field.type, field.address) for field in fields)
            yield Value(additional, f"{key}/additionalProperties")
        case ir.ListOf(item):
            yield Value(item, f"{address}/items")
        case ir.MapOf(value):
            yield Value(value, f"{address}/additionalProperties")
        case ir.Scalar() | ir.Const() | ir.Enum() | ir.Anything():
            pass
        case _:
            assert_never(member)


def _allowed_values(member: Member, address: str) -> AllowedValues | None:
    match member:
        case ir.Enum(key=key, values=values):
            return AllowedValues(tuple(_shown(value) for value in values), f"{key}/enum")
        case ir.Const(value):
            return AllowedValues((_shown(value),), address)
        case ir.Scalar() | ir.ListOf() | ir.MapOf() | ir.Anything() | ir.Model():
            return None
        case _:
            assert_never(member)


def _at_step(member: Member, address: str, step: str) -> Iterator[Value]:
    """What one step of a path leads to: `[]` to the items of a list, a name to a field."""
    if isinstance(member, ir.ListOf) and step.startswith("["):
        yield Value(member.item, f"{address}/items")
    if isinstance(member, ir.Model) and not step.startswith("["):
        for field in member.fields:
            if field.wire == step:
                yield Value(field.type, field.address, field.required, field.default, field.deprecated)


def _json_types(member: Member) -> set[str] | None:
    match member:
        case ir.Scalar(kind):
            return {_json_type_of_scalar(kind)}
        case ir.Const(value):
            return {_json_type_of_value(value)}
        case ir.Enum(values=values):
            return {_json_type_of_value(value) for value in values}
        case ir.ListOf():
            return {"array"}
        case ir.MapOf() | ir.Model():
            return {"object"}
        case ir.Anything():
            return None
        case _:
            assert_never(member)


def _json_type_of_scalar(kind: ir.ScalarKind) -> str:
    match kind:
        case "integer" | "number" | "boolean" | "null":
            return kind
        case (
            "string" | "date-time" | "http-date" | "date" | "duration" | "uuid" | "decimal"
            | "base64" | "base64url" | "binary"
        ):
            return "string"
        case _:
            assert_never(kind)


def _json_type_of_value(value: str | int | float | bool) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    return "integer" if isinstance(value, int) else "number"


def _shown(value: str | int | float | bool) -> str:
    return value if isinstance(value, str) else json.dumps(value)
