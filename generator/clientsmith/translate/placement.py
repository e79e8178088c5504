"""Where operations stand in the client: pins, then the lock, then the rule of `call_paths`; and the tree of resources.

An operation is known by its method and path (`operation_key`), whatever its id and the names of its parameters become.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from clientsmith import ir
from clientsmith.pairing import operation_key
from clientsmith.records import dataclass
from clientsmith.translate.call_paths import CallPath, Origin, Style, call_paths
from clientsmith.translate.words import snake, words_of
from clientsmith.view import NameOrigin

METHOD = "method:"
"""The kind of an operation's name among pins and locked names; its value is the whole call path."""

RESOURCE = "resource:"
"""The kind of a resource's name."""

JOB_WORDS = frozenset({"job", "start", "wait_all", "as_completed", "run_many"})
"""Members of a resource that has a job: no resource below it has one of these names."""

Groups = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A resource of the tree: its operations and jobs, the resources below it by name, and new call paths by the old
    names of methods."""

    groups: Groups
    operations: list[ir.Operation] = field(default_factory=list[ir.Operation])
    jobs: list[ir.Job] = field(default_factory=list[ir.Job])
    children: dict[str, Node] = field(default_factory=dict[str, "Node"])
    aliases: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def name(self) -> str:
        """`fine_tuning.jobs`; empty for the client itself."""
        return ".".join(self.groups)

    @property
    def address(self) -> str:
        """The same without the underscores behind names that are taken, which only a name given before has."""
        return ".".join(group.rstrip("_") for group in self.groups)

    def below(self, groups: Groups) -> Node:
        """Returns the resource at `groups` below this one; it is made if it is not there."""
        node = self
        for group in groups:
            node = node.children.setdefault(group, Node((*node.groups, group)))
        return node

    def all(self) -> Iterable[Node]:
        """Yields this resource, then those below it, by name."""
        yield self
        for name in sorted(self.children):
            yield from self.children[name].all()


def operation_keys(operations: Iterable[ir.Operation]) -> dict[str, str]:
    """Returns what operations are known by, by address: `GET /v1/jobs/{}`, with the id where several share that."""
    keys = {operation.address: operation_key(operation.method, operation.template) for operation in operations}
    counts: dict[str, int] = {}
    for key in keys.values():
        counts[key] = counts.get(key, 0) + 1
    return {
        operation.address: f"{key}#{operation.id or operation.address}" if counts[key] > 1 else key
        for operation in operations
        if (key := keys[operation.address])
    }


def parameter_address(parameter: ir.Parameter, operation: ir.Operation) -> str:
    """Returns what a parameter is known by within its operation: `query:limit`, and `path:1` for the first of the path,
    whose name is not sent."""
    variables = [*dict.fromkeys(operation.path[1::2])]
    if parameter.location == "path" and parameter.wire in variables:
        return f"path:{variables.index(parameter.wire) + 1}"
    return f"{parameter.location}:{parameter.wire}"


def placed(
    api: ir.Api, pinned: Mapping[str, str], locked: Mapping[str, str], style: Style
) -> dict[str, CallPath]:
    """Returns the call path of each operation, by address.

    A pin or a locked name is a whole call path, or the name of the method alone.
    """
    paths = call_paths(api, style)
    homes = {groups for job in api.jobs for groups in job_groups(job, paths)}
    for address, path in paths.items():
        paths[address] = _moved_up(path, homes)
    for address, key in operation_keys(api.operations).items():
        pin, lock = pinned.get(METHOD + key), locked.get(METHOD + key)
        if pin is not None and "." not in pin:
            paths[address] = replace(paths[address], method=pin, origin="pin")
        elif given := pin or lock:
            *names, method = given.split(".")
            origin: Origin = "pin" if pin else "lock"
            groups = paths[address].groups
            if pin or _named(groups, locked) != names:
                groups = tuple(names)
            paths[address] = replace(paths[address], groups=groups, method=method, origin=origin)
    return paths


def _named(groups: Groups, locked: Mapping[str, str]) -> list[str]:
    """Returns what the resources of a call path were called, which are known by the rule's names for them."""
    nodes = [Node(groups[: i + 1]) for i in range(len(groups))]
    return [locked.get(RESOURCE + node.address, node.groups[-1]) for node in nodes]


def origins_of(api: ir.Api, paths: Mapping[str, CallPath], given: Mapping[str, str]) -> tuple[NameOrigin, ...]:
    """Returns what decided the name of each operation; `given`: the names of this run, by kind and address."""
    rows = [
        NameOrigin(given[METHOD + key], operation.method, operation.template, paths[operation.address].origin)
        for operation, key in zip(api.operations, operation_keys(api.operations).values(), strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (row.call, row.path, row.method)))


def job_groups(job: ir.Job, paths: Mapping[str, CallPath]) -> set[Groups]:
    """Returns the resources that have the handle of a job: those that start it, else the one that polls it."""
    if job.resource:
        return {tuple(snake(words_of(part), "resource") for part in job.resource.split(".") if words_of(part))}
    starts = {paths[start.operation].groups for start in job.starts}
    return starts or {paths[job.poll.operation].groups}


def _moved_up(path: CallPath, homes: Iterable[Groups]) -> CallPath:
    """Returns `try_on.get_job` for `try_on.job.get` where `try_on` has a job: `job` gives its handle there."""
    for size in range(len(path.groups)):
        if path.groups[:size] in homes and path.groups[size] in JOB_WORDS:
            rest = "_".join(path.groups[size:])
            longer = (f"{path.method}_{rest}", *path.longer)
            return replace(path, groups=path.groups[:size], method=longer[0], longer=longer[1:])
    return path


def tree_of(api: ir.Api, paths: Mapping[str, CallPath], aliases: Mapping[str, str]) -> Node:
    """Returns the client as the root of its resources; `aliases`: new call paths by old ones."""
    root = Node(())
    for operation in api.operations:
        root.below(paths[operation.address].groups).operations.append(operation)
    for job in api.jobs:
        for groups in sorted(job_groups(job, paths)):
            root.below(groups).jobs.append(job)
    calls = {(*path.groups, path.method) for path in paths.values()}
    for old, new in aliases.items():
        *above, name = old.split(".")
        if any((*above[: i + 1],) in calls for i in range(len(above))):
            continue  # A method has the name that a resource would have to get.
        node = root
        for group in above:
            # The last name of a resource may have an underscore that the rule has not.
            node = node.below((group.rstrip("_") if group.rstrip("_") in node.children else group,))
        node.aliases[name] = new
    return root
