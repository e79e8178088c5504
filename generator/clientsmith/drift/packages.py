"""The surface of a generated package, read from its source: nothing of it is imported.

    models/_*.py --> classes, enumerations, unions         _client.py --> credentials, options, resources
    RESOURCE.py --> methods, handles of jobs, old names    errors.py, _jobs.py --> exceptions, types of handles

What only the document states is not there: how arguments are sent, addresses, retries. So a package is compared with
other sides by the names, kinds, annotations and defaults of what callers use; `comparable` leaves out the rest.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from clientsmith.drift.paths import SideError
from clientsmith.escape import literal
from clientsmith.records import dataclass, replace
from clientsmith.surface import (
    AliasSurface,
    ArgumentSurface,
    ClientSurface,
    ErrorSurface,
    FieldSurface,
    JobSurface,
    ModelSurface,
    OperationSurface,
    Surface,
)
from clientsmith.translate.errors import LEAVES

CLIENT = "_client.py"
_STATUSES = {
    "ClientStatusError": "4XX",
    "ServerStatusError": "5XX",
    **{str(name): str(status) for status, name in LEAVES.items()},
}
_OF_CALLS = ("self", "options", "accept")
"""Parameters of methods that are no arguments of the operation."""


def is_package(folder: Path) -> bool:
    """Returns whether a folder is a generated package."""
    return (folder / CLIENT).is_file() and (folder / "py.typed").is_file()


def read_package(label: str, folder: Path) -> Surface:
    """Returns the surface of a generated package.

    Raises:
        SideError: A module is not Python as it is generated.
    """
    modules = {
        path.relative_to(folder).as_posix(): _parsed(f"{label}/{path.name}", path)
        for path in sorted([*folder.glob("*.py"), *folder.glob("models/*.py")])
    }
    return _Reader(folder.name, modules).surface()


def comparable(surface: Surface) -> Surface:
    """Returns a surface without what the source of a package does not state."""
    operations = tuple(
        replace(one, operation_id=None, arguments=tuple(_comparable(a, one) for a in one.arguments))
        for one in surface.operations
    )
    client = surface.client
    return replace(
        surface,
        operations=operations,
        client=ClientSurface(None, tuple(map(_of_client, (*client.arguments, *client.options)))),
        models=tuple(replace(model, address="") for model in surface.models),
    )


def _of_client(argument: ArgumentSurface) -> ArgumentSurface:
    return ArgumentSurface(argument.name, argument.annotation, "client", default=argument.default)


def _comparable(argument: ArgumentSurface, operation: OperationSurface) -> ArgumentSurface:
    if argument.location == "path":
        return replace(argument, positional=True, api_default=None)
    return replace(argument, location="argument", wire=None, api_default=None)


def _parsed(name: str, path: Path) -> ast.Module:
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError, OSError, RecursionError) as error:
        raise SideError(f"{name}: {error}", "a side that is a package has to be generated") from None


def _written(node: ast.expr | None) -> str:
    """Returns an annotation or a default as generated code has it, on one line."""
    return "" if node is None else ast.unparse(_Quoted().visit(ast.parse(ast.unparse(node), mode="eval").body))


class _Quoted(ast.NodeTransformer):
    """Writes strings with the quotation marks of generated code."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return ast.Name(literal(node.value)) if isinstance(node.value, str) else node


@dataclass(frozen=True, slots=True)
class _Reader:
    package: str
    modules: Mapping[str, ast.Module]

    def surface(self) -> Surface:
        client = self._class(CLIENT, "Client")
        found = [*self._resources("", client, CLIENT)]
        operations = [one for *_, operations, _, _ in found for one in operations]
        return Surface(
            self.package,
            ClientSurface(None, tuple(self._credentials())),
            tuple(sorted(operations, key=lambda o: (o.path, o.method, o.call))),
            tuple(job for *_, jobs, _ in found for job in jobs),
            tuple(sorted(self._models(), key=lambda model: model.name)),
            tuple(sorted([*self._class_aliases(), *(one for *_, old in found for one in old)], key=lambda a: a.old)),
            tuple(self._errors()),
        )

    # ------------------------------------------------------------------------------------------------------ classes

    def _class(self, module: str, name: str) -> ast.ClassDef:
        for node in self.modules[module].body if module in self.modules else ():
            if isinstance(node, ast.ClassDef) and node.name == name:
                return node
        raise SideError(f"{module} has no class {name}", "a side that is a package has to be generated")

    def _models(self) -> Iterator[ModelSurface]:
        for name, module in self.modules.items():
            if not name.startswith("models/_") or name == "models/__init__.py":
                continue
            for node in module.body:
                match node:
                    case ast.ClassDef():
                        yield ModelSurface(node.name, "model", fields=tuple(_fields(node)))
                    case ast.AnnAssign(ast.Name(alias), ast.Name("TypeAlias"), ast.expr() as value):
                        yield _alias(alias, value)
                    case _:  # guards and imports
                        pass

    def _class_aliases(self) -> Iterator[AliasSurface]:
        for node in ast.walk(self.modules.get("models/__init__.py", ast.Module([], []))):
            match node:
                case ast.keyword("deprecated" | "alike" as kind, ast.Dict(keys, values)):
                    for key, value in zip(keys, values, strict=True):
                        yield AliasSurface(_text(key), _text(value), kind == "deprecated")
                case _:
                    pass

    def _errors(self) -> Iterator[ErrorSurface]:
        bodies: dict[str, str] = {}
        for node in self.modules["errors.py"].body if "errors.py" in self.modules else ():
            if isinstance(node, ast.ClassDef):
                own = [_written(one.annotation) for one in node.body if isinstance(one, ast.AnnAssign)]
                inherited = [bodies[name] for name in map(_written, node.bases) if name in bodies]
                bodies[node.name] = next(iter([*own, *inherited]), "Any")
                given = [_written(one.value) for one in node.keywords if one.arg == "status"]
                # Those of jobs have none.
                if status := given[0] if given else _STATUSES.get(node.name):
                    yield ErrorSurface(node.name, status, bodies[node.name])

    def _credentials(self) -> Iterator[ArgumentSurface]:
        """The arguments of the constructor before those that every client has."""
        for node in ast.walk(self.modules[CLIENT]):
            if isinstance(node, ast.FunctionDef) and node.name == "__init__":
                for argument in _arguments(node, ()):
                    if argument.name == "base_url":
                        return
                    yield replace(argument, location="client")
                return

    # ---------------------------------------------------------------------------------------------------- resources

    def _resources(
        self, path: str, resource: ast.ClassDef, module: str
    ) -> Iterator[tuple[list[OperationSurface], list[JobSurface], list[AliasSurface]]]:
        """Yields the operations, jobs and old names of a resource and of those below it."""
        bodies = [resource.body]
        if not path and "_methods.py" in self.modules:
            bodies.append(self._class("_methods.py", "ClientMethods").body)
        for body in bodies:
            home = module if body is resource.body else "_methods.py"
            yield self._of(path, body, home)
            for node in body:
                match node:
                    case ast.AnnAssign(
                        ast.Name(name), _, ast.Call(ast.Name("lazy_resource"), [ast.Constant(str(cls)), *where])
                    ):
                        below = f"{_text(where[0])}.py" if where else home
                        yield from self._resources(f"{path}{name}.", self._class(below, cls), below)
                    case _:
                        pass

    def _of(
        self, path: str, body: list[ast.stmt], module: str
    ) -> tuple[list[OperationSurface], list[JobSurface], list[AliasSurface]]:
        constants = self._routes(module)
        methods = [node for node in body if isinstance(node, ast.FunctionDef)]
        overloads: dict[str, list[ast.FunctionDef]] = {}
        operations: list[OperationSurface] = []
        starts: dict[str, list[str]] = {}
        handles: list[tuple[str, str]] = []
        old: list[AliasSurface] = []
        for node in methods:
            returned = _written(node.returns)
            if any(_written(one) == "overload" for one in node.decorator_list):
                overloads.setdefault(node.name, []).append(node)
            elif "start_job(" in (text := ast.unparse(node)):
                starts.setdefault(returned, []).append(f"{path}{node.name}")
            elif "Job(self._core, " in text:
                handles.append((f"{path}{node.name}", returned))
            elif route := next((constants[name] for name in _names(node) if name in constants), None):
                operations.append(_operation(f"{path}{node.name}", node, overloads.get(node.name, []), *route))
        for one in body:
            match one:
                case ast.Assign([ast.Name()], ast.Call(ast.Name("Renamed"), [before, now, *_])):
                    old.append(AliasSurface(_text(before), _text(now)))
                case _:
                    pass
        types = dict(self._handle_types())
        jobs = [
            JobSurface(_job_name(handle), path.rstrip("."), handle, types.get(handle, ""), call,
                       tuple(starts.get(handle, ())), types.get(handle, "").startswith("Cancellable"))
            for call, handle in handles
        ]  # fmt: skip
        return operations, jobs, old

    def _handle_types(self) -> Iterator[tuple[str, str]]:
        for node in self.modules["_jobs.py"].body if "_jobs.py" in self.modules else ():
            match node:
                case ast.AnnAssign(ast.Name(name), ast.Name("TypeAlias"), ast.Constant(str(text))):
                    yield name, text
                case _:
                    pass

    def _routes(self, module: str) -> dict[str, tuple[str, str]]:
        """Returns method and path by the names that lead to them: constants, and private functions that use one."""
        found: dict[str, tuple[str, str]] = {}
        for name in ("_jobs.py", module):
            for node in self.modules[name].body if name in self.modules else ():
                match node:
                    case ast.Assign([ast.Name(constant)], ast.Call(func, [_, ast.Constant(str(route)), *_])) if (
                        "Operation" in _written(func)
                    ):
                        method, _, template = route.partition(" ")
                        found[constant] = method, template
                    case _:
                        pass
        for node in self.modules[module].body if module in self.modules else ():
            if isinstance(node, ast.FunctionDef):
                of_function = next((found[name] for name in _names(node) if name in found), None)
                if of_function is not None:
                    found[node.name] = of_function
        return found


def _names(node: ast.AST) -> Iterator[str]:
    return (one.id for one in ast.walk(node) if isinstance(one, ast.Name))


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _fields(node: ast.ClassDef) -> Iterator[FieldSurface]:
    for one in node.body:
        match one:
            case ast.AnnAssign(ast.Name(name), annotation, value) if name != "additional_properties":
                wire, required = name, value is None or _is_constant(value)
                match value:
                    case ast.Call(ast.Name("wire"), [ast.Constant(str(wire)), *defaults]):
                        required = any(map(_is_constant, defaults))
                    case ast.Call(ast.Name("field"), [], keywords):
                        given = [k for k in keywords if k.arg in ("default", "default_factory")]
                        required = all(k.arg == "default" and _is_constant(k.value) for k in given)
                        for keyword in keywords:
                            if isinstance(keyword.value, ast.Dict):
                                wire = _text(keyword.value.values[0])
                    case _:
                        pass
                yield FieldSurface(name, wire, _written(annotation), required)
            case _:
                pass


def _is_constant(default: ast.expr) -> bool:
    """Returns whether a default is the one value that a required property can have, and not that it was left out."""
    return _constant(default) is not None


def _constant(node: ast.expr) -> object:
    """Returns the value of a literal; None for None, and for what is none. A negative number is an operation."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _alias(name: str, value: ast.expr) -> ModelSurface:
    match value:
        case ast.Subscript(ast.Name("Literal"), listed):
            items = listed.elts if isinstance(listed, ast.Tuple) else [listed]
            values = map(_constant, items)
            known = tuple(item for item in values if isinstance(item, (str, int, bool)))
            return ModelSurface(name, "enum", values=known)
        case ast.Subscript(ast.Name("Annotated"), ast.Tuple([first, ast.Call(_, [tag, *_])])):
            return ModelSurface(name, "union", annotation=_text(first) or _written(first), discriminator=_text(tag))
        case _:
            return ModelSurface(name, "union", annotation=_text(value) or _written(value))


def _operation(
    call: str, node: ast.FunctionDef, overloads: Iterable[ast.FunctionDef], method: str, path: str
) -> OperationSurface:
    variables = re.findall(r"{([^}]*)}", path)
    arguments = list(_arguments(node, _OF_CALLS))
    positional = [argument for argument in arguments if argument.positional]
    for argument, variable in zip(positional, variables, strict=False):
        arguments[arguments.index(argument)] = replace(argument, location="path", wire=variable)
    accept: dict[str, str] = {}
    for one in overloads:
        of_call = next((a for a in _arguments(one, ()) if a.name == "accept"), None)
        if of_call is not None:
            accept[of_call.annotation] = _written(one.returns)
    given = [a for a in _arguments(node, ("self", "options")) if a.name == "accept"]
    returns = next(iter(accept.values()), _written(node.returns))
    return OperationSurface(method, path, call, returns, None, (*arguments, *given), accept)


def _arguments(node: ast.FunctionDef, left_out: tuple[str, ...]) -> Iterator[ArgumentSurface]:
    spec = node.args
    defaults = [None] * (len(spec.args) - len(spec.defaults)) + [*spec.defaults]
    rows = [(one, default, True) for one, default in zip(spec.args, defaults, strict=True)]
    rows += [(one, default, False) for one, default in zip(spec.kwonlyargs, spec.kw_defaults, strict=True)]
    for one, default, positional in rows:
        if one.arg != "self" and one.arg not in left_out:
            yield ArgumentSurface(
                one.arg, _written(one.annotation), "argument", None, default is None, positional,
                None if default is None else _written(default),
            )  # fmt: skip


def _job_name(handle: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", handle.removesuffix("Job")).lower()

