"""Versions of OpenAPI: which are read, what a root object must have, and how schemas of 3.0 are written in 3.1.

Decides what the keywords of 3.0 are in 3.1. Does not interpret schemas.

| 3.0 | 3.1 |
| --- | --- |
| `type: T, nullable: true` | `type: [T, "null"]`; `null` is added to an `enum` |
| `nullable: true` beside `oneOf` / `anyOf` | one more member, `{type: "null"}` |
| `nullable: true` beside `allOf` or `$ref` | `anyOf: [{...}, {type: "null"}]`; annotations stay outside |
| `exclusiveMinimum: true` with `minimum: 3` | `exclusiveMinimum: 3`; likewise for the maximum |
| `example` of a schema | `examples: [...]`, unless it has some |

`format: binary` and `format: byte` stay: they mean what `contentEncoding` means in 3.1, and real 3.1 documents use
both. The keywords of 3.0 are applied in 3.1 documents too, where the specification ignores them: whoever writes
`nullable: true` means it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Final

from clientsmith.diagnostics import Location, Report
from clientsmith.load.tree import Tree, escape, type_name

NEWEST: Final = (3, 2)
"""The newest version of OpenAPI that is understood."""

ROOT_KEYS: Final = (
    "openapi",
    "$self",
    "info",
    "jsonSchemaDialect",
    "servers",
    "security",
    "tags",
    "paths",
    "webhooks",
    "components",
    "externalDocs",
)
"""The fixed fields of the OpenAPI Object (3.2.0)."""

_ANNOTATIONS: Final = frozenset(
    {
        "title",
        "description",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "example",
        "examples",
        "externalDocs",
        "xml",
        "$comment",
    }
)
"""Keywords that describe a schema, and stay outside when the schema becomes a member of a union."""

_REWRITTEN: Final = frozenset({"nullable", "exclusiveMinimum", "exclusiveMaximum", "example"})

_VERSION: Final = re.compile(r"(\d{1,3})\.(\d{1,3})(?:[.-].*)?\Z", re.ASCII)


def upgrade_schema(schema: dict[str, Tree]) -> str | None:
    """Rewrites one Schema Object as 3.1, in place; those below it are not touched.

    Returns:
        where its own keywords were moved, as a pointer below it (`/anyOf/0`); None if they were not.
    """
    moved: str | None = None
    if _REWRITTEN.isdisjoint(schema):
        return moved
    if "nullable" in schema:
        moved = _upgrade_nullable(schema)
    if "exclusiveMinimum" in schema:
        _upgrade_exclusive(schema, "exclusiveMinimum", "minimum")
    if "exclusiveMaximum" in schema:
        _upgrade_exclusive(schema, "exclusiveMaximum", "maximum")
    if "example" in schema:
        example = schema.pop("example")
        schema.setdefault("examples", [example])
    return moved


def is_mixed(schema: Mapping[str, Tree]) -> bool:
    """Returns whether a schema of a newer document has keywords, or values of them, that only OpenAPI 3.0 defines."""
    return (
        "nullable" in schema
        or isinstance(schema.get("exclusiveMinimum"), bool)
        or isinstance(schema.get("exclusiveMaximum"), bool)
    )


def version_of(root: Tree, report: Report, name: str) -> tuple[int, int]:
    """Returns the version of an OpenAPI object: `(3, 0)`.

    Raises:
        ClientsmithError: `no-document` for anything but an OpenAPI object, `unsupported-version`.
    """
    here = Location(name)
    if not isinstance(root, dict):
        message = f"{name!r} is not an OpenAPI document: expected a mapping, got {type_name(root)}"
        raise report.fatal("no-document", message, here)
    written = root.get("openapi")
    if written is None:
        raise _not_openapi(root, report, name)
    match = _VERSION.match(written) if isinstance(written, str) else None
    if match is None:
        shown = repr(written) if isinstance(written, str | int | float) else type_name(written)
        message = f"'openapi' must be a version, not {shown[:40]}"
        raise report.fatal("unsupported-version", message, Location(name, "/openapi"), hint="write openapi: 3.1.0")
    version = int(match[1]), int(match[2])
    if version[0] != 3 or version > NEWEST:
        newest = ".".join(map(str, NEWEST))
        raise report.fatal(
            "unsupported-version",
            f"OpenAPI {written} is not supported",
            Location(name, "/openapi"),
            hint=f"use a version from 3.0 to {newest}",
        )
    return version


def check_root_keys(root: Mapping[str, Tree], report: Report, name: str) -> None:
    """Warns of keys that the OpenAPI Object does not define, with the most similar ones."""
    for key in root:
        if key not in ROOT_KEYS and not key.startswith("x-"):
            near = difflib.get_close_matches(key, ROOT_KEYS, 2)
            hint = f"did you mean {' or '.join(map(repr, near))}?" if near else ""
            report.add(
                "unknown-root-key", f"unknown root field {key!r}", Location(name, f"/{escape(key)}"), hint=hint
            )


def _not_openapi(root: Mapping[str, Tree], report: Report, name: str) -> Exception:
    if "swagger" in root:
        return report.fatal(
            "unsupported-version",
            f"Swagger {str(root['swagger'])[:20]}, the predecessor of OpenAPI 3, is not supported yet",
            Location(name, "/swagger"),
            hint="convert the document to OpenAPI 3 first",
        )
    if "arazzo" in root:
        return report.fatal(
            "no-document",
            f"{name!r} is an Arazzo description of workflows, not an OpenAPI document",
            Location(name, "/arazzo"),
            hint="use the OpenAPI documents that its sourceDescriptions name",
        )
    if "overlay" in root:
        return report.fatal(
            "no-document",
            f"{name!r} is an overlay, not an OpenAPI document",
            Location(name, "/overlay"),
            hint="list it under overlays, and the document that it corrects under sources",
        )
    if "asyncapi" in root:
        message = f"{name!r} is an AsyncAPI document, not an OpenAPI document"
        return report.fatal("no-document", message, Location(name, "/asyncapi"))
    close = difflib.get_close_matches("openapi", [key for key in root if key.lower() != "info"], 1, 0.75)
    hint = "add a version, such as openapi: 3.1.0"
    if close:
        hint = f"did you mean 'openapi' instead of {close[0]!r}?"
    elif any(key in root for key in ("type", "properties", "$schema", "$defs")):
        hint = "it looks like a JSON Schema; refer to it from an OpenAPI document"
    message = f"{name!r} is not an OpenAPI document: the root field 'openapi' is missing"
    return report.fatal("no-document", message, Location(name), hint=hint)


def _upgrade_nullable(schema: dict[str, Tree]) -> str | None:
    nullable = schema.pop("nullable")
    if nullable is not True:
        return None
    if "$ref" in schema or "allOf" in schema:
        inner = {key: schema.pop(key) for key in [*schema] if key not in _ANNOTATIONS and not key.startswith("x-")}
        schema["anyOf"] = [inner, {"type": "null"}]
        return "/anyOf/0"
    kind = schema.get("type")
    if isinstance(kind, str):
        if kind != "null":
            schema["type"] = [kind, "null"]
    elif isinstance(kind, list):
        if "null" not in kind:
            kind.append("null")
    elif "properties" in schema or "additionalProperties" in schema:
        schema["type"] = ["object", "null"]
    elif "items" in schema:
        schema["type"] = ["array", "null"]
    values = schema.get("enum")
    if isinstance(values, list) and None not in values:
        values.append(None)
    for keyword in ("oneOf", "anyOf"):
        members = schema.get(keyword)
        if isinstance(members, list) and not any(_allows_null(member) for member in members):
            members.append({"type": "null"})
    return None


def _allows_null(member: Tree) -> bool:
    if not isinstance(member, dict):
        return False
    kind = member.get("type")
    return kind == "null" or (isinstance(kind, list) and "null" in kind) or member.get("nullable") is True


def _upgrade_exclusive(schema: dict[str, Tree], exclusive: str, limit: str) -> None:
    flag = schema[exclusive]
    if isinstance(flag, bool):
        del schema[exclusive]
        if flag and limit in schema:
            schema[exclusive] = schema.pop(limit)
