"""PowerPoint presentations: a slide a page, its title a heading, its tables as tables, its boxes as tiles."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE

from townclerk.extract.reading.office.building import Builder, Slot, tidy
from townclerk.extract.reading.office.charts import add_chart
from townclerk.extract.reading.pdf.knowledge import layout_knowledge
from townclerk.models.document import BlockKind, Document
from townclerk.models.units import Rag

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_EMU = 12_700
# Shapes whose tops differ by less than this many points stand beside each other.
_ROW = 18.0
_PICTURE = (200.0, 100.0)
_LONGEST_LABEL, _LONGEST_TILE = 90, 200
# "last month 405" tells of another value.
_VALUE_BEHIND = re.compile(r"[:\s(]\d[\d,.]*%?\)?$")


def read_slides(data: bytes, name: str, sha256: str) -> Document:
    """Read a presentation.

    Raises:
        KeyError, ValueError: As the library raises them for a damaged file.
    """
    file = pptx.Presentation(io.BytesIO(data))
    builder = Builder()
    for number, slide in enumerate(file.slides, 1):
        builder.page(str(number))
        if slide._element.get("show") == "0":
            builder.skip("the slide is hidden in the presentation")
            continue
        title = slide.shapes.title or _box_for_title(slide.shapes, file.slide_height or 0)
        if title is not None and title.has_text_frame:
            builder.say(BlockKind.HEADING, title.text_frame.text, 1 if number == 1 else 2)
        _read_boxes([one for one in _flat(slide.shapes) if title is None or one.shape_id != title.shape_id], builder)
    return builder.document(name, sha256, MEDIA_TYPE)


def _box_for_title(shapes: Iterable[Any], height: int) -> Any | None:
    """The text box that serves as a title where the slide has none: one short line at the top, above all others."""
    boxes = sorted((one for one in _flat(shapes) if _has_content(one)), key=_place)
    if len(boxes) < 2 or not boxes[0].has_text_frame:
        return None
    top, *others = boxes
    lines = [line for paragraph in top.text_frame.paragraphs if (line := tidy(paragraph.text))]
    if len(lines) != 1 or len(lines[0]) > _LONGEST_LABEL or lines[0].endswith(".") or _lower_edge(top) > height / 3:
        return None
    above_all = all(_lower_edge(top) <= (other.top or 0) for other in others)
    return top if above_all and not layout_knowledge().value.fullmatch(lines[0]) else None


def _has_content(shape: Any) -> bool:
    return not shape.has_text_frame or bool(shape.text_frame.text.strip())


def _lower_edge(shape: Any) -> int:
    return (shape.top or 0) + (shape.height or 0)


def _flat(shapes: Iterable[Any]) -> Iterator[Any]:
    """All shapes, those of groups among them."""
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _flat(shape.shapes)
        else:
            yield shape


def _read_boxes(shapes: list[Any], builder: Builder) -> None:
    """Add shapes from the top down, those of one row from the left; a value joins the label next to it."""
    frames = [shape for shape in shapes if _is_frame(shape)]
    boxes: list[tuple[Any, list[str]]] = []
    for shape in sorted(shapes, key=_place):
        if getattr(shape, "has_table", False):
            _flush(boxes, frames, builder)
            _add_table(shape.table, builder)
        elif getattr(shape, "has_chart", False):
            _flush(boxes, frames, builder)
            add_chart(shape.chart, builder)
        elif shape.has_text_frame:
            lines = [tidy(paragraph.text) for paragraph in shape.text_frame.paragraphs]
            if any(lines):
                boxes.append((shape, lines))
        elif shape.shape_type == MSO_SHAPE_TYPE.PICTURE and _is_large(shape):
            builder.skip("a picture on it was not read; save the slides as PDF and give that to have it read")
    _flush(boxes, frames, builder)


def _is_frame(shape: Any) -> bool:
    """True for a shape without words, behind which text boxes may be laid."""
    return shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE and not _has_content(shape)


def _frame_of(shape: Any, frames: list[Any]) -> int | None:
    """The smallest frame that the middle of a shape lies in; None where it lies in none."""
    x, y = (shape.left or 0) + (shape.width or 0) / 2, (shape.top or 0) + (shape.height or 0) / 2
    around = [
        ((frame.width or 0) * (frame.height or 0), number)
        for number, frame in enumerate(frames)
        if (frame.left or 0) <= x <= (frame.left or 0) + (frame.width or 0)
        and (frame.top or 0) <= y <= _lower_edge(frame)
    ]
    return min(around)[1] if around else None


def _place(shape: Any) -> tuple[int, int]:
    return round((shape.top or 0) / _EMU / _ROW), shape.left or 0


def _is_large(shape: Any) -> bool:
    return (shape.width or 0) > _PICTURE[0] * _EMU and (shape.height or 0) > _PICTURE[1] * _EMU


def _flush(boxes: list[tuple[Any, list[str]]], frames: list[Any], builder: Builder) -> None:
    """Add text boxes: a box that is only a value takes the nearest box without one as its label.

    Boxes laid over one frame are a tile of their own: its label is nowhere else, and its other lines go with it.
    """
    value = layout_knowledge().value
    framed = {id(box): _frame_of(box[0], frames) for box in boxes}
    lone = [box for box in boxes if len(said := [line for line in box[1] if line]) == 1 and value.fullmatch(said[0])]
    tiles = _framed_tiles(boxes, lone, framed)
    labels: dict[int, tuple[Any, list[str]]] = {}
    taken: set[int] = {id(one) for tile in tiles.values() for one in tile}
    for box in lone:
        if id(box) in tiles:
            continue
        near = min(
            (other for other in boxes if _is_label(other, value) and id(other) not in taken),
            key=lambda other, box=box: _distance(box[0], other[0]),  # type: ignore[misc]  # bound for the loop
            default=None,
        )
        if near is not None and _distance(box[0], near[0]) < _near(box[0]):
            labels[id(box)] = near
            taken.add(id(near))
    for box in boxes:
        if id(box) in taken:
            continue
        if id(box) in tiles:
            label, *others = tiles[id(box)]
            lines = [line for other in others for line in other[1] if line]
            builder.tile(" ".join(line for line in label[1] if line), next(line for line in box[1] if line), lines)
        elif id(box) in labels:
            builder.tile(" ".join(line for line in labels[id(box)][1] if line), next(line for line in box[1] if line))
        else:
            _add_text(box, builder)
    boxes.clear()


def _framed_tiles(
    boxes: list[tuple[Any, list[str]]], lone: list[tuple[Any, list[str]]], framed: dict[int, int | None]
) -> dict[int, list[tuple[Any, list[str]]]]:
    """For each value alone in its frame the other boxes laid over that frame: its label first, then the others."""
    tiles: dict[int, list[tuple[Any, list[str]]]] = {}
    for box in lone:
        frame = framed[id(box)]
        inside = [one for one in boxes if frame is not None and framed[id(one)] == frame and one is not box]
        texts = [one for one in inside if not any(_VALUE_BEHIND.search(line) for line in one[1])]
        short = sum(len(line) for one in inside for line in one[1]) <= _LONGEST_TILE
        if texts and short and not any(one in lone for one in inside):
            label = min(texts, key=lambda one: _place(one[0]))
            tiles[id(box)] = [label, *(one for one in inside if one is not label)]
    return tiles


def _is_label(box: tuple[Any, list[str]], value: Any) -> bool:
    lines = [line for line in box[1] if line]
    return len(" ".join(lines)) <= _LONGEST_LABEL and not any(value.fullmatch(line) for line in lines)


def _distance(first: Any, second: Any) -> float:
    """Between the middles of two shapes, sideways counted twice."""
    across = (first.left or 0) + (first.width or 0) / 2 - (second.left or 0) - (second.width or 0) / 2
    down = (first.top or 0) + (first.height or 0) / 2 - (second.top or 0) - (second.height or 0) / 2
    return float(2 * abs(across) + abs(down))


def _near(shape: Any) -> float:
    return 1.2 * ((shape.width or 0) + (shape.height or 0)) / 2 + 30 * _EMU


def _add_text(box: tuple[Any, list[str]], builder: Builder) -> None:
    """Add the paragraphs of a box; a value among a few short lines makes them a tile."""
    shape, lines = box
    value = layout_knowledge().value
    said = [line for line in lines if line]
    values = [line for line in said if value.fullmatch(line)]
    if len(values) == 1 and 2 <= len(said) <= 5 and len(" ".join(said)) <= _LONGEST_LABEL + 12:
        builder.tile(" ".join(line for line in said if line != values[0]), values[0])
        return
    body = shape.is_placeholder and len(said) > 1
    for paragraph, line in zip(shape.text_frame.paragraphs, lines, strict=True):
        if body or paragraph.level:
            builder.say(BlockKind.LIST_ITEM, line, paragraph.level + 1, "•")
        else:
            builder.say(BlockKind.PARAGRAPH, line)


def _add_table(table: Any, builder: Builder) -> None:
    slots: list[Slot] = []
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            if cell.is_spanned:
                continue
            down = cell.span_height if cell.is_merge_origin else 1
            across = cell.span_width if cell.is_merge_origin else 1
            slots.append(Slot(number, column, tidy(cell.text), down, across, _colour(cell)))
    builder.table(slots)


def _colour(cell: Any) -> Rag | None:
    """What the fill of a cell stands for; colours of the theme say nothing here."""
    try:
        return layout_knowledge().rag_of(int(str(cell.fill.fore_color.rgb), 16))
    except (TypeError, AttributeError, ValueError):
        return None
