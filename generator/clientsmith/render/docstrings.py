"""Docstrings of methods: the parts of a `Documentation` in the order that editors show best."""

from __future__ import annotations

from functools import lru_cache

from clientsmith.escape import docstring
from clientsmith.view import Code, Documentation


@lru_cache(maxsize=4096)
def documented(doc: Documentation, indent: int) -> Code:
    """The docstring of a method: summary, description, arguments, what comes back, what is raised.

    Args:
        doc: its parts.
        indent: columns before the quotes.
    """
    blocks = [_line(doc.summary)]
    if doc.deprecated:
        blocks.append("Deprecated.")
    if doc.description.strip():
        blocks.append(doc.description.strip())
    if doc.arguments:
        rows = [_entry(str(name), text) for name, text in doc.arguments]
        blocks.append("Args:\n" + "\n".join(rows))
    sentences: list[str] = []
    returns = doc.returns.strip()
    if "\n" in returns:
        blocks.append("Returns:\n" + _indented(returns, 4))
    elif returns:
        sentences.append(f"Returns: {returns}" if returns.endswith((".", "!", "?")) else f"Returns: {returns}.")
    if doc.headers:
        sentences.append(f"Headers: {', '.join(f'`{name}`' for name in doc.headers)}.")
    # What the classes themselves document is one sentence.
    if doc.raises_as:
        sentences.append(f"Raises what `{doc.raises_as}` raises.")
    elif names := [name for name, text in doc.raises if not text]:
        sentences.append(f"Raises {', '.join(names)}.")
    if doc.retries:
        sentences.append(" ".join(part for part in (doc.retries, doc.retry_reason) if part))
    for method, arguments in doc.elsewhere:
        sentences.append(f"For {', '.join(arguments)} see `{method}`." if arguments else f"See also `{method}`.")
    if sentences:
        blocks.append(" ".join(sentences))
    if rows := [_entry(str(name), text) for name, text in doc.raises if text]:
        blocks.append("Raises:\n" + "\n".join(rows))
    return docstring("\n\n".join(blocks), indent)


def _line(text: str) -> str:
    return " ".join(text.split())


def _entry(name: str, text: str) -> str:
    first, _, rest = text.strip().partition("\n")
    lines = [f"    {name}: {first}"]
    if rest.strip():
        lines.append(_indented(rest, 8))
    return "\n".join(lines)


def _indented(text: str, columns: int) -> str:
    margin = " " * columns
    return "\n".join(f"{margin}{line.rstrip()}" if line.strip() else "" for line in text.strip().splitlines())
