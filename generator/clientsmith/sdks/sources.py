"""The source of an installed SDK: its folder, found without importing it, and the syntax trees of its modules.

Decides which files are read. Nothing of an SDK is ever imported or run.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import warnings
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

MOST_FILES = 20_000
LARGEST = 4 << 20
"""The most bytes of one file; a larger one is not read."""
MOST_BYTES = 256 << 20
"""The most bytes of all files that are parsed."""


_METHOD = re.compile(rb"\(\s*self\b")


class SdkError(Exception):
    """There is no such package, or nothing of it can be read. `hint` states the fix."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def find_source(package: str) -> Path:
    """Returns the folder of a package, or its one file.

    Args:
        package: the name by which it is imported or installed, or the path of a folder.

    Raises:
        SdkError: There is no such package.
    """
    if os.sep in package or "/" in package or package in (".", ".."):
        folder = Path(package)
        if not folder.is_dir():
            raise SdkError(f"there is no folder {package!r}", "name the folder that contains the source of the package")
        return folder.resolve()
    found = next(filter(None, map(_place_of, _import_names(package))), None)
    if found is None and os.path.isdir(package):
        return Path(package).resolve()
    if found is None:
        raise SdkError(
            f"there is no package {package!r} in the environment of clientsmith",
            f"install it there: python -m pip install {package}; or name the folder of its source"
            if package.replace("-", "").replace("_", "").replace(".", "").isalnum()
            else "name a package that is installed, or the folder of its source",
        )
    return found


def _import_names(package: str) -> Iterator[str]:
    """Yields what a package could be imported as: `deepgram` for `deepgram-sdk`, which is what is installed."""
    if package.isidentifier():
        yield package
    try:
        files = metadata.distribution(package).files or []
    except (metadata.PackageNotFoundError, ValueError):
        return
    tops = {str(path).partition("/")[0].removesuffix(".py") for path in files if path.suffix == ".py"}
    yield from sorted(top for top in tops if top.isidentifier())


def _place_of(name: str) -> Path | None:
    try:
        # Of a name without a dot, nothing is imported.
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    for place in spec.submodule_search_locations or ():
        if os.path.isdir(place):
            return Path(place).resolve()
    return Path(spec.origin).resolve() if spec.origin and spec.origin.endswith(".py") else None


def trees(source: Path) -> dict[str, tuple[ast.Module, bool]]:
    """Returns the syntax tree of each module, by its name in the folder (`resources.jobs`; empty for the package
    itself), and whether it is a package. What cannot be parsed is left out, as are links, hidden files and tests.

    Raises:
        SdkError: The folder has too many files.
    """
    result: dict[str, tuple[ast.Module, bool]] = {}
    total = 0
    for path, parts in _python_files(source):
        content = _content(path)
        is_package = path.name == "__init__.py"
        # Classes of data have no methods, and are most of a package.
        if not content or not (is_package or _METHOD.search(content)):
            continue
        total += len(content)
        if total > MOST_BYTES:
            raise SdkError(f"{source} has more than {MOST_BYTES} bytes of source", "name the folder of one package")
        tree = _tree(content)
        if tree is not None:
            result[".".join(parts)] = (tree, is_package)
    return result


def _python_files(root: Path) -> Iterable[tuple[Path, tuple[str, ...]]]:
    """Yields the files of a package, sorted, with the parts of their module's name. Links are not followed."""
    if root.is_file():
        yield root, ()
    count = 0
    for base, folders, names in os.walk(root):
        folders[:] = sorted(
            name for name in folders if name.isidentifier() and name not in ("__pycache__", "tests") and name[0] != "."
        )
        above = Path(base).relative_to(root).parts
        for name in sorted(names):
            path = Path(base, name)
            if not name.endswith(".py") or path.is_symlink():
                continue
            count += 1
            if count > MOST_FILES:
                raise SdkError(f"{root} has more than {MOST_FILES} files", "name the folder of one package")
            stem = name.removesuffix(".py")
            yield path, above if stem == "__init__" else (*above, stem)


def _content(path: Path) -> bytes:
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return b""
        return path.read_bytes()
    except OSError:
        return b""


def _tree(content: bytes) -> ast.Module | None:
    with warnings.catch_warnings():
        # The SDK's own invalid escapes are not ours to report.
        warnings.simplefilter("ignore")
        try:
            return ast.parse(content)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
