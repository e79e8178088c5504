"""Types of the API as Python annotations, and the imports that they need.

Decides how a type is written in one place of one module. A class whose own fields or methods are called like something
that its annotations use (`list`, `datetime`) gets the qualified name there: `builtins.list`, as type checkers
resolve annotations of a class body in the class first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import assert_never

from clientsmith import ir
from clientsmith.escape import literal
from clientsmith.records import dataclass
from clientsmith.view import Code, Encoding, Identifier


@dataclass(slots=True)
class Imports:
    """What one generated module imports; collected while its annotations are written."""

    modules: set[str] = field(default_factory=set[str])
    names: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    typing_only: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def name(self, module: str, name: str) -> Code:
        """`name("typing", "Any")`: importable at run time."""
        self.names.setdefault(module, set()).add(name)
        return Code(name.rpartition(" as ")[2])

    def type_name(self, module: str, name: str) -> Code:
        """Needed by type checkers only."""
        self.name("typing", "TYPE_CHECKING")
        self.typing_only.setdefault(module, set()).add(name)
        return Code(name)

    def lines(self) -> tuple[Code, ...]:
        """Sorted: plain imports, names of the standard library, relative imports; a blank line between groups."""
        plain = [f"import {module}" for module in sorted(self.modules)]
        standard = [
            f"from {module} import {', '.join(sorted(names, key=_import_order))}"
            for module, names in sorted(self.names.items())
            if not module.startswith(".")
        ]
        relative = [
            f"from {module} import {', '.join(sorted(names, key=_import_order))}"
            for module, names in sorted(self.names.items())
            if module.startswith(".")
        ]
        first = [*plain, *standard]
        lines = [*first, *([""] if first and relative else []), *relative]
        return tuple(Code(line) for line in lines)

    def type_lines(self) -> tuple[Code, ...]:
        return tuple(
            Code(f"from {module} import {', '.join(sorted(names, key=_import_order))}")
            for module, names in sorted(self.typing_only.items())
        )


def _import_order(name: str) -> tuple[int, str]:
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2, name)


@dataclass(slots=True)
class AnnotationWriter:
    """Writes annotations inside one class (or module) of one generated module.

    Attributes:
        imports: of the module that the annotations are in.
        class_names: declaration key to class name.
        declarations: key to declaration.
        qualifier: `models` where models are written `models.Job`; empty inside the models themselves.
        module_of: declaration key to its private module, inside the models.
        module: the private module that is being written, inside the models.
        shadowed: names of the class's own members.
    """

    imports: Imports
    class_names: Mapping[str, Identifier]
    declarations: Mapping[str, ir.Declaration]
    qualifier: str = ""
    module_of: Mapping[str, str] = field(default_factory=dict[str, str])
    module: str = ""
    shadowed: frozenset[str] = frozenset()

    def builtin(self, name: str) -> Code:
        if name not in self.shadowed:
            return Code(name)
        self.imports.modules.add("builtins" if "builtins" not in self.shadowed else "builtins as _builtins")
        return Code(f"{'builtins' if 'builtins' not in self.shadowed else '_builtins'}.{name}")

    def standard(self, module: str, name: str) -> Code:
        if module in self.shadowed:
            self.imports.modules.add(f"{module} as _{module}")
            return Code(f"_{module}.{name}")
        self.imports.modules.add(module)
        return Code(f"{module}.{name}")

    def typing(self, name: str) -> Code:
        return self.imports.name("typing", name)

    def class_name(self, key: str) -> Code:
        name = self.class_names[key]
        if self.qualifier:
            if self.qualifier in self.shadowed:
                self.imports.name(".", f"{self.qualifier} as _{self.qualifier}")
                return Code(f"_{self.qualifier}.{name}")
            self.imports.name(".", self.qualifier)
            return Code(f"{self.qualifier}.{name}")
        if self.module_of and self.module_of[key] != self.module:
            self.imports.type_name(f".{self.module_of[key]}", name)
        return name

    def annotation(self, type_: ir.Type, *, closed_enum: bool = False) -> Code:
        """The annotation of a type.

        Args:
            type_: what to write.
            closed_enum: an enum at the top is its alias alone (an argument); otherwise `Alias | str` (a field).
        """
        match type_:
            case ir.Scalar(kind):
                return self._scalar(kind)
            case ir.Const(value):
                return Code(f"{self.typing('Literal')}[{literal(value)}]")
            case ir.ListOf(item):
                return Code(f"{self.builtin('list')}[{self.annotation(item)}]")
            case ir.MapOf(value):
                return Code(f"{self.builtin('dict')}[{self.builtin('str')}, {self.annotation(value)}]")
            case ir.Ref(key):
                declaration = self.declarations[key]
                name = self.class_name(key)
                if isinstance(declaration, ir.Enum) and not closed_enum:
                    return Code(" | ".join([name, *(self.builtin(base) for base in base_types(declaration))]))
                return name
            case ir.Union(arms):
                return self.union(self._arms(arms))
            case ir.Nullable(inner):
                return self.union([self.annotation(inner, closed_enum=closed_enum), Code("None")])
            case ir.Anything():
                return self.typing("Any")
            case _:
                assert_never(type_)

    def union(self, parts: list[Code]) -> Code:
        """`A | B | None`, every member once, `None` last; `Any` swallows the rest."""
        members = list(dict.fromkeys(member for part in parts for member in _members_of(part)))
        if "Any" in members:
            return Code("Any")
        if "None" in members:
            members.remove("None")
            members.append("None")
        return Code(" | ".join(members))

    def _arms(self, arms: Sequence[ir.Type]) -> list[Code]:
        """Returns the members of a union; `Annotated[str, State]` where a document lists values and allows any other.

        For the runtime `State | str` is an enumeration, of which a value that is not listed is drift.
        """
        parts = [self.annotation(arm) for arm in arms]
        if self.qualifier:
            return parts
        covered: set[Code] = set()
        for i, arm in enumerate(arms):
            declaration = self.declarations[arm.key] if isinstance(arm, ir.Ref) else None
            if isinstance(declaration, ir.Enum):
                listed, types = self.class_name(declaration.key), base_types(declaration)
            elif isinstance(arm, ir.Const):
                listed, types = parts[i], [type(arm.value).__name__]
            else:
                continue
            bases = [self.builtin(base) for base in types]
            if all(base in parts for base in bases):
                parts[i] = Code(f"{self.typing('Annotated')}[{' | '.join(bases)}, {listed}]")
                covered.update(bases)
        return [part for part in parts if part not in covered]

    def _scalar(self, kind: ir.ScalarKind) -> Code:
        match kind:
            case "string":
                return self.builtin("str")
            case "integer":
                return self.builtin("int")
            case "number":
                return self.builtin("float")
            case "boolean":
                return self.builtin("bool")
            case "date-time":
                return self.standard("datetime", "datetime")
            case "http-date":
                return self._encoded(self.standard("datetime", "datetime"), kind)
            case "date":
                return self.standard("datetime", "date")
            case "duration":
                return self.standard("datetime", "timedelta")
            case "uuid":
                return self.standard("uuid", "UUID")
            case "decimal":
                return self.standard("decimal", "Decimal")
            case "base64" | "binary":
                return self.builtin("bytes")
            case "base64url":
                return self._encoded(self.builtin("bytes"), kind)
            case "null":
                return Code("None")
            case _:
                assert_never(kind)


    def _encoded(self, annotation: Code, encoding: Encoding) -> Code:
        """Returns an annotation that names how its values are written, for the runtime: users need the class alone."""
        return annotation if self.qualifier else Code(f"{self.typing('Annotated')}[{annotation}, {literal(encoding)}]")


def encodings_of(type_: ir.Type, declarations: Mapping[str, ir.Declaration]) -> tuple[Encoding, ...]:
    """Returns how scalars in a type are written, where their class does not tell; those in models apart."""
    found: set[Encoding] = set()
    seen: set[str] = set()
    waiting = [type_]
    while waiting:
        one = waiting.pop()
        match one:
            case ir.Scalar("base64url" | "http-date" as encoding):
                found.add(encoding)
            case ir.ListOf(inner) | ir.MapOf(inner) | ir.Nullable(inner):
                waiting.append(inner)
            case ir.Union(arms):
                waiting += arms
            case ir.Ref(key):
                declaration = declarations[key]
                if isinstance(declaration, ir.UnionOf) and key not in seen:
                    seen.add(key)
                    waiting += declaration.arms
            case ir.Scalar() | ir.Const() | ir.Anything():
                pass
            case _:
                assert_never(one)
    return tuple(sorted(found))


def _members_of(annotation: str) -> list[str]:
    """Top-level members of a union annotation: those inside of brackets and quotes are not."""
    if " | " not in annotation:
        return [annotation]
    members: list[str] = []
    depth, start, quote = 0, 0, ""
    i = 0
    while i < len(annotation):
        c = annotation[i]
        if quote:
            if c == "\\":
                i += 1
            elif c == quote:
                quote = ""
        elif c in "'\"":
            quote = c
        elif c == "[":
            depth += 1
        elif c == "]":
            depth -= 1
        elif c == "|" and depth == 0:
            members.append(annotation[start:i].strip())
            start = i + 1
        i += 1
    members.append(annotation[start:].strip())
    return members


def base_types(declaration: ir.Enum) -> list[str]:
    """Builtin types of an enum's values, sorted: `["str"]`."""
    found = {type(value).__name__ for value in declaration.values}
    if found >= {"int", "float"}:
        found.discard("int")
    return sorted(found)
