"""`clientsmith init`: a project's first look at a provider.

Decides where the files of a new provider go. Copies what the provider published byte for byte, and changes no file that
is there already.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from clientsmith.project.folders import SETTINGS, Project, ProjectError, find_project
from clientsmith.project.keys import PACKAGE
from clientsmith.project.settings import kind_of


class StartError(Exception):
    """The provider cannot be set up; nothing was written. `unreadable`: because of a file, not of the command."""

    def __init__(self, message: str, hint: str = "", *, unreadable: bool = False) -> None:
        super().__init__(message)
        self.message, self.hint, self.unreadable = message, hint, unreadable


def start_provider(name: str, files: Sequence[Path], folder: Path) -> list[str]:
    """Set up `specs/<name>` with copies of `files`, and return what to tell the user, line by line.

    Args:
        name: of the provider; becomes the name of its package.
        files: OpenAPI documents or documentation pages.
        folder: where the command runs; the project is looked for from there, else starts there.

    Raises:
        StartError: the name is no package name, the provider is there already, or a file cannot be read.
        ProjectError: the project's own settings are wrong.
        OSError: something cannot be written.
    """
    if not PACKAGE.accepts(name):
        raise StartError(f"{name!r} cannot be a provider's name", f"it must be {PACKAGE.rule}")
    try:
        project, found = find_project(str(folder)), True
    except ProjectError as error:
        if error.file != ".":
            raise
        project, found = Project(str(folder.resolve())), False
    target = Path(project.provider_folder(name))
    shown = f"{project.specs}/{name}"
    if target.exists():
        raise StartError(f"{shown} is there already", "choose another name, or edit its provider.toml")
    copies: dict[str, bytes] = {}
    entries: list[str] = []
    for file in files:
        kind = kind_of(file.name)
        path = f"pages/{file.name}" if kind == "page" else file.name
        if path in copies:
            raise StartError(f"two files are called {file.name!r}", "rename one of them")
        try:
            copies[path] = file.read_bytes()
        except OSError as error:
            raise StartError(f"{str(file)!r} cannot be read: {error.strerror}", unreadable=True) from None
        entries.append(f'[[sources]]\npath = {json.dumps(path, ensure_ascii=False)}\nkind = "{kind}"\n')
    settings = f'package = "{name}"\n\n' + "\n".join(entries)
    for path, content in copies.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)
    (target / SETTINGS).write_bytes(settings.encode())
    told = [f"wrote {shown}/{path}" for path in (SETTINGS, *sorted(copies))]
    told.append(f"next: clientsmith generate {name}")
    if not found and not os.path.exists(os.path.join(project.root, "pyproject.toml")):
        told.append("the project is this folder; to run from folders below it too, add a pyproject.toml with")
        told.append("    [tool.clientsmith]")
    elif not found:
        told.append("to run from folders below this one too, add to pyproject.toml")
        told.append("    [tool.clientsmith]")
    return told
