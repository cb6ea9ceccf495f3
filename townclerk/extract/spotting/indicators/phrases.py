"""Phrasings written in the packs' small grammar, spelt out and put into one automaton."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import ahocorasick

from townclerk.extract.spotting.indicators.tokens import NUMBER, Vocabulary
from townclerk.patterns.grammar import AHEAD, ANY_NUMBER, spell_out


class Hit(NamedTuple):
    """A phrasing found: what it stands for, and its tokens (end exclusive)."""

    value: int
    start: int
    end: int


class PhraseIndex:
    """Token sequences and what they stand for; finds all of them in one pass."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._values: dict[tuple[int, ...], list[tuple[int, int]]] = {}
        self._open: dict[tuple[int, ...], list[tuple[int, int]]] = {}
        self._automaton: ahocorasick.Automaton | None = None
        self._open_automaton: ahocorasick.Automaton | None = None

    def add(self, phrase: str, value: int) -> None:
        """Take up every spelling of `phrase`; `<n>` stands for any number, words behind `~` are looked at only."""
        for spelling in spell_out(phrase):
            meant, _, ahead = spelling.partition(AHEAD)
            numbers = self._numbers(meant)
            if not numbers:
                continue
            target = self._open if ANY_NUMBER in spelling else self._values
            held = target.setdefault((*numbers, *self._numbers(ahead)), [])
            if (value, len(numbers)) not in held:
                held.append((value, len(numbers)))

    def _numbers(self, spelling: str) -> list[int]:
        """The vocabulary's numbers of the words of a spelling."""
        before, *rest = spelling.split(ANY_NUMBER)
        numbers = self._learn(before)
        for part in rest:
            numbers += [NUMBER, *self._learn(part)]
        return numbers

    def _learn(self, text: str) -> list[int]:
        words = [word for word in self._vocabulary.words(text) if word not in "(),.:;"]
        pairs = zip(words, ["", *words], strict=False)
        return self._vocabulary.learn(w for w, before in pairs if not (w == "%" and before[:1].isdigit()))

    def freeze(self) -> None:
        """Make the automata; nothing can be added afterwards."""
        self._automaton = _build(self._values)
        self._open_automaton = _build(self._open)

    @property
    def keys(self) -> Iterator[tuple[int, ...]]:
        """The word sequences of all phrases."""
        yield from self._values
        yield from self._open

    def find(self, words: list[int]) -> Iterator[Hit]:
        """All plain phrases in a sequence of words."""
        if self._automaton is not None:
            yield from _walk(self._automaton, words)

    def find_open(self, words: list[int], figures: list[int]) -> Iterator[Hit]:
        """All phrases with `<n>` in a sequence of words; `figures` are the indexes of the words printed in digits."""
        if self._open_automaton is not None:
            opened = list(words)
            for index in figures:
                opened[index] = NUMBER
            yield from _walk(self._open_automaton, opened)


def _build(values: dict[tuple[int, ...], list[tuple[int, int]]]) -> ahocorasick.Automaton | None:
    if not values:
        return None
    automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY, ahocorasick.KEY_SEQUENCE)
    for key, held in values.items():
        automaton.add_word(key, (len(key), tuple(held)))
    automaton.make_automaton()
    return automaton


def _walk(automaton: ahocorasick.Automaton, words: list[int]) -> Iterator[Hit]:
    for last, (length, values) in automaton.iter(tuple(words)):
        start = last + 1 - length
        for value, meant in values:
            yield Hit(value, start, start + meant)
