"""Declarations of the API become the lazy `models` package: names, fields, annotations, defaults, modules.

Decides which class is in which private module, and what each field looks like. A class never inherits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import assert_never

from clientsmith import ir
from clientsmith.escape import literal
from clientsmith.runtime.declarations import Tagged
from clientsmith.translate.annotations import AnnotationWriter, Imports, base_types
from clientsmith.translate.bodies import flat_contents
from clientsmith.translate.naming import CHOSEN, Candidate, Names
from clientsmith.translate.plain_text import plain
from clientsmith.translate.words import (
    ends_with_operator,
    says_more,
    snake,
    spelled_words_of,
    words_of,
    words_with_signs,
)
from clientsmith.view import AliasView, Code, Definition, EnumView, FieldView, Identifier, ModelModule, ModelView

CLASSES_OF_ONE_MODULE = 60
"""A package with so many classes has them in one module."""

CLASSES_PER_MODULE = 30
"""A module is read when its first class is used; smaller ones cost more files, larger ones more time (measured)."""

RESERVED_CLASSES = frozenset(
    [
        "Annotated",
        "Any",
        "Literal",
        "Tagged",
        "TypeAlias",
        "TypeGuard",
        "UNSET",
        "UnknownVariant",
        "Unset",
        "TYPE_CHECKING",
        "HeadersBase",
        "ModelBase",
        "ValueGuard",
    ]
)
RESERVED_FIELDS = frozenset({"additional_properties", "dataclasses", "self"})


def is_component(key: str) -> bool:
    """Returns whether a declaration is a schema of `components`."""
    return key.startswith("#/components/schemas/") and key.count("/") == 3


def modules_of(
    api: ir.Api, classes: Mapping[str, Identifier], skip: frozenset[str], owners: Mapping[str, str]
) -> dict[str, str]:
    """Declaration key to private module: with the one resource that uses it, else a shared one, few in each.

    `owners`: the outermost resource of each operation, by address.
    """
    users: dict[str, set[str]] = {key: set() for key in api.declarations}
    edges = {key: [k for t in parts_of(d) for k in ir.keys_in(t)] for key, d in api.declarations.items()}
    roots: dict[str, set[str]] = {}
    for operation in api.operations:
        roots.setdefault(owners[operation.address], set()).update(k for t in types_of(operation) for k in ir.keys_in(t))
    for user, used in roots.items():
        seen, stack = set(used), list(used)
        while stack:
            key = stack.pop()
            users[key].add(user)
            new = [k for k in edges[key] if k not in seen]
            seen.update(new)
            stack += new
    small = len(api.declarations) <= CLASSES_OF_ONE_MODULE
    groups: dict[str, list[str]] = {}
    for key in sorted((k for k in api.declarations if k not in skip), key=lambda k: classes[k]):
        resource = next(iter(users[key])) if len(users[key]) == 1 else None
        stem = "models" if small else (snake(words_of(resource), "r") or "shared") if resource is not None else "shared"
        groups.setdefault(stem, []).append(key)
    result: dict[str, str] = {}
    for stem, keys in groups.items():
        # What the same resources use is next to each other, what most of them use first.
        keys.sort(key=lambda k: (-len(users[k]), sorted(users[k])))
        for i, key in enumerate(keys):
            part = i // CLASSES_PER_MODULE
            result[key] = f"_{stem}" if part == 0 else f"_{stem}_{part + 1}"
    return result


def types_of(operation: ir.Operation) -> Iterator[ir.Type]:
    """Yields the types that an operation sends and receives, those of single items too."""
    yield from (parameter.type for parameter in operation.parameters)
    yield from (response.headers for response in operation.responses if response.headers is not None)
    contents = [content for response in operation.responses for content in response.contents]
    for content in (*contents, *(operation.body.contents if operation.body is not None else ())):
        yield content.type
        if content.item is not None:
            yield content.item


def parts_of(declaration: ir.Declaration) -> list[ir.Type]:
    """Returns the types that a declaration is made of."""
    match declaration:
        case ir.Model():
            return [*(f.type for f in declaration.fields), declaration.additional]
        case ir.UnionOf():
            return list(declaration.arms)
        case ir.Enum():
            return []
        case _:
            assert_never(declaration)


def used_elsewhere(api: ir.Api, *, components: bool) -> set[str]:
    """Keys that are reached other than as a body that is given by its fields, or, with `components`, are of one."""
    used: set[str] = set()
    stack: list[ir.Type] = []
    for operation in api.operations:
        stack += [p.type for p in operation.parameters]
        stack += [type_ for response in operation.responses for type_ in response.types]
        flat = [content for content, _ in flat_contents(operation.body, api)]
        for content in operation.body.contents if operation.body is not None else ():
            if (content in flat or content.kind in ("multipart", "form")) and isinstance(content.type, ir.Ref):
                stack += parts_of(api.declarations[content.type.key])
            else:
                stack.append(content.type)
    for key, declaration in api.declarations.items():
        # A component that operations do not use is of a webhook, or is kept on demand.
        of_operations = declaration.sent or declaration.received
        if is_component(key) and (components or not of_operations):
            stack.append(ir.Ref(key))
    while stack:
        for key in ir.keys_in(stack.pop()):
            if key not in used:
                used.add(key)
                stack += parts_of(api.declarations[key])
    return used


def field_names(model: ir.Model, names: Names) -> dict[str, Identifier]:
    """Field address to attribute name, resolved within the model."""
    return names.resolve(
        [field_candidate(f.wire, f.address) for f in model.fields],
        reserved=RESERVED_FIELDS,
        prefix="field:",
        fallback="field",
        unique=True,
    )


def field_candidate(wire: str, address: str, prefix: str = "") -> Candidate:
    """What a field or parameter could be called; `prefix` goes before a name that is taken."""
    options, last, exact = _spellings(wire)
    if prefix:
        options = (*options, f"{prefix}{(options[0] or options[1]).rstrip('_')}")
    return Candidate(address, options + last, CHOSEN, exact=exact)


@lru_cache(maxsize=65536)
def _spellings(wire: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Returns the names for a wire name, the best one first; those that are taken where nothing else distinguishes it;
    and whether the best one is it exactly."""
    words = words_of(wire)
    plain, spelled = snake(words), snake(spelled_words_of(wire))
    options = (spelled, plain) if words[:1] and words[0].isdigit() else (plain, spelled)
    if plain == wire or wire.isidentifier():
        return options, (), plain == wire
    signs = (snake(words_with_signs(wire)),)
    return (options + signs, (), False) if ends_with_operator(wire) else (options, signs, False)


def attribute_names(api: ir.Api, names: Names) -> dict[str, dict[str, Identifier]]:
    """Model key to field address to attribute name."""
    return {key: field_names(d, names) for key, d in api.declarations.items() if isinstance(d, ir.Model)}


def model_modules(
    api: ir.Api,
    classes: Mapping[str, Identifier],
    attributes: Mapping[str, Mapping[str, Identifier]],
    modules: Mapping[str, str],
) -> tuple[ModelModule, ...]:
    """Every declaration as a class or alias, by module."""
    by_module: dict[str, list[str]] = {}
    for key, module in modules.items():
        by_module.setdefault(module, []).append(key)
    result: list[ModelModule] = []
    for module, keys in sorted(by_module.items()):
        imports = Imports()
        definitions = tuple(
            _definition(api.declarations[key], api, classes, attributes, imports, modules, module)
            for key in sorted(keys, key=lambda k: classes[k])
        )
        result.append(ModelModule(Identifier(module), imports.lines(), imports.type_lines(), definitions))
    return tuple(result)


def _definition(
    declaration: ir.Declaration,
    api: ir.Api,
    classes: Mapping[str, Identifier],
    attributes: Mapping[str, Mapping[str, Identifier]],
    imports: Imports,
    modules: Mapping[str, str],
    module: str,
) -> Definition:
    writer = AnnotationWriter(imports, classes, api.declarations, module_of=modules, module=module)
    match declaration:
        case ir.Model():
            return _model(declaration, classes[declaration.key], writer, attributes[declaration.key])
        case ir.Enum():
            return _enum(declaration, classes, writer)
        case ir.UnionOf():
            return _alias(declaration, classes, api, writer)
        case _:
            assert_never(declaration)


def _model(
    model: ir.Model, name: Identifier, writer: AnnotationWriter, attributes: Mapping[str, Identifier]
) -> ModelView:
    writer.shadowed = frozenset(attributes.values())
    writer.imports.name("dataclasses", "dataclass")
    base = Identifier("HeadersBase" if model.headers else "ModelBase")
    writer.imports.name(".._runtime.headers" if model.headers else ".._runtime.model", base)
    rows = [_field(item, attributes[item.address], name, model, writer) for item in model.fields]
    extra = None if isinstance(model.additional, ir.Anything) else _extra(model, writer)
    doc = plain(model.description)
    return ModelView(name, model.key, doc if says_more(doc, name) else "", tuple(rows), extra, base)


def _extra(model: ir.Model, writer: AnnotationWriter) -> FieldView:
    """Returns the field for properties that are not documented, of which the document states the type."""
    value = writer.annotation(model.additional)
    mapping = Code(f"{writer.builtin('dict')}[{writer.builtin('str')}, {value}]")
    # A default runs with the class body, when other models may not be there yet: names of them are in quotes.
    value = literal(str(value)) if any(ir.keys_in(model.additional)) else value
    made = Code(f"{writer.builtin('dict')}[{writer.builtin('str')}, {value}]")
    default = Code(f"{_field_function(writer)}(default_factory={made}, repr=False)")
    return FieldView(Identifier("additional_properties"), "", mapping, default, False, "")


def _field_function(writer: AnnotationWriter) -> Code:
    if "field" in writer.shadowed:
        writer.imports.modules.add("dataclasses")
        return Code("dataclasses.field")
    writer.imports.name("dataclasses", "field")
    return Code("field")


def _field(
    item: ir.Field, attribute: Identifier, owner: Identifier, model: ir.Model, writer: AnnotationWriter
) -> FieldView:
    sent_only = model.sent and not model.received
    annotation = writer.annotation(item.type, closed_enum=sent_only)
    default = Code("")
    required = item.required
    if isinstance(item.type, ir.Const) and required:
        default = literal(item.type.value)
    elif not item.required:
        if isinstance(item.type, ir.Nullable) and model.sent:
            writer.imports.name(".._runtime.declarations", "Unset")
            annotation = Code(f"{annotation} | Unset")
            # Not `UNSET`, of which two modules of models would each export a constant of that name by `*`.
            default = Code("Unset.UNSET")
        elif annotation != "Any":
            annotation = writer.union([annotation, Code("None")])
            default = Code("None")
        else:
            default = Code("None")
    if attribute != item.wire or item.form is not None:
        default = _sent_as(item, default, writer)
    doc = plain(item.description)
    # A description that its type has too, as an enumeration written in place does, is printed there.
    is_of_type = any(writer.declarations[key].description == item.description for key in ir.keys_in(item.type))
    doc = doc if not is_of_type and says_more(doc, item.wire, owner) else ""
    return FieldView(attribute, item.wire, annotation, default, required, doc, item.deprecated)


def _sent_as(item: ir.Field, default: Code, writer: AnnotationWriter) -> Code:
    """Returns the default of a field that is sent under another name: `wire("imageUrl")`."""
    wire = literal(item.wire)
    if not default or "wire" in writer.shadowed or item.form is not None:
        form = f', "form": {literal(item.form)}' if item.form is not None else ""
        options = [*([f"default={default}"] if default else []), f'metadata={{"wire": {wire}{form}}}']
        return Code(f"{_field_function(writer)}({', '.join(options)})")
    writer.imports.name(".._runtime.wire_names", "wire")
    return Code(f"wire({wire})" if default == "None" else f"wire({wire}, {default})")


def _enum(enum: ir.Enum, classes: Mapping[str, Identifier], writer: AnnotationWriter) -> EnumView:
    floats = any(isinstance(value, float) for value in enum.values)
    writer.typing("TypeAlias")
    guard = classes.get(f"guard:{enum.key}")
    for name in ("ValueGuard", "value_guard") if guard is not None else ():
        writer.imports.name(".._runtime.enums", name)
    if not floats:
        writer.typing("Literal")
    base = writer.union([Code(b) for b in base_types(enum)] or [Code("None")])
    lines = [plain(enum.description)] if enum.description else []
    described = [(v, d) for v, d in zip(enum.values, enum.value_descriptions, strict=False) if d]
    lines += [f"- `{value}`: {text}" for value, text in described]
    return EnumView(classes[enum.key], enum.key, guard, enum.values, base, not floats, "\n\n".join(lines))


def _alias(union: ir.UnionOf, classes: Mapping[str, Identifier], api: ir.Api, writer: AnnotationWriter) -> AliasView:
    writer.typing("TypeAlias")
    writer.imports.name(".._runtime.codec", "UnknownVariant")
    arms = [writer.annotation(arm) for arm in union.arms]
    annotation = writer.union([*arms, Code("UnknownVariant")])
    tagged: Tagged | None = None
    if union.discriminator is not None:
        writer.typing("Annotated")
        writer.imports.name(".._runtime.codec", "Tagged")
        mapping = tuple((value, str(classes[key])) for value, key in union.discriminator.mapping)
        default = str(classes[union.discriminator.default]) if union.discriminator.default is not None else None
        tagged = Tagged(union.discriminator.property, mapping, default)
    return AliasView(classes[union.key], union.key, annotation, tagged, plain(union.description))
