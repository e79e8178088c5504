"""What fragments say they are: the version of OpenAPI, `info`, and the file that a page is cut from (M02, M03, M19).

Decides whether they are one API at all, and whose word counts for the root of the merged document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clientsmith.diagnostics import Report
from clientsmith.load.document import Fragment
from clientsmith.load.merge.choice import SETTINGS, Choices, Statement, groups, report_variance
from clientsmith.load.merge.equality import fingerprint
from clientsmith.load.tree import is_object

Trees = Sequence[tuple[Fragment, Mapping[str, Any]]]
"""The fragments in source order, each with its tree."""

_IDENTITY = ("title", "version")


def statements_of(trees: Trees, key: str) -> list[Statement]:
    """What each fragment says at a root field; none of those that do not have it."""
    return [Statement(tree[key], fragment, f"/{key}") for fragment, tree in trees if key in tree]


def leading(trees: Trees) -> int:
    """The index of the fragment with the newest `info.version`, the first of equals.

    Authored fragments inherit; one of them leads only when there is nothing else.
    """
    ranks = [
        (fragment.kind != "authored", _ordering(_mapping(tree.get("info")).get("version")), -index)
        for index, (fragment, tree) in enumerate(trees)
    ]
    return ranks.index(max(ranks))


def chosen_openapi(trees: Trees, report: Report, *, lenient: bool) -> Statement | None:
    """The newest `openapi` version; two minor versions in one document are `merge-openapi-version`."""
    statements = statements_of(trees, "openapi")
    if not statements:
        return None
    by_minor: dict[object, Statement] = {}
    for statement in statements:
        by_minor.setdefault(_ordering(statement.value)[:2], statement)
    newest = max(statements, key=lambda statement: _ordering(statement.value))
    said = _listing(statements, str)
    if len(by_minor) > 1:
        first, *others = by_minor.values()
        report.add(
            "merge-openapi-version",
            f"the sources are written in different versions of OpenAPI: {said}",
            first.place,
            also=[(f"{other.value} here", other.place) for other in others],
            hint="fetch all of them again in one run, or upgrade the older one",
            lenient=lenient,
        )
    elif len({str(statement.value) for statement in statements}) > 1:
        report.add("merge-openapi-patch", f"the sources say openapi {said}; {newest.value} is kept", newest.place)
    return newest


def chosen_info(trees: Trees, choices: Choices, report: Report, *, lenient: bool) -> Statement | None:
    """The `info` to keep: of the leading fragment, or of one that says the same with more words.

    Other titles and versions are `merge-root-conflict` and `merge-info-version`, other words `merge-doc-variance`.
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
        for said in by_file.values():
            first, *others = (group[0] for group in groups(said, bare=False))
            if others:
                report.add(
                    slug,
                    f"the sources state different {key}s in info: {_listing(said, repr)}",
                    first.place,
                    also=[(f"{other.value!r} here", other.place) for other in others],
                    hint=f"fetch all pages again in one run, or say in {SETTINGS} {choices.preference('info', lead)}",
                    lenient=lenient,
                )
    model = next((one for one in statements if one.fragment is lead), statements[0])
    # An authored fragment inherits: where it repeats title and version, it does not compete with its fewer words.
    same = [
        one
        for one in statements
        if (one is model or one.fragment.kind != "authored")
        and all(one.value.get(key) == model.value.get(key) for key in _IDENTITY)
    ]
    return report_variance("info", same, choices, report)


def report_files(trees: Trees, choices: Choices, report: Report, *, lenient: bool) -> None:
    """Pages say which document they are cut from; documents that name different APIs are two providers (M19).

    Unless the settings say whose `info` counts: then they are one API in several documents. For files given by hand
    only different servers matter.
    """
    identities: dict[str, list[Statement]] = {}
    for fragment, tree in trees:
        if fragment.kind == "page":
            info = _mapping(tree.get("info"))
            said: list[Any] = [tree.get("servers") or []]
            if not lenient:
                said += [info.get(key) for key in _IDENTITY]
            identities.setdefault(fingerprint(said, bare=True), []).append(Statement(cut_from(fragment), fragment, ""))
    pages = [one for same in identities.values() for one in same]
    one_file = len({page.value for page in pages}) < 2
    if len(identities) < 2 or (one_file and not lenient) or "info" in choices.prefer:
        return
    first, *others = (same[0] for same in identities.values())
    report.add(
        "merge-files",
        f"the pages are cut from different documents: {_listing(pages, lambda file: file or '(unnamed)')}",
        first.place,
        also=[("and here", other.place) for other in others],
        hint="keep each document's pages in a provider folder of its own; or, if they are one API, say in "
        f"{SETTINGS} {choices.preference('info', trees[leading(trees)][0])}",
        lenient=lenient,
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if is_object(value) else {}


def cut_from(fragment: Fragment) -> str:
    """The document that a page is cut from, `openapi.yaml` for `/openapi.yaml` and `./openapi.yaml`."""
    return re.sub(r"^(\./|/)+", "", fragment.file)


def _ordering(version: object) -> tuple[tuple[int, int, str], ...]:
    """A key that orders versions: numbers by value, before words."""
    parts = re.findall(r"\d+|[^\W\d_]+", str(version or ""))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _listing(statements: Sequence[Statement], shown: Callable[[Any], str]) -> str:
    """`3.0.3 (a.md, b.md), 3.1.0 (c.md)`: what is said, and by whom."""
    by_value: dict[str, list[str]] = {}
    for one in statements:
        names = by_value.setdefault(shown(one.value), [])
        if one.fragment.name not in names:
            names.append(one.fragment.name)
    return ", ".join(
        f"{value} ({', '.join(names[:4])}{f' and {len(names) - 4} more' if len(names) > 4 else ''})"
        for value, names in by_value.items()
    )
