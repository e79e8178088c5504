"""Whether all ways to run over one document give the same diagnostics, at the same places, and the same counts.

    generate, check, check --fast, generate --fresh, generate (by the lock), check without the lock
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from clientsmith.cli import main

_ABOUT_THE_OUTPUT = frozenset({"output-missing", "output-foreign", "output-extra", "output-edited", "output-stale"})


class Run(NamedTuple):
    """One command: its exit code, and what `--json` says of the one provider."""

    code: int
    row: dict[str, Any]

    def diagnostics(self) -> list[str]:
        """All of each diagnostic that is not about the output, as text."""
        rows: list[dict[str, Any]] = self.row["diagnostics"]
        return sorted(json.dumps(row, sort_keys=True) for row in rows if row["slug"] not in _ABOUT_THE_OUTPUT)

    def counts(self) -> tuple[object, ...]:
        return tuple(self.row.get(key) for key in ("operations", "documented", "models", "warnings", "allowed"))


def run(command: str, *arguments: str) -> Run:
    """Runs a command of the command line in this process."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = main([command, *arguments, "--json", "--traceback"])
    (row,) = json.loads(out.getvalue())["providers"]
    return Run(code, row)


def disagreements(inputs: Iterable[Path], output: Path) -> list[str]:
    """Returns how runs over the inputs differ; empty also if no client can be generated from them."""
    arguments = ["--spec", *map(str, inputs), "--output", str(output), "--package", "acme"]
    first = run("generate", *arguments)
    if first.code != 0:
        return []
    red = int(any(row["severity"] == "warning" for row in first.row["diagnostics"]))
    found: list[str] = []

    def compare(what: str, other: Run, code: int, *, by_lock: bool = False) -> None:
        if other.code != code:
            found.append(f"{what} ends with {other.code}, not {code}")
        if other.counts() != first.counts():
            found.append(f"{what} counts {other.counts()}, not {first.counts()}")
        if other.row.get("written"):
            found.append(f"{what} writes {other.row['written']} files")
        if not by_lock:
            found.extend(_differences(what, first.diagnostics(), other.diagnostics()))

    compare("check", run("check", *arguments), red)
    compare("check --fast", run("check", *arguments, "--fast"), red, by_lock=not red)
    compare("generate --fresh", run("generate", *arguments, "--fresh"), 0)
    compare("generate", run("generate", *arguments), 0, by_lock=True)
    (output / "clientsmith.lock").unlink()
    compare("check without the lock", run("check", *arguments), 1)
    return found


def _differences(what: str, expected: Sequence[str], actual: Sequence[str]) -> list[str]:
    missing = [f"{what} does not say: {line}" for line in expected if line not in actual]
    return missing + [f"{what} says besides: {line}" for line in actual if line not in expected]
