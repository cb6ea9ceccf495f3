"""The tree of a web page, whatever it leaves open."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head", "select", "button", "iframe"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "source"})
INLINE = frozenset(
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
        if self.name in SILENT:
            return ""
        if self.name == "br":
            return "\n"
        joined = "".join(one.words() for one in self.inside)
        return joined if self.name in INLINE else f" {joined} "

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


def holds_blocks(node: Node) -> bool:
    """True for an element that holds, at any depth, one that stands on lines of its own."""
    return any(one.name not in INLINE or holds_blocks(one) for one in node.inside)
