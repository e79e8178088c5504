"""Public names that the lock holds and that a run gives no more, or to something else.

Decides which of them are reported, and what users can write to keep them. Knows nothing of OpenAPI.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from clientsmith.diagnostics import Location, Report

_OF_CLASSES = ("class", "place", "alias")


class Recorded(Protocol):
    """What the lock holds: names by address, and those among them that were no class, if an earlier run recorded it."""

    @property
    def names(self) -> Mapping[str, str]: ...
    @property
    def without_class(self) -> Collection[str] | None: ...


class Named(Protocol):
    """What a run gave: names by address, the addresses of the lock of which the name stays with the same thing, and the
    names of classes that are none: what is inside of them has its name from theirs."""

    @property
    def names(self) -> Mapping[str, str]: ...
    @property
    def kept(self) -> frozenset[str]: ...
    @property
    def without_class(self) -> Collection[str]: ...


def report_name_changes(
    before: Recorded,
    now: Named,
    aliases: Mapping[str, str],
    lock: Location,
    report: Report,
    *,
    rename: bool = False,
) -> None:
    """Reports every public name that is lost and has no alias.

    Args:
        before: the lock.
        now: the result of this run.
        aliases: old names with their new ones: call paths, and names of classes.
        lock: where the lock is.
        report: gets the warnings, or notes with `rename`.
        rename: whether the user asked for new names.
    """
    after, kept = now.names, now.kept
    classes = {name for address, name in after.items() if address.startswith(("class:", "place:"))}
    seen: set[str] = set()
    gone = frozenset[str]()
    if before.without_class is not None:
        gone = frozenset(now.without_class).difference(before.without_class)
    for address, old in before.names.items():
        new = after.get(address)
        kind, _, place = address.partition(":")
        if kind in ("class", "place") and old in gone:
            if old not in seen and old not in aliases:
                seen.add(old)
                _report_flattened(old, lock, report, rename=rename)
            continue
        if kind == "alias":
            old, new = place, old if address in after else None
        if new == old or address in kept or old in aliases or (kind == "alias" and new is not None):
            continue
        if kind == "argument" and f"method:{place.partition('|')[0]}" not in after:
            continue  # The arguments of an operation go with it.
        if kind == "field" and place.partition("|")[0] not in classes:
            continue  # So do the fields of a class.
        if kind in _OF_CLASSES:
            if old in seen or (rename and new is None and old in classes):
                continue  # A class has several addresses.
            seen.add(old)
            if (other := after.get(f"alias:{old}")) is not None:
                report.add("name-joined", f"the class {old!r} has become {other!r}, and stays as its alias", lock)
                continue
        became = f"is now {new!r}" if new is not None else "is gone"
        report.add(
            "name-renamed" if rename else "name-lost",
            f"the public name {old!r} {became}: {address}",
            lock,
            hint="" if rename else _hint(kind, old, new),
        )


def _report_flattened(name: str, lock: Location, report: Report, *, rename: bool) -> None:
    report.add(
        "name-renamed" if rename else "name-lost",
        f"the class {name!r} is gone: its fields have become arguments",
        lock,
        hint="" if rename else "callers give its fields to the method instead; nothing keeps the class",
    )


def _hint(kind: str, old: str, new: str | None) -> str:
    """Returns the line that keeps a name."""
    if kind in (*_OF_CLASSES, "method"):
        line = f'[aliases] in provider.toml keeps it for users of the client: "{old}" = "{new or "NEW NAME"}"'
        return line if new is None else f"{line}; a pin under names undoes the change"
    return "" if new is None else "pin the old name in provider.toml under names to keep it"
