"""What changed between two documents: operations, what they take and give, credentials and servers.

    match operations --> compare each pair --> types by `schemas`

Which operations are the same is for `pairing` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from clientsmith import ir
from clientsmith.drift.changes import Change, Subject
from clientsmith.drift.schemas import Edition, TypeComparison, fields_of
from clientsmith.pairing import Route, operation_key, pairs_of, parts_that_differ

Pair = tuple[ir.Operation, ir.Operation]


def matched(
    old: Sequence[ir.Operation], new: Sequence[ir.Operation]
) -> tuple[list[Pair], list[ir.Operation], list[ir.Operation]]:
    """Returns the operations that are in both, those that are gone, and those that are new."""
    routes = [[Route(o.method, o.template, o.id or "") for o in side] for side in (old, new)]
    pairs = pairs_of(*routes)
    gone, come = {i for i, _ in pairs}, {i for _, i in pairs}
    return (
        [(old[i], new[j]) for i, j in pairs],
        [o for i, o in enumerate(old) if i not in gone],
        [o for i, o in enumerate(new) if i not in come],
    )


def wire_changes(old: Edition, new: Edition, pairs: Iterable[Pair]) -> list[Change]:
    """Returns what changed in the operations that both editions have, and in the document around them."""
    comparison = _Comparison(old, new)
    for pair in pairs:
        comparison.operation(*pair)
    comparison.document()
    return comparison.types.changes


def lost_and_found(gone: Iterable[ir.Operation], come: Iterable[ir.Operation]) -> Iterator[Change]:
    """Yields the operations that only one edition has."""
    for operation in gone:
        subject = Subject("operation", (operation_key(operation.method, operation.template),))
        rule = "D102" if operation.deprecated else "D101"
        yield Change(rule, subject, _shown(operation), "", operation.address, "")
    for operation in come:
        subject = Subject("operation", (operation_key(operation.method, operation.template),))
        yield Change("D106", subject, "", _shown(operation), "", operation.address)


def _shown(operation: ir.Operation) -> str:
    return f"{operation.method} {operation.template}"


class _Comparison:
    def __init__(self, old: Edition, new: Edition) -> None:
        self.old, self.new = old, new
        self.types = TypeComparison(old, new)

    def add(self, rule: str, subject: Subject, old: object, new: object, at: tuple[str, str]) -> None:
        self.types.changes.append(Change(rule, subject, str(old or ""), str(new or ""), *at))

    # ------------------------------------------------------------------------------------------------- operations

    def operation(self, old: ir.Operation, new: ir.Operation) -> None:
        key = operation_key(old.method, old.template)
        subject, at = Subject("operation", (key,)), (old.address, new.address)
        if old.method != new.method:
            self.add("D105", subject, old.method, new.method, at)
        if operation_key("", old.template) != operation_key("", new.template):
            self.add("D103", subject, *parts_that_differ(old.template, new.template), at)
        for i, (was, now) in enumerate(zip(old.path[1::2], new.path[1::2], strict=False)):
            if was != now:
                self.add("D104", Subject("argument", (key, f"path:{i + 1}")), was, now, at)
        if old.id != new.id:
            self.add("D108" if not old.id else "D109" if not new.id else "D107", subject, old.id, new.id, at)
        if old.tags[:1] != new.tags[:1]:
            self.add("D110", subject, "".join(old.tags[:1]), "".join(new.tags[:1]), at)
        elif set(new.tags) - set(old.tags):
            self.add("D111", subject, ", ".join(old.tags), ", ".join(new.tags), at)
        if old.deprecated != new.deprecated:
            self.add("D113" if new.deprecated else "D114", subject, "", "deprecated" if new.deprecated else "", at)
        if (old.summary, old.description) != (new.summary, new.description):
            self.add("D713", subject, "", "", at)
        if (old.retry_statuses, old.idempotency_header) != (new.retry_statuses, new.idempotency_header):
            self.add("D726", subject, _retries(old), _retries(new), at)
        self._parameters(key, old, new)
        self._body(key, old, new)
        self._responses(key, old, new)
        self._security(subject, old, new)

    def _parameters(self, key: str, old: ir.Operation, new: ir.Operation) -> None:
        before, after = (_parameters_of(operation) for operation in (old, new))
        moved = {wire: place for (place, wire) in after if (place, wire) not in before}
        for (place, wire), parameter in before.items():
            subject = Subject("argument", (key, f"{place}:{wire}"))
            other = after.get((place, wire))
            if other is None and wire in moved and place != "path" and moved[wire] != "path":
                other = after[moved[wire], wire]
                self.add("D209", subject, place, moved[wire], (parameter.address, other.address))
            if other is None:
                same = [p for (_, name), p in after.items() if name.lower() == wire.lower() and name != wire]
                if same and place != "path":
                    other = same[0]
                    self.add("D208", subject, wire, other.wire, (parameter.address, other.address))
            if other is None:
                self.add("D201", subject, parameter.wire, "", (parameter.address, new.address))
            else:
                self._parameter(subject, parameter, other)
        known = {wire.lower() for _, wire in before if wire}
        for (place, wire), parameter in after.items():
            if (place, wire) in before or (place != "path" and wire.lower() in known):
                continue
            rule = "D204" if place == "path" else "D203" if parameter.required else "D202"
            subject = Subject("argument", (key, f"{place}:{wire}"))
            self.add(rule, subject, "", parameter.wire, (old.address, parameter.address))

    def _parameter(self, subject: Subject, old: ir.Parameter, new: ir.Parameter) -> None:
        at = (old.address, new.address)
        if old.required != new.required:
            words = ("optional", "required")
            self.add("D205" if new.required else "D206", subject, words[old.required], words[new.required], at)
        if old.location == new.location and _written(old) != _written(new):
            self.add("D219", subject, _written(old), _written(new), at)
        if new.deprecated and not old.deprecated:
            self.add("D224", subject, "", "deprecated", at)
        self.types.types(old.type, new.type, "parameter", subject, at)
        self.types.constraints("parameter", subject, at)

    def _body(self, key: str, old: ir.Operation, new: ir.Operation) -> None:
        subject, at = Subject("argument", (key, "body")), (old.address, new.address)
        match old.body, new.body:
            case None, None:
                return
            case None, ir.Body() as added:
                self.add("D303" if added.required else "D302", subject, "", _media(added), (at[0], added.address))
            case ir.Body() as removed, None:
                self.add("D301", subject, _media(removed), "", (removed.address, at[1]))
            case ir.Body() as was, ir.Body() as now:
                self._bodies(key, subject, was, now)

    def _bodies(self, key: str, subject: Subject, old: ir.Body, new: ir.Body) -> None:
        at = (old.address, new.address)
        if old.required != new.required:
            words = ("optional", "required")
            self.add("D304" if new.required else "D305", subject, words[old.required], words[new.required], at)
        before, after = ({c.media_type: c for c in body.contents} for body in (old, new))
        gone, come = before.keys() - after.keys(), after.keys() - before.keys()
        if gone and come and not before.keys() & after.keys():
            self.add("D309", subject, _media(old), _media(new), at)
        else:
            for media_type in sorted(gone):
                self.add("D306", subject, media_type, "", at)
            for media_type in sorted(come):
                self.add("D307", subject, "", media_type, at)
        orders = [[m for m in one if m in before and m in after] for one in (before, after)]
        if orders[0] != orders[1]:
            self.add("D308", subject, ", ".join(orders[0]), ", ".join(orders[1]), at)
        for media_type in before.keys() & after.keys():
            was, now = before[media_type], after[media_type]
            if was.encodings != now.encodings:
                self.add("D310", subject, media_type, media_type, at)
            self._sent(key, subject, was, now, at)

    def _sent(self, key: str, subject: Subject, old: ir.Content, new: ir.Content, at: tuple[str, str]) -> None:
        was, now = fields_of(self.old, old.type), fields_of(self.new, new.type)
        if was is not None and now is not None and was.fields and now.fields:
            # The fields of a body are arguments of the method.
            self.types.fields(was, now, "request", lambda wire: Subject("argument", (key, f"body:{wire}")))
        else:
            self.types.types(old.type, new.type, "request", subject, at)

    # -------------------------------------------------------------------------------------------------- responses

    def _responses(self, key: str, old: ir.Operation, new: ir.Operation) -> None:
        before, after = ({r.status: r for r in operation.responses} for operation in (old, new))
        gone = [status for status in before if status not in after]
        come = [status for status in after if status not in before]
        good, better = ([s for s in some if _is_success(s)] for some in (gone, come))
        if len(good) == len(better) == 1 and not any(_is_success(s) for s in before.keys() & after.keys()):
            subject = Subject("response", (key, good[0]))
            was, now = before[good[0]], after[better[0]]
            self.add("D603", subject, good[0], better[0], (was.address, now.address))
            self._response(key, was, now)
            gone.remove(good[0])
            come.remove(better[0])
        for status in gone:
            rule = "D608" if status == "default" else "D601" if _is_success(status) else "D605"
            self.add(rule, Subject("response", (key, status)), status, "", (before[status].address, new.address))
        for status in come:
            rule = "D616" if status == "default" else "D602" if _is_success(status) else "D604"
            self.add(rule, Subject("response", (key, status)), "", status, (old.address, after[status].address))
        for status in before.keys() & after.keys():
            self._response(key, before[status], after[status])

    def _response(self, key: str, old: ir.Response, new: ir.Response) -> None:
        subject, at = Subject("response", (key, old.status)), (old.address, new.address)
        before, after = ({c.media_type: c for c in response.contents} for response in (old, new))
        if bool(before) != bool(after):
            self.add("D611" if after else "D612", subject, ", ".join(before), ", ".join(after), at)
        else:
            for media_type in sorted(before.keys() - after.keys()):
                self.add("D609", subject, media_type, "", at)
            for media_type in sorted(after.keys() - before.keys()):
                self.add("D610", subject, "", media_type, at)
        for media_type in before.keys() & after.keys():
            was, now = before[media_type], after[media_type]
            if (was.item is None) != (now.item is None):
                self.add("D613", subject, media_type, media_type, at)
                continue
            self.types.types(was.type, now.type, "response", subject, at)
            if was.item is not None and now.item is not None:
                self.types.types(was.item, now.item, "response", subject, at)
        self._headers(key, old, new)

    def _headers(self, key: str, old: ir.Response, new: ir.Response) -> None:
        models = [
            fields_of(side, response.headers) if response.headers is not None else None
            for side, response in ((self.old, old), (self.new, new))
        ]
        before, after = ({f.wire: f for f in model.fields} if model else {} for model in models)
        at = (old.address, new.address)
        owner = self.old.classes.get(old.headers.key) if old.headers is not None else None

        def subject_of(name: str) -> Subject:
            return Subject("field", (owner, name)) if owner else Subject("response", (key, old.status, name))

        for name in sorted(before.keys() - after.keys()):
            self.add("D614", subject_of(name), name, "", at)
        for name in sorted(after.keys() - before.keys()):
            self.add("D615", subject_of(name), "", name, at)
        for name in before.keys() & after.keys():
            self.types.types(before[name].type, after[name].type, "response", subject_of(name), at)

    def _security(self, subject: Subject, old: ir.Operation, new: ir.Operation) -> None:
        before, after = set(old.security), set(new.security)
        at = (old.address, new.address)
        if before == after:
            return
        was_text, is_text = (
            " or ".join(sorted(" and ".join(one) or "none" for one in some)) for some in (before, after)
        )
        was_needed, is_needed = bool(before) and () not in before, bool(after) and () not in after
        if is_needed and not was_needed:
            self.add("D701", subject, was_text, is_text, at)
        elif was_needed and not is_needed:
            self.add("D702", subject, was_text, is_text, at)
        elif before - after:
            self.add("D704" if after <= before else "D703", subject, was_text, is_text, at)
        else:
            self.add("D705", subject, was_text, is_text, at)

    # --------------------------------------------------------------------------------------------------- document

    def document(self) -> None:
        old, new = self.old.api, self.new.api
        subject = Subject("server", ("base_url",))
        before, after = ([server.url for server in api.servers] for api in (old, new))
        if before[:1] != after[:1]:
            self.add("D709", subject, "".join(before[:1]), "".join(after[:1]), ("#/servers", "#/servers"))
        for url in before[1:]:
            if url not in after:
                self.add("D708", Subject("server", (url,)), url, "", ("#/servers", "#/servers"))
        for was, now in zip(old.servers, new.servers, strict=False):
            if was.url == now.url and was.variables != now.variables:
                was_text, is_text = (
                    ", ".join(f"{v.name}={v.default}" for v in server.variables) for server in (was, now)
                )
                self.add("D710", subject, was_text, is_text, (was.pointer, now.pointer))
        schemes = {scheme.name: scheme for scheme in new.schemes}
        for scheme in old.schemes:
            other = schemes.get(scheme.name)
            if other is not None and _scheme(scheme) != _scheme(other):
                at = (scheme.address, other.address)
                self.add("D703", Subject("client", (scheme.name,)), _scheme(scheme), _scheme(other), at)
        if old.description != new.description:
            self.add("D713", Subject("document", ("info",)), "", "", ("#/info", "#/info"))
        self._jobs({job.name: job for job in old.jobs}, {job.name: job for job in new.jobs})

    def _jobs(self, before: Mapping[str, ir.Job], after: Mapping[str, ir.Job]) -> None:
        for name in before.keys() - after.keys():
            self.add("D721", Subject("job", (name,)), name, "", (before[name].address, ""))
        for name in after.keys() - before.keys():
            self.add("D722", Subject("job", (name,)), "", name, ("", after[name].address))
        for name in before.keys() & after.keys():
            old, new = before[name], after[name]
            subject, at = Subject("job", (name,)), (old.address, new.address)
            states = dict(old.states)
            for value, state in new.states:
                if value not in states:
                    self.add("D724", subject, "", f"{value}: {state}", at)
                elif states[value] != state:
                    self.add("D725", subject, f"{value}: {states[value]}", f"{value}: {state}", at)
            for value in states.keys() - dict(new.states).keys():
                self.add("D725", subject, f"{value}: {states[value]}", "", at)
            for title, was, now in (
                ("result", old.result, new.result),
                ("cancel", old.cancel is not None, new.cancel is not None),
                ("items", old.items, new.items),
            ):
                if was != now:
                    self.add("D723", subject, f"{title}: {was}", f"{title}: {now}", at)


def _parameters_of(operation: ir.Operation) -> dict[tuple[str, str], ir.Parameter]:
    """Returns parameters by location and wire name; those of the path by their position there."""
    places = [*dict.fromkeys(operation.path[1::2])]
    return {
        (p.location, str(places.index(p.wire) + 1) if p.location == "path" and p.wire in places else p.wire): p
        for p in operation.parameters
    }


def _written(parameter: ir.Parameter) -> str:
    parts = [parameter.style, "exploded" if parameter.explode else "", parameter.media_type or ""]
    return " ".join(filter(None, [*parts, "reserved characters as they are" if parameter.allow_reserved else ""]))


def _retries(operation: ir.Operation) -> str:
    parts = [", ".join(map(str, operation.retry_statuses)), operation.idempotency_header or ""]
    return " ".join(filter(None, parts))


def _media(body: ir.Body) -> str:
    return ", ".join(content.media_type for content in body.contents)


def _is_success(status: str) -> bool:
    return status.startswith("2")


def _scheme(scheme: ir.SecurityScheme) -> str:
    return " ".join(filter(None, [scheme.kind, scheme.location, scheme.wire, scheme.prefix]))
