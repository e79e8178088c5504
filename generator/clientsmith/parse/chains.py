"""Where a chain of references between schemas ends, each chain walked once.

Decides which schema is a link, a reference that states nothing else that counts, and which is the end of a chain.
"""

from __future__ import annotations

from typing import Any

from clientsmith.load.document import Node
from clientsmith.parse.keywords import states_null
from clientsmith.parse.reading import Reader, is_map
from clientsmith.parse.structures import constrains


class Chains:
    """The chains of references of one document.

    Args:
        reader: of the document.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._ends: dict[str, tuple[Node, bool] | None] = {}

    def is_end(self, schema: Any) -> bool:
        """Returns whether a chain ends at a schema: it has no `$ref`, or siblings that constrain it too."""
        if not is_map(schema) or not isinstance(schema.get("$ref"), str):
            return True
        if len(schema) == 1 or self._reader.document.version < (3, 1):
            return False
        return constrains({key: value for key, value in schema.items() if key != "$ref"})

    def end_of(self, node: Node) -> tuple[Node, bool] | None:
        """Returns the end of a chain, and whether a link of it allows null; `None` if it dangles or is a circle.

        Ends are remembered for every link, so that a chain is walked once, wherever it is met.
        """
        chain: list[Node] = []
        target: Node | None = node
        while target is not None and not self.is_end(target.value) and target.address not in self._ends:
            if chain:
                # A circle comes back to this link, and has no end.
                self._ends[target.address] = None
            chain.append(target)
            target = self._reader.target(target)
        end = None if target is None else self._ends.get(target.address, (target, False))
        for link in reversed(chain):
            if end is not None and states_null(link.value):
                end = (end[0], True)
            if link is not node:
                self._ends[link.address] = end
        return end
