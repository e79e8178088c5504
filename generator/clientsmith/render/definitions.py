"""Definitions of models in generated Python: what templates print of fields, enumerations, unions, and where each is.

Like `statements`, of which this is the part for the package of models.
"""

from __future__ import annotations

import textwrap

from clientsmith.escape import WIDTH, docstring, literal
from clientsmith.render.declarations import declaration
from clientsmith.render.layout import (
    Declared,
    Document,
    Group,
    assigned,
    broken_annotation,
    class_line,
    layout,
    tuple_of,
)
from clientsmith.view import (
    AliasView,
    ClassAlias,
    Code,
    EnumView,
    FieldView,
    Identifier,
    ModelView,
    Package,
    RuntimePlace,
)

FEWEST_PACKED = 6
"""An enumeration with more values has several a line."""


def module_table(package: Package) -> Code:
    """`_jobs: Job JobState`: which public names each private module of the models defines, within the width."""
    return Code(
        "\n".join(
            textwrap.fill(
                f"{_module(module, package.runtime)}: {' '.join(names)}",
                WIDTH,
                subsequent_indent="    ",
                break_long_words=False,
                break_on_hyphens=False,
            )
            for module, names in package.exported_models
        )
    )


def old_name(alias: ClassAlias) -> Code:
    """`Task: TypeAlias = Job` among what type checkers see."""
    if not alias.is_type:
        return Code(assigned(alias.old, alias.new, 4))
    return Code(layout(Declared(alias.old, "TypeAlias", alias.new, statement=True), 4))


def lazy_with_aliases(package: Package) -> Code:
    """`__getattr__, __dir__, __all__ = with_aliases(...)`: the models with their old names too."""
    tables: list[Document] = []
    for name, deprecated in (("deprecated", True), ("alike", False)):
        entries: list[Document] = [
            f"{literal(str(alias.old))}: {literal(str(alias.new))}"
            for alias in package.class_aliases
            if alias.deprecated is deprecated
        ]
        tables.append(Group(f"{name}={{", entries, "}"))
    items: list[Document] = ["__name__", "lazy(__name__, _TABLE)", *tables]
    return Code(layout(Group("__getattr__, __dir__, __all__ = with_aliases(", items, ")"), 4))


def _module(module: str, runtime: RuntimePlace) -> str:
    return f".{module}" if runtime == "shared" and module.startswith("._runtime") else module


def enum_alias(enum: EnumView) -> Code:
    """`TryOnState: TypeAlias = Literal["pending", "running"]`."""
    if not enum.literal:
        return Code(f"{enum.name}: TypeAlias = {enum.base}")
    if not enum.values:
        return Code(f"{enum.name}: TypeAlias = None")
    values = Group("Literal[", [literal(value) for value in enum.values], "]")
    opening = f"{enum.name}: TypeAlias = "
    if len(opening) + len("Literal[") <= WIDTH:
        group = Group(f"{opening}Literal[", values.items, "]")
        return _packed(group) if len(group.items) > FEWEST_PACKED else Code(layout(group, 0))
    if len(opening) + 1 > WIDTH:
        first = f"{enum.name}: ("
        # A first line that stays too long makes black break the value too.
        value = values.broken(0) if len(first) > WIDTH else layout(values, 0, 4)
        return Code(f"{first}\n    TypeAlias\n) = {value}")
    return Code(f"{opening}(\n    {layout(values, 4)}\n)")


def _packed(group: Group) -> Code:
    """Several items a line, as a person would write a long table; black would put each on a line of its own."""
    flat = group.flat()
    if len(flat) <= WIDTH:
        return Code(flat)
    lines: list[str] = [""]
    for item in group.items:
        text = f"{item}," if isinstance(item, str) else f"{item.flat()},"
        if lines[-1] and len(lines[-1]) + len(text) + 5 > WIDTH:
            lines.append("")
        lines[-1] += f" {text}" if lines[-1] else text
    return Code("\n    ".join([group.opening, *lines]) + f"\n{group.closing}  # fmt: skip")


def guard_line(enum: EnumView, guard: Identifier) -> Code:
    """`is_try_on_state: ValueGuard[TryOnState] = value_guard(TryOnState)`; the values, where the alias has none."""
    values: Document = enum.name if enum.literal and enum.values else tuple_of(literal(value) for value in enum.values)
    annotation = f"ValueGuard[{enum.name}]"
    group = Group(f"{guard}: {annotation} = value_guard(", [values], ")")
    if len(group.opening) <= WIDTH:
        return Code(layout(group, 0))
    value = Group("value_guard(", [values], ")")
    if len(f"{guard}: ValueGuard[") <= WIDTH:
        return Code(broken_annotation(guard, annotation, value, 0))
    if len(f"{guard}: (") <= WIDTH:
        inner = layout(Group("ValueGuard[", [enum.name], "]"), 4)
        return Code(f"{guard}: (\n    {inner}\n{Group(') = value_guard(', [values], ')').broken(0)}")
    broken = Group("] = value_guard(", [values], ")").broken(0)
    return Code(f"{guard}: ValueGuard[\n    {enum.name}\n{broken}")


def model_body(model: ModelView) -> Code:
    """The body of a model's class: its docstring and its fields. One call for all, because there are many."""
    fields = "\n    ".join([field_lines(field) for field in model.lines])
    if model.doc.strip():
        doc = docstring(model.doc, 4)
    else:
        doc = Code("" if fields else '"""An object of which the documentation names no properties."""')
    return Code("\n\n    ".join(part for part in (doc, fields) if part))


def field_lines(field: FieldView) -> Code:
    """`job_id: str | None = None` at class level, and the docstring below it."""
    declared = layout(Declared(field.name, field.annotation, field.default, statement=True), 4)
    return Code(f"{declared}\n    {docstring(field.doc, 4)}" if field.doc.strip() else declared)


def alias_line(alias: AliasView) -> Code:
    """`Pet: TypeAlias = Annotated["Cat | Dog | UnknownVariant", Tagged("kind", (("cat", "Cat"),))]`."""
    annotation = literal(str(alias.annotation))
    if alias.tagged is None:
        opening = f"{alias.name}: TypeAlias = "
        if len(opening) + len(annotation) <= WIDTH:
            return Code(opening + annotation)
        if len(opening) + 1 > WIDTH:
            return Code(f"{alias.name}: (\n    TypeAlias\n) = {annotation}")
        return Code(f"{opening}(\n    {annotation}\n)")
    items = [annotation, declaration(alias.tagged)]
    return Code(layout(Group(f"{alias.name}: TypeAlias = Annotated[", items, "]"), 0))


TEMPLATE_FUNCTIONS = (
    alias_line,
    class_line,
    enum_alias,
    guard_line,
    lazy_with_aliases,
    model_body,
    module_table,
    old_name,
)
"""What templates may call."""
