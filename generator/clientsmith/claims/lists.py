"""Lists of a page: of fields, of values, of statuses, of error codes; definition lists among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clientsmith.claims import words
from clientsmith.claims.blocks import Item, Listing
from clientsmith.claims.model import Claim, ErrorCodeClaim, FieldClaim, StatusClaim
from clientsmith.claims.scope import Scope, field_of_values, is_general

_TERM = re.compile(
    r"(?:\*\*`?(?P<bold>[A-Za-z_$@][^\s`*|]{0,80}?)`?\*\*|`(?P<code>[\"'\w$@\[][^`|]{0,400})`"
    r"|(?P<bare>[A-Za-z_$@][\w.\[\]-]{0,80}))(?P<rest>.*)$",
    re.S,
)
_PATH = re.compile(r"[\w$@-]+(?:\[\w*\])*(?:\.[\w$@-]+(?:\[\w*\])*)*")
_BETWEEN = re.compile(
    r"^\s*(?:[:\u2013\u2014=]|-{1,2}(?=\s)|(?=\()|(?=$)|(?=[*_`]?\[?(?:string|integer|number|boolean|array|object"
    r"|int|bool|float|date|uuid|enum|list|required|optional)\b))",
    re.I,
)
_ATTRIBUTE = re.compile(
    r"^[\s*_`]*(type|required|optional|default(?: value)?|options|values|allowed values|possible values)[*_`]*"
    r"\s*:[*_]*\s*(.*)$",
    re.I | re.S,
)


_TYPE_NAMES = ("str", "int", "bool", "float", "dict", "string", "integer", "boolean", "object", "array")
"""Names that are a type, where a list tells what is returned, and no field."""


class _Term(NamedTuple):
    """An item that begins with a name. `marked`: it is in code or bold. `literal`: it is in quotation marks too, and so
    a value. `values`: those that a signature lists."""

    name: str
    rest: str
    marked: bool
    types: tuple[str, ...]
    required: bool | None
    literal: bool = False
    values: tuple[str, ...] = ()


def list_claims(listing: Listing, scope: Scope) -> Iterator[Claim]:
    """Everything that a list states, item by item."""
    items = listing.items
    if scope.field and any(_ATTRIBUTE.match(item.line.text) for item in items):
        yield from _attributes(items, scope)
        return
    statuses = [words.leading_status(item.line.text) for item in items]
    if sum(map(bool, statuses)) * 2 > len(items):
        for item, status in zip(items, statuses, strict=True):
            if status:
                yield StatusClaim(status, scope.operation, scope.at(item.line.number))
            else:
                yield from scope.sentence(item.line.text, item.line.number)
        return
    terms = [_term(item.line.text) for item in items]
    field = field_of_values(scope.lead)
    field = field if field is not None else field_of_values(scope.section)
    named = [term for term in terms if term is not None]
    if field is not None and len(named) > 1 and len(named) * 2 > len(items) and not any(one.types for one in named):
        for item, term in zip(items, terms, strict=True):
            if term is not None:
                named_field = field or scope.field
                yield from scope.values(named_field, (term.name,), "list", item.line.number, status=scope.status)
        return
    if is_general(scope.section) and named and all(re.fullmatch(r"[A-Za-z][\w.-]+", one.name) for one in named):
        yield from _error_codes(items, terms, scope)
        return
    if _describes_fields(items, terms, scope):
        yield from _fields(items, terms, scope)
        return
    for item in items:
        yield from scope.sentence(item.line.text, item.line.number)


def _term(text: str) -> _Term | None:
    found = _TERM.match(text)
    if found is None:
        return None
    name, rest = found["bold"] or found["code"] or found["bare"], found["rest"]
    types: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    required = None
    literal = bool(found["code"]) and len(name) > 2 and name[0] == name[-1] and name[0] in "\"'"
    if literal:
        name = name[1:-1]
    elif found["code"] and ":" in name:
        # `agent_id: str`, as in a signature.
        name, _, signature = name.partition(":")
        types, values, required = _signature(signature.strip())
    name = name.strip().rstrip(":")
    if not _PATH.fullmatch(name) or (not (types or literal) and not _BETWEEN.match(rest)) or name in _TYPE_NAMES:
        return None
    rest = rest.strip().lstrip(":-\u2013\u2014= ")
    note = re.match(r"[*_`\[(]*([^()\[\]:\u2013\u2014.]{1,80}?)[*_`\])]*\s*(?:[:\u2013\u2014.]|-(?=\s)|$|\)|\])", rest)
    for text_ in (note[1] if note else "", rest):
        types = types or words.types_in(text_) or words.types_in(" ".join(text_.split()[:1]))
        required = words.required_in(text_) if required is None else required
    return _Term(name, rest, found["bare"] is None, types, required, literal, values)


_CONTAINERS = re.compile(
    r"(list|iterable|sequence|array|set|optional|dict|record|literal)(?:\[|<)(.*)(?:\]|>)$", re.I | re.S
)
"""A type of Python or TypeScript that has others in brackets."""


def _signature(text: str) -> tuple[tuple[str, ...], tuple[str, ...], bool | None]:
    """Types, values and need of a field that is written as in a signature: `Optional[Literal["a", "b"]]`."""
    required = None
    while found := _CONTAINERS.match(text):
        kind, text = found[1].lower(), found[2].strip()
        if kind == "optional":
            required = False
        elif kind in ("dict", "record"):
            return ("object",), (), required
        elif kind == "literal":
            values = tuple(re.findall(r"\"([^\"\s]{1,60})\"|'([^'\s]{1,60})'", text))
            return ("string",), tuple(one or other for one, other in values), required
        else:
            _, values, _ = _signature(text)
            return ("array",), values, required
    return words.types_in(text), (), required


def _describes_fields(items: Sequence[Item], terms: Sequence[_Term | None], scope: Scope) -> bool:
    named = [term for term in terms if term is not None]
    if len(named) * 2 <= len(items):
        return False
    stated = any(term.types or term.required is not None for term in named) and not named[0].name.isdecimal()
    alike = all(term.marked or re.fullmatch(r"[a-z][\w.\[\]]*", term.name) for term in named)
    return stated or (bool(scope.role) and alike and not is_general(scope.section))


def _fields(items: Sequence[Item], terms: Sequence[_Term | None], scope: Scope) -> Iterator[Claim]:
    above: list[tuple[int, str, bool]] = []
    """Indent, path and "is a list of values" of the items that contain the present one."""
    for item, term in zip(items, terms, strict=True):
        line = item.line.number
        while above and above[-1][0] >= item.indent:
            above.pop()
        if term is None:
            yield from scope.facts(item.line.text, line, subject=above[-1][1] if above else "")
            continue
        if term.literal and not above:
            continue
        if above and (term.literal or (above[-1][2] and not term.types)):
            yield from scope.values(above[-1][1], (term.name,), "list", line, status=scope.status)
            continue
        outer = f"{above[-1][1]}." if above else ""
        path = f"{outer}{term.name}"
        group = f"{scope.section}|{scope.lead}"
        yield _field(scope, path, term.types, term.required, words.default_in(term.rest), line, group)
        values = term.values or words.values_in(term.rest)
        yield from scope.values(path, values, "list", line, status=scope.status)
        yield from scope.facts(term.rest, line, subject=path)
        inner = f"{path}[]" if "array" in term.types and not path.endswith("[]") else path
        above.append((item.indent, inner, field_of_values(term.rest) is not None and term.rest.rstrip().endswith(":")))


def _error_codes(items: Sequence[Item], terms: Sequence[_Term | None], scope: Scope) -> Iterator[Claim]:
    for item, term in zip(items, terms, strict=True):
        if term is None:
            yield from scope.sentence(item.line.text, item.line.number)
            continue
        status = next(iter(words.statuses_in(term.rest) or re.findall(r"^[\s(]*([1-5]\d\d)\b", term.rest)), "")
        yield ErrorCodeClaim(term.name, status, scope.operation, scope.at(item.line.number))


def _attributes(items: Sequence[Item], scope: Scope) -> Iterator[Claim]:
    """A section about one field, with a list of what is to be said of it: `- **Type**: string`."""
    listing = False
    for item in items:
        line = item.line.number
        found = _ATTRIBUTE.match(item.line.text)
        if found is None:
            term = _term(item.line.text)
            if listing and term is not None:
                yield from scope.values(scope.field, (term.name,), "list", line)
            else:
                yield from scope.facts(item.line.text, line, subject=scope.field)
                yield from scope.values(scope.field, words.values_in(item.line.text), "list", line)
            continue
        key, text = found[1].lower(), found[2]
        listing = key in ("options", "values", "allowed values", "possible values")
        if key == "type":
            yield _field(scope, scope.field, words.types_in(text), None, "", line, scope.operation)
        elif key in ("required", "optional"):
            required = words.required_of_cell(text) is (key == "required")
            yield _field(scope, scope.field, (), required, "", line, scope.operation)
        elif key.startswith("default"):
            yield _field(scope, scope.field, (), None, words.default_of(text), line, scope.operation)
        else:
            yield from scope.values(scope.field, words.values_in(f"one of {text}"), "list", line)


def _field(
    scope: Scope, path: str, types: tuple[str, ...], required: bool | None, default: str, line: int, group: str
) -> FieldClaim:
    return FieldClaim(
        path=path,
        types=tuple(sorted(set(types) - {"null"})),
        nullable=("null" in types) if types else None,
        required=required,
        default=default,
        form="list",
        role=scope.role,
        status=scope.status,
        operation=scope.operation,
        location=scope.at(line),
        group=group,
    )
