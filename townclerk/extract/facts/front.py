"""What stands on the front of a report, laid out for the readers of facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from townclerk.extract.facts.words import FactWords
from townclerk.models.document import Block, BlockKind
from townclerk.models.passage import Passage

LABELLED_LINE = re.compile(r"(?P<label>[A-Z][A-Za-z ]{1,28}?)\s*:\s*(?P<value>\S.*)", re.DOTALL)
_FRONT_BLOCKS = 40
_FRONT_CHARACTERS = 6000


@dataclass(slots=True, frozen=True)
class Front:
    """The front of a report.

    Attributes:
        blocks: All its blocks.
        front: Those of the front: the first blocks, up to some length of text.
        labels: Values of labelled lines and rows by the label's meaning.
    """

    blocks: Sequence[Block]
    front: Sequence[Block]
    labels: dict[str, list[Passage]]


def read_front(blocks: Sequence[Block], words: FactWords) -> Front:
    """Lay out the front of a report (or of one paper of an agenda pack)."""
    front: list[Block] = []
    length = 0
    for block in blocks[:_FRONT_BLOCKS]:
        front.append(block)
        length += len(block.passage.text)
        if length > _FRONT_CHARACTERS:
            break
    return Front(blocks, front, _labels(front, words))


def _labels(front: Sequence[Block], words: FactWords) -> dict[str, list[Passage]]:
    """Labelled values: "Label: value" lines, two-cell rows, and a label alone above its value."""
    found: dict[str, list[Passage]] = {key: [] for key in words.labels}
    for block, below in zip_longest(front, front[1:]):
        if block.kind is BlockKind.TABLE and block.table is not None:
            for row in block.table.rows:
                if len(row) >= 2:
                    _note(found, row[0].passage.text.strip(" :"), row[1].passage, words)
            continue
        if match := LABELLED_LINE.fullmatch(block.passage.text):
            _note(found, match["label"], block.passage.slice(match.start("value"), match.end("value")), words)
        elif block.passage.text.endswith(":") and below is not None and below.kind is not BlockKind.TABLE:
            _note(found, block.passage.text.strip(" :"), below.passage, words)
    return found


def _note(found: dict[str, list[Passage]], label: str, value: Passage, words: FactWords) -> None:
    """Put a value under every meaning its label has."""
    for key, pattern in words.labels.items():
        if pattern.fullmatch(label):
            found[key].append(value)


def span_of(passage: Passage, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """The place of a part of a passage in the document's text, None where it has none."""
    try:
        return passage.source_span(start, len(passage.text) if end is None else end)
    except ValueError:
        return None
