"""A folder's own names: of indicators and of table columns, from its project file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.packs import Wording


def with_local_names(catalogue: Catalogue, names: Mapping[str, str]) -> Catalogue:
    """The catalogue with a user's own names of measures as phrases; each name stands for one indicator id.

    Raises:
        KeyError: If an id is unknown; the project file's reader has checked that with file and line.
    """
    if not names:
        return catalogue
    wordings = {indicator: list(wording) for indicator, wording in catalogue.wordings.items()}
    for name, indicator in names.items():
        wordings[indicator].append(Wording(phrases=[name]))
    return replace(catalogue, wordings=wordings, own_names=catalogue.own_names | names.keys())


class ColumnNames:
    """Heads of table columns that a folder's reports use, each with the usual head it stands for."""

    def __init__(self, aliases: Mapping[str, str] | None = None) -> None:
        """`aliases` maps a printed head to the usual one; case and white space do not matter."""
        self._usual = {_squeezed(printed): usual for printed, usual in (aliases or {}).items()}

    def usual(self, head: str) -> str:
        """The usual head for a printed one, or the printed one itself."""
        return self._usual.get(_squeezed(head), head) if self._usual else head


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()
