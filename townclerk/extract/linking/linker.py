"""The third stage over a whole document: blocks in reading order, each handed to the linker for its kind."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.commentary import (
    explain_in_block,
    explain_with_block,
    is_commentary_head,
    opens_commentary,
)
from townclerk.extract.linking.conventions import fit_period
from townclerk.extract.linking.explaining import Explained, name_above, newest_of
from townclerk.extract.linking.merge import merge_repeats
from townclerk.extract.linking.notes import date_by_notes
from townclerk.extract.linking.numbered import without_row_numbers
from townclerk.extract.linking.prose.linker import link_prose
from townclerk.extract.linking.prose.playing import Part
from townclerk.extract.linking.prose.subjects import FOREIGN
from townclerk.extract.linking.prose.told import Told
from townclerk.extract.linking.rows.gather import gather_rows
from townclerk.extract.linking.scene import Scene, SpottedBlock, asks
from townclerk.extract.linking.subsets import split_off_subsets
from townclerk.extract.linking.tables.comments import give_parts
from townclerk.extract.linking.tables.linker import link_table
from townclerk.extract.linking.tables.series import series_of
from townclerk.extract.linking.tables.state import area_is_own
from townclerk.extract.linking.tiles.linker import link_tile
from townclerk.extract.linking.titles import take_title_above, titled_row
from townclerk.models.candidate import Candidate, Span
from townclerk.models.document import Block, BlockKind, Document, DocumentFacts
from townclerk.models.mentions import Mentions
from townclerk.models.period import Period, add_months, month, parse_code
from townclerk.models.units import Basis, Role, Status
from townclerk.patterns.roles import role_words

# A line of a contents list that a reader may take for a heading: it ends in a page number.
_ENTRY = re.compile(r"[\s.]\d{1,3}$")
# A box heads the text below it, under any heading that the report prints.
_OF_BOX, _FEWEST_OF_BOX = 9, 2
# No line between a caption and what it is of has more words.
_LONGEST_BELOW = 8
_SET_ASIDE = {BlockKind.FURNITURE, BlockKind.CHART}


@dataclass(slots=True)
class Unlinked:
    """A figure that found no indicator."""

    span: Span
    text: str
    reason: str


@dataclass(slots=True)
class Linked:
    """What the third stage found in a document.

    Attributes:
        candidates: The figures that found a measure.
        unlinked: Those that found none.
        tabled: The newest values of tables and tiles in the paper in hand.
    """

    candidates: list[Candidate] = field(default_factory=list)
    unlinked: list[Unlinked] = field(default_factory=list)
    tabled: Explained = field(default_factory=Explained)


def link_document(document: Document, knowledge: Knowledge) -> Linked:
    """Bring the figures of a document together with indicators, areas, periods and roles.

    Args:
        document: The report, with its facts settled.
        knowledge: Catalogue, gazetteer and spotters.

    Returns:
        Candidates in reading order, repeats folded, and the figures that found no measure.
    """
    linked = Linked()
    for facts, blocks in _papers(document):
        _link_paper(document, facts, blocks, knowledge, linked)
    linked.candidates = merge_repeats(linked.candidates)
    return linked


def _says_something(candidate: Candidate) -> bool:
    """False for a figure that was read as reported and yet has no value: a fraction of years, a range."""
    return candidate.value is not None or candidate.status is not Status.REPORTED


def _papers(document: Document) -> list[tuple[DocumentFacts, range]]:
    """The papers of a pack with their facts, or the one report."""
    if not document.items:
        return [(document.facts, range(len(document.blocks)))]
    return [(item.facts, range(item.first_block, item.last_block)) for item in document.items]


def _link_paper(document: Document, facts: DocumentFacts, blocks: range, knowledge: Knowledge, linked: Linked) -> None:
    scene = Scene.of(document, facts, blocks, knowledge.field_words)
    linked.tabled = Explained()
    found: list[tuple[Part, Candidate]] = []
    gathered = gather_rows(document, blocks, knowledge)
    plain = without_row_numbers(document, blocks)
    for index in blocks:
        block = gathered.tables.get(index) or plain.get(index, document.blocks[index])
        aside = block.kind in _SET_ASIDE and block.table is None
        if index in gathered.swallowed or aside or not block.passage.text.strip():
            if block.kind is BlockKind.CHART:
                found.extend(_series(index, block, scene, knowledge))
            continue
        told = _link_block(index, block, scene, knowledge, linked)
        scene.codes.learn(candidate for _, candidate in told)
        if block.table is not None and index not in gathered.tables:
            # A row of a table that lost its other rows to the conversion heads nothing.
            _take_name(index, block, [candidate for _, candidate in told], scene, knowledge)
        found.extend(told)
    texts = [document.blocks[index].passage.text for index in blocks]
    date_by_notes([candidate for _, candidate in found], texts, scene, knowledge.catalogue)
    _common_base(found, scene)
    said = [candidate for _, candidate in found if _says_something(candidate)]
    kept, of_some = split_off_subsets(said, knowledge.catalogue)
    linked.unlinked.extend(Unlinked(c.figure_span, c.value_text, reason) for c, reason in of_some)
    linked.candidates.extend(kept)


def _link_block(
    index: int, block: Block, scene: Scene, knowledge: Knowledge, linked: Linked
) -> list[tuple[Part, Candidate]]:
    titled = titled_row(block, knowledge)
    if titled is not None:
        scene.enter_heading(SpottedBlock(index, titled, knowledge.mentions(titled.passage.text)))
        return []
    if block.table is not None:
        scene.leave_headings(_OF_BOX)
        return _link_table(SpottedBlock(index, block, Mentions()), scene, knowledge, linked)
    spotted = SpottedBlock(index, block, knowledge.mentions(block.passage.text))
    if block.kind is not BlockKind.CAPTION and not _goes_with_caption(spotted, scene):
        scene.caption = None
    scene.codes.name_in(spotted.text, spotted.mentions)
    if block.kind is BlockKind.HEADING and is_commentary_head(spotted.text):
        scene.enter_commentary()
        return []
    if _stands_aside(spotted, scene):
        return []
    scene.enter_block(spotted)
    if block.kind is BlockKind.CAPTION:
        scene.caption = spotted
    if block.kind is BlockKind.TILE and not _lists_measures(spotted):
        return _link_tile(spotted, scene, knowledge, linked)
    series = _series(index, block, scene, knowledge)
    scene.row_above = []
    if series:
        return series
    called = linked.tabled.called_by(
        spotted, scene.headings[-1] if scene.headings else None, knowledge.catalogue.family
    )
    _enter_comment(spotted, called, scene)
    told = link_prose(spotted, scene, knowledge)
    _keep_unlinked(spotted, told, linked)
    _explain_called(spotted, told, called, scene)
    linked.tabled.outdate((c for one in told for c in one.links.values()), knowledge.catalogue.family)
    if block.kind is not BlockKind.HEADING or _carries_on(spotted):
        _explain(spotted, told, scene, knowledge)
        if asks(spotted.text) and not spotted.mentions.figures:
            scene.enter_question(spotted)
        else:
            scene.leave_block(spotted)
    else:
        anchors = list(scene.anchors)
        scene.enter_heading(spotted)
        scene.anchors.extend(a for a in anchors if a.where is spotted)
    levels = [(one.parts[i].part, candidate) for one in told for i, candidate in one.links.items()]
    return [*levels, *((Part.VALUE, candidate) for one in told for candidate in one.shared)]


def _enter_comment(spotted: SpottedBlock, called: list[Candidate], scene: Scene) -> None:
    """Let a comment speak of the values above it that it explains, and of nothing that text told before."""
    if called and opens_commentary(spotted.text):
        scene.leave_subjects()
    name_above(spotted, called)


def _series(index: int, block: Block, scene: Scene, knowledge: Knowledge) -> list[tuple[Part, Candidate]]:
    """What a block tells of other times of the table row right above it; a reader may take it for labels of a chart."""
    told = series_of(scene.row_above, block.passage, index, scene, knowledge)
    return [(Part.VALUE, candidate) for candidate in told]


def _goes_with_caption(spotted: SpottedBlock, scene: Scene) -> bool:
    """True for a line right below a caption that says nothing of its own: "Rates shown are per 10,000"."""
    if scene.caption is None or spotted.index != scene.caption.index + 1:
        return False
    short = len(spotted.text.split()) <= _LONGEST_BELOW and not spotted.text.rstrip().endswith(".")
    return short and not (spotted.mentions.figures or spotted.mentions.indicators or spotted.mentions.periods)


def _stands_aside(spotted: SpottedBlock, scene: Scene) -> bool:
    """True in a contents list or under a heading whose figures are no observations."""
    if spotted.text.lower().strip(" :.") in role_words().sections_aside:
        scene.in_list_aside = True
        return spotted.block.kind is not BlockKind.HEADING
    scene.in_list_aside = scene.in_list_aside and _ENTRY.search(spotted.text) is not None
    return scene.in_list_aside or (scene.is_aside() and spotted.block.kind is not BlockKind.HEADING)


def _carries_on(spotted: SpottedBlock) -> bool:
    """True for a line such as "Of these:", which a reader may take for a heading but which hands a value on."""
    return any(cue.cue == "carried_on" and cue.start <= 2 for cue in spotted.mentions.cues)


def _link_table(
    spotted: SpottedBlock, scene: Scene, knowledge: Knowledge, linked: Linked
) -> list[tuple[Part, Candidate]]:
    take_title_above(spotted, scene)
    state = link_table(spotted, scene, knowledge)
    linked.unlinked.extend(Unlinked(*one) for one in state.unlinked)
    found = _of_the_field(state.linked, scene, linked)
    linked.tabled.tell(found, knowledge.catalogue.family)
    return [(Part.VALUE, candidate) for candidate in found]


def _take_name(index: int, block: Block, found: list[Candidate], scene: Scene, knowledge: Knowledge) -> None:
    """Let the name of a box, a table of one row with several values of one measure, head the text below it."""
    table = block.table
    body = table.rows[table.header_rows :] if table is not None else []
    if len(body) != 1 or len(found) < _FEWEST_OF_BOX or len({one.indicator_id for one in found}) > 1:
        return
    name = max((cell.passage for cell in body[0]), key=lambda passage: sum(map(str.isalpha, passage.text)))
    heading = replace(block, kind=BlockKind.HEADING, level=_OF_BOX, table=None, passage=name)
    named = SpottedBlock(index, heading, knowledge.mentions(name.text))
    if named.mentions.indicators:
        scene.enter_heading(named)


def _link_tile(
    spotted: SpottedBlock, scene: Scene, knowledge: Knowledge, linked: Linked
) -> list[tuple[Part, Candidate]]:
    links = link_tile(spotted, scene, knowledge)
    for figure, reason in links.unlinked:
        linked.unlinked.append(Unlinked(spotted.span(figure.start, figure.end), figure.text, reason))
    found = _of_the_field(links.linked, scene, linked)
    linked.tabled.tell(found, knowledge.catalogue.family)
    return [(Part.VALUE, candidate) for candidate in found]


def _lists_measures(spotted: SpottedBlock) -> bool:
    """True for lines that each give a value to a measure of their own, which no tile does."""
    named: set[str] = set()
    start = 0
    for line in spotted.text.split("\n"):
        end = start + len(line)
        names = [m for m in spotted.mentions.indicators if start <= m.start <= start + 2 and m.end <= end and m.matches]
        valued = any(names[0].end <= f.start < end for f in spotted.mentions.figures) if names else False
        if valued and ":" in line[names[0].end - start :]:
            named.add(names[0].matches[0].indicator_id)
        start = end + 1
    return len(named) > 1


def _of_the_field(found: list[Candidate], scene: Scene, linked: Linked) -> list[Candidate]:
    """The candidates of a table or tile that stand among children's services; the others are kept as not linked."""
    kept: list[Candidate] = []
    for candidate in found:
        doubt = scene.doubt(candidate.label, "")
        if doubt is None or doubt.amount > FOREIGN:
            kept.append(candidate)
        else:
            linked.unlinked.append(Unlinked(candidate.figure_span, candidate.value_text, doubt.text))
    return kept


def _explain_called(spotted: SpottedBlock, told: list[Told], called: list[Candidate], scene: Scene) -> None:
    """Let a block explain the values above it that it calls, unless it tells others that are no older itself.

    A value of a time behind the report's own is an update of what is explained.
    """
    report = scene.facts.period.value
    own = [c for one in told for c in one.links.values() if c.is_own_actual]
    own = [c for c in own if report is None or c.period is None or c.period.end <= report.end]
    for candidate in called:
        alike = [c for c in own if c.indicator_id == candidate.indicator_id]
        if not any(not c.is_before(candidate) and c.value != candidate.value for c in alike):
            give_parts([candidate], spotted.text)
            explain_with_block(spotted, told, [candidate])


def _explain(spotted: SpottedBlock, told: list[Told], scene: Scene, knowledge: Knowledge) -> None:
    """Attach what a block explains: announced commentary to the values above it, a paragraph's own to its values."""
    if scene.explained:
        explain_with_block(spotted, told, _meant(scene.explained, spotted, knowledge))
    elif opens_commentary(spotted.text) or not any(one.links for one in told):
        explain_with_block(spotted, told, _explained_by(spotted, scene, knowledge))
    else:
        explain_in_block(spotted, told)


def _meant(explained: list[Candidate], spotted: SpottedBlock, knowledge: Knowledge) -> list[Candidate]:
    """Of the values that a commentary may explain, the newest of the measures that a block of it names.

    Where all are of one measure, every block is about that, whatever else it speaks of.
    """
    family = knowledge.catalogue.family
    newest = newest_of(explained, family)
    if len(newest) > 1:
        named = {family(match.indicator_id) for mention in spotted.mentions.indicators for match in mention.matches[:1]}
        newest = {name: held for name, held in newest.items() if name in named}
    return [candidate for held in newest.values() for candidate in held]


def _explained_by(spotted: SpottedBlock, scene: Scene, knowledge: Knowledge) -> list[Candidate]:
    """The values that a block without figures speaks of: those of the measure linked last under this heading.

    A numbered paragraph opens a subject of its own, and so does one that names another measure. One that names the
    measure above again, in whatever unit, speaks of that measure's own values.
    """
    if not scene.anchors:
        return []
    newest = scene.anchors[-1].candidate
    if opens_commentary(spotted.text):
        return _actuals(scene, {newest.indicator_id})
    if spotted.block.marker or newest.block != spotted.index - 1:
        return []
    if not spotted.mentions.indicators:
        return _actuals(scene, {newest.indicator_id})
    # A phrase that names only the complement of a measure has no match.
    named = [mention.matches[0] for mention in spotted.mentions.indicators if mention.matches]
    families = {knowledge.catalogue.family(match.indicator_id) for match in named}
    if families != {knowledge.catalogue.family(newest.indicator_id)}:
        return []
    alike = {
        a.candidate.indicator_id
        for a in scene.anchors
        if knowledge.catalogue.family(a.candidate.indicator_id) in families
    }
    return [c for c in _actuals(scene, alike) if area_is_own(c.area) and _end(c) == _end(newest)]


def _end(candidate: Candidate) -> date | None:
    return candidate.period.end if candidate.period is not None else None


def _actuals(scene: Scene, indicators: set[str | None]) -> list[Candidate]:
    return [
        anchor.candidate
        for anchor in scene.anchors
        if anchor.candidate.indicator_id in indicators and anchor.candidate.role is Role.ACTUAL
    ]


def _keep_unlinked(spotted: SpottedBlock, told: list[Told], linked: Linked) -> None:
    for one in told:
        for figure, reason in one.unlinked:
            linked.unlinked.append(Unlinked(spotted.span(figure.start, figure.end), figure.text, reason))


def _common_base(found: list[tuple[Part, Candidate]], scene: Scene) -> None:
    """An undated old value takes the base the report compares with throughout (convention C2), as inferred."""
    report = scene.facts.period.value
    if report is None:
        return
    newest: dict[str | None, date] = {}
    for part, candidate in found:
        if part is Part.VALUE and candidate.period is not None and candidate.period.end <= report.end:
            held = newest.get(candidate.indicator_id, candidate.period.end)
            newest[candidate.indicator_id] = max(held, candidate.period.end)
    offsets = [_offset(c, newest) for part, c in found if part is Part.PREVIOUS]
    bases = Counter(offset for offset in offsets if offset is not None)
    if not bases:
        return
    (offset, count) = bases.most_common(1)[0]
    if count < 2 or count < 0.75 * sum(bases.values()) or offset >= 0:
        return
    for part, candidate in found:
        if part is Part.PREVIOUS and candidate.period is None:
            candidate.period = fit_period(_earlier(report, offset), None)


def _offset(previous: Candidate, newest: dict[str | None, date]) -> int | None:
    """How many months an old value's time lies before the newest value of its measure (negative)."""
    last = newest.get(previous.indicator_id)
    if previous.period is None or last is None:
        return None
    old = previous.period.end
    months = (old.year - last.year) * 12 + old.month - last.month
    return months if months < 0 else None


def _earlier(report: Period, months: int) -> Period:
    """The period as long as the report's that ends `months` (negative) from its end."""
    year, number = add_months(report.end.year, report.end.month, months)
    if "-Q" in report.code and months % 3 == 0:
        start_year = year if number >= 4 else year - 1
        quarter = ((number - 4) % 12) // 3 + 1
        return parse_code(f"{start_year}-{(start_year + 1) % 100:02d}-Q{quarter}").with_basis(Basis.INFERRED)
    return month(year, number).with_basis(Basis.INFERRED)
