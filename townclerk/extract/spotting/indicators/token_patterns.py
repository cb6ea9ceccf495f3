"""spaCy token patterns of the packs: each tried only in passages that hold its anchor word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from townclerk.patterns.token_cutting import english_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.matcher import Matcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from townclerk.patterns.packs import TokenPattern


class PatternHit(NamedTuple):
    """A token pattern found: what it stands for, and its characters (end exclusive)."""

    value: int
    start: int
    end: int


class TokenPatterns:
    """Token patterns by their anchor word, and what each stands for.

    spaCy is needed only where an anchor occurs with all the words that one of its patterns cannot do without: a
    catalogue without patterns, or a passage without their words, never touches it.
    """

    def __init__(self) -> None:
        self._needs: dict[str, list[list[tuple[str, ...]]]] = {}
        self._patterns: dict[str, list[tuple[int, TokenPattern]]] = {}
        self._matchers: dict[str, Matcher] = {}
        self._vocab: Vocab | None = None

    def add(self, pattern: TokenPattern, value: int) -> None:
        """Take up a pattern."""
        anchor = pattern.anchor.lower()
        self._patterns.setdefault(anchor, []).append((value, pattern))
        self._needs.setdefault(anchor, []).append(list(_words_needed(pattern)))

    def find(self, text: str, doc: Doc | None = None) -> list[PatternHit]:
        """All patterns in a passage, in order of place; of one pattern's overlapping matches the longest.

        Args:
            text: The passage.
            doc: The same passage as spaCy tokens; made here where it is not given.
        """
        lowered = text.lower()
        anchors = [anchor for anchor in self._patterns if _stands_in(anchor, lowered) and self._may(anchor, lowered)]
        if not anchors:
            return []
        doc = doc if doc is not None else english_tokens()(text)
        if self._vocab is not doc.vocab:
            self._vocab, self._matchers = doc.vocab, {}
        words = {token.lower_ for token in doc}
        hits: set[PatternHit] = set()
        for anchor in anchors:
            if anchor in words:
                hits.update(self._match(anchor, doc))
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.value))

    def _may(self, anchor: str, lowered: str) -> bool:
        """Whether a text holds the words that one of an anchor's patterns cannot do without."""
        return any(all(any(word in lowered for word in words) for words in needs) for needs in self._needs[anchor])

    def _match(self, anchor: str, doc: Doc) -> list[PatternHit]:
        matcher = self._matchers.get(anchor)
        if matcher is None:
            matcher = self._matchers[anchor] = self._matcher(anchor, doc.vocab)
        found = []
        for key, start, end in matcher(doc):
            words = doc[start:end]
            found.append(PatternHit(int(doc.vocab.strings[key]), words.start_char, words.end_char))
        return found

    def _matcher(self, anchor: str, vocab: Vocab) -> Matcher:
        from spacy.matcher import Matcher  # noqa: PLC0415 - labels and plain phrases need no spaCy

        matcher = Matcher(vocab)
        for value, pattern in self._patterns[anchor]:
            matcher.add(str(value), [pattern.tokens], greedy="LONGEST")
        return matcher


def _words_needed(pattern: TokenPattern) -> Iterator[tuple[str, ...]]:
    """For each token that a pattern cannot do without and that it asks for by its letters: the words it may be."""
    for token in pattern.tokens:
        asked = token.get("LOWER")
        if token.get("OP", "1") not in ("1", "+") or asked is None:
            continue
        words = (asked,) if isinstance(asked, str) else asked.get("IN", ())
        if words and all(word.isascii() for word in words):
            yield tuple(words)


def _stands_in(anchor: str, lowered: str) -> bool:
    """Whether a word stands in a text with no letter run into it: no token that is the word stands anywhere else."""
    start = lowered.find(anchor)
    while start >= 0:
        end = start + len(anchor)
        if not lowered[start - 1 : start].isalpha() and not lowered[end : end + 1].isalpha():
            return True
        start = lowered.find(anchor, start + 1)
    return False
