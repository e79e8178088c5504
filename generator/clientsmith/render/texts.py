"""Texts of whole pages: docstrings of modules and classes, the exports of the package, the lines of API.md.

All texts here are our own, but for the descriptions that they quote; those go through `docstring` like any other.
"""

from __future__ import annotations

import re

from clientsmith.view import (
    ClientView,
    Code,
    ErrorView,
    Handle,
    Identifier,
    Package,
    ResourceModule,
    ResourceView,
)

_TREE = """\
    APIError
    +-- APIConnectionError          no response came
    |   +-- APITimeoutError
    |   +-- UnknownOutcomeError     the request may have been carried out
    +-- APIStatusError              a response that is not a success; `.body` is typed
    |   +-- RedirectStatusError
    |   +-- ClientStatusError       4xx, with a class for each common status
    |   +-- ServerStatusError       5xx, the same
    +-- ResponseDecodeError         a response that is not as documented
    +-- ResponseTooLargeError       a response with more bytes than are allowed
    +-- MissingCredentialError"""
_JOB_TREE = """
    +-- JobError
        +-- JobFailed
        |   +-- JobCancelled, JobExpired, JobPartiallyFailed
        +-- JobTimeout              the job may still be running; `.job_id` is kept
        +-- JobBlocked"""


def package_doc(package: Package) -> str:
    """The docstring of the package: what it is, how it is used, what is assumed."""
    title = package.title.strip() or str(package.name)
    blocks = [title if title.endswith(".") else f"{title}."]
    if package.doc.strip():
        blocks.append(package.doc.strip())
    blocks.append(f"    from {package.import_name} import Client\n\n    with Client() as client:\n        ...")
    blocks.append(
        "`Client` and `AsyncClient` have the same methods. Models are in `models`, exceptions in `errors`, what tests "
        "need in `testing`; API.md lists every public name."
    )
    if package.assumptions:
        rows = "\n".join(f"- {_readable(pointer)}: {reason}" for pointer, reason in package.assumptions)
        blocks.append(f"What the documentation does not state, and is assumed:\n\n{rows}")
    return "\n\n".join(blocks)


def _readable(pointer: str) -> str:
    """Returns a place in the document in words: `POST /v1/scale, responses 200`, `Job.status`."""
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
    match tokens:
        case ["paths", path, method, *rest]:
            return f"`{method.upper()} {path}`{', ' if rest else ''}{' '.join(rest)}"
        case ["components", "schemas", name, *rest]:
            return f"`{'.'.join([name, *(token for token in rest if token != 'properties')])}`"
        case _:
            return f"`{' '.join(tokens) or 'the document'}`"


def errors_doc(package: Package) -> str:
    tree = _TREE + (_JOB_TREE if package.jobs else "")
    return f"Everything that a call can raise.\n\n{tree}\n\nThe message of each is one line; all can be pickled."


def error_doc(error: ErrorView) -> str:
    return f"{error.statuses}: {error.doc}"


def client_doc(package: Package, asynchronous: bool) -> str:
    """The docstring of `Client` or `AsyncClient`."""
    title = package.title.strip() or package.name
    if asynchronous:
        return (
            f"Asynchronous client of {title}.\n\n    async with AsyncClient() as client:\n        ...\n\n"
            "Its methods are those of `Client`."
        )
    return f"Client of {title}, safe to share; it keeps connections open until it is closed."


def constructor_doc(client: ClientView) -> str:
    """The docstring of the constructor: every argument."""
    rows: list[str] = []
    for credential in client.credentials:
        for argument, variable in zip(credential.arguments, credential.variables, strict=True):
            text = " ".join(f"{credential.doc} Read from the environment variable {variable} when left out.".split())
            rows.append(f"{argument.name}: {text}")
    rows += [f"{a.name}: {' '.join(a.doc.split())}" for a in (*client.own_options, *client.options)]
    return "Nothing is sent before the first call.\n\nArgs:\n" + "\n".join(f"    {row}" for row in rows)


def module_doc(module: ResourceModule) -> str:
    """The docstring of a module of resources."""
    resource = module.outermost
    return resource.title if resource.title.endswith(".") else f"{resource.title}."


def class_doc(resource: ResourceView) -> str:
    """The docstring of a resource's class; its asynchronous form has none, as its name states what it is."""
    attribute = f"`client.{resource.path}`" if resource.path else "`client`"
    return f"{attribute}: {resource.doc}" if resource.doc.strip() else f"{attribute}."


def resume_doc(resource: ResourceView, handle: Handle) -> str:
    """The docstring of the method that gives the asynchronous handle of a job by its id."""
    return f"The asynchronous form of `{resource.class_name}.{handle.name}`."


def root_exports(package: Package) -> list[tuple[Code, tuple[Identifier, ...]]]:
    """Modules, and the names that the package exports from them, sorted."""
    exports: list[tuple[Code, tuple[Identifier, ...]]] = []
    if package.jobs:
        exports.append((Code("_jobs"), tuple(sorted(n for j in package.jobs for n in (j.alias, j.async_alias)))))
        exports.append((Code("_runtime.job_declarations"), _identifiers("JobState")))
        exports.append((Code("_runtime.job_outcomes"), _identifiers("JobProgress JobResult")))
        kinds = "AsyncJob Job"
        if any(job.spec.cancel for job in package.jobs):
            kinds = "AsyncCancellableJob AsyncJob CancellableJob Job"
        exports.append((Code("_runtime.jobs"), _identifiers(kinds)))
    if package.client.own_options:
        exports.append((Code("_options"), _identifiers("RequestOptions")))
        exports.append((Code("_runtime.operation"), _identifiers("ApiResponse")))
    else:
        exports.append((Code("_runtime.operation"), _identifiers("ApiResponse RequestOptions")))
    exports.append((Code("_runtime.transport"), _identifiers(_TRANSPORT)))
    exports.append((Code("_runtime.declarations"), _identifiers("UNSET Unset")))
    exports.append((Code("errors"), package.error_names))
    return exports


_TRANSPORT = "AsyncTransport BodyStream Headers Request Response Timeout Transport TransportError"
"""What who writes a transport, or reads the response of an error, needs."""


def late_exports(package: Package) -> list[tuple[Code, tuple[Identifier, ...]]]:
    """Modules of the runtime that are read when one of their names is first used, and those names."""
    exports: list[tuple[Code, tuple[Identifier, ...]]] = []
    if any(_takes_file(argument.annotation) for call in package.calls for argument in call.arguments):
        exports.append((Code("file_content"), _identifiers("File")))
    if package.client.settings.transport == "stdlib":
        exports.append((Code("stdlib_http"), _identifiers("AsyncStdlibTransport StdlibTransport")))
    else:
        exports.append((Code("httpx_adapter"), _identifiers("AsyncHttpxTransport HttpxTransport")))
    return exports


_takes_file = re.compile(r"(?<![\w.])File\b").search


def _identifiers(names: str) -> tuple[Identifier, ...]:
    return tuple(map(Identifier, names.split()))


TEMPLATE_FUNCTIONS = (
    class_doc,
    client_doc,
    constructor_doc,
    error_doc,
    errors_doc,
    late_exports,
    module_doc,
    package_doc,
    resume_doc,
    root_exports,
)
"""What templates may call."""
