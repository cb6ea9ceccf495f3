"""The fields of the long table: name, type, what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from townclerk.models.area import AreaKind
from townclerk.models.period import PeriodKind
from townclerk.models.units import Basis, Direction, Method, Polarity, Rag, Role, Status, Unit
from townclerk.store.vocabulary import Review


class FieldType(StrEnum):
    """Types, by their names in the Table Schema standard."""

    STRING = "string"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"


Vocabulary = type[StrEnum]


@dataclass(slots=True, frozen=True)
class Field:
    """One column.

    Attributes:
        name: Its name.
        type: Its type.
        description: What it holds.
        required: True where it is never empty.
        values: The only values it has, where they are few.
        unit: The unit of all its values, where they have one.
    """

    name: str
    type: FieldType
    description: str
    required: bool = False
    values: Vocabulary | None = None
    unit: Unit | None = None


_S, _N, _I, _B, _D = FieldType.STRING, FieldType.NUMBER, FieldType.INTEGER, FieldType.BOOLEAN, FieldType.DATE

LONG = (
    Field("observation_id", _S, "Stable: same document, same place, same reading give the same id", required=True),
    Field("document", _S, "File name of the report", required=True),
    Field("authority", _S, "The authority whose report it is"),
    Field("report_period", _S, "Code of the period the report is about"),
    Field("indicator_id", _S, "Id of the indicator in the catalogue; empty where the catalogue lacks it"),
    Field("indicator_name", _S, "Its name"),
    Field("label", _S, "The words that name the measure, as printed"),
    Field("area_kind", _S, "What kind of place the figure is about", values=AreaKind),
    Field("area_name", _S, "The place's name"),
    Field("area_gss_code", _S, "Its code of the Office for National Statistics"),
    Field("is_reporting_authority", _B, "Whether it is the authority whose report it is"),
    Field("area_basis", _S, "How the place is known", values=Basis),
    Field("period_code", _S, "Code of the period the figure is about"),
    Field("period_start", _D, "Its first day"),
    Field("period_end", _D, "Its last day"),
    Field("period_kind", _S, "What kind of time it is", values=PeriodKind),
    Field("period_text", _S, "The words that name it, as printed"),
    Field("period_basis", _S, "How the period is known", required=True, values=Basis),
    Field("role", _S, "Whether the value was reached or is aimed at", required=True, values=Role),
    Field("value", _N, "The value, in the unit of the column `unit`"),
    Field("value_text", _S, "The value as printed"),
    Field("status", _S, "Whether a value is reported", required=True, values=Status),
    Field("unit", _S, "The unit of value, e.g. percent is 71.4 for 71.4%", required=True, values=Unit),
    Field("numerator", _N, "Count above the line, where stated"),
    Field("denominator", _N, "Count below the line, where stated"),
    Field("change_value", _N, "A stated change, without sign"),
    Field("change_unit", _S, "Its unit", values=Unit),
    Field("change_direction", _S, "Which way", values=Direction),
    Field("change_from_period", _S, "Code of the period it is a change from"),
    Field("rank", _I, "A stated rank, 1 is best"),
    Field("rank_of", _I, "Among so many"),
    Field("quartile", _I, "A stated quartile, 1 is best"),
    Field("rag", _S, "Colour", values=Rag),
    Field("direction", _S, "Stated movement of the number", values=Direction),
    Field("polarity", _S, "Which way is better", values=Polarity),
    Field("confidence", _N, "Probability that the reading is right, 0 to 1"),
    Field("page", _I, "Page of the report the figure stands on"),
    Field("start", _I, "First character of the evidence in the report's text"),
    Field("end", _I, "End of the evidence, exclusive"),
    Field("quote", _S, "The words that show the figure"),
    Field("places", _I, "In how many places the report gives it", required=True),
    Field("commentary", _S, "Passages in which the report explains the figure"),
    Field("reasons", _S, "Why it is thought right or doubtful"),
    Field("checks", _S, "Arithmetic checks and their outcome"),
    Field("alternatives", _S, "Other indicators it might have been"),
    Field("method", _S, "How figure and indicator were brought together", required=True, values=Method),
    Field("flags", _S, "Doubts and repairs"),
    Field("title", _S, "Title of the report"),
    Field("item_number", _S, "Number on the agenda of the paper, where the file is an agenda pack"),
    Field("item_title", _S, "Title of that paper"),
    Field("committee", _S, "Committee it was put before"),
    Field("meeting_date", _D, "Day of the meeting"),
    Field("document_sha256", _S, "Digest of the report's bytes", required=True),
    Field("extractor_version", _S, "Version of Townclerk that read it", required=True),
    Field("pattern_version", _S, "Version of the patterns it was read with", required=True),
    Field("review", _S, "Where it stands in the review", required=True, values=Review),
    Field("decided_by", _S, "The reviewer whose decision holds"),
    Field("decided_at", _S, "When it was taken (UTC)"),
    Field("review_conflict", _S, "How the report as it is read now contradicts the decision"),
    Field("document_path", _S, "Where the report lay"),
)
