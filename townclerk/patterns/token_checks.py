"""What is wrong with a pack's spaCy token patterns, by spaCy's own word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from townclerk.patterns.packs import TokenPattern
from townclerk.patterns.token_cutting import english_tokens


def pattern_faults(pattern: TokenPattern) -> Iterator[str]:
    """Every fault of a pattern in words; spaCy is loaded for the first."""
    from spacy.errors import MatchPatternError  # noqa: PLC0415 - only a pack with patterns needs spaCy
    from spacy.matcher import Matcher  # noqa: PLC0415 - as above

    cut = english_tokens()
    anchor = cut(pattern.anchor)
    if len(anchor) != 1:
        parts = ", ".join(repr(token.text) for token in anchor)
        yield f"the anchor {pattern.anchor!r} is not one word to spaCy ({parts}); choose one of them"
    if not any(_asks_for(entry, pattern.anchor.lower()) for entry in pattern.tokens):
        yield f"no token of the pattern asks for its anchor {pattern.anchor!r}: give a word that always occurs in it"
    if all(str(entry.get("OP", "1")) in {"*", "?", "!"} for entry in pattern.tokens):
        yield "every token of the pattern may be missing: it would stand everywhere"
    matcher = Matcher(cut.vocab, validate=True)
    try:
        matcher.add("pattern", [pattern.tokens])
        matcher(anchor)
    except MatchPatternError as fault:
        yield from _each(fault)
    except (ValueError, KeyError, TypeError, re.error) as fault:
        yield f"spaCy refuses the token pattern: {' '.join(str(fault).split())}"


def _asks_for(asked: object, word: str) -> bool:
    """Whether a token's entry names a word, or describes words by a regular expression, which may mean it."""
    if isinstance(asked, Mapping):
        return any(key in {"REGEX", "FUZZY"} or _asks_for(value, word) for key, value in asked.items())
    if isinstance(asked, list):
        return any(_asks_for(value, word) for value in asked)
    return isinstance(asked, str) and asked.lower() == word


def _each(fault: Exception) -> Iterator[str]:
    """The faults of spaCy's message, which lists them as "- [where] what" below a heading."""
    told = [line.strip(" -") for line in str(fault).splitlines() if line.strip().startswith("- ")]
    for line in told or [str(fault)]:
        yield f"spaCy refuses the token pattern: {line}"
