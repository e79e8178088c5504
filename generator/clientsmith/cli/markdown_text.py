"""Text of documents in Markdown, where it means nothing."""

from __future__ import annotations

import re

from clientsmith.cli.safe_text import cut, visible


def code_span(text: str, longest: int) -> str:
    """Returns at most `longest` characters as a code span, whatever backticks they have (CommonMark 0.31, section 6.1).

    Empty for an empty text, of which there is no code span.
    """
    if not text:
        return ""
    text = cut(visible(text), longest)
    longest_run = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest_run + 1)
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def cell_span(text: str, longest: int) -> str:
    """Returns the same for a cell of a table, whose bars are escaped also inside of code spans (GFM, section 4.10)."""
    return code_span(text.replace("|", "\\|"), longest)
