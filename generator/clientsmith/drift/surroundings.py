"""What changed around the operations of two documents: servers, credentials, webhooks, callbacks and jobs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clientsmith import ir
from clientsmith.drift.changes import Subject
from clientsmith.drift.contents import by_media_type, schemas_of
from clientsmith.drift.editions import Edition, object_of
from clientsmith.drift.schemas import TypeComparison
from clientsmith.load.document import escape


def compare_rest(types: TypeComparison, paired: Mapping[str, str]) -> None:
    """Records in `types` what changed around operations.

    Args:
        types: The comparison of the types of two editions.
        paired: The addresses of the operations that both editions have, the new ones by the old ones.
    """
    rest = _Rest(types)
    rest.webhooks(paired)
    rest.document()


class _Rest:
    def __init__(self, types: TypeComparison) -> None:
        self.old, self.new = types.old, types.new
        self.types, self.add = types, types.add

    def webhooks(self, paired: Mapping[str, str]) -> None:
        """Compares webhooks, and the callbacks of operations that both editions have, by the addresses of those."""
        before = {(one.name, one.method, paired.get(one.operation, "")): one for one in self.old.api.webhooks}
        after = {(one.name, one.method, one.operation): one for one in self.new.api.webhooks}
        # What goes or comes with an operation is part of that difference.
        kept = [{*sides, *_unowned(side)} for sides, side in ((paired, self.old), (paired.values(), self.new))]
        for key, old in before.items():
            new = after.pop(key, None)
            subject = Subject("webhook", (f"{old.method} {old.name}",))
            if new is not None:
                self._webhook(subject, old, new)
            elif not old.operation:
                self.add("D116", subject, old.name, "", (old.address, ""))
            elif old.operation in kept[0]:
                self.add("D118", subject, old.name, "", (old.address, ""))
        for (name, method, operation), new in after.items():
            subject = Subject("webhook", (f"{method} {name}",))
            if not operation:
                self.add("D117", subject, "", name, ("", new.address))
            elif operation in kept[1]:
                self.add("D118", subject, "", name, ("", new.address))

    def _webhook(self, subject: Subject, old: ir.Webhook, new: ir.Webhook) -> None:
        at = (old.address, new.address)
        before, after = by_media_type(_received(old), _received(new))
        if before.keys() != after.keys():
            self.add("D118", subject, ", ".join(before), ", ".join(after), at)
        # A callback is one thing that somebody handles: what changed in it is one change, whatever it is.
        types = TypeComparison(self.old, self.new) if old.operation else self.types
        for media_type in before.keys() & after.keys():
            was, now = before[media_type], after[media_type]
            types.types(was.type, now.type, "response", subject, at)
            bodies = [one.body.address if one.body else "" for one in (old, new)]
            types.inside("response", subject, schemas_of(was, now, (bodies[0], bodies[1])))
        if old.operation and (changes := [one for one in types.changes if one.of_rule.slug != "docs-only"]):
            was_text, is_text = ", ".join(one.old for one in changes), ", ".join(one.new for one in changes)
            self.add("D118", subject, was_text, is_text, at)
        answers = [{r.status: [c.media_type for c in r.contents] for r in one.responses} for one in (old, new)]
        if answers[0] != answers[1]:
            self.add("D118", subject, ", ".join(answers[0]), ", ".join(answers[1]), at)

    def document(self) -> None:
        old, new = self.old.api, self.new.api
        subject = Subject("server", ("base_url",))
        before, after = ([server.url.rstrip("/") for server in api.servers] for api in (old, new))
        if before[:1] != after[:1]:
            self.add("D709", subject, "".join(before[:1]), "".join(after[:1]), ("#/servers", "#/servers"))
        for url in before[1:]:
            if url not in after:
                self.add("D708", Subject("server", (url,)), url, "", ("#/servers", "#/servers"))
        for url in after[1:]:
            if url not in before:
                self.add("D718", Subject("server", (url,)), "", url, ("#/servers", "#/servers"))
        for was, now in zip(old.servers, new.servers, strict=False):
            if was.url == now.url and was.variables != now.variables:
                self.add("D710", subject, _variables(was), _variables(now), (was.pointer, now.pointer))
        schemes = {scheme.name: scheme for scheme in new.schemes}
        for scheme in old.schemes:
            other = schemes.get(scheme.name)
            if other is not None and _scheme(scheme) != _scheme(other):
                at = (scheme.address, other.address)
                self.add("D703", Subject("client", (scheme.name,)), _scheme(scheme), _scheme(other), at)
        self._flows()
        if _words(old) != _words(new) or any(
            a.url == b.url and a.description != b.description for a, b in zip(old.servers, new.servers, strict=False)
        ):
            self.add("D713", Subject("document", ("info",)), "", "", ("#/info", "#/info"))
        self._jobs({job.name: job for job in old.jobs}, {job.name: job for job in new.jobs})

    def _flows(self) -> None:
        """Compares where OAuth 2 and OpenID Connect schemes send people and clients."""
        address = "#/components/securitySchemes"
        before, after = self.old.value_at(address), self.new.value_at(address)
        for name in before:
            at = f"{address}/{escape(str(name))}"
            was, now = (_addresses_in(side.value_at(at)) for side in (self.old, self.new))
            if name in after and was != now:
                gone, come = (" ".join(sorted(some)) for some in (was - now, now - was))
                self.add("D707", Subject("client", (str(name),)), gone, come, (at, at))

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


def _variables(server: ir.Server) -> str:
    """Returns the variables of a server as text: `region=eu (eu, us)`."""
    values = [f" ({', '.join(variable.values)})" if variable.values else "" for variable in server.variables]
    return ", ".join(f"{v.name}={v.default}{some}" for v, some in zip(server.variables, values, strict=True))


def _addresses_in(scheme: Mapping[str, Any]) -> frozenset[str]:
    """Returns the addresses in a security scheme: of its flows, and of OpenID Connect."""
    flows = object_of(scheme.get("flows"))
    found = [(name, key, value) for name, flow in flows.items() for key, value in object_of(flow).items()]
    urls = {f"{name}.{key}={value}" for name, key, value in found if str(key).endswith("Url")}
    return frozenset({*urls, *(f"{key}={scheme[key]}" for key in ("openIdConnectUrl",) if key in scheme)})


def _scheme(scheme: ir.SecurityScheme) -> str:
    return " ".join(filter(None, [scheme.kind, scheme.location, scheme.wire, scheme.prefix]))


def _unowned(side: Edition) -> set[str]:
    """Returns the owners of callbacks that are no operations: components, and webhooks."""
    return {one.operation for one in side.api.webhooks} - {operation.address for operation in side.api.operations}


def _received(webhook: ir.Webhook) -> tuple[ir.Content, ...]:
    return webhook.body.contents if webhook.body else ()


def _words(api: ir.Api) -> tuple[object, ...]:
    """Returns what a document says of itself and of its tags."""
    return api.title, api.description, api.tag_descriptions
