"""Where each operation is called: `client.fine_tuning.jobs.create(...)`.

The rule, strongest first (docs/names.md explains it to users; pins and the lock come before all, in `resources`):

1. naming extensions, then the call that the document itself shows in Python;
2. operationIds that are addresses (`fine_tuning.jobs.create`), where most of the document's are;
3. tags that are addresses (`agent > settings`), where a third of the document's are;
4. the path: its static segments are resources, its last one the action or else the HTTP method says what is done.

A pure function of the API; names of operations that are called alike are distinguished here, in a fixed order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from clientsmith import ir
from clientsmith.records import dataclass, replace
from clientsmith.translate.verbs import NOUNS_TOO, ORDINARY, is_verb
from clientsmith.translate.words import singular, snake, words_of

Origin: TypeAlias = Literal["pin", "lock", "extension", "sample", "operation-id", "tag", "path"]
"""What decided a name: the settings, the lock, or what of the document it was made of."""
Style: TypeAlias = Literal["path", "tag"]
"""What resources are made of where the author chose nothing: the path, unless many are very deep, or the first tag."""


@dataclass(frozen=True, slots=True)
class CallPath:
    """`CallPath(("fine_tuning", "jobs"), "create", ...)`: `groups` are resources, outermost first; with none, the
    operation is a method of the client itself. `longer` are other names of the method, best first."""

    groups: tuple[str, ...]
    method: str
    longer: tuple[str, ...] = ()
    origin: Origin = "path"


SegmentKind: TypeAlias = Literal["static", "parameter", "action"]
Segment: TypeAlias = tuple[SegmentKind, str]
"""A part of a path: its kind, and its text, which is empty for a parameter."""
Place: TypeAlias = tuple[Segment, ...]

_VERSION = re.compile(
    r"v\d++([._-]\d++)*+([._-]?(alpha|beta|p)\d*+)*+|\d++(\.\d++)++|\d{4}-\d{2}-\d{2}|latest", re.IGNORECASE
)
_API = frozenset({"api", "apis", "rest"})
_CRUD = {"GET": "get", "POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "delete"}
_ADDRESS = re.compile(r"[\w-]+([./][\w-]+)+")
_VERSION_OF_ID = re.compile(r"(?<=\w)[_-]v\d+(\.\d+)+$")
"""The version of an API behind an operationId: `get_hubs_v2025.0`."""
_TAG_ADDRESS = re.compile(r"\S( > |\.|/)\S")
_ITEMS = frozenset(["content", "data", "entries", "items", "list", "objects", "records", "results", "rows", "values"])
"""Properties that hold the items of a page."""
_FILLERS = frozenset({"a", "an", "the"})
_PREPOSITIONS = frozenset({"by", "for", "from", "in", "of", "on", "to", "with"})
_HASH = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{16,}", re.IGNORECASE)
DEEPEST = 5
"""Resources below each other; where a quarter of the paths is deeper, resources are made of tags."""
MOST_SEGMENTS = 32
"""Segments of a path, or parts of a tag or id, that resources are made of."""


def is_version(text: str) -> bool:
    """Returns whether a segment or a part of an id is a version: `v1`, `v1p7beta1`, `2024-01-01`."""
    return _VERSION.fullmatch(text) is not None


def is_hash(text: str) -> bool:
    """Returns whether an id is a long number in hexadecimal."""
    return _HASH.fullmatch(text.replace("-", "").replace("_", "")) is not None


def call_paths(api: ir.Api, style: Style = "path") -> dict[str, CallPath]:
    """Returns the call path of each operation, by address; no two are equal, and none is that of a resource.

    Args:
        api: the API.
        style: what resources are made of where neither ids nor tags are addresses.
    """
    return _Rule(api, style).settled()


class _Rule:
    """The rule for one document."""

    def __init__(self, api: ir.Api, style: Style) -> None:
        self.api = api
        self.operations = api.operations
        self.places = {operation.address: _place(operation) for operation in self.operations}
        self.at: dict[Place, list[ir.Operation]] = defaultdict(list)
        self.below: dict[Place, set[Segment]] = defaultdict(set)
        for operation in self.operations:
            place = self.places[operation.address]
            self.at[place].append(operation)
            for i, segment in enumerate(place):
                self.below[place[:i]].add(segment)
        self.starts = frozenset(start.operation for job in api.jobs for start in job.starts)
        self.polls = frozenset(job.poll.operation for job in api.jobs)
        total = len(self.operations)
        addresses = [parts_of_id(operation) for operation in self.operations]
        self.ids_are_addresses = sum(map(bool, addresses)) * 10 >= total * 6
        self.shared_parts = _shared([parts[:-1] for parts in addresses if parts])
        tags = [operation.tags[0] for operation in self.operations if operation.tags]
        self.tags_are_addresses = sum(_TAG_ADDRESS.search(tag) is not None for tag in tags) * 3 >= total > 0
        self.is_hinted = sum(o.naming is not None and o.naming.is_explicit for o in self.operations) * 4 >= total
        deep = sum(len(_resources(place)) > DEEPEST for place in self.places.values())
        self.by_tags = style == "tag" or deep * 4 > total
        self.samples: dict[tuple[str, ...], list[ir.Operation]] = defaultdict(list)
        for operation in self.operations:
            if operation.naming is not None and operation.naming.sample:
                self.samples[operation.naming.sample].append(operation)

    def settled(self) -> dict[str, CallPath]:
        found = {operation.address: self._call_path(operation) for operation in self.operations}
        for address, path in found.items():
            if len(path.groups) > MOST_SEGMENTS:
                found[address] = replace(path, groups=path.groups[:MOST_SEGMENTS])
        groups = {path.groups[:i] for path in found.values() for i in range(1, len(path.groups) + 1)}
        wanting: dict[tuple[tuple[str, ...], str], list[ir.Operation]] = defaultdict(list)
        for operation in self.operations:
            path = found[operation.address]
            wanting[path.groups, path.method].append(operation)
        taken = {(*owner, method) for owner, method in wanting} | groups
        for (owner, method), operations in sorted(wanting.items()):
            free = (*owner, method) not in groups
            for operation in sorted(operations, key=self._plainest):
                path = found[operation.address]
                longer = tuple(dict.fromkeys(self._longer(operation, path)))
                if not free:
                    method = next((name for name in longer if (*owner, name) not in taken), path.method)
                    taken.add((*owner, method))
                found[operation.address] = CallPath(owner, method, longer, path.origin)
                free = False
        return found

    def _plainest(self, operation: ir.Operation) -> tuple[list[int], int, str]:
        """Returns what operations of one name are sorted by: the newest version, then the plainest path first."""
        segments = [segment for text in operation.path[::2] for segment in text.split("/") if segment]
        versions = [segment for segment in segments if is_version(segment)]
        newest = [-int(number) for number in re.findall(r"\d+", versions[0])] if versions else [0]
        return newest, len(operation.path) + len(segments), operation.template

    def _longer(self, operation: ir.Operation, path: CallPath) -> Iterable[str]:
        statics = _resources(self.places[operation.address])
        if statics and (last := _name(statics[-1])) not in (*path.groups[-1:], path.method):
            yield f"{path.method}_{last}".rstrip("_")
        if path.method == "list":
            yield "list_all"
        if (name := _less(operation, path.groups)) and name != path.method:
            yield name
        if own := own_words(operation):
            yield snake(own, "call")
        parameters = operation.path[1::2]
        for parameter in reversed(parameters):
            yield f"{path.method}_by_{snake(words_of(parameter), 'x')}"
        segments = [segment for text in operation.path[::2] for segment in text.split("/")]
        for version in filter(is_version, segments):
            yield f"{path.method}_{snake(words_of(version), 'v')}"
        yield f"{_spelled(operation.method)}_{path.method}"
        words: tuple[str, ...] = ()
        for segment in reversed(segments[-MOST_SEGMENTS:]):
            words = (*words_of(segment), *words)
            if words:
                yield snake((path.method, *words), "call")

    def _call_path(self, operation: ir.Operation) -> CallPath:
        naming, by_path = operation.naming, self._by_path(operation)
        if naming is not None and naming.is_explicit:
            given = [_name(text) for text in naming.groups or operation.tags[:1]]
            groups = tuple(group for group in given if group) or by_path.groups
            method = _name(naming.method) or _less(operation, groups) or by_path.method
            return CallPath(groups, method, origin="extension")
        own = own_words(operation)
        if self.is_hinted and own and operation.tags and words_of(operation.tags[0]):
            # The generators that these extensions are for do so with all others.
            return CallPath((_name(operation.tags[0]),), snake(own, "call"), origin="tag")
        if naming is not None and naming.sample and self._is_own(naming.sample, by_path):
            names = tuple(map(_name, naming.sample))
            return CallPath(names[:-1], names[-1], origin="sample")
        if self.ids_are_addresses and (parts := parts_of_id(operation)):
            groups = tuple(_name(part) for part in parts[self.shared_parts : -1] if not is_version(part))
            return CallPath(groups, _name(parts[-1]), origin="operation-id")
        if operation.tags and (self.tags_are_addresses or self.by_tags):
            parts = tuple(p for p in re.split(r" > |\.|/", operation.tags[0]) if words_of(p) and not is_version(p))
            if groups := tuple(map(_name, parts)):
                return CallPath(groups, _less(operation, groups) or by_path.method, origin="tag")
        return by_path

    def _is_own(self, sample: tuple[str, ...], by_path: CallPath) -> bool:
        """Returns whether a sample shows this operation: some documents show one for several."""
        shown = (*sample[:-1], {"retrieve": "get"}.get(sample[-1], sample[-1]))
        return len(self.samples[sample]) == 1 or shown[-2:] == (*by_path.groups[-1:], by_path.method)

    def _by_path(self, operation: ir.Operation) -> CallPath:
        place, own = self.places[operation.address], own_words(operation)
        names = [_name(text) for text in _resources(place)]
        if not names:
            return CallPath((), snake(own, "call") or _CRUD.get(operation.method) or _spelled(operation.method))
        if place[-1][0] == "action" or self._is_action(operation, place, own) or self._acts_on_item(operation, place):
            tags = [_name(tag) for tag in operation.tags[:1] if words_of(tag) and not is_version(tag)]
            return CallPath(tuple(names[:-1] or [tag for tag in tags if tag != names[-1]]), names[-1])
        method = self._item_verb(operation, place) if place[-1][0] == "parameter" else self._verb(operation, place)
        if method == "create" and (strong := _strong_verb(own, names)):
            method = strong
        return CallPath(tuple(names), method)

    def _is_action(self, operation: ir.Operation, place: Place, own: tuple[str, ...]) -> bool:
        """Returns whether the last segment is what is done: a verb, by one method, with nothing below."""
        kind, text = place[-1]
        words = words_of(text)
        if kind == "parameter" or self.below[place] or len({o.method for o in self.at[place]}) > 1:
            return False
        if len(place) == 1 and (len(words) == 1 and words[0] in NOUNS_TOO):
            return False
        if len(place) == 1 and operation.address in self.starts:
            return False
        if operation.method == "GET":
            return is_verb(words[0]) and words[0] not in NOUNS_TOO and not _is_plural(text)
        if _is_plural(text) and words[0] in NOUNS_TOO:
            return False
        called_so = not _is_plural(text) and own[: len(words)] == words and len(place) > 1
        return called_so or is_verb(words[0])

    def _acts_on_item(self, operation: ir.Operation, place: Place) -> bool:
        """Returns whether the segment before a last parameter is what is done: `POST /jobs/cancel/{id}`."""
        above = place[:-1]
        if operation.method != "POST" or place[-1][0] != "parameter" or len(_resources(above)) < 2:
            return False
        kind, text = above[-1]
        if kind != "static" or self.at[above] or len(self.below[above]) > 1 or self.below[place]:
            return False
        return is_verb(words_of(text)[0]) and not _is_plural(text) and len(self.at[place]) == 1

    def _item_verb(self, operation: ir.Operation, place: Place) -> str:
        methods = {other.method for other in self.at[place]}
        match operation.method:
            case "PUT" if "PATCH" in methods:
                return "replace"
            case "POST":
                return "create" if methods & {"PUT", "PATCH"} else "update"
            case method:
                return _CRUD.get(method) or _spelled(method)

    def _verb(self, operation: ir.Operation, place: Place) -> str:
        has_items = ("parameter", "") in self.below[place]
        match operation.method:
            case "GET" if operation.address in self.polls:
                return "get"
            case "GET":
                listed = _listed(operation, self.api)
                plural = _is_plural(place[-1][1]) and listed != "no"
                return "list" if has_items or listed == "yes" or plural else "get"
            case "PUT" if any(other.method == "PATCH" for other in self.at[place]):
                return "replace"
            case "POST" if not has_items:
                got = next((other for other in self.at[place] if other.method == "GET"), None)
                return "update" if got is not None and self._verb(got, place) == "get" else "create"
            case method:
                return _CRUD.get(method) or _spelled(method)


def _place(operation: ir.Operation) -> Place:
    """Returns the segments of a path that count: versions do not, nor `api` in front."""
    place: list[Segment] = []
    parts = operation.path
    for i, part in enumerate(parts):
        if i % 2:
            if not place or place[-1] != ("parameter", "") or parts[i - 1].startswith("/"):
                place.append(("parameter", ""))
            continue
        text = part.partition("?")[0].partition("#")[0]
        segments = text.split("/")
        for j, segment in enumerate(segments):
            if not words_of(segment) or is_version(segment):
                continue
            if segment.lower() in _API and not any(kind == "static" for kind, _ in place):
                continue
            noun, colon, verb = segment.partition(":")
            if colon and words_of(verb):
                if words_of(noun):
                    place.append(("static", noun))
                place.append(("action", verb))
            elif j == 0 and i > 0 and segment:  # behind a parameter, within its segment: `{id}.json`
                continue
            else:
                place.append(("static", segment))
        if len(place) > MOST_SEGMENTS:
            break
    return tuple(place[:MOST_SEGMENTS])


def _resources(place: Place) -> list[str]:
    return [text for kind, text in place if kind != "parameter"]


def _name(text: str) -> str:
    return snake(words_of(text), "x")


def _spelled(method: str) -> str:
    """Returns a method of HTTP as a name: any token is one (RFC 9110, section 9.1), `~` too."""
    return snake(words_of(method), "call") or "call"


def _is_plural(text: str) -> bool:
    words = words_of(text)
    return bool(words) and singular(words[-1]) != words[-1]


def parts_of_id(operation: ir.Operation) -> tuple[str, ...]:
    """Returns the parts of an operationId that is an address, else none."""
    if operation.id is None or not _ADDRESS.fullmatch(operation.id):
        return ()
    parts = tuple(re.split(r"[./]", operation.id))
    return parts if all(words_of(part) and not part[0].isdigit() for part in parts) else ()


def _shared(addresses: Sequence[tuple[str, ...]]) -> int:
    """Returns how many parts all addresses begin with, the last one apart: the name of the API itself."""
    count = 0
    while len(addresses) > 1 and all(len(a) > count + 1 for a in addresses) and len({a[count] for a in addresses}) == 1:
        count += 1
    return count


def own_words(operation: ir.Operation) -> tuple[str, ...]:
    """Returns what an author chose of an operationId: no words where it is made of method and path, or a hash."""
    if operation.id is None or is_hash(operation.id):
        return ()
    words, method = words_of(_VERSION_OF_ID.sub("", operation.id)), operation.method.lower()
    segments = [word for part in operation.path for word in words_of(part)]
    words = without_path(words, operation)
    if len(words) > 1 and words[-1].isdigit() and re.search(r"_\d+$", operation.id):
        words = words[:-1]  # `list_1`, as springdoc makes it where `list` is taken
    if len(words) > 1 and words[0] == method and _in_order(words[1:], segments):
        return ()  # method and path
    if words and words[0] == method and len(words) > 2 and is_verb(words[1]) and words[1] not in NOUNS_TOO:
        words = words[1:]  # `post-createAccount`
    return tuple(words)


def without_path(words: tuple[str, ...], operation: ir.Operation) -> tuple[str, ...]:
    """Returns the words of an id that is `name_path_method`, as FastAPI makes it, without path and method."""
    tail = (*(word for part in operation.path for word in words_of(part)), operation.method.lower())
    return words[: -len(tail)] if len(words) > len(tail) and words[-len(tail) :] == tail else words


def _in_order(words: Iterable[str], segments: Iterable[str]) -> bool:
    """Returns whether words stand in a path in this order; words between two and versions do not count."""
    rest = iter([singular(segment) for segment in segments])
    return all(w in ("api", "by", "id") or w in _PREPOSITIONS or is_version(w) or singular(w) in rest for w in words)


def _less(operation: ir.Operation, groups: Iterable[str]) -> str:
    """Returns the operationId's own words less those of its resource: `list`, `get_by_name`."""
    of_groups = {singular(word) for group in groups for word in group.split("_")}
    words = [w for i, w in enumerate(own_words(operation)) if singular(w) not in of_groups or (i == 0 and is_verb(w))]
    words = [word for word in words if word not in _FILLERS]
    while words and words[-1] in _PREPOSITIONS:
        words.pop()
    return snake(tuple(words), "call")


def _strong_verb(own: tuple[str, ...], groups: Iterable[str]) -> str:
    """Returns the verb of an operationId that says more than `create`, and no word but the resource's besides."""
    of_groups = {singular(word) for group in groups for word in group.split("_")}
    if not own or not is_verb(own[0]) or own[0] in ORDINARY or singular(own[0]) in of_groups:
        return ""
    return _name(own[0]) if all(singular(word) in of_groups or word in _FILLERS for word in own[1:]) else ""


def _listed(operation: ir.Operation, api: ir.Api) -> Literal["yes", "perhaps", "no", "unknown"]:
    """Returns whether a successful response is an array or a page of one."""
    best: Literal["perhaps", "no", "unknown"] = "unknown"
    for response in operation.responses:
        for content in response.contents if response.status.startswith("2") else ():
            if content.kind != "json":
                continue
            for type_ in _members(content.type, api):
                if isinstance(type_, ir.ListOf):
                    return "yes"
                model = api.declarations.get(type_.key) if isinstance(type_, ir.Ref) else None
                if isinstance(model, ir.Model):
                    members = {field.wire: _members(field.type, api) for field in model.fields}
                    lists = {wire for wire, types in members.items() if any(isinstance(t, ir.ListOf) for t in types)}
                    if lists & _ITEMS:
                        return "yes"
                    best = "perhaps" if lists or best == "perhaps" else "no" if model.fields else best
    return best


def _members(type_: ir.Type, api: ir.Api, depth: int = 0) -> list[ir.Type]:
    """Returns a type, or the members of a union or of what may be null."""
    if isinstance(type_, ir.Nullable):
        return _members(type_.inner, api, depth)
    if isinstance(type_, ir.Union):
        return [one for arm in type_.arms for one in _members(arm, api, depth)]
    declaration = api.declarations.get(type_.key) if isinstance(type_, ir.Ref) else None
    if isinstance(declaration, ir.UnionOf) and depth < 3:
        return [one for arm in declaration.arms for one in _members(arm, api, depth + 1)]
    return [type_]
