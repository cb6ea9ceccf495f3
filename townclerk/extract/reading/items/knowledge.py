"""What the splitter of packs knows, loaded once from `patterns/agenda.yaml`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from townclerk.patterns.expressions import SpacedFinder
from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped


class AgendaWords(BaseModel):
    """The content of `agenda.yaml`; the file itself says what each part means."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    stamp: SpacedFinder
    pack_mark: SpacedFinder
    agenda_head: SpacedFinder
    entry: SpacedFinder
    entry_pages: SpacedFinder
    usual_business: SpacedFinder
    minutes_head: SpacedFinder
    appendix_head: SpacedFinder
    front_labels: dict[str, SpacedFinder]
    bookmark_agenda: SpacedFinder
    bookmark_entry: SpacedFinder
    own_number: SpacedFinder
    stamped_number: SpacedFinder
    page_mark: SpacedFinder


@kept
def agenda_words() -> AgendaWords:
    """The shipped cues.

    Raises:
        PatternError: The file is faulty.
    """
    return load_yaml(shipped("agenda.yaml"), AgendaWords)
