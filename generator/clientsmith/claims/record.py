"""The claims file of a page: its statements as a reviewer accepted them, one a line.

    [
      {"heading": "Get a job", "level": 1},
      {"text": "GET /v1/api/jobs/{job_id}", "claims": [{"claim": "operation", "method": "get", "path": ...}]},
      {"text": "id | string | Unique job identifier", "claims": [{"claim": "field", "path": "id", ...}]}
    ]

It has the words beside what they state, so that a change of the page is reported with the old and the new words.
Lines of the page and digests are not in it: where the lines of a paragraph are broken makes no difference.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any, get_args

from clientsmith.claims.model import (
    Claim,
    EnumClaim,
    ErrorCodeClaim,
    FieldClaim,
    OperationClaim,
    SentenceClaim,
    Statement,
    StatusClaim,
)
from clientsmith.diagnostics import Location
from clientsmith.load.tree import is_array, is_object

_KINDS: dict[str, type[Claim]] = {
    "operation": OperationClaim,
    "field": FieldClaim,
    "enum": EnumClaim,
    "status": StatusClaim,
    "error": ErrorCodeClaim,
    "sentence": SentenceClaim,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_UNSTATED: dict[str, Any] = {"types": (), "nullable": None, "required": None}
"""What a field is read as where the file has no such key; everything else is an empty text."""


class RecordError(ValueError):
    """The text is no claims file."""


def claims_file(page: str) -> str:
    """Returns the path of the file that records the claims of a page: `pages/jobs.claims.json` of `pages/jobs.md`."""
    folder, slash, name = page.rpartition("/")
    return f"{folder}{slash}{name.rpartition('.')[0] or name}.claims.json"


def record_text(statements: Sequence[Statement]) -> str:
    """Returns the text of a claims file."""
    lines = [json.dumps(_entry(one), ensure_ascii=False) for one in statements]
    return "[\n" + ",\n".join(f"  {line}" for line in lines) + "\n]\n" if lines else "[]\n"


def recorded(text: str, name: str) -> tuple[Statement, ...]:
    """Returns the statements that a claims file has; their lines are those of the file.

    Args:
        text: of the file.
        name: of the file, as it is shown to the user.

    Raises:
        RecordError: The text was not written by `record_text`.
    """
    try:
        entries: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise RecordError from None
    if not is_array(entries):
        raise RecordError
    found: list[Statement] = []
    above: list[tuple[int, str]] = []
    for line, entry in enumerate(entries, 2):
        if not is_object(entry):
            raise RecordError
        heading, level, made = entry.get("heading"), entry.get("level", 0), entry.get("claims", [])
        words = entry.get("text") if heading is None else heading
        if not isinstance(words, str) or not isinstance(level, int) or not is_array(made):
            raise RecordError
        if heading is not None:
            while above and above[-1][0] >= level:
                above.pop()
            above.append((level, words))
        claims = tuple(_claim(one, Location(name, "", line, 1)) for one in made)
        found.append(Statement(words, level, line, tuple(title for _, title in above), claims))
    return tuple(found)


def _entry(statement: Statement) -> dict[str, Any]:
    entry: dict[str, Any] = {"heading" if statement.level else "text": statement.text}
    if statement.level:
        entry["level"] = statement.level
    if statement.claims:
        entry["claims"] = [_written(claim) for claim in statement.claims]
    return entry


def _written(claim: Claim) -> dict[str, Any]:
    """A claim without its location and without what the page does not state."""
    values = {one.name: getattr(claim, one.name) for one in dataclasses.fields(claim) if one.compare}
    return {
        "claim": _NAMES[type(claim)],
        **{name: value for name, value in values.items() if value not in ("", None, ())},
    }


def _claim(entry: Any, place: Location) -> Claim:
    kind = _KINDS.get(entry.get("claim", "")) if is_object(entry) else None
    if kind is None:
        raise RecordError
    names = [one.name for one in dataclasses.fields(kind) if one.compare]
    if set(entry) - {"claim", *names}:
        raise RecordError
    values: dict[str, Any] = {name: entry.get(name, _UNSTATED.get(name, "")) for name in names}
    for name, value in values.items():
        if name == "types":
            if not is_array(value) and value != ():
                raise RecordError
            values[name] = tuple(str(one) for one in value)
        elif not isinstance(value, bool | None if name in ("nullable", "required") else str):
            raise RecordError
    return kind(**values, location=place)


assert set(_KINDS.values()) == set(get_args(Claim))
