"""Inline schemas that would become the same class become one class.

Decides which declarations are one: those whose classes would not differ but in descriptions and examples. What its
author named apart (components, different titles) stays apart, and what a component states already is that component.
Enums are one only where their property or parameter is called the same. Directions are part of it where they show: a
model that is also sent has `Unset` where one that is only received has none, so these two stay apart.

Names once given decide first: what was one class is one, and what has left the shape of its class does not take the
name along. What has become equal is one class though the lock has both names: the other one becomes an alias. A class
that is new takes no name away.
Names that the user fixes stay apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import field
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar, assert_never

from clientsmith import ir
from clientsmith.records import dataclass, replace
from clientsmith.translate.errors import error_name
from clientsmith.translate.models import is_component, used_elsewhere
from clientsmith.translate.words import joined, words_of

_PREFIX = "class:"
Shape: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """An API in which every class is declared once.

    Attributes:
        api: with the declarations that remain, all types referring to them.
        first: the key of the remaining declaration by the key of each that is gone.
        locked: names given before, without those that stay with others.
        joined: the key of the remaining declaration by each name that was given to others alone.
    """

    api: ir.Api
    first: Mapping[str, str]
    locked: Mapping[str, str]
    joined: Mapping[str, str] = field(default_factory=dict[str, str])


def shared(api: ir.Api, locked: Mapping[str, str], pinned: Mapping[str, str]) -> Shared:
    """Returns the API with one declaration for each class.

    Args:
        api: what parse read.
        locked: names that earlier runs gave, by kind and address.
        pinned: names that the user fixes, by kind and address or by address alone.
    """
    names = _given_names(api, locked, pinned)
    fixed = frozenset(key for key in names if key in pinned or _PREFIX + key in pinned)
    groups = _groups(api, names, fixed)
    first = {key: members[0] for members in groups.values() for key in members[1:]}
    left = _without_names_of_others(api, groups, locked, pinned)
    if not first:
        return Shared(api, first, left)
    kept = {names.get(key) for key in groups}
    joined = {names[key]: one for key, one in first.items() if key in names and names[key] not in kept}
    return Shared(_rewritten(api, first, _error_hints(api, groups)), first, left, joined)


def _given_names(api: ir.Api, locked: Mapping[str, str], pinned: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key in api.declarations if locked or pinned else ():
        name = pinned.get(_PREFIX + key) or pinned.get(key) or locked.get(_PREFIX + key)
        if name is not None:
            found[key] = name
    return found


def _without_names_of_others(
    api: ir.Api, groups: Mapping[str, list[str]], locked: Mapping[str, str], pinned: Mapping[str, str]
) -> Mapping[str, str]:
    """Returns the lock, where a name that several declarations had together stays with most of them."""
    claims: dict[str, list[str]] = {}
    for key in groups:
        name = locked.get(_PREFIX + key)
        if name is not None and key not in pinned and _PREFIX + key not in pinned:
            claims.setdefault(name, []).append(key)
    lost: set[str] = set()
    disputed = {name: keys for name, keys in claims.items() if len(keys) > 1}
    # What is a body by its fields alone has no class that could have the name.
    classes = used_elsewhere(api, components=True) if disputed else set[str]()
    for name, keys in disputed.items():
        votes = {key: sum(locked.get(_PREFIX + k) == name for k in groups[key]) for key in keys}
        keeper = min(keys, key=lambda key: (not is_component(key), classes.isdisjoint(groups[key]), -votes[key], key))
        lost |= {_PREFIX + key for key in keys if key != keeper}
    return {key: name for key, name in locked.items() if key not in lost} if lost else locked


@lru_cache(maxsize=65536)
def _is_named(key: str) -> bool:
    """Returns whether the place is one that authors give names to: a component, in `$defs`, or a file."""
    tokens = key.partition("#")[2].split("/")
    return is_component(key) or len(tokens) < 3 or tokens[-2] in ("$defs", "definitions")


# --------------------------------------------------------------------------------------------------------- equality


def _groups(api: ir.Api, names: Mapping[str, str], fixed: Set[str]) -> dict[str, list[str]]:
    """Returns the keys that are one class by the first of them, which is a component where there is one.

    `names` are those given before; of `fixed` keys the user gave them.

    What is nested goes first, so that a shape refers to the first ones of other classes and is never compared deeply.
    """
    known: dict[Shape, list[str]] = {}
    stated: dict[Shape, list[str]] = {}
    before: dict[tuple[str, Shape], str] = {}
    groups: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    outlines = {key: _outline(declaration) for key, declaration in api.declarations.items()}
    common = Counter(outlines.values())
    given = Counter(names.values())
    # Who is one class: what is inline, and what was one class before.
    inline = {outline for key, outline in outlines.items() if not _is_named(key) or given[names.get(key, "")] > 1}
    for key in _inner_first(api, names):
        declaration = api.declarations[key]
        if common[outlines[key]] == 1 or outlines[key] not in inline:
            groups[key] = [key]  # nothing can be equal to it
            continue
        neutral = _shape(declaration, first)
        candidates = known.setdefault((neutral, _directed(declaration, api.declarations)), [])
        own = (names[key], neutral) if key in names else None
        found = before.get(own) if own is not None else None
        if found is None and not _is_named(key):
            covering = [other for other in stated.get(neutral, ()) if _covers(api.declarations[other], declaration)]
            own_name = names.get(key)
            alike = [[*candidates], covering]
            barred: set[str] = set()
            if own_name is not None:
                for others in alike:
                    # Those that were one class before go first.
                    others.sort(key=lambda other: names.get(other) != own_name)
                    new = (other for other in others if names.get(other) != own_name)
                    barred |= {other for other in new if other not in names or key in fixed}
            found = _first_of(declaration, alike[0], api, barred) or _first_of(declaration, alike[1], api, barred)
        if found is None:
            candidates.append(key)
            groups[key] = [key]
            if own is not None:
                before[own] = key
            if key.startswith("#/components/schemas/"):
                stated.setdefault(neutral, []).append(key)
        else:
            groups[found].append(key)
            first[key] = found
    return groups


def _inner_first(api: ir.Api, names: Mapping[str, str]) -> Iterator[str]:
    """Yields all keys, sorted by how deeply declarations are nested in them, then those with a name, then by address.

    Components count as nothing: they are referred to by their key. What contains itself comes somewhere.
    """
    heights: dict[str, int] = {}
    active: set[str] = set()

    def height(key: str) -> int:
        if key in heights:
            return heights[key]
        if key in active:
            return 0
        active.add(key)
        inner = [height(k) for k in ir.links_of(api.declarations[key]) if not _is_named(k)]
        active.discard(key)
        heights[key] = 1 + max(inner, default=0)
        return heights[key]

    yield from sorted(api.declarations, key=lambda key: (height(key), not _is_named(key), key not in names, key))


def _first_of(
    declaration: ir.Declaration, candidates: list[str], api: ir.Api, barred: Set[str]
) -> str | None:
    """Returns which of the classes with its shape a declaration is.

    It is none of those that are `barred`. They make a choice ambiguous all the same: a component without a class, which
    the lock does not name, must not decide differently in the next run.
    """
    fitting = candidates
    if isinstance(declaration, ir.Enum):
        word = words_of(declaration.name.words[-1]) if declaration.name.words else ()
        fitting = [key for key in fitting if _ends_with(api.declarations[key].name, word)]
    if declaration.name.origin == "chosen":
        title = joined(declaration.name.words)
        fitting = [key for key in fitting if joined(api.declarations[key].name.words) == title]
    else:
        fitting = [key for key in fitting if _is_named(key) or api.declarations[key].name.origin == "derived"]
    named = [key for key in fitting if _is_named(key)]
    if len(named) > 1:
        # Its author has told apart what looks the same: it is that which is called like it, or none of them.
        word = words_of(declaration.name.words[-1]) if declaration.name.words else ()
        alike = [key for key in named if _ends_with(api.declarations[key].name, word)]
        fitting = alike or [key for key in fitting if not _is_named(key)]
    return next((key for key in fitting if key not in barred), None)


def _covers(component: ir.Declaration, inline: ir.Declaration) -> bool:
    """Returns whether the class of a component stays as it is when an inline schema becomes that class too."""
    if not component.sent and not component.received:
        return True
    return (component.sent or not inline.sent) and (component.received or not inline.received)


def _ends_with(hint: ir.NameHint, words: tuple[str, ...]) -> bool:
    ending = words_of(" ".join(hint.words))[-len(words) :] if words else ()
    return ending == words


def _outline(declaration: ir.Declaration) -> Shape:
    """Returns a part of the shape that is found quickly: what has another outline has another shape."""
    match declaration:
        case ir.Model(fields=fields):
            kind = "headers" if declaration.headers else "model"
            return (kind, *sorted([_wire(field, declaration) for field in fields]))
        case ir.Enum(values=values):
            return ("enum", repr(values))
        case ir.UnionOf(arms=arms):
            return ("union", len(arms))
        case _:
            assert_never(declaration)


def _shape(declaration: ir.Declaration, first: Mapping[str, str]) -> Shape:
    """Returns everything that shows in the class of a declaration, besides its name, its descriptions and what only
    its directions decide."""
    match declaration:
        case ir.Model():
            fields = sorted([_field_shape(field, declaration, first) for field in declaration.fields])
            kind = "headers" if declaration.headers else "model"
            return (kind, *fields, _written(declaration.additional, first), declaration.open)
        case ir.Enum():
            # Written out, since True == 1 in Python.
            return ("enum", repr(declaration.values))
        case ir.UnionOf():
            found = declaration.discriminator
            tags = None
            if found is not None:
                mapping = tuple((value, first.get(key, key)) for value, key in found.mapping)
                default = first.get(found.default, found.default) if found.default is not None else None
                tags = (found.property, mapping, default)
            return ("union", tuple(_written(arm, first) for arm in declaration.arms), tags)
        case _:
            assert_never(declaration)


def _field_shape(field: ir.Field, model: ir.Model, first: Mapping[str, str]) -> Shape:
    return (
        _wire(field, model),
        _written(field.type, first),
        field.required,
        field.read_only,
        field.write_only,
        field.deprecated,
        field.form or "",
    )


def _directed(declaration: ir.Declaration, all_: Mapping[str, ir.Declaration]) -> Shape:
    """Returns what shows in a class because it is sent: the fields that may be `Unset`, and those that take only the
    values of their enumeration."""
    unset: list[str] = []
    closed: list[str] = []
    if not (isinstance(declaration, ir.Model) and declaration.sent):
        return ((), ())
    for one in declaration.fields:
        is_nullable = isinstance(one.type, ir.Nullable)
        inner = one.type.inner if isinstance(one.type, ir.Nullable) else one.type
        if is_nullable and not one.required:
            unset.append(_wire(one, declaration))
        if not declaration.received and isinstance(inner, ir.Ref) and isinstance(all_[inner.key], ir.Enum):
            closed.append(_wire(one, declaration))
    return (tuple(sorted(unset)), tuple(sorted(closed)))


def _wire(field: ir.Field, model: ir.Model) -> str:
    return field.wire.lower() if model.headers else field.wire


def _written(type_: ir.Type, first: Mapping[str, str]) -> str:
    """Returns the type as text: `Const(1)` and `Const(True)` are equal, their texts are not."""
    match type_:
        case ir.Scalar(kind):
            return kind
        case ir.Ref(key):
            return f"<{first.get(key, key)}>"
        case ir.ListOf(inner):
            return f"[{_written(inner, first)}]"
        case ir.MapOf(inner):
            return f"{{{_written(inner, first)}}}"
        case ir.Nullable(inner):
            return f"{_written(inner, first)}?"
        case ir.Union(arms):
            texts = dict.fromkeys([_written(arm, first) for arm in arms])
            return next(iter(texts)) if len(texts) == 1 else f"({'|'.join(texts)})"
        case ir.Const(value):
            return f"={value!r}"
        case ir.Anything():
            return "*"
        case _:
            assert_never(type_)


# -------------------------------------------------------------------------------------------------------- error bodies


def _error_hints(api: ir.Api, groups: Mapping[str, list[str]]) -> dict[str, ir.NameHint]:
    """Returns the names of bodies that several operations fail with: `BadRequestErrorBody`, or `ErrorBody`.

    Headers that several responses have are `ResponseHeaders`.
    """
    statuses: dict[str, set[str]] = {}
    for operation in api.operations:
        successful = any(response.status.startswith(("2", "3")) for response in operation.responses)
        for response in operation.responses:
            # Where a success is documented, `default` is what else may come.
            fails = response.status[:1] in ("4", "5") or (response.status == "default" and successful)
            for content in response.contents:
                if isinstance(content.type, ir.Ref):
                    statuses.setdefault(content.type.key, set()).add(response.status if fails else "")
    hints: dict[str, ir.NameHint] = {}
    for key, members in groups.items():
        declaration = api.declarations[key]
        if len(members) < 2 or _is_named(key) or declaration.name.origin == "chosen":
            continue
        if isinstance(declaration, ir.Model) and declaration.headers:
            if not key.startswith("#/components/"):
                hints[key] = ir.NameHint(("ResponseHeaders",), "derived")
            continue
        found = {status for member in members for status in statuses.get(member, {""})}
        if "" in found:
            continue
        [status, *others] = sorted(found)
        exact = not others and status.isdecimal()
        hints[key] = ir.NameHint((error_name(int(status)) + "Body" if exact else "ErrorBody",), "derived")
    return hints


# ----------------------------------------------------------------------------------------------------------- rewriting


def _rewritten(api: ir.Api, first: Mapping[str, str], hints: Mapping[str, ir.NameHint]) -> ir.Api:
    sent = {first[key] for key in first if api.declarations[key].sent}
    received = {first[key] for key in first if api.declarations[key].received}
    declarations: dict[str, ir.Declaration] = {}
    for key, declaration in api.declarations.items():
        if key not in first:
            hint = _hint(declaration, hints, api)
            more = (key in sent and not declaration.sent) or (key in received and not declaration.received)
            if more or hint is not declaration.name:
                declaration = replace(
                    declaration,
                    name=hint,
                    sent=declaration.sent or key in sent,
                    received=declaration.received or key in received,
                )
            declarations[key] = _with_first(declaration, first)
    operations = tuple(_operation(operation, first) for operation in api.operations)
    jobs = tuple(
        replace(job, result_type=_renamed(job.result_type, first)) if job.result_type is not None else job
        for job in api.jobs
    )
    return replace(api, declarations=declarations, operations=operations, jobs=jobs)


def _hint(declaration: ir.Declaration, hints: Mapping[str, ir.NameHint], api: ir.Api) -> ir.NameHint:
    """Returns the name of a declaration; within one that has a new name, the new one with the words that follow."""
    hint = declaration.name
    above = declaration.key
    while hints and "/responses/" in above:
        if above in hints:
            old, new = api.declarations[above].name.words, hints[above].words
            if hint.origin == "derived" and hint.words[: len(old)] == old:
                return ir.NameHint((*new, *hint.words[len(old) :]), "derived")
            return hint
        above = above.rpartition("/")[0]
    return hint


def _with_first(declaration: ir.Declaration, first: Mapping[str, str]) -> ir.Declaration:
    match declaration:
        case ir.Model():
            if not any(key in first for key in ir.links_of(declaration)):
                return declaration
            fields = tuple([_with_type(field, first) for field in declaration.fields])
            return replace(declaration, fields=fields, additional=_renamed(declaration.additional, first))
        case ir.UnionOf():
            arms = tuple(dict.fromkeys(_renamed(arm, first) for arm in declaration.arms))
            found = declaration.discriminator
            if found is not None:
                mapping = tuple((value, first.get(key, key)) for value, key in found.mapping)
                default = first.get(found.default, found.default) if found.default is not None else None
                found = ir.Discriminator(found.property, mapping, default)
            return replace(declaration, arms=arms, discriminator=found)
        case ir.Enum():
            return declaration
        case _:
            assert_never(declaration)


def _operation(operation: ir.Operation, first: Mapping[str, str]) -> ir.Operation:
    body = operation.body
    if body is not None:
        body = _with_contents(body, first)
    return replace(
        operation,
        parameters=tuple([_with_type(parameter, first) for parameter in operation.parameters]),
        body=body,
        responses=tuple([_response(response, first) for response in operation.responses]),
    )


def _response(response: ir.Response, first: Mapping[str, str]) -> ir.Response:
    response, headers = _with_contents(response, first), response.headers
    if headers is None or headers.key not in first:
        return response
    return replace(response, headers=ir.Ref(first[headers.key]))


Typed = TypeVar("Typed", ir.Field, ir.Parameter)
Holder = TypeVar("Holder", ir.Body, ir.Response)


def _with_type(typed: Typed, first: Mapping[str, str]) -> Typed:
    type_ = _renamed(typed.type, first)
    return typed if type_ is typed.type else replace(typed, type=type_)


def _with_contents(holder: Holder, first: Mapping[str, str]) -> Holder:
    contents = tuple([_content(content, first) for content in holder.contents])
    same = all(new is old for new, old in zip(contents, holder.contents, strict=True))
    return holder if same else replace(holder, contents=contents)


def _content(content: ir.Content, first: Mapping[str, str]) -> ir.Content:
    item = _renamed(content.item, first) if content.item is not None else None
    type_ = _renamed(content.type, first)
    same = type_ is content.type and item is content.item
    return content if same else replace(content, type=type_, item=item)


def _renamed(type_: ir.Type, first: Mapping[str, str]) -> ir.Type:
    """Returns a type with the first of equal classes for each; the same object where nothing changes."""
    match type_:
        case ir.Scalar() | ir.Const() | ir.Anything():
            return type_
        case ir.Ref(key):
            return ir.Ref(first[key]) if key in first else type_
        case ir.ListOf(inner):
            renamed = _renamed(inner, first)
            return type_ if renamed is inner else ir.ListOf(renamed)
        case ir.MapOf(inner):
            renamed = _renamed(inner, first)
            return type_ if renamed is inner else ir.MapOf(renamed)
        case ir.Nullable(inner):
            renamed = _renamed(inner, first)
            return type_ if renamed is inner else ir.Nullable(renamed)
        case ir.Union(arms):
            if not any(key in first for key in ir.keys_in(type_)):
                return type_
            found = tuple(dict.fromkeys(_renamed(arm, first) for arm in arms))
            return found[0] if len(found) == 1 else ir.Union(found)
        case _:
            assert_never(type_)
