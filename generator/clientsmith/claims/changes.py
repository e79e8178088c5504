"""What has changed on a page since its claims were accepted: each change once, with the old and the new words.

    accepted statements ----.
                             >-- compared --> changes of facts, and of text that states none
    statements of the page -'

Decides what belongs together: a path that moved from v1 to v2, a section that came with all that it states, a row with
its list of values, a fact that a table and a sample state alike, are one change each. The place of a claim makes no
difference: what only moved has not changed.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple, assert_never

from clientsmith.claims.alignment import blocks_of
from clientsmith.claims.model import (
    Claim,
    EnumClaim,
    ErrorCodeClaim,
    FieldClaim,
    OperationClaim,
    SentenceClaim,
    Statement,
    StatusClaim,
)
from clientsmith.claims.wording import difference, joined, shown
from clientsmith.claims.words import normalised
from clientsmith.records import dataclass, replace


@dataclass(slots=True, eq=False)
class Change:
    """One change of facts.

    Attributes:
        line: of the page, where it is, or where it was.
        message: what was and what is.
        before: the accepted words; empty for what is new.
        claims: those of the page that are new or different.
    """

    line: int
    message: str
    before: str
    claims: list[Claim]


class Rewording(NamedTuple):
    """Words of the page that changed, and nothing that is read from them: first and last line, old words, new words."""

    first: int
    last: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes of a page.

    Attributes:
        facts: of what it states.
        rewordings: of its text beside that.
        operations: those that are called otherwise, by their new name: `get /v2/x` to `get /v1/x`.
    """

    facts: tuple[Change, ...]
    rewordings: tuple[Rewording, ...]
    operations: dict[str, str]


class _Stated(NamedTuple):
    """A claim, and the index of its statement."""

    claim: Claim
    at: int


def changes_of(old: Sequence[Statement], new: Sequence[Statement], lines: Sequence[str]) -> Changes:
    """Returns what has changed from accepted statements to those of the page, whose lines are given too."""
    compared = _Compared(old, new, lines)
    facts = compared.facts()
    return Changes(tuple(facts), tuple(compared.rewordings()), compared.operations)


class _Compared:
    def __init__(self, old: Sequence[Statement], new: Sequence[Statement], lines: Sequence[str]) -> None:
        self.old, self.new, self.lines = old, new, lines
        self.blocks = blocks_of([one.text for one in old], [one.text for one in new])
        self.block_of_old = [block for block in self.blocks for _ in range(block[1], block[2])]
        self.block_of_new = [block for block in self.blocks for _ in range(block[3], block[4])]
        changed = [block for block in self.blocks if block[0] != "equal"]
        self.removed = _more(old, new, {at for _, start, end, _, _ in changed for at in range(start, end)})
        self.added = _more(new, old, {at for _, _, _, start, end in changed for at in range(start, end)})
        self.settled: set[int] = set()
        """The `id`s of the claims, of `removed` and `added`, that are part of a change already."""
        self.counterparts: dict[int, int | None] = {}
        self.replacing: dict[int, dict[int | None, int]] = {}
        """Of each block that was replaced, by its first index: its statements by what they replace."""
        self.operations: dict[str, str] = {}
        self.touched_old: set[int] = set()
        self.touched_new: set[int] = set()
        self.substituted: set[tuple[str, str]] = set()

    # Facts

    def facts(self) -> list[Change]:
        made = [*self._operations(), *self._sections(), *self._details()]
        by_message: dict[str, Change] = {}
        for change in sorted(made, key=lambda one: one.line):
            if (known := by_message.get(change.message)) is not None:
                known.claims += change.claims
            else:
                by_message[change.message] = change
        return list(by_message.values())

    def _operations(self) -> Iterator[Change]:
        """Operations that are called otherwise, by what was replaced in their paths; those that came and went."""
        gone = [one for one in self.removed if isinstance(one.claim, OperationClaim)]
        come = [one for one in self.added if isinstance(one.claim, OperationClaim)]
        by_words: dict[tuple[str, str], list[tuple[_Stated, _Stated]]] = {}
        for before, after in _renamed(gone, come):
            self.operations[_operation(after.claim)] = _operation(before.claim)
            by_words.setdefault(_replaced(before.claim, after.claim), []).append((before, after))
        self._translate()
        for (was, now), pairs in by_words.items():
            before, after = pairs[0]
            self.substituted.add((was, now))
            message = f"{shown(before.claim)} became {shown(after.claim)}"
            if len(pairs) > 1:
                message = f"{was!r} became {now!r} in the paths of {len(pairs)} operations: {message}"
            yield self._change(message, [old for old, _ in pairs], [new for _, new in pairs])
        if gone or come:
            self._cancel_moved()
        paired = {id(one.claim) for pairs in by_words.values() for pair in pairs for one in pair}
        added, removed = _by_operation(self._left(self.added)), _by_operation(self._left(self.removed))
        for one in come:
            if id(one.claim) not in paired:
                below = [other for other in added[_operation(one.claim)] if other is not one]
                yield self._change(f"{shown(one.claim)} is new{_and_more(below)}", [], [one, *below])
        for one in gone:
            if id(one.claim) not in paired:
                below = [other for other in removed[_operation(one.claim)] if other is not one]
                yield self._change(f"{shown(one.claim)} is gone{_and_more(below)}", [one, *below], [])

    def _translate(self) -> None:
        """Claims about an operation that is only called otherwise are compared with those that it had before."""
        if not self.operations:
            return
        waiting = Counter(one.claim for one in self.removed)
        kept: list[_Stated] = []
        same: Counter[Claim] = Counter()
        for one in self.added:
            claim = one.claim
            name = "" if isinstance(claim, OperationClaim) else claim.operation
            before = _about(claim, self.operations.get(name, name))
            if name in self.operations and waiting[before] > same[before]:
                same[before] += 1
            else:
                kept.append(one)
        self.added = kept
        removed: list[_Stated] = []
        for one in self.removed:
            if same[one.claim] > 0:
                same[one.claim] -= 1
            else:
                removed.append(one)
        self.removed = removed

    def _cancel_moved(self) -> None:
        """What is said of another operation now, because its own came or went, has not changed."""
        waiting: dict[Claim, list[_Stated]] = {}
        for one in self._left(self.removed):
            if not isinstance(one.claim, OperationClaim):
                waiting.setdefault(_about(one.claim, ""), []).append(one)
        for other in self._left(self.added):
            before = waiting.get(_about(other.claim, ""))
            if before and not isinstance(other.claim, OperationClaim):
                self.settled |= {id(before.pop(0).claim), id(other.claim)}

    def _left(self, stated: Sequence[_Stated]) -> list[_Stated]:
        return [one for one in stated if id(one.claim) not in self.settled]

    def _sections(self) -> Iterator[Change]:
        """Sections that came or went whole."""
        for statements, others, stated, word in (
            (self.new, self.old, self.added, "is new"),
            (self.old, self.new, self.removed, "is gone"),
        ):
            known = {one.sections for one in others}
            total = Counter(one.sections for one in statements for _ in one.claims)
            by_section: dict[tuple[str, ...], list[_Stated]] = {}
            for one in self._left(stated):
                by_section.setdefault(statements[one.at].sections, []).append(one)
            for sections, found in by_section.items():
                if sections and sections not in known and len(found) == total[sections] and len(found) > 1:
                    message = f"the section {sections[-1]!r} {word}{_and_more(found)}"
                    yield self._change(message, found if word == "is gone" else [], found if word == "is new" else [])

    def _details(self) -> Iterator[Change]:
        """What is left: what is said otherwise of the same thing, what is called otherwise, what came and went."""
        pairs: list[tuple[_Stated, _Stated]] = []
        for same in (_subject, self._place_before):
            waiting: dict[object, list[_Stated]] = {}
            for one in self._left(self.removed):
                waiting.setdefault(same(one), []).append(one)
            for other in self._left(self.added):
                key = _subject(other) if same is _subject else self._place_after(other)
                if key is not None and waiting.get(key):
                    before = waiting[key].pop(0)
                    pairs.append((before, other))
                    self.settled |= {id(before.claim), id(other.claim)}
        by_statement: dict[int, list[tuple[_Stated | None, _Stated]]] = {}
        for before, after in pairs:
            by_statement.setdefault(after.at, []).append((before, after))
        for after in self._left(self.added):
            by_statement.setdefault(after.at, []).append((None, after))
        for together in _with_members(by_statement):
            messages = [difference(before.claim if before else None, after.claim) for before, after in together]
            old = [before for before, _ in together if before is not None]
            yield self._change(joined(messages), old, [after for _, after in together])
        gone: dict[int, list[_Stated]] = {}
        for one in self._left(self.removed):
            gone.setdefault(one.at, []).append(one)
        for absent in _without_members(gone):
            message = joined([f"{shown(one.claim)} is gone" for one in absent])
            yield self._change(message, absent, [])

    def _change(self, message: str, old: Sequence[_Stated], new: Sequence[_Stated]) -> Change:
        for one in old:
            self.touched_old.add(one.at)
        for one in new:
            self.touched_new.add(one.at)
        self.settled.update(id(one.claim) for one in (*old, *new))
        before = old[0].at if old else self._counterpart(new[0].at)
        words = self.old[before].text if before is not None else ""
        at = new[0].at if new else self._counterpart_of_gone(old[0].at)
        line = self._line_of_gone(old[0].at) if at is None else self._changed_line(at, words)
        return Change(line, message, words, [one.claim for one in new])

    # Places

    def _place_before(self, one: _Stated) -> object:
        """Kind and place of an accepted claim, for what is called otherwise on a line that changed."""
        return (type(one.claim), one.at, _order(self.old, one))

    def _place_after(self, one: _Stated) -> object:
        index = self._counterpart(one.at)
        return None if index is None else (type(one.claim), index, _order(self.new, one))

    def _counterpart(self, new_index: int) -> int | None:
        """The accepted statement that a changed statement replaces."""
        if new_index not in self.counterparts:
            self.counterparts[new_index] = self._found_counterpart(new_index)
        return self.counterparts[new_index]

    def _found_counterpart(self, new_index: int) -> int | None:
        tag, start, end, new_start, new_end = self.block_of_new[new_index]
        if tag == "equal" or end - start == new_end - new_start:
            return start + new_index - new_start
        if tag != "replace":
            return None
        about = start + (new_index - new_start)
        near = range(max(start, min(about, end) - _NEAR), min(end, about + _NEAR + 1))
        texts = [self.old[at].text for at in near]
        close = difflib.get_close_matches(self.new[new_index].text, texts, 1, _ALIKE)
        return near[texts.index(close[0])] if close else None

    def _counterpart_of_gone(self, old_index: int) -> int | None:
        """The statement of the page that replaces an accepted one, in other words."""
        tag, _, _, start, end = self.block_of_old[old_index]
        if tag != "replace":
            return None
        if start not in self.replacing:
            self.replacing[start] = {self._counterpart(index): index for index in reversed(range(start, end))}
        return self.replacing[start].get(old_index)

    def _changed_line(self, index: int, before: str) -> int:
        """The line of a statement, of several, on which its words are others than they were."""
        first = self.new[index].line
        last = self.new[index + 1].line if index + 1 < len(self.new) else len(self.lines)
        if not before or last <= first:
            return first
        old, new = _words_of(before), _words_of(self.new[index].text)
        at = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new) - 1))
        # A sentence may begin within its first line.
        lines = range(first, last + 1)
        placed = [(word, line) for line in lines for word in _words_of(normalised(self.lines[line - 1]))]
        start = next((one for one in range(len(placed)) if [word for word, _ in placed[one : one + 3]] == new[:3]), 0)
        return placed[start + at][1] if start + at < len(placed) else first

    def _line_of_gone(self, old_index: int) -> int:
        """The line of the page where an accepted statement would be."""
        _, start, end, new_start, new_end = self.block_of_old[old_index]
        at = new_start + (old_index - start if end - start == new_end - new_start else 0)
        return self.new[min(at, len(self.new) - 1)].line if self.new else 1

    # Text

    def rewordings(self) -> Iterator[Rewording]:
        """Changes of words that are no change of facts, after `facts` was called."""
        changed = [block for block in self.blocks if block[0] != "equal"]
        gone = {one.text for block in changed for one in self.old[block[1] : block[2]]}
        come = {one.text for block in changed for one in self.new[block[3] : block[4]]}
        for tag, start, end, new_start, new_end in changed:
            old: Sequence[int] = range(start, end)
            new: Sequence[int] = range(new_start, new_end)
            if not (self.touched_old.isdisjoint(old) and self.touched_new.isdisjoint(new)):
                if tag != "replace" or len(old) == len(new):
                    # What came or went with a fact belongs to it.
                    continue
                old = [at for at in old if at not in self.touched_old and not self.old[at].claims]
                new = [at for at in new if at not in self.touched_new and not self.new[at].claims]
            words, new_words = [self.old[at].text for at in old], [self.new[at].text for at in new]
            before, after = " ".join(words), " ".join(new_words)
            if come.issuperset(words) and gone.issuperset(new_words):
                # It only moved.
                continue
            if before == after or any(before.replace(was, now) == after for was, now in self.substituted if was):
                continue
            at = min(new_start, len(self.new) - 1)
            lines = [self.new[at].line for at in new] or [self.new[at].line if self.new else 1]
            yield Rewording(min(lines), max(lines), before, after)


# ------------------------------------------------------------------------------------------------------ comparison


def _words_of(text: str) -> list[str]:
    """The words of a text, without marks of lists, cells and headings."""
    return [word for word in text.split() if any(map(str.isalnum, word))]


def _more(statements: Sequence[Statement], others: Sequence[Statement], changed: Set[int]) -> list[_Stated]:
    """The claims that one page makes more often than the other; where it repeats one, those of statements that changed.

    `changed`: their indexes.
    """
    known = Counter(claim for one in others for claim in one.claims)
    stated = [_Stated(claim, index) for index, one in enumerate(statements) for claim in one.claims]
    spare = Counter(one.claim for one in stated)
    spare.subtract(known)
    found: list[_Stated] = []
    for one in sorted(stated, key=lambda one: one.at not in changed):
        if spare[one.claim] > 0:
            spare[one.claim] -= 1
            found.append(one)
    return sorted(found, key=lambda one: one.at)


def _renamed(gone: Sequence[_Stated], come: Sequence[_Stated]) -> Iterator[tuple[_Stated, _Stated]]:
    """Operations that are called otherwise: of the same path, or of the same method and a path that is like it.

    Where many are, only those that are named about as early are compared.
    """
    waiting: list[_Stated | None] = list(come)
    for at, one in enumerate(gone):
        near = range(max(0, at - _NEAR), min(len(waiting), at + _NEAR + 1))
        likeness = {index: _likeness(one.claim, other.claim) for index in near if (other := waiting[index]) is not None}
        best = max(likeness, key=lambda index: likeness[index], default=-1)
        found = waiting[best] if best >= 0 and likeness[best] >= _ALIKE else None
        if found is not None:
            waiting[best] = None
            yield one, found


_NEAR = 12
"""How far apart, by number, what is compared for likeness may be."""

_ALIKE = 0.6
"""From what likeness on something may be the same under another name."""


def _likeness(before: Claim, after: Claim) -> float:
    assert isinstance(before, OperationClaim)
    assert isinstance(after, OperationClaim)
    if before.method != after.method:
        return 0.9 if before.path == after.path else 0.0
    return difflib.SequenceMatcher(None, before.path, after.path).ratio()


def _replaced(before: Claim, after: Claim) -> tuple[str, str]:
    """What was replaced by what in a path, in whole segments: `/v1/` and `/v2/`."""
    assert isinstance(before, OperationClaim)
    assert isinstance(after, OperationClaim)
    if before.method != after.method:
        return before.method.upper(), after.method.upper()
    old, new = before.path.split("/"), after.path.split("/")
    head = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    ends = "/" if tail else ""
    return (
        f"/{'/'.join(old[head : len(old) - tail])}{ends}".replace("//", "/"),
        f"/{'/'.join(new[head : len(new) - tail])}{ends}".replace("//", "/"),
    )


def _subject(one: _Stated) -> object:
    """What a claim is about, without what it says of it; None if it says nothing but that it is there."""
    match one.claim:
        case FieldClaim(path=path, form=form, role=role, status=status, operation=operation):
            return ("field", path, form, role, status, operation)
        case SentenceClaim(topic=topic, subject=subject, operation=operation):
            return ("sentence", topic, subject, operation)
        case ErrorCodeClaim(code=code, operation=operation):
            return ("error", code, operation)
        case OperationClaim() | EnumClaim() | StatusClaim():
            return None
        case _:
            assert_never(one.claim)


def _order(statements: Sequence[Statement], one: _Stated) -> int:
    """Which of the claims of its kind a claim is in its statement."""
    alike = [claim for claim in statements[one.at].claims if type(claim) is type(one.claim)]
    return next((at for at, claim in enumerate(alike) if claim is one.claim), 0)


_Pair = tuple["_Stated | None", _Stated]


def _with_members(by_statement: dict[int, list[_Pair]]) -> Iterator[list[_Pair]]:
    """Each statement's changes together; members of an object that is new in a sample go with it."""
    found: list[list[_Pair]] = []
    for index in sorted(by_statement):
        together = by_statement[index]
        owner = found[-1][0][1].claim if found else None
        owner_before = found[-1][0][0].claim if found and found[-1][0][0] is not None else None
        if isinstance(owner, FieldClaim) and all(
            _is_member(after.claim, owner) and _was_member(before, owner_before) for before, after in together
        ):
            found[-1] += together
        else:
            found.append(together)
    return iter(found)


def _without_members(gone: dict[int, list[_Stated]]) -> Iterator[list[_Stated]]:
    found: list[list[_Stated]] = []
    for index in sorted(gone):
        owner = found[-1][0].claim if found else None
        if isinstance(owner, FieldClaim) and all(_is_member(one.claim, owner) for one in gone[index]):
            found[-1] += gone[index]
        else:
            found.append(gone[index])
    return iter(found)


def _was_member(before: _Stated | None, owner: Claim | None) -> bool:
    """Whether a claim was one of a member of what is called otherwise now; both are None for what is new."""
    if before is None or owner is None:
        return before is None and owner is None
    return isinstance(owner, FieldClaim) and _is_member(before.claim, owner)


def _is_member(claim: Claim, owner: FieldClaim) -> bool:
    return (
        isinstance(claim, FieldClaim)
        and claim.form == owner.form
        and claim.path.startswith((f"{owner.path}.", f"{owner.path}["))
    )


def _operation(claim: Claim) -> str:
    return claim.operation


def _by_operation(stated: Iterable[_Stated]) -> Mapping[str, list[_Stated]]:
    found: defaultdict[str, list[_Stated]] = defaultdict(list)
    for one in stated:
        found[_operation(one.claim)].append(one)
    return found


def _about(claim: Claim, operation: str) -> Claim:
    """A claim as it would be about another operation."""
    if isinstance(claim, OperationClaim):
        return claim
    return replace(claim, operation=operation)


def _and_more(stated: Iterable[_Stated]) -> str:
    count = sum(1 for _ in stated)
    return f", with {count} {'fact' if count == 1 else 'facts'}" if count else ""
