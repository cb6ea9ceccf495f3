"""Dashboard tiles, in all the states that conversion leaves them in."""

from tests.extract.reading.text_help import read, shape
from townclerk.models.document import BlockKind


def _of(text: str, kind: BlockKind) -> list[str]:
    return [block.passage.text for block in read(text).blocks if block.kind is kind]


def test_a_tile_glued_into_one_run() -> None:
    text = (
        "Children on a plan\n\n"
        "Rate per\n10,000TargetVariance45+3.5Previous\nmonthChange in\nperformancLow is good48.5\n\n"
        "At the end of May there were 240 children on a plan.\n"
    )
    assert shape(text) == [
        ("heading", "Children on a plan"),
        ("tile", "Rate per\n10,000TargetVariance45+3.5Previous\nmonthChange in\nperformancLow is good48.5"),
        ("paragraph", "At the end of May there were 240 children on a plan."),
    ]


def test_a_tile_torn_into_short_lines_with_a_sentence_in_between() -> None:
    text = (
        "Visits on\n\ntime (YTD)\n\n84.0%\n\nVisits to looked after children held on time\n\nVariance\n\n-11%\n\n"
        "High is good A visit was recorded for 210 children out of the 250 who were due one.\n\n"
        "Target\n\n95%\n\nPrevious month\n\n86.5%\n\n"
        "Team commentary\n\nA new rota was put in place.\n"
    )
    assert shape(text)[:3] == [
        ("heading", "Visits to looked after children held on time"),
        ("tile", "Visits on\ntime (YTD)\n84.0%\nVariance\n-11%\nHigh is good\nTarget\n95%\nPrevious month\n86.5%"),
        ("paragraph", "A visit was recorded for 210 children out of the 250 who were due one."),
    ]


def test_a_whole_page_in_one_line_is_cut_into_tile_sentences_and_chart() -> None:
    text = (
        "May 2022 **Contacts leading to referral** Target Variance Number of contacts —Target -2.5%20% Previous Change "
        "in month performanc 801 790 812 777 18.1% 765 802 Low is good During May the service had 802 contacts and "
        "made 140 referrals. This is a ratio of 17.5%. Jan-22 Feb-22 Mar-22 Apr-22 May-22 -12 -9 +4 -3 Monthly "
        "variance from target"
    )
    document = read(text)
    sentence = "During May the service had 802 contacts and made 140 referrals. This is a ratio of 17.5%."
    assert _of(text, BlockKind.PARAGRAPH) == [sentence]
    tile = _of(text, BlockKind.TILE)[0]
    assert "-2.5%20%" in tile
    assert "18.1%" in tile
    assert "Jan-22" not in tile
    chart = _of(text, BlockKind.CHART)[0]
    assert "801 790 812 777" in chart
    assert "Jan-22 Feb-22" in chart
    assert {block.page for block in document.blocks} == {1}


def test_one_cell_a_line_keeps_its_lines() -> None:
    text = "Health plans up to date\nTarget\n90%\nMay 2022\n83.3%\nFeb 2022\n80.1%\n"
    assert shape(text) == [
        ("heading", "Health plans up to date"),
        ("tile", "Target\n90%\nMay 2022\n83.3%\nFeb 2022\n80.1%"),
    ]


def test_label_and_value_on_each_line() -> None:
    text = (
        "Dashboard for May\n\nCare leavers in touch\n94%\nTarget: 95%\nLast month: 92%\n\n"
        "Plans reviewed in time\n98%\nTarget: 95%\nLast month: 99%\n"
    )
    assert shape(text) == [
        ("heading", "Dashboard for May"),
        ("heading", "Care leavers in touch"),
        ("tile", "94%\nTarget: 95%\nLast month: 92%"),
        ("heading", "Plans reviewed in time"),
        ("tile", "98%\nTarget: 95%\nLast month: 99%"),
    ]


def test_two_tiles_below_one_another_are_two() -> None:
    tile = "{}\n\n{}%\n\nTarget\n\n90%\n\nPrevious month\n\n70%\n\n"
    text = tile.format("Plans reviewed on time", 81) + tile.format("Visits carried out on time", 77)
    assert [kind for kind, _ in shape(text)] == ["heading", "tile", "heading", "tile"]


def test_tiles_of_one_line_each_are_apart() -> None:
    text = "Plans on time 81% Target 90% Variance -9%\nVisits on time 92% Target 90% Variance +2%\n"
    assert shape(text) == [
        ("tile", "Plans on time 81% Target 90% Variance -9%"),
        ("tile", "Visits on time 92% Target 90% Variance +2%"),
    ]


def test_a_flattened_page_begins_with_its_name() -> None:
    text = (
        "Visits held on time in May **Visits** Target Variance Previous month Change in performance 95% -4% 91% 90% "
        "High is good A visit was recorded for 91 children out of the 100 who were due one during the month of May."
    )
    assert shape(text)[0] == ("heading", "Visits held on time in May Visits")


def test_a_figure_torn_from_its_sentence_is_put_back() -> None:
    text = (
        "Contacts leading to referral\n\n20.0%\n\nLow is good\n\n17.5%.\n\nTarget 22% Variance -2% Previous 21% "
        "During May the service had 800 contacts and made 140 referrals. "
        "This is a ratio of Jan-22 Feb-22 Mar-22 Apr-22 12 14 15\n"
    )
    assert _of(text, BlockKind.PARAGRAPH) == [
        "During May the service had 800 contacts and made 140 referrals. This is a ratio of 17.5%."
    ]


def test_a_scorecard_header_is_no_tile() -> None:
    text = "Ref Measure Unit Target Latest Month RAG\n4 Core groups on time % 90 82.5 May 2022 Amber\n"
    assert _of(text, BlockKind.TILE) == []


def test_a_sentence_about_a_target_is_no_tile() -> None:
    assert _of("Target was met in May, at 91%. The previous month it was missed.", BlockKind.TILE) == []


def test_axis_labels_are_chart() -> None:
    text = "Repeat referrals in the year\n0% 10% 20% 30%\nJan Feb Mar Apr May\n"
    assert _of(text, BlockKind.CHART) == ["0% 10% 20% 30%", "Jan Feb Mar Apr May"]


def test_words_behind_a_card_with_a_target_and_above_a_time_name_the_next_card() -> None:
    text = (
        "2021/22\n\n21.4%\n\n2022/23\n\n19.8%\n\nTarget\n\n20%\n\nRepeat child protection plans\n\n"
        "2021/22\n\n18.1%\n\n2022/23\n\n17.3%\n\nTarget\n\n17%\n"
    )
    assert shape(f"Plans and referrals\n\n{text}")[1:] == [
        ("tile", "2021/22\n21.4%\n2022/23\n19.8%\nTarget\n20%"),
        ("heading", "Repeat child protection plans"),
        ("tile", "2021/22\n18.1%\n2022/23\n17.3%\nTarget\n17%"),
    ]
