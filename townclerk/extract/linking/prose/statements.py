"""Where a sentence strung together with semicolons falls into statements that stand on their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from townclerk.extract.linking.prose.sentence import Sentence

_JOINT = re.compile(r";\s+(?:and\s+)?", re.IGNORECASE)
# Words of its own with which a statement without a known measure still has a subject of its own.
_SUBJECT_WORDS = 4


def statements(sentence: Sentence) -> Iterator[Sentence]:
    """Cut a sentence at the semicolons whose both sides tell figures of subjects of their own.

    Minutes string whole reports together so. A side that only goes on ("; by 31 October it was 471") is not cut off.
    """
    held = sentence.mentions
    if ";" not in sentence.between(sentence.start, sentence.end) or any(
        cue.cue in {"respectively", "in_that_order"} for cue in held.cues
    ):
        yield sentence
        return
    start = sentence.start
    for joint in _JOINT.finditer(sentence.text, sentence.start, sentence.end):
        front = Sentence.cut(sentence.where, start, joint.start())
        stop = _JOINT.search(sentence.text, joint.end(), sentence.end)
        behind = Sentence.cut(sentence.where, joint.end(), stop.start() if stop else sentence.end)
        if front.mentions.figures and not _in_brackets(front) and _stands_alone(behind):
            yield front
            start = joint.end()
    yield Sentence.cut(sentence.where, start, sentence.end)


def _in_brackets(front: Sentence) -> bool:
    """True where a bracket opened in a text is still open at its end."""
    text = front.between(front.start, front.end)
    return text.count("(") > text.count(")")


def _stands_alone(statement: Sentence) -> bool:
    """True for a statement with a figure and a subject of its own."""
    held = statement.mentions
    if not held.figures:
        return False
    if held.indicators:
        return True
    return len(statement.unmarked(statement.start, statement.end)) >= _SUBJECT_WORDS
