"""Run by `peers.py` in an environment of its own: the tables a peer finds in some PDFs, as JSON.

    python benchmarks/peer_tables.py PEER FILE.pdf...

Needs nothing but the peer. For each file one line is printed: its tables as rows of texts, the processor time taken,
and the fault where the peer failed.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

Rows = list[list[str | None]]


def pymupdf_lines(path: str) -> list[Rows]:
    """PyMuPDF's line finder."""
    with import_module("pymupdf").open(path) as pdf:
        return [table.extract() for page in pdf for table in page.find_tables().tables]


def pdfplumber(path: str) -> list[Rows]:
    """pdfplumber with its default settings."""
    with import_module("pdfplumber").open(path) as pdf:
        return [rows for page in pdf.pages for rows in page.extract_tables()]


def camelot(flavour: str) -> Callable[[str], list[Rows]]:
    """camelot in one of its flavours."""

    def read(path: str) -> list[Rows]:
        return [
            table.df.values.tolist() for table in import_module("camelot").read_pdf(path, pages="all", flavor=flavour)
        ]

    return read


PEERS: dict[str, Callable[[str], list[Rows]]] = {
    "pymupdf lines": pymupdf_lines,
    "pdfplumber": pdfplumber,
    "camelot stream": camelot("stream"),
    "camelot hybrid": camelot("hybrid"),
}


def main() -> None:
    """Print one line of JSON a file."""
    read = PEERS[sys.argv[1]]
    for path in sys.argv[2:]:
        answer: dict[str, Any] = {"file": Path(path).name, "tables": [], "fault": ""}
        started = time.process_time()
        try:
            answer["tables"] = read(path)
        except Exception as fault:
            answer["fault"] = f"{type(fault).__name__}: {fault}"
        answer["seconds"] = time.process_time() - started
        print("@" + json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
