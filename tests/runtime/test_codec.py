"""The codec on whole values: what comes in, what comes out, what is said about what is wrong."""

from __future__ import annotations

import base64
import copy
import datetime
import decimal
import enum
import json
import linecache
import math
import shutil
import subprocess
import sys
import threading
import uuid
import warnings
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from zoo_client import models

from clientsmith.runtime import codec_kinds, codec_write
from clientsmith.runtime.codec import Codec, CodecError, Located, UnknownVariant
from clientsmith.runtime.codec_compile import Part
from clientsmith.runtime.codec_kinds import Names, scalars
from clientsmith.runtime.codec_times import LocalDatetime
from clientsmith.runtime.declarations import UNSET
from clientsmith.runtime.errors import SchemaDriftWarning
from clientsmith.runtime.params import compact_json

CODEC = Codec("zoo_client.models")
UTC = datetime.UTC

EVERYTHING: dict[str, Any] = {
    "id": "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "name": "n",
    "count": 3,
    "ratio": 0.5,
    "good": True,
    "at": "2026-03-01T09:30:00Z",
    "day": "2026-03-01",
    "price": "19.90",
    "blob": "AAH/",
    "state": "new",
    "level": 2,
    "anything": {"a": [1, None, {"b": 2.5}]},
    "names": ["a", "b"],
    "notes": ["a", None],
    "days": ["2026-03-01"],
    "scores": {"a": 1.5, "b": 2},
    "times": {"a": "2026-03-01T09:30:00.250000+02:00", "b": None},
    "matrix": [[1], [], [2, 3]],
    "owner": {"name": "Ada", "pets": [{"pet_type": "cat", "lives": 9}, {"pet_type": "newt", "x": 1}]},
    "owners": [{"name": "Bob"}],
    "by_name": {"c": {"name": "Cy"}},
    "mixed": [1, "a"],
    "nothing": None,
    "maybe": None,
    "from": "here",
    "kind": "everything",
    "unknown": {"kept": [True]},
}


def decoded(annotation: Any, value: object, *drifts: str, codec: Codec = CODEC) -> Any:
    """`value` decoded; exactly these drifts must have been warned of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = codec.decode(annotation, value, where="get-thing")
    assert len(caught) == (1 if drifts else 0), [str(one.message) for one in caught]
    if drifts:
        assert str(caught[0].message) == f"get-thing is not as described: {'; '.join(drifts)}"
        assert caught[0].category is SchemaDriftWarning
    return result


def walked(annotation: Any, value: object) -> Any:
    """`value` decoded by the slow way, which must find nothing wrong."""
    part = Part(Names("zoo_client.models").kind(annotation), True)
    return Located(True, set()).converted(value, part)


def written(value: object) -> Any:
    """`value` encoded by the quick way, to JSON text."""
    return json.loads(CODEC.json(value))


# ------------------------------------------------------------------------------------------------------------- one way


def test_every_kind_of_field() -> None:
    thing = decoded("Everything", EVERYTHING)
    assert thing.id == uuid.UUID(EVERYTHING["id"])
    assert (type(thing.id), thing.id.is_safe) == (uuid.UUID, uuid.SafeUUID.unknown)
    assert thing.at == datetime.datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    assert thing.day == datetime.date(2026, 3, 1)
    assert thing.price == decimal.Decimal("19.90")
    assert thing.blob == b"\x00\x01\xff"
    assert thing.state == "new"
    assert thing.times["a"] == datetime.datetime(2026, 3, 1, 7, 30, 0, 250000, tzinfo=UTC)
    assert thing.times["b"] is None
    assert thing.from_ == "here"
    assert thing.later is None
    assert thing.additional_properties == {"unknown": {"kept": [True]}}
    assert thing.owner.pets == [models.Cat(lives=9), UnknownVariant({"pet_type": "newt", "x": 1})]
    assert thing.by_name == {"c": models.Owner(name="Cy")}


def test_what_came_goes_back() -> None:
    thing = decoded("Everything", copy.deepcopy(EVERYTHING))
    assert CODEC.encode(thing) == EVERYTHING
    assert written(thing) == EVERYTHING
    assert walked("Everything", EVERYTHING) == thing


def test_decoding_leaves_the_parsed_json_alone() -> None:
    before = copy.deepcopy(EVERYTHING)
    thing = decoded("Everything", EVERYTHING)
    thing.additional_properties["more"] = 1
    assert before == EVERYTHING


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        ("str", "a", "a"),
        ("Any", {"a": 1}, {"a": 1}),
        ("list[Owner]", [{"name": "A"}], [models.Owner(name="A")]),
        ("dict[str, list[int]]", {"a": [1]}, {"a": [1]}),
        ("dict[str, Any]", {"a": None}, {"a": None}),
        ("Owner | None", None, None),
        ("Owner | str", "x", "x"),
        ("datetime.datetime", "2026-01-01T00:00:00+01:00", datetime.datetime(2025, 12, 31, 23, tzinfo=UTC)),
        ("uuid.UUID", EVERYTHING["id"].upper(), uuid.UUID(EVERYTHING["id"])),
        ("list[decimal.Decimal]", ["1.50"], [decimal.Decimal("1.50")]),
        ("list[decimal.Decimal]", ["1e400", "1e-400"], [decimal.Decimal("1e400"), decimal.Decimal("1e-400")]),
        ("Literal['a', 1] | None", 1, 1),
        ("list[Animal]", [{"pet_type": "dog"}], [models.Dog(pet_type="dog")]),
        (models.Owner, {"name": "A"}, models.Owner(name="A")),
        (list[models.Owner], [], []),
        ("None", None, None),
    ],
)
def test_annotations_outside_of_models(annotation: Any, value: object, expected: object) -> None:
    assert decoded(annotation, value) == expected
    assert walked(annotation, value) == expected


def test_an_api_without_models_has_no_package() -> None:
    assert Codec("zoo_client.no_such_models").decode("dict[str, int]", {"a": 1}) == {"a": 1}


def test_an_unknown_name_is_an_error_of_the_client() -> None:
    with pytest.raises(NameError, match="Ownre"):
        CODEC.decode("list[Ownre]", [])


# --------------------------------------------------------------------------------------------------- tolerated forms


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        ("int", 3.0, 3),
        ("list[int]", [1, 2.0], [1, 2]),
        ("Literal[1, 2]", 2.0, 2),
        ("float", 3, 3),
        ("datetime.datetime", "2026-03-01t09:30:00z", datetime.datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        ("datetime.datetime", "2026-03-01T09:30:00.123456789Z", datetime.datetime(2026, 3, 1, 9, 30, 0, 123456, UTC)),
        ("datetime.datetime", "2026-03-01T09:30:00", LocalDatetime(2026, 3, 1, 9, 30)),
    ],
)
def test_other_spellings_of_the_same(annotation: str, value: object, expected: Any) -> None:
    result = decoded(annotation, value)
    assert result == expected
    assert type(result) is type(expected)


def test_a_large_number_keeps_its_digits() -> None:
    assert decoded("float", 2**60 + 1) == 2**60 + 1


# ----------------------------------------------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("annotation", "value", "drift"),
    [
        ("str", 1, "'': expected a string, got an integer"),
        ("str", None, "'': expected a string, got null"),
        ("int", True, "'': expected an integer, got a boolean"),
        ("int", 1.5, "'': expected an integer, got a number"),
        ("int", "1", "'': expected an integer, got a string"),
        ("float", True, "'': expected a number, got a boolean"),
        ("bool", 1, "'': expected a boolean, got an integer"),
        ("list[str]", {}, "'': expected a list, got an object"),
        ("list[str]", ["a", 1], "'/1': expected a string, got an integer"),
        ("dict[str, int]", {"a/b~": "x"}, "'/a~1b~0': expected an integer, got a string"),
        ("dict[str, int]", [], "'': expected an object, got a list"),
        ("Owner", "Ada", "'': expected an object, got a string"),
        ("Owner", "", "'': expected an object, got a string"),
        ("Stray", [], "'': expected an object, got a list"),
        ("Stray", "pet_type", "'': expected an object, got a string"),
        ("datetime.datetime", "yesterday", "'': expected a date-time, got another string"),
        ("datetime.datetime", "2026-03-01", "'': expected a date-time, got another string"),
        ("datetime.datetime", 1, "'': expected a date-time, got an integer"),
        ("datetime.date", "20260301", "'': expected a date, got another string"),
        ("uuid.UUID", "6ba7b8109dad11d180b400c04fd430c8", "'': expected a UUID, got another string"),
        ("uuid.UUID", "6ba7b810 9dad-11d1-80b4-00c04fd430c8", "'': expected a UUID, got another string"),
        ("uuid.UUID", "6ba7b8109-dad-11d1-80b4-00c04fd430c8", "'': expected a UUID, got another string"),
        ("uuid.UUID", "", "'': expected a UUID, got another string"),
        ("decimal.Decimal", "NaN", "'': expected a decimal number in a string, got another string"),
        ("decimal.Decimal", "12,5", "'': expected a decimal number in a string, got another string"),
        ("decimal.Decimal", 12.5, "'': expected a decimal number in a string, got a number"),
        ("decimal.Decimal", "1e99999999", "'': expected a decimal number in a string, got another string"),
        ("decimal.Decimal", "1e-401", "'': expected a decimal number in a string, got another string"),
        ("decimal.Decimal", "0e-99999999", "'': expected a decimal number in a string, got another string"),
        ("bytes", "?", "'': expected base64, got another string"),
        ("Literal['card']", "cash", "'': expected 'card', got a string"),
        ("Literal[1]", True, "'': expected 1, got a boolean"),
    ],
)
def test_a_wrong_value_is_kept_and_named(annotation: str, value: object, drift: str) -> None:
    assert decoded(annotation, value, drift) == value
    with pytest.raises(CodecError) as caught:
        CODEC.decode(annotation, value, strict=True)
    assert str(caught.value) == drift


def test_what_is_right_beside_it_is_decoded_all_the_same() -> None:
    raw = {**EVERYTHING, "count": "three", "owner": {"name": None, "pets": [{"pet_type": "cat"}]}}
    del raw["at"]
    thing = decoded(
        "Everything",
        raw,
        "'/at': missing",
        "'/count': expected an integer, got a string",
        "'/owner/name': expected a string, got null",
        "and 1 more",
    )
    assert thing.count == "three"
    assert thing.at is None
    assert thing.owner.name is None
    assert thing.owner.pets == [models.Cat(lives=thing.owner.pets[0].lives)]
    assert thing.owner.pets[0].lives is None
    assert thing.day == datetime.date(2026, 3, 1)
    assert thing.additional_properties == {"unknown": {"kept": [True]}}
    assert CODEC.encode(thing)["count"] == "three"


def test_strict_names_the_first_wrong_value_of_the_document() -> None:
    raw = [{"name": "A"}, {"name": "B", "pets": [{"pet_type": "cat", "lives": "9"}]}, {}]
    with pytest.raises(CodecError) as caught:
        CODEC.decode("list[Owner]", raw, strict=True)
    assert (caught.value.pointer, caught.value.message) == ("/1/pets/0/lives", "expected an integer, got a string")


def test_strict_lets_pass_what_the_api_may_add() -> None:
    """New variants, new properties."""
    assert CODEC.decode("Everything", EVERYTHING, strict=True) == decoded("Everything", EVERYTHING)


def test_the_warning_points_at_the_caller() -> None:
    with pytest.warns(SchemaDriftWarning) as caught:
        CODEC.decode("int", "x")
    assert caught[0].filename == __file__


def test_a_control_character_in_a_name_does_not_break_the_line() -> None:
    decoded("dict[str, int]", {"a\nb\x1b": "x"}, r"'/a\nb\x1b': expected an integer, got a string")


# --------------------------------------------------------------------------------------------------------------- unions


CIRCLE, SQUARE = {"radius": 1.5}, {"side": 2}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (CIRCLE, models.Circle(radius=1.5)),
        ({**SQUARE, "color": "red"}, models.Square(side=2, color="red")),
        ({**CIRCLE, "new": 1}, models.Circle(radius=1.5, additional_properties={"new": 1})),
        ({"kind": "group", "members": [SQUARE]}, models.Group(members=[models.Square(side=2)])),
        ({"text": "hi"}, models.Note(text="hi")),
        ({"color": "red"}, models.Note(color="red")),
        ({}, models.Note()),
        ("plain", "plain"),
        ([1, 2], [1, 2]),
        ([CIRCLE], [models.Circle(radius=1.5)]),
        ([], []),
    ],
)
def test_union_by_shape(value: object, expected: object) -> None:
    drawing = decoded("Drawing", {"shape": value})
    assert drawing.shape == expected
    assert walked("Drawing", {"shape": value}) == drawing
    assert CODEC.encode(drawing) == {"shape": value}


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"diameter": 3}, "an object"),
        ({"kind": "layer", "members": []}, "an object"),
        ({"radius": "wide"}, "an object"),
        (3, "an integer"),
        (["a"], "a list"),
    ],
)
def test_what_fits_no_arm_is_no_arm(value: object, kind: str) -> None:
    drift = f"'/shape': {kind} that fits none of the described variants"
    drawing = decoded("Drawing", {"shape": value}, drift)
    assert drawing.shape == UnknownVariant(value)
    assert CODEC.encode(drawing) == {"shape": value}


def test_a_constant_outweighs_a_fault() -> None:
    drawing = decoded(
        "Drawing", {"shape": {"kind": "group", "members": "all"}}, "'/shape/members': expected a list, got a string"
    )
    assert drawing.shape == models.Group(members="all")  # type: ignore[arg-type]  # pyright: ignore  kept as it came


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("when", "2026-03-01T09:30:00Z", datetime.datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        ("when", EVERYTHING["id"], uuid.UUID(EVERYTHING["id"])),
        ("when", "soon", "soon"),
        ("when", 5, 5),
        ("when", 5.0, 5),
        ("mode", "auto", "auto"),
        ("mode", 7, 7),
        ("one", {"radius": 1}, models.Circle(radius=1)),
        ("one", "round", "round"),
        ("pet", {"pet_type": "cat", "lives": 1}, models.Cat(lives=1)),
        ("pet", {"pet_type": "newt"}, UnknownVariant({"pet_type": "newt"})),
        ("pet", "stuffed", "stuffed"),
        ("blob", "abcd", "abcd"),
        ("data", {"a": [1.5, {"b": [None, True]}], "c": "x"}, {"a": [1.5, {"b": [None, True]}], "c": "x"}),
        ("data", [], []),
    ],
)
def test_unions_of_scalars_and_one_object(name: str, value: object, expected: object) -> None:
    assert getattr(decoded("Drawing", {name: value}), name) == expected
    assert getattr(walked("Drawing", {name: value}), name) == expected


@pytest.mark.parametrize(
    ("name", "value", "drift"),
    [
        ("mode", "manual", "'/mode': a string that fits none of the described variants"),
        ("mode", True, "'/mode': a boolean that fits none of the described variants"),
        ("one", [], "'/one': a list that fits none of the described variants"),
        ("data", [1, [2]], ""),
    ],
)
def test_a_union_that_is_not_open_keeps_what_fits_no_arm(name: str, value: object, drift: str) -> None:
    assert getattr(decoded("Drawing", {name: value}, *filter(None, [drift])), name) == value


def test_the_only_object_of_a_union_is_told_property_by_property() -> None:
    assert decoded("Drawing", {"one": {}}, "'/one/radius': missing").one == models.Circle(radius=None)  # type: ignore[arg-type]  # pyright: ignore  missing is None


@pytest.mark.parametrize(
    ("annotation", "value", "expected", "drift"),
    [
        ("Animal", {"pet_type": "cat", "lives": 9}, models.Cat(lives=9), ""),
        ("Animal", {"pet_type": "newt"}, UnknownVariant({"pet_type": "newt"}), ""),
        ("Animal", {"lives": 9}, UnknownVariant({"lives": 9}), "'/pet_type': missing"),
        ("Animal", {"pet_type": 1}, UnknownVariant({"pet_type": 1}), "'/pet_type': expected a string, got an integer"),
        ("Animal", {"pet_type": []}, UnknownVariant({"pet_type": []}), "'/pet_type': expected a string, got a list"),
        ("Animal", "cat", UnknownVariant("cat"), "'': expected an object, got a string"),
        ("Guest", {"pet_type": "cat", "lives": 9}, models.Cat(lives=9), ""),
        ("Guest", {"pet_type": "newt"}, models.Stray(pet_type="newt"), ""),
        ("Guest", {}, models.Stray(), ""),
    ],
)
def test_union_by_discriminator(annotation: str, value: object, expected: object, drift: str) -> None:
    result = decoded(annotation, value, *filter(None, [drift]))
    assert result == expected
    if value != {}:
        assert CODEC.encode(result) == value


def test_the_closest_of_several_that_fit_wins_whatever_the_order() -> None:
    for annotation in ("Note | Stray | UnknownVariant", "Stray | Note | UnknownVariant"):
        assert decoded(annotation, {"text": "x", "pet_type": "y", "color": "z"}) == models.Note(
            text="x", color="z", additional_properties={"pet_type": "y"}
        )


# ------------------------------------------------------------------------------------------------------- hostile names


def test_hostile_names() -> None:
    raw = {
        'x"]; import os #': 1,
        "it's\n    raise SystemExit\n": 2,
        "__class__": 3,
        "": 4,
        "self": 5,
        "{0}{x}%s\\": 6,
        "наименование\u2028": 7,
        "a/b~c": "\n",
        "additional_properties": 8,
        "o": 9,
        "d": 10,
        "x": 11,
        "__dict__": 12,
    }
    thing = decoded("Hostile", raw)
    assert (thing.a, thing.b, thing.c, thing.d, thing.self_, thing.f, thing.g, thing.i) == (1, 2, 3, 4, 5, 6, 7, 8)
    assert (thing.h, thing.o, thing.d_) == ("\n", 9, 10)
    assert thing.additional_properties == {"x": 11, "__dict__": 12}
    assert type(thing) is models.Hostile
    assert CODEC.encode(thing) == raw
    decoded("Hostile", {**raw, "a/b~c": "x"}, r"""'/a~1b~0c': expected '"); boom("' or '\n', got a string""")


def test_compiled_text_holds_no_text_of_a_document() -> None:
    decoded(
        "Hostile",
        {"__class__": 3},
        *_missing("Hostile", 'x"]; import os #', "it's\n    raise SystemExit\n", ""),
        "and 2 more",
    )
    CODEC.json(models.Hostile(a=1, b=2, c=3, d=4, self_=5, f=6))
    texts = [
        "".join(entry[2]) for name, entry in linecache.cache.items() if name.startswith("<codec ") and len(entry) == 4
    ]
    assert any("o.self_ = " in text for text in texts)
    for text in texts:
        for part in ("import", "SystemExit", "__dict__", "наименование", "boom", "\\"):
            assert part not in text


def _missing(_: str, *wires: str) -> list[str]:
    return [f"{'/' + wire!r}: missing" for wire in wires]


# ----------------------------------------------------------------------------------------------------------- encoding


def test_none_unset_and_absent() -> None:
    assert CODEC.encode(models.Sent(needed=None)) == {"needed": None, "items": []}
    sent = models.Sent(
        needed="x", note=None, plain="", items=[UNSET, None], additional_properties={"a": UNSET, "b": None}
    )
    for encode in (CODEC.encode, written):
        assert encode(sent) == {"needed": "x", "note": None, "plain": "", "items": [None], "b": None}
    assert written(models.Sent(needed=None)) == {"needed": None, "items": []}
    assert CODEC.encode({"a": UNSET, "b": [None]}) == {"b": [None]}
    assert decoded("Sent", {"needed": None}).note is UNSET
    assert decoded("Sent", {"needed": None, "note": None}).note is None


@pytest.mark.parametrize("encode", [CODEC.encode, written])
def test_scalars_as_they_travel(encode: Callable[[object], Any]) -> None:
    sent = models.Sent(
        needed="x",
        at=datetime.datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
        price=decimal.Decimal("1E+3"),
        items=[
            datetime.datetime(2026, 3, 1, 9, 30, 0, 5, tzinfo=ZoneInfo("Asia/Kolkata")),
            datetime.datetime(1800, 1, 1, tzinfo=ZoneInfo("Europe/Amsterdam")),
            datetime.datetime(12, 1, 1, 1, 2, 3, 450000, tzinfo=UTC),
            datetime.datetime(2026, 3, 1, 9, 30, 0, 5, tzinfo=datetime.timezone(datetime.timedelta(0), "GMT")),
            datetime.date(2026, 3, 1),
            uuid.UUID(int=1),
            b"\x00\x01\xff",
            bytearray(b"a"),
            decimal.Decimal("0.10"),
            (1, UnknownVariant({"raw": UnknownVariant(1)})),
            MappingProxyType({"a": models.Owner(name="Ada")}),
            _Text("text"),
        ],
    )
    assert encode(sent) == {
        "needed": "x",
        "at": "2026-03-01T09:30:00Z",
        "price": "1000",
        "items": [
            "2026-03-01T09:30:00.000005+05:30",
            "1799-12-31T23:40:28Z",
            "0012-01-01T01:02:03.450000Z",
            "2026-03-01T09:30:00.000005Z",
            "2026-03-01",
            "00000000-0000-0000-0000-000000000001",
            "AAH/",
            base64.b64encode(b"a").decode(),
            "0.10",
            [1, {"raw": 1}],
            {"a": {"name": "Ada"}},
            "text",
        ],
    }


class _Text(str):
    __slots__ = ()


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (
            datetime.datetime(2026, 3, 1),
            ValueError,
            "has no UTC offset, so it names no point in time: use datetime.now",
        ),
        ({1, 2}, TypeError, "a value of type 'set' cannot be sent as JSON"),
        (object(), TypeError, "a value of type 'object' cannot be sent as JSON"),
        (decimal.Decimal("NaN"), ValueError, "cannot be sent"),
        (decimal.Decimal("1e99999999"), ValueError, "cannot be sent"),
        (decimal.Decimal("-1e401"), ValueError, "cannot be sent"),
        (models.Owner, TypeError, "a value of type 'type' cannot be sent as JSON"),
    ],
)
def test_what_cannot_be_sent_is_named(value: object, error: type[Exception], message: str) -> None:
    sent = {"owners": [1, models.Owner(name="x", additional_properties={"additional/": value})]}
    for encode in (CODEC.encode, CODEC.json):
        with pytest.raises(error, match=f"^'/owners/1/additional~1': .*{message}"):
            encode(sent)


def test_json_text_is_what_json_writes() -> None:
    values: tuple[object, ...] = (
        {1: 2.0, None: True, "é\u2028": ['"\\\n', 10**30, 1e22, 0.1]},
        [],
        {},
        "\ud800",
        _Count.ONE,
        (None, False),
    )
    for value in values:
        assert CODEC.json(value) == compact_json(value)
    assert CODEC.json([UNSET, {"a": UNSET, "b": 1}]) == '[{"b":1}]'
    for number in (math.nan, math.inf):
        with pytest.raises(ValueError, match="not JSON compliant"):
            CODEC.json([number])


class _Count(enum.IntEnum):
    ONE = 1


def test_a_naive_time_in_a_field() -> None:
    with pytest.raises(ValueError, match=r"^'/at': datetime.datetime\(2026, 3, 1, 0, 0\) has no UTC offset"):
        CODEC.json(models.Sent(needed="x", at=datetime.datetime(2026, 3, 1)))


@pytest.mark.parametrize("text", ["2026-03-01T09:30:00", "2026-03-01T09:30:00.250000"])
def test_a_naive_time_that_came_is_sent_back(text: str) -> None:
    came = CODEC.decode("datetime.datetime", text)
    assert CODEC.json([came, copy.copy(came)]) == f'["{text}","{text}"]'
    assert CODEC.encode([came]) == [text]
    assert CODEC.json(came + datetime.timedelta(days=1)) == f'"{text.replace("01T", "02T")}"'
    assert CODEC.json(came.replace(tzinfo=UTC)) == f'"{text}Z"'
    assert type(CODEC.decode("datetime.datetime", text + "+01:00")) is datetime.datetime


def test_values_of_other_classes_than_annotated_are_sent_as_what_they_are() -> None:
    sent = models.Sent(needed=uuid.UUID(int=1), plain=models.Owner(name="x"), at="soon", items={"a": 1})  # type: ignore[arg-type]  # pyright: ignore  the point
    assert CODEC.encode(sent) == {
        "needed": str(uuid.UUID(int=1)),
        "plain": {"name": "x"},
        "at": "soon",
        "items": {"a": 1},
    }


def test_known_fields_win_over_additional_properties() -> None:
    assert CODEC.encode(models.Owner(name="x", additional_properties={"name": "y"})) == {"name": "x"}
    assert written(models.Owner(name="x", additional_properties={"name": "y"})) == {"name": "x"}


def test_typed_additional_properties() -> None:
    raw = {"a": {"name": "Ada"}}
    assert decoded("Typed", raw) == models.Typed(additional_properties={"a": models.Owner(name="Ada")})
    assert CODEC.encode(decoded("Typed", raw)) == raw
    decoded("Typed", {"a": 1}, "'/a': expected an object, got an integer")


def test_a_model_without_room_for_unknown_properties() -> None:
    assert decoded("Strict", {"a": 1, "b": 2}) == models.Strict(a=1)
    assert decoded("Strict", {"a": "1", "b": 2}, "'/a': expected an integer, got a string").a == "1"


# ------------------------------------------------------------------------------------------------------- deep and wide


def chain(depth: int) -> tuple[str, Any]:
    """A chain of nodes as text and parsed, as deep as the parser takes it."""
    text = '{"value":1,"next":' * depth + "null" + "}" * depth
    return text, json.loads(text)


def deepest(kind: Callable[[int], Any]) -> int:
    """How deep this interpreter's parser goes."""
    depth = 100
    while depth < 100_000:
        try:
            kind(depth * 2)
        except RecursionError:
            break
        depth *= 2
    return depth


def test_as_deep_as_the_parser_goes() -> None:
    depth = deepest(chain)
    _, raw = chain(depth)
    node = decoded("Node", raw)
    back: Any = CODEC.encode(node)
    for _ in range(depth):
        assert (node.value, back["value"]) == (1, 1)
        node, back = node.next, back.get("next")
    assert node is None
    assert back is None


def test_deep_lists_and_mappings_of_anything() -> None:
    depth = deepest(lambda n: json.loads('[{"a":' * n + "1" + "}]" * n))
    raw = json.loads('[{"a":' * depth + "1" + "}]" * depth)
    for annotation in ("Any", "Json"):
        back = CODEC.encode(decoded(annotation, raw))
        for _ in range(depth):
            back = back[0]["a"]
        assert back == 1


def test_a_drift_far_down_is_found() -> None:
    _, raw = chain(400)
    inner = raw
    for _ in range(399):
        inner = inner["next"]
    inner["value"] = "x"
    decoded("Node", raw, f"{'/next' * 399 + '/value'!r}: expected an integer, got a string")


def test_wrong_at_every_level_costs_no_more_than_its_size() -> None:
    """Each level wrong and decoded once: trying again per level would take longer than the universe has."""
    raw: Any = {"value": "x"}
    for _ in range(60):
        raw = {"value": "x", "children": [raw], "next": None}
    with pytest.warns(SchemaDriftWarning, match="and 58 more"):
        CODEC.decode("Node", raw)


def test_a_value_that_contains_itself_is_refused() -> None:
    circle: list[Any] = []
    circle += [circle, circle]
    for encode in (CODEC.encode, CODEC.json):
        with pytest.raises(ValueError, match="contains itself"):
            encode(circle)


# ------------------------------------------------------------------------------------------------------- our own bugs


@pytest.mark.parametrize("error", [KeyError, AttributeError, TypeError, IndexError, ZeroDivisionError])
def test_a_bug_in_a_conversion_is_raised_as_it_is(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    """Neither passed off as a value that is not as described nor hidden by the slow way."""

    def broken(_: object) -> Any:
        raise error("a bug")

    scalar = scalars()[datetime.date]._replace(read=broken, write=broken)
    monkeypatch.setitem(scalars(), datetime.date, scalar)
    monkeypatch.setitem(codec_write.TEXTS, datetime.date, broken)
    codec = Codec("zoo_client.models")
    with pytest.raises(error, match="a bug"):
        codec.decode(dict[str, datetime.date], {"a": "2026-03-01"})
    with pytest.raises(error, match="a bug"):
        codec.encode(datetime.date(2026, 3, 1))
    with pytest.raises(error, match="a bug"):
        codec.json(datetime.date(2026, 3, 1))


def test_an_attribute_that_was_deleted_is_an_error_of_the_caller() -> None:
    owner = models.Owner(name="x")
    del owner.name
    with pytest.raises(AttributeError, match="name"):
        CODEC.json([owner])


def test_a_new_kind_is_named_by_mypy_wherever_it_must_be_known(tmp_path: Path) -> None:
    runtime = Path(codec_kinds.__file__).parent
    copy_of = tmp_path / "runtime"
    shutil.copytree(runtime, copy_of, ignore=shutil.ignore_patterns("__pycache__"))
    path = copy_of / "codec_kinds.py"
    text = path.read_text("utf-8")
    more = "class TupleOf(NamedTuple):\n    items: tuple[Kind, ...]\n\n\n"
    text = text.replace("class Nullable(", f"{more}class Nullable(", 1)
    text = text.replace("    Scalar | Const | ListOf", "    TupleOf | Scalar | Const | ListOf", 1)
    path.write_text(text, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--python-version=3.11"]
    ran = subprocess.run([*command, "-p", "runtime"], cwd=tmp_path, capture_output=True, text=True)
    named = {line.partition(":")[0] for line in ran.stdout.splitlines() if "TupleOf" in line and "assert_never" in line}
    expected = ("codec", "codec_unions", "codec_compile", "codec_encodings", "header_structures")
    assert named == {f"runtime/{name}.py" for name in expected}, ran.stdout


# ---------------------------------------------------------------------------------------------------- first use


def test_what_is_as_described_never_takes_the_slow_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speed, asserted without a clock."""

    def slow(*_: object) -> Any:
        raise AssertionError("the slow way was taken")

    monkeypatch.setattr(Located, "converted", slow)
    thing = CODEC.decode("Everything", EVERYTHING)
    assert written(thing) == EVERYTHING
    for annotation, value in (
        ("Animal", {"pet_type": "newt"}),
        ("Guest", {}),
        ("Drawing", {"shape": [CIRCLE], "data": {"a": [1.5]}}),
    ):
        CODEC.json(CODEC.decode(annotation, value))


LAZY = """
import sys
from clientsmith.runtime.codec import Codec
codec = Codec("zoo_client.models")
assert not any(name.startswith("zoo_client") for name in sys.modules)
codec.decode("Node", {"value": 1})
print(*sorted(name for name in sys.modules if name.startswith("zoo_client.models.")))
codec.decode("Cat", {"pet_type": "cat", "lives": 1})
print(*sorted(name for name in sys.modules if name.startswith("zoo_client.models.")))
"""


def test_only_the_models_that_are_used_are_imported() -> None:
    path = [str(Path(__file__).parent), str(Path(__file__).parents[2] / "generator")]
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}\n{LAZY}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines() == [
        "zoo_client.models._things",
        "zoo_client.models._animals zoo_client.models._owners zoo_client.models._things",
    ]


THREADS = """
import threading
from clientsmith.runtime.codec import Codec
codecs = [Codec("zoo_client.models") for _ in range(8)]
barrier, results = threading.Barrier(8), []
def work(codec):
    barrier.wait()
    owner = codec.decode("Owner", {"name": "A", "pets": [{"pet_type": "cat", "lives": 1, "owner": {"name": "B"}}]})
    results.append((type(owner.pets[0].owner), codec.encode(owner)["pets"][0]["owner"]))
threads = [threading.Thread(target=work, args=(codec,)) for codec in codecs]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
assert len(results) == 8 and len({kind for kind, _ in results}) == 1, results
"""


def test_first_use_in_many_threads_at_once() -> None:
    path = [str(Path(__file__).parent), str(Path(__file__).parents[2] / "generator")]
    for _ in range(5):
        subprocess.run([sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}\n{THREADS}"], check=True)
    assert threading.active_count() >= 1


def test_unknown_variant_is_a_frozen_value() -> None:
    assert UnknownVariant({"a": 1}) == UnknownVariant({"a": 1})
    assert repr(UnknownVariant(1)) == "UnknownVariant(raw=1)"
    with pytest.raises(AttributeError):
        UnknownVariant(1).raw = 2  # type: ignore[misc]  # pyright: ignore  the point
