"""The border between text of documents and generated code: whatever the text, it stays text."""

from __future__ import annotations

import ast
import inspect
import math

import black
import pytest
from black.mode import Mode
from hypothesis import given
from hypothesis import strategies as st

from clientsmith.escape import docstring, literal
from clientsmith.render import UnescapedText, structure
from clientsmith.view import Code, Identifier

# More of what hurts than chance would bring: quotes, backslashes, line ends, controls, surrogates, bidi controls.
NASTY = st.text(
    alphabet=st.one_of(st.sampled_from("\"'\\\n\r\t\0\x0b\x0c\x85\u2028\u202e\ud800{}%N#"), st.characters())
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), NASTY),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(NASTY, inner)),
    max_leaves=8,
)


@given(JSON)
def test_a_literal_means_its_value(value: object) -> None:
    assert ast.literal_eval(literal(value)) == value


@given(NASTY)
def test_a_literal_is_as_black_leaves_it(text: str) -> None:
    source = f"x = {literal(text)}\n"
    assert black.format_str(source, mode=Mode()) == source


@given(NASTY, st.sampled_from([0, 4, 8]))
def test_a_docstring_is_one_and_black_leaves_it(text: str, indent: int) -> None:
    printed = docstring(text, indent)
    opening = "".join(f"{' ' * 4 * i}class C{i}:\n" for i in range(indent // 4))
    source = f"{opening}{' ' * indent}{printed or 'pass'}\n"
    tree = ast.parse(source)
    assert sum(isinstance(node, ast.Constant) for node in ast.walk(tree)) == (1 if printed else 0)
    assert not any(isinstance(node, ast.Call) for node in ast.walk(tree))
    assert black.format_str(source, mode=Mode()) == source


@given(st.text(alphabet="abc \"'\\{}%#:-"))
def test_a_docstring_has_the_same_words(text: str) -> None:
    printed = docstring(text, 4)
    said = inspect.cleandoc(ast.literal_eval(printed)) if printed else ""
    assert said.split() == text.split()


def test_paragraphs_are_wrapped_and_lists_are_not_joined() -> None:
    text = f"{'word ' * 20}\nand on.\n\n- one\n- two {'more ' * 20}\n\n| a | {'b' * 90} |"
    lines = ast.literal_eval(docstring(text, 4)).splitlines()
    assert lines[0].startswith("word word")
    assert max(map(len, lines[:2])) <= 88
    assert "    - one" in lines
    assert any(line.startswith("      more") for line in lines)
    assert any(line.lstrip().startswith("| a | bbb") for line in lines)
    assert " and on." in " ".join(lines)


BROKEN = "Returns the jobs of the project that are not done,\nwith those that failed before anything was made\nof them."


def test_prose_that_was_broken_by_hand_is_broken_anew() -> None:
    assert ast.literal_eval(docstring(f"Jobs.\n\n{BROKEN}")).splitlines()[2:] == [
        "Returns the jobs of the project that are not done, with those that failed before",
        "anything was made of them.",
    ]
    indented = BROKEN.replace("\n", "\n        ")
    assert ast.literal_eval(docstring(f"Jobs.\n\nArgs:\n    state: {indented}")).splitlines()[3:] == [
        "    state: Returns the jobs of the project that are not done, with those that failed",
        "        before anything was made of them.",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "The first of the states of the job.\nThe second of the states of the job.",
        "queued when the job waits for a worker\nactive",
        f"```\n{BROKEN}\n```",
        "    " + BROKEN.replace("\n", "\n    "),
    ],
)
def test_lines_that_may_be_meant_are_kept(lines: str) -> None:
    assert lines in ast.literal_eval(docstring(f"Jobs.\n\n- one\n\n{lines}\n\nEnd."))


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, 10**4001])
def test_what_has_no_literal(value: float) -> None:
    with pytest.raises(ValueError, match="literal"):
        literal(value)


def test_deep_values_have_none() -> None:
    value: list[object] = []
    for _ in range(100):
        value = [value]
    with pytest.raises(ValueError, match="deep"):
        literal(value)


@pytest.mark.parametrize("name", ["", "1a", "a-b", "class", "__init__", "a b", "é", "a\n", "None"])
def test_what_is_no_identifier(name: str) -> None:
    with pytest.raises(ValueError, match="identifier"):
        Identifier(name)


def test_a_template_prints_no_text_without_a_filter() -> None:
    from clientsmith.render import environment

    template = environment().from_string("x = {{ value }}")
    assert template.render(value=Code("1")) == "x = 1"
    with pytest.raises(UnescapedText):
        template.render(value="1")


@pytest.mark.parametrize(
    "source",
    [
        "import os.path\n",
        "print(1)\n",
        "from socket import socket\n",
        "class C:\n    print(1)\n",
        "while True:\n    pass\n",
        "x = (",
        'class C:\n    """doc"""\n    print(1)\n    """rest"""\n',
        'x: str = ""\nprint("")\n',
        "import os; print(1)\n",
        "from os import *; from socket import socket\n",
        'if "." not in __name__:\n    print(1)\n',
    ],
)
def test_a_file_of_another_structure_is_refused(source: str) -> None:
    with pytest.raises(structure.StructureError, match=r"^a\.py:"):
        structure.check_tree(source, "a.py")
    with pytest.raises(structure.StructureError, match=r"^a\.py:"):
        structure.check_lines(source, "a.py")


@pytest.mark.parametrize(
    "text",
    [
        '"; import socket; "',
        "'\nimport socket\nx = '",
        '\\"\nprint(1)\nx = \\"',
        '"""\nprint(1)\n"""',
        '"""\n    eval("1")\n    """',
        '" + __import__("os").name + "',
        '" if print(1) else "',
        '", *[print(1) for _ in ()], "',
        "\N{LATIN SMALL LETTER E WITH ACUTE}",
        "@",
        "x < y",
    ],
)
def test_text_that_left_its_quotes_is_found_without_a_tree(text: str) -> None:
    """What the escaping would let through, if it had a hole."""
    for source in (f'x = "{text}"\n', f'def f() -> None:\n    """{text}"""\n', f"x = {text}\n"):
        if source_is_intact(source):
            structure.check_lines(source, "a.py")
        else:
            with pytest.raises(structure.StructureError):
                structure.check_lines(source, "a.py")


def test_a_comment_is_found_without_a_tree() -> None:
    with pytest.raises(structure.StructureError):
        structure.check_lines("x = 1  # comment\n", "a.py")


def source_is_intact(source: str) -> bool:
    """Whether all of the text is still in one string."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return False
    statement = tree.body[0]
    inner = statement.body[0] if isinstance(statement, ast.FunctionDef) else statement
    value = inner.value if isinstance(inner, (ast.Expr, ast.Assign)) else None
    alone = len(tree.body) == 1 and len(getattr(statement, "body", [1])) == 1
    return alone and isinstance(value, ast.Constant)


def test_half_of_a_pair_does_not_reach_the_docstring_of_a_class() -> None:
    scope: dict[str, object] = {}
    exec(f"class Job:\n    {docstring('a' + chr(0xD800) + 'b', 4)}\n", scope)
    assert getattr(scope["Job"], "__doc__", None) == "a\N{REPLACEMENT CHARACTER}b"
