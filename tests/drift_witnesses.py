"""Calls of real clients to a server that plays a document: what of them is refused, and what is not understood.

    client of the old document --its calls--> server of the new document

The calls are made by the document that a client is of, and not by its code: each thing that may be sent is sent, and
each answer that the server's document allows is given, one choice at a time.
"""

from __future__ import annotations

import contextlib
import importlib
import re
import sys
import warnings
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, cast

from document_server import SECRET, Call, Described, Document, DocumentServer
from drift_callers import Edition
from schema_instances import Tree

from clientsmith.pairing import operation_key
from clientsmith.render.plan import runtime_files
from clientsmith.surface import ArgumentSurface, OperationSurface, Surface

PACKAGE = "witnesses"


class Outcome(NamedTuple):
    """What came of a call.

    `kind` is "done", "refused" (by the server), "undecoded" (by the client) or "failed" (it was not sent, or the server
    has no answer to give); `what` says why, or what was sent where it was done.
    """

    call: str
    kind: str
    what: str = ""


class Imported(NamedTuple):
    """A client that was generated of a document and imported, and where the server plays the document."""

    package: Any
    surface: Surface
    document: Document
    place: str


@contextlib.contextmanager
def imported(folder: Path, editions: Mapping[str, Edition]) -> Generator[dict[str, Any]]:
    """The packages of some editions, side by side with one runtime."""
    features = {"stdlib", *(feature for one in editions.values() for feature in one.built.features)}
    files = {f"_runtime/{path}": text for path, text in runtime_files(features).items()}
    for name, one in editions.items():
        files |= {f"{name}/{path}": text for path, text in one.built.files.items() if path.endswith(".py")}
    for path, text in {**files, "__init__.py": ""}.items():
        target = folder / PACKAGE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder))
    try:
        yield {name: importlib.import_module(f"{PACKAGE}.{name}") for name in editions}
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            del sys.modules[name]


class Witness:
    """The calls of one client to the server of one document.

    Args:
        caller: The client whose document says which calls there are, and whose names they have.
        client: The client that makes them; another one where callers have generated it again.
        at: Where the server plays the document that it is called by.
        server: The server.
        strict_warnings: Whether a warning fails a call.
    """

    def __init__(
        self, caller: Imported, client: Imported, at: Imported, server: DocumentServer, *, strict_warnings: bool = False
    ) -> None:
        self.caller, self.client, self.at, self.server = caller, client, at, server
        self.strict_warnings = strict_warnings
        self.decode = importlib.import_module(f"{PACKAGE}._runtime.codec").Codec(f"{client.package.__name__}.models")
        self._clients: dict[tuple[str, ...], Any] = {}

    def requests(self, operation: Described) -> Iterator[Outcome]:
        """The outcomes of all calls of an operation, each answered with the first answer that there is."""
        self.server.turn = 0
        for one in self._methods(operation):
            schemes = [tuple(demanded) for demanded in operation.security] or [()]
            calls = self.caller.document.calls(operation)
            for call in calls:
                yield self._made(one, call, schemes[0])
            for other in schemes[1:]:
                yield self._made(one, calls[0], other)
            for accepted in one.accept:
                if accepted.startswith("Literal") and "None" not in accepted:
                    yield self._made(one, calls[0], schemes[0], accept=accepted.split('"')[1])

    def answers(self, operation: Described) -> Iterator[Outcome]:
        """The outcomes of one call of an operation, with each answer that the server's document allows."""
        there = self.at.document.operations.get(operation.key)
        if there is None:
            return
        for one in self._methods(operation):
            call = self.caller.document.calls(operation)[0]
            schemes = [tuple(demanded) for demanded in operation.security] or [()]
            for turn in range(len(self.at.document.answers(there))):
                self.server.turn = turn
                yield self._made(one, call, schemes[0])
        self.server.turn = 0

    def close(self) -> None:
        for client in self._clients.values():
            client.close()

    def _methods(self, operation: Described) -> list[OperationSurface]:
        """The methods of the client for an operation: one, or a variant for each kind of body or answer."""
        operations = self.caller.surface.operations
        return [one for one in operations if operation_key(one.method, one.path) == operation.key]

    def _made(self, one: OperationSurface, call: Call, schemes: tuple[str, ...], accept: str | None = None) -> Outcome:
        arguments: dict[str, Any] = {}
        shown = one.call
        errors = self.client.package.errors
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error" if self.strict_warnings else "ignore")
                arguments = self._arguments(one, call)
                if accept is not None:
                    arguments["accept"] = accept
                shown = f"{one.call}({', '.join(f'{key}={value!r}' for key, value in arguments.items())})"
                result = attrgetter(one.call)(self._client(schemes))(**arguments)
                if isinstance(result, Iterator):
                    for _ in result:  # pyright: ignore[reportUnknownVariableType]  # Of any client.
                        pass
        except errors.ResponseDecodeError as error:
            return Outcome(shown, "undecoded", str(error))
        except errors.APIStatusError as error:
            return Outcome(shown, "refused" if error.status < 500 else "failed", f"{error.status}: {error.raw}")
        except Exception as error:
            return Outcome(shown, "failed", f"{type(error).__name__}: {error}")
        sent = self.server.requests[-1]
        return Outcome(shown, "done", f"{sent.method} {sent.path.removeprefix(self.at.place)}")

    def _client(self, schemes: tuple[str, ...]) -> Any:
        """The client with the credentials of some schemes."""
        if schemes not in self._clients:
            names = {
                one.name: SECRET.format(one.scheme)
                for one in self.caller.surface.client.arguments
                if one.scheme in schemes or one.required
            }
            self._clients[schemes] = self.client.package.Client(
                **names, base_url=self.server.url + self.at.place, strict=True, max_retries=0
            )
        return self._clients[schemes]

    def _arguments(self, one: OperationSurface, call: Call) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for (location, name), value in call.parameters.items():
            for argument in one.arguments:
                if (argument.location, argument.wire) == (location, name):
                    found[argument.name] = self._value(argument, value, call.media)
        bodies = [argument for argument in one.arguments if argument.location == "body"]
        if call.media is None:
            return found
        body: Any = call.body
        if any(argument.wire for argument in bodies) and isinstance(body, dict):
            for name, value in cast("Tree", body).items():
                if (field := _of_field(bodies, name, call.media)) is not None:
                    found[field.name] = self._value(field, value, call.media)
        elif bodies:
            found[bodies[0].name] = self._value(bodies[0], call.body, call.media)
        return found

    def _value(self, argument: ArgumentSurface, value: Any, media: str | None) -> Any:
        """A value of JSON as callers write it."""
        names = _names(argument.annotation)
        if "File" in names:
            return [b"text"] if isinstance(value, list) else b"text"
        if "bytes" in names and argument.location == "body" and media and "json" not in media:
            return str(value).encode()
        text = re.sub(r"\b(?:models|builtins)\.", "", argument.annotation)
        text = " | ".join(part for part in text.split(" | ") if part != "Unset")
        return self.decode.decode(text, value, strict=True)


def _names(annotation: str) -> set[str]:
    return set(re.findall(r"\w+", annotation))


def _of_field(arguments: Sequence[ArgumentSurface], name: str, media: str) -> ArgumentSurface | None:
    """The argument of a property; of two, that of the media type."""
    found = [argument for argument in arguments if argument.wire == name]
    is_multipart = media.startswith("multipart/")
    found.sort(key=lambda argument: ("File" in _names(argument.annotation)) != is_multipart)
    return found[0] if found else None


def changed(old: Document, new: Document) -> list[Described]:
    """The operations of the old document that the new one has not, or not in the same words."""
    there = {key: one.extent for key, one in new.operations.items()}
    return [one for key, one in old.operations.items() if there.get(key) != one.extent]


def bad(outcomes: Iterable[Outcome], *kinds: str) -> list[Outcome]:
    """Those that came to something else than was asked; of these kinds, if there are some."""
    return [one for one in outcomes if one.kind != "done" and (not kinds or one.kind in kinds)]


class Kept:
    """A client that is kept while its document is changed.

    Args:
        caller: The client, and its document.
        server: Plays the documents.
    """

    def __init__(self, caller: Imported, server: DocumentServer) -> None:
        self.caller, self.server = caller, server
        self._before: dict[str, list[list[Outcome]]] = {}

    def stumbles(self, document: Document, most: int) -> list[Outcome]:
        """What the client stumbles over with a changed document, and with its own does not; of so many operations."""
        there = self.caller._replace(document=document, place=self.server.add(document))
        own = Witness(self.caller, self.caller, self.caller, self.server)
        witness = Witness(self.caller, self.caller, there, self.server)
        found: list[Outcome] = []
        for operation in changed(self.caller.document, document)[:most]:
            if operation.key not in self._before:
                self._before[operation.key] = [[*own.requests(operation)], [*own.answers(operation)]]
            requests, answers = self._before[operation.key]
            pairs = zip(requests, witness.requests(operation), strict=True)
            found += [now for was, now in pairs if was.kind == "done" and now.kind in ("refused", "undecoded")]
            if not bad(answers):
                found += bad(witness.answers(operation), "undecoded")
        own.close()
        witness.close()
        self.server.documents.pop()
        return found
