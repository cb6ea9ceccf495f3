"""Stores with a few observations in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from townclerk.models.observation import Observation
from townclerk.store.database import Store, open_store
from townclerk.store.ledger import Ledger, Outcome, State, Versions
from townclerk.store.rows import Row, to_rows

DOCUMENT_ID = "d0c0000000000001"
VERSIONS = Versions("0.1.0", "patterns", "options")


def full_observation() -> Observation:
    """An observation with every field filled."""
    return Observation.model_validate(
        {
            "observation_id": "0b5e000000000001",
            "document": {
                "sha256": "5" * 64,
                "name": "wexcombe-q2.pdf",
                "title": "Performance in Quarter 2",
                "authority": {"name": "Wexcombe", "gss_code": "E06009999", "basis": "stated"},
                "committee": "Families Committee",
                "meeting_date": "2018-11-20",
                "period": {"code": "2018-19-Q2", "basis": "stated"},
                "item": {"number": "6", "title": "Performance report"},
            },
            "indicator_id": "visits_on_time_pct",
            "indicator_name": "Visits on time",
            "label": "Visits made on time",
            "area": {
                "kind": "authority",
                "name": "Wexcombe",
                "gss_code": "E06009999",
                "is_reporting_authority": True,
                "basis": "inferred",
            },
            "period": {
                "code": "2018-19-Q2",
                "start": "2018-07-01",
                "end": "2018-09-30",
                "kind": "quarter",
                "text": "July to September",
                "basis": "stated",
            },
            "role": "actual",
            "value": 71.4,
            "value_text": "71.4%",
            "status": "reported",
            "unit": "percent",
            "numerator": 50,
            "denominator": 70,
            "change": {"value": 8.2, "unit": "percentage_points", "direction": "down", "from_period": "2018-19-Q1"},
            "rank": {"position": 6, "of": 11},
            "quartile": 3,
            "rag": "amber",
            "direction": "down",
            "polarity": "higher_better",
            "commentary": [{"text": "Two teams were short of staff.", "page": 7, "start": 110, "end": 140}],
            "confidence": 0.962,
            "reasons": [{"name": "prior", "weight": -0.42, "text": "how often prose is read right"}],
            "checks": [{"name": "ratio", "outcome": "supports", "text": "50 / 70 = 71.43%"}],
            "alternatives": [{"indicator_id": "visits_late_pct", "confidence": 0.02}],
            "evidence": [
                {"page": 7, "boxes": [[72.0, 210.4, 331.5, 224.0]], "start": 47, "end": 95, "quote": "fell to 71.4%"},
                {"page": 9, "boxes": [], "start": 500, "end": 505, "quote": "71.4%"},
            ],
            "method": "prose",
            "flags": ["repeated"],
            "extractor_version": "0.1.0",
            "pattern_version": "2018.1",
        }
    )


def entry(document_id: str = DOCUMENT_ID, **columns: object) -> Row:
    """A document's row as discovery enters it."""
    return {
        "document_id": document_id,
        "uri": f"file:///archive/{document_id}.pdf",
        "path": f"/archive/{document_id}.pdf",
        "name": "wexcombe-q2.pdf",
        "sha256": "5" * 64,
        "state": State.WAITING,
        "attempts": 0,
        "compared": False,
        **columns,
    }


def add(store: Store, observations: Sequence[Observation], document_id: str = DOCUMENT_ID, **columns: object) -> None:
    """Add a converted document."""
    ledger = Ledger(store)
    ledger.enter([entry(document_id, **columns)], [])
    ledger.finish(document_id, Outcome(State.DONE, rows=to_rows(document_id, observations)), VERSIONS)


def store_with(file: Path, observations: Sequence[Observation]) -> Store:
    """A new store that holds one document with these observations."""
    store = open_store(str(file), create=True)
    add(store, observations)
    return store
