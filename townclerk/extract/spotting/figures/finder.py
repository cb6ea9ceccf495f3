"""Finding the figures of running text."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from townclerk.extract.spotting.figures.atoms import Atom, find_atoms
from townclerk.extract.spotting.figures.context import Surroundings, is_part_of_a_word
from townclerk.extract.spotting.figures.marks import find_marks
from townclerk.extract.spotting.figures.pairs import read_pair
from townclerk.extract.spotting.figures.phrases import find_phrases
from townclerk.extract.spotting.figures.singles import read_single
from townclerk.models.mentions import FigureForm, FigureMention

_SHARE_UNIT = re.compile(r"\s*(?:to|and|or)\s+")
_PAIR_REACH = 40


def find_figures(text: str) -> list[FigureMention]:
    """All figures of a text, in order of start, without overlaps.

    Dates, references, ages, limits inside names and the like are left out. What may be one of them is flagged, so
    that the linker can weigh it: `threshold_like`, `row_number_like`, `reference_like`, `year_like`, `bare_word`,
    `spaced_percent`, `glued`. Other flags: `ocr_repaired`, `approximate`, `thousands_space`, `thousands_doubtful`,
    `unit_shared` (the unit stands at the next figure), `sample` (n=), `whole` ("of the 25"), `whole_behind`
    ("4 (8%) of 50"), `restates` (the months in brackets behind days).
    """
    return [figure.copy() for figure in figures_of(text)]


@lru_cache(maxsize=512)
def figures_of(text: str) -> tuple[FigureMention, ...]:
    """As `find_figures`, for those who only look: the records are shared by all who ask for the same words."""
    return tuple(_find(text, in_cell=False))


def find_in_cell(text: str) -> list[FigureMention]:
    """As `find_figures`, for the text of a table cell: nothing there is a paragraph's number or, alone, a year."""
    return _find(text, in_cell=True)


def _find(text: str, *, in_cell: bool) -> list[FigureMention]:
    atoms = find_atoms(text)
    named = [*find_marks(text), *find_phrases(text)]
    if not (atoms or named):
        return []
    figures = _without_overlaps(named, _compose(Surroundings.of(text, in_cell=in_cell), atoms) if atoms else [])
    _share_units(text, figures)
    return figures


def _compose(around: Surroundings, atoms: list[Atom]) -> list[FigureMention]:
    """Compose numbers into figures, left to right; a figure takes one number or two."""
    atoms = [atom for atom in atoms if _is_number(around, atom)]
    figures: list[FigureMention] = []
    index = 0
    before: Atom | None = None
    while index < len(atoms):
        atom = atoms[index]
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        figure = None
        if following is not None and following.start - atom.end <= _PAIR_REACH:
            figure = read_pair(around, atom, following)
        index += 1 if figure is None else 2
        figure = figure or read_single(around, atom, before)
        before = atoms[index - 1]
        if figure is not None:
            figures.append(figure)
    return figures


def _is_number(around: Surroundings, atom: Atom) -> bool:
    if around.is_shielded(atom.start, atom.end):
        return False
    return atom.in_words or not is_part_of_a_word(around.wording, around.text, atom)


def _without_overlaps(first: list[FigureMention], second: list[FigureMention]) -> list[FigureMention]:
    """Both lists in order; where two overlap the longer stands, and the earlier list's at equal length."""
    kept: list[FigureMention] = []
    for figure in sorted([*first, *second], key=lambda figure: (figure.start, -figure.end)):
        if kept and figure.start < kept[-1].end:
            if figure.end - figure.start > kept[-1].end - kept[-1].start:
                kept[-1] = figure
            continue
        kept.append(figure)
    return kept


def _share_units(text: str, figures: list[FigureMention]) -> None:
    """Give the unit said last to both: "69 and 85%", "from 12 to 15%"."""
    for first, second in pairwise(figures):
        if first.unit is not None or first.noun or first.form is not FigureForm.NUMBER or second.unit is None:
            continue
        if second.form is FigureForm.NUMBER and _SHARE_UNIT.fullmatch(text, first.end, second.start):
            first.unit = second.unit
            first.flags += ("unit_shared",)
