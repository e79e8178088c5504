"""Settings: `specs/<provider>/provider.toml` as frozen data, or the same for files named on the command line.

Decides whether what a person wrote there can be meant, and says where it cannot. The keys are those of `settings_keys`;
the folders of the project are `project`. Reads no source: whether those exist is for the loader to say.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias, assert_never, cast

from clientsmith.diagnostics import Location, Report
from clientsmith.lock import is_inside
from clientsmith.project import SETTINGS, common_folder
from clientsmith.settings_keys import PROVIDER, Choice, ListOf, MapOf, PathText, Shape, TableOf, Text
from clientsmith.toml_places import Keys, Place, toml_places

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
    shape = next(key.shape for key in PROVIDER.keys if key.name == "package")
    assert isinstance(shape, Text)
    return name if shape.accepts(name) else f"{name}_client".lstrip("_")


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
    places = toml_places(text)
    before = len(report.errors)
    for problem in _problems(table, PROVIDER, ()):
        problem.add(report, _place(file, places, problem.keys))
    if len(report.errors) == before:
        for problem in _contradictions(table):
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
        names={_address(key): value for key, value in table.get("names", {}).items()},
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


def _address(key: str) -> str:
    return key if "#" in key else f"#{key}"


# ------------------------------------------------------------------------------------------------------- checking


@dataclass(frozen=True, slots=True)
class _Problem:
    keys: Keys
    message: str
    hint: str = ""
    slug: str = "settings-invalid"

    def add(self, report: Report, location: Location) -> None:
        report.add(self.slug, self.message, location, hint=self.hint)


def _problems(value: object, shape: Shape, keys: Keys) -> Iterator[_Problem]:
    """Everything in which a value is not what its shape asks for."""
    label = _label(keys)
    match shape:
        case Text():
            if not isinstance(value, str):
                yield _Problem(keys, f"{label} must be a text, not {_kind(value)}")
            elif not shape.accepts(value):
                rule = shape.rule or "not empty"
                yield _Problem(keys, f"{label} must be {rule}: {value!r}")
        case PathText():
            if not isinstance(value, str):
                yield _Problem(keys, f"{label} must be a path, as text, not {_kind(value)}")
            else:
                yield from _path_problems(value, keys)
        case Choice():
            if not isinstance(value, str) or value not in shape.values:
                yield _Problem(keys, f"{label} cannot be {value!r}", _instead(str(value), shape.values))
        case ListOf():
            if not isinstance(value, list):
                yield _Problem(keys, f"{label} must be a list, not {_kind(value)}")
            else:
                items = cast("list[object]", value)
                if len(items) < shape.at_least:
                    yield _Problem(keys, f"{label} is empty")
                for index, item in enumerate(items):
                    yield from _problems(item, shape.item, (*keys, index))
        case MapOf():
            if not isinstance(value, dict):
                yield _Problem(keys, f"{label} must be a table, not {_kind(value)}")
            else:
                for key, item in cast("dict[str, object]", value).items():
                    yield from _problems(key, shape.key, (*keys, key))
                    yield from _problems(item, shape.value, (*keys, key))
        case TableOf():
            if not isinstance(value, dict):
                yield _Problem(keys, f"{label} must be a table, not {_kind(value)}")
            else:
                yield from _table_problems(cast("dict[str, object]", value), shape, keys)
        case _:
            assert_never(shape)


def _table_problems(table: dict[str, object], shape: TableOf, keys: Keys) -> Iterator[_Problem]:
    known = {key.name: key for key in shape.keys}
    for name, value in table.items():
        if name in known:
            yield from _problems(value, known[name].shape, (*keys, name))
        else:
            yield _Problem((*keys, name), f"unknown key {name!r}{_inside(keys)}", _instead(name, known))
    for key in shape.keys:
        if key.required and key.name not in table:
            yield _Problem(keys, f"{key.name!r} is missing{_inside(keys)}")
    if shape.one_of and not any(name in table for name in shape.one_of):
        yield _Problem(keys, f"one of {' and '.join(map(repr, shape.one_of))} is needed{_inside(keys)}")


def _path_problems(value: str, keys: Keys) -> Iterator[_Problem]:
    if not value:
        yield _Problem(keys, f"{_label(keys)} is empty")
    elif not is_inside(value):
        hint = "write it relative to the folder of this file, with / and without . or .."
        yield _Problem(keys, f"{_label(keys)} leaves the provider's folder: {value!r}", hint, "unsafe-path")


def _contradictions(table: dict[str, Any]) -> Iterator[_Problem]:
    """What is wrong although every value by itself is right."""
    paths = [source["path"] for source in table["sources"]]
    for index, path in enumerate(paths):
        if path in paths[:index]:
            yield _Problem(("sources", index, "path"), f"{path!r} is a source twice")
    for key in ("overlays", "witnesses"):
        listed = table.get(key, [])
        for index, path in enumerate(listed):
            if path in paths or path in listed[:index]:
                yield _Problem((key, index), f"{path!r} is named twice", f"name it either in sources or in {key}, once")
    merge = table.get("merge", {})
    for component, path in merge.get("prefer", {}).items():
        if path not in paths:
            yield _Problem(("merge", "prefer", component), f"{path!r} is not a source", _instead(path, paths))
    for path in merge.get("rename", {}):
        if path not in paths:
            yield _Problem(("merge", "rename", path), f"{path!r} is not a source", _instead(path, paths))
    pinned: dict[str, str] = {}
    for key in table.get("names", {}):
        if _address(key) in pinned:
            yield _Problem(("names", key), f"{key!r} and {pinned[_address(key)]!r} pin the same thing")
        pinned[_address(key)] = key


def _instead(value: str, known: Iterable[str]) -> str:
    """What to write instead: the nearest, or else all that there are."""
    names = list(known)
    near = difflib.get_close_matches(value, names, 1)
    return f"did you mean {near[0]!r}?" if near else f"one of: {', '.join(names)}"


def _label(keys: Keys) -> str:
    """`sources[0].path` for `("sources", 0, "path")`."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return repr(text.removeprefix(".")) if text else "the file"


def _inside(keys: Keys) -> str:
    return f" in {_label(keys)}" if keys else ""


def _kind(value: object) -> str:
    match value:
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date"


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
