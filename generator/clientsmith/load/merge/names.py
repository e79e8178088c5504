"""Further names for what fragments call by one name and mean differently: `Error` and `ErrorPerps`.

Decides what tells a group of fragments from the others, and how that goes into a name. A name comes from what the
fragments are cut from, or from their pages: never from the order in which fragments are given, nor from their number.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from clientsmith.load.document import Fragment
from clientsmith.load.merge.choice import file_of
from clientsmith.load.merge.identity import cut_from

_GENERAL = frozenset({"openapi", "swagger", "api", "spec", "specification", "schema", "index", "readme", "docs"})
"""Words in the names of files that tell no document from another."""


def new_name(name: str, group: Sequence[Fragment], rest: Sequence[Fragment], taken: Collection[str]) -> str:
    """A name for what a group of fragments means by `name`: the same with words behind it, in its own style.

    Args:
        name: `ErrorResponse`, `error_response`.
        group: the fragments that are to have another name, in the order of their own names.
        rest: the others that have something of that name.
        taken: names that are no longer free, as `alike` gives them.
    """
    own = {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)}
    for words in _distinctions(group, rest):
        if (
            words
            and alike(new := _joined(name, [word for word in words if word.lower() not in own] or words)) not in taken
        ):
            return new
    number = 2
    while alike(new := _joined(name, [str(number)])) in taken:
        number += 1
    return new


def alike(name: str) -> str:
    """What names have in common that become one name in Python."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _distinctions(group: Sequence[Fragment], rest: Sequence[Fragment]) -> Iterator[list[str]]:
    """Words that stand for a group of fragments, the best first."""
    first = group[0]
    files = {cut_from(fragment) for fragment in group}
    if len(files) == 1 and cut_from(first) and all(cut_from(fragment) not in files for fragment in rest):
        yield from _names_of(cut_from(first))
    folders = {posixpath.dirname(file_of(fragment)) for fragment in group}
    elsewhere = all(posixpath.dirname(file_of(fragment)) not in folders for fragment in rest)
    if len({file_of(fragment) for fragment in group}) > 1 and len(folders) == 1 and elsewhere:
        yield _words(posixpath.basename(folders.pop()))
    yield from _names_of(first.name)


def _names_of(file: str) -> Iterator[list[str]]:
    """`Perps` for `docs/perps_openapi.yaml`; then the same with more and more of its folders, and with all words."""
    # Of several fences of a page, `jobs.md[2]`, the number counts as a word.
    path = re.sub(r"\.\w+(?=(\[\d+\])?$)", "", file)
    parts = [_words(part) for part in path.split("/")]
    telling = [[word for word in words if word.lower() not in _GENERAL] for words in parts]
    for chosen in (telling, parts):
        for start in range(len(parts) - 1, -1, -1):
            # A folder alone stands for a file whose own name tells nothing.
            yield [word for words in chosen[start:] for word in words]


def _words(text: str) -> list[str]:
    # Names of components are ASCII (OpenAPI 3.1.1, Components Object).
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.findall(r"[A-Za-z0-9]+", plain)


def _joined(name: str, words: Sequence[str]) -> str:
    """A name with words behind it, in its own style: `ErrorPerps`, `error_perps`, `error-perps`."""
    for mark in "_-":
        if mark in name or (mark == "_" and name.islower()):
            return mark.join((name, *(word.lower() if name.islower() else word for word in words)))
    return name + "".join(word[:1].upper() + word[1:] for word in words)
