"""What holds while the rows of one table are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from townclerk.extract.linking.scene import SpottedBlock
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.linking.tables.grid import Grid, GridCell
from townclerk.extract.linking.tables.meanings import HeadMeanings
from townclerk.extract.linking.tables.rows import RowMeaning
from townclerk.models.area import Area
from townclerk.models.candidate import Candidate, Span
from townclerk.models.mentions import AreaMention, FigureMention, PeriodMention
from townclerk.patterns.table_words import ColumnKind


@dataclass(slots=True)
class TableState:
    """What holds while the rows of one table are read.

    Attributes:
        spotted: The table's block.
        grid: Its cells.
        columns: What its columns mean.
        own_index: Where the authority's own value stands in short rows, if verified.
        period: A time that holds for the whole table.
        place: Where the head over the labels is a place and no more: whose values these are.
        group: The group label above the present row.
        carried: The label of the last row that named a measure, for rows that name only a time, place or role.
        rated: The measure being read as its rate, where the row above or places' rows below it told that.
        places: Places that row labels name, where the gazetteer does not know them.
        gaps: Values with the gap to the authority's own that is printed beside each.
        all_values: The present row holds nothing but values: its first is one like the others, no label.
        current: The label of a box's newest value, where its words do not say so.
        counts: The numerators and denominators told in rows of their own, by column, of the measure being read.
        shown: Its values, with their columns.
        reached: The times over its own values, once they were asked for.
        meanings: What its heads say, once that was asked for.
        linked: What was found.
        unlinked: Figures that found no measure, with the reason.
    """

    spotted: SpottedBlock
    grid: Grid
    columns: list[Column]
    own_index: int | None
    period: PeriodMention | None
    place: AreaMention | None = None
    group: str = ""
    carried: RowMeaning | None = None
    rated: str = ""
    places: dict[str, AreaMention] = field(default_factory=dict)
    gaps: list[tuple[Candidate, float]] = field(default_factory=list)
    all_values: bool = False
    current: str = ""
    counts: dict[int, dict[ColumnKind, float]] = field(default_factory=dict)
    shown: list[tuple[int, Candidate]] = field(default_factory=list)
    reached: list[PeriodMention] | None = None
    meanings: HeadMeanings | None = None
    linked: list[Candidate] = field(default_factory=list)
    unlinked: list[tuple[Span, str, str]] = field(default_factory=list)

    @property
    def corner_dated(self) -> bool:
        """True where the head over the labels gives the time of the whole table."""
        return bool(self.columns) and self.columns[0].period is not None

    @property
    def is_headed_by_value(self) -> bool:
        """True for a box whose first row is a value without a label: the newest."""
        first = [cell for cell in self.grid.rows[0] if cell.text.strip()] if self.grid.rows else []
        return self.grid.is_box and len(first) == 1 and first[0].is_value

    @property
    def has_heads(self) -> bool:
        """True where at least one column says what it is."""
        return any(column.kind or column.period or column.area for column in self.columns)


def span_of(spotted: SpottedBlock, cell: GridCell, figure: FigureMention | None = None) -> Span | None:
    """A cell, or a figure in it, as a span of the document's text."""
    start, end = (figure.start, figure.end) if figure else (0, len(cell.text))
    try:
        return Span(spotted.block.page, *cell.cell.passage.source_span(start, end))
    except ValueError:
        return None


def area_is_own(area: Area | None) -> bool:
    """True for the reporting authority."""
    return area is not None and area.is_reporting_authority
