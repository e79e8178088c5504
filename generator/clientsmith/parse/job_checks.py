"""Checks of the parts of a job declaration: operations, parameters, pointers into responses, durations and rates.

Decides whether a part is valid, and reports what is not, as `job-invalid` at its location. What a declaration consists
of is decided in `jobs`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, assert_never

from clientsmith.ir import (
    Anything,
    Const,
    Declaration,
    Enum,
    Field,
    JobCall,
    ListOf,
    MapOf,
    Model,
    Nullable,
    Operation,
    Path,
    Ref,
    Scalar,
    Type,
    Union,
    UnionOf,
)
from clientsmith.load.document import Node, escape, unescape
from clientsmith.parse.reading import Reader, is_list, is_map

_T = TypeVar("_T")


class Invalid(Exception):
    """A declaration cannot be read further; what is wrong has been reported."""


class Checker:
    """Reads one declaration and reports all errors in it."""

    def __init__(
        self, reader: Reader, operations: tuple[Operation, ...], declarations: Mapping[str, Declaration]
    ) -> None:
        self.reader = reader
        self.declarations = declarations
        self.failed = False
        self.by_id: dict[str, Operation] = {}
        for operation in operations:
            self.by_id.setdefault(f"{operation.method.upper()} {operation.template}", operation)
        for operation in operations:
            if operation.id is not None:
                self.by_id.setdefault(operation.id, operation)

    # ---------------------------------------------------------------------------------------------------- reporting

    def wrong(self, node: Node, message: str, hint: str = "", also: str = "") -> None:
        self.failed = True
        places = [("declared here", also)] if also else []
        self.reader.warn("job-invalid", message, node.address, hint=hint, also=places)

    def need(self, node: Node, key: str, why: str) -> Node:
        if not is_map(node.value):
            self.wrong(node, "should be a mapping")
            raise Invalid
        if node.value.get(key) is None:
            self.wrong(node, f"{key!r} is missing: {why}")
            raise Invalid
        return node.child(key)

    def only(self, node: Node, *keys: str) -> None:
        """Report unknown keys, which are misspelt ones."""
        if not is_map(node.value):
            self.wrong(node, "should be a mapping")
            raise Invalid
        for key in node.value:
            if key not in keys and not str(key).startswith("x-"):
                self.wrong(Node(None, f"{node.address}/{escape(str(key))}"), f"unknown key {key!r}",
                           closest(str(key), keys))  # fmt: skip

    def read(self, node: Node, reading: Callable[[Any], _T], default: _T) -> _T:
        """Returns a value as `reading` reads it; the default where it is absent, or invalid and reported."""
        if node.value is None:
            return default
        try:
            return reading(node.value)
        except ValueError as error:
            self.wrong(node, str(error))
            return default

    def path(self, node: Node, inside: Type) -> Path | None:
        """Returns the path at a node, which must exist in values of a type."""
        found = self.read(node, path_of, None)
        if found is not None:
            self.type_at(node, inside, found)
        return found

    def type_at(self, node: Node, inside: Type, path: Path) -> Type:
        try:
            return type_at(self.declarations, inside, path)
        except LookupError as error:
            self.wrong(node, f"{node.value!r} does not exist: {error.args[0]}")
            return Anything()

    # ------------------------------------------------------------------------------------------------- operations

    def operation(self, node: Node, default: str = "") -> Operation:
        written = is_map(node.value) and "operation" in node.value
        named = node.child("operation") if written else Node(default, node.address)
        found = self.by_id.get(named.value) if isinstance(named.value, str) else None
        if found is None:
            ids = [key for key in self.by_id if " " not in key] or list(self.by_id)
            hint = closest(named.value, ids) if isinstance(named.value, str) and named.value else ""
            what = f"the operation {named.value!r} does not exist" if named.value else "'operation' is missing"
            self.wrong(named, what, hint or "write its operationId, or method and path: 'GET /jobs/{id}'")
            raise Invalid
        return found

    def call(self, node: Node) -> tuple[JobCall, Operation]:
        """Returns the call of an operation that takes the id of the job, and the operation."""
        operation = self.operation(node)
        fields = {field.wire: field for field in self._body_fields(operation)}
        wires = [*(p.wire for p in operation.parameters), *fields]
        args = node.child("args")
        if args.value is None:
            in_path = [p.wire for p in operation.parameters if p.location == "path"]
            if len(in_path) == 1:
                return JobCall(operation.address, in_path[0]), operation
            self.wrong(node, "'args' is missing: which parameter takes the id?", "args: {jobId: $job.id}")
            raise Invalid
        taking = [str(key) for key, value in args.value.items() if value == "$job.id"] if is_map(args.value) else []
        if len(taking) != 1 or len(args.value) != 1:
            self.wrong(args, "'args' should give one parameter the value '$job.id'", "args: {jobId: $job.id}")
            raise Invalid
        name, called = taking[0], operation.id or operation.template
        in_body = all(p.wire != name for p in operation.parameters)
        if name not in wires:
            what = "parameter" if not fields else "parameter and no field of a JSON body"
            self.wrong(args, f"{called!r} has no {what} {name!r}", closest(name, wires))
        elif in_body and not _is_text(fields[name].type):
            self.wrong(args, f"{name!r} of the body is not text, which ids are")
        given = {p.wire for p in operation.parameters if p.of_client or isinstance(p.type, Const)}
        given |= {wire for wire, field in fields.items() if isinstance(field.type, Const)} | {name}
        required = [p.wire for p in operation.parameters if p.required]
        for wire in [*required, *(wire for wire, field in fields.items() if field.required)]:
            if wire not in given:
                self.wrong(args, f"{called!r} needs {wire!r} besides the id of the job")
        return JobCall(operation.address, name, in_body), operation

    def _body_fields(self, operation: Operation) -> tuple[Field, ...]:
        """Returns the fields of the JSON object that an operation takes as its body; none of any other body."""
        for content in operation.body.contents if operation.body is not None else ():
            model = self.declarations.get(content.type.key) if isinstance(content.type, Ref) else None
            if content.media_type == "application/json" and isinstance(model, Model):
                return model.fields
        return ()

    def response(self, node: Node, operation: Operation) -> Type:
        """Returns the type of the JSON that an operation returns when it succeeds; of all such responses."""
        found = [
            content.type
            for response in operation.responses
            if response.status.startswith("2") or response.status == "default"
            for content in response.contents
            if content.kind == "json"
        ]
        if not found:
            self.wrong(node, f"{operation.id or operation.template!r} does not return JSON")
            raise Invalid
        types = tuple(dict.fromkeys(found))
        return types[0] if len(types) == 1 else Union(types)

    # ------------------------------------------------------------------------------------------------ small values

    def several(self, node: Node) -> list[Node]:
        """Returns the members of a list, or the one value by itself; none where it is absent."""
        if is_list(node.value):
            return [node.child(index) for index in range(len(node.value))]
        return [] if node.value is None else [node]

    def words(self, node: Node) -> list[str]:
        """Returns the values of a list of strings, as they are sent."""
        found: list[str] = []
        for member in self.several(node):
            if isinstance(member.value, (str, int, bool)):
                found.append(str(member.value).lower() if isinstance(member.value, bool) else str(member.value))
            else:
                self.wrong(member, "should be a value of the state")
        return found

    def choice(self, node: Node, choices: tuple[str, ...], default: str) -> str:
        """Returns one of several words; the default where it is absent, or invalid and reported."""
        if node.value is None:
            return default
        if node.value not in choices:
            self.wrong(node, f"{node.value!r} is not a value of this key", closest(str(node.value), choices))
            return default
        return str(node.value)


# --------------------------------------------------------------------------------- durations, rates, paths and types


_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_RATE = re.compile(r"(\d+(?:\.\d+)?)/(s|m|h)")
_BODY = "$response.body"


def seconds(value: Any) -> float:
    """Returns a duration in seconds: `500ms`, `5s`, `1.5m`, `1h`, `7d`.

    Raises:
        ValueError: for anything else; a bare number has no unit.
    """
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"{value!r} is not a duration; durations are written '500ms', '5s', '5m', '1h', '7d'")
    return float(found[1]) * _UNITS[found[2]]


def per_second(value: Any) -> float:
    """Returns a rate in calls per second: `5/s`, `30/m`.

    Raises:
        ValueError: for anything else, and for none at all.
    """
    found = _RATE.fullmatch(value) if isinstance(value, str) else None
    if found is None or not float(found[1]):
        raise ValueError(f"{value!r} is not a rate; rates are written '5/s' or '30/m'")
    return float(found[1]) / _UNITS[found[2]]


def path_of(value: Any) -> Path:
    """Returns the wire names of a pointer into a response: `$response.body#/job/status` or `#/job/status`.

    Raises:
        ValueError: for anything else.
    """
    pointer = value.removeprefix(_BODY) if isinstance(value, str) else ""
    if not pointer.startswith("#/"):
        raise ValueError(f"{value!r} is not a pointer; pointers are written '$response.body#/job/status' or '#/status'")
    return tuple(unescape(token) for token in pointer[2:].split("/"))


def closest(word: str, known: Iterable[str]) -> str:
    """Returns `did you mean 'completed'?`, or the list of choices."""
    choices = sorted(known)
    near = difflib.get_close_matches(word, choices, 1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"choose one of {', '.join(choices[:12])}" if choices else ""


def type_at(declarations: Mapping[str, Declaration], type_: Type, path: Path) -> Type:
    """Returns the type at a path inside values of a type; null on the way does not matter.

    Raises:
        LookupError: the path does not exist; the message names the part that does not, and what does.
    """
    for name in path:
        type_ = _inside(declarations, type_, name)
    return type_


def _inside(declarations: Mapping[str, Declaration], type_: Type, name: str) -> Type:
    match type_:
        case Anything():
            return type_
        case Nullable(inner):
            return _inside(declarations, inner, name)
        case MapOf(value):
            return value
        case Ref(key):
            return _inside_declaration(declarations, declarations[key], name)
        case Union(members):
            return _inside_any(declarations, members, name)
        case ListOf():
            raise LookupError(f"a list has no property {name!r}; the items of a list are declared under 'items'")
        case Scalar() | Const():
            raise LookupError(f"a scalar has no property {name!r}")
        case _:
            assert_never(type_)


def _inside_declaration(declarations: Mapping[str, Declaration], declaration: Declaration, name: str) -> Type:
    match declaration:
        case Model(fields=fields):
            found = next((field.type for field in fields if field.wire == name), None)
            if found is None:
                raise LookupError(_no_property(name, [field.wire for field in fields]))
            return found
        case UnionOf(arms=members):
            return _inside_any(declarations, members, name)
        case Enum():
            raise LookupError(f"an enumeration has no property {name!r}")
        case _:
            assert_never(declaration)


def _inside_any(declarations: Mapping[str, Declaration], members: tuple[Type, ...], name: str) -> Type:
    found: dict[Type, None] = {}
    last: LookupError | None = None
    for member in members:
        try:
            found[_inside(declarations, member, name)] = None
        except LookupError as error:
            last = error
    if not found:
        raise last or LookupError(_no_property(name, []))
    types = tuple(found)
    return types[0] if len(types) == 1 else Union(types)


def _no_property(name: str, known: list[str]) -> str:
    hint = closest(name, known)
    return f"there is no property {name!r}" + (f": {hint}" if hint else "")


def _is_text(type_: Type) -> bool:
    inner = type_.inner if isinstance(type_, Nullable) else type_
    return isinstance(inner, Anything) or (isinstance(inner, Scalar) and inner.kind in ("string", "uuid"))


def values_of(declarations: Mapping[str, Declaration], type_: Type) -> tuple[str, ...] | None:
    """Returns the values that a type lists; `None` where it lists none, as a string."""
    match type_:
        case Nullable(inner):
            return values_of(declarations, inner)
        case Const(value):
            return (str(value),)
        case Ref(key):
            enum = declarations[key]
            return tuple(str(value) for value in enum.values) if isinstance(enum, Enum) else None
        case Union(members):
            parts = [values_of(declarations, member) for member in members]
            known = [part for part in parts if part is not None]
            return tuple(dict.fromkeys(v for part in known for v in part)) if len(known) == len(parts) else None
        case Scalar() | ListOf() | MapOf() | Anything():
            return None
        case _:
            assert_never(type_)
