"""Values of unions, of packages that have any. Which member a value belongs to:

1. The class of parsed JSON decides between scalars, lists and objects. Text is a
   date-time, date or UUID if it reads as one, then a string, then base64 or a decimal.
2. Between models: a member with a constant of another value is out. A member that lacks
   a required property, or has a property of the wrong JSON class, or shares no property
   with the value, is out too, unless one of its constants has its value.
3. Of what is left the most constants win, then the fewest faults, the most known
   properties, the fewest absent ones, and at last the order of declaration; between
   members with faults a tie is no match."""

from __future__ import annotations

import decimal
import typing
from typing import Any, TypeAlias, assert_never

from . import codec_kinds as kinds
from .codec_compile import Convert, Mismatch, Part
from .codec_kinds import Kind, OneOf, Tag, UnknownVariant, name_of

Score: TypeAlias = tuple[int, int, int, int]
"""Constants matched, minus faults, known properties, minus absent ones."""

_FITS: Score = (0, 0, -1, 0)
"""Of what has no properties of its own."""


def tag_of(union: Any, mark: kinds.Tagged, names: kinds.Names) -> Kind:
    """Returns the kind of a union with a mark."""
    named: list[tuple[str | None, str]] = [*mark.mapping]
    if mark.default is not None:
        named.append((None, mark.default))
    tag = Tag(
        mark.property, {tag: kinds.kind_of(names[name], names) for tag, name in named}
    )
    return kinds.Nullable(tag) if type(None) in typing.get_args(union) else tag


def json_classes(kind: Kind) -> frozenset[type]:
    """Returns the classes of parsed JSON of this kind; an integer may come as 1.0."""
    match kind:
        case kinds.Scalar(json=classes):
            return frozenset((*classes, float) if kind is kinds.INT else classes)
        case kinds.Const(values, _):
            found: frozenset[type] = frozenset(map(type, values))
            return found | {float} if int in found else found
        case kinds.ListOf():
            return frozenset((list,))
        case kinds.MapOf() | kinds.Object() | Tag():
            return frozenset((dict,))
        case kinds.Nullable(inner):
            return json_classes(inner) | {type(None)}
        case OneOf(members):
            return frozenset[type]().union(*map(json_classes, members))
        case kinds.Anything():
            return frozenset((str, int, float, bool, type(None), list, dict))
        case kinds.Later():
            return json_classes(kind.kind)
        case _:
            assert_never(kind)


_field_classes: dict[type, dict[str, frozenset[type]]] = {}


def union_reader(union: Tag | OneOf, located: bool) -> Convert:
    """Returns the function that reads a value as the member that it belongs to."""
    if isinstance(union, OneOf):
        members: dict[Any, Kind] = {id(member): member for member in union.members}
    else:
        members = {**union.members}
    parts = {key: Part(member, located) for key, member in members.items()}
    default = parts.get(None)

    def convert(x: Any, *at: Any) -> Any:
        part: Part | None = None
        if isinstance(union, OneOf):
            part = parts.get(id(member_of(union, x)))
        elif x.__class__ is dict:
            tag = x.get(union.property)
            part = parts.get(tag, default) if tag.__class__ is str else default
        if part is not None:
            return part.convert(x, *at)
        if fault := _fault_of(union, x):
            if not at:
                raise Mismatch
            at[0].note(*fault)
        return x if isinstance(union, OneOf) and not union.open else UnknownVariant(x)

    return convert


def _fault_of(union: Tag | OneOf, value: Any) -> tuple[str, ...]:
    # What is wrong with a value of no member, and the key that it is about; () for a
    # tag that this client does not know.
    if isinstance(union, OneOf):
        return (f"{name_of(value)} that fits none of the described variants",)
    if value.__class__ is not dict:
        return (f"expected an object, got {name_of(value)}",)
    if union.property not in value:
        return "missing", union.property
    tag = value[union.property]
    wrong = f"expected a string, got {name_of(tag)}", union.property
    return () if tag.__class__ is str else wrong


def member_of(union: OneOf, value: Any) -> Kind | None:
    """Returns the member that `value` belongs to, None when it fits none."""
    cls = value.__class__
    members = [one for one in union.members if cls in json_classes(one)]
    if len(members) == 1 and not union.open and (cls is dict or cls is list):
        return members[0]  # what is wrong with it is reported property by property
    if cls is not dict:
        members.sort(key=_caution)
        return next((member for member in members if _fits(member, value)), None)
    scores = [(score_of(member, value), member) for member in members]
    found = [(score, member) for score, member in scores if score is not None]
    best = max((score for score, _ in found), default=_FITS)
    matching = [member for score, member in found if score == best]
    return matching[0] if matching and (best[1] == 0 or len(matching) == 1) else None


def _caution(member: Kind) -> int:
    # Almost any text is base64, and "12" may be meant as text.
    if not isinstance(member, kinds.Scalar):
        return 2 if isinstance(member, kinds.Const) and member.open else 0
    if member.python[0] in (bytes, decimal.Decimal):
        return 3
    return 1 if member.read is not None or member is kinds.INT else 2


def _fits(kind: Kind, value: Any, shallow: bool = False) -> bool:
    score = score_of(kind, value, shallow)
    return score is not None and score[1] == 0


def score_of(kind: Kind, value: Any, shallow: bool = False) -> Score | None:
    """Returns how well `value` fits a kind, None when it does not. Of what is in a
    model (or in a list or mapping when `shallow`) only the class of parsed JSON
    counts."""
    cls: type[Any] = value.__class__
    if cls not in json_classes(kind):
        return None
    match kind:
        case kinds.Scalar():
            fits = _is_read(kind, value)
        case kinds.Const():
            fits = kind.open or _is_one_of(kind, value)
        case kinds.ListOf():
            fits = shallow or all(_fits(kind.item, i, True) for i in value)
        case kinds.MapOf():
            fits = shallow or all(_fits(kind.item, i, True) for i in value.values())
        case kinds.Nullable():
            return _FITS if value is None else score_of(kind.inner, value, shallow)
        case kinds.Later():
            return _FITS if shallow else score_of(kind.kind, value)
        case OneOf():
            if shallow and cls is list:
                return _FITS
            member = member_of(kind, value)
            return None if member is None else score_of(member, value)
        case Tag():
            tag = value.get(kind.property)
            chosen = kind.members.get(tag) if isinstance(tag, str) else None
            score = None if chosen is None else score_of(chosen, value)
            return None if score is None else (score[0] + 1, *score[1:])
        case kinds.Object():
            return _model_score(kinds.plan_of(kind.cls), value)
        case kinds.Anything():
            fits = True
        case _:
            assert_never(kind)
    return _FITS if fits else None


def _model_score(plan: kinds.Plan, value: dict[str, Any]) -> Score | None:
    constants = faults = known = 0
    classes = _field_classes.get(plan.cls)
    if classes is None:
        classes = {field.wire: json_classes(field.kind) for field in plan.fields}
        _field_classes[plan.cls] = classes
    for field in plan.fields:
        if field.wire not in value:
            faults += field.required
            continue
        known += 1
        item = value[field.wire]
        if isinstance(field.kind, kinds.Const) and not field.kind.open:
            if not _is_one_of(field.kind, item):
                return None
            constants += 1
        elif item.__class__ not in classes[field.wire]:
            faults += 1
    stranger = known == 0 and bool(value) and bool(plan.fields)
    if not constants and (faults or stranger):
        return None
    return constants, -faults, known, known - len(plan.fields)


def _is_one_of(constant: kinds.Const, value: Any) -> bool:
    if value.__class__ is float and value.is_integer():
        value = int(value)
    return any(value == v and value.__class__ is v.__class__ for v in constant.values)


def _is_read(kind: kinds.Scalar, value: Any) -> bool:
    if kind.read is None:
        return kind is not kinds.INT or value.__class__ is int or value.is_integer()
    try:
        kind.read(value)
    except ValueError:
        return False
    return True
