"""Cells that hold a value and a remark on it: "65.1% (dropping from 71.4% last quarter)", "788 – down from 865"."""

from __future__ import annotations

from dataclasses import replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.commentary import opens_commentary
from townclerk.extract.linking.prose.linker import link_prose
from townclerk.extract.linking.prose.told import Told
from townclerk.extract.linking.scene import Scene, SpottedBlock
from townclerk.extract.linking.sentences import sentences
from townclerk.extract.linking.tables.alignment import Placed
from townclerk.extract.linking.tables.grid import GridCell
from townclerk.extract.linking.tables.rows import RowMeaning
from townclerk.extract.linking.tables.state import TableState, area_is_own
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.candidate import Candidate
from townclerk.models.digits import has_digit
from townclerk.models.document import BlockKind
from townclerk.models.mentions import PeriodMention
from townclerk.models.passage import Passage
from townclerk.models.period import Period
from townclerk.models.units import Method, Unit
from townclerk.patterns.table_words import table_words

_FEWEST_WORDS = 8


def remarked_time(placed: Placed) -> PeriodMention | None:
    """The time that a remark gives its value and that is all it says: "12.7% (in the same quarter last year)".

    Args:
        placed: A cell with a remark, under a head that tells no time.
    """
    if placed.column is not None and placed.column.period is not None:
        return None
    remark = placed.cell.cell.passage.text[len(placed.cell.text) :].strip(" ()[],;:–—-")
    times = find_periods(remark)
    if len(times) != 1:
        return None
    rest = f"{remark[: times[0].start]} {remark[times[0].end :]}"
    return times[0] if table_words().says_nothing(rest) else None


def told_beside(
    placed: Placed, found: Candidate, meaning: RowMeaning, state: TableState, scene: Scene, knowledge: Knowledge
) -> list[Candidate]:
    """What the remark in a value's cell tells of the same measure: its target, older values, other places.

    The row's label and the cell are read as one sentence, as of the cell's own time. The value's counts and change
    are given to it.

    Args:
        placed: The cell.
        found: The value read from it, changed in place.
        meaning: What its row says.
        state: The table.
        scene: Headings and facts in force.
        knowledge: Catalogue and spotters.
    """
    if not found.is_own_actual or not meaning.cells:
        return []
    told = _sentences(placed, meaning, state, _as_of(_own_time(placed, scene), scene), knowledge)
    return [one for sentence in told for one in _of_same(sentence, found)]


def told_of_places(
    placed: Placed, found: list[Candidate], meaning: RowMeaning, state: TableState, scene: Scene, knowledge: Knowledge
) -> list[Candidate]:
    """The values of other places that one cell of a row lists: "Neighbours 16.9% (2017/18) England 21.9% (2017/18)".

    Args:
        placed: The cell; one that does not begin with a place says nothing here.
        found: What was read from the row's other cells, which tells its measure.
        meaning: What its row says.
        state: The table.
        scene: Headings and facts in force.
        knowledge: Catalogue and spotters.
    """
    text = placed.cell.text.lstrip()
    area = next(iter(knowledge.mentions(text).areas), None) if has_digit(text) else None
    if area is None or area.start > 0 or not meaning.cells or not found:
        return []
    measures = {one.indicator_id for one in found}
    told = _sentences(placed, meaning, state, _as_of(None, scene), knowledge)
    return [one for one in _read_in(told) if one.indicator_id in measures and one.area and not area_is_own(one.area)]


def is_comment(filled: list[GridCell]) -> bool:
    """True for a row of sentences below a measure: its comment, and no name of the rows below.

    Args:
        filled: The row's cells that hold anything.
    """
    if len(filled) != 1 or len(filled[0].text.split()) < _FEWEST_WORDS:
        return False
    text = filled[0].text.strip()
    return bool(opens_commentary(text)) or len(sentences(text)) > 1 or text.endswith(".")


def told_in_comment(
    comment: GridCell,
    found: list[Candidate],
    meaning: RowMeaning,
    state: TableState,
    scene: Scene,
    knowledge: Knowledge,
) -> list[Candidate]:
    """What the comment on a row tells: other places and times of its measure, and other measures that it names.

    A bare count in it is more often a part of the value, or of something else, than another value of the measure.

    Args:
        comment: The cell.
        found: What was read from the row's values, which tells its measure.
        meaning: What the row says.
        state: The table.
        scene: Headings and facts in force.
        knowledge: Catalogue and spotters.
    """
    if not has_digit(comment.text) or not meaning.cells or not found:
        return []
    if announced := opens_commentary(comment.text):
        passage = comment.cell.passage
        comment = replace(comment, cell=replace(comment.cell, passage=passage.slice(announced, len(passage.text))))
    family = knowledge.catalogue.family
    measure, unit = family(found[0].indicator_id), found[0].unit
    spotted = _joined(comment, meaning, state, knowledge)
    read = _read_in(link_prose(spotted, _as_of(None, scene), knowledge))
    for one in read:
        # A bare number of another place is printed in the unit of the row.
        if family(one.indicator_id) == measure and not area_is_own(one.area) and one.figure.unit is None:
            one.match, one.unit = found[0].match, unit
    return [
        one
        for one in read
        if family(one.indicator_id) != measure
        or not area_is_own(one.area)
        # "Reopened with half the places" is no other value of the measure.
        or (one.unit is unit and (one.is_dated or (unit is not Unit.COUNT and has_digit(one.value_text))))
    ]


def _read_in(told: list[Told]) -> list[Candidate]:
    """What was read in sentences, with what they say of several places or measures at once."""
    return [one for sentence in told for one in (*sentence.links.values(), *sentence.shared)]


def _joined(cell: GridCell, meaning: RowMeaning, state: TableState, knowledge: Knowledge) -> SpottedBlock:
    """A row's label and one of its cells as one block of text."""
    label = meaning.cells[-1].cell.passage
    start = max(0, label.text.find(meaning.label))
    joined = Passage.join([label.slice(start, len(label.text)), cell.cell.passage], ": ")
    block = replace(state.spotted.block, kind=BlockKind.PARAGRAPH, table=None, passage=joined)
    return SpottedBlock(state.spotted.index, block, knowledge.mentions(joined.text))


def _sentences(
    placed: Placed, meaning: RowMeaning, state: TableState, scene: Scene, knowledge: Knowledge
) -> list[Told]:
    """A row's label and one of its cells, read as one sentence."""
    return link_prose(_joined(placed.cell, meaning, state, knowledge), scene, knowledge, Method.TABLE)


def _of_same(told: Told, found: Candidate) -> list[Candidate]:
    """A sentence's values of one measure without the cell's own, which takes what the sentence says of it."""
    same = [one for one in _read_in([told]) if one.indicator_id == found.indicator_id]
    own = next((one for one in same if one.figure_span == found.figure_span), None)
    if own is not None:
        found.change = found.change or own.change
        found.direction = found.direction or own.direction
        if found.denominator is None:
            found.numerator, found.denominator = own.numerator or found.numerator, own.denominator
    return [one for one in same if one.figure_span != found.figure_span]


def _own_time(placed: Placed, scene: Scene) -> Period | None:
    head = placed.column.period if placed.column is not None else None
    return scene.resolve(head) if head is not None else None


def _as_of(period: Period | None, scene: Scene) -> Scene:
    """The scene for one cell: nothing told before goes on, and "last quarter" is counted from the cell's time."""
    facts = scene.facts
    if period is not None:
        facts = replace(facts, period=replace(facts.period, value=period))
    return replace(scene, facts=facts, anchors=[], passed=[], standings=[], told_above=[], carried={}, explained=[])
