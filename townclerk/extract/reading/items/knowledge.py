"""What the splitter of packs knows, loaded once from `patterns/agenda.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from townclerk.patterns.expressions import Expression
from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped


class AgendaFile(BaseModel):
    """The content of `agenda.yaml`; the file itself says what each part means."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    stamp: Expression
    pack_mark: Expression
    agenda_head: Expression
    entry: Expression
    entry_pages: Expression
    usual_business: Expression
    minutes_head: Expression
    appendix_head: Expression
    front_labels: dict[str, Expression]
    bookmark_agenda: Expression
    bookmark_entry: Expression
    own_number: Expression
    stamped_number: Expression
    page_mark: Expression


@dataclass(slots=True, frozen=True)
class AgendaWords:
    """The file's content, compiled. Names as in the file."""

    stamp: re.Pattern[str]
    pack_mark: re.Pattern[str]
    agenda_head: re.Pattern[str]
    entry: re.Pattern[str]
    entry_pages: re.Pattern[str]
    usual_business: re.Pattern[str]
    minutes_head: re.Pattern[str]
    appendix_head: re.Pattern[str]
    front_labels: dict[str, re.Pattern[str]]
    bookmark_agenda: re.Pattern[str]
    bookmark_entry: re.Pattern[str]
    own_number: re.Pattern[str]
    stamped_number: re.Pattern[str]
    page_mark: re.Pattern[str]


@kept
def agenda_words() -> AgendaWords:
    """The shipped cues.

    Raises:
        PatternError: The file is faulty.
    """
    file = load_yaml(shipped("agenda.yaml"), AgendaFile)
    plain = {name: _compiled(value) for name, value in file.model_dump().items() if isinstance(value, str)}
    return AgendaWords(**plain, front_labels={key: _compiled(value) for key, value in file.front_labels.items()})


def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE | re.VERBOSE)
