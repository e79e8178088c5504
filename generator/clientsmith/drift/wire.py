"""What changed between two documents: operations, what they take and give, and what they demand.

    match operations --> compare each pair --> types by `schemas` --> the rest of the document by `surroundings`

Which operations are the same is for `pairing` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from clientsmith import ir
from clientsmith.drift.changes import Change, Subject
from clientsmith.drift.contents import by_media_type, schemas_of
from clientsmith.drift.editions import Edition, list_of, object_of
from clientsmith.drift.schemas import TypeComparison, fields_of
from clientsmith.drift.surroundings import compare_rest
from clientsmith.load.document import escape
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


def wire_changes(old: Edition, new: Edition, pairs: Iterable[Pair]) -> tuple[list[Change], dict[str, str]]:
    """Returns what changed in the operations that both editions have, and in the document around them.

    With it come the classes that the new client lacks, by name, and those that are in their places.
    """
    types = TypeComparison(old, new)
    comparison = _Comparison(types)
    pairs = list(pairs)
    for pair in pairs:
        comparison.operation(*pair)
    compare_rest(types, {a.address: b.address for a, b in pairs})
    return types.changes, types.replaced


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
    def __init__(self, types: TypeComparison) -> None:
        self.old, self.new = types.old, types.new
        self.types, self.add = types, types.add
        self._unchanged: set[tuple[str, str]] = set()
        """Addresses of parameters that are the same on both sides: many operations refer to them."""

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
        before, after = (side.value_at(one.address) for side, one in ((self.old, old), (self.new, new)))
        stable = _stability(before), _stability(after)
        if stable[0] > stable[1]:
            self.add("D115", subject, _STABILITY[stable[0]], _STABILITY[stable[1]], at)
        if old.servers != new.servers:
            self.add("D709", subject, _urls(old.servers), _urls(new.servers), at)
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
        if at in self._unchanged:
            return
        known = len(self.types.changes)
        self._parameters_at(at, subject, old, new)
        if len(self.types.changes) == known:
            self._unchanged.add(at)

    def _parameters_at(self, at: tuple[str, str], subject: Subject, old: ir.Parameter, new: ir.Parameter) -> None:
        if old.required != new.required:
            words = ("optional", "required")
            self.add("D205" if new.required else "D206", subject, words[old.required], words[new.required], at)
        written = self._written(old), self._written(new)
        if old.location == new.location and written[0] != written[1]:
            self.add("D219", subject, *written, at)
        if new.deprecated and not old.deprecated:
            self.add("D224", subject, "", "deprecated", at)
        sides = (self.old, old), (self.new, new)
        was_empty, is_empty = (side.value_at(one.address).get("allowEmptyValue") is True for side, one in sides)
        if was_empty != is_empty:
            texts = ("allowEmptyValue: true", "") if was_empty else ("", "allowEmptyValue: true")
            self.add("D222" if was_empty else "D223", subject, *texts, at)
        if old.description != new.description:
            self.add("D713", subject, "", "", at)
        if old.required or new.required:
            self.types.types(old.type, new.type, "parameter", subject, at)
        else:
            self.types.optional_types(old.type, new.type, "parameter", subject, at)
        self.types.inside("parameter", subject, (self._schema_of(self.old, old), self._schema_of(self.new, new)))

    @staticmethod
    def _written(parameter: ir.Parameter) -> str:
        parts = [parameter.style, "exploded" if parameter.explode else "", parameter.media_type or ""]
        parts.append("reserved characters as they are" if parameter.allow_reserved else "")
        return " ".join(filter(None, parts))

    @staticmethod
    def _schema_of(side: Edition, parameter: ir.Parameter | ir.Field) -> str:
        """Returns the address of the schema of a parameter or header, of its content if it has one of those."""
        contents = side.value_at(f"{parameter.address}/content")
        tail = f"content/{escape(str(next(iter(contents))))}/" if contents else ""
        return f"{parameter.address}/{tail}schema"

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
        before, after = by_media_type(old.contents, new.contents)
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
            models = fields_of(self.old, was.type), fields_of(self.new, now.type)
            common = [{field.wire for field in model.fields} if model else set[str]() for model in models]
            texts = _encodings(was), _encodings(now)
            parts = [part for part in common[0] & common[1] if texts[0].get(part) != texts[1].get(part)]
            if parts:
                shown = (", ".join(f"{p}: {side.get(p, 'by default')}" for p in sorted(parts)) for side in texts)
                was_shown, is_shown = shown
                self.add("D310", subject, was_shown, is_shown, at)
            self._sent(key, subject, was, now, at)

    def _sent(self, key: str, subject: Subject, old: ir.Content, new: ir.Content, at: tuple[str, str]) -> None:
        was, now = fields_of(self.old, old.type), fields_of(self.new, new.type)
        known = len(self.types.changes)
        if was is not None and now is not None and was.fields and now.fields:
            # The fields of a body are arguments of the method.
            self.types.fields(was, now, "request", lambda wire: Subject("argument", (key, f"body:{wire}")))
            self.types.constraints("request", subject, (was.key, now.key))
        else:
            self.types.types(old.type, new.type, "request", subject, at)
            self.types.inside("request", subject, schemas_of(old, new, at))
        said = {change.rule for change in self.types.changes[known:]}
        if old.choices != new.choices and not said & {"D417", "D420", "D423"}:
            self.add("D423", subject, "", "which fields go together", at)

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
            if _is_success(status):
                self._response(key, before[status], after[status])
            else:
                with self.types.at_most_risk():
                    self._response(key, before[status], after[status])

    def _response(self, key: str, old: ir.Response, new: ir.Response) -> None:
        subject, at = Subject("response", (key, old.status)), (old.address, new.address)
        before, after = by_media_type(old.contents, new.contents)
        if before.keys() != after.keys() and not _is_success(old.status):
            self.add("D606", subject, ", ".join(before), ", ".join(after), at)
        elif bool(before) != bool(after):
            self.add("D611" if after else "D612", subject, ", ".join(before), ", ".join(after), at)
        elif before and not before.keys() & after.keys():
            self.add("D609", subject, ", ".join(before), ", ".join(after), at)
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
            with nullcontext() if _is_decoded(media_type) else self.types.at_most_risk():
                self.types.types(was.type, now.type, "response", subject, at)
                self.types.inside("response", subject, schemas_of(was, now, at))
            if was.item is not None and now.item is not None:
                self.types.types(was.item, now.item, "response", subject, at)
        if old.description != new.description:
            self.add("D713", subject, "", "", at)
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
            was, now = before[name], after[name]
            schemas = self._schema_of(self.old, was), self._schema_of(self.new, now)
            self.types.field(was, now, "response", subject_of(name), schemas)

    def _security(self, subject: Subject, old: ir.Operation, new: ir.Operation) -> None:
        before, after = set(old.security), set(new.security)
        at = (old.address, new.address)
        if before == after:
            self._scopes(subject, at)
            return
        was_text, is_text = (
            " or ".join(sorted(" and ".join(one) or "none" for one in some)) for some in (before, after)
        )
        was_needed, is_needed = bool(before) and () not in before, bool(after) and () not in after
        if is_needed and not was_needed:
            self.add("D701", subject, was_text, is_text, at)
        elif not is_needed:
            self.add("D702" if before - after else "D705", subject, was_text, is_text, at)
        elif before - after:
            self.add("D704" if after <= before else "D703", subject, was_text, is_text, at)
        else:
            self.add("D705", subject, was_text, is_text, at)

    def _scopes(self, subject: Subject, at: tuple[str, str]) -> None:
        was, now = (_scopes_of(side, address) for side, address in zip((self.old, self.new), at, strict=True))
        if now - was:
            self.add("D706", subject, ", ".join(sorted(was)), ", ".join(sorted(now)), at)


def _parameters_of(operation: ir.Operation) -> dict[tuple[str, str], ir.Parameter]:
    """Returns parameters by location and wire name; those of the path by their position there."""
    places = [*dict.fromkeys(operation.path[1::2])]
    return {
        (p.location, str(places.index(p.wire) + 1) if p.location == "path" and p.wire in places else p.wire): p
        for p in operation.parameters
    }


def _retries(operation: ir.Operation) -> str:
    parts = [", ".join(map(str, operation.retry_statuses)), operation.idempotency_header or ""]
    return " ".join(filter(None, parts))


def _encodings(content: ir.Content) -> dict[str, str]:
    """Returns how parts of a body are written, as text by part: `{"note": "text/plain"}`."""
    return {
        one.wire: " ".join(str(value) for value in (one.content_type, one.style, one.explode) if value is not None)
        for one in content.encodings
    }


def _media(body: ir.Body) -> str:
    return ", ".join(content.media_type for content in body.contents)


_STABILITY = ("draft", "alpha", "beta", "stable")
_STABILITY_EXTENSIONS = ("x-stability-level", "x-stability")


def _stability(operation: Mapping[str, Any]) -> int:
    """Returns how stable an operation is said to be, as an index; without a word it is stable."""
    if operation.get("x-beta") is True:
        return _STABILITY.index("beta")
    levels = (str(operation[name]).lower() for name in _STABILITY_EXTENSIONS if name in operation)
    return next((_STABILITY.index(level) for level in levels if level in _STABILITY), len(_STABILITY) - 1)


def _urls(servers: Iterable[ir.Server]) -> str:
    return ", ".join(server.url for server in servers)


def _scopes_of(side: Edition, operation: str) -> frozenset[str]:
    """Returns the scopes that an operation demands in one of its ways at least."""
    found = side.value_at(operation).get("security", side.value_at("#").get("security"))
    ways = [scopes for one in list_of(found) for scopes in object_of(one).values()]
    return frozenset(str(scope) for scopes in ways for scope in list_of(scopes))


def _is_decoded(media_type: str) -> bool:
    """Returns whether clients decode a body by its schema; others are text or bytes, whatever the schema says."""
    return "json" in media_type.lower() or "*" in media_type


def _is_success(status: str) -> bool:
    return status.startswith("2")
