"""One file that was read: its text, its value, its digest, and where things stand in it.

Decides what a text means as YAML 1.2 or JSON. Does not know OpenAPI.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A file, or a fragment inside a page.

    Attributes:
        name: how locations name it; unique in a run. Of the second fragment of a page: `pages/jobs.md[2]`.
        file: the file as it is shown to the user: `pages/jobs.md`.
        path: where it was read from; None for text that came from elsewhere.
        kind: what the text is.
        text: the text that was read; for a fragment, its own text only.
        value: the tree: dicts with string keys, lists, strings, numbers, booleans, None.
        digest: sha256 of the file's bytes (of the fragment's text), in hex.
        line_offset: how many lines of the file stand before the text.
        column_offset: how many characters each line of the text was moved to the left (an indented fence).
    """

    name: str
    file: str
    path: Path | None
    kind: Literal["json", "yaml"]
    text: str
    value: Any
    digest: str
    line_offset: int = 0
    column_offset: int = 0
