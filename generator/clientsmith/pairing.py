"""Which operations of two editions of an API are the same one, so that a path that moved is no loss.

An operation is matched by its method and path, without the names of parameters; what is left, by its id, then by its
path without versions, then by its path without what all paths of an edition begin with. So a path that moved is one
change, and not one operation lost and another found. `drift` compares what is matched; `upstream` refuses an edition in
which too little is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

_VERSION = re.compile(r"/v\d+(?:[._-]?\w+)?(?=/|$)|/\d{4}-\d{2}-\d{2}(?=/|$)")


class Route(NamedTuple):
    """What an operation is matched by: `Route("GET", "/v1/jobs/{id}", "getJob")`.

    Attributes:
        id: its operationId; empty if it has none.
    """

    method: str
    path: str
    id: str = ""


def operation_key(method: str, template: str) -> str:
    """Returns `GET /v1/jobs/{}` for `GET /v1/jobs/{jobId}`."""
    parts: list[str] = []
    for i, part in enumerate(template.split("{")):
        parts.append(part if i == 0 else part.partition("}")[2])
    return f"{method} {'{}'.join(parts)}"


def pairs_of(old: Sequence[Route], new: Sequence[Route]) -> list[tuple[int, int]]:
    """Returns the positions of what is in both editions; a position that is in no pair is that of a loss, or of
    something new."""
    ways: tuple[_Way, ...] = (
        lambda route: f"{operation_key(route.method, route.path)} {route.id}",
        lambda route: operation_key(route.method, route.path),
        lambda route: route.id,
        lambda route: operation_key(route.method, _VERSION.sub("", route.path)),
    )
    pairs: list[tuple[int, int]] = []
    left, right = dict(enumerate(old)), dict(enumerate(new))
    for way in ways:
        pairs += _taken(left, right, way, way)
    if left and right:
        starts = [(before, after) for before in _starts(old) for after in _starts(new) if before != after]
        tried = [(_without(before, after), _without(after, before)) for before, after in starts]
        # The shortest comes first, and so is chosen of those that match as much.
        if tried:
            pairs += _taken(left, right, *max(tried, key=lambda ways: len(_matched(left, right, *ways))))
    return sorted(pairs)


_Way: TypeAlias = Callable[[Route], str]
"""Gives what a route is matched by, or nothing."""


def _taken(left: dict[int, Route], right: dict[int, Route], before: _Way, after: _Way) -> list[tuple[int, int]]:
    """Returns the pairs of what is left of two editions, and takes them away."""
    pairs = _matched(left, right, before, after)
    for i, j in pairs:
        del left[i], right[j]
    return pairs


def _matched(left: dict[int, Route], right: dict[int, Route], before: _Way, after: _Way) -> list[tuple[int, int]]:
    ours, theirs = _unique(left, before), _unique(right, after)
    return [(ours[key], theirs[key]) for key in ours if key in theirs]


def _unique(routes: dict[int, Route], way: _Way) -> dict[str, int]:
    found: dict[str, list[int]] = defaultdict(list)
    for position, route in routes.items():
        if key := way(route).strip():
            found[key].append(position)
    return {key: some[0] for key, some in found.items() if len(some) == 1}


def _starts(routes: Iterable[Route]) -> list[str]:
    """Returns what all paths begin with: nothing, `/api` and `/api/v1`.

    One path alone shares nothing, and webhooks have names in place of paths.
    """
    paths = {tuple(route.path.split("/")) for route in routes if route.path.startswith("/")}
    starts = [""]
    for number, segments in enumerate(zip(*paths, strict=False) if len(paths) > 1 else ()):
        if len(set(segments)) > 1 or "{" in segments[0]:
            break
        if number:
            starts.append(f"{starts[-1]}/{segments[0]}")
    return starts


def _without(start: str, other: str) -> _Way:
    """Returns the way of matching routes by what follows a start, where the other edition has another start.

    Where one start replaces another, a name has to follow: `/jobs/{id}` and `/users/{id}` have nothing in common.
    """

    def way(route: Route) -> str:
        rest = route.path.removeprefix(start)
        is_named = any(part and "{" not in part for part in rest.split("/"))
        is_path = route.path.startswith(f"{start}/") or route.path == start
        return operation_key(route.method, rest or "/") if is_path and (is_named or not (start and other)) else ""

    return way


def parts_that_differ(old: str, new: str) -> tuple[str, str]:
    """Returns the segments in which two paths differ: `/v1` and `/v2`; the paths where it is a slash at their end."""
    before, after = old.split("/"), new.split("/")
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    parts = ["/".join(segments[start : len(segments) - end]) for segments in (before, after)]
    return (f"/{parts[0]}", f"/{parts[1]}") if parts[0] != parts[1] else (old, new)
