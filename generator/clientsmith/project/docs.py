"""`docs/configuration.md` and `docs/provider.schema.json`, written from the table in `settings_keys`.

    python -m clientsmith.project.docs FOLDER      writes both

A test holds the committed files against this.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import assert_never

from clientsmith.project.keys import PROVIDER, Choice, Key, ListOf, MapOf, PathText, Shape, TableOf, Text

_INTRODUCTION = """\
# Configuration

Written from the code (`python -m clientsmith.project.docs docs`); the same as a JSON Schema, for editors:
[provider.schema.json](provider.schema.json).

There are two places. `[tool.clientsmith]` in `pyproject.toml` marks the project and may name two folders in it:

```toml
[tool.clientsmith]
specs = "specs"            # one folder a provider, with its provider.toml
generated = "generated"    # one folder a client
```

Everything else stands in `specs/<provider>/provider.toml`, next to the provider's own files. What is a fact about the
API (jobs, paging, corrections) belongs in an overlay instead. An unknown key is an error.

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
reason = "no page of the provider says what a part is"
```

The folder of a provider is called as its package can be imported: lower case letters, digits and `_`.
"""


def configuration_page() -> str:
    """The text of `docs/configuration.md`."""
    parts = [_INTRODUCTION]
    for key in PROVIDER.keys:
        parts.append(f"\n## `{key.name}`\n\n{_about(key)}\n")
        inner = _table_inside(key.shape)
        if inner is not None:
            parts.append("\n| key | value | meaning |\n| --- | --- | --- |\n")
            parts += [f"| `{sub.name}` | {_value(sub)} | {sub.meaning} |\n" for sub in inner.keys]
            if inner.one_of:
                names = " and ".join(f"`{name}`" for name in inner.one_of)
                parts.append(f"\nOf {names}, at least one must be there.\n")
    return "".join(parts)


def provider_schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of `provider.toml`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "provider.toml of clientsmith",
        **_schema(PROVIDER),
    }


def _about(key: Key) -> str:
    rule = "Required." if key.required else f"When left out: {key.default}."
    words = _words(key.shape)
    return f"{key.meaning}\n\n{words[0].upper()}{words[1:]}. {rule}"


def _value(key: Key) -> str:
    return f"{_words(key.shape)}; required" if key.required else _words(key.shape)


def _words(shape: Shape) -> str:
    """What a value must be, in words."""
    match shape:
        case Text():
            return shape.rule or "a text"
        case PathText():
            return "a path inside the provider's folder, with `/`"
        case Choice():
            listed = " or ".join(f"`{value}`" for value in shape.values)
            return listed if len(shape.values) < 9 else "the slug of a warning (see [diagnostics](diagnostics.md))"
        case ListOf():
            return "a list of tables" if isinstance(shape.item, TableOf) else f"a list; each: {_words(shape.item)}"
        case MapOf():
            return f"a table; keys: {_words(shape.key)}; values: {_words(shape.value)}"
        case TableOf():
            return "a table"
        case _:
            assert_never(shape)


def _table_inside(shape: Shape) -> TableOf | None:
    match shape:
        case TableOf():
            return shape
        case ListOf():
            return _table_inside(shape.item)
        case _:
            return None


def _schema(shape: Shape) -> dict[str, object]:
    match shape:
        case Text():
            return {"type": "string", "pattern": f"^({shape.pattern})$"}
        case PathText():
            return {"type": "string", "pattern": _INSIDE}
        case Choice():
            return {"enum": list(shape.values)}
        case ListOf():
            least: dict[str, object] = {"minItems": shape.at_least} if shape.at_least else {}
            return {"type": "array", "items": _schema(shape.item), **least}
        case MapOf():
            return {"type": "object", "propertyNames": _schema(shape.key), "additionalProperties": _schema(shape.value)}
        case TableOf():
            table: dict[str, object] = {
                "type": "object",
                "properties": {key.name: {"description": key.meaning, **_schema(key.shape)} for key in shape.keys},
                "required": [key.name for key in shape.keys if key.required],
                "additionalProperties": False,
            }
            if shape.one_of:
                table["anyOf"] = [{"required": [name]} for name in shape.one_of]
            return table
        case _:
            assert_never(shape)


_INSIDE = r"^(?!\.{1,2}(/|$))[^/\\:\u0000]+(/(?!\.{1,2}(/|$))[^/\\:\u0000]+)*$"
"""As `lock.is_inside`."""


def main(folder: str) -> None:
    """Write both files into `folder`."""
    Path(folder, "configuration.md").write_bytes(configuration_page().encode())
    Path(folder, "provider.schema.json").write_bytes(f"{json.dumps(provider_schema(), indent=2)}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1])
