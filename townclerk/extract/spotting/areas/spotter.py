"""Finding places in running text and in table heads: one automaton over all names and phrases, then a look around."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ahocorasick
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from townclerk.extract.spotting.areas.entries import Case, Entry, Where, entries, fold
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.area import AreaKind
from townclerk.models.mentions import AreaMention
from townclerk.models.spans import blanked, is_free
from townclerk.patterns.area_words import load_area_words
from townclerk.patterns.gazetteer import Gazetteer

_GLUED_FROM = 4
# A head shorter than this has too many neighbours one letter away ("Bury", "Bath"); one longer is no head.
_FUZZY_FROM, _FUZZY_TO = 8, 40
# A name of so many letters may have one of them wrong, a longer one two.
_MISSPELT_FROM, _TWO_WRONG_FROM = 6, 12
_MOST_REMEMBERED = 4096
_FUZZY_SCORE, _FUZZY_MARGIN = 88, 4
_WORDS_OF_HEAD = re.compile(r"\s*(?P<words>[A-Z][^\W\d_]*(?:[ .'’&-]+[^\W\d_]+)*)[^A-Za-z]*$")
_JOINED = re.compile(r"\s*(?:(?:,|/|&|\+|and|or|than)\s*)+(?:the\s+)?")
_IN_A_ROW = re.compile(r"[\s,/&+]*(?:(?:and|or)\s+)?")
_FIGURE_BEFORE = re.compile(r"\d[\d.,]*\s?%?\s*[(,;:]?\s*(?:in|for|by|the|of)?\s*$")


@dataclass(slots=True)
class _Hit:
    """A phrase at a place, with the organisation's words around it taken in."""

    start: int
    end: int
    entry: Entry
    supported: bool


class AreaSpotter:
    """Finds the places a text names.

    Args:
        gazetteer: The authorities to know by name.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._words = load_area_words()
        phrases: dict[str, list[Entry]] = {}
        for folded, entry in entries(gazetteer, self._words):
            known = phrases.setdefault(folded, [])
            if not any(one.where is entry.where and one.case is entry.case for one in known):
                known.append(entry)
        self._spellings = {
            folded: found[0]
            for folded, found in phrases.items()
            if len(folded) >= _FUZZY_FROM and found[0].kind is not None and found[0].where is Where.ANYWHERE
        }
        self._names = {
            folded: found[0]
            for folded, found in phrases.items()
            if len(folded) >= _MISSPELT_FROM - 1 and found[0].kind is AreaKind.AUTHORITY and found[0].is_place
        }
        self._near: dict[str, Entry | None] = {}
        self._heads: dict[str, AreaMention | None] = {}
        self._automaton = ahocorasick.Automaton()
        for folded, found in phrases.items():
            self._automaton.add_word(folded, (len(folded), found))
        self._automaton.make_automaton()
        organisation = self._words.organisation
        self._after = re.compile(rf"\s+(?:{_either(organisation.after)})(?:'s)?(?![a-z0-9])")
        self._before = re.compile(rf"(?<![a-z0-9])(?:{_either(organisation.before)})\s+$")
        self._not_before = re.compile(rf"(?:'s)?[\s-]+(?:{_either(self._words.not_before)})(?![a-z0-9])")
        self._not_after = re.compile(rf"(?<![a-z0-9])(?:{_either(self._words.not_after)})\s+$")
        self._figure_after = re.compile(
            rf"[\s:;,(=*'-]*(?:'s)?\s*(?:(?:{_either(self._words.copulas)})\s+)*[(=<>~£]*\s*\d|\s*[:)]?\s*$"
        )
        self._fillers = frozenset(self._words.cell_fillers)

    def find(self, text: str) -> list[AreaMention]:
        """Every place named in running text, in order, without overlaps.

        Words that mean the reporting authority without naming it ("ours", "the council") carry `is_own`.
        """
        folded = fold(text)
        hits = list(self._hits(text, folded))
        sure = [hit for hit in hits if hit.entry.where is Where.ANYWHERE and self._is_sure(hit, hits, folded)]
        sure += [hit for hit in hits if hit.entry.where is Where.BESIDE_FIGURE and self._beside(hit, folded)]
        chosen = _longest_first(sure)
        joined = [hit for hit in hits if hit.entry.where is Where.BESIDE_FIGURE and _is_joined(hit, chosen, folded)]
        if joined:
            chosen = _longest_first([*sure, *joined])
        return [_mention(hit) for hit in chosen if hit.entry.kind is not None]

    def read_cell(self, text: str) -> AreaMention | None:
        """The one place that a row's or column's head names ("SN avg 2017/18", "LA", "Wexcombe69.5").

        None where the head names no place, or several.
        """
        if text not in self._heads:
            if len(self._heads) >= _MOST_REMEMBERED:
                self._heads.clear()
            self._heads[text] = self._named_by(text)
        return self._heads[text]

    def _named_by(self, text: str) -> AreaMention | None:
        folded = fold(text)
        hits = _longest_first(list(self._hits(text, folded)))
        places = [hit for hit in hits if hit.entry.kind is not None]
        if any(hit.entry.where is not Where.ANYWHERE for hit in places):
            bare = self._is_bare(text, folded, hits)
            places = [hit for hit in places if bare or hit.entry.where is Where.ANYWHERE]
        named = [hit for hit in places if not hit.entry.is_own] or places
        if not named:
            return self._nearly(text, folded)
        if len({(hit.entry.kind, hit.entry.name) for hit in named}) != 1:
            return None
        return _mention(named[0])

    def _nearly(self, text: str, folded: str) -> AreaMention | None:
        """The place a damaged head means ("Stat Nelghbours", "Lelcestershire"), where one is clearly nearest."""
        match = _WORDS_OF_HEAD.match(text)
        if match is None or not _FUZZY_FROM <= match.end("words") - match.start("words") <= _FUZZY_TO:
            return None
        words = folded[match.start("words") : match.end("words")]
        if words not in self._near:
            if len(self._near) >= _MOST_REMEMBERED:
                self._near.clear()
            self._near[words] = self._nearest(words)
        entry = self._near[words]
        if entry is None:
            return None
        return _mention(_Hit(match.start("words"), match.end("words"), entry, supported=True))

    def misspelt(self, text: str) -> AreaMention | None:
        """The one authority whose name a damaged head nearly is ("Shetfield"), beside heads that are places."""
        folded = fold(text.strip())
        if len(folded) < _MISSPELT_FROM or len(folded) > _FUZZY_TO:
            return None
        reach = 1 if len(folded) < _TWO_WRONG_FROM else 2
        near = [name for name in self._names if Levenshtein.distance(folded, name, score_cutoff=reach) <= reach]
        found = {self._names[name].name: self._names[name] for name in near}
        return _mention(_Hit(0, len(text), next(iter(found.values())), supported=True)) if len(found) == 1 else None

    def _nearest(self, words: str) -> Entry | None:
        """The entry whose spelling is clearly the nearest to some words."""
        near = process.extract(words, self._spellings.keys(), scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE, limit=2)
        if not near:
            return None
        entry, other = self._spellings[near[0][0]], self._spellings[near[-1][0]]
        if near[0][1] - near[-1][1] < _FUZZY_MARGIN and (other.kind, other.name) != (entry.kind, entry.name):
            return None
        return entry

    def _hits(self, text: str, folded: str) -> Iterable[_Hit]:
        """Every phrase as whole words in the right case, with "London Borough of" and "County Council" taken in."""
        for last, (length, found) in self._automaton.iter(folded):
            start, end = last + 1 - length, last + 1
            if not _whole(folded, start, end, found[0].is_place):
                continue
            for entry in found:
                if not _case_fits(text[start:end], entry):
                    continue
                if entry.is_place and self._is_something_else(folded, start, end):
                    continue
                yield self._widened(folded, start, end, entry)

    def _is_something_else(self, folded: str, start: int, end: int) -> bool:
        return bool(self._not_before.match(folded, end) or self._not_after.search(folded, max(0, start - 24), start))

    def _widened(self, folded: str, start: int, end: int, entry: Entry) -> _Hit:
        if entry.kind is not AreaKind.AUTHORITY or not entry.is_place:
            return _Hit(start, end, entry, supported=True)
        supported = False
        if match := self._after.match(folded, end):
            end, supported = match.end(), True
        match = self._before.search(folded, max(0, start - 40), start)
        if match is not None and match.group().strip() != "the":
            start, supported = match.start(), True
        return _Hit(start, end, entry, supported)

    def _is_sure(self, hit: _Hit, hits: Sequence[_Hit], folded: str) -> bool:
        """An ambiguous name needs its organisation's words, a figure beside it or another authority in its row."""
        if not hit.entry.ambiguous or hit.supported:
            return True
        if self._beside(hit, folded):
            return True
        names = [one for one in hits if one.entry.is_place and not one.entry.ambiguous]
        return _is_joined(hit, names, folded, _IN_A_ROW)

    def _beside(self, hit: _Hit, folded: str) -> bool:
        if self._figure_after.match(folded, hit.end):
            return True
        return bool(_FIGURE_BEFORE.search(folded, max(0, hit.start - 24), hit.start)) and (
            folded[hit.end : hit.end + 1] in ("", ")", ",", ".", ";")
        )

    def _is_bare(self, text: str, folded: str, hits: Sequence[_Hit]) -> bool:
        """True where nothing but areas, times, numbers and fillers stands in a head."""
        rest = blanked(blanked(folded, hits), find_periods(text))
        return all(word in self._fillers for word in re.findall(r"[a-z][a-z']+", rest))


def _either(words: Sequence[str]) -> str:
    """A choice of phrases for a regular expression, longest first.

    Raises:
        ValueError: If there is none: an empty choice would match everywhere.
    """
    if not words:
        raise ValueError("a choice of no words")
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(fold(word)).replace(r"\ ", r"\s+") for word in ordered)


def _whole(folded: str, start: int, end: int, is_place: bool) -> bool:
    """True for whole words; a figure may be glued to a name or a phrase of some length."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if before.isalnum() and not (before.isdigit() and end - start >= _GLUED_FROM):
        return False
    if after.isalpha() or (after.isdigit() and end - start < _GLUED_FROM):
        return False
    if after == "-" and is_place and folded[end + 1 : end + 2].isalpha():
        return False
    return not (before == "-" and is_place and folded[start - 2 : start - 1].isalpha())


def _case_fits(printed: str, entry: Entry) -> bool:
    if entry.case is Case.EXACT:
        return printed == entry.printed
    if entry.case is Case.CAPITAL:
        first = next((one for one in printed.removeprefix("the ") if one.isalpha()), "")
        return first.isupper()
    return True


def _is_joined(hit: _Hit, others: Sequence[_Hit], folded: str, joined: re.Pattern[str] = _JOINED) -> bool:
    """True where only "and", a comma or a stroke parts a hit from another ("regional and national averages")."""
    return any(
        (other.end <= hit.start and joined.fullmatch(folded, other.end, hit.start) is not None)
        or (hit.end <= other.start and joined.fullmatch(folded, hit.end, other.start) is not None)
        for other in others
        if other is not hit and other.entry.kind is not None
    )


def _longest_first(hits: Sequence[_Hit]) -> list[_Hit]:
    """Hits without overlaps, the longest kept, in order of start."""
    chosen: list[_Hit] = []
    taken: list[tuple[int, int]] = []
    for hit in sorted(hits, key=lambda one: (one.start - one.end, one.start, one.entry.where is not Where.ANYWHERE)):
        if is_free(taken, hit.start, hit.end):
            insort(taken, (hit.start, hit.end))
            chosen.append(hit)
    return sorted(chosen, key=lambda one: one.start)


def _mention(hit: _Hit) -> AreaMention:
    entry = hit.entry
    assert entry.kind is not None  # noqa: S101 - silent wordings were taken out
    return AreaMention(hit.start, hit.end, entry.kind, entry.name, entry.gss_code, entry.is_own)
