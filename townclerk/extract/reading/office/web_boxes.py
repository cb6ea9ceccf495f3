"""Tables and tiles that a web page lays out with plain boxes: what stands in rows, in a grid, or alone in a card."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from townclerk.extract.reading.office.building import Slot, tidy
from townclerk.extract.reading.office.web_tree import INLINE, SILENT, Node, holds_blocks
from townclerk.extract.reading.pdf.knowledge import layout_knowledge
from townclerk.extract.reading.text.headings import is_period_only

Tile = tuple[str, str, list[str]]

_TITLE = re.compile(r"h[1-6]")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_REPEAT = re.compile(r"repeat\(\s*(\d{1,3})\s*,\s*((?:[^()]|\([^()]*\))*)\)")
_BRACKETS = re.compile(r"\([^()]*\)")
_WHOLE_ROW = re.compile(r"1\s*/\s*-1")
_SPAN = re.compile(r"span\s+(\d{1,2})")
_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 2
_FEWEST_PARTS, _MOST_PARTS, _MOST_WORDS, _FEWEST_LETTERS = 2, 8, 45, 3


class Styles:
    """What a page's own style sheets and attributes say of how its boxes are laid out."""

    def __init__(self, tree: Node) -> None:
        """Read the style sheets of a page; of a selector its last part counts."""
        self._rules: dict[str, dict[str, str]] = {}
        for sheet in tree.find("style"):
            text = re.sub(r"/\*.*?\*/", "", "".join(one.text for one in sheet.inside), flags=re.DOTALL)
            for selectors, body in _RULE.findall(text):
                said = _declared(body)
                for selector in selectors.split(","):
                    parts = selector.split()
                    if parts and said:
                        self._rules.setdefault(parts[-1], {}).update(said)

    def of(self, node: Node) -> dict[str, str]:
        """What is said of one element."""
        said = dict(self._rules.get(node.name, ()))
        for name in node.attributes.get("class", "").split():
            said.update(self._rules.get(f".{name}", ()))
            said.update(self._rules.get(f"{node.name}.{name}", ()))
        said.update(self._rules.get(f"#{node.attributes.get('id', '')}", ()))
        said.update(_declared(node.attributes.get("style", "")))
        return said


def _declared(body: str) -> dict[str, str]:
    pairs = (one.partition(":") for one in body.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, colon, value in pairs if colon}


def as_table(node: Node, styles: Styles) -> tuple[list[Node], list[Slot]]:
    """A table made of boxes, in a grid with so many columns or in rows of as many cells: titles over it, its cells."""
    boxes = _boxes(node)
    titles = list(takewhile(lambda box: _TITLE.fullmatch(box.name), boxes))
    boxes = boxes[len(titles) :]
    if len(boxes) < _FEWEST_ROWS:
        return [], []
    slots = _grid(node, boxes, styles) or _rows(boxes)
    return (titles, slots) if _is_tabular(slots) else ([], [])


def as_pairs(node: Node) -> list[Slot]:
    """The cells of a list of names and what is said of each."""
    parts = [part for box in _boxes(node) for part in ([box] if box.name in {"dt", "dd"} else _boxes(box))]
    slots: list[Slot] = []
    row, column = -1, 0
    for part in parts:
        row, column = (row + 1, 0) if part.name == "dt" else (row, column + 1)
        slots.append(Slot(max(0, row), column, tidy(part.words())))
    return slots


def _boxes(node: Node) -> list[Node]:
    """The elements in an element with no words of its own between them."""
    boxes = [one for one in node.inside if one.name != "#text" and one.name not in SILENT and one.name != "br"]
    loose = any(one.name == "#text" and one.text.strip() for one in node.inside)
    return [] if loose else boxes


def _grid(node: Node, boxes: Sequence[Node], styles: Styles) -> list[Slot]:
    """The cells of a grid whose style tells how many columns it has."""
    said = styles.of(node)
    columns = _columns(said.get("grid-template-columns", "")) if "grid" in said.get("display", "") else 0
    if columns < _FEWEST_COLUMNS or any(holds_blocks(box) for box in boxes):
        return []
    slots: list[Slot] = []
    row = column = 0
    for box in boxes:
        place = styles.of(box).get("grid-column", "")
        span = _SPAN.search(place)
        across = columns if _WHOLE_ROW.search(place) else min(columns, int(span[1])) if span else 1
        if column + across > columns:
            row, column = row + 1, 0
        slots.append(Slot(row, column, tidy(box.words()), 1, across))
        column += across
    return slots


def _columns(template: str) -> int:
    """How many columns a template names; 0 where they are as many as there is room for."""
    if "auto-fi" in template or "subgrid" in template:
        return 0
    whole = _REPEAT.sub(lambda found: " ".join([found[2]] * int(found[1])), template)
    while _BRACKETS.search(whole):
        whole = _BRACKETS.sub("", whole)
    return len(whole.split())


def _rows(boxes: Sequence[Node]) -> list[Slot]:
    """The cells of boxes that are rows: most hold as many boxes of words; one cell alone runs over its row."""
    rows = [cells for box in boxes for cells in _row_cells(box)]
    if not rows:
        return []
    counts = [len(cells) for cells in rows]
    columns = max(set(counts), key=counts.count)
    if columns < _FEWEST_COLUMNS or any(count not in {1, columns} for count in counts):
        return []
    return [
        Slot(number, column, tidy(cell.words()), 1, columns if len(cells) == 1 else 1)
        for number, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]


def _row_cells(box: Node) -> Iterator[list[Node]]:
    """The cells of the rows that a box is, or holds."""
    cells = _boxes(box)
    if not cells:
        yield [box]
    elif not any(holds_blocks(cell) for cell in cells):
        yield cells
    else:
        for cell in cells:
            yield _boxes(cell) or [cell]


def _is_tabular(slots: Sequence[Slot]) -> bool:
    """True for a first row without values over rows with some behind their first cell."""
    first = [slot.text for slot in slots if slot.row == 0 and slot.text]
    if len(first) < _FEWEST_ROWS or any(_is_value(text) for text in first):
        return False
    return len({slot.row for slot in slots if slot.column and _is_value(slot.text)}) >= _FEWEST_ROWS - 1


def _is_value(text: str) -> bool:
    layout = layout_knowledge()
    plain = layout.value.fullmatch(text) is not None and layout.period_head.fullmatch(text) is None
    return plain and any(char.isdigit() for char in text)


def tiles_in(node: Node) -> dict[int, Tile]:
    """The tiles among the boxes in an element, by their identity: two and more in a run, each a value with its name."""
    boxes = [box for box in node.inside if box.name not in INLINE and box.name not in SILENT]
    if len(boxes) < _FEWEST_ROWS:
        return {}
    found: dict[int, Tile] = {}
    run: list[tuple[int, Tile]] = []
    for box in [*boxes, None]:
        tile = _tile(box) if box is not None else None
        if box is not None and tile is not None:
            run.append((id(box), tile))
            continue
        if len(run) >= _FEWEST_ROWS:
            found.update(run)
        run = []
    return found


def _tile(box: Node) -> Tile | None:
    """One tile: its label, its value, and the lines below; None for a box that is none."""
    if any(box.find(name) for name in ("table", "ul", "ol", "section")) or len(box.words().split()) > _MOST_WORDS:
        return None
    parts = [text for part in _leaves(box) if (text := tidy(part.words()))]
    at = next((number for number, text in enumerate(parts) if _is_value(text)), None)
    if at is None or not _FEWEST_PARTS <= len(parts) <= _MOST_PARTS:
        return None
    before, after = parts[:at], parts[at + 1 :]
    named = bool(before) and not all(is_period_only(text) for text in before)
    if not named and (not after or _is_value(after[0])):
        return None
    label = before if named else [*before, after[0]]
    if sum(char.isalpha() for text in label for char in text) < _FEWEST_LETTERS:
        return None
    return " ".join(label), parts[at], _lines(after if named else after[1:], label_first=named)


def _lines(parts: Sequence[str], *, label_first: bool) -> list[str]:
    """The rest of a tile as lines; a value alone stands on a line with the words that go with it."""
    lines: list[str] = []
    rest = list(parts)
    while rest:
        text = rest.pop(0)
        if rest and _is_value(rest[0] if label_first else text) and not _is_value(text if label_first else rest[0]):
            text = f"{text} {rest.pop(0)}"
        lines.append(text)
    return lines


def _leaves(node: Node) -> Iterator[Node]:
    """The innermost elements with words; what is written partly in marks within a line ("Target <b>85%</b>") is one."""
    if node.name in SILENT:
        return
    loose = any(one.name == "#text" and one.text.strip() for one in node.inside)
    if loose and not holds_blocks(node):
        yield node
        return
    for one in node.inside:
        if one.name == "#text":
            if one.text.strip():
                yield one
        elif one.inside:
            yield from _leaves(one)
