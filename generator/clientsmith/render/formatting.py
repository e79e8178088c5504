"""Generated text as black leaves it: black itself formats the statements that need it, and only those.

`layout` prints what black would; only a statement that still has a line to break is given to black, alone: black
formats a statement by itself exactly as it does within its file. Giving it whole files would cost more than all other
stages together, and importing it as much as a small package.
"""

from __future__ import annotations

import bisect
import re
from functools import cache
from typing import TYPE_CHECKING

from clientsmith.escape import WIDTH
from clientsmith.render.structure import CODE_CHARACTERS, check_lines

if TYPE_CHECKING:
    from black.mode import Mode

# Lines that nothing can make shorter: one name, or one string, perhaps behind its key or keyword.
_STRING = r"""(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"|'[^'\\]*+(?:\\.[^'\\]*+)*+')"""
_UNBREAKABLE = re.compile(
    rf"\s*(?:\w+ as \w+|(?:\w+=|{_STRING}: )?(?:{_STRING}|[\w.]+)|(?:async )?def \w+\(|\w+=[\w.]+\(|\w+: [\w.]+,?"
    rf"|is_\w+: ValueGuard\[|class \w+\(|\| [\w.]+|{_STRING}: \w+\(|\w+ = [\w.]+\(|\w+: \(|\) = {_STRING}),?\Z"
)
_TEXT = re.compile(rf"""[{CODE_CHARACTERS}]*+[^{CODE_CHARACTERS}"'#]""", re.ASCII)
"""A line of a docstring: it has what no statement has outside of strings, and no quote before it."""
_QUOTED = re.compile(rf'(?P<docstring>"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+""")|{_STRING}', re.DOTALL)
_TOP_LEVEL = re.compile(r'[\w@"]')
_CLASS_LEVEL = re.compile(r'    [\w@"]')
_LEFT_ALONE = ("import ", "from ", "if ", "else:")
"""How statements begin that are never too long, or have others in them."""

_STAND_IN = '"""."""'


def finish(text: str, path: str) -> str:
    """Returns generated text as black leaves it, checked.

    Args:
        text: a Python file as the templates print it.
        path: for messages.

    Raises:
        StructureError: see `structure`.
    """
    while "\n\n\n\n" in text:
        text = text.replace("\n\n\n\n", "\n\n\n")
    text = text.strip("\n") + "\n"
    check_lines(text, path)
    lines = text.split("\n")
    if all(len(line) <= WIDTH or _UNBREAKABLE.match(line) or _TEXT.match(line) for line in lines):
        return text
    for first, end, depth in reversed(_statements_to_break(text)):
        lines[first:end] = _formatted(lines[first:end], depth)
    return "\n".join(lines)


def _statements_to_break(text: str) -> list[tuple[int, int, int]]:
    """Returns the statements at module and class level with a line to break: first line, the line after it, depth."""
    # Docstrings may have long lines, and lines that look like statements.
    code = _without_docstrings(text, keep_lines=True).split("\n")
    long = [i for i, line in enumerate(code) if len(line) > WIDTH and not _UNBREAKABLE.match(line)]
    tops = [i for i, line in enumerate(code) if _TOP_LEVEL.match(line)]
    found: dict[tuple[int, int, int], None] = {}
    for i in long:
        # At module level, and in a class the member that has the line.
        at = bisect.bisect_right(tops, i)
        first, end = tops[at - 1], tops[at] if at < len(tops) else len(code)
        starts, depth = [first], 0
        if code[first].startswith("class "):
            starts, depth = [j for j in range(first, end) if _CLASS_LEVEL.match(code[j])], 1
        elif code[first].startswith(_LEFT_ALONE):
            continue
        if starts and starts[0] <= i:
            at = bisect.bisect_right(starts, i)
            first, end = starts[at - 1], starts[at] if at < len(starts) else end
            while code[first - 1].lstrip().startswith("@"):
                first -= 1
            while not code[end - 1] or code[end - 1].lstrip().startswith("@"):
                end -= 1
            found[first, end, depth] = None
    return list(found)


def _formatted(lines: list[str], depth: int) -> list[str]:
    """Returns the lines of one statement as black formats it."""
    import black

    context = ["class _:"] * depth
    statement = "\n".join([*context, *lines])
    docstrings = iter([found[0] for found in _QUOTED.finditer(statement) if found["docstring"]])
    done = black.format_str(_without_docstrings(statement, keep_lines=False) + "\n", mode=_mode())
    done = _QUOTED.sub(lambda found: next(docstrings) if found["docstring"] else found[0], done)
    return done.rstrip("\n").split("\n")[len(context) :]


def _without_docstrings(code: str, *, keep_lines: bool) -> str:
    """Returns code with a short docstring in place of each: they are as black leaves them, and most of the text."""

    def replaced(found: re.Match[str]) -> str:
        if not found["docstring"]:
            return found[0]
        return _STAND_IN + "\n#" * found[0].count("\n") if keep_lines else _STAND_IN

    return _QUOTED.sub(replaced, code)


@cache
def _mode() -> Mode:
    from black.mode import Mode, TargetVersion

    return Mode(target_versions={TargetVersion.PY311})
