"""The place that a figure is of: named beside it, or with its measure ("the national re-referral rate")."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.contrasted import contrasted
from townclerk.extract.linking.prose.headed import PARTED_BY, is_headed, is_labelled_behind
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.models.area import AreaKind
from townclerk.models.digits import has_digit
from townclerk.models.mentions import AreaMention, FigureMention, IndicatorMention
from townclerk.models.spans import blanked
from townclerk.models.units import RATES
from townclerk.patterns.area_words import load_area_words
from townclerk.patterns.kept import kept
from townclerk.patterns.phrases import branches
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.roles import role_words

# "81.4 per 10,000 - England 67": the place is the next figure's.
_DASHED = re.compile(r"\s[–—-]\s*")
# "The figure for England in the previous year (68%)", the time left out.
_THEN = re.compile(r"\s+(?:in|for|at)(?:\s+the)?\s*\(\s*", re.IGNORECASE)
_NUMBER_NEXT = re.compile(r"\s+\d")
# What a time leaves that was taken out, in brackets or behind its preposition; "England as a whole" is England.
_EMPTY = re.compile(r"\(\s*\)|^\s+as a whole\b", re.IGNORECASE)
_BEFORE_TIME = re.compile(r"\b(?:in|at|on|during)\b", re.IGNORECASE)
_SAID = re.compile(r"\b(?:was|were|is|are|stood|stands)\b", re.IGNORECASE)
# What may lead to a place.
_OPENS = frozenset({"in", "for", "across", "the"})
_BACK = 40
# What may stand between a place and the colon of its list.
_OF_LEVEL = frozenset({"average", "averages", "figures", "figure", "data", "level", "levels", "rates", "all", "and"})
# How far before a place the word stands that sets a value against it.
_THAN_REACH = 50
_PER = re.compile(r"\bper\s+10+,?0*\b", re.IGNORECASE)
_CLOSED = re.compile(r"(?:\s+(?:average|avg|mean|rate|figure))?\s*[)\]]", re.IGNORECASE)
# "The England average for ...": the words of the measure come next.
_AVERAGE_FOR = re.compile(r"\s*(?:(?:average|avg|mean|rate|figure|level)s?\s+)?(?:for|of|in)\s", re.IGNORECASE)
_THAN = re.compile(r"\b(?:than|above|below)\b[^.;:()\d]*$", re.IGNORECASE)
_WITH = re.compile(r"\s*(?:(?:average|level|figure)s?)?\s*,\s*with\s+(?:only\s+|just\s+)?", re.IGNORECASE)
# "Above national levels at 7.9%".
_LEVELS_AT = re.compile(r"\s*(?:average|level|figure|rate)?s?\s+at\s+(?:just\s+|only\s+)?", re.IGNORECASE)
_COLON = re.compile(r"\s*(?:(?:average|level|figure)s?)?(?:\s+(?:in|for|at|of))?\s*:\s*", re.IGNORECASE)
_COMPARED_WITH = re.compile(r"\s*(?:compared (?:to|with)|(?:as )?against|in comparison (?:to|with))\s*", re.IGNORECASE)
_COMPARED = re.compile(r"\s*(?:compared|against|as against|in comparison)\b", re.IGNORECASE)


@kept
def _before_measure() -> tuple[re.Pattern[str], dict[str, AreaKind]]:
    """Finds, at the end of a text, the words that say whose a measure is, and the kind of place that each names."""
    kinds = load_area_words().kinds
    of = {
        phrase: kind
        for kind, words in (
            (AreaKind.ENGLAND, kinds.england),
            (AreaKind.REGION, kinds.region),
            (AreaKind.STATISTICAL_NEIGHBOURS, kinds.statistical_neighbours),
        )
        for phrase in words.before_measure
    }
    return re.compile(rf"(?<!\w)(?P<place>{branches(of)})(?:\s+(?:average|avg|mean))?\s+$", re.IGNORECASE), of


def place_of_measure(figure: FigureMention, sentence: Sentence) -> AreaMention | None:
    """The place that an adjective right before the name of a figure's measure tells: "regional LAC: 58"."""
    mention = _named_before(figure, sentence)
    if mention is None:
        return None
    pattern, kinds = _before_measure()
    # A name may begin with the adjective's own word or with "rate of".
    found = pattern.search(sentence.text, max(sentence.start, mention.start - _BACK), mention.start)
    if found is None or not is_of_measure(*found.span("place"), figure, sentence):
        return None
    kind = kinds[" ".join(found["place"].lower().split())]
    return AreaMention(*found.span("place"), kind)


def _named_before(figure: FigureMention, sentence: Sentence) -> IndicatorMention | None:
    named = [m for m in sentence.mentions.indicators if m.matches and m.end <= figure.start]
    return named[-1] if named else None


def is_of_measure(start: int, end: int, figure: FigureMention, sentence: Sentence) -> bool:
    """True where a place stands right before the name of the measure that a figure behind it is of.

    So in "the national re-referral rate was 22%", "In England, the share of re-referrals is 22%" and "Kent's LAC: 67".

    Args:
        start: Where the place's words begin.
        end: Where they end.
        figure: The figure.
        sentence: Where they stand.
    """
    mention = _named_before(figure, sentence)
    if mention is None or mention.end <= end:
        return False
    if any(end <= other.start and other.end <= figure.start for other in sentence.mentions.figures):
        return False
    periods = sentence.mentions.periods
    lead = sentence.without(end, mention.start, periods) if mention.start > end else ""
    behind = sentence.without(mention.end, figure.start, periods)
    words = role_words()
    if not set(words_in(lead)) <= words.place_leads or has_digit(lead) or set(";.()") & set(lead):
        return False
    if (
        not set(words_in(behind)) <= words.place_before | words.movements
        or has_digit(behind)
        or set(";.),") & set(behind)
    ):
        return False
    # "Compared with England, re-referrals were 22%" tells our own.
    opens = set(words_in(sentence.between(sentence.start, start))) <= _OPENS
    return opens or not set(",:") & set(lead)


def area_beside(figure: FigureMention, sentence: Sentence) -> AreaMention | None:
    """The place named right before or right behind a figure, or before it in a list of other places' values."""
    told, place = contrasted(figure, sentence)
    return place if told else _named_beside(figure, sentence)


def _named_beside(figure: FigureMention, sentence: Sentence) -> AreaMention | None:
    best = _listed(figure, sentence)
    periods = sentence.mentions.periods
    for area in sentence.mentions.areas:
        if area.end <= figure.start:
            gap = _EMPTY.sub(" ", sentence.without(area.end, figure.start, periods))
            if _surpassed(gap, area, figure, sentence):
                continue
            if _set_against(area, figure, sentence):
                best = area
            if _tells_of(gap, area, figure, sentence) or is_of_measure(area.start, area.end, figure, sentence):
                best = area
            if "," in gap and _is_of_another(area, sentence):
                continue
            if _leads(_without_time_word(gap, area, figure, sentence)) or has_moved(area, figure, sentence):
                best = area
        elif area.start >= figure.end and (best is None or _labels(area, figure, sentence)):
            gap = sentence.between(figure.end, area.start)
            if gap.strip() in {"(", "["} and _CLOSED.match(sentence.text, area.end):
                return area
            heads_next = _NUMBER_NEXT.match(sentence.text, area.end) is not None
            if heads_next and (_DASHED.fullmatch(gap) or (not gap.strip() and is_headed(sentence))):
                continue
            if not has_digit(gap) and set(words_in(gap)) <= role_words().place_behind and not set(";([.,:") & set(gap):
                return area
    return best


def _listed(figure: FigureMention, sentence: Sentence) -> AreaMention | None:
    """The place last named before a figure under a word for benchmarks: "Comparators 2018: England LAC 64, CP 43"."""
    told = sentence.without(sentence.start, figure.start, sentence.mentions.periods) if sentence.mentions.areas else ""
    lead = phrasing().benchmarks.match(told)
    if lead is None:
        return _heading_list(figure, sentence) if ":" in told else None
    opens = sentence.start + lead.end()
    named = [area for area in sentence.mentions.areas if opens <= area.start and area.end <= figure.start]
    return named[-1] if named and not sentence.between(opens, named[0].start).strip() else None


def _heading_list(figure: FigureMention, sentence: Sentence) -> AreaMention | None:
    """The place that a sentence begins with and sets a list behind: "England 13/14: dental checks 84%, SDQ 13.9"."""
    first = sentence.mentions.areas[0]
    if first.is_own or sentence.between(sentence.start, first.start).strip(" (-–") or first.end > figure.start:
        return None
    behind = sentence.without(first.end, figure.start, sentence.mentions.periods)
    head, colon, listed = behind.partition(":")
    told = words_in(listed)
    if not colon or not set(words_in(head)) <= _OF_LEVEL or ";" in listed or {"our", "ours", "we"} & set(told):
        return None
    others = [area for area in sentence.mentions.areas[1:] if area.end <= figure.start]
    return first if not others else None


def _labels(area: AreaMention, figure: FigureMention, sentence: Sentence) -> bool:
    """True for a place right behind a figure where that is how the sentence names each figure's."""
    return not sentence.between(figure.end, area.start).strip(PARTED_BY) and is_labelled_behind(sentence)


def _without_time_word(gap: str, area: AreaMention, figure: FigureMention, sentence: Sentence) -> str:
    """What stands between a place and a figure, less the word that a time there left behind: "was in"."""
    if _SAID.search(gap) and any(
        area.end <= time.start and time.end <= figure.start for time in sentence.mentions.periods
    ):
        return _BEFORE_TIME.sub(" ", gap, count=1)
    return gap


def _leads(gap: str) -> bool:
    """True where what stands between a place and a figure, times left out, hands the figure to the place."""
    if _THEN.fullmatch(gap):
        return True
    return not has_digit(gap) and set(words_in(gap)) <= role_words().place_before and not set(";).") & set(gap)


def has_moved(area: AreaMention, figure: FigureMention, sentence: Sentence) -> bool:
    """True for both figures of "the England average rose from 21% to 22%", which are that place's."""
    mentions = sentence.mentions
    if phrasing().place_moved.fullmatch(
        sentence.without(area.end, figure.start, mentions.periods, mentions.figures)
    ) is None or any(area.end <= named.start < figure.start for named in mentions.indicators):
        return False
    lead = sentence.between(max(sentence.start, area.start - _BACK), area.start)
    return phrasing().place_not_subject.search(lead) is None


def _is_of_another(area: AreaMention, sentence: Sentence) -> bool:
    """True for the first place of "67 in England, 74 in the North West": it stands behind a figure of its own."""
    before = [figure for figure in sentence.mentions.figures if figure.end <= area.start]
    gap = words_in(sentence.between(before[-1].end, area.start)) if before else []
    return bool(gap) and set(gap) <= _OPENS


def _tells_of(gap: str, area: AreaMention, figure: FigureMention, sentence: Sentence) -> bool:
    """True where a place's own measure is named behind it.

    So in "higher than our neighbours, where the rate of children looked after is 62" and "the England average for
    children with three or more placements is 11%".
    """
    average = _AVERAGE_FOR.match(gap) is not None
    if words_in(gap)[:1] not in (["where"], ["whose"]) and not average:
        return False
    named = [m for m in sentence.mentions.indicators if area.end <= m.start and m.end <= figure.start]
    gap = blanked(gap, named, area.end)
    if average and not named:  # "above the regional average in 2015-16: 76% against 67%"
        return False
    if average and not set(words_in(gap)) <= role_words().place_before | role_words().place_behind:
        return False
    return not has_digit(_PER.sub(" ", gap)) and not set(";.") & set(gap)


def _surpassed(gap: str, area: AreaMention, figure: FigureMention, sentence: Sentence) -> bool:
    """True where a place is only what the authority's own value is better or worse than.

    So in "better than comparators, with 90%" and "lower than England: 4% compared with 6% nationally".
    """
    if not _THAN.search(sentence.between(max(sentence.start, area.start - _THAN_REACH), area.start)):
        return False
    if _WITH.fullmatch(gap) or _LEVELS_AT.fullmatch(gap):
        # "Steady at 18.2%, and better than statistical neighbours at 21%": ours was told before.
        return not any(other.end <= area.start and _alike(other, figure) for other in sentence.mentions.figures)
    return _COLON.fullmatch(gap) is not None and _COMPARED.match(sentence.text, figure.end) is not None


def _alike(one: FigureMention, other: FigureMention) -> bool:
    """True for two figures in one unit; the second of two rates may be bare: "226.5 per 10,000", "England at 180.1"."""
    return one.unit is other.unit is not None or (other.unit is None and other.decimals > 0 and one.unit in RATES)


def _set_against(area: AreaMention, figure: FigureMention, sentence: Sentence) -> bool:
    """True for the second figure of "above the England average: 16% against 13%", which is that place's."""
    ours = [other for other in sentence.mentions.figures if area.end <= other.start and other.end <= figure.start]
    if len(ours) != 1:
        return False
    gap = sentence.without(area.end, ours[0].start, sentence.mentions.periods)
    if not _surpassed(gap, area, ours[0], sentence):
        return False
    return _COMPARED_WITH.fullmatch(sentence.between(ours[0].end, figure.start)) is not None
