"""The skeleton of an authored document: what pages of prose state, as OpenAPI, each part with its `x-source`.

Decides where a claim belongs in an OpenAPI document. What a document needs and no page states gets an `x-assumed` that
says so, for a person to confirm or to correct; nothing else is invented.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, assert_never

from clientsmith.claims.citations import SECTIONS, CitedPage
from clientsmith.claims.model import (
    Claim,
    EnumClaim,
    ErrorCodeClaim,
    FieldClaim,
    OperationClaim,
    SentenceClaim,
    Statement,
    StatusClaim,
)
from clientsmith.claims.paths import fits
from clientsmith.load.tree import is_array, is_object

_EXAMPLE = re.compile(r"(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{12,})(\.\w+)?", re.I)
"""A segment of a path that is the id of an example."""

_PLACEHOLDERS = ("{uuid}", "{guid}", "{string}", "{int}", "{integer}", "{number}")
_PARAMETER = re.compile(r"\{([^{}]+)\}")

_HEADER = """\
# The {name} API, written by `clientsmith init` from its pages, for you to complete: read it beside them.
# `x-source` cites what states a part, `x-assumed` says what no page was understood to state. Correct both.
"""


def skeleton_text(name: str, pages: Mapping[str, Sequence[Statement]]) -> str:
    """Returns an OpenAPI document, as YAML, of everything that pages state.

    Args:
        name: of the provider.
        pages: the statements of each page, by its path in the provider's folder.
    """
    return _HEADER.format(name=name) + "".join(f"{line}\n" for line in _yaml(_Skeleton(name, pages).document(), 0))


class _Skeleton:
    def __init__(self, name: str, pages: Mapping[str, Sequence[Statement]]) -> None:
        self.name, self.pages = name, pages
        self.sources: dict[int, dict[str, str]] = {}
        """The `x-source` of each claim, by its identity."""
        self.claims: list[Claim] = []
        for page, statements in pages.items():
            cited = CitedPage(statements)
            for statement in statements:
                for claim in statement.claims:
                    self.claims.append(claim)
                    self.sources[id(claim)] = _source(page, statement, claim, cited)
        self.base = next((one.words for one in self._sentences("server")), "")

    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = {
            "openapi": "3.1.0",
            "info": {"title": self.name, "version": "1", "x-assumed": "title and version"},
        }
        servers = [{"url": one.words, "x-source": self.sources[id(one)]} for one in self._sentences("server")]
        if servers:
            document["servers"] = servers[:1]
        schemes = self._schemes()
        if schemes:
            document["security"] = [{key: []} for key in schemes]
        paths: dict[str, Any] = {}
        for claim in self.claims:
            if isinstance(claim, OperationClaim):
                path = _template(claim.path, self._base_path())
                known = next((one for one in paths if _same_path(one, path)), path)
                item = paths.setdefault(known, {})
                item.setdefault(claim.method, self._operation(claim, known))
        document["paths"] = paths
        if schemes:
            document["components"] = {"securitySchemes": schemes}
        return document

    def _sentences(self, topic: str) -> list[SentenceClaim]:
        return [one for one in self.claims if isinstance(one, SentenceClaim) and one.topic == topic]

    def _is_deprecated(self, operation: str, subject: str) -> bool:
        notices = [one for one in self._sentences("deprecation") if one.operation == operation]
        return any(one.subject == subject and one.words.startswith("deprecated") for one in notices)

    def _base_path(self) -> str:
        return "/" + "/".join(self.base.split("/")[3:]) if self.base.count("/") > 2 else ""

    def _schemes(self) -> dict[str, Any]:
        schemes: dict[str, Any] = {}
        for one in self._sentences("authentication"):
            kind, _, name = one.words.partition(" ")
            if kind == "Authorization:" and name in ("Bearer", "Basic"):
                scheme: dict[str, Any] = {"type": "http", "scheme": name.lower()}
            elif kind == "Authorization:":
                scheme = {"type": "apiKey", "in": "header", "name": "Authorization"}
            else:
                scheme = {"type": "apiKey", "in": kind, "name": name}
            key = "apiKey" if not schemes else f"apiKey{len(schemes) + 1}"
            schemes[key] = {**scheme, "x-source": self.sources[id(one)]}
        return schemes

    # Operations

    def _operation(self, claim: OperationClaim, path: str) -> dict[str, Any]:
        source = self.sources[id(claim)]
        operation: dict[str, Any] = {}
        if section := source.get("section", ""):
            operation["summary"] = section.rpartition(SECTIONS)[2]
        operation["x-source"] = source
        if self._is_deprecated(claim.operation, ""):
            operation["deprecated"] = True
        names = _PARAMETER.findall(path)
        sent = [one for one in self._fields(claim, "request") if one.path not in names]
        returned = self._fields(claim, "response")
        parameters = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}, "x-source": source}
            for name in names
        ]
        by_place: dict[str, list[FieldClaim]] = {}
        for one in sent:
            by_place.setdefault(_place(one, claim.method), []).append(one)
        for place in ("query", "header"):
            tree = self._object(by_place.get(place, []), claim)
            required = tree.get("required", [])
            for name, schema in tree.get("properties", {}).items():
                own = {key: schema.pop(key) for key in ("x-source", "x-assumed", "deprecated") if key in schema}
                needed = {"required": True} if name in required else {}
                parameters.append({"name": name, "in": place, **needed, "schema": schema, **own})
        if parameters:
            operation["parameters"] = parameters
        if "body" in by_place:
            schema = self._object(by_place["body"], claim)
            operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
        operation["responses"] = self._responses(claim, returned)
        return operation

    def _responses(self, claim: OperationClaim, returned: Sequence[FieldClaim]) -> dict[str, Any]:
        responses: dict[str, Any] = {}
        for one in self.claims:
            if isinstance(one, StatusClaim | ErrorCodeClaim) and one.operation in ("", claim.operation) and one.status:
                response = {"description": _reason(one.status), "x-source": self.sources[id(one)]}
                responses.setdefault(one.status, response)
        successes = [status for status in responses if status.startswith("2")]
        if not successes:
            assumed = "the status of success, which the page does not state"
            responses = {"200": {"description": _reason("200"), "x-assumed": assumed}, **responses}
            successes = ["200"]
        by_status: dict[str, list[FieldClaim]] = {}
        for one in returned:
            by_status.setdefault(one.status or successes[0], []).append(one)
        for status, fields in by_status.items():
            response = responses.setdefault(
                status, {"description": _reason(status), "x-source": self.sources[id(fields[0])]}
            )
            response["content"] = {"application/json": {"schema": self._object(fields, claim)}}
        return dict(sorted(responses.items()))

    def _fields(self, claim: OperationClaim, side: str) -> list[FieldClaim]:
        """The fields of one side of an operation; where the page does not tell the sides apart, by what is usual."""
        own = [one for one in self.claims if isinstance(one, FieldClaim) and one.operation == claim.operation]
        asked = any(one.role == "request" for one in own)
        usual = "request" if claim.method in ("post", "put", "patch") and not asked else "response"
        return [one for one in own if (one.role or usual) == side]

    # Schemas

    def _object(self, fields: Sequence[FieldClaim], operation: OperationClaim) -> dict[str, Any]:
        """The schema of what rows describe: `error.code` in `error`, `ads[].url` in the items of `ads`."""
        root: dict[str, Any] = {"type": "object", "properties": {}}
        # Rows say more than samples, and come first.
        for claim in sorted(fields, key=lambda one: one.form == "example"):
            steps = re.findall(r"\[\w*\]|[^.\[\]]+", claim.path)
            node, owner, last = root, root, ""
            for step in steps:
                if step.startswith("["):
                    if node is root and last == "":
                        root.pop("properties", None)
                    node["type"] = "array"
                    node.pop("x-assumed", None)
                    node = node.setdefault("items", {"type": "object"})
                else:
                    node.setdefault("type", "object")
                    if node["type"] == "string" and "x-assumed" in node:
                        node["type"] = "object"
                        del node["x-assumed"]
                    owner, last = node, step
                    node = node.setdefault("properties", {}).setdefault(step, {})
            if last and not steps[-1].startswith("["):
                self._complete(node, owner, last, claim, operation)
        return _finished(root)

    def _complete(
        self, schema: dict[str, Any], owner: dict[str, Any], name: str, claim: FieldClaim, operation: OperationClaim
    ) -> None:
        types: list[str] = [*claim.types, *(["null"] if claim.nullable else [])]
        if types and "type" not in schema:
            schema["type"] = types[0] if len(types) == 1 else types
        values = list(
            dict.fromkeys(
                one.value
                for one in self.claims
                if isinstance(one, EnumClaim)
                and one.operation in ("", operation.operation)
                and one.field in (claim.path, claim.path.rpartition(".")[2])
            )
        )
        if values and "enum" not in schema and schema.get("type", "string") == "string":
            schema["enum"] = values
            schema.setdefault("type", "string")
        if claim.default and "default" not in schema:
            schema["default"] = _value(claim.default, schema.get("type"))
        if claim.required and name not in owner.get("required", []):
            owner.setdefault("required", []).append(name)
        if self._is_deprecated(claim.operation, claim.path):
            schema["deprecated"] = True
        schema.setdefault("x-source", self.sources[id(claim)])


def _finished(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with its keys in their usual order, and an assumption where no type is known."""
    kind = schema.get("type")
    if kind is None:
        schema["type"] = "string"
        schema["x-assumed"] = "a text; the page does not state the type"
    if kind == "array" and "items" not in schema:
        schema["items"] = {"type": "string", "x-assumed": "texts; the page does not state what is in the list"}
    if is_object(schema.get("items")):
        _finished(schema["items"])
    for child in schema.get("properties", {}).values():
        _finished(child)
    order = ("type", "enum", "default", "deprecated", "required", "x-source", "x-assumed", "items", "properties")
    ordered = {key: schema[key] for key in order if key in schema}
    schema.clear()
    schema.update(ordered)
    return schema


def _source(page: str, statement: Statement, claim: Claim, cited: CitedPage) -> dict[str, str]:
    """The `x-source` of a claim: its section, by as many headings as it needs, and its row or its words."""
    source = {"page": page}
    own = statement.sections
    if own:
        # As few headings as tell it apart from all others.
        shorter = (SECTIONS.join(own[-count:]) for count in range(1, len(own)))
        source["section"] = next((one for one in shorter if cited.leads_to(one) == [own]), SECTIONS.join(own))
    match claim:
        case FieldClaim(path=row) | ErrorCodeClaim(code=row):
            source["row"] = row
        case StatusClaim(status=row) if statement.text.startswith(row):
            source["row"] = row
        case OperationClaim() | EnumClaim() | StatusClaim() | SentenceClaim():
            if not statement.level and statement.text.isprintable():
                source["quote"] = statement.text
        case _:
            assert_never(claim)
    return source


def _place(claim: FieldClaim, method: str) -> str:
    """Where a field of a request is sent."""
    section = claim.group.partition("|")[0].lower()
    if "query" in section:
        return "query"
    if "header" in section:
        return "header"
    return "body" if method in ("post", "put", "patch") else "query"


def _template(path: str, base: str) -> str:
    """A path below the base URL, with parameters in the places of an example's ids: `/lists/{list_id}.json`."""
    below = path[len(base) :] if base and path.startswith(f"{base}/") else path
    segments: list[str] = []
    for segment in below.split("/"):
        example = _EXAMPLE.fullmatch(segment)
        if example or segment in _PLACEHOLDERS:
            before = next((one for one in reversed(segments) if one and "{" not in one), "item")
            name = re.sub(r"\W", "_", before)
            singular = f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
            segments.append(f"{{{singular}_id}}{(example[1] or '') if example else ''}")
        else:
            segments.append(segment)
    return "/".join(segments)


def _same_path(one: str, other: str) -> bool:
    """Whether two templates differ in nothing but the names of their parameters."""
    return fits(one, other) and fits(other, one)


def _reason(status: str) -> str:
    try:
        return HTTPStatus(int(status)).phrase
    except ValueError:
        return "Another status"


def _value(text: str, kind: object) -> Any:
    """A default as a value of its type."""
    kinds = kind if is_array(kind) else [kind]
    if "string" in kinds or kind is None:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


# ------------------------------------------------------------------------------------------------------------ YAML

_PLAIN = re.compile(r"[A-Za-z_/](?:[A-Za-z0-9_./ -]*[A-Za-z0-9_.])?")
"""A text that needs no quotation marks, in a mapping on one line either."""

_RESERVED = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")
_WIDTH = 110
"""The most columns of a mapping or list on one line."""


def _yaml(value: Any, indent: int) -> Iterator[str]:
    """The lines of a mapping in YAML 1.2; what is short and contains only scalars is on one line."""
    space = " " * indent
    for key, child in value.items():
        flow = _flow(child)
        if not (is_object(child) or is_array(child)) or (flow is not None and len(flow) + indent + len(key) < _WIDTH):
            yield f"{space}{_scalar(key)}: {flow}"
        elif is_object(child):
            yield f"{space}{_scalar(key)}:"
            yield from _yaml(child, indent + 2)
        else:
            yield f"{space}{_scalar(key)}:"
            for item in child:
                short = _flow(item)
                if not is_object(item) or (short is not None and len(short) + indent < _WIDTH):
                    yield f"{space}  - {short}"
                else:
                    first, *others = _yaml(item, indent + 4)
                    yield f"{space}  - {first.lstrip()}"
                    yield from others


def _flow(value: Any) -> str | None:
    """A value on one line; None for a mapping that contains further mappings."""
    if is_object(value):
        if any(is_object(child) and child for child in value.values()):
            return None
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(child)}" for key, child in value.items()) + "}"
    if is_array(value):
        items = [_flow(item) for item in value]
        return None if None in items else "[" + ", ".join(map(str, items)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    return json.dumps(value, ensure_ascii=not (isinstance(value, str) and value.isprintable()))
