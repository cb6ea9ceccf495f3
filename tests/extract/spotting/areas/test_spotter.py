"""Places in running text and in table heads."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from townclerk.extract.spotting.areas import AreaSpotter
from townclerk.models.area import AreaKind
from townclerk.patterns.gazetteer import load_gazetteer


@pytest.fixture(scope="module")
def spotter(tmp_path_factory: pytest.TempPathFactory) -> AreaSpotter:
    path: Path = tmp_path_factory.mktemp("areas") / "areas.csv"
    path.write_text("name\nHarlowshire\nSeaborough\nNorth Seaborough\n", encoding="utf-8")
    return AreaSpotter(load_gazetteer([path]))


def found(spotter: AreaSpotter, text: str) -> list[tuple[str, str]]:
    """Words found and what they mean: a kind, `own`, or an authority's or region's name."""
    read = []
    for mention in spotter.find(text):
        meaning = "own" if mention.is_own else mention.name or mention.kind.value
        read.append((text[mention.start : mention.end], meaning))
    return read


SENTENCES = [
    ("Ours is 14%, similar authorities 17%, the South East 15% and England 18%.",
     [("Ours", "own"), ("similar authorities", "statistical_neighbours"), ("the South East", "South East"),
      ("England", "england")]),
    ("It is 62 (neighbours 55, region 58) against 66 nationally.",
     [("neighbours", "statistical_neighbours"), ("region", "region"), ("nationally", "england")]),
    ("Regional and national averages are 12% and 13%.",
     [("Regional", "region"), ("national averages", "england")]),
    ("Best of our stat. neighbours: Harlowshire County Council at 91%.",
     [("stat. neighbours", "statistical_neighbours"), ("Harlowshire County Council", "Harlowshire")]),
    ("Harlowshire61.2 Seaborough44.0", [("Harlowshire", "Harlowshire"), ("Seaborough", "Seaborough")]),
    ("North Seaborough is not Seaborough.", [("North Seaborough", "North Seaborough"), ("Seaborough", "Seaborough")]),
    ("Derbyshire and Derby, North Yorkshire and York",
     [("Derbyshire", "Derbyshire"), ("Derby", "Derby"), ("North Yorkshire", "North Yorkshire"), ("York", "York")]),
    ("Good or better authorities average 9%, the CIPFA family 11%.",
     [("Good or better authorities", "good_outstanding"), ("CIPFA family", "cipfa family")]),
    ("The council's rate is above the regional average.", [("The council's", "own"), ("regional average", "region")]),
    ("London Borough of Sutton", [("London Borough of Sutton", "Sutton")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_places_are_found_with_their_meaning(spotter: AreaSpotter, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(spotter, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Reading is taught daily; a bath, a bury.",
        "NHS England wrote to us.",
        "Kent Police and Derby Road Primary",
        "in the region of 40 children",
        "family group conferences rose",
        "the national curriculum",
        "Sutton Coldfield is a town",
        "a Suttonian, derbyshire in lower case",
        "pupils in good or outstanding schools",
    ],
)
def test_words_that_only_look_like_places_are_left_alone(spotter: AreaSpotter, text: str) -> None:
    assert found(spotter, text) == []


def test_a_name_that_is_a_word_counts_with_support(spotter: AreaSpotter) -> None:
    assert found(spotter, "Reading Borough Council") == [("Reading Borough Council", "Reading")]
    assert found(spotter, "Reading 71.2%") == [("Reading", "Reading")]
    assert found(spotter, "Slough, Reading, Wokingham") == [
        ("Slough", "Slough"), ("Reading", "Reading"), ("Wokingham", "Wokingham"),
    ]  # fmt: skip


def test_an_authority_carries_its_code(spotter: AreaSpotter) -> None:
    (mention,) = spotter.find("Wiltshire Council")
    assert (mention.kind, mention.name, mention.gss_code) == (AreaKind.AUTHORITY, "Wiltshire", "E06000054")


@pytest.mark.parametrize(
    ("head", "meaning"),
    [
        ("Stat Neighbour Avg. 2017/18", "statistical_neighbours"),
        ("SN", "statistical_neighbours"),
        ("SN avg", "statistical_neighbours"),
        ("Nation's 2018/19", "england"),
        ("England", "england"),
        ("Eng avg", "england"),
        ("National 2019/20", "england"),
        ("Region", "region"),
        ("Eastern region", "East of England"),
        ("LA 17/18", "own"),
        ("Local Authority", "own"),
        ("Council (Q2)", "own"),
        ("Harlowshire61.2", "Harlowshire"),
        ("Reading", "Reading"),
        ("Good/Outstanding LAs", "good_outstanding"),
        ("YOT family average", "yot family average"),
    ],
)
def test_heads_name_places_in_few_words(spotter: AreaSpotter, head: str, meaning: str) -> None:
    mention = spotter.read_cell(head)
    assert mention is not None
    assert ("own" if mention.is_own else mention.name or mention.kind.value) == meaning


@pytest.mark.parametrize(
    "head", ["Target", "Local outcome", "Our rank", "Statistical neighbours / England", "Re-referrals", "2019/20", ""]
)
def test_heads_without_one_place_are_nothing(spotter: AreaSpotter, head: str) -> None:
    assert spotter.read_cell(head) is None


@pytest.mark.parametrize(
    ("head", "meaning"),
    [
        ("Stat Nelghbours", "statistical_neighbours"),
        ("Lelcestershire", "Leicestershire"),
        ("Natlonal average", "england"),
    ],
)
def test_a_damaged_head_is_the_nearest_place(spotter: AreaSpotter, head: str, meaning: str) -> None:
    mention = spotter.read_cell(head)
    assert mention is not None
    assert (mention.name or mention.kind.value) == meaning


@pytest.mark.parametrize("head", ["Xest Sussex", "Children looked after", "Suffix county"])
def test_a_head_between_two_places_or_far_from_all_is_nothing(spotter: AreaSpotter, head: str) -> None:
    assert spotter.read_cell(head) is None


def test_a_users_regions_and_groups_are_found(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("name,la_type\nEastmarch,region\nCoastal Five,group\n", encoding="utf-8")
    mentions = AreaSpotter(load_gazetteer([path])).find("Eastmarch 60, Coastal Five 58")
    assert [(one.kind, one.name) for one in mentions] == [
        (AreaKind.REGION, "Eastmarch"),
        (AreaKind.OTHER, "Coastal Five"),
    ]


WORDS = st.sampled_from(
    [
        "England",
        "SN",
        "Harlowshire",
        "the",
        "region",
        "of",
        "Reading",
        "61%",
        "national",
        "and",
        ",",
        "York",
        "North",
        "İ",
        "Borough of",
    ]
)


@settings(max_examples=200)
@given(text=st.lists(WORDS, max_size=10).map(" ".join) | st.text(max_size=50))
def test_any_text_gives_ordered_places_inside_it(text: str) -> None:
    spotter = AreaSpotter(load_gazetteer())
    last = 0
    for mention in spotter.find(text):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
    spotter.read_cell(text)
