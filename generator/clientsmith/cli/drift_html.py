"""The report of drift as one page of HTML: it needs no other file, asks for none, and can be read without its script.

Text of a document is escaped by the template, which has autoescape on; the page's own style and script are named by
their digests, so that a browser runs nothing else (Content Security Policy Level 3, section 2.3.1).
"""

from __future__ import annotations

import base64
import difflib
import hashlib
import re
from collections.abc import Sequence
from typing import Any

import jinja2

from clientsmith.cli.drift_words import CodeOf, accepted_text, next_version, places, title, verdict
from clientsmith.cli.safe_text import visible
from clientsmith.drift.comparison import Comparison
from clientsmith.drift.differences import Difference
from clientsmith.drift.rules import LEVELS
from clientsmith.render import templates_folder

Piece = tuple[bool, str]
"""Whether a text is on one side alone, and the text."""

_LONGEST_COMPARED = 4000
"""Characters of two texts of which the differing words are marked; longer ones are shown as they are."""


def html_report(comparison: Comparison) -> str:
    """Returns the page of a comparison."""
    folder = templates_folder()
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    groups: dict[str, list[dict[str, Any]]] = {}
    code_of = CodeOf(comparison)
    for one in comparison.differences:
        group = _group_of(one)
        groups.setdefault(group, []).append(_row(one, group, code_of))
    counts = {level: sum(one.level == level for one in comparison.differences) for level in LEVELS}
    summary = ", ".join(f"{counts[level]} {level}" for level in reversed(LEVELS))
    return environment.get_template("drift.html.j2").render(
        old=visible(comparison.old.label),
        new=visible(comparison.new.label),
        summary=summary,
        sentence=_sentence(comparison),
        levels=[{"name": level, "count": counts[level], "shown": True} for level in reversed(LEVELS)],
        groups=[{"name": name, "differences": rows} for name, rows in groups.items()],
        style=_own((folder / "drift.css").read_text(encoding="utf-8")),
        script=_own((folder / "drift.js").read_text(encoding="utf-8")),
    )


def _sentence(comparison: Comparison) -> str:
    if not comparison.differences:
        return "Nothing changed."
    about = "" if comparison.wire else " Only the public names were compared, and not the documents."
    return f"{verdict(comparison)}. The next version of the client is a {next_version(comparison)} one.{about}"


def _own(text: str) -> dict[str, str]:
    """Returns a text of ours, and of no document, with the digest by which the policy of the page names it."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return {"text": text, "hash": f"sha256-{digest}"}


_PLURALS = {"field": "classes", "model": "classes"}


def _group_of(difference: Difference) -> str:
    first = difference.subjects[0]
    if len({subject.parts[0] for subject in difference.subjects}) > 1:
        return "The documentation" if difference.rule == "D713" else f"Several {_PLURALS.get(first.kind, 'operations')}"
    return visible(first.parts[0]) if first.kind != "document" else "The document"


def _row(difference: Difference, group: str, code_of: CodeOf) -> dict[str, Any]:
    code = difference.old_code or difference.new_code
    texts = code_of(difference) if code else (difference.old, difference.new)
    before, after = _marked(*(visible(text) for text in texts))
    several = len(difference.subjects) > 1
    return {
        "level": difference.level,
        "fingerprint": difference.fingerprint,
        "title": visible(title(difference)).removeprefix(f"{group}: "),
        "rule": difference.rule,
        "slug": difference.of_rule.slug,
        "places": [visible(place) for place in places(difference)],
        "before": before,
        "after": after,
        "subjects": [visible(": ".join(one.parts)) for one in difference.subjects] if several else [],
        "gone": [visible(name) for name in difference.gone],
        "hint": difference.of_rule.hint,
        "accepted": visible(accepted_text(difference.accepted)) if difference.accepted else "",
    }


def _marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Returns two texts in pieces, those that only one of them has marked."""
    if not before or not after or len(before) + len(after) > _LONGEST_COMPARED:
        return [(False, before)] if before else [], [(False, after)] if after else []
    words, others = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (before, after))
    old, new = list[Piece](), list[Piece]()
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, words, others, False).get_opcodes():
        _add(old, tag != "equal", words[start:end])
        _add(new, tag != "equal", others[new_start:new_end])
    return old, new


def _add(pieces: list[Piece], is_marked: bool, words: Sequence[str]) -> None:
    if words:
        pieces.append((is_marked, "".join(words)))
