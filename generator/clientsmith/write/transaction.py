"""Many files changed at once: whole, or not at all.

New files are laid down in full beside their places, so that a full disk shows before anything has changed. Only moving
them can then fail half-way: that is undone, and Ctrl-C waits until it is over. Decides nothing about which files.
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
    """All of a change, or nothing of it.

    Args:
        texts: absolute path to content; folders are made where they are missing.
        removed: files to delete, and after them folders below `folder` that hold nothing any more.
        folder: never deleted itself.

    Raises:
        OSError: the system refuses; what was done is undone.
    """
    staged: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, content in sorted(texts.items()):
            made += _folders_made(path.parent)
            temporary = path.parent / f".clientsmith-{os.getpid()}-{len(staged)}.tmp"
            staged[path] = temporary
            _lay_down(temporary, content)
        with _uninterrupted():
            _move(staged, removed)
            _prune({path.parent for path in removed}, folder)
        made = []
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
        for parent in reversed(made):
            # Somebody else may have put something into it meanwhile; then it stays.
            _try_rmdir(parent)


def _lay_down(path: Path, content: bytes) -> None:
    """A new file; fails when something is there already, a link included."""
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
    """Make a folder and those above it; returns those that were not there, outermost first."""
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
    """Delete folders that hold nothing any more but bytecode, from the inside out, and never `top` itself."""
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        current = folder
        while current != top and current.is_relative_to(top):
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
    """Hold Ctrl-C back until the block is over. It takes milliseconds; a torn package would cost somebody an hour."""
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
