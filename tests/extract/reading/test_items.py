"""Agenda packs: which files are cut into papers, where, and what each paper says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pymupdf
import pytest

from tests.extract.reading import packs
from townclerk.extract.facts import settle_facts
from townclerk.extract.pipeline import Extractor
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.models.document import Document
from townclerk.models.units import Basis
from townclerk.patterns.gazetteer import load_gazetteer

# Number, title and first page of the pack's papers; the appendix goes by its paper's number.
PAPERS = [
    ("", "Agenda", 1),
    ("3", "Minutes of the last meeting", 2),
    ("4", "Performance of social care, year end", 3),
    ("4", "Appendix A: Scorecard", 5),
    ("5", "Update on school places", 6),
]


def as_text(pages: Sequence[str], divider: str = "\f") -> Document:
    """Pages as the text of a recogniser, every line a paragraph."""
    text = divider.join(page.replace("\n", "\n\n") + "\n\n" for page in pages)
    return read_bytes(text.encode(), "pack.txt")


def as_pdf(pages: Sequence[str], outline: Sequence[tuple[int, str, int]] = ()) -> Document:
    """Pages as a PDF: the clerk's stamp at the top right, the pack's number at the foot, the paper between."""
    pdf = pymupdf.open()
    for page in pages:
        sheet = pdf.new_page()
        y = 90.0
        for line in page.split("\n"):
            if line.startswith("Agenda Item"):
                sheet.insert_text((480, 30), line, fontsize=9)
            elif line.startswith("Page "):
                sheet.insert_text((280, 820), line, fontsize=9)
            else:
                sheet.insert_text((56, y), line, fontsize=11)
                y += 26
    if outline:
        pdf.set_toc([list(entry) for entry in outline])
    data: bytes = pdf.tobytes()
    return read_bytes(data, "pack.pdf")


def papers(document: Document) -> list[tuple[str, str, int]]:
    """What the reader made of a file: number, title and first page of each paper."""
    return [(item.number, item.title, document.blocks[item.first_block].page) for item in document.items]


AGENDA_IN_SHORT = "Wexcombe Council\n\nContents\n\n1. Housing delivery 4\n\n2. Visits and reviews 9"
LONG = "Members heard how the year had gone, what had been done since they last met and what was still to be done."


class TestPapers:
    def test_of_text_with_form_feeds(self) -> None:
        assert papers(as_text(packs.PAGES)) == PAPERS

    def test_of_a_pdf(self) -> None:
        assert papers(as_pdf(packs.PAGES)) == PAPERS

    @pytest.mark.parametrize("mark", ["\n--- Page 9 ---\n\n", "\n[Page 9 of 12]\n\n"])
    def test_of_text_in_one_piece_with_page_marks(self, mark: str) -> None:
        document = as_text(packs.PAGES, mark)
        assert len(document.pages) == 1
        assert [paper[:2] for paper in papers(document)] == [paper[:2] for paper in PAPERS]

    def test_cover_all_blocks_once(self) -> None:
        document = as_pdf(packs.PAGES)
        ends = [item.last_block for item in document.items]
        assert [item.first_block for item in document.items] == [0, *ends[:-1]]
        assert ends[-1] == len(document.blocks)

    def test_are_found_by_front_pages_without_stamps(self) -> None:
        pages = [packs.unstamped(page) for page in packs.PAGES]
        titles = [paper[1:] for paper in papers(as_pdf(pages))]
        assert titles == [
            ("Agenda", 1),
            ("Minutes", 2),
            ("Social care performance at the end of 2018/19", 3),
            ("Appendix A: Scorecard", 5),
            ("School places, quarter 3 2018/19", 6),
        ]

    def test_are_found_by_the_outline(self) -> None:
        pages = ["Families Scrutiny Panel", "What was said in March", "Visits and reviews", "Grids", "School places"]
        outline = [
            (1, "Agenda", 1),
            (1, "3 Minutes of the last meeting", 2),
            (1, "4 Performance of social care", 3),
            (2, "Appendix A", 4),
            (1, "5 School places", 5),
        ]
        assert papers(as_pdf(pages, outline)) == [
            ("", "Agenda", 1),
            ("3", "Minutes of the last meeting", 2),
            ("4", "Performance of social care", 3),
            ("4", "Appendix A", 4),
            ("5", "School places", 5),
        ]

    def test_of_text_in_one_piece_without_page_marks_or_report_fronts(self) -> None:
        lines = [
            AGENDA_IN_SHORT,
            "Agenda item 1",
            "Housing delivery",
            LONG,
            "## Agenda Item 2",
            "Visits and reviews",
            LONG,
        ]
        document = read_bytes("\n\n".join(lines).encode(), "pack.txt")
        assert [item.number for item in document.items] == ["", "1", "2"]

    def test_a_stamp_on_every_page_opens_its_paper_once(self) -> None:
        stamp = "Agenda Item 4\n"
        pages = [*packs.PAGES[:3], stamp + packs.SECOND_PAGE, stamp + packs.SCHOOLS_END, *packs.PAGES[5:]]
        assert [paper[2] for paper in papers(as_text(pages))] == [1, 2, 3, 6]


class TestReportsOnTheirOwn:
    """Cutting a report in pieces takes the facts from its front away from its figures: better not at all."""

    @pytest.mark.parametrize(
        "pages",
        [
            pytest.param([packs.REPORT, packs.SECOND_PAGE], id="one stamp"),
            pytest.param([packs.REPORT, packs.SECOND_PAGE, packs.APPENDIX], id="an appendix"),
            pytest.param([packs.unstamped(packs.REPORT), packs.SECOND_PAGE, packs.APPENDIX], id="numbered headings"),
            pytest.param(
                ["Contents\n1. Introduction\n2. Visits\n3. Reviews\n4. Staffing", *packs.PAGES[2:4]], id="contents list"
            ),
            pytest.param(
                [
                    "Minutes of a meeting of the Panel held on 3 June 2019\n7. School places\n(Item 4)",
                    "(Item 5)\nThe panel heard of 120 places.",
                    "Agenda Item 6\nThe chair thanked all.",
                ],
                id="minutes that number what they tell of",
            ),
        ],
    )
    def test_are_left_whole(self, pages: list[str]) -> None:
        assert as_text(pages).items == []
        assert as_pdf(pages).items == []

    def test_an_outline_of_chapters_is_no_agenda(self) -> None:
        outline = [(1, "1 Introduction", 1), (1, "2 Visits", 1), (1, "3 Reviews", 2)]
        assert as_pdf([packs.unstamped(packs.REPORT), packs.SECOND_PAGE], outline).items == []


class TestFacts:
    @pytest.mark.parametrize("read", [as_text, as_pdf])
    def test_are_settled_paper_by_paper(self, read: type) -> None:
        document = read(packs.PAGES)
        settle_facts(document, load_gazetteer())
        facts = {item.title: item.facts for item in document.items}
        report, schools = facts["Performance of social care, year end"], facts["Update on school places"]
        assert report.title.value == "Social care performance at the end of 2018/19"
        assert report.period.value is not None
        assert report.period.value.end == date(2019, 3, 31)
        assert report.authority.value is not None
        assert (report.authority.value.name, report.authority.basis) == ("Wexcombe", Basis.INFERRED)
        assert facts["Minutes of the last meeting"].meeting_date.value == date(2019, 3, 12)
        assert schools.meeting_date.value == date(2019, 5, 14)
        appendix = facts["Appendix A: Scorecard"].period
        assert appendix.value is not None
        assert (appendix.value.end, appendix.basis) == (date(2019, 3, 31), Basis.INFERRED)

    def test_a_pack_whose_papers_differ_has_no_period(self) -> None:
        document = as_text(packs.PAGES)
        settle_facts(document, load_gazetteer())
        assert document.facts.period.value is None

    def test_observations_name_their_paper(self) -> None:
        extractor = Extractor()
        text = "\f".join(page.replace("\n", "\n\n") + "\n\n" for page in packs.PAGES)
        found = extractor.extract(extractor.read(text.encode(), "pack.txt")).observations
        named = {one.value: one.document.item for one in found if one.document.item}
        assert named[91.5] is not None
        assert (named[91.5].number, named[91.5].title) == ("4", "Performance of social care, year end")
        assert all(one.document.item is not None for one in found)
