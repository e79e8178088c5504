"""One call of each method as an example: the arguments that it needs, with values that type checkers accept.

Decides the values: what the document gives as an example where it fits, else a placeholder of the type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias, assert_never

from clientsmith import ir
from clientsmith.escape import literal
from clientsmith.records import dataclass
from clientsmith.translate.bodies import body_fields, flat_contents
from clientsmith.view import Argument, CallView, Code, Identifier

LONGEST_VALUE = 60
"""Characters of a text that is quoted from the document."""
DEEPEST = 4
"""Models within models; what needs more has no example."""

_Example: TypeAlias = "ir.Json | ir.Missing"
_KINDS: Mapping[str, type] = {"string": str, "integer": int, "number": float, "boolean": bool}


class NoExample(Exception):
    """A value would contain itself, or too many others."""


@dataclass(frozen=True, slots=True)
class ExampleWriter:
    """Writes examples of values.

    Attributes:
        api: the whole API.
        classes: declaration key to class name.
        attributes: model key to field address to attribute name.
    """

    api: ir.Api
    classes: Mapping[str, Identifier]
    attributes: Mapping[str, Mapping[str, Identifier]]

    def arguments(
        self, operation: ir.Operation, call: CallView, fixed: frozenset[Identifier] = frozenset()
    ) -> tuple[Code, ...] | None:
        """Returns the arguments of an example: those that are needed, and one of the body where none of it is.

        None where no example can be written. `fixed`: what the method itself gives its value.
        """
        types = dict(self._types(operation))
        shown = [a for a in call.arguments if a.required and a.name not in fixed]
        if operation.body is not None and not any(a.location == "body" for a in shown):
            shown += [a for a in call.arguments if a.location == "body" and a.wire and a.name not in fixed][:1]
        try:
            return tuple(
                self._argument(argument, *types.get(_place(argument), (None, ir.MISSING))) for argument in shown
            )
        except NoExample:
            return None

    def _types(self, operation: ir.Operation) -> Iterator[tuple[tuple[str, str], tuple[ir.Type, _Example]]]:
        for parameter in operation.parameters:
            yield (parameter.location, parameter.wire), (parameter.type, parameter.example)
        flat = flat_contents(operation.body, self.api)
        for item in body_fields(flat):
            yield ("body", item.wire), (item.field.type, item.field.example)
        if operation.body is not None and not flat:
            for content in operation.body.contents[:1]:
                yield ("body", ""), (content.type if content.kind == "json" else ir.Anything(), ir.MISSING)

    def _argument(self, argument: Argument, type_: ir.Type | None, example: _Example) -> Code:
        annotation = argument.annotation
        if "PathLike" in annotation or annotation.startswith(("File", "list[File")):
            value = 'Path("file")' if not annotation.startswith("list") else '[Path("file")]'
        elif type_ is None:
            value = literal("...")
        else:
            value = self.value(type_, example, 0)
        return Code(value if argument.positional else f"{argument.name}={value}")

    def value(self, type_: ir.Type, example: _Example, depth: int) -> str:
        """Returns a value of a type as Python code.

        Raises:
            NoExample: it would contain itself, or too many others.
        """
        match type_:
            case ir.Scalar(kind):
                return _scalar(kind, example)
            case ir.Const(value):
                return literal(value)
            case ir.ListOf(item):
                first = example[0] if isinstance(example, list) and example else ir.MISSING
                return f"[{self.value(item, first, depth)}]"
            case ir.MapOf(item):
                return f'{{"key": {self.value(item, ir.MISSING, depth)}}}'
            case ir.Nullable(inner):
                return self.value(inner, example, depth)
            case ir.Union(arms):
                return self.value(arms[0], example, depth)
            case ir.Anything():
                return "{}"
            case ir.Ref(key):
                return self._declared(self.api.declarations[key], example, depth)
            case _:
                assert_never(type_)

    def _declared(self, declaration: ir.Declaration, example: _Example, depth: int) -> str:
        match declaration:
            case ir.Enum(values=named):
                return literal(example if example in named else named[0]) if named else "None"
            case ir.UnionOf(arms=arms):
                return self.value(arms[0], example, depth)
            case ir.Model():
                if depth >= DEEPEST:
                    raise NoExample(declaration.key)
                attributes = self.attributes[declaration.key]
                values = [
                    f"{attributes[field.address]}={self.value(field.type, field.example, depth + 1)}"
                    for field in declaration.fields
                    if field.required and not isinstance(field.type, ir.Const)
                ]
                return f"models.{self.classes[declaration.key]}({', '.join(values)})"
            case _:
                assert_never(declaration)


def _place(argument: Argument) -> tuple[str, str]:
    return argument.location, argument.wire


def _scalar(kind: ir.ScalarKind, example: _Example) -> str:
    expected = _KINDS.get(kind)
    fits = expected is not None and type(example) in (expected, int if expected is float else expected)
    if fits and (not isinstance(example, str) or len(example) <= LONGEST_VALUE):
        return literal(example)
    match kind:
        case "string":
            return literal("...")
        case "integer":
            return "1"
        case "number":
            return "1.5"
        case "boolean":
            return "True"
        case "date-time" | "http-date":
            return "datetime.datetime.now(datetime.UTC)"
        case "date":
            return "datetime.date(2026, 1, 31)"
        case "duration":
            return "datetime.timedelta(minutes=5)"
        case "uuid":
            return 'uuid.UUID("6ba7b810-9dad-41d1-80b4-00c04fd430c8")'
        case "decimal":
            return 'decimal.Decimal("1.5")'
        case "base64" | "base64url" | "binary":
            return 'b"..."'
        case "null":
            return "None"
        case _:
            assert_never(kind)
