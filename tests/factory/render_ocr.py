"""Flattened, OCR-like text of a report: glued tiles, torn rows, shifted columns, chart residue, damaged characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from tests.factory.chance import chance
from tests.factory.damage import damage_figures, damage_words, glue
from tests.factory.gold import Figure
from tests.factory.marks import CLOSE, OPEN, columns, plain, strip, without
from tests.factory.page import Block, Bullet, Cards, Cell, Chart, Heading, Para, Report, Table, Tile, TilePart
from tests.factory.render_text import cards_text, spread

_BULLETS = {"•": ["e", "«", "*", "¢", "•", "·"], "★": ["*", "★", "%&"], "▲": ["A", "▲", "4"], "●": ["@", "●", "0"]}
_ARROWS = {"↑": "é", "↓": "ê", "→": "è", "⬆": "é", "⬇": "ê", "▲": "p", "▼": "q", "►": "u", "➔": "è"}


@dataclass(slots=True)
class Recogniser:
    """One recogniser's habits.

    Attributes:
        rng: Its source of chance.
        rate: Letters damaged, as a share.
        figures: Figures damaged, as a share.
        tables: How it leaves tables: "tabs", "spaces", "cells" (one a line), "grouped" (section as a first cell).
        width: Characters at which it breaks lines; 0 for none.
        hyphens: Whether broken words keep their hyphen at the line's end.
    """

    rng: Random
    rate: float
    figures: float
    tables: str
    width: int
    hyphens: bool

    @classmethod
    def of(cls, seed: str) -> Recogniser:
        """The recogniser of a seed; the letter rate is one of four stated ones."""
        rng = chance(seed, "recogniser")
        rate = rng.choice([0.0, 0.002, 0.006, 0.015])
        tables = rng.choice(["tabs", "spaces", "spaces", "cells", "grouped"])
        return cls(rng, rate, rate * 4, tables, rng.choice([0, 0, 72, 95]), rng.random() < 0.5)


def render_ocr(report: Report, seed: str) -> tuple[str, str]:
    """The marked text of a report as a recogniser leaves it, and a sentence on how it was damaged."""
    habits = Recogniser.of(seed)
    total = len(report.pages) + 2
    by_mark = _by_mark(report)
    pages = []
    for number, page in enumerate(report.pages, 1):
        parts = _page(_side_by_side(page.blocks, habits.rng, by_mark), habits)
        if report.header:
            parts.insert(0, report.header)
        if report.footer:
            parts.append(report.footer.replace("{n}", str(number)).replace("{N}", str(total)))
        pages.append("\n\n".join(part for part in parts if part))
    text = "\n\n".join(pages) + "\n"
    text = damage_figures(text, by_mark, habits.rng, habits.figures)
    text = damage_words(text, by_mark, habits.rng, habits.rate)
    return text, f"letters damaged at {habits.rate:g}, figures at {habits.figures:g}, tables as {habits.tables}"


def _by_mark(report: Report) -> dict[int, Figure]:
    return {number: figure for figure in report.book.figures for number in figure.prints}


def _side_by_side(blocks: list[Block], rng: Random, figures: dict[int, Figure]) -> list[Block]:
    """Now and then two short paragraphs stood beside each other and were read across. Explained ones are left alone."""
    out: list[Block] = []
    for block in blocks:
        before = out[-1] if out else None
        if (
            isinstance(block, Para | Bullet)
            and isinstance(before, Para | Bullet)
            and not getattr(before, "number", "")
            and not getattr(block, "number", "")
            and all(b.text.count(OPEN) > 0 and _flat(b.text, figures) and "\n" not in b.text for b in (before, block))
            and rng.random() < 0.06
        ):
            for text in (before.text, block.text):
                for place in strip(text)[1]:
                    figures[place.number].harder("hard")
            out[-1] = Para(across(before.text, block.text, rng.choice([38, 44, 50])))
        else:
            out.append(block)
    return out


def _flat(text: str, figures: dict[int, Figure]) -> bool:
    """True where every mark of the text is a figure, none a passage."""
    return all(place.number in figures for place in strip(text)[1])


def _page(blocks: list[Block], habits: Recogniser) -> list[str]:
    """The page's blocks as lines; a chart may tear the paragraph that follows or stands before it."""
    rng = habits.rng
    out: list[str] = []
    residue: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                out.append(block.text)
            case Para():
                text = f"{block.number} {block.text}" if block.number else block.text
                if residue and rng.random() < 0.7:
                    text = tear(text, " ".join(residue), rng)
                    residue = []
                out.append(text if "\n" in text else _loop(_furnished(broken(text, habits), rng), rng))
            case Bullet():
                glyph = rng.choice(_BULLETS.get(block.glyph, [block.glyph]))
                out.append(broken(f"{glyph} {block.text}".lstrip(), habits))
            case Table():
                out.append(flat_table(block, habits))
            case Tile():
                out.append(flat_tile(block, rng))
            case Chart():
                residue += _chart_words(block, rng)
            case Cards():
                out.append(cards_text(block, across=rng.random() < 0.5))
    return [*out, " ".join(residue)] if residue else out


def _chart_words(chart: Chart, rng: Random) -> list[str]:
    """A chart's words in no order; its labels lose their marks, since nobody could say which is which."""
    words = [plain(label) for label in chart.labels] + chart.axis + chart.ticks
    rng.shuffle(words)
    return [plain(chart.title), *words]


def tear(text: str, residue: str, rng: Random) -> str:
    """Put residue between two words of a text, outside every mark."""
    gaps = [match.start() for match in re.finditer(" ", text) if _depth(text, match.start()) == 0]
    if not gaps:
        return f"{text} {residue}"
    at = rng.choice(gaps)
    return f"{text[:at]} {residue}{text[at:]}"


def _depth(text: str, position: int) -> int:
    return text.count(OPEN, 0, position) - text.count(CLOSE, 0, position)


def _furnished(text: str, rng: Random) -> str:
    """Now and then a page ended in the middle of the paragraph and its furniture stands there (P01)."""
    gaps = [match.start() for match in re.finditer("[ \n]", text) if _depth(text, match.start()) == 0]
    if len(gaps) < 12 or rng.random() > 0.04:
        return text
    at = rng.choice(gaps)
    number = rng.randint(2, 12)
    line = rng.choice([f"Page {number}", f"Page {number} of {number + 9}", f"{number}", f"OFFICIAL\n{number}"])
    return f"{text[:at]}\n\n{line}\n\n{text[at + 1 :]}"


def _loop(text: str, rng: Random) -> str:
    """Now and then a sentence without figures is read again and again."""
    if rng.random() > 0.015:
        return text
    sentences = [s for s in plain(text).replace("\n", " ").split(". ") if not any(c.isdigit() for c in s)]
    return f"{text}\n{'. '.join([rng.choice(sentences).rstrip('.')] * rng.randint(4, 12))}." if sentences else text


def broken(text: str, habits: Recogniser) -> str:
    """The text in lines of the recogniser's width, long words sometimes divided."""
    if not habits.width:
        return text
    lines: list[str] = []
    now: list[str] = []
    length = 0
    for word in text.split(" "):
        size = len(without(word))
        if length + size > habits.width and now:
            cut = _cut(word, habits)
            if cut is not None:
                now.append(cut[0])
                word = cut[1]  # noqa: PLW2901 - the rest of the word begins the next line
            lines.append(" ".join(now))
            now, length = [], 0
        now.append(word)
        length += size + 1
    return "\n".join([*lines, " ".join(now)])


def _cut(word: str, habits: Recogniser) -> tuple[str, str] | None:
    if not habits.hyphens or len(word) < 9 or not word.isalpha() or habits.rng.random() < 0.6:
        return None
    at = len(word) // 2
    return f"{word[:at]}-", word[at:]


def flat_tile(tile: Tile, rng: Random) -> str:
    """A tile in one run: labels glued to values, or the labels of target and variance before both values (P20)."""
    parts = [part for part in tile.parts if not part.big]
    main = next((part.value for part in tile.parts if part.big), "")
    target = next((p for p in parts if p.value and "arget" in p.label and "ariance" not in p.label), None)
    variance = next((p for p in parts if p.value and ("ariance" in p.label or "Gap" in p.label)), None)
    pieces: list[str] = []
    if target is not None and variance is not None and rng.random() < 0.6:
        pieces.append(f"{target.label}{variance.label}{target.value}{variance.value}")
        parts = [part for part in parts if part not in (target, variance)]
    pieces += [_glued(part, rng) for part in parts]
    title = tile.title if rng.random() < 0.7 else glue(tile.title)
    if rng.random() < 0.6:
        return f"{title}\n{_run([*pieces, main])}"
    return f"{title}\n{main}\n{_run(pieces)}"


def _run(pieces: list[str]) -> str:
    """Pieces in one run; where two numbers would melt into one, a line ends."""
    out = ""
    for piece in pieces:
        melts = plain(out)[-1:].isdigit() and plain(piece)[:1].isdigit()
        out += ("\n" if melts else "") + piece
    return out


def _glued(part: TilePart, rng: Random) -> str:
    return f"{part.label}{part.value}" if rng.random() < 0.7 else f"{part.label} {part.value}"


def flat_table(table: Table, habits: Recogniser) -> str:
    """A table's rows as the recogniser leaves them; a row with an empty cell or a gap in a number keeps its tabs."""
    head = [_line(row, habits, head=True) for row in table.head]
    lines = [table.caption] if table.caption else []
    lines += head
    group = ""
    for row in table.rows:
        if len(row) == 1 and habits.tables == "grouped" and len(plain(row[0].text)) < 45:
            group = row[0].text
            continue
        text = _line(row, habits, head=False)
        if habits.tables == "grouped":
            text, group = (f"{group}\t{text}" if group else text), ""
        lines.append(text)
    return "\n".join(lines)


def _line(row: list[Cell], habits: Recogniser, *, head: bool) -> str:
    cells = [_cell(cell, text) for cell, text in zip(row, [c.text for c in row], strict=True)]
    if len(row) == 1:
        return broken(cells[0], habits)
    gapped = any(re.search(r"\d \d{3}", cell) for cell in cells[1:])
    full = all(cells) and len(cells) == len(spread(row)) and not gapped
    if not full or habits.tables in {"tabs", "grouped"}:
        return "\t".join(_cell(c, t) for c, t in zip(_wide(row), spread(row), strict=True)).rstrip("\t")
    if habits.tables == "cells" and (head or len(cells) <= 8):
        return "\n".join(cells)
    if not head and habits.rng.random() < 0.06:
        return " ".join([*cells[1:], cells[0]])
    if not head and habits.rng.random() < 0.08:
        return _wrapped(cells)
    return " ".join(cells)


def _wide(row: list[Cell]) -> list[Cell]:
    return [cell for cell in row for _ in range(cell.span)]


def _wrapped(cells: list[str]) -> str:
    """The label wraps and the values land inside it (P12)."""
    words = cells[0].split(" ")
    at = max(1, len(words) // 2)
    return f"{' '.join(words[:at])} {' '.join(cells[1:])}\n{' '.join(words[at:])}".rstrip()


def _cell(cell: Cell, text: str) -> str:
    return _ARROWS.get(text, text)


def across(one: str, other: str, width: int) -> str:
    """Two columns read straight across: line by line, the second column's words behind the first's (P05)."""
    left, right = (columns(text, width) for text in (one, other))
    lines = []
    for number in range(max(len(left), len(right))):
        start = left[number] if number < len(left) else ""
        gap = " " * max(3, width + 4 - len(without(start)))
        lines.append((start + (gap + right[number] if number < len(right) else "")).rstrip())
    return "\n".join(lines)
