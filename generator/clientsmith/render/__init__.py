"""Render: a package, fully decided, becomes text. Jinja and black live here and nowhere else.

- In: `view.Package`. Out: `Files`, relative path to text.
- Templates print, they decide nothing: `PLAN` says which one is rendered how often into which path.
- Text of a document passes `docstring` or `literal` (see `escape`); printing any other plain string is an error.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from clientsmith.escape import docstring, literal
from clientsmith.render import layout, pages
from clientsmith.render.documentation import documented
from clientsmith.render.shape import check_shape
from clientsmith.view import Code, Package

Files = Mapping[str, str]
"""Relative path (with `/`) to text (LF)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One template of the plan: rendered once for each of `parts(package)`, into `path(part)`."""

    template: str
    parts: Callable[[Package], Iterable[Any]]
    path: Callable[[Any], str]


PLAN: tuple[Step, ...] = (
    Step("__init__.py.j2", lambda package: [package], lambda _: "__init__.py"),
    Step("_client.py.j2", lambda package: [package.client], lambda _: "_client.py"),
    Step("resource.py.j2", lambda package: package.resources, lambda resource: f"{resource.module}.py"),
    Step("models/__init__.py.j2", lambda package: [package], lambda _: "models/__init__.py"),
    Step("models/module.py.j2", lambda package: package.models, lambda module: f"models/{module.name}.py"),
    Step("errors.py.j2", lambda package: [package], lambda _: "errors.py"),
    Step("testing.py.j2", lambda package: [package], lambda _: "testing.py"),
    Step("API.md.j2", lambda package: [package], lambda _: "API.md"),
)


def render(package: Package) -> dict[str, str]:
    """The text of every file of a package, its copy of the runtime included.

    Raises:
        ShapeError: when a file is not of the shape that generated code has: a mistake of ours, never the document's.
    """
    files: dict[str, str] = {}
    environment = _environment()
    for step in PLAN:
        template = environment.get_template(step.template)
        for part in step.parts(package):
            path = step.path(part)
            text = template.render(package=package, part=part)
            files[path] = finish(text, path) if path.endswith(".py") else text
    files["py.typed"] = ""
    files.update({f"_runtime/{name}": text for name, text in runtime_files().items()})
    return dict(sorted(files.items()))


def runtime_files() -> dict[str, str]:
    """The runtime's modules as they stand, by name."""
    folder = Path(__file__).parent.parent / "runtime"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))} | {"py.typed": ""}


def templates_folder() -> Path:
    """Where the templates are: in the installed package, else in the repository."""
    packaged = Path(__file__).parent.parent / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "templates"


def finish(text: str, path: str) -> str:
    """Generated text as black leaves it, its shape checked.

    Only top-level definitions that still have a line that is too long are given to black, one by one: black formats a
    definition alone exactly as it does within its file.
    """
    text = re.sub(r"\n{4,}", "\n\n\n", text).strip("\n") + "\n"
    if any(len(line) > layout.WIDTH for line in text.splitlines()):
        text = _blackened(text)
    check_shape(text, path)
    return text


def _blackened(text: str) -> str:
    lines = text.splitlines()
    tree = ast.parse(text)
    for node in reversed(tree.body):
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        last = node.end_lineno or node.lineno
        if not _has_long_code(node, lines, first, last):
            continue
        lines[first - 1 : last] = _format("\n".join(lines[first - 1 : last]) + "\n").rstrip("\n").split("\n")
    return "\n".join(lines) + "\n"


def _has_long_code(node: ast.AST, lines: list[str], first: int, last: int) -> bool:
    """Whether a line outside of strings that are statements (docstrings) is too long."""
    prose: set[int] = set()
    for child in ast.walk(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant) and isinstance(child.value.value, str):
            prose.update(range(child.lineno, (child.end_lineno or child.lineno) + 1))
    return any(len(lines[i - 1]) > layout.WIDTH for i in range(first, last + 1) if i not in prose)


def _format(source: str) -> str:
    import black

    return black.format_str(source, mode=_mode())


@cache
def _mode() -> Any:
    from black.mode import Mode, TargetVersion

    return Mode(target_versions={TargetVersion.PY311})


class UnescapedText(Exception):
    """A template printed text that passed no filter: a mistake of ours."""


def _only_code(value: object) -> object:
    if isinstance(value, Code) or value is None or isinstance(value, jinja2.Undefined):
        return value
    raise UnescapedText(f"text of a document reached a template without a filter: {value!r:.60}")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()),
        undefined=jinja2.StrictUndefined,
        finalize=_only_code,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters.clear()
    environment.filters.update({"docstring": docstring, "literal": literal, "documented": documented})
    environment.globals.clear()
    pieces: dict[str, Any] = {function.__name__: function for function in (*layout.PIECES, *pages.PIECES)}
    environment.globals.update(pieces)
    return environment
