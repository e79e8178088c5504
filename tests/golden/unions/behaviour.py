from __future__ import annotations

import warnings

from golden_server import Answer, Script
from unions import Client, SchemaDriftWarning
from unions.models import Cat, Circle, Dog, Square, UnknownVariant


def check_discriminator(server: Script) -> None:
    pets: list[dict[str, object]] = [
        {"kind": "tom", "lives": 9},
        {"kind": "Dog", "tricks": []},
        {"kind": "emu", "lives": 1},
    ]
    server.script(Answer(200, pets))
    with Client(base_url=server.url) as client:
        cat, dog, emu = client.pets.list()
    assert isinstance(cat, Cat) and cat.lives == 9
    assert isinstance(dog, Dog) and dog.tricks == []
    assert isinstance(emu, UnknownVariant) and emu.raw == {"kind": "emu", "lives": 1}


def check_shape(server: Script) -> None:
    null = Answer(200, b"null", {"Content-Type": "application/json"})
    shapes = [Answer(200, value) for value in ({"radius": 1, "label": 3}, {"side": 2}, "dot", {"other": 1})]
    server.script(*shapes[:3], null, shapes[3])
    with Client(base_url=server.url) as client:
        circle, square, dot, nothing = (client.shape.get() for _ in range(4))
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            other = client.shape.get()
    assert [warning.category for warning in caught] == [SchemaDriftWarning]
    assert isinstance(circle, Circle) and circle.label == 3
    assert isinstance(square, Square) and dot == "dot" and nothing is None
    assert isinstance(other, UnknownVariant) and other.raw == {"other": 1}


def check_a_named_union_of_other_values(server: Script) -> None:
    square = {"side": 2, "extra": ["a", 1], "more": {"b": {"c": "d"}, "e": 5}}
    server.script(Answer(200, square))
    with Client(base_url=server.url) as client:
        assert client.shape.get() == Square(side=2, extra=["a", 1], more={"b": {"c": "d"}, "e": 5})


def check_default_mapping(server: Script) -> None:
    server.script(Answer(200, {"kind": "odd", "tricks": ["sit"]}))
    with Client(base_url=server.url) as client:
        assert client.fallback.get() == Dog(kind="odd", tricks=["sit"])
