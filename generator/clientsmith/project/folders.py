"""Finding the project: which folder it is, where its providers and their clients lie.

Decides what a project is: the nearest folder upwards that has a `[tool.clientsmith]` table in its `pyproject.toml`, or
else the folder one stands in when it has `specs/*/provider.toml`. Does not read `provider.toml` (`settings` does).

This module and `lock` are all that a run needs in which nothing has changed. They import neither `dataclasses` nor
`pathlib` nor `diagnostics`: those would cost such a run more time than everything that it does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple, cast

from clientsmith.project.toml_plain import plain_section

SETTINGS = "provider.toml"
LOCK = "clientsmith.lock"


class ProjectError(Exception):
    """There is no project here, or its table is wrong. `file`, `line` as for a diagnostic; `hint` how to mend it."""

    def __init__(self, message: str, file: str, *, line: int = 0, hint: str = "", unsafe: bool = False) -> None:
        super().__init__(message)
        self.message, self.file, self.line, self.hint, self.unsafe = message, file, line, hint, unsafe


class Project(NamedTuple):
    """A project by its folders, two of them inside the first: `Project("/home/me/shop", "specs", "generated")`."""

    root: str
    specs: str = "specs"
    generated: str = "generated"

    def providers(self) -> list[str]:
        """The names of all providers, sorted: the folders of `specs` that have a `provider.toml`."""
        folder = os.path.join(self.root, self.specs)
        try:
            names = os.listdir(folder)
        except OSError:
            return []
        return sorted(name for name in names if os.path.isfile(os.path.join(folder, name, SETTINGS)))

    def provider_folder(self, name: str) -> str:
        return os.path.join(self.root, self.specs, name)

    def output_folder(self, name: str) -> str:
        return os.path.join(self.root, self.generated, name)

    def lock_path(self, name: str) -> str:
        return os.path.join(self.root, self.specs, name, LOCK)


def common_folder(paths: Iterable[str | os.PathLike[str]]) -> tuple[str, list[str]]:
    """The folder of files that were named on the command line, and their names in it: real, sorted, each once.

    Raises:
        ValueError: they lie on different drives.
    """
    real = sorted({os.path.realpath(path) for path in paths})
    folder = os.path.commonpath([os.path.dirname(path) for path in real])
    return folder, [os.path.relpath(path, folder).replace(os.sep, "/") for path in real]


def find_project(start: str) -> Project:
    """The project that the folder `start` belongs to.

    Raises:
        ProjectError: none there, or `[tool.clientsmith]` names a folder that is no text or lies outside the project.
    """
    start = os.path.realpath(start)
    folder = start
    while True:
        table = _table(os.path.join(folder, "pyproject.toml"))
        if table is not None:
            return _project(folder, table)
        parent = os.path.dirname(folder)
        if parent == folder:
            break
        folder = parent
    here = Project(start)
    if here.providers():
        return here
    raise ProjectError(
        "no project here: no pyproject.toml with a [tool.clientsmith] table, and no specs/*/provider.toml",
        ".",
        hint="`clientsmith init NAME FILE` starts one; `clientsmith generate --spec FILE --output FOLDER` needs none",
    )


def _table(path: str) -> dict[str, object] | None:
    """The `[tool.clientsmith]` table of a `pyproject.toml`; None where there is none."""
    try:
        with open(path, "rb") as stream:
            content = stream.read()
    except OSError:
        return None
    if b"clientsmith" not in content:
        return None
    try:
        text = content.decode()
        plain = plain_section(text, "[tool.clientsmith]")
        if plain is not None:
            return dict(plain)
        import tomllib

        table: object = tomllib.loads(text)
    except ValueError as error:
        raise ProjectError(f"no TOML: {error}", "pyproject.toml", hint="mend the file, then run this again") from None
    for key in ("tool", "clientsmith"):
        table = cast("dict[str, object]", table).get(key) if isinstance(table, dict) else None
    return cast("dict[str, object]", table) if isinstance(table, dict) else None


def _project(root: str, table: dict[str, object]) -> Project:
    folders = {"specs": "specs", "generated": "generated"}
    for key, value in table.items():
        if key not in folders:
            raise ProjectError(
                f"unknown key {key!r} in [tool.clientsmith]", "pyproject.toml", hint="its keys are specs and generated"
            )
        if not isinstance(value, str) or not value:
            raise ProjectError(f"{key!r} in [tool.clientsmith] must be a folder, as text", "pyproject.toml")
        if os.path.isabs(value) or ".." in value.replace("\\", "/").split("/") or ":" in value:
            raise ProjectError(
                f"{key!r} in [tool.clientsmith] leaves the project: {value!r}",
                "pyproject.toml",
                hint="name a folder inside the project, relative to pyproject.toml",
                unsafe=True,
            )
        folders[key] = os.path.normpath(value)
    return Project(root, folders["specs"], folders["generated"])
