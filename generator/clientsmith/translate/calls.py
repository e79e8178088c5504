"""One operation becomes one private function: its arguments, how they are written, what comes back.

Decides argument names and annotations, which body fields become keywords, and how the media type of the body is chosen.
The public methods (in `resources`) take the same arguments.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clientsmith import ir
from clientsmith.escape import literal
from clientsmith.translate.annotations import Imports, Speller
from clientsmith.translate.models import field_candidate
from clientsmith.translate.naming import Candidate, Names
from clientsmith.view import Argument, CallView, Code, Identifier, ParamView, Payload

RESERVED_ARGUMENTS = frozenset({"self", "options", "start_job", "start_job_async"})
_DEFAULT_STYLE = {
    "path": ("simple", False),
    "query": ("form", True),
    "header": ("simple", False),
    "cookie": ("form", True),
}


@dataclass(slots=True)
class Scope:
    """What spelling one resource module needs: its imports, the class names, the API."""

    api: ir.Api
    names: Names
    classes: Mapping[str, Identifier]
    attributes: Mapping[str, Mapping[str, Identifier]]
    """Model key to field address to attribute name."""
    imports: Imports

    def speller(self, shadowed: frozenset[str] = frozenset()) -> Speller:
        return Speller(self.imports, self.classes, self.api.declarations, qualifier="models", shadowed=shadowed)

    def plain_speller(self) -> Speller:
        """For annotations that are strings resolved against the models at run time; imports nothing."""
        return Speller(Imports(), self.classes, self.api.declarations)


@dataclass(frozen=True, slots=True)
class _BodyField:
    """A keyword that came from the body, and the media types that have it.

    `is_file` tells two fields of one name apart: `image` as an address in JSON, and as a file in a form.
    """

    wire: str
    field: ir.Field
    media_types: tuple[str, ...]
    is_file: bool
    twice: bool = False

    @property
    def address(self) -> str:
        return f"body:{self.wire}{':file' if self.is_file and self.twice else ''}"


def call_of(
    operation: ir.Operation,
    scope: Scope,
    function: Identifier,
    constant: Identifier,
    shadowed: frozenset[str],
    cancels: frozenset[str],
) -> CallView:
    """The call of an operation.

    Args:
        operation: what to call.
        scope: of the resource module.
        function: name of the private function.
        constant: name of the operation's constant.
        shadowed: names of the methods of the class in which the arguments' annotations are repeated.
        cancels: addresses of operations that a job declares as its cancel.
    """
    speller = scope.speller(shadowed)
    flat = _flat_contents(operation, scope.api)
    fields = _body_fields(flat, scope.api) if flat is not None else ()
    contents = operation.body.contents if operation.body is not None else ()
    accepts = _accepts(operation)
    candidates: list[Candidate] = []
    for parameter in operation.parameters:
        suffix = f"{parameter.location}_"
        candidates.append(
            _prefixed(field_candidate(parameter.wire, f"{parameter.location}:{parameter.wire}"), operation, suffix)
        )
    for item in fields:
        candidate = field_candidate(item.wire, item.address)
        if item.is_file and item.twice:
            candidate = Candidate(item.address, (f"{candidate.names[0] or 'body'}_file",))
        candidates.append(_prefixed(candidate, operation, "body_"))
    if flat is None and contents:
        candidates.append(Candidate(f"{operation.address}|body", ("body", "request_body"), exact=True))
        if len(contents) > 1:
            candidates.append(
                Candidate(f"{operation.address}|content_type", ("content_type", "body_content_type"), rank=1)
            )
    if len(accepts) > 1:
        candidates.append(Candidate(f"{operation.address}|accept", ("accept", "accept_media_type"), rank=1))
    if operation.idempotency_header is not None:
        candidates.append(Candidate(f"{operation.address}|idempotency", ("idempotency_key",), exact=True))
    named = scope.names.settle(candidates, reserved=RESERVED_ARGUMENTS, prefix="argument:", fallback="argument")
    name_of = {address.removeprefix(f"{operation.address}|"): name for address, name in named.items()}

    arguments = [_parameter_argument(p, name_of[f"{p.location}:{p.wire}"], speller) for p in operation.parameters]
    by_path = {a.wire: a for a in arguments if a.location == "path"}
    positional = [by_path[name] for name in dict.fromkeys(operation.path[1::2])]
    keywords = [a for a in arguments if a.location != "path"]
    payloads: tuple[Payload, ...] = ()
    if flat is not None:
        required_body = operation.body is not None and operation.body.required
        keywords += [_field_argument(f, name_of[f.address], flat, required_body, speller) for f in fields]
        expression = scope.speller(frozenset(str(n) for n in name_of.values()))
        optional = frozenset(str(a.name) for a in keywords if a.default == "None")
        payloads = _flat_payloads(flat, fields, name_of, scope, expression, optional)
        if not required_body and optional.issuperset(name for payload in payloads for _, name, _ in payload.fields):
            # Nothing of the body is given: none is sent.
            *others, last = payloads
            payloads = (*others, dataclasses.replace(last, when=tuple(name for _, name, _ in last.fields)))
    elif contents and operation.body is not None:
        keywords.append(_body_argument(operation.body, name_of["body"], speller))
        if len(contents) > 1:
            types = ", ".join(literal(c.media_type) for c in contents)
            default = _default_content(contents).media_type
            keywords.append(
                Argument(
                    name_of["content_type"],
                    "",
                    "option",
                    Code(f"{speller.typing('Literal')}[{types}]"),
                    False,
                    literal(default),
                    "Media type in which the body is sent.",
                )
            )
        payloads = (Payload(_default_content(contents).media_type, (), (), argument=name_of["body"]),)
    if "accept" in name_of:
        types = ", ".join(literal(media_type) for media_type in accepts)
        keywords.append(
            Argument(
                name_of["accept"],
                "",
                "option",
                Code(f"{speller.typing('Literal')}[{types}] | None"),
                False,
                Code("None"),
                "Media type to ask for; the documented ones by default.",
            )
        )
    if "idempotency" in name_of:
        keywords.append(
            Argument(
                name_of["idempotency"],
                operation.idempotency_header or "",
                "header",
                Code(f"{speller.builtin('str')} | None"),
                False,
                Code("None"),
                "Sent on every attempt, so that the server does the work once; made afresh when left out.",
            )
        )
    keywords.sort(key=lambda a: bool(a.default))
    return CallView(
        function=function,
        constant=constant,
        operation_id=operation.id or f"{operation.method} {operation.template}",
        has_operation_id=operation.id is not None,
        method=operation.method,
        path=operation.path,
        template=operation.template,
        address=operation.address,
        returns=_returned(operation, speller),
        responses=_responses(operation, scope.plain_speller()),
        security=operation.security,
        arguments=(*positional, *keywords),
        names=name_of,
        payloads=payloads,
        media_types=tuple(c.media_type for c in contents) if flat is None else tuple(p.media_type for p in payloads),
        params=tuple(p for p in map(_param, operation.parameters) if p is not None),
        server=_server(operation),
        retry_statuses=operation.retry_statuses,
        idempotency_header=operation.idempotency_header,
        retry_safe=operation.address in cancels,
        encodings=tuple(
            (e.wire, e.content_type)
            for c in contents
            if c.kind in ("multipart", "form")
            for e in c.encodings
            if e.content_type is not None
        ),
        files=("",) if any(map(_is_json_file, contents)) else _files(flat or ()),
        content_type_argument=name_of.get("content_type"),
        accept_argument=name_of.get("accept"),
        idempotency_argument=name_of.get("idempotency"),
    )


def _prefixed(candidate: Candidate, operation: ir.Operation, prefix: str) -> Candidate:
    base = candidate.names[0] or candidate.names[-1]
    return Candidate(
        f"{operation.address}|{candidate.address}",
        (*candidate.names, f"{prefix}{base.rstrip('_')}"),
        0 if prefix == "path_" else 1,
        candidate.exact,
    )


def _parameter_argument(parameter: ir.Parameter, name: Identifier, speller: Speller) -> Argument:
    annotation = speller.annotation(parameter.type, closed_enum=True)
    if parameter.type == ir.Scalar("uuid"):
        annotation = Code(f"{annotation} | {speller.builtin('str')}")
    default = Code("")
    if not parameter.required and parameter.location != "path":
        annotation = speller.union([annotation, Code("None")])
        default = Code("None")
    elif isinstance(parameter.type, ir.Const) and parameter.location != "path":
        default = literal(parameter.type.value)
    return Argument(
        name,
        parameter.wire,
        parameter.location,
        annotation,
        not default,
        default,
        parameter.description,
        positional=parameter.location == "path",
        api_default=None if isinstance(parameter.default, ir.Missing) else parameter.default,
        has_api_default=not isinstance(parameter.default, ir.Missing),
    )


def _flat_contents(operation: ir.Operation, api: ir.Api) -> tuple[tuple[ir.Content, ir.Model], ...] | None:
    """The contents and their models, if each is an object with known fields; the default first."""
    if operation.body is None or not operation.body.contents:
        return None
    pairs: list[tuple[ir.Content, ir.Model]] = []
    for content in operation.body.contents:
        model = api.declarations.get(content.type.key) if isinstance(content.type, ir.Ref) else None
        if not isinstance(model, ir.Model) or content.kind not in ("json", "multipart", "form"):
            return None
        if not model.fields:
            return None
        if all(kept.kind != content.kind for kept, _ in pairs):
            pairs.append((content, model))
    pairs.sort(key=lambda pair: ("json", "multipart", "form").index(pair[0].kind))
    return tuple(pairs)


def _body_fields(flat: Sequence[tuple[ir.Content, ir.Model]], api: ir.Api) -> tuple[_BodyField, ...]:
    found: dict[tuple[str, bool], tuple[ir.Field, list[str]]] = {}
    for content, model in flat:
        for item in model.fields:
            if not item.read_only:
                key = (item.wire, content.kind == "multipart" and _is_file(item.type))
                found.setdefault(key, (item, []))[1].append(content.media_type)
    return tuple(
        _BodyField(wire, item, tuple(types), is_file, (wire, not is_file) in found)
        for (wire, is_file), (item, types) in found.items()
    )


def _is_file(type_: ir.Type) -> bool:
    inner = type_.inner if isinstance(type_, ir.Nullable) else type_
    return inner in (ir.Scalar("binary"), ir.ListOf(ir.Scalar("binary")))


def _field_argument(
    item: _BodyField,
    name: Identifier,
    flat: Sequence[tuple[ir.Content, ir.Model]],
    required_body: bool,
    speller: Speller,
) -> Argument:
    # The first media type that has the field says its type: a model is built for JSON, so JSON's is the strict one.
    content, model = next(pair for pair in flat if pair[0].media_type in item.media_types)
    annotation = _sent_annotation(item.field.type, content.kind, speller)
    fields = [
        f for kept, model in flat if kept.media_type in item.media_types for f in model.fields if f.wire == item.wire
    ]
    required = required_body and len(item.media_types) == len(flat) and all(f.required for f in fields)
    nullable = content.kind == "json" and isinstance(item.field.type, ir.Nullable) and not item.field.required
    nullable_unset = nullable and model.sent
    default = Code("")
    if required and isinstance(item.field.type, ir.Const):
        default = literal(item.field.type.value)
    elif not required and nullable_unset:
        speller.imports.name("._runtime.unset", "UNSET")
        speller.imports.name("._runtime.unset", "Unset")
        annotation = speller.union([annotation, Code("None"), Code("Unset")])
        default = Code("UNSET")
    elif not required:
        annotation = speller.union([annotation, Code("None")])
        default = Code("None")
    return Argument(
        name,
        item.wire,
        "body",
        annotation,
        not default,
        default,
        item.field.description,
        api_default=None if isinstance(item.field.default, ir.Missing) else item.field.default,
        has_api_default=not isinstance(item.field.default, ir.Missing),
    )


def _sent_annotation(type_: ir.Type, kind: str, speller: Speller) -> Code:
    if kind == "multipart":
        match type_:
            case ir.Scalar("binary"):
                return speller.imports.name("._runtime.multipart", "File")
            case ir.ListOf(ir.Scalar("binary")):
                return Code(f"{speller.builtin('list')}[{speller.imports.name('._runtime.multipart', 'File')}]")
            case ir.Nullable(inner):
                return _sent_annotation(inner, kind, speller)
            case _:
                return speller.annotation(type_, closed_enum=True)
    return speller.annotation(type_, closed_enum=True)


def _flat_payloads(
    flat: Sequence[tuple[ir.Content, ir.Model]],
    fields: Sequence[_BodyField],
    name_of: Mapping[str, Identifier],
    scope: Scope,
    expression: Speller,
    optional: frozenset[str],
) -> tuple[Payload, ...]:
    """The default payload last: those before it are chosen by the arguments that only they have.

    `optional`: names of the arguments that are None when they are left out.
    """
    payloads: list[Payload] = []
    for i, (content, model) in enumerate(flat):
        own = [f for f in fields if content.media_type in f.media_types]
        exclusive = tuple(name_of[f.address] for f in own if len(f.media_types) == 1) if i else ()
        if i and not exclusive:
            continue
        if content.kind == "json":
            attributes = scope.attributes[model.key]
            by_wire = {f.wire: attributes[f.address] for f in model.fields}
            rows = tuple((f.wire, name_of[f.address], Code(by_wire[f.wire])) for f in own)
            required = {f.wire for f in model.fields if f.required and not isinstance(f.type, ir.Nullable)}
            missing = [name for wire, name, _ in rows if wire in required and name in optional]
            needed = tuple((name, literal(f"{name}= is missing")) for name in missing)
            class_name = expression.class_name(model.key)
            payloads.append(Payload(content.media_type, exclusive, rows, model=class_name, needed=needed))
        else:
            # What only another media type documents is sent too when it is given: nothing is dropped.
            kept = [f for f in fields if f in own or not f.twice]
            rows = tuple((f.wire, name_of[f.address], Code("")) for f in kept)
            payloads.append(Payload(content.media_type, exclusive, rows))
    return (*payloads[1:], payloads[0])


def _default_content(contents: Sequence[ir.Content]) -> ir.Content:
    return min(contents, key=lambda c: ("json", "multipart", "form", "text", "bytes").index(c.kind))


def _body_argument(body: ir.Body, name: Identifier, speller: Speller) -> Argument:
    parts: list[Code] = []
    for content in body.contents:
        match content.kind:
            case "json":
                parts.append(speller.annotation(content.type, closed_enum=True))
            case "multipart" | "form":
                mapping = speller.imports.name("collections.abc", "Mapping")
                parts.append(Code(f"{mapping}[{speller.builtin('str')}, {speller.typing('Any')}]"))
            case "text":
                parts.append(speller.builtin("str"))
            case "bytes":
                io, path = speller.typing("IO"), speller.imports.name("os", "PathLike")
                parts.append(speller.builtin("bytes"))
                parts.append(Code(f"{io}[{speller.builtin('bytes')}]"))
                parts.append(Code(f"{path}[{speller.builtin('str')}]"))
    annotation = speller.union(parts)
    if not body.required:
        annotation = speller.union([annotation, Code("None")])
    return Argument(
        name, "", "body", annotation, body.required, Code("") if body.required else Code("None"), body.description
    )


def _successes(operation: ir.Operation) -> list[ir.Response]:
    """Responses that are returned: 2xx, or `default` where no 2xx is declared."""
    found = [r for r in operation.responses if r.status.startswith("2")]
    return found or [r for r in operation.responses if r.status == "default"]


def _accepts(operation: ir.Operation) -> list[str]:
    """Media types to choose from, where the answers differ in kind, or are undecoded: an image as PNG or JPEG."""
    contents = [c for r in _successes(operation) for c in r.contents]
    if {c.kind for c in contents} <= {"json"}:
        return []
    return list(dict.fromkeys(c.media_type for c in contents))


def _content_annotation(content: ir.Content, speller: Speller) -> Code:
    match content.kind:
        case "json":
            return speller.annotation(content.type)
        case "text":
            return speller.builtin("str")
        case "multipart" | "form" | "bytes":
            return speller.builtin("bytes")


def _returned(operation: ir.Operation, speller: Speller) -> Code:
    parts: list[Code] = []
    for response in _successes(operation):
        parts += [_content_annotation(c, speller) for c in response.contents]
        if not response.contents:
            parts.append(Code("None"))
    return speller.union(parts) if parts else Code("None")


def _responses(
    operation: ir.Operation, speller: Speller
) -> tuple[tuple[str, tuple[tuple[str, Code | None], ...]], ...]:
    return tuple(
        (
            r.status,
            tuple(
                (c.media_type, Code("raw") if _is_json_file(c) else _content_annotation(c, speller)) for c in r.contents
            ),
        )
        for r in operation.responses
    )


def _is_json_file(content: ir.Content) -> bool:
    """Whether a content is a file although its media type says JSON."""
    return content.kind == "bytes" and content.media_type.partition(";")[0].strip().lower().endswith(("/json", "+json"))


def _files(flat: Sequence[tuple[ir.Content, ir.Model]]) -> tuple[str, ...]:
    """Fields of a multipart body that hold files."""
    return tuple(f.wire for c, model in flat if c.kind == "multipart" for f in model.fields if _is_file(f.type))


def _param(parameter: ir.Parameter) -> ParamView | None:
    default = _DEFAULT_STYLE[parameter.location]
    if (
        (parameter.style, parameter.explode) == default
        and not parameter.allow_reserved
        and parameter.media_type is None
    ):
        return None
    return ParamView(
        parameter.location,
        parameter.wire,
        parameter.style if parameter.style != default[0] else None,
        parameter.explode if parameter.explode != default[1] or parameter.style != default[0] else None,
        parameter.allow_reserved,
        parameter.media_type,
    )


def _server(operation: ir.Operation) -> str | None:
    return server_url(operation.servers[0]) if operation.servers else None


def server_url(server: ir.Server) -> str:
    """The URL with its variables' defaults filled in."""
    url = server.url
    for variable in server.variables:
        url = url.replace(f"{{{variable.name}}}", variable.default)
    return url
