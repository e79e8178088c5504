"""Which names of the runtime a resource module uses, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import cast

from clientsmith.runtime.declarations import Operation
from clientsmith.translate.annotations import Imports
from clientsmith.view import CallView, JobView, Method


def import_runtime(
    imports: Imports,
    calls: Iterable[CallView],
    jobs: Iterable[JobView],
    methods: Iterable[Method],
    *,
    of_client: bool,
    own_options: bool,
) -> None:
    """Add to `imports` what the members of a resource module need of the runtime, and the jobs' handles.

    `own_options`: whether the package has options of its own.
    """
    _add(imports, "._runtime.client", {"ClientBase", "AsyncClientBase"} if of_client else {"Resource", "AsyncResource"})
    _add(imports, "._runtime.operation", {"Call"})
    _add(imports, "._options" if own_options else "._runtime.operation", {"RequestOptions"})
    for call in calls:
        _add_classes(imports, declaration_classes(call.operation))
    for job in jobs:
        called = declaration_classes(job.spec)
        for operation in _operations_of(job):
            # Declared here too; most are constants of this module.
            called -= declaration_classes(operation)
        _add_classes(imports, called)
        _add(imports, "._runtime.jobs", {"AsyncJob", "Job"})
        _add(imports, "._jobs", {job.alias, job.async_alias})
    if any(method.start is not None for method in methods):
        _add(imports, "._runtime.jobs", {"start_job", "start_job_async"})


def _add(imports: Imports, module: str, names: Iterable[str]) -> None:
    for name in names:
        imports.name(module, name)


def _add_classes(imports: Imports, classes: Iterable[type]) -> None:
    for kind in classes:
        imports.name(f"._runtime.{kind.__module__.rpartition('.')[2]}", kind.__name__)


def _operations_of(job: JobView) -> list[Operation]:
    calls = (job.spec.poll, job.spec.cancel)
    return [call.operation for call in calls if call is not None]


def declaration_classes(declaration: object) -> set[type]:
    """Returns the runtime's classes that are called where a declaration is printed."""
    if declaration is None or isinstance(declaration, (str, int, float)):
        return set()
    if isinstance(declaration, tuple):
        return {kind for item in cast("tuple[object, ...]", declaration) for kind in declaration_classes(item)}
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
