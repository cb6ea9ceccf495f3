"""The words of a text that may name a measure; blanks stand for those that only look like it."""

from __future__ import annotations

from townclerk.extract.spotting.periods import find_periods
from townclerk.models.spans import blanked
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.roles import role_words

_LONG_FORMS = frozenset({"year_to", "months_to"})


def naming(text: str) -> str:
    """A text, as long as it was, with blanks for what its measures are not named with.

    So are what a measure counts in or leaves out ("(including UASC)"), words with a measure's word in them
    ("multi-agency"), and times told by their end: "as September closed", "in the 12 months ending 31 March".

    Args:
        text: Running text or a label.
    """
    words = role_words()
    for pattern in (words.asides, words.no_measure):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    ending = phrasing().ending
    if not ending.search(text):
        return text
    periods = [period for period in find_periods(text) if ending.search(period.text)]
    return blanked(text, (p for p in periods if p.expression.at_end or p.expression.form in _LONG_FORMS))
