"""Values that the schemas of a document describe: one for each choice that a schema leaves, one choice at a time.

    Schemas(root, received=False).instances("#/components/schemas/Job")

They are made by the keywords of JSON Schema (2020-12, and the dialect of OpenAPI 3.0), and each is checked against the
schema that it was made of. What is sent has no property that is read-only, what is received none that is write-only.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeAlias, cast

import openapi_schema_validator

Tree: TypeAlias = dict[str, Any]

_LIBRARY: Any = openapi_schema_validator
"""The validators of `jsonschema` for the dialects of OpenAPI, whose types are not known."""

MOST = 40
"""The most values of one schema."""

TEXTS = {
    "date-time": "2024-05-06T07:08:09Z",
    "http-date": "Mon, 06 May 2024 07:08:09 GMT",
    "date": "2024-05-06",
    "time": "07:08:09Z",
    "duration": "PT5M",
    "uuid": "6f1f0f3c-3d9e-4b7a-8f0e-0a4c5f0e7a11",
    "uri": "https://example.com/a",
    "email": "a@example.com",
    "byte": "dGV4dA==",
    "binary": "dGV4dA==",
    "base64url": "dGV4dA",
    "decimal": "1.5",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "hostname": "example.com",
}
PATTERNED = (
    "text", "a", "A", "1", "abc", "ABC", "abcdef", "123", "1234567890", "a-1", "a_1", "en", "US", "USD", "#aabbcc",
    "2024-05-06", "+15551234567", "https://example.com/a", "a" * 24, "0" * 24, "a" * 32, "0" * 32,
)  # fmt: skip
ANYTHING: tuple[Any, ...] = ("text", 7, 1.5, True, None, {"a": 1}, ["a"])
DEEP, DEEPEST = 3, 8
"""Below the first, objects have no property that they need not have; below the second there is nothing."""


def parts_of(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.removeprefix("#").split("/")[1:]]


def key_of(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


class Schemas:
    """The schemas of a document, as they are of what is sent or of what is received."""

    def __init__(self, root: Mapping[str, Any], *, received: bool) -> None:
        self.is_old = str(root["openapi"]).startswith("3.0")
        self._hidden = "writeOnly" if received else "readOnly"
        self._root: Tree = copy.deepcopy(dict(root))
        for schema in mappings(self._root):
            _tagged(schema)
            names, properties = schema.get("required"), schema.get("properties")
            if isinstance(names, list) and isinstance(properties, dict):
                listed, known = cast("list[str]", names), cast("Tree", properties)
                schema["required"] = [one for one in listed if one not in known or not self._is_hidden(known[one])]
                if self.is_old and not schema["required"]:
                    del schema["required"]
        self._validators: dict[str, Any] = {}
        self._found: dict[str, list[Any]] = {}

    def at(self, pointer: str) -> Any:
        node: Any = self._root
        for part in parts_of(pointer):
            node = cast("Tree", node)[part] if isinstance(node, dict) else cast("list[Any]", node)[int(part)]
        return node

    def followed(self, pointer: str) -> str:
        """The pointer to what a reference refers to, or the pointer itself."""
        node: Tree = self.at(pointer)
        return self.followed(node["$ref"]) if "$ref" in node else pointer

    def fault(self, pointer: str, value: Any) -> str | None:
        """Why a value does not fit the schema at a pointer; None if it does."""
        validator = self._validators.get(pointer)
        if validator is None:
            schema: Tree = {key: self._root[key] for key in ("paths", "components") if key in self._root}
            schema["$ref"] = pointer
            version = "30" if self.is_old else "31"
            validator = getattr(_LIBRARY, f"OAS{version}Validator")(
                schema, format_checker=getattr(_LIBRARY, f"oas{version}_format_checker")
            )
            self._validators[pointer] = validator
        errors: Any = validator.iter_errors(value)
        error: Any = next(iter(errors), None)
        return f"{'/'.join(map(str, error.path))}: {error.message}" if error is not None else None

    def instances(self, pointer: str) -> list[Any]:
        """Values of the schema at a pointer, no two the same; the first has all that it may have."""
        if pointer not in self._found:
            values = _different(self._values({"$ref": pointer}, 0))
            self._found[pointer] = [value for value in islice(values, MOST) if self.fault(pointer, value) is None]
        return self._found[pointer]

    def merged(self, schema: Any) -> Tree:
        """A schema with what it refers to and all of `allOf` in it."""
        if not isinstance(schema, dict):
            return {} if schema is not False else {"not": {}}
        found: Tree = dict(cast("Tree", schema))
        reference = found.pop("$ref", None)
        if reference is not None:
            return _both(self.merged(self.at(reference)), {} if self.is_old else self.merged(found))
        for part in cast("list[Any]", found.pop("allOf", ())):
            found = _both(found, self.merged(part))
        return found

    def _is_hidden(self, schema: Any) -> bool:
        return isinstance(schema, dict) and self._hidden in self.merged(schema)

    # ------------------------------------------------------------------------------------------------------- values

    def _values(self, schema: Any, depth: int) -> Iterator[Any]:
        found = self.merged(schema)
        if depth > DEEPEST or ("not" in found and found["not"] == {}):
            return
        if "const" in found:
            yield found["const"]
        elif "enum" in found:
            yield from found["enum"]
        elif "oneOf" in found or "anyOf" in found:
            yield from self._members(found, depth)
        else:
            types: Any = found.get("type", _implied(found))
            named = [types] if isinstance(types, str) else list(types)
            for name in sorted(named, key=lambda one: one == "null"):
                yield from self._of_type(name, found, depth)
            if not named:
                yield from ANYTHING
        if found.get("nullable") is True and self.is_old:
            yield None

    def _members(self, schema: Tree, depth: int) -> Iterator[Any]:
        key = "oneOf" if "oneOf" in schema else "anyOf"
        base = {name: value for name, value in schema.items() if name != key}
        for member in cast("list[Any]", schema[key]):
            yield from islice(self._values(_both(base, self.merged(member)), depth), MOST // 2)

    def _of_type(self, name: str, schema: Tree, depth: int) -> Iterator[Any]:
        match name:
            case "null":
                yield None
            case "boolean":
                yield from (True, False)
            case "integer" | "number":
                yield from _numbers(name, schema)
            case "string":
                yield from _texts(schema)
            case "array":
                least = int(schema.get("minItems", 0))
                items = [*self._values(schema.get("items", {}), depth + 1)]
                yield from ([item] * max(least, 1) for item in items)
                yield from ([items[0], item] for item in items[-1:])
                yield from [[]] if not least else []
            case _:
                yield from self._objects(schema, depth)

    def _objects(self, schema: Tree, depth: int) -> Iterator[Tree]:
        needed: list[str] = schema.get("required", [])
        values: dict[str, list[Any]] = {}
        for name, one in schema.get("properties", {}).items():
            if name in needed or (depth < DEEP and not self._is_hidden(one)):
                values[name] = list(islice(_different(self._values(one, depth + 1)), MOST // 2))
        for name in needed:
            values.setdefault(name, ["text"])
        if not all(values[name] for name in needed):
            return
        full = {name: some[0] for name, some in values.items() if some}
        yield full
        yield {name: some[0] for name, some in values.items() if name in needed}
        for name, some in values.items():
            for value in some[1:]:
                yield {**full, name: value}
        others: Any = schema.get("additionalProperties")
        if others is True or isinstance(others, dict):
            for value in islice(self._values(others, depth + 1), 8):
                yield {**full, "anotherName": value}


def _numbers(name: str, schema: Tree) -> Iterator[int | float]:
    bounds = [schema.get(key) for key in ("minimum", "maximum")]
    whole = [value for value in (7, 1, 0) if _is_within(value, bounds)]
    yield from [1.5] if name == "number" and _is_within(1.5, bounds) else []
    yield from whole[:1]
    for bound in bounds:
        if isinstance(bound, int | float) and (name == "number" or bound == int(bound)) and abs(bound) < 2**53:
            yield int(bound) if bound == int(bound) else bound


def _is_within(value: float, bounds: Iterable[Any]) -> bool:
    low, high = bounds
    return (low is None or value >= low) and (high is None or value <= high)


def _texts(schema: Tree) -> Iterator[str]:
    low, high = int(schema.get("minLength", 0)), schema.get("maxLength")
    if "pattern" in schema:
        yield from [text for text in PATTERNED if re.search(str(schema["pattern"]), text)]
        return
    if schema.get("format") in TEXTS:
        yield TEXTS[schema["format"]]
        return
    text = "text".ljust(low, "x")[: high if isinstance(high, int) else None]
    yield text
    if isinstance(high, int) and high <= 1000:
        yield text.ljust(high, "x")


def _implied(schema: Tree) -> list[str]:
    if "properties" in schema or "additionalProperties" in schema:
        return ["object"]
    if "items" in schema:
        return ["array"]
    return ["string"] if "pattern" in schema or "format" in schema else []


def _both(one: Tree, other: Tree) -> Tree:
    """A schema that demands what both do, as far as values are made by it."""
    found = {**one, **other}
    if "properties" in one and "properties" in other:
        before, after = cast("Tree", one["properties"]), cast("Tree", other["properties"])
        common = {key: {"allOf": [before[key], after[key]]} for key in before if key in after}
        found["properties"] = {**before, **after, **common}
    if "required" in one and "required" in other:
        found["required"] = [*dict.fromkeys([*one["required"], *other["required"]])]
    return found


def _tagged(schema: Tree) -> None:
    """Turns a union with a discriminator into what it means: members that demand their tags."""
    discriminator: Any = schema.get("discriminator")
    members: Any = schema.get("oneOf") or schema.get("anyOf")
    if not isinstance(discriminator, dict) or not isinstance(members, list):
        return
    del schema["discriminator"]
    schema.pop("oneOf", None)
    about = cast("Tree", discriminator)
    mapping: dict[str, str] = about.get("mapping", {})
    schema["anyOf"] = [_with_tag(one, about["propertyName"], mapping) for one in cast("list[Tree]", members)]


def _with_tag(member: Tree, name: str, mapping: Mapping[str, str]) -> Tree:
    target = str(member.get("$ref", ""))
    own = target.rpartition("/")[2]
    tags = [tag for tag, one in mapping.items() if one in (target, own)] or [own]
    return {"allOf": [member, {"required": [name], "properties": {name: {"enum": tags}}}]} if own else member


def _different(values: Iterable[Any]) -> Iterator[Any]:
    seen: set[str] = set()
    for value in values:
        text = json.dumps(value, sort_keys=True, default=str)
        if text not in seen:
            seen.add(text)
            yield value


def mappings(node: Any) -> Iterator[Tree]:
    """All mappings of a tree."""
    if isinstance(node, dict):
        yield cast("Tree", node)
        for value in [*cast("Tree", node).values()]:
            yield from mappings(value)
    elif isinstance(node, list):
        items: list[Any] = [*node]
        for item in items:
            yield from mappings(item)
