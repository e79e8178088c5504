"""The sides of a comparison: a file, a folder of pages, a provider, a generated client, or a surface; `paths` finds
them.

a path (see `paths`) --side_of--> Side
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from clientsmith import ir, pipeline
from clientsmith.diagnostics import Diagnostic, Location, Report
from clientsmith.drift.editions import object_of
from clientsmith.drift.packages import is_package, read_package
from clientsmith.drift.paths import SideError
from clientsmith.load.document import Document
from clientsmith.project.folders import LOCK, SETTINGS
from clientsmith.project.lock import LockError, read_lock
from clientsmith.project.settings import PAGE_SUFFIXES, Provider, read_provider
from clientsmith.records import dataclass, replace
from clientsmith.surface import Surface, read_surface, surface_of

_DOCUMENT_SUFFIXES = (".json", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Documents:
    """What a side publishes, where it is not a surface alone."""

    document: Document
    api: ir.Api


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes:
        label: What the user called it.
        surface: The public surface of the client.
        documents: What it was made of; None for a surface, whose wire cannot be compared.
        place: Locations of addresses; their lines are looked up when something is printed.
        locate: Finds the lines of locations.
        provider: Its settings, where it is one of a project.
        is_package: Whether it was read from the source of a client.
        revision: The revision of git that it is of, with which the label and the names of its files begin.
        dead: What its settings and overlays name and its document does not have, located; it is built without.
    """

    label: str
    surface: Surface
    documents: Documents | None = None
    place: Callable[[str], Location] | None = None
    locate: Callable[[Sequence[Location]], Mapping[Location, Location]] | None = None
    provider: Provider | None = None
    is_package: bool = False
    revision: str = ""
    dead: tuple[Diagnostic, ...] = ()


DEAD = ("overlay-dead-target", "only-unused")
"""What keeps a client from being generated, and not two editions from being compared."""


def side_of(label: str, path: Path, report: Report, *, revision: str = "") -> Side:
    """Returns one side of a comparison.

    Args:
        label: What it is called in reports, its files included.
        path: Where it is.
        revision: The revision of git that it is of, if any.
        report: Takes the diagnostics of reading it.

    Raises:
        SideError: There is no such file, or it is nothing that can be compared.
        ClientsmithError: The document cannot be read.
    """
    return replace(_side(label, path, report), revision=revision)


def _side(label: str, path: Path, report: Report) -> Side:
    if path.is_dir():
        if (path / SETTINGS).exists():
            return _of_provider(label, path, report)
        if is_package(path):
            return Side(label, read_package(label, path), is_package=True)
        files = sorted(
            file for file in path.rglob("*") if file.suffix in (*_DOCUMENT_SUFFIXES, *PAGE_SUFFIXES) and file.is_file()
        )
        if not files:
            raise SideError(
                f"{label} holds no {SETTINGS}, document or page",
                "name a file, or the folder of a provider, of pages or of a generated client",
            )
        return _of_files(label, path, files, report)
    if not path.is_file():
        raise SideError(f"{label}: no such file", "name a path, or a path in a revision of git: HEAD~1:specs/acme")
    if path.suffix == ".json":
        surface = _surface_in(path, label)
        if surface is not None:
            return Side(label, surface)
    return _of_files(label, path, [path], report)


def _surface_in(path: Path, label: str) -> Surface | None:
    """Returns the surface that a file holds; None if it holds something else."""
    start = path.read_bytes()[:4096]
    if b'"openapi"' in start or b'"swagger"' in start:
        return None
    try:
        value: object = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        return None
    if not {"package", "operations", "models"} <= object_of(value).keys():
        return None
    try:
        return read_surface(value)
    except ValueError as error:
        raise SideError(f"{label}: {error}", "write it anew with `clientsmith surface`") from None


def _of_files(label: str, path: Path, files: list[Path], report: Report) -> Side:
    provider = Provider.for_spec([str(file) for file in files], "client")
    if path.is_dir():
        below = os.path.relpath(provider.folder, os.path.realpath(path)).replace(os.sep, "/")
        shown = _prefix(label if below == "." else f"{label.rstrip('/')}/{below}")
    else:
        shown = label[: max(label.rfind("/"), label.rfind(":")) + 1]
    return _built(label, replace(provider, shown=shown), {}, report)


def _prefix(label: str) -> str:
    """Returns what the names of files begin with in a folder that is called so."""
    return "" if label == "." else f"{label.rstrip('/')}/"


def _of_provider(label: str, folder: Path, report: Report) -> Side:
    name = re.sub(r"\W", "_", folder.name) or "client"
    shown = _prefix(label)
    provider = read_provider(name, folder, shown, report)
    try:
        lock = read_lock(str(folder / LOCK))
    except LockError as error:
        raise SideError(f"{shown}{LOCK}: {error}", "write it anew with `clientsmith generate`") from None
    return _built(label, provider, lock.names if lock else {}, report)


def _built(label: str, provider: Provider, names: Mapping[str, str], report: Report) -> Side:
    lenient = Report(lenient=DEAD)
    document, api, package = pipeline.stages(provider, lenient, names)
    lenient.located(document.locate)
    report.diagnostics += lenient.diagnostics
    return Side(
        label,
        surface_of(package),
        Documents(document, api),
        document.place,
        document.locate,
        provider if provider.project else None,
        dead=tuple(_in_settings(one, provider) for one in lenient.diagnostics if one.slug in DEAD),
    )


def _in_settings(diagnostic: Diagnostic, provider: Provider) -> Diagnostic:
    """Returns a diagnostic about an entry of `only` at its line."""
    if diagnostic.slug != "only-unused":
        return diagnostic
    return replace(diagnostic, location=provider.where("only", int(diagnostic.location.pointer.rpartition("/")[2])))
