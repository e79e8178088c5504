"""Statements of generated Python: what templates print between the docstrings.

Each function returns a statement as black leaves it, the first line not indented. What still has a line that is too
long is formatted by black itself (see `formatting`).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from clientsmith.escape import WIDTH, literal
from clientsmith.render.declarations import declaration
from clientsmith.render.definitions import field_lines
from clientsmith.render.layout import (
    Declared,
    Document,
    Group,
    assigned,
    broken_annotation,
    broken_return,
    keyword,
    layout,
    mapping_of,
    prefixed,
    tuple_of,
)
from clientsmith.view import (
    Alternative,
    Argument,
    CallView,
    ClientView,
    Code,
    ErrorView,
    FieldView,
    Identifier,
    JobView,
    Method,
    Package,
    Payload,
    Renamed,
    ResourceModule,
    ResourceView,
    RuntimePlace,
)

_NOTHING_FIXED: Mapping[str, Code] = {}
_DEFAULT_CONTENT_TYPE = "application/json"
"""Of the runtime's `Call`."""
_IN_RUNTIME = re.compile(r"^from (\.+)_runtime\b")
_MODULES = {"basic_credential": "basic", "credential": "security"}
"""Modules of the runtime that only some packages have, by what client modules import from them."""

# ---------------------------------------------------------------------------------------------------------- imports


def import_lines(lines: Iterable[str], runtime: RuntimePlace, indent: int = 0) -> Code:
    """Returns imports, one below the other."""
    return Code(f"\n{' ' * indent}".join(import_line(line, runtime, indent) for line in lines))


MANY_EXPORTS = 2
"""Names that a package passes on, from which on black's one name a line would be a page of its own."""
NO_BREAK = "\xa0as\xa0"
"""`as` between two names that stay on one line."""


def import_line(line: str, runtime: RuntimePlace, indent: int = 0) -> Code:
    """Returns an import, one name a line where it is too long, and several if it exports many; a shared runtime is one
    package higher."""
    if runtime == "shared":
        line = _IN_RUNTIME.sub(r"from .\1_runtime", line)
    if len(line) + indent <= WIDTH or " import " not in line:
        return Code(line)
    module, _, listed = line.partition(" import ")
    names = listed.split(", ")
    inner = " " * (indent + 4)
    if len(names) < MANY_EXPORTS or not all(" as " in name for name in names):
        return Code("\n".join([f"{module} import (", *(f"{inner}{name}," for name in names), " " * indent + ")"]))
    rows = textwrap.wrap(f"{', '.join(names).replace(' as ', NO_BREAK)},", WIDTH - indent - 4, break_on_hyphens=False)
    lines = [inner + row.replace(NO_BREAK, " as ") for row in rows]
    return Code("\n".join([f"{module} import (", *lines, " " * indent + ")  # fmt: skip"]))


def exported(module: str, names: Sequence[str], runtime: RuntimePlace, indent: int = 0) -> Code:
    """`from ._jobs import Job as Job, ...` so that type checkers see a public name."""
    return import_line(f"from .{module} import {', '.join(f'{name} as {name}' for name in names)}", runtime, indent)


def late_names(names: Sequence[str]) -> Code:
    """`("AsyncStdlibTransport", "StdlibTransport")` in a condition."""
    return Code(f"({', '.join(literal(name) for name in names)}{',' if len(names) == 1 else ''})")


def class_import(module: ResourceModule, runtime: RuntimePlace, indent: int = 4) -> Code:
    """The import of the outermost classes of a module, in the client module."""
    outermost = module.outermost
    names = ", ".join(sorted((outermost.class_name, outermost.async_class_name)))
    return import_line(f"from .{module.module} import {names}", runtime, indent)


def runtime_imports(package: Package) -> tuple[str, ...]:
    """What the client module imports of the runtime, one line for each module."""
    client = package.client
    by_module: dict[str, list[str]] = {"declarations": ["UNSET", *map(str, client.declaration_names), "Unset"]}
    bases = {client.base_name(asynchronous) for asynchronous in (False, True)} if package.client_methods else set[str]()
    for name in (name for name in client.runtime_names if name not in bases):
        by_module.setdefault(_MODULES.get(name, "client"), []).append(name)
    if package.attributes:
        by_module.setdefault("client", []).append("lazy_resource")
    if not client.own_options:
        by_module["operation"] = ["RequestOptions"]
    by_module["transport"] = ["AsyncTransport", "Timeout", "Transport"]
    return tuple(f"from ._runtime.{module} import {', '.join(by_module[module])}" for module in sorted(by_module))


def client_bases(package: Package, asynchronous: bool) -> Code:
    """The base classes of a client: its constructor, and that of the runtime or the methods of the client itself."""
    methods = package.client_methods
    base = methods.outermost.name(asynchronous) if methods else package.client.base_name(asynchronous)
    return Code(f"_Common[{'AsyncTransport' if asynchronous else 'Transport'}], {base}")


def attribute_line(resource: ResourceView, module: ResourceModule | None, *, asynchronous: bool) -> Code:
    """`try_on: TryOn = lazy_resource("TryOn", "try_on")` at class level; `module` has the class, if it is another."""
    name = resource.name(asynchronous)
    place = f", {literal(str(module.module))}" if module is not None else ""
    value = f"lazy_resource({literal(str(name))}{place})"
    return Code(layout(Declared(str(resource.attribute), name, value, statement=True), 4))


# ---------------------------------------------------------------------------------------------------------- methods


def signature(method: Method) -> Code:
    """`def get(self, job_id: str, *, options: RequestOptions | None = None) -> Job:` at class level."""
    group = signature_group(method)
    if len(group.closing) + 4 > WIDTH:
        returns = broken_return(group.closing.removeprefix(") -> ").removesuffix(":"), 4)
        group = Group(group.opening, group.items, f") -> {returns}:")
    return Code(layout(group, 4))


def signature_group(method: Method) -> Group:
    positional = [_declared(a) for a in method.arguments if a.positional]
    keywords = [_declared(a) for a in method.arguments if not a.positional]
    items: list[Document] = ["self", *positional, "*", *keywords, "options: RequestOptions | None = None"]
    return Group(f"def {method.name}(", items, f") -> {method.returns}:")


def renamed_method(renamed: Renamed, *, asynchronous: bool) -> Code:
    """`stop = Renamed("jobs.stop", "jobs.cancel", lambda core: Jobs(core).cancel)` at class level."""
    owner = renamed.owner(asynchronous)
    made = f"of_client({owner}, core)" if renamed.of_client else f"{owner}(core)"
    items = [literal(str(renamed.old)), literal(str(renamed.new)), f"lambda core: {made}.{renamed.method}"]
    return Code(assigned(renamed.name, Group("Renamed(", items, ")"), 4))


def asynchronous_method(resource: ResourceView, method: Method) -> Code:
    """`get = asynchronous(Jobs.get)` at class level."""
    own = f"{resource.class_name}.{method.name}"
    group = Group("asynchronous(", [own], ")")
    if method.start is not None:
        group = Group("asynchronous_start(", [own, method.start.job.async_alias], ")")
    return Code(assigned(method.name, group, 4))


def overload_signature(method: Method, alternative: Alternative) -> Code:
    """`def get(self, id: int, *, accept: Literal["text/plain"]) -> str: ...` at class level."""
    group = overload_group(method, alternative)
    return Code(layout(Group(group.opening, group.items, f"{group.closing} ..."), 4))


def overload_group(method: Method, alternative: Alternative) -> Group:
    arguments = [
        replace(argument, annotation=alternative.annotation, default=alternative.default)
        if argument.name == method.call.accept_argument
        else argument
        for argument in method.arguments
    ]
    # What must be given comes first, as black and people expect; keywords have no order otherwise.
    arguments.sort(key=lambda argument: bool(argument.default) and not argument.positional)
    group = signature_group(replace(method, arguments=tuple(arguments)))
    return Group(group.opening, group.items, f") -> {alternative.returns}:")


def _declared(argument: Argument) -> Declared:
    return Declared(argument.name, argument.annotation, argument.default)


def method_body(method: Method) -> Code:
    """The body of a method: `return self._core.send(_GET, options, path=(job_id,))`.

    Where that is too long for one indented line, the model that is sent and the parameters get statements of their
    own, one after the other until the rest fits; where it still does not, a call that is made for a function gets one.
    """
    call = method.call
    taken = {str(argument.name) for argument in call.arguments}
    statements: list[str] = []
    parts = ("body", "query", "header") if call.function is None else ()
    if method.is_sent:
        sent = _made_call(method)
        send = {"Any": "send_any", "None": "send_none"}.get(method.returns, "send")
        sent = Group(f"return self._core.{send}(", [sent.items[0], "options", *sent.items[1:]], ")")
        for part in parts:
            if not _fits(sent):
                sent = _lifted(sent, part, taken, statements)
        return Code("\n        ".join([*statements, layout(sent, 8)]))
    if method.start is None:
        opening, before, after = "return self._core.call(", [], ["options"]
    else:
        opening = "return start_job("
        before = [method.start.job.alias, "self._core", method.start.job.constant]
        after = [layout(declaration(method.start.id_at), 0), "options"]
    made = _made_call(method)
    stated = call.function is not None or made.opening != "Call("  # the call itself states what it returns

    def fits() -> bool:
        return _fits(Group(opening, [*before, made, *after], ")") if stated else _annotated("call", made, call))

    for part in parts:
        if not fits():
            made = _lifted(made, part, taken, statements)
    if stated and fits():
        returned = layout(Group(opening, [*before, made, *after], ")"), 8)
    else:
        name = _free_name("call", taken)
        annotated = _annotated(name, made, call)
        if stated:
            statements.append(assigned(name, made, 8))
        elif len(annotated.opening) + 8 > WIDTH:
            annotation = f"Call[{call.local_returns}]"
            statements.append(broken_annotation(name, annotation, made, 8))
        else:
            statements.append(layout(annotated, 8))
        returned = layout(Group(opening, [*before, name, *after], ")"), 8)
    return Code("\n        ".join([*statements, returned]))


def _annotated(name: str, made: Group, call: CallView) -> Group:
    """Returns `call: Call[Job] = Call(...)`."""
    return Group(f"{name}: Call[{call.local_returns}] = {made.opening}", made.items, made.closing)


def _lifted(made: Group, part: str, taken: Collection[str], statements: list[str]) -> Group:
    """Returns a call with a name for one of its keywords, and adds the statement that gives the name its value."""
    items = list(made.items)
    for index, item in enumerate(items):
        if isinstance(item, Group) and item.opening.startswith(f"{part}="):
            name = _free_name(part, taken)
            opening, closing, value = f"{part}=", "", item
            if item.opening == f"{part}=given(" and isinstance(item.items[0], Group):
                opening, closing, value = item.opening, item.closing, item.items[0]
            value = Group(value.opening.removeprefix(opening), value.items, value.closing, value.single)
            statements.append(assigned(name, value, 8))
            items[index] = f"{opening}{name}{closing}"
    return Group(made.opening, items, made.closing)


def _fits(group: Group) -> bool:
    """Whether a statement fits on one line, or what is in its brackets on an indented one."""
    length = len(group.flat())
    return length + 8 <= WIDTH or length - len(group.opening) - 1 + 12 <= WIDTH


def _free_name(name: str, taken: Collection[str]) -> str:
    """Returns a name for something local that no argument of the method has."""
    while name in taken:
        name += "_"
    return name


def _fixed(method: Method) -> dict[str, Code]:
    """Returns the arguments to which a method gives their value."""
    return {str(name): value for name, value in method.start.fixed} if method.start is not None else {}


def _made_call(method: Method) -> Group:
    """Returns the expression for the call that a method makes."""
    call, fixed = method.call, _fixed(method)
    if call.function is None:
        return _call_group(call, next(iter(call.payloads), None), fixed)
    free = [str(a.name) for a in _ordered(call) if a.name not in fixed]
    return Group(f"{call.function}(", [*free, *(f"{name}={value}" for name, value in fixed.items())], ")")


def _ordered(call: CallView) -> list[Argument]:
    """Returns the arguments of the private function; those to which a start gives a value come last, to be named."""
    return sorted(call.arguments, key=lambda a: a.name in call.fixed)


def builder(call: CallView) -> Code:
    """The private function that makes a call of an operation, with one `return` for each way to write the body."""
    items = [Declared(a.name, a.annotation) for a in _ordered(call)]
    lines = [layout(Group(f"def {call.function}(", items, f") -> Call[{call.returns}]:"), 0)]
    for payload in call.payloads:
        indent = 8 if payload.when else 4
        if payload.when:
            lines.append(_condition(call, payload))
        for name, message in payload.checks:
            lines.append(f"{' ' * indent}if {name} is None:\n{' ' * indent}    raise TypeError({message})")
        lines.append(_returned(call, payload, indent))
    if not call.payloads or call.payloads[-1].when:
        lines.append(_returned(call, None, 4))
    return Code("\n".join(lines))


def _condition(call: CallView, payload: Payload) -> str:
    """`if image is not None or mask is not None:`"""
    defaults = {a.name: a.default for a in call.arguments}
    parts = [f"{name} is not {'UNSET' if defaults[name] == 'UNSET' else 'None'}" for name in payload.when]
    flat = f"    if {' or '.join(parts)}:"
    if len(flat) <= WIDTH:
        return flat
    lines = [f"        {'or ' if i else ''}{part}" for i, part in enumerate(parts)]
    return "\n".join(["    if (", *lines, "    ):"])


def _returned(call: CallView, payload: Payload | None, indent: int) -> str:
    return " " * indent + layout(prefixed("return ", _call_group(call, payload)), indent)


def _call_group(call: CallView, payload: Payload | None, fixed: Mapping[str, Code] = _NOTHING_FIXED) -> Group:
    """`Call(_CREATE, query={...}, body=models.CreateJob(...))`; `fixed`: arguments with a value of their own."""
    by_wire = {a.wire: _sent(call, a.name) for a in call.arguments if a.location == "path"}
    items: list[Document] = [call.constant]
    if names := call.operation.path[1::2]:
        items.append(keyword("path", tuple_of(by_wire[name] for name in names)))
    for part, arguments in (
        ("query", call.by_location("query", "querystring")),
        ("header", call.by_location("header")),
        ("cookie", call.by_location("cookie")),
    ):
        rows = [(a.wire, _sent(call, a.name)) for a in arguments if a.name != call.idempotency_argument]
        if rows:
            items.append(keyword(part, mapping_of(rows)))
    if payload is not None:
        items.append(keyword("body", _body(call, payload, fixed)))
        if call.content_type_argument is not None:
            items.append(f"content_type={call.content_type_argument}")
        elif payload.media_type != _DEFAULT_CONTENT_TYPE:
            items.append(f"content_type={literal(payload.media_type)}")
        if payload.files:
            items.append(keyword("files", mapping_of(payload.files)))
    if call.accept_argument is not None:
        items.append(f"accept={call.accept_argument}")
    if call.idempotency_argument is not None:
        items.append(f"idempotency_key={call.idempotency_argument}")
    return Group("Call(", items, ")")


def _sent(call: CallView, name: Identifier) -> Document:
    """Returns what is sent of an argument: `since`, or `sent_as(since, "http-date")`."""
    if name not in call.encoded:
        return name
    encodings = next(argument.encodings for argument in call.arguments if argument.name == name)
    return Group("sent_as(", [name, *map(literal, encodings)], ")")


def _of_any(sent: Document, name: Identifier) -> Document:
    """Returns `sent_as(more or {}, ...)`: of an empty dict that follows, checkers would not know the type."""
    return Group(sent.opening, [f"{name} or {{}}", *sent.items[1:]], sent.closing) if isinstance(sent, Group) else sent


def _body(call: CallView, payload: Payload, fixed: Mapping[str, Code]) -> Document:
    """`{"title": title, **given({"note": note})}`: what is given to `given` is not sent where it is None."""
    if payload.argument is not None:
        return _sent(call, payload.argument)
    values = [(w, fixed.get(str(name)) or _sent(call, name), name in payload.sifted) for w, name in payload.fields]
    always = mapping_of((wire, value) for wire, value, is_sifted in values if not is_sifted)
    sifted = mapping_of((wire, value) for wire, value, is_sifted in values if is_sifted)
    items: list[Document] = []
    if (more := payload.additional) is not None:
        sent = _sent(call, more)
        items.append(f"**({more} or {{}})" if isinstance(sent, str) else prefixed("**", _of_any(sent, more)))
    items += always.items
    if not payload.sifted:
        return Group("{", items, "}")
    if not items:
        return Group("given(", [sifted], ") or None" if payload.optional else ")")
    return Group("{", [*items, Group("**given(", [sifted], ")")], "}")


# ------------------------------------------------------------------------------------------------------- declarations


def operation_constant(call: CallView) -> Code:
    """`_GET = Operation("getJob", "GET", ("/jobs/", "jobId"), responses={...}, security=...)`."""
    return Code(assigned(call.constant, declaration(call.operation)))


def job_constant(job: JobView, calls: Iterable[CallView]) -> Code:
    """`TRY_ON_JOB: JobSpec[...] = JobSpec("try_on", poll=JobCall(POLL_TRY_ON_JOB), ...)`."""
    spec = declaration(job.spec, {call.operation: call.constant for call in calls})
    annotation = layout(Group(f"{job.constant}: JobSpec[", job.arguments, "] = "), 0, len("JobSpec("))
    return Code(layout(prefixed(annotation, spec), 0))


def job_alias(job: JobView, *, asynchronous: bool) -> Code:
    """`TryOnJob: TypeAlias = "Job[models.TryOnJobStatus, str, object]"`: read by type checkers only."""
    text = literal(f"{job.handle_class(asynchronous)}[{', '.join(job.arguments)}]")
    flat = f"{job.handle(asynchronous)}: TypeAlias = {text}"
    return Code(flat if len(flat) <= WIDTH else f"{job.handle(asynchronous)}: TypeAlias = (\n    {text}\n)")


def settings_constant(client: ClientView) -> Code:
    """`_SETTINGS = ClientSettings(...)`."""
    given = {"package": Code("__package__ or __name__")}
    return Code(layout(prefixed("_SETTINGS = ", declaration(client.settings, given=given)), 0))


def constructor(client: ClientView) -> Code:
    """`def __init__(self, *, api_key: str | None = None, ...) -> None:` of the client classes."""
    return Code(layout(constructor_group(client), 4))


def constructor_group(client: ClientView) -> Group:
    own = [a for credential in client.credentials for a in credential.arguments]
    items: list[Document] = ["self", "*", *(_declared(a) for a in (*own, *client.own_options, *client.options))]
    return Group("def __init__(", items, ") -> None:")


def option_field(option: Argument) -> Code:
    """`x_request_id: str` and its docstring, in a class of options of which none is needed."""
    annotation = Code(option.annotation.removesuffix(" | None"))
    return field_lines(FieldView(option.name, option.wire, annotation, Code(""), True, option.doc))


def super_call(client: ClientView) -> Code:
    """What the client classes hand to their base."""
    credentials = mapping_of((c.scheme_name, Group(f"{c.builder}(", c.values, ")")) for c in client.credentials)
    own = [mapping_of((a.name, a.name) for a in client.own_options)] if client.own_options else []
    items: list[Document] = ["_SETTINGS", credentials, *own, *(f"{a.name}={a.name}" for a in client.options)]
    return Code(layout(Group("super().__init__(", items, ")"), 8))


# ------------------------------------------------------------------------------------------------- errors and examples


def error_line(error: ErrorView) -> Code:
    """`class NotFoundError(_errors.NotFoundError, ClientStatusError):`"""
    base = f"_errors.{error.base}"
    if error.is_of_runtime:
        bases = [base, error.family] if error.family else [base]
    else:
        bases = [error.family or base, f"status={error.status}"]
    return Code(layout(Group(f"class {error.name}(", bases, "):"), 0))


def body_line(error: ErrorView) -> Code:
    """`body: models.Error | None` at class level."""
    return Code(layout(Declared("body", error.body, statement=True), 4))


TEMPLATE_FUNCTIONS = (
    asynchronous_method,
    attribute_line,
    body_line,
    builder,
    class_import,
    client_bases,
    error_line,
    constructor,
    exported,
    import_line,
    import_lines,
    job_alias,
    job_constant,
    late_names,
    method_body,
    operation_constant,
    option_field,
    runtime_imports,
    settings_constant,
    overload_signature,
    renamed_method,
    signature,
    super_call,
)
"""What templates may call."""
