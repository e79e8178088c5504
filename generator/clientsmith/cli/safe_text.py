"""Text of documents, files and folders on its way to a terminal: shown whole, and never acting on it.

A name can neither move the cursor, nor hide, nor give a command to the CI system that reads the log. Every line that is
printed passes `visible`, which leaves the JSON of `safe_json` as it is. Kept small, as every run imports it.
"""

from __future__ import annotations

import re
import sys

_COMMAND = re.compile(r"^(\s*):(?=:)")
_OLD_COMMAND = re.compile(r"##(?=\[|vso\[)")
_SPACES = {"\xa0": " ", "\u3000": " "}


def visible(text: str) -> str:
    """Returns one line that shows every character of `text` and does nothing else.

    Control characters (C0, DEL, C1), line separators, bidirectional controls, other invisible formats and lone
    surrogates become escapes as in Python; a leading `::` or a `##[` loses its meaning to a CI system.
    """
    if not text.isprintable():
        text = "".join(c if c.isprintable() else _SPACES.get(c) or ascii(c)[1:-1] for c in text)
    text = _COMMAND.sub(r"\1\\x3a", text)
    return _OLD_COMMAND.sub(r"#\\x23", text)


def cut(text: str, limit: int) -> str:
    """Returns at most `limit` characters of a text, the last of which says that there were more."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def safe_json(value: object, *, letters: bool = True, sort_keys: bool = False) -> str:
    """Returns JSON, with what cannot be seen escaped (RFC 8259, section 7), and without `letters` all but ASCII too."""
    import json

    text = json.dumps(value, indent=2, ensure_ascii=not letters, sort_keys=sort_keys)
    lines = (line if line.isprintable() else "".join(map(_escaped, line)) for line in text.split("\n"))
    return _OLD_COMMAND.sub(r"#\\u0023", "\n".join(lines))


def _escaped(character: str) -> str:
    import json

    return character if character.isprintable() else json.dumps(character)[1:-1]


def print_message(message: str, hint: str = "") -> None:
    """Prints a message about the run itself, and a hint, to standard error."""
    print(f"clientsmith: {visible(message)}", file=sys.stderr)
    if hint:
        print(f"hint: {visible(hint)}", file=sys.stderr)
