"""The words and rules of `periods.yaml`, checked."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped


class PeriodRule(BaseModel):
    """One wording of a time.

    Attributes:
        form: Which reading `townclerk.extract.spotting.periods` gives it.
        pattern: The wording, in the little language that `periods.yaml` explains.
        count: Months or years that the words imply ("quarter ending": 3).
        needs_count: The number printed must be this one.
        fixed_quarter: The quarter the words imply ("last quarter of 2018/19": 4).
        back: Years to go back from what the form says.
        at_end: The words ask for the last day.
        flags: Doubts every mention of this wording carries.
        unless_two: "between", "from" and "and" must fit each other, else the words are two times.
        whole: Tried only where the text is nothing but the wording (table heads).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    form: str
    pattern: str
    count: int | None = None
    needs_count: int | None = None
    fixed_quarter: int | None = Field(default=None, ge=1, le=4)
    back: int = 0
    at_end: bool = False
    flags: tuple[str, ...] = ()
    unless_two: bool = False
    whole: bool = False


class PeriodWords(BaseModel):
    """Everything in `periods.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    months: dict[int, list[str]]
    damaged_months: list[str]
    everyday_months: list[str]
    month_leaders: list[str]
    terms: dict[str, tuple[int, int]]
    triggers: list[str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    damaged_words: dict[str, str]
    abbreviations: dict[str, str]
    damaged_quarters: dict[str, int]
    after_year: list[str]
    year_nouns: list[str]
    year_leaders: list[str]
    titles: list[str]
    title_plans: list[str]
    plans_of_children: list[str]
    age_words: list[str]
    counted_words: list[str]
    macros: dict[str, str]
    rules: list[PeriodRule]
    ends_before: list[str]
    starts_before: list[str]
    ends_after: list[str]


@kept
def load_period_words() -> PeriodWords:
    """The words shipped with the project.

    Raises:
        PatternError: If `periods.yaml` is faulty.
    """
    return load_yaml(shipped("periods.yaml"), PeriodWords)
