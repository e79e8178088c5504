"""The call paths of an SDK: which request each method below its client class sends.

    GET /files/{}   files.retrieve
    POST /files     files.create

The tree begins at the class that the package exports and that most requests are sent from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clientsmith.records import dataclass
from clientsmith.sdks.classes import Classes, Key
from clientsmith.sdks.requests import Request
from clientsmith.sdks.sources import SdkError, find_source, trees

DEEPEST = 8
"""Resources below each other."""
MOST_CALLS = 50_000
MOST_DELEGATIONS = 50
"""Private members that one method is followed through."""
_ORDINARY = ("list", "create", "get", "retrieve", "update", "delete")
"""Methods that name a request before others that send it too: `create` before `create_and_wait`."""
_UNDERSCORE = ("_", "with_")
"""What private attributes, and those that give a client in another form, begin with."""


@dataclass(frozen=True, slots=True)
class Sdk:
    """What is known of an SDK.

    Attributes:
        client: the name of its client class.
        calls: the call paths of each request, the plainest first.
    """

    client: str
    calls: Mapping[Request, tuple[str, ...]]


def read_sdk(package: str) -> Sdk:
    """Returns the requests and call paths of an SDK, read from its source, which is neither imported nor run.

    Args:
        package: the name of an installed package, or the path of its folder.

    Raises:
        SdkError: There is no such package, or no request is found in it.
    """
    source = find_source(package)
    found, top = trees(source), source.stem if source.is_file() else source.name
    for asynchronous in (False, True):
        # An SDK that is asynchronous only is read as one, any other is not.
        sdk = sdk_of(Classes(found, top, asynchronous=asynchronous), asynchronous=asynchronous)
        if sdk is not None:
            return sdk
    raise SdkError(
        f"no method of {package!r} sends a request in a way that is known",
        "name the package of a Python SDK whose methods contain the paths of their requests",
    )


def sdk_of(classes: Classes, *, asynchronous: bool) -> Sdk | None:
    """Returns the requests and call paths of the classes of a package, or None if there is no request."""
    within = {
        target
        for found in classes.found.values()
        for name, target in found.attributes.items()
        if isinstance(target, tuple) and not name.startswith(_UNDERSCORE)
    }
    reader = _Reader(classes)
    ranked: list[tuple[int, bool, int, Key]] = []
    for key in classes.found:
        name = key[1]
        if key in within or name.startswith("_") or ("async" in name.lower() and not asynchronous):
            continue
        if count := reader.reachable(key):
            exported = key in classes.exported
            ranked.append((-count * (2 if exported else 1), not exported, len(name), key))
    if not ranked:
        return None
    ranked.sort()
    whole: dict[Request, tuple[str, ...]] = {}
    for i, (_, internal, _, key) in enumerate(ranked):
        # Another client of the package names what the first one does not have.
        if i == 0 or (not internal and key[1].endswith("Client")):
            whole = {**reader.calls(key), **whole}
    return Sdk(ranked[0][3][1], whole)


class _Reader:
    """Follows attributes and private members from class to class."""

    def __init__(self, classes: Classes) -> None:
        self._classes = classes
        self._attributes_of: dict[Key, dict[str, Key | list[str]]] = {}
        self._methods_of: dict[Key, dict[str, list[Request]]] = {}
        self._budget = MOST_CALLS

    def reachable(self, root: Key) -> int:
        """Returns the number of requests that the methods of a class, and of those below it, send."""
        seen, waiting = {root}, [root]
        requests: set[Request] = set()
        while waiting:
            key = waiting.pop()
            requests.update(request for found in self._methods(key).values() for request in found)
            below = {child for _, child in self._children(key)} - seen
            seen |= below
            waiting += below
        return len(requests)

    def calls(self, root: Key) -> dict[Request, tuple[str, ...]]:
        """Returns the call paths below a class by request, the plainest first."""
        found: dict[Request, list[tuple[int, bool, int, str]]] = {}
        self._budget = MOST_CALLS
        for order, (request, path) in enumerate(self._below(root, (), (root,))):
            found.setdefault(request, []).append((len(path), path[-1] not in _ORDINARY, order, ".".join(path)))
        return {
            request: tuple(dict.fromkeys(path for *_, path in sorted(rows))) for request, rows in found.items()
        }

    def _below(
        self, key: Key, groups: tuple[str, ...], above: tuple[Key, ...]
    ) -> Iterator[tuple[Request, tuple[str, ...]]]:
        for name, requests in self._methods(key).items():
            for request in requests:
                self._budget -= 1
                yield request, (*groups, name)
        for name, below in self._children(key):
            if len(groups) < DEEPEST and self._budget > 0 and below not in above:
                self._budget -= 1
                yield from self._below(below, (*groups, name), (*above, below))

    def _methods(self, key: Key) -> dict[str, list[Request]]:
        """Returns the public methods of a class that send requests, in the order of the source."""
        if key not in self._methods_of:
            names = dict.fromkeys(name for found in self._classes.lineage(key) for name in found.delegations)
            public = (name for name in names if not name.startswith(_UNDERSCORE))
            self._methods_of[key] = {name: sent for name in public if (sent := self._sent(key, name))}
        return self._methods_of[key]

    def _children(self, key: Key) -> Iterator[tuple[str, Key]]:
        """Yields the public attributes of a class that are of a class of the SDK."""
        for name, target in self._attributes(key).items():
            below = target if isinstance(target, tuple) else self._followed(key, tuple(target))
            if below is not None and not name.startswith(_UNDERSCORE) and name not in self._methods(key):
                yield name, below

    def _attributes(self, key: Key) -> dict[str, Key | list[str]]:
        if key not in self._attributes_of:
            result: dict[str, Key | list[str]] = {}
            for found in self._classes.lineage(key):
                for name, target in found.attributes.items():
                    result.setdefault(name, target)
            self._attributes_of[key] = result
        return self._attributes_of[key]

    def _followed(self, key: Key, chain: tuple[str, ...]) -> Key | None:
        """Returns the class that a chain of attributes leads to: of `self.v1.accounts`."""
        for _ in range(DEEPEST):
            if not chain:
                return key
            target = self._attributes(key).get(chain[0])
            if target is None:
                return None
            if isinstance(target, list):
                chain = (*target, *chain[1:])
            else:
                key, chain = target, chain[1:]
        return None

    def _sent(self, key: Key, method: str) -> list[Request]:
        """Returns what a method sends, itself or else through private members of its class."""
        waiting = [(key, method)]
        for owner, name in waiting:
            found = next((found for found in self._classes.lineage(owner) if name in found.delegations), None)
            if found is None:
                continue
            if requests := found.requests.get(name):
                return requests
            for chain, called in found.delegations[name]:
                target = self._followed(owner, chain)
                if target is not None and (target, called) not in waiting and len(waiting) < MOST_DELEGATIONS:
                    waiting.append((target, called))
        return []
