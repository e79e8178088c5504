"""Changes of many files at once: all of them, or none.

New files are first written beside their destinations, so that a full disk is noticed before anything has changed. Only
moving them can then fail half-way: that is undone, and Ctrl-C waits until it is over. Does not decide which files.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType


def commit(texts: Mapping[Path, bytes], removed: list[Path], folder: Path) -> None:
    """Makes all of a change, or nothing of it.

    Args:
        texts: Absolute path to content; missing folders are created.
        removed: Files to delete. Folders below `folder` that are empty then are deleted too.
        folder: Never deleted itself.

    Raises:
        OSError: The system refuses a step; the steps before it are undone.
    """
    staged: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, content in sorted(texts.items()):
            made += _folders_made(path.parent)
            temporary = path.parent / f".clientsmith-{os.getpid()}-{len(staged)}.tmp"
            staged[path] = temporary
            _write_new(temporary, content)
        with _uninterrupted():
            _move(staged, removed)
            _prune({path.parent for path in removed}, folder)
        made = []
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
        for parent in reversed(made):
            # Another process may have put something into it meanwhile; then it stays.
            _try_rmdir(parent)


def _write_new(path: Path, content: bytes) -> None:
    """Writes a new file; fails if something has its name already, a link included."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def _move(staged: Mapping[Path, Path], removed: list[Path]) -> None:
    before: dict[Path, bytes | None] = {}
    try:
        for path, temporary in staged.items():
            before[path] = path.read_bytes() if path.exists() else None
            os.replace(temporary, path)
        for path in removed:
            before[path] = path.read_bytes()
            path.unlink()
    except OSError:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        raise


def _folders_made(folder: Path) -> list[Path]:
    """Creates a folder and those above it; returns those that did not exist, outermost first."""
    missing: list[Path] = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    missing.reverse()
    made: list[Path] = []
    try:
        for path in missing:
            path.mkdir()
            made.append(path)
    except OSError:
        for path in reversed(made):
            _try_rmdir(path)
        raise
    return made


def _prune(folders: set[Path], top: Path) -> None:
    """Deletes folders that contain nothing but bytecode, from the inside out, and never `top` itself."""
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        current = folder
        while current != top and current.is_relative_to(top) and current.is_dir():
            cache = current / "__pycache__"
            if [entry for entry in current.iterdir() if entry != cache]:
                break
            if cache.is_dir() and not cache.is_symlink() and all(entry.suffix == ".pyc" for entry in cache.iterdir()):
                shutil.rmtree(cache)
            if not _try_rmdir(current):
                break
            current = current.parent


def _try_rmdir(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True


@contextmanager
def _uninterrupted() -> Generator[None]:
    """Delays Ctrl-C until the block is over, which takes milliseconds, so that no package is left half-written."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    interrupted = False

    def remember(number: int, frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True

    before = signal.signal(signal.SIGINT, remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if interrupted:
            raise KeyboardInterrupt
