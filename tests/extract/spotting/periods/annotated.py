"""Sentences with their times marked: `in [[September=2021-09]]` says that "September" is found and means that month."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"\[\[(?P<words>[^=\]]+)=(?P<code>[^\]]*)\]\]")


@dataclass(frozen=True)
class Marked:
    text: str
    spans: tuple[tuple[int, int, str], ...]


def read(sentence: str) -> Marked:
    """The plain text and, for each mark, its start, end and code."""
    text = ""
    spans = []
    last = 0
    for match in _MARK.finditer(sentence):
        text += sentence[last : match.start()]
        spans.append((len(text), len(text) + len(match["words"]), match["code"]))
        text += match["words"]
        last = match.end()
    return Marked(text + sentence[last:], tuple(spans))
