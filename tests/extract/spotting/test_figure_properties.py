"""Laws of the figure spotter that hold for any text."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import growth
from townclerk.extract.spotting.figures import find_figures, read_cell
from townclerk.extract.spotting.figures.atoms import _damaged
from townclerk.extract.spotting.figures.finder import find_in_cell
from townclerk.models.mentions import FigureForm
from townclerk.models.units import Unit

WORDS = (
    "17|4.2|1,234|%| per cent|per 10,000| |-|–|+|(|)|/|of| in |no |children|twenty|-one|a quarter|#####|x|<5|n/a|£|k|Q2"
)
MORE_WORDS = "2018/19|\n|\t|.|,|;|days|all |both |within |aged |S|l|O|ê|\u00a0|\U0001f600"
PIECES = st.sampled_from(f"{WORDS}|{MORE_WORDS}".split("|"))
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS)
def test_offsets_are_true_and_figures_do_not_overlap(text: str) -> None:
    end = 0
    for figure in find_figures(text):
        assert end <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.text
        end = figure.end


@given(TEXTS)
def test_a_cell_of_any_text_has_true_offsets(text: str) -> None:
    for figure in read_cell(text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.text


@given(st.decimals(0, 9_999_999, places=2), st.integers(0, 2), st.booleans(), st.sampled_from(["", "%"]))
def test_a_cell_of_one_number_says_what_the_number_says(number: Decimal, places: int, grouped: bool, sign: str) -> None:
    printed = f"{number:,.{places}f}{sign}" if grouped else f"{number:.{places}f}{sign}"
    assert read_cell(printed) == find_in_cell(printed)


@given(TEXTS)
def test_the_form_says_which_values_there_are(text: str) -> None:
    for figure in find_figures(text):
        if figure.form is FigureForm.PARTS:
            assert figure.value is None
            assert figure.numerator is not None
            assert figure.denominator is not None
        if figure.form in {FigureForm.MARK, FigureForm.RANGE}:
            assert figure.value is None
        if figure.form in {FigureForm.NUMBER, FigureForm.WORDS, FigureForm.ODDS, FigureForm.NONE}:
            assert figure.value is not None


@given(st.integers(0, 99_999_999), st.booleans())
def test_a_count_printed_in_a_sentence_is_found_with_its_value(number: int, grouped: bool) -> None:
    printed = f"{number:,}" if grouped else str(number)
    text = f"There were {printed} children"
    (figure,) = find_figures(text)
    assert (figure.value, figure.text, figure.start) == (number, printed, 11)
    assert figure.noun == "children" or number == 1


@given(st.integers(0, 100_000), st.integers(0, 3), st.sampled_from(["%", " %", " per cent", " percent"]))
def test_a_percentage_is_found_with_its_value(number: int, places: int, sign: str) -> None:
    printed = f"{number / 1000:.{places}f}"
    text = f"It stood at {printed}{sign} overall"
    (figure,) = find_figures(text)
    assert (figure.text, figure.unit, figure.decimals) == (f"{printed}{sign}", Unit.PERCENT, places)
    assert figure.value == pytest.approx(float(printed))


@given(
    st.integers(0, 9_999),
    st.sampled_from([(1_000, Unit.PER_1000), (10_000, Unit.PER_10000), (100_000, Unit.PER_100000)]),
)
def test_a_rate_is_found_before_and_behind_its_base(number: int, base: tuple[int, Unit]) -> None:
    printed, unit = f"{number / 10:.1f}", base[1]
    for text in (f"It was {printed} per {base[0]:,} children", f"a rate per {base[0]:,} of {printed} overall"):
        (figure,) = find_figures(text)
        assert (figure.value, figure.unit) == (float(printed), unit)


@given(st.integers(0, 999), st.integers(1, 999))
def test_parts_are_found_when_the_part_is_no_larger_than_the_whole(part: int, whole: int) -> None:
    figures = find_figures(f"We saw {part} of the {whole} there")
    if part <= whole:
        (figure,) = figures
        assert (figure.numerator, figure.denominator) == (part, whole)
    else:
        assert [figure.value for figure in figures] == [part, whole]


@given(st.text(alphabet=st.characters(exclude_categories=["Nd", "No", "Nl"]), max_size=100))
def test_text_without_numbers_holds_no_part_of_a_whole(text: str) -> None:
    assert all(figure.form is not FigureForm.PARTS for figure in find_figures(text))


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1,",
        "1 ",
        "111,",
        "1-",
        "1%",
        "l1",
        "1.1.",
        "A/",
        "A1/",
        "+44 ",
        "one ",
        "twenty-",
        "no new ",
        "(",
        "12 of ",
    ],
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    short, long = (partial(find_figures, unit * times) for times in (1500, 6000))
    assert growth(short, long, 12) < 12


@given(st.text(alphabet="0123456789.,% OoIlSsBbZzg|eat(/", max_size=24))
def test_a_number_with_letters_in_it_never_escapes_the_quick_look(text: str) -> None:
    shapes, mixed = _damaged()
    if shapes.search(text):
        assert mixed.search(text)
