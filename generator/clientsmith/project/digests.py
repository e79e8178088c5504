"""Which files a folder contains, and what their content is, as digests: of inputs, of outputs, of clientsmith itself.

A digest is the sha256 in hexadecimal. `lock` compares them with what was recorded. `folders` explains why this module
imports little.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import os
from collections.abc import Iterable


def is_inside(path: str) -> bool:
    """Returns whether a relative name with `/` stays in its folder, on every platform."""
    parts = path.split("/")
    return not any(part in ("", ".", "..") or any(c in part for c in ("\\", ":", "\0")) for part in parts)


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def file_digest(path: str) -> str | None:
    """Returns the digest of a regular file; None if there is none, or if it cannot be read."""
    try:
        # A FIFO or a device would block or never end.
        if not os.path.isfile(path):
            return None
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def input_digest(path: str) -> str | None:
    """Returns the digest of an input: of a file its content, of a folder (`pages/`) the names of the files in it."""
    if path.endswith("/"):
        return digest_of("\n".join(sorted(files_present(path))).encode("utf-8", "surrogateescape"))
    return file_digest(path)


@functools.cache
def tool_digest() -> str:
    """Returns one digest of everything that decides the output: our modules, our templates, the version of black."""
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


_NOT_CODE = ("templates/", "drift/", "cli/", "sdks/", "upstream/", "__main__.py", "project/docs.py")
"""Files that do not influence the output, and the templates, which have a label of their own."""


def templates_folder() -> str:
    """Returns the folder of the templates: in the installed package, or else beside the source tree."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    packaged = os.path.join(package, "templates")
    return packaged if os.path.isdir(packaged) else os.path.join(package, "..", "..", "templates")


def _files_below(folder: str) -> Iterable[str]:
    start = len(os.path.join(folder, ""))
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            yield os.path.join(base, name)[start:].replace(os.sep, "/")


def files_present(folder: str) -> Iterable[str]:
    """Returns the files of a folder, by relative name with `/`, without bytecode and hidden files.

    A link to a folder is not followed, but listed: clientsmith did not write it.
    """
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        for name in (*names, *(name for name in folders if os.path.islink(os.path.join(base, name)))):
            if not name.startswith(".") and not name.endswith(".pyc"):
                yield os.path.relpath(os.path.join(base, name), folder).replace(os.sep, "/")
