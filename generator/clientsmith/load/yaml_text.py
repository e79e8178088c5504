"""YAML text to a tree, by the scalars of YAML 1.2, and the places of values in it.

Decides: plain scalars are typed by the core schema of YAML 1.2.2 (section 10.3), so that `no`, `on`, dates and `12:30`
are strings; keys are always their source text (`200:` is `'200'`); merge keys (`<<`) are applied; tags other than the
core ones, several documents in one file, `.nan` and `.inf` are refused. An alias becomes a copy of its anchored value,
so that the tree shares nothing; the size of all copies is limited before anything is copied.
Duplicate keys are returned to the caller; the last one wins. Does not know OpenAPI.

libyaml's events go straight into dicts and lists: its own loaders take twelve times as long.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final, NamedTuple, cast

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from clientsmith.load.tree import (
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_EXPANSION,
    Duplicate,
    Place,
    Places,
    TextError,
    Tree,
    Wanted,
)

_LOADER: Final = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_TAG: Final = "tag:yaml.org,2002:"
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER: Final = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL: Final = re.compile(r"0o[0-7]+\Z")
_HEXADECIMAL: Final = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_NOT_FINITE: Final = re.compile(r"(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z")
_MAY_BE_TYPED: Final = frozenset("-+.0123456789~nNtTfF")
_TOO_LONG: Final = 10**MAX_DIGITS


class _Anchored(NamedTuple):
    value: Tree
    text: str
    size: int


class _Frame(NamedTuple):
    """A list or mapping that is still open, with the state of the one around it."""

    container: dict[str, Tree] | list[Tree]
    key: str | None
    merging: bool
    merges: list[tuple[Tree, int]]
    anchor: str | None
    size: int


def read_yaml(text: str) -> tuple[Tree, list[Duplicate]]:
    """Returns the value of a YAML text, and its duplicate keys. The value of a text without content is None.

    Raises:
        TextError: `syntax`, `yaml-tag` or `limit-exceeded`.
    """
    return _Builder().build(text)


def scalar(text: str) -> Tree:
    """Returns the value of a plain scalar by YAML's core schema: `scalar("0o17") == 15`, `scalar("no") == "no"`.

    Raises:
        ValueError: for `.nan`, `.inf`, and numbers that are too large or too long.
    """
    if text in _NULLS:
        return None
    if text[0] not in _MAY_BE_TYPED:
        return text
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.match(text):
        if len(text) > MAX_DIGITS:
            raise ValueError(f"a number of {len(text)} digits; at most {MAX_DIGITS} are allowed")
        return int(text)
    if _FLOAT.match(text):
        value = float(text)
        if math.isinf(value):
            raise ValueError(f"number '{text[:40]}' is too large")
        return value
    if _OCTAL.match(text) or _HEXADECIMAL.match(text):
        if len(text) > MAX_DIGITS:
            raise ValueError(f"a number of {len(text)} digits; at most {MAX_DIGITS} are allowed")
        value = int(text[2:], 8 if text[1] == "o" else 16)
        if value >= _TOO_LONG:
            raise ValueError(f"a number of more than {MAX_DIGITS} decimal digits; at most {MAX_DIGITS} are allowed")
        return value
    if _NOT_FINITE.match(text):
        raise ValueError(f"'{text}' is not a JSON number")
    return text


class _Builder:
    """One run over the events of one text. The loop is one long function, because it is run for every node."""

    def __init__(self) -> None:
        self._duplicates: list[Duplicate] = []
        self._anchors: dict[str, _Anchored | None] = {}
        self._expanded = 0

    def build(self, text: str) -> tuple[Tree, list[Duplicate]]:
        outermost: list[Tree] = []
        container: dict[str, Tree] | list[Tree] = outermost
        in_mapping = False
        key: str | None = None
        merging = False
        merges: list[tuple[Tree, int]] = []
        stack: list[_Frame] = []
        size = 0
        documents = 0
        plain: dict[str, Tree] = {}
        keys: dict[str, str] = {}
        value: Tree
        for event in _events(text):
            kind = type(event)
            if kind is ScalarEvent:
                event = cast("ScalarEvent", event)
                content = event.value
                if in_mapping and key is None:
                    size += 1
                    key = keys.setdefault(content, content)
                    merging = content == "<<" and event.implicit[0]
                    if event.anchor is not None:
                        self._anchors[event.anchor] = _Anchored(_typed(event), content, 1)
                    if event.tag is not None:
                        _typed(event)
                    if not merging and content in container:
                        self._duplicates.append(Duplicate(cast("dict[str, Tree]", container), content))
                    continue
                size += 1
                if event.tag is None:
                    if not event.implicit[0]:
                        value = content
                    elif content in plain:
                        value = plain[content]
                    else:
                        value = plain[content] = _typed(event)
                else:
                    value = _typed(event)
                if event.anchor is not None:
                    self._anchors[event.anchor] = _Anchored(value, content, 1)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                opening = cast("MappingStartEvent | SequenceStartEvent", event)
                is_mapping = kind is MappingStartEvent
                if in_mapping and key is None:
                    raise TextError("syntax", "a mapping or list cannot be a key", _at(opening))
                if opening.tag is not None and opening.tag != _TAG + ("map" if is_mapping else "seq"):
                    raise _tag(opening.tag, _at(opening))
                if len(stack) >= MAX_DEPTH:
                    raise TextError("limit-exceeded", f"nested deeper than {MAX_DEPTH} levels", _at(opening))
                stack.append(_Frame(container, key, merging, merges, opening.anchor, size))
                if opening.anchor is not None:
                    self._anchors[opening.anchor] = None
                container = {} if is_mapping else []
                in_mapping, key, merging, merges = is_mapping, None, False, []
                size += 1
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                value = container
                if merges:
                    _merge(cast("dict[str, Tree]", container), merges)
                container, key, merging, merges, anchor, before = stack.pop()
                in_mapping = type(container) is dict
                if anchor is not None:
                    self._anchors[anchor] = _Anchored(value, "", size - before)
            elif kind is AliasEvent:
                alias = cast("AliasEvent", event)
                known = self._known(alias)
                if in_mapping and key is None:
                    if isinstance(known.value, dict | list):
                        raise TextError("syntax", "a mapping or list cannot be a key", _at(alias))
                    key = known.text
                    if key in container:
                        self._duplicates.append(Duplicate(cast("dict[str, Tree]", container), key))
                    continue
                size += known.size
                value = _copy(known.value, len(stack), _at(alias))
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise TextError(
                        "syntax",
                        "more than one YAML document in a file",
                        _at(event),
                        "write each document into a file of its own",
                    )
                continue
            else:
                continue

            if not in_mapping:
                cast("list[Tree]", container).append(value)
            elif merging:
                merges.append((value, _at(event)))
                key = None
            else:
                cast("dict[str | None, Tree]", container)[key] = value
                key = None
        return (outermost[0] if outermost else None), self._duplicates

    def _known(self, event: AliasEvent) -> _Anchored:
        index, name = _at(event), event.anchor
        if name not in self._anchors:
            raise TextError("syntax", f"alias '*{name}' has no anchor '&{name}' before it", index)
        known = self._anchors[name]
        if known is None:
            raise TextError("syntax", f"alias '*{name}' is inside the value that it refers to", index)
        self._expanded += known.size
        if self._expanded > MAX_EXPANSION:
            message = f"the aliases of this file expand to more than {MAX_EXPANSION:,} values"
            raise TextError("limit-exceeded", message, index)
        return known


def places_in_yaml(text: str, wanted: Wanted, *, count: int | None = None) -> Places:
    """Returns the places of the wanted pointers in a text that `read_yaml` accepts.

    Args:
        text: the text.
        wanted: the pointers.
        count: stop when so many pointers are found; None finds all places of duplicate keys.
    """
    found: Places = {}
    skipping = 0
    want: Wanted | None = None
    token: str | None = None
    index = -1
    key_at = -1
    stack: list[tuple[Wanted | None, int]] = []
    for event in _events(text):
        kind = type(event)
        if skipping:
            if kind is MappingStartEvent or kind is SequenceStartEvent:
                skipping += 1
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                skipping -= 1
            if skipping:
                continue
            token = None
            continue
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            want, index = stack.pop()
            token = None
            continue
        opens = kind is MappingStartEvent or kind is SequenceStartEvent
        if not opens and kind is not ScalarEvent and kind is not AliasEvent:
            continue
        if not stack:
            below: Wanted | None = wanted
            key_at = -1
        elif index < 0 and token is None and not opens:
            key_at = _at(event)
            token = event.value if isinstance(event, ScalarEvent) else ""
            continue
        elif index < 0:
            below = want.below.get(token or "") if want else None
            token = None
        else:
            below = want.below.get(str(index)) if want else None
            index += 1
            key_at = -1
        if below is not None:
            for pointer in below.pointers:
                found.setdefault(pointer, []).append(Place(key_at, _at(event), not opens))
            if len(found) == count:
                return found
        if opens:
            if below is None or not below.below:
                skipping = 1
            else:
                stack.append((want, index))
                want, index, token = below, (-1 if kind is MappingStartEvent else 0), None
    return found


def _events(text: str) -> Iterator[Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.reader.ReaderError as error:
        code = error.character if isinstance(error.character, int) else ord(error.character[:1])
        offset = next((i for i, character in enumerate(text) if ord(character) == code), 0)
        raise TextError("syntax", f"character U+{code:04X} is not allowed in YAML", offset) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        offset = mark.index if mark else 0
        tab = text[offset : offset + 1] == "\t"
        raise TextError(
            "syntax",
            "a tab is not allowed here" if tab else error.problem or error.context or "not valid YAML",
            offset,
            "indent with spaces" if tab else "",
        ) from None


def _at(event: Event) -> int:
    """Returns the offset of an event, in characters."""
    return event.start_mark.index if event.start_mark else 0


def _typed(event: ScalarEvent) -> Tree:
    """Returns the value of a scalar by its tag, its quotes and its text."""
    tag, content = event.tag, event.value
    try:
        if tag is None:
            return scalar(content) if event.implicit[0] else content
        if tag in ("!", _TAG + "str"):
            return content
        if tag.removeprefix(_TAG) in ("int", "float", "bool", "null"):
            return _as(tag.removeprefix(_TAG), content)
    except ValueError as error:
        slug = "limit-exceeded" if "digits" in str(error) else "syntax"
        raise TextError(slug, str(error), _at(event)) from None
    raise _tag(tag, _at(event))


def _as(name: str, content: str) -> Tree:
    value = scalar(content)
    if name == "null" and value is None:
        return None
    if name == "bool" and isinstance(value, bool):
        return value
    if name in ("int", "float") and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if name == "float" else value
    raise ValueError(f"'{content[:40]}' does not match its tag '!!{name}'")


def _tag(tag: str, index: int) -> TextError:
    shown = tag.replace(_TAG, "!!") if tag.startswith(_TAG) else tag
    hint = "remove the tag: an OpenAPI document contains only JSON values"
    return TextError("yaml-tag", f"tag '{shown}' is not allowed", index, hint)


def _copy(value: Tree, depth: int, index: int) -> Tree:
    if isinstance(value, dict):
        if depth >= MAX_DEPTH:
            raise TextError("limit-exceeded", f"nested deeper than {MAX_DEPTH} levels", index)
        return {key: _copy(child, depth + 1, index) for key, child in value.items()}
    if isinstance(value, list):
        if depth >= MAX_DEPTH:
            raise TextError("limit-exceeded", f"nested deeper than {MAX_DEPTH} levels", index)
        return [_copy(child, depth + 1, index) for child in value]
    return value


def _merge(container: dict[str, Tree], merges: list[tuple[Tree, int]]) -> None:
    """Adds the keys of merged mappings; those of the mapping itself win, then those of the first merged one."""
    for merged, index in merges:
        for mapping in merged if isinstance(merged, list) else [merged]:
            if not isinstance(mapping, dict):
                message = "the value of a merge key ('<<') must be a mapping or a list of mappings"
                raise TextError("syntax", message, index)
            for key, value in mapping.items():
                container.setdefault(key, value)
