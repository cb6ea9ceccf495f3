"""What is marked on a page for one figure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.review.web.rooms import make_archive, make_room
from townclerk.review.marks import Mark, MarkKind, page_marks, stored_marks
from townclerk.review.queue import Filters, Item
from townclerk.review.web.room import Room
from townclerk.review.web.showing import segments


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    store, _, _ = make_archive(tmp_path)
    yield make_room(store)
    store.close()


def item_of(room: Room, indicator: str) -> Item:
    """The figure of an indicator that the queue shows first."""
    item = room.queue.next(Filters(indicator=indicator), "Ada")
    assert item is not None
    return item


def marked(room: Room, item: Item) -> dict[MarkKind, list[str]]:
    """The words under each kind of mark."""
    sheet = room.paper.sheet(room.sources.source(item.document_id), item.page)
    marks = page_marks(sheet, item, room.queue.page_items(item.document_id, item.page, Filters()))
    found: dict[MarkKind, list[str]] = {}
    for mark in marks:
        found.setdefault(mark.kind, []).append(sheet.document.text[mark.start - sheet.shift : mark.end - sheet.shift])
    return found


def test_in_running_text_the_figure_and_the_words_that_name_it_are_marked(room: Room) -> None:
    found = marked(room, item_of(room, "rereferrals_pct"))
    assert found[MarkKind.FIGURE] == ["21.4%"]
    assert found[MarkKind.LABEL] == ["Re-referrals within 12 months rose to"]


def test_other_figures_of_the_measure_are_told_from_those_of_other_measures(room: Room) -> None:
    found = marked(room, item_of(room, "rereferrals_pct"))
    assert found[MarkKind.COMPARATOR] == ["18%"]
    assert found[MarkKind.OTHER] == ["312"]


def test_in_a_table_row_and_column_are_lit_and_their_heads_marked(room: Room) -> None:
    found = marked(room, item_of(room, "cpp_count"))
    assert found[MarkKind.FIGURE] == ["214"]
    assert "201" in found[MarkKind.ROW]
    assert "84%" in found[MarkKind.COLUMN]
    assert found[MarkKind.HEADER] == ["Q2"]
    assert "Child protection plans" in found[MarkKind.LABEL]


def test_every_mark_of_a_pdf_lies_on_the_page(room: Room) -> None:
    item = item_of(room, "cpp_count")
    source = room.sources.source(item.document_id)
    sheet = room.paper.sheet(source, item.page)
    width, height = room.paper.size(source, item.page)
    marks = page_marks(sheet, item, [])
    assert marks
    for mark in marks:
        assert mark.boxes, mark
        for box in mark.boxes:
            assert 0 <= box.x0 < box.x1 <= width
            assert 0 <= box.y0 < box.y1 <= height


def test_what_the_observation_keeps_can_be_marked_without_the_document(room: Room) -> None:
    item = item_of(room, "cpp_count")
    (mark,) = stored_marks(item)
    assert mark.kind is MarkKind.FIGURE
    assert mark.boxes


def test_a_page_read_alone_has_the_places_of_the_whole_document(room: Room) -> None:
    """A long document is not read for one page: its second page alone gives the same spans."""
    item = item_of(room, "cpp_count")
    sheet = room.paper.sheet(room.sources.source(item.document_id), 2)
    assert sheet.shift > 0
    assert sheet.faithful
    assert sheet.document.text[item.figure_start - sheet.shift : item.figure_end - sheet.shift] == "214"


def test_a_text_page_is_cut_where_marks_and_lines_end_and_nothing_is_lost(room: Room) -> None:
    item = item_of(room, "care_leavers_accommodation_pct")
    sheet = room.paper.sheet(room.sources.source(item.document_id), 1)
    marks = [*page_marks(sheet, item, []), Mark(MarkKind.ROW, 0, 6, ())]
    runs = segments(sheet, marks)
    assert "".join(run.text for run in runs) == sheet.document.text
    assert all(sheet.document.text.startswith(run.text, run.start) for run in runs)
    assert [run.text for run in runs if "figure" in run.kinds] == ["88%"]
    assert runs[0].kinds == ("row",)
    assert all("\n" not in run.text[:-1] for run in runs)
