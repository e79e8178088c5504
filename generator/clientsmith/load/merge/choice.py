"""What to keep where several fragments state the same thing (rules M09 to M12), and what the settings say about it.

Decides which statement is kept and reports what differs. Never mixes two statements, and never renames: what is
renamed without being asked is decided in `merge_apart`, and only for files that were given by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import Fragment, escape
from clientsmith.load.merge.equality import differences, fingerprint, is_part_of

SETTINGS = "provider.toml"


class Statement(NamedTuple):
    """One fragment's word on something: the value, whose it is, and its pointer there."""

    value: Any
    fragment: Fragment
    pointer: str

    @property
    def place(self) -> Location:
        return Location(self.fragment.name, self.pointer)


class Choices:
    """The settings `prefer` and `rename`, and which of them were of use.

    Args:
        prefer: a thing (`schemas/Error`, `get /jobs/{id}`, `info`) to the name of the fragment whose word counts.
        rename: the name of a fragment to its components and their new names (`{"schemas/Error": "BillingError"}`).
        folder: the folder that the settings name files from, as it begins the names of fragments.
    """

    def __init__(self, prefer: Mapping[str, str], rename: Mapping[str, Mapping[str, str]], folder: str = "") -> None:
        self.prefer, self.rename, self.folder = prefer, rename, folder.rstrip("/")
        self._used: set[tuple[str, ...]] = set()

    def preference(self, thing: str, fragment: Fragment) -> str:
        """What to write into the settings so that this fragment's word counts."""
        return f"under [merge.prefer]: {quoted(thing)} = {quoted(self.called(fragment))}"

    def renaming(self, thing: str, fragment: Fragment, name: str) -> str:
        """What to write into the settings so that this fragment's component gets a name of its own."""
        return f"under [merge.rename.{quoted(self.called(fragment))}]: {quoted(thing)} = {quoted(name)}"

    def called(self, fragment: Fragment) -> str:
        """A fragment as the settings call it: its file, seen from the provider's folder."""
        name = file_of(fragment)
        return name.removeprefix(f"{self.folder}/") if self.folder else name

    def preferred(self, thing: str, statements: Sequence[Statement]) -> Statement | None:
        """The statement that the settings prefer, if they do."""
        wanted = self.prefer.get(thing)
        if wanted is None:
            return None
        found = next((one for one in statements if is_called(one.fragment, wanted)), None)
        if found is not None:
            self._used.add(("prefer", thing))
        return found

    def renames(self, fragment: Fragment) -> dict[str, str]:
        """The new names that the settings give to components of a fragment, by `section/name`."""
        wanted: dict[str, str] = {}
        for name in sorted(self.rename):
            if is_called(fragment, name):
                for component, new in self.rename[name].items():
                    wanted[component] = new
        return wanted

    def renamed(self, fragment: Fragment, component: str) -> None:
        """Note that a new name was of use."""
        for name in self.rename:
            if is_called(fragment, name):
                self._used.add(("rename", name, component))

    def report_unused(self, report: Report) -> None:
        """A setting that meets nothing is a mistake: the thing was renamed, or the conflict is over."""
        asked: list[tuple[str, ...]] = [("prefer", thing) for thing in self.prefer]
        asked += [("rename", name, component) for name in self.rename for component in self.rename[name]]
        for keys in sorted(asked):
            if keys not in self._used:
                report.add(
                    "merge-setting-unused",
                    f"nothing to {keys[0]} for {' in '.join(repr(key) for key in reversed(keys[1:]))}",
                    Location(SETTINGS, "/merge" + "".join(f"/{escape(key)}" for key in keys)),
                    hint="take the line out, or correct the name",
                )


def file_of(fragment: Fragment) -> str:
    """The file that a fragment stands in: of `pages/jobs.md[2]`, the second of its page, `pages/jobs.md`."""
    return re.sub(r"\[\d+\]$", "", fragment.name)


def is_called(fragment: Fragment, name: str) -> bool:
    """Whether a name in the settings means this fragment: its path, or the last parts of it."""
    return any(known == name or known.endswith(f"/{name}") for known in (fragment.name, file_of(fragment)))


def groups(statements: Sequence[Statement], *, bare: bool) -> list[list[Statement]]:
    """Statements that say the same, together; in the order in which each was first made."""
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        found.setdefault(fingerprint(statement.value, bare=bare), []).append(statement)
    return list(found.values())


def settled(
    thing: str, statements: Sequence[Statement], choices: Choices, report: Report, *, slug: str, lenient: bool = False
) -> Statement:
    """The one statement to keep, with findings about what is not kept.

    Args:
        thing: how settings and messages call it: `schemas/Error`, `get /jobs/{id}`.
        statements: at least one, in source order.
        choices: the settings.
        report: gets `slug` when they contradict each other, `merge-doc-variance` when only their texts differ.
        slug: the slug of a contradiction.
        lenient: see `Report.add`.
    """
    if (preferred := choices.preferred(thing, statements)) is not None:
        return preferred
    if len(statements) == 1:
        return statements[0]
    different = groups(statements, bare=True)
    if len(different) > 1:
        done = "what the first says is kept" if lenient else ""
        for group in different[1:]:
            report_conflict(thing, different[0][0], group[0], choices, report, slug, done)
        return longest(different[0])
    return report_variance(thing, statements, choices, report)


def report_variance(thing: str, statements: Sequence[Statement], choices: Choices, report: Report) -> Statement:
    """The statement with most to read, of several that differ in their texts only; `merge-doc-variance` if they do."""
    kept = longest(statements)
    variants = groups(statements, bare=False)
    if len(variants) > 1:
        others = [group[0] for group in variants if all(one is not kept for one in group)]
        report.add(
            "merge-doc-variance",
            f"{thing}: the sources differ in its texts; the longest is kept",
            kept.place,
            also=[("otherwise here", one.place) for one in others],
            hint=f"to choose, say in {SETTINGS} {choices.preference(thing, kept.fragment)}",
        )
    return kept


def longest(statements: Sequence[Statement]) -> Statement:
    """The statement with most to read; of equals the first."""
    return max(statements, key=lambda statement: len(fingerprint(statement.value)))


def quoted(text: str) -> str:
    """A TOML basic string; what JSON escapes, TOML 1.0 escapes in the same way."""
    return json.dumps(text, ensure_ascii=False)


def report_conflict(
    thing: str,
    first: Statement,
    other: Statement,
    choices: Choices,
    report: Report,
    slug: str,
    done: str = "",
    new: str = "",
) -> None:
    """A contradiction of two fragments, with both places, where they differ, and the settings that would settle it.

    Args:
        thing: how settings call it: `schemas/Error`, `get /jobs/{id}`.
        first, other: the two statements.
        choices: the settings.
        report: gets the finding.
        slug: `merge-component-conflict`, `merge-operation-conflict` or `merge-root-conflict`.
        done: what was done about it, for files given by hand: a warning then. Else an error.
        new: the name that the other component has, or should get.
    """
    where = differences(first.value, other.value)
    message = (
        f"{thing} is one thing in {first.fragment.name!r} and another in {other.fragment.name!r}; "
        f"they differ at {', '.join(pointer or 'the whole' for pointer in where)}"
    )
    ways = [choices.preference(thing, first.fragment)]
    if slug == "merge-component-conflict":
        ways.append(choices.renaming(thing, other.fragment, new or f"Other{thing.partition('/')[2]}"))
    hint = f"{'in a project, ' if done else ''}say in {SETTINGS} {', or '.join(ways)}"
    for small, large in ((first, other), (other, first)):
        # Exporters cut components at cycles, and nothing else that merges.
        if slug == "merge-component-conflict" and is_part_of(small.value, large.value):
            hint += f" (looks-truncated: {small.fragment.name!r} says less of it; fetch it again)"
    report.add(
        slug,
        f"{message}; {done}" if done else message,
        first.place,
        also=[("and here", other.place)],
        hint=hint,
        lenient=bool(done),
    )
