"""Which years a measure's year labels mean, loaded from `period_bases.yaml`."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from townclerk.patterns.yaml_files import load_yaml, shipped


class PeriodBases(BaseModel):
    """The shape of `period_bases.yaml`.

    Attributes:
        academic: Ids of measures over school years.
        yearly_results: Ids of measures published once a school year.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    academic: frozenset[str]
    yearly_results: frozenset[str]


@cache
def period_bases() -> PeriodBases:
    """The shipped bases.

    Raises:
        PatternError: If `period_bases.yaml` is faulty.
    """
    return load_yaml(shipped("period_bases.yaml"), PeriodBases)
