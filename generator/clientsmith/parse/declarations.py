"""What is declared while schemas are read: the key and the name of each declaration, and what is still to be read.

Decides the key under which a schema is declared (the address of its schema as first met), and that inline schemas which
are written alike and would have the same name are one declaration. Knows nothing of keywords.

Models get their key at once and are read later, from a queue: recursion through them is no special case.
"""

from __future__ import annotations

import marshal
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Literal, TypeAlias, assert_never

from clientsmith.ir import (
    Anything,
    Const,
    Declaration,
    ListOf,
    MapOf,
    NameHint,
    Nullable,
    Ref,
    Scalar,
    Type,
    Union,
)
from clientsmith.load.document import Node
from clientsmith.load.tree import Tree
from clientsmith.parse.names import Names
from clientsmith.records import dataclass

DeclarationKind: TypeAlias = Literal["model", "enum", "union", "alias"]
"""`alias`: a declared union, none of whose members is an object."""


@dataclass(frozen=True, slots=True)
class DeclaredUnion:
    """A declared union, whose discriminator is resolved when all models are known.

    Attributes:
        key: of its declaration.
        node: the schema with the discriminator.
        variants: the schemas of its variants.
        renamed: keys of variants that were combined with properties, to the keys of the combinations.
        default: the key of the variant for objects without the property.
    """

    key: str
    node: Node
    variants: tuple[Node, ...]
    renamed: dict[str, str] = field(default_factory=dict[str, str])
    default: str | None = None


class Declarations:
    """The declarations of one document.

    Args:
        names: of the document.

    Attributes:
        by_key: what has been read; complete when the queue is empty.
        kinds: what the declaration of a key is or will be, known as soon as the key is given out.
        recursive: addresses of schemas that are being read and were met again inside of themselves.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self.by_key: dict[str, Declaration] = {}
        self.kinds: dict[str, DeclarationKind] = {}
        self.recursive: set[str] = set()
        self._unions: list[DeclaredUnion] = []
        self._queue: deque[Callable[[], None]] = deque()
        self._alike: dict[tuple[str, NameHint, DeclarationKind], _Alike] = {}

    def key_for(self, node: Node, kind: DeclarationKind) -> tuple[str, NameHint | None]:
        """Returns the key to declare a schema under, and its name; no name if it is declared already."""
        if node.address in self.recursive:
            return node.address, self.names.hint(node.address)
        if node.address in self.kinds:
            return node.address, None
        hint = self.names.hint(node.address)
        if not is_component(node.address):
            place = (node.address.partition("#")[0], hint, kind)
            if place not in self._alike:
                self._alike[place] = _Alike(node)
            key = self._alike[place].key_of(node)
            if key != node.address:
                return key, None
        self.kinds[node.address] = kind
        return node.address, hint

    def add(self, declaration: Declaration, union: DeclaredUnion | None = None) -> None:
        """Record a declaration; `union` where it may have a discriminator."""
        self.by_key[declaration.key] = declaration
        if union is not None:
            self._unions.append(union)

    def take_unions(self) -> list[DeclaredUnion]:
        """Returns the unions that were declared since this was asked last."""
        found, self._unions = self._unions, []
        return found

    def later(self, work: Callable[[], None]) -> None:
        """Queue the reading of a declaration."""
        self._queue.append(work)

    def complete(self) -> None:
        """Read everything that is queued, and what that queues in turn."""
        while self._queue:
            self._queue.popleft()()

    def is_object(self, type_: Type) -> bool:
        """Returns whether values of the type are JSON objects, or may be."""
        match type_:
            case Ref(key):
                return self.kinds.get(key) not in ("enum", "alias")
            case MapOf():
                return True
            case Scalar() | Const() | ListOf() | Union() | Nullable() | Anything():
                return False
            case _:
                assert_never(type_)


class _Alike:
    """Keys of inline schemas that would have the same name, by what is written in them.

    Most have no namesake: the content is written out only when there is a second one.
    """

    def __init__(self, first: Node) -> None:
        self._first: Node | None = first
        self._keys: dict[bytes, str] = {}

    def key_of(self, node: Node) -> str:
        """Returns the address of the first schema that was written like this one."""
        if self._first is not None:
            if self._first.address == node.address:
                return node.address
            self._keys[_written(self._first.value)] = self._first.address
            self._first = None
        return self._keys.setdefault(_written(node.value), node.address)


def _written(value: Tree) -> bytes:
    # Written out, since True == 1 in Python; in a form of `marshal` that does not depend on what is one object.
    return marshal.dumps(value, 2)


def is_component(address: str) -> bool:
    """Returns whether a schema has a name of its own: under `components/schemas`, in `$defs`, or as a whole file."""
    tokens = address.partition("#")[2].split("/")
    if len(tokens) < 3 or tokens[-2] in ("$defs", "definitions"):
        return True
    return len(tokens) == 4 and tokens[1:3] == ["components", "schemas"]


def closure(links: Mapping[str, list[str]], roots: Iterable[str]) -> set[str]:
    """Returns the keys that are reached from some keys by links between keys, these included."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        key = waiting.pop()
        if key in links and key not in found:
            found.add(key)
            waiting += links[key]
    return found
