"""Generated text as black leaves it: black itself formats the statements that need it, and only those.

`layout` already prints what black would; only a statement that still has a line to cut is given to black, alone: black
formats a statement by itself exactly as it does within its file. Giving it whole files would cost more than all other
stages together.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from clientsmith.escape import WIDTH
from clientsmith.render.shape import check_shape, parsed

if TYPE_CHECKING:
    from black.mode import Mode

# Lines that nothing can make shorter: one name, or one string, perhaps behind its key or keyword.
_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_UNCUTTABLE = re.compile(
    rf"\s*(?:\w+ as \w+|(?:\w+=|{_STRING}: )?(?:{_STRING}|[\w.]+)|(?:async )?def \w+\(|\w+=[\w.]+\(|\w+: [\w.]+,"
    rf"|\| \w+|{_STRING}: \w+\(),?\Z"
)


_STAND_IN = '"""."""'


def finish(text: str, path: str) -> str:
    """Generated text as black leaves it, its shape checked.

    Args:
        text: a Python file as the templates print it.
        path: for messages.

    Raises:
        ShapeError: see `shape`.
    """
    text = re.sub(r"\n{4,}", "\n\n\n", text).strip("\n") + "\n"
    tree = parsed(text, path)
    check_shape(tree, path)
    lines = text.split("\n")
    if any(len(line) > WIDTH for line in lines):
        for statement, depth in reversed(list(_too_long(tree, lines))):
            first = min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", []))])
            last = statement.end_lineno or statement.lineno
            lines[first - 1 : last] = _formatted(lines, first - 1, last, _prose(statement), depth)
        text = "\n".join(lines)
    return text


def _too_long(tree: ast.Module, lines: list[str]) -> Iterator[tuple[ast.stmt, int]]:
    """The smallest statements at module and class level that hold a line to cut, and how deep they stand."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for member in node.body:
                if _has_long_code(member, lines):
                    yield member, 1
        elif not isinstance(node, (ast.Import, ast.ImportFrom, ast.If)) and _has_long_code(node, lines):
            yield node, 0


def _has_long_code(node: ast.stmt, lines: list[str]) -> bool:
    """Whether a line is too long that is no text of a docstring and can be cut."""
    last = node.end_lineno or node.lineno
    if all(len(lines[i - 1]) <= WIDTH for i in range(node.lineno, last + 1)):
        return False
    start, end = _prose(node)
    return any(
        len(lines[i]) > WIDTH and not start <= i < end and not _UNCUTTABLE.match(lines[i])
        for i in range(node.lineno - 1, last)
    )


def _prose(node: ast.stmt) -> tuple[int, int]:
    """The lines of a definition's docstring, or of a docstring by itself: the first, and the one behind the last."""
    for child in (node, *getattr(node, "body", ())[:1]):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            return child.lineno - 1, child.end_lineno or child.lineno
    return 0, 0


def _formatted(lines: list[str], first: int, last: int, prose: tuple[int, int], depth: int) -> list[str]:
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
