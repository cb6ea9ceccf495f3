"""Finding the figures of running text."""

from __future__ import annotations

import re

from townclerk.extract.spotting.figures.atoms import Atom, find_atoms
from townclerk.extract.spotting.figures.context import (
    Surroundings,
    is_part_of_a_word,
    judge_duration,
    read_before,
    read_noun,
    read_scale,
    read_sign,
    read_unit,
)
from townclerk.extract.spotting.figures.marks import find_marks
from townclerk.extract.spotting.figures.phrases import find_phrases
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import Status, Unit

_CURRENCY = re.compile(r"[£€$]\s?\Z")
_PERCENT_BEFORE = re.compile(r"(?<![\d\w%])%\Z")
_ALL = re.compile(r"\ball\s+(?:of\s+)?(?:the\s+|our\s+|these\s+|those\s+)?\Z", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:\A|[.;:(\n]\s*)(?:out\s+)?of\s+(?:the\s+|these\s+|our\s+|those\s+|a\s+total\s+of\s+)?\Z", re.IGNORECASE
)
_N_IS = re.compile(r"\bn\s?=\s?\Z", re.IGNORECASE)
_OF = re.compile(
    r"\s*/\s*|\s+(?:[a-z]+\s+){0,2}?out\s+of\s+(?:the\s+|a\s+|our\s+|these\s+|those\s+|all\s+|total\s+|cohort\s+|of\s+)*"
    r"|\s+of\s+(?:the\s+|a\s+|our\s+|these\s+|those\s+|all\s+|total\s+|of\s+)*",
    re.IGNORECASE,
)
_IN = re.compile(r"\s+(?:in|out of)\s+(?:every\s+)?", re.IGNORECASE)
_RANGE_DASH = re.compile(r"\s?[-–—]\s?")
_RANGE_WORD = re.compile(r"\s+(?:to|and)\s+")
_RANGE_LEAD = re.compile(
    r"\b(?:between|rang(?:e|es|ed|ing)(?:\s+(?:of|is|was))?(?:\s+(?:from|between))?)\s+\Z", re.IGNORECASE
)
_SHARE_UNIT = re.compile(r"\s*(?:to|and|or|,)\s+")
_CAPITAL_NEXT = re.compile(r"[.:]?\s+[A-Z(%\"'‘“]")
_LIST_STOP = re.compile(r"[.)]\s")
_SPACED_LABEL = re.compile(r"\s%\s+[a-zA-Z]")
_IMMEDIATE_BLANK = re.compile(r"\s+")


def find_figures(text: str) -> list[FigureMention]:
    """All figures of a text, in order of start, without overlaps.

    Dates, references, ages, limits inside names and the like are left out; what may be one of them is flagged
    (`threshold_like`, `row_number_like`, `reference_like`, `year_like`, `bare_word`).
    """
    return _find(text, in_cell=False)


def find_in_cell(text: str) -> list[FigureMention]:
    """As `find_figures`, for the text of a table cell: nothing there is a paragraph's number or, alone, a year."""
    return _find(text, in_cell=True)


def _find(text: str, *, in_cell: bool) -> list[FigureMention]:
    atoms = find_atoms(text)
    marks = find_marks(text)
    phrases = find_phrases(text)
    if not (atoms or marks or phrases):
        return []
    reader = _Reader(text, atoms, in_cell=in_cell)
    figures = reader.read() if atoms else []
    figures = _without_overlaps([*marks, *phrases], figures)
    _share_units(text, figures)
    return figures


class _Reader:
    """Composes the numbers of one text into figures, left to right."""

    def __init__(self, text: str, atoms: list[Atom], *, in_cell: bool) -> None:
        self.text = text
        self.around = Surroundings.of(text)
        self.wording = self.around.wording
        self.in_cell = in_cell
        self.atoms = [atom for atom in atoms if self._is_number(atom)]

    def read(self) -> list[FigureMention]:
        """All figures, in order."""
        figures: list[FigureMention] = []
        index = 0
        while index < len(self.atoms):
            figure, used = self._compose(index)
            if figure is not None:
                figures.append(figure)
            index += used
        return figures

    def _is_number(self, atom: Atom) -> bool:
        if self.around.is_shielded(atom.start, atom.end):
            return False
        return atom.in_words or not is_part_of_a_word(self.wording, self.text, atom)

    def _compose(self, index: int) -> tuple[FigureMention | None, int]:
        """The figure that begins with a number, and how many numbers it took."""
        atom = self.atoms[index]
        following = self.atoms[index + 1] if index + 1 < len(self.atoms) else None
        if following is not None and following.start - atom.end <= 40:
            for read in (self._odds, self._parts, self._range):
                figure = read(atom, following)
                if figure is not None:
                    return figure, 2
        return self._single(atom), 1

    def _odds(self, atom: Atom, other: Atom) -> FigureMention | None:
        """ "1 in 38", "one in eight"."""
        if not (0 < atom.value < other.value <= 1000) or atom.decimals or other.decimals or atom.value > 9:
            return None
        if not _IN.fullmatch(self.text, atom.end, other.start) or self._is_year(other):
            return None
        if read_unit(self.wording, self.text, other.end, other.value)[0] is not None:
            return None
        if atom.value > 1 and other.value > 10:
            return None
        share = round(100 * atom.value / other.value, 1)
        figure = self._mention(atom.start, other.end, share, Unit.PERCENT, FigureForm.ODDS)
        figure.approximate = True
        figure.parts = (atom.value, other.value)
        figure.flags = ("approximate",)
        figure.decimals = 0 if share == int(share) else 1
        return figure

    def _parts(self, atom: Atom, other: Atom) -> FigureMention | None:
        """ "166 of 201", "11/132", "45 children out of 57"."""
        if atom.decimals or other.decimals or atom.value > other.value or other.value == 0:
            return None
        if not _OF.fullmatch(self.text, atom.end, other.start) or self._is_year(other):
            return None
        unit, _ = read_unit(self.wording, self.text, other.end, other.value)
        if unit is not None or self.text[other.end : other.end + 1] == "/":
            return None
        figure = self._mention(atom.start, other.end, None, None, FigureForm.PARTS)
        figure.numerator, figure.denominator = atom.value, other.value
        return figure

    def _range(self, atom: Atom, other: Atom) -> FigureMention | None:
        """ "between 84% and 88%", "84-88%", "14-16"."""
        first_unit, first_end = read_unit(self.wording, self.text, atom.end, atom.value)
        unit, end = read_unit(self.wording, self.text, other.end, other.value)
        if atom.value >= other.value or (first_unit is not None and unit is not first_unit) or first_end > other.start:
            return None
        dash = _RANGE_DASH.fullmatch(self.text, first_end, other.start)
        tight = dash is not None and (len(dash[0]) == 1 or (dash[0].strip() == "–" and dash[0] != dash[0].lstrip()))
        spaced = dash is not None and len(dash[0]) == 3 and unit is not None
        lead = _RANGE_LEAD.search(self.text, max(0, atom.start - 40), atom.start)
        in_words = lead is not None and _RANGE_WORD.fullmatch(self.text, first_end, other.start)
        if not (tight or spaced or in_words):
            return None
        if judge_duration(self.wording, self.text, atom.start, end, other, unit) == "limit":
            return self._nothing(atom.start, end)
        figure = self._mention(atom.start, end, None, unit, FigureForm.RANGE)
        figure.parts = (atom.value, other.value)
        figure.decimals = max(atom.decimals, other.decimals)
        return figure

    def _nothing(self, start: int, end: int) -> FigureMention | None:
        """Passes over a range that is a limit: shields it, so that its numbers do not come back one by one."""
        del start, end
        return None

    def _single(self, atom: Atom) -> FigureMention | None:
        """One number with sign, currency, scale and unit."""
        text, start, end, value = self.text, atom.start, atom.end, atom.value
        unit: Unit | None = None
        if found := _CURRENCY.search(text, max(0, start - 2), start):
            start, unit = found.start(), Unit.CURRENCY
        sign, start = ("", start) if atom.in_words else read_sign(text, start)
        if not sign and start and text[start - 1] in "-−–" and self._falls_from_the_number_before(atom):
            sign, start = "-", start - 1
        scale, scale_end = (1, end) if atom.in_words else read_scale(text, end)
        if scale > 1:
            value, end = value * scale, scale_end
        if unit is None and scale == 1:
            unit, end = read_unit(self.wording, text, end, value)
        if unit is None and _PERCENT_BEFORE.search(text, max(0, start - 2), start):
            start, unit = start - 1, Unit.PERCENT
        if unit is None and (self._is_year(atom) or self._is_item_number(atom)):
            return None
        verdict = judge_duration(self.wording, text, start, end, atom, unit)
        if verdict == "limit":
            return None
        unit = unit or self.around.rate_said_before(start)
        figure = self._mention(start, end, -value if sign == "-" else value, unit, FigureForm.NUMBER)
        figure.sign = sign
        figure.decimals = atom.decimals
        figure.alternatives = atom.alternatives
        figure.form = FigureForm.WORDS if atom.in_words else FigureForm.NUMBER
        figure.flags = atom.flags + (("threshold_like",) if verdict == "doubtful" else ())
        return self._with_context(figure, atom)

    def _with_context(self, figure: FigureMention, atom: Atom) -> FigureMention | None:
        """Approximation, bounds, suppression and doubts."""
        self._settle_thousands(figure)
        said, said_start = read_before(self.wording, self.text, figure.start)
        words = self.wording.words
        if said in self.wording.approximations:
            figure.approximate = True
            figure.flags += ("approximate",)
        elif said:
            if figure.unit is None and self._hides_a_small_number(said, figure):
                return self._suppressed(figure, said_start)
            figure.bound = "more" if said in self.wording.more else "less"
        elif (after := self.wording.bound_after.match(self.text, figure.end)) is not None:
            figure.bound = after.lastgroup or ""
        if (
            figure.unit is None
            and not atom.decimals
            and _ALL.search(self.text, max(0, figure.start - 20), figure.start)
        ):
            return self._all(figure)
        figure.flags += self._doubts(figure, atom)
        if atom.in_words and atom.value == 1 and "bare_word" in figure.flags:
            return None
        del words
        return figure

    def _doubts(self, figure: FigureMention, atom: Atom) -> tuple[str, ...]:
        """Flags for what the linker may want to drop."""
        text, flags = self.text, []
        if figure.unit is None and atom.in_words and not figure.noun:
            flags.append("bare_word")
        if not self.in_cell and self._stands_first(atom):
            if figure.unit is None and atom.value < 100 and _CAPITAL_NEXT.match(text, figure.end):
                flags.append("row_number_like")
            elif _SPACED_LABEL.match(text, atom.end):
                flags += ["row_number_like", "spaced_percent"]
        if figure.unit is None and self._closes_a_title(figure, atom):
            flags.append("reference_like")
        if figure.unit is None and 1950 <= atom.value < 2050 and "," not in figure.text and not atom.in_words:
            flags.append("year_like")
        if _N_IS.search(text, max(0, figure.start - 4), figure.start):
            flags.append("sample")
        if _WHOLE.search(text, max(0, figure.start - 24), figure.start):
            flags.append("whole")
        if figure.unit is Unit.MONTHS and figure.bracketed and re.search(r"days \(\Z", text[: figure.start][-8:]):
            flags.append("restates")
        return tuple(flags)

    def _settle_thousands(self, figure: FigureMention) -> None:
        """ "12.406 contacts": a point where a comma belongs, since nobody counts in thousandths."""
        if "thousands_doubtful" in figure.flags and figure.unit is None and figure.noun and figure.value is not None:
            figure.alternatives, figure.value = (figure.value,), figure.alternatives[0]
            figure.decimals = 0
            figure.flags = (*figure.flags, "ocr_repaired")

    def _hides_a_small_number(self, said: str, figure: FigureMention) -> bool:
        words = self.wording.words
        if said not in words.suppression_signs or figure.value is None:
            return False
        if said == "<":
            return figure.value in words.suppression_limits
        return figure.value in words.suppression_limits_in_words and (said != "under" or bool(figure.noun))

    def _suppressed(self, figure: FigureMention, start: int) -> FigureMention:
        mark = self._mention(start, figure.end, None, None, FigureForm.MARK)
        mark.status = Status.SUPPRESSED
        mark.parts = (figure.value or 0.0,)
        mark.noun = figure.noun
        return mark

    def _all(self, figure: FigureMention) -> FigureMention:
        """ "all 18 young people": the number is part and whole."""
        found = _ALL.search(self.text, max(0, figure.start - 20), figure.start)
        start = found.start() if found else figure.start
        whole = self._mention(start, figure.end, None, None, FigureForm.ALL)
        whole.numerator = whole.denominator = figure.value
        whole.flags = figure.flags
        return whole

    def _mention(self, start: int, end: int, value: float | None, unit: Unit | None, form: FigureForm) -> FigureMention:
        return FigureMention(
            start,
            end,
            self.text[start:end],
            value,
            unit,
            form,
            bracketed=self.around.is_bracketed(start),
            noun=read_noun(self.wording, self.text, end),
        )

    def _falls_from_the_number_before(self, atom: Atom) -> bool:
        """ "67.5-3.9": a smaller number glued behind a dash is a variance, not the end of a range."""
        index = self.atoms.index(atom)
        before = self.atoms[index - 1] if index else None
        return before is not None and atom.start - before.end in {1, 2} and before.value > atom.value

    def _is_year(self, atom: Atom) -> bool:
        """A bare 1950 to 2049 that no word makes a count."""
        if atom.in_words or atom.decimals or not 1950 <= atom.value < 2050 or atom.end - atom.start != 4:
            return False
        if self.in_cell and self.text.strip() == self.text[atom.start : atom.end]:
            return False
        before = self.text[max(0, atom.start - 16) : atom.start]
        if self.wording.value_prefix.search(before):
            return False
        if self.wording.year_prefix.search(before):
            return True
        blank = _IMMEDIATE_BLANK.match(self.text, atom.end)
        return blank is None or self.wording.immediate_noun.match(self.text, blank.end()) is None

    def _stands_first(self, atom: Atom) -> bool:
        left = self.text.rfind("\n", 0, atom.start) + 1
        return atom.start - left <= 12 and self.wording.item_lead.search(self.text[left : atom.start]) is not None

    def _is_item_number(self, atom: Atom) -> bool:
        """A paragraph's or list item's number at the start of a line."""
        if self.in_cell or atom.in_words or not self._stands_first(atom):
            return False
        text, end = self.text, atom.end
        if not atom.decimals:
            return atom.value < 400 and _LIST_STOP.match(text, end) is not None
        return atom.value < 25 and atom.decimals <= 2 and _CAPITAL_NEXT.match(text, end) is not None

    def _closes_a_title(self, figure: FigureMention, atom: Atom) -> bool:
        """ "Referrals to social care (7.2)" at the end of a line without any other decimal: a reference."""
        if not (figure.bracketed and atom.decimals in {1, 2} and atom.value < 25):
            return False
        text = self.text
        if text[figure.end : figure.end + 1] != ")" or text[figure.end + 1 : figure.end + 40].split("\n")[0].strip(
            " *_#"
        ):
            return False
        line = text[text.rfind("\n", 0, figure.start) + 1 : figure.start - 1]
        return re.search(r"\d[%.]\d?|\bper\s?cent\b", line) is None


def _without_overlaps(first: list[FigureMention], second: list[FigureMention]) -> list[FigureMention]:
    """Both lists in order; where two overlap the longer stands, and the earlier list's at equal length."""
    ranked = sorted([*first, *second], key=lambda figure: (figure.start, -figure.end))
    kept: list[FigureMention] = []
    for figure in ranked:
        if kept and figure.start < kept[-1].end:
            if figure.end - figure.start > kept[-1].end - kept[-1].start:
                kept[-1] = figure
            continue
        kept.append(figure)
    return kept


def _share_units(text: str, figures: list[FigureMention]) -> None:
    """ "69 and 85%", "from 12 to 15%": the unit said last is meant for both."""
    for first, second in zip(figures, figures[1:], strict=False):
        if first.unit is not None or first.noun or first.form is not FigureForm.NUMBER or second.unit is None:
            continue
        if second.form is FigureForm.NUMBER and _SHARE_UNIT.fullmatch(text, first.end, second.start):
            first.unit = second.unit
            first.flags += ("unit_shared",)
