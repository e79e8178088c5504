"""Schema Objects become types and declarations.

Decides what is declared (objects with properties, enums, unions of objects) and what is inlined where it is used
(scalars, lists, maps, other unions), and keeps every declaration under one key: the address of its schema as first met.
Objects and `allOf` are in `objects`, `oneOf` and `anyOf` in `unions`, scalars and enums in `scalars`.

Models are declared at once and read later, from a queue: recursion through them is no special case. What is left is
recursion through aliases alone, such as `Json: {oneOf: [string, array of Json]}`: a union is declared for it, anything
else becomes `Anything` with a warning.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from clientsmith.ir import (
    Anything,
    Content,
    Declaration,
    Enum,
    NameHint,
    Nullable,
    Parameter,
    Ref,
    Type,
    Union,
    UnionOf,
)
from clientsmith.load.document import Node
from clientsmith.parse import discriminators, objects, scalars, shapes, unions
from clientsmith.parse.hierarchies import Parents
from clientsmith.parse.intersections import nullable
from clientsmith.parse.names import Names
from clientsmith.parse.plain import plain_type
from clientsmith.parse.reading import Reader, is_list, is_map, kind_name

DeclarationKind: TypeAlias = Literal["model", "enum", "union"]

MAX_DEPTH = 80
"""How many aliases (lists of lists, unions in unions) may stand inside one another."""

_COMPLEX = frozenset({"enum", "const", "allOf", "oneOf", "anyOf", "nullable", "$ref", "$dynamicRef"})
_SIMPLE = {"string", "integer", "number", "boolean"}


class Schemas:
    """Types of schemas, each read once.

    Attributes:
        declarations: what was declared, by key; complete after `settle`.
        kinds: what the declaration of a key is or will be, known as soon as the key is given out.
        contents, parameters: what was read at an address, for bodies, responses and parameters that many operations
            refer to.
        merged: what schemas at several addresses come to together.
    """

    def __init__(self, reader: Reader, names: Names) -> None:
        self.reader = reader
        self.names = names
        self.declarations: dict[str, Declaration] = {}
        self.kinds: dict[str, DeclarationKind] = {}
        self.pending: list[unions.PendingUnion] = []
        self.parents = Parents(reader)
        self.contents: dict[str, tuple[Content, ...]] = {}
        self.parameters: dict[str, Parameter] = {}
        self.merged: dict[tuple[str, ...], Type] = {}
        self._types: dict[str, Type] = {}
        self._references: dict[str, Type] = {}
        self._queue: deque[Callable[[], None]] = deque()
        self._active: list[tuple[str, bool]] = []
        self._recursive: set[str] = set()
        self._shared: dict[tuple[str, NameHint, str], list[tuple[Any, str]]] = {}

    # ------------------------------------------------------------------------------------------------------ types

    def type_of(self, node: Node) -> Type:
        """What values of a schema are. Never fails: what cannot be typed is `Anything`, with a warning."""
        schema = node.value
        if not is_map(schema):
            return self._boolean(node)
        kind = schema.get("type")
        if isinstance(kind, str) and kind in _SIMPLE and _COMPLEX.isdisjoint(schema):
            return scalars.scalar(kind, schema)
        reference = schema.get("$ref")
        if isinstance(reference, str):
            # In the one document a reference means the same everywhere; what is declared is settled.
            known = self._references.get(reference) if len(schema) == 1 and node.address.startswith("#") else None
            if known is None:
                known = self._referenced(node)
                if not self._active and isinstance(known, Ref) and len(schema) == 1 and node.address.startswith("#"):
                    self._references[reference] = known
            return known
        found = self._types.get(node.address)
        return found if found is not None else self._read(node)

    def _boolean(self, node: Node) -> Type:
        if node.value is False:
            self.reader.warn("untyped", "a schema 'false' allows no value: any value is let through", node.address)
        elif node.value is not True:
            what = kind_name(node.value)
            self.reader.warn("wrong-type", f"a schema should be a mapping or a boolean, not {what}", node.address)
        return Anything()

    def _referenced(self, node: Node) -> Type:
        """What a reference leads to. Dangling ones, and circles of nothing but references, the loader has reported."""
        may_be_null = False
        seen: set[str] = set()
        target: Node | None = node
        while target is not None and is_map(target.value) and isinstance(target.value.get("$ref"), str):
            if target.address in seen:
                return Anything()
            seen.add(target.address)
            if len(target.value) > 1:
                if self._is_conjunction(target.value):
                    found = self._types.get(target.address)
                    inner = found if found is not None else self._read(target)
                    return nullable(inner) if may_be_null else inner
                kind = target.value.get("type")
                may_be_null |= target.value.get("nullable") is True or (is_list(kind) and "null" in kind)
            target = self.reader.target(target)
        if target is None:
            return Anything()
        inner = self.type_of(target)
        return nullable(inner) if may_be_null else inner

    def _is_conjunction(self, schema: dict[str, Any]) -> bool:
        """Whether siblings of a `$ref` say something too, as they may since OAS 3.1."""
        if self.reader.document.version < (3, 1):
            return False
        return shapes.says_something({key: value for key, value in schema.items() if key != "$ref"})

    def _read(self, node: Node) -> Type:
        address = node.address
        if any(address == active for active, _ in self._active):
            again = self._read_again(node)
            if again is not None:
                return again
        if len(self._active) >= MAX_DEPTH:
            self.reader.warn("untyped", "schemas stand too deep inside one another: any value is let through", address)
            return Anything()
        self._active.append((address, shapes.is_alternative(node.value)))
        try:
            found = self.meaning(node)
        finally:
            self._active.pop()
        if address in self._recursive:
            self._recursive.discard(address)
            found = self._declare_recursive(node, found)
        self._types[address] = found
        return found

    def _read_again(self, node: Node) -> Type | None:
        """The type of a schema that is being read already, `None` to read it once more.

        A circle is cut at a union, which can be declared: from `A: array of B; B: oneOf [string, A]` the list is
        written out once more, whichever of the two is met first.
        """
        places = [index for index, (active, _) in enumerate(self._active) if active == node.address]
        if self._active[places[-1]][1]:
            self._recursive.add(node.address)
            self.kinds.setdefault(node.address, "union")
            return Nullable(Ref(node.address)) if shapes.may_be_null(node.value) else Ref(node.address)
        if any(alternative for _, alternative in self._active[places[-1] :]):
            return None
        self.reader.warn(
            "recursive-type", "the schema contains itself, and no object in between: any value is let through there",
            node.address, hint="an object or a 'oneOf' in the circle would give it a name",
        )  # fmt: skip
        return Anything()

    def _declare_recursive(self, node: Node, found: Type) -> Type:
        inner = found.inner if isinstance(found, Nullable) else found
        if inner == Ref(node.address):
            return found
        arms = inner.arms if isinstance(inner, Union) else (inner,)
        hint = self.names.hint(node.address)
        description = self.reader.text(node, "description")
        self.declarations[node.address] = UnionOf(node.address, hint, arms, None, description)
        return Nullable(Ref(node.address)) if isinstance(found, Nullable) else Ref(node.address)

    def meaning(self, node: Node) -> Type:
        """What a schema means by its strongest keyword; not remembered."""
        schema: dict[str, Any] = node.value
        if isinstance(schema.get("$ref"), str):
            return objects.conjunction(self, node)
        if "discriminator" in schema or "allOf" in schema:
            family = self.parents.family(node)
            if family is not None:
                return unions.parent_union(self, node, family)
        if is_list(schema.get("allOf")) and schema["allOf"]:
            return objects.conjunction(self, node)
        if shapes.alternatives(node):
            return unions.alternative(self, node)
        if isinstance(schema.get("$dynamicRef"), str):
            return self._dynamic(node)
        for key in ("allOf", "oneOf", "anyOf"):
            if key in schema:
                self.reader.members(node, key)
        return plain_type(self, node)

    def _dynamic(self, node: Node) -> Type:
        target = _dynamic_target(self.reader, node)
        if target is not None:
            return self.type_of(target)
        self.reader.warn("unsupported-schema", f"nothing is known of '$dynamicRef' {node.value['$dynamicRef']!r}: any"
                         " value is let through", node.address)  # fmt: skip
        return Anything()

    # ----------------------------------------------------------------------------------------------- declarations

    def declare_enum(self, node: Node, values: list[str | int | float | bool], said: tuple[str, ...]) -> Type:
        key, hint = self.key_for(node, "enum")
        if hint is not None:
            description = self.reader.text(node, "description")
            self.declarations[key] = Enum(key, hint, tuple(values), description, said)
        return Ref(key)

    def key_for(self, node: Node, kind: DeclarationKind) -> tuple[str, NameHint | None]:
        """The key to declare a schema under, and its hint; no hint when the same was declared already.

        Inline schemas that are written alike and would have the same name are one declaration.
        """
        hint = self.names.hint(node.address)
        if self.contains_itself(node.address):
            return node.address, hint
        if node.address in self.kinds:
            return node.address, None
        if not is_component(node.address):
            group = self._shared.setdefault((node.address.partition("#")[0], hint, kind), [])
            for value, key in group:
                # == says that True is 1, and is fast; repr does not.
                if value == node.value and repr(value) == repr(node.value):
                    return key, None
            group.append((node.value, node.address))
        self.kinds[node.address] = kind
        return node.address, hint

    def contains_itself(self, address: str) -> bool:
        """Whether a schema that is being read was met again inside of itself, and must be declared."""
        return address in self._recursive

    def later(self, work: Callable[[], None]) -> None:
        self._queue.append(work)

    def remember(self, address: str, found: Type) -> None:
        self._types[address] = found

    def settle(self) -> None:
        """Read what is queued, then finish the unions, which need all models to be known."""
        while self._queue or self.pending:
            while self._queue:
                self._queue.popleft()()
            waiting, self.pending = self.pending, []
            for union in waiting:
                discriminators.finish(self, union)


def is_component(address: str) -> bool:
    """Whether a schema stands where its name is its own: under `components/schemas`, in `$defs`, or as a whole file."""
    tokens = address.partition("#")[2].split("/")
    if len(tokens) < 3 or tokens[-2] in ("$defs", "definitions"):
        return True
    return len(tokens) == 4 and tokens[1:3] == ["components", "schemas"]


def _dynamic_target(reader: Reader, node: Node) -> Node | None:
    """The component with the `$dynamicAnchor` that a `$dynamicRef` names; what may stand in its place is lost."""
    anchor = node.value["$dynamicRef"].rpartition("#")[2]
    try:
        components = reader.document.at("#/components/schemas")
    except LookupError:
        return None
    if not is_map(components.value):
        return None
    for name in components.value:
        found = components.child(name)
        if is_map(found.value) and anchor in (found.value.get("$dynamicAnchor"), found.value.get("$anchor")):
            return found
    return None
