"""Which names of a document no person has written, and what of them is one.

Three kinds, each decided by how a name is written and by its namesakes, never by the order of the document:

    Acme.Web.Models.User         a full name of the author's code: its end is the name
    GetApiV1UsersIdResponse200   method and path in full; a hash; `inline_response_200`; `Job_1` beside `Job`
    list_users_api_v1_users_get  an operationId with its path behind it
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from clientsmith import ir
from clientsmith.translate.call_paths import is_hash, is_version, parts_of_id, without_path
from clientsmith.translate.words import joined, pascal_of, singular, words_of

_SYSTEM = "System"
"""The namespace of what .NET brings along, which arguments of generic types have: `PagedResult_System.String`."""
_MEANS_NOTHING_ALONE = frozenset(
    ["Command", "Dto", "Entry", "Item", "Model", "Query", "Request", "Response", "Result", "Type", "Value"]
)
_LONG_ID = re.compile(
    r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{12,}|[0-9]{9,}", re.IGNORECASE
)
_INLINE = re.compile(r"(inline|anonymous)[ _-]?(model|object|request|response|schema)?([ _-]?\d++)*+", re.IGNORECASE)
_COUNTED = re.compile(r"(.*[^\W\d_])_+\d{1,3}")
_NUMBERED_ID = re.compile(r"_\d+$")
_PREPOSITIONS = ("by", "in", "of")
_API = ("api", "apis", "rest")
_METHODS = ("get", "put", "post", "delete", "patch")


# ------------------------------------------------------------------------------------------------------- namespaces


def ends_of(keys: Sequence[str]) -> dict[str, str]:
    """Returns the names of components whose keys begin with a namespace: `Acme.Web.Models.User` gives `User`.

    Only where a third of the keys has dots and nine tenths of these begin with the same part; what an author groups
    by (`checkout.session` beside `tax.rate`) stays. The last part is the name where no other component ends with it
    and it says something by itself; else as many parts before it as distinguish it.

    Args:
        keys: the keys of all components.
    """
    dotted = {key: tuple(part for part in key.split(".") if part) for key in keys if "." in key.strip(".")}
    if len(dotted) < 3 or len(dotted) * 3 < len(keys):
        return {}
    [(root, count)] = Counter(parts[0] for parts in dotted.values()).most_common(1)
    if count * 10 < len(dotted) * 9:
        return {}
    inner = re.compile(rf"(?<=[^.])(?=(?:{re.escape(root)}|{_SYSTEM})\.)")
    shared = _shared([parts for parts in dotted.values() if parts[0] == root])
    names = {key: [*_tails(inner.split(key), shared if parts[0] == root else 0)] for key, parts in dotted.items()}
    plain = Counter(pascal_of(key).lower() for key in keys if key not in names)
    ends = Counter(end.lower() for found in names.values() for end in dict.fromkeys(found))
    wholes = Counter(found[-1].lower() for found in names.values())
    result: dict[str, str] = {}
    for key, found in names.items():
        for end in found:
            is_whole = end == found[-1]
            rivals = wholes[end.lower()] if is_whole else ends[end.lower()]
            if end and rivals == 1 and not plain[end.lower()] and (is_whole or end not in _MEANS_NOTHING_ALONE):
                result[key] = end
                break
    return result


def _shared(parts: Sequence[tuple[str, ...]]) -> int:
    """Returns how many parts nearly all begin with; the last part of none counts."""
    count = 0
    for size in range(1, max(map(len, parts), default=1)):
        [(_, most)] = Counter(one[:size] for one in parts if len(one) > size).most_common(1) or [((), 0)]
        if most * 10 < len(parts) * 9:
            break
        count = size
    return count


def _tails(pieces: Sequence[str], shared: int) -> Iterator[str]:
    """Yields names of more and more parts from the end, without the shared ones; of a generic type's arguments always
    the last part: `Acme.Page_Acme.Models.User` gives `PageUser`, `ModelsPageUser`."""
    [first, *arguments] = ([part for part in piece.split(".") if part] for piece in pieces)
    behind = "".join(pascal_of(parts[-1]) for parts in arguments if parts)
    own = [pascal_of(part) for part in (first[shared:] if len(first) > shared else first[-1:])]
    yield from (f"{end}{behind}" for end in accumulate(reversed(own), lambda end, part: f"{part}{end}"))


# --------------------------------------------------------------------------------------------------- generated names


class GeneratedNames:
    """Recognises the keys and titles of one document that a generator made.

    Args:
        api: the document.
        keys: the keys of all components.
    """

    def __init__(self, api: ir.Api, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        self._paths: dict[tuple[str, ...], set[str]] = {}
        self._with_parameters: set[tuple[str, ...]] = set()
        for operation in api.operations:
            words = _path(operation)
            self._paths.setdefault(words, set()).add(operation.method.lower())
            if len(operation.path) > 1:
                self._with_parameters.add(words)
        self._longest = max(map(len, self._paths), default=0)

    def is_generated(self, text: str) -> bool:
        """Returns whether a key or a title holds an id, or is only where something is."""
        if _LONG_ID.search(text) or _INLINE.fullmatch(text):
            return True
        return self._is_method_and_path(words_of(text))

    def is_counted(self, key: str) -> bool:
        """Returns whether a key is that of another component with a number: `Job_1` beside `Job`."""
        found = _COUNTED.fullmatch(key)
        return found is not None and found[1] in self._keys

    def _is_method_and_path(self, words: tuple[str, ...]) -> bool:
        """Returns whether words are `get api v1 users id response`, `v1 users id get parameters` or what FastAPI makes:
        `body upload file files post`."""
        if words[:1] in (("body",), ("response",)) and words[-1] in _METHODS:
            return any(self._is_path(words[i:-1], words[-1], spelled=True) for i in range(1, len(words) - 1))
        if words[:1] and words[0] in _METHODS:
            sizes = range(2, min(len(words), self._longest + 6) + 1)
            return any(self._is_path(words[1:size], words[0]) for size in sizes)
        return any(self._is_path(words[:at], word) for at, word in enumerate(words) if at and word in _METHODS)

    def _is_path(self, words: Sequence[str], method: str, *, spelled: bool = False) -> bool:
        """Returns whether words are a path that has this method, and no person would have written them: its parameters
        are among them, or its version is in front."""
        for compared, has_version in _forms(words):
            if compared and method in self._paths.get(compared, ()):
                return spelled or has_version or compared in self._with_parameters
        return False


def words_of_operations(operations: Sequence[ir.Operation]) -> dict[str, str]:
    """Returns what classes of operations begin with, by address: the id, or what of it a person has written.

    An id that is a hash or spells out method and path in full counts as absent, as does one with a number behind it
    and one that several operations have. What nearly all ids begin with, if it is more than one part, is left out.
    """
    parts = [parts_of_id(operation) for operation in operations]
    count = _shared(parts)
    shared = next((one[:count] for one in parts if _begins(parts, one[:count])), ()) if count > 1 else ()
    ids = Counter(operation.id for operation in operations)
    return {
        operation.address: joined(operation.path_words)
        if operation.path_words and ids[operation.id] > 1
        else _operation_words(operation, shared)
        for operation in operations
    }


def _begins(parts: Sequence[tuple[str, ...]], beginning: tuple[str, ...]) -> bool:
    return sum(one[: len(beginning)] == beginning for one in parts) * 2 > len(parts)


def _operation_words(operation: ir.Operation, shared: tuple[str, ...]) -> str:
    without_id = joined(operation.path_words)
    if operation.id is None or not without_id:
        return operation.id or without_id
    parts = parts_of_id(operation)
    if shared and parts[: len(shared)] == shared and len(parts) > len(shared):
        return joined(parts[len(shared) :])
    if is_hash(operation.id) or _NUMBERED_ID.search(operation.id):
        return without_id
    words = words_of(operation.id)
    own = without_path(words, operation)
    if own != words:
        return " ".join(own)
    if words[:1] == (operation.method.lower(),):
        for compared, has_version in _forms(words[1:]):
            if compared == _path(operation) and (has_version or len(operation.path) > 1):
                return without_id
    return operation.id


def _path(operation: ir.Operation) -> tuple[str, ...]:
    """Returns the words of a path by which it is compared: those of parameters too, without versions in front."""
    segments = [segment for part in operation.path for segment in part.split("/") if words_of(segment)]
    while segments and _is_noise(segments[0]):
        del segments[0]
    return _compared(word for segment in segments for word in words_of(segment))


def _forms(words: Sequence[str]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yields words that may be a path, as they are compared, and whether versions were in front of them."""
    yield _compared(words), False
    count = next((i for i, word in enumerate(words) if not _is_noise(word)), len(words))
    if count:
        yield _compared(words[count:]), True


def _is_noise(text: str) -> bool:
    return text.lower() in _API or is_version(text)


def _compared(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(singular(word) for word in words if word not in _PREPOSITIONS)
