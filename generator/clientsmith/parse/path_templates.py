"""Path templates: literal text and expressions, `/files/{+path}{.format}{?page*}`.

OpenAPI knows `{name}` alone (OAS 3.1.1, Path Templating). The operators of RFC 6570 say how a variable is written, as
`style`, `explode` and `allowReserved` of its parameter do.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from clientsmith.records import dataclass

_EXPRESSION = re.compile(r"\{([^{}]+)\}")
_OPERATORS = tuple("+#./;?&")
_SEPARATORS = {"/": "/", ".": "", ";": ""}
"""What is written before each variable besides its style, by operator; others separate their variables by a comma."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of an expression: `{+name*}` has `Variable("name", "+", True)`."""

    name: str
    operator: str = ""
    explode: bool = False


@dataclass(frozen=True, slots=True)
class PathTemplate:
    """`literals` are around and between `variables`, one more than these; `queries` are not part of the path."""

    literals: tuple[str, ...]
    variables: tuple[Variable, ...]
    queries: tuple[Variable, ...] = ()


def template_of(path: str, declared: Collection[str] = ()) -> PathTemplate:
    """Returns the parts of a path: `/a/{b}.{c}` has the literals `/a/`, `.` and an empty one, and two variables.

    Args:
        path: the template.
        declared: names of path parameters; an expression that is one of them has no operator.
    """
    literals, variables, queries = [""], list[Variable](), list[Variable]()
    for index, text in enumerate(_EXPRESSION.split(path)):
        if index % 2 == 0:
            literals[-1] += text
            continue
        for place, variable in enumerate(_variables(text.strip(), declared)):
            if variable.operator in ("?", "&", "#"):
                queries.append(variable)
                continue
            literals[-1] += _SEPARATORS.get(variable.operator, "," if place else "")
            variables.append(variable)
            literals.append("")
    return PathTemplate(tuple(literals), tuple(variables), tuple(queries))


def _variables(text: str, declared: Collection[str]) -> list[Variable]:
    """Returns the variables of an expression (RFC 6570 section 2.2); a length such as `:3` restricts nothing here."""
    if text in declared:
        return [Variable(text)]
    operator = text[:1] if text[:1] in _OPERATORS else ""
    found: list[Variable] = []
    for name in map(str.strip, text[len(operator) :].split(",")):
        if name in declared:
            found.append(Variable(name, operator))
        elif name.endswith("+"):
            # Gateways mark a variable that takes the rest of the path so.
            found.append(Variable(name[:-1], "+"))
        else:
            found.append(Variable(name.rstrip("*").partition(":")[0], operator, name.endswith("*")))
    return found if all(variable.name for variable in found) else [Variable(text)]
