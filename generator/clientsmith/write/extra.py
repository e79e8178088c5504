"""Files in an output folder that no run wrote, with those that are easily overlooked: bytecode, hidden files.

What Git ignores cannot come with a change, so it is left alone; what Git would take is reported. Without Git, a hidden
file is reported, and bytecode that Python would run in place of a source: without a source beside it, or with flags
that forbid to compare it with the source (PEP 552).
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Iterator
from pathlib import Path

from clientsmith.records import dataclass
from clientsmith.write.transaction import is_temporary

_UNCHECKED_HASH = 0b01
"""The flags of a `.pyc` file with a hash of its source that is never checked (PEP 552)."""
_CACHE = "__pycache__"
_GIT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class ExtraFile:
    """A file by its relative name with `/`, what is wrong with it, and what to do."""

    name: str
    message: str
    hint: str


def extra_files(folder: Path, ours: Collection[str]) -> list[ExtraFile]:
    """Returns the files in a folder that are neither ours nor harmless.

    Args:
        folder: the output folder; need not exist.
        ours: names of the files that runs wrote.
    """
    found = [name for name in _everything(folder) if name not in ours]
    doubtful = {name for name in found if _is_doubtful(name)}
    taken = _taken_by_git(folder) if doubtful else None
    return [
        _described(name)
        for name in found
        if name not in doubtful or (_is_dangerous(folder, name) if taken is None else name in taken)
    ]


def _described(name: str) -> ExtraFile:
    last = name.rpartition("/")[2]
    if is_temporary(last):
        return ExtraFile(name, "a run that was killed left this file", "`clientsmith generate` deletes it")
    if last.endswith(".pyc"):
        return ExtraFile(name, "bytecode that Python may run in place of the source", "delete it")
    return ExtraFile(name, "clientsmith did not write this file", "move it out of the generated folder")


def _everything(folder: Path) -> Iterator[str]:
    """Yields every file below a folder. A link to a folder is not followed, but listed."""
    for base, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(base, name))]
        for name in (*names, *links):
            yield os.path.relpath(os.path.join(base, name), folder).replace(os.sep, "/")


def _is_doubtful(name: str) -> bool:
    parts = name.split("/")
    return name.endswith(".pyc") or _CACHE in parts or any(part.startswith(".") for part in parts)


def _is_dangerous(folder: Path, name: str) -> bool:
    """Returns whether a hidden file, or one of bytecode, is reported where Git does not decide."""
    if not name.endswith(".pyc"):
        return True
    path = folder / name
    stem = path.name.partition(".")[0]
    source = (path.parent.parent if path.parent.name == _CACHE else path.parent) / f"{stem}.py"
    if not source.is_file():
        return True
    try:
        with path.open("rb") as stream:
            flags = stream.read(8)[4:]
    except OSError:
        return True
    return int.from_bytes(flags, "little") & 0b11 == _UNCHECKED_HASH


def _taken_by_git(folder: Path) -> frozenset[str] | None:
    """Returns the files that are committed or would be added, by relative name; None outside of a work tree."""
    # No program that the repository's configuration names is run.
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(folder), "ls-files", "-z"]
    command += ["--cached", "--others", "--exclude-standard", "--", "."]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_GIT_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0:
        return None
    return frozenset(os.fsdecode(name) for name in done.stdout.split(b"\0") if name)
