"""Generated text as black leaves it: black itself formats the statements that need it, and only those.

`layout` prints what black would; only a statement that still has a line to break is given to black, alone: black
formats a statement by itself exactly as it does within its file. Giving it whole files would cost more than all other
stages together, and importing it as much as a small package.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from clientsmith.escape import WIDTH
from clientsmith.render.structure import check_lines, parsed

if TYPE_CHECKING:
    from black.mode import Mode

# Lines that nothing can make shorter: one name, or one string, perhaps behind its key or keyword.
_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_UNBREAKABLE = re.compile(
    rf"\s*(?:\w+ as \w+|(?:\w+=|{_STRING}: )?(?:{_STRING}|[\w.]+)|(?:async )?def \w+\(|\w+=[\w.]+\(|\w+: [\w.]+,"
    rf"|\| [\w.]+|{_STRING}: \w+\(|\w+ = \w+\(),?\Z"
)
_DOCSTRING = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*+"""', re.DOTALL)
_TOO_LONG = re.compile(rf"^.{{{WIDTH + 1},}}$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{4,}")

_STAND_IN = '"""."""'


def finish(text: str, path: str) -> str:
    """Returns generated text as black leaves it, checked.

    Args:
        text: a Python file as the templates print it.
        path: for messages.

    Raises:
        StructureError: see `structure`.
    """
    text = _BLANK_LINES.sub("\n\n\n", text).strip("\n") + "\n"
    check_lines(text, path)
    return _formatted(text, path) if _has_line_to_break(text) else text


def _has_line_to_break(text: str) -> bool:
    """Whether a line is too long that is not in a docstring and can be broken."""
    if _TOO_LONG.search(text) is None:
        return False
    code = _DOCSTRING.sub("", text)
    return any(not _UNBREAKABLE.match(found[0]) for found in _TOO_LONG.finditer(code))


def _formatted(text: str, path: str) -> str:
    """Returns the text with the statements formatted by black that have a line to break."""
    lines = text.split("\n")
    for statement, depth in reversed(list(_too_long(parsed(text, path), lines))):
        first = min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", []))])
        last = statement.end_lineno or statement.lineno
        lines[first - 1 : last] = _formatted_lines(lines, first - 1, last, _prose(statement), depth)
    return "\n".join(lines)


def _too_long(tree: ast.Module, lines: list[str]) -> Iterator[tuple[ast.stmt, int]]:
    """Yields the smallest statements at module and class level that have a line to break, and their depth."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for member in node.body:
                if _has_long_code(member, lines):
                    yield member, 1
        elif not isinstance(node, (ast.Import, ast.ImportFrom, ast.If)) and _has_long_code(node, lines):
            yield node, 0


def _has_long_code(node: ast.stmt, lines: list[str]) -> bool:
    last = node.end_lineno or node.lineno
    if all(len(lines[i - 1]) <= WIDTH for i in range(node.lineno, last + 1)):
        return False
    start, end = _prose(node)
    return any(
        len(lines[i]) > WIDTH and not start <= i < end and not _UNBREAKABLE.match(lines[i])
        for i in range(node.lineno - 1, last)
    )


def _prose(node: ast.stmt) -> tuple[int, int]:
    """Returns the lines of a definition's docstring, or of a docstring by itself: the first, and the one after it."""
    for child in (node, *getattr(node, "body", ())[:1]):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            return child.lineno - 1, child.end_lineno or child.lineno
    return 0, 0


def _formatted_lines(lines: list[str], first: int, last: int, prose: tuple[int, int], depth: int) -> list[str]:
    import black

    context = ["class _:"] * depth
    start, end = prose
    # The docstring is as black leaves it already, and most of the text: a short one stands in for it.
    cut = [f"{' ' * 4 * (depth + 1)}{_STAND_IN}"] if end else []
    source = [*context, *lines[first : start if end else last], *cut, *(lines[end:last] if end else [])]
    done = black.format_str("\n".join(source) + "\n", mode=_mode()).rstrip("\n").split("\n")[len(context) :]
    if end:
        at = next(i for i, line in enumerate(done) if line.strip() == _STAND_IN)
        done[at : at + 1] = lines[start:end]
    return done


@cache
def _mode() -> Mode:
    from black.mode import Mode, TargetVersion

    return Mode(target_versions={TargetVersion.PY311})
