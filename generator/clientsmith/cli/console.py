"""Diagnostics as text with lines of code, and as JSON; and the progress of a run.

Decides how they look, how many of a kind are shown, and which files are quoted. All text passes `safe_text.visible`.
"""

from __future__ import annotations

import bisect
import codecs
import os
import threading
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import accumulate
from pathlib import Path
from typing import TextIO, TypeAlias, overload

from clientsmith.cli.safe_text import cut, visible
from clientsmith.diagnostics import Diagnostic, Location, Severity
from clientsmith.drift.rules import RULE_OF

Lines: TypeAlias = Callable[[str], Sequence[str]]
"""Returns the lines of a file, given its name as shown; empty if it must not be quoted."""

MOST_OF_A_SLUG = 50
"""How many diagnostics of one slug are shown of a run; the others are counted."""

WIDTH = 160
"""The most characters of a line of code; a longer one is cut around the column of the diagnostic."""

LONGEST_MESSAGE = 1000

MOST_REPEATED = 3
"""Further locations of one diagnostic that are printed; `--json` has all."""

_BLOCK = 4096
"""Characters between two positions of a file whose lines are known."""

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}

# ---------------------------------------------------------------------------------------------------- diagnostics


def render_diagnostic(diagnostic: Diagnostic, lines: Lines, *, colour: bool = False) -> str:
    """Returns a diagnostic as it is printed, without a newline at the end.

        specs/acme/openapi.yaml:41:15: error: nothing at '#/components/schemas/Imgae' [unresolved-ref]
           40 |       cover:
        -> 41 |         $ref: '#/components/schemas/Imgae'
           42 |       size: {type: string}
        hint: did you mean '#/components/schemas/Image' (line 88)?

    Args:
        diagnostic: A location whose line was looked up (`Report.located`) is shown with code, others by pointer.
        lines: The source of the code, see `source_lines`.
        colour: Whether to add the escape sequences of a terminal.
    """
    paint = _painted if colour else _plain
    kind = paint(diagnostic.severity, _COLOURS[diagnostic.severity])
    message = visible(cut(diagnostic.message, LONGEST_MESSAGE))
    # Escaped as a whole: the name of a file may begin with what a CI system takes for a command.
    place = paint(visible(f"{diagnostic.location}:"), "1")
    parts = [f"{place} {kind}: {message} [{diagnostic.slug}]"]
    parts += _frame(diagnostic.location, lines)
    for label, location in diagnostic.also:
        parts.append(f"{paint(visible(f'{location}:'), '1')} {visible(label)}")
        parts += _frame(location, lines)
    if diagnostic.repeated:
        parts.append(visible(_repeated(diagnostic.repeated)))
    if diagnostic.hint:
        parts.append(f"hint: {visible(cut(diagnostic.hint, LONGEST_MESSAGE))}")
    return "\n".join(parts)


def _repeated(locations: Sequence[Location]) -> str:
    """`the same at openapi.yaml:12:5, openapi.yaml:40:5, openapi.yaml:61:5 and in 19 more places`."""
    shown = ", ".join(map(str, locations[:MOST_REPEATED]))
    more = len(locations) - MOST_REPEATED
    return f"the same at {shown}" + (f" and in {more} more place{'s' if more > 1 else ''}" if more > 0 else "")


def _frame(location: Location, lines: Lines) -> list[str]:
    """Returns the line of a location, between its neighbours."""
    if not location.line:
        return []
    code = lines(location.file)
    if location.line > len(code):
        return []
    first, last = max(1, location.line - 1), min(len(code), location.line + 1)
    width = len(str(last))
    start = max(0, location.column - WIDTH // 2) if location.column > WIDTH else 0
    frame: list[str] = []
    for number in range(first, last + 1):
        arrow = "->" if number == location.line else "  "
        frame.append(f"{arrow} {number:>{width}} | {_window(code[number - 1], start)}".rstrip())
    return frame


def _window(line: str, start: int) -> str:
    text = line.rstrip("\r\n").replace("\t", "    ")
    return visible(("…" if 0 < start < len(text) else "") + cut(text[start:], WIDTH))


class FileLines(Sequence[str]):
    """The lines of a file in UTF-8, of which only a few are needed: only these are decoded.

    Only "\\n" ends a line, as in the readers; `splitlines` would also break at U+2028.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content = content.removeprefix(codecs.BOM_UTF8)
        counts = (content.count(b"\n", start, start + _BLOCK) for start in range(0, len(content), _BLOCK))
        self._before = list(accumulate(counts, initial=0))

    def __len__(self) -> int:
        return self._before[-1] + 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        block = max(0, bisect.bisect_left(self._before, index) - 1)
        start = block * _BLOCK
        for _ in range(index - self._before[block]):
            start = self._content.index(b"\n", start) + 1
        end = self._content.find(b"\n", start)
        return self._content[start : end if end >= 0 else None].decode("utf-8", "replace")


def source_lines(folder: Path, declared: Collection[str]) -> Lines:
    """Returns the source of quoted lines.

    Args:
        folder: The folder that names are relative to.
        declared: The files that the user named. No other file is quoted, since a `$ref` may lead to any file beside the
            document, and must not print what it contains.
    """
    cache: dict[str, FileLines | tuple[()]] = {}

    def read(file: str) -> Sequence[str]:
        if file not in declared:
            return ()
        if file not in cache:
            path = folder / file
            try:
                cache[file] = FileLines(path.read_bytes()) if path.is_file() else ()
            except (OSError, ValueError):
                cache[file] = ()
        return cache[file]

    return read


def limited(diagnostics: Iterable[Diagnostic]) -> tuple[list[Diagnostic], dict[str, int]]:
    """Returns the first diagnostics of each slug, and by slug how many more there are."""
    shown: list[Diagnostic] = []
    counts: dict[str, int] = {}
    for diagnostic in diagnostics:
        counts[diagnostic.slug] = counts.get(diagnostic.slug, 0) + 1
        if counts[diagnostic.slug] <= MOST_OF_A_SLUG:
            shown.append(diagnostic)
    return shown, {slug: count - MOST_OF_A_SLUG for slug, count in counts.items() if count > MOST_OF_A_SLUG}


def diagnostic_json(diagnostic: Diagnostic) -> dict[str, object]:
    """Returns a diagnostic for `--json`: the keys of `Diagnostic`, and those of its location beside them."""
    return {
        "slug": diagnostic.slug,
        "rule": RULE_OF.get(diagnostic.slug),
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        **asdict(diagnostic.location),
        "also": [{"label": label, **asdict(location)} for label, location in diagnostic.also],
        "repeated": [asdict(location) for location in diagnostic.repeated],
        "hint": diagnostic.hint,
    }


# ------------------------------------------------------------------------------------------------------- terminal


def wants_colour(stream: TextIO) -> bool:
    """Returns whether to use colours: on a terminal that has them, unless NO_COLOR is set (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def progress(label: str, stream: TextIO, *, after: float = 0.3) -> Generator[None]:
    """Shows what is being done once it takes longer than `after` seconds; on terminals only, and erased at the end."""
    if not stream.isatty():
        yield
        return
    line = f"{visible(label)} ..."
    lock = threading.Lock()
    shown = False

    def show() -> None:
        nonlocal shown
        with lock:
            shown = True
            stream.write(line)
            stream.flush()

    timer = threading.Timer(after, show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with lock:
            if shown:
                stream.write("\r" + " " * len(line) + "\r")
                stream.flush()


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _plain(text: str, code: str) -> str:
    return text
