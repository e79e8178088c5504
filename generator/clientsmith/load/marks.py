"""The marks of origin in a document, `x-source` and `x-assumed`: taken out of its trees and kept as data by address.

    x-source: {page: pages/jobs.md, section: Response fields, row: status, quote: Current job status}
    x-assumed: no page states it; the sandbox answers so

Declarations of jobs may have them at any depth, and actions of overlays, for what they set. No other extension is taken
out. Properties of those names, and examples that contain them, stay. What a mark means for the comparison with
documentation pages, and what it must look like, is the subject of `claims`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, NamedTuple

from clientsmith.diagnostics import Location
from clientsmith.load.document import Document, reference_of
from clientsmith.load.grammar import NAMED, NOT_WALKED
from clientsmith.load.tree import CONTAINERS, escape, is_array, is_object
from clientsmith.records import dataclass

SOURCE = "x-source"
"""Where a page states something: `{page: pages/jobs.md, section: Response fields, row: status}`."""

ASSUMED = "x-assumed"
"""Why something is believed although no page states it."""

_DECLARATIONS = frozenset({"x-job", "x-jobs"})
"""Extensions that state facts in many places."""


class Mark(NamedTuple):
    """The marks of one node: the value of `x-source` as it is written, the reason of `x-assumed`.

    `has_source` distinguishes an `x-source` of null from none.
    """

    source: Any = None
    has_source: bool = False
    reason: str | None = None

    @property
    def covers_below(self) -> bool:
        """Whether the mark is the origin of everything below its node: a page is cited as a whole, without a quote."""
        cites_a_part = is_object(self.source) and ("quote" in self.source or "row" in self.source)
        return isinstance(self.source, str) or (is_object(self.source) and not cites_a_part)


class ActionMark(NamedTuple):
    """The marks of an action of an overlay, where it is, and the JSONPath of what it changes."""

    place: Location
    target: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a document.

    Attributes:
        by_address: the mark of a node, such as `#/paths/~1jobs/get`.
        references: the address of each node with a `$ref`, to its target's; only of documents with marks.
        of_actions: the marks of actions of overlays.
    """

    by_address: Mapping[str, Mark] = field(default_factory=dict[str, Mark])
    references: Mapping[str, str] = field(default_factory=dict[str, str])
    of_actions: tuple[ActionMark, ...] = ()

    def has_any(self) -> bool:
        """Returns whether anything is marked."""
        return bool(self.by_address or self.of_actions)

    def at(self, address: str) -> Iterator[Mark]:
        """Returns the marks of a node, and of the nodes that its `$ref` resolves to."""
        return (self.by_address[one] for one in self.chain(address) if one in self.by_address)

    def chain(self, address: str) -> list[str]:
        """Returns the address, then those that its `$ref` resolves to, through any number of references."""
        found = [address]
        while (following := self.references.get(found[-1])) is not None and following not in found:
            found.append(following)
        return found

    def origin_at(self, address: str) -> bool:
        """Returns whether the node, or what its `$ref` resolves to, has a mark."""
        return any(True for _ in self.at(address))

    def covered(self, address: str) -> bool:
        """Returns whether a mark of the node, of its reference's target or of a node above it covers all below."""
        return any(mark.covers_below for place in _upwards(address) for mark in self.at(place))

    @property
    def assumptions(self) -> tuple[tuple[str, str], ...]:
        """Returns the assumptions, sorted: pointer in the document's root (or address in another file), and reason.

        An action of an overlay has the JSONPath of what it changes as the only token of its pointer.
        """
        found = [(address.removeprefix("#"), mark.reason) for address, mark in self.by_address.items()]
        found += [(f"/{escape(one.target)}", one.mark.reason) for one in self.of_actions]
        return tuple(sorted((pointer, reason) for pointer, reason in found if reason is not None))


def without_marks(document: Document) -> tuple[Document, Marks]:
    """Returns the document without `x-source` and `x-assumed`, and both as data. What has neither is shared."""
    trees = {"#": document.root, **{f"{name}#": tree for name, tree in document.files.items()}}
    of_actions = tuple(
        ActionMark(place, str(action.get("target")), mark)
        for place, action in document.actions
        if (mark := _mark_of(action)) is not None
    )
    if not any(_is_marked(tree) for tree in trees.values()):
        return document, Marks(of_actions=of_actions)
    taken = _Taken()
    trees = {address: taken.stripped(tree, address, names=False) for address, tree in trees.items()}
    references = dict(taken.references(document))
    root = trees.pop("#")
    files = {address.removesuffix("#"): tree for address, tree in trees.items()}
    return dataclasses.replace(document, root=root, files=files), Marks(taken.by_address, references, of_actions)


def _upwards(address: str) -> Iterator[str]:
    """Yields the address, and those of all nodes above it: `#/a/b`, `#/a`, `#`."""
    while "#" in address:
        yield address
        address = address.rpartition("/")[0]


def _is_marked(root: Any) -> bool:
    """Returns whether either is a key anywhere: most documents have none, and searching is faster than rebuilding."""
    level: list[Any] = [root]
    while level:
        below: list[Any] = []
        for value in level:
            if is_object(value):
                if SOURCE in value or ASSUMED in value:
                    return True
                below += value.values()
            elif is_array(value):
                below += value
        level = [value for value in below if value.__class__ in CONTAINERS]
    return False


def _mark_of(value: Mapping[str, Any]) -> Mark | None:
    if SOURCE not in value and ASSUMED not in value:
        return None
    reason = value.get(ASSUMED)
    # What is no text is no reason, as if it were empty.
    text = reason if isinstance(reason, str) else ""
    return Mark(value.get(SOURCE), SOURCE in value, text if ASSUMED in value else None)


class _Taken:
    """The marks and references that were found while trees were stripped."""

    def __init__(self) -> None:
        self.by_address: dict[str, Mark] = {}
        self._references: dict[str, str] = {}

    def stripped(self, value: Any, address: str, *, names: bool) -> Any:
        """Returns the value without marks. `names`: its keys are names that the document chooses."""
        if is_array(value):
            items = [self.stripped(child, f"{address}/{index}", names=False) for index, child in enumerate(value)]
            return items if any(one is not other for one, other in zip(items, value, strict=True)) else value
        if not is_object(value):
            return value
        if not names:
            self._note(value, address)
        tree: dict[str, Any] = {}
        for key, child in value.items():
            if not names and key in (SOURCE, ASSUMED):
                continue
            if not names and (key in NOT_WALKED or (key.startswith("x-") and key not in _DECLARATIONS)):
                tree[key] = child
            else:
                tree[key] = self.stripped(child, f"{address}/{escape(key)}", names=not names and key in NAMED)
        same = len(tree) == len(value) and all(tree[key] is value[key] for key in tree)
        return value if same else tree

    def _note(self, value: dict[str, Any], address: str) -> None:
        if (mark := _mark_of(value)) is not None:
            self.by_address[address] = mark
        if (reference := reference_of(value)) is not None:
            self._references[address] = reference

    def references(self, document: Document) -> Iterator[tuple[str, str]]:
        """Yields each reference with its target's address; those that do not resolve were reported by `load`."""
        for address, reference in self._references.items():
            try:
                yield address, document.at(document.target(reference, address)).address
            except (LookupError, ValueError):
                continue
