"""The result of a run over one provider, and the exit status that it gives."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeAlias

from clientsmith.diagnostics import SEVERITY, Diagnostic, Severity
from clientsmith.exit_status import ExitStatus, most_severe
from clientsmith.project.lock import Counts
from clientsmith.records import dataclass

Cause: TypeAlias = Literal["clientsmith", "inputs", "edits"]
"""Why a client is not what would be generated: another version of clientsmith, other inputs, or edits by hand."""


@dataclass(frozen=True, slots=True)
class FileCounts:
    """The numbers of files that a run wrote, left as they were, and removed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a run over one provider, or over the shared runtime.

    Attributes:
        name: The name of the provider, or `shared runtime`.
        diagnostics: In the order in which they were reported.
        root: The folder that names in diagnostics are relative to.
        declared: The files that the user named; only these are quoted whatever they contain.
        counts: None if an error stopped the run, and for the shared runtime.
        files: None if an error stopped the run.
        differences: Lines of a unified diff from the content of the output folder to what is generated.
        fail_on_warnings: Whether a warning makes the exit status 1.
        causes: Why the client is not what would be generated; empty if it is, and if that is not known.
    """

    name: str
    diagnostics: tuple[Diagnostic, ...]
    root: Path
    declared: frozenset[str] = frozenset()
    counts: Counts | None = None
    files: FileCounts | None = None
    differences: tuple[str, ...] = ()
    fail_on_warnings: bool = False
    causes: tuple[Cause, ...] = ()

    @property
    def exit_code(self) -> ExitStatus:
        """The status of the most severe diagnostic."""
        return most_severe(exit_status_of(d, fail_on_warnings=self.fail_on_warnings) for d in self.diagnostics)


def exit_status_of(diagnostic: Diagnostic, *, fail_on_warnings: bool) -> ExitStatus:
    """Returns the exit status of a run that reports this diagnostic alone."""
    if diagnostic.severity is not Severity.ERROR:
        fails = fail_on_warnings and diagnostic.severity is Severity.WARNING
        return ExitStatus.DIAGNOSTICS if fails else ExitStatus.SUCCESS
    match diagnostic.slug:
        case "unsafe-path":
            return ExitStatus.UNSAFE_PATH
        case "cannot-write" | "output-foreign":
            return ExitStatus.CANNOT_WRITE
        case "settings-invalid":
            return ExitStatus.USAGE
        case "allow-unused" | "output-missing" | "output-extra" | "output-stale" | "output-edited":
            return ExitStatus.DIAGNOSTICS
        case slug:
            # What is an error only because of `--strict` is not a bad input.
            return ExitStatus.BAD_INPUT if SEVERITY[slug] is Severity.ERROR else ExitStatus.DIAGNOSTICS
