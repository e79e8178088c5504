"""What a declaration could be called, read off its address: a pure function of the document.

Decides which words of the document describe a place, from the outside in, and whether its author named it. Does not
make identifiers, shorten, or resolve collisions: translate does.

    #/components/schemas/Job                                     Job                     chosen
    #/components/schemas/Job/properties/ads/items                Job, ad                 derived
    #/components/responses/Error400/content/.../schema           Error400                derived
    #/paths/~1jobs/post/requestBody/content/.../schema           createJob, Request      derived
    ... a schema with `title: Order line`                        Order line              chosen
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clientsmith.ir import NameHint
from clientsmith.load.document import Document, escape, unescape
from clientsmith.load.grammar import METHODS, VARIANTS
from clientsmith.parse.reading import is_list, is_map

_COMPONENTS = {"responses", "parameters", "requestBodies", "headers", "callbacks", "pathItems", "mediaTypes"}
_KEYWORDS = {
    "properties", "items", "prefixItems", "additionalProperties", "unevaluatedProperties", "patternProperties", "allOf",
    "oneOf", "anyOf", "$defs", "definitions", "discriminator", "content", "schema", "parameters", "requestBody",
    "responses", "headers",
}  # fmt: skip
_WITH_ARGUMENT = {
    "properties", "$defs", "definitions", "headers", "parameters", "prefixItems", "patternProperties", "oneOf", "anyOf",
    "allOf", "responses", "callbacks", "content", "components", "schemas", "paths", "webhooks",
}  # fmt: skip
"""What a token follows that is a name or a number, not a keyword."""
_OF_COLLECTIONS = {"get": "list", "post": "create"}
"""What a method does to a path that ends in a plural."""
_SIMPLE = {"string", "integer", "number", "boolean", "null"}
_TITLE = re.compile(r"\w[\w'&.-]*(?: [\w'&.-]+){0,4}", re.ASCII)
_VERSION = re.compile(r"v?\d+([._-]\d+)*((alpha|beta|rc|preview)\d*)?", re.IGNORECASE)
_NOISE = re.compile(r"[\W_]+")


def is_version(segment: str) -> bool:
    """Returns whether a path segment does not name a resource: `v1`, `2.0`, `v1beta1`, `api`."""
    return segment.lower() == "api" or _VERSION.fullmatch(segment) is not None


def singular(word: str) -> str | None:
    """Returns the singular of a word: `ads` gives `ad`, `entries` `entry`; `None` if it is not known as a plural."""
    lower = word.lower()
    if len(word) > 4 and lower.endswith("ies"):
        return word[:-3] + "y"
    if lower.endswith(("sses", "shes", "ches", "xes", "statuses", "aliases")):
        return word[:-2]
    if len(word) > 2 and lower.endswith("s") and not lower.endswith(("ss", "us", "is", "news", "series")):
        return word[:-1]
    return None


def operation_words(path: str, method: str, operation: Any) -> tuple[str, ...]:
    """Returns the words of an operation: its id, else its method and the segments of its path.

    Variables of the path are left out; what one of them picks from is in the singular: `GET /jobs/{id}` is `get job`,
    and `GET /jobs` is `list jobs`.
    """
    chosen = operation.get("operationId") if is_map(operation) else None
    if isinstance(chosen, str) and chosen.strip():
        return (chosen,)
    segments = [s for s in re.split(r"[/?#&]", path) if s and not is_version(s)]
    following = [*segments[1:], ""][: len(segments)]
    words = [
        singular(one) or one if after.startswith("{") else one
        for one, after in zip(segments, following, strict=True)
        if not one.startswith("{")
    ]
    if not words:
        return (method, *(s.strip("{}") for s in segments))
    whole = not segments[-1].startswith("{") and singular(words[-1]) is not None
    return (_OF_COLLECTIONS.get(method, method) if whole else method, *words)


class Names:
    """Hints for addresses of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._walks: dict[str, _Walk] = {}
        # A component that consists of a reference to another file names what is defined there.
        self._components = {there: unescape(here.rsplit("/", 1)[-1]) for there, here in document.aliases.items()}

    def hint(self, address: str) -> NameHint:
        """Returns what the schema at the address could be called; the address need not exist."""
        walk = self._walk(address)
        return NameHint(tuple(walk.words), "chosen" if walk.chosen else "derived")

    def _walk(self, address: str) -> _Walk:
        """Returns the walk down to an address; from where an earlier one came by, if the place is a property."""
        above, _, rest = address.rpartition("/properties/")
        if above and above.rpartition("/")[2] not in _WITH_ARGUMENT:
            walk = self._walks.get(above)
            if walk is None:
                walk = self._walks[above] = self._walk(above)
            walk = walk.copy(["properties", *(unescape(token) for token in rest.split("/"))])
        else:
            walk = self._start(address)
        while walk.rest:
            walk.step()
        return walk

    def _start(self, address: str) -> _Walk:
        file, _, pointer = address.partition("#")
        tokens = [unescape(token) for token in pointer.split("/")[1:]]
        root: Any = self._document.files.get(file) if file else self._document.root
        walk = _Walk(root, tokens)
        if file:
            walk.file(file, self._components)
        else:
            walk.outermost()
        return walk


class _Walk:
    """Goes down an address, gathering words."""

    def __init__(self, root: Any, tokens: list[str]) -> None:
        self.value: Any = root
        self.rest = tokens
        self.words: list[str] = []
        self.chosen = False
        self.fresh = False
        """The words are one chosen name so far: its items are not its singular."""
        self.incoming = False
        """Below a webhook or a callback: what is sent there is received here."""

    def copy(self, rest: list[str]) -> _Walk:
        """Returns the same place, to go on from there."""
        twin = _Walk(self.value, rest)
        twin.words, twin.chosen, twin.fresh = [*self.words], self.chosen, self.fresh
        twin.incoming = self.incoming
        return twin

    def take(self) -> str:
        token = self.rest.pop(0)
        if is_map(self.value):
            self.value = self.value.get(token)
        elif is_list(self.value) and token.isdecimal() and int(token) < len(self.value):
            self.value = self.value[int(token)]
        else:
            self.value = None
        return token

    def add(self, *words: str) -> None:
        self.words.extend(words)
        self.chosen = self.fresh = False

    def name(self, *words: str, chosen: bool) -> None:
        self.words, self.chosen, self.fresh = list(words), chosen, True

    def file(self, file: str, components: Mapping[str, str]) -> None:
        """The words of a place in another file: its component's name, else that of the place, else the file's."""
        for end in range(len(self.rest), -1, -1):
            address = f"{file}#" + "".join(f"/{escape(token)}" for token in self.rest[:end])
            if address in components:
                for _ in range(end):
                    self.take()
                self.name(components[address], chosen=True)
                return
        head = self.rest[0] if self.rest else ""
        self.name(re.split(r"[./]", file.rsplit("/", 1)[-1])[0], chosen=True)
        if head in {"components", "paths", "webhooks"}:
            self.outermost()
        elif head and head not in _KEYWORDS and head not in METHODS:
            self.name(self.take(), chosen=True)

    def outermost(self) -> None:
        head = self.rest[0] if self.rest else ""
        if head == "components" and len(self.rest) > 2:
            self.take()
            section = self.take()
            self.name(self.take(), chosen=section == "schemas")
            if section == "callbacks" and self.rest:
                self.take()
            if section in {"callbacks", "pathItems"} and self.rest and not self.rest[0].startswith("parameters"):
                method = self.take()
                self.name(*self._own_words(self.words[0], method), chosen=False)
        elif head in {"paths", "webhooks"} and len(self.rest) > 2:
            self.incoming = self.take() == "webhooks"
            path = self.take()
            method = self.take() if self.rest[0] != "parameters" else ""
            if method == "additionalOperations" and self.rest:
                method = self.take()
            if self.rest[:1] == [VARIANTS] and len(self.rest) > 1:
                self.take()
                self.take()
            words = self._own_words(path, method)
            self.name(*(words[-1:] if self.incoming else words), chosen=False)

    def _own_words(self, path: str, method: str) -> tuple[str, ...]:
        words = operation_words(path, method, self.value)
        return tuple(word for word in words if word)

    def step(self) -> None:
        before = self.value
        token = self.take()
        match token:
            case "properties" | "$defs" | "definitions" | "headers" if self.rest:
                name = self.take()
                if token in {"$defs", "definitions"}:
                    self.name(name, chosen=True)
                else:
                    self.add(name)
                    self._title(name)
            case "parameters" if self.rest:
                index = self.take()
                named = self.value.get("name") if is_map(self.value) else None
                self.add(named if isinstance(named, str) else f"Parameter{index}")
            case "items":
                self._one_of_them("Item")
                self._title("")
            case "prefixItems" if self.rest:
                self.add(f"Item{int(self.take()) + 1}")
                self._title("")
            case "additionalProperties" | "unevaluatedProperties" | "patternProperties":
                if token == "patternProperties" and self.rest:
                    self.take()
                self._one_of_them("Value")
                self._title("")
            case "oneOf" | "anyOf" if self.rest:
                members = self.value
                index = self.take()
                if not _is_alone(members):
                    number = int(index) + 1 if index.isdecimal() else index
                    self.add(_tag(self.value) or _difference(self.value, members) or f"Option{number}")
                self._title("")
            case "allOf" if self.rest:
                self.take()
            case "discriminator":
                self.add("Base")
            case "requestBody":
                self.add("Payload" if self.incoming else "Request")
            case "responses" if self.rest:
                responses = self.value
                self.add(response_word(self.take(), responses))
            case "callbacks" if len(self.rest) > 2:
                name, _, method = self.take(), self.take(), self.take()
                self.name(*operation_words(name, method, self.value)[-1:], chosen=False)
                self.incoming = True
            case "headers":
                self.add("Headers")
            case "content" if self.rest:
                self.take()
            case "schema" | "itemSchema":
                self._title("")
            case _ if before is None:
                self.value = None
            case _:
                pass

    def _one_of_them(self, suffix: str) -> None:
        one = None if self.fresh else singular(self.words[-1]) if self.words else None
        if one is None:
            self.add(suffix)
        else:
            self.words[-1] = one
            self.chosen = self.fresh = False

    def _title(self, property_name: str) -> None:
        """A `title` names its schema, unless it only repeats the name of the property (as some frameworks write it)."""
        title = self.value.get("title") if is_map(self.value) else None
        if not isinstance(title, str) or not _TITLE.fullmatch(title) or not any(c.isalpha() for c in title):
            return
        if property_name and _NOISE.sub("", title).lower() == _NOISE.sub("", property_name).lower():
            return
        self.name(title, chosen=True)


def _is_alone(members: Any) -> bool:
    """Returns whether all members but one are null or plain scalars: then the name of that one is that of the whole."""
    if not is_list(members):
        return False
    return sum(not _is_plain(member) for member in members) <= 1


def _is_plain(member: Any) -> bool:
    return is_map(member) and _is_simple(member.get("type")) and not {"enum", "const"} & member.keys()


def _is_simple(type_: Any) -> bool:
    return isinstance(type_, str) and type_ in _SIMPLE


def _difference(variant: Any, members: Any) -> str | None:
    """Returns what no other variant has: its kind (`List`, `Value`), or a property (`ByImage`)."""
    if not is_map(variant) or not is_list(members):
        return None
    others = [other for other in members if other is not variant]
    kind = _kind(variant)
    if kind is not None and all(_kind(other) != kind for other in others):
        return kind
    properties = variant.get("properties")
    if not is_map(properties):
        return None
    required = variant.get("required")
    listed = [name for name in required if isinstance(name, str)] if is_list(required) else []
    # A key of YAML may be a number.
    names: dict[Any, None] = dict.fromkeys((*(name for name in listed if name in properties), *properties))
    for name in names:
        if isinstance(name, str) and not any(_has(other, name) for other in others):
            return f"By{name[:1].upper()}{name[1:]}"
    return None


def _kind(variant: Any) -> str | None:
    if not is_map(variant):
        return None
    if "enum" in variant:
        return "Value"
    if variant.get("type") == "array" or "items" in variant:
        return "List"
    return None


def _has(variant: Any, name: str) -> bool:
    properties = variant.get("properties") if is_map(variant) else None
    return is_map(properties) and name in properties


def _tag(variant: Any) -> str | None:
    """Returns the one value of a constant property, which distinguishes this variant from the others: `card`."""
    if is_map(variant) and isinstance(variant.get("$ref"), str):
        return unescape(variant["$ref"].rsplit("/", 1)[-1])
    properties = variant.get("properties") if is_map(variant) else None
    for schema in properties.values() if is_map(properties) else ():
        if is_map(schema):
            values = [schema["const"]] if "const" in schema else schema.get("enum")
            if is_list(values) and len(values) == 1 and isinstance(values[0], str) and values[0]:
                return values[0]
    return None


def response_word(status: str, responses: Any) -> str:
    """Returns `Response` for the first success, `Error409` for a failure, `Response202` for a further success."""
    statuses = sorted(str(key) for key in responses) if is_map(responses) else []
    successes = [s for s in statuses if s.startswith("2")] or [s for s in statuses if s == "default"]
    if not successes or status == successes[0]:
        return "Response"
    if status.startswith("2"):
        return f"Response{status}"
    return "Error" if status == "default" else f"Error{status}"
