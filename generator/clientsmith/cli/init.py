"""`clientsmith init`: the files of a new provider.

Decides where they go. Copies what the provider published byte for byte, and changes no existing file but one: see
`_choose_runtime`. Where all of it is prose, a first document is written from what the pages state.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from clientsmith.project.folders import SETTINGS, Project, ProjectError, find_project, is_special, project_table
from clientsmith.project.keys import PACKAGE
from clientsmith.project.settings import kind_of


class InitError(Exception):
    """The provider cannot be set up; nothing was written. `unreadable`: a file is the reason, not the command."""

    def __init__(self, message: str, hint: str = "", *, unreadable: bool = False) -> None:
        super().__init__(message)
        self.message, self.hint, self.unreadable = message, hint, unreadable


def init_provider(name: str, files: Sequence[Path], folder: Path) -> list[str]:
    """Sets up `specs/<name>` with copies of `files`, and returns the lines to print.

    Args:
        name: The name of the provider and of its package.
        files: OpenAPI documents or documentation pages.
        folder: The current folder. If no project contains it, it becomes one.

    Raises:
        InitError: The name is not a package name, the provider exists, or a file cannot be read.
        ProjectError: The `[tool.clientsmith]` table of the project is invalid.
        OSError: A file cannot be written.
    """
    if not PACKAGE.accepts(name):
        raise InitError(f"{name!r} cannot be the name of a provider", f"it must be {PACKAGE.rule}")
    try:
        project, found = find_project(str(folder)), True
    except ProjectError as error:
        if error.file != ".":
            raise
        project, found = Project(str(folder.resolve())), False
    target = Path(project.provider_folder(name))
    shown = f"{project.specs}/{name}"
    if target.exists():
        raise InitError(f"{shown} exists already", "choose another name, or edit its provider.toml")
    copies: dict[str, bytes] = {}
    kinds: dict[str, str] = {}
    for file in files:
        kind = kind_of(file.name)
        path = f"pages/{file.name}" if kind == "page" else file.name
        if path in copies:
            raise InitError(f"two files have the name {file.name!r}", "rename one of them")
        if is_special(str(file)):
            raise InitError(f"{str(file)!r} is not a regular file", unreadable=True)
        try:
            copies[path] = file.read_bytes()
        except OSError as error:
            raise InitError(f"{str(file)!r} cannot be read: {error.strerror}", unreadable=True) from None
        kinds[path] = kind
    written = _written_from_prose(name, {path: copies[path] for path, kind in kinds.items() if kind == "page"})
    if written and len(written) == len(copies) + 1:
        kinds = {**dict.fromkeys(copies, "prose"), next(iter(written)): "authored"}
        copies |= {path: text.encode() for path, text in written.items()}
    entries = [
        f'[[sources]]\npath = {json.dumps(path, ensure_ascii=False)}\nkind = "{kind}"\n' for path, kind in kinds.items()
    ]
    is_first = not project.providers()
    settings = f'package = "{name}"\n\n' + "\n".join(entries)
    for path, content in copies.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)
    (target / SETTINGS).write_bytes(settings.encode())
    lines = [f"wrote {shown}/{path}" for path in (SETTINGS, *sorted(copies))]
    lines += _choose_runtime(project) if is_first else []
    if authored := next((path for path, kind in kinds.items() if kind == "authored"), ""):
        lines.append(f"next: read {shown}/{authored} beside the pages and complete it, see docs/prose.md")
        if b"\npaths: {}\n" in copies[authored]:
            lines.append("no operation was found on the pages: the document has none yet")
        lines.append(f"then: clientsmith generate {name}")
    else:
        lines.append(f"next: clientsmith generate {name}")
    if not found:
        exists = os.path.exists(os.path.join(project.root, "pyproject.toml"))
        where = "add to pyproject.toml" if exists else "add a pyproject.toml with"
        lines.append(f"to run clientsmith from the folders below this one too, {where}")
        lines += ["    [tool.clientsmith]", '    runtime = "shared"']
    return lines


def _written_from_prose(name: str, pages: Mapping[str, bytes]) -> dict[str, str]:
    """Returns the files that are written from pages without OpenAPI, the document first; none if there are no such."""
    if not pages:
        return {}
    from clientsmith.pipeline import prose_files

    try:
        return prose_files(name, {path: content.decode("utf-8-sig") for path, content in pages.items()})
    except UnicodeDecodeError:
        return {}


_HEADER = re.compile(rb"^\[tool\.clientsmith\][ \t]*(?:#[^\r\n]*)?(\r?\n|\Z)", re.MULTILINE)


def _choose_runtime(project: Project) -> list[str]:
    """Adds `runtime = "shared"` to the table of a new project that has not chosen, and returns the lines to print.

    A table that is written in another form than with a header is left alone.
    """
    path = Path(project.root, "pyproject.toml")
    table = project_table(str(path))
    if table is None or "runtime" in table:
        return []
    content = path.read_bytes()
    header = _HEADER.search(content)
    if header is None:
        return []
    newline = header[1] or b"\n"
    line = (b"" if header[1] else newline) + b'runtime = "shared"' + newline
    path.write_bytes(content[: header.end()] + line + content[header.end() :])
    return ['added runtime = "shared" to [tool.clientsmith] in pyproject.toml']
