"""What a reference leads to, put in its place: for Path Items, and where OpenAPI has no references at all.

Decides how two sets of fields become one (R06): those at the place itself win, a contradiction is a finding with both
places. What is copied out of another file has its references rewritten, so that they mean the same from where they are.
"""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Callable

from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import DanglingReference, Document, Node, escape, reference_of
from clientsmith.load.grammar import walk
from clientsmith.load.text import Tree
from clientsmith.load.tree import is_object


def put_in_place(
    kind: str,
    node: dict[str, Tree],
    address: str,
    document: Document,
    report: Report,
    moved: dict[str, str],
    place: Callable[[str], Location],
) -> None:
    """Replace a `$ref` by the fields of what it leads to; leave it where it leads nowhere.

    Args:
        kind: the object type of the place, such as `pathItem`.
        node: the object with the `$ref`; changed.
        address: of the object.
        document: what it is part of.
        report: takes `path-item-ref-conflict`.
        moved: gets the new addresses, to those where things stood.
        place: where an address stands.
    """
    try:
        target = document.follow(Node(node, address))
    except DanglingReference:
        return
    if not is_object(target.value) or reference_of(node) is None:
        return
    fields: dict[str, Tree] = copy.deepcopy(target.value)
    if target.address.partition("#")[0] != address.partition("#")[0]:
        respell(kind, fields, lambda reference: _rewritten(reference, target.address, address, document))
    del node["$ref"]
    for key, value in fields.items():
        here, there = f"{address}/{escape(key)}", f"{target.address}/{escape(key)}"
        if key not in node:
            node[key] = value
            moved[here] = there
        elif node[key] != value:
            report.add(
                "path-item-ref-conflict",
                f"{key!r} stands here and where the reference leads, and differs; the one here counts",
                place(here),
                also=[("the other one", place(there))],
            )


def respell(kind: str, value: Tree, spelt: Callable[[str], str]) -> None:
    """Rewrite every reference in and below a value, those in mappings of discriminators too.

    Args:
        kind: the object type of the value.
        value: is changed.
        spelt: the new text of a reference.
    """
    for visit in walk(kind, value, "", seen=set(), misfits=[]):
        reference = reference_of(visit.node)
        if reference is not None:
            visit.node["$ref"] = spelt(reference)
        discriminator = visit.node.get("discriminator") if visit.kind == "schema" else None
        mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
        if isinstance(mapping, dict):
            for name, target in mapping.items():
                if isinstance(target, str) and ("/" in target or "#" in target):
                    mapping[name] = spelt(target)


def _rewritten(reference: str, was: str, now: str, document: Document) -> str:
    if ":" in reference.partition("#")[0]:
        return reference
    file, _, pointer = document.target(reference, was).partition("#")
    fragment = pointer.replace("%", "%25")
    here = now.partition("#")[0]
    if file == here:
        return f"#{fragment}"
    folder = posixpath.dirname(here) if here else document.folder
    name = file or min(document.members, default="")
    return f"{posixpath.relpath(name, folder or '.').replace('%', '%25')}#{fragment}"
