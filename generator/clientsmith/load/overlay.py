"""OpenAPI Overlay 1.0 and 1.1: corrections that a team keeps beside a provider's files, each action with its reason.

Decides what an action changes (Overlay 1.1.0, Action Object) and where the changed parts come from. Does not fetch
`extends`, does not validate the result, and runs no code: an overlay is data.

    target -- selects --> nodes -- remove | update | copy --> the next tree

An action that selects nothing is an error here, although the specification allows it: it is the only sign that the
provider moved what was corrected. `x-allow-empty: true` on the action allows it. The input tree is not touched; what no
action changes is shared with the result.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from clientsmith.diagnostics import Location, Report
from clientsmith.load.document import Fragment, Provenance
from clientsmith.load.source import Source
from clientsmith.load.targets import LONGEST, Path, segments_of, selected_paths
from clientsmith.load.tree import escape, is_array, is_object

_OVERLAY_KEYS = ("overlay", "info", "extends", "actions")
_ACTION_KEYS = ("target", "description", "update", "copy", "remove")


class _Action(NamedTuple):
    target: str
    remove: bool
    copy: str | None
    update: Any
    allow_empty: bool
    place: Location

    def at(self, field: str) -> Location:
        """Returns the location of a field of the action."""
        return Location(self.place.file, f"{self.place.pointer}/{field}")


def apply_overlay(root: dict[str, Any], overlay: Source, report: Report, provenance: Provenance) -> dict[str, Any]:
    """Returns the tree after all actions of an overlay, in their order.

    Args:
        root: the tree; it is not changed.
        overlay: the file; its value should be an Overlay Object.
        report: takes `overlay-invalid`, `overlay-dead-target`, `overlay-incompatible`, `overlay-noop`,
            `unsupported-version`. An action with an error is left out, the others are applied.
        provenance: of the tree; gets the origin of every part that an action sets.
    """
    overlaid = _Overlaid(root, overlay, report, provenance)
    for action in _actions(overlay, report):
        overlaid.apply(action)
    return overlaid.root


def located_actions(overlay: Source) -> Iterator[tuple[Location, dict[str, Any]]]:
    """Yields the actions of an overlay as they are written, each with its location."""
    actions = overlay.value.get("actions") if is_object(overlay.value) else None
    for index, action in enumerate(actions if is_array(actions) else []):
        if is_object(action):
            yield Location(overlay.name, f"/actions/{index}"), action


def _actions(overlay: Source, report: Report) -> Iterable[_Action]:
    """Yields the well-formed actions; the others are `overlay-invalid`."""
    value = overlay.value
    here = Location(overlay.name)
    version = value.get("overlay") if is_object(value) else None
    if not is_object(value) or version is None:
        report.add("overlay-invalid", "not an overlay: the field 'overlay' is missing", here)
        return
    minor = ".".join(str(version).split(".")[:2])
    if minor not in ("1.0", "1.1"):
        message = f"Overlay {version} is not supported"
        report.add("unsupported-version", message, Location(overlay.name, "/overlay"), hint="use 1.0.0 or 1.1.0")
        return
    for key in value:
        if key not in _OVERLAY_KEYS and not key.startswith("x-"):
            report.add("overlay-invalid", f"unknown field {key!r}", Location(overlay.name, f"/{escape(key)}"))
    actions = value.get("actions")
    if not is_array(actions) or not actions:
        message = "'actions' must be a list with at least one action"
        report.add("overlay-invalid", message, Location(overlay.name, "/actions"))
        return
    for index, action in enumerate(actions):
        place = Location(overlay.name, f"/actions/{index}")
        wrong = _problem(action, minor)
        if wrong:
            report.add("overlay-invalid", wrong, place)
        else:
            yield _Action(
                action["target"],
                action.get("remove") is True,
                action.get("copy"),
                action.get("update"),
                action.get("x-allow-empty") is True,
                place,
            )


def _problem(action: Any, minor: str) -> str:
    """Returns what is wrong with an action; empty if it is well formed."""
    if not is_object(action):
        return "an action must be a mapping"
    if not isinstance(action.get("target"), str) or not action["target"]:
        return "'target' must be a JSONPath, as a string"
    unknown = [key for key in action if key not in _ACTION_KEYS and not key.startswith("x-")]
    if unknown:
        return f"unknown field {unknown[0]!r} of an action"
    if not isinstance(action.get("remove", False), bool):
        return "'remove' must be true or false"
    if "copy" in action and minor == "1.0":
        return "'copy' needs Overlay 1.1, but this overlay has version 1.0"
    if not isinstance(action.get("copy", "$"), str) or action.get("copy") == "":
        return "'copy' must be a JSONPath, as a string"
    if action.get("remove") is not True and ("update" in action) == ("copy" in action):
        return "an action must have exactly one of 'update', 'copy' and 'remove'"
    return ""


class _Overlaid:
    """The tree while actions are applied. A container is copied before its first change, and only then."""

    def __init__(self, root: dict[str, Any], overlay: Source, report: Report, provenance: Provenance) -> None:
        self.root = root
        self.report, self.provenance = report, provenance
        self.fragment = Fragment(overlay.name, overlay.value, "overlay", overlay, digest=overlay.digest)
        # By identity; the containers themselves are kept, so that no identity is reused.
        self._owned: dict[int, Any] = {}
        self._before_1_1 = is_object(overlay.value) and str(overlay.value.get("overlay")).startswith("1.0")
        self._changed = self._failed = False

    def apply(self, action: _Action) -> None:
        """Applies one action to the current tree."""
        self._changed = self._failed = False
        targets = self._selected(action, "target", action.target)
        if targets is None or (not targets and action.allow_empty):
            return
        if not targets:
            self._report_dead(action, "target", action.target)
            return
        if action.remove:
            self._remove(targets, action)
        else:
            self._merge_into(targets, action)
        if not self._changed and not self._failed:
            self.report.add(
                "overlay-noop",
                f"the action for {action.target!r} changes nothing",
                action.place,
                hint="remove the action if the provider has made the correction",
            )

    def _selected(self, action: _Action, field: str, query: str) -> list[Path] | None:
        """Returns the nodes that a query selects, each once; None if it is no JSONPath that ends, which is reported."""
        try:
            return selected_paths(query, self.root)
        except ValueError as error:
            self._failed = True
            message = f"{query!r} is not a JSONPath (RFC 9535): {error}"
        except TimeoutError:
            self._failed = True
            message = f"the regular expressions of {query!r} take more than {LONGEST:g} seconds"
        self.report.add("overlay-invalid", message, action.at(field))
        return None

    def _report_dead(self, action: _Action, field: str, query: str) -> None:
        """Reports how much of the query still resolves: behind it, the provider's document changed."""
        self._failed = True
        segments = segments_of(query)
        hint, also = "", list[tuple[str, Location]]()
        for count in range(len(segments) - 1, -1, -1):
            reached = "$" + "".join(segments[:count])
            if nodes := self._selected(action, field, reached):
                hint = f"{reached!r} exists, but {segments[count]!r} selects nothing in it"
                also.append(("the last part that exists", self._place(nodes[0])))
                break
        message, place = f"{query!r} selects nothing", action.at(field)
        self.report.add("overlay-dead-target", message, place, also=also, hint=hint, subject=query)

    def _merge_into(self, targets: Sequence[Path], action: _Action) -> None:
        value, field = action.update, "update"
        if action.copy is not None:
            field = "copy"
            sources = self._selected(action, field, action.copy)
            if sources is None:
                return
            if not sources:
                self._report_dead(action, field, action.copy)
                return
            if len(sources) > 1:
                self._incompatible(f"{action.copy!r} selects {len(sources)} nodes instead of one", action, sources[:2])
                return
            # A copy, because the target may be inside the source, or be changed by a later action.
            value = copy.deepcopy(self._at(sources[0]))
        kinds = sorted({_kind(self._at(target)) for target in targets})
        if len(kinds) > 1:
            self._incompatible(f"{action.target!r} selects both {' and '.join(kinds)}", action, targets[:1])
            return
        if kinds == ["primitives"] and self._before_1_1:
            self._incompatible(_primitive(action), action, targets[:1])
            return
        origin = action.at(field).pointer
        for target in targets:
            current = self._at(target)
            if is_array(current) and (self._before_1_1 or not is_array(value)):
                self._append(target, [value], [origin])
            else:
                self._set(target, value, origin, action)

    def _set(self, path: Path, value: Any, origin: str, action: _Action) -> None:
        """Merges a value into the one at `path`, by the steps of Overlay 1.1.0, Action Object."""
        current = self._at(path)
        if is_object(current) and is_object(value):
            for key, child in value.items():
                below = f"{origin}/{escape(key)}"
                if key in current:
                    self._set((*path, key), child, below, action)
                else:
                    self._put((*path, key), child, below)
        elif is_array(current) and is_array(value):
            self._append(path, value, [f"{origin}/{index}" for index in range(len(value))])
        elif _kind(current) == _kind(value) == "primitives":
            if type(current) is not type(value) or current != value:
                self._put(path, value, origin)
        else:
            self._incompatible(
                f"cannot merge {_KIND_NAMES[_kind(value)]} into {_KIND_NAMES[_kind(current)]}",
                action,
                [path],
                Location(action.place.file, origin),
            )

    def _put(self, path: Path, value: Any, origin: str) -> None:
        self._changed = True
        self._writable(path[:-1])[path[-1]] = value
        pointer = _pointer(path)
        self.provenance.forget(pointer)
        self.provenance.record(pointer, self.fragment, origin)

    def _append(self, path: Path, values: Sequence[Any], origins: Sequence[str]) -> None:
        if not values:
            return
        self._changed = True
        array = self._writable(path)
        for value, origin in zip(values, origins, strict=True):
            self.provenance.record(_pointer((*path, len(array))), self.fragment, origin)
            array.append(value)

    def _remove(self, targets: Sequence[Path], action: _Action) -> None:
        # The last index of a list goes first: the others keep theirs.
        for target in sorted(targets, key=_position, reverse=True):
            if not target:
                self._incompatible("the whole document cannot be removed", action, [()])
                continue
            if self._before_1_1 and _kind(self._at(target)) == "primitives":
                self._incompatible(_primitive(action), action, [target])
                continue
            self._changed = True
            container = self._writable(target[:-1])
            self.provenance.forget(_pointer(target))
            last = target[-1]
            if isinstance(last, int):
                for index in range(last + 1, len(container)):
                    self.provenance.move(_pointer((*target[:-1], index)), _pointer((*target[:-1], index - 1)))
            del container[last]

    def _at(self, path: Path) -> Any:
        value: Any = self.root
        for token in path:
            value = value[token]
        return value

    def _writable(self, path: Path) -> Any:
        """Returns the container at `path`, copied (with those above it) unless it is such a copy already."""
        container: Any = self._own(self.root)
        self.root = container
        for token in path:
            child = self._own(container[token])
            container[token] = child
            container = child
        return container

    def _own(self, container: Any) -> Any:
        if id(container) in self._owned:
            return container
        copied: Any = dict(container) if is_object(container) else list(container)
        self._owned[id(copied)] = copied
        return copied

    def _place(self, path: Path) -> Location:
        fragment, pointer = self.provenance.origin(_pointer(path))
        return Location(fragment.name, pointer)

    def _incompatible(
        self, message: str, action: _Action, nodes: Sequence[Path], place: Location | None = None
    ) -> None:
        self._failed = True
        hint = "write overlay: 1.1.0" if "Overlay 1.0" in message else ""
        also = [("selected node", self._place(node)) for node in nodes]
        self.report.add("overlay-incompatible", message, place or action.place, also=also, hint=hint)


_KIND_NAMES = {"objects": "an object", "arrays": "an array", "primitives": "a primitive"}


def _kind(value: Any) -> str:
    return "objects" if is_object(value) else "arrays" if is_array(value) else "primitives"


def _pointer(path: Path) -> str:
    return "".join(f"/{escape(str(token))}" for token in path)


def _position(path: Path) -> list[tuple[str, int]]:
    """Returns a key that sorts paths, indexes by their value."""
    return [("", token) if isinstance(token, int) else (token, 0) for token in path]


def _primitive(action: _Action) -> str:
    return f"{action.target!r} selects a primitive, which Overlay 1.0 cannot change"
