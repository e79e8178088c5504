"""Request bodies: which of them are flattened into keywords, and how each media type is built of the arguments.

A body is flattened where each of its contents is an object with known fields. The media type is chosen by the arguments
that only it has: a file makes the body multipart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, assert_never, get_args

from clientsmith import ir
from clientsmith.escape import literal
from clientsmith.records import dataclass, replace
from clientsmith.translate.annotations import AnnotationWriter, encodings_of
from clientsmith.translate.plain_text import plain
from clientsmith.view import Argument, Code, Identifier, Payload

FlatContent: TypeAlias = tuple[ir.Content, ir.Model]
"""A content and the model whose fields become keywords."""

_PREFERENCE: tuple[ir.MediaKind, ...] = get_args(ir.MediaKind)
"""The kind that a body is sent in comes first."""


@dataclass(frozen=True, slots=True)
class BodyField:
    """A keyword of the body, and the media types that have it.

    `is_file` distinguishes two fields of one name: `image` as an address in JSON, and as a file in a form.
    """

    wire: str
    field: ir.Field
    media_types: tuple[str, ...]
    is_file: bool
    twice: bool = False

    @property
    def address(self) -> str:
        return f"body:{self.wire}{':file' if self.is_file and self.twice else ''}"


def flat_contents(body: ir.Body | None, api: ir.Api) -> tuple[FlatContent, ...]:
    """Returns the contents and their models, the default first; none if one of them is not an object with fields."""
    pairs: list[FlatContent] = []
    for content in body.contents if body is not None else ():
        model = api.declarations.get(content.type.key) if isinstance(content.type, ir.Ref) else None
        if not isinstance(model, ir.Model) or content.kind not in ("json", "multipart", "form") or not model.fields:
            return ()
        if all(kept.kind != content.kind for kept, _ in pairs):
            pairs.append((content, model))
    return tuple(sorted(pairs, key=lambda pair: _PREFERENCE.index(pair[0].kind)))


def default_content(contents: Sequence[ir.Content]) -> ir.Content:
    """Returns the content in which a body is sent when the caller names none."""
    return min(contents, key=lambda content: _PREFERENCE.index(content.kind))


def body_fields(flat: Sequence[FlatContent]) -> tuple[BodyField, ...]:
    """Returns the keywords of a flattened body."""
    found: dict[tuple[str, bool], tuple[ir.Field, list[str]]] = {}
    for content, model in flat:
        for item in model.fields:
            if not item.read_only:
                key = (item.wire, item.wire in content.files)
                found.setdefault(key, (item, []))[1].append(content.media_type)
    return tuple(
        BodyField(wire, item, tuple(types), file, (wire, not file) in found)
        for (wire, file), (item, types) in found.items()
    )


def _only_value(type_: ir.Type, writer: AnnotationWriter) -> Code:
    """Returns the one value that a type allows as code, nothing where there are several."""
    declaration = writer.declarations.get(type_.key) if isinstance(type_, ir.Ref) else None
    if isinstance(declaration, ir.Enum) and len(declaration.values) == 1:
        return literal(declaration.values[0])
    return literal(type_.value) if isinstance(type_, ir.Const) else Code("")


def open_model(flat: Sequence[FlatContent]) -> ir.Model | None:
    """Returns the first model that is written to have further properties than its fields."""
    return next((model for _, model in flat if model.open), None)


def additional_argument(model: ir.Model, name: Identifier, writer: AnnotationWriter) -> Argument:
    """Returns the argument for the properties of a flattened body that are not its fields."""
    value = writer.annotation(model.additional)
    annotation = Code(f"{writer.builtin('dict')}[{writer.builtin('str')}, {value}] | None")
    doc = "Further properties of the body, by their names as they are sent."
    encodings = encodings_of(model.additional, writer.declarations)
    return Argument(name, "", "body", annotation, False, Code("None"), doc, encodings=encodings)


def field_argument(
    item: BodyField, name: Identifier, flat: Sequence[FlatContent], required_body: bool, writer: AnnotationWriter
) -> Argument:
    """Returns the argument of one keyword of the body."""
    # A model is built for JSON, so its type is the one that the argument has where several media types have the field.
    having = [pair for pair in flat if pair[0].media_type in item.media_types]
    content, model = having[0]
    annotation = _sent_annotation(item, content.kind, writer)
    fields = [f for _, kept in having for f in kept.fields if f.wire == item.wire]
    always = len(item.media_types) == len(flat) and all(f.required for f in fields)
    required = always and required_body
    nullable = content.is_patch or (content.kind == "json" and isinstance(item.field.type, ir.Nullable) and model.sent)
    default = _only_value(item.field.type, writer) if always else Code("")
    if default:
        pass
    elif not required and nullable and not item.field.required:
        writer.imports.name("._runtime.declarations", "UNSET")
        writer.imports.name("._runtime.declarations", "Unset")
        annotation = writer.union([annotation, Code("None"), Code("Unset")])
        default = Code("UNSET")
    elif not required:
        annotation = writer.union([annotation, Code("None")])
        default = Code("None")
    return Argument(
        name,
        item.wire,
        "body",
        annotation,
        not default,
        default,
        plain(item.field.description),
        api_default=None if isinstance(item.field.default, ir.Missing) else item.field.default,
        has_api_default=not isinstance(item.field.default, ir.Missing),
        encodings=encodings_of(item.field.type, writer.declarations),
    )


def _sent_annotation(item: BodyField, kind: ir.MediaKind, writer: AnnotationWriter) -> Code:
    type_ = item.field.type
    inner = type_.inner if isinstance(type_, ir.Nullable) else type_
    if not item.is_file:
        return writer.annotation(inner if kind == "multipart" else type_, closed_enum=True)
    file = writer.imports.name("._runtime.multipart", "File")
    return Code(f"{writer.builtin('list')}[{file}]") if isinstance(inner, ir.ListOf) else file


def flat_payloads(
    flat: Sequence[FlatContent],
    fields: Sequence[BodyField],
    name_of: Mapping[str, Identifier],
    defaults: Mapping[str, Code],
    api: ir.Api,
    *,
    required: bool,
) -> tuple[Payload, ...]:
    """Returns the ways to write a flattened body; the default last, those before it are chosen by their own arguments.

    Args:
        flat: the contents.
        fields: the keywords.
        name_of: the name of each argument, by its address.
        defaults: the default of each argument by its name.
        api: what declares the types of the fields.
        required: whether the body is always sent.
    """
    more = name_of.get("additional")
    payloads: list[Payload] = []
    for index, (content, model) in enumerate(flat):
        own = [f for f in fields if content.media_type in f.media_types]
        exclusive = tuple(name_of[f.address] for f in own if len(f.media_types) == 1) if index else ()
        if index and not exclusive:
            continue
        always = {f.wire for f in model.fields if f.required and not isinstance(f.type, ir.Nullable)}
        # What only another media type documents is sent in a form too when it is given: nothing is dropped.
        kept = own if content.kind == "json" else [f for f in fields if f in own or not f.twice]
        rows = tuple((f.wire, name_of[f.address]) for f in kept)
        missing = [name for wire, name in rows if wire in always and defaults[name] == "None"]
        where = f"for {content.media_type}" if len(flat) > 1 else "in the body"
        needed = tuple((name, literal(f"{name}= is required {where}")) for name in missing if not content.is_patch)
        # What writes a form leaves out None, which JSON has as null.
        optional = {f.address for f in kept if defaults[name_of[f.address]] == "None"}
        sifted = {name_of[f.address] for f in kept if f.address in optional or _is_never_null(f.field.type, api)}
        sifted -= {name for name in sifted if defaults[name] == "UNSET"}
        chosen = frozenset(sifted if content.kind == "json" and optional else ())
        payloads.append(Payload(content.media_type, exclusive, rows, chosen, needed=needed, additional=more))
    first, *others = payloads
    if required and (joined := _with_files(flat, fields, name_of, payloads)) is not None:
        return (joined,)
    if not required:
        # Nothing of the body is given: none is sent. What has one value is not given by anybody.
        given = [name for _, name in first.fields if defaults[name] in ("None", "UNSET")]
        names = [name for _, name in first.fields]
        if not others and not first.needed and more is None and all(defaults[name] == "None" for name in names):
            first = replace(first, sifted=frozenset(names), optional=True)
        else:
            first = replace(first, when=(*given, *([more] if more is not None else [])))
    return (*others, first)


def with_requirements(
    arguments: Iterable[Argument], payloads: Sequence[Payload], *, required: bool
) -> Iterator[Argument]:
    """Yields the arguments of a flattened body; those that may be left out, but not of every body, say so.

    Args:
        arguments: of the body.
        payloads: the ways to write it.
        required: whether the body is always sent.
    """
    for argument in arguments:
        types = [f"`{one.media_type}`" for one in payloads if any(name == argument.name for name, _ in one.checks)]
        if types:
            # What all ways to write the body need may be left out because the body may.
            always = not required and len(types) == len(payloads)
            where = "if a body is sent" if always else f"for {' and '.join(types)}"
            argument = replace(argument, doc=f"{argument.doc} Required {where}.".lstrip())
        yield argument


def _is_never_null(type_: ir.Type, api: ir.Api) -> bool:
    """Whether null is certainly no value of a type."""
    if isinstance(type_, ir.Ref):
        return isinstance(api.declarations[type_.key], (ir.Model, ir.Enum))
    return isinstance(type_, (ir.Scalar, ir.Const, ir.ListOf, ir.MapOf))


def _with_files(
    flat: Sequence[FlatContent],
    fields: Sequence[BodyField],
    name_of: Mapping[str, Identifier],
    payloads: Sequence[Payload],
) -> Payload | None:
    """Returns a body in JSON that becomes a form when files are given with it, where a body is nothing but that."""
    if [content.media_type for content, _ in flat] != ["application/json", "multipart/form-data"]:
        return None
    json, form = payloads[0], flat[1][0].media_type
    if any(payload.checks for payload in payloads[1:]):
        return None
    extra = [field for field in fields if field.media_types == (form,)]
    if json.needed or not extra or not all(field.is_file for field in extra):
        return None
    return replace(json, files=tuple((field.wire, name_of[field.address]) for field in extra))


def body_argument(body: ir.Body, name: Identifier, writer: AnnotationWriter) -> Argument:
    """Returns the one argument of a body that is not flattened."""
    parts: list[Code] = []
    for content in body.contents:
        match content.kind:
            case "json":
                parts.append(writer.annotation(content.type, closed_enum=True))
            case "multipart" | "form":
                mapping = writer.imports.name("collections.abc", "Mapping")
                parts.append(Code(f"{mapping}[{writer.builtin('str')}, {writer.typing('Any')}]"))
            case "text":
                parts.append(writer.builtin("str"))
            case "bytes":
                io, path = writer.typing("IO"), writer.imports.name("os", "PathLike")
                parts.append(writer.builtin("bytes"))
                parts.append(Code(f"{io}[{writer.builtin('bytes')}]"))
                parts.append(Code(f"{path}[{writer.builtin('str')}]"))
            case _:
                assert_never(content.kind)
    annotation = writer.union(parts)
    doc = plain(body.description)
    json = tuple(content.type for content in body.contents if content.kind == "json")
    encodings = encodings_of(ir.Union(json), writer.declarations)
    if body.required:
        return Argument(name, "", "body", annotation, True, Code(""), doc, encodings=encodings)
    annotation = writer.union([annotation, Code("None")])
    return Argument(name, "", "body", annotation, False, Code("None"), doc, encodings=encodings)


def content_type_argument(contents: Sequence[ir.Content], name: Identifier, writer: AnnotationWriter) -> Argument:
    """Returns the argument that chooses the media type of a body that is not flattened."""
    types = ", ".join(literal(content.media_type) for content in contents)
    default = literal(default_content(contents).media_type)
    annotation = Code(f"{writer.typing('Literal')}[{types}]")
    return Argument(name, "", "option", annotation, False, default, "Media type in which the body is sent.")
