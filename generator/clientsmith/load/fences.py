"""The fenced code blocks of a Markdown page (CommonMark 0.31.2, section 4.5).

Most pages have all their fences at the left margin, which no list and no quotation reaches: these are found here. A
page with any other fence, in a list for instance, needs a library that is slow to import. Both find the same fences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_OPENING = re.compile(r"(?P<marker>`{3,}(?!.*`)|~{3,})(?P<info>.*)")
_CLOSING = re.compile(r"[ \t]*+(?P<marker>`{3,}|~{3,})[ \t]*\Z")
_INDENTED_OR_CONTAINED = re.compile(r"[\s>*+\-\d.)]++(?:```|~~~)")


class Fence(NamedTuple):
    """A fenced code block: the text after its opening marker, its text, and its first line (from 0) with indent."""

    info: str
    text: str
    line: int
    indent: int


def fences_of(text: str) -> list[Fence]:
    """Returns all fenced blocks of a page, whose lines end in LF."""
    at_margin = fences_at_margin(text)
    return list(fences_anywhere(text)) if at_margin is None else at_margin


def fences_at_margin(text: str) -> list[Fence] | None:
    """Returns all fences, None if one may be elsewhere than at the left margin, or is never closed."""
    if "\0" in text:
        # CommonMark replaces it.
        return None
    fences: list[Fence] = []
    lines = iter(enumerate(text.split("\n")))
    for number, line in lines:
        if opening := _OPENING.match(line):
            contents: list[str] = []
            for _, inner in lines:
                closing = _CLOSING.match(inner)
                if closing and closing["marker"].startswith(opening["marker"]):
                    break
                contents.append(f"{inner}\n")
            else:
                return None
            fences.append(Fence(opening["info"].strip(), "".join(contents), number, 0))
        elif _INDENTED_OR_CONTAINED.match(line):
            return None
    return fences


def fences_anywhere(text: str) -> Iterator[Fence]:
    """Yields all fences, also those in lists and quotations."""
    # Imported here, because few pages need it.
    from markdown_it import MarkdownIt

    lines = text.split("\n")
    # Fences, and the blocks that may contain them. Without indented code and HTML: fences in these count as fences.
    parser = MarkdownIt("zero").enable(["fence", "list", "blockquote"])
    for token in parser.parse(text):
        if token.type == "fence" and token.map:
            first = lines[token.map[0]]
            yield Fence(token.info.strip(), token.content, token.map[0], len(first) - len(first.lstrip(" ")))
