"""What pipelines show beside the lines of files: SARIF, and workflow commands of GitHub Actions.

`drift` and `check` make findings of what they report, and this module writes them. Text of a document goes through
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

FindingLevel: TypeAlias = Literal["error", "warning", "note"]
"""The levels of SARIF 2.1.0, section 3.27.10, that are used here."""


@dataclass(frozen=True, slots=True)
class Finding:
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
    level: FindingLevel
    message: str
    fingerprint: str
    place: Location | None = None
    help: str = ""
    accepted: str | None = None


def findings_of(diagnostics: Iterable[Diagnostic]) -> list[Finding]:
    """Returns diagnostics as findings, one for each place."""
    return [
        Finding(
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


_SEVERITIES: Mapping[Severity, FindingLevel] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}


def sarif_text(findings: Sequence[Finding]) -> str:
    """Returns findings as a log of SARIF 2.1.0 (OASIS standard, 27 March 2020)."""
    of_rule = {finding.rule: finding for finding in reversed(findings)}
    used = sorted(of_rule)
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "clientsmith", "rules": [_rule(of_rule[rule]) for rule in used]}},
                "results": [_result(finding, used) for finding in findings],
            }
        ],
    }
    return safe_json(log)


def _rule(finding: Finding) -> dict[str, Any]:
    about = {"id": finding.rule, "name": finding.name, "shortDescription": {"text": finding.name.replace("-", " ")}}
    return {**about, "help": {"text": visible(finding.help)}} if finding.help else about


def _result(finding: Finding, rules: Sequence[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": finding.level,
        "message": {"text": visible(finding.message)},
        "partialFingerprints": {"clientsmith/v1": finding.fingerprint},
        "locations": [_location(finding.place)] if finding.place else [],
        "suppressions": [],
    }
    if finding.accepted is not None:
        accepted = {"kind": "external", "status": "accepted", "justification": visible(finding.accepted)}
        result["suppressions"] = [accepted]
    return result


def _location(place: Location) -> dict[str, Any]:
    region = {"region": {"startLine": place.line, "startColumn": max(place.column, 1)}} if place.line else {}
    return {"physicalLocation": {"artifactLocation": {"uri": uri_of(place.file)}, **region}}


def uri_of(file: str) -> str:
    """Returns the relative reference to a file (RFC 3986, section 4.2): a report says nothing of the machine."""
    path = file.replace("\\", "/")
    if path.startswith("/") or re.match("[A-Za-z]:/", path):
        path = posixpath.basename(path)
    return quote(path, safe="/~", errors="backslashreplace") or "."


_COMMANDS: Mapping[FindingLevel, str] = {"error": "error", "warning": "warning", "note": "notice"}


def github_lines(findings: Iterable[Finding]) -> list[str]:
    """Returns findings as workflow commands of GitHub Actions, one a line."""
    lines: list[str] = []
    for finding in findings:
        title = finding.rule if finding.rule == finding.name else f"{finding.rule} {finding.name}"
        properties = [f"title={_command(title, is_property=True)}"]
        if finding.place is not None:
            properties.insert(0, f"file={_command(finding.place.file, is_property=True)}")
            properties += [f"line={finding.place.line}"] if finding.place.line else []
        lines.append(f"::{_COMMANDS[finding.level]} {','.join(properties)}::{_command(finding.message)}")
    return lines


def _command(text: str, *, is_property: bool = False) -> str:
    """Returns text inside a workflow command, where it cannot end it and begin another."""
    text = visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text
