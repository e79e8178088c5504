"""The parts of a job declaration below its states: errors, the items of a batch, the schedule of its polls."""

from __future__ import annotations

from clientsmith.ir import JobItems, ListOf, Path, Schedule, Type
from clientsmith.load.document import Node
from clientsmith.parse.intersections import bare
from clientsmith.parse.job_checks import Checker, Invalid
from clientsmith.parse.job_values import closest, per_second, seconds, values_of


def error_paths(check: Checker, node: Node, inside: Type) -> tuple[Path | None, Path | None]:
    """Where an error has its code and its message, inside of an answer or of an item."""
    if node.value is None:
        return None, None
    check.only(node, "code", "message")
    return check.path(node.child("code"), inside), check.path(node.child("message"), inside)


def items_of(check: Checker, node: Node, body: Type) -> JobItems | None:
    """The items of a batch job; `None` where none are declared."""
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
        check.wrong(source, f"{source.value!r} is no list")
        raise Invalid
    item = core.item
    failed_at: list[Path] = []
    missing_at: list[Path] = []
    for part in check.several(node.child("failed_if")):
        check.only(part, "at", "present")
        path = check.path(check.need(part, "at", "which field of an item decides?"), item)
        present = part.value.get("present")
        if not isinstance(present, bool):
            check.wrong(part, "'present' should be true (there: it failed) or false (not there: it failed)")
        elif path is not None:
            (failed_at if present else missing_at).append(path)
    state, succeeded, failed = _item_state(check, node.child("state"), item)
    error_code, error_message = error_paths(check, node.child("error"), item)
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
        check.wrong(node, "'succeeded' is empty: no item could end well")
    for key, values in (("succeeded", succeeded), ("failed", failed)):
        for value in values:
            if known is not None and value not in known:
                check.wrong(node.child(key), f"{value!r} is no value of the state", closest(value, known))
            if key == "failed" and value in succeeded:
                check.wrong(node.child(key), f"{value!r} is succeeded already: it cannot be failed too")
    return at, tuple(succeeded), tuple(failed)


def schedule_of(check: Checker, node: Node) -> Schedule:
    """When polls are sent; the usual times where nothing is said."""
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
        check.wrong(node.child("factor"), "'factor' is less than 1: polls would come faster and faster")
    if not 0 <= made.jitter <= 1:
        check.wrong(node.child("jitter"), "'jitter' is a share, from 0 to 1")
    return made


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{value!r} is no number")
    return float(value)
