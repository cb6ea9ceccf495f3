"""English words as spaCy cuts them, for the packs' token patterns."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from townclerk.patterns.kept import recalled

if TYPE_CHECKING:
    import re

    from spacy.tokenizer import Tokenizer


@cache
def english_tokens() -> Tokenizer:
    """A tokenizer with spaCy's rules for English; spaCy is loaded for the first.

    Of spaCy's list of exceptions only the abbreviations ("Sept.") are taken up: with the contractions, which no measure
    is named with, and the emoticons it costs three times as much as all the rest.
    """
    from spacy.about import __version__  # noqa: PLC0415 - only what has token patterns needs spaCy
    from spacy.lang.en import English  # noqa: PLC0415 - as above
    from spacy.tokenizer import Tokenizer  # noqa: PLC0415 - as above
    from spacy.vocab import create_vocab  # noqa: PLC0415 - as above

    rules = English.Defaults
    exceptions = rules.tokenizer_exceptions or {}
    prefix, suffix, infix = recalled(f"{__name__}-{__version__}", _affixes)
    return Tokenizer(
        create_vocab("en", rules),
        rules={printed: parts for printed, parts in exceptions.items() if printed.endswith(".")},
        prefix_search=prefix.search,
        suffix_search=suffix.search,
        infix_finditer=infix.finditer,
        token_match=rules.token_match,
        url_match=rules.url_match,
    )


def _affixes() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What English words are cut at before, behind and inside them; to compile it takes as long as to read a page."""
    from spacy.lang.en import English  # noqa: PLC0415 - as above
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex  # noqa: PLC0415 - as above

    rules = English.Defaults
    return (
        compile_prefix_regex(rules.prefixes or ()),
        compile_suffix_regex(rules.suffixes or ()),
        compile_infix_regex(rules.infixes or ()),
    )
