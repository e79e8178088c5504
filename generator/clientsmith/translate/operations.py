"""An operation as its client declares it to the runtime: path, responses, security, how parameters are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from clientsmith import ir
from clientsmith.records import dataclass
from clientsmith.runtime.declarations import Operation
from clientsmith.runtime.params import is_json
from clientsmith.runtime.styles import DEFAULT_STYLE, Param, default_explode
from clientsmith.translate.annotations import AnnotationWriter
from clientsmith.translate.bodies import FlatContent
from clientsmith.view import Code


def operation_of(
    operation: ir.Operation,
    flat: Iterable[FlatContent],
    writer: AnnotationWriter,
    common: CommonParts,
    *,
    retry_safe: bool,
) -> Operation:
    """Returns the declaration of an operation.

    Args:
        operation: as it was read.
        flat: its contents whose fields become keywords.
        writer: of annotations that the runtime resolves in the models.
        common: what the client declares for all operations, which need not be repeated here.
        retry_safe: whether it may be sent again whatever its method is.
    """
    contents = operation.body.contents if operation.body is not None else ()
    encoded = [(content, part) for content in contents for part in content.encodings]
    return Operation(
        operation.id or f"{operation.method} {operation.template}",
        _route(operation),
        responses=_responses(operation, writer, common),
        security=None if operation.security == common.security else operation.security,
        params=(*_params(operation.parameters), *(_field(part) for c, part in encoded if _is_styled(c, part))),
        server=operation.servers[0].address if operation.servers else None,
        retry_statuses=operation.retry_statuses,
        idempotency_header=operation.idempotency_header,
        retry_safe=retry_safe,
        encodings={
            part.wire: part.content_type
            for content, part in encoded
            if content.kind in ("multipart", "form") and part.content_type is not None and not _is_styled(content, part)
        },
        files=("",) if any(map(_is_json_file, contents)) else _files(flat),
        choices=tuple(choice for content in contents for choice in content.choices),
    )


@dataclass(frozen=True, slots=True)
class CommonParts:
    """What the client declares for all operations: the bodies of errors by status, and the security of most."""

    error_bodies: Mapping[str, str]
    error_types: Mapping[str, ir.Type]
    security: tuple[ir.Requirement, ...]


def common_parts(api: ir.Api, writer: AnnotationWriter) -> CommonParts:
    """Returns what operations have in common; `writer` of annotations that the runtime resolves in the models."""
    counted = Counter(operation.security for operation in api.operations)
    security = max(sorted(counted), key=lambda requirement: counted[requirement], default=())
    types = _error_types(api, writer)
    bodies = {status: str(writer.annotation(type_)) for status, type_ in types.items()}
    return CommonParts(bodies, types, security)


def _route(operation: ir.Operation) -> str:
    """Returns method and path; braces that are none of a parameter are percent-encoded (RFC 3986 section 2.1)."""
    parts = [
        f"{{{part}}}" if index % 2 else part.replace("{", "%7B").replace("}", "%7D")
        for index, part in enumerate(operation.path)
    ]
    return f"{operation.method} {''.join(parts)}"


def _error_types(api: ir.Api, writer: AnnotationWriter) -> dict[str, ir.Type]:
    """Returns the type of an error's JSON body by status ("404", "4XX", "default"), where all operations that state one
    agree on how it is annotated."""
    found: dict[str, dict[str, ir.Type]] = {}
    for operation in api.operations:
        for response in operation.responses:
            json = next((content for content in response.contents if _is_decoded(content)), None)
            if json is not None and is_of_errors(response.status, operation):
                found.setdefault(response.status, {})[str(writer.annotation(json.type))] = json.type
    return {status: next(iter(types.values())) for status, types in sorted(found.items()) if len(types) == 1}


def is_of_errors(status: str, operation: ir.Operation) -> bool:
    """Whether a response is that of one error, of a range of errors, or of all that are not declared."""
    if status == "default":
        return any(response.status.startswith("2") for response in operation.responses)
    return is_error(status) or status in ("4XX", "5XX")


def is_error(status: str) -> bool:
    """Whether a status is that of one error: neither a success nor a range of statuses."""
    return status.isdecimal() and 400 <= int(status) <= 599


def ordinary_success(operation: ir.Operation) -> ir.Response | None:
    """Returns the response of an ordinary success.

    That is the first 2xx, except where POST documents 201 or 202 beside a 200: what is new is created or accepted (RFC
    9110 sections 15.3.2 and 15.3.3), so the 200 is of a request that was repeated or had nothing to do.
    """
    successes = [response for response in operation.responses if response.status.startswith("2")]
    if operation.method == "POST":
        for response in successes:
            if response.status in ("201", "202"):
                return response
    return next(iter(successes), None)


def content_annotation(content: ir.Content, writer: AnnotationWriter) -> Code:
    """Returns the annotation of a response's content."""
    match content.kind:
        case "json":
            return writer.annotation(content.type)
        case "text":
            return writer.builtin("str")
        case "multipart" | "form" | "bytes":
            return writer.builtin("bytes")
        case _:
            assert_never(content.kind)


def _responses(
    operation: ir.Operation, writer: AnnotationWriter, common: CommonParts
) -> dict[str, Mapping[str, str] | str]:
    """Returns the responses as `Operation` takes them, without those that the runtime reads in the same way anyway.

    It reads a success that is not declared as another one, and an error that is not declared as the range of its
    status, as the default, or as `common` states.
    """
    responses = {response.status: _decoded(response, writer) for response in operation.responses}
    if not any(status.startswith("2") for status in responses):
        return {status: _shortened(content) for status, content in responses.items()}
    kept: dict[str, Mapping[str, str] | str] = {}
    ordinary = ordinary_success(operation)
    successes = [content for status, content in responses.items() if status.startswith("2")]
    alike = all(content == successes[0] for content in successes)
    for status, content in responses.items():
        declared = _json_of(content)
        if is_error(status):
            fallback = responses.get(f"{status[0]}XX", responses.get("default"))
            if fallback is not None:
                if declared == _json_of(fallback):
                    continue
            elif declared is None or declared == common.error_bodies.get(status):
                continue
        elif is_of_errors(status, operation):
            if declared == common.error_bodies.get(status) and not _is_hidden(status, responses, common):
                continue
        elif alike and ordinary is not None and status.startswith("2") and status != ordinary.status:
            continue
        kept[status] = _shortened(content)
    return kept


def _shortened(content: Mapping[str, str]) -> Mapping[str, str] | str:
    """Returns the annotation alone where all that a response can be is JSON."""
    return content["application/json"] if [*content] == ["application/json"] else content


def _is_hidden(status: str, responses: Mapping[str, object], common: CommonParts) -> bool:
    """Whether what the client declares for one error comes before what an operation declares for a range of them."""
    first = "" if status == "default" else status[0]
    body = common.error_bodies.get(status)
    return any(
        other != body and one != status and one.startswith(first) and one not in responses
        for one, other in common.error_bodies.items()
    )


def _decoded(response: ir.Response, writer: AnnotationWriter) -> dict[str, str]:
    return {content.media_type: _decoded_as(content, writer) for content in response.contents}


def _is_decoded(content: ir.Content) -> bool:
    """Whether the runtime decodes a content of an error."""
    return content.kind == "json" and is_json(content.media_type)


def _json_of(content: Mapping[str, str]) -> str | None:
    """Returns how the runtime decodes the body of an error, None if it does not."""
    return next((kind for media_type, kind in content.items() if is_json(media_type) and kind != "raw"), None)


def _decoded_as(content: ir.Content, writer: AnnotationWriter) -> str:
    return "raw" if _is_json_file(content) else str(content_annotation(content, writer))


def _is_json_file(content: ir.Content) -> bool:
    """Whether a content is a file although its media type is JSON."""
    return content.kind == "bytes" and is_json(content.media_type)


def _files(flat: Iterable[FlatContent]) -> tuple[str, ...]:
    """Returns the fields of multipart bodies that hold files."""
    return tuple(field.wire for content, model in flat for field in model.fields if field.wire in content.files)


def _params(parameters: Iterable[ir.Parameter]) -> Iterator[Param]:
    """Yields the parameters that are not written in the default way of their location."""
    for parameter in parameters:
        style = None if parameter.style == DEFAULT_STYLE[parameter.location] else parameter.style
        explode = None if parameter.explode == default_explode(parameter.style) else parameter.explode
        param = Param(
            parameter.location,
            parameter.wire,
            style,
            explode,
            parameter.media_type,
            parameter.allow_reserved,
            allow_empty=parameter.allow_empty,
        )
        if param != Param(parameter.location, parameter.wire) or parameter.location == "querystring":
            yield param


def _is_styled(content: ir.Content, part: ir.PartEncoding) -> bool:
    """Whether a field is written by `style` and `explode`, which leave its media type without effect.

    OAS 3.1.1, Encoding Object: an explicit `style`, `explode` or `allowReserved` of an urlencoded field.
    """
    return content.kind == "form" and (part.style is not None or part.explode is not None)


def _field(part: ir.PartEncoding) -> Param:
    style = part.style or DEFAULT_STYLE["form"]
    explode = default_explode(style) if part.explode is None else part.explode
    return Param(
        "form",
        part.wire,
        None if style == DEFAULT_STYLE["form"] else style,
        None if explode == default_explode(style) else explode,
    )
