"""Phrases of prose that state something about an API, in one form each: types, lists of values, defaults, quantities,
statuses, addresses, credentials, deprecation.

    "One of `png`, `jpg`"    -> png, jpg              "Defaults to `20`."            -> 20
    "60 requests per minute" -> 60 requests per minute    "Answers `202 Accepted`"   -> 202

Decides what a phrase says, and nothing about where it is or what it is about. Every pattern takes time in
proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        "\u2026": "...",
        "\u00a0": " ",
        **dict.fromkeys("`*", None),
    }
)


def normalised(text: str) -> str:
    """A text as quotes are compared: simple quotation marks and dashes, no emphasis, single spaces."""
    return " ".join(text.translate(_TYPOGRAPHY).split())


def bare(text: str) -> str:
    """A cell or a term without emphasis around it."""
    return text.strip().strip("`*_ ").strip()


# ----------------------------------------------------------------------------------------------------------- types

_TYPES = {
    **dict.fromkeys(("string", "str", "text", "uuid", "uri", "url", "date", "datetime", "date-time"), "string"),
    **dict.fromkeys(("timestamp", "email", "guid", "iso8601", "iso 8601", "file", "binary", "char"), "string"),
    **dict.fromkeys(("number", "float", "double", "decimal", "float32", "float64"), "number"),
    **dict.fromkeys(("integer", "int", "int32", "int64", "long"), "integer"),
    **dict.fromkeys(("boolean", "bool"), "boolean"),
    **dict.fromkeys(("array", "list"), "array"),
    **dict.fromkeys(("object", "map", "dict", "hash"), "object"),
    "null": "null",
}
_FLAGS = {"required", "optional", "nullable", "deprecated", "mandatory", "not required", "read-only", "readonly"}
_BETWEEN_TYPES = re.compile(r"\||,|/|;|\bor\b")


def types_in(cell: str) -> tuple[str, ...]:
    """The JSON types that a cell names, `null` among them; empty when a word of it is neither a type nor a flag."""
    found: list[str] = []
    text = cell.strip().strip("()").lower().translate(_WITHOUT_MARKS)
    without_notes = re.sub(r"\([^()]*\)|<[^<>]*>|\[[^\[\]]+\]", " ", text)
    for word in _BETWEEN_TYPES.split(without_notes):
        word = " ".join(word.split())
        if word in _FLAGS or not word:
            continue
        known = _TYPES.get(word)
        if word.endswith("[]") or word.startswith(("array ", "list ", "[]")):
            known = "array"
        elif known is None and word.split()[-1] in ("enum",) and word.split()[0] in _TYPES:
            known = _TYPES[word.split()[0]]
        elif known is None and word.rpartition(" ")[2] in _FLAGS:
            known = _TYPES.get(word.rpartition(" ")[0])
        if known is None:
            return ()
        found.append(known)
    if "nullable" in text and found:
        found.append("null")
    return tuple(dict.fromkeys(found))


_WITHOUT_MARKS = str.maketrans(dict.fromkeys("`*_", None))

_REQUIRED = re.compile(r"^[\s(*_`]*(required|optional|mandatory)\b", re.I)
_REQUIRED_NOTE = re.compile(r"[(,*_;]\s*(required|optional|mandatory|not required)\s*[),*_.;]", re.I)


def required_in(text: str) -> bool | None:
    """Whether a text says that something is required; None if it does not say: "(optional)", "Required. The size"."""
    found = _REQUIRED.search(text) or _REQUIRED_NOTE.search(f"({text})")
    return None if found is None else found[1].lower() in ("required", "mandatory")


def required_of_cell(cell: str) -> bool:
    """Whether a cell of a column "Required" says yes."""
    word = bare(cell).lower()
    return word in ("yes", "y", "true", "required", "mandatory", "always", "x", "✓", "✔", "✔️", "✅", "☑") or (
        word.startswith(("yes", "required"))
    )


# ---------------------------------------------------------------------------------------------------------- values

_STRONG = re.compile(
    r"\b(?:one of|either|(?:possible|allowed|accepted|valid|supported|available) "
    r"(?:values?|options|types|formats|states|statuses)|values|options|enum|choose from)"
    r"(?: (?:are|is|of|the following))*(?=\W)[ :*_-]*(?:one of\b[ :]*)?",
    re.I,
)
_WEAK = re.compile(
    r"\b(?:can|may|must|should|will)(?: also)? (?:only )?be(?: set to)?[ :]+(?=[`\"'])|\bset to[ :]+(?=[`\"'])", re.I
)
_IS = re.compile(r"\b(?:is|are)[ :]+(?=[`\"'])", re.I)
_NOTHING_BEFORE = re.compile(r"(?:^|[:(\u2013\u2014]|\s-\s)\s{0,4}(?=[`\"])")
_QUOTED = re.compile(r"`([^`\s]{1,60})`|\"([^\"\s]{1,60})\"|'([^'\s]{1,60})'")
_BARE_VALUE = re.compile(r"[A-Za-z0-9][\w.:/+-]*")
_JOINT = re.compile(r"(?:\s*\([^()]*\)|\s+\(?default\)?)?\s*(?:,?\s*(?:or|and)\s+|,\s*|\|\s*|/\s*|;\s*)", re.I)


def values_in(text: str) -> tuple[str, ...]:
    """The values that a text allows: "One of `a`, `b`", "must be `a` or `b`", "`a` or `b`"; empty if it lists none."""
    for found in _STRONG.finditer(text):
        values = _listed(text, found.end(), quoted_only=False)
        if len(values) > 1:
            return values
    for pattern in (_WEAK, _IS):
        for found in pattern.finditer(text):
            values = _listed(text, found.end(), quoted_only=True)
            if len(values) > 1:
                return values
    # A list of values and nothing before it: a cell, or what follows a colon or a parenthesis.
    for found in _NOTHING_BEFORE.finditer(text):
        values = _listed(text, found.end(), quoted_only=True)
        if len(values) > 1:
            return values
    return ()


def _listed(text: str, start: int, *, quoted_only: bool) -> tuple[str, ...]:
    """The values from an index on, as far as they are joined like a list."""
    values: list[str] = []
    index = start
    quoted = quoted_only or text[index : index + 1] in ("`", '"', "'")
    while True:
        found = _QUOTED.match(text, index) if quoted else _BARE_VALUE.match(text, index)
        if found is None:
            break
        value = next(group for group in (found.groups() or (found[0],)) if group)
        values.append(value if quoted else value.rstrip(".:"))
        index = found.end()
        joint = _JOINT.match(text, index)
        if joint is None:
            break
        index = joint.end()
    if not quoted and values and index < len(text) and text[index : index + 1] == " ":
        # "one of the plans that": words of a sentence, and no values.
        return ()
    return tuple(dict.fromkeys(values))


_DEFAULT = re.compile(
    r"\bdefaults?(?: value)?(?: is| are| to|)(?P<mark> ?[:=] ?| )"
    r"(?P<value>`[^`]{0,60}`|\"[^\"]{0,60}\"|[^\s`\",;()]{1,60})",
    re.I,
)


_DEFAULT_AMONG = re.compile(r"`([^`\s]{1,60})` \(default\)", re.I)


def default_in(text: str) -> str:
    """The default that a text states, as it is written; empty if there is none: "Defaults to `20`", "(default: 20)"."""
    for found in _DEFAULT.finditer(text):
        marked = found["mark"].strip() or re.search(r"(?: is| to)$", found[0][: found.start("mark") - found.start()])
        value = found["value"]
        if marked or value[0] in '`"' or value[0].isdigit():
            return default_of(value)
    among = _DEFAULT_AMONG.search(text)
    return default_of(among[1]) if among else ""


def default_of(cell: str) -> str:
    """The default in a cell; empty if the cell says that there is none."""
    value = bare(cell).strip("\"'").rstrip(".") if bare(cell) != '""' else ""
    return "" if value.lower() in ("", "-", "--", "\u2013", "\u2014", "none", "n/a", "null") else value


# ------------------------------------------------------------------------------------------------------ quantities

_COUNT = r"(?:\d[\d,._]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety)"
_UNIT = (
    r"(?:requests?|reqs?|calls?|jobs?|attempts?|retries|times|milliseconds?|ms|seconds?|secs?|minutes?|mins?|hours?|days?"
    r"|weeks?|months?|years?|bytes?|[kmg]i?b|characters?|chars?|words?|pixels?|px|items?|results?|entries|records?"
    r"|elements?|files?|images?|credits?|tokens?|rows?|rpm|rps|s|m|h|d|%)"
)
_PERIOD = r"(?:seconds?|sec|s|minutes?|min|m|hours?|h|days?|d|months?|user|key|account)"
_PER = rf"(?:\s?(?:per|/|an?|every|each|in)\s?(?:\d+\s)?{_PERIOD}\b)?"
_ADJECTIVE = r"(?:\s(?:concurrent|api|simultaneous|calendar|business|retry))?"
_QUANTITY = re.compile(
    rf"(?<![\w.$-])(?:{_COUNT}\s?(?:-|\u2013|to|and)\s?)?{_COUNT}{_ADJECTIVE}[\s-]?{_UNIT}(?![\w-]){_PER}", re.I
)
_RANGE = re.compile(
    r"(?<![\w.$/:-])(?:between\s)?(-?\d[\d,._]*)\s?(?:-|\u2013|\u2014|to|and|\.\.\.?)\s?(-?\d[\d,._]*)(?![\w/:-])", re.I
)
_BOUND = re.compile(
    r"\b(max(?:imum)?|min(?:imum)?|up to|at most|at least|no more than|not exceed|less than|more than|greater than)"
    r"[ :`*]{0,4}(?:(?:of|is|value|length)[ :`*]{0,4})?(-?\d[\d,._]*)", re.I
)


def quantities_in(text: str) -> Iterator[tuple[str, str]]:
    """The quantities that a text states, as topic (`rate-limit` or `limit`) and words in one form."""
    plain = text.translate(_TYPOGRAPHY)
    taken = bytearray(len(plain))
    for pattern in (_QUANTITY, _BOUND, _RANGE):
        for found in pattern.finditer(plain):
            start, end = found.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            words = " ".join(found[0].lower().replace(",", "").replace("_", "").split()).rstrip(".")
            rate = re.search(r"\d (?:api )?(?:req|call)\w*|rp[ms]$|(?:requests?|calls?)", words)
            yield ("rate-limit" if rate else "limit"), words


# -------------------------------------------------------------------------------------------------------- statuses

_WORD = re.compile(r"`?[\w/.]+`?")
_BEFORE = {
    "http", "http/1.1", "status", "statuses", "code", "codes", "return", "returns", "respond", "responds", "answer",
    "answers", "error", "response", "responses", "receive", "get", "gives", "with",
}  # fmt: skip
_AFTER = {
    "response", "responses", "error", "errors", "status", "ok", "created", "accepted", "unauthorized", "forbidden",
    "conflict", "gone", "unprocessable", "internal", "too", "not", "bad", "no", "moved", "found", "code", "service",
}  # fmt: skip


def statuses_in(sentence: str) -> tuple[str, ...]:
    """The HTTP statuses that a sentence names: "Returns `202 Accepted`", "a 404 response"; no other number is one."""
    words = [found[0] for found in _WORD.finditer(sentence)]
    statuses: list[str] = []
    for index, word in enumerate(words):
        number = word.strip("`.")
        if len(number) != 3 or not number.isdecimal() or number[0] not in "12345":
            continue
        before = {one.strip("`.").lower() for one in words[max(0, index - 3) : index]}
        after = words[index + 1].strip("`.").lower() if index + 1 < len(words) else ""
        alone = word.startswith("`") and word.rstrip(".").endswith("`")
        if after in _AFTER or (before & _BEFORE and not re.fullmatch(_UNIT, after)) or (alone and after not in _AFTER):
            if alone and not (before & _BEFORE or after in _AFTER):
                continue
            statuses.append(number)
    return tuple(dict.fromkeys(statuses))


def leading_status(text: str) -> str:
    """The status that a list item or a heading is about: `404`, "**404 Not Found**: ...", "Response (201)"."""
    found = re.match(r"[\s`*_\[(]*([1-5]\d\d|[1-5][Xx]{2}|default)(?![\w-])", text)
    if found is None:
        found = re.match(
            r"[\s`*_]*(?:(?:success|error|example|sample)\s)?(?:response|returns?|http|status)(?:\s(?:code|status|body))?"
            r"[\s:`*_(]{1,5}([1-5]\d\d)(?![\w-])", text, re.I
        )
    return (found[1].upper() if found[1][1:].upper() == "XX" else found[1]) if found else ""


# --------------------------------------------------------------------------------------- addresses and credentials

_URL = re.compile(r"https?://[^\s`'\"<>|)\]*]+")
_BASE = re.compile(
    r"\b(?:base|root|server|api|production)[\s-](?:url|uri|address|host|endpoint)\b"
    r"|\b(?:hosted|served|available|live|lives|reached|found) (?:at|on|under)\b"
    r"|\b(?:go|sent|made|relative) to\b|\ball (?:requests|endpoints|urls|paths|calls|api calls)\b",
    re.I,
)


def base_url_in(text: str) -> str:
    """The base URL that a text states, without a slash at its end; empty if it states none."""
    if not _BASE.search(text.translate(_WITHOUT_MARKS)):
        return ""
    found = _URL.search(text)
    return found[0].rstrip(".,;:/") if found else ""


_AUTHORIZATION = re.compile(r"\bauthorization[`\"']?\s?:\s?[`\"']?(bearer|token|basic|key|apikey|api-key)\b", re.I)
_HEADER = re.compile(
    r"`([A-Za-z][\w-]*)`\s(?:http\s|request\s|custom\s)?header"
    r"|\bheader[\s:]{1,2}(?:named\s|called\s)?`?([A-Za-z][\w-]*)",
    re.I,
)
_QUERY = re.compile(
    r"\bquery (?:parameter|string|argument)[\s:]{1,2}(?:named\s|called\s)?`([\w-]+)`"
    r"|`([\w-]+)` query (?:parameter|string|argument)",
    re.I,
)
_CREDENTIAL = re.compile(r"key|token|auth|secret|signature", re.I)
_SENT_HEADER = re.compile(r"^\s?[`'\"]?([A-Za-z][\w-]*):")


def credentials_in(text: str) -> Iterator[str]:
    """How a text says that a client identifies itself: `Authorization: Bearer`, `header X-Api-Key`, `query api_key`."""
    if found := _AUTHORIZATION.search(text):
        yield f"Authorization: {found[1].capitalize()}"
        return
    for found in _HEADER.finditer(text):
        name = found[1] or found[2]
        if _CREDENTIAL.search(name) and name.lower() not in ("authorization", "idempotency-key"):
            yield f"header {name}"
    for found in _QUERY.finditer(text):
        if _CREDENTIAL.search(name := found[1] or found[2]):
            yield f"query {name}"
    if re.search(r"\bbearer (?:token|auth|scheme|credential|api key)", text, re.I):
        yield "Authorization: Bearer"


def credential_of_header(line: str) -> str:
    """The same of a header in a sample, `X-Api-Key: abc`; empty if it is no credential."""
    found = _SENT_HEADER.match(line)
    if found is None or found[1].lower() == "idempotency-key" or not _CREDENTIAL.search(found[1]):
        return ""
    if found[1].lower() == "authorization":
        return next(credentials_in(line), "")
    return f"header {found[1]}"


# ----------------------------------------------------------------------------------------------------- deprecation

_DEPRECATED = re.compile(
    r"\bdeprecated\b|\bwill be (?:removed|retired|shut down|switched off|discontinued)\b"
    r"|\bno longer (?:supported|available)\b|\bsunset\b",
    re.I,
)
_DIRECTLY = re.compile(
    r"^[\s*_`(\[]*deprecated\b|\(deprecated\)|\bthis (?:endpoint|operation|method|call|route|field|parameter|option)"
    r" (?:is|was|has been|will be) ", re.I
)
_DATE = re.compile(
    r"\b\d{4}-\d\d-\d\d\b|\b(?:\d{1,2} )?(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december)(?: \d{1,2},?)? \d{4}\b",
    re.I,
)


def deprecation_in(text: str) -> str:
    """`deprecated` if a text says so of what it is about, `something deprecated` if it may be of something else, each
    with the date that it names; empty if it deprecates nothing."""
    if not _DEPRECATED.search(text) or re.search(r"\bnot deprecated\b", text, re.I):
        return ""
    found = _DATE.search(text)
    words = "deprecated" if _DIRECTLY.search(text) else "something deprecated"
    return f"{words}, {found[0]}" if found else words



# ------------------------------------------------------------------------------------------------ text without marks

_NAMED_STATE = re.compile(r"\b(?:status|state) is (?:still |now )?[`\"']?([a-z][a-z0-9_]*)")


def named_states(text: str) -> frozenset[str]:
    """The values that a page names as "status is TERM"."""
    return frozenset(_NAMED_STATE.findall(text))


def run_together(line: str, named: Collection[str]) -> tuple[str, ...]:
    """`pending Job received processing Job is running`: terms and explanations that lost what was between them.

    A term begins the line, or is a lower-case word before a capital, or is named elsewhere (`named_states`). The last
    word is no explanation: there, pages glue the next heading on.
    """
    parts = line.split()
    found: list[str] = []
    for index, word in enumerate(parts[:-2]):
        before_capital = parts[index + 1][:1].isupper()
        if re.fullmatch(r"[a-z][a-z0-9_]*", word) and (index == 0 or before_capital or word in named):
            found.append(word)
    distinct = tuple(dict.fromkeys(found))
    return distinct if len(distinct) > 1 else ()
