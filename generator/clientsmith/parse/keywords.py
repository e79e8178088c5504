"""What `type`, `format` and `enum` of one schema state, in the many forms in which documents write them.

Decides which types a schema allows, which kind of scalar it is, and which values it lists. Which keyword counts where
there are several is decided in `flatten`. A `pattern` or a `minimum` implies no type (OAS 3.2.0, Non-JSON Data).
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from clientsmith.ir import ScalarKind
from clientsmith.load.document import Node
from clientsmith.parse.reading import Reader, is_list, is_map

Kind: TypeAlias = Literal["string", "integer", "number", "boolean", "array", "object", "null", "file"]
"""A type of JSON Schema, or `file` (OAS 2.0)."""

EnumValue: TypeAlias = "str | int | float | bool"

KINDS: tuple[Kind, ...] = ("string", "integer", "number", "boolean", "array", "object")
"""The types of JSON Schema except null."""

STRING_FORMATS: dict[str, ScalarKind] = {
    "date-time": "date-time",
    "http-date": "http-date",
    "date": "date",
    "duration": "duration",
    "uuid": "uuid",
    "decimal": "decimal",
    "byte": "base64",
    "base64": "base64",
    "base64url": "base64url",
    "binary": "binary",
}

_ENCODINGS: dict[str, ScalarKind] = {"base64": "base64", "base64url": "base64url", "binary": "binary"}

_IMPLIED: dict[str, Kind] = {
    **dict.fromkeys(STRING_FORMATS, "string"),
    **dict.fromkeys(("int32", "int64"), "integer"),
    **dict.fromkeys(("float", "double"), "number"),
}
"""The type that a `format` without a type implies."""

_OBJECT_KEYWORDS = (
    "properties", "additionalProperties", "unevaluatedProperties", "patternProperties", "required", "propertyNames",
)  # fmt: skip
_ARRAY_KEYWORDS = ("items", "prefixItems")
_ALIASES: dict[str, Kind] = {
    "str": "string", "text": "string", "int": "integer", "long": "integer", "float": "number", "double": "number",
    "decimal": "number", "bool": "boolean",
    "int32": "integer", "int64": "integer", "list": "array", "dict": "object", "map": "object",
    "uuid": "string", "date": "string", "datetime": "string", "date-time": "string",
}  # fmt: skip

_FORMATS_AS_TYPES = {"uuid": "uuid", "date": "date", "datetime": "date-time", "date-time": "date-time"}
"""Formats that documents write as a type."""

_BY_NAME: dict[str, Kind] = {kind: kind for kind in KINDS}



def string_kind(schema: dict[str, Any]) -> ScalarKind:
    """Returns the kind of a `type: string`, by its format or its encoding.

    `contentEncoding` is that of OAS 3.1; raw media without an encoding is binary, unless it is text or structured text.
    The encoding `binary` is none at all (RFC 2045 section 6.2).
    """
    encoding, media = schema.get("contentEncoding"), schema.get("contentMediaType")
    if isinstance(encoding, str):
        return _ENCODINGS.get(encoding.lower(), "string")
    if isinstance(media, str):
        essence = media.partition(";")[0].strip().lower()
        textual = essence.startswith("text/") or essence.endswith(("json", "xml", "yaml"))
        return "string" if textual else "binary"
    format_ = schema.get("format")
    if format_ is None and (written := schema.get("type")) != "string" and isinstance(written, str):
        format_ = _FORMATS_AS_TYPES.get(written.strip(" ,;").lower())
    return STRING_FORMATS.get(format_, "string") if isinstance(format_, str) else "string"


def kinds_of(reader: Reader, node: Node) -> tuple[list[Kind], bool]:
    """Returns the types that a schema allows, and whether it allows null. None are listed where it does not state any.

    Reads `type` as text or list, `nullable` of OAS 3.0, and infers from the other keywords where there is no `type`.
    """
    schema: dict[str, Any] = node.value
    nullable = schema.get("nullable") is True
    written = schema.get("type")
    if written is None:
        if "type" in schema:
            reader.warn("wrong-type", "'type' should be a string or a list, not null", f"{node.address}/type",
                        hint="write 'null' in quotes for the type of null")  # fmt: skip
        return _implied(schema), nullable
    names: list[Any] = written if is_list(written) else [written]
    kinds: list[Kind] = []
    for name in names:
        if name is None:
            reader.warn("wrong-type", "the type of null is written 'null', in quotes", f"{node.address}/type")
        if name is None or name == "null":
            nullable = True
            continue
        kind = _known_kind(reader, node, name)
        if kind and kind not in kinds:
            kinds.append(kind)
    if not kinds and nullable and all(name in ("null", None) for name in names):
        return ["null"], False
    return kinds, nullable


def _known_kind(reader: Reader, node: Node, name: object) -> Kind | None:
    if isinstance(name, str):
        if name == "file":
            return "file"
        if name in _BY_NAME:
            return _BY_NAME[name]
        lower = name.strip(" ,;").lower()
        kind = _BY_NAME.get(lower) or _ALIASES.get(lower)
        if kind:
            reader.warn("wrong-type", f"'type' {name!r} is not a type of JSON Schema: read as {kind!r}", node.address)
            return kind
    hint = f"the types are {', '.join(KINDS)} and null"
    reader.warn("untyped", f"'type' {name!r} is not a type of JSON Schema: typed as 'Any'", node.address, hint=hint)
    return None


def _implied(schema: dict[str, Any]) -> list[Kind]:
    if any(key in schema for key in _OBJECT_KEYWORDS):
        return ["object"]
    if any(key in schema for key in _ARRAY_KEYWORDS):
        return ["array"]
    format_ = schema.get("format")
    if isinstance(format_, str) and format_ in _IMPLIED:
        return [_IMPLIED[format_]]
    if isinstance(schema.get("contentEncoding"), str) or isinstance(schema.get("contentMediaType"), str):
        return ["string"]
    return []


def enum_values(reader: Reader, node: Node) -> tuple[tuple[EnumValue, ...], bool] | None:
    """Returns the values of an `enum`, each once, and whether null is among them; `None` for objects and lists."""
    schema: dict[str, Any] = node.value
    written = schema.get("type")
    typed = [kind for kind in (written if is_list(written) else [written]) if kind != "null"]
    kind = typed[0] if len(typed) == 1 else None
    # True == 1 in Python, not in JSON.
    values: dict[tuple[bool, EnumValue], None] = {}
    nullable = False
    wrapped = False
    misfits: list[tuple[Node, EnumValue]] = []
    for member in reader.members(node, "enum"):
        value = member.value if kind in (None, "object") else _unwrapped(member.value)
        wrapped = wrapped or value is not member.value
        if value is None:
            nullable = True
        elif is_map(value) or is_list(value):
            message = "the values of an 'enum' of objects or lists are not checked"
            reader.warn("unsupported-schema", message, node.address)
            return None
        else:
            read_as = _as_typed(value, kind)
            values[isinstance(read_as, bool), read_as] = None
            if isinstance(value, str) != isinstance(read_as, str):
                misfits.append((member, read_as))
    _report_misfits(reader, misfits, kind)
    if wrapped:
        message = "values of an 'enum' are written as mappings: the 'value' of each is used"
        reader.warn("wrong-type", message, f"{node.address}/enum")
    return tuple(value for _, value in values), nullable


def _unwrapped(value: Any) -> Any:
    """Returns the value of a member that pages of Fern write as a mapping: `enum: [{value: active}]`."""
    inner = value.get("value") if is_map(value) else None
    return inner if isinstance(inner, (str, int, float)) else value


def _as_typed(value: EnumValue, kind: object) -> EnumValue:
    """Returns the value as its schema's `type` wants it: a version written `1.0` in an enum of strings is text."""
    if kind == "string" and not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if kind in ("integer", "number") and isinstance(value, str):
        try:
            return int(value) if kind == "integer" else float(value)
        except ValueError:
            return value
    if kind == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _report_misfits(reader: Reader, misfits: list[tuple[Node, EnumValue]], kind: object) -> None:
    """Report values of another type than that of their `enum`, once: they are usually all alike."""
    if misfits:
        member, read_as = misfits[0]
        more = f", and {len(misfits) - 1} more" if len(misfits) > 1 else ""
        message = f"the value {member.value!r} of an 'enum' does not have its type {kind!r}: read as {read_as!r}{more}"
        reader.warn("wrong-type", message, member.address)


def value_descriptions(schema: dict[str, Any], values: tuple[EnumValue, ...]) -> tuple[str, ...]:
    """Returns descriptions of the values of an enum, from the extensions in use for them; empty when there are none."""
    for key in ("x-enum-descriptions", "x-enumDescriptions", "x-enum-description"):
        written = schema.get(key)
        if is_map(written):
            texts = [written.get(str(value)) for value in values]
        elif is_list(written) and len(written) == len(values):
            texts = written
        else:
            continue
        if any(isinstance(text, str) for text in texts):
            return tuple(text if isinstance(text, str) else "" for text in texts)
    return ()


def states_null(schema: dict[str, Any]) -> bool:
    """Returns whether a schema allows null by `nullable` or among its types."""
    kinds = schema.get("type")
    return schema.get("nullable") is True or (is_list(kinds) and "null" in kinds)
