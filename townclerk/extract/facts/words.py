"""Cue words of the document facts, loaded once from `patterns/facts.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from townclerk.models.mentions import PeriodMention
from townclerk.patterns.expressions import Expression
from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped

_CELL_END = re.compile(r"[\n\t]")
# Characters on either side of a time that tell whose it is.
_NEAR = 40


class FactsFile(BaseModel):
    """The content of `facts.yaml`; the file itself says what each part means."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    labels: dict[str, Expression]
    committee: Expression
    committee_alone: Expression
    not_committee: Expression
    title_words: Expression
    author_words: Expression
    date_lines: Expression
    addressed: Expression
    date_alone: Expression
    meeting_words: Expression
    stamp_words: Expression
    not_meeting_words: Expression
    own_minutes: Expression
    written: Expression
    period_cues: Expression
    period_cues_behind: Expression
    title_behind: Expression
    period_told: Expression
    report_for: Expression
    of_the_year: Expression
    data_to: Expression
    not_period_cues: Expression
    not_period_after: Expression
    no_period: Expression
    results_title: Expression
    school_years: Expression
    references: Expression
    council: Expression
    not_names: list[str]
    trusts: dict[str, str]


@dataclass(slots=True, frozen=True)
class FactWords:
    """The file's content, compiled. Names as in the file."""

    labels: dict[str, re.Pattern[str]]
    committee: re.Pattern[str]
    committee_alone: re.Pattern[str]
    not_committee: re.Pattern[str]
    title_words: re.Pattern[str]
    author_words: re.Pattern[str]
    date_lines: re.Pattern[str]
    addressed: re.Pattern[str]
    date_alone: re.Pattern[str]
    meeting_words: re.Pattern[str]
    stamp_words: re.Pattern[str]
    not_meeting_words: re.Pattern[str]
    own_minutes: re.Pattern[str]
    written: re.Pattern[str]
    period_cues: re.Pattern[str]
    period_cues_behind: re.Pattern[str]
    title_behind: re.Pattern[str]
    period_told: re.Pattern[str]
    report_for: re.Pattern[str]
    of_the_year: re.Pattern[str]
    data_to: re.Pattern[str]
    not_period_cues: re.Pattern[str]
    not_period_after: re.Pattern[str]
    no_period: re.Pattern[str]
    results_title: re.Pattern[str]
    school_years: re.Pattern[str]
    references: re.Pattern[str]
    council: re.Pattern[str]
    not_names: frozenset[str]
    trusts: dict[str, str]

    def is_foreign(self, text: str, mention: PeriodMention) -> bool:
        """True where the words around a time say it is another one: a strategy's, a comparator's, a census."""
        before = _CELL_END.split(text[max(0, mention.start - _NEAR) : mention.start])[-1]
        after = _CELL_END.split(text[mention.end : mention.end + _NEAR])[0]
        return bool(self.not_period_cues.search(before) or self.not_period_after.search(after))


@kept
def fact_words() -> FactWords:
    """The shipped cue words.

    Raises:
        PatternError: The file is faulty.
    """
    file = load_yaml(shipped("facts.yaml"), FactsFile)
    return FactWords(
        labels={key: _folded(expression) for key, expression in file.labels.items()},
        # Folded YAML puts a blank where a line ended; in these expressions a blank is written `[ ]`.
        committee=re.compile(file.committee, re.VERBOSE),
        committee_alone=re.compile(file.committee_alone),
        not_committee=_folded(file.not_committee),
        title_words=_folded(file.title_words),
        author_words=_folded(file.author_words),
        date_lines=_folded(file.date_lines),
        addressed=_folded(file.addressed),
        # `@` stands for the date itself.
        date_alone=_folded(file.date_alone),
        meeting_words=_folded(file.meeting_words),
        stamp_words=_folded(file.stamp_words),
        not_meeting_words=_folded(file.not_meeting_words),
        own_minutes=_folded(file.own_minutes),
        written=_folded(file.written),
        period_cues=_folded(file.period_cues),
        period_cues_behind=_folded(file.period_cues_behind),
        title_behind=_folded(file.title_behind),
        period_told=_folded(file.period_told),
        report_for=_folded(file.report_for),
        of_the_year=_folded(file.of_the_year),
        data_to=_folded(file.data_to),
        not_period_cues=_folded(file.not_period_cues),
        not_period_after=_folded(file.not_period_after),
        no_period=_folded(file.no_period),
        results_title=_folded(file.results_title),
        school_years=_folded(file.school_years),
        references=_folded(file.references),
        council=re.compile(file.council, re.VERBOSE),
        not_names=frozenset(file.not_names),
        trusts=file.trusts,
    )


def _folded(expression: str) -> re.Pattern[str]:
    """Compiled without regard to case or to blanks in the expression."""
    return re.compile(expression, re.IGNORECASE | re.VERBOSE)
