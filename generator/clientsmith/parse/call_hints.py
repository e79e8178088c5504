"""What a document says about the names of operations: naming extensions of generators, and samples in Python.

Fern: `x-fern-sdk-group-name` (a list is a nested group) and `x-fern-sdk-method-name`. Speakeasy: `x-speakeasy-group`
(a dot separates nested groups) and `x-speakeasy-name-override`. Samples: `x-codeSamples`, `x-oaiMeta`,
`x-stainless-snippets`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clientsmith.ir import Naming
from clientsmith.load.document import Node
from clientsmith.parse.reading import Reader, is_list, is_map

_GROUPS = ("x-fern-sdk-group-name", "x-speakeasy-group")
_METHODS = ("x-fern-sdk-method-name", "x-speakeasy-name-override")
_SAMPLES = ("x-codeSamples", "x-code-samples", "x-oaiMeta", "x-stainless-snippets")
_CALL = re.compile(r"\bclient((?:\.[A-Za-z][A-Za-z0-9_]*)+)\(")
DEEPEST_SAMPLE = 8
"""Mappings and lists within each other in which a sample is looked for."""


def naming_of(reader: Reader, node: Node) -> Naming | None:
    """Returns what an Operation Object says about its name, None for nothing."""
    groups: tuple[str, ...] | None = None
    for key in _GROUPS:
        if groups is None and key in node.value:
            groups = _groups(reader, node, key)
    method = next((name for key in _METHODS if (name := reader.text(node, key))), "")
    sample: tuple[str, ...] = ()
    for key in _SAMPLES:
        if not sample and key in node.value:
            sample = _call_in(node.value[key])
    return Naming(groups, method, sample) if groups is not None or method or sample else None


def _groups(reader: Reader, node: Node, key: str) -> tuple[str, ...] | None:
    value = node.value[key]
    texts = [member.value for member in reader.members(node, key)] if is_list(value) else [reader.text(node, key)]
    parts = [part for text in texts if isinstance(text, str) for part in text.split(".")]
    return tuple(filter(None, parts)) or None


def _call_in(value: object) -> tuple[str, ...]:
    """Returns the first call of the client in a sample in Python: `client.images.edit(` gives `("images", "edit")`."""
    for text in _python(value, False, 0):
        if found := _CALL.search(text):
            parts = tuple(found[1][1:].split("."))
            if not any(part.startswith("with_") for part in parts):
                return parts
    return ()


def _python(value: object, marked: bool, depth: int) -> Iterator[str]:
    """Yields the texts that are marked as Python: below a key `python`, or beside `lang: Python`."""
    if depth > DEEPEST_SAMPLE:
        return
    if is_map(value):
        language = str(value.get("lang", value.get("language", ""))).lower()
        for key, inner in value.items():
            yield from _python(inner, marked or "python" in language or "python" in str(key).lower(), depth + 1)
    elif is_list(value):
        for inner in value:
            yield from _python(inner, marked, depth + 1)
    elif marked and isinstance(value, str):
        yield value
