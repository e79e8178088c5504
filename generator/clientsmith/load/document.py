"""The result of loading: one tree (and the files that it refers to), values by address, references as edges.

Does not know what the keywords mean beyond `$ref`. Reading is `source`, combining `merge` and `overlay`.

An *address* is `#/pointer` inside the provider's one document, or `file#/pointer` for another file that it refers to
(`file` relative to the folder of the sources). Pointers are RFC 6901, unencoded (`~1` and `~0` only).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote

from clientsmith.diagnostics import Location
from clientsmith.load.source import Source
from clientsmith.load.text import Tree

MAX_CHAIN = 64
"""How many references may lead to one another (R23)."""

_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,9})\Z", re.ASCII)
"""An index of a list in a JSON Pointer (R09)."""


class Node(NamedTuple):
    """A value and the address at which it stands."""

    value: Any
    address: str

    def child(self, *tokens: str | int) -> Node:
        """The value below, `Node(None, ...)` where there is none: `operation.child("responses", "200")`."""
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


def escape(token: str) -> str:
    """One token of a JSON Pointer, escaped (RFC 6901 section 3)."""
    if "~" in token or "/" in token:
        return token.replace("~", "~0").replace("/", "~1")
    return token


def unescape(token: str) -> str:
    """One token of a JSON Pointer as it reads (RFC 6901 section 4)."""
    return token.replace("~1", "/").replace("~0", "~")


def reference_of(value: Tree) -> str | None:
    """The text of the `$ref` of an object, if it has one that is a text."""
    reference = value.get("$ref") if isinstance(value, dict) else None
    return reference if isinstance(reference, str) else None


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """One OpenAPI document as it was found: a file, or one code fence of a documentation page.

    Attributes:
        name: the file, as it is shown to the user.
        value: the tree; nobody changes it.
        kind: `openapi` (a document), `page` (a fence of a page), `authored` (written by hand from prose pages),
            `overlay` (not a document: the origin of what an overlay set).
        source: the text behind it, for line numbers; None only for values made by hand (tests).
        method, path: the operation that the fence announces, lower case and as written; empty when it names none.
        title: the page's heading. url: the page's address. file: the document that the fence says it is cut from.
        digest: sha256 of the fragment's own text, free of what the platform adds around it.
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
    """Which fragment each part of the merged tree comes from: the nearest recorded ancestor decides."""

    def __init__(self) -> None:
        self._origins: dict[str, tuple[Fragment, str]] = {}

    def record(self, pointer: str, fragment: Fragment, pointer_in_fragment: str) -> None:
        """What stands at `pointer` comes from `fragment`, and so does all below it that has no record of its own."""
        self._origins[pointer] = (fragment, pointer_in_fragment)

    def forget(self, pointer: str) -> None:
        """Drop what is known of `pointer` and of all below it: the value there was removed or replaced."""
        below = f"{pointer}/"
        for known in [known for known in self._origins if known == pointer or known.startswith(below)]:
            del self._origins[known]

    def move(self, pointer: str, to: str) -> None:
        """What stood at `pointer`, with all below it, now stands at `to`: a member of a list before it was removed."""
        origin = self.origin(pointer)
        below = f"{pointer}/"
        moved = {to + known[len(pointer) :]: it for known, it in self._origins.items() if known.startswith(below)}
        self.forget(to)
        self.forget(pointer)
        self._origins.update({to: origin, **moved})

    def recorded(self) -> list[str]:
        """The pointers that have a record of their own, sorted."""
        return sorted(self._origins)

    def origin(self, pointer: str) -> tuple[Fragment, str]:
        """The fragment that the value at a pointer of the merged tree comes from, and its pointer there.

        Raises:
            LookupError: when nothing was recorded for it or for anything above it.
        """
        ancestor = pointer
        while ancestor not in self._origins:
            if not ancestor:
                raise LookupError(pointer)
            ancestor = ancestor.rpartition("/")[0]
        fragment, origin = self._origins[ancestor]
        return fragment, origin + pointer[len(ancestor) :]

    def copy(self) -> Provenance:
        """An independent copy."""
        copied = Provenance()
        copied._origins = dict(self._origins)
        return copied


class DanglingReference(Exception):
    """A `$ref` leads nowhere. `chain` are the addresses passed on the way, `reason` a short sentence."""

    def __init__(self, reference: str, chain: tuple[str, ...], reason: str, *, circular: bool = False) -> None:
        super().__init__(reason)
        self.reference, self.chain, self.reason, self.circular = reference, chain, reason, circular


@dataclass
class Document:
    """One API description, whole.

    Attributes:
        root: the OpenAPI document, in the 3.1 dialect, as plain dicts and lists; `$ref`s stand where they stood, but
            those of path items, of operations and of whole maps are put in place.
        files: further trees by name, which references lead to; already upgraded.
        version: the `openapi` version that the provider wrote, such as `(3, 0)`.
        locate: maps addresses to where they stand in the provider's own files, with lines; in one pass a file.
        place: the same for one address without its line: cheap.
        digests: the sha256 of every file that was read, by name relative to the folder of the sources.
        aliases: where a component of `root` is nothing but a reference to another file: the address there, to the
            address of the component, `{"schemas/pet.yaml#": "#/components/schemas/Pet"}`. For names, not to look up.
        members: names of files whose content is `root`: a reference to one of them means `root`.
        folder: what references in `root` are relative to.
        original: reads everything again and gives `root` as it was before it was upgraded; for the validator.
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

    def at(self, address: str) -> Node:
        """The value at an address, with the address at which it really stands.

        Where the pointer goes on below a `$ref`, it goes on below what that leads to (R08), so that
        `#/components/schemas/A/properties/b` is found where A is only a reference.

        Raises:
            LookupError: when nothing stands there.
        """
        return self._at(address, 0)

    def _at(self, address: str, hops: int) -> Node:
        file, _, pointer = address.partition("#")
        value: Tree = self.root if not file else self.files[file]
        if not pointer or (pointer == "/" and not (isinstance(value, dict) and "" in value)):
            # By RFC 6901 `#/` is the member with the empty name; where there is none, people mean the whole file.
            return Node(value, f"{file}#")
        if not pointer.startswith("/"):
            raise LookupError(address)
        tokens = pointer[1:].split("/")
        for index, raw in enumerate(tokens):
            token = unescape(raw)
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
        """The address that a `$ref` at the address `base` means (R07: split at `#`, percent-decode).

        Pure text: that the file exists, or may be read, is not looked at.
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
        """The node itself, or what its `$ref` (and that one's, and so on) leads to.

        Siblings of `$ref` are the caller's business: they mean different things for schemas and for other objects.

        Raises:
            DanglingReference: nothing there, a remote document, or a circle of references only.
        """
        chain: list[str] = []
        while (reference := reference_of(node.value)) is not None:
            if node.address in chain or len(chain) > MAX_CHAIN:
                chain.append(node.address)
                raise DanglingReference(reference, tuple(chain), "the reference leads back to itself", circular=True)
            chain.append(node.address)
            try:
                node = self.at(self.target(reference, node.address))
            except (LookupError, ValueError):
                raise DanglingReference(reference, tuple(chain), f"nothing at {reference!r}") from None
        return node
