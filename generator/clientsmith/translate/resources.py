"""Resources: which class an operation belongs to, what its method is called, and the module around them.

Decides the public surface `client.resource.method(...)`. How one call is written is decided in `calls`.
"""

from __future__ import annotations

import keyword
from collections.abc import Mapping

from clientsmith import ir
from clientsmith.escape import literal
from clientsmith.translate.annotations import Imports
from clientsmith.translate.calls import call_of
from clientsmith.translate.client import has_own_options
from clientsmith.translate.documentation import documentation_of, start_documentation, without_repetition
from clientsmith.translate.errors import error_descriptions
from clientsmith.translate.jobs import alias_names, job_of
from clientsmith.translate.naming import CHOSEN, DERIVED, Candidate, Names
from clientsmith.translate.operations import CommonParts, operation_of
from clientsmith.translate.runtime_names import import_runtime
from clientsmith.translate.scope import Scope
from clientsmith.translate.words import pascal_of, snake, words_of
from clientsmith.view import (
    CallView,
    Documentation,
    Identifier,
    JobStart,
    JobView,
    Method,
    ResourceModule,
)

RESERVED_ATTRIBUTES = frozenset({"close", "aclose", "raw", "with_options", "transport_name", "download", "core"})
RESERVED_MODULES = frozenset({"models", "errors", "testing", "webhooks", "py", "con", "nul", "aux", "prn"})
RESERVED_CLASSES = frozenset(
    {
        "Any", "AsyncClient", "AsyncClientBase", "AsyncJob", "AsyncResource", "AsyncTransport", "Call", "Client",
        "ClientBase", "ClientSettings", "File", "IO", "Job", "JobCall", "JobItems", "JobSpec", "Literal", "Mapping",
        "Operation", "Param", "PathLike", "Refine", "RequestOptions", "Resource", "Schedule", "Scheme", "Self",
        "Timeout", "Transport", "TYPE_CHECKING", "UNSET", "Unpack", "Unset"
    }
)  # fmt: skip
"""Names that the modules of resources and of the client import."""

JOB_METHODS = frozenset({"job", "wait_all", "as_completed"})
LONGEST_MODULE = 60
_VERBS = {"GET": "get", "POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "delete", "HEAD": "head"}


def resource_modules(
    api: ir.Api,
    names: Names,
    classes: Mapping[str, Identifier],
    attributes: Mapping[str, Mapping[str, Identifier]],
    common: CommonParts,
) -> tuple[ResourceModule, ...]:
    """Returns one module for each resource, sorted by name; every operation is in exactly one of them."""
    groups: dict[str, list[ir.Operation]] = {}
    titles: dict[str, str] = {}
    for operation in api.operations:
        key = _resource_key(operation.resource)
        groups.setdefault(key, []).append(operation)
        titles.setdefault(key, operation.resource)
    stems = names.resolve(
        [Candidate(key, (key if words_of(key) else "",), CHOSEN) for key in groups],
        reserved=RESERVED_ATTRIBUTES,
        prefix="resource:",
        fallback="resource",
    )
    modules = Names().resolve(
        [Candidate(key, (stems[key], f"{stems[key]}_resource")) for key in groups],
        reserved=RESERVED_MODULES,
        fallback="resource",
        fold=True,
        public=False,
    )
    class_names = _class_names({key: pascal_of(titles[key]) or pascal_of(stems[key]) for key in groups}, names)
    aliases = alias_names(api.jobs, names, RESERVED_CLASSES | frozenset(map(str, class_names.values())))
    descriptions = dict(api.tag_descriptions)
    errors = error_descriptions(api)
    result: list[ResourceModule] = []
    for key in sorted(groups):
        scope = Scope(api, names, classes, attributes, Imports())
        jobs = [job for job in api.jobs if _resource_key(job.resource) == key]
        calls, methods, job_views = _members(
            groups[key], jobs, titles[key], stems[key], aliases, errors, common, scope
        )
        result.append(
            ResourceModule(
                module=modules[key],
                attribute=stems[key],
                class_name=class_names[key],
                async_class_name=class_names[f"{key}|async"],
                title=titles[key],
                doc=descriptions.get(titles[key], ""),
                imports=scope.imports.lines(),
                type_imports=scope.imports.type_lines(),
                calls=calls,
                methods=methods,
                jobs=job_views,
            )
        )
    return tuple(result)


def _resource_key(resource: str) -> str:
    """Returns what a resource is grouped by: its words, cut, because they become the name of a file."""
    key = snake(words_of(resource), "resource")[:LONGEST_MODULE].rstrip("_") or resource
    return snake((key,), "resource") if keyword.iskeyword(key) else key


def _class_names(bases: Mapping[str, str], names: Names) -> dict[str, Identifier]:
    """Returns the names of the classes by key of the resource, those of the asynchronous ones by `KEY|async`."""
    candidates: list[Candidate] = []
    for key, name in bases.items():
        base = f"{name}Resource" if name in RESERVED_CLASSES or f"Async{name}" in RESERVED_CLASSES else name
        candidates.append(Candidate(key, (base, f"{base}Resource"), CHOSEN))
        candidates.append(Candidate(f"{key}|async", (f"Async{base}", f"Async{base}Resource"), DERIVED))
    return names.resolve(candidates, reserved=RESERVED_CLASSES, prefix="resource-class:", fallback="Resource")


def _members(
    operations: list[ir.Operation],
    jobs: list[ir.Job],
    title: str,
    stem: Identifier,
    aliases: Mapping[str, Identifier],
    errors: Mapping[int, tuple[str, ...]],
    common: CommonParts,
    scope: Scope,
) -> tuple[tuple[CallView, ...], tuple[Method, ...], tuple[JobView, ...]]:
    """Returns the calls, the methods and the jobs of a resource, each sorted."""
    methods = method_names(operations, title, scope.names, frozenset(JOB_METHODS if jobs else ()))
    starts = _start_names(jobs, methods, scope.names, stem)
    functions, constants = _private_names(operations, methods)
    shadowed = frozenset({*methods.values(), *starts.values(), *(("job",) if jobs else ())})
    cancels = frozenset(job.cancel.operation for job in scope.api.jobs if job.cancel is not None)
    all_starts = [start for job in jobs for start in job.starts]
    calls = {
        o.address: call_of(
            o,
            scope,
            functions[o.address],
            constants[o.address],
            shadowed,
            cancels=o.address in cancels,
            starts=[start for start in all_starts if start.operation == o.address],
            common=common,
        )
        for o in operations
    }
    documented = without_repetition(
        (methods[o.address], documentation_of(o, calls[o.address], errors))
        for o in sorted(operations, key=lambda o: methods[o.address])
    )
    views = [_method(methods[o.address], calls[o.address], documented) for o in operations]
    declared = {o.address: calls[o.address].operation for o in operations}
    job_views: list[JobView] = []
    for job in jobs:
        for call in (job.poll, job.cancel):
            if call is not None and call.operation not in declared:
                # It belongs to another resource, so its declaration is repeated here.
                operation = next(o for o in scope.api.operations if o.address == call.operation)
                safe = call.operation in cancels
                declared[call.operation] = operation_of(
                    operation, (), scope.unqualified_writer(), common, retry_safe=safe
                )
        view = job_of(job, scope.api, declared, aliases, scope.writer(), single=len(jobs) == 1)
        job_views.append(view)
        for start in job.starts:
            if start.operation in calls:
                name = starts[f"{job.name}|{start.operation}"]
                views.append(_start(start, name, methods[start.operation], calls[start.operation], view))
    import_runtime(scope.imports, calls.values(), job_views, views, own_options=has_own_options(scope.api))
    views.sort(key=lambda method: method.name)
    ordered = sorted(calls, key=lambda address: functions[address])
    return tuple(calls[address] for address in ordered), tuple(views), tuple(job_views)


def method_names(
    operations: list[ir.Operation], resource: str, names: Names, reserved: frozenset[str]
) -> dict[str, Identifier]:
    """Operation address to method name: the operationId less the words of the resource, longer where that is taken."""
    return names.resolve(
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
    functions = private.resolve(
        [Candidate(o.address, (f"_{methods[o.address]}",)) for o in operations],
        reserved=frozenset({"_models", "_datetime", "_uuid", "_decimal", "_builtins"}),
        public=False,
    )
    constants = private.resolve(
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
        alone = [other.operation for _, other in starts].count(start.operation) == 1
        by_job = f"start_{snake(words_of(job.name), 'job')}"
        name = "start" if len(starts) == 1 else f"start_{rest.removesuffix('_job')}" if alone else by_job
        candidates.append(Candidate(f"{job.name}|{start.operation}", (name, by_job), DERIVED))
    return names.resolve(candidates, reserved=frozenset(methods.values()), prefix=f"start:{stem}|", fallback="start")


def _method(name: Identifier, call: CallView, documented: Mapping[Identifier, Documentation]) -> Method:
    return Method(name, call, call.arguments, call.returns, call.returns, documented[name])


def _start(start: ir.JobStart, name: Identifier, method: Identifier, call: CallView, job: JobView) -> Method:
    values = dict(start.fixed)
    fixed = tuple(
        (a.name, literal(values[a.wire])) for a in call.arguments if a.location == "body" and a.wire in values
    )
    arguments = tuple(a for a in call.arguments if a.name not in dict(fixed))
    doc = start_documentation(method, fixed)
    return Method(name, call, arguments, job.alias, job.async_alias, doc, JobStart(job, fixed, start.id))
