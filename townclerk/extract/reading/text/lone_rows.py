"""A row of tabs by itself whose label begins in the line or two right above it, heads and other rows far away."""

from __future__ import annotations

from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import Row, is_value, read_tab_rows
from townclerk.extract.spotting.periods import find_periods
from townclerk.patterns.table_words import table_words

_MOST_LINES, _LONGEST_LABEL, _FEWEST_VALUES, _FEWEST_HEADS = 2, 120, 3, 2


def lone_row(lines: list[Line], index: int, source: str) -> tuple[list[Row], int]:
    """The row whose label begins with a line, and the place behind it; nothing where no row is right below.

    Args:
        lines: All lines.
        index: The line.
        source: The document's text.
    """
    if "\t" in lines[index].text or (index and not lines[index].gap):
        return [], index
    place = next((at for at, line in enumerate(lines[index + 1 : index + _MOST_LINES + 1]) if "\t" in line.text), None)
    if place is None:
        return [], index
    first = index + 1 + place
    label, row = lines[index:first], lines[first]
    after = lines[first + 1] if first + 1 < len(lines) else None
    if any(line.gap or line.furniture for line in lines[index + 1 : first + 1]) or not _is_label(label):
        return [], index
    if after is not None and not after.gap and "\t" in after.text:
        return [], index
    begun, *cells = row.text.split("\t")
    values = [cell for cell in cells if cell.strip()]
    if not begun.strip() or is_value(begun) or len(values) < _FEWEST_VALUES or not all(map(is_value, values)):
        return [], index
    (whole,) = read_tab_rows([row], source)
    whole.cells[0] = [*((line.start, line.end) for line in label), *whole.cells[0]]
    return [whole], first + 1


def _is_label(lines: list[Line]) -> bool:
    """True for words that can begin a row's label: no heads, nor the name of a table."""
    text = " ".join(line.text for line in lines)
    if len(text) > _LONGEST_LABEL or text.endswith(":") or table_words().numbers_table(text):
        return False
    return not table_words().names_labels(text) and len(find_periods(text)) < _FEWEST_HEADS
