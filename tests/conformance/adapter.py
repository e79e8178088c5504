"""How the conformance suite drives our clients: through their typed methods, over httpx.

Loaded by the suite's runner, which brings the modules `harness` and `typed`. A value of a scenario becomes what the
method's annotation asks for - a model by its constructor, a date, a file -, so that only the client itself decides what
goes over the wire. Answers are read strictly: what is not as described fails the scenario.
"""

from __future__ import annotations

import base64
import dataclasses
import functools
import importlib
import inspect
import json
import sys
import typing
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any, NoReturn

sys.path.insert(0, str(Path(__file__).parents[2] / "generator"))

from clientsmith.diagnostics import Report
from clientsmith.pipeline import build, surface
from clientsmith.project.settings import Provider
from clientsmith.surface import surface_json

# They come with the suite, so type checkers cannot know them.
harness: Any = importlib.import_module("harness")
typed: Any = importlib.import_module("typed")

NAME = "clientsmith"
SURFACE = "surface.json"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

JsonObject = dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Given:
    """A value that is passed as it is: files, raw bodies."""

    value: Any


def generate(document: Path, target: Path) -> JsonObject:
    """Write the package of `document` to `target`, and its surface beside it."""
    provider = dataclasses.replace(Provider.for_spec([document], target.name), transport="httpx")
    report = Report()
    for name, text in build(provider, report, {}).files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (target / SURFACE).write_text(surface_json(surface(provider, Report())), encoding="utf-8")
    return {"exit": 0, "warnings": "\n".join(map(str, report.warnings))}


class Package:
    """A generated package, imported; `space` are the names that its annotations use."""

    def __init__(self, folder: Path, document: JsonObject) -> None:
        self.ranges = {
            operation["operationId"]
            for item in document["paths"].values()
            for method, operation in item.items()
            if method in METHODS and any("*" in kind for kind in operation.get("requestBody", {}).get("content", {}))
        }
        if str(folder.parent) not in sys.path:
            sys.path.insert(0, str(folder.parent))
        self.module = importlib.import_module(folder.name)
        public = json.loads((folder / SURFACE).read_text(encoding="utf-8"))
        self.operations: dict[str, JsonObject] = {o["operation_id"]: o for o in public["operations"]}
        self.credentials: list[JsonObject] = public["client"]["arguments"]
        self.fields: dict[str, JsonObject] = {
            m["name"]: {f["wire"]: f["name"] for f in m["fields"]} for m in public["models"] if m["kind"] == "model"
        }
        models = importlib.import_module(f"{folder.name}.models")
        codec = importlib.import_module(f"{folder.name}._runtime.codec")
        errors = importlib.import_module(f"{folder.name}._runtime.errors")
        self.codec = codec.Codec(models.__name__)
        self.status_error = errors.APIStatusError
        self.missing = errors.MissingCredentialError
        names = {name: self._alias(getattr(models, name)) for name in models.__all__}
        # Only packages that send files have the module that `File` is from.
        has_files = (folder / "_runtime" / "files.py").is_file()
        self.space: JsonObject = {
            **(vars(importlib.import_module(f"{folder.name}._runtime.files")) if has_files else {}),
            **vars(typing),
            **{name: importlib.import_module(name) for name in ("datetime", "uuid", "decimal", "os")},
            **names,
            "models": SimpleNamespace(**names),
        }

    @staticmethod
    def _alias(value: Any) -> Any:
        """An alias that is a text cannot be joined with `|` as long as it is one."""
        return Annotated[value, ""] if isinstance(value, str) else value

    def hints(self, of: Any) -> JsonObject:
        """The annotations of a method or class."""
        module = sys.modules[of.__module__]
        space = {**vars(module), **self.space}
        # With one mapping for both, `typing` would take what the codec has made of an alias before.
        return typing.get_type_hints(of, globalns=space, localns={})

    def value(self, annotation: Any, value: Any) -> Any:
        """A JSON value as what `annotation` asks for; in a union a class that names every property is preferred."""
        try:
            return typed.build(annotation, value, functools.partial(self._special, False))
        except typed.CannotBuild:
            pass
        try:
            return typed.build(annotation, value, functools.partial(self._special, True))
        except typed.CannotBuild as error:
            unsupported(f"cannot build an argument: {error}")

    def _special(self, unnamed: bool, annotation: Any, value: Any) -> Any:
        if isinstance(value, Given):
            return value.value
        if not (isinstance(annotation, type) and dataclasses.is_dataclass(annotation)):
            return NotImplemented
        fields = self.fields.get(getattr(annotation, "__name__", ""))
        if fields is None or not isinstance(value, Mapping):
            raise typed.CannotBuild("no model, or no object")
        hints = self.hints(annotation)
        special = functools.partial(self._special, unnamed)
        known: JsonObject = {}
        extra: JsonObject = {}
        for wire, item in typing.cast("Mapping[str, Any]", value).items():
            (known if wire in fields else extra)[wire] = item
        if extra and not unnamed and hints["additional_properties"] == dict[str, Any]:
            raise typed.CannotBuild(f"no fields for {sorted(extra)}")
        arguments = {fields[wire]: typed.build(hints[fields[wire]], item, special) for wire, item in known.items()}
        if extra:
            arguments["additional_properties"] = typed.build(hints["additional_properties"], extra, special)
        try:
            made: Any = annotation
            return made(**arguments)
        except TypeError as error:  # something required is missing
            raise typed.CannotBuild(str(error)) from None


def load(package_dir: Path, document: JsonObject) -> Package:
    """Import a generated package."""
    return Package(package_dir, document)


def unsupported(message: str) -> NoReturn:
    raise harness.Unsupported(message)


# ---------------------------------------------------------------------------------------------- arguments of a call


def wire_values(package: Package, operation: JsonObject, send: JsonObject) -> JsonObject:
    """What a scenario sends, by the name of the argument it belongs to.

    A media type that no argument can express is a header of this one call, and a property of the body that is not
    documented is in its options, as they are for users.
    """
    arguments: list[JsonObject] = operation["arguments"]
    by_wire = {(a["location"], str(a["wire"]).lower()): a["name"] for a in arguments if a["wire"] is not None}
    values: JsonObject = {}
    for location in ("path", "query", "header", "cookie"):
        for wire, value in send[location].items():
            if (location, wire.lower()) not in by_wire:
                unsupported(f"no argument for the {location} parameter {wire!r}")
            values[by_wire[location, wire.lower()]] = value
    body = send["body"]
    more: JsonObject = {}
    if body is not None:
        given, more = _body_values([a for a in arguments if a["location"] == "body"], body)
        values |= given
    options = {a["name"]: a["annotation"] for a in arguments if a["location"] == "option"}
    headers: dict[str, str] = {}
    for name, header, value in (
        ("content_type", "Content-Type", body and body["content_type"]),
        ("accept", "Accept", send["accept"]),
    ):
        if value is None:
            continue
        if json.dumps(value) in options.get(name, ""):
            values[name] = value
        elif header == "Accept" or operation["operation_id"] in package.ranges:
            headers[header] = value
    for_call = ({"headers": headers} if headers else {}) | ({"extra_body": more} if more else {})
    return {**values, "options": Given(for_call)} if for_call else values


def _body_values(arguments: list[JsonObject], body: JsonObject) -> tuple[JsonObject, JsonObject]:
    """The values of the arguments of the body, and the properties for which there is none."""
    content: Any
    match body["kind"]:
        case "json":
            content = body["json"]
        case "bytes":
            content = Given(base64.b64decode(body["base64"]))
        case "text":
            content = Given(body["text"])
        case "form" | "multipart":
            content = dict(body["fields"])
            for file in body.get("files", ()):
                part = Given((file["filename"], base64.b64decode(file["base64"]), file["content_type"]))
                if file["field"] in body["list_files"]:
                    content.setdefault(file["field"], []).append(part)
                else:
                    content[file["field"]] = part
        case kind:
            unsupported(f"bodies of kind {kind}")
    names = {a["wire"]: a["name"] for a in arguments if a["wire"] is not None}
    whole = [a["name"] for a in arguments if a["wire"] is None]
    if whole and not names:
        return {whole[0]: content}, {}
    if not isinstance(content, dict):
        unsupported(f"no argument for the body, only {sorted(names)}")
    fields = typing.cast("JsonObject", content)
    more = {wire: value for wire, value in fields.items() if wire not in names}
    given = {names[wire]: value for wire, value in fields.items() if wire in names}
    return ({**given, whole[0]: more}, {}) if more and whole else (given, more)


def credentials(package: Package, auth: list[JsonObject]) -> JsonObject:
    """Arguments of the client; one credential of several that fit is enough."""
    given: JsonObject = {}
    for entry in auth:
        names = [c["name"] for c in package.credentials if c["scheme"] == entry["scheme_name"]]
        if len(names) != 1:
            unsupported(f"no argument for the credential {entry['scheme_name']!r} of type {entry['type']}")
        given[names[0]] = entry["value"]
    return given


# --------------------------------------------------------------------------------------------------------- the call


def _prepared(package: Package, operation_id: str, send: JsonObject) -> tuple[str, JsonObject]:
    """The path of the method and its arguments, less their types."""
    if operation_id not in package.operations:
        unsupported(f"no method for {operation_id}")
    operation = package.operations[operation_id]
    return operation["call"], wire_values(package, operation, send)


def _bound(package: Package, client: Any, path: str, values: JsonObject) -> tuple[Any, inspect.BoundArguments]:
    method: Any = functools.reduce(getattr, path.split("."), client)
    hints = package.hints(method)
    arguments = {name: package.value(hints[name], value) for name, value in values.items()}
    signature = inspect.signature(method)
    positional = [
        arguments.pop(p.name)
        for p in signature.parameters.values()
        if p.kind is p.POSITIONAL_OR_KEYWORD and p.name in arguments
    ]
    try:
        return method, signature.bind(*positional, **arguments)
    except TypeError as error:
        unsupported(str(error))


def _settings(package: Package, base_url: str, send: JsonObject) -> JsonObject:
    common = {"base_url": base_url, "transport": "httpx", "strict": True, "max_retries": 0}
    return {**common, **credentials(package, send["auth"])}


def _with_wrong_credentials(package: Package, settings: JsonObject) -> JsonObject:
    """A scenario that gives no credential where the document asks for one wants to see one refused."""
    return {**settings, **{c["name"]: "wrong" for c in package.credentials}}


def _answer(package: Package, response: Any) -> JsonObject:
    value = response.value
    answer: JsonObject = {"status": response.status, "type": type(value).__name__}
    if value is None:
        return {**answer, "kind": "none", "value": None}
    if isinstance(value, bytes) and value == response.content:
        return {**answer, "kind": "bytes", "value": base64.b64encode(value).decode()}
    if isinstance(value, bytes):
        return {**answer, "kind": "json", "value": _as_it_came(value, json.loads(response.content))}
    return {**answer, "kind": "json", "value": package.codec.encode(value)}


def _as_it_came(value: bytes, text: object) -> str:
    """Bytes in the alphabet of the response: alone, they do not know in which of the two they came."""
    standard, url_safe = base64.b64encode(value).decode(), base64.urlsafe_b64encode(value).decode().rstrip("=")
    return url_safe if text == url_safe else standard


def _refused(package: Package, error: Any) -> JsonObject:
    if error.body is None:
        return {"status": error.status, "kind": "none", "value": None}
    return {
        "status": error.status,
        "kind": "json",
        "value": package.codec.encode(error.body),
        "type": type(error.body).__name__,
    }


def call(package: Package, operation_id: str, send: JsonObject, *, base_url: str, step: JsonObject) -> JsonObject:
    """Make a call with the blocking client."""
    path, values = _prepared(package, operation_id, send)

    def made(settings: JsonObject) -> JsonObject:
        with package.module.Client(**settings) as client:
            method, bound = _bound(package, client, path, values)
            try:
                return _answer(package, client.raw(method)(*bound.args, **bound.kwargs))
            except package.status_error as error:
                return _refused(package, error)

    settings = _settings(package, base_url, send)
    try:
        return made(settings)
    except package.missing:
        return made(_with_wrong_credentials(package, settings))


async def acall(
    package: Package, operation_id: str, send: JsonObject, *, base_url: str, step: JsonObject
) -> JsonObject:
    """Make a call with the asynchronous client."""
    path, values = _prepared(package, operation_id, send)

    async def made(settings: JsonObject) -> JsonObject:
        async with package.module.AsyncClient(**settings) as client:
            method, bound = _bound(package, client, path, values)
            try:
                return _answer(package, await client.raw(method)(*bound.args, **bound.kwargs))
            except package.status_error as error:
                return _refused(package, error)

    settings = _settings(package, base_url, send)
    try:
        return await made(settings)
    except package.missing:
        return await made(_with_wrong_credentials(package, settings))
