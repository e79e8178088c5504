"""Which of several statements about one part of the document is kept (rules M09 to M12), and the settings for it.

Decides which statement is kept and reports what differs. Never mixes two statements, and never renames: that is
`renaming`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import Fragment
from clientsmith.load.merge.equality import differences, fingerprint, is_part_of
from clientsmith.load.tree import escape

SETTINGS = "provider.toml"


class Statement(NamedTuple):
    """The value that one fragment states for a part of the document: the value, the fragment, its pointer there."""

    value: Any
    fragment: Fragment
    pointer: str

    @property
    def place(self) -> Location:
        return Location(self.fragment.name, self.pointer)


class Choices:
    """The settings `prefer` and `rename`, and which of them were used.

    A part of the document is named as in the settings: `schemas/Error`, `get /jobs/{id}`, `info`.

    Args:
        prefer: a part of the document to the name of the fragment whose value is used.
        rename: the name of a fragment to its components and their new names (`{"schemas/Error": "BillingError"}`).
        folder: the folder that the settings name files from, as it begins the names of fragments.
    """

    def __init__(self, prefer: Mapping[str, str], rename: Mapping[str, Mapping[str, str]], folder: str = "") -> None:
        self.prefer, self.rename, self.folder = prefer, rename, folder.rstrip("/")
        self._used: set[tuple[str, ...]] = set()

    def preference(self, part: str, fragment: Fragment) -> str:
        """Returns the setting that makes this fragment's value the one that is used."""
        return f"under [merge.prefer]: {quoted(part)} = {quoted(self.name_of(fragment))}"

    def renaming(self, part: str, fragment: Fragment, name: str) -> str:
        """Returns the setting that gives this fragment's component another name."""
        return f"under [merge.rename.{quoted(self.name_of(fragment))}]: {quoted(part)} = {quoted(name)}"

    def name_of(self, fragment: Fragment) -> str:
        """Returns the name of a fragment in the settings: its file, relative to the provider's folder."""
        name = file_of(fragment)
        return name.removeprefix(f"{self.folder}/") if self.folder else name

    def preferred(self, part: str, statements: Sequence[Statement]) -> Statement | None:
        """Returns the statement that the settings prefer, if they prefer one."""
        wanted = self.prefer.get(part)
        if wanted is None:
            return None
        found = next((one for one in statements if is_named(one.fragment, wanted)), None)
        if found is not None:
            self._used.add(("prefer", part))
        return found

    def renames(self, fragment: Fragment) -> dict[str, str]:
        """Returns the new names that the settings give to components of a fragment, by `section/name`."""
        wanted: dict[str, str] = {}
        for name in sorted(self.rename):
            if is_named(fragment, name):
                for component, new in self.rename[name].items():
                    wanted[component] = new
        return wanted

    def note_renamed(self, fragment: Fragment, component: str) -> None:
        """Notes that a rename was used."""
        for name in self.rename:
            if is_named(fragment, name):
                self._used.add(("rename", name, component))

    def report_unused(self, report: Report) -> None:
        """Reports settings that matched nothing: the part was renamed, or the conflict no longer exists."""
        settings: list[tuple[str, ...]] = [("prefer", part) for part in self.prefer]
        settings += [("rename", name, component) for name in self.rename for component in self.rename[name]]
        for keys in sorted(settings):
            if keys not in self._used:
                part = " in ".join(repr(key) for key in reversed(keys[1:]))
                report.add(
                    "merge-setting-unused",
                    f"the setting 'merge.{keys[0]}' for {part} has no effect",
                    Location(SETTINGS, "/merge" + "".join(f"/{escape(key)}" for key in keys)),
                    hint="remove the line, or correct the name",
                )


def file_of(fragment: Fragment) -> str:
    """Returns the file that contains a fragment: of `pages/jobs.md[2]`, the second of its page, `pages/jobs.md`."""
    return re.sub(r"\[\d+\]$", "", fragment.name)


def is_named(fragment: Fragment, name: str) -> bool:
    """Returns whether a name in the settings means this fragment: its path, or the end of it."""
    return any(known == name or known.endswith(f"/{name}") for known in (fragment.name, file_of(fragment)))


def groups(statements: Sequence[Statement], *, bare: bool) -> list[list[Statement]]:
    """Returns the statements grouped by equal values, in the order of their first occurrence."""
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        found.setdefault(fingerprint(statement.value, bare=bare), []).append(statement)
    return list(found.values())


def resolved(
    part: str, statements: Sequence[Statement], choices: Choices, report: Report, *, slug: str, lenient: bool = False
) -> Statement:
    """Returns the one statement to keep, and reports what is not kept.

    Args:
        part: its name in settings and messages: `schemas/Error`, `get /jobs/{id}`.
        statements: at least one, in source order.
        choices: the settings.
        report: takes `slug` if they contradict each other, `merge-doc-variance` if only their texts differ.
        slug: the slug of a contradiction.
        lenient: see `Report.add`.
    """
    if (preferred := choices.preferred(part, statements)) is not None:
        return preferred
    if len(statements) == 1:
        return statements[0]
    different = groups(statements, bare=True)
    if len(different) > 1:
        outcome = "the first is used" if lenient else ""
        for group in different[1:]:
            report_conflict(part, different[0][0], group[0], choices, report, slug, outcome)
        return longest(different[0])
    return with_longest_texts(part, statements, choices, report)


def with_longest_texts(part: str, statements: Sequence[Statement], choices: Choices, report: Report) -> Statement:
    """Returns the longest of several statements that differ at most in texts; `merge-doc-variance` if they do."""
    kept = longest(statements)
    variants = groups(statements, bare=False)
    if len(variants) > 1:
        others = [group[0] for group in variants if all(one is not kept for one in group)]
        report.add(
            "merge-doc-variance",
            f"the sources describe {part!r} in different words; the longest description is used",
            kept.place,
            also=[("different here", one.place) for one in others],
            hint=f"to choose, add to {SETTINGS} {choices.preference(part, kept.fragment)}",
        )
    return kept


def longest(statements: Sequence[Statement]) -> Statement:
    """Returns the longest statement; of equals the first."""
    return max(statements, key=lambda statement: len(fingerprint(statement.value)))


def quoted(text: str) -> str:
    """Returns a text as a TOML basic string, which TOML 1.0 escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def report_conflict(
    part: str,
    first: Statement,
    other: Statement,
    choices: Choices,
    report: Report,
    slug: str,
    outcome: str = "",
    new: str = "",
) -> None:
    """Reports a contradiction of two fragments: both places, where they differ, and the settings that resolve it.

    Args:
        part: its name in settings: `schemas/Error`, `get /jobs/{id}`.
        first, other: the two statements.
        choices: the settings.
        report: takes the diagnostic.
        slug: `merge-component-conflict`, `merge-operation-conflict` or `merge-root-conflict`.
        outcome: what becomes of them, for ad-hoc files: it is a warning then. Else an error.
        new: the name that the other component has, or should get.
    """
    pointers = [repr(pointer) if pointer else "the top level" for pointer in differences(first.value, other.value)]
    message = (
        f"conflicting definitions of {part!r} in {first.fragment.name!r} and {other.fragment.name!r}: "
        f"they differ at {', '.join(pointers)}"
    )
    ways = [choices.preference(part, first.fragment)]
    if slug == "merge-component-conflict":
        ways.append(choices.renaming(part, other.fragment, new or f"Other{part.partition('/')[2]}"))
    hint = f"{'in a project, ' if outcome else ''}add to {SETTINGS} {', or '.join(ways)}"
    for small, large in ((first, other), (other, first)):
        # Exporters truncate components at cycles, and nothing else that is merged.
        if slug == "merge-component-conflict" and is_part_of(small.value, large.value):
            hint += f" (it looks truncated in {small.fragment.name!r}; fetch that file again)"
    report.add(
        slug,
        f"{message}; {outcome}" if outcome else message,
        first.place,
        also=[("other definition", other.place)],
        hint=hint,
        lenient=bool(outcome),
    )
