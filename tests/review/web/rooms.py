"""A review room over two small reports: a PDF of two pages, and a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient
from starlette.types import ASGIApp

from tests.pdf_maker import Grid, Heading, Item, Sheet, Text, make_pdf
from townclerk.convert.places import Place, uri_of
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.reading.options import ReadOptions
from townclerk.models.document import Document
from townclerk.models.observation import Observation
from townclerk.models.period import parse_code
from townclerk.patterns.catalogue import Catalogue, load_catalogue
from townclerk.patterns.gazetteer import load_gazetteer
from townclerk.review.corrections import Corrector
from townclerk.review.paper import Paper
from townclerk.review.queue import Queue
from townclerk.review.sources import Sources
from townclerk.review.web.app import create_app
from townclerk.review.web.reviewers import Reviewers
from townclerk.review.web.room import Room
from townclerk.review.web.security import doors_for
from townclerk.review.web.sessions import Sessions
from townclerk.store.database import Store, open_store
from townclerk.store.decisions.log import DecisionLog
from townclerk.store.ledger import Ledger, Outcome, State, Versions
from townclerk.store.rows import Row, to_rows

PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"
TEXT = """Marlby Council
Families Committee, 14 May 2019

Care leavers in suitable accommodation stood at 88% in March 2019, against a target of 90%.
"""


@cache
def catalogue() -> Catalogue:
    """The catalogue, loaded once: it takes longer than everything else here."""
    return load_catalogue()


@cache
def report() -> bytes:
    """Two pages: running text with a figure that nobody has read yet (the 44), and a table."""
    first: list[Item] = [
        Heading("Harlowshire Council: children's performance"),
        Text("Quarter 2 of 2018/19"),
        Text("Re-referrals within 12 months rose to 21.4%, against a target of 18%."),
        Text("At 30 September 2018 there were 312 children looked after."),
        Text("Of these, 44 lived outside the county."),
    ]
    second: list[Item] = [
        Heading("Child protection"),
        Grid(
            [["Measure", "Q1", "Q2"], ["Child protection plans", "201", "214"], ["Visits", "81%", "84%"]], rules="all"
        ),
    ]
    return make_pdf([Sheet(first), Sheet(second)])


def observed(document: Document, quote: str, value_text: str, indicator: str, **changes: Any) -> Observation:
    """An observation that stands where a quote stands in a document."""
    start = document.text.index(quote)
    end = start + len(quote)
    known = catalogue().indicators[indicator]
    period = parse_code(changes.pop("period", "2018-19-Q2"))
    number = float(value_text.strip("%").replace(",", ""))
    changes = {"confidence": 0.6, "role": "actual", "alternatives": [], "checks": [], "method": "prose"} | changes
    return Observation.model_validate(
        {
            "observation_id": f"{start:08x}{end:08x}",
            "document": {
                "sha256": document.sha256,
                "name": document.name,
                "title": "Performance",
                "authority": {"name": "Harlowshire", "gss_code": None, "basis": "stated"},
                "committee": None,
                "meeting_date": "2018-11-20",
                "period": {"code": "2018-19-Q2", "basis": "stated"},
            },
            "indicator_id": indicator,
            "indicator_name": known.name,
            "label": quote.partition(value_text)[0].strip() or quote,
            "area": {"kind": "authority", "name": "Harlowshire", "gss_code": None, "is_reporting_authority": True,
                     "basis": "inferred"},
            "period": {"code": period.code, "start": period.start.isoformat(), "end": period.end.isoformat(),
                       "kind": period.kind.value, "text": None, "basis": "inferred"},
            "value": number,
            "value_text": value_text,
            "status": "reported",
            "unit": known.unit.value,
            "numerator": None, "denominator": None, "change": None, "rank": None, "quartile": None, "rag": None,
            "direction": None, "polarity": known.polarity.value, "commentary": [],
            "reasons": [{"name": "prior", "weight": 1.1, "text": "how often prose is read right"},
                        {"name": "far", "weight": -0.7, "text": "the label stands far from the figure"}],
            "evidence": [{"page": document.page_at(start).number, "start": start, "end": end, "quote": quote,
                          "boxes": [list(box) for box in document.boxes(start, end)]}],
            "flags": [], "extractor_version": "0", "pattern_version": "0",
            **changes,
        }
    )  # fmt: skip


def put(store: Store, uri: str, data: bytes, found: list[Observation], document: Document) -> str:
    """Enter a converted document into a store; its id is returned."""
    place = Place(uri, len(data), f"{len(data)}:1")
    pages = [
        {"number": page.number, "label": None, "origin": page.origin.value, "characters": page.end - page.start,
         "skipped": None}
        for page in document.pages
    ]  # fmt: skip
    facts: Row = {"media_type": document.media_type, "encoding": document.encoding, "title": "Performance",
             "authority": found[0].document.authority.name if found else None, "authority_gss_code": None,
             "committee": None, "meeting_date": "2018-11-20", "period_code": "2018-19-Q2", "facts": {}, "items": [],
             "pages_read": len(pages), "pages_skipped": 0, "observation_count": len(found)}  # fmt: skip
    row = {"document_id": place.document_id, "uri": uri, "path": place.path, "name": place.name, "size": place.size,
           "stamp": place.stamp, "sha256": document.sha256, "state": State.WAITING, "attempts": 0,
           "compared": False}  # fmt: skip
    ledger = Ledger(store)
    ledger.enter([row], [])
    outcome = Outcome(State.DONE, facts=facts, rows=to_rows(place.document_id, found), pages=pages)
    ledger.finish(place.document_id, outcome, Versions("0", "0", "0"))
    return place.document_id


@cache
def _read(data: bytes, name: str) -> Document:
    return read_bytes(data, name)


def make_archive(folder: Path) -> tuple[Store, str, str]:
    """A store of two reports that lie in a folder; with the ids of the PDF and of the text."""
    store = open_store(str(folder / "archive.db"), create=True)
    data, file = report(), folder / "harlowshire-q2.pdf"
    file.write_bytes(data)
    pdf = _read(data, file.name)
    figures = [
        observed(pdf, "Re-referrals within 12 months rose to 21.4%", "21.4%", "rereferrals_pct", confidence=0.31,
                 alternatives=[{"indicator_id": "rereferrals_count", "confidence": 0.4}],
                 checks=[{"name": "repeat", "outcome": "contradicts", "text": "page 2 has 24.1%"}]),
        observed(pdf, "against a target of 18%", "18%", "rereferrals_pct", role="target", confidence=0.55),
        observed(pdf, "312 children looked after", "312", "cla_count", period="2018-09-30", confidence=0.62),
        observed(pdf, "214", "214", "cpp_count", period="2018-09-30", confidence=0.44, method="table"),
    ]  # fmt: skip
    pdf_id = put(store, uri_of(file), data, figures, pdf)
    raw, text_file = TEXT.encode(), folder / "marlby.txt"
    text_file.write_bytes(raw)
    text = read_bytes(raw, text_file.name)
    told = [observed(text, "Care leavers in suitable accommodation stood at 88%", "88%",
                     "care_leavers_accommodation_pct", period="2019-03", confidence=0.5)]  # fmt: skip
    return store, pdf_id, put(store, uri_of(text_file), raw, told, text)


@dataclass
class Visit:
    """A browser's view of a room.

    Attributes:
        client: Sends requests as a page of the room would.
        room: The room.
    """

    client: TestClient
    room: Room

    def token(self) -> str:
        """What a form must bring along."""
        page = self.client.get("/export").text
        return page.split('"X-CSRF-Token": "')[1].split('"')[0]

    def post(self, path: str, **fields: str) -> Any:
        """Send a form as the room's own page does."""
        return self.client.post(path, data={"csrf": self.token(), **fields}, headers={"Origin": HOME})

    def first(self) -> str:
        """Id of the figure that the queue shows first."""
        return shown(self.client.get("/review").text)


def shown(page: str) -> str:
    """Id of the figure a page shows."""
    match = re.search(r'data-item="(\w*)"', page)
    assert match is not None
    return match[1]


def make_room(store: Store, reviewers: Reviewers | None = None) -> Room:
    """A room over a store."""
    return Room(
        store=store,
        queue=Queue(store),
        log=DecisionLog(store),
        corrector=Corrector(catalogue(), load_gazetteer()),
        paper=Paper(Sources(store), ReadOptions()),
        doors=doors_for(["127.0.0.1", "localhost"], PORT, secure=False, signs_in=reviewers is not None),
        sessions=Sessions(),
        reviewer="Ada",
        reviewers=reviewers,
    )


def client_of(app: ASGIApp) -> TestClient:
    """A browser that has not opened the room yet."""
    return TestClient(app, base_url=HOME, follow_redirects=False)


def visit(room: Room, reviewer: str = "Ada") -> Visit:
    """A browser that came in."""
    client = client_of(create_app(room))
    client.get(f"/open?token={room.sessions.token}")
    come_in = Visit(client, room)
    if reviewer != room.reviewer:
        come_in.post("/name", name=reviewer)
    return come_in
