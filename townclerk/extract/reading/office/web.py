"""Web pages: headings, paragraphs, lists and tables as their marks say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from townclerk.extract.reading.office.building import Builder, Slot, tidy
from townclerk.models.document import BlockKind, Document

_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head", "select", "button", "iframe"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "source"})
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
    }
    | {"strong", "sub", "sup", "time", "u", "var", "#text", "br", "wbr", "img", "o:p"}
)
# What is closed when another of its kind, or one that cannot stand in it, begins.
_CLOSES = {
    "p": {"p"}, "li": {"li", "p"}, "td": {"td", "th", "p", "li"}, "th": {"td", "th", "p", "li"},
    "tr": {"tr", "td", "th", "p", "li"}, "tbody": {"tr", "td", "th", "thead", "tbody"},
    "tfoot": {"tr", "td", "th", "tbody"},
    "dt": {"dt", "dd", "p"}, "dd": {"dt", "dd", "p"}, "option": {"option"},
}  # fmt: skip
_BARS = {"li": {"ul", "ol"}, "td": {"tr", "table"}, "th": {"tr", "table"}, "tr": {"table"}, "tbody": {"table"}}
_MOST_DEPTH = 400
_MOST_SPAN = 200


@dataclass(slots=True)
class Node:
    """An element with what is in it; text is an element named `#text`."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Node] = field(default_factory=list)
    text: str = ""

    def words(self) -> str:
        """All text in it."""
        if self.name == "#text":
            return self.text
        if self.name in _SILENT:
            return ""
        if self.name == "br":
            return "\n"
        joined = "".join(one.words() for one in self.inside)
        return joined if self.name in _INLINE else f" {joined} "

    def find(self, name: str) -> list[Node]:
        """Elements of a name anywhere in it."""
        found: list[Node] = []
        for one in self.inside:
            if one.name == name:
                found.append(one)
            found.extend(one.find(name))
        return found


class _Reader(HTMLParser):
    """Builds the tree, closing what pages leave open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("#root")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._close_for(tag)
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(node)
        if tag not in _VOID and len(self._open) < _MOST_DEPTH:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for back in range(len(self._open) - 1, 0, -1):
            if self._open[back].name == tag:
                del self._open[back:]
                return
            if self._open[back].name == "table" and tag != "table":
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(Node("#text", text=data))

    def _close_for(self, tag: str) -> None:
        closed, bars = _CLOSES.get(tag), _BARS.get(tag, {"table", "div", "body"})
        if closed is None:
            return
        for back in range(len(self._open) - 1, 0, -1):
            name = self._open[back].name
            if name in bars:
                return
            if name in closed:
                del self._open[back:]
                self._close_for(tag)
                return


def read_tree(text: str) -> Node:
    """The tree of a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.root


def read_web(text: str, name: str, sha256: str) -> Document:
    """Read a web page.

    Args:
        text: The page, decoded.
        name: Its name, for the record.
        sha256: Digest of its bytes.
    """
    builder = Builder()
    builder.page()
    _walk(read_tree(text), builder, 0)
    return builder.document(name, sha256, "text/html")


def _walk(node: Node, builder: Builder, depth: int) -> None:
    """Add the blocks of an element."""
    loose: list[str] = []

    def flush() -> None:
        for line in "".join(loose).split("\n\n"):
            builder.say(BlockKind.PARAGRAPH, line)
        loose.clear()

    for one in node.inside:
        if one.name in _INLINE and not _holds_blocks(one):
            loose.append(one.words())
            continue
        flush()
        _add(one, builder, depth)
    flush()


def _holds_blocks(node: Node) -> bool:
    return any(one.name not in _INLINE or _holds_blocks(one) for one in node.inside)


def _add(node: Node, builder: Builder, depth: int) -> None:
    name = node.name
    if name in _SILENT:
        return
    if re.fullmatch(r"h[1-6]", name):
        builder.say(BlockKind.HEADING, node.words(), int(name[1]))
    elif name == "table":
        _add_table(node, builder, depth)
    elif name == "caption":
        builder.say(BlockKind.CAPTION, node.words())
    elif name in {"ul", "ol"}:
        _add_list(node, builder, depth + 1)
    elif name in {"nav", "footer"}:
        builder.say(BlockKind.FURNITURE, node.words())
    else:
        _walk(node, builder, depth)


def _add_list(node: Node, builder: Builder, depth: int) -> None:
    number = 0
    for one in node.inside:
        if one.name != "li":
            if one.name not in _INLINE:
                _add(one, builder, depth)
            continue
        number += 1
        inner = [part for part in one.inside if part.name in {"ul", "ol", "table"}]
        words = Node("span", inside=[part for part in one.inside if part.name not in {"ul", "ol", "table"}]).words()
        builder.say(BlockKind.LIST_ITEM, words, depth, "•" if node.name == "ul" else f"{number}.")
        for part in inner:
            _add(part, builder, depth)


def _add_table(node: Node, builder: Builder, depth: int) -> None:
    """Add a table; one that only lays out the page (it holds tables or headings) is walked through."""
    if node.find("table") or any(node.find(f"h{level}") for level in range(1, 7)):
        for cell in (*_own(node, "caption"), *(cell for row in _rows(node) for cell in _own(row, "td", "th"))):
            _walk(cell, builder, depth)
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
