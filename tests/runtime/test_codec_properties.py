"""The codec on values that nobody thought of: described ones with some parts replaced or taken out."""

from __future__ import annotations

import copy
import json
import warnings
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from test_codec import CODEC, EVERYTHING

from clientsmith.runtime.codec import Codec, CodecError, Located
from clientsmith.runtime.codec_compile import Part
from clientsmith.runtime.codec_kinds import Names
from clientsmith.runtime.errors import SchemaDriftWarning
from clientsmith.runtime.params import compact_json

NAMES = Names("zoo_client.models")

DESCRIBED: dict[str, Any] = {
    "Everything": EVERYTHING,
    "list[Owner]": [
        {"name": "A", "pets": [{"pet_type": "cat", "lives": 9, "owner": {"name": "B"}}, {"pet_type": "dog"}]}
    ],
    "Node": {"value": 1, "next": {"value": 2}, "children": [{"value": 3, "children": []}, {"value": 4}]},
    "dict[str, Drawing]": {
        "a": {
            "shape": {"radius": 1, "color": "red"},
            "when": "2026-03-01T09:30:00Z",
            "mode": "auto",
            "one": {"radius": 2},
        },
        "b": {
            "shape": {"kind": "group", "members": [{"side": 2}, {"text": "x"}, "y", [1]]},
            "data": {"a": [1, [None]]},
        },
        "c": {"pet": {"pet_type": "dog", "owner": {"name": "A"}}, "blob": "AAH/", "when": 3},
    },
    "Sent": {"needed": None, "note": None, "price": "1.5", "items": [1, {"a": "b"}]},
    "Guest | int | list[Typed]": {"pet_type": "cat", "lives": 1, "owner": {"name": "A"}},
}

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        ["", "a", "cat", "group", "2026-03-01", "2026-03-01T09:30:00+02:00", "1.5", "AAH/", EVERYTHING["id"]]
    )
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "a", "kind", ""]), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container and key within a value."""
    found: list[tuple[Any, Any]] = []
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]  parsed JSON
    elif isinstance(value, list):
        pairs = list(enumerate(value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]  parsed JSON
    for key, inner in pairs:
        found += [(value, key), *places(inner)]
    return found


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, Any]:
    """An annotation, and a value that is as described but for a few places."""
    annotation = draw(st.sampled_from(sorted(DESCRIBED)))
    value = copy.deepcopy(DESCRIBED[annotation])
    for _ in range(draw(st.integers(0, 3))):
        spots = places(value)
        if not spots:
            break
        container, key = spots[draw(st.integers(0, len(spots) - 1))]
        if draw(st.booleans()):
            container[key] = draw(json_values)
        else:
            del container[key]
    return annotation, value


@settings(max_examples=400, deadline=None)
@given(cases())
def test_the_fast_way_and_the_slow_way_agree(case: tuple[str, Any]) -> None:
    annotation, raw = case
    before = copy.deepcopy(raw)
    reading = Located(False, set())
    slow = reading.converted(raw, Part(NAMES.kind(annotation), True))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value = Codec("zoo_client.models").decode(annotation, raw)
    assert value == slow
    assert raw == before
    assert [one.category for one in caught] == [SchemaDriftWarning] * bool(reading.count)
    found: tuple[str, str] | None = None
    try:
        CODEC.decode(annotation, raw, strict=True)
    except CodecError as error:
        found = error.pointer, error.message
    assert found == (reading.drifts[0] if reading.drifts else None)


@settings(max_examples=400, deadline=None)
@given(cases())
def test_what_was_sent_comes_back_the_same(case: tuple[str, Any]) -> None:
    annotation, raw = case
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = CODEC.decode(annotation, raw)
        back = CODEC.encode(value)
        assert json.loads(CODEC.json(value)) == json.loads(compact_json(back))
        again = json.loads(json.dumps(back))
        assert CODEC.encode(CODEC.decode(annotation, again)) == again


@given(json_values)
def test_unknown_values_pass_unchanged(value: Any) -> None:
    assert CODEC.encode(CODEC.decode("Any", value)) == value
