"""The escaping boundary: the only ways for text of a document into generated files.

    literal(value)            a JSON value as a Python literal
    docstring(text, indent)   text as a docstring, escaped for exactly that place
    markdown(text)            text as one line of a Markdown page
    code_span(text)           the same, as code

All give `Code`; everything else that a template prints must be `Code` already. Comments never hold text of a document.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import cast

from clientsmith.view import Code

WIDTH = 88
_ENTRY = re.compile(r"\w+: ")
_NAMES = re.compile(r" *(\w+: )*")
_SECTIONS = ("Args:", "Raises:")
"""Headings of entries in the docstrings of methods."""
_SHORTEST_BROKEN = 40
_RAGGED = 12
"""Characters by which lines that were broken by hand differ."""
_PROSE = re.compile(r"[A-Za-z(\"'`]")
_MARKDOWN = re.compile(r"[\\`*\[\]<>#|!]|\b_|_\b")
_MAX_DEPTH = 60
_MAX_DIGITS = 4000


def literal(value: object, _depth: int = 0) -> Code:
    """A JSON value as a Python literal, written as black writes it.

    Strings are printed with double quotes where that needs no more escapes. Control characters, bidi controls, lone
    surrogates and all else that does not print become escapes, so that the source reads as it runs.

    Args:
        value: None, bool, int, float, str, or lists, tuples and dicts of these.

    Raises:
        ValueError: for infinities and NaN, which have no literal, for integers of over 4,000 digits and for values
            nested more than 60 deep, which do not compile.
        TypeError: for anything else.
    """
    if _depth > _MAX_DEPTH:
        raise ValueError("nested too deeply for a literal")
    match value:
        case None | bool():
            return Code(repr(value))
        case str():
            return Code(_quoted(str(value)))
        case int():
            if abs(value) >= 10**_MAX_DIGITS:
                raise ValueError("too many digits for a literal")
            return Code(repr(value))
        case float():
            if value != value or value in (float("inf"), float("-inf")):
                raise ValueError("a number without a literal")
            return Code(repr(value))
        case list() | tuple():
            items = [literal(item, _depth + 1) for item in cast("list[object]", value)]
            return Code("[" + ", ".join(items) + "]")
        case dict():
            pairs = cast("dict[str, object]", value).items()
            rows = [f"{literal(str(key))}: {literal(item, _depth + 1)}" for key, item in pairs]
            return Code("{" + ", ".join(rows) + "}")
        case _:
            raise TypeError(f"no literal for {type(value).__name__}")


@lru_cache(maxsize=8192)
def _quoted(text: str) -> str:
    # repr escapes what does not print (control, bidi, private use, lone surrogates) and nothing else. Quoted doubly, as
    # black wants it, unless that needs more escapes.
    double = text.count('"')
    if double > text.count("'"):
        return repr(f'{text}"')[:-2] + "'" if "'" in text else repr(text)
    inner = repr(f"{text}\"'")[1:-4].replace("\\'", "'")
    return '"' + inner.replace('"', '\\"') + '"'


@lru_cache(maxsize=8192)
def docstring(text: str, indent: int = 0) -> Code:
    """Text as a docstring with its quotes, as black would leave it; empty text gives no docstring at all.

    Lines are wrapped at 88 columns, except tables and fenced code. The first line is not indented: it comes after
    the indentation of the template.

    Args:
        text: any text.
        indent: columns before the quotes.
    """
    lines = _wrapped(text, WIDTH - indent)
    if not lines:
        return Code("")
    if len(lines) == 1 and len(lines[0]) + 6 + indent > WIDTH:
        # black keeps the quotes of a docstring of one line on that line, however long it gets.
        lines = _folded(lines[0], lines[0], WIDTH - indent, 6)
    lines = [_escaped(line) for line in lines]
    if len(lines) == 1:
        return Code(f'"""{lines[0]}"""')
    margin = " " * indent
    body = "\n".join([lines[0], *(f"{margin}{line}" if line else "" for line in lines[1:])])
    ends = "" if len(lines[-1]) + indent + 3 <= WIDTH else f"\n{margin}"
    return Code(f'"""{body}{ends}"""')


@lru_cache(maxsize=8192)
def markdown(text: str) -> Code:
    """Text as part of one line of Markdown, in which it is nothing but text: no link, no HTML, no code."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return Code(_MARKDOWN.sub(r"\\\g<0>", line))


def code_span(text: str) -> Code:
    """Text as code in one line of Markdown; a backtick, which would end it, is percent-encoded."""
    return Code("`" + "".join(c for c in text.replace("`", "%60") if c.isprintable()) + "`")


def _escaped(line: str) -> str:
    line = line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if line.startswith('"'):
        line = "\\" + line
    # A quote at the end would run into the closing ones; black pads an escaped one with a space.
    if line.endswith('"'):
        body = line[:-1]
        escaped = (len(body) - len(body.rstrip("\\"))) % 2
        line = body[: len(body) - escaped] + "\\x22"
    return line if line.isprintable() else "".join(map(_printable, line))


def _printable(character: str) -> str:
    if character.isprintable():
        return character
    if "\ud800" <= character <= "\udfff":
        # Half of a pair: no class can have it in its docstring, which is kept as UTF-8.
        return "\N{REPLACEMENT CHARACTER}"
    return character.encode("unicode_escape").decode("ascii")


def _wrapped(text: str, width: int) -> list[str]:
    if len(text) + 3 <= width and text.isprintable():
        # One short line, as most texts are.
        stripped = text.strip(" ")
        return [stripped] if stripped else []
    lines: list[str] = []
    fenced = False
    # Only LF ends a line: other line ends of Unicode become escapes.
    source = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
    for line in _joined([line.rstrip(" ") for line in source], width):
        stripped = line.lstrip(" ")
        if stripped.startswith(("```", "~~~")):
            fenced = not fenced
        first = 3 if not lines else 0
        if len(line) + first <= width or fenced or stripped.startswith("|"):
            lines.append(line)
        else:
            lines.extend(_folded(line, stripped, width, first))
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        lines.pop(0)
    if lines:
        # Readers of docstrings (black too) take the indentation that all further lines share for none.
        shared = min((len(line) - len(line.lstrip(" ")) for line in lines[1:] if line), default=0)
        lines = [lines[0].lstrip(" "), *(line[shared:] for line in lines[1:])]
    # More than one blank line in a row adds nothing to a docstring.
    return [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]


def _joined(lines: list[str], width: int) -> list[str]:
    """Lines of prose that were broken elsewhere, made one, where the paragraph has a line that must be broken again or
    was broken at some column by hand.

    Paragraphs of the entries of a section (`Args:`) are indented; whatever else is indented is no prose.
    """
    result: list[str] = []
    paragraph: list[str] = []
    column = 0
    has_entries = fenced = False
    for line in [*lines, ""]:
        stripped = line.lstrip(" ")
        lead = len(line) - len(stripped)
        if stripped.startswith(("```", "~~~")):
            fenced = not fenced
        elif line and not lead and not fenced:
            has_entries, column = line in _SECTIONS, 4 if line == "Returns:" else 0
        is_entry = has_entries and lead == 4 and _ENTRY.match(stripped)
        if not fenced and _PROSE.match(stripped) and not line.endswith(("\\", "<br>", "<br/>", ":")):
            if lead == column and not is_entry:
                paragraph.append(line)
                continue
            result += _one_line(paragraph, width)
            paragraph = []
            if is_entry:
                paragraph, column = [line], 8
                continue
        result += [*_one_line(paragraph, width), line]
        paragraph = []
    return result[:-1]


def _one_line(paragraph: list[str], width: int) -> list[str]:
    """Returns a paragraph on one line, if its lines are not meant as they are."""
    if any(len(line) > width for line in paragraph[:-1]) or _is_broken_by_hand(paragraph):
        return [" ".join([paragraph[0], *(line.lstrip(" ") for line in paragraph[1:])])]
    return paragraph


def _is_broken_by_hand(paragraph: list[str]) -> bool:
    """Returns whether a paragraph is prose that its author broke at some column: in the middle of a sentence, and each
    line before a word for which there was hardly any room."""
    if not any(line.lstrip(" ")[0].islower() for line in paragraph[1:]):
        return False
    # The names of an entry were not there when it was written.
    first = _NAMES.sub("", paragraph[0]) if paragraph[0].startswith(" ") else paragraph[0]
    lines = [first, *(line.lstrip(" ") for line in paragraph[1:])]
    longest = max(map(len, lines))
    return longest >= _SHORTEST_BROKEN and all(
        len(line) + len(following.partition(" ")[0]) + _RAGGED > longest for line, following in pairwise(lines)
    )


def _folded(line: str, stripped: str, width: int, first: int) -> list[str]:
    lead = len(line) - len(stripped)
    hang = lead + (2 if stripped[:2] in ("- ", "* ", "+ ", "> ") else 4 if lead and _ENTRY.match(stripped) else 0)
    result: list[str] = []
    rest, margin, room = stripped, lead, width - first
    while margin + len(rest) > room:
        end = rest.rfind(" ", 0, max(room - margin + 1, 0))
        if end < 0:
            # The first word alone is too long.
            end = rest.find(" ")
            if end < 0:
                break
        result.append(f"{' ' * margin}{rest[:end]}".rstrip(" "))
        rest, margin, room = rest[end + 1 :], hang, width
    result.append(f"{' ' * margin}{rest}".rstrip(" "))
    return result
