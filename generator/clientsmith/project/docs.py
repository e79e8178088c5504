"""`docs/configuration.md` and `docs/provider.schema.json`, written from the table in `keys`.

    python -m clientsmith.project.docs FOLDER      writes both

A test compares the committed files with what this module writes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

from clientsmith.project.keys import (
    PROVIDER,
    Choice,
    Date,
    Key,
    ListOf,
    MapOf,
    PathString,
    String,
    TableOf,
    ValueKind,
)

_INTRODUCTION = """\
# Configuration

This page is written from the code (`python -m clientsmith.project.docs docs`). The same as a JSON Schema, for editors:
[provider.schema.json](provider.schema.json).

There are two files. `pyproject.toml` marks the project with the table `[tool.clientsmith]`, all of whose keys are
optional:

```toml
[tool.clientsmith]
specs = "specs"            # contains one folder for each provider, with its provider.toml
generated = "generated"    # contains one folder for each client
runtime = "shared"         # the clients import one `generated/_runtime`; "vendored": each has a copy of its own
```

Without `runtime`, each client has a copy of its own, and `clientsmith init` writes `runtime = "shared"` into the table
when it sets up the first provider of a project. [Vendoring](vendoring.md) explains the choice. A client of
`--spec` always has a copy of its own.

Everything else is in `specs/<provider>/provider.toml`, beside the provider's own files. Facts about the API (jobs,
paging, corrections) belong in an overlay instead. An unknown key is an error.

```toml
package = "acme"
overlays = ["overlays/client.yaml"]

[[sources]]
path = "pages/get-job.md"
kind = "page"
address = "https://docs.acme.example/api/get-job.md"

[[allow]]
slug = "untyped"
pointer = "/components/schemas/Job/properties/parts"
reason = "no page of the provider states what a part is"
```

The name of a provider's folder is the name by which its client is imported: lower case letters, digits and `_`.
"""


def configuration_page() -> str:
    """Returns the text of `docs/configuration.md`."""
    parts = [_INTRODUCTION]
    for key in PROVIDER.keys:
        parts.append(f"\n## `{key.name}`\n\n{_about(key)}\n")
        parts += _tables(key.name, key.kind)
    return "".join(parts)


def _tables(name: str, kind: ValueKind) -> Iterator[str]:
    """Yields the table of the keys of a table, and those of the tables in it."""
    inner = _table_inside(kind)
    if inner is None:
        return
    yield "\n| key | value | meaning |\n| --- | --- | --- |\n"
    yield from (f"| `{sub.name}` | {_value(sub)} | {sub.meaning} |\n" for sub in inner.keys)
    if inner.one_of:
        names = " and ".join(f"`{name}`" for name in inner.one_of)
        yield f"\nAt least one of {names} is required.\n"
    for sub in inner.keys:
        if _table_inside(sub.kind) is not None:
            yield f"\n### `{name}.{sub.name}`\n"
            yield from _tables(f"{name}.{sub.name}", sub.kind)


def provider_schema() -> dict[str, object]:
    """Returns the JSON Schema (2020-12) of `provider.toml`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "provider.toml of clientsmith",
        **_schema(PROVIDER),
    }


def _about(key: Key) -> str:
    rule = "Required." if key.required else f"Default: {key.default}."
    words = _words(key.kind)
    return f"{key.meaning}\n\n{words[0].upper()}{words[1:]}. {rule}"


def _value(key: Key) -> str:
    return f"{_words(key.kind)}; required" if key.required else _words(key.kind)


def _words(kind: ValueKind) -> str:
    """Returns in words what a value must be."""
    match kind:
        case String():
            return kind.rule or "a string"
        case PathString():
            return "a path inside the provider's folder, with `/`"
        case Choice():
            listed = " or ".join(f"`{value}`" for value in kind.values)
            return listed if len(kind.values) < 9 else "the slug of a warning (see [diagnostics](diagnostics.md))"
        case Date():
            return "a date such as `2026-12-31`"
        case ListOf():
            return "a list of tables" if isinstance(kind.item, TableOf) else f"a list of: {_words(kind.item)}"
        case MapOf():
            return f"a table; its keys: {_words(kind.key)}; its values: {_words(kind.value)}"
        case TableOf():
            return "a table"
        case _:
            assert_never(kind)


def _table_inside(kind: ValueKind) -> TableOf | None:
    match kind:
        case TableOf():
            return kind
        case ListOf():
            return _table_inside(kind.item)
        case _:
            return None


def _schema(kind: ValueKind) -> dict[str, object]:
    match kind:
        case String():
            return {"type": "string", "pattern": f"^({kind.pattern})$"}
        case PathString():
            return {"type": "string", "pattern": _INSIDE}
        case Choice():
            return {"enum": list(kind.values)}
        case Date():
            return {"type": "string", "format": "date"}
        case ListOf():
            least: dict[str, object] = {"minItems": kind.at_least} if kind.at_least else {}
            return {"type": "array", "items": _schema(kind.item), **least}
        case MapOf():
            return {"type": "object", "propertyNames": _schema(kind.key), "additionalProperties": _schema(kind.value)}
        case TableOf():
            table: dict[str, object] = {
                "type": "object",
                "properties": {key.name: {"description": key.meaning, **_schema(key.kind)} for key in kind.keys},
                "required": [key.name for key in kind.keys if key.required],
                "additionalProperties": False,
            }
            if kind.one_of:
                table["anyOf"] = [{"required": [name]} for name in kind.one_of]
            return table
        case _:
            assert_never(kind)


_INSIDE = r"^(?!\.{1,2}(/|$))[^/\\:\u0000]+(/(?!\.{1,2}(/|$))[^/\\:\u0000]+)*$"
"""The same rule as `lock.is_inside`."""


def main(folder: str) -> None:
    """Write both files into `folder`."""
    Path(folder, "configuration.md").write_bytes(configuration_page().encode())
    Path(folder, "provider.schema.json").write_bytes(f"{json.dumps(provider_schema(), indent=2)}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1])
