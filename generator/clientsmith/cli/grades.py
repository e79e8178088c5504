"""What bringing a stale client up to date changes for its callers, apart by what made it stale.

    client --this version of clientsmith--> client of the inputs of the lock --the changed inputs--> client

The inputs of the lock are those of a commit, if one has them; else the two are one grade, of public names alone.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from clientsmith.diagnostics import ClientsmithError, Report
from clientsmith.drift.comparison import compare
from clientsmith.drift.packages import is_package
from clientsmith.drift.paths import SideError, last_commit_of, path_of
from clientsmith.drift.policy import graded, open_differences
from clientsmith.drift.rules import LEVELS, Level
from clientsmith.drift.sides import Side, side_of
from clientsmith.project.digests import input_digest
from clientsmith.project.folders import Project
from clientsmith.project.lock import LockError, read_lock
from clientsmith.records import dataclass
from clientsmith.result import Cause


@dataclass(frozen=True, slots=True)
class Grade:
    """What some of the causes change.

    Attributes:
        causes: Why the client is stale; empty if that is not known.
        counts: How many changes have each level, the worst first.
        since: The revision with whose inputs the documents were compared; empty if public names alone were.
    """

    causes: tuple[Cause, ...]
    counts: Mapping[Level, int]
    since: str = ""

    def text(self, provider: str) -> str:
        """Returns the grade as a line: `the changed inputs change public names of the client: 1 BREAK, ...`."""
        who = " and ".join(_WORDS[cause] for cause in self.causes) or "`clientsmith generate`"
        verb = "change" if len(self.causes) > 1 or self.causes == ("inputs",) else "changes"
        if not any(self.counts.values()):
            return f"{who} {verb} nothing for callers" if self.since else f"{who} {verb} no public name"
        counts = ", ".join(f"{count} {level.upper()}" for level, count in self.counts.items())
        if self.since:
            return f"{who} {verb}: {counts}; `clientsmith drift {provider} --since {self.since}` lists them"
        apart = " (not distinguished: no commit has the inputs of the lock)" if {*self.causes} >= _DISTINGUISHED else ""
        return f"{who} {verb} public names of the client: {counts}{apart}"

    def json(self) -> dict[str, object]:
        """Returns the grade for `--json`."""
        counts: dict[str, object] = {level: self.counts[level] for level in reversed(LEVELS)}
        return {"causes": list(self.causes), **counts, "documents": bool(self.since), "since": self.since or None}


_WORDS: Mapping[Cause, str] = {
    "clientsmith": "this version of clientsmith",
    "inputs": "the changed inputs",
    "edits": "undoing what was edited by hand",
}
_DISTINGUISHED = frozenset({"clientsmith", "inputs"})


@dataclass(frozen=True, slots=True)
class Grades:
    """Everything that `generate` would change of a client: its public names in all, and grades apart by cause."""

    public_names: Mapping[Level, int]
    grades: tuple[Grade, ...]


def grades_of(project: Project, provider: str, causes: Sequence[Cause]) -> Grades | None:
    """Returns the grades of a stale client; None if what is there, or what would be, cannot be read."""
    client = project.output_folder(provider)
    if not is_package(Path(client)):
        return None
    folder = f"{project.specs}/{provider}"
    try:
        now = side_of(provider, Path(client), Report())
        new = side_of(folder, Path(project.provider_folder(provider)), Report())
        names = _counts(now, new)
        if "inputs" not in causes:
            return Grades(names, (Grade(tuple(causes), names),))
        with _recorded(project, provider) as (revision, before):
            if before is None:
                return Grades(names, (Grade(tuple(causes), names),))
            others: tuple[Cause, ...] = tuple(cause for cause in causes if cause != "inputs")
            of_others = (Grade(others, _counts(now, before)),) if others else ()
            return Grades(names, (*of_others, Grade(("inputs",), _counts(before, new), revision)))
    except (ClientsmithError, SideError):
        return None


def _counts(old: Side, new: Side) -> dict[Level, int]:
    found = open_differences(graded(compare(old, new), Report(), date.today()).differences)
    return {level: sum(one.level == level for one in found) for level in reversed(LEVELS)}


@contextmanager
def _recorded(project: Project, provider: str) -> Generator[tuple[str, Side | None]]:
    """Gives the inputs that the lock records, read by this version of clientsmith, and the commit that has them.

    It is the current one if the inputs have not been committed since, or that which has the lock as it is.
    """
    root, folder = Path(project.root), f"{project.specs}/{provider}"
    try:
        lock = read_lock(project.lock_path(provider))
        revisions = ["HEAD", last_commit_of(project.lock_path(provider), root)] if lock else []
    except (LockError, SideError):
        lock, revisions = None, []
    for revision in filter(None, revisions):
        try:
            with path_of(f"{revision}:{folder}", root) as named:
                if lock and _has(named.path, lock.inputs):
                    yield revision, side_of(named.label, named.path, Report(), revision=revision)
                    return
        except SideError:
            continue
    yield "", None


def _has(folder: Path, inputs: Mapping[str, str]) -> bool:
    return all(input_digest(os.path.join(folder, name)) == digest for name, digest in inputs.items())
