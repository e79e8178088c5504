"""A draft of what the changelog of a vendored client says: its public names, what was removed first.

The sections are those of Keep a Changelog 1.1.0. What only changes on the wire is a line of the API; what nobody can
notice and has no name is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias, assert_never, get_args

from clientsmith.cli.drift_report import code_span, next_version
from clientsmith.drift.changes import Subject
from clientsmith.drift.client import keyed
from clientsmith.drift.comparison import Comparison
from clientsmith.drift.differences import Difference
from clientsmith.drift.policy import open_differences

Section: TypeAlias = Literal["Removed", "Changed", "Deprecated", "Added"]

_DEPRECATIONS = ("D113", "D224", "D525")
_UNMENTIONED = ("D712", "D713")
_LONGEST = 25
"""Entries of a section; the rest are counted."""
_NAMED = 12
"""Names in one entry; the rest are counted."""


def changelog(comparison: Comparison) -> str:
    """Returns the draft as Markdown, to be pasted and edited."""
    calls = {key: one.call for side in (comparison.new, comparison.old) for key, one in keyed(side.surface).items()}
    entries: dict[Section, list[str]] = defaultdict(list)
    together: dict[str, list[str]] = defaultdict(list)
    for one in open_differences(comparison.differences):
        section = _section(one)
        if section == "Added" and one.level == "safe":
            together[_of_what(one, calls)].append(_name(one, calls))
        elif section is not None:
            mark = "**Breaking:** " if one.level == "break" else ""
            entries[section].append(f"- {mark}{_entry(one, section, calls)}")
    entries["Added"] += [f"- {what}: {_listed(names)}" for what, names in sorted(together.items())]
    says_something = any(entries.values())
    version = next_version(comparison)
    verdict = f"The next version of the client is a {version} one." if says_something else "Nothing that callers see."
    lines = ["## [Unreleased]", "", verdict]
    for section in get_args(Section):
        if some := entries[section]:
            more = [f"- and {len(some) - _LONGEST} more"] if len(some) > _LONGEST else []
            lines += ["", f"### {section}", "", *some[:_LONGEST], *more]
    return "\n".join(lines) + "\n"


def _section(difference: Difference) -> Section | None:
    if difference.rule in _UNMENTIONED:
        return None
    if difference.rule in _DEPRECATIONS:
        return "Deprecated"
    if difference.old_code and not difference.new_code:
        return "Removed"
    if difference.new_code and not difference.old_code:
        return "Added"
    return "Changed" if difference.old_code or difference.level != "safe" else None


def _entry(difference: Difference, section: Section, calls: Mapping[str, str]) -> str:
    where = _where(difference.subjects, calls)
    old, new = difference.old_code, difference.new_code
    name = code_span(_name(difference, calls))
    match section:
        case "Removed" | "Added":
            gone = f", and with it {_listed(difference.gone)}" if difference.gone else ""
            return f"{name} ({_of_what(difference, calls)}){gone}"
        case "Deprecated":
            return where
        case "Changed" if difference.of_rule.aspect == "name" and old:
            return f"{name} is {code_span(_renamed(difference))} now"
        case "Changed" if difference.rule == "D529":
            gone = f"; with it went {_listed(difference.gone)}" if difference.gone else ""
            return f"{name} is gone, and {code_span(new)} is in its place{gone}"
        case "Changed" if old:
            return f"{where}: {code_span(old)} → {code_span(new)}" if old != new else where
        case "Changed":
            values = " → ".join(code_span(text) for text in (difference.old, difference.new) if text)
            what = difference.of_rule.slug.replace("-", " ")
            return f"the API, {where}: {what}{f' ({values})' if values else ''}"
        case _:
            assert_never(section)


def _of_what(difference: Difference, calls: Mapping[str, str]) -> str:
    """Returns what a name that is gone or new is, in a word or two: `class`, `argument of jobs.list()`."""
    subject = difference.subjects[0]
    match subject.kind:
        case "operation":
            return "call"
        case "argument":
            return f"argument of {_where(difference.subjects, calls)}"
        case "field":
            return f"field of {code_span(subject.parts[0])}"
        case "model":
            return f"value of {code_span(subject.parts[0])}" if difference.of_rule.aspect == "values" else "class"
        case "error":
            return "exception"
        case "client":
            return "argument of `Client`"
        case "response":
            return f"answer of {_where(difference.subjects, calls)}"
        case "job" | "server" | "webhook" | "document":
            return subject.kind
        case _:
            assert_never(subject.kind)


def _name(difference: Difference, calls: Mapping[str, str]) -> str:
    """Returns the name of what is gone or new: `jobs.list()`, `limit`, `Job`."""
    subject = difference.subjects[0]
    code = difference.old_code or difference.new_code
    match subject.kind:
        case "operation":
            return f"{code.partition('(')[0]}()"
        case "argument" | "field" | "client":
            return code.partition(":")[0]
        case "model" | "error" | "response" | "job" | "server" | "webhook" | "document":
            return code
        case _:
            assert_never(subject.kind)


def _renamed(difference: Difference) -> str:
    return f"{difference.new_code}()" if difference.subjects[0].kind == "operation" else difference.new_code


def _where(subjects: Sequence[Subject], calls: Mapping[str, str]) -> str:
    """Returns what changed: calls as Python has them, classes and fields, all else by the name that it has."""
    found: list[str] = []
    for subject in subjects:
        first, *rest = subject.parts
        if subject.kind in ("operation", "argument", "response"):
            found.append(f"{calls[first]}()" if first in calls else first)
        else:
            found.append((".".join if subject.kind == "field" else ": ".join)([first, *rest]))
    return _listed(dict.fromkeys(found))


def _listed(names: Iterable[str]) -> str:
    some = sorted(names)
    more = f" and {len(some) - _NAMED} more" if len(some) > _NAMED else ""
    return ", ".join(code_span(name) for name in some[:_NAMED]) + more
