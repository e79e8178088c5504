"""Line breaking as black does it: on one line where it fits, else its contents on a line of their own, else one a line.

A *document* is text that is not broken, a `Group` of documents in brackets, or a `Declared` name with its annotation.
What is printed one a line ends in a comma, which black takes as a wish to keep it so (its magic trailing comma).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias, assert_never

from clientsmith.escape import WIDTH, literal
from clientsmith.records import dataclass
from clientsmith.view import Code

_SUBSCRIPT = re.compile(r"[\w.]+\[")
_TOKEN = re.compile(r"""[\[\]()]|, | \| |"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")


@dataclass(frozen=True, slots=True)
class Group:
    """Documents in brackets, e.g. `Group("Call(", ["_STATUS", "path=(job_id,)"], ")")`."""

    opening: str
    items: Sequence[Document]
    closing: str
    single: bool = False
    """A tuple of one keeps its comma on one line."""

    def flat(self) -> str:
        """Returns the group on one line."""
        return f"{self.opening}{self._contents()}{',' if self.single else ''}{self.closing}"

    def broken(self, indent: int) -> str:
        """Returns the group over several lines; the first is not indented."""
        inner = " " * (indent + 4)
        if self._is_trailer() and not self._is_definition_of_one():
            contents = self._contents()
            if len(inner) + len(contents) <= WIDTH:
                return f"{self.opening}\n{inner}{contents}\n{' ' * indent}{self.closing}"
        lines = [f"{inner}{layout(item, indent + 4, 1)}," for item in self.items]
        return "\n".join([self.opening, *lines, " " * indent + self.closing])

    def _contents(self) -> str:
        return ", ".join([item if isinstance(item, str) else item.flat() for item in self.items])

    def _is_trailer(self) -> bool:
        """Whether it follows a name, as in calls and subscripts; black breaks displays and tuples one a line."""
        return self.opening[-2:-1].isidentifier() or self.opening[-2:-1].isdigit()

    def _is_definition_of_one(self) -> bool:
        return len(self.items) == 1 and self.opening.startswith(("def ", "async def "))


@dataclass(frozen=True, slots=True)
class Declared:
    """A field or an argument, e.g. `Declared("limit", "int | None", "None")`."""

    name: str
    annotation: str
    default: str = ""
    statement: bool = False
    """A field: black would rather put its default in parentheses, where that is enough."""

    def flat(self) -> str:
        """Returns the declaration on one line."""
        return f"{self.name}: {self.annotation}" + (f" = {self.default}" if self.default else "")

    def broken(self, indent: int) -> str:
        """Returns the declaration over several lines; the first is not indented.

        In this order, as black has it: the default of a field is broken or put in parentheses; the members of a union
        are put in parentheses; the arguments of a type are put on lines of their own. What fits in none of these ways
        stays too long, and black has the last word.
        """
        margin, inner, default = " " * indent, " " * (indent + 4), self.default
        end = f" = {default}" if default else ""
        if self.statement and default:
            opening = f"{margin}{self.name}: {self.annotation} = "
            call, bracket, rest = default.partition("(")
            is_call = bracket and call.replace(".", "").isidentifier()
            if is_call and len(opening) + len(call) < WIDTH and len(inner) + len(rest) - 1 <= WIDTH:
                return f"{opening.lstrip()}{call}(\n{inner}{rest[:-1]}\n{margin})"
            if len(opening) < WIDTH and len(inner) + len(default) <= WIDTH:
                return f"{opening.lstrip()}(\n{inner}{default}\n{margin})"
        members = split(self.annotation, " | ")
        if len(members) == 1 and _SUBSCRIPT.match(self.annotation):
            return f"{self.name}: {_broken_type(self.annotation, indent)}{end}"
        fits = len(inner + self.annotation) <= WIDTH and len(f"{margin}){end}") <= WIDTH
        if len(members) == 1 and not (self.statement and fits):
            return self.flat()
        lines = [inner + self.annotation]
        if len(lines[0]) > WIDTH:
            lines = [f"{inner}{member}" for member in _fitted_members(members, indent + 4)]
        return "\n".join([f"{self.name}: (", *lines, f"{margin}){end}"])


Document: TypeAlias = "str | Group | Declared"


def layout(document: Document, indent: int, behind: int = 0) -> str:
    """Returns a document as text.

    Args:
        document: what to print.
        indent: the column at which it begins; the first line is not indented.
        behind: how many characters follow on its last line.
    """
    if isinstance(document, str):
        return document
    flat = document.flat()
    if len(flat) + indent + behind <= WIDTH or (isinstance(document, Group) and not document.items):
        return flat
    return document.broken(indent)


def tuple_of(items: Iterable[Document]) -> Group:
    """Returns a tuple, e.g. `("a", "b")` or `("a",)`."""
    rows = list(items)
    return Group("(", rows, ")", single=len(rows) == 1)


def mapping_of(rows: Iterable[tuple[str, Document]]) -> Group:
    """Returns a dict display; its keys become literals."""
    return Group("{", [prefixed(f"{literal(key)}: ", value) for key, value in rows], "}")


def keyword(name: str, value: Document) -> Document:
    """Returns `name=value` as an item of a call."""
    return prefixed(f"{name}=", value)


def prefixed(prefix: str, document: Document) -> Document:
    """Returns a document with text before it."""
    match document:
        case Group(opening, items, closing, single):
            return Group(prefix + opening, items, closing, single)
        case str() as text:
            return prefix + text
        case Declared():
            return prefix + document.flat()
        case _:
            assert_never(document)


def split(text: str, separator: str) -> list[str]:
    """Returns the parts of an annotation between separators that are in no brackets and in no string.

    `split("list[A | B] | None", " | ")` has two parts.
    """
    if separator not in text:
        return [text]
    parts: list[str] = []
    depth = start = 0
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token in "[(":
            depth += 1
        elif token in "])":
            depth -= 1
        elif depth == 0 and token == separator:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def _fitted_members(members: Sequence[str], indent: int) -> list[str]:
    """Returns the members of a union, one a line, each broken where it is too long."""
    return [
        f"{'| ' if index else ''}{member}"
        if len(member) + indent + (2 if index else 0) <= WIDTH or not _SUBSCRIPT.match(member)
        else f"{'| ' if index else ''}{_broken_type(member, indent)}"
        for index, member in enumerate(members)
    ]


def _broken_type(annotation: str, indent: int) -> str:
    """Returns `dict[str, X]` with its arguments on lines of their own; the first line is not indented."""
    name, _, rest = annotation.partition("[")
    arguments = split(rest[:-1], ", ")
    if len(arguments) > 1:
        return Group(f"{name}[", [_argument(argument, indent + 8) for argument in arguments], "]").broken(indent)
    inner = " " * (indent + 4)
    members = split(rest[:-1], " | ")
    contents = [rest[:-1]] if len(inner) + len(rest) - 1 <= WIDTH else _fitted_members(members, indent + 4)
    return "\n".join([f"{name}[", *(f"{inner}{line}" for line in contents), f"{' ' * indent}]"])


def _argument(annotation: str, indent: int) -> Document:
    """Returns an argument of a type; one of a single argument may be broken if that fits then at this column."""
    name, _, rest = annotation.partition("[")
    inner = rest[:-1]
    # A text may have brackets too.
    is_subscript = _SUBSCRIPT.match(annotation) is not None and len(split(annotation, " | ")) == 1
    if is_subscript and len(split(inner, ", ")) == 1 and len(inner) + indent <= WIDTH:
        return Group(f"{name}[", [inner], "]")
    return annotation


def assigned(name: str, value: Document, indent: int = 0) -> str:
    """Returns `name = value(...)`, the value in parentheses where `name = value(` is too long and that helps."""
    text = layout(prefixed(f"{name} = ", value), indent)
    if len(text.partition("\n")[0]) + indent > WIDTH:
        margin = " " * indent
        shorter = f"{name} = (\n{margin}    {layout(value, indent + 4)}\n{margin})"
        if all(len(line) <= WIDTH for line in f"{margin}{shorter}".split("\n")):
            return shorter
    return text


def class_line(name: str, base: str) -> Code:
    """Returns `class Job(ModelBase):`."""
    return Code(layout(Group(f"class {name}(", [base], "):"), 0))


def broken_return(annotation: str, indent: int) -> str:
    """Returns the annotation of what a function returns where `) -> annotation:` is too long for one line."""
    members = split(annotation, " | ")
    if len(members) == 1 and _SUBSCRIPT.match(annotation):
        return _broken_type(annotation, indent)
    inner = " " * (indent + 4)
    lines = [annotation] if len(inner + annotation) <= WIDTH else _fitted_members(members, indent + 4)
    return "\n".join(["(", *(f"{inner}{line}" for line in lines), f"{' ' * indent})"])


def broken_annotation(name: str, annotation: str, value: Group, indent: int) -> str:
    """Returns `name: annotation = value(...)` where `name: annotation = value(` is too long for one line."""
    opening = f"{name}: {annotation} = ("
    if len(opening) + indent <= WIDTH:
        return f"{opening}\n{' ' * (indent + 4)}{layout(value, indent + 4)}\n{' ' * indent})"
    before_bracket = _broken_type(annotation, indent)[:-1]
    return f"{name}: {before_bracket}{layout(prefixed('] = ', value), indent)}"
