"""What `clientsmith drift` prints of two sides, and the exit code that comes of it."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from clientsmith.cli.console import progress, render_diagnostic, source_lines, wants_colour
from clientsmith.cli.drift_report import report_text
from clientsmith.cli.safe_text import print_message
from clientsmith.diagnostics import ClientsmithError, Report
from clientsmith.drift.comparison import Comparison, compare
from clientsmith.drift.differences import level_of
from clientsmith.drift.paths import Named
from clientsmith.drift.policy import graded, open_differences
from clientsmith.drift.rules import LEVELS
from clientsmith.drift.sides import side_of
from clientsmith.exit_status import ExitStatus


def print_drift(options: Namespace, named: tuple[Named, Named], root: Path) -> ExitStatus:
    """Prints what changed between two sides.

    Args:
        options: Those of the command: the format, what is listed, and the level that fails.
        named: The sides.
        root: The folder that paths are relative to.

    Returns:
        1 if a change has the level that fails, 3 if a document cannot be read.

    Raises:
        SideError: A side is nothing that can be compared.
    """
    report = Report()
    try:
        with progress(f"comparing {named[0].label} with {named[1].label}", sys.stderr):
            old, new = (side_of(one.label, one.path, Report(), revision=one.revision) for one in named)
            comparison = graded(compare(old, new), report, options.today or date.today())
    except ClientsmithError as error:
        for diagnostic in error.report.errors:
            text = f"error: {diagnostic.location}: {diagnostic.message} [{diagnostic.slug}]"
            print_message(text, diagnostic.hint)
        return ExitStatus.BAD_INPUT
    _print_acceptances(report, root)
    print(_report(options, comparison))
    differences = open_differences(comparison.differences)
    level = level_of(differences)
    fails = options.fail_on != "never" and differences
    return ExitStatus(bool(fails and LEVELS.index(level) >= LEVELS.index(options.fail_on)))


def _report(options: Namespace, comparison: Comparison) -> str:
    match options.format:
        case "html":
            from clientsmith.cli.drift_html import html_report  # it loads a library that no other form needs

            return html_report(comparison)
        case "changelog":
            from clientsmith.cli.drift_changelog import changelog

            return changelog(comparison, show_safe=options.all).rstrip("\n")
        case form:
            return report_text(comparison, form, show_safe=options.all)


def _print_acceptances(report: Report, root: Path) -> None:
    lines = source_lines(root, [diagnostic.location.file for diagnostic in report.diagnostics])
    for diagnostic in report.diagnostics:
        print(render_diagnostic(diagnostic, lines, colour=wants_colour(sys.stderr)), end="\n\n", file=sys.stderr)
