"""Line breaking: what is printed is what black would print, or is left to black."""

from __future__ import annotations

import black
import pytest
from black.mode import Mode, TargetVersion

from clientsmith.render.definitions import guard_line
from clientsmith.render.formatting import finish
from clientsmith.render.layout import Declared, Document, Group, assigned, broken_annotation, class_line, layout, split
from clientsmith.view import Code, EnumView, Identifier

MODE = Mode(target_versions={TargetVersion.PY311})
LONG = "AVeryLongNameOfAModelThatComesFromAVeryLongNameInADocument"
SHORT = ("str", "None", "list[models.Job]", "dict[str, builtins.list[str | None]]")
CHOICES = 'Literal["application/json", "text/csv", "image/png", "application/octet-stream", "text/plain"]'
DEFAULTS = ("", "None", '"a literal of some length"', 'field(default=None, metadata={"wire": "aNameOnTheWire"})')

ANNOTATIONS = [
    *SHORT,
    LONG,
    f"{LONG} | str | None",
    f"list[{LONG}] | None",
    f"list[{LONG} | {LONG[:40]}] | None",
    f"dict[str, {LONG}] | list[{LONG[:30]}] | None",
    CHOICES,
    f"{CHOICES} | None",
    'Literal["a text with a [link](https://example.com) or | two, so long that it is longer than a line"] | None',
    """Literal["a text that looks like a subscript ['x']", "another that makes it longer than a line ['y']"]""",
    'Literal["a text that is longer than a line, which nothing can break, so that it stays as it is written"] | None',
]


@pytest.mark.parametrize("annotation", ANNOTATIONS)
@pytest.mark.parametrize("default", DEFAULTS)
@pytest.mark.parametrize("name", ["a", "a_name_of_some_length", "a_name_that_takes_up_most_of_a_line_as_it_is_long"])
def test_a_field(name: str, annotation: str, default: str) -> None:
    same_as_black(f"class A:\n    {layout(Declared(name, annotation, default, statement=True), 4)}\n")


@pytest.mark.parametrize("annotation", ANNOTATIONS)
@pytest.mark.parametrize("default", ["", "None", '"application/json"'])
@pytest.mark.parametrize("name", ["a", "a_name_of_some_length"])
def test_an_argument(name: str, annotation: str, default: str) -> None:
    options = Declared("options", "Options | None", "None")
    items: list[Document] = ["self", "*", Declared(name, annotation, default), options]
    for returned in ("None", f"list[{LONG[:40]}]"):
        group = Group("def a_method(", items, f") -> {returned}:")
        same_as_black(f"class A:\n    {layout(group, 4)}\n        return self.x\n")


@pytest.mark.parametrize("annotation", [a for a in ANNOTATIONS if "Literal" not in a])
@pytest.mark.parametrize("count", [1, 3, 8])
def test_an_annotated_call(annotation: str, count: int) -> None:
    value = Group("Call(", ["_OPERATION", *(f"argument_{i}=argument_{i}" for i in range(count))], ")")
    opening = f"call: Call[{annotation}] = "
    text = (
        broken_annotation("call", f"Call[{annotation}]", value, 8)
        if len(opening) + len("Call(") + 8 > 88
        else f"{opening}{layout(value, 8, 0) if len(opening) + len(value.flat()) + 8 <= 88 else value.broken(8)}"
    )
    same_as_black(f"class A:\n    def f(self) -> None:\n        {text}\n        return call\n")


@pytest.mark.parametrize("name", ["_X", f"_{'A_LONG_NAME_' * 6}", f"_{'A_LONG_NAME_' * 7}", f"_{'A_LONG_NAME_' * 8}"])
@pytest.mark.parametrize("items", [['"a"', '"GET"'], ['"an id of some length"', '("/a", "b")', '"x" * 3', '"y" * 9']])
def test_a_constant(name: str, items: list[str]) -> None:
    items = [item for item in items if "*" not in item] + [f'path="{"p" * 60}"']
    same_as_black(assigned(name, Group("Operation(", items, ")")) + "\n")


@pytest.mark.parametrize("length", [10, 31, 36, 40, 45, 60, 66, 70, 75, 80, 90])
@pytest.mark.parametrize("values", [("a", "b"), (1.5, 2.5), tuple(i + 0.5 for i in range(30)), ()])
def test_the_guard_of_an_enumeration(length: int, values: tuple[str | float, ...]) -> None:
    name, guard = Identifier("A" * length), Identifier("is_" + "a" * (length + 2))
    literal = not any(isinstance(value, float) for value in values)
    same_as_black(guard_line(EnumView(name, "", guard, values, Code("str"), literal, ""), guard) + "\n")


@pytest.mark.parametrize("length", [10, 60, 72, 73, 90])
def test_a_class(length: int) -> None:
    same_as_black(f"{class_line('A' * length, 'ModelBase')}\n    a: int\n")


def same_as_black(text: str) -> None:
    assert black.format_str(finish(text, "a.py"), mode=MODE) == finish(text, "a.py")


def test_parts_between_separators() -> None:
    parts = ["list[A | B]", 'Literal["a | b", "]"]', "None"]
    assert split(" | ".join(parts), " | ") == parts
    assert split("A", " | ") == ["A"]
