"""Webhooks and callbacks: requests that the provider sends.

They are not operations of a client; the models of what is received and sent there are part of it all the same, and
drift says what changed in them.
"""

from __future__ import annotations

from clientsmith.ir import Webhook
from clientsmith.load.document import Node
from clientsmith.parse.contents import body_of, responses_of
from clientsmith.parse.operations import methods_of
from clientsmith.parse.reading import Reader, is_map
from clientsmith.parse.schemas import Schemas


def webhooks_of(schemas: Schemas, root: Node) -> tuple[Webhook, ...]:
    """Returns the webhooks of a document, and the callbacks of its operations, of its webhooks and of `components`."""
    reader = schemas.reader
    waiting = [(name, reference, "") for name, reference in reader.entries(root, "webhooks")]
    for _, reference in reader.entries(root, "paths"):
        waiting += _callbacks(reader, reference)
    if is_map(root.value.get("components")):
        for name, callback in reader.entries(root.child("components"), "callbacks"):
            waiting += _expressions(reader, name, callback, callback.address)
    found: list[Webhook] = []
    seen: set[str] = set()
    while waiting:
        name, reference, operation = waiting.pop(0)
        item = reader.follow(reference)
        if item is None or item.address in seen:
            continue
        seen.add(item.address)
        waiting += _callbacks(reader, reference)
        for method, _, node, _ in methods_of(reader, reference):
            body = body_of(schemas, node.child("requestBody")) if node.value.get("requestBody") is not None else None
            found.append(Webhook(name, method, node.address, body, responses_of(schemas, node), operation))
    return tuple(found)


_Waiting = tuple[str, Node, str]
"""The name of a webhook or callback, its path item, and the address of its operation."""


def _callbacks(reader: Reader, reference: Node) -> list[_Waiting]:
    item = reader.follow(reference)
    if item is None or not is_map(item.value):
        return []
    found: list[_Waiting] = []
    for key, value in item.value.items():
        if is_map(value) and "callbacks" in value:
            node = Node(value, f"{item.address}/{key}")
            for name, callback in reader.entries(node, "callbacks"):
                found += _expressions(reader, name, callback, node.address)
    return found


def _expressions(reader: Reader, name: str, callback: Node, operation: str) -> list[_Waiting]:
    """Returns the path items of a Callback Object, one for each expression."""
    target = reader.follow(callback)
    if target is None or not is_map(target.value):
        return []
    keys = [str(key) for key in target.value if not str(key).startswith("x-")]
    return [(f"{name} {key}", target.child(key), operation) for key in keys]
