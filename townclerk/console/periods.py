"""`townclerk period`: what words that name a time mean, as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from townclerk.console.streams import put, say
from townclerk.extract.spotting.periods import PeriodRow, read_period, read_period_file
from townclerk.models.errors import ExitCode, UsageError
from townclerk.models.period import Period
from townclerk.models.units import Basis


def run(text: str | None, period: str | None, meeting_date: str | None, file: Path | None) -> ExitCode:
    """Print what one text, or each row of a file, means.

    Raises:
        UsageError: If neither or both are given, or a code or date cannot be read.
        UnreadableError: If the file cannot be read.
    """
    if (text is None) == (file is None):
        raise UsageError("give either the words, such as townclerk period 'Q3 2018/19', or --file ROWS.csv")
    if file is not None:
        put("".join(_line(row) for row in read_period_file(file)))
        return ExitCode.OK
    found = read_period(text or "", period, meeting_date)
    put(json.dumps(_as_json(found), ensure_ascii=False) + "\n")
    if found is None:
        say("townclerk: these words name no time, or the report's --period is needed to tell which")
    return ExitCode.OK


def _line(row: PeriodRow) -> str:
    asked = {"text": row.text, "document_period": row.document_period, "meeting_date": row.meeting_date}
    return json.dumps(asked | _as_json(row.period), ensure_ascii=False) + "\n"


def _as_json(period: Period | None) -> dict[str, str | None]:
    if period is None:
        return {"code": None, "start": None, "end": None, "kind": None, "basis": Basis.UNKNOWN.value}
    return {
        "code": period.code,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "kind": period.kind.value,
        "basis": period.basis.value,
    }
