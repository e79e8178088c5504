"""The project: its folder, the folders of its providers and clients, and whether the clients share a runtime.

A project is the nearest folder upwards whose `pyproject.toml` has a `[tool.clientsmith]` table; without one it is the
current folder, if that contains `specs/*/provider.toml`. `provider.toml` itself is read by `settings`.

Every run imports this module, `lock` and `shared`, also a run in which nothing has changed. What they import costs
every run its time, so they keep to small modules of the standard library.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias, cast

from clientsmith.project.toml_text import read_toml

SETTINGS = "provider.toml"
LOCK = "clientsmith.lock"
RUNTIME = "_runtime"
SHARED_RUNTIME = "shared runtime"
"""The name of a shared runtime in messages, where a client has that of its provider."""

RuntimePlace: TypeAlias = Literal["vendored", "shared"]
"""`vendored`: each client has a copy of the runtime of its own. `shared`: one copy beside the clients serves all."""


class ProjectError(Exception):
    """There is no project here, or its table is invalid. `hint` states the fix; `unsafe` marks a path outside."""

    def __init__(self, message: str, file: str, *, hint: str = "", unsafe: bool = False) -> None:
        super().__init__(message)
        self.message, self.file, self.hint, self.unsafe = message, file, hint, unsafe


class Project(NamedTuple):
    """A project: `Project("/home/me/shop", "specs", "src/shop/vendor")`; the second and third lie in the first."""

    root: str
    specs: str = "specs"
    generated: str = "generated"
    runtime: RuntimePlace = "vendored"

    def providers(self) -> list[str]:
        """Returns the names of all providers, sorted: the folders of `specs` that contain a `provider.toml`."""
        folder = os.path.join(self.root, self.specs)
        try:
            names = os.listdir(folder)
        except OSError:
            return []
        return sorted(name for name in names if os.path.isfile(os.path.join(folder, name, SETTINGS)))

    def abandoned(self) -> list[str]:
        """Returns the names of clients in the output folder that belong to no provider, sorted."""
        folder = os.path.join(self.root, self.generated)
        try:
            names = set(os.listdir(folder))
        except OSError:
            return []
        names -= {*self.providers()}
        return sorted(name for name in names if os.path.isfile(os.path.join(folder, name, "_client.py")))

    def provider_folder(self, name: str) -> str:
        return os.path.join(self.root, self.specs, name)

    def output_folder(self, name: str) -> str:
        """Returns the folder of a client, or of the shared runtime (`RUNTIME`)."""
        return os.path.join(self.root, self.generated, name)

    def lock_path(self, name: str) -> str:
        return os.path.join(self.root, self.specs, name, LOCK)

    def runtime_lock_path(self) -> str:
        """Returns the path of the lock of the shared runtime, which lies beside the providers' folders."""
        return os.path.join(self.root, self.specs, LOCK)


def common_folder(paths: Iterable[str | os.PathLike[str]]) -> tuple[str, list[str]]:
    """Returns the common folder of files, and their paths in it: real, sorted, without duplicates.

    Raises:
        ValueError: The files are on different drives.
    """
    real = sorted({os.path.realpath(path) for path in paths})
    folder = os.path.commonpath([os.path.dirname(path) for path in real])
    return folder, [os.path.relpath(path, folder).replace(os.sep, "/") for path in real]


def find_project(start: str) -> Project:
    """Returns the project that the folder `start` belongs to.

    Raises:
        ProjectError: There is none, or its `[tool.clientsmith]` table is invalid.
    """
    start = os.path.realpath(start)
    folder = start
    while True:
        table = project_table(os.path.join(folder, "pyproject.toml"))
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
        "there is no project here: no pyproject.toml with a [tool.clientsmith] table, and no specs/*/provider.toml",
        ".",
        hint="`clientsmith init NAME FILE` creates one; `clientsmith generate --spec FILE --output FOLDER` needs none",
    )


def is_special(path: str) -> bool:
    """Returns whether something is a FIFO or a device, which would block who opens it, or never end."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def project_table(path: str) -> dict[str, object] | None:
    """Returns the `[tool.clientsmith]` table of a `pyproject.toml`, or None if there is none.

    Raises:
        ProjectError: The file mentions clientsmith and is not valid TOML.
    """
    if is_special(path):
        return None
    try:
        with open(path, "rb") as stream:
            content = stream.read()
    except OSError:
        return None
    if b"clientsmith" not in content:
        return None
    try:
        table = read_toml(content.decode())
    except ValueError as error:
        raise ProjectError(f"invalid TOML: {error}", "pyproject.toml", hint="correct the file") from None
    tools = table.get("tool")
    own = cast("dict[str, object]", tools).get("clientsmith") if isinstance(tools, dict) else None
    return cast("dict[str, object]", own) if isinstance(own, dict) else None


def _project(root: str, table: dict[str, object]) -> Project:
    unknown = sorted(table.keys() - {"specs", "generated", "runtime"})
    if unknown:
        hint = "its keys are specs, generated and runtime"
        raise ProjectError(f"unknown key {unknown[0]!r} in [tool.clientsmith]", "pyproject.toml", hint=hint)
    folders = {key: _folder(key, table.get(key, key)) for key in ("specs", "generated")}
    return Project(root, folders["specs"], folders["generated"], _runtime(table.get("runtime", "vendored")))


def _folder(key: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ProjectError(f"{key!r} in [tool.clientsmith] must be a folder, as a string", "pyproject.toml")
    if os.path.isabs(value) or ".." in value.replace("\\", "/").split("/") or ":" in value:
        raise ProjectError(
            f"{key!r} in [tool.clientsmith] is outside the project: {value!r}",
            "pyproject.toml",
            hint="name a folder inside the project, relative to pyproject.toml",
            unsafe=True,
        )
    return os.path.normpath(value)


def _runtime(value: object) -> RuntimePlace:
    if value == "vendored":
        return "vendored"
    if value == "shared":
        return "shared"
    raise ProjectError(
        f"'runtime' in [tool.clientsmith] cannot be {value!r}",
        "pyproject.toml",
        hint='write "shared" for one copy of the runtime beside the clients, or "vendored" for one in each',
    )
