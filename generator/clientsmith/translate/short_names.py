"""Shorter names for classes whose name has more than 50 characters: words that say little go, none is cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from clientsmith.translate.call_paths import is_version
from clientsmith.translate.words import pascal_of

LONGEST_CLASS = 50
"""Characters of the name of a class that are not too many."""

_NOT_MUCH_LONGER = 60
"""Characters of a name that is taken where none is shorter."""

_WORD = re.compile(r"[A-Z]+(?![a-z])\d*|[A-Z][^A-Z]*|[^A-Z]+")
_GRAMMAR = frozenset(
    ["Application", "Body", "Content", "Items", "Json", "Member", "Parameters", "Properties", "Schema", "Schemas"]
)
_OF_KIND = ("Resource", "Object", "Compound", "Document", "Model", "Collection")
"""What a class is besides what it is of; these words go after those of grammar, one after the other."""

_MEANS_NOTHING_ALONE = re.compile(r"(Data|Item|List|Option|Type|Value)\d*")

_IS_SENT = re.compile(r"(Request|Response|Error)\d*")
"""What no name begins with after its operation is left out."""

_Pieces: TypeAlias = Sequence[tuple[str, ...]]


def short_names(parts: Mapping[str, Sequence[str]], taken: Iterable[str]) -> dict[str, str]:
    """Returns shorter names that are those of nothing else.

    A name that two of them could have is that of neither, unless nothing else is left: who comes first in the document
    does not matter.

    Args:
        parts: what each name is made of, from the outside in, by address.
        taken: all other names.
    """
    taken = set(taken)
    shorter = {key: [*dict.fromkeys(_shorter(words))] for key, words in parts.items()}
    wanted = Counter(name for names in shorter.values() for name in names)
    result: dict[str, str] = {}
    for limit, is_own in ((LONGEST_CLASS, True), (LONGEST_CLASS, False), (_NOT_MUCH_LONGER, False)):
        for key in sorted(shorter.keys() - result.keys()):
            if len(parts[key]) == 1 and len(pascal_of(parts[key][0])) <= limit:
                continue  # What an author wrote as one name loses no words where that does not bring it below a limit.
            fitting = (n for n in shorter[key] if n not in taken and (wanted[n] == 1 or not is_own))
            name = next((n for n in fitting if len(n) <= limit), None)
            if name is not None:
                result[key] = name
                taken.add(name)
    return result


def _shorter(words: Sequence[str]) -> Iterator[str]:
    """Yields shorter and shorter names: without versions, without words of grammar and of kinds, without what comes
    again and the owners in the middle, at last without the outermost words."""
    parts = _whole_ends([found for word in words if (found := tuple(_WORD.findall(pascal_of(word))))])
    plain = _without_versions(parts)
    forms = [plain, _without(plain, _GRAMMAR)]
    forms += [_without(plain, _GRAMMAR.union(_OF_KIND[:count])) for count in range(1, len(_OF_KIND) + 1)]
    least = forms[-1]
    yield from map(_name, forms)
    if len(parts) > 2:
        yield _name((plain[0], *plain[2:]))
    yield _name(_said_once(least))
    yield _name(_said_once(least, least[-1] if len(least) > 1 else ()))
    for at in range(2, len(parts)):
        for form in (plain, least):
            yield _name((form[0], *form[at:]))
            yield _name(_said_once((form[0], *form[at:])))
    for at in range(1, len(least[0]) if len(parts) > 1 else 0):
        if _IS_SENT.fullmatch(least[0][at]):
            break
        yield _name((least[0][at:], *least[1:]))
        yield _name((least[0][at:], least[-1]))


def _whole_ends(parts: Sequence[tuple[str, ...]]) -> _Pieces:
    """Returns the parts, the last of which says something by itself: `options`, `Item` are one."""
    result = list(parts)
    while len(result) > 1 and all(_MEANS_NOTHING_ALONE.fullmatch(piece) for piece in result[-1]):
        result[-2:] = [(*result[-2], *result[-1])]
    return tuple(result)


def _without_versions(pieces: _Pieces) -> _Pieces:
    def counts(piece: str) -> bool:
        return piece.lower() != "api" and not is_version(piece)

    return tuple(tuple(filter(counts, part)) or part for part in pieces)


def _said_once(pieces: _Pieces, last: Iterable[str] = ()) -> _Pieces:
    """Returns the words of owners once each; those of `last` not at all, but where one begins the name."""
    seen = set(last)
    result: list[tuple[str, ...]] = []
    for number, part in enumerate(pieces):
        if number and number == len(pieces) - 1:
            return (*result, part)
        left = [piece for i, piece in enumerate(part) if piece not in seen or number + i == 0]
        result.append(tuple(dict.fromkeys(left)))
        seen.update(part)
    return tuple(result)


def _without(pieces: _Pieces, words: frozenset[str]) -> _Pieces:
    return (*(tuple(piece for piece in part if piece not in words) for part in pieces[:-1]), _ending(pieces[-1], words))


def _ending(last: tuple[str, ...], words: frozenset[str]) -> tuple[str, ...]:
    """Returns the last part without such words; its own last word stays."""
    return (*(piece for piece in last[:-1] if piece not in words), *last[-1:])


def _name(pieces: _Pieces) -> str:
    return pascal_of("".join(piece for part in pieces for piece in part))
