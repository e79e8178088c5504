"""The identity of fragments: the version of OpenAPI, `info`, and the document that a page is cut from (M02, M03, M19).

Decides whether they are one API at all, and which fragment's values are used for the root of the merged document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clientsmith.diagnostics import Report
from clientsmith.load.document import Fragment
from clientsmith.load.merge.choice import SETTINGS, Choices, Statement, groups, with_longest_texts
from clientsmith.load.merge.equality import fingerprint
from clientsmith.load.tree import is_object

Trees = Sequence[tuple[Fragment, Mapping[str, Any]]]
"""The fragments in source order, each with its tree."""

_IDENTITY = ("title", "version")


def statements_of(trees: Trees, key: str) -> list[Statement]:
    """Returns the value of a root field in each fragment that has it."""
    return [Statement(tree[key], fragment, f"/{key}") for fragment, tree in trees if key in tree]


def leading(trees: Trees) -> int:
    """Returns the index of the fragment with the newest `info.version`, the first of equals.

    Authored fragments inherit; one of them leads only if there are no others.
    """
    ranks = [
        (fragment.kind != "authored", _ordering(_mapping(tree.get("info")).get("version")), -index)
        for index, (fragment, tree) in enumerate(trees)
    ]
    return ranks.index(max(ranks))


def chosen_openapi(trees: Trees, report: Report, *, lenient: bool) -> Statement | None:
    """Returns the newest `openapi` version; different minor versions are `merge-openapi-version`."""
    statements = statements_of(trees, "openapi")
    if not statements:
        return None
    by_minor: dict[object, Statement] = {}
    for statement in statements:
        by_minor.setdefault(_ordering(statement.value)[:2], statement)
    newest = max(statements, key=lambda statement: _ordering(statement.value))
    versions = _listing(statements, str)
    if len(by_minor) > 1:
        first, *others = by_minor.values()
        report.add(
            "merge-openapi-version",
            f"the sources are written in different versions of OpenAPI: {versions}",
            first.place,
            also=[(f"{other.value} here", other.place) for other in others],
            hint="fetch all of them again at one time, or upgrade the older ones",
            lenient=lenient,
        )
    elif len({str(statement.value) for statement in statements}) > 1:
        message = f"the sources have different patch versions of OpenAPI: {versions}; {newest.value} is used"
        report.add("merge-openapi-patch", message, newest.place)
    return newest


def chosen_info(trees: Trees, choices: Choices, report: Report, *, lenient: bool) -> Statement | None:
    """Returns the `info` to keep: that of the leading fragment, or an equal one with longer texts.

    Different titles and versions are `merge-root-conflict` and `merge-info-version`, texts `merge-doc-variance`.
    """
    statements = [one for one in statements_of(trees, "info") if is_object(one.value)]
    if not statements:
        return None
    if (preferred := choices.preferred("info", statements)) is not None:
        return preferred
    lead = trees[leading(trees)][0]
    for key, slug in (("title", "merge-root-conflict"), ("version", "merge-info-version")):
        by_file: dict[str, list[Statement]] = {}
        for one in statements:
            if one.value.get(key) not in (None, ""):
                # In a project, pages that are cut from different documents are reported as that, once.
                file = "" if lenient else cut_from(one.fragment)
                by_file.setdefault(file, []).append(Statement(one.value[key], one.fragment, f"/info/{key}"))
        for same_file in by_file.values():
            first, *others = (group[0] for group in groups(same_file, bare=False))
            if others:
                report.add(
                    slug,
                    f"the sources have different values for 'info.{key}': {_listing(same_file, repr)}",
                    first.place,
                    also=[(f"{other.value!r} here", other.place) for other in others],
                    hint=f"fetch all pages again at one time, or add to {SETTINGS} {choices.preference('info', lead)}",
                    lenient=lenient,
                )
    model = next((one for one in statements if one.fragment is lead), statements[0])
    # An authored fragment inherits: if it repeats title and version, its shorter texts do not compete.
    same = [
        one
        for one in statements
        if (one is model or one.fragment.kind != "authored")
        and all(one.value.get(key) == model.value.get(key) for key in _IDENTITY)
    ]
    return with_longest_texts("info", same, choices, report)


def report_files(trees: Trees, choices: Choices, report: Report, *, lenient: bool) -> None:
    """Reports pages that are cut from documents of different APIs: they belong to different providers (M19).

    Not if the settings prefer an `info`: then they are one API in several documents. For ad-hoc files only different
    servers matter.
    """
    identities: dict[str, list[Statement]] = {}
    for fragment, tree in trees:
        if fragment.kind == "page":
            info = _mapping(tree.get("info"))
            values: list[Any] = [tree.get("servers") or []]
            if not lenient:
                values += [info.get(key) for key in _IDENTITY]
            same = identities.setdefault(fingerprint(values, bare=True), [])
            same.append(Statement(cut_from(fragment), fragment, ""))
    pages = [one for same in identities.values() for one in same]
    one_file = len({page.value for page in pages}) < 2
    if len(identities) < 2 or (one_file and not lenient) or "info" in choices.prefer:
        return
    first, *others = (same[0] for same in identities.values())
    report.add(
        "merge-files",
        f"the pages are cut from different documents: {_listing(pages, lambda file: file or '(unnamed)')}",
        first.place,
        also=[("different here", other.place) for other in others],
        hint="keep the pages of each document in a provider folder of its own; or, if they are one API, add to "
        f"{SETTINGS} {choices.preference('info', trees[leading(trees)][0])}",
        lenient=lenient,
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if is_object(value) else {}


def cut_from(fragment: Fragment) -> str:
    """Returns the document that a page is cut from, `openapi.yaml` for `/openapi.yaml` and `./openapi.yaml`."""
    return re.sub(r"^(\./|/)+", "", fragment.file)


def _ordering(version: object) -> tuple[tuple[int, int, str], ...]:
    """Returns a key that sorts versions: numbers by value, before words."""
    parts = re.findall(r"\d+|[^\W\d_]+", str(version or ""))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _listing(statements: Sequence[Statement], shown: Callable[[Any], str]) -> str:
    """Returns all values with their fragments: `3.0.3 (a.md, b.md), 3.1.0 (c.md)`."""
    by_value: dict[str, list[str]] = {}
    for one in statements:
        names = by_value.setdefault(shown(one.value), [])
        if one.fragment.name not in names:
            names.append(one.fragment.name)
    return ", ".join(
        f"{value} ({', '.join(names[:4])}{f' and {len(names) - 4} more' if len(names) > 4 else ''})"
        for value, names in by_value.items()
    )
