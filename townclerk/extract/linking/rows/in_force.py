"""Rows that a conversion left without column marks, put back under the header line that is in force above them.

A report's table may come out as one line a row, as one line a cell, with its values before its name, or cut into
pieces by comments and page ends, and its heads may stand far above.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from townclerk.extract.facts.meeting import is_stamp
from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.building import GatheredRow, table_block
from townclerk.extract.linking.rows.fitting import (
    FILLED,
    ends_label,
    fill,
    fitted_header,
    has_values,
    opens_table,
    worded_columns,
)
from townclerk.extract.linking.rows.heads import (
    Header,
    header_line,
    header_run,
    is_axis,
    is_head,
    make_header,
    names_labels,
)
from townclerk.extract.linking.rows.lines import ends_in_values, is_prose, is_row, kept_lines, printed_lines, trimmed
from townclerk.extract.linking.rows.merged import unmerged
from townclerk.extract.linking.rows.pieces import header_of_table, refitted, with_header, without_doubles
from townclerk.extract.linking.rows.placing import OpenRow, fit_columns, most_values, placed_row
from townclerk.extract.linking.rows.questions import answered
from townclerk.extract.linking.rows.records import recorded
from townclerk.extract.linking.rows.splitting import ways_to_split
from townclerk.extract.linking.rows.stacked import LINES_TOLD, is_gap, may_hold_heads, stacked_header, stacked_lines
from townclerk.extract.linking.rows.tokens import Token, TokenKind, longest_run, rejoined, tokens_of
from townclerk.extract.linking.tables.damaged import mended_line
from townclerk.extract.spotting.periods import PeriodAnchor, find_periods
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, BlockKind, Document
from townclerk.models.passage import Passage
from townclerk.patterns.table_words import ColumnKind, table_words

_LONGEST_LABEL = 28
_LOOKED_AHEAD = 12
_MOST_WRAPPED = 2
_LONGEST_NAME = 5
# The words of a sentence that a label begins with.
_LONGEST_OPENING = 14
# Blocks without a row after which a header is no longer taken to be in force.
_PATIENCE = 14
# A header of few columns fits too much; it holds only for what follows it at once.
_SMALL, _SMALL_PATIENCE = 4, 2
# Numbers before a row's own that may be the end of its label.
_MOST_OF_LABEL = 2
# Words of columns between a row's label and its values.
_MOST_WORDED = 5
# Rows right below a line of heads whose words were damaged.
_FEWEST_ROWS = 2
# Values that fill so many columns to the last are a row, whatever its label says.
_FEWEST_FILLED = 4
_NUMBERED, _NEAR = re.compile(r"\d{1,3}(?:[.)]?\s|%|[A-Z][a-z])"), 3
_VALUES_END = re.compile(r"(?:\s[-+]?\d[\d,]*(?:\.\d+)?%?){3,}$")


@dataclass(slots=True)
class Gathered:
    """What became of the blocks of a paper.

    Attributes:
        tables: Blocks that take the place of the block with their index.
        swallowed: Blocks that are part of a table that stands elsewhere.
    """

    tables: dict[int, Block] = field(default_factory=dict)
    swallowed: set[int] = field(default_factory=set)


class _RunLine(NamedTuple):
    """A line that may be the head of a column, its block, and whether its words say so."""

    block: int
    line: Passage
    is_head: bool


class Gatherer:
    """Reads the blocks of a paper in order and keeps the header in force.

    Attributes:
        document: The report.
        knowledge: For places in heads and the measures that lines name.
        gathered: What came of the blocks so far.
        header: The heads in force.
        head_block: The block that holds nothing but them, if one does.
        run: Lines one below the other that may be heads, a column each.
        open: The row that is being read.
        group: The label that stands above the rows that follow.
        lined: The heads that rows are known to fill in one line each.
        begun: The sentence that the label of the next row begins with, and its block.
        rows: The rows of the table that is being gathered.
        idle: How many blocks were read since the last row.
        lines: The lines of blocks that were looked at, by block.
        headless: Those of tables without heads.
        printed: The same, cut where they end on the page.
        wrapped: The lines still to come that go on with the heads in force.
        anchor: When the report was written.
    """

    def __init__(self, document: Document, knowledge: Knowledge) -> None:
        self.document = document
        self.knowledge = knowledge
        self.gathered = Gathered()
        self.header: Header | None = None
        self.head_block: int | None = None
        self.run: list[_RunLine] = []
        self.open: OpenRow | None = None
        self.group: Passage | None = None
        self.lined: Header | None = None
        self.begun: tuple[int, Passage] | None = None
        self.rows: list[GatheredRow] = []
        self.idle = 0
        self.lines: dict[int, list[Passage]] = {}
        self.headless: dict[int, list[Passage]] = {}
        self.printed: dict[int, Sequence[Passage]] = {}
        self.wrapped: list[Passage] = []
        facts = document.facts
        self.anchor = PeriodAnchor(facts.period.value, facts.meeting_date.value)

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
        lines = self._lines_of(index)
        if block.kind is BlockKind.TILE and any(not is_head(line.text, self.knowledge) for line in lines[:-1]):
            self.finish()
            return
        for line in lines:
            self._line(index, block, line)

    def awaits(self, index: int) -> bool:
        """True for a block that goes on with the heads in force: a line of years is no axis of a chart there."""
        return bool(self.wrapped) and any(line in self.wrapped for line in self._lines_of(index))

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
        table = block.table
        own = header_of_table(table, self.knowledge) if table is not None else None
        if table is not None and own is not None:
            # A strip of times with values of its own heads no others.
            alone = is_axis(own[0]) and len(table.rows) > own[1]
            header = without_doubles(own[0], table, own[1])
            self.header, self.head_block, self.idle = (None if alone else header), None, 0
            fitted = refitted(block, *own)
            if fitted is not None:
                self.gathered.tables[index] = fitted
            return
        above = self._right_above(index, block)
        in_force = above or self.header
        if in_force is None:
            return
        headed = with_header(block, in_force)
        if headed is not None:
            self.gathered.tables[index] = headed
            self.header, self.idle = in_force, 0
            self.lined = in_force
            if above is not None:
                self.gathered.swallowed.add(index - 1)

    def _right_above(self, index: int, block: Block) -> Header | None:
        """The heads of a line right above a table without any, where it can be cut into as many as the columns."""
        lines = self._lines_of(index - 1) if index else []
        if block.table is None or len(lines) != 1 or self.head_block == index - 1 or not opens_table(lines[0].text):
            return None
        if self.header is not None and _repeats(lines[0].text, self.header):
            return self.header
        for spans in ways_to_split(lines[0].text, self.knowledge):
            if len(spans) == block.table.columns:
                return make_header([[lines[0].slice(start, end)] for start, end in spans], self.knowledge)
        return None

    def _line(self, index: int, block: Block, line: Passage) -> None:
        text = line.text
        if line in self.wrapped:
            self.wrapped.remove(line)
            if len(self._lines_of(index)) == 1:
                self.gathered.swallowed.add(index)
            return
        reached = self._reached(index, line)
        header = self._header(index, line) if reached is None and block.kind is not BlockKind.CHART else reached
        if header is None and self._extends_run(index, text, line):
            return
        self._end_run()
        if header is not None and reached is None and is_axis(header):
            self.finish()
            self.header = None
            return
        if header is not None:
            self._close()
            self._flush()
            self.header, self.idle = header, 0
            self.head_block = index if len(self._lines_of(index)) == 1 else None
            return
        if self.header is None:
            return
        tokens = tokens_of(text, self.header)
        first, end = longest_run(tokens)
        if tokens and all(token.kind is not TokenKind.TEXT for token in tokens):
            self._values(index, line, tokens)
        elif self._is_row(tokens, first, end, block) and (
            ends_in_values(tokens, first, end)
            or not is_prose(text)
            or self._comment(line, tokens[first:end]) is not None
        ):
            self._row(index, line, tokens, first, end)
        elif block.kind is not BlockKind.CHART:
            self._words(index, block, line)

    def _header(self, index: int, line: Passage) -> Header | None:
        """The heads that a line holds, as the rows below it tell, else as its words do."""
        stacked = self._stacked(index, line)
        if stacked is not None:
            return stacked
        below = self._below(index, line)
        fitted = fitted_header(line, below[:_LOOKED_AHEAD], self.knowledge, self.anchor)
        if fitted is None and opens_table(line.text):
            fitted = self._wrapped_header(line, below)
        if fitted is None:
            fitted = header_line(line, self.knowledge) or self._mended_header(line, below)
            if fitted is not None and any(fill(row, fitted) == FILLED for row in below[:_LOOKED_AHEAD]):
                fitted.full = True
        return fitted

    def _reached(self, index: int, line: Passage) -> Header | None:
        """The heads of what looks like the axis of a chart, where rows below fill those that were not still to come."""
        times = find_periods(line.text)
        if len(times) < _SMALL:
            return None
        fitted = fitted_header(line, self._below(index, line)[:_LOOKED_AHEAD], self.knowledge, self.anchor)
        return fitted if fitted is not None and len(fitted.columns) <= len(times) else None

    def _below(self, index: int, line: Passage) -> list[Passage]:
        """The lines below one of a block, down to some blocks behind it; all of them where it is not found there."""
        below = [one for place in range(index, index + _LOOKED_AHEAD) for one in self._rows_of(place)]
        return below[next((place for place, one in enumerate(below) if one == line), -1) + 1 :]

    def _mended_header(self, line: Passage, below: Sequence[Passage]) -> Header | None:
        """The heads of a line with damaged words, where these put right the rows below fill all columns."""
        if line.text[-1] in ".:;" or not below or not all(has_values(one.text) for one in below[:_FEWEST_ROWS]):
            return None
        right = mended_line(line, self.knowledge.field_words)
        fitted = fitted_header(right, below[:_LOOKED_AHEAD], self.knowledge, self.anchor) if right is not line else None
        return fitted if fitted is not None and fitted.full else None

    def _stacked(self, index: int, line: Passage) -> Header | None:
        """The heads that begin in a line and go on in the printed lines below it, column by column."""
        text = line.text
        if not line.pieces or not may_hold_heads(text) or has_values(text):
            return None
        source = self.document.text
        every = (one for place in range(index, index + _LOOKED_AHEAD) for one in self._printed_of(place))
        begins = line.pieces[0].source_start
        below = itertools.dropwhile(lambda one: not one.pieces or one.pieces[0].source_start != begins, every)
        printed = list(itertools.islice(below, LINES_TOLD))
        count = stacked_lines(printed, source)
        if not count:
            return None
        printed += itertools.islice(below, _LOOKED_AHEAD)
        if is_gap(printed[count - 2], printed[count - 1], source):
            alone = fitted_header(printed[count - 1], printed[count:], self.knowledge, self.anchor)
            if alone is not None and alone.full:
                # Where a blank line stands behind every line, those above the heads are titles.
                return None
        indented = source[begins - 1 : begins].strip("\n") != ""
        header = stacked_header(printed[:count], printed[count:], self.knowledge, self.anchor, unlabelled=indented)
        if header is not None:
            ends = printed[count - 1].pieces[-1].source_end
            near = (one for place in range(index, index + count + 1) for one in self._lines_of(place))
            self.wrapped = [one for one in near if one.pieces and begins < one.pieces[0].source_start < ends]
        return header

    def _wrapped_header(self, line: Passage, below: Sequence[Passage]) -> Header | None:
        """The heads of a line that go on in the next line or two, where the rows below them fill all columns."""
        for count in range(1, _MOST_WRAPPED + 1):
            more = below[:count]
            if len(more) < count or any(has_values(one.text) or is_prose(one.text) for one in more):
                return None
            joined = Passage.join([line, *more])
            fitted = fitted_header(joined, below[count : count + _LOOKED_AHEAD], self.knowledge, self.anchor)
            if fitted is not None and fitted.full:
                self.wrapped = list(more)
                return fitted
        return None

    def _lines_of(self, index: int) -> list[Passage]:
        """The lines of a block that is no table; each is looked at from the lines above it, too."""
        if index not in self.lines:
            block = self.document.blocks[index] if index < len(self.document.blocks) else None
            self.lines[index] = kept_lines(block.passage) if block is not None and block.table is None else []
        return self.lines[index]

    def _rows_of(self, index: int) -> list[Passage]:
        """The lines of a block, those of a table without heads among them: they may be rows under heads above it."""
        block = self.document.blocks[index] if index < len(self.document.blocks) else None
        if block is None or block.table is None or block.table.header_rows:
            return self._lines_of(index)
        if index not in self.headless:
            self.headless[index] = kept_lines(block.passage)
        return self.headless[index]

    def _printed_of(self, index: int) -> Sequence[Passage]:
        """The lines of a block that is no table, cut where they end on the page."""
        if index not in self.printed:
            block = self.document.blocks[index] if index < len(self.document.blocks) else None
            told = block is not None and block.table is None and block.kind is not BlockKind.FURNITURE
            self.printed[index] = printed_lines(block.passage, self.document.text) if block is not None and told else ()
        return self.printed[index]

    def _extends_run(self, index: int, text: str, line: Passage) -> bool:
        """Add a line that is a head, or a name between heads, to the run of heads."""
        if is_head(text, self.knowledge):
            self.run.append(_RunLine(index, line, is_head=True))
            return True
        name = len(text.split()) <= _LONGEST_NAME and text[:1].isupper() and not has_digit(text)
        if len(self.run) >= 2 and name and not is_prose(text):
            self.run.append(_RunLine(index, line, is_head=False))
            return True
        return False

    def _end_run(self) -> None:
        """Take a run of heads for a header, or its last line for the label of a row."""
        if not self.run:
            return
        run, self.run = _from_label(self.run), []
        left: list[_RunLine] = []
        while run and not run[-1].is_head:
            left.insert(0, run.pop())
        known = sum(one.is_head for one in run)
        header = header_run([one.line for one in run], self.knowledge) if known >= 0.5 * len(run) else None
        if header is not None:
            self._close()
            self._flush()
            self.header, self.head_block, self.idle = header, None, 0
            self.gathered.swallowed.update(one.block for one in run)
        else:
            left = run + left
        for one in left:
            self._words(one.block, self.document.blocks[one.block], one.line)

    def _is_row(self, tokens: list[Token], first: int, end: int, block: Block) -> bool:
        """True for a line that ends in values; a label may be full of numbers where its values fill every column."""
        columns = len(self.header.columns) - 1 if self.header is not None and self.header.full else 0
        filled = _FEWEST_FILLED <= columns == end - first and end == len(tokens)
        heading = block.kind is BlockKind.HEADING and end - first == 1
        return filled or (is_row(tokens, first, end) and not heading)

    def _values(self, index: int, line: Passage, tokens: list[Token]) -> None:
        """A line of nothing but values: more of the open row, or a row whose name comes behind."""
        parts = [line.slice(token.start, token.end) for token in tokens]
        columns = len(self.header.columns) - 1 if self.header is not None else 0
        full = self.open is not None and bool(self.open.label) and len(self.open.values) >= columns > 1
        if (full and len(parts) == 1) or (self.lined is self.header and len(parts) < columns):
            # What follows a full row by itself is the number of the next, or has no head; where rows fill the heads in
            # one line, values in several are the marks of a chart.
            if full and self.open is not None and not ends_label(line.text):
                self.open.over += 1
            self._close()
        elif self.open is not None and self.open.label:
            self.open.values.extend(parts)
            self.open.blocks.append(index)
        elif sum(token.kind is TokenKind.VALUE for token in tokens) >= 2:
            self._close()
            self.open = OpenRow([], parts, [index])

    def _row(self, index: int, line: Passage, tokens: list[Token], first: int, end: int) -> None:
        """A line with a name and values."""
        self._close()
        begun, self.begun = self.begun, None
        text = line.text
        if self.header is not None and self.header.paired is not None:
            printed = sum(token.kind is TokenKind.VALUE for token in tokens[first:end])
            fits = printed == len(self.header.paired.columns) - 1
            self.header = self.header.paired if fits else replace(self.header, paired=None)
        if self.header is not None:
            tokens, end = rejoined(text, tokens, first, end, len(self.header.columns) - 1)
        over = max(first, end - most_values(tokens[first:end], self.header))
        of_label = all(ends_label(text[token.start : token.end]) for token in tokens[first:over])
        if (over - first > _MOST_OF_LABEL and _is_plain_corner(self.header)) or not of_label:
            # More values than heads: the heads in force are not this row's.
            return
        first, over = over, over - first
        start, stop = self._label_end(tokens, first), tokens[end - 1].end
        name, behind = trimmed(line.slice(0, start)), trimmed(line.slice(stop, len(line.text)))
        comment = self._comment(line, tokens[first:end])
        label = [part for part in ((name,) if comment is not None else (name, behind)) if part.text]
        if sum(len(part.text.split()) for part in label) > _LONGEST_LABEL:
            return
        values = [line.slice(token.start, token.end) for token in tokens[first:end]]
        if self.header is not None and len(values) == len(self.header.columns) - 1 >= _FEWEST_FILLED:
            self.lined = self.header
        blocks = [index]
        if begun is not None and begun[0] in (index - 1, index):
            label.insert(0, begun[1])
            blocks = sorted({begun[0], index})
        self.open = OpenRow(label, values, blocks, comment, over)

    def _label_end(self, tokens: list[Token], first: int) -> int:
        """Where a row's label ends: before the words of columns between labels and values, where one says how often."""
        start = tokens[first].start
        if self.header is None or not worded_columns(self.header.columns[1:]):
            return start
        told = [one.start for one in tokens[max(1, first - _MOST_WORDED) : first] if one.kind is TokenKind.FREQUENCY]
        return told[-1] if told else start

    def _comment(self, line: Passage, tokens: list[Token]) -> Passage | None:
        """The sentence behind a row's cells where they leave none empty but the comment's."""
        if self.header is None or ColumnKind.COMMENT not in self.header.kinds:
            return None
        columns = sum(column.kind is not ColumnKind.COMMENT for column in self.header.columns[1:])
        behind = trimmed(line.slice(tokens[-1].end, len(line.text)))
        full = len(tokens) >= columns and behind.text[:1].isupper() and fit_columns(tokens, self.header) is not None
        return behind if full else None

    def _words(self, index: int, block: Block, line: Passage) -> None:
        """A line of words: the name of the row above or below it, a group, or prose."""
        text = line.text
        if self.header is not None and is_stamp(text):
            # The day of the meeting, over the rest of a table on the next page.
            self._close()
            self._flush()
            return
        if self.header is not None and self._begins_label(index, line):
            self._close()
            self.begun = (index, line)
            return
        if is_prose(text) or self.header is None:
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
            if small and self.knowledge.names_measure(text) and not self._values_follow(index):
                # Few columns fit too much to hold under the heading of another measure.
                self.header = None
                return
        self.open = OpenRow([line], [], [index])

    def _begins_label(self, index: int, line: Passage) -> bool:
        """True for a sentence that a row's label begins with: "Rate of plans per 10,000." right above its values."""
        below = next(iter(self._lines_of(index + 1)), None)
        if below is None or len(line.text.split()) > _LONGEST_OPENING or _VALUES_END.search(below.text) is None:
            return False
        if _NUMBERED.match(line.text) and not below.text[0].isdigit() and self._are_numbered(index + 2):
            return True
        return is_prose(line.text) and not is_gap(line, below, self.document.text)

    def _are_numbered(self, index: int) -> bool:
        """True where the row gathered last has a number before its name, or a line of the next blocks has."""
        if self.rows and _NUMBERED.match(self.rows[-1].label.text):
            return True
        near = (line for place in range(index, index + _NEAR) for line in self._lines_of(place)[:1])
        return any(_NUMBERED.match(line.text) for line in near)

    def _values_follow(self, index: int) -> bool:
        """True for the name of a row that a reader took for a heading: the line below it is one of the row's cells."""
        below = next(iter(self._lines_of(index + 1)), None)
        if below is None or self.header is None:
            return False
        return all(token.kind is not TokenKind.TEXT for token in tokens_of(below.text, self.header))

    def _close(self) -> None:
        """Finish the open row: under its columns, or left as it was."""
        row, self.open = self.open, None
        if row is None or self.header is None:
            return
        if not row.values:
            self.group = row.label[-1] if row.label else None
            return
        placed = placed_row(row, self.header, self.group)
        if placed is not None:
            self.rows.append(placed)
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
        if self.head_block is not None:
            # Heads of columns are no heading, which would lend its words to every cell.
            self.gathered.swallowed.add(self.head_block)


def _repeats(line: str, header: Header) -> bool:
    """True for a line of a header's own words, in whatever order their wrapping left them."""
    return sorted(line.split()) == sorted(" ".join(column.head for column in header.columns).split())


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


def _from_label(run: list[_RunLine]) -> list[_RunLine]:
    """A run of heads from the head of the labels on; what stands before it is a heading."""
    for place in (1, 2):
        if place < len(run) and names_labels(run[place].line.text):
            return run[place:]
    return run
