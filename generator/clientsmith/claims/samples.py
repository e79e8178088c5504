"""Samples of code on a page: JSON of requests and responses, HTTP messages, calls of curl."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from clientsmith.claims import words
from clientsmith.claims.blocks import Code, Line, brackets_opened
from clientsmith.claims.model import Claim, FieldClaim, Role, SentenceClaim, StatusClaim
from clientsmith.claims.paths import Spelled, curl_of, operation_at
from clientsmith.claims.scope import Scope, role_of
from clientsmith.load.tree import is_array, is_object

_STATUS_LINE = re.compile(r"^\s*(?:[<>] ?)?HTTP(?:/\d(?:\.\d)?)? ([1-5]\d\d)\b")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"')
_COMMENT = re.compile(r"(?<![:\"'\w])\s(?://|#)[^\"]*$")


class Call(NamedTuple):
    """An operation that a sample requests, and the line. `is_call`: by curl, whose path may have values for names."""

    operation: Spelled
    line: int
    is_call: bool


def calls_in(code: Code) -> Iterator[Call]:
    """The operations that a sample requests."""
    for command, number in _commands(code.lines):
        if called := curl_of(command):
            yield Call(called.operation, number, True)
    if code.language in ("", "http", "text", "plaintext", "txt", "rest", "shell", "bash", "sh"):
        for line in code.lines:
            if found := operation_at(line.text):
                yield Call(found, line.number, re.search(r"\sHTTP/\d", line.text) is not None)


def sample_claims(code: Code, scope: Scope) -> Iterator[Claim]:
    """Everything that a sample states, beside the operations that it requests."""
    for command, number in _commands(code.lines):
        found = curl_of(command)
        if found is None:
            continue
        for header in found.headers:
            if credential := words.credential_of_header(header):
                at = next((one.number for one in code.lines if header.partition(":")[0] in one.text), number)
                yield SentenceClaim("authentication", credential, "", "", scope.at(at))
        if found.body.lstrip()[:1] in ("{", "["):
            first = next((one.number for one in code.lines if one.number >= number and "{" in one.text), number)
            body = [one for one in code.lines if one.number >= first]
            yield from _members_claims(_parsed(found.body), body, scope, "request", "")
    role: Role = scope.role
    status = scope.status
    block: list[Line] = []
    waiting = deque(code.lines)
    while waiting:
        line = waiting.popleft()
        text = line.text.strip()
        if found_status := _STATUS_LINE.match(line.text):
            status, role = found_status[1], "response"
            yield StatusClaim(status, scope.operation, scope.at(line.number))
        elif operation_at(line.text) and code.language not in ("json", "javascript", "js"):
            role = "request"
        elif text[:1] in ("{", "["):
            block = [line]
            depth = brackets_opened(text)
            while waiting and depth > 0:
                block.append(waiting.popleft())
                depth += brackets_opened(block[-1].text)
            value = _parsed("\n".join(one.text for one in block))
            lead = role_of(scope.lead)
            yield from _members_claims(value, block, scope, lead or role, status)
        else:
            if credential := words.credential_of_header(text):
                yield SentenceClaim("authentication", credential, "", "", scope.at(line.number))
            if base := words.base_url_in(f"{scope.section} {scope.lead} {text}") if text.startswith("http") else "":
                yield SentenceClaim("server", base, "", "", scope.at(line.number))


def _commands(lines: Sequence[Line]) -> Iterator[tuple[str, int]]:
    """The calls of curl: from the word to the line that no backslash, no open quotation mark goes on."""
    at = 0
    while at < len(lines):
        text = lines[at].text.strip().removeprefix("$ ")
        start = at
        if text.startswith("curl"):
            while at + 1 < len(lines) and (text.endswith("\\") or text.count("'") % 2):
                at += 1
                text = f"{text}\n{lines[at].text.rstrip()}"
            yield text, lines[start].number
        at += 1


_NOTHING = object()


def _parsed(text: str) -> Any:
    """The value of a JSON text, with or without comments, dots for what is left out, and a comma too many."""
    try:
        return json.loads(text)
    except RecursionError:
        return _NOTHING
    except ValueError:
        pass
    lines = [_COMMENT.sub("", f" {line}") for line in text.splitlines()]
    kept = "\n".join(line for line in lines if line.strip().rstrip(",") not in ("...", "\u2026", '"..."'))
    try:
        return json.loads(_without_last_commas(kept))
    except (ValueError, RecursionError):
        return _NOTHING


def _without_last_commas(text: str) -> str:
    parts: list[str] = []
    for piece in re.split(r"([}\]])", text):
        if piece in ("}", "]") and parts and parts[-1].rstrip().endswith(","):
            parts[-1] = parts[-1].rstrip()[:-1]
        parts.append(piece)
    return "".join(parts)


def _members_claims(value: Any, lines: Sequence[Line], scope: Scope, role: Role, status: str) -> Iterator[Claim]:
    if value is _NOTHING:
        return
    for path, member, line in members_of(value, lines):
        types = () if member is None else (json_type(member),)
        yield FieldClaim(
            path=path,
            types=types,
            nullable=None,
            required=None,
            default="",
            form="example",
            role=role,
            status=status,
            operation=scope.operation,
            location=scope.at(line),
            group=scope.section,
        )


def members_of(value: Any, lines: Sequence[Line]) -> Iterator[tuple[str, Any, int]]:
    """The members of a JSON value at every depth, each path once: path, value, and the line of its key."""
    at = 0
    seen: set[str] = set()
    places = defaultdict[str, list[int]](list)
    for number, line in enumerate(lines):
        for text in _QUOTED.findall(line.text):
            places[text].append(number)
    for path, key, member in _members(value, ""):
        found = places.get(json.dumps(key, ensure_ascii=False), ())
        following = bisect_left(found, at)
        at = found[following] if following < len(found) else at
        if path not in seen:
            seen.add(path)
            yield path, member, lines[at].number


def json_type(value: Any) -> str:
    """The type of a JSON value in the words of JSON Schema."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    return "object" if is_object(value) else "array" if is_array(value) else "string"


def _members(value: Any, path: str) -> Iterator[tuple[str, str, Any]]:
    """Path, key and value of each member, those of a member behind it."""
    if is_object(value):
        for key, child in value.items():
            below = f"{path}.{key}" if path else key
            yield below, key, child
            yield from _members(child, below)
    elif is_array(value):
        for child in value:
            yield from _members(child, f"{path}[]")
