"""The lock: what a provider's client was generated from, and which names it has given away.

Decides the form of `clientsmith.lock` (TOML, sorted, LF) and when a client is *current*: the inputs, the tool and the
outputs are all as recorded. Does not generate, and writes nothing but text.

    [inputs]   file -> sha256     settings, sources, overlays, witnesses, files that `$ref`s lead to;
                                  of a folder, the names of the files in it
    [outputs]  file -> sha256     what lies in the output folder, and belongs to us
    [names]    address -> name    public names once given: a later run keeps them
    [counts]                      for the summary of a run that had nothing to do

`project` says why this module is frugal with imports.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import os
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar, cast

from clientsmith.project.toml_plain import plain_tables

T = TypeVar("T")

VERSION = 1
"""Of the form. A lock of another version is refused, never guessed at."""

_HEADER = """\
# Written by clientsmith, not by hand. It belongs into version control.
# After a merge conflict: keep either side whole, then run `clientsmith generate`.
"""

_AGAIN = "bring back a committed version; or delete it together with the generated client, and generate anew"


class LockError(ValueError):
    """The text is no lock. `line` is 0 where the whole file is meant; `hint` says how to mend it."""

    def __init__(self, message: str, *, line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.hint = message, line, hint


class Counts(NamedTuple):
    """What a run found: `documented` operations stand in the document, `operations` were generated."""

    operations: int = 0
    documented: int = 0
    models: int = 0
    warnings: int = 0
    allowed: int = 0


class Lock(NamedTuple):
    """The content of one lock. File names are relative, with `/`; digests are sha256 in hexadecimal."""

    tool: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    names: Mapping[str, str]
    counts: Counts

    def text(self) -> str:
        """The lock as it is written: equal content gives equal text."""
        parts = [_HEADER, f"version = {VERSION}\ntool = {_quoted(self.tool)}\n\n[counts]\n"]
        parts += [f"{key} = {value}\n" for key, value in sorted(self.counts._asdict().items())]
        for title, mapping in (("inputs", self.inputs), ("names", self.names), ("outputs", self.outputs)):
            parts.append(f"\n[{title}]\n")
            lines = {_quoted(key): f"{_quoted(key)} = {_quoted(value)}\n" for key, value in sorted(mapping.items())}
            parts += lines.values()
        return "".join(parts)


def parse_lock(text: str) -> Lock:
    """The lock that `Lock.text` wrote.

    Raises:
        LockError: not TOML, torn by a merge conflict, of another version, or with other content than a lock has.
    """
    content = _content(text)
    if content.get("version") != VERSION:
        raise LockError(
            f"the lock has version {content.get('version')!r}, this clientsmith reads {VERSION}",
            hint=f"use the clientsmith that wrote it; or {_AGAIN}",
        )
    tool, counts = content.get("tool"), _table(content.get("counts"), int)
    inputs, outputs, names = (_table(content.get(title), str) for title in ("inputs", "outputs", "names"))
    if (
        not isinstance(tool, str)
        or counts is None
        or set(counts) != set(Counts._fields)
        or inputs is None
        or outputs is None
        or names is None
        or set(content) != {"version", "tool", "counts", "inputs", "outputs", "names"}
    ):
        raise LockError("the lock does not have the tables that a lock has", hint=_AGAIN)
    for path in (*inputs, *outputs):
        if not is_inside(path.removesuffix("/") if path in inputs else path):
            raise LockError(f"the lock names a file outside its folder: {path!r}", hint=_AGAIN)
    return Lock(tool, inputs, outputs, names, Counts(**counts))


def _content(text: str) -> dict[str, object]:
    """The values of the lock's TOML."""
    plain = plain_tables(text)
    if plain is not None:
        return {**plain.pop(""), **plain}
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(("<<<<<<<", ">>>>>>>")):
            raise LockError(
                "the lock holds a merge conflict",
                line=number,
                hint="keep either side whole, then run `clientsmith generate`",
            )
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise LockError(f"no TOML: {error}", line=int(found[1]) if found else 0, hint=_AGAIN) from None


def read_lock(path: str) -> Lock | None:
    """The lock at `path`, None where there is none.

    Raises:
        LockError: it is no lock, or cannot be read.
    """
    try:
        with open(path, "rb") as stream:
            return parse_lock(stream.read().decode())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError:
        raise LockError("the lock is not UTF-8 text", hint="bring back a committed version") from None
    except OSError as error:
        raise LockError(f"the lock cannot be read: {error.strerror}") from None


def is_inside(path: str) -> bool:
    """Whether a relative name with `/` stays in its folder, on every platform."""
    parts = path.split("/")
    return not any(part in ("", ".", "..") or any(c in part for c in ("\\", ":", "\0")) for part in parts)


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def file_digest(path: str) -> str | None:
    """The sha256 of a regular file; None where there is none, or where it cannot be read."""
    try:
        # A FIFO or a device would block or never end.
        if not os.path.isfile(path):
            return None
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def spec_options(package: str, names: Iterable[str]) -> dict[str, str]:
    """What takes the place of `provider.toml` in the lock of a run without a project: the package, and which files."""
    return {"<options>": digest_of("\n".join((package, *sorted(names))).encode())}


def input_digest(path: str) -> str | None:
    """The sha256 of an input: of a file its content, of a folder (it ends with `/`) the names of the files in it."""
    if path.endswith("/"):
        return digest_of("\n".join(sorted(files_present(path))).encode("utf-8", "surrogateescape"))
    return file_digest(path)


@functools.cache
def tool_digest() -> str:
    """One digest over everything of ours that decides the output: the modules, the templates, black's version."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    total = hashlib.sha256()
    for label, folder in (("code", package), ("templates", templates_folder())):
        for name in sorted(_files_below(folder)):
            if label == "code" and (not name.endswith(".py") or name.startswith(_NOT_CODE)):
                continue
            with open(os.path.join(folder, name), "rb") as stream:
                # CRLF after a checkout on Windows must not count as another tool.
                content = stream.read().replace(b"\r\n", b"\n")
            total.update(f"{label} {name} {len(content)}\n".encode() + content)
    try:
        black = str(importlib.import_module("_black_version").version)
    except (ImportError, AttributeError):
        black = "none"
    total.update(f"black {black}".encode())
    return total.hexdigest()


_NOT_CODE = ("templates/", "drift/", "cli/", "__main__.py", "project/docs.py")
"""What decides nothing of the output: what is printed on a terminal, and what is copied below another label."""


def templates_folder() -> str:
    """Where the templates lie: in the installed package, or else beside the source tree."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    packaged = os.path.join(package, "templates")
    return packaged if os.path.isdir(packaged) else os.path.join(package, "..", "..", "templates")


def _files_below(folder: str) -> Iterable[str]:
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            yield os.path.relpath(os.path.join(base, name), folder).replace(os.sep, "/")


def files_present(folder: str) -> Iterable[str]:
    """What lies in a folder, by relative name with `/`; but for bytecode and hidden files (caches, the desktop's).

    A link to a folder is not walked into, but named: it is something that we did not write.
    """
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        for name in (*names, *(name for name in folders if os.path.islink(os.path.join(base, name)))):
            if not name.startswith(".") and not name.endswith(".pyc"):
                yield os.path.relpath(os.path.join(base, name), folder).replace(os.sep, "/")


def current_lock(lock_path: str, *, inputs: str, output: str, options: Mapping[str, str]) -> Lock | None:
    """The lock when a run would change nothing, else None. The other arguments are those of `is_current`."""
    try:
        lock = read_lock(lock_path)
    except LockError:
        return None
    if lock is None or not is_current(lock, tool=tool_digest(), inputs=inputs, output=output, options=options):
        return None
    return lock


def is_current(lock: Lock, *, tool: str, inputs: str, output: str, options: Mapping[str, str]) -> bool:
    """Whether a run would change nothing.

    Args:
        lock: what was recorded.
        tool: the digest of this tool.
        inputs: the folder of the recorded inputs.
        output: the folder of the recorded outputs.
        options: inputs that are no files, by their recorded name: see `spec_options`.
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
        and all(file_digest(os.path.join(output, name)) == digest for name, digest in lock.outputs.items())
    )


_PLAIN = re.compile(r'[ !#-\[\]-~]*\Z')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def _quoted(text: str) -> str:
    """A basic string of TOML 1.0. Bidirectional controls are escaped too: a reviewer must see what stands there."""
    if _PLAIN.match(text):
        return f'"{text}"'
    return '"' + "".join(_ESCAPES.get(c) or (c if c.isprintable() else _escaped(c)) for c in text) + '"'


def _escaped(character: str) -> str:
    # TOML cannot hold a lone surrogate, which the key of a JSON document can.
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= character <= "\udfff" else f"\\U{ord(character):08X}"


def _table(table: object, kind: type[T]) -> dict[str, T] | None:
    """A table with values of one kind, None when it is something else."""
    if not isinstance(table, dict):
        return None
    content = cast("dict[str, object]", table)
    values = {key: value for key, value in content.items() if isinstance(value, kind)}
    return values if len(values) == len(content) else None
