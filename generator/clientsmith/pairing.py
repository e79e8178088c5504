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
from typing import NamedTuple

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
    before, after = _shared_start(old), _shared_start(new)
    ways: list[Callable[[Route, str], str]] = [
        lambda route, start: f"{operation_key(route.method, route.path)} {route.id}",
        lambda route, start: operation_key(route.method, route.path),
        lambda route, start: route.id,
        lambda route, start: operation_key(route.method, _VERSION.sub("", route.path)),
    ]
    if before != after:
        ways.append(lambda route, start: operation_key(route.method, route.path.removeprefix(start)))
    pairs: list[tuple[int, int]] = []
    left, right = dict(enumerate(old)), dict(enumerate(new))
    for way in ways:
        ours, theirs = _unique(left, way, before), _unique(right, way, after)
        for key in ours.keys() & theirs.keys():
            pairs.append((ours[key], theirs[key]))
            del left[ours[key]], right[theirs[key]]
    return sorted(pairs)


def _unique(routes: dict[int, Route], way: Callable[[Route, str], str], start: str) -> dict[str, int]:
    found: dict[str, list[int]] = defaultdict(list)
    for position, route in routes.items():
        if key := way(route, start).strip():
            found[key].append(position)
    return {key: some[0] for key, some in found.items() if len(some) == 1}


def _shared_start(routes: Iterable[Route]) -> str:
    """Returns the segments that all paths begin with, `/api/v1`, so that a name is left of each.

    One path alone shares nothing.
    """
    paths = {tuple(route.path.split("/")) for route in routes}
    if len(paths) < 2:
        return ""
    length = 0
    for segments in zip(*paths, strict=False):
        if len(set(segments)) > 1 or "{" in segments[0]:
            break
        length += 1
    while length and not all(any(part and "{" not in part for part in path[length:]) for path in paths):
        length -= 1
    return "/".join(next(iter(paths))[:length])


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
