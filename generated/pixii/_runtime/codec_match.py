"""Part of the runtime of a generated client. 0BSD: use it as you like.

Which arm of a union a value belongs to. Rules, in this order:

1. The class of parsed JSON decides between scalars, lists and objects. Text is a date-time, date or UUID if it reads as
   one, then plain text, then base64 or a decimal.
2. Between models: an arm with a constant of another value is out. An arm that lacks a required property, or has a
   property of the wrong JSON class, or shares no property with the value, is out too, unless a constant speaks for it.
3. Of what is left the most constants win, then the fewest faults, the most known properties, the fewest absent ones,
   and at last the order of declaration; between arms with faults a tie is no match.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from .codec_plans import plan_of
from .codec_types import (
    BYTES,
    DECIMAL,
    INT,
    Const,
    Later,
    ListOf,
    MapOf,
    Nullable,
    Object,
    OneOf,
    Scalar,
    Shape,
    Tag,
    json_classes,
)

Score: TypeAlias = tuple[int, int, int, int]
"""Constants matched, minus faults, known properties, minus absent ones; more is better."""

_WEAK: Score = (0, 0, -1, 0)
"""Of an arm that takes every object."""


def arm_of(union: OneOf, value: Any) -> Shape | None:
    """The arm that `value` belongs to; None when it fits none."""
    kind = value.__class__
    arms = [arm for arm in union.arms if kind in json_classes(arm)]
    if kind is dict:
        return _object_arm(arms, value, union.open)
    if kind is list:
        if len(arms) == 1 and not union.open:
            return arms[0]
        return next((arm for arm in arms if fits(arm, value)), None)
    return next((arm for arm in sorted(arms, key=_caution) if fits(arm, value)), None)


def _caution(arm: Shape) -> int:
    # Almost any text is base64, and "12" may be meant as text.
    if not isinstance(arm, Scalar):
        return 0
    if arm is BYTES or arm is DECIMAL:
        return 3
    return 1 if arm.read is not None or arm is INT else 2


def _object_arm(arms: list[Shape], value: dict[str, Any], is_open: bool) -> Shape | None:
    if len(arms) == 1 and not is_open:
        return arms[0]  # what is wrong with it is said property by property
    best: Shape | None = None
    best_score: Score | None = None
    tie = False
    for arm in arms:
        score = object_score(arm, value)
        if score is None:
            continue
        if best_score is None or score > best_score:
            best, best_score, tie = arm, score, False
        elif score == best_score:
            tie = True
    return None if tie and best_score is not None and best_score[1] < 0 else best


def object_score(arm: Shape, value: dict[str, Any]) -> Score | None:
    """How well an object fits an arm; None when it does not."""
    match arm:
        case Later():
            return object_score(arm.shape, value)
        case Nullable():
            return object_score(arm.inner, value)
        case Tag():
            tag = value.get(arm.property)
            chosen = arm.arms.get(tag) if isinstance(tag, str) else None
            score = None if chosen is None else object_score(chosen, value)
            return None if score is None else (score[0] + 1, *score[1:])
        case Object():
            return _model_score(arm, value)
        case OneOf():
            chosen = arm_of(arm, value)
            return None if chosen is None else object_score(chosen, value)
        case MapOf():
            return _WEAK if all(fits(arm.value, item, shallow=True) for item in value.values()) else None
        case _:
            return _WEAK


def _model_score(arm: Object, value: dict[str, Any]) -> Score | None:
    plan = plan_of(arm.cls)
    constants = faults = known = 0
    for field in plan.fields:
        if field.wire not in value:
            faults += field.required
            continue
        known += 1
        item = value[field.wire]
        if isinstance(field.shape, Const):
            if not is_one_of(field.shape, item):
                return None
            constants += 1
        elif item.__class__ not in field.classes:
            faults += 1
    stranger = known == 0 and bool(value) and bool(plan.fields)
    if not constants and (faults or stranger):
        return None
    return constants, -faults, known, known - len(plan.fields)


def is_one_of(constant: Const, value: Any) -> bool:
    """Whether `value` is one of the values; 1.0 is 1, but True is not."""
    if value.__class__ is float and value.is_integer():
        value = int(value)
    return any(value == known and value.__class__ is known.__class__ for known in constant.values)


def fits(shape: Shape, value: Any, shallow: bool = False) -> bool:
    """Whether `value` is as described; below models, or if `shallow`, only the class of parsed JSON is looked at."""
    kind: type[Any] = value.__class__
    if kind not in json_classes(shape):
        return False
    match shape:
        case Const():
            return is_one_of(shape, value)
        case Scalar(read=None):
            return shape is not INT or kind is int or value.is_integer()
        case Scalar():
            return _reads(shape, value)
        case ListOf() if not shallow:
            return all(fits(shape.item, item, shallow=True) for item in value)
        case MapOf() if not shallow:
            return all(fits(shape.value, item, shallow=True) for item in value.values())
        case Nullable():
            return value is None or fits(shape.inner, value, shallow)
        case Later() if not shallow:
            return fits(shape.shape, value)
        case OneOf() if not shallow or kind is not list:
            return arm_of(shape, value) is not None
        case Object() | Tag():
            score = object_score(shape, value)
            return score is not None and score[1] == 0
        case _:
            return True


def _reads(shape: Scalar, value: Any) -> bool:
    try:
        return shape.read is not None and shape.read(value) is not None
    except ValueError:
        return False
