"""References written in another way: by pointer instead of by name, from another file's point of view, or not at all.

Decides which reference by pointer is equal to one by `$anchor`, `$dynamicAnchor`, `$id` or `$self`; and how the fields
of a reference's target join those of the object that refers to it, for Path Items and where OpenAPI has no references.
Identifiers never cause a file, let alone a network, to be read (R11). Scopes of nested `$id`s are not distinguished: an
anchor is searched for in its whole file.
"""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Callable
from urllib.parse import unquote

from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import DanglingReference, Document, Node, reference_of
from clientsmith.load.grammar import walk
from clientsmith.load.tree import Tree, escape, is_object


def replace_by_target(
    kind: str,
    node: dict[str, Tree],
    address: str,
    document: Document,
    report: Report,
    moved: dict[str, str],
    place: Callable[[str], Location],
) -> None:
    """Replaces a `$ref` by the fields of its target; leaves it as it is if it does not resolve.

    The fields of the object itself win; a contradiction is reported with both places (R06). The references in what is
    copied from another file are rewritten, so that they mean the same from where they are.

    Args:
        kind: the object type, such as `pathItem`.
        node: the object with the `$ref`; changed.
        address: of the object.
        document: the document that contains it.
        report: takes `path-item-ref-conflict`.
        moved: gets the new address of each field, with the one that it was copied from.
        place: the location of an address.
    """
    try:
        target = document.follow(Node(node, address))
    except DanglingReference:
        return
    if not is_object(target.value) or reference_of(node) is None:
        return
    fields: dict[str, Tree] = copy.deepcopy(target.value)
    if target.address.partition("#")[0] != address.partition("#")[0]:
        rewrite(kind, fields, lambda reference: _seen_from(address, reference, target.address, document))
    del node["$ref"]
    for key, value in fields.items():
        here, there = f"{address}/{escape(key)}", f"{target.address}/{escape(key)}"
        if key not in node:
            node[key] = value
            moved[here] = there
        elif node[key] != value:
            report.add(
                "path-item-ref-conflict",
                f"the field {key!r} differs from the one in the target of the reference, which is ignored",
                place(here),
                also=[("ignored field", place(there))],
            )


def rewrite(kind: str, value: Tree, rewritten: Callable[[str], str]) -> None:
    """Rewrites every reference in and below a value, those in mappings of discriminators too.

    Args:
        kind: the object type of the value.
        value: is changed.
        rewritten: returns the new text of a reference.
    """
    for visit in walk(kind, value, "", seen=set(), mismatches=[]):
        reference = reference_of(visit.node)
        if reference is not None:
            visit.node["$ref"] = rewritten(reference)
        discriminator = visit.node.get("discriminator") if visit.kind == "schema" else None
        mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
        if isinstance(mapping, dict):
            for name, target in mapping.items():
                if isinstance(target, str) and ("/" in target or "#" in target):
                    mapping[name] = rewritten(target)


def _seen_from(address: str, reference: str, origin: str, document: Document) -> str:
    """Returns a reference at the address `origin` as it must be written at `address`."""
    if ":" in reference.partition("#")[0]:
        return reference
    file, _, pointer = document.target(reference, origin).partition("#")
    here = address.partition("#")[0]
    if file == here:
        return _local(pointer)
    folder = posixpath.dirname(here) if here else document.folder
    name = file or min(document.members, default="")
    return f"{posixpath.relpath(name, folder or '.').replace('%', '%25')}{_local(pointer)}"


class Identifiers:
    """The identifiers of a document. Each file is searched when the first reference by name into it is met."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._anchors: dict[str, dict[str, str]] = {}
        self._ids: dict[str, str] | None = None

    def by_pointer(self, reference: str, file: str) -> str | None:
        """Returns the reference by pointer that means the same; None if there is none, or if it is one already.

        Args:
            reference: as written: `#node`, `https://acme.example/schemas/job`.
            file: the file that contains it; empty for the document itself.
        """
        base, _, fragment = reference.partition("#")
        fragment = unquote(fragment)
        is_name = bool(fragment) and not fragment.startswith("/")
        if not base:
            return self._anchor(fragment, file) if is_name else None
        if ":" not in base or file:
            return None
        start = self._ids_of_root().get(base)
        if start is None:
            return None
        return self._anchor(fragment, "") if is_name else _local(start + fragment)

    def _anchor(self, name: str, file: str) -> str | None:
        if file not in self._anchors:
            found: dict[str, str] = {}
            for node, pointer in self._schemas(file):
                for keyword in ("$anchor", "$dynamicAnchor"):
                    anchor = node.get(keyword)
                    if isinstance(anchor, str):
                        found.setdefault(anchor, pointer)
            self._anchors[file] = found
        target = self._anchors[file].get(name)
        return None if target is None else _local(target)

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
        visits = walk("openapi" if whole else "schema", tree, "", seen=set(), mismatches=[])
        return [(visit.node, visit.address) for visit in visits if visit.kind == "schema"]


def _local(pointer: str) -> str:
    """Returns the reference to a pointer of the same file: only `%` means something else in a fragment."""
    return f"#{pointer.replace('%', '%25')}"
