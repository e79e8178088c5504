"""Reports of a comparison: text for a terminal, JSON, Markdown for a pull request, and what `findings` writes.

Text of a document goes through one function for each form, so that it cannot forge what the form means by a line of its
own: `visible`, `_cell`, `_code`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from clientsmith.cli.findings import Finding, FindingLevel, github_lines, sarif_text
from clientsmith.cli.safe_text import cut, safe_json, visible
from clientsmith.diagnostics import Location
from clientsmith.drift.comparison import Comparison
from clientsmith.drift.differences import Difference, level_of
from clientsmith.drift.policy import open_differences
from clientsmith.drift.rules import LEVELS, Level
from clientsmith.project.settings import Acceptance
from clientsmith.records import replace

Format: TypeAlias = Literal["text", "json", "github", "markdown", "sarif"]

SCHEMA_VERSION = 1
"""Raised when a key of the JSON report changes its meaning or goes."""

_WORDS: Mapping[Level, str] = {"break": "BREAK", "risk": "RISK", "safe": "SAFE"}
_SHOWN = 10
"""Subjects of one difference that are named; the rest are counted."""
_FOLDED = 20
"""Rows of a level that Markdown shows before it says how many more there are."""


def report_text(comparison: Comparison, form: Format, *, show_safe: bool = False) -> str:
    """Returns the report of a comparison.

    Args:
        comparison: What changed.
        form: The form of the report.
        show_safe: Whether text and Markdown list what no caller can notice, and not only count it.
    """
    return _FORMS[form](comparison, show_safe)


# ------------------------------------------------------------------------------------------------------------- text


def _text(comparison: Comparison, show_safe: bool) -> str:
    lines: list[str] = []
    for difference in comparison.differences:
        if (difference.level == "safe" or difference.accepted) and not show_safe:
            continue
        lines += [*_lines(difference), ""]
    return "\n".join([*lines, _summary(comparison)])


def _lines(difference: Difference) -> list[str]:
    rule = difference.of_rule
    lines = [f"{_WORDS[difference.level]} {rule.id} {rule.slug}: {visible(title(difference))}"]
    where = [
        f"{side} {location}"
        for side, location in (("old", difference.old_place), ("new", difference.new_place))
        if location is not None
    ]
    if where:
        lines.append(visible(f"  at {', '.join(where)}"))
    if difference.old_code or difference.new_code:
        lines += [visible(f"  - {difference.old_code}")] if difference.old_code else []
        lines += [visible(f"  + {difference.new_code}")] if difference.new_code else []
    if difference.gone:
        lines.append(visible(f"  with it: {', '.join(difference.gone)}"))
    if len(difference.subjects) > 1:
        shown = [" ".join(subject.parts[:1]) for subject in difference.subjects[:_SHOWN]]
        more = len(difference.subjects) - len(shown)
        lines.append(visible(f"  in {', '.join(shown)}{f' and {more} more' if more else ''}"))
    if difference.accepted is not None:
        lines.append(visible(f"  {accepted_text(difference.accepted)}"))
    elif difference.level != "safe":
        lines.append(f"  hint: {rule.hint}")
    return lines


def accepted_text(acceptance: Acceptance) -> str:
    """Returns why callers can live with a change: `accepted until 2026-12-31: nobody calls it`."""
    until = f" until {acceptance.until}" if acceptance.until else ""
    return f"accepted{until}: {acceptance.reason}"


def title(difference: Difference) -> str:
    """Returns what changed, as one line: `GET /jobs: query:limit: optional -> required`."""
    first = difference.subjects[0]
    what = ": ".join(first.parts) if len(difference.subjects) == 1 else ": ".join(first.parts[1:])
    count = len(difference.subjects)
    what = what or f"{count} operations"
    change = _arrow(difference.old, difference.new)
    return f"{what}: {change}" if change else what


def _arrow(old: str, new: str) -> str:
    if old and new:
        return f"{old} -> {new}" if old != new else old
    return f"{old} is gone" if old else f"{new} is new" if new else ""


def _summary(comparison: Comparison) -> str:
    counts = Counter(difference.level for difference in comparison.differences if difference.accepted is None)
    parts = ", ".join(f"{counts[level]} {_WORDS[level]}" for level in reversed(LEVELS))
    if accepted := len(comparison.differences) - counts.total():
        parts += f", {accepted} accepted"
    about = "" if comparison.wire else " (public names only: the documents were not compared)"
    version = next_version(comparison)
    hint = f"; the next version of the client is a {version} one" if comparison.differences else ""
    return visible(f"{comparison.old.label} -> {comparison.new.label}: {parts}{about}{hint}")


def next_version(comparison: Comparison) -> Literal["major", "minor", "patch"]:
    """Returns which part of the version of a client that is vendored goes up, as Semantic Versioning 2.0.0 has it."""
    level = level_of(comparison.differences)
    if level == "break":
        return "major"
    added = any(one.of_rule.aspect == "presence" and one.new_code for one in comparison.differences)
    return "minor" if added or level == "risk" else "patch"


# ------------------------------------------------------------------------------------------------------ for machines


def _json(comparison: Comparison, _: bool) -> str:
    return safe_json(report_json(comparison))


def report_json(comparison: Comparison) -> dict[str, Any]:
    """Returns the report as JSON; docs/drift.schema.json describes it."""
    return {
        "version": SCHEMA_VERSION,
        "old": comparison.old.label,
        "new": comparison.new.label,
        "wire": comparison.wire,
        "level": level_of(open_differences(comparison.differences)),
        "next_version": next_version(comparison),
        "counts": {
            level: sum(one.level == level for one in open_differences(comparison.differences)) for level in LEVELS
        },
        "accepted": sum(one.accepted is not None for one in comparison.differences),
        "differences": [_difference_json(difference) for difference in comparison.differences],
    }


def _difference_json(difference: Difference) -> dict[str, Any]:
    return {
        "rule": difference.rule,
        "slug": difference.of_rule.slug,
        "level": difference.level,
        "fingerprint": difference.fingerprint,
        "title": title(difference),
        "subjects": [{"kind": subject.kind, "parts": list(subject.parts)} for subject in difference.subjects],
        "old": difference.old or None,
        "new": difference.new or None,
        "old_code": difference.old_code or None,
        "new_code": difference.new_code or None,
        "old_location": _location_json(difference.old_place),
        "new_location": _location_json(difference.new_place),
        "gone": list(difference.gone),
        "hint": difference.of_rule.hint,
        "accepted": None if difference.accepted is None else {
            "reason": difference.accepted.reason,
            "until": difference.accepted.until.isoformat() if difference.accepted.until else None,
        },
    }  # fmt: skip


def _location_json(location: Location | None) -> dict[str, Any] | None:
    if location is None:
        return None
    return {
        "file": location.file, "pointer": location.pointer, "line": location.line or None,
        "column": location.column or None,
    }  # fmt: skip


_ANNOTATED: Mapping[Level, FindingLevel] = {"break": "error", "risk": "warning", "safe": "note"}


def _findings(comparison: Comparison, differences: Iterable[Difference]) -> list[Finding]:
    return [
        Finding(
            rule=one.rule,
            name=one.of_rule.slug,
            level=_ANNOTATED[one.level],
            message=title(one),
            fingerprint=one.fingerprint,
            place=_in_tree(one, comparison),
            help=one.of_rule.hint,
            accepted=one.accepted.reason if one.accepted else None,
        )
        for one in differences
    ]


def _in_tree(difference: Difference, comparison: Comparison) -> Location | None:
    """Returns the place of a difference as a file of the working tree: what shows it there knows of no revisions."""
    for place, side in ((difference.new_place, comparison.new), (difference.old_place, comparison.old)):
        if place is not None:
            prefix = f"{side.revision}:" if side.revision else ""
            return replace(place, file=place.file.removeprefix(prefix))
    return None


def _sarif(comparison: Comparison, _: bool) -> str:
    return sarif_text(_findings(comparison, comparison.differences))


def _github(comparison: Comparison, show_safe: bool) -> str:
    shown = [one for one in open_differences(comparison.differences) if one.level != "safe" or show_safe]
    return "\n".join([*github_lines(_findings(comparison, shown)), _summary(comparison)])


# --------------------------------------------------------------------------------------------------------- Markdown


def _markdown(comparison: Comparison, show_safe: bool) -> str:
    found = open_differences(comparison.differences)
    lines = [f"### {_cell(comparison.old.label)} → {_cell(comparison.new.label)}", "", _cell(_summary(comparison)), ""]
    for level, heading in (("break", "What breaks"), ("risk", "What to look at")):
        some = [difference for difference in found if difference.level == level]
        if some:
            lines += _table(some, f"{heading} ({len(some)})", folded=level != "break")
    safe = [difference for difference in found if difference.level == "safe"]
    if safe and show_safe:
        lines += _table(safe, f"What nobody notices ({len(safe)})", folded=True)
    if accepted := [difference for difference in comparison.differences if difference.accepted]:
        lines += _table(accepted, f"What was accepted ({len(accepted)})", folded=True)
    return "\n".join(lines).rstrip() + "\n"


def _table(differences: Sequence[Difference], heading: str, *, folded: bool) -> list[str]:
    rows = ["| rule | what | before | after |", "| --- | --- | --- | --- |"]
    for difference in differences[:_FOLDED]:
        what = ": ".join(difference.subjects[0].parts)
        code = difference.old_code or difference.new_code
        before, after = (difference.old_code, difference.new_code) if code else (difference.old, difference.new)
        more = f" (+{len(difference.subjects) - 1})" if len(difference.subjects) > 1 else ""
        rows.append(
            f"| {difference.rule} {difference.of_rule.slug} | {_code(what)}{more} | {_code(before)} | {_code(after)} |"
        )
    if len(differences) > _FOLDED:
        rows.append(f"| | and {len(differences) - _FOLDED} more | | |")
    if folded:
        return [f"<details><summary>{heading}</summary>", "", *rows, "", "</details>", ""]
    return [f"**{heading}**", "", *rows, ""]


def _code(text: str) -> str:
    """Returns text as a code span of a table, whatever backticks and bars it has (CommonMark 0.31, section 6.1)."""
    if not text:
        return ""
    text = visible(text).replace("|", "\\|")
    text = cut(text, _LONGEST_CELL)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


_LONGEST_CELL = 160
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|@~&-])")


def _cell(text: str) -> str:
    """Returns text in which Markdown means nothing."""
    return _MARKDOWN.sub(r"\\\1", visible(text))


_FORMS: Mapping[Format, Callable[[Comparison, bool], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "markdown": _markdown,
    "sarif": _sarif,
}
