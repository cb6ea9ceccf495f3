"""Web pages: headings, paragraphs, lists and tables as their marks say."""

from __future__ import annotations

import re

from townclerk.extract.reading.office.building import Builder, Slot, tidy
from townclerk.extract.reading.office.web_boxes import Styles, as_pairs, as_table, tiles_in
from townclerk.extract.reading.office.web_tree import INLINE, SILENT, Node, holds_blocks, read_tree
from townclerk.models.document import BlockKind, Document

_MOST_SPAN = 200


def read_web(text: str, name: str, sha256: str) -> Document:
    """Read a web page.

    Args:
        text: The page, decoded.
        name: Its name, for the record.
        sha256: Digest of its bytes.
    """
    builder = Builder()
    builder.page()
    tree = read_tree(text)
    _walk(tree, builder, 0, Styles(tree))
    return builder.document(name, sha256, "text/html")


def _walk(node: Node, builder: Builder, depth: int, styles: Styles) -> None:
    """Add the blocks of an element."""
    loose: list[str] = []
    tiles = tiles_in(node)

    def flush() -> None:
        for line in "".join(loose).split("\n\n"):
            builder.say(BlockKind.PARAGRAPH, line)
        loose.clear()

    for one in node.inside:
        if one.name in INLINE and not holds_blocks(one):
            loose.append(one.words())
            continue
        flush()
        if id(one) in tiles:
            builder.tile(*tiles[id(one)])
        else:
            _add(one, builder, depth, styles)
    flush()


def _add(node: Node, builder: Builder, depth: int, styles: Styles) -> None:
    name = node.name
    if name in SILENT:
        return
    if re.fullmatch(r"h[1-6]", name):
        builder.say(BlockKind.HEADING, node.words(), int(name[1]))
    elif name == "table":
        _add_table(node, builder, depth, styles)
    elif name == "caption":
        builder.say(BlockKind.CAPTION, node.words())
    elif name == "dl":
        builder.table(as_pairs(node))
    elif name in {"ul", "ol"} and not tiles_in(node):
        _add_list(node, builder, depth + 1, styles)
    elif name in {"nav", "footer"}:
        builder.say(BlockKind.FURNITURE, node.words())
    else:
        titles, slots = as_table(node, styles)
        for title in titles:
            _add(title, builder, depth, styles)
        if slots:
            builder.table(slots)
        else:
            _walk(node, builder, depth, styles)


def _add_list(node: Node, builder: Builder, depth: int, styles: Styles) -> None:
    number = 0
    for one in node.inside:
        if one.name != "li":
            if one.name not in INLINE:
                _add(one, builder, depth, styles)
            continue
        number += 1
        inner = [part for part in one.inside if part.name in {"ul", "ol", "table"}]
        words = Node("span", inside=[part for part in one.inside if part.name not in {"ul", "ol", "table"}]).words()
        builder.say(BlockKind.LIST_ITEM, words, depth, "•" if node.name == "ul" else f"{number}.")
        for part in inner:
            _add(part, builder, depth, styles)


def _add_table(node: Node, builder: Builder, depth: int, styles: Styles) -> None:
    """Add a table; one that only lays out the page (it holds tables or headings) is walked through."""
    if node.find("table") or any(node.find(f"h{level}") for level in range(1, 7)):
        for cell in (*_own(node, "caption"), *(cell for row in _rows(node) for cell in _own(row, "td", "th"))):
            _walk(cell, builder, depth, styles)
        return
    for caption in _own(node, "caption"):
        builder.say(BlockKind.CAPTION, caption.words())
    builder.table(_slots(node))


def _own(node: Node, *names: str) -> list[Node]:
    return [one for one in node.inside if one.name in names]


def _rows(node: Node) -> list[Node]:
    """The rows of a table, in its parts or not."""
    rows: list[Node] = []
    for one in node.inside:
        if one.name == "tr":
            rows.append(one)
        elif one.name in {"thead", "tbody", "tfoot"}:
            rows.extend(_own(one, "tr"))
    return rows


def _slots(node: Node) -> list[Slot]:
    """The cells of a table at their places, those that reach down from above counted."""
    heads = {id(row) for part in _own(node, "thead") for row in _own(part, "tr")}
    slots: list[Slot] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(_rows(node)):
        column = 0
        for cell in _own(row, "td", "th"):
            while (number, column) in taken:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            taken.update((number + y, column + x) for y in range(down) for x in range(across))
            is_head = id(row) in heads or cell.name == "th"
            slots.append(Slot(number, column, tidy(cell.words()), down, across, is_head=is_head))
            column += across
    return slots


def _span(cell: Node, name: str) -> int:
    digits = re.match(r"\s*(\d{1,4})", cell.attributes.get(name, ""))
    return min(_MOST_SPAN, max(1, int(digits[1]))) if digits else 1
