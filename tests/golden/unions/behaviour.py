from __future__ import annotations

from golden_server import Answer, Script
from unions import Client
from unions.models import Cat, Circle, Dog, Square, UnknownVariant


def check_discriminator(server: Script) -> None:
    server.script(Answer(200, [{"kind": "tom", "lives": 9}, {"kind": "Dog", "tricks": []}, {"kind": "emu", "lives": 1}]))
    with Client(base_url=server.url) as client:
        cat, dog, emu = client.pets.list()
    assert isinstance(cat, Cat) and cat.lives == 9
    assert isinstance(dog, Dog) and dog.tricks == []
    assert isinstance(emu, UnknownVariant) and emu.raw == {"kind": "emu", "lives": 1}


def check_shape(server: Script) -> None:
    server.script(*[Answer(200, v) for v in ({"radius": 1, "label": 3}, {"side": 2}, "dot", None, {"other": 1})])
    with Client(base_url=server.url) as client:
        circle, square, dot, nothing, other = (client.shapes.get() for _ in range(5))
    assert isinstance(circle, Circle) and circle.label == 3
    assert isinstance(square, Square) and dot == "dot" and nothing is None
    assert isinstance(other, UnknownVariant) and other.raw == {"other": 1}
