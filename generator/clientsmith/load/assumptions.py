"""`x-source` and `x-assumed` out of a document, and what is assumed kept for the documentation.

No other extension goes. Properties of those names, and examples that hold them, stay.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from clientsmith.load.document import escape
from clientsmith.load.merge.equality import DATA, NAMED
from clientsmith.load.tree import is_array, is_object

SOURCE = "x-source"
"""Where a page says so: `{page: pages/jobs.md, table: 1, row: status, quote: Current job status}`."""

ASSUMED = "x-assumed"
"""Why it is believed although no page says so."""

NOT_WALKED = DATA | {"example", "examples", "enum"}
"""Keywords below which neither of the two means anything."""


class Assumption(NamedTuple):
    """Something that no page says, and why it is believed."""

    pointer: str
    reason: str


def strip_provenance(root: dict[str, Any]) -> tuple[dict[str, Any], tuple[Assumption, ...]]:
    """The tree without `x-source` and `x-assumed`, and the assumptions, sorted. What has neither is shared."""
    if not _is_marked(root):
        return root, ()
    assumptions: list[Assumption] = []
    stripped = _stripped(root, "", assumptions, names=False)
    return stripped, tuple(sorted(assumptions))


def _is_marked(root: dict[str, Any]) -> bool:
    """Whether either word is a key anywhere. Most documents have none, and looking is much faster than rebuilding."""
    waiting: list[Any] = [root]
    while waiting:
        value = waiting.pop()
        if is_object(value):
            if SOURCE in value or ASSUMED in value:
                return True
            waiting += [child for child in value.values() if child.__class__ in (dict, list)]
        else:
            waiting += [child for child in value if child.__class__ in (dict, list)]
    return False


def _stripped(value: Any, pointer: str, assumptions: list[Assumption], *, names: bool) -> Any:
    if is_array(value):
        items = [_stripped(child, f"{pointer}/{index}", assumptions, names=False) for index, child in enumerate(value)]
        return items if any(one is not other for one, other in zip(items, value, strict=True)) else value
    if not is_object(value):
        return value
    tree: dict[str, Any] = {}
    for key, child in value.items():
        if not names and key in (SOURCE, ASSUMED):
            if key == ASSUMED:
                assumptions.append(Assumption(pointer, str(child)))
        elif not names and (key in NOT_WALKED or key.startswith("x-")):
            tree[key] = child
        else:
            tree[key] = _stripped(child, f"{pointer}/{escape(key)}", assumptions, names=not names and key in NAMED)
    same = len(tree) == len(value) and all(tree[key] is value[key] for key in tree)
    return value if same else tree
