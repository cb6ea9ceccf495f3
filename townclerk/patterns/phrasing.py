"""Turns of phrase that tell what a figure of a sentence is said of, loaded from `phrasing.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from townclerk.patterns.expressions import Expression
from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped


class PhrasingFile(BaseModel):
    """The shape of `phrasing.yaml`; the file itself says what each part means."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    of_an_age: Expression
    sampled: Expression
    of_children: Expression
    children_behind: Expression
    child: Expression
    of_people: Expression
    of_those: Expression
    opens_item: Expression
    compared_level: Expression
    young_adults: Expression
    scores: Expression
    closing_number: Expression
    range_named: Expression
    range_led: Expression
    elsewhere_or_before: Expression
    ending: Expression
    in_care: Expression
    rate_told: Expression
    record: Expression
    owners: frozenset[str]
    recommended: frozenset[str]
    lasting_groups: frozenset[str]
    enquired_services: frozenset[str]
    knowing: frozenset[str]


@dataclass(slots=True, frozen=True)
class Phrasing:
    """The file's content, compiled. Names as in the file."""

    of_an_age: re.Pattern[str]
    sampled: re.Pattern[str]
    of_children: re.Pattern[str]
    children_behind: re.Pattern[str]
    child: re.Pattern[str]
    of_people: re.Pattern[str]
    of_those: re.Pattern[str]
    opens_item: re.Pattern[str]
    compared_level: re.Pattern[str]
    young_adults: re.Pattern[str]
    scores: re.Pattern[str]
    closing_number: re.Pattern[str]
    range_named: re.Pattern[str]
    range_led: re.Pattern[str]
    elsewhere_or_before: re.Pattern[str]
    ending: re.Pattern[str]
    in_care: re.Pattern[str]
    rate_told: re.Pattern[str]
    record: re.Pattern[str]
    owners: frozenset[str]
    recommended: frozenset[str]
    lasting_groups: frozenset[str]
    enquired_services: frozenset[str]
    knowing: frozenset[str]


@kept
def phrasing() -> Phrasing:
    """The shipped turns of phrase, compiled once.

    Raises:
        PatternError: If `phrasing.yaml` is faulty.
    """
    file = load_yaml(shipped("phrasing.yaml"), PhrasingFile)
    return Phrasing(
        of_an_age=_compiled(file.of_an_age),
        sampled=_compiled(file.sampled),
        of_children=_compiled(file.of_children),
        children_behind=_compiled(file.children_behind),
        child=_compiled(file.child),
        of_people=_compiled(file.of_people),
        of_those=_compiled(file.of_those),
        opens_item=_compiled(file.opens_item),
        compared_level=_compiled(file.compared_level),
        young_adults=_compiled(file.young_adults),
        scores=_compiled(file.scores),
        closing_number=_compiled(file.closing_number),
        range_named=_compiled(file.range_named),
        range_led=_compiled(file.range_led),
        elsewhere_or_before=_compiled(file.elsewhere_or_before),
        ending=_compiled(file.ending),
        in_care=_compiled(file.in_care),
        rate_told=_compiled(file.rate_told),
        record=_compiled(file.record),
        owners=file.owners,
        recommended=file.recommended,
        lasting_groups=file.lasting_groups,
        enquired_services=file.enquired_services,
        knowing=file.knowing,
    )


def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)
