"""Changes of a document, one of each kind that a provider makes, at places that chance decides.

    MUTATIONS["remove a property"](root, chance)    changes the root in place; False where there is no such place
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

Tree: TypeAlias = dict[str, Any]
Mutation: TypeAlias = Callable[[Tree, random.Random], bool]

METHODS = ("get", "put", "post", "patch", "delete")
MUTATIONS: dict[str, Mutation] = {}


def mutation(find: Callable[[Tree], list[Any]], name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Registers a change of one of the places that are found."""

    def registered(change: Callable[..., None]) -> Callable[..., None]:
        def mutate(root: Tree, chance: random.Random) -> bool:
            places, before = find(root), json.dumps(root)
            if places:
                change(root, chance.choice(places), chance)
            return json.dumps(root) != before

        MUTATIONS[name] = mutate
        return change

    return registered


# --------------------------------------------------------------------------------------------------------- places


def mappings(node: Any) -> Iterator[Tree]:
    """All mappings of a tree but those inside examples."""
    if isinstance(node, dict):
        found: Tree = {**node}
        yield node
        for key, value in found.items():
            if key not in ("example", "examples"):
                yield from mappings(value)
    elif isinstance(node, list):
        items: list[Any] = [*node]
        for item in items:
            yield from mappings(item)


def parts(root: Tree) -> list[Tree]:
    return [*mappings(root.get("paths", {})), *mappings(components(root))]


def components(root: Tree) -> Tree:
    found: Tree = root.get("components", {}).get("schemas", {})
    return found


def documents(root: Tree) -> list[Tree]:
    return [root]


def operations(root: Tree) -> list[tuple[str, str, Tree]]:
    items: dict[str, Tree] = root.get("paths", {})
    return [(path, key, value) for path, item in items.items() for key, value in item.items() if key in METHODS]


def parameters(root: Tree) -> list[tuple[list[Tree], Tree]]:
    lists: list[list[Tree]] = [operation.get("parameters", []) for *_, operation in operations(root)]
    return [(some, one) for some in lists for one in some if one.get("in") in ("query", "header")]


def objects(root: Tree) -> list[Tree]:
    return [one for one in parts(root) if isinstance(one.get("properties"), dict) and one["properties"]]


def properties(root: Tree) -> list[tuple[Tree, str, Tree]]:
    return [(o, key, value) for o in objects(root) for key, value in o["properties"].items() if isinstance(value, dict)]


def texts(root: Tree) -> list[tuple[Tree, str, Tree]]:
    return [one for one in properties(root) if one[2].get("type") == "string" and "enum" not in one[2]]


def typed(root: Tree) -> list[tuple[Tree, str, Tree]]:
    return [one for one in properties(root) if isinstance(one[2].get("type"), str)]


def enums(root: Tree) -> list[Tree]:
    return [one for one in parts(root) if isinstance(one.get("enum"), list) and len(one["enum"]) > 1]


def unions(root: Tree) -> list[list[Any]]:
    found: list[list[Any]] = [one[key] for one in parts(root) for key in ("oneOf", "anyOf") if key in one]
    return [members for members in found if len(members) > 1]


def arrays(root: Tree) -> list[Tree]:
    return [one for one in parts(root) if one.get("type") == "array" and isinstance(one.get("items"), dict)]


def references(root: Tree) -> list[Tree]:
    found = [one for one in parts(root) if isinstance(one.get("$ref"), str)]
    return [one for one in found if one["$ref"].removeprefix("#/components/schemas/") in components(root)]


def sending(root: Tree) -> list[Tree]:
    return [operation for *_, operation in operations(root) if "content" in operation.get("requestBody", {})]


def bodies(root: Tree) -> list[Tree]:
    return [operation["requestBody"] for operation in sending(root)]


def successes(root: Tree) -> list[Tree]:
    found = [r for *_, o in operations(root) for s, r in o.get("responses", {}).items() if str(s).startswith("2")]
    return [one for one in found if isinstance(one, dict) and "content" in one]


def answered(root: Tree) -> list[Tree]:
    return [operation["responses"] for *_, operation in operations(root) if "200" in operation.get("responses", {})]


def templates(root: Tree) -> list[str]:
    return [path for path in root["paths"] if "{" in path]


def posts(root: Tree) -> list[Tree]:
    return [root["paths"][path] for path, method, _ in operations(root) if method == "post"]


# ------------------------------------------------------------------------------------------------------ operations

EXTRA = {"name": "extraThing", "in": "query", "schema": {"type": "string"}}
BODY = {"application/json": {"schema": {"type": "object", "properties": {"extra": {"type": "integer"}}}}}


@mutation(operations, "remove an operation")
def _(root: Tree, place: tuple[str, str, Tree], chance: random.Random) -> None:
    del root["paths"][place[0]][place[1]]


@mutation(operations, "rename an operation")
def _(root: Tree, place: tuple[str, str, Tree], chance: random.Random) -> None:
    place[2]["operationId"] = "renamedOperation"


@mutation(operations, "move an operation to another tag")
def _(root: Tree, place: tuple[str, str, Tree], chance: random.Random) -> None:
    place[2]["tags"] = ["Elsewhere"]


@mutation(operations, "deprecate an operation")
def _(root: Tree, place: tuple[str, str, Tree], chance: random.Random) -> None:
    place[2]["deprecated"] = True


@mutation(posts, "send another method")
def _(root: Tree, item: Tree, chance: random.Random) -> None:
    item.setdefault("put", item.pop("post"))


@mutation(documents, "move all paths to another version")
def _(root: Tree, place: Tree, chance: random.Random) -> None:
    root["paths"] = {f"/v9{path}": item for path, item in root["paths"].items()}


@mutation(templates, "rename a parameter of a path")
def _(root: Tree, path: str, chance: random.Random) -> None:
    name = re.findall(r"{([^}]+)}", path)[0]
    item = root["paths"].pop(path)
    for one in mappings(item):
        if one.get("in") == "path" and one.get("name") == name:
            one["name"] = "renamedId"
    root["paths"][path.replace(f"{{{name}}}", "{renamedId}")] = item


@mutation(operations, "add a required parameter")
def _(root: Tree, place: tuple[str, str, Tree], chance: random.Random) -> None:
    place[2].setdefault("parameters", []).append({**EXTRA, "required": True})


@mutation(operations, "add an optional parameter")
def _(root: Tree, place: tuple[str, str, Tree], chance: random.Random) -> None:
    place[2].setdefault("parameters", []).append({**EXTRA})


@mutation(parameters, "remove a parameter")
def _(root: Tree, place: tuple[list[Tree], Tree], chance: random.Random) -> None:
    place[0].remove(place[1])


@mutation(parameters, "require a parameter, or no longer")
def _(root: Tree, place: tuple[list[Tree], Tree], chance: random.Random) -> None:
    place[1]["required"] = not place[1].get("required", False)


@mutation(parameters, "give a parameter another type")
def _(root: Tree, place: tuple[list[Tree], Tree], chance: random.Random) -> None:
    place[1]["schema"] = {"type": chance.choice(["integer", "boolean", "string", "array"]), "items": {"type": "string"}}


@mutation(parameters, "rename a parameter")
def _(root: Tree, place: tuple[list[Tree], Tree], chance: random.Random) -> None:
    place[1]["name"] += "New"


@mutation(parameters, "send a parameter elsewhere")
def _(root: Tree, place: tuple[list[Tree], Tree], chance: random.Random) -> None:
    place[1]["in"] = "header" if place[1]["in"] == "query" else "query"


@mutation(bodies, "require a body, or no longer")
def _(root: Tree, body: Tree, chance: random.Random) -> None:
    body["required"] = not body.get("required", False)


@mutation(bodies, "send another media type")
def _(root: Tree, body: Tree, chance: random.Random) -> None:
    old = next(iter(body["content"]))
    body["content"]["multipart/form-data" if "json" in old else "application/json"] = body["content"].pop(old)


@mutation(sending, "remove a body")
def _(root: Tree, operation: Tree, chance: random.Random) -> None:
    del operation["requestBody"]


@mutation(answered, "answer with another status")
def _(root: Tree, responses: Tree, chance: random.Random) -> None:
    responses["201"] = responses.pop("200")


@mutation(answered, "answer with one more status")
def _(root: Tree, responses: Tree, chance: random.Random) -> None:
    responses["206"] = {"description": "Some", "content": copy.deepcopy(BODY)}


@mutation(answered, "document one more error")
def _(root: Tree, responses: Tree, chance: random.Random) -> None:
    responses["418"] = {"description": "No", "content": copy.deepcopy(BODY)}


@mutation(successes, "answer with a list")
def _(root: Tree, response: Tree, chance: random.Random) -> None:
    for media in response["content"].values():
        media["schema"] = {"type": "array", "items": media.get("schema", {})}


@mutation(successes, "answer with nothing")
def _(root: Tree, response: Tree, chance: random.Random) -> None:
    del response["content"]


@mutation(documents, "need no credentials")
def _(root: Tree, place: Tree, chance: random.Random) -> None:
    root.pop("security", None)
    for *_, operation in operations(root):
        operation.pop("security", None)


@mutation(documents, "move to another server")
def _(root: Tree, place: Tree, chance: random.Random) -> None:
    root["servers"] = [{"url": "https://other.example/api"}]


# --------------------------------------------------------------------------------------------------------- schemas


def _listed(schema: Tree, names: list[Any]) -> None:
    schema["required"] = names
    if not names:
        del schema["required"]


@mutation(properties, "remove a property")
def _(root: Tree, place: tuple[Tree, str, Tree], chance: random.Random) -> None:
    del place[0]["properties"][place[1]]
    _listed(place[0], [name for name in place[0].get("required", []) if name != place[1]])


@mutation(objects, "add a property")
def _(root: Tree, schema: Tree, chance: random.Random) -> None:
    schema["properties"]["brandNew"] = {"type": "string"}


@mutation(objects, "add a required property")
def _(root: Tree, schema: Tree, chance: random.Random) -> None:
    schema["properties"]["brandNew"] = {"type": "string"}
    schema["required"] = [*schema.get("required", []), "brandNew"]


@mutation(properties, "give a property another type")
def _(root: Tree, place: tuple[Tree, str, Tree], chance: random.Random) -> None:
    place[0]["properties"][place[1]] = {"type": chance.choice(["integer", "boolean", "string", "number", "object"])}


@mutation(properties, "rename a property")
def _(root: Tree, place: tuple[Tree, str, Tree], chance: random.Random) -> None:
    place[0]["properties"]["renamedField"] = place[0]["properties"].pop(place[1])
    names = place[0].get("required", [])
    _listed(place[0], ["renamedField" if name == place[1] else name for name in names])


@mutation(properties, "require a property, or no longer")
def _(root: Tree, place: tuple[Tree, str, Tree], chance: random.Random) -> None:
    names = place[0].get("required", [])
    _listed(place[0], [n for n in names if n != place[1]] if place[1] in names else [*names, place[1]])


@mutation(typed, "allow a property to be null, or no longer")
def _(root: Tree, place: tuple[Tree, str, Tree], chance: random.Random) -> None:
    if str(root["openapi"]).startswith("3.0"):
        place[2]["nullable"] = not place[2].get("nullable", False)
    else:
        place[2]["type"] = [place[2]["type"], "null"]


@mutation(texts, "give a text another format")
def _(root: Tree, place: tuple[Tree, str, Tree], chance: random.Random) -> None:
    if place[2].pop("format", None) is None:
        place[2]["format"] = chance.choice(["date-time", "uuid", "date"])


@mutation(properties, "make a list of a property")
def _(root: Tree, place: tuple[Tree, str, Tree], chance: random.Random) -> None:
    place[0]["properties"][place[1]] = {"type": "array", "items": place[2]}


@mutation(properties, "make a property read-only")
def _(root: Tree, place: tuple[Tree, str, Tree], chance: random.Random) -> None:
    place[2]["readOnly"] = True


@mutation(properties, "make a property write-only")
def _(root: Tree, place: tuple[Tree, str, Tree], chance: random.Random) -> None:
    place[2]["writeOnly"] = True


@mutation(texts, "give a text a default")
def _(root: Tree, place: tuple[Tree, str, Tree], chance: random.Random) -> None:
    place[2]["default"] = "another"


@mutation(texts, "limit a text")
def _(root: Tree, place: tuple[Tree, str, Tree], chance: random.Random) -> None:
    place[2]["maxLength"] = 3


@mutation(arrays, "give the items of a list another type")
def _(root: Tree, schema: Tree, chance: random.Random) -> None:
    schema["items"] = {"type": "boolean"}


@mutation(objects, "type other properties")
def _(root: Tree, schema: Tree, chance: random.Random) -> None:
    schema["additionalProperties"] = chance.choice([False, True, {"type": "string"}])


@mutation(enums, "remove a value")
def _(root: Tree, schema: Tree, chance: random.Random) -> None:
    schema["enum"].pop()


@mutation(enums, "add a value")
def _(root: Tree, schema: Tree, chance: random.Random) -> None:
    schema["enum"].append("brand_new")


@mutation(enums, "allow any value")
def _(root: Tree, schema: Tree, chance: random.Random) -> None:
    del schema["enum"]


@mutation(unions, "remove a variant")
def _(root: Tree, members: list[Any], chance: random.Random) -> None:
    members.pop()


@mutation(unions, "add a variant")
def _(root: Tree, members: list[Any], chance: random.Random) -> None:
    members.append({"type": "object", "required": ["extra"], "properties": {"extra": {"type": "integer"}}})


@mutation(references, "write a component where it is used")
def _(root: Tree, schema: Tree, chance: random.Random) -> None:
    component = copy.deepcopy(components(root)[schema["$ref"].rpartition("/")[2]])
    schema.clear()
    schema.update(component)


@mutation(references, "rename a component")
def _(root: Tree, schema: Tree, chance: random.Random) -> None:
    old = schema["$ref"]
    for one in mappings(root):
        if one.get("$ref") == old:
            one["$ref"] = "#/components/schemas/RenamedThing"
    components(root)["RenamedThing"] = components(root).pop(old.rpartition("/")[2])


# ------------------------------------------------------------------------------------------------- what is the same


@mutation(documents, "describe in other words")
def _(root: Tree, place: Tree, chance: random.Random) -> None:
    for one in parts(root):
        if isinstance(one.get("description"), str):
            one["description"] += " In other words."


@mutation(documents, "write all in another order")
def _(root: Tree, place: Tree, chance: random.Random) -> None:
    for one in mappings(root):
        turned = list(reversed(one.items()))
        one.clear()
        one.update(turned)


HARMLESS = ("describe in other words", "write all in another order")
"""What changes nothing: at most words of documentation."""
