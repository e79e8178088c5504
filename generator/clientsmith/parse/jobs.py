"""Asynchronous jobs, from `x-job` declarations, which overlays make; `docs/jobs.md` is their reference.

Decides what a declaration consists of, and that it is complete: every state that the document lists is classified,
once, and one of them is a success. That operations and pointers exist is checked in `job_checks`. Every violation is a
`job-invalid` error at its location, and all of them are reported. How a job is waited for is decided in the runtime.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from clientsmith.ir import (
    Declaration,
    Job,
    JobCall,
    JobItems,
    JobStart,
    JobState,
    Json,
    ListOf,
    Operation,
    Path,
    Refine,
    Schedule,
    Type,
)
from clientsmith.load.document import Node
from clientsmith.parse.job_checks import Checker, Invalid, closest, per_second, seconds, type_at, values_of
from clientsmith.parse.metadata import as_json, fits
from clientsmith.parse.operations import methods_of
from clientsmith.parse.reading import Reader, is_list, is_map
from clientsmith.parse.types import bare

STATES: tuple[JobState, ...] = get_args(JobState)

_KEYS = ("name", "resource", "start", "poll", "cancel", "state", "result", "error", "items", "progress", "schedule",
         "expires")  # fmt: skip


def jobs_of(
    reader: Reader, root: Node, operations: tuple[Operation, ...], declarations: Mapping[str, Declaration]
) -> tuple[Job, ...]:
    """Returns the valid jobs that the document declares, by name.

    A job is declared at the root as `x-jobs` (a mapping by name) or `x-job` (one, a list, or a mapping by name), or as
    `x-job` of a tag or an operation.
    """
    found: dict[str, Job] = {}
    for name, node, operation in _declared(reader, root):
        checker = Checker(reader, operations, declarations)
        job = _job(checker, name, node, operation)
        if job is None:
            continue
        if job.name in found:
            checker.wrong(node, f"a job {job.name!r} is declared already", also=found[job.name].address)
        else:
            found[job.name] = job
    return tuple(found[name] for name in sorted(found))


def _declared(reader: Reader, root: Node) -> Iterator[tuple[str, Node, str]]:
    """Yields name (empty: see inside), declaration, and the id of the operation that has it (empty: none)."""
    yield from ((name, node, "") for name, node in reader.entries(root, "x-jobs"))
    yield from ((name, node, "") for name, node in _spread(root))
    for tag in reader.members(root, "tags"):
        if is_map(tag.value):
            yield from ((name, node, "") for name, node in _spread(tag))
    for path, reference in reader.entries(root, "paths"):
        if not path.startswith("x-"):
            for method, _, node, _ in methods_of(reader, reference):
                own = node.value.get("operationId") or f"{method.upper()} {path}"
                yield from ((name, declared, str(own)) for name, declared in _spread(node))


def _spread(owner: Node) -> Iterator[tuple[str, Node]]:
    """Yields the declarations of one `x-job`: one, a list of them, or a mapping by name."""
    value = owner.value.get("x-job")
    node = owner.child("x-job")
    if is_list(value):
        yield from (("", node.child(index)) for index in range(len(value)))
    elif is_map(value) and value and not any(key in value for key in _KEYS):
        yield from ((str(name), node.child(name)) for name in value)
    elif value is not None:
        yield "", node


def _job(check: Checker, name: str, node: Node, operation: str) -> Job | None:
    """Returns the job of one declaration; `None` if something in it is invalid."""
    try:
        found = _read(check, name, node, operation)
    except Invalid:
        return None
    return None if check.failed else found


def _read(check: Checker, name: str, node: Node, operation: str) -> Job:
    check.only(node, *_KEYS)
    written = node.value.get("name")
    name = written if isinstance(written, str) else name
    if not name:
        check.wrong(node, "'name' is missing", "name: try_on")
    poll_node = check.need(node, "poll", "which operation returns the state?")
    check.only(poll_node, "operation", "args")
    poll, polled = check.call(poll_node)
    body = check.response(poll_node, polled)
    starts = _starts(check, node, operation)
    cancel, too_late = _cancel(check, node)
    state_node = check.need(node, "state", "where is the state, and what are its values?")
    check.only(state_node, "from", *STATES, "refine", "unknown", "not_found")
    state_at = check.path(check.need(state_node, "from", "where is the state?"), body)
    error_code, error_message = _error_paths(check, node.child("error"), body)
    result_node = node.child("result")
    result = check.path(result_node, body)
    result_type = check.type_at(result_node, body, result) if result is not None else None
    progress, expires = node.child("progress"), node.child("expires")
    if progress.value is not None:
        check.only(progress, "done", "total")
    if expires.value is not None:
        check.only(expires, "result", "job")
    done = (check.path(part, body) for part in check.several(progress.child("done")))
    return Job(
        name=name,
        resource=written if isinstance(written := node.value.get("resource"), str) else "",
        address=node.address,
        starts=starts,
        poll=poll,
        cancel=cancel,
        too_late=too_late,
        state_at=state_at or (),
        states=_states(check, state_node, body, state_at),
        refine=tuple(_refinements(check, state_node, body)),
        unknown="raise" if check.choice(state_node.child("unknown"), ("poll", "raise"), "poll") == "raise" else "poll",
        not_found_grace=_grace(check, state_node.child("not_found")),
        result=result,
        result_type=bare(result_type) if result_type is not None else None,
        error_code=error_code,
        error_message=error_message,
        items=_items(check, node.child("items"), body),
        done_at=tuple(path for path in done if path is not None),
        total_at=check.path(progress.child("total"), body),
        schedule=_schedule(check, node.child("schedule")),
        result_expires=check.read(expires.child("result"), seconds, None),
        job_expires=check.read(expires.child("job"), seconds, None),
    )


# ---------------------------------------------------------------------------------------------- starting, cancelling


def _starts(check: Checker, node: Node, operation: str) -> tuple[JobStart, ...]:
    listed = check.several(check.need(node, "start", "which operation starts the job?"))
    found: list[JobStart] = []
    for start in listed:
        check.only(start, "operation", "when", "id")
        started = check.operation(start, operation)
        response = check.response(start, started)
        path = check.path(check.need(start, "id", "where in the response is the id of the job?"), response)
        found.append(JobStart(started.address, path or (), _fixed(check, start.child("when"), started)))
    return tuple(found)


def _fixed(check: Checker, node: Node, operation: Operation) -> tuple[tuple[str, Json], ...]:
    """Returns fields of the body that make the operation start a job, with their values."""
    if node.value is None:
        return ()
    if not is_map(node.value):
        check.wrong(node, "'when' should be a mapping of body fields to their values")
        return ()
    bodies = [content.type for content in operation.body.contents] if operation.body is not None else []
    found: list[tuple[str, Json]] = []
    for name, value in node.value.items():
        types: list[Type] = []
        problem = "the operation has no body"
        for body in bodies:
            try:
                types.append(type_at(check.declarations, body, (name,)))
            except LookupError as error:
                problem = str(error.args[0])
        field = node.child(name)
        if not types:
            check.wrong(field, f"{name!r} is not a field of the body: {problem}")
        elif not any(fits(check.declarations, value, type_) for type_ in types):
            check.wrong(field, f"{value!r} is not a value of {name!r}")
        found.append((str(name), as_json(value)))
    return tuple(found)


def _cancel(check: Checker, node: Node) -> tuple[JobCall | None, tuple[tuple[int, str | None], ...]]:
    if node.value.get("cancel") is None:
        return None, ()
    cancel = node.child("cancel")
    check.only(cancel, "operation", "args", "too_late")
    call, _ = check.call(cancel)
    late: list[tuple[int, str | None]] = []
    for part in check.several(cancel.child("too_late")):
        check.only(part, "status", "error_code")
        status, code = part.value.get("status"), part.value.get("error_code")
        if not isinstance(status, int) or not 400 <= status <= 599 or not isinstance(code, (str, type(None))):
            message = "should state which response to a cancel means that the job has finished"
            check.wrong(part, message, "too_late: [{status: 409}]")
        else:
            late.append((status, code))
    return call, tuple(late)


# ---------------------------------------------------------------------------------------------------------- states


def _states(check: Checker, node: Node, body: Type, at: Path | None) -> tuple[tuple[str, JobState], ...]:
    known = values_of(check.declarations, check.type_at(node.child("from"), body, at)) if at is not None else None
    found: dict[str, JobState] = {}
    for state in sorted(STATES, key=[*node.value, *STATES].index):
        for value in check.words(node.child(state)):
            if value in found:
                check.wrong(node.child(state), f"{value!r} is already {found[value]}: it cannot be {state} too")
            elif known is not None and value not in known:
                check.wrong(node.child(state), f"{value!r} is not a value of the state", closest(value, known))
            else:
                found[value] = state
    for value in known or ():
        if value not in found:
            hint = "classify it as pending, succeeded, partial, failed, cancelled, expired or blocked"
            check.wrong(node, f"the state {value!r} is not classified", hint)
    if not node.value.get("succeeded"):
        check.wrong(node, "'succeeded' is empty: the job could never succeed")
    return tuple(found.items())


def _refinements(check: Checker, node: Node, body: Type) -> Iterator[Refine]:
    for rule in check.several(node.child("refine")):
        check.only(rule, "if", "then")
        condition = check.need(rule, "if", "when does the rule apply?")
        check.only(condition, "state", "at", "in")
        state = check.choice(check.need(condition, "state", "in which state?"), STATES, "failed")
        then = check.choice(check.need(rule, "then", "which state is it instead?"), STATES, "failed")
        at = check.path(check.need(condition, "at", "where is the value?"), body)
        values = check.words(check.need(condition, "in", "which values?"))
        known = values_of(check.declarations, check.type_at(condition.child("at"), body, at)) if at else None
        for value in values:
            if known is not None and value not in known:
                message = f"{value!r} is not a value of {condition.value['at']!r}"
                check.wrong(condition.child("in"), message, closest(value, known))
        if at is not None:
            yield Refine(_state(state), at, tuple(values), _state(then))


def _state(word: str) -> JobState:
    return next(state for state in STATES if state == word)


def _grace(check: Checker, node: Node) -> float:
    """Returns the seconds for which a job that was just started may be unknown; 0: not at all."""
    if node.value is None or node.value == "raise":
        return 0.0
    if not is_map(node.value) or set(node.value) != {"grace"}:
        check.wrong(node, "should be 'raise' or the time for which a new job may be unknown", "not_found: {grace: 5s}")
        return 0.0
    return check.read(node.child("grace"), seconds, 0.0)


# ------------------------------------------------------------------------------------------- errors, items, schedule


def _error_paths(check: Checker, node: Node, inside: Type) -> tuple[Path | None, Path | None]:
    """Returns the paths of code and message of an error, inside of a response or of an item."""
    if node.value is None:
        return None, None
    check.only(node, "code", "message")
    return check.path(node.child("code"), inside), check.path(node.child("message"), inside)


def _items(check: Checker, node: Node, body: Type) -> JobItems | None:
    """Returns the items of a batch job; `None` where none are declared."""
    if node.value is None:
        return None
    check.only(node, "from", "id", "state", "failed_if", "result", "error")
    source = check.need(node, "from", "where is the list?")
    at = check.path(source, body)
    if at is None:
        raise Invalid
    listed = check.type_at(source, body, at)
    core = bare(listed)
    if not isinstance(core, ListOf):
        check.wrong(source, f"{source.value!r} is not a list")
        raise Invalid
    item = core.item
    failed_at: list[Path] = []
    missing_at: list[Path] = []
    for part in check.several(node.child("failed_if")):
        check.only(part, "at", "present")
        path = check.path(check.need(part, "at", "which field of an item?"), item)
        present = part.value.get("present")
        if not isinstance(present, bool):
            check.wrong(part, "'present' should be true (failed if the field is there) or false (if it is absent)")
        elif path is not None:
            (failed_at if present else missing_at).append(path)
    state, succeeded, failed = _item_state(check, node.child("state"), item)
    error_code, error_message = _error_paths(check, node.child("error"), item)
    return JobItems(
        at=at,
        id=check.path(node.child("id"), item),
        state=state,
        succeeded=succeeded,
        failed=failed,
        failed_at=tuple(failed_at),
        missing_at=tuple(missing_at),
        result=check.path(node.child("result"), item),
        error_code=error_code,
        error_message=error_message,
    )


def _item_state(check: Checker, node: Node, item: Type) -> tuple[Path | None, tuple[str, ...], tuple[str, ...]]:
    if node.value is None:
        return None, (), ()
    check.only(node, "from", "succeeded", "failed")
    at = check.path(check.need(node, "from", "where is the state of an item?"), item)
    known = values_of(check.declarations, check.type_at(node.child("from"), item, at)) if at is not None else None
    succeeded, failed = check.words(node.child("succeeded")), check.words(node.child("failed"))
    if not succeeded:
        check.wrong(node, "'succeeded' is empty: no item could ever succeed")
    for key, values in (("succeeded", succeeded), ("failed", failed)):
        for value in values:
            if known is not None and value not in known:
                check.wrong(node.child(key), f"{value!r} is not a value of the state", closest(value, known))
            if key == "failed" and value in succeeded:
                check.wrong(node.child(key), f"{value!r} is already succeeded: it cannot be failed too")
    return at, tuple(succeeded), tuple(failed)


def _schedule(check: Checker, node: Node) -> Schedule:
    """Returns when polls are sent; the default schedule where none is declared."""
    usual = Schedule()
    if node.value is None:
        return usual
    check.only(node, "first", "min", "max", "factor", "jitter", "timeout", "rate")
    timeout = node.child("timeout")
    made = Schedule(
        first=check.read(node.child("first"), seconds, usual.first),
        minimum=check.read(node.child("min"), seconds, usual.minimum),
        maximum=check.read(node.child("max"), seconds, usual.maximum),
        factor=check.read(node.child("factor"), _number, usual.factor),
        jitter=check.read(node.child("jitter"), _number, usual.jitter),
        timeout=None if timeout.value == "none" else check.read(timeout, seconds, usual.timeout),
        rate=check.read(node.child("rate"), per_second, None),
    )
    if made.minimum > made.maximum:
        check.wrong(node, f"'min' ({made.minimum:g} s) is more than 'max' ({made.maximum:g} s)")
    if made.factor < 1:
        check.wrong(node.child("factor"), "'factor' is less than 1: polls would become more and more frequent")
    if not 0 <= made.jitter <= 1:
        check.wrong(node.child("jitter"), "'jitter' should be from 0 to 1")
    return made


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{value!r} is not a number")
    return float(value)
