"""Percentages printed together with their counts, whether or not a measure was found for them.

The other checks hold linked figures. A report whose "85.1% (218 of 255)" found no measure, or found the counts but not
the percentage, contradicts itself all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from townclerk.extract.spotting.figures import figures_of
from townclerk.extract.verification.cards import printed_cards
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.ratios import agrees, another_agrees, slip_mends
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.tolerance import printed, shown, with_unit
from townclerk.extract.verification.view import View, is_vague, stand_in
from townclerk.models.candidate import Candidate, Span
from townclerk.models.document import Block
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.passage import Passage
from townclerk.models.units import Role, Unit

_NEAR = 160
_BRACKETED = re.compile(r"[\s|*_]*[(\[]\s*\Z")
_OPENED = re.compile(r"[^(),]*\(\s*(?:or )?")
_CLOSED = re.compile(r"\s*[)\]]")
_SENTENCE = re.compile(r"[.;?!]\s")
_MAY_TELL_MORE = re.compile(r"\d[^\d]*[^\d.,][^\d]*\d|[^\W\d_]{3}")
"""A percentage and its counts are more than one number, or a number and words."""


@dataclass(slots=True, frozen=True)
class Share:
    """A percentage and the counts printed with it.

    Attributes:
        figure: The percentage.
        start: Where it stands in the document's text.
        end: Its end.
        top: The part.
        bottom: The whole.
        sure: The print leaves no doubt that the counts are its own.
    """

    figure: FigureMention
    start: int
    end: int
    top: float
    bottom: float
    sure: bool


@check("printed_share")
def printed_share(view: View) -> Iterator[Finding]:
    """A percentage fits the "N of D" printed with it: in brackets, behind "or", "based on" and the like, or in a card.

    Tolerance: half the last printed digit; a number cut off instead of rounded agrees, too. But for brackets, one slip
    in the percentage must mend it: else the counts are of something else.
    """
    for share in (*_in_text(view), *_in_cards(view)):
        held = view.at(share.start, share.end)
        if any(c.role is Role.TARGET or is_vague(c) for c in held):
            continue
        value, places = share.figure.value or 0.0, share.figure.decimals
        expected = 100.0 * share.top / share.bottom
        about = held[0] if held else _unlinked(share, view)
        told = f"{shown(share.top)} of {shown(share.bottom)} is {with_unit(expected, Unit.PERCENT, places + 1)}"
        if any(_is_told_already(c, share, expected, view) for c in held):
            continue
        if agrees(value, expected, places):
            _join(about, share)
            yield Finding("printed_share", Outcome.SUPPORTS, f"{told}, as printed", (about,))
        elif share.sure or slip_mends(value, expected, places):
            _join(about, share)
            text = f"{told}, but {printed(about)} is printed"
            yield Finding("printed_share", Outcome.CONTRADICTS, text, (about,), "ratio_mismatch")


def _is_told_already(candidate: Candidate, share: Share, expected: float, view: View) -> bool:
    """True where the linker brought the two together, and `ratio` tells of it."""
    joined = candidate.denominator == share.bottom and candidate.numerator == share.top
    fits = agrees(candidate.value or 0.0, expected, share.figure.decimals)
    return joined and (fits or not another_agrees(candidate, expected, view))


def _join(candidate: Candidate, share: Share) -> None:
    """Give a percentage the counts that are printed with it, where it has none."""
    if candidate.numerator is None and candidate.denominator is None:
        candidate.numerator, candidate.denominator = share.top, share.bottom


def _unlinked(share: Share, view: View) -> Candidate:
    page = view.document.page_at(share.start).number
    return stand_in(share.figure, Span(page, share.start, share.end), block=-1)


def _in_text(view: View) -> Iterator[Share]:
    """The shares of running text."""
    for passage in _passages(view.document.blocks):
        text = passage.text
        if ("%" not in text and "per cent" not in text) or _MAY_TELL_MORE.search(text) is None:
            continue
        figures = figures_of(text)
        pairs = [figure for figure in figures if figure.form is FigureForm.PARTS and figure.denominator]
        shares = [figure for figure in figures if _is_share(figure)]
        for pair in pairs if shares else ():
            found = _before(pair, shares, text, view) or _behind(pair, shares, text, view)
            if found is not None:
                yield _placed(*found, pair, passage)


def _is_share(figure: FigureMention) -> bool:
    plain = not (figure.approximate or figure.bound or figure.sign)
    return figure.unit is Unit.PERCENT and figure.form is FigureForm.NUMBER and figure.value is not None and plain


def _passages(blocks: list[Block]) -> Iterator[Passage]:
    for block in blocks:
        if block.table is None:
            yield block.passage
        else:
            yield from (cell.passage for cells in block.table.rows for cell in cells)


def _placed(figure: FigureMention, sure: bool, pair: FigureMention, passage: Passage) -> Share:
    start, end = passage.source_span(figure.start, figure.end)
    return Share(figure, start, end, pair.numerator or 0.0, pair.denominator or 1.0, sure)


def _before(
    pair: FigureMention, shares: list[FigureMention], text: str, view: View
) -> tuple[FigureMention, bool] | None:
    """The percentage before the counts: "85.1% (218 of 255)", "29.4%, based on 27 of 91"."""
    share = next((one for one in reversed(shares) if one.end <= pair.start), None)
    if share is None or pair.start - share.end > _NEAR:
        return None
    between = text[share.end : pair.start]
    if _BRACKETED.fullmatch(between) and _CLOSED.match(text[pair.end :]):
        return share, True
    if _ends_bracketed(between) and _CLOSED.match(text[pair.end :]):
        # "82% of reviews were held on time (92 of 112)": the one percentage of its sentence, and the one pair.
        return share, False
    single = len(_SENTENCE.findall(between)) <= 1 and "\n" not in between
    return (share, False) if single and _ends_with(between, view.identities.basis_words) else None


def _ends_bracketed(between: str) -> bool:
    """True for words of one sentence, with no other figure, up to an opening bracket."""
    words = between.removeprefix("%").rstrip()
    plain = not _SENTENCE.search(words) and not any(mark in words[:-1] for mark in "()[]|\n")
    return words.endswith(("(", "[")) and plain and not figures_of(words)


def _behind(
    pair: FigureMention, shares: list[FigureMention], text: str, view: View
) -> tuple[FigureMention, bool] | None:
    """The percentage behind the counts: "218 of 255 conferences (85.1%)", "153 of 1,425, or 10.7%"."""
    share = next((one for one in shares if one.start >= pair.end), None)
    if share is None or share.start - pair.end > _NEAR:
        return None
    between = text[pair.end : share.start]
    if _SENTENCE.search(between):
        return None
    if _OPENED.fullmatch(between) and _CLOSED.match(text[share.end :]):
        return share, not between.strip(" (")
    return (share, False) if _ends_with(between, view.identities.equal_words) else None


def _ends_with(text: str, endings: tuple[str, ...]) -> bool:
    words = " ".join(text.lower().split())
    return any(words == ending or words.endswith(f" {ending}") for ending in endings)


def _in_cards(view: View) -> Iterator[Share]:
    """The shares of cards: a line that is a percentage, and near it one that is its counts."""
    for share, pair in printed_cards(view.document.text):
        (figure,) = figures_of(share.text)
        counts = figures_of(pair.text)[0]
        yield Share(
            figure,
            share.start + figure.start,
            share.start + figure.end,
            counts.numerator or 0.0,
            counts.denominator or 1.0,
            sure=False,
        )
