"""Schemas of OpenAPI 3.0 spelled as 3.1, in place; and which versions are taken at all.

Decides what the words of 3.0 are in 3.1, and what a root object must look like to be read. Does not interpret schemas.

| 3.0 | 3.1 |
| --- | --- |
| `type: T, nullable: true` | `type: [T, "null"]`; `null` is added to an `enum` |
| `nullable: true` beside `oneOf` / `anyOf` | one more arm, `{type: "null"}` |
| `nullable: true` beside `allOf` or `$ref` | `anyOf: [{...}, {type: "null"}]`; what describes it stays outside |
| `exclusiveMinimum: true` with `minimum: 3` | `exclusiveMinimum: 3`; likewise for the maximum |
| `example` of a schema | `examples: [...]`, unless it has some |

`format: binary` and `format: byte` stay: they say what 3.1 says with `contentEncoding`, and real 3.1 documents use
both. The words of 3.0 are taken in 3.1 documents too, where they mean nothing by the letter: whoever writes
`nullable: true` means it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Final

from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import escape
from clientsmith.load.text import Tree

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
"""What describes a schema and so stays outside when the schema becomes an arm."""

_VERSION: Final = re.compile(r"(\d{1,3})\.(\d{1,3})(?:[.-].*)?\Z", re.ASCII)


def upgrade_schema(schema: dict[str, Tree]) -> str | None:
    """Spell one Schema Object as 3.1, in place; those below it are not touched.

    Returns:
        where its own keywords went, as a pointer below it (`/anyOf/0`), or None when they are where they were.
    """
    moved: str | None = None
    if "nullable" in schema:
        moved = _spell_nullable(schema)
    if "exclusiveMinimum" in schema:
        _spell_exclusive(schema, "exclusiveMinimum", "minimum")
    if "exclusiveMaximum" in schema:
        _spell_exclusive(schema, "exclusiveMaximum", "maximum")
    if "example" in schema:
        example = schema.pop("example")
        schema.setdefault("examples", [example])
    return moved


def uses_words_of_30(schema: Mapping[str, Tree]) -> bool:
    """Whether a schema says something that only OpenAPI 3.0 knows."""
    return (
        "nullable" in schema
        or isinstance(schema.get("exclusiveMinimum"), bool)
        or isinstance(schema.get("exclusiveMaximum"), bool)
    )


def version_of(root: Tree, report: Report, name: str) -> tuple[int, int]:
    """The version of an OpenAPI object: `(3, 0)`.

    Raises:
        ClientsmithError: `no-document` for anything else than an OpenAPI object, `unsupported-version`.
    """
    here = Location(name)
    if not isinstance(root, dict):
        raise report.fatal("no-document", f"{name!r} holds no OpenAPI document, but {_kind_of(root)}", here)
    written = root.get("openapi")
    if written is None:
        raise _not_openapi(root, report, name)
    match = _VERSION.match(written) if isinstance(written, str) else None
    if match is None:
        shown = repr(written) if isinstance(written, str | int | float) else _kind_of(written)
        message = f"openapi is {shown[:40]}, not a version"
        raise report.fatal("unsupported-version", message, Location(name, "/openapi"), hint="such as openapi: 3.1.0")
    version = int(match[1]), int(match[2])
    if version[0] != 3 or version > NEWEST:
        newest = ".".join(map(str, NEWEST))
        raise report.fatal(
            "unsupported-version",
            f"OpenAPI {written} is not supported",
            Location(name, "/openapi"),
            hint=f"versions 3.0 to {newest} are",
        )
    return version


def check_root_keys(root: Mapping[str, Tree], report: Report, name: str) -> None:
    """Warn of keys that an OpenAPI object does not have, with what was perhaps meant."""
    for key in root:
        if key not in ROOT_KEYS and not key.startswith("x-"):
            near = difflib.get_close_matches(key, ROOT_KEYS, 2)
            hint = f"did you mean {' or '.join(map(repr, near))}?" if near else ""
            report.add(
                "unknown-root-key", f"OpenAPI has no root field {key!r}", Location(name, f"/{escape(key)}"), hint=hint
            )


def _not_openapi(root: Mapping[str, Tree], report: Report, name: str) -> Exception:
    if "swagger" in root:
        return report.fatal(
            "unsupported-version",
            f"this is Swagger {str(root['swagger'])[:20]}, the older form of OpenAPI, which is not supported yet",
            Location(name, "/swagger"),
            hint="convert it to OpenAPI 3 first",
        )
    if "arazzo" in root:
        return report.fatal(
            "no-document",
            f"{name!r} is an Arazzo description: it tells workflows over APIs, not what an API has",
            Location(name, "/arazzo"),
            hint="give the OpenAPI documents that its sourceDescriptions name",
        )
    if "overlay" in root:
        return report.fatal(
            "no-document",
            f"{name!r} is an overlay: it changes a document and is none",
            Location(name, "/overlay"),
            hint="name it under overlays, and the document under sources",
        )
    if "asyncapi" in root:
        return report.fatal("no-document", f"{name!r} is an AsyncAPI document", Location(name, "/asyncapi"))
    close = difflib.get_close_matches("openapi", [key for key in root if key.lower() != "info"], 1, 0.75)
    hint = "its first line would be, for example, openapi: 3.1.0"
    if close:
        hint = f"did you mean 'openapi' by {close[0]!r}?"
    elif any(key in root for key in ("type", "properties", "$schema", "$defs")):
        hint = "it looks like a JSON Schema: an OpenAPI document can refer to it"
    return report.fatal(
        "no-document", f"{name!r} is no OpenAPI document: it has no 'openapi' at its top", Location(name), hint=hint
    )


def _kind_of(value: Tree) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    return "nothing" if value is None else "a single value"


def _spell_nullable(schema: dict[str, Tree]) -> str | None:
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
        arms = schema.get(keyword)
        if isinstance(arms, list) and not any(_takes_null(arm) for arm in arms):
            arms.append({"type": "null"})
    return None


def _takes_null(arm: Tree) -> bool:
    if not isinstance(arm, dict):
        return False
    kind = arm.get("type")
    return kind == "null" or (isinstance(kind, list) and "null" in kind) or arm.get("nullable") is True


def _spell_exclusive(schema: dict[str, Tree], exclusive: str, limit: str) -> None:
    flag = schema[exclusive]
    if isinstance(flag, bool):
        del schema[exclusive]
        if flag and limit in schema:
            schema[exclusive] = schema.pop(limit)
