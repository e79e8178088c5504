"""A server on loopback that plays documents: it takes the requests that a document allows, and answers as it says.

    server = DocumentServer()
    place = server.add(root)                    "/0": where this document is served
    server.turn = 3                             of the answers that an operation may give, the fourth

A request is refused with 404 or 405 where the document has no such operation, 401 without the credentials that it
demands, 415 and 406 for media types that it does not name, and 400 for what its schemas do not allow. What it does not
name, servers ignore: an argument or a body too many is no fault.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from loopback import Answer, Part, Provider, Seen
from schema_instances import Schemas, Tree, key_of

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Refused(Exception):
    """The document does not allow a request."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(f"{status}: {why}")
        self.status, self.why = status, why


class Parameter(NamedTuple):
    """A parameter, and the pointer to the schema of its value; `media`: of the one media type that it is written in."""

    location: str
    name: str
    required: bool
    style: str
    explode: bool
    schema: str
    media: str | None


@dataclass(frozen=True)
class Described:
    """An operation of a document. `bodies` and `answers` have the pointers to schemas, by media types."""

    method: str
    template: str
    parameters: tuple[Parameter, ...]
    body_required: bool
    bodies: Mapping[str, str]
    answers: tuple[tuple[int, str | None, str, Mapping[str, str]], ...]
    security: tuple[Mapping[str, Any], ...]
    extent: Mapping[str, str]
    """What it is made of: the text at each pointer that it needs."""

    @property
    def key(self) -> str:
        return f"{self.method} {re.sub('{[^}]*}', '{}', self.template)}"


@dataclass
class Call:
    """What a request sends, as JSON: parameters by location and name, and a body if there is a media type."""

    parameters: dict[tuple[str, str], Any] = field(default_factory=dict[tuple[str, str], Any])
    media: str | None = None
    body: Any = None
    accept: str | None = None


class Document:
    """What one document allows, and what it answers."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self.sent, self.received = Schemas(root, received=False), Schemas(root, received=True)
        self.root = root
        self.schemes: Mapping[str, Tree] = {
            name: self.sent.at(self.sent.followed(f"#/components/securitySchemes/{key_of(name)}"))
            for name in root.get("components", {}).get("securitySchemes", {})
        }
        self.operations = {one.key: one for one in self._operations()}

    # ---------------------------------------------------------------------------------------------------- reading it

    def _operations(self) -> Iterator[Described]:
        for path in self.root.get("paths", {}):
            place = self.sent.followed(f"#/paths/{key_of(path)}")
            for method in METHODS:
                if method in self.sent.at(place):
                    yield self._operation(path, place, method)

    def _operation(self, path: str, place: str, method: str) -> Described:
        at = f"{place}/{method}"
        operation: Tree = self.sent.at(at)
        parameters = {
            (one.location, one.name): one
            for above in (place, at)
            for number in range(len(self.sent.at(above).get("parameters", ())))
            for one in [self._parameter(self.sent.followed(f"{above}/parameters/{number}"))]
        }
        body = self.sent.followed(f"{at}/requestBody") if "requestBody" in operation else None
        return Described(
            method.upper(),
            path,
            tuple(parameters.values()),
            body is not None and self.sent.at(body).get("required") is True,
            self._contents(body) if body else {},
            tuple(self._answers(at, operation)),
            tuple(operation.get("security", self.root.get("security", ()))),
            self._extent(at, place, operation),
        )

    def _parameter(self, at: str) -> Parameter:
        found: Tree = self.sent.at(at)
        media = next(iter(found.get("content", ())), None)
        style = found.get("style", "form" if found["in"] in ("query", "cookie") else "simple")
        return Parameter(
            found["in"],
            found["name"],
            found.get("required") is True,
            style,
            found.get("explode", style == "form") is True,
            f"{at}/content/{key_of(media)}/schema" if media else f"{at}/schema",
            media,
        )

    def _contents(self, at: str) -> dict[str, str]:
        contents: Tree = self.sent.at(at).get("content", {})
        return {media: f"{at}/content/{key_of(media)}" for media in contents}

    def _answers(self, at: str, operation: Tree) -> Iterator[tuple[int, str | None, str, Mapping[str, str]]]:
        responses: Tree = operation.get("responses", {})
        named = [key for key in responses if str(key).startswith("2")] or [key for key in responses if key == "default"]
        for key in sorted(named, key=str):
            place = self.sent.followed(f"{at}/responses/{key_of(str(key))}")
            status = int(key) if str(key).isdigit() else 200
            headers = {
                name: f"{self.sent.followed(f'{place}/headers/{key_of(name)}')}/schema"
                for name in self.sent.at(place).get("headers", ())
            }
            contents = self._contents(place)
            for media, pointer in contents.items():
                yield status, media, pointer, headers
            if not contents:
                yield status, None, "", headers

    def _extent(self, at: str, place: str, operation: Tree) -> dict[str, str]:
        """All texts that say what the operation is: its own, and those of all that it refers to."""
        found = {"operation": json.dumps(operation), "place": place.rpartition("/")[2]}
        found["security"] = json.dumps([operation.get("security", self.root.get("security")), self.schemes])
        found["shared"] = json.dumps(self.sent.at(place).get("parameters"))
        waiting = [*found.values()]
        while waiting:
            for target in re.findall(r'"\$ref": "(#[^"]*)"', waiting.pop()):
                if target not in found:
                    found[target] = json.dumps(self.sent.at(target))
                    waiting.append(found[target])
        return found

    # ------------------------------------------------------------------------------------------------ what it allows

    def calls(self, operation: Described) -> list[Call]:
        """Requests that it allows: with all that may be sent, with what must be, and with each other value once."""
        values = {(one.location, one.name): (one, self._values(one)) for one in operation.parameters}
        full = {key: some[0] for key, (_, some) in values.items() if some}
        needed = {key: value for key, value in full.items() if values[key][0].required}
        bodies = [(media, value) for media, at in operation.bodies.items() for value in self._bodies(media, at)]
        media, body = bodies[0] if bodies else (None, None)
        found = [Call(full, media, body), Call(needed, *(bodies[0] if operation.body_required and bodies else ()))]
        found += [Call({**full, key: value}, media, body) for key, (_, some) in values.items() for value in some[1:]]
        found += [Call(full, *one) for one in bodies[1:]]
        return found

    def _values(self, one: Parameter) -> list[Any]:
        """The values of a parameter; texts of a path are distinguished by its name."""
        found = self.sent.instances(one.schema)
        if one.required and not one.media:
            found = [value for value in found if value is not None]  # Null is sent by leaving a parameter out.
        return [one.name] if one.location == "path" and found[:1] == ["text"] else found

    def _bodies(self, media: str, at: str) -> list[Any]:
        has_schema = "schema" in self.sent.at(at)
        if not _is_json(media) and not _is_form(media):
            return ["text"]
        return self.sent.instances(f"{at}/schema") if has_schema else [{"a": 1}]

    def check(self, operation: Described, request: Seen) -> None:
        """Raises:
        Refused: The document does not allow the request.
        """
        if operation.security and not any(self._is_known(one, request) for one in operation.security):
            raise Refused(401, "no credentials that are demanded")
        names = re.findall(r"{([^}]+)}", operation.template)
        found = _matcher(operation.template).fullmatch(request.path)
        path = dict(zip(names, map(unquote, found.groups() if found else ()), strict=True))
        for one in operation.parameters:
            self._check_parameter(one, request, path)
        if request.body or request.content_type:
            self._check_body(operation, request)
        elif operation.body_required:
            raise Refused(400, "no body")

    def _is_known(self, demanded: Mapping[str, Any], request: Seen) -> bool:
        return all(_is_given(name, self.schemes[name], request) for name in demanded)

    def _check_parameter(self, one: Parameter, request: Seen, path: Mapping[str, str]) -> None:
        if one.location == "header" and one.name.lower() in ("accept", "content-type", "authorization"):
            return
        texts = _texts_of(one, request, path, self.sent)
        if texts is None:
            if one.required:
                raise Refused(400, f"no {one.location} {one.name}")
            return
        value = json.loads(texts) if one.media and isinstance(texts, str) else self._value(one.schema, texts)
        if (fault := self.sent.fault(one.schema, value)) is not None:
            raise Refused(400, f"{one.location} {one.name}: {fault}")

    def _check_body(self, operation: Described, request: Seen) -> None:
        if not operation.bodies:
            return
        media = _named(request.content_type, operation.bodies)
        if media is None:
            raise Refused(415, request.content_type)
        at = operation.bodies[media]
        if "schema" not in self.sent.at(at):
            return
        value: Any
        if _is_json(request.content_type):
            value = request.json()
        elif request.content_type == "application/x-www-form-urlencoded":
            value = self._form(f"{at}/schema", parse_qsl(request.body.decode(), keep_blank_values=True))
        elif request.content_type == "multipart/form-data":
            encodings: Tree = self.sent.at(at).get("encoding", {})
            parts = [(one.name, _part(one, encodings.get(one.name, {}).get("contentType"))) for one in request.parts()]
            value = self._form(f"{at}/schema", parts)
        else:
            return
        if (fault := self.sent.fault(f"{at}/schema", value)) is not None:
            raise Refused(400, f"body {fault}")

    def _form(self, pointer: str, pairs: Iterable[tuple[str, Any]]) -> Tree:
        properties: Tree = self.sent.merged({"$ref": pointer}).get("properties", {})
        found: Tree = {}
        for name, text in pairs:
            name = name.removesuffix("[]")
            schema = self.sent.merged(properties.get(name, {}))
            if schema.get("type") == "array":
                found.setdefault(name, []).append(_read(text, self.sent.merged(schema.get("items", {}))))
            else:
                found[name] = _read(text, schema)
        return found

    def _value(self, pointer: str, texts: str | list[str] | Mapping[str, str]) -> Any:
        schema = self.sent.merged({"$ref": pointer})
        if isinstance(texts, list):
            return [_read(text, self.sent.merged(schema.get("items", {}))) for text in texts]
        if isinstance(texts, str):
            candidates = [_read(texts, schema), texts, *_readings(texts)]
            return next((one for one in candidates if self.sent.fault(pointer, one) is None), candidates[0])
        properties: Tree = schema.get("properties", {})
        return {name: _read(text, self.sent.merged(properties.get(name, {}))) for name, text in texts.items()}

    # ----------------------------------------------------------------------------------------------- what it answers

    def answers(self, operation: Described, accepted: str = "*/*") -> list[Answer]:
        """The answers that it may give to a request that accepts these media types: one for each choice."""
        found: list[Answer] = []
        for status, media, pointer, headers in operation.answers:
            if media is not None and not _accepts(accepted, media):
                continue
            given = {name: _header(self.received.instances(at)[0]) for name, at in headers.items() if self._is(at)}
            for body in self._contents_of(media, pointer) if media else [b""]:
                content_type = {"Content-Type": media.replace("*", "plain")} if media else {}
                found.append(Answer(status, body, {**given, **content_type}))
        return found

    def _is(self, pointer: str) -> bool:
        return "schema" in self.received.at(pointer.rpartition("/")[0]) and bool(self.received.instances(pointer))

    def _contents_of(self, media: str, pointer: str) -> list[bytes]:
        described: Tree = self.received.at(pointer)
        if "itemSchema" in described:
            items = [json.dumps(one) for one in self.received.instances(f"{pointer}/itemSchema")]
            is_events = media == "text/event-stream"
            return ["".join(f"data: {one}\n\n" if is_events else f"{one}\n" for one in items).encode()]
        if not _is_json(media):
            return [b"text"]
        values = self.received.instances(f"{pointer}/schema") if "schema" in described else [{"a": 1}]
        return [json.dumps(value).encode() for value in values]

    def respond(self, request: Seen, turn: int) -> Answer:
        """The answer to a request, or why there is none."""
        there = [one for one in self.operations.values() if _matcher(one.template).fullmatch(request.path)]
        there.sort(key=lambda one: one.template.count("{"))
        there = [one for one in there if one.template.count("{") == there[0].template.count("{")]
        for operation in there:
            if operation.method == request.method:
                try:
                    self.check(operation, request)
                except Refused as refused:
                    return Answer(refused.status, {"refused": refused.why})
                accepted = request.headers.get("accept", "*/*")
                found = self.answers(operation, accepted)
                if not found and any(media and _accepts(accepted, media) for _, media, *_ in operation.answers):
                    return Answer(501, {"refused": "no value was found for the schema of the answer"})
                if not found:
                    return Answer(406, {"refused": "no media type that is accepted"})
                return found[turn % len(found)]
        return Answer(405 if there else 404, {"refused": f"{request.method} {request.path}"})


class DocumentServer(Provider):
    """Plays any number of documents, each at a path of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.documents: list[Document] = []
        self.turn = 0

    def add(self, document: Document) -> str:
        self.documents.append(document)
        return f"/{len(self.documents) - 1}"

    def respond(self, request: Seen) -> Answer:
        number, slash, rest = request.path.removeprefix("/").partition("/")
        seen = Seen(request.method, slash + rest, request.query, request.headers, request.body, request.raw_query)
        return self.documents[int(number)].respond(seen, self.turn)


# ------------------------------------------------------------------------------------------------------------- on wires

SECRET = "secret-{}"
"""What the credential of a scheme is."""


def _is_given(name: str, scheme: Tree, request: Seen) -> bool:
    secret = SECRET.format(name)
    match scheme.get("type"), scheme.get("in"):
        case "apiKey", "header":
            return request.headers.get(scheme["name"].lower()) == secret
        case "apiKey", "query":
            return request.query.get(scheme["name"]) == secret
        case "apiKey", _:
            return f"{scheme['name']}={secret}" in request.headers.get("cookie", "")
        case "http", _ if str(scheme.get("scheme")).lower() == "basic":
            text = base64.b64encode(f"{secret}:{secret}".encode()).decode()
            return request.headers.get("authorization") == f"Basic {text}"
        case _:
            return request.headers.get("authorization", "").endswith(f" {secret}")


def _matcher(template: str) -> re.Pattern[str]:
    pieces = re.split(r"{[^}]+}", template)
    return re.compile("([^/]+)".join(map(re.escape, pieces)))


def _texts_of(
    one: Parameter, request: Seen, path: Mapping[str, str], schemas: Schemas
) -> str | list[str] | dict[str, str] | None:
    """The texts of a parameter as its style has them; None if it was not sent."""
    schema = schemas.merged({"$ref": one.schema})
    types: Any = schema.get("type", "")
    is_list, is_object = "array" in types, "object" in types or "properties" in schema
    pairs = parse_qsl(request.raw_query, keep_blank_values=True)
    if one.location == "query" and is_object and not one.media:
        named = {key: value for key, value in pairs if key in schema.get("properties", {})}
        deep = {match[1]: v for k, v in pairs if (match := re.fullmatch(re.escape(one.name) + r"\[(.*)\]", k))}
        found = deep if one.style == "deepObject" else named if one.explode else {}
        return found or None
    texts: list[str]
    match one.location:
        case "query":
            texts = [value for key, value in pairs if key in (one.name, f"{one.name}[]")]
        case "header":
            texts = [request.headers[one.name.lower()]] if one.name.lower() in request.headers else []
        case "path":
            texts = [path[one.name]]
        case _:
            texts = re.findall(rf"(?:^|; ){re.escape(one.name)}=([^;]*)", request.headers.get("cookie", ""))
    if not texts:
        return None
    if len(texts) > 1 and not (is_list and one.explode):
        raise Refused(400, f"{one.location} {one.name} more than once")
    if is_list and not one.media and not (one.location == "query" and one.explode and one.style == "form"):
        separator = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(one.style, ",")
        return [piece for text in texts for piece in text.split(separator)] if texts != [""] else []
    return texts if is_list and not one.media else texts[-1]


def _readings(text: str) -> Iterator[Any]:
    """What else a text may be the text of."""
    if re.fullmatch(r"-?\d+", text):
        yield int(text)
    if re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text):
        yield float(text)
    if text in ("true", "false"):
        yield text == "true"
    if text in ("", "null"):
        yield None


def _read(text: Any, schema: Tree) -> Any:
    """A text as a value of the type of a schema, where it is one."""
    types: Any = schema.get("type", ())
    if not isinstance(text, str) or "string" in types:
        return text
    return next((value for value in _readings(text) if not (value is None and "null" not in types)), text)


def _part(part: Part, documented: str | None) -> Any:
    media = (part.content_type or "text/plain").partition(";")[0]
    if documented is not None and not any(_accepts(one.strip(), media) for one in documented.split(",")):
        raise Refused(400, f"part {part.name} is {media}, not {documented}")
    return json.loads(part.content) if _is_json(media) else part.content.decode("latin-1")


def _header(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(map(_header, value))  # pyright: ignore[reportUnknownArgumentType]  # A value of JSON.
    return value if isinstance(value, str) else json.dumps(value)


def _is_json(media: str) -> bool:
    name = media.partition(";")[0].strip().lower()
    return name.endswith(("/json", "+json")) or name == "*/*"


def _is_form(media: str) -> bool:
    return media in ("multipart/form-data", "application/x-www-form-urlencoded")


def _named(content_type: str, bodies: Mapping[str, str]) -> str | None:
    for media in bodies:
        name = media.partition(";")[0].strip().lower()
        if name in (content_type, "*/*", f"{content_type.partition('/')[0]}/*"):
            return media
    return None


def _accepts(accepted: str, media: str) -> bool:
    name = media.partition(";")[0].strip().lower()
    ranges = [one.partition(";")[0].strip().lower() for one in accepted.split(",")]
    return any(one in (name, "*/*", f"{name.partition('/')[0]}/*") for one in ranges) or "*" in name
