"""Targets of overlay actions: the nodes that a JSONPath (RFC 9535) selects.

Simple targets are resolved here: names, indexes, wildcards and comparisons of a member with a text, in ASCII, which is
nearly all that overlays are written with. All others need a library that is slow to import. Both select the same nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, assert_never

from clientsmith.load.tree import is_array, is_object

if TYPE_CHECKING:
    from jsonpath import JSONPathEnvironment

LONGEST: Final = 10.0
"""Seconds that the regular expressions of a target may take."""

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from the root to a node."""


class Children(NamedTuple):
    """The children with these names or indexes: `.get`, `['/jobs', '/keys']`, `[0]`."""

    tokens: tuple[str | int, ...]


class EveryChild(NamedTuple):
    """All children: `.*`, `[*]`."""


class EqualChildren(NamedTuple):
    """The children that are equal to a text, or whose member is: `[?@ == 'Jobs']`, `[?@.name == 'id']`."""

    member: str | None
    text: str


Selector: TypeAlias = Children | EveryChild | EqualChildren


class Segment(NamedTuple):
    """A segment of a simple JSONPath, with its text: `Segment(".get", Children(("get",)))`."""

    text: str
    selector: Selector


_NAME: Final = r"[A-Za-z_]\w*+"
_STRING: Final = r"""(?:'[^'\\\x00-\x1f]*+'|"[^"\\\x00-\x1f]*+")"""
_SEGMENT: Final = re.compile(
    rf"(?P<every>\.\*|\[\*\])|\.(?P<name>{_NAME})|\[(?P<index>0|[1-9][0-9]{{0,14}})\]"
    rf"|\[(?P<names>{_STRING}(?: *, *{_STRING})*+)\]"
    rf"|\[\?@(?:\.(?P<member>{_NAME}))? *== *(?P<text>{_STRING})\]",
    re.ASCII,
)
_STRINGS: Final = re.compile(_STRING)
_FUNCTION: Final = re.compile(r"\b(?:match|search)\(")
"""The functions that take a regular expression (RFC 9535, sections 2.4.6 and 2.4.7)."""


def simple_segments(query: str) -> list[Segment] | None:
    """Returns the segments of a simple JSONPath, such as `$.paths['/jobs'].get`; None for all others."""
    if not query.startswith("$") or not query.isascii():
        return None
    segments: list[Segment] = []
    end = 1
    while end < len(query):
        match = _SEGMENT.match(query, end)
        if match is None:
            return None
        segments.append(Segment(match[0], _selector(match)))
        end = match.end()
    return segments


def _selector(match: re.Match[str]) -> Selector:
    if match["every"]:
        return EveryChild()
    if match["name"]:
        return Children((match["name"],))
    if match["index"]:
        return Children((int(match["index"]),))
    if match["names"]:
        return Children(tuple(text[1:-1] for text in _STRINGS.findall(match["names"])))
    return EqualChildren(match["member"], match["text"][1:-1])


def segments_of(query: str) -> list[str]:
    """Returns the texts of the segments of a JSONPath that `selected_paths` accepts."""
    segments = simple_segments(query)
    if segments is not None:
        return [segment.text for segment in segments]
    from jsonpath import JSONPath

    compiled = _environment().compile(query)
    return [str(segment) for segment in compiled.segments] if isinstance(compiled, JSONPath) else []


def selected_paths(query: str, root: Any, *, longest: float = LONGEST) -> list[Path]:
    """Returns the paths of the nodes that a JSONPath selects, each once.

    Args:
        query: the JSONPath.
        root: the tree.
        longest: seconds that its regular expressions may take.

    Raises:
        ValueError: it is not a JSONPath; the message is the reason.
        TimeoutError: its regular expressions take longer.
    """
    segments = simple_segments(query)
    if segments is None:
        if _FUNCTION.search(query) is None:
            return _library_paths(query, root)
        # Imported here, because few overlays need it.
        from clientsmith.load.time_limit import in_time

        return in_time(longest, _library_paths, query, root)
    nodes: list[tuple[Path, Any]] = [((), root)]
    for segment in segments:
        nodes = [
            ((*path, token), child) for path, value in nodes for token, child in _selected(segment.selector, value)
        ]
    return list(dict.fromkeys(path for path, _ in nodes))


def _selected(selector: Selector, value: Any) -> Iterator[tuple[str | int, Any]]:
    children: dict[Any, Any] = value if is_object(value) else dict(enumerate(value)) if is_array(value) else {}
    match selector:
        case Children(tokens):
            yield from ((token, children[token]) for token in tokens if token in children)
        case EveryChild():
            yield from children.items()
        case EqualChildren(member, text):
            for token, child in children.items():
                compared = child if member is None else child.get(member) if is_object(child) else None
                if compared == text:
                    yield token, child
        case _:
            assert_never(selector)


def _library_paths(query: str, root: Any) -> list[Path]:
    from jsonpath.exceptions import JSONPathError

    try:
        return list(dict.fromkeys(tuple(match.parts) for match in _environment().finditer(query, root)))
    except (JSONPathError, ValueError, RecursionError) as error:
        raise ValueError(_reason(error)) from None


@cache
def _environment() -> JSONPathEnvironment:
    from jsonpath import JSONPathEnvironment

    return JSONPathEnvironment(strict=True)


def _reason(error: Exception) -> str:
    """Returns the first line of an error's message; some errors of the library cannot print theirs."""
    try:
        return (str(error).splitlines() or ["it is nested too deeply"])[0]
    except ValueError:
        return str(error.args[0]) if error.args else type(error).__name__
