"""Resources: the classes of the tree that `placement` made, the names of their methods, and the modules around them.

Decides the public surface `client.resource.method(...)`. How one call is written is decided in `calls`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from clientsmith import ir
from clientsmith.escape import literal
from clientsmith.records import dataclass, replace
from clientsmith.runtime.declarations import IDEMPOTENT
from clientsmith.translate.annotations import Imports
from clientsmith.translate.call_paths import CallPath
from clientsmith.translate.calls import call_of
from clientsmith.translate.client import has_own_options
from clientsmith.translate.documentation import documentation_of, start_documentation, without_repetition
from clientsmith.translate.errors import error_descriptions
from clientsmith.translate.example_calls import ExampleWriter
from clientsmith.translate.jobs import alias_names, job_constants, job_of
from clientsmith.translate.naming import CHOSEN, DERIVED, Candidate, Names
from clientsmith.translate.operations import CommonParts
from clientsmith.translate.placement import JOB_WORDS, METHOD, RESOURCE, Groups, Node, operation_keys, tree_of
from clientsmith.translate.plain_text import plain
from clientsmith.translate.renamed import Target, renamed_of, targets_of
from clientsmith.translate.runtime_names import add_declarations, import_runtime
from clientsmith.translate.scope import Scope
from clientsmith.translate.words import joined, snake, words_of
from clientsmith.view import (
    CallView,
    Code,
    Handle,
    Identifier,
    JobModule,
    JobStart,
    JobView,
    Method,
    ResourceModule,
    ResourceView,
)

RESERVED_ATTRIBUTES = frozenset({"close", "aclose", "raw", "with_options", "transport_name", "download", "core"})
RESERVED_MODULES = frozenset(
    {"_client", "_jobs", "models", "errors", "testing", "webhooks", "py", "con", "nul", "aux", "prn"}
)
RESERVED_CLASSES = frozenset(
    {
        "Any", "AnyClient", "AnyTransport", "AsyncCancellableJob", "AsyncClient", "AsyncClientBase", "AsyncJob",
        "AsyncResource", "AsyncTransport", "Call", "CancellableJob", "Choice", "Client", "ClientBase", "ClientSettings",
        "File", "IO", "Job", "JobCall", "JobItems", "JobSpec", "Literal", "Mapping", "Operation", "Param", "PathLike",
        "Refine", "RequestOptions", "Resource", "Schedule", "Scheme", "Self", "Timeout", "Transport",
        "TYPE_CHECKING", "Unpack", "Unset", "UNSET"
    }
)  # fmt: skip
"""Names that the modules of resources and of the client import."""

LONGEST_MODULE = 60
LONGEST_METHOD = 40
"""Characters of a method's name: a longer one is reported."""
RESERVED_METHODS = frozenset({"asynchronous", "asynchronous_start"})
"""What the class of the asynchronous methods calls to make them."""
CLIENT_MODULE = "_methods"
"""The module of the methods of the client itself."""


def resource_modules(
    api: ir.Api,
    paths: Mapping[str, CallPath],
    names: Names,
    classes: Mapping[str, Identifier],
    attributes: Mapping[str, Mapping[str, Identifier]],
    common: CommonParts,
    old_calls: Mapping[str, str],
) -> tuple[tuple[ResourceModule, ...], JobModule]:
    """Returns one module for each resource of the client, sorted by name, with the resources below it, and one for the
    methods of the client itself if it has any; every operation is in exactly one of them. And the module of jobs.

    `old_calls`: new call paths by old ones that go on working."""
    root = tree_of(api, paths, old_calls)
    resolved = _attributes(root, names)
    modules = Names().resolve(
        [
            Candidate(name, (snake((stem,), "resource"), f"{stem}_resource"))
            for name, node in root.children.items()
            if (stem := resolved[node.groups][:LONGEST_MODULE].rstrip("_"))
        ],
        reserved=RESERVED_MODULES,
        fallback="resource",
        fold=True,
        public=False,
    )
    class_names = _class_names(root, names)
    aliases = alias_names(api.jobs, names, RESERVED_CLASSES | frozenset(map(str, class_names.values())))
    keys = operation_keys(api.operations)
    specs, polls = job_constants(api.jobs)
    errors, own_options = error_descriptions(api), has_own_options(api)
    repeatable = _repeatable(api)
    tables = _Tables(paths, keys, resolved, class_names, aliases, polls, errors, common, own_options, repeatable)
    drafts: list[_Draft] = []
    for name in sorted(root.children):
        scope = Scope(api, names, classes, attributes, Imports())
        drafts.append(_draft(modules[name], list(root.children[name].all()), scope, tables))
    if root.operations or root.jobs or root.aliases:
        scope = Scope(api, names, classes, attributes, Imports())
        drafts.insert(0, _draft(Identifier(CLIENT_MODULE), [root], scope, tables))
    calls = {address: call for draft in drafts for address, call in draft.calls.items()}
    scope = Scope(api, names, classes, attributes, Imports())
    jobs = _jobs(scope, calls, specs, aliases)
    made = tuple(_module(draft, jobs, tables) for draft in drafts)
    if old_calls:
        tables = replace(tables, targets=targets_of(made))
        made = tuple(_module(draft, jobs, tables) for draft in drafts)
    return made, JobModule(
        imports=scope.imports.lines(),
        operations=tuple(calls[address] for address in sorted(polls, key=polls.__getitem__)),
        jobs=tuple(sorted(jobs.values(), key=lambda job: job.alias)),
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    """What is decided for the whole client: `keys` of operations by address, attributes by place in the tree, names of
    classes by place (asynchronous ones by `PLACE|async`), names of jobs' handles, the constants of the operations
    that the module of jobs declares, by address, whether the API adds options of its own, the operations that jobs may
    repeat though others of their method may not be, and what old names may lead to, by call path."""

    paths: Mapping[str, CallPath]
    keys: Mapping[str, str]
    attributes: Mapping[Groups, Identifier]
    class_names: Mapping[str, Identifier]
    aliases: Mapping[str, Identifier]
    polls: Mapping[str, Identifier]
    errors: Mapping[int, tuple[str, ...]]
    common: CommonParts
    own_options: bool
    repeatable: frozenset[str]
    targets: Mapping[str, Target] = field(default_factory=dict[str, Target])


def _repeatable(api: ir.Api) -> frozenset[str]:
    polls = {job.poll.operation for job in api.jobs}
    cancels = {job.cancel.operation for job in api.jobs if job.cancel is not None}
    return frozenset(
        operation.address
        for operation in api.operations
        if operation.address in cancels or (operation.address in polls and operation.method not in IDEMPOTENT)
    )


def _attributes(root: Node, names: Names) -> dict[Groups, Identifier]:
    """Returns the attribute of each resource, by its place in the tree."""
    result: dict[Groups, Identifier] = {}
    for node in root.all():
        named = names.resolve(
            [
                Candidate(child.address, (child.groups[-1],), CHOSEN, others=(child.name,))
                for child in node.children.values()
            ],
            reserved=(frozenset[str]() if node.groups else RESERVED_ATTRIBUTES)
            | (JOB_WORDS if node.jobs else frozenset[str]()),
            prefix=RESOURCE,
            fallback="resource",
        )
        result.update((child.groups, named[child.address]) for child in node.children.values())
    return result


def _class_names(root: Node, names: Names) -> dict[str, Identifier]:
    candidates: list[Candidate] = []
    for node in root.all():
        name = joined(node.groups) if node.groups else "ClientMethods"
        base = f"{name}Resource" if name in RESERVED_CLASSES or f"Async{name}" in RESERVED_CLASSES else name
        sync, asynchronous = node.address, f"{node.address}|async"
        candidates.append(Candidate(sync, (base, f"{base}Resource"), CHOSEN, others=(node.name,)))
        longer = (f"Async{base}", f"Async{base}Resource")
        candidates.append(Candidate(asynchronous, longer, DERIVED, others=(f"{node.name}|async",)))
    return names.resolve(candidates, reserved=RESERVED_CLASSES, prefix="resource-class:", fallback="Resource")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A module of which the calls are decided, and the names of the methods; those of starts as in `_start_names`."""

    name: Identifier
    nodes: list[Node]
    scope: Scope
    methods: Mapping[str, Identifier]
    starts: Mapping[str, Identifier]
    functions: Mapping[str, Identifier]
    calls: Mapping[str, CallView]


def _draft(name: Identifier, nodes: list[Node], scope: Scope, tables: _Tables) -> _Draft:
    """Returns the draft of a module of resources: the first one, and those below it."""
    operations = [(node, operation) for node in nodes for operation in node.operations]
    methods: dict[str, Identifier] = {}
    starts: dict[str, Identifier] = {}
    for node in nodes:
        methods |= _method_names(node, scope.names, tables)
        starts |= _start_names(node, methods, scope.names, tables.keys)
    functions, constants = _private_names(nodes, methods)
    constants |= {address: constant for address, constant in tables.polls.items() if address in constants}
    all_starts = [start for job in scope.api.jobs for start in job.starts]
    own = {node.groups: _names_in(node, methods, starts, tables) for node in nodes}
    calls: dict[str, CallView] = {}
    for node, operation in operations:
        address = operation.address
        calls[address] = call_of(
            operation,
            scope,
            functions[address],
            constants[address],
            own[node.groups],
            key=tables.keys[address],
            repeatable=address in tables.repeatable,
            starts=[start for start in all_starts if start.operation == address],
            common=tables.common,
            of_job=address in tables.polls,
        )
    return _Draft(name, nodes, scope, methods, starts, functions, calls)


def _names_in(
    node: Node, methods: Mapping[str, Identifier], starts: Mapping[str, Identifier], tables: _Tables
) -> frozenset[str]:
    """Returns the names of the methods and attributes of a resource."""
    own: set[str] = {methods[operation.address] for operation in node.operations} | node.aliases.keys()
    own.update(tables.attributes[child.groups] for child in node.children.values())
    own.update(name for key, name in starts.items() if key.startswith(f"{node.name}|"))
    return frozenset([*own, "job"] if node.jobs else own)


def _module(draft: _Draft, jobs: Mapping[str, JobView], tables: _Tables) -> ResourceModule:
    """Returns a module of resources; `jobs`: all kinds of jobs by name."""
    nodes, scope, methods, calls = draft.nodes, draft.scope, draft.methods, draft.calls
    operations = [(node, operation) for node in nodes for operation in node.operations]
    shown = {
        operation.address: ".".join((*node.groups[len(nodes[0].groups) :], methods[operation.address]))
        for node, operation in operations
    }
    documented = without_repetition(
        (shown[o.address], documentation_of(o, calls[o.address], tables.errors))
        for _, o in sorted(operations, key=lambda pair: shown[pair[1].address])
    )
    examples = ExampleWriter(scope.api, scope.classes, scope.attributes)
    resources: dict[Groups, ResourceView] = {}
    for node in reversed(nodes):
        views = [
            Method(
                name=methods[o.address],
                call=(call := calls[o.address]),
                arguments=call.arguments,
                returns=call.returns,
                doc=documented[shown[o.address]],
                example=examples.arguments(o, call),
            )
            for o in node.operations
        ]
        for job in node.jobs:
            for start in job.starts:
                if start.operation in {o.address for o in node.operations}:
                    started = draft.starts[f"{node.name}|{job.name}|{tables.keys[start.operation]}"]
                    method, call = methods[start.operation], calls[start.operation]
                    operation = next(o for o in node.operations if o.address == start.operation)
                    views.append(_start(start, started, method, call, jobs[job.name], operation, examples))
        single = len(node.jobs) == 1
        title = _title(node)
        place = Code(".".join(tables.attributes[node.groups[: i + 1]] for i in range(len(node.groups))))
        resources[node.groups] = ResourceView(
            attribute=tables.attributes.get(node.groups),
            path=place,
            class_name=tables.class_names[node.address],
            async_class_name=tables.class_names[f"{node.address}|async"],
            title=title,
            doc=plain(dict(scope.api.tag_descriptions).get(title, "")),
            methods=tuple(sorted(views, key=lambda view: view.name)),
            handles=tuple(
                Handle(Identifier("job") if single else jobs[job.name].resume, jobs[job.name]) for job in node.jobs
            ),
            children=tuple(
                resources[child.groups]
                for child in sorted(node.children.values(), key=lambda child: tables.attributes[child.groups])
                if child.groups in resources
            ),
            renamed=renamed_of(node.aliases, place, draft.name, tables.targets, scope.imports),
        )
    if any(method.overloads for resource in resources.values() for method in resource.methods):
        scope.imports.name("typing", "overload")
    import_runtime(
        scope.imports,
        calls.values(),
        resources.values(),
        of_client=not nodes[0].groups,
        own_options=tables.own_options,
    )
    if any(resource.children for resource in resources.values()):
        scope.imports.name("._runtime.client", "lazy_resource")
    ordered = sorted(calls, key=lambda address: draft.functions[address])
    return ResourceModule(
        module=draft.name,
        resources=tuple(resources[node.groups] for node in nodes),
        imports=scope.imports.lines(),
        type_imports=scope.imports.type_lines(),
        calls=tuple(calls[address] for address in ordered),
    )


def _title(node: Node) -> str:
    """Returns the tag that all operations share and that is called as the resource, else the words of its name."""
    own = node.groups[-1].rstrip("_") if node.groups else ""
    for tag in (tag for operation in node.operations for tag in operation.tags):
        if snake(words_of(tag), "x").rstrip("_") in (own, "_".join(node.groups)):
            return tag
    return own.replace("_", " ").capitalize() or "The client itself"


def _jobs(
    scope: Scope, calls: Mapping[str, CallView], specs: Mapping[str, Identifier], aliases: Mapping[str, Identifier]
) -> dict[str, JobView]:
    """Returns all kinds of jobs by name; adds what their declarations need to the imports of `scope`."""
    declared = {address: call.operation for address, call in calls.items()}
    jobs: dict[str, JobView] = {}
    for job in scope.api.jobs:
        jobs[job.name] = job_of(job, scope.api, declared, specs[job.name], aliases, scope.writer())
        add_declarations(scope.imports, jobs[job.name].spec)
    if jobs:
        scope.imports.name("typing", "TypeAlias")
        for name in (job.handle_class(is_async) for job in jobs.values() for is_async in (False, True)):
            scope.imports.name("._runtime.jobs", name)
    return jobs


def _method_names(node: Node, names: Names, tables: _Tables) -> dict[str, Identifier]:
    """Returns the names of a resource's methods by address of the operation; the lock keeps whole call paths."""
    keys = {tables.keys[operation.address]: operation.address for operation in node.operations}
    paths = {key: tables.paths[address] for key, address in keys.items()}
    children = frozenset(str(tables.attributes[child.groups]) for child in node.children.values())
    reserved = children | RESERVED_METHODS | (JOB_WORDS if node.jobs else frozenset[str]())
    if not node.groups:
        reserved |= RESERVED_ATTRIBUTES
    named = names.resolve(
        [Candidate(key, (path.method, *path.longer), CHOSEN) for key, path in paths.items()],
        reserved=reserved,
        prefix=METHOD,
        fallback="call",
    )
    place = [tables.attributes[node.groups[: i + 1]] for i in range(len(node.groups))]
    for key, name in named.items():
        names.given[METHOD + key] = ".".join((*place, name))
        if len(name) > LONGEST_METHOD:
            names.long(keys[key], name)
    return {keys[key]: name for key, name in named.items()}


def _private_names(
    nodes: list[Node], methods: Mapping[str, Identifier]
) -> tuple[dict[str, Identifier], dict[str, Identifier]]:
    """Returns the names of private functions and of constants in a module, by address of the operation."""
    stems = {
        operation.address: "_".join((*node.groups[len(nodes[0].groups) :], methods[operation.address])).rstrip("_")
        for node in nodes
        for operation in node.operations
    }
    private = Names()
    functions = private.resolve(
        [Candidate(address, (f"_{stem}",)) for address, stem in stems.items()],
        reserved=frozenset({"_models", "_datetime", "_uuid", "_decimal", "_builtins"}),
        public=False,
    )
    constants = private.resolve(
        [Candidate(address, (f"_{stem.upper()}",)) for address, stem in stems.items()],
        fallback="_OPERATION",
        public=False,
    )
    return functions, constants


def _start_names(
    node: Node, methods: Mapping[str, Identifier], names: Names, keys: Mapping[str, str]
) -> dict[str, Identifier]:
    """Returns the names of the methods that start jobs, by resource, job and what the operation is known by."""
    own = {operation.address for operation in node.operations}
    starts = [(job, start) for job in node.jobs for start in job.starts if start.operation in own]
    candidates: list[Candidate] = []
    for job, start in starts:
        rest = str(methods[start.operation]).rstrip("_")
        for verb in ("create_", "start_", "submit_", "post_"):
            rest = rest.removeprefix(verb)
        alone = [other.operation for _, other in starts].count(start.operation) == 1
        by_job = f"start_{snake(words_of(job.name), 'job')}"
        name = "start" if len(starts) == 1 else f"start_{rest.removesuffix('_job')}" if alone else by_job
        address = f"{node.name}|{job.name}|"
        others = (address + start.operation,)
        candidates.append(Candidate(address + keys[start.operation], (name, by_job), DERIVED, others=others))
    taken = frozenset(methods[address] for address in own)
    return names.resolve(candidates, reserved=taken, prefix="start:", fallback="start")


def _start(
    start: ir.JobStart,
    name: Identifier,
    method: Identifier,
    call: CallView,
    job: JobView,
    operation: ir.Operation,
    examples: ExampleWriter,
) -> Method:
    values = dict(start.fixed)
    fixed = tuple(
        (a.name, literal(values[a.wire])) for a in call.arguments if a.location == "body" and a.wire in values
    )
    arguments = tuple(a for a in call.arguments if a.name not in dict(fixed))
    doc = start_documentation(method, fixed)
    example = examples.arguments(operation, call, frozenset(dict(fixed)))
    return Method(name, call, arguments, job.alias, doc, example, JobStart(job, fixed, start.id))
