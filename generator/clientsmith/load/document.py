"""The result of loading: one tree (and the files that it refers to), values by address, references as edges.

Decides what an address and a `$ref` resolve to. Does not know what other keywords mean, and reads no file.

An *address* is `#/pointer` inside the provider's one document, or `file#/pointer` for another file that it refers to
(`file` relative to the folder of the sources). Pointers are RFC 6901, unencoded (`~1` and `~0` only).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote

from clientsmith.diagnostics import Location
from clientsmith.load.grammar import METHODS, VARIANTS
from clientsmith.load.source import Source
from clientsmith.load.tree import Tree, is_array, is_object
from clientsmith.load.tree import escape as escape
from clientsmith.load.tree import unescape as unescape
from clientsmith.records import dataclass

MAX_CHAIN = 64
"""How many references may follow one another (R23)."""

_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,9})\Z", re.ASCII)
"""An index of a list in a JSON Pointer (R09)."""


class Node(NamedTuple):
    """A value and its address."""

    value: Any
    address: str

    def child(self, *tokens: str | int) -> Node:
        """Returns the value below, `Node(None, ...)` where there is none: `operation.child("responses", "200")`."""
        value: Tree = self.value
        address = self.address
        for token in tokens:
            if isinstance(value, dict):
                value = value.get(str(token))
            elif isinstance(value, list) and isinstance(token, int) and token < len(value):
                value = value[token]
            else:
                value = None
            address = f"{address}/{escape(str(token))}"
        return Node(value, address)


def reference_of(value: Tree) -> str | None:
    """Returns the `$ref` of an object; None if it has none, or one that is not a string."""
    reference = value.get("$ref") if isinstance(value, dict) else None
    return reference if isinstance(reference, str) else None


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """One OpenAPI document as the provider publishes it: a file, or one code fence of a documentation page.

    Attributes:
        name: the file, as it is shown to the user.
        value: the tree; it is never changed.
        kind: `openapi` (a document), `page` (a fence of a page), `authored` (written by hand from prose pages),
            `overlay` (not a document: the origin of what an overlay set).
        source: the text that it was read from, for line numbers; None for values that were not read (tests).
        method, path: the operation that the fence announces, in lower case and as written; empty if it names none.
        title: the page's heading. url: the page's address. file: the document that the fence was exported from.
        digest: sha256 of the fragment's own text, without what the platform adds around it.
    """

    name: str
    value: dict[str, Any]
    kind: Literal["openapi", "page", "authored", "overlay"] = "openapi"
    source: Source | None = None
    method: str = ""
    path: str = ""
    title: str = ""
    url: str = ""
    file: str = ""
    digest: str = ""


class Provenance:
    """A record of which fragment each part of the merged tree comes from: the nearest recorded ancestor decides."""

    def __init__(self) -> None:
        self._origins: dict[str, tuple[Fragment, str]] = {}

    def record(self, pointer: str, fragment: Fragment, pointer_in_fragment: str) -> None:
        """Records that the value at `pointer`, with all below it that has no other record, comes from `fragment`."""
        self._origins[pointer] = (fragment, pointer_in_fragment)

    def forget(self, pointer: str) -> None:
        """Drops the records of `pointer` and of all below it: the value was removed or replaced."""
        below = f"{pointer}/"
        for known in [known for known in self._origins if known == pointer or known.startswith(below)]:
            del self._origins[known]

    def move(self, pointer: str, to: str) -> None:
        """Records that the value at `pointer` moved to `to`: a member of a list before it was removed."""
        origin = self.origin(pointer)
        below = f"{pointer}/"
        moved = {to + known[len(pointer) :]: it for known, it in self._origins.items() if known.startswith(below)}
        self.forget(to)
        self.forget(pointer)
        self._origins.update({to: origin, **moved})

    def recorded(self) -> list[str]:
        """Returns the pointers that have a record of their own, sorted."""
        return sorted(self._origins)

    def origin(self, pointer: str) -> tuple[Fragment, str]:
        """Returns the fragment that the value at a pointer of the merged tree comes from, and its pointer there.

        Raises:
            LookupError: if nothing is recorded for it or for anything above it.
        """
        ancestor = pointer
        while ancestor not in self._origins:
            if not ancestor:
                raise LookupError(pointer)
            ancestor = ancestor.rpartition("/")[0]
        fragment, origin = self._origins[ancestor]
        return fragment, origin + pointer[len(ancestor) :]

    def copy(self) -> Provenance:
        """Returns an independent copy."""
        copied = Provenance()
        copied._origins = dict(self._origins)
        return copied


class DanglingReference(Exception):
    """A `$ref` that does not resolve.

    Attributes:
        reference: the `$ref`, as written.
        chain: the addresses of the references that were followed to it.
        reason: a short sentence.
        circular: the references form a circle.
    """

    def __init__(self, reference: str, chain: tuple[str, ...], reason: str, *, circular: bool = False) -> None:
        super().__init__(reason)
        self.reference, self.chain, self.reason, self.circular = reference, chain, reason, circular


@dataclass(slots=True, eq=False)
class Document:
    """One whole API description.

    Attributes:
        root: the OpenAPI document, in the 3.1 dialect, as dicts and lists; `$ref`s are kept, except for those of path
            items, of operations and of whole maps, which are replaced by what they refer to.
        files: further trees by file name, which references resolve to; upgraded as well.
        version: the `openapi` version that the provider wrote, such as `(3, 0)`.
        locate: maps locations to the same with line and column; one pass over each file.
        place: maps an address to its location in the provider's own files, without line: cheap.
        digests: the sha256 of every file that was read, by name relative to the folder of the sources.
        aliases: for components of `root` that are nothing but a reference to another file: the address there, to the
            address of the component, `{"schemas/pet.yaml#": "#/components/schemas/Pet"}`. For names, not to look up.
        members: names of files whose content is `root`: a reference to one of them means `root`.
        folder: the folder that references in `root` are relative to.
        reason: why the overlay action that set the value at an address did so; empty where none did.
        actions: the actions of overlays that were applied, each with its location.
        original: reads everything again and returns `root` as it was before the upgrade; for the validator.
    """

    root: dict[str, Any]
    version: tuple[int, int]
    place: Callable[[str], Location]
    locate: Callable[[Sequence[Location]], Mapping[Location, Location]]
    files: dict[str, Any] = field(default_factory=dict[str, Any])
    digests: dict[str, str] = field(default_factory=dict[str, str])
    aliases: dict[str, str] = field(default_factory=dict[str, str])
    members: frozenset[str] = frozenset()
    folder: str = ""
    original: Callable[[], dict[str, Any]] | None = None
    reason: Callable[[str], str] = lambda address: ""
    actions: tuple[tuple[Location, Mapping[str, Any]], ...] = ()

    def at(self, address: str) -> Node:
        """Returns the value at an address, with the address at which it is really located.

        A pointer that goes on below a `$ref` goes on below its target (R08), so that
        `#/components/schemas/A/properties/b` resolves although A is only a reference.

        Raises:
            LookupError: if there is no value at this address.
        """
        return self._at(address, 0)

    def _at(self, address: str, hops: int) -> Node:
        file, _, pointer = address.partition("#")
        value: Tree = self.root if not file else self.files[file]
        if not pointer or (pointer == "/" and not (isinstance(value, dict) and "" in value)):
            # By RFC 6901 `#/` is the member with the empty name; without such a member the whole file is meant.
            return Node(value, f"{file}#")
        if not pointer.startswith("/"):
            raise LookupError(address)
        tokens = pointer[1:].split("/")
        for index, raw in enumerate(tokens):
            token = unescape(raw) if "~" in raw else raw
            if isinstance(value, dict):
                reference = value.get("$ref")
                if token not in value and isinstance(reference, str):
                    if hops > MAX_CHAIN:
                        raise LookupError(address)
                    here = f"{file}#/{'/'.join(tokens[:index])}" if index else f"{file}#"
                    target = self._at(self.target(reference, here), hops + 1).address
                    return self._at(f"{target}/{'/'.join(tokens[index:])}", hops + 1)
                value = value[token]
            elif isinstance(value, list) and _INDEX.match(token):
                value = value[int(token)]
            else:
                raise LookupError(address)
        return Node(value, address)

    def target(self, reference: str, base: str) -> str:
        """Returns the address that a `$ref` at the address `base` means (R07: split at `#`, percent-decode).

        Only the text is looked at: the file need not exist.
        """
        file, _, fragment = reference.partition("#")
        here = base.partition("#")[0]
        if file:
            folder = posixpath.dirname(here) if here else self.folder
            here = posixpath.normpath(posixpath.join(folder, unquote(file)))
            if here in self.members:
                here = ""
        return f"{here}#{unquote(fragment)}"

    def follow(self, node: Node) -> Node:
        """Returns the node itself, or what its `$ref` resolves to, through any number of references.

        Siblings of `$ref` are left to the caller: they mean different things in schemas and in other objects.

        Raises:
            DanglingReference: there is no such value, it is in a remote document, or the references form a circle.
        """
        chain: list[str] = []
        while (reference := reference_of(node.value)) is not None:
            if node.address in chain or len(chain) > MAX_CHAIN:
                chain.append(node.address)
                raise DanglingReference(reference, tuple(chain), "the reference resolves to itself", circular=True)
            chain.append(node.address)
            try:
                node = self.at(self.target(reference, node.address))
            except (LookupError, ValueError):
                raise DanglingReference(reference, tuple(chain), f"cannot resolve reference {reference!r}") from None
        return node


def documented_operations(document: Document) -> Iterator[Node]:
    """Yields every operation under `paths`, variants and additional operations included, in document order."""
    paths = Node(document.root, "#").child("paths")
    for path in _keys(paths):
        try:
            item = document.follow(paths.child(path))
        except DanglingReference:
            continue
        for method in _keys(item):
            operation = item.child(method)
            if method in METHODS and isinstance(operation.value, dict):
                yield operation
                for index in range(len(_items(operation.child(VARIANTS)))):
                    yield operation.child(VARIANTS, index)
        extra = item.child("additionalOperations")
        for method in _keys(extra):
            yield extra.child(method)


def _keys(node: Node) -> list[str]:
    return list(node.value) if is_object(node.value) else []


def _items(node: Node) -> list[Any]:
    return node.value if is_array(node.value) else []
