"""What the sides of a comparison are called: paths, and paths in revisions of git.

    "specs/acme"  "HEAD~1:specs/acme"  --path_of--> a path, and what it is called in reports

A revision is read through git into a temporary folder; git is run without a shell, and nothing of the revision is run.
This module imports little: sides that are equal are never read.
"""

from __future__ import annotations

import filecmp
import os
import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from clientsmith.records import dataclass, replace

_FILE = re.compile(r"\.(json|ya?ml|md|mdx|html?|txt)$")
_REVISION = re.compile(r"(?P<revision>[A-Za-z0-9_][\w./~^@{}+-]*):(?P<path>.*)", re.ASCII)
LARGEST_REVISION = 1 << 28
"""Bytes of a revision that are read at most."""


class SideError(Exception):
    """A side cannot be read. `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Named:
    """Where a side is, and what it is called.

    Attributes:
        label: What reports call it: as it was given, but an absolute path relative to where the command runs, or the
            name of the file if it is elsewhere, so that a report says nothing of the machine.
        path: Where it is.
        revision: The revision of git that it is of, with which the label begins; else empty.
    """

    label: str
    path: Path
    revision: str = ""


@contextmanager
def path_of(text: str, root: Path) -> Generator[Named]:
    """Gives one side, whose path is there inside the `with` statement.

    Args:
        text: A path, or a path in a git revision, `HEAD~1:specs/acme`.
        root: The folder that paths are relative to.

    Raises:
        SideError: git does not know the revision, or the path in it.
    """
    path = root / text
    revision = None if path.exists() else _REVISION.fullmatch(text)
    if revision is not None:
        import tempfile

        with tempfile.TemporaryDirectory(prefix="clientsmith-") as folder:
            path = _extracted(revision["revision"], revision["path"], root, Path(folder))
            yield Named(text, path, revision["revision"])
    else:
        yield Named(_label(text, root), path)


def distinguished(old: Named, new: Named) -> tuple[Named, Named]:
    """Returns two sides, those that only their folders distinguish with the names of these."""
    if old.label != new.label or old.path == new.path:
        return old, new
    first, second = (replace(one, label=f"{one.path.absolute().parent.name}/{one.label}") for one in (old, new))
    return first, second


def _label(text: str, root: Path) -> str:
    if not os.path.isabs(text):
        return text
    real = os.path.realpath(text)
    for folder in (root, Path.cwd()):
        if Path(real).is_relative_to(folder.resolve()):
            return Path(os.path.relpath(real, folder.resolve())).as_posix()
    return os.path.basename(real) or "."


def last_commit_of(path: str, root: Path) -> str:
    """Returns the abbreviated name of the last commit that changed a file; empty if none did.

    Raises:
        SideError: git is not installed, or the file is in no repository.
    """
    return _git(root, "log", "-1", "--format=%h", "--", path).decode().strip()


def is_in(revision: str, path: str, root: Path) -> bool:
    """Returns whether a git revision has a path, which is relative to `root`.

    Raises:
        SideError: git does not know the revision.
    """
    _git(root, "cat-file", "-e", f"{revision}^{{commit}}")
    return bool(_git(root, "ls-tree", "--name-only", revision, "--", path))


def is_equal(old: Path, new: Path) -> bool:
    """Returns whether two files, or all files of two folders, are the same byte for byte."""
    if old.is_file() and new.is_file():
        return filecmp.cmp(old, new, shallow=False)
    if not (old.is_dir() and new.is_dir()):
        return False
    names = [{str(file.relative_to(side)) for file in side.rglob("*") if file.is_file()} for side in (old, new)]
    return names[0] == names[1] and all(filecmp.cmp(old / name, new / name, shallow=False) for name in names[0])


def _extracted(revision: str, path: str, root: Path, folder: Path) -> Path:
    """Returns the path, in a temporary folder, of what a revision holds."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise SideError(f"{revision}:{path} leaves the repository", "name a path inside the repository")
    clean = "/".join(parts)
    # A document refers to files beside it, so that its folder is read too.
    above = os.path.dirname(clean) if _FILE.search(clean) else clean
    import io
    import tarfile

    top, prefix = os.fsdecode(_git(root, "rev-parse", "--show-toplevel", "--show-prefix")).split("\n")[:2]
    tree = f"{revision}:{prefix}{above}".rstrip("/")
    # From the top: elsewhere git looks for the folder that it is in below the tree that is named.
    content = _git(Path(top), "archive", "--format=tar", tree)
    if len(content) > LARGEST_REVISION:
        raise SideError(
            f"{tree} has {len(content)} bytes; at most {LARGEST_REVISION} are read", "name a smaller folder"
        )
    target = folder / (above.rpartition("/")[2] or "revision")
    target.mkdir()
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        archive.extractall(target, filter="data")
    return target / os.path.basename(clean) if above != clean else target


def _git(root: Path, *arguments: str) -> bytes:
    import subprocess

    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise SideError("git is not installed", "name a file or a folder instead of a revision") from None
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        hint = "is the revision there, and the path in it?"
        if subprocess.run(
            ["git", "-C", str(root), "rev-parse", "--is-shallow-repository"], capture_output=True, check=False
        ).stdout.startswith(b"true"):
            hint = "this clone is shallow: fetch the revision, as with `fetch-depth: 0` or GIT_DEPTH=0"
        raise SideError(f"git {arguments[0]}: {''.join(message)}", hint)
    return done.stdout
