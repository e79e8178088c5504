"""Headers of responses, of packages whose documentation declares any: a class has a
field for each, and reads them when it is asked to."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, NamedTuple, Self, assert_never

from . import codec_kinds as kinds
from .codec import warn_of_drift
from .codec_compile import Mismatch, Part
from .codec_kinds import FieldPlan, Kind, plan_of
from .errors import ResponseDecodeError
from .operation import ApiResponse
from .params import text_of
from .transport import Response, without_query

_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?").fullmatch


class HeadersBase:
    """Base of the classes of headers."""

    __slots__ = ()

    @classmethod
    def of(cls, response: ApiResponse[Any] | Response, *, strict: bool = False) -> Self:
        """Returns the headers of a response: `client.raw(method)(...)`, or that of an
        `APIStatusError`.

        One that is missing or not as described is None, and one `SchemaDriftWarning`
        names them. When `strict`, ResponseDecodeError is raised instead.
        """
        own: Any = cls
        made, wrong = object.__new__(cls), list[str]()
        for field, part, form in _fields_of(own):
            value = None if field.required or field.has_factory else field.default
            text = response.headers.get(field.wire)
            try:
                if text is not None:
                    value = part.convert(_parsed(part.kind, text, form))
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
    return tuple(_Header(f, Part(_given(f.kind), False), forms[f.name]) for f in fields)


def _given(kind: Kind) -> Kind:
    # A header that is there has a value.
    return kind.inner if isinstance(kind, kinds.Nullable) else kind


def _parsed(kind: Kind, text: str, form: str | None) -> Any:
    """Returns the JSON that `text` means, written in the style "simple" unless the
    form is "json". Raises ValueError; what is of no kind stays as it is."""
    if form == "json":
        return json.loads(text)
    match kind:
        case kinds.Scalar(json=classes):
            return text if str in classes else _plain(text, classes)
        case kinds.Const(values):
            return next((value for value in values if text_of(value) == text), text)
        case kinds.Nullable(inner):
            return _parsed(inner, text, form)
        case kinds.ListOf(item):
            parts = text.split(",") if text.strip() else []
            return [_parsed(item, part.strip(), form) for part in parts]
        case kinds.MapOf(item):
            pairs = _pairs(text, form)
            return {key: _parsed(item, part, form) for key, part in pairs.items()}
        case kinds.Object(cls):
            known = plan_of(cls).by_wire
            return {
                key: _parsed(known[key].kind, part, form) if key in known else part
                for key, part in _pairs(text, form).items()
            }
        case kinds.OneOf(members):
            return next(
                (value for m in members if (value := _fitting(m, text, form)) != text),
                text,
            )
        case kinds.Later():
            return _parsed(kind.kind, text, form)
        case kinds.Tag() | kinds.Anything():
            return text
        case _:
            assert_never(kind)


def _plain(text: str, classes: tuple[type, ...]) -> Any:
    if bool in classes:
        return {"true": True, "false": False}.get(text.lower(), text)
    if _NUMBER(text):
        return float(text) if {".", "e", "E"} & set(text) else int(text)
    return text


def _fitting(member: Kind, text: str, form: str | None) -> Any:
    # A member of a union that the text does not fit leaves it as it is.
    try:
        value = _parsed(member, text, form)
        Part(member, False).convert(value)
    except (Mismatch, ValueError):
        return text
    return value


def _pairs(text: str, form: str | None) -> Mapping[str, str]:
    """Returns the members of an object: `R,100,G,200`, or exploded `R=100,G=200`."""
    parts = [part.strip() for part in text.split(",")]
    if form == "exploded":
        split = [part.partition("=") for part in parts]
        return {key: value for key, _, value in split}
    return dict(zip(parts[::2], parts[1::2], strict=True))
