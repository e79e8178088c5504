"""Allowances: the warnings that `provider.toml` accepts are dropped, those that it does not accept remain."""

from __future__ import annotations

import dataclasses

from clientsmith.diagnostics import OF_ONE_RUN, Diagnostic, Location, Report, Severity
from clientsmith.project.keys import file_of
from clientsmith.project.settings import Allowance, Provider


def apply_allowances(report: Report, provider: Provider, *, strict: bool) -> int:
    """Drops the warnings that the settings allow, and returns their number.

    A warning with several locations remains about those that are not allowed, and counts as allowed only as a whole.
    One that is of one run only is not counted, and its allowance is never unused: it is so in the next run.
    When strict, the others become errors. An allowance that matches no warning is reported as `allow-unused`: what it
    excused may be fixed, or may have moved.
    """
    used = {index for index, allowance in enumerate(provider.allow) if allowance.slug in OF_ONE_RUN}
    allowed = 0
    kept: list[Diagnostic] = []
    for diagnostic in report.diagnostics:
        left: list[Location] = []
        for location in diagnostic.locations:
            matches = [i for i, one in enumerate(provider.allow) if _allows(one, diagnostic, location, provider)]
            used.update(matches)
            if not matches:
                left.append(location)
        if not left:
            allowed += diagnostic.slug not in OF_ONE_RUN
        else:
            kept.append(diagnostic.narrowed(left) if len(left) < len(diagnostic.locations) else diagnostic)
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
                f"the allowance matches no warning with the slug {allowance.slug!r}",
                provider.where("allow", index),
                hint="delete the allowance, or correct its pointer or file",
            )
    return allowed


def _allows(allowance: Allowance, diagnostic: Diagnostic, location: Location, provider: Provider) -> bool:
    if diagnostic.severity is not Severity.WARNING or diagnostic.slug != allowance.slug:
        return False
    pointer = allowance.pointer
    if allowance.file is not None and file_of(location.file) != provider.show(allowance.file):
        return False
    return pointer is None or location.pointer == pointer or location.pointer.startswith(f"{pointer}/")
