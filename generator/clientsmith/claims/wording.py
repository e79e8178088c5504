"""Claims and changes in words, for messages: "'cost' was number, is string now"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from clientsmith.claims.model import (
    Claim,
    EnumClaim,
    ErrorCodeClaim,
    FieldClaim,
    OperationClaim,
    SentenceClaim,
    StatusClaim,
)


def shown(claim: Claim) -> str:
    """What a claim is about, in words."""
    match claim:
        case OperationClaim(method=method, path=path):
            return f"the operation '{method.upper()} {path}'"
        case FieldClaim(path=path, form=form):
            where = "example" if form == "example" else "field"
            return f"the field {path!r} of the example" if where == "example" else f"the field {path!r}"
        case EnumClaim(value=value, field=field):
            return f"the value {value!r} of {field!r}" if field else f"the value {value!r}"
        case StatusClaim(status=status, operation=operation):
            return f"the status {status}" + (f" of {_upper(operation)}" if operation else "")
        case ErrorCodeClaim(code=code):
            return f"the error code {code!r}"
        case SentenceClaim():
            return f"{_topic(claim)} {claim.words!r}"
        case _:
            assert_never(claim)


def _topic(claim: SentenceClaim) -> str:
    match claim.topic:
        case "server":
            return "the base URL"
        case "authentication":
            return "the authentication"
        case "rate-limit" | "limit" | "deprecation":
            about = f" of {claim.subject!r}" if claim.subject else ""
            words = {"rate-limit": "the rate limit", "limit": "the quantity", "deprecation": "the notice"}
            return f"{words[claim.topic]}{about}"
        case _:
            assert_never(claim.topic)


def _upper(operation: str) -> str:
    method, _, path = operation.partition(" ")
    return f"{method.upper()} {path}"


def difference(before: Claim | None, after: Claim) -> str:
    """What was and what is, of two claims of a kind."""
    if before is None:
        return f"{shown(after)} is new{_note(after)}"
    if isinstance(before, FieldClaim) and isinstance(after, FieldClaim) and before.path == after.path:
        name = f"{after.path!r} of the example" if after.form == "example" else repr(after.path)
        return f"{name} was {_stated(before, after)}, is {_stated(after, before)} now"
    if isinstance(before, ErrorCodeClaim) and isinstance(after, ErrorCodeClaim) and before.code == after.code:
        return f"the error {after.code!r} had the status {before.status or 'none'}, has {after.status or 'none'} now"
    if isinstance(before, SentenceClaim) and isinstance(after, SentenceClaim) and before.topic == after.topic:
        return f"{_topic(after)} was {before.words!r}, is {after.words!r} now"
    return f"{shown(before)} became {shown(after)}"


def _note(claim: Claim) -> str:
    if isinstance(claim, FieldClaim):
        stated = _stated(claim, None)
        return f" ({stated})" if stated else ""
    return ""


def _stated(claim: FieldClaim, other: FieldClaim | None) -> str:
    """What a claim says of a field, as far as another says it otherwise."""
    parts: list[str] = []
    types = " or ".join((*claim.types, *(("null",) if claim.nullable else ())))
    if other is None or (claim.types, claim.nullable) != (other.types, other.nullable):
        parts.append(types or ("" if other is None else "of no stated type"))
    if other is None or claim.required != other.required:
        words = {True: "required", False: "optional", None: "" if other is None else "neither required nor optional"}
        parts.append(words[claim.required])
    if other is None or claim.default != other.default:
        parts.append(
            f"{claim.default!r} by default" if claim.default else ("" if other is None else "without a default")
        )
    return ", ".join(part for part in parts if part)


def joined(messages: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(messages))
    shown = "; ".join(distinct[:4])
    return f"{shown}; and {len(distinct) - 4} more" if len(distinct) > 4 else shown


def lines_in_words(changes: Iterable[tuple[int, int]]) -> str:
    """`line 3, lines 12 to 19`, of first and last lines."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(changes):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    shown = [f"line {first}" if first == last else f"lines {first} to {last}" for first, last in merged[:6]]
    return ", ".join(shown) + (f" and {len(merged) - 6} more places" if len(merged) > 6 else "")


def difference_in_words(before: str, after: str) -> str:
    """`was "seven days", is "three days"`: what differs, with a few of the words around it where there are many."""
    if not before:
        return f"is new: {quoted(after)}"
    if not after:
        return f"is gone: {quoted(before)}"
    old, new = before.split(), after.split()
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    start = max(0, head - _AROUND) if head > 2 * _AROUND else 0
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
    dropped = tail - _AROUND if tail > 2 * _AROUND else 0
    parts = [
        " ".join([*(["..."] if start else []), *words[start : len(words) - dropped], *(["..."] if dropped else [])])
        for words in (old, new)
    ]
    return f"was {quoted(parts[0])}, is {quoted(parts[1])}"


_AROUND = 4
"""How many words before a difference are shown."""


def quoted(text: str, most: int = 120) -> str:
    """Words of a page for a message, cut where they are long."""
    return repr(text if len(text) <= most else f"{text[: most - 3]}...")
