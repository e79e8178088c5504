from __future__ import annotations

from golden_server import Answer, Script
from objects import Client
from objects.models import Forest, Labels, Node


def check_round_trip(server: Script) -> None:
    node = {"id": "1", "name": "a", "children": [{"id": "2", "name": "b"}], "labels": {"color": "red", "x": "y"}}
    server.script(Answer(201, {"node": node, "owner": {"name": "o"}}))
    with Client(base_url=server.url) as client:
        made = client.nodes.create(
            name="a",
            children=[Node(name="b")],
            labels=Labels(color="red", additional_properties={"x": "y"}),
        )
    assert server.requests[0].json() == {"name": "a", "children": [{"name": "b"}], "labels": {"color": "red", "x": "y"}}
    assert made.owner is not None and made.owner.name == "o"
    assert made.node is not None and made.node.children is not None and made.node.labels is not None
    assert (made.node.id, made.node.children[0].name) == ("1", "b")
    assert made.node.labels.additional_properties == {"x": "y"}


def check_typed_additional_properties(server: Script) -> None:
    forest = {"roots": 1, "oak": {"name": "acorn", "id": "1"}}
    server.script(Answer(201, {"node": {"id": "1", "name": "a", "forest": forest}}))
    with Client(base_url=server.url) as client:
        made = client.nodes.create(name="a", forest=Forest(additional_properties={"oak": Node(name="acorn")}))
    assert server.requests[0].json() == {"name": "a", "forest": {"oak": {"name": "acorn"}}}
    assert made.node is not None and made.node.forest is not None
    assert made.node.forest.additional_properties["oak"].id == "1"
    assert Forest().additional_properties == {}
