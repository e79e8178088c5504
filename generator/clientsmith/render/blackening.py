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
_UNCUTTABLE = re.compile(rf"\s*(?:\w+ as \w+|(?:\w+=|{_STRING}: )?(?:{_STRING}|[\w.]+)),?\Z")


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
    lines = text.split("\n")
    if any(len(line) > WIDTH for line in lines):
        for statement, depth in reversed(list(_too_long(tree, lines))):
            first = min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", []))])
            last = statement.end_lineno or statement.lineno
            lines[first - 1 : last] = _formatted(lines[first - 1 : last], depth)
        text = "\n".join(lines)
        tree = parsed(text, path)
    check_shape(tree, path)
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
    prose: set[int] = set()
    for child in (node, *getattr(node, "body", ())):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            prose.update(range(child.lineno, (child.end_lineno or child.lineno) + 1))
    return any(
        len(lines[i - 1]) > WIDTH and i not in prose and not _UNCUTTABLE.match(lines[i - 1])
        for i in range(node.lineno, last + 1)
    )


def _formatted(lines: list[str], depth: int) -> list[str]:
    import black

    context = ["class _:"] * depth
    source = "\n".join([*context, *lines]) + "\n"
    return black.format_str(source, mode=_mode()).rstrip("\n").split("\n")[len(context) :]


@cache
def _mode() -> Mode:
    from black.mode import Mode, TargetVersion

    return Mode(target_versions={TargetVersion.PY311})
