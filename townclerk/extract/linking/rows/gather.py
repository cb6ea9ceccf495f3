"""Rows that a conversion left without column marks, put back under the header line that is in force above them.

A report's table may come out as one line a row, as one line a cell, with its values before its name, or cut into
pieces by comments and page ends, and its heads may stand far above. The rows found here become tables again; the
table linker reads them like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.abreast import read_abreast
from townclerk.extract.linking.rows.across import read_across
from townclerk.extract.linking.rows.assign import assign
from townclerk.extract.linking.rows.boxes import read_boxes
from townclerk.extract.linking.rows.building import GatheredRow, table_block
from townclerk.extract.linking.rows.cards import read_cards
from townclerk.extract.linking.rows.charts import read_charts
from townclerk.extract.linking.rows.fitting import ends_label, fitted_header
from townclerk.extract.linking.rows.heads import Header, header_line, header_run, is_axis, is_head, names_labels
from townclerk.extract.linking.rows.merged import unmerged
from townclerk.extract.linking.rows.pieces import header_of_table, refitted, with_header
from townclerk.extract.linking.rows.questions import answered
from townclerk.extract.linking.rows.records import recorded
from townclerk.extract.linking.rows.tokens import Token, TokenKind, longest_run, tokens_of
from townclerk.extract.linking.rows.wrapped import read_wrapped
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, BlockKind, Document
from townclerk.models.passage import Passage
from townclerk.patterns.table_words import ColumnKind, table_words

_LONGEST_LABEL = 28
_LOOKED_AHEAD = 12
_LONGEST_NAME = 5
# Blocks without a row after which a header is no longer taken to be in force.
_PATIENCE = 14
# A header of few columns fits too much; it holds only for what follows it at once.
_SMALL, _SMALL_PATIENCE = 4, 2
_MOST_STRAY_NUMBERS = 2
_RUN_OF_TIMES = 3
_VALUES_END = re.compile(r"(?:\s[-+]?\d[\d,]*(?:\.\d+)?%?){3,}$")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s*$")
_OPENS_COMMENT = re.compile(r"^[A-Z][\w ]{2,30}:\s+\S+ \S+ \S+")


@dataclass(slots=True)
class Gathered:
    """What became of the blocks of a paper.

    Attributes:
        tables: Blocks that take the place of the block with their index.
        swallowed: Blocks that are part of a table that stands elsewhere.
    """

    tables: dict[int, Block] = field(default_factory=dict)
    swallowed: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Open:
    """A row that is still being read: its label so far, its values, the blocks they stand in, a comment, numbers over.

    Numbers over are those at the end of its label that no column is left for.
    """

    label: list[Passage]
    values: list[Passage]
    blocks: list[int]
    comment: Passage | None = None
    over: int = 0


def gather_rows(document: Document, blocks: range, knowledge: Knowledge) -> Gathered:
    """Find undelimited rows and headless pieces of tables and give them the heads in force.

    Args:
        document: The report.
        blocks: The blocks of one paper.
        knowledge: For places in heads.
    """
    charts = read_charts(document, blocks)
    cards, parts = read_abreast(document, blocks, knowledge)
    gapped, beside = read_cards(document, blocks, knowledge)
    if not (gapped.keys() | beside) & (cards.keys() | parts):
        cards.update(gapped)
        parts.update(beside)
    for found, pieces in (read_wrapped(document, blocks, knowledge), read_across(document, blocks, knowledge)):
        cards.update(found)
        parts.update(pieces)
    charts.tables.update({index: table for index, table in cards.items() if index not in charts.tables})
    charts.aside.update(parts - set(charts.tables))
    boxes, inside = read_boxes(document, blocks, knowledge)
    if not (boxes.keys() | inside) & (charts.aside | charts.tables.keys()):
        charts.tables.update(boxes)
        charts.aside.update(inside)
    gatherer = _Gatherer(document, knowledge)
    for index in blocks:
        if index in charts.aside or index in charts.tables:
            gatherer.set_aside()
        else:
            gatherer.take(index, document.blocks[index])
    gatherer.finish()
    gatherer.gathered.tables.update(charts.tables)
    gatherer.gathered.swallowed.update(charts.aside)
    return gatherer.gathered


class _Gatherer:
    """Reads the blocks of a paper in order and keeps the header in force."""

    def __init__(self, document: Document, knowledge: Knowledge) -> None:
        self.document = document
        self.knowledge = knowledge
        self.gathered = Gathered()
        self.header: Header | None = None
        self.heads: int | None = None
        self.run: list[tuple[int, Passage, bool]] = []
        self.open: _Open | None = None
        self.group: Passage | None = None
        self.rows: list[GatheredRow] = []
        self.idle = 0
        self.lines: dict[int, list[Passage]] = {}

    def take(self, index: int, block: Block) -> None:
        """Read one block."""
        if block.kind is BlockKind.FURNITURE or not block.passage.text.strip():
            return
        self.idle += 1
        small = self.header is not None and len(self.header.columns) < _SMALL
        if self.idle > (_SMALL_PATIENCE if small else _PATIENCE):
            self.header = None
        if block.table is not None:
            self._end_run()
            self._close()
            self._flush()
            self._table(index, block)
            return
        if block.kind is BlockKind.CAPTION and table_words().numbers_table(block.passage.text):
            # "Table 5: ..." names another table, unless it goes on with the one above.
            self.set_aside()
            return
        lines = _lines(block.passage)
        if block.kind is BlockKind.TILE and any(not is_head(line.text, self.knowledge) for line in lines[:-1]):
            self.finish()
            return
        for line in lines:
            self._line(index, block, line)

    def set_aside(self) -> None:
        """Pass a part of a chart, which ends what is open: the rows below it have heads of their own."""
        self.finish()
        self.header = None

    def finish(self) -> None:
        """Close what is still open."""
        self._end_run()
        self._close()
        self._flush()

    def _table(self, index: int, block: Block) -> None:
        if block.table is None:
            return
        apart = unmerged(block)
        if apart is not block:
            block = self.gathered.tables[index] = apart
        plain = recorded(block, self.knowledge)
        if plain is not None:
            self.gathered.tables[index] = plain
            self.header = None
            return
        asked = answered(block, self.document.blocks[max(0, index - 8) : index], self.knowledge)
        if asked is not block:
            self.gathered.tables[index] = asked
            return
        own = header_of_table(block.table, self.knowledge) if block.table else None
        if own is not None:
            # A strip of times with values of its own heads no others.
            alone = is_axis(own[0]) and len(block.table.rows if block.table else []) > own[1]
            self.header, self.heads, self.idle = (None if alone else own[0]), None, 0
            fitted = refitted(block, *own)
            if fitted is not None:
                self.gathered.tables[index] = fitted
            return
        if self.header is None:
            return
        headed = with_header(block, self.header)
        if headed is not None:
            self.gathered.tables[index] = headed
            self.idle = 0

    def _line(self, index: int, block: Block, line: Passage) -> None:
        text = line.text
        header = self._header(index, line) if block.kind is not BlockKind.CHART else None
        if header is None and self._extends_run(index, text, line):
            return
        self._end_run()
        if header is not None and is_axis(header):
            self.finish()
            self.header = None
            return
        if header is not None:
            self._close()
            self._flush()
            self.header, self.idle = header, 0
            self.heads = index if len(self._lines_of(index)) == 1 else None
            return
        if self.header is None:
            return
        tokens = tokens_of(text, self.header)
        first, end = longest_run(tokens)
        if tokens and all(token.kind is not TokenKind.TEXT for token in tokens):
            self._values(index, line, tokens)
        elif (_is_row(tokens, first, end) and not (block.kind is BlockKind.HEADING and end - first == 1)) and (
            _ends_in_values(tokens, first, end)
            or not _is_prose(text)
            or self._comment(line, tokens[first:end]) is not None
        ):
            self._row(index, line, tokens, first, end)
        elif block.kind is not BlockKind.CHART:
            self._words(index, block, line)

    def _header(self, index: int, line: Passage) -> Header | None:
        """The heads that a line holds, as the rows below it tell, else as its words do."""
        below = [one for place in range(index, index + _LOOKED_AHEAD) for one in self._lines_of(place)]
        start = next((place for place, one in enumerate(below) if one == line), -1) + 1
        fitted = fitted_header(line, below[start : start + _LOOKED_AHEAD], self.knowledge)
        return fitted or header_line(line, self.knowledge)

    def _lines_of(self, index: int) -> list[Passage]:
        """The lines of a block that is no table; each is looked at from the lines above it, too."""
        if index not in self.lines:
            block = self.document.blocks[index] if index < len(self.document.blocks) else None
            self.lines[index] = _lines(block.passage) if block is not None and block.table is None else []
        return self.lines[index]

    def _extends_run(self, index: int, text: str, line: Passage) -> bool:
        """Add a line that is a head, or a name between heads, to the run of heads."""
        if is_head(text, self.knowledge):
            self.run.append((index, line, True))
            return True
        name = len(text.split()) <= _LONGEST_NAME and text[:1].isupper() and not has_digit(text)
        if len(self.run) >= 2 and name and not _is_prose(text):
            self.run.append((index, line, False))
            return True
        return False

    def _end_run(self) -> None:
        """Take a run of heads for a header, or its last line for the label of a row."""
        if not self.run:
            return
        run, self.run = _from_label(self.run), []
        left: list[tuple[int, Passage, bool]] = []
        while run and not run[-1][2]:
            left.insert(0, run.pop())
        known = sum(told for _, _, told in run)
        header = header_run([line for _, line, _ in run], self.knowledge) if known >= 0.5 * len(run) else None
        if header is not None:
            self._close()
            self._flush()
            self.header, self.heads, self.idle = header, None, 0
            self.gathered.swallowed.update(index for index, _, _ in run)
        else:
            left = run + left
        for index, line, _ in left:
            self._words(index, self.document.blocks[index], line)

    def _values(self, index: int, line: Passage, tokens: list[Token]) -> None:
        """A line of nothing but values: more of the open row, or a row whose name comes behind."""
        parts = [line.slice(token.start, token.end) for token in tokens]
        if self.open is not None and self.open.label:
            self.open.values.extend(parts)
            self.open.blocks.append(index)
        elif sum(token.kind is TokenKind.VALUE for token in tokens) >= 2:
            self._close()
            self.open = _Open([], parts, [index])

    def _row(self, index: int, line: Passage, tokens: list[Token], first: int, end: int) -> None:
        """A line with a name and values."""
        self._close()
        text = line.text
        if self.header is not None and self.header.paired is not None:
            printed = sum(token.kind is TokenKind.VALUE for token in tokens[first:end])
            fits = printed == len(self.header.paired.columns) - 1
            self.header = self.header.paired if fits else replace(self.header, paired=None)
        over = max(first, end - _most_values(tokens[first:end], self.header))
        of_label = all(ends_label(text[token.start : token.end]) for token in tokens[first:over])
        if (over - first > _MOST_STRAY_NUMBERS and _is_plain_corner(self.header)) or not of_label:
            # More values than heads: the heads in force are not this row's.
            return
        first, over = over, over - first
        start, stop = tokens[first].start, tokens[end - 1].end
        name, behind = _trimmed(line.slice(0, start)), _trimmed(line.slice(stop, len(line.text)))
        comment = self._comment(line, tokens[first:end])
        label = [part for part in ((name,) if comment is not None else (name, behind)) if part.text]
        if sum(len(part.text.split()) for part in label) > _LONGEST_LABEL:
            return
        values = [line.slice(token.start, token.end) for token in tokens[first:end]]
        self.open = _Open(label, values, [index], comment, over)

    def _comment(self, line: Passage, tokens: list[Token]) -> Passage | None:
        """The sentence behind a row's cells where they leave none empty but the comment's."""
        if self.header is None or ColumnKind.COMMENT not in self.header.kinds:
            return None
        columns = sum(column.kind is not ColumnKind.COMMENT for column in self.header.columns[1:])
        behind = _trimmed(line.slice(tokens[-1].end, len(line.text)))
        full = len(tokens) >= columns and behind.text[:1].isupper() and _fit(tokens, self.header) is not None
        return behind if full else None

    def _words(self, index: int, block: Block, line: Passage) -> None:
        """A line of words: the name of the row above or below it, a group, or prose."""
        text = line.text
        if _is_prose(text) or self.header is None:
            self._close()
            self._flush()
            self.group = None
            return
        if self.open is not None and self.open.values and (not self.open.label or text[:1].islower()):
            self.open.label.append(line)
            self.open.blocks.append(index)
            self._close()
            return
        self._close()
        if _VALUES_END.search(text):
            # A row that fits no heads names no group of the rows below it.
            self.group = None
            return
        if block.kind is BlockKind.HEADING:
            self._flush()
            small = self.header is not None and len(self.header.columns) <= _SMALL
            if small and self._names_measure(text) and not self._values_follow(index):
                # Few columns fit too much to hold under the heading of another measure.
                self.header = None
                return
        self.open = _Open([line], [], [index])

    def _values_follow(self, index: int) -> bool:
        """True for the name of a row that a reader took for a heading: the line below it is one of the row's cells."""
        below = next(iter(self._lines_of(index + 1)), None)
        if below is None or self.header is None:
            return False
        return all(token.kind is not TokenKind.TEXT for token in tokens_of(below.text, self.header))

    def _names_measure(self, text: str) -> bool:
        return bool(self.knowledge.mentions(text).indicators)

    def _close(self) -> None:
        """Finish the open row: under its columns, or left as it was."""
        row, self.open = self.open, None
        if row is None or self.header is None:
            return
        if not row.values:
            self.group = row.label[-1] if row.label else None
            return
        if not row.label:
            return
        joined = Passage.join(row.values)
        tokens = [_token_of(part, self.header) for part in row.values]
        fit = _summed(row.values, self.header) or _fit(tokens, self.header)
        if fit is None:
            return
        dropped, placed = fit
        if not all(ends_label(part.text) for part in row.values[:dropped]):
            return
        label = [*row.label[:1], *row.values[:dropped], *row.label[1:]]
        if not dropped and None in placed and _only_lacks_target(placed, self.header):
            placed = [column.index for column in self.header.columns[1:-1]]
        cells = [(c, part) for c, part in zip(placed, row.values[dropped:], strict=True) if c is not None]
        lonely = sum(token.kind is TokenKind.VALUE for token in tokens) < 2 and len(tokens) < 2
        if not cells or (lonely and _value_columns(self.header) > 1) or not joined.text:
            return
        if row.comment is not None:
            place = next(column.index for column in self.header.columns if column.kind is ColumnKind.COMMENT)
            cells.append((place, row.comment))
        self.rows.append(GatheredRow(Passage.join(label), cells, row.blocks, self.group, row.over + dropped))
        self.group = None
        self.idle = 0

    def _flush(self) -> None:
        """Make a table of the rows gathered since the last one."""
        rows, self.rows = self.rows, []
        if not rows or self.header is None or _have_other_heads(rows, self.header):
            return
        first = rows[0].blocks[0]
        used = {index for row in rows for index in row.blocks}
        self.gathered.tables[first] = table_block(self.document.blocks[first], self.header, rows)
        self.gathered.swallowed.update(used - {first})
        if self.heads is not None:
            # Heads of columns are no heading, which would lend its words to every cell.
            self.gathered.swallowed.add(self.heads)


def _only_lacks_target(placed: list[int | None], header: Header) -> bool:
    """True for a row one value short, where the last column is the target and all before it are times that are over.

    They are where another row fills every column.
    """
    *times, last = header.columns[1:]
    over = header.full and len(times) >= _RUN_OF_TIMES and all(column.period is not None for column in times)
    return over and last.kind is ColumnKind.TARGET and len(placed) == len(times)


def _have_other_heads(rows: list[GatheredRow], header: Header) -> bool:
    """True for rows that all have as many values too many: their heads are others, which were not understood.

    Where the first head has words beside the name of the labels, those are the heads of the values too many.
    """
    alike = len(rows) > 1 and rows[0].over > 0 and len({row.over for row in rows}) == 1
    return alike and _is_plain_corner(header)


def _is_plain_corner(header: Header | None) -> bool:
    corner = header.columns[0].head if header is not None else ""
    kinds = table_words().column_kinds(corner)
    return not corner or (bool(kinds) and kinds[0][1] >= len(corner.strip(" :.*()")))


def _from_label(run: list[tuple[int, Passage, bool]]) -> list[tuple[int, Passage, bool]]:
    """A run of heads from the head of the labels on; what stands before it is a heading."""
    for place in (1, 2):
        if place < len(run) and names_labels(run[place][1].text):
            return run[place:]
    return run


def _is_row(tokens: list[Token], first: int, end: int) -> bool:
    """True where a stretch of values is the row's own: a single number must end the line, and few stand elsewhere.

    The number that begins a line counts its row.
    """
    values = sum(token.kind is TokenKind.VALUE for token in tokens[first:end])
    stray = sum(token.is_number for token in (*tokens[1:first], *tokens[end:]))
    return values > 0 and stray <= _MOST_STRAY_NUMBERS and (values > 1 or end == len(tokens))


def _ends_in_values(tokens: list[Token], first: int, end: int) -> bool:
    """True where several values end a line, whatever its name looks like ("Plans ended: over two years 6.5% 7.2%")."""
    return end == len(tokens) and sum(token.kind is TokenKind.VALUE for token in tokens[first:end]) > 1


def _lines(passage: Passage) -> list[Passage]:
    """The printed lines of a block that kept them."""
    found: list[Passage] = []
    start = 0
    for line in passage.text.split("\n"):
        if line.strip():
            left = start + len(line) - len(line.lstrip())
            found.append(passage.slice(left, start + len(line.rstrip())))
        start += len(line) + 1
    return found


def _trimmed(passage: Passage) -> Passage:
    left = len(passage.text) - len(passage.text.lstrip())
    return passage.slice(left, len(passage.text.rstrip()))


def _is_prose(text: str) -> bool:
    """True for a sentence or a comment, which no row is."""
    if len(text.split()) > _LONGEST_LABEL * 2 or _OPENS_COMMENT.match(text):
        return True
    return _SENTENCE_END.search(text) is not None and len(text.split()) > 4


def _token_of(part: Passage, header: Header) -> Token:
    tokens = tokens_of(part.text, header)
    return tokens[0] if len(tokens) == 1 else Token(0, len(part.text), TokenKind.TEXT)


def _value_columns(header: Header) -> int:
    return sum(column.holds_values for column in header.columns[1:])


def _most_values(tokens: list[Token], header: Header | None) -> int:
    """How many of a run's tokens can be cells: a number too many at the front is the end of the label."""
    return min(len(tokens), len(header.columns) - 1) if header else 0


def _summed(values: list[Passage], header: Header) -> tuple[int, list[int | None]] | None:
    """The columns of a row that ends with the sum of its parts, behind which columns are left empty."""
    if not header.parts or len(values) != header.parts + 1:
        return None
    counts = [part.text.replace(",", "") for part in values]
    summed = all(count.isdecimal() for count in counts) and sum(map(int, counts[:-1])) == int(counts[-1])
    return (0, list(range(1, len(values) + 1))) if summed else None


def _fit(tokens: list[Token], header: Header) -> tuple[int, list[int | None]] | None:
    """How many of a row's tokens end its label, since more are printed than fit, and the columns of the others."""
    for dropped in range(min(3, len(tokens))):
        placed = assign(tokens[dropped:], header)
        if placed is not None:
            return dropped, placed
    return None
