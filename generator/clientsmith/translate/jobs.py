"""Job declarations as arguments of the runtime's `JobSpec`: pointers become attribute access.

Decides how an answer is read; what the states mean is decided in parse, how to wait in the runtime.
"""

from __future__ import annotations

from collections.abc import Mapping

from clientsmith import ir
from clientsmith.escape import literal
from clientsmith.translate.calls import Scope
from clientsmith.translate.words import snake, words_of
from clientsmith.view import CallView, Code, Identifier, JobView


def job_of(
    job: ir.Job,
    scope: Scope,
    calls: Mapping[str, CallView],
    operations: Mapping[str, ir.Operation],
    shadowed: frozenset[str],
    *,
    single: bool,
) -> JobView:
    """The view of a job whose operations all stand in this resource module."""
    speller = scope.speller(shadowed)
    poll = operations[job.poll.operation]
    call = calls[job.poll.operation]
    snapshot = _answer_type(poll)
    snapshot_annotation = call.returns
    names = ["Job", "AsyncJob", "JobSpec", "Schedule", "start_job", "start_job_async"]
    options: list[tuple[str, Code]] = []
    poll_id = next(a for a in call.arguments if a.wire == job.poll.id_parameter)
    options.append(("poll", _call_by_id(call, poll_id.name)))
    if job.cancel is not None:
        cancel = calls[job.cancel.operation]
        cancel_id = next(a for a in cancel.arguments if a.wire == job.cancel.id_parameter)
        options.append(("cancel", _call_by_id(cancel, cancel_id.name)))
        if job.too_late:
            rows = ", ".join(f"({status}, {literal(code)})" for status, code in job.too_late)
            options.append(("too_late", Code(f"({rows},)")))
    options.append(("state", _reader(job.state_at, snapshot, scope, "snapshot")))
    options.append(("states", Code("{" + ", ".join(f"{literal(w)}: {literal(s)}" for w, s in job.states) + "}")))
    if job.refine:
        names.append("Refine")
        rows = ", ".join(
            f"Refine({literal(r.state)}, {_reader(r.at, snapshot, scope, 'snapshot')}, "
            f"({', '.join(literal(v) for v in r.values)},), {literal(r.then)})"
            for r in job.refine
        )
        options.append(("refine", Code(f"({rows},)")))
    result_annotation = Code("object")
    if job.result is not None:
        options.append(("result", _reader(job.result, snapshot, scope, "snapshot")))
    if (result_type := _result_type(job, snapshot, scope.api)) is not None:
        inner = result_type.inner if isinstance(result_type, ir.Nullable) else result_type
        result_annotation = speller.annotation(inner)
        if job.result is None:
            result_annotation = Code(f"{speller.builtin('list')}[{result_annotation}]")
    if job.error_code is not None:
        options.append(("error_code", _reader(job.error_code, snapshot, scope, "snapshot")))
    if job.error_message is not None:
        options.append(("error_message", _reader(job.error_message, snapshot, scope, "snapshot")))
    item_annotation = Code("object")
    if job.items is not None:
        names.append("JobItems")
        item = _item_type(type_at(snapshot, job.items.at, scope.api))
        item_annotation = speller.annotation(item)
        options.append(("items", _items(job.items, snapshot, item, scope)))
    if job.done_at:
        rows = ", ".join(_reader(path, snapshot, scope, "snapshot") for path in job.done_at)
        options.append(("done", Code(f"({rows},)")))
    if job.total_at is not None:
        options.append(("total", _reader(job.total_at, snapshot, scope, "snapshot")))
    options.append(("schedule", _schedule(job.schedule)))
    if job.unknown != "poll":
        options.append(("unknown", literal(job.unknown)))
    if job.not_found_grace:
        options.append(("not_found_grace", literal(job.not_found_grace)))
    for name in names:
        scope.imports.name("._runtime.jobs", name)
    arguments = f"[{snapshot_annotation}, {result_annotation}, {item_annotation}]"
    stem = snake(words_of(job.name), "job") or "job"
    return JobView(
        constant=Identifier(f"_{stem.upper()}_JOB"),
        name=job.name,
        type=Code(f"Job{arguments}"),
        async_type=Code(f"AsyncJob{arguments}"),
        spec_type=Code(f"JobSpec{arguments}"),
        options=tuple((Identifier(name), code) for name, code in options),
        resume=Identifier("job" if single else f"{stem}_job"),
        doc="A handle of a job that was started before, by its id; nothing is sent yet.",
    )


def start_identifier(operation: ir.Operation, start: ir.JobStart, scope: Scope) -> Code:
    """A lambda that reads the job's id from the answer of a start operation."""
    return _reader(start.id, _answer_type(operation), scope, "answer")


def _call_by_id(call: CallView, id_name: Identifier) -> Code:
    first = call.arguments[0] if call.arguments else None
    if first is not None and first.name == id_name and first.positional:
        return Code(call.function)
    return Code(f"lambda job_id: {call.function}({id_name}=job_id)")


def _answer_type(operation: ir.Operation) -> ir.Type:
    for response in operation.responses:
        if response.status.startswith("2"):
            for content in response.contents:
                if content.kind == "json":
                    return content.type
    return ir.Anything()


def _result_type(job: ir.Job, snapshot: ir.Type, api: ir.Api) -> ir.Type | None:
    """The type of the result, or of one item's where the result is the list of them."""
    if job.result_type is None and job.items is not None and job.items.result is not None:
        return type_at(_item_type(type_at(snapshot, job.items.at, api)), job.items.result, api)
    return job.result_type


def _item_type(type_: ir.Type) -> ir.Type:
    if isinstance(type_, ir.Nullable):
        type_ = type_.inner
    return type_.item if isinstance(type_, ir.ListOf) else ir.Anything()


def type_at(type_: ir.Type, path: ir.Path, api: ir.Api) -> ir.Type:
    """The type of what a path leads to; `Anything` where it cannot be told."""
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


def _reader(path: ir.Path, type_: ir.Type, scope: Scope, argument: str) -> Code:
    """`lambda snapshot: snapshot.error.error_code if snapshot.error is not None else None`.

    Typed access where every step is a field of a model; `at(snapshot, ...)` by wire names where it is not.
    """
    expression = argument
    guards: list[str] = []
    for i, wire in enumerate(path):
        optional = isinstance(type_, ir.Nullable)
        inner = type_.inner if isinstance(type_, ir.Nullable) else type_
        model = scope.api.declarations.get(inner.key) if isinstance(inner, ir.Ref) else None
        field = next((f for f in model.fields if f.wire == wire), None) if isinstance(model, ir.Model) else None
        unset = isinstance(model, ir.Model) and model.sent and field is not None
        if (
            not isinstance(model, ir.Model)
            or field is None
            or (unset and not field.required and isinstance(field.type, ir.Nullable))
        ):
            scope.imports.name("._runtime.jobs", "at")
            wires = ", ".join(literal(w) for w in path)
            return Code(f"lambda {argument}: at({argument}, {wires})")
        if i and optional:
            guards.append(f"{expression} is not None")
        expression = f"{expression}.{scope.attributes[model.key][field.address]}"
        type_ = field.type if field.required or isinstance(field.type, ir.Nullable) else ir.Nullable(field.type)
    if guards:
        return Code(f"lambda {argument}: {expression} if {' and '.join(guards)} else None")
    return Code(f"lambda {argument}: {expression}")


def _items(items: ir.JobItems, snapshot: ir.Type, item: ir.Type, scope: Scope) -> Code:
    options = [f"at={_reader(items.at, snapshot, scope, 'snapshot')}"]
    if items.id is not None:
        options.append(f"id={_reader(items.id, item, scope, 'item')}")
    if items.state is not None:
        options.append(f"state={_reader(items.state, item, scope, 'item')}")
        options.append(f"succeeded=({', '.join(literal(v) for v in items.succeeded)},)")
        options.append(f"failed=({', '.join(literal(v) for v in items.failed)},)")
    if items.failed_at:
        options.append(f"failed_at=({', '.join(_reader(p, item, scope, 'item') for p in items.failed_at)},)")
    if items.missing_at:
        options.append(f"missing_at=({', '.join(_reader(p, item, scope, 'item') for p in items.missing_at)},)")
    for name, path in (
        ("result", items.result),
        ("error_code", items.error_code),
        ("error_message", items.error_message),
    ):
        if path is not None:
            options.append(f"{name}={_reader(path, item, scope, 'item')}")
    return Code(f"JobItems({', '.join(options)})")


def _schedule(schedule: ir.Schedule) -> Code:
    options = [
        f"{name}={literal(getattr(schedule, name))}"
        for name in ("first", "minimum", "maximum", "factor", "jitter", "timeout", "rate")
    ]
    return Code(f"Schedule({', '.join(options)})")
