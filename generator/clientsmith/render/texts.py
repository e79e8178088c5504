"""What whole pages say: docstrings of modules and classes, the exports of the package, the lines of API.md.

All texts here are our own, but for the descriptions that they quote; those go through `docstring` like any other.
"""

from __future__ import annotations

from clientsmith.render.statements import Group, constructor, laid_out, signature
from clientsmith.view import ClientView, Code, Definition, ErrorView, Identifier, Package, ResourceModule

_TREE = """\
    APIError
    +-- APIConnectionError          no answer came
    |   +-- APITimeoutError
    |   +-- UnknownOutcomeError     the request may have been carried out
    +-- APIStatusError              an answer that is not a success; `.body` is typed
    |   +-- RedirectStatusError
    |   +-- ClientStatusError       4xx, with a class for each common status
    |   +-- ServerStatusError       5xx, the same
    +-- ResponseDecodeError         an answer that is not what the documentation says
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
        blocks.append(f"What the documentation does not say, and is assumed:\n\n{rows}")
    return "\n\n".join(blocks)


def _readable(pointer: str) -> str:
    """Where something stands in the document, in words: `POST /v1/scale, responses 200`, `Job.status`."""
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
    match tokens:
        case ["paths", path, method, *rest]:
            return f"`{method.upper()} {path}`{', ' if rest else ''}{' '.join(rest)}"
        case ["components", "schemas", name, *rest]:
            return f"`{'.'.join([name, *(token for token in rest if token != 'properties')])}`"
        case _:
            return f"`{' '.join(tokens) or 'the document'}`"


def errors_doc(package: Package) -> str:
    tree = _TREE + (_JOB_TREE if package.has_jobs else "")
    return f"Everything that a call can raise.\n\n{tree}\n\nThe message of each is one line; all can be pickled."


def error_doc(error: ErrorView) -> str:
    return f"{error.status}: {error.doc}" if error.doc.strip() else f"{error.status}."


def client_doc(package: Package, asynchronous: bool) -> str:
    """The docstring of `Client` or `AsyncClient`."""
    kind = "Asynchronous client" if asynchronous else "Client"
    statement = "async with AsyncClient() as client:" if asynchronous else "with Client() as client:"
    title = package.title.strip() or package.name
    note = "Safe to share; it keeps connections open until it is closed."
    return f"{kind} of {title}.\n\n    {statement}\n        ...\n\n{note}"


def constructor_doc(client: ClientView) -> str:
    """The docstring of the constructor: every argument."""
    rows: list[str] = []
    sender = "the standard library" if client.transport == "stdlib" else client.transport
    for credential in client.credentials:
        for argument, variable in zip(credential.arguments, credential.variables, strict=True):
            text = " ".join(f"{credential.doc} Read from the environment variable {variable} when left out.".split())
            rows.append(f"{argument.name}: {text}")
    if client.base_url is None:
        rows.append(f"base_url: Where the API is served; required. {client.base_url_note}".rstrip())
    else:
        rows.append(f"base_url: Where the API is served, instead of {client.base_url}")
    rows += [
        f"transport: Sends the requests, instead of {sender}.",
        "timeout: Seconds for one attempt.",
        "deadline: Seconds for a whole call, retries included; None for no limit.",
        "max_retries: How often a call is tried again when that is safe.",
        "headers: Sent with every request.",
        "strict: Raise `ResponseDecodeError` where an answer departs from its description, instead of warning.",
    ]
    return "Nothing is sent before the first call.\n\nArgs:\n" + "\n".join(f"    {row}" for row in rows)


def root_exports(package: Package) -> list[tuple[Code, tuple[Identifier, ...]]]:
    """Module and names that the package gives on, sorted."""
    exports: list[tuple[Code, tuple[Identifier, ...]]] = []
    if package.has_jobs:
        exports.append((Code("_runtime.jobs"), tuple(Identifier(n) for n in ("AsyncJob", "Job", "JobResult"))))
    exports.append((Code("_runtime.operation"), tuple(Identifier(n) for n in ("ApiResponse", "RequestOptions"))))
    exports.append((Code("_runtime.transport"), (Identifier("Timeout"),)))
    exports.append((Code("_runtime.unset"), tuple(Identifier(n) for n in ("UNSET", "Unset"))))
    exports.append((Code("errors"), package.error_names))
    return exports


def root_names(package: Package) -> tuple[str, ...]:
    """`__all__` of the package."""
    names = {
        "Client",
        "AsyncClient",
        "errors",
        "models",
        *(name for _, names in root_exports(package) for name in names),
    }
    return tuple(sorted(names))


def client_lines(package: Package) -> Code:
    """The constructors, for API.md."""
    rows = [f"Client: {constructor(package.client, asynchronous=False)}"]
    rows.append(f"AsyncClient: {constructor(package.client, asynchronous=True)}")
    return Code("\n".join(_one_line(row) for row in rows))


def resource_lines(resource: ResourceModule) -> Code:
    """The methods of a resource, sorted, for API.md; the asynchronous ones are the same with `await`."""
    rows = [_one_line(signature(method, asynchronous=False)) for method in resource.methods]
    rows += [f"def {job.resume}(self, job_id: str) -> {job.type}:" for job in resource.jobs]
    return Code("\n".join(row.removesuffix(":") for row in sorted(rows)))


def model_lines(package: Package) -> Code:
    """The models with their fields, sorted, for API.md."""
    definitions = sorted((d for m in package.models for d in m.definitions), key=lambda d: d.name)
    return Code("\n".join(_definition(d) for d in definitions))


def _definition(definition: Definition) -> str:
    match definition.kind:
        case "model":
            fields = [f"{f.name}: {f.annotation}" + ("" if not f.default else " = ...") for f in definition.fields]
            return laid_out(Group(f"{definition.name}(", fields, ")"), 0)
        case "enum":
            from clientsmith.escape import literal

            return laid_out(Group(f"{definition.name} = Literal[", [literal(v) for v in definition.values], "]"), 0)
        case "alias":
            return f"{definition.name} = {definition.annotation}"


def _one_line(text: str) -> str:
    joined = " ".join(line.strip() for line in text.splitlines())
    return joined.replace("( ", "(").replace(", )", ")")


PIECES = (
    client_doc,
    client_lines,
    constructor_doc,
    error_doc,
    errors_doc,
    model_lines,
    package_doc,
    resource_lines,
    root_exports,
    root_names,
)
"""What templates may call."""
