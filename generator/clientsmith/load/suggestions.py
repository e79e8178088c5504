"""What was perhaps meant by a reference that leads nowhere.

Decides which neighbour is close enough to be named. Lines of all neighbours are looked up in one pass, at the end.
"""

from __future__ import annotations

import difflib
from typing import Generic, TypeVar

from clientsmith.diagnostics import Location
from clientsmith.load.document import Document, escape, unescape
from clientsmith.load.folder import Folder
from clientsmith.load.text import Tree

MAX_QUESTIONS = 100
"""Comparing names is slow; whoever has more dangling references than this has lost a file."""

SiteT = TypeVar("SiteT")


class Suggestions(Generic[SiteT]):
    """The dangling references of one document, collected first and answered together."""

    def __init__(self, document: Document, folder: Folder) -> None:
        self._document, self._folder = document, folder
        self._asked: list[tuple[list[SiteT], str, str]] = []

    def ask(self, sites: list[SiteT], address: str, message: str) -> None:
        """Note a dangling reference.

        Args:
            sites: where it stands.
            address: where it leads.
            message: what to say about it.
        """
        close = self._close(address) if len(self._asked) < MAX_QUESTIONS else ""
        self._asked.append((sites, close, message))

    def settled(self) -> list[tuple[list[SiteT], str, str]]:
        """All of them: the sites, a hint (or nothing), the message."""
        places: dict[str, Location] = {close: self._document.place(close) for _, close, _ in self._asked if close}
        lines = self._folder.lines(places.values())
        answered: list[tuple[list[SiteT], str, str]] = []
        for sites, close, message in self._asked:
            hint = ""
            if close:
                line = lines.get(places[close], 0)
                hint = f"did you mean {close!r}{f' (line {line})' if line else ''}?"
            answered.append((sites, hint, message))
        return answered

    def _close(self, address: str) -> str:
        """An address near this one at which something stands, or nothing."""
        file, _, pointer = address.partition("#")
        tree: Tree = self._document.root if not file else self._document.files.get(file)
        if not pointer.startswith("/"):
            pointer = f"/{pointer}"
            if self._stands(f"{file}#{pointer}"):
                return f"{file}#{pointer}"
        tokens = [unescape(raw) for raw in pointer[1:].split("/")]
        value = tree
        for index, token in enumerate(tokens):
            if isinstance(value, dict) and token in value:
                value = value[token]
                continue
            if isinstance(value, dict):
                for near in difflib.get_close_matches(token, value, 1):
                    fixed = "/".join(map(escape, [*tokens[:index], near, *tokens[index + 1 :]]))
                    if self._stands(f"{file}#/{fixed}"):
                        return f"{file}#/{fixed}"
            break
        return self._elsewhere(tokens[-1])

    def _elsewhere(self, name: str) -> str:
        """A component of that very name in another section, or of a section that is not misspelt."""
        components: Tree = self._document.root.get("components")
        if isinstance(components, dict):
            for section, entries in components.items():
                if isinstance(entries, dict) and name in entries:
                    return f"#/components/{section}/{escape(name)}"
        return ""

    def _stands(self, address: str) -> bool:
        try:
            self._document.at(address)
        except (LookupError, ValueError):
            return False
        return True
