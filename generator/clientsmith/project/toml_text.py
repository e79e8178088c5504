"""TOML as it is read everywhere: `tomllib`, and limits that keep its time and its errors within bounds.

`folders` explains why this module imports little.
"""

from __future__ import annotations

import re
import tomllib

MOST_DOTS = 100
"""Dots in one key; `tomllib` takes quadratic time and memory for them."""

_DOTTED = re.compile(
    r"(?:^[ \t]*+(?:\[[ \t]*+){0,2}|[{,][ \t]*+)"
    rf"""(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{MOST_DOTS}}}""",
    re.MULTILINE,
)
_NESTED = re.compile(r"[\[{](?:[^\[\]{}]*+[\[{]){100}")
_DIGITS = re.compile(r"[0-9a-fA-F](?:_?[0-9a-fA-F]){3000}")
"""What is nested too deeply, and a number of too many digits, unless texts look like them."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")


class TomlError(ValueError):
    """The text is not TOML, or is beyond the limits. `line` and `column` count from 1; 0 if they are not known."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


def read_toml(text: str) -> dict[str, object]:
    """Returns the values of a TOML 1.0 text.

    Raises:
        TomlError: The text is not TOML, nested too deeply, or has a number of more than 4,300 digits.
    """
    dotted = _DOTTED.search(text)
    if dotted is not None:
        raise TomlError(f"a key of more than {MOST_DOTS} parts", _line(text, dotted), 1)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _PLACE.search(message)
        line, column = text.count("\n") + 1, 1
        if place is not None and place[1]:
            line, column = int(place[1]), int(place[2])
        raise TomlError(_PLACE.sub("", message), line, column) from None
    except RecursionError:
        raise TomlError("nested too deeply", _line(text, _NESTED.search(text)), 1) from None
    except ValueError:
        # Python converts no more digits, and does not say where they are.
        raise TomlError("a number of more than 4,300 digits", _line(text, _DIGITS.search(text)), 1) from None


def _line(text: str, found: re.Match[str] | None) -> int:
    return text.count("\n", 0, found.start()) + 1 if found is not None else 1
