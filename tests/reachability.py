"""Which functions of a vendored runtime a package can reach, by its syntax trees alone.

A reached definition reaches every name and every attribute that stands in it. Attributes are not resolved: a method is
reached when its class is and its name is an attribute anywhere in reached code, when it is a public method of a public
class or of a base of one, a dunder, or a method of a class that derives from one of the standard library (which calls
it).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

Name = tuple[str, str]
"""Module and name: `("client", "Core")`, `("client", "Core.call")`."""

RUNTIME = "_runtime"


@dataclass
class _Module:
    """The top level of a module: its definitions, and what its imports mean."""

    definitions: dict[str, list[ast.stmt]] = field(default_factory=dict[str, list[ast.stmt]])
    imports: dict[str, Name] = field(default_factory=dict[str, Name])
    others: list[ast.stmt] = field(default_factory=list[ast.stmt])
    """Statements that run when the module is imported."""


def unreached(files: Mapping[str, str]) -> list[str]:
    """Returns the functions of the runtime that the package cannot reach, e.g. `client.Core.call`, sorted.

    Args:
        files: texts of the package by path, those of the runtime in `_runtime/`.
    """
    trees = {PurePosixPath(path): ast.parse(text) for path, text in files.items() if path.endswith(".py")}
    modules = {
        "" if path.stem == "__init__" else path.stem: _module(tree)
        for path, tree in trees.items()
        if path.parts[0] == RUNTIME
    }
    walk = _Walk(modules)
    for path, tree in trees.items():
        if path.parts[0] != RUNTIME:
            walk.own(tree)
    walk.finish()
    return sorted(".".join(part for part in name if part) for name in walk.functions() - walk.reached)


def _module(tree: ast.Module) -> _Module:
    module = _Module()
    for statement in tree.body:
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                module.definitions.setdefault(name, []).append(statement)
            case ast.Assign(targets=targets):
                names = [target.id for target in targets if isinstance(target, ast.Name)]
                for name in names:
                    module.definitions.setdefault(name, []).append(statement)
                if not names:
                    module.others.append(statement)
            case ast.AnnAssign(target=ast.Name(id=name)):
                module.definitions.setdefault(name, []).append(statement)
            case ast.ImportFrom(level=1, module=source, names=aliases):
                for alias in aliases:
                    module.imports[alias.asname or alias.name] = (source or "", alias.name)
            case _:
                module.others.append(statement)
    return module


class _Walk:
    def __init__(self, modules: Mapping[str, _Module]) -> None:
        self.modules = modules
        self.reached: set[Name] = set()
        self.attributes: set[str] = set()
        self.imported: set[str] = set()
        self.queue: list[Name] = []

    def functions(self) -> set[Name]:
        """Every function and method of the runtime, nested ones aside."""
        return {
            (module, name)
            for module, known in self.modules.items()
            for top, statements in known.definitions.items()
            for name in _functions(top, statements)
        }

    def own(self, tree: ast.Module) -> None:
        """Starts from what a module of the package itself imports and uses."""
        aliases: dict[str, str] = {}
        for node in ast.walk(tree):
            match node:
                case ast.ImportFrom(module=source, names=names) if source and source.split(".")[0] == RUNTIME:
                    for alias in names:
                        if source == RUNTIME:
                            aliases[alias.asname or alias.name] = alias.name
                        module = source.removeprefix(RUNTIME).removeprefix(".")
                        for name in self.exported(module) if alias.name == "*" else [alias.name]:
                            self.reach(module, name)
                case ast.Attribute(value=ast.Name(id=base), attr=attribute) if base in aliases:
                    self.reach(aliases[base], attribute)
                case ast.Attribute(attr=attribute):
                    self.attributes.add(attribute)
                case _:
                    pass

    def exported(self, module: str) -> list[str]:
        """Returns the names in `__all__` of a module."""
        known = self.modules[module]
        statements = [*known.definitions.get("__all__", ()), *known.others]
        return [
            value.value
            for statement in statements
            if isinstance(statement, (ast.Assign, ast.AugAssign)) and isinstance(statement.value, ast.List)
            for value in statement.value.elts
            if isinstance(value, ast.Constant) and isinstance(value.value, str)
        ]

    def reach(self, module: str, name: str) -> None:
        if (module, name) not in self.reached and module in self.modules:
            self.reached.add((module, name))
            self.queue.append((module, name))

    def finish(self) -> None:
        """Follows names until nothing is new; methods are looked at again whenever new attributes are known."""
        done: set[Name] = set()
        while True:
            while self.queue:
                self.visit(*self.queue.pop())
            known = len(self.attributes)
            for module, name in list(self.reached):
                for statement in self.modules[module].definitions.get(name, ()):
                    if isinstance(statement, ast.ClassDef):
                        for method in _methods(statement):
                            key = (module, f"{name}.{method.name}")
                            if key not in done and self.is_called(module, statement, method.name):
                                done.add(key)
                                self.reached.add(key)
                                self.use(module, [method])
            if not self.queue and len(self.attributes) == known:
                return

    def visit(self, module: str, name: str) -> None:
        if module not in self.imported:
            self.imported.add(module)
            self.use(module, self.modules[module].others)
        source = self.modules[module].imports.get(name)
        if source is not None:
            self.reach(*source)
        for statement in self.modules[module].definitions.get(name, ()):
            if isinstance(statement, ast.ClassDef):
                self.use(module, [*statement.bases, *statement.decorator_list])
                self.use(module, [s for s in statement.body if s not in _methods(statement)])
            else:
                self.use(module, [statement])

    def use(self, module: str, nodes: Iterable[ast.AST]) -> None:
        """Reaches all that stands in `nodes` of a module."""
        for node in (part for outer in nodes for part in ast.walk(outer)):
            match node:
                case ast.Call(func=ast.Name(id="feature"), args=[chosen, ast.Constant(value=str(name))]):
                    # A module that not all packages have, found by its name.
                    wanted = [chosen.value] if isinstance(chosen, ast.Constant) else list(self.modules)
                    for other in wanted:
                        if isinstance(other, str) and name in getattr(self.modules.get(other), "definitions", ()):
                            self.reach(other, name)
                case ast.Name(id=name):
                    self.reach(module, name)
                case ast.Attribute(value=inner, attr=attribute):
                    self.attributes.add(attribute)
                    if isinstance(inner, ast.Name):
                        # Of a module, perhaps: `from . import retry`, `retry.exchange`.
                        self.reach(self.modules[module].imports.get(inner.id, ("", ""))[1], attribute)
                case ast.ImportFrom(level=1, module=source, names=aliases):
                    for alias in aliases:
                        self.reach(source or "", alias.name)
                case _:
                    pass

    def is_called(self, module: str, owner: ast.ClassDef, method: str) -> bool:
        public = not method.startswith("_")
        return (
            (method.startswith("__") and method.endswith("__"))
            or method in self.attributes
            or (public and self.is_public(module, owner.name))
            or (public and self.is_foreign(module, owner))
        )

    def is_public(self, module: str, name: str) -> bool:
        """Returns whether a class or one that derives from it, in its module, has a public name."""
        if not name.startswith("_"):
            return True
        return any(
            isinstance(owner, ast.ClassDef) and name in _named(owner.bases) and self.is_public(module, owner.name)
            for statements in self.modules[module].definitions.values()
            for owner in statements
        )

    def is_foreign(self, module: str, owner: ast.ClassDef) -> bool:
        """Returns whether a class derives from one that is not the runtime's."""
        known = self.modules[module]
        names = _named(owner.bases) - {"Generic"}
        return any(name not in known.definitions and name not in known.imports for name in names)


def _named(nodes: Iterable[ast.AST]) -> set[str]:
    return {inner.id for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _methods(owner: ast.ClassDef) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [statement for statement in owner.body if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef))]


def _functions(top: str, statements: Iterable[ast.stmt]) -> Iterator[str]:
    for statement in statements:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield top
            case ast.ClassDef():
                yield from (f"{top}.{method.name}" for method in _methods(statement))
            case _:
                pass
