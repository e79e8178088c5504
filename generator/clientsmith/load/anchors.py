"""References by name: `$anchor`, `$dynamicAnchor`, `$id`, `$self`, as plain references by pointer.

Decides which plain reference means the same. Identifiers never cause a file, let alone a network, to be read (R11).
Scopes of nested `$id`s are not kept apart: an anchor is looked for in its whole file.
"""

from __future__ import annotations

from urllib.parse import unquote

from clientsmith.load.document import Document
from clientsmith.load.grammar import walk
from clientsmith.load.text import Tree


class Identifiers:
    """The identifiers of a document; each file is searched when the first reference by name into it is met."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._anchors: dict[str, dict[str, str]] = {}
        self._ids: dict[str, str] | None = None

    def plain(self, reference: str, file: str) -> str | None:
        """The reference by pointer that means the same; None when there is none, or when it is one already.

        Args:
            reference: as written: `#node`, `https://acme.example/schemas/job`.
            file: the file it stands in; empty for the document itself.
        """
        base, _, fragment = reference.partition("#")
        fragment = unquote(fragment)
        if not base:
            if not fragment or fragment.startswith("/"):
                return None
            pointer = self._anchors_of(file).get(fragment)
            return f"#{_quoted(pointer)}" if pointer is not None else None
        if ":" not in base or file:
            return None
        start = self._ids_of_root().get(base)
        if start is None:
            return None
        if not fragment or fragment.startswith("/"):
            return f"#{_quoted(start + fragment)}"
        pointer = self._anchors_of("").get(fragment)
        return f"#{_quoted(pointer)}" if pointer is not None else None

    def _anchors_of(self, file: str) -> dict[str, str]:
        if file not in self._anchors:
            found: dict[str, str] = {}
            for node, pointer in self._schemas(file):
                for keyword in ("$anchor", "$dynamicAnchor"):
                    name = node.get(keyword)
                    if isinstance(name, str):
                        found.setdefault(name, pointer)
            self._anchors[file] = found
        return self._anchors[file]

    def _ids_of_root(self) -> dict[str, str]:
        if self._ids is None:
            self._ids = {}
            own = self._document.root.get("$self")
            if isinstance(own, str):
                self._ids[own.rstrip("#")] = ""
            for node, pointer in self._schemas(""):
                identifier = node.get("$id")
                if isinstance(identifier, str):
                    self._ids.setdefault(identifier.rstrip("#"), pointer)
        return self._ids

    def _schemas(self, file: str) -> list[tuple[dict[str, Tree], str]]:
        tree: Tree = self._document.root if not file else self._document.files.get(file)
        whole = not file or (isinstance(tree, dict) and "openapi" in tree)
        visits = walk("openapi" if whole else "schema", tree, "", seen=set(), misfits=[])
        return [(visit.node, visit.address) for visit in visits if visit.kind == "schema"]


def _quoted(pointer: str) -> str:
    """A pointer as the fragment of a reference: only `%` means something else there."""
    return pointer.replace("%", "%25")
