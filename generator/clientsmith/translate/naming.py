"""All names, resolved at once: what needs one is gathered first, then collisions are resolved in a fixed order.

A scope (the models, the fields of one model, the methods of one resource, the arguments of one method) is resolved in
four rounds, always sorted by address, so that the order of a document never changes a name:

    pinned    by the user in provider.toml, always wins
    locked    given before: a public name stays, whatever comes beside it
    chosen    by the author of the document (a component's key, an operationId)
    derived   by us, from its place in the document; yields to all others

Who finds its name taken tries its longer names in turn; a number is the last resort, with a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from clientsmith.records import dataclass
from clientsmith.view import Identifier

CHOSEN, DERIVED = range(2)

_BARE = ("class:", "method:")
"""What a pinned address means by itself: a class, or the method of an operation (`GET /v1/jobs/{}`). Fields and
arguments need their kind before it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that needs a name.

    Attributes:
        address: its place in the document; the key of the result, and what names are locked by.
        names: what it could be called, best first.
        rank: CHOSEN or DERIVED; an exact spelling (`exact`) goes first within its rank.
        others: addresses that pins and older locks may have for it.
    """

    address: str
    names: tuple[str, ...]
    rank: int = CHOSEN
    exact: bool = False
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class Names:
    """Names that were given before and names that are pinned, by address; collects what this run gives.

    Attributes:
        locked: from the lock of the last run.
        pinned: from provider.toml.
        given: every public name of this run, for the next lock.
        kept: addresses of the lock of which the name was given under another one.
        numbered: called with (address, name, pin) when only a number distinguishes two names, whether the lock has the
            name or not; `pin` is the key that pins another name.
        unusable: called with (address, fallback) when nothing of a name could be used.
        long: called with (address, name) for the name of a method that is very long.
    """

    locked: Mapping[str, str] = field(default_factory=dict[str, str])
    pinned: Mapping[str, str] = field(default_factory=dict[str, str])
    given: dict[str, str] = field(default_factory=dict[str, str])
    kept: set[str] = field(default_factory=set[str])
    used_pins: set[str] = field(default_factory=set[str])
    numbered: Callable[[str, str, str], None] = lambda address, name, pin: None
    unusable: Callable[[str, str], None] = lambda address, name: None
    long: Callable[[str, str], None] = lambda address, name: None

    def resolve(
        self,
        candidates: Iterable[Candidate],
        *,
        reserved: frozenset[str] = frozenset(),
        prefix: str = "",
        fallback: str = "field",
        fold: bool = False,
        public: bool = True,
        unique: bool = False,
    ) -> dict[str, Identifier]:
        """Give every candidate of one scope its name.

        Args:
            candidates: what needs a name.
            reserved: names nobody gets; who wants one gets an underscore behind it.
            prefix: put before addresses in the lock, to distinguish two names of one address (`method:`).
            fallback: what something without a usable name is called, with a number.
            fold: names that differ only in case collide (file names).
            public: whether the names go into the lock.
            unique: no two candidates are written alike (the properties of one object): then one that is called exactly
                as it is written can never lose its name, and the lock need not keep it.

        Returns:
            Address to name.
        """
        candidates = list(candidates)
        plain = self._without_dispute(candidates, reserved, fold=fold)
        if plain is not None:
            if public:
                lasting = (c.address for c in candidates if not (c.exact and unique))
                self.given.update({prefix + address: str(plain[address]) for address in lasting})
            return plain
        taken: set[str] = set()
        result: dict[str, Identifier] = {}
        todo = sorted(candidates, key=_turn)

        def key(name: str) -> str:
            return name.lower() if fold else name

        def give(address: str, name: str) -> None:
            taken.add(key(name))
            result[address] = Identifier(name)

        remaining: list[Candidate] = []
        for candidate in todo:
            known = (candidate.address, *candidate.others)
            prefixes = (prefix, "") if prefix in _BARE else (prefix,)
            pins = (kind + address for kind in prefixes for address in known)
            key_of_pin = next((address for address in pins if address in self.pinned), None)
            if key_of_pin is not None:
                pin = self.pinned[key_of_pin].rpartition(".")[2]
                self.used_pins.add(key_of_pin)
                if key(pin) not in taken and pin not in reserved:
                    give(candidate.address, pin)
                    continue
            remaining.append(candidate)
        if public and self.locked:
            unlocked, remaining = remaining, []
            for candidate in unlocked:
                addresses = (prefix + address for address in (candidate.address, *candidate.others))
                found = next((address for address in addresses if address in self.locked), None)
                old = None if found is None else self.locked[found].rpartition(".")[2]
                if old is not None and key(old) not in taken and old not in reserved and _is_safe(old):
                    give(candidate.address, old)
                    self.kept.update([found] if found is not None else [])
                    options = _options(candidate, reserved)
                    stem, _, ending = old.rpartition("_")
                    if ending.isdecimal() and old not in options and stem == _stem(options, fallback):
                        self._last_resort(candidate, old, options, prefix)
                else:
                    remaining.append(candidate)
        numbers: dict[tuple[str, int], int] = {}
        for candidate in remaining:
            options = _options(candidate, reserved)
            free = next((name for name in options if key(name) not in taken), None)
            if free is None:
                stem = _stem(options, fallback)
                first = 2 if options else 1
                number = numbers.get((stem, first), first)
                while key(f"{stem}_{number}") in taken:
                    number += 1
                # No name becomes free again, so the next one need not try the numbers before.
                numbers[stem, first] = number + 1
                free = f"{stem}_{number}"
                self._last_resort(candidate, free, options, prefix)
            give(candidate.address, free)
        if public:
            kept = (c.address for c in todo if not (c.exact and unique))
            self.given.update({prefix + address: str(result[address]) for address in kept})
        return result

    def _last_resort(self, candidate: Candidate, name: str, options: list[str], prefix: str) -> None:
        """Reports a name with a number. Also one that the lock has: what is reported depends on the inputs alone."""
        if options:
            pin = candidate.address if prefix in _BARE else f"{prefix}{candidate.address}"
            self.numbered(candidate.address, name, pin)
        else:
            self.unusable(candidate.address, name)

    def _without_dispute(
        self, candidates: list[Candidate], reserved: frozenset[str], *, fold: bool
    ) -> dict[str, Identifier] | None:
        """Everybody's first choice, where all differ and nothing else is to be looked at: most scopes, and quickly."""
        if self.pinned or self.locked or fold:
            return None
        wanted = [candidate.names[0] for candidate in candidates if candidate.names]
        if len(wanted) < len(candidates) or len(set(wanted)) < len(wanted) or not reserved.isdisjoint(wanted):
            return None
        if not all(wanted):
            return None
        return {c.address: Identifier(c.names[0]) for c in sorted(candidates, key=_turn)}


def _options(candidate: Candidate, reserved: frozenset[str]) -> list[str]:
    return [_unreserved(name, reserved) for name in dict.fromkeys(candidate.names) if name]


def _stem(options: list[str], fallback: str) -> str:
    """Returns what a number is put behind when all options are taken, or there is none."""
    return options[-1].rstrip("_") if options else fallback


def _unreserved(name: str, reserved: frozenset[str]) -> str:
    while name in reserved:
        name += "_"
    return name


def _is_safe(name: str) -> bool:
    """Returns whether a name of the lock can be given again: no run gives one that begins with an underscore."""
    if name.startswith("_"):
        return False
    try:
        Identifier(name)
    except ValueError:
        return False
    return True


def _turn(candidate: Candidate) -> tuple[int, bool, str]:
    return candidate.rank, not candidate.exact, candidate.address
