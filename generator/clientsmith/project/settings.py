"""Settings: `specs/<provider>/provider.toml` as frozen data, or the same for files named on the command line.

Decides whether the file is valid, and reports where it is not. Its keys are defined in `keys`, the folders of the
project in `folders`. Reads no source: whether those exist is for the loader to report.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, Literal

from clientsmith.diagnostics import Location, Report
from clientsmith.project.folders import SETTINGS, RuntimePlace, common_folder
from clientsmith.project.keys import (
    PACKAGE,
    PROVIDER,
    Level,
    SourceKind,
    Style,
    UnusedSchemas,
    address_of,
    contradictions,
    problems,
)
from clientsmith.project.toml_positions import Keys, Position, toml_positions
from clientsmith.project.toml_text import TomlError, read_toml
from clientsmith.records import dataclass
from clientsmith.runtime.declarations import TransportName

PAGE_SUFFIXES = (".md", ".mdx", ".markdown", ".txt", ".html", ".htm")
"""Suffixes of documentation pages among files named on the command line; all other files are documents."""

LARGEST = 1 << 20
"""The most bytes of a `provider.toml`: hundreds of pages fit, a document saved under the wrong name does not."""


@dataclass(frozen=True, slots=True)
class Source:
    """`Source("pages/status.md", "page", "https://docs.acme.example/status")`; `path` inside the provider's folder."""

    path: str
    kind: SourceKind
    address: str = ""


@dataclass(frozen=True, slots=True)
class Allowance:
    """A warning that was reviewed and accepted: at `pointer` or below, in `file`; None means anywhere."""

    slug: str
    reason: str
    pointer: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """`prefer`: component -> path of the source that wins. `rename`: path of a source -> component -> new name."""

    prefer: Mapping[str, str] = field(default_factory=dict[str, str])
    rename: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A change that was accepted: by its rule, and by what changed or by its fingerprint; for good, or until a day."""

    rule: str
    reason: str
    what: str | None = None
    fingerprint: str | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class DriftSettings:
    """How changes are graded: levels by rule, and what was accepted."""

    levels: Mapping[str, Level] = field(default_factory=dict[str, Level])
    accept: tuple[Acceptance, ...] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """All settings of one run.

    Attributes:
        name: The name of the provider, as on the command line.
        package: The name of the client in its documentation.
        folder: Absolute and real; nothing outside is read. All paths below are relative to it, with `/`.
        shown: The prefix of such a path in messages: `specs/acme/`, or empty.
        style: What resources are made of where the author chose no names.
        only: The operations that the client has; empty for all.
        unused_schemas: Whether schemas that nothing uses become models.
        names: Pinned names by address (`#/components/schemas/Job`).
        aliases: New names by old names that go on working (`jobs.stop`).
        drift: How changes are graded.
        project: False for files named on the command line, whose merge rules are more lenient.
        runtime: Whether the client has a copy of the runtime or shares one; `pyproject.toml` decides.
        positions: Line and column of each key of `provider.toml`.
    """

    name: str
    package: str
    folder: Path
    shown: str
    sources: tuple[Source, ...]
    overlays: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    transport: TransportName = "stdlib"
    style: Style = "path"
    only: tuple[str, ...] = ()
    unused_schemas: UnusedSchemas = "drop"
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])
    allow: tuple[Allowance, ...] = ()
    merge: Merge = field(default_factory=Merge)
    drift: DriftSettings = field(default_factory=DriftSettings)
    project: bool = True
    runtime: RuntimePlace = "vendored"
    positions: Mapping[Keys, Position] = field(default_factory=dict[Keys, Position], repr=False)

    def show(self, path: str) -> str:
        """Returns the name of a file of the provider in messages: `specs/acme/openapi.yaml`."""
        return f"{self.shown}{path}"

    def where(self, *keys: str | int) -> Location:
        """Returns the location of a key in `provider.toml`, or of the nearest key around it: `where("allow", 0)`."""
        return _location(self.show(SETTINGS), self.positions, keys)

    def declared(self) -> tuple[str, ...]:
        """Returns every file that the settings name, sorted, without duplicates."""
        return tuple(sorted({*(source.path for source in self.sources), *self.overlays, *self.witnesses}))

    @classmethod
    def for_spec(cls, paths: Sequence[str | os.PathLike[str]], package: str) -> Provider:
        """Returns a provider of ad-hoc files (`--spec`); nothing outside their common folder is read.

        The order of `paths` makes no difference.
        """
        folder, names = common_folder(paths)
        here = (os.path.relpath(folder) if _below(folder, os.getcwd()) else folder).replace(os.sep, "/")
        return cls(
            name=package,
            package=package,
            folder=Path(folder),
            shown="" if here == "." else f"{here.rstrip('/')}/",
            sources=tuple(Source(path, kind_of(path)) for path in names),
            project=False,
        )


def kind_of(path: str) -> Literal["openapi", "page"]:
    """Returns the kind of a source, judged by its file name."""
    return "page" if path.lower().endswith(PAGE_SUFFIXES) else "openapi"


def package_name(text: str) -> str:
    """Returns a package name made of any text: `Acme Cloud v2.yaml` -> `acme_cloud_v2_yaml`, and `client` for `--`."""
    name = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    name = name if not name[:1].isdigit() else f"api_{name}"
    return name if PACKAGE.accepts(name) else f"{name}_client".lstrip("_")


def read_provider(name: str, folder: Path, shown: str, report: Report) -> Provider:
    """Returns the provider that `folder/provider.toml` describes.

    Args:
        name: The name of the provider.
        folder: The folder of the provider.
        shown: The prefix of its files in messages: `specs/acme/`.
        report: Receives everything that is wrong.

    Raises:
        ClientsmithError: The file is invalid; all of its mistakes are in the report.
    """
    file = f"{shown}{SETTINGS}"
    try:
        content = (folder / SETTINGS).read_bytes()
    except OSError as error:
        raise report.fatal("not-readable", f"cannot be read: {error.strerror}", Location(file)) from None
    if len(content) > LARGEST:
        message = f"the file has {len(content)} bytes; at most {LARGEST} are read"
        raise report.fatal("settings-invalid", message, Location(file, "", 1, 1))
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise report.fatal("settings-invalid", f"not UTF-8 text: {error.reason}", Location(file, "", 1, 1)) from None
    try:
        table = read_toml(text)
    except TomlError as error:
        place = Location(file, "", error.line, error.column)
        raise report.fatal("settings-invalid", f"invalid TOML: {error.message}", place) from None
    if not PACKAGE.accepts(name):
        message = f"the name of a provider's folder must be {PACKAGE.rule}: {name!r}"
        report.add("settings-invalid", message, Location(shown))
    positions = toml_positions(text)
    before = len(report.errors)
    for problem in problems(table, PROVIDER, ()):
        problem.add(report, _location(file, positions, problem.keys))
    if len(report.errors) == before:
        for problem in contradictions(table):
            problem.add(report, _location(file, positions, problem.keys))
    report.raise_on_errors()
    return _provider(name, Path(os.path.realpath(folder)), shown, table, positions)


def _provider(
    name: str, folder: Path, shown: str, table: dict[str, Any], positions: Mapping[Keys, Position]
) -> Provider:
    merge, drift = table.get("merge", {}), table.get("drift", {})
    return Provider(
        name=name,
        package=table.get("package", name),
        folder=folder,
        shown=shown,
        sources=tuple(
            Source(source["path"], source["kind"], source.get("address", ""))
            for source in sorted(table["sources"], key=lambda source: source["path"])
        ),
        overlays=tuple(table.get("overlays", ())),
        witnesses=tuple(sorted(table.get("witnesses", ()))),
        transport=table.get("transport", "stdlib"),
        style=table.get("style", "path"),
        only=tuple(table.get("only", ())),
        unused_schemas=table.get("unused_schemas", "drop"),
        names={address_of(key): value for key, value in table.get("names", {}).items()},
        aliases=table.get("aliases", {}),
        allow=tuple(
            Allowance(
                entry["slug"],
                entry["reason"],
                entry["pointer"].removeprefix("#") if "pointer" in entry else None,
                entry.get("file"),
            )
            for entry in table.get("allow", ())
        ),
        merge=Merge(merge.get("prefer", {}), merge.get("rename", {})),
        drift=DriftSettings(
            drift.get("levels", {}),
            tuple(
                Acceptance(
                    entry["rule"], entry["reason"], entry.get("what"), entry.get("fingerprint"), entry.get("until")
                )
                for entry in drift.get("accept", ())
            ),
        ),
        positions=positions,
    )


def _location(file: str, positions: Mapping[Keys, Position], keys: Keys) -> Location:
    while keys and keys not in positions:
        keys = keys[:-1]
    line, column = positions.get(keys, (1, 1))
    return Location(file, "", line, column)


def _below(path: str, folder: str) -> bool:
    """Returns whether `path` is `folder` or is inside it."""
    try:
        return os.path.commonpath([path, os.path.realpath(folder)]) == os.path.realpath(folder)
    except ValueError:  # two drives
        return False
