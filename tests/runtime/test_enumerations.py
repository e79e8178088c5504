"""New values of enumerations: kept, reported once for each place of a client, refused when strict."""

from __future__ import annotations

import copy
import warnings
from typing import Any

import pytest
from test_codec import EVERYTHING

from clientsmith.runtime.codec import Codec, CodecError, Located, Put
from clientsmith.runtime.codec_compile import Part
from clientsmith.runtime.enums import MOST_NOTED
from clientsmith.runtime.errors import SchemaDriftWarning

STATE = "Literal['new', 'old'] | str"
MODELS = "zoo_client.models"


def reports(codec: Codec, annotation: str, value: Any, where: str = "op") -> list[str]:
    """The warnings about a value, which is kept as it is."""
    before = copy.deepcopy(value)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert codec.decode(annotation, value, where=where) == before
    assert all(one.category is SchemaDriftWarning for one in caught)
    return [str(one.message) for one in caught]


def test_a_new_value_of_a_model_is_kept_and_reported() -> None:
    codec = Codec(MODELS)
    with pytest.warns(SchemaDriftWarning, match="it is not as described: '/state': unknown value 'brand new'"):
        thing = codec.decode("Everything", {**EVERYTHING, "state": "brand new"})
    assert thing.state == "brand new"
    assert codec.encode(thing) == {**EVERYTHING, "state": "brand new"}


@pytest.mark.parametrize(
    ("annotation", "known", "new"),
    [
        (STATE, "old", "queued_v2"),
        (f"{STATE} | None", None, "queued_v2"),
        ("Literal[1, 2] | int", 2, 3),
        ("Literal['a', 1] | int | str", 1, 2),
        ("Literal[True] | bool", True, False),
        ("Literal['a'] | Literal['b'] | str", "b", "c"),
        ("Literal['a'] | str | int", 7, "b"),
        ("list[Literal['a'] | str]", ["a", "a"], ["a", "b"]),
        ("dict[str, Literal['a'] | str]", {"x": "a"}, {"x": "b"}),
    ],
)
def test_each_form_of_an_enumeration(annotation: str, known: Any, new: Any) -> None:
    codec = Codec(MODELS)
    assert reports(codec, annotation, known) == []
    assert [text.partition("unknown value")[1] for text in reports(codec, annotation, new)] == ["unknown value"]
    assert codec.decode(annotation, known, strict=True) == known
    for _ in range(2):  # however often it was reported
        with pytest.raises(CodecError, match="unknown value"):
            codec.decode(annotation, new, strict=True)


def test_one_and_true_are_two_values() -> None:
    assert len(reports(Codec(MODELS), "Literal['a', 1] | int | str | bool", True)) == 0
    assert reports(Codec(MODELS), "Literal[1, 2] | int", True) == [
        "op is not as described: '': expected an integer, got a boolean"
    ]
    assert Codec(MODELS).decode("Literal[1, 2] | int", 1.0, strict=True) == 1


def test_a_document_that_allows_any_value_beside_those_that_it_lists() -> None:
    assert reports(Codec(MODELS), "Annotated[str, Literal['a']]", "b") == []


def test_once_for_a_place_of_a_client_whichever_item_it_is() -> None:
    codec, annotation = Codec(MODELS), f"list[{STATE}]"
    assert reports(codec, annotation, ["new", "x", "x"]) == ["op is not as described: '/1': unknown value 'x'"]
    assert reports(codec, annotation, ["x"]) == []
    assert reports(codec, annotation, ["y"]) == ["op is not as described: '/0': unknown value 'y'"]
    assert len(reports(codec, annotation, ["x"], "another operation")) == 1
    assert len(reports(Codec(MODELS), annotation, ["x"])) == 1
    assert reports(codec, f"dict[str, {STATE}]", {"1a": "x", "2a": "x"}) == [
        "op is not as described: '/1a': unknown value 'x'; '/2a': unknown value 'x'"
    ]


def test_a_server_fills_no_memory_with_new_values() -> None:
    codec = Codec(MODELS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        codec.decode(f"list[{STATE}]", [f"{i}" * 200 for i in range(MOST_NOTED + 50)])
        codec.decode(f"list[{STATE}]", ["1" * 200], where="op")
    assert len(codec.noted["it"]) == MOST_NOTED
    assert max(len(value) for _, value in codec.noted["op"]) == 80
    assert len(reports(codec, f"list[{STATE}]", ["still reported"], "it")) == 1


def test_a_value_of_another_class_is_no_new_value() -> None:
    assert reports(Codec(MODELS), STATE, 5) == ["op is not as described: '': expected a string, got an integer"]


def test_a_new_value_in_one_item_does_not_slow_down_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speed, asserted without a clock: the items that are as described are read whole, not level by level."""
    codec, things = Codec(MODELS), [{**EVERYTHING, "state": "x" if i == 7 else "new"} for i in range(20)]
    levels = list[str]()
    original = Located.later

    def later(at: Located, value: Any, key: str, part: Part | None, put: Put, name: str) -> None:
        levels.append(key)
        original(at, value, key, part, put, name)

    monkeypatch.setattr(Located, "later", later)
    with pytest.warns(SchemaDriftWarning, match="^it is not as described: '/7/state': unknown value 'x'$"):
        codec.decode("list[Everything]", things)
    assert levels.count("state") == 1
