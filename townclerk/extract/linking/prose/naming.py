"""What a measure's name means where it stands: left out, narrowed by the title, of other ages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.prose.playing import Playing
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.extract.linking.scene import Scene
from townclerk.models.mentions import FigureMention, IndicatorMatch, IndicatorMention
from townclerk.models.units import Unit
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.roles import role_words
from townclerk.patterns.topics import groups_named, topic_words

# A team or scheme by its letters, right before a name.
_LETTERS = re.compile(r"\b[A-Z]{3,}\s+$")
_NAME = 12
_ENTRANTS = "yj_fte"
# What parts the words of one figure from the next one.
_PARTED = re.compile(
    r"(?:,\s+(?:and\s+|but\s+)?|\s+(?:and|but|while|whilst)\s+)(?:just\s+|only\s+|a\s+further\s+|another\s+)?$",
    re.IGNORECASE,
)
_FEW = 3
_LEAD = 40
_PROPORTION_OF = re.compile(
    r"\b(?:proportion|percentage|share|%)\s+(?:of\s+)?(?:all\s+)?(?:the\s+|our\s+)?$", re.IGNORECASE
)
# What stands right behind a figure, and behind a name and one of these words.
_BESIDE = re.compile(r"[^\d,;:.()]{1,60}")
_OF = re.compile(r"\s+(?:of|for|among|amongst|by)\s+[^\d,;:.()]{1,30}", re.IGNORECASE)
_PROTECTION = "cpp_"
# A name read with the kind of plans before it must be as good.
_SURE = 0.8
_FRONT_DOOR = "contact_referral"
_AGES = re.compile(r"\b\d\d\s?(?:-|–|to|and)\s?\d\d\b")


def left_out(mention: IndicatorMention, figure: FigureMention, sentence: Sentence) -> bool:
    """True for what a figure does not hold ("273 children, excluding the 12 young carers"), save for its own count.

    So is what only tells why the figure is as it is.
    """
    if _tells_why(mention, figure, sentence):
        return True
    left = any(
        cue.cue == "left_out"
        and cue.end <= mention.start
        and len(words_in(sentence.between(cue.end, mention.start))) < 2
        for cue in sentence.mentions.cues
    )
    return left and sentence.between(mention.end, figure.start).strip() != "("


def _tells_why(mention: IndicatorMention, figure: FigureMention, sentence: Sentence) -> bool:
    """True for what brought a figure about: "recovered to 79% in June as the vacant chair's post was filled".

    The name of a measure may have been read from the share's own sign on.
    """
    if mention.end <= figure.end:
        return False
    cause = phrasing().cause.search(sentence.between(figure.end, mention.end))
    if cause is None:
        return False
    return figure.end + cause.start() < mention.start or cause[0].lower().startswith("as")


def is_of_the_next(mention: IndicatorMention, figure: FigureMention, sentence: Sentence) -> bool:
    """True for a name behind the next share where this one has a predicate: "88% had a home and 57% were in EET"."""
    if figure.unit is not Unit.PERCENT or mention.start < figure.end:
        return False
    shares = [f for f in sentence.mentions.figures if f.unit is Unit.PERCENT and figure.end <= f.start < mention.start]
    if not shares or shares[0].bracketed or figure.bracketed:
        return False
    gap = sentence.between(figure.end, shares[0].start)
    said = words_in(gap)
    return (
        len(said) > _FEW
        and said[0] in role_words().predicates
        and said[-1] in {"and", "while", "whilst", "but"}
        and not {"respectively", "of", "for"} & set(said)
    )


def up_to_the_next(
    mention: IndicatorMention, figure: FigureMention, sentence: Sentence, knowledge: Knowledge
) -> IndicatorMention | None:
    """A name behind a figure without what a second figure in it counts; None where nothing else is named.

    Of "eleven families were approved and nine were waiting" the first figure counts those approved only.
    """
    if mention.start < figure.end:
        return mention
    for other in sentence.mentions.figures:
        if not mention.start < other.start < other.end < mention.end or "threshold_like" in other.flags:
            continue
        parted = _PARTED.search(sentence.text, mention.start, other.start)
        if parted is not None:
            matches = knowledge.spotter.read_label([sentence.between(mention.start, parted.start())], figure.unit)
            return replace(mention, end=parted.start(), matches=tuple(matches[:_FEW])) if matches else None
    return mention


def narrowed(
    mention: IndicatorMention, sentence: Sentence, scene: Scene, knowledge: Knowledge
) -> IndicatorMention | None:
    """A plain name as the title or heading above means it; None where it names nothing of ours there.

    "Referrals" in the report of an officer for allegations are referrals to that officer, "Progress 8" in that of a
    virtual school is that of children looked after.
    """
    if not mention.matches:
        return mention
    best = mention.matches[0]
    if best.needs_context and _is_of_a_team(mention, best, sentence, knowledge):
        return None
    if _counts_posts(mention, best, sentence, scene):
        return None
    if _names_bare_plans(mention, best, sentence):
        kind = _kind_of_plans(mention, sentence, scene)
        if kind is not None and not kind["protection"]:
            said = sentence.between(mention.start, mention.end)
            matches = [m for m in knowledge.spotter.read_label([f"{kind[0]} {said}"]) if m.score >= _SURE]
            matches = [m for m in matches if not m.indicator_id.startswith(_PROTECTION)]
            return replace(mention, matches=tuple(matches[:_FEW])) if matches else None
    titles = scene.titles()
    meant = topic_words().narrowed.get(best.indicator_id)
    for title in titles if meant else ():
        for match in knowledge.spotter.read_label([title])[:1]:
            if meant is not None and match.indicator_id in meant:
                return replace(mention, matches=(best._replace(indicator_id=match.indicator_id),))
    return _of_group(mention, titles, sentence)


def _counts_posts(mention: IndicatorMention, match: IndicatorMatch, sentence: Sentence, scene: Scene) -> bool:
    """True for the posts of "the team (8 FTE) started in May": first time entrants are told of with youth justice."""
    if not match.needs_context or not match.indicator_id.startswith(_ENTRANTS):
        return False
    if not any(0 <= mention.start - figure.end <= 1 for figure in sentence.mentions.figures):
        return False
    held = [one.text for one in scene.above()]
    said = (sentence.between(sentence.start, sentence.end), *held, *scene.section)
    return not any(phrasing().youth_justice.search(text) for text in said)


def _names_bare_plans(mention: IndicatorMention, best: IndicatorMatch, sentence: Sentence) -> bool:
    """True for a name of protection plans that says "plans" alone."""
    if not best.indicator_id.startswith(_PROTECTION):
        return False
    said = sentence.between(mention.start, mention.end).lower()
    # Children are "subject to" a plan of protection alone.
    return "plan" in said and "subject" not in said and phrasing().plan_kinds.search(said) is None


def _kind_of_plans(mention: IndicatorMention, sentence: Sentence, scene: Scene) -> re.Match[str] | None:
    """The kind of plans named last before a name, in its sentence or the one before; a heading of protection wins."""
    start, _ = sentence.last_before()
    kinds = list(phrasing().plan_kinds.finditer(sentence.text, start, mention.start))
    headed = any("protection" in held.text.lower() for held in scene.above())
    return kinds[-1] if kinds and not headed else None


def _is_of_a_team(mention: IndicatorMention, match: IndicatorMatch, sentence: Sentence, knowledge: Knowledge) -> bool:
    """True for the vacancies of "three of the 12 MASH posts are vacant": letters right before a plain name.

    Contacts and referrals are all the front door's, by whatever letters it goes.
    """
    if knowledge.catalogue.indicators[match.indicator_id].domain == _FRONT_DOOR:
        return False
    return _LETTERS.search(sentence.between(max(sentence.start, mention.start - _NAME), mention.start)) is not None


def _of_group(mention: IndicatorMention, titles: list[str], sentence: Sentence) -> IndicatorMention | None:
    """A name of a measure of all pupils, as a paper about one group of children means it."""
    matches = of_group(mention.matches, titles, sentence.between(sentence.start, sentence.end))
    return replace(mention, matches=matches) if matches else None


def of_group_beside(mention: IndicatorMention, figure: FigureMention, sentence: Sentence) -> IndicatorMention | None:
    """A name of a measure of all pupils, as a figure said of one group of children means it; None where not ours.

    So "80% of children looked after reached a good level of development" is no value of all children's measure.
    """
    tables = topic_words().narrowed_groups.values()
    if not mention.matches or not any(mention.matches[0].indicator_id in table for table in tables):
        return mention
    said = _BESIDE.match(sentence.text, figure.end, sentence.end)
    whole = mention.start <= sentence.start
    behind = (_OF.search if whole else _OF.match)(sentence.text, mention.start if whole else mention.end, sentence.end)
    titles = [found[0] for found in (said, behind) if found is not None]
    told = groups_named(sentence.between(*sentence.clause_at(figure.start)))
    service = [group for group in told if group in phrasing().enquired_services]
    matches = of_group(mention.matches, [*titles, *service], "")
    return replace(mention, matches=matches) if matches else None


def of_group(matches: Sequence[IndicatorMatch], titles: Sequence[str], said: str) -> tuple[IndicatorMatch, ...]:
    """What names of measures of all pupils mean under titles that are about one group; none where nothing of ours.

    Args:
        matches: The measures named, best first.
        titles: The paper's title and the headings in force.
        said: The words around the name, which may say that all pupils are meant after all.
    """
    words = topic_words()
    tables = [table for table in words.narrowed_groups.values() if matches and matches[0].indicator_id in table]
    if not tables or words.of_all.search(said.lower()):
        return tuple(matches)
    named = {group for title in titles for group in groups_named(title)}
    for group, table in words.narrowed_groups.items():
        if group in named and table in tables:
            kept: dict[str, IndicatorMatch] = {}
            for match in matches:
                narrow = table.get(match.indicator_id, match.indicator_id)
                if narrow is not None:
                    kept.setdefault(narrow, match._replace(indicator_id=narrow))
            return tuple(kept.values())
    return tuple(matches)


def of_another_age(
    playing: Playing, sentence: Sentence, label: str, knowledge: Knowledge
) -> tuple[IndicatorMatch, ...]:
    """The measure named before, of the ages that a sentence gives instead: "For those aged 19-21 it was 49%"."""
    lead = sentence.between(sentence.start, playing.figure.start)
    if _AGES.search(lead) is None or _AGES.search(label) is None:
        return ()
    matches = knowledge.spotter.read_label([label, lead], playing.figure.unit)
    return tuple(matches[:2])


def is_share_of_a_part(mention: IndicatorMention, sentence: Sentence) -> bool:
    """True for the name in "the proportion of fostered children in the council's provision": some of the part."""
    if not mention.matches or mention.matches[0].indicator_id not in role_words().parts_of_whole:
        return False
    if _PROPORTION_OF.search(sentence.text, max(sentence.start, mention.start - _LEAD), mention.start) is None:
        return False
    if not phrasing().fostered.match(sentence.text, mention.start, mention.end):
        return False
    return phrasing().some_of_part.match(sentence.text, mention.end, sentence.end) is not None


def says_of_a_part(mention: IndicatorMention, sentence: Sentence) -> bool:
    """True for "in foster care were placed" behind "of all children living": the name has taken in what is said."""
    if not mention.matches or mention.matches[0].indicator_id not in role_words().parts_of_whole:
        return False
    return bool(role_words().predicates & set(words_in(sentence.between(mention.start, mention.end))[1:]))


def is_a_part(mention: IndicatorMention, sentence: Sentence) -> bool:
    """True for "63% of foster placements are nearby": a share of the part that the words name, not the measure."""
    if not mention.matches or mention.matches[0].indicator_id not in role_words().parts_of_whole:
        return False
    named = set(words_in(sentence.between(mention.start, mention.end)))
    behind = words_in(sentence.between(mention.end, sentence.end))
    # "Half of the re-referred children had been closed".
    said = [word for word in behind if word not in role_words().people][:2]
    tells = said[:1] and said[0] in role_words().predicates and set(said[1:]).isdisjoint(role_words().tallied)
    return not named & role_words().predicates and bool(tells)
