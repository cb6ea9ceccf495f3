"""Repairing the odd figure of a column or row by its neighbours' print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import Unit

_ENOUGH = 2
_LARGEST_PERCENT = 100.0


def repair_column(figures: Sequence[FigureMention]) -> list[FigureMention]:
    """Repair per cent signs that were read as digits, and points that were lost, where all other figures agree.

    "91.63" among percentages with one decimal place each is 91.6 per cent; "909%" among them is 90.9. Nothing is
    touched unless at least two other figures are percentages and all of those have one decimal place.

    Args:
        figures: The figures of one column or row, in order.

    Returns:
        The same figures, repaired ones replaced by copies with the flag `ocr_repaired` and the printed value among
        their alternatives.
    """
    sound = [figure for figure in figures if _is_sound(figure)]
    places = Counter(figure.decimals for figure in sound)
    if len(sound) < _ENOUGH or len(places) != 1 or 0 in places:
        return list(figures)
    (usual,) = places
    return [_repaired(figure, usual) for figure in figures]


def _is_sound(figure: FigureMention) -> bool:
    return (
        figure.form is FigureForm.NUMBER
        and figure.unit is Unit.PERCENT
        and figure.value is not None
        and abs(figure.value) <= _LARGEST_PERCENT
    )


def _repaired(figure: FigureMention, usual: int) -> FigureMention:
    if figure.form is not FigureForm.NUMBER or figure.value is None:
        return figure
    digits = f"{abs(figure.value):.{figure.decimals}f}"
    if figure.unit is None and usual < figure.decimals <= usual + 2:
        # The sign became one digit or two ("96" is a per cent sign's usual misreading).
        whole, _, fraction = digits.partition(".")
        return _replace(figure, f"{whole}.{fraction[:usual]}", usual)
    if figure.unit is Unit.PERCENT and figure.decimals == 0 and abs(figure.value) > _LARGEST_PERCENT:
        return _replace(figure, f"{digits[:-usual]}.{digits[-usual:]}", usual)
    return figure


def _replace(figure: FigureMention, digits: str, decimals: int) -> FigureMention:
    value = float(digits)
    if value > _LARGEST_PERCENT or figure.value is None:
        return figure
    value = -value if figure.value < 0 else value
    return replace(
        figure,
        value=value,
        unit=Unit.PERCENT,
        decimals=decimals,
        alternatives=(*figure.alternatives, figure.value),
        flags=(*figure.flags, "ocr_repaired"),
    )
