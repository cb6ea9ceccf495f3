"""English words as spaCy cuts them, for the packs' token patterns."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer


@cache
def english_tokens() -> Tokenizer:
    """A tokenizer with spaCy's rules for English; spaCy is loaded for the first.

    Of spaCy's list of exceptions only the abbreviations ("Sept.") are taken up: with the contractions, which no measure
    is named with, and the emoticons it costs three times as much as all the rest.
    """
    from spacy.lang.en import English  # noqa: PLC0415 - only what has token patterns needs spaCy
    from spacy.tokenizer import Tokenizer  # noqa: PLC0415 - as above
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex  # noqa: PLC0415 - as above
    from spacy.vocab import create_vocab  # noqa: PLC0415 - as above

    rules = English.Defaults
    exceptions = rules.tokenizer_exceptions or {}
    return Tokenizer(
        create_vocab("en", rules),
        rules={printed: parts for printed, parts in exceptions.items() if printed.endswith(".")},
        prefix_search=compile_prefix_regex(rules.prefixes or ()).search,
        suffix_search=compile_suffix_regex(rules.suffixes or ()).search,
        infix_finditer=compile_infix_regex(rules.infixes or ()).finditer,
        token_match=rules.token_match,
        url_match=rules.url_match,
    )
