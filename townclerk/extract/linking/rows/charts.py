"""Charts in text: labels of bars put over the times of their axis where that is certain, all else set aside.

A converter leaves of a bar chart a line of values and a line of times. One series with exactly as many labels as the
axis has times, in order, can be read; marks of a scale, changes, several series and what a recogniser shuffled cannot.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from townclerk.extract.linking.rows.strips import ChartLine, Strip, chart_lines
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, BlockKind, Cell, Document, Table
from townclerk.models.passage import Passage
from townclerk.patterns.table_words import ColumnKind, table_words

_LONGEST_TITLE = 18
# Labels of bars of several heights stand in several lines.
_SEVERAL_HEIGHTS = 2
_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.CHART, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.CAPTION})


@dataclass(slots=True)
class Charts:
    """What became of the blocks that are parts of charts.

    Attributes:
        tables: A table of one series, by the block whose place it takes.
        aside: Blocks that hold nothing but a chart's labels, times and scale.
    """

    tables: dict[int, Block] = field(default_factory=dict)
    aside: set[int] = field(default_factory=set)


def read_charts(document: Document, blocks: range) -> Charts:
    """Find the charts of a paper.

    Args:
        document: The report.
        blocks: The blocks of one paper.
    """
    charts = Charts()
    run: list[tuple[int, ChartLine]] = []
    above: Block | None = None
    for index in blocks:
        block = document.blocks[index]
        if block.kind is BlockKind.FURNITURE or not block.passage.text.strip():
            continue
        found = _lines_of(block)
        if found:
            run.extend((index, line) for line in found)
            continue
        _settle(run, above, document, charts)
        run = []
        above = block
    _settle(run, above, document, charts)
    return charts


def _lines_of(block: Block) -> list[ChartLine]:
    """The lines of a block that is nothing but a chart's; a title may stand before the first."""
    if block.kind not in _READ or block.table is not None or not has_digit(block.passage.text):
        return []
    found: list[ChartLine] = []
    start = 0
    title: Passage | None = None
    for number, line in enumerate(block.passage.text.split("\n")):
        passage = block.passage.slice(start, start + len(line))
        start += len(line) + 1
        if not line.strip():
            continue
        read = chart_lines(passage)
        if not read and number == 0 and _is_title(line):
            title = passage
        elif not read:
            return []
        found.extend(read)
    if title is not None and found and found[0].title is None:
        found[0] = ChartLine(found[0].strip, found[0].parts, title)
    return found


def _is_title(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _LONGEST_TITLE and not text.rstrip().endswith((".", "!", "?"))


def _settle(run: list[tuple[int, ChartLine]], above: Block | None, document: Document, charts: Charts) -> None:
    """Read a run of chart lines: each axis with the labels next to it."""
    if not any(line.strip is Strip.AXIS for _, line in run):
        charts.aside.update(index for index, line in run if line.strip is Strip.RUBBLE)
        return
    for group in _groups(run):
        whole = [entry for entry in group if entry[1].strip is not Strip.FRAGMENT]
        if len({line.strip for _, line in whole}) == 1 and len(group) - len(whole) >= _SEVERAL_HEIGHTS:
            whole = group
        # Times alone may as well be the heads of the rows below.
        if len({line.strip for _, line in whole}) > 1:
            charts.aside.update(index for index, _ in whole)
            _one_chart(whole, above, document, charts)
        above = None


def _groups(run: list[tuple[int, ChartLine]]) -> list[list[tuple[int, ChartLine]]]:
    """A run cut into charts of one axis each, which stands below its labels, or above them where it opens the run."""
    opens = run[0][1].strip is Strip.AXIS
    groups: list[list[tuple[int, ChartLine]]] = [[]]
    for entry in run:
        if opens and entry[1].strip is Strip.AXIS and groups[-1]:
            groups.append([])
        groups[-1].append(entry)
        if not opens and entry[1].strip is Strip.AXIS:
            groups.append([])
    return [group for group in groups if group]


def _one_chart(group: list[tuple[int, ChartLine]], above: Block | None, document: Document, charts: Charts) -> None:
    """A table of a chart's one series; nothing where there are several, or labels and times do not agree."""
    axis = next((line for _, line in group if line.strip is Strip.AXIS), None)
    labels = [(index, line) for index, line in group if line.strip is Strip.LABELS]
    if axis is None or len(labels) != 1 or any(line.strip is Strip.RUBBLE for _, line in group):
        return
    index, series = labels[0]
    signed = any(line.strip is Strip.SCALE and _is_signed(line) for _, line in group)
    title = next((line.title for _, line in group if line.title is not None), None)
    named = title.text if title is not None else above.passage.text if above is not None else ""
    if len(series.parts) != len(axis.parts) or signed or _tells_changes(named):
        return
    if not all(_is_one_line(line, document) for line in (axis, series)):
        return
    if title is None and above is not None and above.kind is BlockKind.PARAGRAPH and _is_title(above.passage.text):
        title = above.passage
    charts.aside.discard(index)
    charts.tables[index] = _table(document.blocks[index], title, axis, series)


def _is_signed(line: ChartLine) -> bool:
    return any(part.text[:1] in "+-–−" for part in line.parts)


def _is_one_line(line: ChartLine, document: Document) -> bool:
    """True where the parts are printed side by side: those of several lines may stand over any of the times."""
    first, last = line.parts[0].pieces[0].source_start, line.parts[-1].pieces[-1].source_end
    return first < last and "\n" not in document.text[first:last]


def _tells_changes(title: str) -> bool:
    """True for a title that says its bars are gaps or changes."""
    kinds = table_words().column_kinds(title)
    return any(kind is ColumnKind.IGNORED for kind, _ in kinds)


def _table(block: Block, title: Passage | None, axis: ChartLine, series: ChartLine) -> Block:
    heads = [Cell(0, column, part) for column, part in enumerate(axis.parts, start=1)]
    row = [Cell(1, column, part) for column, part in enumerate(series.parts, start=1)]
    if title is not None:
        row.insert(0, Cell(1, 0, title))
    text = Passage.join([*axis.parts, *series.parts], "\t")
    return Block(BlockKind.CHART, block.page, text, box=block.box, table=Table([heads, row], len(heads) + 1, 1))
