"""The locks: what a client was generated from, and the names that it has been given.

Decides the form of `clientsmith.lock` (TOML, sorted, LF) and when a client is *current*: the inputs, the tool and the
outputs are all as recorded. Generates nothing and writes nothing; it returns text.

    specs/<provider>/clientsmith.lock
        without_class              names of bodies that are given by their fields, and have no class
        shared_runtime             features of the shared runtime that the client needs; absent if it has its own copy
        [arguments] operation -> "query:limit query:order"
                                   the arguments that are called as they are sent
        [counts]                   for the summary of an unchanged run
        [inputs]   file -> sha256  settings, sources, overlays, witnesses, files that `$ref`s lead to;
                                   of a folder, the names of the files in it
        [names]    address -> name all other public names: a later run keeps them
        [places]   user -> {place -> class}
                                   the classes that an operation or another class uses, by where it does
        [outputs]  file -> sha256  the files of the client
        [upstream] source -> {...} what `clientsmith upstream` found at the address of a source, or in an index of pages
                                   (by its address): digests, the validators of a conditional request; never a time
    specs/clientsmith.lock         only if clients share a runtime
        features                   what all clients together need
        [outputs]  file -> sha256  the files of the shared copy

`folders` explains why this module imports little.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeVar, cast

from clientsmith.project.digests import digest_of, file_digest, input_digest, is_inside, tool_digest
from clientsmith.project.folders import RUNTIME, Project, is_special
from clientsmith.project.toml_text import TomlError, read_toml

T = TypeVar("T")

VERSION = 1
"""The version of the form. A lock of another version is refused, never guessed at."""

_REQUIRED = {"version", "tool", "counts", "inputs", "outputs", "names"}
_OPTIONAL = {"arguments", "places", "shared_runtime", "upstream", "without_class"}
_ARGUMENT, _PLACE = "argument:", "place:"

_HEADER = """\
# Written by clientsmith; do not edit. Keep it under version control.
# After a merge conflict: keep either side whole, then run `clientsmith generate`.
"""

_RESTORE = "restore a committed version; or delete it together with what was generated, and generate again"


class LockError(ValueError):
    """The text is not a lock.

    Attributes:
        line: 0 if the whole file is meant.
        hint: The fix.
        provider: The provider whose lock it is, if several were read; else empty.
    """

    def __init__(self, message: str, *, line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.hint = message, line, hint
        self.provider = ""


class Counts(NamedTuple):
    """What a run counted: the document has `documented` operations, of which `operations` were generated."""

    operations: int = 0
    documented: int = 0
    models: int = 0
    warnings: int = 0
    allowed: int = 0


class Lock(NamedTuple):
    """The content of a provider's lock. File names are relative, with `/`; digests are sha256 in hexadecimal."""

    tool: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    names: Mapping[str, str]
    counts: Counts
    shared_runtime: tuple[str, ...] | None = None
    without_class: tuple[str, ...] | None = None
    upstream: Mapping[str, Mapping[str, str]] = MappingProxyType({})

    def text(self) -> str:
        """Returns the lock as it is written: equal content gives equal text."""
        parts = [_HEADER, f"version = {VERSION}\ntool = {quoted(self.tool)}\n"]
        if self.shared_runtime is not None:
            parts.append(_list("shared_runtime", self.shared_runtime))
        if self.without_class is not None:
            parts.append(_list("without_class", self.without_class))
        arguments, others = _without_plain_arguments(self.names)
        places, names = _without_places(others)
        parts.append(_table("arguments", arguments))
        parts.append("\n[counts]\n")
        parts += [f"{key} = {value}\n" for key, value in sorted(self.counts._asdict().items())]
        for title, mapping in (("inputs", self.inputs), ("names", names), ("outputs", self.outputs)):
            parts.append(_table(title, mapping))
        parts.append("\n[places]\n")
        parts += [f"{quoted(user)} = {_inline_table(used)}\n" for user, used in sorted(places.items())]
        if self.upstream:
            parts.append("\n[upstream]\n")
            parts += [f"{quoted(key)} = {_inline_table(found)}\n" for key, found in sorted(self.upstream.items())]
        return "".join(parts)


class RuntimeLock(NamedTuple):
    """The content of the lock of a shared runtime."""

    tool: str
    features: tuple[str, ...]
    outputs: Mapping[str, str]

    def text(self) -> str:
        """Returns the lock as it is written: equal content gives equal text."""
        top = f"version = {VERSION}\ntool = {quoted(self.tool)}\n{_list('features', self.features)}"
        return f"{_HEADER}{top}{_table('outputs', self.outputs)}"


# ------------------------------------------------------------------------------------------------------- reading


def parse_lock(text: str) -> Lock:
    """Returns the lock that `Lock.text` wrote.

    Raises:
        LockError: The text is not TOML, contains a merge conflict, or is not a lock of this version.
    """
    content = _content(text)
    tool, counts = content.get("tool"), _entries(content.get("counts"), int)
    inputs, outputs, names = (_entries(content.get(title), str) for title in ("inputs", "outputs", "names"))
    arguments = _entries(content.get("arguments", {}), str)
    places, upstream = (_tables(content.get(key, {})) for key in ("places", "upstream"))
    shared, without_class = (_strings(content.get(key, [])) for key in ("shared_runtime", "without_class"))
    if (
        not isinstance(tool, str)
        or counts is None
        or set(counts) != set(Counts._fields)
        or inputs is None
        or outputs is None
        or names is None
        or arguments is None
        or places is None
        or upstream is None
        or shared is None
        or without_class is None
        or set(content) - _OPTIONAL != _REQUIRED
    ):
        raise LockError("the lock does not have the keys and tables of a lock", hint=_RESTORE)
    _refuse_outside(path.removesuffix("/") for path in inputs)
    _refuse_foreign(outputs)
    used = {f"{_PLACE}{user}|{place}": name for user, table in places.items() for place, name in table.items()}
    names = {**_plain_arguments(arguments), **used, **names}
    return Lock(
        tool,
        inputs,
        outputs,
        names,
        Counts(**counts),
        shared if "shared_runtime" in content else None,
        without_class if "without_class" in content else None,
        upstream,
    )


def parse_runtime_lock(text: str) -> RuntimeLock:
    """Returns the lock that `RuntimeLock.text` wrote.

    Raises:
        LockError: See `parse_lock`.
    """
    content = _content(text)
    tool, features = content.get("tool"), _strings(content.get("features"))
    outputs = _entries(content.get("outputs"), str)
    if (
        not isinstance(tool, str)
        or features is None
        or outputs is None
        or set(content) != {"version", "tool", "features", "outputs"}
    ):
        raise LockError("the lock does not have the keys and tables of a lock", hint=_RESTORE)
    _refuse_foreign(outputs)
    return RuntimeLock(tool, features, outputs)


def _plain_arguments(arguments: Mapping[str, str]) -> dict[str, str]:
    """Returns the names of the arguments of a lock that are called as they are sent, by address."""
    return {
        f"{_ARGUMENT}{operation}|{argument}": argument.rpartition(":")[2]
        for operation, line in arguments.items()
        for argument in line.split()
    }


def _without_plain_arguments(names: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Returns the arguments of each operation that are called as they are sent, and all other names."""
    arguments: dict[str, list[str]] = {}
    others: dict[str, str] = {}
    for address, name in names.items():
        operation, _, argument = address.removeprefix(_ARGUMENT).rpartition("|")
        is_plain = name.isidentifier() and argument.count(":") == 1 and argument.endswith(f":{name}")
        if address.startswith(_ARGUMENT) and is_plain and len(argument.split()) == 1:
            arguments.setdefault(operation, []).append(argument)
        else:
            others[address] = name
    return {operation: " ".join(sorted(found)) for operation, found in arguments.items()}, others


def _without_places(names: Mapping[str, str]) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Returns the classes that each operation and each class uses, by place, and all other names."""
    places: dict[str, dict[str, str]] = {}
    others: dict[str, str] = {}
    for address, name in names.items():
        user, bar, place = address.removeprefix(_PLACE).partition("|")
        if address.startswith(_PLACE) and bar:
            places.setdefault(user, {})[place] = name
        else:
            others[address] = name
    return places, others


def _content(text: str) -> dict[str, object]:
    """Returns the values of a lock of this version."""
    try:
        content = read_toml(text)
    except TomlError as error:
        for number, line in enumerate(text.split("\n"), 1):
            if line.startswith(("<<<<<<<", ">>>>>>>")):
                hint = "keep either side whole, then run `clientsmith generate`"
                raise LockError("the lock contains a merge conflict", line=number, hint=hint) from None
        raise LockError(f"invalid TOML: {error.message}", line=error.line, hint=_RESTORE) from None
    if content.get("version") != VERSION:
        raise LockError(
            f"the lock has version {content.get('version')!r}, this clientsmith reads version {VERSION}",
            hint=f"use the clientsmith that wrote it; or {_RESTORE}",
        )
    return content


def _refuse_outside(paths: Iterable[str]) -> None:
    for path in paths:
        if not is_inside(path):
            raise LockError(f"the lock names a file outside its folder: {path!r}", hint=_RESTORE)


def _refuse_foreign(outputs: Iterable[str]) -> None:
    """Refuses outputs that no run writes: a file that the lock lists is deleted when it is no longer generated."""
    for path in outputs:
        parts = path.split("/")
        is_ours = parts[-1] in ("API.md", "py.typed") or path.endswith(".py")
        if not is_inside(path) or not is_ours or any(part.startswith(".") for part in parts):
            raise LockError(f"the lock names a file that clientsmith does not write: {path!r}", hint=_RESTORE)


def _entries(table: object, kind: type[T]) -> dict[str, T] | None:
    """Returns a table whose values are all of one kind, or None if it is something else."""
    if not isinstance(table, dict):
        return None
    content = cast("dict[str, object]", table)
    values = {key: value for key, value in content.items() if isinstance(value, kind)}
    return values if len(values) == len(content) else None


def _tables(table: object) -> dict[str, dict[str, str]] | None:
    """Returns a table of tables of strings, or None if it is something else."""
    if not isinstance(table, dict):
        return None
    tables = {key: _entries(value, str) for key, value in cast("dict[str, object]", table).items()}
    found = {key: value for key, value in tables.items() if value is not None}
    return found if len(found) == len(tables) else None


def _strings(value: object) -> tuple[str, ...] | None:
    """Returns a list of strings, or None if it is something else."""
    if not isinstance(value, list):
        return None
    items = cast("list[object]", value)
    strings = tuple(item for item in items if isinstance(item, str))
    return strings if len(strings) == len(items) else None


def read_lock(path: str) -> Lock | None:
    """Returns the lock at `path`, or None if there is none.

    Raises:
        LockError: The file is not a lock, or cannot be read.
    """
    text = _text(path)
    return None if text is None else parse_lock(text)


def read_runtime_lock(path: str) -> RuntimeLock | None:
    """Returns the lock of a shared runtime at `path`, or None if there is none.

    Raises:
        LockError: The file is not a lock, or cannot be read.
    """
    text = _text(path)
    return None if text is None else parse_runtime_lock(text)


def _text(path: str) -> str | None:
    if is_special(path):
        raise LockError("the lock is not a regular file", hint=_RESTORE)
    try:
        with open(path, "rb") as stream:
            return stream.read().decode()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError:
        raise LockError("the lock is not UTF-8 text", hint="restore a committed version") from None
    except OSError as error:
        raise LockError(f"the lock cannot be read: {error.strerror}") from None


# ------------------------------------------------------------------------------------------------------- writing

_PLAIN = re.compile(r"[ !#-\[\]-~]*\Z")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def _table(title: str, mapping: Mapping[str, str]) -> str:
    lines = {quoted(key): f"{quoted(key)} = {quoted(value)}\n" for key, value in sorted(mapping.items())}
    return f"\n[{title}]\n{''.join(lines.values())}"


def _inline_table(mapping: Mapping[str, str]) -> str:
    entries = {quoted(key): f"{quoted(key)} = {quoted(value)}" for key, value in sorted(mapping.items())}
    return f"{{ {', '.join(entries.values())} }}"


def _list(key: str, values: Iterable[str]) -> str:
    return f"{key} = [{', '.join(map(quoted, sorted(values)))}]\n"


@lru_cache(65536)
def quoted(text: str) -> str:
    """Returns a basic string of TOML 1.0. Bidirectional controls are escaped too, so that a reviewer sees them."""
    if _PLAIN.match(text):
        return f'"{text}"'
    return '"' + "".join(_ESCAPES.get(c) or (c if c.isprintable() else _escaped(c)) for c in text) + '"'


def _escaped(character: str) -> str:
    # TOML cannot contain a lone surrogate, which the key of a JSON document can.
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= character <= "\udfff" else f"\\U{ord(character):08X}"


# ------------------------------------------------------------------------------------------------ what is current


def spec_options(package: str, names: Iterable[str]) -> dict[str, str]:
    """Returns what replaces `provider.toml` in the lock of a run without a project: the package, and the files."""
    return {"<options>": digest_of("\n".join((package, *sorted(names))).encode())}


def current_lock(
    lock_path: str, *, inputs: str, output: str, options: Mapping[str, str], shared: bool = False
) -> Lock | None:
    """Returns the lock if a run would change nothing, else None. The other arguments are those of `is_current`."""
    try:
        lock = read_lock(lock_path)
    except LockError:
        return None
    if lock is None or (lock.shared_runtime is not None) is not shared:
        return None
    return lock if is_current(lock, tool=tool_digest(), inputs=inputs, output=output, options=options) else None


def is_current(lock: Lock, *, tool: str, inputs: str, output: str, options: Mapping[str, str]) -> bool:
    """Returns whether a run would change nothing.

    Args:
        lock: What was recorded.
        tool: The digest of this tool.
        inputs: The folder of the recorded inputs.
        output: The folder of the recorded outputs.
        options: Inputs that are not files, by their recorded name; see `spec_options`.
    """
    return (
        lock.tool == tool
        and bool(lock.outputs)
        and all(lock.inputs.get(name) == digest for name, digest in options.items())
        and all(
            input_digest(os.path.join(inputs, name)) == digest
            for name, digest in lock.inputs.items()
            if name not in options
        )
        and _are_as_recorded(lock.outputs, output)
    )


def _are_as_recorded(outputs: Mapping[str, str], folder: str) -> bool:
    return all(file_digest(os.path.join(folder, name)) == digest for name, digest in outputs.items())


# ----------------------------------------------------------------------------------------------- a shared runtime


def needed_features(project: Project) -> tuple[str, ...] | None:
    """Returns the features that the clients of a project need of their shared runtime, sorted.

    Each client's lock states its own needs, so that generating one client keeps what the others need. None if no
    client shares a runtime.

    Raises:
        LockError: The lock of a provider cannot be read; `provider` is its name.
    """
    needed: set[str] = set()
    sharing = False
    for name in project.providers():
        try:
            lock = read_lock(project.lock_path(name))
        except LockError as error:
            error.provider = name
            raise
        if lock is not None and lock.shared_runtime is not None:
            sharing = True
            needed.update(lock.shared_runtime)
    return tuple(sorted(needed)) if sharing else None


def current_runtime_lock(project: Project) -> RuntimeLock | None:
    """Returns the lock of the shared runtime if it is what the clients need and a run would not change it."""
    try:
        lock = read_runtime_lock(project.runtime_lock_path())
        needed = needed_features(project) if lock else None
    except LockError:
        return None
    current = (
        lock is not None
        and lock.features == needed
        and lock.tool == tool_digest()
        and _are_as_recorded(lock.outputs, project.output_folder(RUNTIME))
    )
    return lock if current else None


def has_shared_runtime(project: Project) -> bool:
    """Returns whether a run has to look after a shared runtime: the project wants one, or an earlier run wrote one."""
    return project.runtime == "shared" or os.path.lexists(project.runtime_lock_path())
