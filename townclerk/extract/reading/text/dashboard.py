"""A dashboard page flattened into one run: tile words, chart labels and sentences in one line, cut apart.

Nothing is lost: the parts cover every character that is not blank, in order.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import Enum

from townclerk.extract.reading.text.knowledge import Knowledge

_TOKEN = re.compile(r"\S+")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
_NUMERIC = re.compile(
    rf"[-+–—−(]*£?\d[\d,.]*%?\)?(?:[-+–—]+\d+)?|#{{2,}}|{_MONTH}[-–'’]?(?:\d\d|\d{{4}})?|q[1-4]|[-–—]|\W*\$\\.*",
    re.IGNORECASE,
)
_MONTH_TOKEN = re.compile(rf"{_MONTH}[-–'’]\d\d|{_MONTH}", re.IGNORECASE)
_TIME_TOKEN = re.compile(rf"{_MONTH_TOKEN.pattern}|q[1-4]", re.IGNORECASE)
_DATE = re.compile(rf"(?:{_MONTH}|q[1-4])\s+(?:\d\d|\d{{4}})(?:[/–-]\d\d(?:\d\d)?)?", re.IGNORECASE)
_FULL_DATE = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\s+\d{4}")
_STOP = re.compile(r"[.!?](?=[*\"'’”)]*(?:\s+[\"'(‘“*]*[A-Z0-9%\-+a-z]|\s*$))")
# A line that begins with a label of its own ("Comment: ...") carries no line above it on.
_LABELLED = re.compile(r"\n\s*([A-Z][A-Za-z ]{2,28}:\s)")
_LOWER_WORD = re.compile(r"(?<![^\s(*\"'‘“])[a-z][a-z'’-]*")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_LOWER = 3
_LONG_RUN = 4
_MANY_NUMBERS = 15
_FEW = 4
_COLUMN_OF_NUMBERS = 8


class Part(Enum):
    """What a stretch of a dashboard line is."""

    TILE = "tile"
    SENTENCE = "sentence"
    CHART = "chart"


@dataclass(slots=True)
class Stretch:
    """A part of a dashboard line, as offsets in it."""

    part: Part
    start: int
    end: int


def tile_phrases(text: str, known: Knowledge) -> list[re.Match[str]]:
    """Tile words in a text, those left out that open a statement ("Target was met")."""
    return [match for match in known.tile_phrase.finditer(text) if not _opens_statement(text, match, known)]


def _opens_statement(text: str, match: re.Match[str], known: Knowledge) -> bool:
    """True where the next word is a finite verb."""
    following = _WORD.match(text, match.end() + 1) if text[match.end() : match.end() + 1].isspace() else None
    return following is not None and following[0] in known.statement_verbs


def cut(text: str, known: Knowledge) -> list[Stretch]:
    """Cut a dashboard line into tile, sentence and chart stretches, in order of the line."""
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    numeric = [_NUMERIC.fullmatch(text[start:end]) is not None for start, end in tokens]
    bounds = sorted(
        [match.end() for match in tile_phrases(text, known)]
        + [match.end() for match in known.chart_phrase.finditer(text)]
        + _run_ends(tokens, numeric)
        + [match.start(1) for match in _LABELLED.finditer(text)]
    )
    sentences = _find_sentences(text, bounds)
    _take_unfinished(text, tokens, numeric, sentences, bounds)
    stretches: list[Stretch] = []
    position = 0
    for start, end in sentences:
        stretches += _cut_rest(text, tokens, numeric, position, start, known)
        stretches.append(Stretch(Part.SENTENCE, start, end))
        position = end
    stretches += _cut_rest(text, tokens, numeric, position, len(text), known)
    return stretches


def _run_ends(tokens: list[tuple[int, int]], numeric: list[bool]) -> list[int]:
    """Where runs of two or more numbers end: a sentence can begin there."""
    return [
        tokens[index][1]
        for index in range(1, len(tokens))
        if numeric[index] and numeric[index - 1] and not (index + 1 < len(tokens) and numeric[index + 1])
    ]


def _find_sentences(text: str, bounds: list[int]) -> list[tuple[int, int]]:
    """Spans of sentences: from the last bound before a full stop, if enough small-letter words stand between."""
    found: list[tuple[int, int]] = []
    at = 0
    last_end = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        while end < len(text) and text[end] in "*\"'’”)":
            end += 1
        start = last_end
        while at < len(bounds) and bounds[at] < end:
            start = max(start, bounds[at])
            at += 1
        start = _first_word(text, start, end)
        if _reads_as_sentence(text[start:end]):
            if found and not text[last_end:start].strip():
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
            last_end = end
        elif found and not text[last_end:start].strip():
            last_end = end
            found[-1] = (found[-1][0], end)
    return found


def _first_word(text: str, start: int, end: int) -> int:
    """Skip blanks, and a number that stands before a capital: the tile's last value, not the sentence's first word."""
    while start < end and (text[start].isspace() or text[start] in "▲▼◄►.|"):
        start += 1
    if lone := re.compile(r"[-+]?[\d,.]+%?\s+(?=[A-Z])").match(text, start, end):
        return lone.end()
    return start


def _reads_as_sentence(text: str) -> bool:
    """True where at least three words, and half of all, are in small letters."""
    lower = len(_LOWER_WORD.findall(text))
    return lower >= _FEWEST_LOWER and lower * 2 >= len(_WORD.findall(text))


def _take_unfinished(
    text: str,
    tokens: list[tuple[int, int]],
    numeric: list[bool],
    sentences: list[tuple[int, int]],
    bounds: list[int],
) -> None:
    """Let a sentence take the words behind it that a chart broke off ("This is a ratio of Mar-19 Apr-19")."""
    for index, (start, end) in enumerate(sentences):
        limit = sentences[index + 1][0] if index + 1 < len(sentences) else len(text)
        first, last = _between(tokens, end, limit)
        words = tokens[first : next((at for at in range(first, last) if numeric[at]), last)]
        if len(words) == last - first and limit < len(text):
            continue
        phrase = words and bisect_right(bounds, words[0][0]) < bisect_right(bounds, words[-1][1])
        if (
            words
            and not phrase
            and text[words[0][0]].isupper()
            and _reads_as_sentence(text[words[0][0] : words[-1][1]])
        ):
            sentences[index] = (start, words[-1][1])


def _between(tokens: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Indexes of the tokens that begin from `start` on and before `end`."""
    return bisect_left(tokens, (start,)), bisect_left(tokens, (end,))


def _cut_rest(
    text: str, tokens: list[tuple[int, int]], numeric: list[bool], start: int, end: int, known: Knowledge
) -> list[Stretch]:
    """Cut what is no sentence into tile and chart."""
    inside = list(range(*_between(tokens, start, end)))
    if not inside:
        return [Stretch(Part.TILE, start, end)] if text[start:end].strip() else []
    chart = _chart_tokens(text, tokens, numeric, inside)
    for match in known.chart_phrase.finditer(text, start, end):
        chart.update(index for index in inside if match.start() <= tokens[index][0] < match.end())
    stretches: list[Stretch] = []
    for index in inside:
        part = Part.CHART if index in chart else Part.TILE
        first, last = max(tokens[index][0], start), min(tokens[index][1], end)
        if stretches and stretches[-1].part is part:
            stretches[-1].end = last
        else:
            stretches.append(Stretch(part, first, last))
    return stretches


def _chart_tokens(text: str, tokens: list[tuple[int, int]], numeric: list[bool], inside: list[int]) -> set[int]:
    """The tokens that are axis months and bar labels: long runs of numbers, the few percentages in a run left out."""
    shortest = _LONG_RUN - 1 if sum(numeric[index] for index in inside) >= _MANY_NUMBERS else _LONG_RUN
    chart: set[int] = set()
    for run in _runs(text, tokens, numeric, inside):
        if len(run) < shortest:
            continue
        said = [text[tokens[index][0] : tokens[index][1]].strip("()") for index in run]
        if run[0] and _are_told(said):
            # "Target 9% Q3 9.9% Q2 10.4%": the value of the label before, then times with a value each.
            continue
        apart = {index for index, token in zip(run, said, strict=True) if token.endswith(("%", "#"))}
        few = len(apart) * 2 < len(run) and len(apart) <= _FEW
        chart.update(run if not few or any(map(_MONTH_TOKEN.fullmatch, said)) else set(run) - apart)
    return chart


def _are_told(said: list[str]) -> bool:
    """True for a percentage and then times, each with a percentage behind it."""
    times = [_TIME_TOKEN.fullmatch(token) is not None for token in said]
    alternate = all(time is bool(place % 2) for place, time in enumerate(times))
    return len(said) % 2 == 1 and alternate and all(token.endswith("%") for token in said[::2])


def _runs(text: str, tokens: list[tuple[int, int]], numeric: list[bool], inside: list[int]) -> list[list[int]]:
    """Numbers in a row; a short row that is printed over several lines is one row a line."""
    runs: list[list[int]] = [[]]
    for index in inside:
        if not numeric[index]:
            runs.append([])
        else:
            runs[-1].append(index)
    result: list[list[int]] = []
    for run in runs:
        result.append([])
        for before, index in zip([None, *run], run, strict=False):
            line_end = before is not None and "\n" in text[tokens[before][1] : tokens[index][0]]
            if line_end and len(run) < _COLUMN_OF_NUMBERS:
                result.append([])
            result[-1].append(index)
    return result


def is_residue(text: str) -> bool:
    """True for a line of nothing but two or more axis labels: numbers, percentages, months; one date is none."""
    tokens = text.split()
    if len(tokens) < 2 or not all(_NUMERIC.fullmatch(token) for token in tokens):
        return False
    return _DATE.fullmatch(text) is None and _FULL_DATE.fullmatch(text) is None
