"""The directions of declarations: which of them requests send and responses receive, and what follows from it.

Decides `sent` and `received` of every declaration, and drops inline declarations that nothing uses. A `readOnly`
property is not required where its object is sent, a `writeOnly` one not where it is received. Raw bytes are kept only
where they can be sent as such: inside of JSON they are text. What only merge patches send may be null wherever it may
be left out, which removes it (RFC 7396).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from clientsmith.ir import (
    Anything,
    Const,
    Content,
    Declaration,
    Field,
    ListOf,
    MapOf,
    Model,
    Nullable,
    Operation,
    Ref,
    Scalar,
    Type,
    Union,
    keys_in,
    links_of,
)
from clientsmith.parse.declarations import closure
from clientsmith.parse.types import nullable
from clientsmith.records import replace

RAW = ("multipart", "form", "bytes")
"""Kinds of contents in which a property can be raw bytes."""


def _roots(contents: Iterable[Content]) -> list[str]:
    types = [type_ for content in contents for type_ in (content.type, content.item) if type_ is not None]
    return [key for type_ in types for key in keys_in(type_)]


def with_directions(
    declarations: Mapping[str, Declaration],
    components: Iterable[Type],
    operations: Iterable[Operation],
    received_too: Iterable[Content],
    sent_too: Iterable[Content],
) -> dict[str, Declaration]:
    """Returns all declarations that are used, or named by their author, by sorted key and with their directions.

    Args:
        declarations: all of them.
        components: the types of all component schemas, which are kept even if nothing uses them.
        operations: what sends and receives.
        received_too: contents of the requests of webhooks and callbacks.
        sent_too: contents of the responses to them.
    """
    links = {key: links_of(declaration) for key, declaration in declarations.items()}
    sent_contents = list(sent_too)
    received_contents = list(received_too)
    parameters: list[str] = []
    headers: list[str] = []
    for operation in operations:
        parameters += [key for p in operation.parameters for key in keys_in(p.type)]
        sent_contents += operation.body.contents if operation.body is not None else ()
        received_contents += [c for response in operation.responses for c in response.contents]
        headers += [response.headers.key for response in operation.responses if response.headers is not None]
    sent = closure(links, _roots(sent_contents) + parameters)
    received = closure(links, _roots(received_contents) + headers)
    raw = closure(links, _roots(c for c in (*sent_contents, *received_contents) if c.kind in RAW))
    whole = closure(links, _roots(c for c in sent_contents if not c.is_patch) + parameters) | received
    kept = closure(links, (key for type_ in components for key in keys_in(type_))) | sent | received
    return {
        key: _directed(declarations[key], key in sent, key in received, key in raw, key in sent and key not in whole)
        for key in sorted(kept)
    }


def _directed(declaration: Declaration, sent: bool, received: bool, raw: bool, patch: bool) -> Declaration:
    if not isinstance(declaration, Model):
        return replace(declaration, sent=sent, received=received)
    # What nothing uses is treated as sent and received.
    unknown = not sent and not received
    fields = tuple(_field(f, sent or unknown, received or unknown, raw or unknown, patch) for f in declaration.fields)
    return replace(declaration, fields=fields, sent=sent, received=received)


def _field(field: Field, sent: bool, received: bool, raw: bool, patch: bool) -> Field:
    if field.required and ((field.read_only and sent) or (field.write_only and received)):
        field = replace(field, required=False)
    if not raw and _has_binary(field.type):
        field = replace(field, type=as_text(field.type))
    if patch and not field.required:
        field = replace(field, type=nullable(field.type))
    return field


def _has_binary(type_: Type) -> bool:
    match type_:
        case Scalar(kind):
            return kind == "binary"
        case ListOf(inner) | MapOf(inner) | Nullable(inner):
            return _has_binary(inner)
        case Union(members):
            return any(_has_binary(member) for member in members)
        case Ref() | Const() | Anything():
            return False
        case _:
            assert_never(type_)


def as_text(type_: Type) -> Type:
    """Returns the type with text in place of raw bytes."""
    match type_:
        case Scalar("binary"):
            return Scalar("string")
        case ListOf(inner):
            return ListOf(as_text(inner))
        case MapOf(inner):
            return MapOf(as_text(inner))
        case Nullable(inner):
            return Nullable(as_text(inner))
        case Union(members):
            texts = tuple(dict.fromkeys(as_text(member) for member in members))
            return texts[0] if len(texts) == 1 else Union(texts)
        case Scalar() | Const() | Ref() | Anything():
            return type_
        case _:
            assert_never(type_)
