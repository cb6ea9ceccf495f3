"""How close a phrase of the same sentence stands to a figure, and what lies between."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.naming import is_a_part, is_share_of_a_part, says_of_a_part
from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.models.candidate import Feature
from townclerk.models.mentions import FigureMention, IndicatorMention
from townclerk.models.units import Unit
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.roles import role_words

_OF = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:of|of all|of the|of our|of these|for)?\s*(?:all|the|an?|our|new|these)?\s*", re.IGNORECASE
)
# What divides the items of a list in which each figure stands before its words.
_LISTED = re.compile(
    r"(?:\s+(?:in|over) the (?:last|past) (?:year|12 months))?\s*(?:\([^)]*\)\s*)?(?:,\s*(?:and\s+)?|\s+and\s+)"
    r"(?:only\s+|just\s+|a (?:further|total of)\s+|another\s+)?",
    re.IGNORECASE,
)
# The same with the last words of the name before it.
_LISTED_ON = re.compile(r"(?:\s+[a-z-]+){0,2}?" + _LISTED.pattern, re.IGNORECASE)
# "547 of the referrals" are not the referrals.
_OF_ALL = re.compile(r"\s*of\s+(?:all\s+)?(?:the|our|these|those)(?:\s+(?:new|open))?\s*", re.IGNORECASE)
# "Of the stage 1 complaints received, 14 went further", "Of the contacts made 310 came from schools": some of them.
_OF_THE = re.compile(r"(?:^|[.;:]\s+)Of (?:the|all|our|these|those)(?:\s+[\w-]+){0,2}\s+$")
_JOINED = re.compile(r"(?:\band|,|;)\s+(?:a further\s+|only\s+|just\s+)?$", re.IGNORECASE)
_VERB = re.compile(r"\s+(?:had|have|has|of)\b", re.IGNORECASE)
# "Children looked after accounted for 402 of the episodes": the figure counts episodes.
_OF_OTHERS = re.compile(
    r"\s+of\s+(?:all\s+)?(?:the|these|those)\s+(?!\d|total\b|year\b|quarter\b|month\b|target\b)[a-z]", re.IGNORECASE
)
_PREDICATE = re.compile(r"\b(?:were|are|was|had|have|has)\b", re.IGNORECASE)
_AND_THEN = re.compile(r"\w\s+(?:and|but|while|whilst)\s+$", re.IGNORECASE)
# "Only 11 children and some of the moves were ...": the clause behind tells of something else.
_SAYS_MORE = re.compile(
    r"\b(?:and|but)\s+(?:some|many|most|several|others|a few|this|that|it|they|there)\b", re.IGNORECASE
)
_AND = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)
# "It stood at 384, but this included care leavers": the name behind says who is among them.
_HOLDS = re.compile(r"\b(?:includes|included)\s+(?:the\s+|all\s+|our\s+|some\s+|those\s+)?$", re.IGNORECASE)
# "58% of these were ...": a share of those told of before, and not of all.
_OF_THESE = re.compile(r"\s+of\s+(?:these|those|them|whom|which)\b(?!\s+(?:who|that|in|with|aged)\b)", re.IGNORECASE)
_NOUN = re.compile(r"\s+([a-z-]+s)\b", re.IGNORECASE)
_ITS_OWN = frozenset({"(", "for", "at"})
_WHO = re.compile(r"\s+(?:who|whose)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_BACK = 30
_STOP = re.compile(r"[;,](?!\d)")
# No more words than these stand between a share and what it is of.
_FEW_WORDS = 6
_NEW_CLAUSE = re.compile(r",\s+(?:and|but|while|whilst|whereas|with)\b", re.IGNORECASE)
# "212 assessments, of which 92% were in time": what stands behind is said of a share of them.
_PARTED = re.compile(r",\s+(?:[\w.%-]+\s+)?of (?:whom|which|them)\b", re.IGNORECASE)
OF_WHOM = re.compile(r"\bof (?:whom|which|these|those|them)\b", re.IGNORECASE)


def near(playing: Playing, mention: IndicatorMention, parts: list[Playing], sentence: Sentence) -> list[Feature]:
    """What the way between a figure and a phrase of its sentence says for and against the two."""
    figure = playing.figure
    if mention.start <= figure.start and figure.end <= mention.end:
        if _AND_THEN.search(sentence.between(mention.start, figure.start)) and not _figures_between(
            sentence.start, figure.start, parts
        ):
            return [Feature("part_of", -3.0, "the phrase is two, and the figure is another one's")]
        return [Feature("inside", 1.6, "the figure stands inside the phrase")]
    if mention.start >= figure.end:
        return _behind(playing, mention, parts, sentence)
    return _before(figure, mention, parts, sentence)


def _behind(playing: Playing, mention: IndicatorMention, parts: list[Playing], sentence: Sentence) -> list[Feature]:
    """A phrase behind the figure: "186 children on a plan", "83% of assessments were on time"."""
    figure = playing.figure
    gap = sentence.between(figure.end, mention.start)
    words = words_in(_ASIDE.sub(" ", gap))
    others = _figures_between(figure.end, mention.start, parts)
    part = _told_of_a_part(figure, mention, parts, sentence)
    if part:
        return [Feature("part_of", -3.0, part)]
    if gap.strip() == "(" and sentence.text.startswith(")", mention.end):
        return [Feature("directly_behind", 2.4, "the bracket behind the figure holds its measure's name alone")]
    if _HOLDS.search(gap):
        return [Feature("part_of", -3.0, "the words name what the figure holds among others")]
    if _OF.fullmatch(gap) and _has_its_own(mention, figure, parts, sentence):
        return [Feature("behind", 1.0, "the measure's name follows the figure, and has one in brackets of its own")]
    if _OF.fullmatch(gap):
        return [Feature("directly_behind", 1.7, "the measure's name follows the figure at once")]
    if others and gap.startswith(")") and not playing.of_elsewhere and _of_other_kind(figure, parts):
        return [Feature("part_of", -3.0, "the figure in brackets is of the words before it")]
    if others and playing.of_elsewhere and any(_is_own_level(p, figure, mention) for p in parts):
        return [Feature("behind", -3.0, "a value of our own stands between, and the measure's name is that one's")]
    if others and any(
        role_words().begun_before.search(sentence.between(figure.end, other.figure.start))
        for other in parts
        if figure.end <= other.figure.start < mention.start
    ):
        return [Feature("behind", -3.0, "the words name what this led to")]
    amount = 1.3 - 0.22 * len(words) - 1.2 * others
    if ";" in gap or ": " in gap:
        amount -= 2.0
    if "," in gap and others == 0:
        amount -= 0.5
    if _SAYS_MORE.search(gap):
        amount -= 1.5
    return [Feature("behind", max(amount, -3.0), "the measure's name follows the figure")]


def _told_of_a_part(figure: FigureMention, mention: IndicatorMention, parts: list[Playing], sentence: Sentence) -> str:
    """Why a phrase behind a figure names a part or a whole of what the figure is of; empty where it does not."""
    gap = sentence.between(figure.end, mention.start)
    counts, at_once = figure.unit in {None, Unit.COUNT}, _OF.fullmatch(gap) is not None
    # "19 of these are unaccompanied" counts those that are.
    says_so = _PREDICATE.match(sentence.text, mention.start) is not None
    if counts and _OF_ALL.fullmatch(gap) and not figure.noun and not says_so:
        return "the figure counts some of what the words name"
    if OF_WHOM.search(sentence.text, mention.start, mention.end) or (counts and _PARTED.search(gap)):
        return "the figure counts all, and the words name some of them"
    if counts and _leads_to_a_share(figure, mention, parts, sentence):
        return "the figure counts all, and the words are said of a share of them"
    if counts and _counts_some_with(gap, mention, sentence):
        return "the figure counts some of what the words name"
    if (at_once or phrasing().of_those.fullmatch(gap)) and is_a_part(mention, sentence):
        return "the figure is a share of what the words name"
    if not at_once and phrasing().of_those.fullmatch(gap) and says_of_a_part(mention, sentence):
        return "the figure is a share of what the words name"
    if counts and at_once and _is_half_named(mention, sentence):
        return "the figure counts both of two things that share a noun"
    return ""


def _leads_to_a_share(
    figure: FigureMention, mention: IndicatorMention, parts: list[Playing], sentence: Sentence
) -> bool:
    """True for the reviews of "1,600 reviews, 91.7% in timescale": the measure's name holds the share's own number.

    In "418 met in conference, 86% of conferences in time" the share has words of its own.
    """
    return any(
        other.figure.unit is Unit.PERCENT
        and not other.figure.bracketed
        and mention.start < other.figure.start
        and other.figure.end < mention.end
        and not sentence.text.startswith(" of ", other.figure.end)
        for other in parts
        if other.figure is not figure
    )


def _is_half_named(mention: IndicatorMention, sentence: Sentence) -> bool:
    """True for the first name of "402 initial and review conferences": its noun comes with the second one."""
    joined = _AND.match(sentence.text, mention.end)
    if joined is None or sentence.text[mention.end - 1] in "sn":
        return False
    return any(mention.end < other.start <= joined.end() < other.end for other in sentence.mentions.indicators)


def _of_other_kind(figure: FigureMention, parts: list[Playing]) -> bool:
    """True for the count of "Of the assessments (212), 88% were within 45 days": the next figure is a share."""
    following = next((other.figure for other in parts if other.figure.start >= figure.end), None)
    count = figure.bracketed and figure.unit in {None, Unit.COUNT}
    return count and following is not None and following.unit is Unit.PERCENT and not following.bracketed


def _counts_some_with(gap: str, mention: IndicatorMention, sentence: Sentence) -> bool:
    """True for "20 of the young people placed with foster carers were asylum seekers"."""
    if not phrasing().of_people.fullmatch(gap) or _PREDICATE.search(sentence.text, mention.start, mention.end):
        return False
    return _PREDICATE.search(sentence.text, mention.end, sentence.end) is not None


def _is_own_level(other: Playing, figure: FigureMention, mention: IndicatorMention) -> bool:
    """True for our own value between a comparator's figure and a phrase, printed in the comparator's unit."""
    level = other.part is Part.VALUE and not other.of_elsewhere and other.figure.unit is figure.unit
    return level and figure.end <= other.figure.start and other.figure.end <= mention.start


def _has_its_own(mention: IndicatorMention, figure: FigureMention, parts: list[Playing], sentence: Sentence) -> bool:
    """True for the second name of "Neglect was the reason for 44% of plans, followed by emotional abuse (33%)".

    So it is in "emotional abuse accounted for 36% of plans and neglect for 48%".
    """
    named_before = any(other.end <= figure.start for other in sentence.mentions.indicators)
    for other in parts:
        gap = sentence.between(mention.end, other.figure.start).strip() if other.figure.start >= mention.end else None
        if other.figure.unit is figure.unit and gap in _ITS_OWN and (named_before or gap == "for"):
            return True
    return False


def _before(
    figure: FigureMention, mention: IndicatorMention, parts: list[Playing], sentence: Sentence
) -> list[Feature]:
    """A phrase before the figure: "the agency rate was 13.2%"."""
    part = _part_named_before(figure, mention, sentence)
    if part:
        return [Feature("part_of", -3.0, part)]
    gap = _gap_behind(mention, figure, sentence)
    asides = [(m.start() + mention.end, m.end() + mention.end) for m in _ASIDE.finditer(gap)]
    others = _figures_between(mention.end, figure.start, [p for p in parts if not _inside(p.figure.start, asides)])
    rivals = sum(
        1
        for other in sentence.mentions.indicators
        if mention.end <= other.start and other.end <= figure.start and not _inside(other.start, asides)
    )
    amount = 1.6 - 0.06 * len(words_in(_ASIDE.sub(" ", gap))) - 0.45 * others - 0.6 * rivals
    if (
        _tells_of_share_before(mention, figure, parts, sentence)
        or _tells_of_count_before(mention, figure, parts, sentence)
    ) and _LISTED_ON.fullmatch(sentence.without(mention.end, figure.start, sentence.mentions.periods)):
        amount -= 3.0
    elif _LISTED.fullmatch(gap) and _follows_its_figure(mention, figure, parts, sentence):
        amount -= 1.6
    if ";" in gap:
        amount -= 0.0 if _goes_on(figure, sentence) else 2.0
    if figure.unit in {None, Unit.COUNT} and _OF_OTHERS.match(sentence.text, figure.end):
        amount -= 2.5
    if _NEW_CLAUSE.search(gap):
        amount -= 0.8
    if OF_WHOM.search(gap):
        amount -= 3.0 if figure.unit in {None, Unit.COUNT} else 1.5
    if _opens_clause(figure, sentence):
        amount -= 0.6
    if phrasing().following.search(sentence.text, max(sentence.start, mention.start - _BACK), mention.start):
        amount -= 1.5
    if ")" in gap and gap.rfind("(") < gap.rfind(")"):
        amount -= 1.0 if gap.find(")") < gap.find("(") or "(" not in gap else 0.0
    return [Feature("before", max(amount, -3.0), "the measure's name stands before the figure")]


def _part_named_before(figure: FigureMention, mention: IndicatorMention, sentence: Sentence) -> str:
    """Why a phrase before a figure names a part or a whole of what the figure is of; empty where it does not."""
    counts = figure.unit in {None, Unit.COUNT}
    behind = figure.end + len(figure.noun) + bool(figure.noun)
    if counts and _WHO.match(sentence.text, behind):
        # "Leaving care: there were 21 young people who turned 19".
        return "the figure counts some of what the words name"
    if counts and _counts_its_things(mention, sentence):
        return "the words only say whose the things counted are"
    if counts and phrasing().went_on.match(sentence.text, mention.end, figure.start):
        return "the figure counts those only of which something more is told"
    if is_of_these(figure, sentence):
        return "the figure is a share of those told of before"
    if figure.unit is Unit.PERCENT and is_share_of_a_part(mention, sentence):
        return "the figure is a share of what the words name"
    return "the figure counts some of what the words name" if _counts_some_of(figure, mention, sentence) else ""


def _gap_behind(mention: IndicatorMention, figure: FigureMention, sentence: Sentence) -> str:
    """What stands between a name and a figure, without the bracket that closes the name's own: "a plan (CPP)"."""
    gap = sentence.between(mention.end, figure.start)
    return gap[1:] if gap.startswith(")") and "(" in sentence.between(mention.start, mention.end) else gap


def _counts_some_of(figure: FigureMention, mention: IndicatorMention, sentence: Sentence) -> bool:
    """True for the figure of "Of the contacts received, 14% were ..."; a count needs no comma before it."""
    gap = sentence.between(mention.end, figure.start)
    if "," not in gap and (figure.unit not in {None, Unit.COUNT} or gap.strip() == "("):
        return False
    return _OF_THE.search(sentence.between(max(sentence.start, mention.start - 40), mention.start)) is not None


def _counts_its_things(mention: IndicatorMention, sentence: Sentence) -> bool:
    """True for the name in "the number of foster carer reviews": another noun follows it, and that is counted."""
    words = words_in(sentence.between(mention.start, mention.end))
    following = _NOUN.match(sentence.text, mention.end)
    if following is None or not words or words[-1] not in phrasing().owners:
        return False
    return following[1].lower() in role_words().things_plain


def is_of_these(figure: FigureMention, sentence: Sentence) -> bool:
    """True for "58% of these were ...": some of those told of before."""
    return _OF_THESE.match(sentence.text, figure.end) is not None


def _follows_its_figure(
    mention: IndicatorMention, figure: FigureMention, parts: list[Playing], sentence: Sentence
) -> bool:
    """True for a phrase that tells what the figure before it counts: "9 were adopted (14.5%), 8 ..."."""
    for other in reversed(parts):
        if other.figure.end > mention.start or other.figure is figure:
            continue
        if other.figure.bracketed or other.part not in {Part.VALUE, Part.NUMERATOR, Part.PIECE}:
            return False
        return phrasing().opens_item.fullmatch(sentence.between(other.figure.end, mention.start)) is not None
    return False


def _tells_of_share_before(
    mention: IndicatorMention, figure: FigureMention, parts: list[Playing], sentence: Sentence
) -> bool:
    """True for the first name of "46% live with our own foster carers, 22% with agency carers": it is the 46%'s.

    The comma or "and" stands behind the name and none before it; a second share has words of its own behind it.
    """
    shares = [p for p in parts if p.figure.unit is Unit.PERCENT and p.figure.end <= mention.end]
    if not shares or figure.unit is not Unit.PERCENT or figure.bracketed:
        return False
    one = shares[-1]
    # "39% of looked after children lived with ...": the name may hold the share itself.
    lead = sentence.between(one.figure.end, max(mention.start, one.figure.end))
    if one.part is not Part.VALUE or one.figure.bracketed or one.of_elsewhere or set(lead) & set(",;:()"):
        return False
    if len(words_in(lead)) > _FEW_WORDS or "and" in words_in(lead):
        return False
    return bool(phrasing().own_words.match(sentence.text, figure.end, sentence.end))


def _tells_of_count_before(
    mention: IndicatorMention, figure: FigureMention, parts: list[Playing], sentence: Sentence
) -> bool:
    """True for the name of "51 children started to be looked after and 64 stopped": those who stopped are others."""
    counts = {None, Unit.COUNT}
    if figure.unit not in counts or not phrasing().verb_behind.match(sentence.text, figure.end, sentence.end):
        return False
    before = [p.figure for p in parts if p.figure.unit in counts and p.figure.end <= mention.start]
    lead = words_in(sentence.between(before[-1].end, mention.start)) if before else []
    return bool(before) and len(lead) <= _FEW_WORDS and "and" not in lead


def _opens_clause(figure: FigureMention, sentence: Sentence) -> bool:
    """True for the subject of a clause whose measure stands behind it: "... and 82% had dental checks"."""
    return (
        _JOINED.search(sentence.between(max(sentence.start, figure.start - 12), figure.start)) is not None
        and _VERB.match(sentence.text, figure.end) is not None
        and any(mention.start >= figure.end for mention in sentence.mentions.indicators)
    )


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _goes_on(figure: FigureMention, sentence: Sentence) -> bool:
    """True for a clause that names nothing and goes on about the first measure: "; by 31 October it was 471"."""
    start = sentence.text.rfind(";", sentence.start, figure.start) + 1
    clause = sentence.without(start, figure.start, sentence.mentions.periods, sentence.mentions.areas)
    words = set(words_in(clause))
    if words:
        return words <= role_words().elliptical
    if any(
        period.start >= figure.end and len(words_in(sentence.between(figure.end, period.start))) <= 1
        for period in sentence.mentions.periods
    ):
        return True
    stop = _STOP.search(sentence.text, figure.end, sentence.end)
    return not sentence.unmarked(figure.end, stop.start() if stop else sentence.end)


def _figures_between(start: int, end: int, parts: list[Playing]) -> int:
    """How many values and targets stand between two offsets."""
    return sum(
        1
        for other in parts
        if start <= other.figure.start
        and other.figure.end <= end
        and other.part in {Part.VALUE, Part.TARGET}
        and not (other.figure.bracketed and start < other.figure.start <= start + 3)
    )
