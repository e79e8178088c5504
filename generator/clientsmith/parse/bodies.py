"""Request bodies: which have to be sent, which parts are files, which have nothing that a caller could give, a pass.

Decides what a document leaves open: many do not write whether a body is required, and require properties in it. `parse`
calls it when all models are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from clientsmith.ir import (
    Anything,
    Body,
    Content,
    Declaration,
    ListOf,
    MapOf,
    Model,
    Operation,
    Ref,
    Scalar,
    Type,
    UnionOf,
)
from clientsmith.parse.choices import choices_of
from clientsmith.parse.contents import kind_of
from clientsmith.parse.reading import Reader, is_map
from clientsmith.parse.structures import constrains
from clientsmith.parse.types import bare
from clientsmith.records import replace
from clientsmith.runtime.choices import Choice

_CARRYING = frozenset({"POST", "PUT", "PATCH"})
"""Methods whose requests mean nothing without a body that is described (RFC 9110 section 9.3, RFC 5789)."""


def with_bodies(
    reader: Reader, declarations: Mapping[str, Declaration], operations: Iterable[Operation]
) -> tuple[Operation, ...]:
    """Returns the operations with what their bodies have to be.

    A body is required where a value of its schema must have properties, unless the document writes that it is not; an
    object of which a caller may set no property is passed as a mapping.
    """
    return tuple(
        operation
        if operation.body is None
        else replace(operation, body=_settled(reader, declarations, operation.method, operation.body))
        for operation in operations
    )


def _settled(reader: Reader, declarations: Mapping[str, Declaration], method: str, body: Body) -> Body:
    contents = tuple(_settable(reader, declarations, content, body.address) for content in body.contents)
    contents = tuple(
        replace(one, files=_files(reader, declarations, one), choices=_choices(reader, declarations, one))
        for one in contents
    )
    needed = list(dict.fromkeys(name for one in contents for name in _needed(declarations, one.type, frozenset())))
    required = body.required
    if needed and not required and method in _CARRYING:
        written = reader.document.at(body.address).value
        required = not (is_map(written) and written.get("required") is False)
        if not required:
            names = ", ".join(map(repr, needed[:3])) + (f" and {len(needed) - 3} more" if len(needed) > 3 else "")
            message = f"the body may be left out, although its schema requires {names}"
            hint = "the arguments of the body are optional; remove 'required: false' in an overlay if it has to be sent"
            reader.warn("optional-body", message, f"{body.address}/required", hint=hint)
    return replace(body, contents=contents, required=required)


def _settable(reader: Reader, declarations: Mapping[str, Declaration], content: Content, address: str) -> Content:
    """Returns the content; as any object where all properties of its own are `readOnly`."""
    model = declarations.get(content.type.key) if isinstance(content.type, Ref) else None
    if not isinstance(model, Model) or not model.fields or not all(field.read_only for field in model.fields):
        return content
    message = f"every property of the body in {content.media_type!r} is 'readOnly': it is passed as a mapping"
    reader.warn("read-only-body", message, address)
    return replace(content, type=MapOf(Anything()))


def _files(reader: Reader, declarations: Mapping[str, Declaration], content: Content) -> frozenset[str]:
    """Returns the properties of a multipart body that are files, or lists of them.

    A part without any type is `application/octet-stream` (OAS 3.1.1, Encoding Object), unless its encoding differs.
    """
    model = declarations.get(content.type.key) if isinstance(content.type, Ref) else None
    if content.kind != "multipart" or not isinstance(model, Model):
        return frozenset()
    structured = {part.wire for part in content.encodings if kind_of(part.content_type or "") in ("json", "text")}
    found: set[str] = set()
    for field in model.fields:
        inner = bare(field.type)
        item = inner.item if isinstance(inner, ListOf) else inner
        if item == Scalar("binary"):
            found.add(field.wire)
        elif item == Anything() and field.wire not in structured and reader.document.version >= (3, 1):
            schema = reader.document.at(field.address).value
            if isinstance(inner, ListOf) and is_map(schema):
                schema = schema.get("items")
            if is_map(schema) and schema.keys().isdisjoint(("$ref", "type")) and not constrains(schema):
                found.add(field.wire)
    return frozenset(found)


def _choices(reader: Reader, declarations: Mapping[str, Declaration], content: Content) -> tuple[Choice, ...]:
    """Returns which properties an object must have some of, of what is written in fields."""
    model = declarations.get(content.type.key) if isinstance(content.type, Ref) else None
    if not isinstance(model, Model) or content.kind not in ("json", "multipart", "form"):
        return ()
    return choices_of(reader, reader.document.at(model.key), content.media_type)


def _needed(declarations: Mapping[str, Declaration], type_: Type, within: frozenset[str]) -> Iterator[str]:
    """Yields the properties that a value of a type must have, of a union the first variant's if all have any."""
    declaration = declarations.get(type_.key) if isinstance(type_, Ref) else None
    if isinstance(declaration, Model):
        yield from (field.wire for field in declaration.fields if field.required and not field.read_only)
    elif isinstance(declaration, UnionOf) and declaration.key not in within:
        of_arms = [list(_needed(declarations, arm, within | {declaration.key})) for arm in declaration.arms]
        if all(of_arms):
            yield from of_arms[0]
