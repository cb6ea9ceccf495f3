"""The list of figures, the disagreements, and the way out: exports."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from townclerk.models.errors import TownclerkError
from townclerk.review.queue import Filters
from townclerk.review.web.filtering import as_query, read_filters
from townclerk.review.web.listed import ROWS, document_names, listed, listed_item
from townclerk.review.web.room import room_of
from townclerk.review.web.views import page
from townclerk.store.decided import Decisions
from townclerk.store.decisions.transfer import exported
from townclerk.store.exporting.export import ExportOptions, export
from townclerk.store.vocabulary import ExportFormat, Review

MOST_PAGES = 100_000


@dataclass(slots=True, frozen=True)
class _Form:
    """One kind of file that can be taken away."""

    name: str
    suffix: str
    media_type: str
    told: str


FORMS = (
    _Form("csv", ".csv", "text/csv", "CSV, one row a figure, for any spreadsheet"),
    _Form("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "Excel, with the measures' definitions (needs the extra “excel”)"),
    _Form("jsonl", ".jsonl", "application/x-ndjson", "JSON Lines, every figure whole, as townclerk extract writes it"),
)  # fmt: skip


def list_page(request: Request) -> Response:
    """All figures that fit the filters."""
    room, filters = room_of(request), read_filters(request.query_params)
    try:
        number = min(MOST_PAGES, max(1, int(request.query_params.get("page", "1"))))
    except ValueError:
        number = 1
    found, count = listed(room.store, filters, number)
    corrected = {
        row.key: item.settled
        for row in found
        if row.state is Review.CORRECTED and (item := room.queue.item(row.key)) is not None
    }
    return page(
        request, "list.html", filters=filters, query=as_query(filters), rows=found, corrected=corrected, count=count,
        number=number, pages=max(1, -(-count // ROWS)), choices=room.queue.choices(),
        documents=document_names(room.store), before=as_query(filters, page=number - 1),
        behind=as_query(filters, page=number + 1),
    )  # fmt: skip


def disagreements(request: Request) -> Response:
    """Figures on which reviewers differ, and decisions that a new reading contradicts."""
    room = room_of(request)
    differ, differing = listed(room.store, Filters(disagreement=True), 1)
    conflict, conflicting = listed(room.store, Filters(conflict=True), 1)
    items = {row.key: room.queue.item(row.key) for row in [*differ, *conflict]}
    more = {"differ": differing - len(differ), "conflict": conflicting - len(conflict)}
    # What stands only in the log is on no list: a settled figure that the document no longer gives.
    for _, key, _ in Decisions(room.store).contested():
        item = room.queue.item(key)
        if item is None or item.position is not None:
            continue
        items[key] = item
        differ += [listed_item(item)] if item.disagreement else []
        conflict += [listed_item(item)] if item.conflict else []
    return page(request, "disagreements.html", differ=differ, conflict=conflict, items=items, more=more)


def export_page(request: Request) -> Response:
    """What can be taken away."""
    return page(request, "export.html", forms=FORMS, reviews=[one.value for one in Review])


def download(request: Request) -> Response:
    """The store's observations as decided, as a file."""
    room, asked = room_of(request), request.query_params
    form = next((one for one in FORMS if one.name == request.path_params["form"]), None)
    if form is None:
        return PlainTextResponse("There is no such export.\n", 404)
    known = {one.value: one for one in Review}
    reviews = tuple(known[name] for name in asked.getlist("review") if name in known)
    with tempfile.TemporaryDirectory(prefix="townclerk-") as folder:
        file = Path(folder, f"observations{form.suffix}")
        try:
            export(room.store, file, ExportOptions(reviews=reviews), ExportFormat(form.name))
        except TownclerkError as fault:
            return PlainTextResponse(f"{fault}\n", 422)
        return _file(file.read_bytes(), file.name, form.media_type)


def decisions(request: Request) -> Response:
    """The log of decisions as JSON Lines."""
    lines = [f"{line}\n" for line in exported(room_of(request).store)]
    day = datetime.now(UTC).date().isoformat()
    return _file("".join(lines).encode(), f"decisions-{day}.jsonl", "application/x-ndjson")


def _file(data: bytes, name: str, media_type: str) -> Response:
    return Response(data, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


ROUTES = [
    Route("/list", list_page),
    Route("/disagreements", disagreements),
    Route("/export", export_page),
    Route("/export/decisions.jsonl", decisions),
    Route("/export/{form:str}", download),
]
