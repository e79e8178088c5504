"""Lines as black would leave them, without black: one line where it fits, else one item a line with a trailing comma.

black's magic trailing comma keeps such a layout as it is, so only what still has a line that is too long (an annotation
that cannot be cut here) needs black itself (see `render.finish`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from clientsmith.escape import WIDTH, literal
from clientsmith.view import (
    AliasView,
    Argument,
    CallView,
    ClientView,
    Code,
    EnumView,
    ExampleView,
    FieldView,
    JobView,
    Method,
    Package,
    Payload,
    ResourceModule,
    RuntimePlace,
)

_IN_RUNTIME = re.compile(r"^from (\.+)_runtime\b")
_MODULES = {"basic_credential": "basic", "credential": "security"}
"""Modules of the runtime that only some packages have, by what client modules import from them."""
_BRACKETS = re.compile(r"\[.*\]")


@dataclass(frozen=True, slots=True)
class Group:
    """`Group("Call(", ["_STATUS", "path=(job_id,)"], ")")`; items may be groups."""

    opening: str
    items: Sequence[Node]
    closing: str
    single: bool = False
    """A tuple of one keeps its comma on one line."""

    def flat(self) -> str:
        inner = ", ".join(item if isinstance(item, str) else item.flat() for item in self.items)
        return f"{self.opening}{inner}{',' if self.single else ''}{self.closing}"


@dataclass(frozen=True, slots=True)
class Declared:
    """`Declared("limit", "int | None", "None")`: a field or an argument."""

    name: str
    annotation: str
    default: str = ""
    statement: bool = False
    """A field: black would rather put its default in parentheses, where that is enough."""

    def flat(self) -> str:
        return f"{self.name}: {self.annotation}" + (f" = {self.default}" if self.default else "")

    def broken(self, indent: int) -> str:
        """With its annotation in parentheses on a line of its own, where black puts a union that is too long."""
        flat, inner = self.flat(), " " * (indent + 4)
        arms = _arms(self.annotation)
        if len(arms) == 1 and not self.default:
            taken = indent + len(self.name) + 2
            return f"{self.name}: {_broken_arm(arms[0], indent, taken)}" if "[" in arms[0] else self._bare(indent)
        if len(arms) == 1 or (self.default and not self.default.isidentifier()):
            return flat
        opening = f"{self.name}: {self.annotation} = ("
        if self.statement and self.default and len(opening) + indent <= WIDTH:
            return f"{opening}\n{inner}{self.default}\n{' ' * indent})"
        lines = [inner + self.annotation]
        if len(lines[0]) > WIDTH:
            first = _broken_arm(arms[0], indent + 4, indent + 4)
            others = [_broken_arm(arm, indent + 4, indent + 6) for arm in arms[1:]]
            lines = [f"{inner}{first}", *(f"{inner}| {other}" for other in others)]
        return "\n".join([f"{self.name}: (", *lines, " " * indent + ")"]) + (
            f" = {self.default}" if self.default else ""
        )

    def _bare(self, indent: int) -> str:
        inner = " " * (indent + 4) + self.annotation
        if not self.statement or len(inner) > WIDTH:
            return self.flat()
        return f"{self.name}: (\n{inner}\n{' ' * indent})"


def _arms(annotation: str) -> list[str]:
    """The arms of a union: `list[A | B] | None` has two."""
    masked = _BRACKETS.sub(lambda match: "_" * len(match.group()), annotation)
    arms: list[str] = []
    start = 0
    for part in masked.split(" | "):
        arms.append(annotation[start : start + len(part)])
        start += len(part) + 3
    return arms


def _broken_arm(arm: str, indent: int, taken: int) -> str:
    """`list[X]` behind `taken` columns, with its one argument on a line of its own where it would be too long.

    What cannot be cut so stays as it is: black knows more ways.
    """
    opening, bracket, rest = arm.partition("[")
    if len(arm) + taken <= WIDTH or not bracket or "," in rest or len(rest) + indent + 3 > WIDTH:
        return arm
    return f"{opening}[\n{' ' * (indent + 4)}{rest[:-1]}\n{' ' * indent}]"


Node: TypeAlias = "str | Group | Declared"


def laid_out(node: Node, indent: int, behind: int = 0) -> str:
    """The node from column `indent` on, `behind` characters following on its last line; the first line not indented."""
    if isinstance(node, str):
        return node
    flat = node.flat()
    if isinstance(node, Declared):
        return flat if len(flat) + indent + behind <= WIDTH else node.broken(indent)
    if len(flat) + indent + behind <= WIDTH or not node.items:
        return flat
    inner = " " * (indent + 4)
    lines = [f"{inner}{laid_out(item, indent + 4, 1)}," for item in node.items]
    return "\n".join([node.opening, *lines, " " * indent + node.closing])


def tuple_of(items: Iterable[Node]) -> Group:
    rows = list(items)
    return Group("(", rows, ")", single=len(rows) == 1)


def mapping_of(rows: Iterable[tuple[str, Node]]) -> Group:
    return Group("{", [_pair(key, value) for key, value in rows], "}")


def _pair(key: str, value: Node) -> Node:
    label = f"{literal(key)}: "
    if not isinstance(value, Group):
        return label + (value if isinstance(value, str) else value.flat())
    return Group(label + value.opening, value.items, value.closing, value.single)


def keyword(name: str, value: Node) -> Node:
    """`name=value` as an item of a call."""
    if not isinstance(value, Group):
        return f"{name}={value if isinstance(value, str) else value.flat()}"
    return Group(f"{name}={value.opening}", value.items, value.closing, value.single)


# ------------------------------------------------------------------------------------------------ pieces of templates


def signature(method: Method, *, asynchronous: bool) -> Code:
    """`def get(self, job_id: str, *, options: RequestOptions | None = None) -> Job:` at class level."""
    positional = [_declared(a) for a in method.arguments if a.positional]
    keywords = [_declared(a) for a in method.arguments if not a.positional]
    items: list[Node] = ["self", *positional, "*", *keywords, "options: RequestOptions | None = None"]
    returns = method.async_returns if asynchronous else method.returns
    opening = f"{'async def' if asynchronous else 'def'} {method.name}("
    return Code(laid_out(Group(opening, items, f") -> {returns}:"), 4))


def _declared(argument: Argument) -> Declared:
    return Declared(argument.name, argument.annotation, argument.default)


def body_of(method: Method, *, asynchronous: bool) -> Code:
    """The one line of a method: `return self._core.call(_get(job_id), options)`."""
    arguments = [
        value if a.positional else f"{name}={value}"
        for (name, value), a in zip(method.passed, method.call.arguments, strict=True)
    ]
    call = Group(f"{method.call.function}(", arguments, ")")
    if method.job is not None and method.job_id is not None:
        function = "await start_job_async(" if asynchronous else "start_job("
        items: list[Node] = ["self._core", method.job.constant, call, method.job_id, "options"]
        return Code(laid_out(Group(f"return {function}", items, ")"), 8))
    return Code(
        laid_out(Group(f"return {'await ' if asynchronous else ''}self._core.call(", [call, "options"], ")"), 8)
    )


def call_signature(call: CallView) -> Code:
    """`def _get(job_id: str, *, limit: int | None = None) -> Call[Job]:` at module level."""
    positional = [_declared(a) for a in call.arguments if a.positional]
    keywords = [_declared(a) for a in call.arguments if not a.positional]
    items: list[Node] = [*positional, *(["*"] if keywords else []), *keywords]
    return Code(laid_out(Group(f"def {call.function}(", items, f") -> Call[{call.returns}]:"), 0))


def payload_condition(call: CallView, payload: Payload) -> Code:
    """`if image is not None or mask is not None:`"""
    defaults = {a.name: a.default for a in call.arguments}
    parts = [f"{name} is not {'UNSET' if defaults[name] == 'UNSET' else 'None'}" for name in payload.when]
    flat = f"if {' or '.join(parts)}:"
    if len(flat) + 4 <= WIDTH:
        return Code(flat)
    lines = [f"        {'or ' if i else ''}{part}" for i, part in enumerate(parts)]
    return Code("\n".join(["if (", *lines, "    ):"]))


def call_expression(call: CallView, payload: Payload | None, indent: int) -> Code:
    """`return Call(_CREATE, query={...}, body=models.CreateJob(...), content_type="application/json")`."""
    by_wire = {a.wire: a.name for a in call.arguments if a.location == "path"}
    items: list[Node] = [call.constant]
    if call.path[1::2]:
        items.append(keyword("path", tuple_of(by_wire[name] for name in call.path[1::2])))
    for location in ("query", "header", "cookie"):
        rows = [(a.wire, a.name) for a in call.by_location(location) if a.name != call.idempotency_argument]
        if rows:
            items.append(keyword(location, mapping_of(rows)))
    if payload is not None:
        if payload.argument is not None:
            items.append(f"body={payload.argument}")
        elif payload.model is not None:
            fields = [f"{attribute}={name}" for _, name, attribute in payload.fields]
            items.append(keyword("body", Group(f"{payload.model}(", fields, ")")))
        else:
            items.append(keyword("body", mapping_of((wire, name) for wire, name, _ in payload.fields)))
        items.append(f"content_type={call.content_type_argument or literal(payload.media_type)}")
    if call.accept_argument is not None:
        items.append(f"accept={call.accept_argument}")
    if call.idempotency_argument is not None:
        items.append(f"idempotency_key={call.idempotency_argument}")
    return Code(laid_out(Group("return Call(", items, ")"), indent))


def operation_constant(call: CallView) -> Code:
    """`_GET = Operation("getJob", "GET", ("/jobs/", "jobId"), responses={...}, security=...)`."""
    items: list[Node] = [
        literal(call.operation_id),
        literal(call.method),
        tuple_of(literal(part) for part in call.path),
    ]
    rows = [
        (status, mapping_of((media_type, literal(str(annotation))) for media_type, annotation in contents))
        for status, contents in call.responses
    ]
    if rows:
        items.append(keyword("responses", mapping_of(rows)))
    if call.security:
        items.append(
            keyword("security", tuple_of(tuple_of(literal(name) for name in names) for names in call.security))
        )
    if call.params:
        items.append(
            keyword(
                "params",
                tuple_of(
                    _param(p.location, p.wire, p.style, p.explode, p.allow_reserved, p.media_type) for p in call.params
                ),
            )
        )
    if call.server is not None:
        items.append(f"server={literal(call.server)}")
    if call.retry_statuses:
        items.append(keyword("retry_statuses", tuple_of(str(status) for status in call.retry_statuses)))
    if call.idempotency_header is not None:
        items.append(f"idempotency_header={literal(call.idempotency_header)}")
    if call.retry_safe:
        items.append("retry_safe=True")
    if call.encodings:
        items.append(keyword("encodings", mapping_of((wire, literal(media)) for wire, media in call.encodings)))
    if call.files:
        items.append(keyword("files", tuple_of(literal(wire) for wire in call.files)))
    return Code(laid_out(Group(f"{call.constant} = Operation(", items, ")"), 0))


def _param(
    location: str, wire: str, style: str | None, explode: bool | None, allow_reserved: bool, media_type: str | None
) -> Group:
    items = [literal(location), literal(wire)]
    if style is not None:
        items.append(Code(f"style={literal(style)}"))
    if explode is not None:
        items.append(Code(f"explode={explode}"))
    if allow_reserved:
        items.append(Code("allow_reserved=True"))
    if media_type is not None:
        items.append(Code(f"media_type={literal(media_type)}"))
    return Group("Param(", items, ")")


def job_constant(job: JobView) -> Code:
    """`_TRY_ON_JOB: JobSpec[...] = JobSpec("try_on", poll=_job_status, ...)`, one option a line."""
    items: list[Node] = [literal(job.name), *(f"{name}={value}" for name, value in job.options)]
    return Code(laid_out(Group(f"{job.constant}: {job.spec_type} = JobSpec(", items, ")"), 0))


def enum_alias(enum: EnumView) -> Code:
    """`TryOnState: TypeAlias = Literal["pending", "running"]`."""
    if not enum.literal:
        return Code(f"{enum.name}: TypeAlias = {enum.base}")
    if not enum.values:
        return Code(f"{enum.name}: TypeAlias = None")
    values = Group("Literal[", [literal(value) for value in enum.values], "]")
    opening = f"{enum.name}: TypeAlias = "
    if len(opening) + len("Literal[") <= WIDTH:
        return Code(laid_out(Group(f"{opening}Literal[", values.items, "]"), 0))
    if len(opening) + 1 > WIDTH:
        return Code(f"{enum.name}: (\n    TypeAlias\n) = {laid_out(values, 0, 4)}")
    if len(values.flat()) + 4 <= WIDTH:
        return Code(f"{opening}(\n    {values.flat()}\n)")
    return Code(f"{opening}{laid_out(values, 0)}")


def guard_signature(enum: EnumView) -> Code:
    """`def is_try_on_state(value: object) -> TypeGuard[TryOnState]:`"""
    return Code(laid_out(Group(f"def {enum.guard}(", ["value: object"], f") -> TypeGuard[{enum.name}]:"), 0))


def guard_body(enum: EnumView) -> Code:
    """What a guard returns; the values themselves where the alias cannot hold them."""
    if enum.literal and enum.values:
        flat = f"return value in get_args({enum.name})"
        return Code(flat if len(flat) + 4 <= WIDTH else f"return value in get_args(\n        {enum.name}\n    )")
    values = [literal(value) for value in enum.values]
    return Code(laid_out(Group("return value in (", values, ")", single=len(values) == 1), 4))


def field_line(field: FieldView) -> Code:
    """`job_id: str | None = None` at class level."""
    declared = Declared(field.name, field.annotation, field.default, statement=True)
    line = declared.flat()
    opening, bracket, inner = line.partition("field(")
    if len(line) + 4 <= WIDTH or not bracket or len(inner) + 7 > WIDTH or len(opening) + 10 > WIDTH:
        return Code(laid_out(declared, 4))
    return Code(f"{opening}field(\n        {inner[:-1]}\n    )")


def constructor(client: ClientView, *, asynchronous: bool) -> Code:
    """`def __init__(self, *, api_key: str | None = None, ...) -> None:` of the client classes."""
    own = [str(a.declaration) for credential in client.credentials for a in credential.arguments]
    items: list[Node] = [
        "self",
        "*",
        *own,
        "base_url: str | None = None",
        f"transport: {'AsyncTransport' if asynchronous else 'Transport'} | str | None = None",
        "timeout: Timeout | float | None = None",
        "deadline: float | None | Unset = UNSET",
        "max_retries: int = 2",
        "headers: Mapping[str, str] | None = None",
        "strict: bool = False",
    ]
    return Code(laid_out(Group("def __init__(", items, ") -> None:"), 4))


def super_call(client: ClientView) -> Code:
    """What the client classes hand to their base."""
    names = ("base_url", "transport", "timeout", "deadline", "max_retries", "headers", "strict")
    credentials = mapping_of((c.scheme_name, str(c.value)) for c in client.credentials)
    items: list[Node] = ["_SETTINGS", credentials, *(f"{name}={name}" for name in names)]
    return Code(laid_out(Group("super().__init__(", items, ")"), 8))


def settings_constant(client: ClientView, package: Package) -> Code:
    """`_SETTINGS = ClientSettings(...)`."""
    items: list[Node] = [
        "package=__package__ or __name__",
        f"base_url={literal(client.base_url)}",
        keyword("schemes", mapping_of((c.scheme_name, str(c.scheme)) for c in client.credentials)),
        "errors=STATUS_ERRORS" if package.errors else "errors={}",
        f"transport={literal(client.transport)}",
    ]
    return Code(laid_out(Group("_SETTINGS = ClientSettings(", items, ")"), 0))


def module_table(package: Package) -> Code:
    """`_MODULES = {"Job": "._jobs", ...}`: which private module a public name of the models stands in."""
    rows = [
        (str(name), literal(_module(module, package.runtime)))
        for module, names in package.exported_models
        for name in names
    ]
    return Code(
        laid_out(Group("_MODULES: dict[str, str] = {", [f"{literal(k)}: {v}" for k, v in sorted(rows)], "}"), 4)
    )


def _module(module: str, runtime: RuntimePlace) -> str:
    return f"..{module}" if runtime == "shared" and module.startswith("._runtime") else f".{module}"


def alias_line(alias: AliasView) -> Code:
    """`Pet: TypeAlias = Annotated["Cat | Dog | UnknownVariant", Tagged("kind", (("cat", "Cat"),))]`."""
    annotation = literal(str(alias.annotation))
    if alias.tag is None:
        flat = f"{alias.name}: TypeAlias = {annotation}"
        return Code(flat if len(flat) <= WIDTH else f"{alias.name}: TypeAlias = (\n    {annotation}\n)")
    mapping = tuple_of(tuple_of([literal(value), literal(str(name))]) for value, name in alias.mapping)
    items: list[Node] = [literal(alias.tag), mapping]
    if alias.fallback is not None:
        items.append(literal(str(alias.fallback)))
    return Code(
        laid_out(Group(f"{alias.name}: TypeAlias = Annotated[", [annotation, Group("Tagged(", items, ")")], "]"), 0)
    )


def example_line(example: ExampleView) -> Code:
    """`"getJob": Answer(200, text="..."),` with the body as JSON text: one line, whatever its size."""
    text = json.dumps(example.body, ensure_ascii=False, separators=(", ", ": "))
    entry = Group(f"{literal(example.operation_id)}: Answer(", [str(example.status), f"text={literal(text)}"], ")")
    return Code(laid_out(entry, 4, 1))


def status_table(package: Package) -> Code:
    """`STATUS_ERRORS = {404: NotFoundError}`."""
    opening = "STATUS_ERRORS: dict[int, type[_errors.APIStatusError]] = {"
    return Code(laid_out(Group(opening, [f"{e.status}: {e.name}" for e in package.errors], "}"), 0))


def exported(module: str, names: Sequence[str], runtime: RuntimePlace, indent: int = 0) -> Code:
    """`from ._jobs import Job as Job, ...` so that type checkers see a public name."""
    return import_line(f"from .{module} import {', '.join(f'{name} as {name}' for name in names)}", runtime, indent)


def import_line(line: str, runtime: RuntimePlace, indent: int = 0) -> Code:
    """An import, one name a line where it is too long; a shared runtime lies one package higher."""
    if runtime == "shared":
        line = _IN_RUNTIME.sub(r"from .\1_runtime", line)
    if len(line) + indent <= WIDTH or " import " not in line:
        return Code(line)
    module, _, names = line.partition(" import ")
    inner = " " * (indent + 4)
    return Code(
        "\n".join([f"{module} import (", *(f"{inner}{name}," for name in names.split(", ")), " " * indent + ")"])
    )


def names_tuple(prefix: str, names: Sequence[str], indent: int = 0) -> Code:
    """`__all__ = ["A", "B"]`."""
    return Code(laid_out(Group(f"{prefix}[", [literal(str(name)) for name in names], "]"), indent))


def runtime_import(client: ClientView, runtime: RuntimePlace) -> Code:
    """What the client module imports from the runtime to declare itself, one line for each module."""
    by_module: dict[str, list[str]] = {}
    for name in client.runtime_names:
        by_module.setdefault(_MODULES.get(name, "client"), []).append(name)
    lines = (f"from ._runtime.{module} import {', '.join(by_module[module])}" for module in sorted(by_module))
    return Code("\n".join(import_line(line, runtime) for line in lines))


def class_import(resource: ResourceModule, runtime: RuntimePlace) -> Code:
    """Inside the block for type checkers of the client module."""
    names = ", ".join(sorted((resource.class_name, resource.async_class_name)))
    return import_line(f"from .{resource.module} import {names}", runtime, 4)


PIECES = (
    alias_line,
    body_of,
    call_expression,
    call_signature,
    class_import,
    constructor,
    enum_alias,
    example_line,
    exported,
    field_line,
    guard_body,
    guard_signature,
    import_line,
    job_constant,
    module_table,
    names_tuple,
    operation_constant,
    payload_condition,
    runtime_import,
    settings_constant,
    signature,
    status_table,
    super_call,
)
"""What templates may call."""
