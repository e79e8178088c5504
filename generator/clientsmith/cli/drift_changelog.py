"""A draft of the changelog entry of a client, in the form of Keep a Changelog 1.1.0, for people to paste and to edit.

    ### Removed      methods, classes and fields, by their names in Python
    ### Changed      old -> new; of a signature only what differs
    ### Added
    ### Deprecated

What changed in the document alone is one line at the end of `Changed`, if somebody should look at it. What is from a
document is printed as a code span, which it cannot leave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias, get_args

from clientsmith.cli.drift_words import next_version
from clientsmith.cli.markdown_text import code_span
from clientsmith.drift.client import keyed, paired_operations
from clientsmith.drift.comparison import Comparison
from clientsmith.drift.differences import Difference
from clientsmith.surface import ArgumentSurface, OperationSurface

Section: TypeAlias = Literal["Removed", "Changed", "Added", "Deprecated"]

LONGEST = 200
"""Characters of a signature or a value that are printed."""

_SHARED = 3
"""Methods that one change is listed for, one by one; of more, the first is named."""

_CLASSES = 20
"""Classes of one entry that are named; the rest, which went or came with methods, are counted."""

_DEPRECATIONS = ("D113", "D224", "D525")
_NO_ENTRY = (*_DEPRECATIONS, "D712", "D809", "D814")
"""Rules of which nothing is said among the changes of the document alone."""
_OF_METHODS = ("operation", "argument", "response")


def changelog(comparison: Comparison, *, show_safe: bool = False) -> str:
    """Returns the draft of a changelog entry.

    Args:
        comparison: What changed.
        show_safe: Whether to list what changed in the document alone and no caller can notice.
    """
    entries = _Entries(comparison, show_safe)
    lines = ["## [Unreleased]", "", f"Next version: **{next_version(comparison)}**."]
    sections = entries.sections()
    for section in get_args(Section):
        if found := list(dict.fromkeys(sections[section])):
            lines += ["", f"### {section}", "", *(f"- {entry}" for entry in found)]
    if len(lines) == 3:
        lines += ["", "Nothing changed for callers."]
    return "\n".join(lines) + "\n"


class _Entries:
    def __init__(self, comparison: Comparison, show_safe: bool) -> None:
        self.comparison, self.show_safe = comparison, show_safe
        self.package = comparison.new.surface.package
        old, new = comparison.old.surface, comparison.new.surface
        self.pairs = paired_operations(old, new, comparison.paired)
        self.before, self.after = keyed(old), keyed(new)
        gone = {one.subjects[0].parts[0] for one in comparison.differences if one.rule == "D529"}
        gone.update(name for one in comparison.differences for name in one.gone)
        known = {alias.old for alias in old.aliases}
        self.aliases = {alias.old: alias.new for alias in new.aliases if alias.deprecated and alias.old not in known}
        self.gone = gone - self.aliases.keys()

    def sections(self) -> dict[Section, list[str]]:
        """Returns the entries: methods first, then classes and fields, and last what changed in the document alone."""
        found: dict[Section, list[str]] = {section: [] for section in get_args(Section)}
        differences = self.comparison.differences
        found["Removed"] += [self._call(self.before[key]) for key in self._keys(self.before, "D101", "D102")]
        for one in differences:
            if one.rule == "D814" and one.old_code:
                call, _, rest = one.old_code.partition("(")
                found["Removed"].append(self._code(f"{call}({'' if rest.startswith(')') else '...'})"))
        found["Removed"] += self._listed(sorted(self.gone))
        found["Added"] += [self._call(self.after[key]) for key in self._keys(self.after, "D106")]
        found["Added"] += self._listed(one.new_code for one in differences if one.rule == "D535")
        fields = [one for one in differences if one.subjects[0].kind == "field" and one.of_rule.aspect == "presence"]
        found["Removed"] += self._fields(one for one in fields if one.old_code and not one.new_code)
        found["Added"] += self._fields(one for one in fields if one.new_code and not one.old_code)
        for section, entry in self._methods():
            found[section].append(entry)
        for one in differences:
            for section, entry in self._entry(one):
                found[section].append(entry)
        for name, now in self.aliases.items():
            old, new = (one if "." in one else f"models.{one}" for one in (name, now))
            found["Deprecated"].append(f"{self._code(old)}: use {self._code(new)}")
        for one in differences:
            of_class = one.subjects[0].parts[0] if one.subjects[0].kind in ("field", "model") else ""
            is_told = one.old_code or one.new_code or one.rule in _NO_ENTRY or of_class in self.gone
            if not is_told and (one.level != "safe" or self.show_safe):
                found["Changed"].append(_in_the_document(one))
        return found

    # --------------------------------------------------------------------------------------------------- what is named

    def _code(self, name: str) -> str:
        return code_span(f"{self.package}.{name}", LONGEST)

    def _call(self, operation: OperationSurface) -> str:
        return self._code(f"{operation.call}({'...' if operation.arguments else ''})")

    def _listed(self, classes: Iterable[str]) -> list[str]:
        """Returns one entry for many classes: `acme.models.Job`, `.Owner`."""
        names = list(classes)
        if not names:
            return []
        first = self._code(f"models.{names[0]}")
        spans = [first, *(code_span(f".{name}", LONGEST) for name in names[1:_CLASSES])]
        more = len(names) - len(spans)
        return [", ".join(spans) + (f" and {more} more" if more else "")]

    def _fields(self, differences: Iterable[Difference]) -> Iterator[str]:
        """Yields one entry for the fields of each class."""
        classes: dict[str, list[str]] = defaultdict(list)
        for one in differences:
            name = (one.old_code or one.new_code).partition(":")[0]
            classes[one.subjects[0].parts[0]].append(name)
        for name, fields in classes.items():
            first = f"models.{name}.{fields[0]}"
            yield ", ".join([self._code(first), *(code_span(f".{field}", LONGEST) for field in fields[1:])])

    def _keys(self, side: Iterable[str], *rules: str) -> list[str]:
        """Returns the keys of the operations of a side that a difference by one of the rules is about."""
        found = [one for one in self.comparison.differences if one.rule in rules and (one.old_code or one.new_code)]
        keys = {subject.parts[0] for one in found for subject in one.subjects}
        return [key for key in side if key in keys]

    # ------------------------------------------------------------------------------------------------- what changed

    def _methods(self) -> Iterator[tuple[Section, str]]:
        """Yields one entry for all that changed of a method, and one for what changed alike of many methods."""
        by_key: dict[str, list[Difference]] = defaultdict(list)
        for one in self.comparison.differences:
            if (
                one.subjects[0].kind not in _OF_METHODS
                or not (one.old_code or one.new_code)
                or one.rule in _DEPRECATIONS
            ):
                continue
            keys = [subject.parts[0] for subject in one.subjects if subject.parts[0] in self.pairs]
            if len(keys) > _SHARED:
                methods = f"{self._call(self.pairs[keys[0]][1])} and {len(keys) - 1} more methods"
                yield _section([one]), f"{methods}: {_values(one.old_code, one.new_code)}"
            else:
                for key in keys:
                    by_key[key].append(one)
        for key, found in by_key.items():
            old, new = self.pairs[key]
            if old.call in self.aliases:
                found = [one for one in found if one.rule != "D112"]
            before, after = self._outline(old, new), self._outline(new, old)
            if found and before.partition("(")[2] == after.partition("(")[2] == "...)":
                for one in found:
                    yield _section([one]), f"{self._call(new)}: {_values(one.old_code, one.new_code)}"
            elif found:
                yield _section(found), self._arrow(before, after)

    def _entry(self, difference: Difference) -> Iterator[tuple[Section, str]]:
        """Yields the entry of a difference that is not about a method."""
        subject, section = difference.subjects[0], _section([difference])
        old, new = difference.old_code, difference.new_code
        named: Section = "Changed" if old else "Added"
        if difference.rule in _DEPRECATIONS:
            yield "Deprecated", self._deprecated(difference)
        elif not (old or new) or subject.kind in _OF_METHODS or difference.rule in ("D529", "D535", "D814"):
            return
        elif subject.kind == "field":
            if old and new:
                yield section, self._typed(f"models.{subject.parts[0]}.", old, new)
        elif difference.rule == "D528":
            if subject.parts[0] not in self.aliases:
                yield section, self._arrow(f"models.{old}", f"models.{new}")
        elif subject.kind == "model":
            yield named, f"{self._code(f'models.{subject.parts[0]}')}: {_values(old, new)}"
        elif subject.kind == "error":
            yield named, self._typed("errors.", old, new)
        elif subject.kind == "client":
            yield section, self._arrow(f"Client({old})" if old else "", f"Client({new})" if new else "")
        elif subject.kind == "server":
            yield section, f"{self._code('Client(base_url)')}: {_values(old, new)}"
        else:
            yield section, self._arrow(old, new)

    def _outline(self, operation: OperationSurface, other: OperationSurface) -> str:
        """Returns a call with what the other one does not have, and `...` for the rest."""
        others = {argument.name: argument for argument in other.arguments}
        parts: list[str] = []
        for argument in operation.arguments:
            part = _argument(argument)
            is_other = argument.name not in others or part != _argument(others[argument.name])
            if is_other:
                parts.append(part)
            elif parts[-1:] != ["..."]:
                parts.append("...")
        returns = f" -> {operation.returns}" if operation.returns != other.returns else ""
        return f"{operation.call}({', '.join(parts)}){returns}"

    def _typed(self, prefix: str, old: str, new: str) -> str:
        """Returns what became of something with a type, which is named once: `size: int` and `size: str`."""
        (name, _, was), (now_name, _, now) = old.partition(": "), new.partition(": ")
        if was and now and name == now_name:
            return f"{self._code(prefix + name)}: {_values(was, now)}"
        return self._arrow(prefix + old if old else "", prefix + new if new else "")

    def _arrow(self, old: str, new: str) -> str:
        if not old or not new:
            return f"{self._code(old or new)} is {'gone' if old else 'new'}"
        return f"{self._code(old)} → {self._code(new)}"

    def _deprecated(self, difference: Difference) -> str:
        """Returns what is deprecated: methods, an argument of some, or a field."""
        subject = difference.subjects[0]
        if subject.kind == "field":
            return self._code(f"models.{'.'.join(subject.parts)}")
        keys = [one.parts[0] for one in difference.subjects]
        calls = [self._call(self.pairs[key][1]) for key in keys if key in self.pairs]
        of_argument = f": {code_span(subject.parts[1], LONGEST)}" if len(subject.parts) > 1 else ""
        return (", ".join(calls) or code_span(keys[0], LONGEST)) + of_argument


def _section(differences: Iterable[Difference]) -> Section:
    return "Added" if all(one.level == "safe" and not one.old_code for one in differences) else "Changed"


def _argument(argument: ArgumentSurface) -> str:
    return f"{argument.name}: {argument.annotation}" + (f" = {argument.default}" if argument.default else "")


def _values(old: str, new: str) -> str:
    before, after = code_span(old, LONGEST), code_span(new, LONGEST)
    return f"{before} → {after}" if old and new else f"{before} is gone" if old else f"{after} is new"


def _in_the_document(difference: Difference) -> str:
    what = code_span(": ".join(difference.subjects[0].parts), LONGEST)
    more = f" and {len(difference.subjects) - 1} more" if len(difference.subjects) > 1 else ""
    change = "" if difference.old == difference.new else f": {_values(difference.old, difference.new)}"
    return f"{what}{more}: {difference.of_rule.slug.replace('-', ' ')}{change}"
