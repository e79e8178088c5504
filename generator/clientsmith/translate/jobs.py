"""Jobs: the declarations that the runtime reads, and the names of their handles.

Decides the types of a job's handle, and which operations the module of jobs declares. What the states mean is decided
in parse, how to wait in the runtime.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import assert_never

from clientsmith import ir
from clientsmith.runtime.declarations import Operation
from clientsmith.runtime.job_declarations import JobCall, JobSpec
from clientsmith.translate.annotations import AnnotationWriter
from clientsmith.translate.job_scripts import job_script
from clientsmith.translate.naming import DERIVED, Candidate, Names
from clientsmith.translate.words import joined, snake, words_of
from clientsmith.view import Code, Identifier, JobView


def alias_names(jobs: Iterable[ir.Job], names: Names, reserved: frozenset[str]) -> dict[str, Identifier]:
    """Returns the names of the jobs' handles, by name of the job: `TryOnJob`; the asynchronous ones by `NAME|async`."""
    candidates: list[Candidate] = []
    for job in jobs:
        name = joined((" ".join(words_of(job.name)), "Job"))
        candidates.append(Candidate(job.name, (name, f"{name}Handle"), DERIVED))
        candidates.append(Candidate(f"{job.name}|async", (f"Async{name}", f"Async{name}Handle"), DERIVED))
    return names.resolve(candidates, reserved=reserved, prefix="job:", fallback="JobHandle")


def job_constants(jobs: Iterable[ir.Job]) -> tuple[dict[str, Identifier], dict[str, Identifier]]:
    """Returns the constants of jobs by name, `TRY_ON_JOB`, and of the operations that poll and cancel them by address,
    `POLL_TRY_ON_JOB`; an operation of several jobs is called after the first."""
    specs: list[Candidate] = []
    operations: dict[str, Candidate] = {}
    for job in jobs:
        stem = f"{snake(words_of(job.name), 'job').strip('_').upper()}_JOB"
        specs.append(Candidate(job.name, (stem,)))
        for verb, call in (("POLL", job.poll), ("CANCEL", job.cancel)):
            if call is not None:
                operations.setdefault(call.operation, Candidate(call.operation, (f"{verb}_{stem}",)))
    named = Names().resolve(specs, fallback="JOB", public=False)
    return named, Names().resolve(
        list(operations.values()), reserved=frozenset(map(str, named.values())), fallback="OPERATION", public=False
    )


def job_of(
    job: ir.Job,
    api: ir.Api,
    declared: Mapping[str, Operation],
    constant: Identifier,
    aliases: Mapping[str, Identifier],
    writer: AnnotationWriter,
) -> JobView:
    """Returns the view of a job.

    Args:
        job: as it was read.
        api: the API.
        declared: the operations as they are declared to the runtime, by address.
        constant: see `job_constants`.
        aliases: see `alias_names`.
        writer: of annotations at module level.
    """
    operations = {operation.address: operation for operation in api.operations}
    stem = snake(words_of(job.name), "job") or "job"
    return JobView(
        constant=constant,
        alias=aliases[job.name],
        async_alias=aliases[f"{job.name}|async"],
        spec=JobSpec(
            job.name,
            poll=_job_call(job.poll, operations, declared, api.declarations),
            cancel=None if job.cancel is None else _job_call(job.cancel, operations, declared, api.declarations),
            too_late=job.too_late,
            state=job.state_at,
            states=dict(job.states),
            refine=job.refine,
            result=job.result,
            error_code=job.error_code,
            error_message=job.error_message,
            items=job.items,
            done=job.done_at,
            total=job.total_at,
            schedule=job.schedule,
            unknown=job.unknown,
            not_found_grace=job.not_found_grace,
            expires=job.result_expires,
        ),
        arguments=job_types(job, api, writer),
        resume=Identifier(f"{stem}_job"),
        doc=f"Return the handle of an earlier {' '.join(words_of(job.name))} job; nothing is sent.{_expiry(job)}",
        script=job_script(job, Identifier(constant.lower()), api),
    )


def _expiry(job: ir.Job) -> str:
    """Returns what documentation says of how long the API keeps a job and its result."""
    kept = {"the job": job.job_expires, "its result": job.result_expires}
    parts = [f"{what} for {_duration(seconds)}" for what, seconds in kept.items() if seconds is not None]
    return f" The API keeps {' and '.join(parts)}." if parts else ""


def _duration(seconds: float) -> str:
    for unit, name in ((86400.0, "day"), (3600.0, "hour"), (60.0, "minute")):
        if seconds >= unit and seconds % unit == 0:
            count = int(seconds / unit)
            return f"{count} {name}{'' if count == 1 else 's'}"
    return f"{seconds:g} seconds"


def job_types(job: ir.Job, api: ir.Api, writer: AnnotationWriter) -> tuple[Code, Code, Code]:
    """Returns the annotations of a job's snapshot, result and items."""
    poll = next(operation for operation in api.operations if operation.address == job.poll.operation)
    snapshot = _polled(poll)
    item: ir.Type | None = None
    if job.items is not None:
        item = _item_type(_type_at(snapshot, job.items.at, api))
    result = job.result_type
    listed = result is None and job.items is not None and job.items.result is not None
    if listed and item is not None and job.items is not None and job.items.result is not None:
        result = _type_at(item, job.items.result, api)
    if isinstance(result, ir.Nullable):
        result = result.inner
    annotation = Code("object") if result is None else writer.annotation(result)
    return (
        writer.annotation(snapshot),
        Code(f"{writer.builtin('list')}[{annotation}]") if listed else annotation,
        Code("object") if item is None else writer.annotation(item),
    )


def _job_call(
    call: ir.JobCall,
    operations: Mapping[str, ir.Operation],
    declared: Mapping[str, Operation],
    declarations: Mapping[str, ir.Declaration],
) -> JobCall:
    parameters = operations[call.operation].parameters
    made = JobCall(
        declared[call.operation],
        query=_constants(parameters, "query"),
        header=_constants(parameters, "header"),
        body=_body_constants(operations[call.operation].body, declarations),
    )
    if call.in_body:
        return replace(made, location="body", name=call.id_parameter)
    taking = next(p for p in parameters if p.wire == call.id_parameter)
    match taking.location:
        case "path":
            return made
        case "query" | "header" | "cookie" as location:
            return replace(made, location=location, name=taking.wire)
        case "querystring":
            return replace(made, location="query", name=taking.wire)
        case _:
            assert_never(taking.location)


def _constants(parameters: Iterable[ir.Parameter], location: ir.ParameterLocation) -> dict[str, object]:
    """Returns the parameters of one location that are required and can have one value only."""
    return {
        parameter.wire: parameter.type.value
        for parameter in parameters
        if parameter.location == location and parameter.required and isinstance(parameter.type, ir.Const)
    }


def _body_constants(body: ir.Body | None, declarations: Mapping[str, ir.Declaration]) -> dict[str, object]:
    """Returns the fields of a JSON body that are required and can have one value only."""
    for content in body.contents if body is not None else ():
        model = declarations.get(content.type.key) if isinstance(content.type, ir.Ref) else None
        if content.media_type == "application/json" and isinstance(model, ir.Model):
            fields = [field for field in model.fields if field.required]
            return {field.wire: field.type.value for field in fields if isinstance(field.type, ir.Const)}
    return {}


def _polled(operation: ir.Operation) -> ir.Type:
    """Returns the type of what a poll returns."""
    for response in operation.responses:
        if response.status.startswith("2"):
            for content in response.contents:
                if content.kind == "json":
                    return content.type
    return ir.Anything()


def _item_type(type_: ir.Type) -> ir.Type:
    if isinstance(type_, ir.Nullable):
        type_ = type_.inner
    return type_.item if isinstance(type_, ir.ListOf) else ir.Anything()


def _type_at(type_: ir.Type, path: ir.Path, api: ir.Api) -> ir.Type:
    """Returns the type of the value at a path; `Anything` where it is not known."""
    for wire in path:
        if isinstance(type_, ir.Nullable):
            type_ = type_.inner
        model = api.declarations.get(type_.key) if isinstance(type_, ir.Ref) else None
        if not isinstance(model, ir.Model):
            return ir.Anything()
        field = next((f for f in model.fields if f.wire == wire), None)
        if field is None:
            return ir.Anything()
        type_ = field.type
    return type_
