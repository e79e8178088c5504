"""What of an API becomes a package: the operations that are selected, and the declarations that something uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from clientsmith import ir
from clientsmith.records import replace
from clientsmith.translate.models import parts_of, types_of
from clientsmith.translate.placement import METHOD, operation_keys
from clientsmith.view import NameOrigin


def without_unused(api: ir.Api) -> tuple[ir.Api, tuple[str, ...]]:
    """Returns the API without the declarations that nothing sends or receives, and the keys of those."""
    unused = [key for key, declaration in api.declarations.items() if not (declaration.sent or declaration.received)]
    if not unused:
        return api, ()
    left_out = frozenset(unused)
    kept = {key: declaration for key, declaration in api.declarations.items() if key not in left_out}
    return replace(api, declarations=kept), tuple(unused)


def selected(api: ir.Api, only: Sequence[str], origins: Iterable[NameOrigin]) -> tuple[frozenset[str], tuple[int, ...]]:
    """Returns the addresses of the operations that a selection has, and the indexes of its entries that match none.

    Args:
        api: the whole API.
        only: the entries: `tag:Try On`, `resource:images` (and what is below it), `get /v1/jobs/{id}`.
        origins: what each operation is called in the whole client.
    """
    calls = {(origin.method, origin.path): origin.call for origin in origins}
    found: set[str] = set()
    unmatched: list[int] = []
    for index, entry in enumerate(only):
        matches = {o.address for o in api.operations if _is_meant(entry, o, calls.get((o.method, o.template), ""))}
        if not matches:
            unmatched.append(index)
        found |= matches
    for job in api.jobs:
        # Who starts a job waits for it.
        if any(start.operation in found for start in job.starts):
            found |= {call.operation for call in (job.poll, job.cancel) if call is not None}
    return frozenset(found), tuple(unmatched)


def new_siblings(
    api: ir.Api, addresses: frozenset[str], origins: Iterable[NameOrigin], locked: Mapping[str, str]
) -> tuple[tuple[ir.Operation, str], ...]:
    """Returns the operations that are new in a resource of the selection and not selected, with their call paths.

    Args:
        api: the whole API.
        addresses: of the selected operations.
        origins: what each operation is called in the whole client.
        locked: the names of the last run, which has those of the whole client; without any, nothing is new.
    """
    if not locked:
        return ()
    calls = {(origin.method, origin.path): origin.call for origin in origins}
    of_operations = {o.address: calls[o.method, o.template] for o in api.operations}
    resources = {of_operations[address].rpartition(".")[0] for address in addresses}
    keys = operation_keys(api.operations)
    return tuple(
        (operation, of_operations[operation.address])
        for operation in api.operations
        if operation.address not in addresses
        and f"{METHOD}{keys[operation.address]}" not in locked
        and of_operations[operation.address].rpartition(".")[0] in resources
    )


def _is_meant(entry: str, operation: ir.Operation, call: str) -> bool:
    kind, _, name = entry.partition(":")
    if kind == "tag":
        return name.strip() in operation.tags
    if kind == "resource":
        return call.startswith(f"{name.strip()}.")
    method, _, path = entry.partition(" ")
    return (method.upper(), path.strip()) == (operation.method, operation.template)


def subset(api: ir.Api, addresses: frozenset[str]) -> ir.Api:
    """Returns the API with some of its operations, and with what they need of the rest."""
    operations = tuple(operation for operation in api.operations if operation.address in addresses)
    jobs: list[ir.Job] = []
    for job in api.jobs:
        starts = tuple(start for start in job.starts if start.operation in addresses)
        if job.poll.operation in addresses and (starts or not job.starts):
            cancel = job.cancel if job.cancel is not None and job.cancel.operation in addresses else None
            jobs.append(replace(job, starts=starts, cancel=cancel))
    used: set[str] = set()
    stack = [type_ for operation in operations for type_ in types_of(operation)]
    while stack:
        for key in ir.keys_in(stack.pop()):
            if key not in used:
                used.add(key)
                stack += parts_of(api.declarations[key])
    declarations = {key: declaration for key, declaration in api.declarations.items() if key in used}
    return replace(api, operations=operations, jobs=tuple(jobs), declarations=declarations)
