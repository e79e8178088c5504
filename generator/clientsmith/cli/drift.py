"""`clientsmith drift`: its sides, its exit code, and how much of the public names of a client is stale."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from clientsmith.cli.arguments import project_of, provider_names
from clientsmith.cli.console import progress, render_diagnostic, source_lines, wants_colour
from clientsmith.cli.drift_report import report_text
from clientsmith.cli.safe_text import print_message
from clientsmith.diagnostics import ClientsmithError, Report
from clientsmith.drift.comparison import Comparison, compare
from clientsmith.drift.differences import level_of
from clientsmith.drift.packages import is_package
from clientsmith.drift.paths import SideError, is_equal, is_in, path_of
from clientsmith.drift.policy import graded, open_differences
from clientsmith.drift.rules import LEVELS
from clientsmith.drift.sides import side_of
from clientsmith.exit_status import ExitStatus


def compare_sides(options: Namespace) -> ExitStatus:
    """Compares two sides, or providers with what is committed, and prints what has changed."""
    pairs: list[tuple[str, str]]
    if len(options.sides) == 2:
        pairs, root = [(options.sides[0], options.sides[1])], Path()
    else:
        project = project_of(options)
        root = Path(project.root)
        options.providers = options.sides
        folders = [f"{project.specs}/{name}" for name in provider_names(options, project)]
        pairs = [(f"{options.since}:{folder}", folder) for folder in folders]
    status = ExitStatus.SUCCESS
    for old, new in pairs:
        try:
            if len(options.sides) != 2 and not is_in(options.since, new, root):
                print_message(f"{new} is not in {options.since}: there is nothing to compare it with", "")
                continue
            with path_of(old, root) as before, path_of(new, root) as after:
                if options.format == "text" and is_equal(before, after):
                    print(f"{old} -> {new}: the same, byte for byte")
                else:
                    status = max(status, _print_drift(options, (old, new), (before, after), root))
        except SideError as error:
            print_message(f"error: {error.message}", error.hint)
            return ExitStatus.BAD_INPUT
    return status


def _print_drift(
    options: Namespace, labels: tuple[str, str], paths: tuple[Path, Path], root: Path
) -> ExitStatus:
    report = Report()
    try:
        with progress(f"comparing {labels[0]} with {labels[1]}", sys.stderr):
            old, new = (side_of(label, path, Report()) for label, path in zip(labels, paths, strict=True))
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
    if options.format != "html":
        return report_text(comparison, options.format, show_safe=options.all)
    from clientsmith.cli.drift_html import html_report  # it loads a library that no other form needs

    return html_report(comparison)


def _print_acceptances(report: Report, root: Path) -> None:
    lines = source_lines(root, [diagnostic.location.file for diagnostic in report.diagnostics])
    for diagnostic in report.diagnostics:
        print(render_diagnostic(diagnostic, lines, colour=wants_colour(sys.stderr)), end="\n\n", file=sys.stderr)


def changed_names(client: str, provider: str) -> Mapping[str, int] | None:
    """Returns how much `generate` would change of the public names of a client, by level; None if that is not known."""
    if not is_package(Path(client)):
        return None
    try:
        old, new = (side_of(path, Path(path), Report()) for path in (client, provider))
        comparison = graded(compare(old, new), Report(), date.today())
    except (ClientsmithError, SideError):
        return None
    found = [one.level for one in open_differences(comparison.differences)]
    return {level: found.count(level) for level in reversed(LEVELS)}
