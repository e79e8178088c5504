"""Scripts of jobs for tests: what the start, the polls and the cancel of a job answer, made of its declaration.

Decides the answers: of each object what its schema requires, and what the declaration of the job points to. A value is
what the document gives as an example where it fits the type, else a placeholder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import assert_never
from urllib.parse import urlsplit

from clientsmith import ir
from clientsmith.translate.words import words_of
from clientsmith.view import Identifier, JobScript, ScriptedAnswer

DEEPEST = 6
"""Models within models; what would be deeper is null."""
NUMBERED = {"string": "job-%d", "uuid": "00000000-0000-4000-8000-%012d"}
"""The ids of started jobs, as the runtime's `numbered` takes them."""
_MARK = "\0"
"""Takes the place of the id until the body is text: it occurs in no document."""
_SCALARS: Mapping[ir.ScalarKind, ir.Json] = {
    "string": "text", "integer": 1, "number": 1.5, "boolean": True, "null": None, "date-time": "2026-01-31T12:00:00Z",
    "http-date": "Sat, 31 Jan 2026 12:00:00 GMT", "date": "2026-01-31", "duration": "PT5M", "decimal": "1.5",
    "uuid": "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "base64": "", "base64url": "", "binary": "",
}  # fmt: skip
_ORDER: tuple[ir.JobState, ...] = ("succeeded", "partial", "failed", "cancelled", "expired", "blocked")
_RESULT = "https://example.com/result"
_ITEM = "item-1"

_Given = Mapping[ir.Path, ir.Json]
"""Values by their paths."""


def job_script(job: ir.Job, name: Identifier, api: ir.Api) -> JobScript:
    """Returns the script of a job; `name`: of the function that gives it."""
    operations = {operation.address: operation for operation in api.operations}
    starts = [_answer(operations[start.operation], {start.id: _MARK}, api) for start in job.starts]
    poll = operations[job.poll.operation]
    states = {name: _poll_text(poll, given, api) for name, given in _ends(job, poll, api).items()}
    pending = [word for word, state in job.states if state == "pending"]
    return JobScript(
        name=name,
        title=" ".join(words_of(job.name)),
        starts=tuple(starts),
        poll=_route(poll, api),
        pending=_poll_text(poll, {job.state_at: pending[-1]}, api) if pending else None,
        states=tuple(states.items()),
        cancel=_answer(operations[job.cancel.operation], {}, api) if job.cancel is not None else None,
    )


def _ends(job: ir.Job, poll: ir.Operation, api: ir.Api) -> dict[str, dict[ir.Path, ir.Json]]:
    """Returns what polls hold at the end of a job: by the word of the API, or by what a rule or its items make of it;
    the first is a success."""
    ends = sorted((end for end in job.states if end[1] != "pending"), key=lambda end: _ORDER.index(end[1]))
    first = {state: word for word, state in reversed(ends)}
    type_, item = _polled(poll), _item_type(job, poll, api)
    found: dict[str, dict[ir.Path, ir.Json]] = {}
    for word, state in ends:
        found[word] = {job.state_at: word, **_details(job, state, type_, item, api)}
    if job.items is not None and "succeeded" in first and "partial" not in first and item is not None:
        made = {job.state_at: first["succeeded"], **_details(job, "partial", type_, item, api)}
        found.setdefault("partial", made)
    for rule in job.refine:
        if rule.state in first and rule.then != "pending":
            given = {**found[first[rule.state]], job.state_at: first[rule.state], rule.at: rule.values[0]}
            found.setdefault(rule.then, given)
    return found


def _details(
    job: ir.Job, state: ir.JobState, type_: ir.Type, item: ir.Type | None, api: ir.Api
) -> dict[ir.Path, ir.Json]:
    """Returns the result, the items and the error that a job has at its end."""
    found: dict[ir.Path, ir.Json] = {}
    if state in ("succeeded", "partial"):
        if job.result is not None:
            found[job.result] = _result(type_, job.result, api)
        if job.items is not None and item is not None:
            found[job.items.at] = [_good(job.items, item, api), *([_bad(job.items, item, api)] * (state == "partial"))]
    elif state == "failed":
        refined = {value for rule in job.refine for value in rule.values}
        for path, word in ((job.error_code, "error"), (job.error_message, "The job failed.")):
            if path is not None:
                known = _type_at(type_, path, api)
                found[path] = _word(known, word, refined, api)
    return found


def _good(items: ir.JobItems, type_: ir.Type, api: ir.Api) -> ir.Json:
    given: dict[ir.Path, ir.Json] = {path: _sample(_type_at(type_, path, api), api) for path in items.missing_at}
    if items.id is not None:
        known = _type_at(type_, items.id, api)
        given[items.id] = _ITEM if known == ir.Scalar("string") else _sample(known, api)
    if items.state is not None:
        given[items.state] = items.succeeded[0]
    if items.result is not None:
        given[items.result] = _result(type_, items.result, api)
    return _filled(type_, given, api)


def _bad(items: ir.JobItems, type_: ir.Type, api: ir.Api) -> ir.Json:
    given: dict[ir.Path, ir.Json] = {path: _sample(_type_at(type_, path, api), api) for path in items.failed_at}
    if items.state is not None and items.failed:
        given[items.state] = items.failed[0]
    if items.error_code is not None:
        given[items.error_code] = _word(_type_at(type_, items.error_code, api), "error", set(), api)
    return _filled(type_, given, api)


# ------------------------------------------------------------------------------------------------ routes and answers


def _answer(operation: ir.Operation, given: _Given, api: ir.Api) -> ScriptedAnswer:
    """Returns how an operation succeeds: its route, its status and its body, in which `%d` is the number of the job."""
    successes = [response for response in operation.responses if response.status.startswith("2")]
    status = next((int(one.status) for one in successes if one.status.isdecimal()), 200)
    content = next((c for one in successes for c in one.contents if c.kind == "json"), None)
    if content is None:
        return ScriptedAnswer(_route(operation, api), status, "", is_numbered=False)
    ids = {path: _type_at(content.type, path, api) for path in given}
    text = json.dumps(_filled(content.type, given, api), ensure_ascii=False)
    if not given:
        return ScriptedAnswer(_route(operation, api), status, text, is_numbered=False)
    known = next(iter(ids.values()))
    kind = known.kind if isinstance(known, ir.Scalar) else "string"
    number = f'"{NUMBERED[kind]}"' if kind in NUMBERED else "%d" if kind in ("integer", "number") else '"job-%d"'
    numbered = text.replace("%", "%%").replace(json.dumps(_MARK), number)
    return ScriptedAnswer(_route(operation, api), status, numbered, is_numbered=True)


def _poll_text(operation: ir.Operation, given: _Given, api: ir.Api) -> str:
    return json.dumps(_filled(_polled(operation), given, api), ensure_ascii=False)


def _route(operation: ir.Operation, api: ir.Api) -> str:
    """Returns the route as the transport for tests has it: `GET /v1/jobs/*`."""
    servers = operation.servers or api.servers
    prefix = urlsplit(servers[0].address).path.rstrip("/") if servers else ""
    path = "".join("*" if index % 2 else part for index, part in enumerate(operation.path))
    return f"{operation.method} {prefix}{path}"


def _polled(operation: ir.Operation) -> ir.Type:
    contents = (c for one in operation.responses if one.status.startswith("2") for c in one.contents)
    return next((content.type for content in contents if content.kind == "json"), ir.Anything())


def _item_type(job: ir.Job, poll: ir.Operation, api: ir.Api) -> ir.Type | None:
    if job.items is None:
        return None
    listed = _type_at(_polled(poll), job.items.at, api)
    return listed.item if isinstance(listed, ir.ListOf) else None


# ------------------------------------------------------------------------------------------------------------ values


def _filled(type_: ir.Type, given: _Given, api: ir.Api, depth: int = 0) -> ir.Json:
    """Returns a value of a type that holds what is given, and what its schema requires beside it."""
    if () in given:
        return given[()]
    if not given:
        return _sample(type_, api, depth)
    fields = _fields(type_, next(iter(given))[0], api)
    names = {path[0] for path in given} | {field.wire for field in fields.values() if _is_needed(field)}
    made: dict[str, ir.Json] = {}
    for name in [*(wire for wire in fields if wire in names), *sorted(names - fields.keys())]:
        inner = {path[1:]: value for path, value in given.items() if path[0] == name}
        field = fields.get(name)
        if field is None:
            made[name] = _filled(ir.Anything(), inner, api, depth + 1)
        elif inner:
            made[name] = _filled(field.type, inner, api, depth + 1)
        else:
            made[name] = _example(field, api, depth + 1)
    return made


def _fields(type_: ir.Type, needed: str, api: ir.Api) -> dict[str, ir.Field]:
    """Returns the fields of an object that has one of this name: of a union, of the first member with it."""
    match type_:
        case ir.Nullable(inner):
            return _fields(inner, needed, api)
        case ir.Ref(key):
            declaration = api.declarations[key]
            if isinstance(declaration, ir.Model):
                return {field.wire: field for field in declaration.fields}
            arms = declaration.arms if isinstance(declaration, ir.UnionOf) else ()
            return _first_with(arms, needed, api)
        case ir.Union(members):
            return _first_with(members, needed, api)
        case ir.Scalar() | ir.Const() | ir.ListOf() | ir.MapOf() | ir.Anything():
            return {}
        case _:
            assert_never(type_)


def _first_with(members: Iterable[ir.Type], needed: str, api: ir.Api) -> dict[str, ir.Field]:
    for member in members:
        fields = _fields(member, needed, api)
        if needed in fields:
            return fields
    return {}


def _type_at(type_: ir.Type, path: ir.Path, api: ir.Api) -> ir.Type:
    """Returns the type at a path, without null; `Anything` where it is not known."""
    for name in path:
        field = _fields(type_, name, api).get(name)
        type_ = field.type if field is not None else ir.Anything()
    return type_.inner if isinstance(type_, ir.Nullable) else type_


def _result(type_: ir.Type, path: ir.Path, api: ir.Api) -> ir.Json:
    """Returns what a job is for: the document's example, an address, or any value of its type."""
    for name in path[:-1]:
        type_ = _type_at(type_, (name,), api)
    field = _fields(type_, path[-1], api).get(path[-1])
    if field is not None and field.example and isinstance(field.example, str):
        return field.example
    known = _type_at(type_, path[-1:], api)
    return _RESULT if known in (ir.Scalar("string"), ir.Anything()) else _sample(known, api)


def _word(type_: ir.Type, word: str, avoided: set[str], api: ir.Api) -> ir.Json:
    """Returns a code or a message: of an enumeration, a value that no rule makes something else of."""
    enum = api.declarations.get(type_.key) if isinstance(type_, ir.Ref) else None
    if isinstance(enum, ir.Enum):
        return next((value for value in enum.values if value not in avoided), word)
    return word if type_ in (ir.Scalar("string"), ir.Anything()) else _sample(type_, api)


def _is_needed(field: ir.Field) -> bool:
    return field.required and not field.write_only


def _example(field: ir.Field, api: ir.Api, depth: int) -> ir.Json:
    is_stated = field.type == ir.Scalar("string") and isinstance(field.example, str)
    stated = None if isinstance(field.example, ir.Missing) else field.example
    return stated if is_stated else _sample(field.type, api, depth)


def _sample(type_: ir.Type, api: ir.Api, depth: int = 0) -> ir.Json:
    """Returns the least value of a type."""
    match type_:
        case ir.Scalar(kind):
            return _SCALARS[kind]
        case ir.Const(value):
            return value
        case ir.Nullable() | ir.Anything():
            return None
        case ir.ListOf():
            return []
        case ir.MapOf():
            return {}
        case ir.Union(members):
            return _sample(members[0], api, depth)
        case ir.Ref(key):
            declaration = api.declarations[key]
            match declaration:
                case ir.Enum(values=values):
                    return values[0] if values else None
                case ir.UnionOf(arms=arms):
                    return _sample(arms[0], api, depth) if depth < DEEPEST else None
                case ir.Model(fields=fields):
                    required = [field for field in fields if _is_needed(field) and depth < DEEPEST]
                    return {field.wire: _example(field, api, depth + 1) for field in required}
                case _:
                    assert_never(declaration)
        case _:
            assert_never(type_)
