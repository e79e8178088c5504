"""What findings mean for a run: which warnings are allowed, and by which exit code it ends.

    0    nothing                               5    a path that leads out of where it may
    1    findings                              70   a bug of ours
    2    the command line, or provider.toml    74   the output cannot be written
    3    the input is bad                      130  interrupted

Decides nothing about what a finding is.
"""

from __future__ import annotations

import dataclasses

from clientsmith.diagnostics import SEVERITY, Diagnostic, Report, Severity
from clientsmith.settings import Allowance, Provider
from clientsmith.settings_check import file_of

FINDINGS, USAGE, BAD_INPUT, UNSAFE, BUG, UNWRITABLE = 1, 2, 3, 5, 70, 74


def code_of(diagnostic: Diagnostic, *, fail_on_warnings: bool) -> int:
    """The exit code that one finding asks for."""
    if diagnostic.severity is not Severity.ERROR:
        return FINDINGS if fail_on_warnings and diagnostic.severity is Severity.WARNING else 0
    match diagnostic.slug:
        case "unsafe-path":
            return UNSAFE
        case "cannot-write" | "output-foreign":
            return UNWRITABLE
        case "settings-invalid":
            return USAGE
        case "allow-unused" | "output-missing" | "output-extra" | "output-stale" | "output-edited":
            return FINDINGS
        case slug:
            return BAD_INPUT if SEVERITY[slug] is Severity.ERROR else FINDINGS


def worst(codes: set[int]) -> int:
    """The code by which a run over several providers ends."""
    return next((code for code in (BUG, UNWRITABLE, UNSAFE, USAGE, BAD_INPUT, FINDINGS) if code in codes), 0)


def settle(report: Report, provider: Provider, *, strict: bool) -> int:
    """Drop the warnings that the settings allow, and count them; the rest become errors when strict.

    An allowance that matches nothing is reported: what it excused may be mended, or may have moved.
    """
    used: set[int] = set()
    kept: list[Diagnostic] = []
    for diagnostic in report.diagnostics:
        matches = [i for i, allowance in enumerate(provider.allow) if _allows(allowance, diagnostic, provider)]
        used.update(matches)
        if not matches:
            kept.append(diagnostic)
    allowed = len(report.diagnostics) - len(kept)
    if strict:
        kept = [
            dataclasses.replace(d, severity=Severity.ERROR) if d.severity is Severity.WARNING else d for d in kept
        ]
        report.strict = True
    report.diagnostics = kept
    for index, allowance in enumerate(provider.allow):
        if index not in used:
            report.add(
                "allow-unused",
                f"nothing to allow: no {allowance.slug} warning there",
                provider.where("allow", index),
                hint="delete the allowance, or correct its pointer or file",
            )
    return allowed


def _allows(allowance: Allowance, diagnostic: Diagnostic, provider: Provider) -> bool:
    if diagnostic.severity is not Severity.WARNING or diagnostic.slug != allowance.slug:
        return False
    location, pointer = diagnostic.location, allowance.pointer
    if allowance.file is not None and file_of(location.file) != provider.show(allowance.file):
        return False
    return pointer is None or location.pointer == pointer or location.pointer.startswith(f"{pointer}/")
