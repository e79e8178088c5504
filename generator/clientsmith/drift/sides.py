"""The sides of a comparison: a file, a folder of pages, a provider, a git revision of one of these, or a surface.

    "specs/acme"  "HEAD~1:specs/acme"  "old.yaml"  "pages/"  "before.json" (a surface)  --side_of-->  Side

A revision is read through git into a temporary folder; git is run without a shell, and nothing of the revision is run.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from clientsmith import ir, pipeline
from clientsmith.diagnostics import Location, Report
from clientsmith.drift.schemas import parts_of_schema
from clientsmith.load.document import Document
from clientsmith.project.folders import LOCK, SETTINGS
from clientsmith.project.lock import LockError, read_lock
from clientsmith.project.settings import PAGE_SUFFIXES, Provider, read_provider
from clientsmith.records import dataclass
from clientsmith.surface import Surface, read_surface, surface_of

_REVISION = re.compile(r"(?P<revision>[A-Za-z0-9_][\w./~^@{}+-]*):(?P<path>.*)", re.ASCII)
_DOCUMENT_SUFFIXES = (".json", ".yaml", ".yml")
LARGEST_REVISION = 1 << 28
"""Bytes of a revision that are read at most."""


class SideError(Exception):
    """A side cannot be read. `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Documents:
    """What a side publishes, where it is not a surface alone."""

    document: Document
    api: ir.Api

    def schema_at(self, address: str) -> Mapping[str, Any]:
        """Returns the schema at an address, references followed: of a parameter, that of its value."""
        node = self.document.follow(self.document.at(address))
        value = parts_of_schema(node.value)
        if "schema" in value and ("in" in value or "name" in value):
            return parts_of_schema(self.document.follow(node.child("schema")).value)
        return value


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes:
        label: What the user called it.
        surface: The public surface of the client.
        documents: What it was made of; None for a surface, whose wire cannot be compared.
        place: Locations of addresses; their lines are looked up when something is printed.
        locate: Finds the lines of locations.
    """

    label: str
    surface: Surface
    documents: Documents | None = None
    place: Callable[[str], Location] | None = None
    locate: Callable[[Sequence[Location]], Mapping[Location, Location]] | None = None


@contextmanager
def side_of(text: str, root: Path, report: Report) -> Generator[Side]:
    """Reads one side of a comparison; it is valid inside the `with` statement.

    Args:
        text: A path, or a path in a git revision, `HEAD~1:specs/acme`.
        root: The folder that paths are relative to.
        report: Takes the diagnostics of reading it.

    Raises:
        SideError: There is no such file, or it is nothing that can be compared.
        ClientsmithError: The document cannot be read.
    """
    path = root / text
    revision = None if path.exists() else _REVISION.fullmatch(text)
    if revision is not None:
        with tempfile.TemporaryDirectory(prefix="clientsmith-") as folder:
            yield _side(text, _extracted(revision["revision"], revision["path"], root, Path(folder)), report)
    else:
        yield _side(text, path, report)


def _side(label: str, path: Path, report: Report) -> Side:
    if path.is_dir():
        if (path / SETTINGS).exists():
            return _of_provider(label, path, report)
        files = sorted(
            file for file in path.rglob("*") if file.suffix in (*_DOCUMENT_SUFFIXES, *PAGE_SUFFIXES) and file.is_file()
        )
        if not files:
            raise SideError(
                f"{label} holds no {SETTINGS}, document or page", "name a file, or the folder of a provider or of pages"
            )
        return _of_files(label, files, report)
    if not path.is_file():
        raise SideError(f"{label}: no such file", "name a path, or a path in a revision of git: HEAD~1:specs/acme")
    if path.suffix == ".json":
        surface = _surface_in(path, label)
        if surface is not None:
            return Side(label, surface)
    return _of_files(label, [path], report)


def _surface_in(path: Path, label: str) -> Surface | None:
    """Returns the surface that a file holds; None if it holds something else."""
    start = path.read_bytes()[:4096]
    if b'"openapi"' in start or b'"swagger"' in start:
        return None
    try:
        value: object = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        return None
    if not {"package", "operations", "models"} <= parts_of_schema(value).keys():
        return None
    try:
        return read_surface(value)
    except ValueError as error:
        raise SideError(f"{label}: {error}", "write it anew with `clientsmith surface`") from None


def _of_files(label: str, files: list[Path], report: Report) -> Side:
    return _built(label, Provider.for_spec([str(file) for file in files], "client"), {}, report)


def _of_provider(label: str, folder: Path, report: Report) -> Side:
    name = re.sub(r"\W", "_", folder.name) or "client"
    shown = "" if label == "." else f"{label.rstrip('/')}/"
    provider = read_provider(name, folder, shown, report)
    try:
        lock = read_lock(str(folder / LOCK))
    except LockError as error:
        raise SideError(f"{shown}{LOCK}: {error}", "write it anew with `clientsmith generate`") from None
    return _built(label, provider, lock.names if lock else {}, report)


def _built(label: str, provider: Provider, names: Mapping[str, str], report: Report) -> Side:
    document, api, package = pipeline.stages(provider, report, names)
    return Side(label, surface_of(package), Documents(document, api), document.place, document.locate)


def _extracted(revision: str, path: str, root: Path, folder: Path) -> Path:
    """Returns the path, in a temporary folder, of what a revision holds."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise SideError(f"{revision}:{path} leaves the repository", "name a path inside the repository")
    clean = "/".join(parts)
    # A document refers to files beside it, so that its folder is read too.
    above = os.path.dirname(clean) if clean.endswith((*_DOCUMENT_SUFFIXES, *PAGE_SUFFIXES)) else clean
    prefix = _git(root, "rev-parse", "--show-prefix").decode().strip()
    tree = f"{revision}:{prefix}{above}".rstrip("/")
    content = _git(root, "archive", "--format=tar", tree)
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
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise SideError("git is not installed", "name a file or a folder instead of a revision") from None
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise SideError(f"git {arguments[0]}: {''.join(message)}", "is the revision there, and the path in it?")
    return done.stdout
