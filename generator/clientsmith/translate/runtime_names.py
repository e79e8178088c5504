"""Which names of the runtime a resource module uses, and where they come from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import cast

from clientsmith.translate.annotations import Imports
from clientsmith.view import CallView, ResourceView


def import_runtime(
    imports: Imports,
    calls: Collection[CallView],
    resources: Iterable[ResourceView],
    *,
    of_client: bool,
    own_options: bool,
) -> None:
    """Add to `imports` what the members of a resource module need of the runtime and of the module of jobs.

    `own_options`: whether the package has options of its own.
    """
    _add(imports, "._runtime.client", {"ClientBase", "AsyncClientBase"} if of_client else {"Resource", "AsyncResource"})
    resources = tuple(resources)
    if not all(method.is_sent for resource in resources for method in resource.methods):
        _add(imports, "._runtime.operation", {"Call"})
    if any(payload.sifted for call in calls for payload in call.payloads):
        _add(imports, "._runtime.given", {"given"})
    _add(imports, "._jobs", {call.constant for call in calls if call.of_job})
    if calls:
        _add(imports, "._options" if own_options else "._runtime.operation", {"RequestOptions"})
    for call in calls:
        if call.encoded:
            _add(imports, "._runtime.sent_as", {"sent_as"})
        if not call.of_job:
            add_declarations(imports, call.operation)
    for resource in resources:
        for handle in resource.handles:
            _add(imports, "._runtime.jobs", {handle.job.handle_class(is_async) for is_async in (False, True)})
            _add(imports, "._jobs", {handle.job.constant, handle.job.alias, handle.job.async_alias})
        for method in resource.methods:
            if method.start is None:
                _add(imports, "._runtime.client", {"asynchronous"})
            else:
                job = method.start.job
                _add(imports, "._runtime.jobs", {"asynchronous_start", "start_job"})
                _add(imports, "._jobs", {job.constant, job.alias, job.async_alias})


def _add(imports: Imports, module: str, names: Iterable[str]) -> None:
    for name in names:
        imports.name(module, name)


def add_declarations(imports: Imports, declaration: object) -> None:
    """Add to `imports` the runtime's classes that are called where a declaration is printed."""
    for kind in declaration_classes(declaration):
        imports.name(f"._runtime.{kind.__module__.rpartition('.')[2]}", kind.__name__)


def declaration_classes(declaration: object) -> set[type]:
    """Returns the runtime's classes that are called where a declaration is printed."""
    if declaration is None or isinstance(declaration, (str, int, float)):
        return set()
    if isinstance(declaration, tuple):
        parts = cast("tuple[object, ...]", declaration)
        own: set[type] = {type(parts)} - {tuple}  # of a named tuple
        return own | {kind for item in parts for kind in declaration_classes(item)}
    if isinstance(declaration, Mapping):
        items = cast("Mapping[str, object]", declaration).values()
        return {kind for item in items for kind in declaration_classes(item)}
    if not is_dataclass(declaration) or isinstance(declaration, type):
        return set()
    found: set[type] = {type(declaration)}
    for item in fields(declaration):
        value: object = getattr(declaration, item.name)
        if value != item.default:
            found |= declaration_classes(value)
    return found
