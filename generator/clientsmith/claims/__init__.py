"""Documentation is cross-checked: what pages without OpenAPI state is compared with the `Api`.

    page -- blocks --> pages --> statements, each with its claims
                                     |-- changes ---> what has changed since they were accepted (record)
                                     |-- compare ---> Api: does the document have what the pages state?
    Api, marks of origin ------------|-- origins ---> does a page state what was written by hand?
                                     '-- citations -> is each `x-source` on the page that it cites?

For a provider that publishes prose, a person writes the document, and the comparison keeps it true when pages change.
For pages with OpenAPI in them, a rendered edition is a second source of the same facts. Files that are named on the
command line have no maintainer who cites pages: only providers of a project are cross-checked.

    model             the kinds of claims, statements     paths, words           what people write, in one form
    blocks            a page as headings, tables, lists   scope                  what a section of a page is about
    tables, lists,    what each kind of block states      lookup                 the `Api` in terms of documentation
    samples, rendered                                     record                 the file of what was accepted
    alignment         two editions of a page side by side
    wording           changes in words, for messages      skeleton               a first document, for `init`

One change of a page is one diagnostic: what contradicts the document because of it is part of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from clientsmith import ir
from clientsmith.claims.blocks import lines_of
from clientsmith.claims.changes import Changes, changes_of
from clientsmith.claims.citations import check_citations
from clientsmith.claims.compare import Place, check_claims
from clientsmith.claims.model import Statement
from clientsmith.claims.origins import check_origins
from clientsmith.claims.pages import statements
from clientsmith.claims.record import RecordError, claims_file, record_text, recorded
from clientsmith.claims.wording import difference_in_words, lines_in_words, quoted
from clientsmith.diagnostics import ClientsmithError, Location, Report
from clientsmith.load.marks import Marks
from clientsmith.load.source import FileError, decode, read_bytes
from clientsmith.records import dataclass

_ACCEPT = "review the page and the document, then run `clientsmith generate --accept-claims`"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the cross-check of a provider read and found.

    Attributes:
        digests: sha256 of each claims file that was read, by path relative to the provider's folder.
        changed: where the pages have changed since they were accepted, in words, by path.
    """

    digests: dict[str, str]
    changed: dict[str, str]


def cross_check(
    api: ir.Api,
    marks: Marks,
    report: Report,
    *,
    place: Place,
    root: Path,
    shown: str,
    pages: Sequence[str],
    authored: Iterable[str],
    cited: Iterable[str] = (),
) -> Checked:
    """Compare the pages of a provider that have no OpenAPI in them with its API.

    Args:
        api: as parsed.
        marks: the marks of origin that were in its document.
        report: gets `claims-stale`, `page-changed`, `claim-missing`, `claim-conflict`, `claim-unsourced`,
            `source-invalid`.
        place: where the node at an address of the document is located.
        root: the provider's folder.
        shown: the prefix of its files' names in diagnostics.
        pages: paths of prose pages and of rendered editions, relative to `root`.
        authored: paths of the documents that were written by hand, relative to `root`.
        cited: paths of further pages that an `x-source` may cite: those with OpenAPI in them.
    """
    checked = Checked({}, {})
    found: dict[str, Sequence[Statement]] = {}
    accepted: dict[str, Sequence[Statement]] = {}
    changed: dict[int, list[tuple[str, Location]]] = {}
    renamed: dict[str, str] = {}
    reports: list[tuple[str, Changes]] = []
    for page in sorted(pages):
        name = f"{shown}{page}"
        if (text := _text(root, shown, page, report)) is None:
            continue
        found[name] = statements(text, name)
        file = claims_file(page)
        record = _text(root, shown, file, report) if (root / file).exists() else None
        if record is not None:
            checked.digests[file] = hashlib.sha256(record.encode()).hexdigest()
        before = _accepted(record, found[name], f"{shown}{file}", report)
        if before is None or record == record_text(found[name]):
            continue
        changes = changes_of(before, found[name], lines_of(text))
        accepted[name] = before
        renamed |= changes.operations
        changed |= {id(claim): list[tuple[str, Location]]() for one in changes.facts for claim in one.claims}
        reports.append((name, changes))
        checked.changed[page] = lines_in_words(
            [*((one.line, one.line) for one in changes.facts), *((one[0], one[1]) for one in changes.rewordings)]
        )
    now = [claim for one in found.values() for statement in one for claim in statement.claims]
    by_hand = {f"{shown}{path}" for path in authored}
    check_claims(now, api, report, place=place, changed=changed, renamed=renamed)
    for name, changes in reports:
        _report_changes(name, f"{shown}{claims_file(name.removeprefix(shown))}", changes, changed, report)
    for page in sorted(cited) if marks.has_any() else ():
        if (root / page).is_file() and (text := _text(root, shown, page, report)) is not None:
            found[f"{shown}{page}"] = statements(text, f"{shown}{page}")
    check_citations(marks, report, place=place, pages=found, accepted=accepted)
    before_now = [claim for one in accepted.values() for statement in one for claim in statement.claims]
    check_origins(
        [*now, *before_now], api, marks, report, place=place, authored=lambda address: place(address).file in by_hand
    )
    return checked


def claims_files(root: Path, shown: str, pages: Sequence[str], report: Report) -> dict[str, str]:
    """Returns the claims files of pages as they are now: path relative to `root`, and text.

    A page that cannot be read has a diagnostic in the report, and no file.
    """
    texts = {page: _text(root, shown, page, report) for page in pages}
    return {
        claims_file(page): record_text(statements(text, f"{shown}{page}"))
        for page, text in texts.items()
        if text is not None
    }


AUTHORED = "openapi.yaml"
"""The name of the document that a person writes from pages."""


def first_files(name: str, pages: Mapping[str, str]) -> dict[str, str]:
    """Returns what a provider of prose begins with: the skeleton of its document, and the claims file of each page.

    Args:
        name: of the provider.
        pages: the text of each page, by its path in the provider's folder.
    """
    from clientsmith.claims.skeleton import skeleton_text

    stated = {path: statements(text, path) for path, text in pages.items()}
    records = {claims_file(path): record_text(found) for path, found in stated.items()}
    return {AUTHORED: skeleton_text(name, stated), **records}


def _accepted(
    record: str | None, now: Sequence[Statement], file: str, report: Report
) -> Sequence[Statement] | None:
    """The statements that were accepted; None if none were, which is reported where the page states anything."""
    if record is None:
        if any(one.claims for one in now):
            report.add("claims-stale", "the claims of the page were never recorded", Location(file), hint=_ACCEPT)
        return None
    try:
        return recorded(record, file)
    except RecordError:
        message = "the claims of the page are not recorded in this form: another version or an edit by hand"
        report.add("claims-stale", message, Location(file), hint=_ACCEPT)
        return None


def _report_changes(
    name: str, file: str, changes: Changes, changed: dict[int, list[tuple[str, Location]]], report: Report
) -> None:
    for change in changes.facts:
        also = [(f"accepted: {quoted(change.before)}", Location(file))] if change.before else []
        also += list(dict.fromkeys(one for claim in change.claims for one in changed[id(claim)]))[:3]
        report.add("claims-stale", change.message, Location(name, "", change.line, 1), also=also, hint=_ACCEPT)
    if changes.rewordings:
        first = changes.rewordings[0]
        lines = lines_in_words([(one.first, one.last) for one in changes.rewordings])
        message = f"the page changed ({lines}), and no fact that is read from it did"
        also = [(difference_in_words(*one[2:]), Location(name, "", one.first, 1)) for one in changes.rewordings[:10]]
        if len(also) == 1:
            message, also = f"{message}: it {also[0][0]}", []
        report.add("page-changed", message, Location(name, "", first.first, 1), also=also, hint=_ACCEPT)


def _text(root: Path, shown: str, name: str, report: Report) -> str | None:
    """The text of a file of the provider; None, with a diagnostic, if it cannot be read."""
    try:
        return decode(read_bytes(root / name, root=root), report, name=f"{shown}{name}")
    except FileError as error:
        report.add(error.slug, f"cannot read {f'{shown}{name}'!r}: {error.reason}", Location(f"{shown}{name}"))
    except ClientsmithError:
        # It is not text; the report has the diagnostic.
        pass
    return None
