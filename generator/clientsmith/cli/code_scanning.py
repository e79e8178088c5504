"""What pipelines show beside the lines of files: SARIF, and workflow commands of GitHub Actions.

`drift` and `check` make results of what they report, and this module writes them. Text of a document goes through
`visible` and `_command`, so that it cannot forge what either form means by a line of its own.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias
from urllib.parse import quote

from clientsmith.cli.safe_text import safe_json, visible
from clientsmith.diagnostics import Diagnostic, Location, Severity
from clientsmith.drift.rules import RULE_OF
from clientsmith.records import dataclass

ResultLevel: TypeAlias = Literal["error", "warning", "note"]
"""The levels of SARIF 2.1.0, section 3.27.10, that are used here."""


@dataclass(frozen=True, slots=True)
class ScanResult:
    """Something at a place that a rule found.

    Attributes:
        rule: The id of the rule.
        name: Its slug.
        level: How much it matters.
        message: What is found, as one line.
        fingerprint: What it is known by from run to run, whatever the words of the message are.
        place: Where it is; None if there is no such place.
        help: What to do about it.
        accepted: Why it was accepted; None if it was not.
    """

    rule: str
    name: str
    level: ResultLevel
    message: str
    fingerprint: str
    place: Location | None = None
    help: str = ""
    accepted: str | None = None


def results_of(diagnostics: Iterable[Diagnostic]) -> list[ScanResult]:
    """Returns diagnostics as results, one for each place."""
    return [
        ScanResult(
            rule=RULE_OF.get(one.slug, one.slug),
            name=one.slug,
            level=_SEVERITIES[one.severity],
            message=f"{one.message} ({one.hint})" if one.hint else one.message,
            fingerprint=_fingerprint(one, place),
            place=place,
        )
        for one in diagnostics
        for place in one.locations
    ]


def _fingerprint(diagnostic: Diagnostic, place: Location) -> str:
    """Returns what a diagnostic is known by: its slug and its place, and its words where these alone tell it."""
    parts = [diagnostic.slug, place.file, place.pointer or diagnostic.subject or diagnostic.message]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


_SEVERITIES: Mapping[Severity, ResultLevel] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}


def sarif_text(results: Sequence[ScanResult]) -> str:
    """Returns results as a log of SARIF 2.1.0 (OASIS standard, 27 March 2020)."""
    of_rule = {result.rule: result for result in reversed(results)}
    used = sorted(of_rule)
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "clientsmith", "rules": [_rule(of_rule[rule]) for rule in used]}},
                "results": [_result(result, used) for result in results],
            }
        ],
    }
    return safe_json(log)


def _rule(result: ScanResult) -> dict[str, Any]:
    about = {"id": result.rule, "name": result.name, "shortDescription": {"text": result.name.replace("-", " ")}}
    return {**about, "help": {"text": visible(result.help)}} if result.help else about


def _result(result: ScanResult, rules: Sequence[str]) -> dict[str, Any]:
    written: dict[str, Any] = {
        "ruleId": result.rule,
        "ruleIndex": rules.index(result.rule),
        "level": result.level,
        "message": {"text": visible(result.message)},
        "partialFingerprints": {"clientsmith/v1": result.fingerprint},
        "locations": [_location(result.place)] if result.place else [],
        "suppressions": [],
    }
    if result.accepted is not None:
        accepted = {"kind": "external", "status": "accepted", "justification": visible(result.accepted)}
        written["suppressions"] = [accepted]
    return written


def _location(place: Location) -> dict[str, Any]:
    region = {"region": {"startLine": place.line, "startColumn": max(place.column, 1)}} if place.line else {}
    return {"physicalLocation": {"artifactLocation": {"uri": uri_of(place.file)}, **region}}


def uri_of(file: str) -> str:
    """Returns the relative reference to a file (RFC 3986, section 4.2): a report says nothing of the machine."""
    path = file.replace("\\", "/")
    if path.startswith("/") or re.match("[A-Za-z]:/", path):
        path = posixpath.basename(path)
    return quote(path, safe="/~", errors="backslashreplace") or "."


_COMMANDS: Mapping[ResultLevel, str] = {"error": "error", "warning": "warning", "note": "notice"}


def github_lines(results: Iterable[ScanResult]) -> list[str]:
    """Returns results as workflow commands of GitHub Actions, one a line."""
    lines: list[str] = []
    for result in results:
        title = result.rule if result.rule == result.name else f"{result.rule} {result.name}"
        properties = [f"title={_command(title, is_property=True)}"]
        if result.place is not None:
            properties.insert(0, f"file={_command(result.place.file, is_property=True)}")
            properties += [f"line={result.place.line}"] if result.place.line else []
        lines.append(f"::{_COMMANDS[result.level]} {','.join(properties)}::{_command(result.message)}")
    return lines


def _command(text: str, *, is_property: bool = False) -> str:
    """Returns text inside a workflow command, where it cannot end it and begin another."""
    text = visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text
