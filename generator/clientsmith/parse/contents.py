"""Contents of requests and responses: media types, how each is serialised, encodings, examples.

Decides the kind of a media type: JSON, multipart, form, text, and bytes for all others. Types come from `schemas`.
"""

from __future__ import annotations

from typing import assert_never, get_args

from clientsmith.ir import (
    MISSING,
    Anything,
    Body,
    Const,
    Content,
    Enum,
    Field,
    HeaderForm,
    Json,
    ListOf,
    MapOf,
    MediaKind,
    Missing,
    Model,
    Nullable,
    PartEncoding,
    Ref,
    Response,
    Scalar,
    Type,
    Union,
)
from clientsmith.load.document import Node
from clientsmith.parse import metadata
from clientsmith.parse.names import response_word
from clientsmith.parse.reading import Reader, is_list, is_map
from clientsmith.parse.schemas import Schemas
from clientsmith.parse.types import bare
from clientsmith.runtime.styles import Style

_TEXT_APPLICATIONS = {"application/graphql", "application/yaml", "application/x-yaml", "application/javascript"}
_BINARY_APPLICATIONS = {"application/octet-stream", "application/pdf", "application/zip", "application/gzip"}


def kind_of(media_type: str) -> MediaKind:
    """Returns how a media type is serialised: `application/problem+json` as JSON, `image/png` as bytes."""
    essence = media_type.partition(";")[0].strip().lower()
    main, _, sub = essence.partition("/")
    if sub == "json" or sub.endswith("+json"):
        return "json"
    if main == "multipart":
        return "multipart"
    if essence == "application/x-www-form-urlencoded":
        return "form"
    return "text" if main == "text" or essence in _TEXT_APPLICATIONS else "bytes"


def body_of(schemas: Schemas, node: Node) -> Body | None:
    """Returns the body of a request; `None` where there is none, or its reference dangles (the loader reports it)."""
    reader = schemas.reader
    target = reader.follow(node)
    if target is None:
        return None
    if not is_map(target.value):
        reader.mapping(target, "requestBody")
        return None
    contents = contents_of(schemas, target)
    if not contents:
        return None
    description = _overriding(reader, node, target)
    return Body(contents, target.address, reader.flag(target, "required"), description)


def responses_of(schemas: Schemas, operation: Node) -> tuple[Response, ...]:
    """Returns the responses by status: exact ones first, then ranges, `default` last."""
    reader = schemas.reader
    found: list[Response] = []
    for status, node in reader.entries(operation, "responses"):
        if status.startswith("x-"):
            continue
        wire = _status(status)
        if wire is None:
            hint = "a status is 100 to 599, 1XX to 5XX, or 'default'"
            reader.warn("wrong-type", f"{status!r} is not a status: the response is ignored", node.address, hint=hint)
            continue
        target = reader.follow(node)
        if target is None:
            found.append(Response(wire, (), node.address))
            continue
        if not is_map(target.value):
            reader.mapping(target, status)
            continue
        description = _overriding(reader, node, target)
        headers = headers_of(schemas, target)
        word = response_word(status, operation.child("responses").value)
        found.append(Response(wire, contents_of(schemas, target), target.address, description, headers, word))
    return tuple(sorted(found, key=lambda r: (r.status == "default", r.status.endswith("XX"), r.status)))


def headers_of(schemas: Schemas, response: Node) -> Ref | None:
    """Returns the model of the headers that a response declares; `None` where there are none.

    `Content-Type` is none of them (OAS 3.1.1, Response Object), and names in other cases are the same.
    """
    reader, declarations = schemas.reader, schemas.declarations
    fields: dict[str, Field] = {}
    for wire, reference in reader.entries(response, "headers"):
        node = reader.follow(reference)
        if node is None or wire.lower() == "content-type":
            continue
        if reader.mapping(node, wire) is node.value:
            fields.setdefault(wire.lower(), _header(schemas, node, wire))
    if not fields:
        return None
    key, name = declarations.key_for(response.child("headers"), "model")
    if name is not None:
        declarations.add(Model(key, name, tuple(fields.values()), headers=True))
    return Ref(key)


def _header(schemas: Schemas, node: Node, wire: str) -> Field:
    reader = schemas.reader
    type_, media_type, schema = value_of(schemas, node, f"header {wire!r}")
    if bare(type_) == Scalar("binary"):
        type_ = Scalar("string")
    is_object = isinstance(bare(type_), (MapOf, Ref))
    form: HeaderForm | None = "exploded" if is_object and reader.flag(node, "explode") else None
    if media_type is not None and kind_of(media_type) == "json":
        form = "json"
    stated = metadata.metadata_of(reader, [schema], through=not isinstance(bare(type_), Ref))
    return Field(
        wire,
        type_,
        node.address,
        required=reader.flag(node, "required"),
        description=reader.text(node, "description") or stated.text("description"),
        deprecated=reader.flag(node, "deprecated") or stated.flag("deprecated"),
        form=form,
    )


def value_of(schemas: Schemas, node: Node, what: str) -> tuple[Type, str | None, Node]:
    """Returns what a parameter or header holds, the media type that it is written as if it has `content`, its schema.

    `what` it is called in messages.
    """
    reader = schemas.reader
    contents = reader.entries(node, "content")
    if "schema" in node.value:
        schema = node.child("schema")
        return schemas.type_of(schema), None, schema
    if contents:
        media_type, inner = contents[0]
        target = reader.follow(inner)
        if target is None or not is_map(reader.mapping(target, media_type)):
            return Scalar("string"), media_type, node.child("schema")
        content = content_of(schemas, media_type, Node(reader.mapping(target, media_type), target.address))
        return content.type, media_type, target.child("schema")
    # Written as in OAS 2.0, beside its name.
    own = {key: node.value[key] for key in ("type", "format", "enum", "items", "default") if key in node.value}
    instead = "the 'type' beside its name is used" if "type" in own else "it is generated as a string"
    reader.warn("untyped", f"the {what} has no 'schema': {instead}", node.address)
    return schemas.type_of(Node({"type": "string", **own}, node.address)), None, node


def _status(written: str) -> str | None:
    if written == "default":
        return written
    upper = written.strip().upper()
    if len(upper) != 3 or upper[0] not in "12345":
        return None
    return upper if upper[1:] == "XX" or upper.isdecimal() else None


def _overriding(reader: Reader, node: Node, target: Node) -> str:
    """Returns the description of an object, which one beside its reference overrides (OAS 3.1.1, Reference Object)."""
    if node.address != target.address and reader.document.version >= (3, 1):
        found = reader.text(node, "description")
        if found:
            return found
    return reader.text(target, "description")


def contents_of(schemas: Schemas, owner: Node) -> tuple[Content, ...]:
    """Returns all media types of a body or a response, in the order of the document."""
    known = schemas.contents.get(owner.address)
    if known is not None:
        return known
    found: list[Content] = []
    entries = schemas.reader.entries(owner, "content")
    alone = not any(kind_of(media_type) == "json" for media_type, _ in entries)
    for media_type, node in entries:
        target = schemas.reader.follow(node)
        if target is not None:
            schemas.reader.mapping(target, media_type)
            if is_map(target.value):
                found.append(content_of(schemas, media_type, target, alone=alone))
    return schemas.contents.setdefault(owner.address, tuple(found))


def content_of(schemas: Schemas, media_type: str, node: Node, *, alone: bool = True) -> Content:
    """Returns what one Media Type Object describes; `alone`: nothing beside it is JSON, which comes first."""
    reader = schemas.reader
    schema = node.child("schema")
    type_ = schemas.type_of(schema) if "schema" in node.value else Anything()
    item = schemas.type_of(node.child("itemSchema")) if "itemSchema" in node.value else None
    kind = kind_of(media_type)
    if "*" in media_type:
        kind = _kind_of_any(media_type, type_)
    core = bare(type_)
    match kind:
        case "json" if core == Scalar("binary") or _is_file(schema):
            # Frameworks that return a file document it so.
            kind, type_ = "bytes", Scalar("binary")
        case "text" if core == Anything() or core == Scalar("binary"):
            type_ = Scalar("string")
        case "multipart" | "form" if core == Anything():
            type_ = MapOf(Anything())
        case "bytes" if _is_opaque(schemas, core) or item is not None or _is_binary(media_type):
            type_ = Scalar("binary")
        case "bytes" if alone:
            message = f"{media_type!r} is not supported: the body is passed as bytes"
            reader.warn("unsupported-media-type", message, node.address)
        case _:
            pass
    encodings = tuple(
        _encoding(reader, wire, part, kind) for wire, part in reader.entries(node, "encoding") if is_map(part.value)
    )
    return Content(media_type, kind, type_, encodings, _example(schemas, node, schema), item)


def _encoding(reader: Reader, wire: str, part: Node, kind: MediaKind) -> PartEncoding:
    style = next((style for style in get_args(Style) if style == part.value.get("style")), None)
    explode = reader.flag(part, "explode") if "explode" in part.value else None
    if kind == "multipart" and (style not in (None, "form") or explode is False):
        message = f"the style of the part {wire!r} is not supported: arrays repeat the part, objects are sent as JSON"
        reader.warn("unsupported-style", message, part.address)
    return PartEncoding(wire, reader.text(part, "contentType") or None, style, explode)


def _kind_of_any(media_type: str, type_: Type) -> MediaKind:
    """Returns what a range such as `*/*` means: bytes where the schema is of bytes, or of nothing."""
    core = bare(type_)
    if core == Anything() or core == Scalar("binary"):
        return "text" if media_type.startswith("text/") else "bytes"
    return kind_of(media_type) if not media_type.startswith(("*", "application/")) else "json"


def _is_file(schema: Node) -> bool:
    """Returns whether a schema states only which media type a content has (OAS 3.1.1, Working with Binary Data)."""
    value: object = schema.value
    return is_map(value) and "contentMediaType" in value and "contentEncoding" not in value and "type" not in value


def _is_binary(media_type: str) -> bool:
    """Returns whether bytes are what such a body is, whatever its schema says."""
    essence = media_type.partition(";")[0].strip().lower()
    return essence.partition("/")[0] in ("audio", "font", "image", "video") or essence in _BINARY_APPLICATIONS


def _is_opaque(schemas: Schemas, type_: Type) -> bool:
    match type_:
        case Scalar() | Anything():
            return True
        case Ref(key):
            return isinstance(schemas.declarations.by_key.get(key), Enum)
        case ListOf(item):
            # Lines of records, a list of bytes: raw all the same.
            return item == Scalar("binary")
        case Const() | MapOf() | Union() | Nullable():
            return False
        case _:
            assert_never(type_)


def _example(schemas: Schemas, node: Node, schema: Node) -> Json | Missing:
    if "example" in node.value:
        return metadata.as_json(node.value["example"])
    several = node.value.get("examples")
    if is_map(several) and several:
        name = str(next(iter(several)))
        first = schemas.reader.follow(node.child("examples", name))
        if first is not None and is_map(first.value) and "value" in first.value:
            return metadata.as_json(first.value["value"])
    elif is_list(several) and several:
        return metadata.as_json(several[0])
    if "schema" not in node.value:
        return MISSING
    return metadata.metadata_of(schemas.reader, [schema], through=False).example()
