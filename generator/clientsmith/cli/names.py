"""The pins that `clientsmith names` prints or writes: what operations are called in an SDK that people come from."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable, Mapping
from typing import assert_never

from clientsmith import pipeline
from clientsmith.cli.safe_text import visible
from clientsmith.diagnostics import Location, Report
from clientsmith.project.folders import SETTINGS
from clientsmith.project.keys import address_of
from clientsmith.project.pins import pin_lines, with_pins
from clientsmith.project.settings import Provider
from clientsmith.run import write_input
from clientsmith.sdks import Likeness, Sdk, pins_like
from clientsmith.sdks.pins import Reason
from clientsmith.view import NameOrigin

MOST_LINES = 20
"""Lines of one list of the report; how many more there are is said."""


def pins_of(sdk: Sdk, provider: Provider, locked: Mapping[str, str]) -> Likeness:
    """Returns the pins with which a client is called as an SDK, each tried: what the client cannot be called is none.

    Raises:
        ClientsmithError: There is no client of this provider.
    """
    # Warnings about the document are for `generate` to print.
    likeness = pins_like(sdk, pipeline.package(provider, Report(), locked).origins)
    pins = {address_of(_key(operation)): call for operation, call in likeness.pins.items()}
    tried = dataclasses.replace(provider, names={**pins, **provider.names})
    calls = {(row.method, row.path): row.call for row in pipeline.package(tried, Report(), locked).origins}
    return likeness.without(o for o, call in likeness.pins.items() if calls[o.method, o.path] != call)


def pins_text(likeness: Likeness) -> str:
    """Returns the pins as a table of `provider.toml`; empty if there is none."""
    return "\n".join(["[names]", *pin_lines(_names(likeness))]) if likeness.pins else ""


def write_pins(likeness: Likeness, provider: Provider, report: Report) -> str:
    """Adds the pins to `provider.toml`, and returns a line that says so.

    Raises:
        ClientsmithError: The file cannot be written, or its table of names is in a form that cannot be added to.
    """
    path, shown = provider.folder / SETTINGS, provider.show(SETTINGS)
    if not likeness.pins:
        return f"{shown}: no name to add"
    content = path.read_bytes().decode("utf-8-sig")
    text = with_pins(content, _names(likeness))
    if text is None:
        message = "the names cannot be added: the table is in a form that is not known"
        raise report.fatal("cannot-write", message, Location(shown), hint="write it as [names], or add them by hand")
    write_input(provider, SETTINGS, text, report)
    count = len(likeness.pins)
    return f"{shown}: {count} name{'' if count == 1 else 's'} added"


def print_likeness(likeness: Likeness, sdk: Sdk) -> None:
    """Prints what was found to standard error: how many operations match, and which do not."""
    total = likeness.matched + len(likeness.missing)
    counts = [f"{likeness.equal} have its name already", f"{len(likeness.pins)} differ"]
    counts += [f"{likeness.pinned} have a pin already"] if likeness.pinned else []
    counts += [f"{len(likeness.skipped)} cannot be called so"] if likeness.skipped else []
    _print(f"{likeness.matched} of {total} operations are in {sdk.client}: {', '.join(counts)}")
    _print_list(
        "cannot be called as there",
        (f"{_key(operation)}: {call} {_because(reason)}" for operation, call, reason in likeness.skipped),
    )
    _print_list("not found there", map(_key, likeness.missing))
    _print_list("there, but not in the document", (f"{' '.join(r)}: {call}" for r, call in likeness.further))


def _because(reason: Reason) -> str:
    match reason:
        case "not-a-name":
            return "is not a call path of Python identifiers"
        case "taken":
            return "is what another operation is called"
        case "refused":
            return "is reserved in the client, or is the name of something else there"
        case _:
            assert_never(reason)


def _print_list(title: str, rows: Iterable[str]) -> None:
    lines = list(rows)
    if lines:
        _print(f"{title}: {len(lines)}")
        for line in lines[:MOST_LINES]:
            _print(f"  {line}")
        if len(lines) > MOST_LINES:
            _print(f"  and {len(lines) - MOST_LINES} more")


def _print(line: str) -> None:
    print(visible(line), file=sys.stderr)


def _names(likeness: Likeness) -> dict[str, str]:
    return {_key(operation): call for operation, call in likeness.pins.items()}


def _key(operation: NameOrigin) -> str:
    return f"{operation.method} {operation.path}"
