"""Whether a number stands among children's services."""

from __future__ import annotations

import pytest

from townclerk.extract.linking.topic import Topic
from townclerk.models.document import DocumentFacts

CHILDREN = Topic.of(["Children on protection plans rose.", "Care leavers and pupils."], DocumentFacts())
WASTE = Topic.of(["Recycling and waste collection rounds.", "Landfill, litter and bins."], DocumentFacts())


def test_the_paper_as_a_whole_has_a_topic() -> None:
    assert CHILDREN.is_children
    assert not WASTE.is_children


def test_a_few_lines_without_a_topic_are_taken_as_the_fields_own() -> None:
    assert Topic.of(["Fell to 58.3% in September."], DocumentFacts()).is_children


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("Turnover was 14% in the corporate directorate.", True),
        ("Turnover was 14% among our social workers.", False),
        ("Turnover in children's services was 14%.", False),
    ],
)
def test_a_paper_without_a_word_of_the_field_is_silent(text: str, silent: bool) -> None:
    assert Topic.of([text] * 8, DocumentFacts()).is_silent is silent


def test_a_scrap_of_a_paper_may_be_of_any() -> None:
    assert not Topic.of(["Turnover was 14% in the corporate directorate."], DocumentFacts()).is_silent


@pytest.mark.parametrize(
    ("topic", "label", "near", "headings", "doubted"),
    [
        (CHILDREN, "Complaints answered on time", "", [], False),
        (WASTE, "Complaints answered on time", "", [], True),
        (WASTE, "Complaints about children's social care", "", [], False),
        (CHILDREN, "vacancy rate", "vacancies in adult social care", [], True),
        (CHILDREN, "Complaints answered on time", "", ["Housing repairs"], True),
        (WASTE, "Complaints answered on time", "", ["Looked after children"], False),
    ],
)
def test_everyday_measures_need_the_field_around_them(
    topic: Topic, label: str, near: str, headings: list[str], doubted: bool
) -> None:
    assert (topic.doubt(label, near, headings) < -2.0) is doubted
