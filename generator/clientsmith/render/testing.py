"""The module for tests of a package: canned answers, and functions that give the routes of jobs."""

from __future__ import annotations

import json

from clientsmith.escape import docstring, literal
from clientsmith.render.layout import Declared, Document, Group, layout, mapping_of, prefixed
from clientsmith.view import Code, ExampleView, JobScript, Package, ScriptedAnswer

PUBLIC = ("Answer", "ConnectionLost", "FakeTransport", "Outcome", "SentRequest", "Step", "Steps")
"""What users of the module have of the runtime."""


def testing_imports(package: Package) -> tuple[str, ...]:
    """What the module for tests imports of the runtime: all of it by its public name."""
    lines = [("testing", [*PUBLIC])]
    if package.jobs:
        others = [name for name in PUBLIC if name != "FakeTransport"]
        lines = [("testing_jobs", ["FakeTransport"]), ("testing", others)]
    public = tuple(f"from ._runtime.{module} import {', '.join(f'{n} as {n}' for n in each)}" for module, each in lines)
    private = ["from ._runtime.testing import examples_of"]
    if any(start.is_numbered for job in package.jobs for start in job.script.starts):
        private.append("from ._runtime.testing_jobs import numbered")
    typing = ["from typing import Literal", ""] if package.jobs else []
    return (*typing, *public, *private)


def script_signature(script: JobScript) -> Group:
    """Returns `try_on_job(state: Literal[...] = "completed", *, after: int = 2) -> dict[str, Step | Steps]`."""
    states = [literal(name) for name, _ in script.states]
    arguments: list[Document] = [Declared("state", f"Literal[{', '.join(states)}]", states[0])]
    if script.pending is not None:
        arguments += ["*", Declared("after", "int", "2")]
    return Group(f"{script.name}(", arguments, ") -> dict[str, Step | Steps]")


def job_script(script: JobScript) -> Code:
    """`def try_on_job(state: Literal[...] = "completed", *, after: int = 2) -> dict[str, Step | Steps]:`, the routes of
    a job for `FakeTransport`."""
    signature = script_signature(script)
    head = layout(Group(f"def {signature.opening}", signature.items, f"{signature.closing}:"), 0)
    last = "Answer(text=states[state])"
    polls: Document = last
    if script.pending is not None:
        pending = f"[Answer(text={literal(script.pending)})]"
        polls = Group("[", [f"*{pending} * after", last], "]")
    cancel = [] if script.cancel is None else [script.cancel]
    rows: list[tuple[str, Document]] = [(one.route, _scripted(one)) for one in script.starts]
    rows += [(script.poll, polls), *((one.route, _scripted(one)) for one in cancel)]
    bodies = layout(prefixed("states = ", mapping_of((name, literal(text)) for name, text in script.states)), 4)
    routes = layout(prefixed("return ", mapping_of(rows)), 4)
    ends = "as `state` has it"
    if script.pending is not None:
        ends = f"pending for `after` polls, then {ends}"
    whose = "each job is" if "*" in script.poll else "together they are"
    text = f"Returns the routes of {script.title} jobs for `FakeTransport`: {whose} {ends}."
    return Code(f"{head}\n    {docstring(text, 4)}\n    {bodies}\n    {routes}")


def _scripted(answer: ScriptedAnswer) -> str:
    if answer.is_numbered:
        return f"numbered({answer.status}, {literal(answer.body)})"
    return f"Answer({answer.status}, text={literal(answer.body)})" if answer.body else f"Answer({answer.status})"


def examples(package: Package) -> Code:
    """`EXAMPLES = examples_of({200: {"getJob": '{"id": "1"}'}})`: bodies as JSON text, each on one line."""
    statuses = sorted({example.status for example in package.examples})
    if not statuses:
        return Code("EXAMPLES: dict[str, Answer] = examples_of({})")
    lines = ["EXAMPLES: dict[str, Answer] = examples_of(", "    {"]
    for status in statuses:
        rows = [_example_row(example) for example in package.examples if example.status == status]
        lines += [f"        {status}: {{", *rows, "        },"]
    return Code("\n".join([*lines, "    }", ")"]))


def _example_row(example: ExampleView) -> str:
    return f"            {literal(example.operation_id)}: {literal(_JSON.encode(example.body))},"


_JSON = json.JSONEncoder(ensure_ascii=False)


TEMPLATE_FUNCTIONS = (examples, job_script, testing_imports)
"""What templates may call."""
