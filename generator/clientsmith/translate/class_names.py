"""The names of classes: what a declaration of the document could be called, best first, and what it is called.

A component is called by its key, what has a title by that, everything else by its place. Three rules come before,
where the document has names that no person has written (docs/names.md states them): namespaces are left out
(`written_keys`), what a generator made is called by its place, and what is very long is shortened (`short_names`).
A pure function of the document; pins and the lock are stronger (`naming`).
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Literal, TypeAlias, assert_never

from clientsmith import ir
from clientsmith.records import dataclass
from clientsmith.translate.models import RESERVED_CLASSES, is_component, parts_of, types_of
from clientsmith.translate.naming import CHOSEN, DERIVED, Candidate, Names
from clientsmith.translate.recognition import CLASS
from clientsmith.translate.short_names import LONGEST_CLASS, short_names
from clientsmith.translate.words import joined, pascal_of, singular, snake, spelled_words_of, words_of
from clientsmith.translate.written_keys import GeneratedNames, ends_of, words_of_operations
from clientsmith.view import ClassOrigin, Identifier

Source: TypeAlias = Literal["component", "component-end", "title", "place", "short"]
"""What of the document a name was made of; see docs/names.md."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a declaration is called by itself: words from the outside in, and where they come from. `aside`: its own
    key or title, which counts only where the words are taken."""

    words: tuple[str, ...]
    source: Source
    aside: str = ""

    @property
    def name(self) -> str:
        if self.source == "component-end":
            return self.words[0]
        is_chosen = self.source in ("component", "title") and len(self.words) == 1
        name = pascal_of(self.words[0]) if is_chosen else joined(self.words)
        if len(self.words) > 1 and name == joined(self.words[:-1]):
            # `status` of `JobStatus`: never the name of the owner.
            name += pascal_of(self.words[-1])
        return name


@dataclass(frozen=True, slots=True)
class ClassNames:
    """The names of all declarations by key, those of the guards of enums under `guard:KEY`, and what decided them."""

    names: Mapping[str, Identifier]
    origins: Mapping[str, str]

    def listed(self, skip: Set[str]) -> tuple[ClassOrigin, ...]:
        """Returns what decided the name of each class, by name; `skip`: the keys of those that have none."""
        rows = [ClassOrigin(self.names[key], key, origin) for key, origin in self.origins.items() if key not in skip]
        return tuple(sorted(rows, key=lambda row: row.name))


def class_names(api: ir.Api, names: Names, aliases: Set[str]) -> ClassNames:
    """Gives every class its name, and enumerations that are received a guard: of those that are only sent, callers
    choose the values.

    Args:
        api: what parse read.
        names: gives the names.
        aliases: the names of other classes.
    """
    wishes = _wishes(api)
    reserved = RESERVED_CLASSES | aliases
    options = _options(api, wishes, reserved)
    candidates = [
        Candidate(key, tuple(options[key]), _rank(wishes[key]), exact=wishes[key].source.startswith("component"))
        for key in api.declarations
    ]
    pins = names.used_pins.copy()
    classes = names.resolve(candidates, reserved=reserved, prefix=CLASS, fallback="Model")
    pins = names.used_pins - pins
    origins: dict[str, str] = {}
    for key, name in classes.items():
        if {key, CLASS + key} & pins:
            origins[key] = "pin"
        elif names.locked.get(CLASS + key) == name:
            origins[key] = "lock"
        else:
            made = options[key]
            origins[key] = made.get(name, made.get(name.rstrip("_"), "number"))
    guards = names.resolve(
        [
            Candidate(f"guard:{key}", (f"is_{snake(words_of(classes[key]))}",))
            for key, declaration in api.declarations.items()
            if isinstance(declaration, ir.Enum) and (declaration.received or not declaration.sent)
        ],
        fallback="is_value",
        public=False,
    )
    return ClassNames(classes | guards, origins)


def _written_source(key: str) -> Source:
    return "component" if is_component(key) else "title"


def _rank(wish: _Wish) -> int:
    return DERIVED if wish.source == "place" else CHOSEN


# ----------------------------------------------------------------------------------------------------------- options


def _options(api: ir.Api, wishes: Mapping[str, _Wish], reserved: Set[str]) -> dict[str, dict[str, Source]]:
    """Returns what declarations could be called, best first, each with what it was made of."""
    first = {key: wish.name for key, wish in wishes.items()}
    count = Counter(first.values())
    operations = {operation.address: operation for operation in api.operations}
    longer: dict[str, str] = {}
    long_words: dict[str, tuple[str, ...]] = {}
    for key, name in first.items():
        words = _place_words(key, operations)
        longer[key] = joined(words)
        if len(name) > LONGEST_CLASS:
            long_words[key] = wishes[key].words
        elif count[name] > 1 and not is_component(key) and len(longer[key]) > LONGEST_CLASS:
            long_words[key] = words
    shorter = short_names(long_words, {*first.values(), *reserved}) if long_words else {}
    result: dict[str, dict[str, Source]] = {}
    for key, name in first.items():
        wish = wishes[key]
        names: dict[str, Source] = {}
        if len(name) > LONGEST_CLASS and key in shorter:
            names[shorter[key]] = "short"
        own: dict[str, Source] = {pascal_of(wish.aside): _written_source(key)} if wish.aside else {}
        if count[name] > 1:
            names.update(own)
        names.setdefault(name, wish.source)
        for option, source in own.items():
            names.setdefault(option, source)
        if is_component(key) and wish.source == "component":
            names.setdefault(joined((" ".join(spelled_words_of(wish.words[-1])),)), wish.source)
        if key in shorter:
            names.setdefault(shorter[key], "short")
        names.setdefault(longer[key], "component" if is_component(key) else "place")
        # What is left to tell it from its namesakes is its kind.
        names.setdefault(name + _kind_of(api.declarations[key]), wish.source)
        result[key] = {option: source for option, source in names.items() if option}
    return result


_ORDINALS = {"allOf": "Part", "anyOf": "Option", "oneOf": "Option", "prefixItems": "Item"}


def _kind_of(declaration: ir.Declaration) -> str:
    match declaration:
        case ir.Model():
            return "Object"
        case ir.Enum():
            return "Value"
        case ir.UnionOf():
            return "Choice"
        case _:
            assert_never(declaration)


def _place_words(key: str, operations: Mapping[str, ir.Operation]) -> tuple[str, ...]:
    """Words of the place of a schema, for a longer name: without the grammar's own words."""
    if (operation := _operation_of(key, operations)) is not None and operation.path_words:
        below = key.removeprefix(operation.address)
        return (joined(operation.path_words), *_place_words(f"#{below}", {}))
    grammar = {
        "components",
        "schemas",
        "properties",
        "items",
        "content",
        "schema",
        "parameters",
        "paths",
        "additionalProperties",
        "allOf",
        "anyOf",
        "oneOf",
    }
    words: list[str] = []
    before = ""
    for token in key.partition("#")[2].split("/")[1:]:
        if before == "responses":
            words.append(f"Response{token}")
        elif before in _ORDINALS and token.isdecimal():
            words.append(f"{_ORDINALS[before]}{int(token) + 1}")
        elif token == "requestBody":
            words.append("Request")
        elif token not in grammar and token != "responses" and before != "content" and not token.isdecimal():
            words.append(token.replace("~1", " ").replace("~0", " "))
        before = token
    return tuple(words)


def _operation_of(key: str, operations: Mapping[str, ir.Operation]) -> ir.Operation | None:
    """Returns the operation within which a schema is written."""
    tokens = key.split("/")
    sizes = (size for size in (6, 4) if len(tokens) > size)
    return next((found for size in sizes if (found := operations.get("/".join(tokens[:size]))) is not None), None)


# ------------------------------------------------------------------------------------------------------------ wishes


def _wishes(api: ir.Api) -> dict[str, _Wish]:
    """Returns what each declaration is called by itself, by key."""
    written = {key: _token(key) for key in api.declarations if is_component(key)}
    ends = ends_of([*written.values()])
    generated = GeneratedNames(api, written.values())
    operations = {operation.address: operation for operation in api.operations}
    own_words = words_of_operations(api.operations)
    uses = Counter(key for type_ in _types(api) for key in ir.keys_in(type_))
    aside: dict[str, str] = {}
    for key, declaration in api.declarations.items():
        text = declaration.name.words[0] if declaration.name.words else ""
        if declaration.name.origin != "chosen" or text in ends:
            continue
        if generated.is_generated(text) or (key in written and uses[key] == 1 and generated.is_counted(text)):
            aside[key] = text
    instead: dict[str, tuple[str, ...]] = {}

    def wish(key: str) -> _Wish:
        """Returns what a declaration wishes that is not set aside."""
        hint = api.declarations[key].name
        words = hint.words
        if hint.origin == "chosen":
            if key in written and len(words) == 1 and words[0] in ends:
                return _Wish((ends[words[0]],), "component-end")
            return _Wish(words, _written_source(key))
        operation = _operation_of(key, operations)
        if operation is not None:
            own = (operation.id,) if operation.id is not None else operation.path_words
            if words[: len(own)] == own:
                words = (own_words[operation.address], *words[len(own) :])
        if instead and words:
            words = (*instead.get(words[0], words[:1]), *words[1:])
        return _Wish(tuple(ends.get(word, word) for word in words), "place")

    found: dict[str, tuple[str, ...]] = {}
    for key, words in _places(api, own_words, lambda key: found.get(key) or wish(key).words) if aside else ():
        if key in aside:
            found[key] = words
            # What is written within it, and is looked at next, begins with the same words.
            instead.setdefault(aside[key], words)
    return {key: _Wish(found[key], "place", aside[key]) if key in found else wish(key) for key in api.declarations}


def _token(key: str) -> str:
    return key.rpartition("/")[2].replace("~1", "/").replace("~0", "~")


def _types(api: ir.Api) -> Iterator[ir.Type]:
    """Yields the types of all places where declarations are used."""
    for operation in api.operations:
        yield from types_of(operation)
    for declaration in api.declarations.values():
        yield from parts_of(declaration)


def _places(
    api: ir.Api, own_words: Mapping[str, str], wish: Callable[[str], tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields all declarations with the words of their outermost place, from the outside in.

    Args:
        api: the document.
        own_words: what classes of operations begin with, by address.
        wish: the words of the class of a declaration, which is asked for when its place is known.
    """
    found: set[str] = set()
    queue: deque[tuple[str, tuple[str, ...]]] = deque()

    def reach(type_: ir.Type, words: tuple[str, ...]) -> None:
        for key, place in _reached(type_, words):
            if key not in found:
                found.add(key)
                queue.append((key, place))

    for operation in sorted(api.operations, key=lambda operation: operation.address):
        words = (own_words[operation.address],)
        for content in operation.body.contents if operation.body is not None else ():
            reach(content.type, (*words, "Request"))
        for response in operation.responses:
            for content in response.contents:
                reach(content.type, (*words, response.word))
        for parameter in operation.parameters:
            reach(parameter.type, (*words, parameter.wire))
    while queue:
        key, place = queue.popleft()
        yield key, place
        own, declaration = wish(key), api.declarations[key]
        match declaration:
            case ir.Model():
                for field in declaration.fields:
                    reach(field.type, (*own, field.wire))
                reach(declaration.additional, (*own, "Value"))
            case ir.UnionOf():
                for number, arm in enumerate(declaration.arms, 1):
                    reach(arm, (*own, f"Option{number}"))
            case ir.Enum():
                pass
            case _:
                assert_never(declaration)


def _reached(type_: ir.Type, words: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields the declarations that a type refers to, with the words of their place."""
    match type_:
        case ir.Ref(key):
            yield key, words
        case ir.Nullable(inner):
            yield from _reached(inner, words)
        case ir.ListOf(inner):
            one = singular(words[-1])
            yield from _reached(inner, (*words, "Item") if one == words[-1] else (*words[:-1], one))
        case ir.MapOf(inner):
            yield from _reached(inner, (*words, "Value"))
        case ir.Union(arms):
            for arm in arms:
                yield from _reached(arm, words)
        case ir.Scalar() | ir.Const() | ir.Anything():
            return
        case _:
            assert_never(type_)
