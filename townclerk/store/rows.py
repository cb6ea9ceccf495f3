"""Observations as rows of the store, and rows as observations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from townclerk.models.observation import (
    Alternative,
    Change,
    Check,
    DocumentAuthority,
    DocumentItem,
    DocumentPeriod,
    DocumentRef,
    Evidence,
    Observation,
    ObservedArea,
    ObservedPeriod,
    Rank,
    Reason,
    Snippet,
)

if TYPE_CHECKING:  # workers make rows and need no database for it
    from sqlalchemy import RowMapping

Row = dict[str, Any]


@dataclass(slots=True)
class ObservationRows:
    """The rows of some observations of one document, by table."""

    observations: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    checks: list[Row] = field(default_factory=list)
    commentary: list[Row] = field(default_factory=list)


def to_rows(document_id: str, observations: Sequence[Observation]) -> ObservationRows:
    """The rows of a document's observations, numbered in the order given."""
    rows = ObservationRows()
    for position, observation in enumerate(observations):
        key = {"document_id": document_id, "position": position}
        rows.observations.append(key | _columns(observation))
        rows.evidence += _numbered(key, observation.evidence)
        rows.checks += _numbered(key, observation.checks)
        rows.commentary += _numbered(key, observation.commentary)
    return rows


def to_observation(
    row: RowMapping,
    evidence: Sequence[RowMapping],
    checks: Sequence[RowMapping],
    commentary: Sequence[RowMapping],
) -> Observation:
    """The observation of a row of `observations` joined with its document's `sha256` and `name`, and its dependants."""
    return Observation(
        observation_id=row["observation_id"],
        document=_document(row),
        area=_area(row),
        period=ObservedPeriod(**{key: row[f"period_{key}"] for key in ObservedPeriod.model_fields}),
        change=_change(row),
        rank=None if row["rank"] is None else Rank(position=row["rank"], of=row["rank_of"]),
        reasons=[Reason(**reason) for reason in row["reasons"]],
        alternatives=[Alternative(**alternative) for alternative in row["alternatives"]],
        evidence=[Evidence(**{key: place[key] for key in Evidence.model_fields}) for place in evidence],
        checks=[Check(**{key: check[key] for key in Check.model_fields}) for check in checks],
        commentary=[Snippet(**{key: said[key] for key in Snippet.model_fields}) for said in commentary],
        **{key: row[key] for key in _PLAIN},
    )


_PLAIN = (
    "indicator_id", "indicator_name", "label", "role", "value", "value_text", "status", "unit", "numerator",
    "denominator", "quartile", "rag", "direction", "polarity", "confidence", "method", "flags",
    "extractor_version", "pattern_version",
)  # fmt: skip


def _columns(observation: Observation) -> Row:
    plain = observation.model_dump(mode="json")
    document, area, change, rank = plain["document"], plain["area"], plain["change"], plain["rank"]
    item = document["item"]
    return {
        "observation_id": plain["observation_id"],
        "report_title": document["title"],
        "report_authority": document["authority"]["name"],
        "report_authority_gss_code": document["authority"]["gss_code"],
        "report_authority_basis": document["authority"]["basis"],
        "report_committee": document["committee"],
        "report_meeting_date": document["meeting_date"],
        "report_period": document["period"]["code"],
        "report_period_basis": document["period"]["basis"],
        "report_item_number": item and item["number"],
        "report_item_title": item and item["title"],
        "area_kind": area and area["kind"],
        "area_name": area and area["name"],
        "area_gss_code": area and area["gss_code"],
        "is_reporting_authority": area and area["is_reporting_authority"],
        "area_basis": area and area["basis"],
        **{f"period_{key}": value for key, value in plain["period"].items()},
        "change_value": change and change["value"],
        "change_unit": change and change["unit"],
        "change_direction": change and change["direction"],
        "change_from_period": change and change["from_period"],
        "rank": rank and rank["position"],
        "rank_of": rank and rank["of"],
        "reasons": plain["reasons"],
        "alternatives": plain["alternatives"],
        **{key: plain[key] for key in _PLAIN},
    }


def _numbered(key: Row, parts: Sequence[Evidence | Check | Snippet]) -> list[Row]:
    return [key | {"number": number} | part.model_dump(mode="json") for number, part in enumerate(parts)]


def _document(row: RowMapping) -> DocumentRef:
    return DocumentRef(
        sha256=row["sha256"],
        name=row["name"],
        title=row["report_title"],
        authority=DocumentAuthority(
            name=row["report_authority"],
            gss_code=row["report_authority_gss_code"],
            basis=row["report_authority_basis"],
        ),
        committee=row["report_committee"],
        meeting_date=row["report_meeting_date"],
        period=DocumentPeriod(code=row["report_period"], basis=row["report_period_basis"]),
        item=_item(row),
    )


def _item(row: RowMapping) -> DocumentItem | None:
    if row["report_item_title"] is None:
        return None
    return DocumentItem(number=row["report_item_number"], title=row["report_item_title"])


def _area(row: RowMapping) -> ObservedArea | None:
    if row["area_kind"] is None:
        return None
    return ObservedArea(
        kind=row["area_kind"],
        name=row["area_name"],
        gss_code=row["area_gss_code"],
        is_reporting_authority=row["is_reporting_authority"],
        basis=row["area_basis"],
    )


def _change(row: RowMapping) -> Change | None:
    if row["change_value"] is None:
        return None
    return Change(
        value=row["change_value"],
        unit=row["change_unit"],
        direction=row["change_direction"],
        from_period=row["change_from_period"],
    )
