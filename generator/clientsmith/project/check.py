"""Whether a table can be a `provider.toml`: everything that is wrong with it, by the way to the value.

Decides by the shapes of `settings_keys`. Knows no lines (`toml_places`) and makes no settings of it (`settings`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, assert_never, cast

from clientsmith.diagnostics import Location, Report
from clientsmith.project.keys import Choice, ListOf, MapOf, PathText, Shape, TableOf, Text
from clientsmith.project.lock import is_inside
from clientsmith.project.toml_positions import Keys


@dataclass(frozen=True, slots=True)
class Problem:
    keys: Keys
    message: str
    hint: str = ""
    slug: str = "settings-invalid"

    def add(self, report: Report, location: Location) -> None:
        report.add(self.slug, self.message, location, hint=self.hint)


def problems(value: object, shape: Shape, keys: Keys) -> Iterator[Problem]:
    """Everything in which a value is not what its shape asks for."""
    label = _label(keys)
    match shape:
        case Text():
            if not isinstance(value, str):
                yield Problem(keys, f"{label} must be a text, not {_kind(value)}")
            elif not shape.accepts(value):
                rule = f"must be {shape.rule}" if shape.rule else "must not be empty"
                yield Problem(keys, f"{label} {rule}: {value!r}")
        case PathText():
            if not isinstance(value, str):
                yield Problem(keys, f"{label} must be a path, as text, not {_kind(value)}")
            else:
                yield from _path_problems(value, keys)
        case Choice():
            if not isinstance(value, str) or value not in shape.values:
                yield Problem(keys, f"{label} cannot be {value!r}", _instead(str(value), shape.values))
        case ListOf():
            if not isinstance(value, list):
                yield Problem(keys, f"{label} must be a list, not {_kind(value)}")
            else:
                items = cast("list[object]", value)
                if len(items) < shape.at_least:
                    yield Problem(keys, f"{label} is empty")
                for index, item in enumerate(items):
                    yield from problems(item, shape.item, (*keys, index))
        case MapOf():
            if not isinstance(value, dict):
                yield Problem(keys, f"{label} must be a table, not {_kind(value)}")
            else:
                for key, item in cast("dict[str, object]", value).items():
                    yield from problems(key, shape.key, (*keys, key))
                    yield from problems(item, shape.value, (*keys, key))
        case TableOf():
            if not isinstance(value, dict):
                yield Problem(keys, f"{label} must be a table, not {_kind(value)}")
            else:
                yield from _table_problems(cast("dict[str, object]", value), shape, keys)
        case _:
            assert_never(shape)


def _table_problems(table: dict[str, object], shape: TableOf, keys: Keys) -> Iterator[Problem]:
    known = {key.name: key for key in shape.keys}
    for name, value in table.items():
        if name in known:
            yield from problems(value, known[name].shape, (*keys, name))
        else:
            yield Problem((*keys, name), f"unknown key {name!r}{_inside(keys)}", _instead(name, known))
    for key in shape.keys:
        if key.required and key.name not in table:
            yield Problem(keys, f"{key.name!r} is missing{_inside(keys)}")
    if shape.one_of and not any(name in table for name in shape.one_of):
        yield Problem(keys, f"one of {' and '.join(map(repr, shape.one_of))} is needed{_inside(keys)}")


def _path_problems(value: str, keys: Keys) -> Iterator[Problem]:
    if not value:
        yield Problem(keys, f"{_label(keys)} is empty")
    elif not is_inside(value):
        hint = "write it relative to the folder of this file, with / and without . or .."
        yield Problem(keys, f"{_label(keys)} leaves the provider's folder: {value!r}", hint, "unsafe-path")


def contradictions(table: dict[str, Any]) -> Iterator[Problem]:
    """What is wrong although every value by itself is right."""
    paths = [source["path"] for source in table["sources"]]
    for index, path in enumerate(paths):
        if path in paths[:index]:
            yield Problem(("sources", index, "path"), f"{path!r} is a source twice")
    for key in ("overlays", "witnesses"):
        listed = table.get(key, [])
        for index, path in enumerate(listed):
            if path in paths or path in listed[:index]:
                yield Problem((key, index), f"{path!r} is named twice", f"name it either in sources or in {key}, once")
    merge = table.get("merge", {})
    named = [(("merge", "prefer", thing), path) for thing, path in merge.get("prefer", {}).items()]
    named += [(("merge", "rename", path), path) for path in merge.get("rename", {})]
    for keys, path in named:
        if file_of(path) not in paths:
            yield Problem(keys, f"{path!r} is not a source", _instead(path, paths))
    pinned: dict[str, str] = {}
    for key in table.get("names", {}):
        if address_of(key) in pinned:
            yield Problem(("names", key), f"{key!r} and {pinned[address_of(key)]!r} pin the same thing")
        pinned[address_of(key)] = key


def _instead(value: str, known: Iterable[str]) -> str:
    """What to write instead: the nearest, or else all that there are."""
    names = list(dict.fromkeys(known))
    near = difflib.get_close_matches(value, names, 1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"one of: {', '.join(names)}" if len(names) < 13 else "only warnings can be allowed, by their slug"


def _label(keys: Keys) -> str:
    """`sources[0].path` for `("sources", 0, "path")`."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return repr(text.removeprefix(".")) if text else "the file"


def _inside(keys: Keys) -> str:
    return f" in {_label(keys)}" if keys else ""


def _kind(value: object) -> str:
    match value:
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date"


def address_of(key: str) -> str:
    """The address that a pinned name is for: `field:#/x/y` for `field:/x/y`."""
    return key if "#" in key else key.replace("/", "#/", 1)


def file_of(fragment: str) -> str:
    """The file that a document stands in: `pages/all.md` for `pages/all.md[2]`, the second of its page."""
    return re.sub(r"\[\d+\]$", "", fragment)
