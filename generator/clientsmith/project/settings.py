"""Settings: `specs/<provider>/provider.toml` as frozen data, or the same for files named on the command line.

Decides whether what a person wrote there can be meant, and says where it cannot. The keys are those of `settings_keys`;
the folders of the project are `project`. Reads no source: whether those exist is for the loader to say.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from clientsmith.diagnostics import Location, Report
from clientsmith.project.check import address_of, contradictions, problems
from clientsmith.project.folders import SETTINGS, common_folder
from clientsmith.project.keys import PACKAGE, PROVIDER
from clientsmith.project.toml_positions import Keys, Place, toml_places

SourceKind: TypeAlias = Literal["openapi", "page", "prose", "authored"]
Transport: TypeAlias = Literal["stdlib", "httpx2", "httpx"]

PAGE_SUFFIXES = (".md", ".mdx", ".markdown", ".txt", ".html", ".htm")
"""Files that are taken for documentation pages when they are named on the command line; all others for documents."""

LARGEST = 1 << 20
"""Bytes of a `provider.toml`. Hundreds of pages fit in; a document saved under the wrong name does not."""


@dataclass(frozen=True, slots=True)
class Source:
    """`Source("pages/status.md", "page", "https://docs.acme.example/status")`; `path` inside the provider's folder."""

    path: str
    kind: SourceKind
    address: str = ""


@dataclass(frozen=True, slots=True)
class Allowance:
    """A warning that was looked at and accepted: at `pointer` or below, in `file`; None means anywhere."""

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
class Provider:
    """Everything that one run is told.

    Attributes:
        name: of the provider, as on the command line.
        package: what the client calls itself.
        folder: absolute and real; nothing outside is read. All paths below are relative to it, with `/`.
        shown: what stands before such a path when it is shown: `specs/acme/`, or nothing.
        names: pinned names by address (`#/components/schemas/Job`).
        project: false for files named on the command line, whose merge rules are more lenient.
    """

    name: str
    package: str
    folder: Path
    shown: str
    sources: tuple[Source, ...]
    overlays: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    transport: Transport = "stdlib"
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    allow: tuple[Allowance, ...] = ()
    merge: Merge = field(default_factory=Merge)
    project: bool = True
    places: Mapping[Keys, Place] = field(default_factory=dict[Keys, Place], repr=False)

    def show(self, path: str) -> str:
        """How a file of the provider is called in findings: `specs/acme/openapi.yaml`."""
        return f"{self.shown}{path}"

    def where(self, *keys: str | int) -> Location:
        """The place of a key in `provider.toml`, or of the nearest one around it: `where("allow", 0, "slug")`."""
        return _place(self.show(SETTINGS), self.places, keys)

    def declared(self) -> tuple[str, ...]:
        """Every file that the settings name, sorted, each once."""
        return tuple(sorted({*(source.path for source in self.sources), *self.overlays, *self.witnesses}))

    @classmethod
    def for_spec(cls, paths: Sequence[str | os.PathLike[str]], package: str) -> Provider:
        """A provider of files that the user named; nothing outside of their common folder is read.

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
    """What a file is taken for by its name."""
    return "page" if path.lower().endswith(PAGE_SUFFIXES) else "openapi"


def package_name(text: str) -> str:
    """A package name made of any text: `Acme Cloud v2.yaml` -> `acme_cloud_v2_yaml`; `client` where nothing is left."""
    name = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    name = name if not name[:1].isdigit() else f"api_{name}"
    return name if PACKAGE.accepts(name) else f"{name}_client".lstrip("_")


def read_provider(name: str, folder: Path, shown: str, report: Report) -> Provider:
    """The provider described by `folder/provider.toml`.

    Args:
        name: of the provider.
        folder: of the provider.
        shown: what stands before its files' names in findings: `specs/acme/`.
        report: takes everything that is wrong.

    Raises:
        ClientsmithError: something is wrong with the file; all of it is in the report.
    """
    file = f"{shown}{SETTINGS}"
    try:
        content = (folder / SETTINGS).read_bytes()
    except OSError as error:
        raise report.fatal("not-readable", f"cannot be read: {error.strerror}", Location(file)) from None
    if len(content) > LARGEST:
        raise report.fatal("settings-invalid", f"{len(content)} bytes are too many", Location(file, "", 1, 1))
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise report.fatal("settings-invalid", f"not UTF-8 text: {error.reason}", Location(file, "", 1, 1)) from None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, 1)
        message = str(error).partition(" (at ")[0]
        raise report.fatal("settings-invalid", f"no TOML: {message}", Location(file, "", line, column)) from None
    if not PACKAGE.accepts(name):
        report.add("settings-invalid", f"the folder of a provider must be {PACKAGE.rule}: {name!r}", Location(shown))
    places = toml_places(text)
    before = len(report.errors)
    for problem in problems(table, PROVIDER, ()):
        problem.add(report, _place(file, places, problem.keys))
    if len(report.errors) == before:
        for problem in contradictions(table):
            problem.add(report, _place(file, places, problem.keys))
    report.raise_on_errors()
    return _provider(name, Path(os.path.realpath(folder)), shown, table, places)


def _provider(name: str, folder: Path, shown: str, table: dict[str, Any], places: Mapping[Keys, Place]) -> Provider:
    merge = table.get("merge", {})
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
        names={address_of(key): value for key, value in table.get("names", {}).items()},
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
        places=places,
    )


def _place(file: str, places: Mapping[Keys, Place], keys: Keys) -> Location:
    while keys and keys not in places:
        keys = keys[:-1]
    line, column = places.get(keys, (1, 1))
    return Location(file, "", line, column)


def _below(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or lies in it."""
    try:
        return os.path.commonpath([path, os.path.realpath(folder)]) == os.path.realpath(folder)
    except ValueError:  # two drives
        return False
