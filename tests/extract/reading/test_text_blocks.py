"""Headings, paragraphs, lists, furniture, keys: what a reader sees in the lines of a text file."""

from collections.abc import Iterable

import pytest

from tests.extract.reading.text_help import furniture, read, shape
from townclerk.models.document import BlockKind


class TestJoining:
    def test_lines_of_a_sentence_are_joined(self) -> None:
        text = "Visits to children on protection plans were on time\nin 91% of cases during the quarter."
        assert shape(text) == [
            ("paragraph", "Visits to children on protection plans were on time in 91% of cases during the quarter.")
        ]

    def test_a_word_broken_at_the_line_end_is_made_whole(self) -> None:
        text = "Fewer safe-\nguarding concerns reached us. Safeguarding partners agree."
        assert shape(text)[0][1].startswith("Fewer safeguarding concerns")

    def test_a_printed_hyphen_at_the_line_end_stays(self) -> None:
        text = "More children are in long-\nterm foster care, and long-term plans are better."
        assert "long-term foster care" in shape(text)[0][1]

    def test_page_furniture_inside_a_sentence_is_set_aside(self) -> None:
        text = (
            "The share of care leavers living in suit-\n\nwww.harlowshire.example\nPage 4 of 18\n\n"
            "able accommodation is 93.5% this\nquarter."
        )
        assert shape(text) == [
            ("paragraph", "The share of care leavers living in suitable accommodation is 93.5% this quarter.")
        ]
        assert furniture(text) == ["www.harlowshire.example", "Page 4 of 18"]

    def test_a_footer_of_name_and_page_is_furniture_however_it_is_parted(self) -> None:
        for footer in ("Harlowshire Council\tPage 4 of 18", "Harlowshire Council Page 4 of 18", "Page 4 | Scrutiny"):
            text = f"The share of care leavers living in suit-\n{footer}\nable accommodation is 93.5%."
            assert shape(text) == [
                ("paragraph", "The share of care leavers living in suitable accommodation is 93.5%.")
            ]

    def test_short_lines_of_a_slide_stay_apart(self) -> None:
        text = "Dental checks fell to 70%\nHealth checks rose to 88%"
        assert [words for _, words in shape(text)] == ["Dental checks fell to 70%", "Health checks rose to 88%"]

    def test_a_wrapped_label_with_its_value_inside_is_joined(self) -> None:
        text = "% of core groups 77.4%\nheld within\n10 working days"
        assert [words for _, words in shape(text)] == ["% of core groups 77.4% held within 10 working days"]

    def test_rows_without_delimiters_stay_apart(self) -> None:
        text = "3 Adoptions in the year 20 17 Mar 2022 Quarterly Red\n4 Missing episodes 80 96 Mar 2022 Monthly Green"
        assert len(shape(text)) == 2

    def test_two_columns_read_straight_across_are_parted(self) -> None:
        text = (
            "Children missing from care        Return interviews offered\n"
            "went down in the summer and       within three days went up\n"
            "now stand at 14.                  to 81%."
        )
        assert [words for _, words in shape(text)] == [
            "Children missing from care went down in the summer and now stand at 14.",
            "Return interviews offered within three days went up to 81%.",
        ]


class TestHeadings:
    def test_markdown_levels(self) -> None:
        text = "# Report\n\n## Safety\n\nFirst words stand here.\n\n### **Health**\n\nOther words stand here."
        assert [(block.level, block.passage.text) for block in read(text).blocks if block.level] == [
            (1, "Report"),
            (2, "Safety"),
            (3, "Health"),
        ]

    def test_bold_and_capital_lines_are_headings_and_wrap(self) -> None:
        text = "**REPORT OF THE DIRECTOR OF**\n**PEOPLE'S SERVICES**\n\n**Purpose**\n\n1. This report says how we did."
        assert shape(text)[:2] == [("heading", "REPORT OF THE DIRECTOR OF PEOPLE'S SERVICES"), ("heading", "Purpose")]

    def test_a_slide_title_above_its_bullets(self) -> None:
        text = "Children in need visits\n• 88.1% on time\n• up from 80% in May"
        assert shape(text) == [
            ("heading", "Children in need visits"),
            ("list_item", "88.1% on time"),
            ("list_item", "up from 80% in May"),
        ]

    @pytest.mark.parametrize(
        "statement",
        [
            "Reduced to 41 in quarter 1",
            "Retains third place among neighbours",
            "212 children on a plan",
            "Referrals rose sharply",
            "Up to date plans 96.5%",
        ],
    )
    def test_a_short_statement_is_no_heading(self, statement: str) -> None:
        assert (f"{statement}", "heading") not in [(words, kind) for kind, words in shape(f"{statement}\n\nMore text.")]

    def test_a_name_with_its_threshold_is_a_heading(self) -> None:
        text = "Conferences within 15 days of the strategy meeting (8.1)\n\nFell to 70.1% in May."
        assert shape(text)[0] == ("heading", "Conferences within 15 days of the strategy meeting (8.1)")

    def test_the_heading_of_a_comment_stands_below_the_measure(self) -> None:
        text = "Dental checks\n\nChecks are late.\n\nService commentary\n\nThe clinic was closed in May."
        levels = {block.passage.text: block.level for block in read(text).blocks if block.kind is BlockKind.HEADING}
        assert levels == {"Dental checks": 1, "Service commentary": 2}

    def test_sections_below_a_title_are_a_level_lower_until_the_page_ends(self) -> None:
        text = (
            "Our year in care\n\nDental checks\n\nThey rose to 80%.\n\nHealth checks\n\nThey fell to 70%.\n\n"
            "www.wexcombe.example\n\nCare leavers\n\nMore are in work.\n"
        )
        levels = [(block.passage.text, block.level) for block in read(text).blocks if block.kind is BlockKind.HEADING]
        assert levels == [("Our year in care", 1), ("Dental checks", 2), ("Health checks", 2), ("Care leavers", 1)]


class TestLists:
    @pytest.mark.parametrize(
        "glyph", ["•", "★", "▲", "▼", "➔", "→", "↑", "↓", "⬆️", "●", "–", "-", "*", "\uf0b7", "e", "ü"]
    )
    def test_every_bullet_is_a_marker(self, glyph: str) -> None:
        block = read(f"{glyph} Adoptions rose to 21 in the year").blocks[0]
        assert (block.kind, block.marker, block.passage.text) == (
            BlockKind.LIST_ITEM,
            glyph,
            "Adoptions rose to 21 in the year",
        )

    @pytest.mark.parametrize("number", ["7.", "4.2", "3.1.2", "14.10"])
    def test_paragraph_numbers_are_markers(self, number: str) -> None:
        block = read(f"{number} Repeat plans rose to 22% of all plans that began.").blocks[0]
        assert (block.kind, block.marker) == (BlockKind.PARAGRAPH, number)
        assert block.passage.text.startswith("Repeat plans")

    def test_a_value_at_the_start_is_no_paragraph_number(self) -> None:
        assert read("8.4 per 10,000 children are on a plan.").blocks[0].marker == ""
        assert read("- 4.6 per 10,000 is the rate.").blocks[0].passage.text.startswith("4.6")

    def test_items_inside_a_numbered_paragraph_are_deeper(self) -> None:
        text = "5. Two causes were found:\n  - i. plans that drift; and\n  - ii. plans that end too soon."
        found = [(block.level, block.marker) for block in read(text).blocks]
        assert found == [(0, "5."), (2, "i."), (2, "ii.")]

    def test_a_dash_below_a_bullet_is_deeper_and_status_glyphs_are_not(self) -> None:
        text = "• Schools:\n– primary 20%\n– secondary 18%\n• Homes: 4"
        assert [block.level for block in read(text).blocks] == [1, 2, 2, 1]
        assert [block.level for block in read("★ Visits 95%\n▲ Plans 60%\n★ Checks 90%").blocks] == [1, 1, 1]

    def test_a_number_on_a_line_of_its_own_marks_the_next_line(self) -> None:
        text = "1.\nSee every child within ten days.\n2.\nTell parents what was\ndecided."
        assert [(block.marker, block.passage.text) for block in read(text).blocks] == [
            ("1.", "See every child within ten days."),
            ("2.", "Tell parents what was decided."),
        ]


class TestFurniture:
    def test_running_headers_and_page_numbers_come_back(self) -> None:
        pages = [
            f"Harlowshire children's scorecard\n\nMeasure {name} rose in the year to 5{n}%.\n\n{n + 7}\f"
            for n, name in enumerate(("one", "two", "three", "four"))
        ]
        assert furniture("".join(pages)).count("Harlowshire children's scorecard") == 4
        assert {"7", "8", "9", "10"} <= set(furniture("".join(pages)))

    def test_a_share_of_so_many_is_no_page_number(self) -> None:
        tiles = "In work\n\n52%\n\n64 of 123\n\nIn good homes\n\n86%\n\n106 of 123\n"
        assert furniture(tiles) == []
        paged = "The first words\n\n3 of 9\n\nThe next words\n\n4 of 9\n"
        assert furniture(paged) == ["3 of 9", "4 of 9"]

    def test_a_slogan_above_the_footer_is_furniture_and_a_title_below_it_is_not(self) -> None:
        slide = "{}\n\nThere are {} of them now.\n\nBe Brave\n\nwww.wexcombe.example\n\n"
        titles = ["Looked after children"] * 3 + ["Children on a plan", "Care leavers", "Foster carers"]
        text = "".join(slide.format(title, 310 + n) for n, title in enumerate(titles))
        assert set(furniture(text)) == {"Be Brave", "www.wexcombe.example"}

    def test_labels_of_cells_that_come_back_are_kept(self) -> None:
        text = "England\n\n21%\n\nEngland\n\n34%\n\nEngland\n\n40%\n"
        assert furniture(text) == []

    def test_a_looped_line_is_kept_once(self) -> None:
        line = "Staff continue to work hard to see every child on time.\n"
        assert len(shape(line * 5)) == 1
        assert len(furniture(line * 5)) == 4

    def test_what_is_looped_on_the_next_page_is_set_aside_there(self) -> None:
        document = read("Reviews are held\x0cevery month by the whole team. every month by the whole team.\n")
        copy = next(block for block in document.blocks if block.kind is BlockKind.FURNITURE)
        assert (copy.page, copy.passage.text) == (2, "every month by the whole team.")

    def test_a_looped_sentence_is_kept_once(self) -> None:
        text = "6.1 In May 71.2% of initial checks were on time. In May 71.2% of initial checks were on time."
        assert shape(text) == [("paragraph", "In May 71.2% of initial checks were on time.")]
        assert furniture(text) == ["In May 71.2% of initial checks were on time."]


class TestMarks:
    def test_emphasis_goes_from_the_passage_and_stays_in_the_source(self) -> None:
        document = read("- CLA **12%** in the **top quartile** (see [the site](http://a.example/x))")
        passage = document.blocks[0].passage
        assert passage.text == "CLA 12% in the top quartile (see the site)"
        start, end = passage.source_span(*_span(passage.text, "12% in the top"))
        assert document.text[start:end] == "12%** in the **top"

    def test_a_lone_asterisk_is_a_mark_of_suppression(self) -> None:
        assert read("Adoptions in the year were * in all").blocks[0].passage.text.endswith("were * in all")

    def test_a_key_is_a_legend(self) -> None:
        assert read("Key: ▲ off target ● near target ★ on target").legend == {
            "▲": "off target",
            "●": "near target",
            "★": "on target",
        }
        assert read("c = withheld, fewer than six children").legend["c"].startswith("withheld")

    def test_a_key_printed_as_a_list_ends_where_its_glyphs_come_back(self) -> None:
        document = read("Key\n★ On target\n▲ Off target\n★ Visits rose to 95%\n▲ Plans fell to 60%")
        assert document.legend == {"★": "On target", "▲": "Off target"}
        assert [block.passage.text for block in document.blocks if block.kind is BlockKind.LIST_ITEM] == [
            "Visits rose to 95%",
            "Plans fell to 60%",
        ]

    def test_captions(self) -> None:
        assert shape("Figure 3: Children adopted\n\nChart 9")[0] == ("caption", "Figure 3: Children adopted")


def _span(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


def test_a_rule_of_underscores_parts_what_stands_above_and_below_it_wherever_it_comes_back() -> None:
    rule = "_" * 30 + "\n"
    text = f"{rule}Late visits\n12 of 40 were late.\n{rule}Visits held\nThree in four were held.\n"
    assert furniture(text) == ["_" * 30] * 2
    assert [said for _, said in shape(text)] == [
        "Late visits", "12 of 40 were late.", "Visits held", "Three in four were held."
    ]  # fmt: skip


def _pages(numbers: Iterable[int]) -> str:
    words = ("one", "two", "three", "four")
    bodies = ["\n".join(f"In street {page} homes of part {word} were seen." for word in words) for page in range(9)]
    return "".join(f"{body}\n\n{number}\n\n" for body, number in zip(bodies, numbers, strict=False)) + "The end.\n"


def test_bare_numbers_between_blank_lines_that_count_upwards_are_pages() -> None:
    assert furniture(_pages(range(4, 9))) == ["4", "5", "6", "7", "8"]


@pytest.mark.parametrize("text", ["Homes\n\n1\n\n2\n\n3\n\n4\n\nVisited\n", _pages((12, 7, 31, 9))])
def test_numbers_close_together_or_that_do_not_count_are_no_pages(text: str) -> None:
    assert furniture(text) == []
