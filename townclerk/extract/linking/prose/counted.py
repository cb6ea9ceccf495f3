"""What a figure counts: the noun behind it must be of the kind that its measure counts."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import process

from townclerk.extract.linking.prose.sentence import Sentence
from townclerk.models.indicator import Indicator
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.spans import Span
from townclerk.models.units import Unit
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.restricting import restricting_words
from townclerk.patterns.roles import role_words

_WORD = re.compile(r"[ \u00a0\n]*(?P<word>[^\W\d_][\w-]*(?:['’](?!s\b)\w+)?)(?P<own>['’]s?)?")
_LONGEST = 6
# "An average of 12 referrals a day", "on average, 65 children each": no number of all.
_ON_AVERAGE = re.compile(r"\b(?:on\s+average\b[^.;:()]*|average\s+of\b[^.;:()\d]*)$", re.IGNORECASE)
_NEAR = 70
# A plural in small letters, long enough to be no other word.
_PLURAL = re.compile(r"[a-z]{3,}[a-rt-z]s")
_MISPRINTED = 78
# A share or a bare number, the two prints whose counted thing stands right behind them.
_FORMS = frozenset({FigureForm.NUMBER, FigureForm.WORDS, FigureForm.NONE})


def counts_unknown(figure: FigureMention, sentence: Sentence, named: Span | None, field_words: frozenset[str]) -> bool:
    """Whether a bare number counts something that no measure knows: "21 health passports", "64 escalations".

    Args:
        figure: The figure.
        sentence: Where it stands.
        named: The phrase of the sentence that names its measure; what that says is known.
        field_words: The words of all measures' names.
    """
    if figure.form not in _FORMS or figure.form is FigureForm.NONE or figure.unit not in {None, Unit.COUNT}:
        return False
    found = _last_word(sentence.text, figure.end, sentence.end)
    if found is None:
        return False
    start, word = found
    if named is not None and named.start <= start < named.end:
        return False
    if word in field_words or word.removesuffix("s") in field_words:
        return False
    words = role_words()
    return word not in words.kinds and word not in words.things_plain and not _is_misprint(word)


def _last_word(text: str, start: int, end: int) -> tuple[int, str] | None:
    """The last plural in small letters right behind a figure, before a preposition or mark."""
    last: tuple[int, str] | None = None
    for count in range(_LONGEST):
        found = _WORD.match(text, start, end)
        if found is None or found["own"]:
            break
        word = found["word"]
        if word.lower() in role_words().things_stop or (count == 0 and word.lower() in role_words().things_lead_in):
            break
        if _PLURAL.fullmatch(word):
            last = found.start("word"), word
        start = found.end()
    return last


@cache
def _is_misprint(word: str) -> bool:
    """Whether a word may be a damaged print of a thing that is counted ("chi1dren", "assessrnents")."""
    words = role_words()
    return process.extractOne(word, [*words.kinds, *words.things_plain], score_cutoff=_MISPRINTED) is not None


def miscounted(figure: FigureMention, indicator: Indicator, sentence: Sentence) -> bool:
    """Whether a figure counts a kind of thing that its measure does not ("three children's homes", "70% of carers").

    Children, families, plans and visits suit many measures and are of no kind; staff, carers, premises, groups and
    papers suit the measures that are about them.

    Args:
        figure: The figure.
        indicator: The measure.
        sentence: Where the figure stands.
    """
    if figure.form is FigureForm.PARTS and indicator.unit is Unit.PERCENT:
        # "60 out of 211 social workers had a health check": no share of children.
        part = thing_counted(sentence.between(figure.end, sentence.end))
        kind = role_words().kinds.get(part) if part is not None else None
        return kind is not None and kind not in kinds_counted(indicator)
    if figure.form not in _FORMS or figure.unit not in {None, Unit.COUNT, Unit.PERCENT}:
        return False
    if indicator.unit is Unit.COUNT and _ON_AVERAGE.search(sentence.between(sentence.start, figure.start)[-_NEAR:]):
        return True
    start = figure.start if figure.form is FigureForm.NONE else figure.end
    if figure.unit is Unit.PERCENT and phrasing().of_children.match(sentence.text, start):
        # "Agencies look after 31% of our children": no share of staff.
        return kinds_counted(indicator) == {"staff"}
    if (
        indicator.unit is Unit.COUNT
        and phrasing().children_behind.match(sentence.text, figure.end)
        and not _is_of_children(indicator)
    ):
        return True
    if indicator.unit is Unit.COUNT and _is_other_event(sentence.between(figure.end, sentence.end), indicator):
        return True
    thing = thing_counted(sentence.between(start, sentence.end))
    if thing is not None and figure.unit is Unit.PERCENT and _is_share_of_others(thing, indicator):
        return True
    kind = role_words().kinds.get(thing) if thing is not None else None
    return kind is not None and kind not in kinds_counted(indicator)


@cache
def _is_of_children(indicator: Indicator) -> bool:
    """True for a measure whose definition says that children, families or their cases are counted, not staff."""
    if "staff" in kinds_counted(indicator):
        return False
    return phrasing().child.search(f"{indicator.name} {indicator.numerator or ''} {indicator.population}") is not None


def _is_share_of_others(thing: str, indicator: Indicator) -> bool:
    """True for "41% of referrals" of a measure that says no word of referrals: its share is of something else."""
    said = restricting_words().share_events.get(thing)
    return said is not None and indicator.unit is Unit.PERCENT and not said.search(described(indicator))


def _is_other_event(behind: str, indicator: Indicator) -> bool:
    """True for the conferences of "Child protection: 31 conferences held", which are no children on a plan."""
    word = _WORD.match(behind)
    if word is None or word["own"] or word["word"].lower() not in role_words().things_events:
        return False
    return word["word"].lower().rstrip("s") not in described(indicator)


@cache
def described(indicator: Indicator) -> str:
    """What a measure's name and definition say, in lower case."""
    parts = (indicator.name, indicator.numerator, indicator.denominator, indicator.population)
    return " ".join(filter(None, parts)).lower()


def thing_counted(text: str) -> str | None:
    """The plural noun that a stretch of text right behind a figure begins with, where it is a known one.

    It is the first that no other noun follows at once: "looked after children's homes" are homes, "children in homes"
    are children.
    """
    words = role_words()
    kinds = words.kinds
    position = 0
    head: str | None = None
    previous = ""
    for count in range(_LONGEST):
        found = _WORD.match(text, position)
        if found is None:
            break
        word = found["word"].lower()
        if count == 0 and word in words.things_lead_in:
            position = found.end()
            continue
        if word in words.things_stop and not (word == "after" and previous == "looked"):
            break
        named = word in kinds or word in words.things_plain
        if head is not None and not named:
            break
        if named and not found["own"]:
            head = word
        position, previous = found.end(), word
    return head


@cache
def kinds_counted(indicator: Indicator) -> frozenset[str]:
    """The kinds of things that a measure is about, by the heads of its name and definition."""
    parts = (indicator.name, indicator.numerator, indicator.denominator, indicator.population)
    found: set[str] = set()
    for part in filter(None, parts):
        for word in re.findall(r"[\w-]+", _head(part)):
            kind = role_words().kinds.get(word.lower()) or role_words().kinds.get(word.lower() + "s")
            if kind is not None:
                found.add(kind)
    return frozenset(found)


def _head(definition: str) -> str:
    """A definition up to its first preposition: "Social workers in post" is about social workers."""
    words = definition.split()
    stop = role_words().things_stop - {"or", "and"}
    for index, word in enumerate(words):
        if index and word.lower().strip(",;()") in stop:
            return " ".join(words[:index])
    return definition
