"""Phrasings that decisions speak for, and what speaks against each."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from townclerk.extract.spotting.figures import find_figures
from townclerk.extract.spotting.indicators import IndicatorSpotter
from townclerk.models.indicator import Indicator
from townclerk.models.mentions import MatchKind
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.grammar import spell_out
from townclerk.store.decided import Decided
from townclerk.store.decisions.model import Decision
from townclerk.store.vocabulary import Review

_LEAST_LETTERS = 4
_MOST_WORDS = 14
_SURE = 0.95
_RIVAL = 0.6


@dataclass(slots=True, frozen=True)
class Proposal:
    """One phrase for one measure.

    Attributes:
        phrase: The words.
        indicator_id: The measure they name.
        decisions: How many decisions say so.
        marked: How many of these marked the phrase itself ("means this indicator").
        conflicts: What speaks against it, each in words; one with a conflict is shown, but not taken into the pack.
    """

    phrase: str
    indicator_id: str
    decisions: int
    marked: int
    conflicts: tuple[str, ...] = ()


def propose(decided: Iterable[Decided], marked: Iterable[Decision], catalogue: Catalogue) -> list[Proposal]:
    """Phrases that the catalogue does not read as sure yet, the most decided first.

    Args:
        decided: Observations that somebody decided on.
        marked: Decisions that mark a phrase, without those taken back.
        catalogue: What is known already.
    """
    said, rejected, marks, spelling = _counted(decided, marked)
    spotter = IndicatorSpotter(catalogue)
    found: list[Proposal] = []
    for phrase, by_indicator in said.items():
        words = spelling[phrase]
        if not _is_fit(words):
            continue
        for indicator_id, number in by_indicator.items():
            indicator = catalogue.indicators.get(indicator_id)
            if indicator is None or _is_known(words, indicator, spotter):
                continue
            against = [
                f"{_times(count)} decided as {other}"
                for other, count in sorted(by_indicator.items())
                if other != indicator_id and not _are_siblings(other, indicator_id, catalogue)
            ]
            if refused := rejected[phrase, indicator_id]:
                against.append(f"{_times(refused)} rejected as {indicator_id}")
            against += _rivals(words, indicator_id, spotter, catalogue)
            found.append(Proposal(words, indicator_id, number, marks[phrase, indicator_id], tuple(against)))
    return sorted(found, key=lambda one: (-one.decisions, one.indicator_id, one.phrase))


def as_pack(proposals: Sequence[Proposal], unknown: Counter[str], source: str) -> str:
    """The proposals as the text of a pattern pack, with what stands behind each as comments.

    Args:
        proposals: What `propose` found.
        unknown: Labels of figures that reviewers settled without an indicator, with how many decisions.
        source: The store's name.
    """
    taken: defaultdict[str, list[Proposal]] = defaultdict(list)
    for one in proposals:
        if not one.conflicts:
            taken[one.indicator_id].append(one)
    lines = [
        f"# Phrasings that reviewers decided on, learnt from {json.dumps(source, ensure_ascii=False)}.",
        "# Take out what holds for one report only, then keep the file: townclerk extract REPORTS --patterns THIS_FILE",
        "domain: local",
        "wording:" if taken else "wording: {}",
    ]
    for indicator_id, own in sorted(taken.items()):
        lines += [f"  {indicator_id}:", "    phrases:"]
        lines += [f"      - {_quoted(one.phrase)}  # {_behind(one)}" for one in own]
    contested = [one for one in proposals if one.conflicts]
    if contested:
        lines += ["", "# Not taken, because something speaks against them:"]
        lines += [
            f"#   {one.indicator_id}: {_quoted(one.phrase)}  # {_behind(one)}; {'; '.join(one.conflicts)}"
            for one in contested
        ]
    if unknown:
        lines += ["", "# Measures that the catalogue lacks, as printed (define them under `indicators:`):"]
        lines += [f"#   {_quoted(label)}  # {_times(number)}" for label, number in unknown.most_common()]
    return "\n".join(lines) + "\n"


def _counted(
    decided: Iterable[Decided], marked: Iterable[Decision]
) -> tuple[dict[str, Counter[str]], Counter[tuple[str, str]], Counter[tuple[str, str]], dict[str, str]]:
    """Decisions by phrase and indicator: for, against, and on the phrase itself; and how each phrase is spelt."""
    said: defaultdict[str, Counter[str]] = defaultdict(Counter)
    rejected: Counter[tuple[str, str]] = Counter()
    marks: Counter[tuple[str, str]] = Counter()
    spelling: dict[str, str] = {}

    def key(words: str) -> str:
        plain = _without_figure(" ".join(words.split()))
        return spelling.setdefault(plain.casefold(), plain).casefold()

    for one in decided:
        label, indicator_id = one.observation.label, one.observation.indicator_id
        if not label.strip() or indicator_id is None:
            continue
        if one.review is Review.REJECTED:
            rejected[key(label), indicator_id] += 1
        elif one.review is not Review.UNDECIDED:
            said[key(label)][indicator_id] += 1
    for mark in marked:
        after = mark.after or {}
        phrase = key(str(after.get("phrase", "")))
        said[phrase][str(after.get("indicator_id"))] += 1
        marks[phrase, str(after.get("indicator_id"))] += 1
    return said, rejected, marks, spelling


def _is_fit(words: str) -> bool:
    """Whether words can be a pack's phrase at all."""
    if sum(letter.isalpha() for letter in words) < _LEAST_LETTERS or len(words.split()) > _MOST_WORDS:
        return False
    if any(figure.unit is not None for figure in find_figures(words)):
        return False
    try:
        spell_out(words)
    except ValueError:
        return False
    return True


def _without_figure(words: str) -> str:
    """Words without the figure before them ("94% in suitable accommodation")."""
    first = next(iter(find_figures(words)), None)
    return words[first.end :].lstrip(" ,:;-–—") if first is not None and first.start == 0 else words


def _is_known(words: str, indicator: Indicator, spotter: IndicatorSpotter) -> bool:
    """Whether the catalogue reads the words so already, by themselves or with the unit of the figure beside them."""
    alone = next(iter(spotter.read_label([words])), None)
    with_unit = next(iter(spotter.read_label([words], indicator.unit)), None)
    for best in (alone, with_unit):
        if best is not None and best.indicator_id == indicator.id:
            if best.needs_context or best.kind is MatchKind.EXACT or best.score >= _SURE:
                return True
            # Which of two units of one subject is meant, the figure says; a phrase would take the other's figures.
            return alone is not None and alone.indicator_id != indicator.id
    return False


def _rivals(words: str, indicator_id: str, spotter: IndicatorSpotter, catalogue: Catalogue) -> list[str]:
    """Measures as which the catalogue reads the words, by themselves or where a heading agrees."""
    return [
        f"the catalogue reads it as {match.indicator_id} ({match.phrase})"
        for match in spotter.read_label([words])
        if match.indicator_id != indicator_id
        and match.score >= _RIVAL
        and not _are_siblings(match.indicator_id, indicator_id, catalogue)
    ]


def _are_siblings(one: str, other: str, catalogue: Catalogue) -> bool:
    """Whether two are one subject in different units: the figure's unit tells them apart, not the words."""
    first, second = catalogue.indicators.get(one), catalogue.indicators.get(other)
    if first is None or second is None or first.family is None:
        return False
    return first.family == second.family and first.unit is not second.unit


def _behind(one: Proposal) -> str:
    marked = f", {one.marked} marked the phrase itself" if one.marked else ""
    return f"{_times(one.decisions)}{marked}"


def _times(number: int) -> str:
    return "1 decision" if number == 1 else f"{number} decisions"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
