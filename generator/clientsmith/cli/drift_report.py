"""Reports of a comparison: text for a terminal, JSON, Markdown for a pull request, and what `code_scanning` writes.

Text of a document goes through one function for each form, so that it cannot forge what the form means by a line of its
own: `visible`, `code_span`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from clientsmith.cli.code_scanning import ResultLevel, ScanResult, github_lines, sarif_text
from clientsmith.cli.drift_words import (
    WORDS,
    CodeOf,
    accepted_text,
    counts,
    is_of_names,
    next_version,
    places,
    sides,
    title,
    verdict,
    version_text,
)
from clientsmith.cli.markdown_text import cell_span, code_span
from clientsmith.cli.safe_text import cut, safe_json, visible
from clientsmith.diagnostics import Location
from clientsmith.drift.comparison import Comparison
from clientsmith.drift.differences import Difference, level_of
from clientsmith.drift.policy import open_differences
from clientsmith.drift.rules import LEVELS, Level
from clientsmith.records import replace

Format: TypeAlias = Literal["text", "json", "github", "markdown", "sarif"]

SCHEMA_VERSION = 1
"""Raised when a key of the JSON report changes its meaning or goes."""

_SHOWN = 10
"""Subjects of one difference that are named; the rest are counted."""
_FOLDED, _UNFOLDED = 20, 60
"""Rows of a level that Markdown shows before it says how many more there are; the latter of what breaks."""
_LONGEST_TITLE = 300
_LONGEST_CODE = 240
"""Characters of a signature that are shown."""


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
    code_of, hinted = CodeOf(comparison), set[str]()
    blocks = [_summary(comparison)]
    for one in comparison.differences:
        if show_safe or not (one.level == "safe" or one.accepted):
            blocks.append("\n".join(_lines(one, *code_of(one), hinted)))
    return "\n\n".join(blocks)


def _lines(difference: Difference, old: str, new: str, hinted: set[str]) -> Iterator[str]:
    """Yields the lines of a difference. What to do about a rule is said once."""
    rule = difference.of_rule
    yield f"{WORDS[difference.level]} {rule.id} {rule.slug}: {visible(cut(title(difference), _LONGEST_TITLE))}"
    if where := places(difference):
        yield visible(f"  at {', '.join(where)}")
    if (old, new) != (difference.old, difference.new) and not is_of_names(difference):
        yield from (visible(f"  {sign} {cut(code, _LONGEST_CODE)}") for sign, code in (("-", old), ("+", new)) if code)
    if difference.gone:
        yield visible(f"  with it: {_some(difference.gone)}")
    if len(difference.subjects) > 1:
        yield visible(f"  in {_some([' '.join(subject.parts[:1]) for subject in difference.subjects])}")
    if difference.accepted is not None:
        yield visible(f"  {accepted_text(difference.accepted)}")
    elif difference.level != "safe" and rule.id not in hinted:
        hinted.add(rule.id)
        yield f"  hint: {rule.hint}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _summary(comparison: Comparison) -> str:
    version = f"; {version}" if (version := version_text(comparison)) else ""
    return f"{sides(comparison)}: {counts(comparison)}{version}"


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


_ANNOTATED: Mapping[Level, ResultLevel] = {"break": "error", "risk": "warning", "safe": "note"}


def _results(comparison: Comparison, differences: Iterable[Difference]) -> list[ScanResult]:
    return [
        ScanResult(
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
    return sarif_text(_results(comparison, comparison.differences))


def _github(comparison: Comparison, show_safe: bool) -> str:
    shown = [one for one in open_differences(comparison.differences) if one.level != "safe" or show_safe]
    return "\n".join([*github_lines(_results(comparison, shown)), _summary(comparison)])


# --------------------------------------------------------------------------------------------------------- Markdown


def _markdown(comparison: Comparison, show_safe: bool) -> str:
    found = open_differences(comparison.differences)
    old, new = (code_span(side.label, _LONGEST_CELL) for side in (comparison.old, comparison.new))
    version = version_text(comparison)
    lines = [
        f"### {verdict(comparison)}: {counts(comparison)}",
        "",
        f"{old} → {new}{f'; {version}' if version else ''}",
        "",
    ]
    code_of = CodeOf(comparison)
    for level, heading in (("break", "What breaks"), ("risk", "What to look at")):
        some = [difference for difference in found if difference.level == level]
        if some:
            lines += _table(some, f"{heading} ({len(some)})", code_of, folded=level != "break")
    safe = [difference for difference in found if difference.level == "safe"]
    if safe and show_safe:
        lines += _table(safe, f"What nobody notices ({len(safe)})", code_of, folded=True)
    if accepted := [difference for difference in comparison.differences if difference.accepted]:
        lines += _table(accepted, f"What was accepted ({len(accepted)})", code_of, folded=True)
    return "\n".join(lines).rstrip()


def _table(differences: Sequence[Difference], heading: str, code_of: CodeOf, *, folded: bool) -> list[str]:
    rows = ["| rule | what | before | after |", "| --- | --- | --- | --- |"]
    shown = _FOLDED if folded else _UNFOLDED
    for difference in differences[:shown]:
        what = ": ".join(difference.subjects[0].parts)
        code = difference.old_code or difference.new_code
        before, after = code_of(difference) if code else (difference.old, difference.new)
        more = f" (+{len(difference.subjects) - 1})" if len(difference.subjects) > 1 else ""
        rows.append(
            f"| {difference.rule} {difference.of_rule.slug} | {_code(what)}{more} | {_code(before)} | {_code(after)} |"
        )
    if len(differences) > shown:
        rows.append(f"| | and {len(differences) - shown} more | | |")
    if folded:
        return [f"<details><summary>{heading}</summary>", "", *rows, "", "</details>", ""]
    return [f"**{heading}**", "", *rows, ""]


def _code(text: str) -> str:
    return cell_span(text, _LONGEST_CELL)


_LONGEST_CELL = 160

_FORMS: Mapping[Format, Callable[[Comparison, bool], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "markdown": _markdown,
    "sarif": _sarif,
}
