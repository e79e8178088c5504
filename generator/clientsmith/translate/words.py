"""Words of a wire name, and the identifiers that they make: `getProductPhotoJob` -> get, product, photo, job.

Decides spelling only; whether a name is free is decided in `naming`.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from functools import lru_cache

# Spellings that a rule would cut in the wrong place.
_KNOWN = r"OAuth\d*|GraphQL|GitHub|GitLab|IPv[46]|MySQL|PostgreSQL|iOS|macOS|LinkedIn|YouTube|PayPal|WebSocket"
_WORD = re.compile(
    rf"{_KNOWN}|[A-Z]{{2,}}s(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+\d*|[A-Z]+\d*|\d+(?:[a-z]{{1,2}}(?![a-z]))?"
)
_SYMBOLS = {
    "+": "plus",
    "-": "minus",
    "*": "star",
    "/": "slash",
    "%": "percent",
    "&": "and",
    "|": "or",
    "<": "lt",
    ">": "gt",
    "=": "eq",
    "!": "not",
    "@": "at",
    "#": "hash",
    "$": "dollar",
    "_": "underscore",
    "~": "tilde",
    ".": "dot",
    ":": "colon",
    "?": "question",
    " ": "space",
}
_SIGNS = re.compile("([" + re.escape("".join(_SYMBOLS.keys() - {"_", " "})) + "])")
_OPERATORS = tuple("+*%&|<>=!~")
_ARTICLES = frozenset(["a", "an", "of", "the", "this"])
_PLAIN = re.compile(r"[\w\s.,'`-]+", re.ASCII)
"""Text without signs that may mean something, such as a unit."""
_LONGEST_REPETITION = 60
"""Characters of a text that may say no more than a name."""


def says_more(text: str, *names: str) -> bool:
    """Returns whether a description states more than the names of what it describes: `The user ID.` of `userId` does
    not."""
    if len(text) > _LONGEST_REPETITION or not _PLAIN.fullmatch(text):
        return True
    words = {*words_of(text)} - _ARTICLES
    return not words or not words <= {word for name in names for word in words_of(name)}


@lru_cache(maxsize=65536)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a name, in lower case, ASCII only: `"X-Request-Id"` -> `("x", "request", "id")`.

    Args:
        text: any text; what is not ASCII is transliterated.

    Returns:
        The words; empty when nothing is left (punctuation only).
    """
    if not text.isascii():
        text = _transliterated(text)
    return tuple(match.lower() for match in _WORD.findall(text.replace("'", "")))


def _transliterated(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    from anyascii import anyascii

    return anyascii(plain)


@lru_cache(maxsize=65536)
def spelled_words_of(text: str) -> tuple[str, ...]:
    """Like `words_of`, with a leading symbol spelled out: `"+1"` -> `("plus", "1")`."""
    spelled: list[str] = []
    for character in text:
        if character.isalnum():
            break
        if character in _SYMBOLS:
            spelled.append(_SYMBOLS[character])
    return (*spelled, *words_of(text))


def words_with_signs(text: str) -> tuple[str, ...]:
    """Like `words_of`, with every sign spelled out: `"created<"` -> `("created", "lt")`, for names that differ in
    nothing else."""
    words: list[str] = []
    for i, piece in enumerate(_SIGNS.split(text)):
        words += words_of(piece) if i % 2 == 0 else [_SYMBOLS[piece] if piece != "-" or not words else "dash"]
    return tuple(words)


def ends_with_operator(text: str) -> bool:
    """Returns whether a name ends with a sign that changes its meaning, as `created<` and `size>=` do."""
    return text.endswith(_OPERATORS)


@lru_cache(maxsize=65536)
def snake(words: tuple[str, ...], fallback: str = "field") -> str:
    """`("try", "on")` -> `try_on`; keywords get an underscore behind, a leading digit the fallback before."""
    name = "_".join(words)
    if not name:
        return ""
    if name[0].isdigit():
        name = f"{fallback}_{name}"
    if keyword.iskeyword(name) or name == "self":
        name += "_"
    return name


@lru_cache(maxsize=65536)
def pascal_of(text: str) -> str:
    """`try-on job` -> `TryOnJob`; capitals inside a word that its author wrote stay (`APIKey`, `OAuth2Token`)."""
    if not text.isascii():
        text = _transliterated(text)
    parts = [part[0].upper() + part[1:] for part in _WORD.findall(text.replace("'", ""))]
    # `ALL_CAPS` names are shouted, not spelled: `JOB_STATE` -> `JobState`.
    if len(parts) > 1 and text.isupper():
        parts = [part.capitalize() for part in parts]
    name = "".join(parts)
    if name and name[0].isdigit():
        name = "Model" + name
    if keyword.iskeyword(name):
        name += "_"
    return name


def singular(word: str) -> str:
    """`statuses` -> `status`, `entries` -> `entry`; a word that is no plural stays as it is."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "ches", "shes", "zes")) and len(word) > 4:
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2 else word


@lru_cache(maxsize=65536)
def joined(parts: tuple[str, ...]) -> str:
    """Pascal case from the outside in, no word twice in a row: Job, error, error_code -> `JobErrorCode`."""
    result: list[str] = []
    for part in parts:
        pascal = pascal_of(part)
        pieces = re.findall(r"[A-Z][^A-Z]*", pascal) or ([pascal] if pascal else [])
        while pieces and result and _ends_with(result, pieces[0]):
            pieces = pieces[1:]
        result.extend(pieces)
    name = "".join(result)
    if name and name[0].isdigit():
        name = "Model" + name
    if keyword.iskeyword(name):
        name += "_"
    return name


def _ends_with(result: list[str], piece: str) -> bool:
    return result[-1] == piece and len(piece) > 1
