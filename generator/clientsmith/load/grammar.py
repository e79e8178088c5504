"""The object types of OpenAPI and where each of them is allowed: the one place that knows what can be a reference.

Decides what is structure and what is data: a `$ref` inside `example`, `default`, `const`, `enum` or anything else that
the table does not name is data and is never walked into (R03). Does not decide what a keyword means.

The table is the union of OpenAPI 3.0.4, 3.1.2 and 3.2.0 and of JSON Schema 2020-12, with two keywords of older schema
dialects that real documents still use (`definitions`, `additionalItems`). The dialects hardly contradict one another
in it, and a document that uses a newer keyword under an older version means what the newer version says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from clientsmith.load.tree import Tree, escape

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""Fields of a Path Item Object that hold an operation (OpenAPI 3.2.0; `query` is new there)."""

VARIANTS: Final = "x-clientsmith-variants"
"""Field of an operation: further operations that the provider documents for the same path and method."""

_SCHEMA: Final[dict[str, str]] = {
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), "schema[]"),
    **dict.fromkeys(("properties", "patternProperties", "$defs", "definitions", "dependentSchemas"), "schema{}"),
    **dict.fromkeys(
        ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"), "schema"
    ),
    **dict.fromkeys(("unevaluatedItems", "unevaluatedProperties", "contentSchema", "additionalItems"), "schema"),
}

FIELDS: Final[dict[str, dict[str, str]]] = {
    "openapi": {"paths": "paths", "webhooks": "pathItem{}", "components": "components"},
    "components": {
        "schemas": "schema{}",
        "responses": "response{}",
        "parameters": "parameter{}",
        "examples": "example{}",
        "requestBodies": "requestBody{}",
        "headers": "header{}",
        "securitySchemes": "securityScheme{}",
        "links": "link{}",
        "callbacks": "callback{}",
        "pathItems": "pathItem{}",
        "mediaTypes": "mediaType{}",
    },
    "pathItem": {
        **dict.fromkeys(METHODS, "operation"),
        "additionalOperations": "operation{}",
        VARIANTS: "operation[]",
        "parameters": "parameter[]",
    },
    "operation": {
        "parameters": "parameter[]",
        "requestBody": "requestBody",
        "responses": "responses",
        "callbacks": "callback{}",
        VARIANTS: "operation[]",
    },
    "parameter": {"schema": "schema", "content": "mediaType{}", "examples": "example{}"},
    "header": {"schema": "schema", "content": "mediaType{}", "examples": "example{}"},
    "requestBody": {"content": "mediaType{}"},
    "mediaType": {
        "schema": "schema",
        "itemSchema": "schema",
        "examples": "example{}",
        "encoding": "encoding{}",
        "prefixEncoding": "encoding[]",
        "itemEncoding": "encoding",
    },
    "encoding": {
        "headers": "header{}",
        "encoding": "encoding{}",
        "prefixEncoding": "encoding[]",
        "itemEncoding": "encoding",
    },
    "response": {"headers": "header{}", "content": "mediaType{}", "links": "link{}"},
    "schema": _SCHEMA,
    "example": {},
    "link": {},
    "securityScheme": {},
}
"""Object type to its fields to their types. `x{}`: a map from names to `x`; `x[]`: a list of `x`."""

PATTERNED: Final = {"paths": "pathItem", "responses": "response", "callback": "pathItem"}
"""Object types whose keys are free, except for extensions (`x-`), to the type of their values."""

SECTIONS: Final = tuple(FIELDS["components"])
"""The fields of the Components Object, in the order of the specification (OpenAPI 3.2.0)."""

REFERENCES: Final = frozenset(kind.removesuffix("{}") for kind in FIELDS["components"].values())
"""Object types that may be written as a `$ref`: those that can be components."""

NAMED: Final = frozenset(
    {key for fields in FIELDS.values() for key, kind in fields.items() if kind.endswith("{}") and kind != "example{}"}
    | {"paths", "dependentRequired", "variables", "mapping", "scopes"}
)
"""Keywords whose value maps names that the document chooses: a property may be called `title`.

`examples` is not among them: in a schema it is a list of data.
"""

DATA: Final = frozenset({"default", "const"})
"""Keywords whose value is data of the API: never walked, compared as it is."""

NOT_WALKED: Final = DATA | {"example", "examples", "enum"}
"""Keywords whose value refers to nothing."""

_MAPS: Final = {f"{kind}{{}}": kind for kind in (*FIELDS, *PATTERNED)}
_LISTS: Final = {f"{kind}[]": kind for kind in (*FIELDS, *PATTERNED)}


class Visit(NamedTuple):
    """An object of the document: its type, the object itself, its address.

    Maps are visited only if they hold a `$ref`, which no version of OpenAPI allows there.
    """

    kind: str
    node: dict[str, Tree]
    address: str


class TypeMismatch(NamedTuple):
    """A value where the grammar has a mapping or a list: `TypeMismatch("a mapping", None, address)`."""

    expected: str
    value: Tree
    address: str


def walk(kind: str, value: Tree, address: str, *, seen: set[int], mismatches: list[TypeMismatch]) -> Iterator[Visit]:
    """Yields all objects in and below a value, outer ones first, in the order of the document.

    The caller may change an object when it gets it: what is below is looked up only afterwards.

    Args:
        kind: the type of the value, such as `openapi` or `schema`.
        value: where to begin.
        address: of the value.
        seen: `id`s of objects that were visited before and are left out; added to.
        mismatches: takes the values of another JSON type than the grammar has.
    """
    stack: list[tuple[str, Tree, str]] = [(kind, value, address)]
    while stack:
        kind, value, address = stack.pop()
        if type(value) is dict:
            node = value
            fields = FIELDS.get(kind)
            if fields is not None:
                if id(node) in seen:
                    continue
                seen.add(id(node))
                yield Visit(kind, node, address)
                if fields.keys().isdisjoint(node):
                    continue
                below = [(fields[key], child, f"{address}/{key}") for key, child in node.items() if key in fields]
            elif kind in _LISTS:
                mismatches.append(TypeMismatch("a list", node, address))
                continue
            else:
                if isinstance(node.get("$ref"), str):
                    yield Visit(kind, node, address)
                if kind in PATTERNED:
                    child_kind = PATTERNED[kind]
                    below = [
                        (child_kind, child, f"{address}/{escape(key)}")
                        for key, child in node.items()
                        if key != "$ref" and not key.startswith("x-")
                    ]
                else:
                    child_kind = _MAPS[kind]
                    below = [
                        (child_kind, child, f"{address}/{escape(key)}")
                        for key, child in node.items()
                        if key != "$ref" or type(child) is dict
                    ]
            if below:
                below.reverse()
                stack += below
        elif type(value) is list and (kind in _LISTS or kind == "schema"):
            # In older dialects a list of schemas under `items` describes a tuple.
            item_kind = _LISTS.get(kind, kind)
            below = [(item_kind, item, f"{address}/{i}") for i, item in enumerate(value)]
            below.reverse()
            stack += below
        elif not (kind == "schema" and type(value) is bool):
            mismatches.append(TypeMismatch("a list" if kind in _LISTS else "a mapping", value, address))
