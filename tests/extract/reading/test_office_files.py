"""Word, PowerPoint and Excel files made as their programs make them, read with their tables."""

import datetime
import io
import zipfile
from typing import Any

import pytest

from townclerk.extract.reading.dispatch import read_bytes
from townclerk.models.document import BlockKind, Document, Table
from townclerk.models.errors import MissingComponentError, UnreadableError
from townclerk.models.units import Rag


def saved(file: Any) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def only_table(document: Document) -> Table:
    (table,) = [block.table for block in document.blocks if block.table is not None]
    return table


def texts(table: Table) -> list[list[str]]:
    return [[cell.passage.text for cell in row] for row in table.rows]


class TestWord:
    @pytest.fixture
    def file(self) -> Any:
        docx = pytest.importorskip("docx", reason="python-docx is not installed")
        return docx.Document()

    def test_styles_tell_headings_lists_and_paragraphs(self, file: Any) -> None:
        file.add_heading("Performance in Ashmere", 1)
        file.add_paragraph("There were 212 open cases.")
        file.add_paragraph("Visits rose to 88%.", style="List Bullet")

        blocks = read_bytes(saved(file), "paper.docx").blocks

        assert [(block.kind, block.passage.text) for block in blocks] == [
            (BlockKind.HEADING, "Performance in Ashmere"),
            (BlockKind.PARAGRAPH, "There were 212 open cases."),
            (BlockKind.LIST_ITEM, "Visits rose to 88%."),
        ]

    def test_a_table_keeps_merged_cells_and_colours(self, file: Any) -> None:
        from docx.oxml import parse_xml  # noqa: PLC0415 - optional
        from docx.oxml.ns import nsdecls  # noqa: PLC0415 - optional

        grid = file.add_table(3, 3)
        rows = [["Measure", "Quarter", ""], ["", "Q3", "Q4"], ["Plans reviewed on time", "91%", "95%"]]
        for row, words in enumerate(rows):
            for column, word in enumerate(words):
                grid.cell(row, column).text = word
        grid.cell(0, 1).merge(grid.cell(0, 2))
        grid.cell(0, 0).merge(grid.cell(1, 0))
        grid.cell(2, 2)._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:fill="00B050"/>'))

        table = only_table(read_bytes(saved(file), "paper.docx"))

        assert texts(table) == [["Measure", "Quarter"], ["Q3", "Q4"], ["Plans reviewed on time", "91%", "95%"]]
        assert (table.rows[0][0].row_span, table.rows[0][1].column_span, table.header_rows) == (2, 2, 2)
        assert [cell.rag for cell in table.rows[2]] == [None, None, Rag.GREEN]

    def test_a_page_break_begins_a_page(self, file: Any) -> None:
        file.add_paragraph("On the first page.")
        file.add_page_break()
        file.add_paragraph("On the second page.")

        assert [block.page for block in read_bytes(saved(file), "paper.docx").blocks] == [1, 2]

    def test_what_was_deleted_in_review_is_not_read(self, file: Any) -> None:
        from docx.oxml import parse_xml  # noqa: PLC0415 - optional
        from docx.oxml.ns import nsdecls  # noqa: PLC0415 - optional

        paragraph = file.add_paragraph("There were ")
        for mark, word in (("del", "<w:delText>31</w:delText>"), ("ins", "<w:t>34</w:t>")):
            paragraph._p.append(
                parse_xml(f'<w:{mark} {nsdecls("w")} w:id="1" w:author="x"><w:r>{word}</w:r></w:{mark}>')
            )

        assert read_bytes(saved(file), "paper.docx").text.strip() == "There were 34"


class TestSlides:
    @pytest.fixture
    def file(self) -> Any:
        pptx = pytest.importorskip("pptx", reason="python-pptx is not installed")
        return pptx.Presentation()

    def test_a_slide_is_a_page_and_its_title_a_heading(self, file: Any) -> None:
        for title in ("Dashboard", "Placements"):
            slide = file.slides.add_slide(file.slide_layouts[1])
            slide.shapes.title.text = title
            slide.placeholders[1].text = "One line"

        blocks = read_bytes(saved(file), "slides.pptx").blocks

        assert [(block.page, block.kind, block.passage.text) for block in blocks] == [
            (1, BlockKind.HEADING, "Dashboard"),
            (1, BlockKind.PARAGRAPH, "One line"),
            (2, BlockKind.HEADING, "Placements"),
            (2, BlockKind.PARAGRAPH, "One line"),
        ]

    def test_a_value_takes_the_label_next_to_it(self, file: Any) -> None:
        slide = file.slides.add_slide(file.slide_layouts[6])
        point = 12_700
        for left, value, label in ((50, "317", "children in care"), (350, "86%", "reviews on time")):
            slide.shapes.add_textbox(left * point, 100 * point, 120 * point, 50 * point).text_frame.text = value
            slide.shapes.add_textbox(left * point, 150 * point, 120 * point, 30 * point).text_frame.text = label

        blocks = read_bytes(saved(file), "slides.pptx").blocks

        assert [block.kind for block in blocks] == [BlockKind.TILE, BlockKind.TILE]
        parts = [part for block in blocks for part in block.tile or []]
        assert [(part.label.text if part.label else "", part.value.text) for part in parts] == [
            ("children in care", "317"),
            ("reviews on time", "86%"),
        ]

    def test_a_table_on_a_slide_is_a_table(self, file: Any) -> None:
        slide = file.slides.add_slide(file.slide_layouts[6])
        grid = slide.shapes.add_table(2, 2, 0, 0, 3_000_000, 1_000_000).table
        for row, words in enumerate([["Measure", "2021/22"], ["Adoptions", "14"]]):
            for column, word in enumerate(words):
                grid.cell(row, column).text = word

        assert texts(only_table(read_bytes(saved(file), "slides.pptx"))) == [
            ["Measure", "2021/22"],
            ["Adoptions", "14"],
        ]

    def test_boxes_laid_over_one_frame_are_a_tile_whatever_their_order(self, file: Any) -> None:
        slide = file.slides.add_slide(file.slide_layouts[6])
        point = 12_700
        for left in (50, 300):
            slide.shapes.add_shape(1, left * point, 100 * point, 220 * point, 110 * point)
        for top, words in (
            (130, ("317", "86.2%")),
            (104, ("Children in care", "Reviews on time")),
            (184, ("last month 311", "last month 84.0%")),
        ):
            for left, text in zip((56, 306), words, strict=True):
                box = slide.shapes.add_textbox(left * point, top * point, 180 * point, 22 * point)
                box.text_frame.text = text

        blocks = read_bytes(saved(file), "slides.pptx").blocks

        assert [block.passage.text.split("\n") for block in blocks] == [
            ["317", "Children in care", "last month 311"],
            ["86.2%", "Reviews on time", "last month 84.0%"],
        ]

    def test_a_chart_with_labels_is_a_table_and_one_without_its_title(self, file: Any) -> None:
        from pptx.chart.data import CategoryChartData  # noqa: PLC0415 - optional
        from pptx.enum.chart import XL_CHART_TYPE  # noqa: PLC0415

        slide = file.slides.add_slide(file.slide_layouts[6])
        data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
        data.categories = ["Q1", "Q2"]
        data.add_series("Wexcombe", (81.04, 84.5))
        data.add_series("England", (79, None))
        for top, shown in ((0, True), (3_000_000, False)):
            chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, top, 4_000_000, 2_000_000, data).chart
            chart.has_title = True
            chart.chart_title.text_frame.text = "Reviews on time" if shown else "Visits on time"
            chart.plots[0].has_data_labels = shown
            if shown:
                chart.plots[0].data_labels.show_value = True
                chart.plots[0].data_labels.number_format = '0.0"%"'
                chart.plots[0].data_labels.number_format_is_linked = False

        document = read_bytes(saved(file), "slides.pptx")

        assert texts(only_table(document)) == [["Q1", "Q2"], ["Wexcombe", "81.0%", "84.5%"], ["England", "79.0%"]]
        assert [(block.kind, block.passage.text) for block in document.blocks if block.table is None] == [
            (BlockKind.CAPTION, "Reviews on time"),
            (BlockKind.CHART, "Visits on time"),
        ]


class TestSheets:
    @pytest.fixture
    def file(self) -> Any:
        openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
        return openpyxl.Workbook()

    def test_values_are_read_as_excel_shows_them(self, file: Any) -> None:
        sheet = file.active
        sheet.append(["Measure", "Value"])
        shown = [
            (0.143, "0.0%", "14.3%"),
            (1234, "#,##0", "1,234"),
            (17.5, "0.0", "17.5"),
            (-3.2, "0.0;-0.0", "-3.2"),
            (5, '0" days"', "5 days"),
            (datetime.date(2022, 3, 31), "dd/mm/yyyy", "31 March 2022"),
            (datetime.date(2022, 3, 1), "mmm-yy", "Mar 2022"),
            (0.1 + 0.2, "General", "0.3"),
        ]
        for number, (value, form, _) in enumerate(shown, 2):
            sheet.append([f"Row {number}", value])
            sheet.cell(number, 2).number_format = form

        table = only_table(read_bytes(saved(file), "book.xlsx"))

        assert [row[1] for row in texts(table)[1:]] == [words for _, _, words in shown]

    def test_sheets_are_pages_and_empty_rows_part_tables(self, file: Any) -> None:
        file.active.title = "Front door"
        for row in (
            ["Contacts and referrals"],
            ["Measure", "Q1"],
            ["Contacts", 810],
            [],
            ["Measure", "Q1"],
            ["Visits", 77],
        ):
            file.active.append(row)
        second = file.create_sheet("Care")
        second.append(["Measure", "Q1"])
        second.append(["Children in care", 305])
        file.create_sheet("Lists").sheet_state = "hidden"

        document = read_bytes(saved(file), "book.xlsx")

        assert [page.label for page in document.pages] == ["Front door", "Care", "Lists"]
        assert "hidden" in document.pages[2].skipped
        assert document.blocks[0].kind is BlockKind.HEADING
        tables = [(block.page, texts(block.table)) for block in document.blocks if block.table]
        assert tables == [
            (1, [["Measure", "Q1"], ["Contacts", "810"]]),
            (1, [["Measure", "Q1"], ["Visits", "77"]]),
            (2, [["Measure", "Q1"], ["Children in care", "305"]]),
        ]

    def test_a_formula_without_a_stored_value_is_told(self, file: Any) -> None:
        file.active.append(["Measure", "Q1"])
        file.active.append(["Contacts", "=400+10"])

        assert "1 of its formulas" in read_bytes(saved(file), "book.xlsx").pages[0].skipped


def test_a_missing_package_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    data = saved(docx.Document())
    monkeypatch.setattr("townclerk.extract.reading.office.opening.util.find_spec", lambda _: None)

    with pytest.raises(MissingComponentError, match=r"paper\.docx.*python-docx.*townclerk\[office\]"):
        read_bytes(data, "paper.docx")


def test_a_damaged_part_is_told_with_the_kind_of_file() -> None:
    pytest.importorskip("docx", reason="python-docx is not installed")
    out = io.BytesIO()

    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document")

    with pytest.raises(UnreadableError, match=r"q\.docx: this is a Word document, and it is damaged"):
        read_bytes(out.getvalue(), "q.docx")
