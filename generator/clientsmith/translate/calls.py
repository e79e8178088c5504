"""One operation becomes one call: its arguments by name, how its body is written, what it returns.

Decides argument names and annotations. The methods of `resources` take the same arguments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientsmith import ir
from clientsmith.escape import literal
from clientsmith.records import replace
from clientsmith.translate.annotations import AnnotationWriter, encodings_of
from clientsmith.translate.bodies import (
    BodyField,
    additional_argument,
    body_argument,
    body_fields,
    content_type_argument,
    default_content,
    field_argument,
    flat_contents,
    flat_payloads,
    open_model,
    with_requirements,
)
from clientsmith.translate.models import field_candidate
from clientsmith.translate.naming import Candidate
from clientsmith.translate.operations import CommonParts, content_annotation, operation_of
from clientsmith.translate.placement import parameter_address
from clientsmith.translate.plain_text import plain
from clientsmith.translate.retries import retries_of
from clientsmith.translate.scope import Scope
from clientsmith.view import Alternative, Argument, CallView, Code, Identifier, Payload

RESERVED_ARGUMENTS = frozenset({"self", "given", "options", "sent_as", "start_job"})


def call_of(
    operation: ir.Operation,
    scope: Scope,
    function: Identifier,
    constant: Identifier,
    shadowed: frozenset[str],
    *,
    key: str,
    repeatable: bool,
    starts: Sequence[ir.JobStart],
    common: CommonParts,
    of_job: bool,
) -> CallView:
    """Returns the call of an operation.

    Args:
        operation: what to call.
        scope: of the resource module.
        function: name of the private function, if one is needed.
        constant: name of the operation's constant.
        shadowed: names of the members of the class in which the annotations are written.
        key: what the operation is known by, for the names of its arguments.
        repeatable: whether a job declares it as its poll or its cancel, which may be repeated.
        starts: how jobs are started by it.
        common: what the client declares for all operations.
    """
    writer = scope.writer(shadowed)
    flat = flat_contents(operation.body, scope.api)
    fields = body_fields(flat)
    accepts = _accepts(operation)
    alternatives = _alternatives(operation, accepts, writer)
    opened = open_model(flat)
    name_of = _argument_names(
        operation, key, scope, fields, flattened=bool(flat), several=bool(accepts), opened=opened is not None
    )
    arguments = [
        _parameter_argument(parameter, name_of[parameter_address(parameter, operation)], writer)
        for parameter in arguments_of(operation)
    ]
    by_path = {argument.wire: argument for argument in arguments if argument.positional}
    positional = [by_path[name] for name in dict.fromkeys(operation.path[1::2]) if name in by_path]
    keywords = [argument for argument in arguments if not argument.positional]
    payloads: tuple[Payload, ...] = ()
    if flat:
        required = operation.body is not None and operation.body.required
        keywords += [field_argument(f, name_of[f.address], flat, required, writer) for f in fields]
        if opened is not None:
            keywords.append(additional_argument(opened, name_of["additional"], writer))
        defaults = {str(a.name): a.default for a in keywords}
        payloads = flat_payloads(flat, fields, name_of, defaults, scope.api, required=required)
        keywords = list(with_requirements(keywords, payloads, required=required))
    elif operation.body is not None:
        contents = operation.body.contents
        keywords.append(body_argument(operation.body, name_of["body"], writer))
        if "content_type" in name_of:
            keywords.append(content_type_argument(contents, name_of["content_type"], writer))
        payloads = (Payload(default_content(contents).media_type, (), (), argument=name_of["body"]),)
    if "accept" in name_of:
        keywords.append(_accept_argument(accepts, name_of["accept"], writer, overloaded=bool(alternatives)))
    if "idempotency" in name_of:
        keywords.append(_idempotency_argument(operation, name_of["idempotency"], writer))
    keywords.sort(key=lambda argument: bool(argument.default))
    declared = operation_of(operation, flat, scope.unqualified_writer(), common, retry_safe=repeatable)
    local = scope.writer(frozenset(str(name) for name in name_of.values()))
    given = {wire for start in starts for wire, _ in start.fixed}
    # The body of a method can hold one way to make the call; a choice between several is made in one place.
    simple = len(payloads) < 2 and not any(payload.when or payload.checks for payload in payloads)
    return CallView(
        function=None if simple else function,
        constant=constant,
        operation=declared,
        has_operation_id=operation.id is not None,
        template=operation.template,
        address=operation.address,
        returns=_every_return(operation, accepts, writer),
        local_returns=_every_return(operation, accepts, local) if starts else Code(""),
        alternatives=alternatives,
        arguments=(*positional, *keywords),
        payloads=payloads,
        retries=retries_of(declared, operation.retry_reason),
        fixed=frozenset(a.name for a in keywords if a.location == "body" and a.wire in given),
        media_types=_media_types(operation, payloads),
        headers=tuple(
            (response.status, Code(f"models.{scope.classes[response.headers.key]}"))
            for response in operation.responses
            if response.headers is not None
        ),
        content_type_argument=name_of.get("content_type"),
        accept_argument=name_of.get("accept"),
        idempotency_argument=name_of.get("idempotency"),
        of_job=of_job,
    )


def _argument_names(
    operation: ir.Operation,
    key: str,
    scope: Scope,
    fields: Sequence[BodyField],
    *,
    flattened: bool,
    several: bool,
    opened: bool,
) -> dict[str, Identifier]:
    """Returns the name of each argument, by its address within the operation.

    `flattened`: whether the body becomes keywords, and `opened`: whether further ones may be given; `several`: whether
    the caller may choose what is accepted.
    """
    address = key
    candidates = [*_parameter_candidates(operation, key), *(_field_candidate(key, item) for item in fields)]
    if operation.body is not None and not flattened:
        candidates.append(Candidate(f"{address}|body", ("body", "request_body"), exact=True))
        if len(operation.body.contents) > 1:
            candidates.append(Candidate(f"{address}|content_type", ("content_type", "body_content_type"), rank=1))
    if opened:
        names = ("additional_properties", "body_additional_properties")
        candidates.append(Candidate(f"{address}|additional", names, rank=1))
    if several:
        candidates.append(Candidate(f"{address}|accept", ("accept", "accept_media_type"), rank=1))
    if operation.idempotency_header is not None:
        candidates.append(Candidate(f"{address}|idempotency", ("idempotency_key",), exact=True))
    named = scope.names.resolve(candidates, reserved=RESERVED_ARGUMENTS, prefix="argument:", fallback="argument")
    return {address_.removeprefix(f"{address}|"): name for address_, name in named.items()}


def _parameter_candidates(operation: ir.Operation, key: str) -> Iterator[Candidate]:
    for parameter in arguments_of(operation):
        address = f"{key}|{parameter_address(parameter, operation)}"
        candidate = field_candidate(parameter.wire, address, f"{parameter.location}_")
        if parameter.location == "path":
            yield replace(candidate, rank=0, others=(f"{key}|path:{parameter.wire}",))
        else:
            yield replace(candidate, rank=1)


def _field_candidate(key: str, item: BodyField) -> Candidate:
    address = f"{key}|{item.address}"
    candidate = field_candidate(item.wire, address, "body_")
    if item.is_file and item.twice:
        name = f"{candidate.names[0] or 'body'}_file"
        return Candidate(address, (name, f"body_{name}"), rank=1)
    return replace(candidate, rank=1)


def arguments_of(operation: ir.Operation) -> list[ir.Parameter]:
    """Returns the parameters that are given to the method."""
    return [parameter for parameter in operation.parameters if not parameter.of_client]


def _parameter_argument(parameter: ir.Parameter, name: Identifier, writer: AnnotationWriter) -> Argument:
    annotation = writer.annotation(parameter.type, closed_enum=True)
    if parameter.type == ir.Scalar("uuid"):
        annotation = Code(f"{annotation} | {writer.builtin('str')}")
    default = Code("")
    if not parameter.required and parameter.location != "path":
        annotation = writer.union([annotation, Code("None")])
        default = Code("None")
    elif isinstance(parameter.type, ir.Const):
        default = literal(parameter.type.value)
    return Argument(
        name,
        parameter.wire,
        parameter.location,
        annotation,
        not default,
        default,
        plain(parameter.description),
        positional=parameter.location == "path" and not default,
        api_default=None if isinstance(parameter.default, ir.Missing) else parameter.default,
        has_api_default=not isinstance(parameter.default, ir.Missing),
        encodings=encodings_of(parameter.type, writer.declarations),
    )


def _accept_argument(
    media_types: Sequence[str], name: Identifier, writer: AnnotationWriter, *, overloaded: bool
) -> Argument:
    """Returns the argument that chooses what is asked for; overloads state what it may be."""
    choices = ", ".join(literal(media_type) for media_type in media_types)
    choice = writer.builtin("str") if overloaded else f"{writer.typing('Literal')}[{choices}]"
    annotation = Code(f"{choice} | None")
    doc = "Media type to ask for."
    return Argument(name, "", "option", annotation, False, Code("None"), doc)


def _idempotency_argument(operation: ir.Operation, name: Identifier, writer: AnnotationWriter) -> Argument:
    annotation = Code(f"{writer.builtin('str')} | None")
    doc = "Sent on every attempt, so that the server does the work once; a random one by default."
    return Argument(name, operation.idempotency_header or "", "header", annotation, False, Code("None"), doc)


def _media_types(operation: ir.Operation, payloads: Sequence[Payload]) -> tuple[str, ...]:
    """Returns the media types of all bodies that may be sent."""
    if operation.body is None:
        return ()
    if any(payload.argument is not None for payload in payloads):
        return tuple(content.media_type for content in operation.body.contents)
    forms = ["multipart/form-data" for payload in payloads if payload.files]
    return (*(payload.media_type for payload in payloads), *forms)


def _successes(operation: ir.Operation) -> list[ir.Response]:
    """Returns the responses that a method returns: 2xx, or `default` where no 2xx is declared."""
    found = [r for r in operation.responses if r.status.startswith("2")]
    return found or [r for r in operation.responses if r.status == "default"]


def _accepts(operation: ir.Operation) -> list[str]:
    """Returns the media types to choose from, where responses differ in kind or are not decoded: PNG or JPEG."""
    contents = [content for response in _successes(operation) for content in response.contents]
    if {content.kind for content in contents} <= {"json"}:
        return []
    media_types = list(dict.fromkeys(content.media_type for content in contents))
    return media_types if len(media_types) > 1 else []


def _preferred(contents: Sequence[ir.Content], writer: AnnotationWriter) -> list[ir.Content]:
    """Returns what is asked for by default: JSON, with a schema if any has one, else what is returned as the first."""
    json = [content for content in contents if content.kind == "json"]
    typed = [content for content in json if content.type != ir.Anything()]
    if json or not contents:
        return typed or json
    first = content_annotation(contents[0], writer)
    return [content for content in contents if content_annotation(content, writer) == first]


def _returned(operation: ir.Operation, writer: AnnotationWriter, media_type: str | None = None) -> Code:
    """Returns what a call returns, if a media type is asked for, else by default."""
    parts: list[Code] = []
    successes = _successes(operation)
    every = [content for response in successes for content in response.contents]
    default = _preferred(every, writer)
    for response in successes:
        contents = [content for content in response.contents if content.media_type == media_type]
        contents = contents or [content for content in response.contents if content in default]
        contents = contents or _preferred(response.contents, writer)
        parts += [content_annotation(content, writer) for content in contents]
        if not response.contents:
            parts.append(Code("None"))
    return writer.union(parts) if parts else Code("None")


def _every_return(operation: ir.Operation, accepts: Sequence[str], writer: AnnotationWriter) -> Code:
    """Returns what a call returns, whatever is asked for."""
    return writer.union([_returned(operation, writer, media_type) for media_type in (None, *accepts)])


def _alternatives(operation: ir.Operation, accepts: Sequence[str], writer: AnnotationWriter) -> tuple[Alternative, ...]:
    """Returns what a call returns by what is asked for, the default first; nothing where it is the same for all."""
    ordinary = _returned(operation, writer)
    by_type: dict[Code, list[str]] = {ordinary: []}
    for media_type in accepts:
        by_type.setdefault(_returned(operation, writer, media_type), []).append(media_type)
    if len(by_type) < 2:
        return ()
    literal_, none = writer.typing("Literal"), Code("None")
    found: list[Alternative] = []
    for returns, media_types in by_type.items():
        choices = Code(f"{literal_}[{', '.join(map(literal, media_types))}]")
        if returns == ordinary:
            annotation = Code(f"{choices} | None") if media_types else none
            found.insert(0, Alternative(annotation, none, returns))
        else:
            found.append(Alternative(choices, Code(""), returns))
    return tuple(found)
