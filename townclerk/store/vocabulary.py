"""The closed vocabularies of stores and exports; light, for the command line's own arguments."""

from __future__ import annotations

from enum import StrEnum


class Review(StrEnum):
    """Where an observation stands in the review."""

    UNDECIDED = "undecided"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class ExportFormat(StrEnum):
    """What a store can be exported as."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    XLSX = "xlsx"
    PACKAGE = "package"


WORKBOOK_AUTHOR = "Townclerk"
"""The author that exported workbooks name, by which a conversion knows them for its own."""
