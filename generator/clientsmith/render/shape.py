"""The shape of generated code, checked behind the escaping: defence in depth.

Every generated file is parsed. Only the kinds of statement that templates print may stand at module and class level,
and only modules on a list may be imported; a text that broke out of its quotes is found before anything is written.
"""

from __future__ import annotations

import ast

_MODULES = frozenset(
    [
        "__future__",
        "builtins",
        "collections.abc",
        "dataclasses",
        "datetime",
        "decimal",
        "functools",
        "importlib",
        "json",
        "os",
        "typing",
        "uuid",
    ]
)
_TOP = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef, ast.Assign, ast.AnnAssign, ast.If)
_CLASS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.AnnAssign, ast.Assign, ast.Pass)


class ShapeError(Exception):
    """A generated file is not what templates print. `path` is the file, the message says what stands where."""

    def __init__(self, path: str, line: int, what: str) -> None:
        super().__init__(f"{path}:{line}: {what}")
        self.path = path


def parsed(text: str, path: str) -> ast.Module:
    """The syntax tree of a generated Python file.

    Raises:
        ShapeError: when it does not compile.
    """
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise ShapeError(path, getattr(error, "lineno", 0) or 0, f"does not compile: {error}") from error


def check_shape(tree: ast.Module, path: str) -> None:
    """Check the tree of a generated Python file.

    Raises:
        ShapeError: when it holds a statement or an import that no template prints.
    """
    _check(tree.body, path, _TOP)


def _check(body: list[ast.stmt], path: str, allowed: tuple[type[ast.stmt], ...]) -> None:
    for node in body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            continue
        if not isinstance(node, allowed):
            raise ShapeError(path, node.lineno, f"a statement of an unexpected kind, {type(node).__name__}")
        match node:
            case ast.Import(names):
                for alias in names:
                    if alias.name not in _MODULES:
                        raise ShapeError(path, node.lineno, f"an unexpected import, {alias.name!r}")
            case ast.ImportFrom(module, _, level):
                if level == 0 and module not in _MODULES:
                    raise ShapeError(path, node.lineno, f"an unexpected import, {module!r}")
            case ast.ClassDef():
                _check(node.body, path, _CLASS)
            case ast.If():
                match ast.unparse(node.test):
                    case "TYPE_CHECKING":
                        _check(node.body + node.orelse, path, _TOP)
                    case "'.' not in __name__" if path == "__init__.py":
                        _check(node.body + node.orelse, path, (ast.Raise,))
                    case _:
                        raise ShapeError(path, node.lineno, "an unexpected condition")
            case _:
                continue
