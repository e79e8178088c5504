"""Compiled templates, kept where Python keeps compiled modules: compiling them anew costs more than rendering them."""

from __future__ import annotations

import contextlib
import os
import sys
from hashlib import sha256
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket


class TemplateBytecode(jinja2.BytecodeCache):
    """Keeps the code of templates in the `__pycache__` of this package.

    A template that changed is compiled anew (Jinja compares its source), and so are all when Jinja or the options of
    the environment are others. What cannot be read or written is compiled as if it were not there.
    """

    def __init__(self, options: object) -> None:
        self.folder = Path(__file__).with_name("__pycache__")
        self.suffix = sha256(f"{jinja2.__version__} {options!r}".encode()).hexdigest()[:12]

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError, EOFError, ValueError, TypeError), self._path(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        path = self._path(bucket)
        part = path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            with part.open("wb") as file:
                bucket.write_bytecode(file)
            part.replace(path)

    def _path(self, bucket: Bucket) -> Path:
        return self.folder / f"template-{bucket.key}.{sys.implementation.cache_tag}-{self.suffix}.jinja"
