"""Which object types OpenAPI has, and where each of them stands: the one place that knows what is a reference.

Decides what is structure and what is data: a `$ref` inside `example`, `default`, `const`, `enum` or anything else that
the table does not name is data, and never walked into (R03). Does not decide what a keyword means.

The table is the union of OpenAPI 3.0.4, 3.1.2 and 3.2.0 and of JSON Schema 2020-12, with two words of older schema
dialects that real documents still use (`definitions`, `additionalItems`). The dialects hardly contradict one another
in it, and a document that uses a newer word under an older version means what the newer version says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from clientsmith.load.document import escape
from clientsmith.load.text import Tree

_OPERATIONS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

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
        **dict.fromkeys(_OPERATIONS, "operation"),
        "additionalOperations": "operation{}",
        "x-clientsmith-variants": "operation[]",
        "parameters": "parameter[]",
    },
    "operation": {
        "parameters": "parameter[]",
        "requestBody": "requestBody",
        "responses": "responses",
        "callbacks": "callback{}",
        "x-clientsmith-variants": "operation[]",
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
"""Object types whose keys are free, but for extensions (`x-`), to the type of their values."""

REFERENCES: Final = frozenset(
    {
        "schema",
        "response",
        "parameter",
        "example",
        "requestBody",
        "header",
        "securityScheme",
        "link",
        "callback",
        "pathItem",
        "mediaType",
    }
)
"""Object types in whose place a `$ref` may stand."""

_MAPS: Final = {f"{kind}{{}}": kind for kind in (*FIELDS, *PATTERNED)}
_LISTS: Final = {f"{kind}[]": kind for kind in (*FIELDS, *PATTERNED)}


class Visit(NamedTuple):
    """An object of the document: its type, itself, its address.

    Of maps, only those are visited that hold a `$ref` with a text, which no version of OpenAPI allows there.
    """

    kind: str
    node: dict[str, Tree]
    address: str


class Misfit(NamedTuple):
    """A value that is not even a map, or a list, where the grammar has one: `Misfit("a mapping", None, address)`."""

    expected: str
    value: Tree
    address: str


def walk(kind: str, value: Tree, address: str, *, seen: set[int], misfits: list[Misfit]) -> Iterator[Visit]:
    """All objects in and below a value, parents first, in the order of the document.

    The caller may change an object when it gets it: what stands below is looked up only afterwards.

    Args:
        kind: the type of the value, such as `openapi` or `schema`.
        value: where to begin.
        address: of the value.
        seen: `id`s of objects that were visited before and are left out; added to.
        misfits: gets what has the wrong shape.
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
                below = [(fields[key], child, f"{address}/{key}") for key, child in node.items() if key in fields]
            elif kind in _LISTS:
                misfits.append(Misfit("a list", node, address))
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
            # A list of schemas under `items` is a tuple in older dialects.
            item_kind = _LISTS.get(kind, kind)
            below = [(item_kind, item, f"{address}/{i}") for i, item in enumerate(value)]
            below.reverse()
            stack += below
        elif not (kind == "schema" and type(value) is bool):
            misfits.append(Misfit("a list" if kind in _LISTS else "a mapping", value, address))
