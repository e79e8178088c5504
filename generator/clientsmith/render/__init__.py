"""Render: a package, fully decided, becomes text. Jinja and black live here and nowhere else.

- In: `view.Package`. Out: `Files`, relative path to text.
- Templates print, they decide nothing: `plan` states which one is rendered how often into which path, and which files
  of the runtime are copied.
- Text of a document passes `docstring` or `literal` (see `escape`); printing any other plain string is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from clientsmith.escape import docstring, literal
from clientsmith.render import definitions, reference, statements, testing, texts
from clientsmith.render.bytecode import TemplateBytecode
from clientsmith.render.docstrings import documented
from clientsmith.render.formatting import finish
from clientsmith.render.plan import TEMPLATES, features_of, runtime_files
from clientsmith.render.structure import StructureError, check_tree
from clientsmith.view import Code, Package

Files = Mapping[str, str]
"""Relative path (with `/`) to text (LF)."""


def render(package: Package, *, check_trees: bool = False) -> dict[str, str]:
    """Returns the text of every file of a package, and of its copy of the runtime if it has one of its own.

    Args:
        package: fully decided.
        check_trees: whether the syntax trees of the files are checked too, which is slow.

    Raises:
        StructureError: when a file is not what templates print: a mistake of ours, never the document's.
    """
    files: dict[str, str] = {}
    jinja = environment()
    for step in TEMPLATES:
        template = jinja.get_template(step.template)
        for part in step.parts(package):
            path = step.path(part)
            if path in files:
                raise StructureError(path, 0, "two parts of the package have this file")
            text = template.render(package=package, part=part)
            files[path] = finish(text, path) if path.endswith(".py") else text
            if check_trees and path.endswith(".py"):
                check_tree(files[path], path)
    files["py.typed"] = ""
    if package.runtime == "vendored":
        files.update({f"_runtime/{name}": text for name, text in runtime_files(features_of(package)).items()})
    return dict(sorted(files.items()))


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


_OPTIONS: dict[str, Any] = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "autoescape": False,
    "optimized": False,
}


@cache
def environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()),
        undefined=jinja2.StrictUndefined,
        finalize=_only_code,
        bytecode_cache=TemplateBytecode(_OPTIONS),
        **_OPTIONS,
    )
    environment.filters.clear()
    environment.filters.update({"docstring": docstring, "literal": literal, "documented": documented})
    environment.globals.clear()
    functions: dict[str, Any] = {
        function.__name__: function
        for function in (
            *statements.TEMPLATE_FUNCTIONS,
            *definitions.TEMPLATE_FUNCTIONS,
            *texts.TEMPLATE_FUNCTIONS,
            *testing.TEMPLATE_FUNCTIONS,
            *reference.TEMPLATE_FUNCTIONS,
        )
    }
    environment.globals.update(functions)
    return environment
