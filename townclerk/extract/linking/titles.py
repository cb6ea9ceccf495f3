"""Titles that are no headings to the reader: the line right above a table, and a table of one row."""

from __future__ import annotations

from dataclasses import replace

from townclerk.extract.facts.meeting import is_stamp
from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.facts import explains
from townclerk.extract.linking.rows.heads import names_labels
from townclerk.extract.linking.scene import Scene, SpottedBlock
from townclerk.models.document import Block, BlockKind
from townclerk.models.passage import Passage
from townclerk.models.period import Period
from townclerk.patterns.table_words import table_words
from townclerk.patterns.topics import topic_words

_LONGEST_NAME = 24
_FEWEST_WORDS, _LONGEST_BESIDE = 3, 4
# Blocks that a table's heads may stand in below its title.
_MOST_BETWEEN = 3
_PAIR, _LEVEL, _MOST_OF_HEAD = 2, 3, 0.5


def titled_row(block: Block, knowledge: Knowledge) -> Block | None:
    """The heading that a table of one row is; None for another block.

    Args:
        block: A block.
        knowledge: For the measures that a title names.
    """
    rows = block.table.rows if block.table is not None else []
    filled = [cell.passage for cell in rows[0] if cell.passage.text.strip()] if len(rows) == 1 else []
    if len(filled) < _PAIR:
        return None
    if len(filled) == _PAIR and _is_headed(*filled):
        title = filled[1]
    elif _is_named(filled, knowledge):
        title = filled[0]
    else:
        return None
    return replace(block, kind=BlockKind.HEADING, level=_LEVEL, table=None, passage=title)


def _is_headed(head: Passage, name: Passage) -> bool:
    """True for the head of a measure's name and the name: "Measure | Repeat referrals" over a box of facts."""
    # "% of referrals with no further action" holds the word of a head ("No") and is none.
    text = head.text.strip(" :")
    whole = names_labels(text) and table_words().column_kinds(text)[0][1] >= _MOST_OF_HEAD * len(text)
    return whole and len(name.text.split()) <= _LONGEST_NAME


def _is_named(filled: list[Passage], knowledge: Knowledge) -> bool:
    """True for a measure's name and a few words: "7: Repeat referrals | Back to list | May 2021"."""
    first, *others = filled
    if len(first.text.split()) < _FEWEST_WORDS:
        return False
    beside = [passage.text.split() for passage in others]
    if any(len(words) > _LONGEST_BESIDE or not words[0][:1].isalpha() for words in beside):
        return False
    mentions = knowledge.mentions(first.text)
    valued = any(knowledge.mentions(passage.text).figures for passage in others)
    return bool(mentions.indicators) and not mentions.figures and not valued


def take_title_above(spotted: SpottedBlock, scene: Scene) -> None:
    """Take the short line right above a table, which tells nothing, for what it is the title of.

    One about children under a heading of another service ("Children are safe and well" below "Theme: adults") is the
    title of a theme, though it reads like a sentence; one that names a measure heads the table.

    Args:
        spotted: The table's block.
        scene: What has been read above it.
    """
    scene.title_time = _time_above(spotted, scene)
    above = _line_above(spotted, scene)
    if above is None:
        return
    if scene.headings and _is_about_children(above.text) and _is_of_others(scene.headings[-1].text):
        heading = replace(above.block, kind=BlockKind.HEADING, level=scene.headings[-1].block.level)
        scene.enter_heading(SpottedBlock(above.index, heading, above.mentions))
    elif scene.caption is None and above.mentions.indicators:
        scene.caption = above


def _time_above(spotted: SpottedBlock, scene: Scene) -> Period | None:
    """The one time of the line above a table, its heads between the two, in a paper that tells no time of its own."""
    above = scene.passed[-1] if scene.passed and scene.facts.period.value is None else None
    if above is None or not 0 < spotted.index - above.index <= _MOST_BETWEEN or is_stamp(above.text):
        return None
    if above.block.kind is not BlockKind.PARAGRAPH or above.text.rstrip().endswith((".", "?", ";", ",")):
        return None
    times = above.mentions.periods if len(above.text.split()) <= _LONGEST_NAME else []
    told = len(times) == 1 and times[0].expression.year is not None
    return scene.resolve(times[0]) if told else None


def _line_above(spotted: SpottedBlock, scene: Scene) -> SpottedBlock | None:
    above = scene.passed[-1] if scene.passed else None
    if above is None or above.index != spotted.index - 1 or above.block.kind is not BlockKind.PARAGRAPH:
        return None
    told = bool(above.mentions.figures) or above.text.rstrip().endswith((".", "?", ";", ","))
    return None if told or len(above.text.split()) > _LONGEST_NAME or explains(above.text) else above


def _is_about_children(text: str) -> bool:
    return topic_words().children.search(text.lower()) is not None


def _is_of_others(text: str) -> bool:
    return topic_words().others.search(text.lower()) is not None and not _is_about_children(text)
