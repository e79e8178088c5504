"""Changes of many files at once: all of them, or none.

New files are first written beside their destinations, so that a full disk is noticed before anything has changed. Only
moving them can then fail half-way: that is undone, and Ctrl-C or SIGTERM waits until it is over. What a run that was
killed has left beside its destinations is deleted by `sweep`. Does not decide which files.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import threading
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_TEMPORARY = re.compile(r"\.clientsmith-(\d+)-\d+\.tmp")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


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


def is_temporary(name: str) -> bool:
    """Returns whether a file of this name is one that a run, which may be over, wrote beside a destination."""
    return _TEMPORARY.fullmatch(name) is not None


def sweep(folder: Path, others: Iterable[Path] = ()) -> None:
    """Deletes what runs that are over have left in or below a folder, and in others.

    Raises:
        OSError: The system refuses it.
    """
    for found in (folder.rglob(".clientsmith-*.tmp"), *(other.glob(".clientsmith-*.tmp") for other in others)):
        for path in found:
            name = _TEMPORARY.fullmatch(path.name)
            if name is not None and not _is_running(int(name[1])) and stat.S_ISREG(path.lstat().st_mode):
                path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if os.name != "posix":
        # There, a signal of 0 would end the process: its files stay, and `check` reports them.
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


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
    """Delays Ctrl-C and SIGTERM until the block is over, which takes milliseconds, so that no package is left
    half-written."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    delayed: list[int] = []

    def remember(number: int, frame: FrameType | None) -> None:
        delayed.append(number)

    before = {number: signal.signal(number, remember) for number in _SIGNALS}
    try:
        yield
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)
        for number in dict.fromkeys(delayed):
            signal.raise_signal(number)
