"""The classes of an SDK: their methods with the requests these send, and the attributes that lead to other classes.

Names are resolved through the imports of their module, also those inside functions and under `TYPE_CHECKING`.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import TypeAlias

from clientsmith.records import dataclass
from clientsmith.sdks.requests import Function, Request, chain_of, delegations_of, requests_of

Key: TypeAlias = tuple[str, str]
"""A class: its module, and its name."""
Imports: TypeAlias = dict[str, tuple[str, str]]
"""Imports by local name: the module, and the name in it, which is empty for the module itself."""
Delegation: TypeAlias = tuple[tuple[str, ...], str]

MOST_HOPS = 10
"""Modules through which an import is followed."""


@dataclass(slots=True)
class Module:
    """A module, by its name in the folder: its imports, and its classes, also those inside functions."""

    name: str
    is_package: bool
    imports: Imports
    classes: dict[str, ast.ClassDef]
    stars: list[str] = field(default_factory=list[str])
    """The modules that everything is imported from."""


@dataclass(slots=True)
class SdkClass:
    """A class.

    Attributes:
        key: module and name.
        bases: the keys of those base classes that are of the SDK.
        requests: what each method sends itself, in the order of the source.
        delegations: what each method calls of private members.
        attributes: the class that an attribute is of, or the chain of attributes that it refers to.
    """

    key: Key
    bases: tuple[Key, ...] = ()
    requests: dict[str, list[Request]] = field(default_factory=dict[str, list[Request]])
    delegations: dict[str, list[Delegation]] = field(
        default_factory=dict[str, list[Delegation]]
    )
    attributes: dict[str, Key | list[str]] = field(
        default_factory=dict[str, Key | list[str]]
    )


class Classes:
    """All classes of an SDK, by module and name; `exported` are those that a package names in its `__init__`."""

    def __init__(self, trees: Mapping[str, tuple[ast.Module, bool]], top: str, *, asynchronous: bool) -> None:
        """Reads the classes of modules.

        Args:
            trees: the modules by name, and whether they are packages.
            top: the name of the whole package, with which absolute imports begin.
            asynchronous: whether methods that are written with `async def` count.
        """
        self._top = top
        self._lineages: dict[Key, list[SdkClass]] = {}
        self._asynchronous = asynchronous
        self.modules = {name: self._module(name, tree, is_package) for name, (tree, is_package) in trees.items()}
        self._by_name: dict[str, list[Key]] = defaultdict(list)
        for module in self.modules.values():
            for name in module.classes:
                self._by_name[name].append((module.name, name))
        self.found = {
            (module.name, name): self._class(module, node)
            for module in self.modules.values()
            for name, node in module.classes.items()
        }
        self.exported = {
            key
            for module in self.modules.values()
            if module.is_package
            for name in self._names(module)
            if (key := self._resolved(module.name, (name,), {})) is not None
        }

    def _module(self, name: str, tree: ast.Module, is_package: bool) -> Module:
        statements = list(_statements(tree))
        classes = {node.name: node for node in statements if isinstance(node, ast.ClassDef)}
        module = Module(name, is_package, {}, classes)
        module.imports |= self._imports(module, statements)
        return module

    def _names(self, module: Module) -> Iterator[str]:
        """Yields the names that a module has, and those that it imports with a star."""
        yield from module.imports
        yield from module.classes
        for star in module.stars:
            if (origin := self._ours(star)) is not None:
                yield from self.modules[origin].classes

    def _imports(self, module: Module, nodes: Iterable[ast.AST]) -> Imports:
        package = [self._top, *filter(None, module.name.split("."))]
        package = package if module.is_package else package[:-1] or package
        result: Imports = {}
        for node in nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    whole = alias.name if alias.asname else alias.name.partition(".")[0]
                    result.setdefault(alias.asname or whole, (whole, ""))
            elif isinstance(node, ast.ImportFrom) and node.level <= len(package):
                above = package[: len(package) - node.level + 1] if node.level else []
                target = ".".join([*above, *([node.module] if node.module else [])])
                for alias in node.names:
                    if alias.name == "*":
                        module.stars.append(target)
                    result.setdefault(alias.asname or alias.name, (target, alias.name))
        return result

    def _resolved(self, module: str, chain: tuple[str, ...], local: Imports, hops: int = 0) -> Key | None:
        """Returns the class that a name, or a chain such as `chat.Chat`, refers to in a module.

        `local`: imports of the function that contains it. `hops`: the modules that it was followed through.
        """
        here = self.modules.get(module)
        if here is None or not chain or hops > MOST_HOPS:
            return None
        name, rest = chain[0], chain[1:]
        if not rest and (defined := self._defined(here, name)) is not None:
            return defined, name
        target = local.get(name) or here.imports.get(name)
        if target is None:
            below = self._ours(".".join(filter(None, (self._top, module, name)))) if rest else None
            return self._alone(chain[-1]) if below is None else self._resolved(below, rest, {}, hops + 1)
        origin, imported = target
        if rest and (below := self._ours(f"{origin}.{imported}".rstrip("."))) is not None:
            return self._resolved(below, rest, {}, hops + 1)
        if imported and (outer := self._ours(origin)) is not None:
            return self._resolved(outer, (imported, *rest), {}, hops + 1)
        return self._alone((imported, *rest)[-1]) if f"{origin}.".startswith(f"{self._top}.") else None

    def _defined(self, module: Module, name: str) -> str | None:
        """Returns the module that defines a class: this one, or one from which this one imports everything."""
        if name in module.classes:
            return module.name
        origins = (self._ours(star) for star in module.stars)
        return next((origin for origin in origins if origin is not None and name in self.modules[origin].classes), None)

    def _alone(self, name: str) -> Key | None:
        """Returns the one class of a name, where an import is made in a way that is not followed."""
        keys = self._by_name.get(name, [])
        return keys[0] if len(keys) == 1 else None

    def _ours(self, name: str) -> str | None:
        """Returns the name of a module in the folder: `acme.resources.jobs` is `resources.jobs` there."""
        if name in self.modules:
            return name
        top, _, rest = name.partition(".")
        return rest if top == self._top and rest in self.modules else None

    def _class(self, module: Module, node: ast.ClassDef) -> SdkClass:
        bases = (self._resolved(module.name, chain_of(_unsubscripted(base)), {}) for base in node.bases)
        result = SdkClass((module.name, node.name), tuple(base for base in bases if base is not None))
        for item in node.body:
            match item:
                case ast.FunctionDef():
                    self._function(module, item, result)
                case ast.AsyncFunctionDef() if self._asynchronous:
                    self._function(module, item, result)
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                    if (key := self._annotated(module, annotation, {})) is not None:
                        result.attributes.setdefault(name, key)
                case _:
                    pass
        return result

    def _function(self, module: Module, function: Function, owner: SdkClass) -> None:
        nodes = list(ast.walk(function))
        local = self._imports(module, nodes)
        for target, value in _assignments(nodes):
            if (key := self._made(module, value, local)) is not None:
                # What is assigned where it is made says more than an annotation.
                owner.attributes[target] = key
        decorators = (chain_of(_called(decorator)) for decorator in function.decorator_list)
        if any("property" in chain[-1] for chain in decorators if chain):
            if (below := self._property(module, function, nodes, local)) is not None:
                owner.attributes[function.name] = below
            return
        if requests := requests_of(nodes):
            owner.requests.setdefault(function.name, requests)
        owner.delegations.setdefault(function.name, list(delegations_of(nodes)))

    def _property(
        self, module: Module, function: Function, nodes: list[ast.AST], local: Imports
    ) -> Key | list[str] | None:
        """Returns what a property returns: the class that it makes, or the chain of attributes that it refers to."""
        for node in nodes:
            if not isinstance(node, ast.Return) or node.value is None:
                continue
            if (key := self._made(module, node.value, local)) is not None:
                return key
            chain = chain_of(node.value)
            if len(chain) > 1 and chain[0] == "self":
                return list(chain[1:])
        return None if function.returns is None else self._annotated(module, function.returns, local)

    def _made(
        self, module: Module, value: ast.expr, local: Imports
    ) -> Key | None:
        """Returns the class of what a call makes: `Chat(self._client)`."""
        if not isinstance(value, ast.Call) or not (chain := chain_of(value.func)) or chain[0] == "self":
            return None
        return self._resolved(module.name, chain, local)

    def _annotated(
        self, module: Module, annotation: ast.expr, local: Imports
    ) -> Key | None:
        """Returns the first class of the SDK in an annotation: of `"Chat"`, of `Optional[Chat]`."""
        for node in ast.walk(annotation):
            expression: ast.AST = node
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200:
                try:
                    expression = ast.parse(node.value, mode="eval").body
                except (SyntaxError, ValueError, RecursionError, MemoryError):
                    continue
            if isinstance(expression, (ast.Name, ast.Attribute)):
                key = self._resolved(module.name, chain_of(expression), local)
                if key is not None:
                    return key
        return None

    def lineage(self, key: Key) -> list[SdkClass]:
        """Returns a class and its bases, nearest first."""
        if key in self._lineages:
            return self._lineages[key]
        result: dict[Key, SdkClass] = {}
        waiting = [key]
        while waiting:
            current = waiting.pop(0)
            if current in self.found and current not in result:
                result[current] = self.found[current]
                waiting[:0] = self.found[current].bases
        self._lineages[key] = list(result.values())
        return self._lineages[key]


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """Yields the statements of a module that are outside functions."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop(0)
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.stmt):
                yield inner
            if isinstance(inner, (ast.If, ast.Try, ast.With, ast.ClassDef, ast.ExceptHandler)):
                waiting.append(inner)


def _assignments(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    """Yields the attributes of `self` that are assigned, and their values."""
    for node in nodes:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Attribute) and chain_of(target) == ("self", target.attr):
                    yield target.attr, node.value


def _unsubscripted(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Subscript) else node


def _called(node: ast.expr) -> ast.expr:
    return node.func if isinstance(node, ast.Call) else node
