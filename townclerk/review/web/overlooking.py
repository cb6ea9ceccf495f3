"""The overview: what the store holds, how far the review is, and what the series look like."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from townclerk.review.overview import overview_series, read_coverage, read_overview, series_choices
from townclerk.review.queue import Filters
from townclerk.review.web.charts import heat, histogram, line_chart
from townclerk.review.web.room import room_of
from townclerk.review.web.security import session_of
from townclerk.review.web.views import page

ALL = "*"
"""Stands for every authority."""


def overview(request: Request) -> Response:
    """All numbers on one page."""
    room, asked = room_of(request), request.query_params
    authorities = room.queue.choices().get("authority", [])
    # Lines of one authority can be read; those of a whole region only where they are asked for.
    authority = asked.get("authority") or (authorities[0] if authorities else ALL)
    choices = series_choices(room.store)
    chosen = asked.get("indicator") or (choices[0][0] if choices else "")
    known = {indicator: name for indicator, name, _ in choices}
    numbers = read_overview(room.store)
    whose = None if authority == ALL else authority
    series = overview_series(room.store, chosen, whose) if chosen in known else None
    return page(
        request,
        "overview.html",
        numbers=numbers,
        bins=histogram(numbers.bins),
        heat=heat(read_coverage(room.store)),
        choices=choices,
        authorities=authorities,
        authority=authority,
        chosen=chosen,
        chart=line_chart(series) if series is not None else None,
        progress=room.queue.progress(Filters(), session_of(request).reviewer),
    )


ROUTES = [Route("/overview", overview)]
