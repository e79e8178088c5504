"""The plain part of TOML: tables of texts and numbers, one to a line, without escapes. The lock is nearly always that.

Reading it so takes a fraction of the time that importing `tomllib` takes, which would be the larger part of a run in
which nothing has changed. Whatever is not plain is left to `tomllib`, and means the same there.
"""

from __future__ import annotations

from collections.abc import Mapping

_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def plain_tables(text: str) -> dict[str, dict[str, str | int]] | None:
    """The tables of a text by name (`""`: what stands before the first); None when it is not plain throughout."""
    tables: dict[str, dict[str, str | int]] = {"": {}}
    current = tables[""]
    if "\\" in text or "'" in text or "\r" in text or '"""' in text:
        return None
    for line in text.split("\n"):
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            name = line[1:-1]
            if not line.endswith("]") or not name or not _BARE.issuperset(name) or name in tables:
                return None
            current = tables[name] = {}
            continue
        left, _, right = line.partition(" = ")
        key = left if left and _BARE.issuperset(left) else _text(left)
        value = int(right) if _is_number(right) else _text(right)
        if key is None or value is None or key in current:
            return None
        current[key] = value
    return tables


def plain_section(text: str, header: str) -> Mapping[str, str | int] | None:
    """The table under the line `header` of a text whose other parts may be anything; None when it is not plain."""
    if '"""' in text or "'''" in text:
        return None
    start = f"\n{header}\n"
    _, found, after = f"\n{text}\n".replace("\r\n", "\n").partition(start)
    if not found:
        return None
    tables = plain_tables(f"\n{after}".partition("\n[")[0])
    return None if tables is None or len(tables) > 1 else tables[""]


def _is_number(literal: str) -> bool:
    return literal == "0" or (literal.isascii() and literal.isdecimal() and literal[0] != "0")


def _text(literal: str) -> str | None:
    """The content of a basic string without escapes; None when it is something else."""
    inner = literal[1:-1]
    if len(literal) < 2 or literal[0] != '"' or literal[-1] != '"' or '"' in inner or not inner.isprintable():
        return None
    return inner
