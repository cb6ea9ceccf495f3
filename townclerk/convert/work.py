"""What a worker does with one document: read, extract, and put everything into rows."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from townclerk import __version__
from townclerk.convert.cleaning import cleaned
from townclerk.convert.places import OutOfReachError, read_place
from townclerk.convert.recognising import is_csv, not_a_report
from townclerk.convert.sketching import sketch
from townclerk.extract.output.documents import DocumentRecord, read_record
from townclerk.extract.reading.demanding import demand_text
from townclerk.extract.settings import Settings
from townclerk.models.errors import TownclerkError
from townclerk.store.outcome import Outcome, State
from townclerk.store.rows import to_rows

if TYPE_CHECKING:
    from townclerk.extract.extractors import Extractors
    from townclerk.extract.pipeline import Extraction


@dataclass(slots=True, frozen=True)
class Task:
    """One document to convert.

    Attributes:
        document_id: Its key in the store.
        uri: Where it lies.
        name: Its file name.
        settings: What is known of it.
        limit: The most bytes it may have.
        data: Its bytes, where only the coordinator can reach them; None to read them in the worker.
    """

    document_id: str
    uri: str
    name: str
    settings: Settings
    limit: int
    data: bytes | None = None


def convert_one(task: Task, extractors: Extractors) -> Outcome:
    """Convert one document; whatever fails in it is its outcome."""
    started = time.perf_counter()
    try:
        outcome = cleaned(_read(task, extractors))
    except MemoryError:
        outcome = Outcome(State.CRASHED, f"{task.name}: {OUT_OF_MEMORY}")
    except TownclerkError as fault:
        outcome = Outcome(State.FAILED, str(fault), passing=isinstance(fault, OutOfReachError))
    except Exception as fault:  # one broken report must not lose the others
        outcome = Outcome(State.FAILED, f"{task.name}: {type(fault).__name__} inside Townclerk: {_first_line(fault)}")
    outcome.seconds = time.perf_counter() - started
    return outcome


OUT_OF_MEMORY = "needed more memory than --limit-memory allows; raise it, or split the document"


def _read(task: Task, extractors: Extractors) -> Outcome:
    data = read_place(task.uri, task.limit) if task.data is None else task.data
    if what := not_a_report(data):
        return Outcome(State.SKIPPED, f"{task.name}: this is {what}, no report")
    extractor = extractors.with_settings(task.settings)
    document = extractor.read(data, task.name)
    demand_text(document)
    extraction = extractor.extract(document)
    if not extraction.observations and is_csv(data):
        return Outcome(State.SKIPPED, f"{task.name}: this is a table of data that names no known measure, no report")
    return _outcome(task, extraction)


def _outcome(task: Task, extraction: Extraction) -> Outcome:
    document = extraction.document
    record = read_record(task.uri, document, len(extraction.observations), (), __version__)
    skipped = [page for page in record.pages if page.skipped]
    return Outcome(
        state=State.PARTIAL if skipped else State.DONE,
        reason=f"page {skipped[0].number}: {skipped[0].skipped}" if skipped else None,
        facts=_facts(record),
        rows=to_rows(task.document_id, extraction.observations),
        pages=[page.model_dump(mode="json") for page in record.pages],
        unlinked=[
            {"page": one.page, "start": one.start, "end": one.end, "text": one.text, "reason": one.reason}
            for one in extraction.unlinked
        ],
        sketch=sketch(document.text),
    )


def _facts(record: DocumentRecord) -> dict[str, Any]:
    plain = record.model_dump(mode="json", include={"facts", "items"})
    facts = plain["facts"]
    return {
        "media_type": record.media_type,
        "encoding": record.encoding,
        "title": facts["title"]["value"],
        "authority": facts["authority"]["value"],
        "authority_gss_code": facts["authority"]["gss_code"],
        "committee": facts["committee"]["value"],
        "meeting_date": facts["meeting_date"]["value"],
        "period_code": facts["period"]["value"],
        "facts": facts,
        "items": plain["items"],
        "pages_read": record.pages_read,
        "pages_skipped": record.pages_skipped,
        "observation_count": record.observations,
    }


def _first_line(fault: Exception) -> str:
    return (str(fault).splitlines() or [""])[0][:200]
