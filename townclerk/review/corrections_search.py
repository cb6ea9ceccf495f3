"""Search as one types, over the measures of the catalogue and the places of the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from townclerk.models.area import AreaKind
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.gazetteer import Gazetteer

_CANDIDATES = 400
_NEARLY = 80.0
_LEAST = 45.0
_UNIT_BONUS = 6.0

AREA_KINDS = {
    AreaKind.ENGLAND: "England",
    AreaKind.STATISTICAL_NEIGHBOURS: "Statistical neighbours",
    AreaKind.REGION: "Region",
    AreaKind.GOOD_OUTSTANDING: "Good or outstanding authorities",
    AreaKind.OTHER: "Another group of places",
}
"""Places without a name of their own, as a person reads them."""


@dataclass(slots=True, frozen=True)
class IndicatorHit:
    """A measure found by its words.

    Attributes:
        indicator_id: Its id.
        name: What it measures.
        unit: What it is counted in.
        domain: Its chapter of the catalogue.
        matched: The wording that was found, where it is not the name.
        score: 0 to 100 and a little over.
    """

    indicator_id: str
    name: str
    unit: str
    domain: str
    matched: str
    score: float


@dataclass(slots=True, frozen=True)
class AreaHit:
    """A place found by its name.

    Attributes:
        value: What the form sends back: a kind (`england`), or a kind and a name (`authority:Wexcombe`).
        label: How a person reads it.
        gss_code: Its code, where known.
        score: 0 to 100.
    """

    value: str
    label: str
    gss_code: str | None
    score: float


class IndicatorSearch:
    """Measures by id, name or any wording of the packs."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._entries = list(_wordings(catalogue))
        self._plain = [utils.default_process(text) for _, text in self._entries]

    def find(self, words: str, unit: str | None = None, limit: int = 8) -> list[IndicatorHit]:
        """The measures most like the words; of two equally like, the one counted in `unit`."""
        asked = utils.default_process(words)
        if not asked:
            return []
        best: dict[str, tuple[float, str]] = {}
        for _, likeness, place in process.extract(asked, self._plain, scorer=fuzz.WRatio, limit=_CANDIDATES):
            indicator_id, text = self._entries[place]
            score = 0.5 * likeness + 0.5 * coverage(asked, self._plain[place])
            # Of wordings that hold all that was typed, the one that says least beside it is meant.
            score -= 0.1 * max(0, len(self._plain[place]) - len(asked)) ** 0.5
            if score > best.get(indicator_id, (0.0, ""))[0]:
                best[indicator_id] = (score, text)
        hits = [self._hit(indicator_id, score, text, unit) for indicator_id, (score, text) in best.items()]
        likely = [hit for hit in hits if hit.score >= _LEAST]
        return sorted(likely, key=lambda hit: (-hit.score, hit.indicator_id))[:limit]

    def _hit(self, indicator_id: str, score: float, text: str, unit: str | None) -> IndicatorHit:
        one = self._catalogue.indicators[indicator_id]
        bonus = _UNIT_BONUS if unit and one.unit.value == unit else 0.0
        matched = "" if text in {one.name, indicator_id.replace("_", " ")} else text
        return IndicatorHit(indicator_id, one.name, one.unit.value, one.domain, matched, round(score + bonus, 1))


class AreaSearch:
    """Places by name: authorities, regions, and the groups that have no name."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._hits: list[AreaHit] = []
        self._plain: list[str] = []
        seen: set[str] = set()
        for one in gazetteer.authorities:
            if one.valid_to is not None or one.name in seen:
                continue
            seen.add(one.name)
            self._enter(AreaHit(f"authority:{one.name}", one.name, one.gss_code, 0.0), (one.name, *one.short_names))
        for region in sorted({one.region for one in gazetteer.authorities if one.region}):
            self._enter(AreaHit(f"region:{region}", f"{region} (region)", None, 0.0), (region, f"{region} region"))
        for group in (*gazetteer.regions, *gazetteer.groups):
            kind = AreaKind.REGION if group in gazetteer.regions else AreaKind.OTHER
            self._enter(AreaHit(f"{kind.value}:{group.name}", group.name, group.gss_code, 0.0), (group.name,))
        for kind, label in AREA_KINDS.items():
            self._enter(AreaHit(kind.value, label, None, 0.0), (label, kind.value.replace("_", " ")))

    def find(self, words: str, reporting: str | None = None, limit: int = 8) -> list[AreaHit]:
        """The places most like the words; the report's own authority first where nothing is typed."""
        asked = utils.default_process(words)
        if not asked:
            own = [hit for hit in self._hits if reporting and hit.value == f"authority:{reporting}"]
            unnamed = [hit for hit in self._hits if ":" not in hit.value]
            return list(dict.fromkeys([*own, *unnamed]))[:limit]
        best: dict[str, AreaHit] = {}
        for _, likeness, place in process.extract(asked, self._plain, scorer=fuzz.WRatio, limit=_CANDIDATES):
            hit = self._hits[place]
            score = round(0.5 * likeness + 0.5 * coverage(asked, self._plain[place]), 1)
            if hit.value not in best or score > best[hit.value].score:
                best[hit.value] = AreaHit(hit.value, hit.label, hit.gss_code, score)
        own_first = f"authority:{reporting}"
        likely = [hit for hit in best.values() if hit.score >= _LEAST]
        return sorted(likely, key=lambda hit: (-hit.score, hit.value != own_first, hit.label))[:limit]

    def _enter(self, hit: AreaHit, names: Sequence[str]) -> None:
        for name in names:
            self._hits.append(hit)
            self._plain.append(utils.default_process(name))


def coverage(asked: str, text: str) -> float:
    """How much of what was typed begins a word of the text, 0 to 100; a word nearly spelt right counts for less."""
    words = text.split()
    total = 0.0
    typed = asked.split()
    for word in typed:
        if any(other.startswith(word) for other in words):
            total += 100.0
        else:
            nearest = max((fuzz.ratio(word, other) for other in words), default=0.0)
            total += nearest * 0.9 if nearest >= _NEARLY else 0.0
    return total / len(typed)


def _wordings(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Everything a measure may be searched by."""
    for indicator_id, one in catalogue.indicators.items():
        yield indicator_id, indicator_id.replace("_", " ")
        yield indicator_id, one.name
        for code in one.codes:
            yield indicator_id, code
        for wording in catalogue.wordings[indicator_id]:
            for phrase in (*wording.phrases, *wording.everyday):
                yield indicator_id, phrase
