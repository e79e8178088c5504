"""What changed between two clients: names, signatures, classes, exceptions and handles of jobs, as a caller sees them.

The clients are compared by their surfaces, which the generator makes of the same model as the code.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from clientsmith.drift.annotations import Annotations, Relation, members_of, names_in, value_member
from clientsmith.drift.changes import Change, Subject
from clientsmith.drift.rules import LEVELS, RULES, Level
from clientsmith.pairing import operation_key
from clientsmith.surface import ArgumentSurface, FieldSurface, ModelSurface, OperationSurface, Surface

_ARGUMENT: Mapping[Relation, str] = {"narrowed": "D210", "changed": "D210", "widened": "D211"}
_READ: Mapping[Relation, str] = {"narrowed": "D510", "changed": "D508", "widened": "D509"}
_BUILT: Mapping[Relation, str] = {"narrowed": "D406", "changed": "D406", "widened": "D407"}


def client_changes(
    old: Surface,
    new: Surface,
    paired: Mapping[str, str] | None = None,
    replaced: Mapping[str, str] | None = None,
) -> list[Change]:
    """Returns what changed for callers of the old client.

    Args:
        old: The surface of the old client.
        new: That of the new one.
        paired: Keys of operations of the new document by those of the old one, if there are documents.
        replaced: Names of classes that are in the places of old ones, which are gone, by the names of those.
    """
    return list(_Comparison(old, new, paired, replaced or {}).changes())


def paired_operations(
    old: Surface, new: Surface, paired: Mapping[str, str] | None = None
) -> dict[str, tuple[OperationSurface, OperationSurface]]:
    """Returns the methods that both clients have, by the key of the operation in the old one; arguments as above."""
    after = keyed(new)
    by_call = {operation.call: key for key, operation in after.items()}
    found: dict[str, tuple[OperationSurface, OperationSurface]] = {}
    taken: set[str] = set()
    for key, operation in keyed(old).items():
        other = paired.get(key, key) if paired is not None else key
        if other not in after and paired is None:
            other = by_call.get(operation.call, other)
        if other in after and other not in taken:
            taken.add(other)
            found[key] = operation, after[other]
    return found


def signature(operation: OperationSurface) -> str:
    """Returns a call as it is written in Python: `jobs.get(job_id: str) -> models.Job`."""
    parts: list[str] = []
    keywords = False
    for argument in operation.arguments:
        if not argument.positional and not keywords:
            parts.append("*")
            keywords = True
        default = f" = {argument.default}" if argument.default is not None else ""
        parts.append(f"{argument.name}: {argument.annotation}{default}")
    return f"{operation.call}({', '.join(parts)}) -> {operation.returns}"


def keyed(surface: Surface) -> dict[str, OperationSurface]:
    """Returns the operations of a surface by what they are known by; of variants, each by its id too."""
    found: dict[str, list[OperationSurface]] = defaultdict(list)
    for operation in surface.operations:
        found[operation_key(operation.method, operation.path)].append(operation)
    return {
        key if len(some) == 1 else f"{key}#{one.operation_id or one.call}": one
        for key, some in found.items()
        for one in some
    }


def place_of(argument: ArgumentSurface, operation: OperationSurface) -> str:
    """Returns where an argument is sent: `query:limit`, `path:1`, `body:size`; its name if it is not sent as such."""
    if argument.location == "path":
        names = [part.partition("}")[0] for part in operation.path.split("{")[1:]]
        if argument.wire in names:
            return f"path:{names.index(argument.wire) + 1}"
    return f"{argument.location}:{argument.wire or argument.name}"


class _Comparison:
    def __init__(
        self, old: Surface, new: Surface, paired: Mapping[str, str] | None, replaced: Mapping[str, str]
    ) -> None:
        self.old, self.new, self.replaced = old, new, replaced
        self.paired = paired
        self.kept_names = {alias.old for alias in new.aliases}

    def changes(self) -> Iterator[Change]:
        yield from self._models()
        yield from self._operations()
        yield from self._errors()
        yield from self._client()
        yield from self._jobs()

    # ----------------------------------------------------------------------------------------------------- models

    @cached_property
    def models(self) -> list[tuple[ModelSurface, ModelSurface]]:
        """Models of the old client with what they are in the new one: by name, address, place and shape."""
        left = {model.name: model for model in self.old.models}
        right = {model.name: model for model in self.new.models}
        pairs = [(model, right.pop(name)) for name, model in [*left.items()] if name in right]
        for model, _ in pairs:
            del left[model.name]
        by_address = {model.address: model for model in right.values() if model.address}
        shapes: dict[object, list[ModelSurface]] = defaultdict(list)
        for model in right.values():
            shapes[_shape(model)].append(model)
        for model in [*left.values()]:
            same = shapes[_shape(model)]
            there = right.get(self.replaced.get(model.name, ""))
            other = by_address.get(model.address) or (there if there and _is_alike(model, there) else None)
            other = other or (same[0] if len(same) == 1 else None)
            if other is not None and other.name in right and other.kind == model.kind:
                pairs.append((model, right.pop(other.name)))
        return pairs

    @cached_property
    def annotations(self) -> Annotations:
        values = [
            {m.name: [value_member(value) for value in m.values] for m in side.models if m.kind == "enum"}
            for side in (self.old, self.new)
        ]
        return Annotations(values[0], values[1], {a.name: b.name for a, b in self.models if a.name != b.name})

    def _models(self) -> Iterator[Change]:
        sent, received = _directions(self.old)
        paired = {a.name for a, _ in self.models}
        for model in self.old.models:
            if model.name not in paired:
                yield self._gone("D529", Subject("model", (model.name,)), model.name, self.replaced.get(model.name, ""))
        known = {b.name for _, b in self.models}
        for model in self.new.models:
            if model.name not in known:
                yield Change("D535", Subject("model", (model.name,)), "", model.name, of_client=True)
        for old, new in self.models:
            subject = Subject("model", (old.name,))
            if old.name != new.name:
                yield self._gone("D528", subject, old.name, new.name)
            if old.kind != new.kind:
                yield Change("D508", subject, old.kind, new.kind, of_client=True)
            elif old.kind == "model":
                yield from self._fields(old, new, sent=old.name in sent, received=old.name in received)
            elif old.kind == "enum":
                yield from self._values(old, new, subject, sent=old.name in sent)
            elif (relation := self.annotations.relation(old.annotation or "", new.annotation or "")) != "equal":
                is_sent = old.name in sent and old.name not in received
                added, removed = ("D414", "D413") if is_sent else ("D518", "D519")
                texts = (old.annotation or "", new.annotation or "")
                yield Change(added if relation == "widened" else removed, subject, *texts, of_client=True)

    def _fields(self, old: ModelSurface, new: ModelSurface, *, sent: bool, received: bool) -> Iterator[Change]:
        before, after = ({field.wire: field for field in model.fields} for model in (old, new))
        for wire, field in before.items():
            subject, other = Subject("field", (old.name, wire)), after.get(wire)
            if other is None:
                yield Change("D401" if sent and not received else "D502", subject, _shown(field), "", of_client=True)
                continue
            if field.name != other.name:
                yield Change("D530", subject, field.name, other.name, of_client=True)
            yield from self._field(subject, field, other, sent=sent, received=received)
        for wire, field in after.items():
            if wire not in before:
                rule = "D403" if field.required and sent else "D402" if sent and not received else "D503"
                yield Change(rule, Subject("field", (old.name, wire)), "", _shown(field), of_client=True)

    def _field(
        self, subject: Subject, old: FieldSurface, new: FieldSurface, *, sent: bool, received: bool
    ) -> Iterator[Change]:
        rules: list[str] = []
        relation = self.annotations.relation(old.annotation, new.annotation)
        if old.required != new.required:
            if sent:
                rules.append("D404" if new.required else "D405")
            if new.required and (received or not sent):
                rules.append("D505")
            elif relation != "equal" and (received or not sent):
                rules.append("D504")
            if ({*members_of(old.annotation)} ^ {*members_of(new.annotation)}) == {"None"}:
                relation = "equal"
        if relation != "equal":
            rules += [_BUILT[relation]] if sent else []
            rules += [_READ[relation]] if received or not sent else []
        if rules:
            worst = max(rules, key=lambda rule: LEVELS.index(RULES[rule].python))
            yield Change(worst, subject, _shown(old), _shown(new), of_client=True)

    def _values(self, old: ModelSurface, new: ModelSurface, subject: Subject, *, sent: bool) -> Iterator[Change]:
        for value in old.values:
            if value not in new.values:
                yield Change("D408" if sent else "D512", subject, json.dumps(value), "", of_client=True)
        for value in new.values:
            if value not in old.values:
                yield Change("D409" if sent else "D511", subject, "", json.dumps(value), of_client=True)

    def _gone(self, rule: str, subject: Subject, old: str, new: str = "") -> Change:
        """Returns that a name is gone; one that goes on working as a deprecated alias is only a risk."""
        return Change(rule, subject, old, new, of_client=True, level="risk" if old in self.kept_names else None)

    # ------------------------------------------------------------------------------------------------- operations

    def _operations(self) -> Iterator[Change]:
        both = paired_operations(self.old, self.new, self.paired)
        for key, old in keyed(self.old).items():
            subject = Subject("operation", (key,))
            if key not in both:
                yield Change("D101", subject, signature(old), "", of_client=True)
                continue
            _, new = both[key]
            if old.call != new.call:
                yield self._gone("D112", subject, old.call, new.call)
            yield from self._arguments(key, old, new)
            yield from self._returns(key, old, new)
        found = {id(new) for _, new in both.values()}
        for key, new in keyed(self.new).items():
            if id(new) not in found:
                yield Change("D106", Subject("operation", (key,)), "", signature(new), of_client=True)

    def _arguments(self, key: str, old: OperationSurface, new: OperationSurface) -> Iterator[Change]:
        before = {place_of(argument, old): argument for argument in old.arguments}
        after = {place_of(argument, new): argument for argument in new.arguments}
        by_name = {argument.name: place for place, argument in after.items()}
        taken: set[str] = set()
        for place, argument in before.items():
            subject = Subject("argument", (key, place))
            other = place if place in after else by_name.get(argument.name, "")
            if other not in after or (other != place and other in before):
                yield Change("D201", subject, _written(argument), "", of_client=True)
                continue
            taken.add(other)
            yield from self._argument(subject, argument, after[other])
        for place, argument in after.items():
            if place not in taken:
                rule = "D203" if argument.required else "D202"
                yield Change(rule, Subject("argument", (key, place)), "", _written(argument), of_client=True)
        orders = [[a.name for a in one.arguments if a.positional] for one in (old, new)]
        common = [[name for name in order if name in orders[0] and name in orders[1]] for order in orders]
        if common[0] != common[1]:
            texts = [", ".join(order) for order in orders]
            yield Change("D207", Subject("operation", (key,)), texts[0], texts[1], of_client=True)

    def _argument(self, subject: Subject, old: ArgumentSurface, new: ArgumentSurface) -> Iterator[Change]:
        if old.name != new.name:
            yield Change("D104" if old.location == "path" else "D112", subject, old.name, new.name, of_client=True)
        annotations = old.annotation, new.annotation
        if old.required != new.required:
            yield Change("D205" if new.required else "D206", subject, _written(old), _written(new), of_client=True)
            annotations = _without_none(old.annotation), _without_none(new.annotation)
        relation = self.annotations.relation(*annotations)
        if relation != "equal":
            yield Change(_ARGUMENT[relation], subject, _written(old), _written(new), of_client=True)

    def _returns(self, key: str, old: OperationSurface, new: OperationSurface) -> Iterator[Change]:
        subject = Subject("response", (key, "2XX"))
        relation = self.annotations.relation(old.returns, new.returns)
        if relation != "equal":
            rule = "D611" if old.returns == "None" else "D612" if new.returns == "None" else _READ[relation]
            yield Change(rule, subject, old.returns, new.returns, of_client=True)
        for accepted, returns in old.accept.items():
            other = new.accept.get(accepted)
            if other is None:
                yield Change("D609", subject, f"accept: {accepted}", "", of_client=True)
            elif (relation := self.annotations.relation(returns, other)) != "equal":
                yield Change(_READ[relation], subject, f"{accepted}: {returns}", f"{accepted}: {other}", of_client=True)

    # ---------------------------------------------------------------------------- exceptions, the client and jobs

    def _errors(self) -> Iterator[Change]:
        after = {error.status: error for error in self.new.errors}
        for error in self.old.errors:
            subject, other = Subject("error", (error.status,)), after.pop(error.status, None)
            if other is None:
                # The exception of the runtime goes on having this name, without a body of its own.
                text = f"{error.name}.body: {error.body}"
                yield Change("D606", subject, text, "", of_client=True, level="risk")
                continue
            if error.name != other.name:
                yield self._gone("D617", subject, error.name, other.name)
            relation = self.annotations.relation(error.body, other.body)
            if relation != "equal":
                texts = [f"{one.name}.body: {one.body}" for one in (error, other)]
                # What is read may be less than it was, or anything.
                level: Level = "risk" if relation == "narrowed" or other.body == "Any" else "break"
                yield Change("D606", subject, texts[0], texts[1], of_client=True, level=level)
        for status, error in after.items():
            yield Change("D604", Subject("error", (status,)), "", error.name, of_client=True)

    def _client(self) -> Iterator[Change]:
        groups = [(*surface.client.arguments, *surface.client.options) for surface in (self.old, self.new)]
        before, after = ({argument.name: argument for argument in group} for group in groups)
        for name, argument in before.items():
            subject, other = Subject("client", (argument.scheme or name,)), after.get(name)
            if other is None:
                yield Change("D715", subject, _written(argument), "", of_client=True)
            elif other.required and not argument.required:
                yield Change("D716", subject, _written(argument), _written(other), of_client=True)
        for name, argument in after.items():
            if name not in before:
                rule = "D716" if argument.required else "D717"
                subject = Subject("client", (argument.scheme or name,))
                yield Change(rule, subject, "", _written(argument), of_client=True)
        urls = [surface.client.base_url or "" for surface in (self.old, self.new)]
        if urls[0] != urls[1]:
            yield Change("D709", Subject("server", ("base_url",)), urls[0], urls[1], of_client=True)

    def _jobs(self) -> Iterator[Change]:
        after = {(job.resource, job.name): job for job in self.new.jobs}
        for job in self.old.jobs:
            subject, other = Subject("job", (job.name,)), after.pop((job.resource, job.name), None)
            if other is None:
                yield self._gone("D721", subject, job.resume)
                continue
            for title, was, now in (
                ("handle", job.handle, other.handle),
                ("type", job.type, other.type),
                ("resume", job.resume, other.resume),
            ):
                if was != now and (title != "type" or self.annotations.relation(was, now) != "equal"):
                    yield Change("D723", subject, f"{title}: {was}", f"{title}: {now}", of_client=True)
            for call in job.start:
                if call not in other.start:
                    yield self._gone("D721", subject, call)
            if job.cancel and not other.cancel:
                yield Change("D723", subject, f"{job.handle}.cancel()", "", of_client=True)
        for job in after.values():
            yield Change("D722", Subject("job", (job.name,)), "", job.resume, of_client=True)


def _directions(surface: Surface) -> tuple[set[str], set[str]]:
    """Returns the names of the models that are sent, and of those that are received."""
    models = {model.name: model for model in surface.models}
    links = {name: _links(model) & models.keys() for name, model in models.items()}

    def reached(annotations: Iterator[str]) -> set[str]:
        found: set[str] = set()
        waiting = [name for text in annotations for name in names_in(text) & models.keys()]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += links[name]
        return found

    sent = reached(a.annotation for o in surface.operations for a in o.arguments)
    answers = [text for o in surface.operations for text in (o.returns, *o.accept.values())]
    answers += [error.body for error in surface.errors] + [job.type for job in surface.jobs]
    return sent, reached(iter(answers))


def _links(model: ModelSurface) -> set[str]:
    texts = [field.annotation for field in model.fields] + [model.annotation or ""]
    return {name for text in texts for name in names_in(text)}


def reachable_only_from(surface: Surface, gone: set[str]) -> set[str]:
    """Returns the models that no operation needs but those with these keys."""
    kept = [operation for key, operation in keyed(surface).items() if key not in gone]
    rest = Surface(
        surface.package, operations=tuple(kept), jobs=surface.jobs, models=surface.models, errors=surface.errors
    )
    sent, received = _directions(rest)
    return {model.name for model in surface.models} - sent - received


def within_gone(surface: Surface, gone: Collection[str]) -> dict[str, str]:
    """Returns the models among those that are gone which nothing but other ones of these used, with one that used them.

    What used that one is no part of them: it is the cause that all of them went.
    """
    used: dict[str, set[str]] = defaultdict(set)
    for model in surface.models:
        for name in _links(model) - {model.name}:
            used[name].add(model.name)
    texts = [a.annotation for o in surface.operations for a in o.arguments]
    texts += [text for o in surface.operations for text in (o.returns, *o.accept.values())]
    texts += [error.body for error in surface.errors] + [job.type for job in surface.jobs]
    direct = {name for text in texts for name in names_in(text)}
    inner = {name for name in gone if name not in direct and used[name] and used[name] <= set(gone)}
    found: dict[str, str] = {}
    for name in sorted(inner):
        seen, root = {name}, name
        while root in inner and (above := min(used[root] - seen, default="")):
            seen.add(above)
            root = above
        if root not in inner:
            found[name] = root
    return found


def _is_alike(old: ModelSurface, new: ModelSurface) -> bool:
    """Returns whether a class has at least half of the fields or values of another: that one by another name."""
    before, after = ({*map(str, one.values), *(field.wire for field in one.fields)} for one in (old, new))
    return len(before & after) * 2 >= len(before)


def _shape(model: ModelSurface) -> object:
    return model.kind, model.fields, model.values, model.annotation


def _shown(field: FieldSurface) -> str:
    return f"{field.name}: {field.annotation}"


def _written(argument: ArgumentSurface) -> str:
    return f"{argument.name}: {argument.annotation}" + (f" = {argument.default}" if argument.default else "")


def _without_none(annotation: str) -> str:
    return " | ".join(member for member in members_of(annotation) if member not in ("None", "Unset")) or "None"
