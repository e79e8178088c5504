"""Which exceptions the package declares: one leaf per status of which it knows the body, with its type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clientsmith import ir
from clientsmith.translate.annotations import AnnotationWriter, Imports
from clientsmith.translate.jobs import job_types
from clientsmith.translate.operations import CommonParts, is_of_errors
from clientsmith.translate.plain_text import plain
from clientsmith.view import JOB_ERRORS, PLAIN_ERRORS, Code, ErrorView, Identifier, JobErrors

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

FAMILIES = {4: "ClientStatusError", 5: "ServerStatusError"}
"""Those of ranges, by their first digit."""


def inherited_errors(api: ir.Api, own: tuple[ErrorView, ...]) -> tuple[Identifier, ...]:
    """Classes of the runtime that the package exports as they are, sorted."""
    names = {*PLAIN_ERRORS, *FAMILIES.values(), *LEAVES.values(), *(JOB_ERRORS if api.jobs else ())}
    return tuple(Identifier(name) for name in sorted(names - {error.name for error in own}))


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


def errors_of(
    api: ir.Api, classes: Mapping[str, Identifier], common: CommonParts
) -> tuple[tuple[ErrorView, ...], JobErrors | None, tuple[Code, ...]]:
    """Returns the error classes by status, what exceptions of jobs hold, and the imports that all of them need.

    A status that no operation declares has a class where ranges or defaults give it a body. The class of a range, whose
    `status` is its first digit, is one of them where all that is below it has the same body: what catches it can rely
    on nothing else.
    """
    descriptions = error_descriptions(api)
    imports = Imports()
    imports.name("._runtime.errors", "*")
    writer = AnnotationWriter(imports, classes, api.declarations, qualifier="models")
    declared = _bodies(api)
    views: list[ErrorView] = []
    for digit, family in FAMILIES.items():
        statuses = sorted(status for status in {*LEAVES, *descriptions} if status // 100 == digit)
        bodies = {status: _body(declared, str(status), common, writer) for status in statuses}
        shared = _body(declared, f"{digit}XX", common, writer)
        is_one = shared is not None and set(bodies.values()) == {shared}
        if shared is not None and is_one:
            views.append(ErrorView(Identifier(family), Identifier(family), digit, shared, ""))
        for status, body in bodies.items():
            if status not in descriptions and body is None:
                continue
            base = Identifier(LEAVES.get(status, family))
            views.append(
                ErrorView(
                    name=error_name(status),
                    base=base,
                    status=status,
                    body=writer.typing("Any") if body is None else body,
                    doc="\n\n".join(sorted(descriptions.get(status, ()))[:3]),
                    family=Identifier(family) if is_one else None,
                )
            )
    if views:
        imports.name("._runtime", "errors as _errors")
    of_jobs = _job_errors(api, writer)
    if of_jobs is not None:
        imports.name("._runtime", "job_outcomes as _outcomes")
    return tuple(sorted(views, key=lambda view: view.status)), of_jobs, imports.lines()


def _job_errors(api: ir.Api, writer: AnnotationWriter) -> JobErrors | None:
    """Returns what exceptions of jobs hold; a result only those of which some items may fail, if there are such."""
    if not api.jobs:
        return None
    snapshots = {job.name: job_types(job, api, writer)[0] for job in api.jobs}
    partial = [job for job in api.jobs if job.items is not None or "partial" in dict(job.states).values()]
    results = [job_types(job, api, writer)[1] for job in partial or api.jobs]
    return JobErrors(
        writer.union([*dict.fromkeys(snapshots.values()), Code("None")]),
        writer.union([*dict.fromkeys(results), Code("None")]),
    )


def _bodies(api: ir.Api) -> list[dict[str, list[ir.Type]]]:
    """Returns what JSON in the errors of each operation can be, by status: "404", "4XX" or "default"."""
    return [
        {
            response.status: [content.type for content in response.contents if content.kind == "json"]
            for response in operation.responses
            if is_of_errors(response.status, operation)
        }
        for operation in api.operations
    ]


def _body(
    bodies: Sequence[Mapping[str, list[ir.Type]]], status: str, common: CommonParts, writer: AnnotationWriter
) -> Code | None:
    """Returns the annotation of what the body of errors with a status ("404", or any "4XX") can be, None if nothing
    describes it.

    For each operation that is its own response for the status, the range, the default, else what all operations have
    in common, as the runtime looks for it.
    """
    keys = (status, f"{status[0]}XX", "default")
    shared = [common.error_types[key] for key in keys if key in common.error_types][:1]
    found: dict[ir.Type, None] = {}
    for declared in bodies:
        types = next((declared[key] for key in keys if key in declared), shared)
        found.update(dict.fromkeys(types or shared))
    if not found:
        return None
    return writer.union([*(writer.annotation(type_) for type_ in found), Code("None")])
