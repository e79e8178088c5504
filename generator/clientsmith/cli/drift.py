"""`clientsmith drift`: which two sides are compared. What compares them is loaded for sides that are not equal."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from clientsmith.cli.arguments import project_of, provider_names
from clientsmith.cli.safe_text import print_message, visible
from clientsmith.drift.paths import SideError, distinguished, is_equal, is_in, path_of
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
            with path_of(old, root) as first, path_of(new, root) as second:
                before, after = distinguished(first, second)
                if options.format == "text" and is_equal(before.path, after.path):
                    print(visible(f"{before.label} -> {after.label}: the same, byte for byte"))
                else:
                    from clientsmith.cli.drift_print import print_drift  # a tenth of a second for sides that are equal

                    status = max(status, print_drift(options, (before, after), root))
        except SideError as error:
            print_message(f"error: {error.message}", error.hint)
            return ExitStatus.BAD_INPUT
    return status
