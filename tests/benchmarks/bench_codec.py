"""How the codec compares with `json` on the same data, in one process: `python tests/benchmarks/bench_codec.py`.

Prints ratios, which do not depend on the machine as seconds do: decoding parsed JSON to models against `json.loads` of
the same bytes, models to bytes against `json.dumps` of ready dicts. The two sides take turns and the fastest of many
rounds counts, so that a busy machine disturbs both alike. Nothing is asserted.
"""

from __future__ import annotations

import datetime
import gc
import json
import sys
import time
import tracemalloc
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2] / "generator"))

from clientsmith.runtime.codec import Codec

State: TypeAlias = Literal["queued", "processing", "completed", "failed"]


@dataclass(slots=True, kw_only=True)
class Item:
    """An item of a batch job: a UUID, an open enumeration, counts, texts that may be null."""

    id: uuid.UUID
    status: State | str
    external_id: str | None = None
    credits_reserved: int | None = None
    credits_used: int | None = None
    result_url: str | None = None
    thumbnail_url: str | None = None
    error_code: str | None = None
    error_message: str | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Event:
    """Mostly scalars that JSON has no form for: the dearest case."""

    id: uuid.UUID
    kind: State | str
    job_id: uuid.UUID
    created_at: datetime.datetime
    delivered_at: datetime.datetime | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Owner:
    login: str
    id: int
    node_id: str
    avatar_url: str
    url: str
    type: str
    site_admin: bool
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


@dataclass(slots=True, kw_only=True)
class Repository:
    """A wide object of the usual kind: many texts, counts and flags, an object and a list of texts."""

    id: int
    node_id: str
    name: str
    full_name: str
    private: bool
    owner: Owner
    html_url: str
    description: str | None
    fork: bool
    url: str
    clone_url: str
    default_branch: str
    language: str | None
    forks_count: int
    stargazers_count: int
    size: int
    has_issues: bool
    has_wiki: bool
    archived: bool
    created_at: datetime.datetime | None
    updated_at: datetime.datetime | None
    score: float | None = None
    homepage: str | None = None
    topics: list[str] | None = None
    additional_properties: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


def item(i: int) -> dict[str, Any]:
    """One job item as it travels."""
    url = f"https://cdn.example/results/{i:032x}.png?expires=1775000000&signature={i:064x}"
    done = i % 8 != 0
    return {
        "id": str(uuid.UUID(int=i << 64 | i)),
        "external_id": f"sku-{i}",
        "status": "completed" if done else "failed",
        "credits_reserved": 2,
        "credits_used": 2 if done else 0,
        "result_url": url if done else None,
        "thumbnail_url": url if done else None,
        "error_code": None if done else "content_filter_error",
        "error_message": None if done else "The content was flagged.",
    }


def event(i: int) -> dict[str, Any]:
    """One event as it travels."""
    ids = {"id": str(uuid.UUID(int=i << 64 | i)), "job_id": str(uuid.UUID(int=i))}
    return {**ids, "kind": "completed", "created_at": "2026-03-01T09:30:00Z", "delivered_at": "2026-03-01T09:31:12.25Z"}


def repository(i: int) -> dict[str, Any]:
    """One repository as it travels."""
    home = f"https://api.example/repos/octo/hello-{i}"
    owner = {"login": "octo", "id": 1, "node_id": "MDQ6", "avatar_url": home, "url": home, "type": "User"}
    texts = {"node_id": f"MDEw{i}", "name": f"hello-{i}", "full_name": f"octo/hello-{i}", "html_url": home, "url": home}
    counts = {"id": i, "forks_count": 9, "stargazers_count": 80, "size": 108}
    flags = {"private": False, "fork": False, "has_issues": True, "has_wiki": True, "archived": False}
    times = {"created_at": "2011-01-26T19:01:12Z", "updated_at": "2011-01-26T19:14:43Z"}
    rest = {
        "clone_url": home,
        "default_branch": "main",
        "language": None,
        "description": "A first repository",
        "score": 1.5,
    }
    return {**texts, **counts, **flags, **times, **rest, "owner": {**owner, "site_admin": False}, "topics": ["a", "b"]}


def fastest(rounds: int, *sides: Callable[[], object]) -> list[float]:
    """The fewest seconds of each side, the sides taking turns."""
    best = [float("inf")] * len(sides)
    for _ in range(rounds):
        for i, side in enumerate(sides):
            started = time.perf_counter()
            side()
            best[i] = min(best[i], time.perf_counter() - started)
    return best


def report(name: str, annotation: Any, raw: list[dict[str, Any]], rounds: int = 200) -> None:
    """Print the line of one kind of data."""
    codec = Codec("")
    content = json.dumps(raw).encode()
    parsed = json.loads(content)
    models = codec.decode(list[annotation], parsed)

    def decode() -> object:
        return codec.decode(list[annotation], parsed)

    def encode() -> object:
        return codec.json(models).encode()

    loads, decoding = fastest(rounds, lambda: json.loads(content), decode)
    ready = codec.encode(models)
    dumps, encoding = fastest(rounds, lambda: json.dumps(ready).encode(), encode)
    gc.collect()
    tracemalloc.start()
    kept = codec.decode(list[annotation], json.loads(content))
    gc.collect()
    size = tracemalloc.get_traced_memory()[0] // len(kept)
    tracemalloc.stop()
    print(f"{name:<14}{decoding / loads:>8.2f} x json.loads{encoding / dumps:>8.2f} x json.dumps{size:>8} B per object")


def main() -> None:
    """Print all."""
    print(f"Python {sys.version.split()[0]}")
    report("job items", Item, [item(i) for i in range(1000)])
    report("repositories", Repository, [repository(i) for i in range(500)])
    report("events", Event, [event(i) for i in range(1000)])


if __name__ == "__main__":
    main()
