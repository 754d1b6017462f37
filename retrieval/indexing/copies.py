"""Copies of one story are found when an article comes or goes: only its own family is looked at anew.

What comes of it depends on the articles alone, not on the order in which they were added: a family is what the pairs of
copies among them join.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np

from retrieval.index.families import Entries, Member, entries_of
from retrieval.index.sketch import KEY, address_key_in, address_of
from retrieval.index.store import Store
from retrieval.indexing.likeness import KnownUnits, Profile, are_copies, are_versions, profile
from retrieval.indexing.repeats import repeats, said
from retrieval.text.jalali import JALALI_MONTHS, WEEKDAYS
from retrieval.text.orthography import bare
from retrieval.text.traits import NUMBER_WORDS
from retrieval.text.word_tables import word_set

MAX_NEIGHBOURS = 8
"""Of the articles that share a number of a sketch, each is compared with so many older and newer ones: a series may go
on for years, while copies appear within days."""

REMEMBERED_PROFILES = 512
"""Profiles that are kept while pairs are compared, some 10 KB each."""

_MONTHS, _WEEKDAYS = frozenset(map(bare, JALALI_MONTHS)), frozenset(map(bare, WEEKDAYS))
_JOINING, _CORRECTING = frozenset({bare("و")}), word_set("اصلاحیه تصحیح اصلاح‌شده")


class Copies:
    """The copies of a store during one change of it.

    Args:
        store: it has all articles and units when `finish` is called.
    """

    def __init__(self, store: Store) -> None:
        self._store, self._families = store, store.families
        self._profile = lru_cache(REMEMBERED_PROFILES)(self._profile_of)
        self._added, self._sketches, self._counts = array("q"), bytearray(), array("B")
        self._removed: dict[int, bytes] = {}
        self._unsettled: set[int] = set()

    def add(self, article: int, sketch: bytes) -> None:
        """Note that an article was added."""
        if sketch:
            self._added.append(article)
            self._sketches += sketch
            self._counts.append(len(sketch) // KEY.itemsize)

    def remove(self, article: int) -> None:
        """Note that an article is about to be removed."""
        members = self._families.members([article])
        if members[0].sketch:
            self._removed[article] = members[0].sketch
        self._unsettled.update(self._families.of([article]).values())
        self._families.drop(members)

    def touch(self, file: str) -> None:
        """Note that a file has another time, so that its articles may be newer than they were."""
        self._unsettled |= self._families.of_file(file)

    def finish(self) -> None:
        """Write which articles are copies now."""
        again = self._families.members(self._families.articles_of(self._unsettled))
        self._families.drop(again)
        added = entries_of(self._added, bytes(self._sketches), self._counts)
        removed, known = _entries(self._removed), _entries({one.number: one.sketch for one in again})
        groups = self._families.amend(added, removed, np.concatenate([added, known]))
        listed = {article for group in groups for article in group}
        if listed:
            self._join(groups, listed, {*filter(listed.__contains__, self._added), *(one.number for one in again)})

    def _join(self, groups: Sequence[Sequence[int]], listed: set[int], sought: set[int]) -> None:
        """Enter the families of the articles that are sought.

        Args:
            groups: articles that share a number of a sketch.
            listed: all of them.
            sought: articles whose families are not known.
        """
        members = {member.number: member for member in self._families.members(listed)}
        families = self._families.of(listed)
        roots = _Roots(families)
        for one, other in _pairs(groups, list(members), sought):
            if roots.of(one) != roots.of(other) and self._tell_one_story(members[one], members[other]):
                roots.join(one, other)
        joined: dict[int, set[int]] = {roots.of(article): set() for article in sought}
        for article in members:
            if (root := roots.of(article)) in joined:
                known = self._families.articles_of([families[article]]) if article in families else ()
                joined[root] |= {article, *known}
        for articles in joined.values():
            if len(articles) > 1:
                self._enter(articles)

    def _tell_one_story(self, one: Member, other: Member) -> bool:
        """Whether two articles are copies, or versions at one address."""
        profiles = self._profile(one), self._profile(other)
        return are_copies(*profiles) or (self._have_one_address(one, other) and are_versions(*profiles))

    def _have_one_address(self, one: Member, other: Member) -> bool:
        key = address_key_in(one.sketch)
        return key != b"" and key == address_key_in(other.sketch) and self._address(one) == self._address(other)

    def _address(self, member: Member) -> str:
        return address_of(self._store.article(member.number).url)

    def _enter(self, family: Iterable[int]) -> None:
        """Write a family anew. What an older version at an address says stands there no more: its newest one counts."""
        newest_first = self._families.members(family)
        self._families.drop(newest_first)
        told = {member.number: said(self._families.sentences(member), member.first) for member in newest_first}
        newer = self._newer_versions(newest_first)
        found = repeats(sentences for number, sentences in told.items() if number not in newer)
        for older, newest in newer.items():
            own = repeats([told[newest], told[older]])
            versions = {one.number: own.get(one.number, told[newest][0].number) for one in told[older]}
            found |= {sentence: found.get(version, version) for sentence, version in versions.items()}
        self._families.put([member.number for member in newest_first], found)

    def _newer_versions(self, newest_first: Sequence[Member]) -> dict[int, int]:
        """For each of some articles of which another is a newer version at the same address, the newest of them."""
        keys = Counter(address_key_in(member.sketch) for member in newest_first)
        newest: dict[str, int] = {}
        found: dict[int, int] = {}
        for member in newest_first:
            if keys[key := address_key_in(member.sketch)] > 1 and key and member.sentences:
                version = newest.setdefault(self._address(member), member.number)
                if version != member.number:
                    found[member.number] = version
        return found

    @cached_property
    def _known(self) -> KnownUnits:
        names: tuple[Iterable[str], ...] = (NUMBER_WORDS, _MONTHS, _WEEKDAYS, _JOINING, _CORRECTING)
        return KnownUnits(*(frozenset(self._store.units.numbers(its).values()) for its in names))

    def _profile_of(self, member: Member) -> Profile:
        title = self._store.units.numbers(member.title.split()).values()
        return profile(self._families.sentences(member), list(title), member.day, self._known)


def _entries(sketches: Mapping[int, bytes]) -> Entries:
    """The entries of articles with their sketches."""
    counts = [len(sketch) // KEY.itemsize for sketch in sketches.values()]
    return entries_of(list(sketches), b"".join(sketches.values()), counts)


class _Roots:
    """Which articles are joined (union–find: Tarjan, «Efficiency of a good but not linear set union algorithm», 1975).

    Args:
        families: the articles that are joined already, each with its family.
    """

    def __init__(self, families: Mapping[int, int]) -> None:
        firsts: dict[int, int] = {}
        self._parents = {article: firsts.setdefault(family, article) for article, family in families.items()}

    def of(self, article: int) -> int:
        """The article that stands for all that are joined with one."""
        path = []
        while (parent := self._parents.get(article, article)) != article:
            path.append(article)
            article = parent
        self._parents.update(dict.fromkeys(path, article))
        return article

    def join(self, one: int, other: int) -> None:
        """Join two articles, and all that are joined with them."""
        self._parents[self.of(one)] = self.of(other)


def _pairs(groups: Iterable[Sequence[int]], newest_first: Iterable[int], sought: set[int]) -> Iterator[tuple[int, int]]:
    """The pairs to compare: each article that is sought with its neighbours in its groups, each pair once."""
    order = {article: place for place, article in enumerate(newest_first)}
    given: set[tuple[int, int]] = set()
    for group in groups:
        ordered = sorted(group, key=order.__getitem__)
        for place, one in enumerate(ordered):
            if one not in sought:
                continue
            for other in ordered[max(place - MAX_NEIGHBOURS, 0) : place + MAX_NEIGHBOURS + 1]:
                pair = (min(one, other), max(one, other))
                if one != other and pair not in given:
                    given.add(pair)
                    yield pair
