"""Refactorings of OpenAPI documents that leave everything on the wire as it is.

Each changes a plain tree in place, at a place that `random` chooses, and returns whether it found one. What only the
document sees is changed by them: where a schema is defined, what components, operations, tags and path parameters are
called, the order of things, and descriptions.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from clientsmith.diagnostics import Report
from clientsmith.parse.reading import is_list, is_map
from clientsmith.pipeline import document, package
from clientsmith.project.lock import Counts, Lock, parse_lock
from clientsmith.project.settings import Provider
from clientsmith.surface import surface_json, surface_of

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
Tree = dict[str, Any]


class Slot(NamedTuple):
    """A schema, or another part of a document, in what holds it: `holder[key]`."""

    holder: Any
    key: Any
    is_variant: bool = False

    @property
    def value(self) -> Any:
        return self.holder[self.key]

    @property
    def ref(self) -> str | None:
        found = self.value.get("$ref") if is_map(self.value) and len(self.value) == 1 else None
        return found if isinstance(found, str) else None


# ------------------------------------------------------------------------------------------------- where things are


def operations(root: Tree) -> Iterator[tuple[Tree, str, Tree]]:
    """Path item, method, operation."""
    for item in root.get("paths", {}).values():
        for method in METHODS:
            if is_map(item) and is_map(item.get(method)):
                yield item, method, item[method]


def contents(root: Tree) -> Iterator[Slot]:
    """Every media type, wherever it stands."""
    for holder in (*bodies(root), *responses(root), *parameters(root)):
        found = holder.value.get("content") if is_map(holder.value) else None
        for name in found if is_map(found) else ():
            yield Slot(found, name)


def bodies(root: Tree) -> Iterator[Slot]:
    for _, _, operation in operations(root):
        if "requestBody" in operation:
            yield Slot(operation, "requestBody")
    yield from section(root, "requestBodies")


def responses(root: Tree) -> Iterator[Slot]:
    for _, _, operation in operations(root):
        found = operation.get("responses")
        for status in found if is_map(found) else ():
            yield Slot(found, status)
    yield from section(root, "responses")


def parameters(root: Tree) -> Iterator[Slot]:
    for item in root.get("paths", {}).values():
        for holder in (item, *(item.get(method) for method in METHODS)):
            found = holder.get("parameters") if is_map(holder) else None
            for index in range(len(found) if is_list(found) else 0):
                yield Slot(found, index)
    yield from section(root, "parameters")


def section(root: Tree, name: str) -> Iterator[Slot]:
    found = root.get("components", {}).get(name)
    for key in found if is_map(found) else ():
        yield Slot(found, key)


def schemas(root: Tree) -> Iterator[Slot]:
    """Every schema of operations and components, outer ones first."""
    for slot in (*contents(root), *parameters(root)):
        if is_map(slot.value) and is_map(slot.value.get("schema")):
            yield from _below(Slot(slot.value, "schema"))
    for slot in section(root, "schemas"):
        if is_map(slot.value):
            yield from _below(slot)


def _below(slot: Slot) -> Iterator[Slot]:
    yield slot
    schema = slot.value
    if not is_map(schema) or "$ref" in schema:
        return
    for name in schema["properties"] if is_map(schema.get("properties")) else ():
        if is_map(schema["properties"][name]):
            yield from _below(Slot(schema["properties"], name))
    for keyword in ("items", "additionalProperties"):
        if is_map(schema.get(keyword)):
            yield from _below(Slot(schema, keyword))
    for keyword in ("allOf", "oneOf", "anyOf"):
        for index in range(len(schema[keyword]) if is_list(schema.get(keyword)) else 0):
            yield from _below(Slot(schema[keyword], index, keyword != "allOf" or len(schema[keyword]) > 1))


def every_object(value: Any) -> Iterator[Tree]:
    if is_map(value):
        yield value
    for inner in value.values() if is_map(value) else value if is_list(value) else ():
        yield from every_object(inner)


def _named_by_discriminators(root: Tree) -> set[str]:
    """Components whose name is a value on the wire, or may be: variants of what has a discriminator, and its heirs."""
    named: set[str] = set()
    for schema in every_object(root):
        if "discriminator" in schema:
            named |= set(re.findall(r"#/components/schemas/([\w.-]+)", json.dumps(schema, default=str)))
    parents = {s.key for s in section(root, "schemas") if is_map(s.value) and "discriminator" in s.value}
    named |= parents
    while True:
        heirs = {
            slot.key
            for slot in section(root, "schemas")
            if slot.key not in named
            and is_map(slot.value)
            and any(
                is_map(part) and str(part.get("$ref")).rpartition("/")[2] in named
                for part in slot.value.get("allOf", ())
            )
        }
        if not heirs:
            return named
        named |= heirs


def _component(root: Tree, ref: str) -> Any:
    match = re.fullmatch(r"#/components/(\w+)/([\w.-]+)", ref)
    return root.get("components", {}).get(match[1], {}).get(match[2]) if match else None


def _contains_itself(root: Tree, ref: str) -> bool:
    seen: set[str] = set()
    stack = [_component(root, ref)]
    while stack:
        for found in every_object(stack.pop()):
            target = found.get("$ref")
            if target == ref:
                return True
            if isinstance(target, str) and target not in seen:
                seen.add(target)
                stack.append(_component(root, target))
    return False


def _replace_refs(root: Tree, old: str, new: str) -> None:
    for found in every_object(root):
        if found.get("$ref") == old:
            found["$ref"] = new
        mapping = found.get("mapping")
        if is_map(mapping):
            for value, target in mapping.items():
                if target in (old, old.rpartition("/")[2]):
                    mapping[value] = new


def _new_name(chance: random.Random, names: Any, stem: str) -> str:
    while True:
        name = f"{stem}{chance.randrange(100, 1000)}"
        if name not in names:
            return name


def _picked(chance: random.Random, slots: list[Slot]) -> Slot | None:
    return chance.choice(slots) if slots else None


# ----------------------------------------------------------------------------------------------------- refactorings


def inline_schema(root: Tree, chance: random.Random) -> bool:
    """One `$ref` of a schema becomes a copy of it."""
    kept = _named_by_discriminators(root)
    found = [
        slot
        for slot in schemas(root)
        if slot.ref is not None
        and not slot.is_variant
        and slot.ref.startswith("#/components/schemas/")
        and slot.ref.rpartition("/")[2] not in kept
        and is_map(_component(root, slot.ref))
    ]
    chance.shuffle(found)
    for slot in found:
        assert slot.ref is not None
        if not _contains_itself(root, slot.ref):
            slot.holder[slot.key] = copy.deepcopy(_component(root, slot.ref))
            return True
    return False


def inline_schema_everywhere(root: Tree, chance: random.Random) -> bool:
    """A component that only properties, items and contents refer to is written out where it is used, and goes."""
    kept = _named_by_discriminators(root)
    found = [slot for slot in section(root, "schemas") if slot.key not in kept and is_map(slot.value)]
    chance.shuffle(found)
    text = json.dumps(root, default=str)
    for slot in found:
        ref = f"#/components/schemas/{slot.key}"
        places = [place for place in schemas(root) if place.ref == ref]
        if not places or any(place.is_variant for place in places) or _contains_itself(root, ref):
            continue
        if text.count(json.dumps(ref)) != len(places) or len(places) * len(json.dumps(slot.value, default=str)) > 40000:
            continue
        for place in places:
            place.holder[place.key] = copy.deepcopy(slot.value)
        del slot.holder[slot.key]
        return True
    return False


def extract_schema(root: Tree, chance: random.Random) -> bool:
    """An inline schema that has a class becomes a component."""
    found = [
        slot
        for slot in schemas(root)
        if slot.holder is not root.get("components", {}).get("schemas")
        and not slot.is_variant
        and is_map(slot.value)
        and ("properties" in slot.value or "enum" in slot.value)
        and "discriminator" not in slot.value
        and not any(isinstance(e.get("$ref"), str) and not e["$ref"].startswith("#/") for e in every_object(slot.value))
    ]
    slot = _picked(chance, found)
    if slot is None:
        return False
    components = root.setdefault("components", {}).setdefault("schemas", {})
    name = _new_name(chance, components, "Extracted")
    components[name] = slot.value
    slot.holder[slot.key] = {"$ref": f"#/components/schemas/{name}"}
    return True


def rename_schema(root: Tree, chance: random.Random) -> bool:
    kept = _named_by_discriminators(root)
    found = [slot for slot in section(root, "schemas") if slot.key not in kept]
    return _rename(root, chance, found, "schemas")


def _rename(root: Tree, chance: random.Random, found: list[Slot], kind: str) -> bool:
    slot = _picked(chance, [slot for slot in found if re.fullmatch(r"[\w.-]+", slot.key)])
    if slot is None:
        return False
    name = _new_name(chance, slot.holder, chance.choice(("Renamed", "Aardvark", "Zebra")))
    _replace_refs(root, f"#/components/{kind}/{slot.key}", f"#/components/{kind}/{name}")
    below = f"#/components/{kind}/{slot.key}/"
    for one in every_object(root):
        if str(one.get("$ref")).startswith(below):
            one["$ref"] = f"#/components/{kind}/{name}/{one['$ref'][len(below) :]}"
    slot.holder[name] = slot.holder.pop(slot.key)
    return True


def rename_operation(root: Tree, chance: random.Random) -> bool:
    """Also removes it, or gives one where there was none."""
    text = json.dumps(root, default=str)
    found = [
        operation
        for _, _, operation in operations(root)
        if "operationId" not in operation or text.count(json.dumps(operation["operationId"])) == 1
    ]
    if not found:
        return False
    operation = chance.choice(found)
    if "operationId" in operation and chance.random() < 0.3:
        del operation["operationId"]
    else:
        operation["operationId"] = chance.choice(("fetchEverything", "x", "jobs.stop", "post_it")) + str(
            chance.randrange(10**6)
        )
    return True


def change_tags(root: Tree, chance: random.Random) -> bool:
    found = [operation for _, _, operation in operations(root)]
    tagged = sorted({tag for operation in found for tag in operation.get("tags", ())})
    match chance.randrange(4):
        case 0 if tagged:
            tag = chance.choice(tagged)
            for operation in found:
                if "tags" in operation:
                    operation["tags"] = [f"{one} again" if one == tag else one for one in operation["tags"]]
        case 1 if tagged:
            for operation in found:
                operation["tags"] = operation.get("tags", [])[::-1]
        case 2 if tagged:
            chance.choice([operation for operation in found if operation.get("tags")])["tags"] = []
        case _ if found:
            chance.choice(found)["tags"] = ["Brand new"]
        case _:
            return False
    return True


def reorder(root: Tree, chance: random.Random) -> bool:
    """The order of paths, operations, components, properties and parameters."""

    def shuffled(mapping: Tree) -> None:
        items = list(mapping.items())
        chance.shuffle(items)
        mapping.clear()
        mapping.update(items)

    shuffled(root.get("paths", {}))
    for item in root.get("paths", {}).values():
        if is_map(item):
            shuffled(item)
            for holder in (item, *(item.get(method) for method in METHODS)):
                if is_map(holder) and is_list(holder.get("parameters")):
                    chance.shuffle(holder["parameters"])
    for components in root.get("components", {}).values():
        if is_map(components):
            shuffled(components)
    for slot in [*schemas(root)]:
        if is_map(slot.value) and is_map(slot.value.get("properties")):
            shuffled(slot.value["properties"])
    return True


def share_parameters(root: Tree, chance: random.Random) -> bool:
    """Parameters move from the only operation of a path to the path, or back."""
    found: list[tuple[Tree, Tree]] = []
    for item in root.get("paths", {}).values():
        own = [item[method] for method in METHODS if is_map(item) and is_map(item.get(method))]
        if len(own) == 1 and ("parameters" in item) != ("parameters" in own[0]):
            found.append((item, own[0]))
    if not found:
        return False
    item, operation = chance.choice(found)
    source, target = (item, operation) if "parameters" in item else (operation, item)
    target["parameters"] = source.pop("parameters")
    return True


def rename_path_parameter(root: Tree, chance: random.Random) -> bool:
    """`/jobs/{id}` becomes `/jobs/{renamed}`, with its declarations, which are written out."""
    found: list[tuple[str, str]] = []
    text = json.dumps(root, default=str)
    for path, item in root.get("paths", {}).items():
        names = re.findall(r"\{(\w+)\}", path)
        for name in names:
            declared = [
                _resolved(root, parameter)
                for holder in (item, *(item.get(method) for method in METHODS))
                if is_map(holder)
                for parameter in holder.get("parameters", ())
            ]
            exact = any(is_map(p) and p.get("name") == name and p.get("in") == "path" for p in declared)
            referred = text.count(f"#/paths/{path.replace('~', '~0').replace('/', '~1')}")
            # Jobs state parameters by their name.
            if exact and names.count(name) == 1 and not referred and "x-jobs" not in root:
                found.append((path, name))
    if not found:
        return False
    path, name = chance.choice(found)
    new = chance.choice(("renamed_id", "renamedId", "key", "z"))
    new_path = path.replace(f"{{{name}}}", f"{{{new}}}")
    if new_path in root["paths"] or f"{{{new}}}" in path:
        return False
    item = root["paths"][path]
    for holder in (item, *(item.get(method) for method in METHODS)):
        if not is_map(holder):
            continue
        for index, parameter in enumerate(holder.get("parameters", ())):
            value = _resolved(root, parameter)
            if is_map(value) and value.get("name") == name and value.get("in") == "path":
                holder["parameters"][index] = {**copy.deepcopy(value), "name": new}
    root["paths"] = {new_path if key == path else key: value for key, value in root["paths"].items()}
    return True


def _resolved(root: Tree, value: Any) -> Any:
    ref = value.get("$ref") if is_map(value) else None
    return _component(root, ref) if isinstance(ref, str) else value


def change_descriptions(root: Tree, chance: random.Random) -> bool:
    for slot in (*schemas(root), *parameters(root)):
        if is_map(slot.value) and "$ref" not in slot.value and chance.random() < 0.5:
            slot.value["description"] = chance.choice(("Something else.", "Deprecated? No. **Bold**", ""))
    for _, _, operation in operations(root):
        operation["summary"] = "In other words"
    return True


_SECTIONS: dict[str, Callable[[Tree], Iterator[Slot]]] = {
    "responses": responses,
    "parameters": parameters,
    "requestBodies": bodies,
}


def move_component(root: Tree, chance: random.Random) -> bool:
    """A response, parameter or request body is written out where it is used, or becomes a component, or is renamed."""
    kinds = list(_SECTIONS)
    chance.shuffle(kinds)
    ways = [_inline_part, _extract_part, _rename_part]
    chance.shuffle(ways)
    return any(way(root, chance, kind) for kind in kinds for way in ways)


def _inline_part(root: Tree, chance: random.Random, kind: str) -> bool:
    found = [slot for slot in _SECTIONS[kind](root) if slot.ref and is_map(_component(root, slot.ref))]
    slot = _picked(chance, found)
    if slot is None or slot.ref is None:
        return False
    slot.holder[slot.key] = copy.deepcopy(_component(root, slot.ref))
    return True


def _extract_part(root: Tree, chance: random.Random, kind: str) -> bool:
    components = root.get("components", {}).get(kind)
    found = [
        slot
        for slot in _SECTIONS[kind](root)
        if slot.holder is not components and is_map(slot.value) and "$ref" not in slot.value
    ]
    slot = _picked(chance, found)
    if slot is None:
        return False
    components = root.setdefault("components", {}).setdefault(kind, {})
    name = _new_name(chance, components, "Moved")
    components[name] = slot.value
    slot.holder[slot.key] = {"$ref": f"#/components/{kind}/{name}"}
    return True


def _rename_part(root: Tree, chance: random.Random, kind: str) -> bool:
    return _rename(root, chance, [*section(root, kind)], kind)


REFACTORINGS: tuple[Callable[[Tree, random.Random], bool], ...] = (
    inline_schema,
    inline_schema_everywhere,
    extract_schema,
    rename_schema,
    rename_operation,
    change_tags,
    reorder,
    share_parameters,
    rename_path_parameter,
    change_descriptions,
    move_component,
)


def refactored(root: Tree, seed: int) -> tuple[Tree, str] | None:
    """Returns a refactored copy of a document and what was done to it, None where the document has no place for it.

    Each seed has its refactoring; every fourth one does two more.
    """
    chance = random.Random(seed)
    tree = copy.deepcopy(root)
    first = REFACTORINGS[seed % len(REFACTORINGS)]
    if not first(tree, chance):
        return None
    done = [first.__name__]
    if seed % 4 == 3:
        done += [more.__name__ for more in chance.sample(REFACTORINGS, 2) if more(tree, chance)]
    return tree, " + ".join(done)


# ------------------------------------------------------------------------------------------------------ public names


class Surface(NamedTuple):
    """The public names of a document: what each belongs to, all by their address, and what is read of the lock."""

    public: Mapping[str, Any]
    names: Mapping[str, str]
    locked: Mapping[str, str]


class Before(NamedTuple):
    """A document, and what was generated of it."""

    root: Tree
    surface: Surface


def before(provider: Provider, folder: Path) -> Before:
    """Returns a provider's document, overlays and all, and what is generated of it without a lock."""
    root = json.loads(json.dumps(document(provider, Report()).root, default=str))
    return Before(root, surface(root, folder, {}))


def surface(root: Tree, folder: Path, locked: Mapping[str, str]) -> Surface:
    """Returns the public names that are generated of a document, after they were written into a lock and read."""
    file = folder / "openapi.json"
    file.write_text(json.dumps(root), encoding="utf-8")
    made = package(Provider.for_spec([file], "acme"), Report(), locked)
    shown = json.loads(surface_json(surface_of(made)))
    public: dict[str, Any] = {}
    for operation in shown["operations"]:
        key = re.sub(r"\{[^}]*\}", "{}", f"{operation['method']} {operation['path']}")
        public.setdefault(key, set()).add(operation["call"])
        public.setdefault(f"{key}: arguments", set()).update(argument["name"] for argument in operation["arguments"])
    for model in shown["models"]:
        public[f"class {model['name']}"] = {(field["wire"], field["name"]) for field in model.get("fields", ())}
    for alias in shown["aliases"]:
        # Two classes that became equal are one, which has both names for good.
        if not alias["deprecated"]:
            public[f"class {alias['old']}"] = public[f"class {alias['new']}"]
    for job in shown["jobs"]:
        public[f"job {job['name']}"] = {job["resource"], *job["start"], job["resume"], job["handle"]}
    for error in shown["errors"]:
        public[f"error {error['name']}"] = {error["status"]}
    lock = parse_lock(Lock("", {}, {}, made.names, Counts()).text())
    return Surface(public, made.names, lock.names)


def changed_names(what: Before, seed: int, folder: Path) -> tuple[str, list[str]] | None:
    """Returns what was done to a document and which public names are others then; None if nothing could be done.

    Where a component is both sent and received and its copy only one of them, the copy may be a class of its own: its
    fields are others. So a new name beside all old ones counts only if nothing was written out where it is used.
    """
    found = refactored(what.root, seed)
    if found is None:
        return None
    tree, done = found
    old, new = what.surface.public, surface(tree, folder, what.surface.locked).public
    split = "inline_schema" in done
    return done, [key for key in {**old, **new} if old.get(key) != new.get(key) and (key in old or not split)]
