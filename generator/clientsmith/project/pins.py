"""Pins added to the text of a `provider.toml`, of which everything else stays as it is.

Decides nothing about names. Whatever form the table has in the file, the result is read again and compared, so that a
file in a form that is not known here stays unchanged.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping

from clientsmith.project.lock import quoted
from clientsmith.project.toml_positions import toml_positions


def pin_lines(names: Mapping[str, str]) -> list[str]:
    """Returns the lines of a table: `"POST /v1/jobs" = "jobs.create"`."""
    return [f"{quoted(key)} = {quoted(name)}" for key, name in names.items()]


def with_pins(text: str, names: Mapping[str, str]) -> str | None:
    """Returns a `provider.toml` with further pins, or None if its table of names is in a form that is not known.

    Args:
        text: what the file contains, which is valid TOML.
        names: what is pinned, and the name; none of it is in the file.
    """
    table = tomllib.loads(text)
    wanted = {**table, "names": {**table.get("names", {}), **names}}
    for candidate in _candidates(text, names):
        try:
            if tomllib.loads(candidate) == wanted:
                return candidate
        except tomllib.TOMLDecodeError:
            continue
    return None


def _candidates(text: str, names: Mapping[str, str]) -> Iterator[str]:
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end
    added = [line + end for line in pin_lines(names)]
    places = {keys: line for keys, (line, _) in toml_positions(text.replace("\r\n", "\n")).items()}
    inside = [line for keys, line in places.items() if keys[:1] == ("names",)]
    if not inside:
        yield "".join([*lines, end, f"[names]{end}", *added])
        return
    last = max(inside)
    yield "".join([*lines[:last], *added, *lines[last:]])  # a table: `[names]`
    dotted = [f"names.{line}" for line in added]
    yield "".join([*lines[:last], *dotted, *lines[last:]])  # keys: `names."..." = "..."`
    before, brace, after = lines[last - 1].rpartition("}")
    separator = "" if before.rstrip().endswith("{") else ", "
    more = separator + ", ".join(pin_lines(names)) + " "
    yield "".join([*lines[: last - 1], before.rstrip() + more + brace + after, *lines[last:]])  # `names = {...}`
