"""Which exceptions the package declares: one leaf per documented error status, with the type of its body."""

from __future__ import annotations

from collections.abc import Mapping

from clientsmith import ir
from clientsmith.translate.annotations import AnnotationWriter, Imports
from clientsmith.translate.plain_text import plain
from clientsmith.view import JOB_ERRORS, Code, ErrorView, Identifier

# Names of the runtime's leaves; fixed here and not taken from `http.HTTPStatus`, whose phrases change between versions.
LEAVES = {
    400: "BadRequestError",
    401: "AuthenticationError",
    402: "PaymentRequiredError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    410: "GoneError",
    413: "ContentTooLargeError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
    500: "InternalServerError",
    502: "BadGatewayError",
    503: "ServiceUnavailableError",
    504: "GatewayTimeoutError",
}

_OTHERS = [
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "ClientStatusError",
    "MissingCredentialError",
    "RedirectStatusError",
    "ResponseDecodeError",
    "SchemaDriftWarning",
    "ServerStatusError",
    "UnknownOutcomeError",
]


def inherited_errors(api: ir.Api, own: tuple[ErrorView, ...]) -> tuple[Identifier, ...]:
    """Classes of the runtime that the package exports as they are, sorted."""
    names = {*_OTHERS, *LEAVES.values(), *(JOB_ERRORS if api.jobs else ())} - {error.name for error in own}
    return tuple(Identifier(name) for name in sorted(names))


def error_name(status: int) -> Identifier:
    """The class that a status raises: `404` -> `NotFoundError`, `418` -> `Status418Error`."""
    return Identifier(LEAVES.get(status, f"Status{status}Error"))


def error_descriptions(api: ir.Api) -> dict[int, tuple[str, ...]]:
    """Returns the distinct descriptions of each error status, in the order of the operations."""
    found: dict[int, dict[str, None]] = {}
    for operation in api.operations:
        for response in operation.responses:
            if response.status.isdecimal() and 400 <= int(response.status) <= 599:
                texts = found.setdefault(int(response.status), {})
                if text := plain(response.description.strip()):
                    texts[text] = None
    return {status: tuple(texts) for status, texts in found.items()}


def errors_of(api: ir.Api, classes: Mapping[str, Identifier]) -> tuple[tuple[ErrorView, ...], tuple[Code, ...]]:
    """The error classes by status, and the imports that their annotations need."""
    bodies: dict[int, list[ir.Type]] = {}
    descriptions = error_descriptions(api)
    for operation in api.operations:
        for response in operation.responses:
            if not response.status.isdecimal() or not 400 <= int(response.status) <= 599:
                continue
            status = int(response.status)
            bodies.setdefault(status, []).extend(c.type for c in response.contents if c.kind == "json")
    imports = Imports()
    imports.name("._runtime", "errors as _errors")
    writer = AnnotationWriter(imports, classes, api.declarations, qualifier="models")
    views: list[ErrorView] = []
    for status in sorted(bodies):
        annotations = [writer.annotation(t) for t in dict.fromkeys(bodies[status])]
        body = writer.union([*annotations, Code("None")]) if annotations else Code("None")
        family = "ClientStatusError" if status < 500 else "ServerStatusError"
        views.append(
            ErrorView(
                name=error_name(status),
                base=Identifier(LEAVES.get(status, family)),
                status=status,
                body=body if annotations else writer.typing("Any"),
                doc="\n\n".join(sorted(descriptions[status])[:3]),
            )
        )
    return tuple(views), imports.lines()
