"""Headers of responses, of packages whose documentation declares any: a class has a
field for each, and reads them when it is asked to."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final, NamedTuple, Self, TypeAlias

from . import codec_kinds as kinds
from . import feature
from .codec import warn_of_drift
from .codec_compile import Mismatch, Part
from .codec_kinds import FieldPlan, Kind, plan_of
from .errors import ResponseDecodeError
from .operation import ApiResponse
from .transport import Response, without_query

Parser: TypeAlias = Callable[[Kind, str, str | None], Any]
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?").fullmatch


class HeadersBase:
    """Base of the classes of headers."""

    __slots__ = ()

    @classmethod
    def of(cls, response: ApiResponse[Any] | Response, *, strict: bool = False) -> Self:
        """Returns the headers of a response: `client.raw(method)(...)`, or that of an
        `APIStatusError`.

        One that is missing or not as described is None, and one `SchemaDriftWarning`
        names them; of an enumeration, a value that is not listed is kept. When
        `strict`, ResponseDecodeError is raised instead.
        """
        own: Any = cls
        made, wrong = object.__new__(cls), list[str]()
        for field, part, form in _fields_of(own):
            value = None if field.required or field.has_factory else field.default
            text = response.headers.get(field.wire)
            try:
                if text is not None:
                    value = part.convert(_parsed(part.kind, text, form))
                    if _is_unlisted(field.kind, value):
                        wrong.append(f"{field.wire!r} has the unknown value {text!r}")
                elif field.required:
                    wrong.append(f"{field.wire!r} is missing")
            except Mismatch as mismatch:
                expected: tuple[object, ...] = mismatch.args
                described = expected[0] if expected else "what is described"
                wrong.append(f"{field.wire!r} is not {described}")
            except ValueError:
                wrong.append(f"{field.wire!r} cannot be read")
            setattr(made, field.name, value)
        if wrong:
            place = f"{response.status} {without_query(response.url)}"
            message = f"{place}: the headers are not as described: {'; '.join(wrong)}"
            if strict:
                status, content, url = response.status, response.content, response.url
                whole = Response(status, response.headers, content, url)
                raise ResponseDecodeError(message, "", content, whole)
            warn_of_drift(message, cls.__module__.rpartition(".models.")[0])
        return made


class _Header(NamedTuple):
    field: FieldPlan
    part: Part
    form: str | None


@cache
def _fields_of(cls: Any) -> tuple[_Header, ...]:
    forms = {f.name: f.metadata.get("form") for f in dataclasses.fields(cls)}
    fields = plan_of(cls).fields
    parts = [Part(_kept(_given(field.kind)), False) for field in fields]
    return tuple(
        _Header(f, p, forms[f.name]) for f, p in zip(fields, parts, strict=True)
    )


def _given(kind: Kind) -> Kind:
    # A header that is there has a value.
    return kind.inner if isinstance(kind, kinds.Nullable) else kind


def _kept(kind: Kind) -> Kind:
    # As the classes of their values, new values of enumerations are kept, as in bodies.
    match kind:
        case kinds.Const(values, True) if len(set(map(type, values))) == 1:
            return kinds.scalars()[type(values[0])]
        case kinds.ListOf(item):
            return kinds.ListOf(_kept(item))
        case _:
            return kind


def _is_unlisted(kind: Kind, value: Any) -> bool:
    match kind:
        case kinds.Nullable(inner):
            return value is not None and _is_unlisted(inner, value)
        case kinds.ListOf(item):
            return any(_is_unlisted(item, one) for one in value)
        case kinds.Const(values, True):
            return value not in values
        case _:
            return False


def _parsed(kind: Kind, text: str, form: str | None) -> Any:
    if form is None and isinstance(kind, kinds.Scalar):
        return scalar_of(kind, text)
    parse: Parser = feature("header_structures", "parsed")
    return parse(kind, text, form)


def scalar_of(kind: kinds.Scalar, text: str) -> Any:
    """Returns the JSON that `text` means; what is of another kind stays as it is."""
    if str in kind.json:
        return text
    if bool in kind.json:
        return {"true": True, "false": False}.get(text.lower(), text)
    if _NUMBER(text):
        return float(text) if {".", "e", "E"} & set(text) else int(text)
    return text
