"""From the normal form of a schema (`flatten`) to a type, and to the declarations that the type refers to.

Decides what is declared (objects with properties, enumerations, unions of objects, what would be long) and what is
written where it is used (scalars, arrays, maps, other unions). Each schema is read once; what is declared goes to
`declarations`.

Recursion through models needs no care, since they are read later, from a queue. What is left is recursion through
aliases alone, such as `Json: {oneOf: [string, array of Json]}`: a union is declared for it, anything else becomes
`Anything` with a warning.
"""

from __future__ import annotations

from typing import assert_never

from clientsmith import ir
from clientsmith.load.document import Node, escape, unescape
from clientsmith.parse import metadata
from clientsmith.parse.declarations import Declarations, DeclaredUnion
from clientsmith.parse.flatten import Flattener, allows_null, is_reference, is_union
from clientsmith.parse.names import Names
from clientsmith.parse.normal import (
    AnySchema,
    ArraySchema,
    BaseSchema,
    ChoiceSchema,
    ConstSchema,
    EnumSchema,
    IntersectionSchema,
    MapSchema,
    ObjectSchema,
    OverlapSchema,
    ReferenceSchema,
    ScalarSchema,
    Schema,
    UnionSchema,
    Variant,
)
from clientsmith.parse.reading import Reader, is_map
from clientsmith.parse.structures import MAX_PARTS, Hierarchies, Hierarchy, Structure, constrains, structure_of
from clientsmith.parse.types import bare, intersection, nullable, one_of, parts_of, tag_type

MAX_DEPTH = 80
"""How many aliases (arrays of arrays, unions in unions) may be nested."""

MOST_PARTS = 6
"""How many parts a type may have that is written out wherever it is used: `list[str | int | dict[str, Any]]` is; one of
more has a name (`_named`).

Types of several parts are arrays, maps and unions. Since a name is one part, what is written out anywhere is bounded,
however the schemas refer to one another. A component and a schema in place are alike: each may become the other.
"""

MAX_OVERLAPS = 5_000
"""How many properties may be described by several schemas that have to be merged; `MAX_DEPTH` within one another."""


class Schemas:
    """Types of the schemas of one document.

    Args:
        reader: of the document.

    Attributes:
        declarations: what the types refer to; complete after `complete`.
        contents, parameters: what was read at an address, for bodies, responses and parameters that many operations
            refer to.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.declarations = Declarations(Names(reader.document))
        self.hierarchies = Hierarchies(reader)
        self.contents: dict[str, tuple[ir.Content, ...]] = {}
        self.parameters: dict[str, ir.Parameter] = {}
        self._flattener = Flattener(reader, self.hierarchies)
        self._types: dict[str, ir.Type] = {}
        self._overlaps: dict[tuple[str, ...], ir.Type] = {}
        self._overlaps_within = 0
        self._active: list[Node] = []

    def complete(self) -> None:
        """Read the declarations that are known by their keys only."""
        self.declarations.complete()

    # ------------------------------------------------------------------------------------------------------ types

    def type_of(self, node: Node) -> ir.Type:
        """Returns the type of a schema. Never fails: what cannot be typed is `Anything`, with a warning."""
        simple = self._flattener.simple(node)
        if simple is not None:
            return self._type(simple)
        known = self._types.get(node.address)
        return known if known is not None else self._read(node)

    def _type(self, schema: Schema) -> ir.Type:
        """Returns the type of a schema by its normal form."""
        inner: ir.Type
        match schema:
            case ScalarSchema(kind=kind):
                inner = ir.Scalar(kind)
            case ReferenceSchema(target=target):
                inner = self.type_of(target)
            case AnySchema():
                inner = ir.Anything()
            case ConstSchema(value=value):
                inner = ir.Const(value)
            case EnumSchema():
                inner = self._enum(schema)
            case ArraySchema(item=item):
                inner = ir.ListOf(self._type(item))
            case MapSchema(value=schema_of_values):
                inner = ir.MapOf(self._type(schema_of_values))
            case ObjectSchema():
                inner = self._object(schema)
            case ChoiceSchema(members=members):
                inner = one_of([self._type(member) for member in members])
            case UnionSchema():
                inner = self._union(schema)
            case IntersectionSchema():
                inner = self._intersection(schema)
            case OverlapSchema():
                inner = self._overlap(schema)
            case BaseSchema():
                inner = self._base(schema)
            case _:
                assert_never(schema)
        return nullable(inner) if schema.nullable else inner

    # -------------------------------------------------------------------------------------------------- recursion

    def _read(self, node: Node) -> ir.Type:
        address = node.address
        if any(address == active.address for active in self._active):
            again = self._read_again(node)
            if again is not None:
                return again
        if len(self._active) >= MAX_DEPTH:
            self.reader.warn("untyped", "the schema is nested too deeply: typed as 'Any'", address)
            return ir.Anything()
        self._active.append(node)
        try:
            found = self._type(self._flattener.flatten(node))
        finally:
            self._active.pop()
        if address in self.declarations.recursive:
            self.declarations.recursive.discard(address)
            found = self._declare_recursive(node, found)
        found = self._named(node, found)
        self._types[address] = found
        return found

    def _read_again(self, node: Node) -> ir.Type | None:
        """Returns the type of a schema that is being read already, `None` to read it once more.

        A circle is cut at a union, which can be declared: from `A: array of B; B: oneOf [string, A]` the array is
        written out once more, whichever of the two is met first.
        """
        last = max(index for index, active in enumerate(self._active) if active.address == node.address)
        if is_union(self._active[last].value):
            self.declarations.recursive.add(node.address)
            self.declarations.kinds.setdefault(node.address, "union")
            found = ir.Ref(node.address)
            return nullable(found) if allows_null(node.value) else found
        if any(is_union(active.value) for active in self._active[last:]):
            return None
        self._warn_recursive(node)
        return ir.Anything()

    def _warn_recursive(self, node: Node) -> None:
        message = "the schema contains itself without an object in between: typed as 'Any' there"
        hint = "an object or a 'oneOf' in between would give the type a name"
        self.reader.warn("recursive-type", message, node.address, hint=hint)

    def _declare_recursive(self, node: Node, found: ir.Type) -> ir.Type:
        inner = bare(found)
        if node.address in self.declarations.by_key:
            return found
        if inner == ir.Ref(node.address):
            self._warn_recursive(node)
            inner = ir.Anything()
        return self._alias(node, node.address, self.declarations.names.hint(node.address), found, inner)

    def _named(self, node: Node, found: ir.Type) -> ir.Type:
        """Returns a type of many parts as the name that is declared for it, any other as it is."""
        inner = bare(found)
        if parts_of(inner) <= MOST_PARTS:
            return found
        members = inner.arms if isinstance(inner, ir.Union) else (inner,)
        has_objects = any(map(self.declarations.is_object, members))
        key, hint = self.declarations.key_for(node, "union" if has_objects else "alias")
        return self._alias(node, key, hint, found, inner)

    def _alias(self, node: Node, key: str, hint: ir.NameHint | None, found: ir.Type, inner: ir.Type) -> ir.Type:
        """Returns a reference to a declaration of the type, which is made if `hint` says how it could be called."""
        if hint is not None:
            members = inner.arms if isinstance(inner, ir.Union) else (inner,)
            self.declarations.add(ir.UnionOf(key, hint, members, None, self.reader.text(node, "description")))
        declared = ir.Ref(key)
        return nullable(declared) if isinstance(found, ir.Nullable) else declared

    # --------------------------------------------------------------------------------------------- enums and unions

    def _enum(self, schema: EnumSchema) -> ir.Type:
        key, hint = self.declarations.key_for(schema.node, "enum")
        if hint is not None:
            description = self.reader.text(schema.node, "description")
            self.declarations.add(ir.Enum(key, hint, schema.values, description, schema.descriptions))
        return ir.Ref(key)

    def _union(self, schema: UnionSchema) -> ir.Type:
        """Returns the union of variants, declared where decoding it needs a name, or a reader does."""
        types: list[ir.Type] = []
        renamed: dict[str, str] = {}
        for variant in schema.variants:
            if variant.structure is None:
                types.append(self.type_of(variant.node))
                continue
            types.append(self._combination(schema.node, variant, variant.structure))
            if "$ref" in variant.node.value:
                by_itself = self.type_of(variant.node)
                if isinstance(by_itself, ir.Ref):
                    renamed[by_itself.key] = variant.key
        node, declarations = schema.node, self.declarations
        found = one_of(self._without_itself(node, types))
        inner = bare(found)
        members = inner.arms if isinstance(inner, ir.Union) else (inner,)
        if sum(map(declarations.is_object, members)) < 2 and node.address not in declarations.recursive:
            return found
        key, hint = declarations.key_for(node, "union")
        if hint is not None:
            variants = tuple(variant.node for variant in schema.variants)
            declaration = ir.UnionOf(key, hint, members, None, self.reader.text(node, "description"))
            declarations.add(declaration, DeclaredUnion(key, schema.owner, variants, renamed))
        declared = ir.Ref(key)
        return nullable(declared) if isinstance(found, ir.Nullable) else declared

    def _without_itself(self, node: Node, types: list[ir.Type]) -> list[ir.Type]:
        """Returns the members of a union except the union itself, which adds nothing to them but null."""
        itself = ir.Ref(node.address)
        if all(bare(type_) != itself for type_ in types):
            return types
        message = "the union is a member of itself: that member is ignored"
        self.reader.warn("recursive-type", message, node.address)
        null = [ir.Scalar("null")] if ir.Nullable(itself) in types else []
        return [*(type_ for type_ in types if bare(type_) != itself), *null]

    def _combination(self, whole: Node, variant: Variant, structure: Structure) -> ir.Type:
        """Returns the model of a variant with the properties beside the `oneOf`."""
        names = self.declarations.names
        written = variant.node.value
        title = written.get("title") if is_map(written) else None
        if is_reference(variant.node):
            word = unescape(written["$ref"].rsplit("/", 1)[-1])
        else:
            word = title if isinstance(title, str) and title else names.hint(variant.key).words[-1]
        hint = ir.NameHint((*names.hint(whole.address).words, word), "derived")
        return self._model(variant.node, structure, variant.key, hint)

    def _base(self, schema: BaseSchema) -> ir.Type:
        """Returns the union that a base schema means where it is used as a type."""
        node, hierarchy = schema.node, schema.hierarchy
        key, hint = self.declarations.key_for(node, "union")
        if hint is None:
            return ir.Ref(key)
        made = hint
        self._types[key] = ir.Ref(key)

        def read() -> None:
            own = self._base_model(node, hierarchy) if hierarchy.includes_base else None
            types = [own] if own is not None else []
            # A derived schema that is a base schema too means what is derived from it: a discriminator decides there.
            within = {
                inner for one in hierarchy.derived for inner in self.hierarchies.derived_from(one.value["$ref"])
            }
            types += [self.type_of(one) for one in hierarchy.derived if one.value["$ref"] not in within]
            members = one_of(types or [self._base_model(node, hierarchy)])
            found = members.arms if isinstance(members, ir.Union) else (members,)
            renamed = {key: own.key} if isinstance(own, ir.Ref) else {}
            default = own.key if isinstance(own, ir.Ref) and hierarchy.optional else None
            declaration = ir.UnionOf(key, made, found, None, self.reader.text(node, "description"))
            self.declarations.add(declaration, DeclaredUnion(key, node, hierarchy.derived, renamed, default))

        self.declarations.later(read)
        return ir.Ref(key)

    def _base_model(self, node: Node, hierarchy: Hierarchy) -> ir.Type:
        key = hierarchy.base_key
        return self._model(node, structure_of(self.reader, node), key, self.declarations.names.hint(key))

    def _intersection(self, schema: IntersectionSchema) -> ir.Type:
        """Returns the type that satisfies all parts; where there is none, that of the last, with a warning."""
        types = [self._type(part) for part in schema.parts]
        if schema.structure is not None and sum(self.declarations.is_object(bare(type_)) for type_ in types) > 1:
            return self._type(self._flattener.object_of(schema.node, schema.structure))
        found = types[0]
        for other in types[1:]:
            both = intersection(self.declarations.by_key, found, other)
            if both is None:
                message = "members of 'allOf' contradict one another: the last one is used"
                self.reader.warn("conflicting-all-of", message, schema.parts[-1].node.address,
                                 also=[("the whole", schema.node.address)])  # fmt: skip
            found = other if both is None else both
        return found

    # ---------------------------------------------------------------------------------------------------- objects

    def _object(self, schema: ObjectSchema) -> ir.Type:
        node = schema.node
        if schema.unique:
            return self._model(node, schema.structure, node.address, self.declarations.names.hint(node.address))
        key, hint = self.declarations.key_for(node, "model")
        if hint is None:
            return ir.Ref(key)
        return self._queued(node, schema.structure, key, hint)

    def _model(self, node: Node, structure: Structure | None, key: str, hint: ir.NameHint) -> ir.Type:
        """Returns a model under a key that is not shared with schemas written alike."""
        if key in self.declarations.kinds:
            return ir.Ref(key)
        return self._queued(node, structure, key, hint)

    def _queued(self, node: Node, structure: Structure | None, key: str, hint: ir.NameHint) -> ir.Type:
        self.declarations.kinds[key] = "model"

        def read() -> None:
            whole = structure or structure_of(self.reader, node)
            self.declarations.add(self._read_model(node, whole, key, hint))

        self.declarations.later(read)
        return ir.Ref(key)

    def _read_model(self, node: Node, structure: Structure, key: str, hint: ir.NameHint) -> ir.Model:
        for name, address in structure.required.items():
            if name not in structure.properties and name not in structure.varying:
                message = f"{name!r} is required but not defined"
                self.reader.warn("required-without-property", message, address)
        names = dict.fromkeys((*structure.properties, *structure.varying))
        fields = tuple(self._field(name, structure, key) for name in names)
        types = [self.type_of(value) for value in structure.additional]
        additional = one_of(types) if types else ir.Anything()
        stated = metadata.metadata_of(self.reader, [node], through=True)
        description, deprecated = stated.text("description"), stated.flag("deprecated")
        return ir.Model(key, hint, fields, additional, description, deprecated, open=structure.open)

    def _field(self, name: str, structure: Structure, key: str) -> ir.Field:
        nodes = structure.properties.get(name) or structure.varying[name]
        node = nodes[-1]
        if name in structure.varying:
            type_ = self._varying([*structure.properties.get(name, ()), *structure.varying[name]])
        else:
            type_ = self.type_of(node) if len(nodes) == 1 else self._property(nodes, key, name)
        if name in structure.tags:
            type_ = tag_type(self.declarations.by_key, type_)
        if len(nodes) == 1 and metadata.has_none(node.value):
            return ir.Field(name, type_, node.address, name in structure.required)
        stated = metadata.metadata_of(self.reader, nodes, through=not isinstance(bare(type_), ir.Ref))
        draft_3 = is_map(node.value) and node.value.get("required") is True
        if draft_3:
            self.reader.warn("wrong-type", "'required' should be a list in the object, not a boolean in the property",
                             f"{node.address}/required")  # fmt: skip
        keys = stated.keys()
        return ir.Field(
            wire=name,
            type=type_,
            address=node.address,
            required=name in structure.required or draft_3,
            default=metadata.default_of(self.declarations.by_key, stated, type_) if "default" in keys else ir.MISSING,
            description=stated.text("description") if "description" in keys else "",
            deprecated=stated.flag("deprecated") if "deprecated" in keys else False,
            read_only=stated.flag("readOnly") if "readOnly" in keys else False,
            write_only=stated.flag("writeOnly") if "writeOnly" in keys else False,
            example=stated.example() if "examples" in keys or "example" in keys else ir.MISSING,
        )

    def _varying(self, nodes: list[Node]) -> ir.Type:
        """Returns the type of a property that alternatives describe differently; `Anything` for several objects."""
        found = one_of([self.type_of(node) for node in nodes])
        inner = bare(found)
        several = isinstance(inner, ir.Union) and sum(map(self.declarations.is_object, inner.arms)) > 1
        return ir.Anything() if several else found

    def _property(self, nodes: list[Node], key: str, name: str) -> ir.Type:
        """Returns the type of a property that several parts of an object describe."""
        if all(is_reference(node) for node in nodes):
            types = list(dict.fromkeys(self.type_of(node) for node in nodes))
            if len(types) == 1:
                return types[0]
        stating = [node for node in nodes if constrains(node.value) or not _is_any_object(node)]
        if len(stating) == 1:
            return self.type_of(stating[0])
        return self._type(OverlapSchema(Node(nodes[-1].value, f"{key}/properties/{escape(name)}"), tuple(nodes)))

    def _overlap(self, schema: OverlapSchema) -> ir.Type:
        """Returns the type of what several schemas state about one property.

        The same schemas together are the same type, so that a description that contains itself is finite.
        """
        parts = tuple(self._meant(part).address for part in schema.parts)
        known = self._overlaps.get(parts)
        if known is None:
            self._overlaps[parts] = ir.Anything()
            if len(self._overlaps) > MAX_OVERLAPS or self._overlaps_within >= MAX_DEPTH:
                message = "too many properties are described by several schemas: typed as 'Any'"
                self.reader.warn("recursive-type", message, schema.parts[-1].address)
                return ir.Anything()
            self._overlaps_within += 1
            known = self._overlaps[parts] = self._type(self._flattener.overlap(schema))
            self._overlaps_within -= 1
        return known

    def _meant(self, node: Node) -> Node:
        """Returns the schema itself, or what it refers to when it states nothing besides."""
        for _ in range(MAX_PARTS):
            if not is_reference(node) or len(node.value) > 1:
                break
            target = self.reader.target(node)
            if target is None:
                break
            node = target
        return node


def _is_any_object(node: Node) -> bool:
    return is_map(node.value) and node.value.get("type", "object") == "object"
