"""Charts of office files: what their labels show, as a table of series over categories."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from townclerk.extract.reading.office.building import Builder, Slot, tidy
from townclerk.models.document import BlockKind

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MOST_DECIMALS = 2
_QUOTE = '"'
_DECIMALS = re.compile(r"\.([0#]+)")


def add_chart(chart: Any, builder: Builder) -> None:
    """Add a chart: a table where its values are printed beside its bars and points, else its title alone.

    A value that no label shows is in the file but not in the report as anybody sees it.
    """
    title = tidy(chart.chart_title.text_frame.text) if chart.has_title and chart.chart_title.has_text_frame else ""
    shown = [(tidy(str(series.name)), list(_shown(series, plot))) for plot in chart.plots for series in plot.series]
    rows = [(name, values) for name, values in shown if any(values)]
    categories = [tidy(str(one)) for one in chart.plots[0].categories] if rows else []
    if not rows or not any(categories):
        builder.say(BlockKind.CHART, title)
        return
    builder.say(BlockKind.CAPTION, title)
    slots = [Slot(0, column, text, is_head=True) for column, text in enumerate(categories, start=1)]
    for number, (name, values) in enumerate(rows, start=1):
        # The name of a lone series mostly repeats the title, or is only "Number" or "Series 1".
        named = "" if title and len(rows) == 1 else name
        slots.append(Slot(number, 0, named))
        slots.extend(Slot(number, column, text) for column, text in enumerate(values, start=1))
    builder.table(slots)


def _shown(series: Any, plot: Any) -> Iterator[str]:
    """The values of a series as its labels print them; nothing for those without a label."""
    labels = _labels_of(series, plot)
    hidden = set() if labels is None else _without_label(labels)
    for number, value in enumerate(series.values):
        yield "" if value is None or labels is None or number in hidden else _printed(value, _format(labels))


def _labels_of(series: Any, plot: Any) -> Any | None:
    """What the labels of a series show: its own setting, else that of the plot; None where they show no values."""
    for element in (series._element, plot._element):
        labels = element.find(f"{_C}dLbls")
        if labels is not None:
            value = labels.find(f"{_C}showVal")
            return labels if value is not None and value.get("val") != "0" else None
    return None


def _without_label(labels: Any) -> set[int]:
    """The points whose label was deleted."""
    return {
        int(one.find(f"{_C}idx").get("val"))
        for one in labels.findall(f"{_C}dLbl")
        if one.find(f"{_C}delete") is not None and one.find(f"{_C}delete").get("val") != "0"
    }


def _format(labels: Any) -> str:
    number = labels.find(f"{_C}numFmt")
    return "" if number is None else str(number.get("formatCode") or "")


def _printed(value: float, code: str) -> str:
    """A value as its number format prints it, as far as decimals, thousands and the percent sign go."""
    form = code.partition(";")[0]
    bare = form.replace(_QUOTE, "")
    places = _DECIMALS.search(bare)
    decimals = len(places[1]) if places else 0
    if "%" in bare:
        # A quoted sign is put behind the number as it is.
        return f"{value if _QUOTE in form else 100 * value:.{decimals}f}%"
    if not any(digit in bare for digit in "0#"):
        return f"{value:.0f}" if float(value).is_integer() else f"{round(value, _MOST_DECIMALS):g}"
    return f"{value:,.{decimals}f}" if "," in bare else f"{value:.{decimals}f}"
