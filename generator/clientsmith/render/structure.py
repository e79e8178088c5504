"""The structure of generated code, checked behind the escaping: defence in depth.

Only the statements that templates print may occur, and only modules on a list may be imported; a text that broke out of
its quotes is found before anything is written. There are two checks of the same rule:

    check_lines   of every file on its way to the disk: strings are masked, then the lines are searched
    check_tree    of the syntax tree, nine times as expensive: in tests, and when a project is checked

Why the first is as safe: text of a document enters generated Python in string literals alone, so text that is not
masked has left its quotes. To pass it would have to be made of the few characters and keywords that generated code has
outside of strings (no operator but `|`, `=` and `.`, one comment, no backslash, no quote that is left over), import
nothing, and call nothing in a statement of its own. The tree checks no more than that: it looks at statements and
imports, not into expressions.
"""

from __future__ import annotations

import ast
import re

_MODULES = frozenset(
    [
        "__future__",
        "builtins",
        "collections.abc",
        "dataclasses",
        "datetime",
        "decimal",
        "functools",
        "json",
        "os",
        "typing",
        "uuid",
    ]
)
_TOP = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef, ast.Assign, ast.AnnAssign, ast.If)
_CLASS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.AnnAssign, ast.Assign, ast.Pass)

_SKIP = re.compile(r"\n( *[\])])  # fmt: skip(?=\n)")
_STRING = re.compile(
    r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*+"""'  # over several lines
    r'|"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*+"'
    r"|'[^'\\\n]*(?:\\[^\n][^'\\\n]*)*+'",
    re.DOTALL,
)
_MODULE = rf"(?:\.[\w.]*|{'|'.join(re.escape(name) for name in sorted(_MODULES))})"
_KEYWORDS = "while|for|with|try|except|finally|global|nonlocal|del|assert|yield|pass|break|continue"
_OLD_NAME = r"lambda[ ]core:[ ][\w.]+\("
"""The one function in an expression that is printed: it returns the method that an old name leads to."""
_IMPORT = rf"[ ]* from[ ]{_MODULE}[ ]import[ ](?:\(|\*|[\w ,]+) $ | [ ]* import[ ]{_MODULE}(?:[ ]as[ ]\w+)? $"
CODE_CHARACTERS = r"\w\s.,=:|*()\[\]{}@>\-"
"""The characters that generated code has outside of strings, as a part of a regular expression's set."""
_FOREIGN = tuple(
    re.compile(pattern, re.VERBOSE | re.MULTILINE | re.ASCII)
    for pattern in (
        rf"[^{CODE_CHARACTERS}\0]",
        r"@ (?! dataclass\(slots=True,[ ]kw_only=True\)\n | overload\n )",
        r"> (?<!->) | - (?![\d>])",  # but for arrows and negative numbers
        rf"\b (?: {_KEYWORDS} | (?! {_OLD_NAME} ) lambda ) \b",
        r"\0[ ]* (?! not[ ]in[ ] ) [\w\0]",  # a string beside something without an operator
        r"\0 (?: (?<=\w\0) (?<! \bf\0 ) | (?<=\w[ ]\0) (?<! \breturn[ ]\0 ) (?<! \bif[ ]\0 ) )",
    )
)
"""One by one: a search for a pattern whose first character is known is many times as fast as one for any of several."""
_OTHER_IMPORT = re.compile(rf"(?! {_IMPORT} ) .* \b (?:import|from) \b", re.VERBOSE | re.MULTILINE | re.ASCII)
"""A line that imports another module."""

_CALL = re.compile(r"[ ]*(?!super\()[\w.]+\(", re.ASCII)
_OPEN = (",", "(", "[", "{")
"""How a line ends that the next one belongs to."""


class StructureError(Exception):
    """A generated file is not what templates print. `path` is the file."""

    def __init__(self, path: str, line: int, what: str) -> None:
        super().__init__(f"{path}:{line}: {what}")
        self.path = path


def check_lines(text: str, path: str) -> None:
    """Check the lines of a generated Python file.

    Raises:
        StructureError: when something that no template prints is outside of its strings.
    """
    if "\0" in text:
        raise StructureError(path, 0, "a null character")
    masked = _STRING.sub("\0", text)
    if "# fmt: skip" in masked:
        masked = _SKIP.sub(r"\n\1", masked)  # the one comment that is printed
    lines = masked.split("\n")
    distinct = set(lines)
    searched = "\n".join(distinct) + "\n"
    importing = [line for line in distinct if "import" in line or "from" in line]
    matches = [*(pattern.search(searched) for pattern in _FOREIGN), *map(_OTHER_IMPORT.match, importing)]
    for found in filter(None, matches):
        raise StructureError(path, 0, f"unexpected outside of strings: {found[0].strip()[:60]!r}")
    calls = {line for line in distinct if "(" in line and _CALL.match(line)}
    before = ""
    for line in lines:
        if line in calls and not before.endswith(_OPEN):
            raise StructureError(path, 0, f"a call is a statement: {line.strip()[:60]!r}")
        before = line or before
    for opening, closing in ("()", "[]", "{}"):
        if masked.count(opening) != masked.count(closing):
            raise StructureError(path, 0, f"a bracket is not closed, {opening!r}")


def parsed(text: str, path: str) -> ast.Module:
    """The syntax tree of a generated Python file.

    Raises:
        StructureError: when it does not compile.
    """
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise StructureError(path, getattr(error, "lineno", 0) or 0, f"does not compile: {error}") from error


def check_tree(text: str, path: str) -> None:
    """Check the syntax tree of a generated Python file.

    Raises:
        StructureError: when it does not compile, or holds a statement or an import that no template prints.
    """
    _check(parsed(text, path).body, path, _TOP)


def _check(body: list[ast.stmt], path: str, allowed: tuple[type[ast.stmt], ...]) -> None:
    for node in body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            continue
        if not isinstance(node, allowed):
            raise StructureError(path, node.lineno, f"a statement of an unexpected kind, {type(node).__name__}")
        match node:
            case ast.Import(names):
                for alias in names:
                    if alias.name not in _MODULES:
                        raise StructureError(path, node.lineno, f"an unexpected import, {alias.name!r}")
            case ast.ImportFrom(module, _, level):
                if level == 0 and module not in _MODULES:
                    raise StructureError(path, node.lineno, f"an unexpected import, {module!r}")
            case ast.ClassDef():
                _check(node.body, path, _CLASS)
            case ast.If():
                match ast.unparse(node.test):
                    case "TYPE_CHECKING":
                        _check(node.body + node.orelse, path, _TOP)
                    case "'.' not in __name__" if path == "__init__.py":
                        _check(node.body + node.orelse, path, (ast.Raise,))
                    case _:
                        raise StructureError(path, node.lineno, "an unexpected condition")
            case _:
                continue
