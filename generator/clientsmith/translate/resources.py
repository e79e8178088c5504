"""Resources: which class an operation belongs to, what its method is called, and the module around them.

Decides the public surface `client.resource.method(...)`. How one call is written is decided in `calls`.
"""

from __future__ import annotations

from collections.abc import Mapping

from clientsmith import ir
from clientsmith.escape import literal
from clientsmith.translate.annotations import Imports
from clientsmith.translate.calls import Scope, call_of
from clientsmith.translate.jobs import job_of, start_identifier
from clientsmith.translate.naming import CHOSEN, DERIVED, Candidate, Names
from clientsmith.translate.words import pascal_of, snake, words_of
from clientsmith.view import Argument, CallView, Code, Documentation, Identifier, JobView, Method, ResourceModule

RESERVED_ATTRIBUTES = frozenset({"close", "aclose", "raw", "with_options", "transport_name", "download", "core"})
RESERVED_MODULES = frozenset({"models", "errors", "testing", "webhooks", "py", "con", "nul", "aux", "prn"})
RESERVED_CLASSES = frozenset(
    [
        "Any",
        "AsyncCore",
        "AsyncJob",
        "Call",
        "Core",
        "File",
        "IO",
        "Job",
        "JobItems",
        "JobSpec",
        "Literal",
        "Mapping",
        "Operation",
        "Param",
        "PathLike",
        "Refine",
        "RequestOptions",
        "Schedule",
        "TYPE_CHECKING",
        "UNSET",
        "Unset",
        "Client",
        "AsyncClient",
    ]
)
JOB_METHODS = frozenset({"job", "wait_all", "as_completed"})
LONGEST_MODULE = 60
_VERBS = {"GET": "get", "POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "delete", "HEAD": "head"}


def resource_modules(
    api: ir.Api,
    names: Names,
    classes: Mapping[str, Identifier],
    attributes: Mapping[str, Mapping[str, Identifier]],
) -> tuple[ResourceModule, ...]:
    """One module per resource, sorted by name; every operation is in exactly one of them."""
    groups: dict[str, list[ir.Operation]] = {}
    titles: dict[str, str] = {}
    for operation in api.operations:
        # Cut, because it becomes the name of a file.
        key = snake(words_of(operation.resource), "resource")[:LONGEST_MODULE].rstrip("_") or operation.resource
        groups.setdefault(key, []).append(operation)
        titles.setdefault(key, operation.resource)
    stems = names.settle(
        [Candidate(key, (key if words_of(key) else "",), CHOSEN) for key in groups],
        reserved=RESERVED_ATTRIBUTES,
        prefix="resource:",
        fallback="resource",
    )
    modules = Names().settle(
        [Candidate(key, (stems[key], f"{stems[key]}_resource")) for key in groups],
        reserved=RESERVED_MODULES,
        fallback="resource",
        fold=True,
        public=False,
    )
    class_names = names.settle(
        [
            candidate
            for key in groups
            for name in [pascal_of(titles[key]) or pascal_of(stems[key])]
            for base in [f"{name}Resource" if name in RESERVED_CLASSES or f"Async{name}" in RESERVED_CLASSES else name]
            for candidate in (
                Candidate(key, (base, f"{base}Resource"), CHOSEN),
                Candidate(f"{key}|async", (f"Async{base}", f"Async{base}Resource"), DERIVED),
            )
        ],
        reserved=RESERVED_CLASSES,
        prefix="resource-class:",
        fallback="Resource",
    )
    descriptions = dict(api.tag_descriptions)
    return tuple(
        _module(
            stems[key],
            modules[key],
            class_names[key],
            class_names[f"{key}|async"],
            titles[key],
            descriptions.get(titles[key], ""),
            groups[key],
            Scope(api, names, classes, attributes, Imports()),
        )
        for key in sorted(groups)
    )


def _module(
    stem: Identifier,
    module: Identifier,
    class_name: Identifier,
    async_class_name: Identifier,
    title: str,
    doc: str,
    operations: list[ir.Operation],
    scope: Scope,
) -> ResourceModule:
    jobs = [job for job in scope.api.jobs if job.resource == title]
    by_address = {operation.address: operation for operation in scope.api.operations}
    methods = method_names(operations, title, scope.names, frozenset(JOB_METHODS if jobs else ()))
    starts = _start_names(jobs, methods, scope.names, stem)
    functions, constants = _private_names(operations, methods)
    shadowed = frozenset({*methods.values(), *starts.values(), *(("job",) if jobs else ())})
    cancels = frozenset(job.cancel.operation for job in scope.api.jobs if job.cancel is not None)
    calls = {
        o.address: call_of(o, scope, functions[o.address], constants[o.address], shadowed, cancels) for o in operations
    }
    scope.imports.name("._runtime.client", "AsyncCore")
    scope.imports.name("._runtime.client", "Core")
    for name in ("Call", "Operation", "RequestOptions"):
        scope.imports.name("._runtime.operation", name)
    if any(call.params for call in calls.values()):
        scope.imports.name("._runtime.operation", "Param")
    views: list[Method] = []
    job_views: list[JobView] = []
    for operation in operations:
        views.append(_method(operation, methods[operation.address], calls[operation.address], scope))
    for job in jobs:
        view = job_of(job, scope, calls, by_address, shadowed, single=len(jobs) == 1)
        job_views.append(view)
        for start in job.starts:
            if start.operation in calls:
                views.append(
                    _start(
                        by_address[start.operation],
                        start,
                        starts[f"{job.name}|{start.operation}"],
                        calls[start.operation],
                        view,
                        scope,
                    )
                )
    views.sort(key=lambda m: m.name)
    return ResourceModule(
        module=module,
        attribute=stem,
        class_name=class_name,
        async_class_name=async_class_name,
        title=title,
        doc=doc,
        imports=scope.imports.lines(),
        type_imports=scope.imports.type_lines(),
        calls=tuple(calls[address] for address in sorted(calls, key=lambda a: functions[a])),
        methods=tuple(views),
        jobs=tuple(job_views),
    )


def method_names(
    operations: list[ir.Operation], resource: str, names: Names, reserved: frozenset[str]
) -> dict[str, Identifier]:
    """Operation address to method name: the operationId less the words of the resource, longer where that is taken."""
    return names.settle(
        [_method_candidate(operation, words_of(resource)) for operation in operations],
        reserved=reserved,
        prefix="method:",
        fallback="call",
    )


def _method_candidate(operation: ir.Operation, resource: tuple[str, ...]) -> Candidate:
    by_path = _path_name(operation, resource)
    if operation.id is None or not words_of(operation.id):
        return Candidate(operation.address, (by_path, _path_name(operation, ())), DERIVED)
    own = words_of(operation.id)
    short = _without(own, resource)
    verb = _VERBS.get(operation.method, operation.method.lower())
    if operation.method == "GET" and not short and len(operation.path) == 1:
        verb = "list"
    name = snake(short, "call") or verb
    return Candidate(operation.address, (name, snake(own, "call"), by_path, _path_name(operation, ())), CHOSEN)


def _path_name(operation: ir.Operation, resource: tuple[str, ...]) -> str:
    literals = [w for text in operation.path[::2] for segment in text.split("/") for w in words_of(segment)]
    verb = _VERBS.get(operation.method, operation.method.lower())
    if operation.method == "GET" and operation.path[-1].strip("/") and literals and literals[-1].endswith("s"):
        verb = "list"
    rest = _without(tuple(w for w in literals if w != "api" and not (w[0] == "v" and w[1:].isdigit())), resource)
    parameters = [w for name in operation.path[1::2] for w in words_of(name)] if not resource else []
    return snake((verb, *rest, *(("by", *parameters) if parameters else ())), "call")


def _without(own: tuple[str, ...], resource: tuple[str, ...]) -> tuple[str, ...]:
    """The words less the longest run that they share with the resource: all of it, or at least two words."""
    size = len(resource)
    for length in range(size, 0, -1):
        if length == 1 and size > 1:
            break
        for start in range(size - length + 1):
            run = [_singular(w) for w in resource[start : start + length]]
            for i in range(len(own) - length + 1):
                if [_singular(w) for w in own[i : i + length]] == run:
                    return own[:i] + own[i + length :]
    return own


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "ches", "shes")) and len(word) > 4:
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 2 else word


def _private_names(
    operations: list[ir.Operation], methods: Mapping[str, Identifier]
) -> tuple[dict[str, Identifier], dict[str, Identifier]]:
    private = Names()
    functions = private.settle(
        [Candidate(o.address, (f"_{methods[o.address]}",)) for o in operations],
        reserved=frozenset({"_models", "_datetime", "_uuid", "_decimal", "_builtins"}),
        public=False,
    )
    constants = private.settle(
        [Candidate(o.address, (f"_{str(methods[o.address]).rstrip('_').upper()}",)) for o in operations],
        fallback="_OPERATION",
        public=False,
    )
    return functions, constants


def _start_names(
    jobs: list[ir.Job], methods: Mapping[str, Identifier], names: Names, stem: Identifier
) -> dict[str, Identifier]:
    starts = [(job, start) for job in jobs for start in job.starts if start.operation in methods]
    candidates: list[Candidate] = []
    for job, start in starts:
        rest = str(methods[start.operation]).rstrip("_")
        for verb in ("create_", "start_", "submit_", "post_"):
            rest = rest.removeprefix(verb)
        name = "start" if len(starts) == 1 else f"start_{rest.removesuffix('_job')}"
        candidates.append(Candidate(f"{job.name}|{start.operation}", (name, f"start_{job.name}"), DERIVED))
    return names.settle(candidates, reserved=frozenset(methods.values()), prefix=f"start:{stem}|", fallback="start")


def _method(operation: ir.Operation, name: Identifier, call: CallView, scope: Scope) -> Method:
    return Method(
        name=name,
        kind="call",
        call=call,
        arguments=call.arguments,
        passed=tuple((a.name, Code(a.name)) for a in call.arguments),
        returns=call.returns,
        async_returns=call.returns,
        doc=_documentation(operation, call.arguments, scope),
    )


def _start(
    operation: ir.Operation, start: ir.JobStart, name: Identifier, call: CallView, job: JobView, scope: Scope
) -> Method:
    fixed = dict(start.fixed)
    arguments = tuple(a for a in call.arguments if not (a.location == "body" and a.wire in fixed))
    passed = tuple(
        (a.name, literal(fixed[a.wire]) if a.location == "body" and a.wire in fixed else Code(a.name))
        for a in call.arguments
    )
    documentation = _documentation(operation, arguments, scope)
    return Method(
        name=name,
        kind="start",
        call=call,
        arguments=arguments,
        passed=passed,
        returns=job.type,
        async_returns=job.async_type,
        doc=Documentation(
            summary=documentation.summary,
            description=documentation.description,
            arguments=documentation.arguments,
            returns="A handle of the job: `wait()` for its result, or keep `id` and resume later.",
            raises=documentation.raises,
            deprecated=documentation.deprecated,
        ),
        job=job,
        job_id=start_identifier(operation, start, scope),
    )


def _documentation(operation: ir.Operation, arguments: tuple[Argument, ...], scope: Scope) -> Documentation:
    from clientsmith.translate.errors import error_name

    nothing = all(not r.contents for r in operation.responses if r.status.startswith("2"))
    returns = (
        ""
        if nothing
        else next((r.description for r in operation.responses if r.status.startswith("2") and r.description), "")
    )
    raises: dict[Identifier, str] = {}
    for response in operation.responses:
        if response.status.isdecimal() and int(response.status) >= 400:
            raises.setdefault(
                error_name(int(response.status)), f"{response.status}: {response.description}".rstrip(": ")
            )
    description = operation.description
    summary = operation.summary or description.strip().partition("\n")[0]
    if not operation.summary:
        description = description.strip().partition("\n")[2]
    elif description.strip() == operation.summary.strip():
        description = ""
    documented: list[tuple[Identifier, str]] = []
    for argument in arguments:
        text = argument.doc.strip()
        if argument.has_api_default:
            import json

            shown = json.dumps(argument.api_default, ensure_ascii=False)
            text = f"{text}{' ' if text else ''}The API's default is `{shown}`."
        if text:
            documented.append((argument.name, text))
    return Documentation(
        summary=summary or f"{operation.method} {operation.template}",
        description=description,
        arguments=tuple(documented),
        returns=returns,
        raises=tuple(raises.items()),
        deprecated=operation.deprecated,
    )
