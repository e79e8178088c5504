"""Render: a package, fully decided, becomes text. Jinja and black live here and nowhere else.

- In: `view.Package`. Out: `Files`, relative path to text.
- Templates print, they decide nothing: `PLAN` says which one is rendered how often into which path.
- Text of a document passes `docstring` or `literal` (see `escape`); printing any other plain string is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from clientsmith.escape import docstring, literal
from clientsmith.render import statements, texts
from clientsmith.render.docstrings import documented
from clientsmith.render.formatting import finish
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
    """The text of every file of a package, and of its copy of the runtime if it has one of its own.

    Raises:
        ShapeError: when a file is not of the shape that generated code has: a mistake of ours, never the document's.
    """
    files: dict[str, str] = {}
    jinja = environment()
    for step in PLAN:
        template = jinja.get_template(step.template)
        for part in step.parts(package):
            path = step.path(part)
            text = template.render(package=package, part=part)
            files[path] = finish(text, path) if path.endswith(".py") else text
    files["py.typed"] = ""
    if package.runtime == "vendored":
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


class UnescapedText(Exception):
    """A template printed text that passed no filter: a mistake of ours."""


def _only_code(value: object) -> object:
    if isinstance(value, Code) or value is None or isinstance(value, jinja2.Undefined):
        return value
    raise UnescapedText(f"text of a document reached a template without a filter: {value!r:.60}")


@cache
def environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()),
        undefined=jinja2.StrictUndefined,
        finalize=_only_code,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        optimized=False,
    )
    environment.filters.clear()
    environment.filters.update({"docstring": docstring, "literal": literal, "documented": documented})
    environment.globals.clear()
    pieces: dict[str, Any] = {function.__name__: function for function in (*statements.PIECES, *texts.PIECES)}
    environment.globals.update(pieces)
    return environment
