"""Where the papers of a pack begin: what each page says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest

from townclerk.extract.reading.items.agenda import Agenda, plain_number
from townclerk.extract.reading.items.knowledge import AgendaWords
from townclerk.extract.reading.items.leaves import Leaf, labels_of
from townclerk.models.document import Bookmark

_MINUTES_LINES = 12
_APPENDIX_LINES = 3
_TITLE_LINES = 10
_FRONT_LABELS = 3
_WORD = re.compile(r"[a-z0-9]+")
_LIKE = 0.8
_SHORTEST_TITLE = 2


class Kind(Enum):
    """What begins on a page."""

    PAPER = "paper"
    MINUTES = "minutes"
    APPENDIX = "appendix"


@dataclass(slots=True)
class Opening:
    """A page on which something begins.

    Attributes:
        leaf: Its place among the leaves.
        kind: What begins.
        number: Its number on the agenda, "" where the page gives none.
        title: Its title, "" where the page gives none.
        sure: True where the page says so itself (a stamp, a front page, the agenda's own page number).
    """

    leaf: int
    kind: Kind
    number: str = ""
    title: str = ""
    sure: bool = True


def stamped(leaves: Sequence[Leaf], words: AgendaWords) -> list[Opening]:
    """The pages that bear the number of an agenda item other than the page before them did."""
    found: list[Opening] = []
    for place, leaf in enumerate(leaves):
        match = next((m for line in leaf.edges if (m := words.stamp.fullmatch(line))), None)
        if match and not any(plain_number(one.number) == plain_number(match["number"]) for one in found):
            found.append(Opening(place, Kind.PAPER, match["number"].strip()))
    return found


def fronts(leaves: Sequence[Leaf], words: AgendaWords) -> list[Opening]:
    """The pages that bear the labels of a report's front, and those on which minutes begin."""
    found: list[Opening] = []
    for place, leaf in enumerate(leaves):
        if any(words.minutes_head.match(line) and len(line) < 140 for line in leaf.lines[:_MINUTES_LINES]):
            found.append(Opening(place, Kind.MINUTES))
        elif (labels := _labels(leaf, words)) and _is_front(labels):
            found.append(Opening(place, Kind.PAPER, title=labels.get("title", "")))
    return found


def _labels(leaf: Leaf, words: AgendaWords) -> dict[str, str]:
    """The front labels of a page with what stands behind them."""
    found: dict[str, str] = {}
    for line, below in zip_longest(leaf.top, leaf.top[1:], fillvalue=""):
        for key, value in labels_of(line, words).items():
            found.setdefault(key, " ".join((value or below).split()))
    return found


def _is_front(labels: dict[str, str]) -> bool:
    """True for labels that say to whom a paper goes or when, and what it is or who wrote it."""
    return (
        len(labels) >= _FRONT_LABELS
        and bool(labels.keys() & {"committee", "date"})
        and bool(labels.keys() & {"title", "author"})
    )


def appendices(leaves: Sequence[Leaf], words: AgendaWords) -> list[Opening]:
    """The pages that an appendix heads, other than the pages that carry the same head on."""
    found: list[Opening] = []
    last = ""
    for place, leaf in enumerate(leaves):
        heads = [m for line in leaf.lines[:_APPENDIX_LINES] if (m := words.appendix_head.fullmatch(line))]
        if not heads:
            continue
        name = plain_number(heads[0]["name"])
        if name != last:
            title = " ".join(heads[0][0].split()).strip(" .:-–")
            found.append(Opening(place, Kind.APPENDIX, title=title, sure=False))
        last = name
    return found


def told_by_agenda(agenda: Agenda, leaves: Sequence[Leaf], words: AgendaWords) -> list[Opening]:
    """The pages that the agenda names, by the number printed on them or by the title of the entry."""
    printed = [_printed(leaf, words) for leaf in leaves]
    found: list[Opening] = []
    for entry in agenda.entries:
        if entry.first_page is not None and entry.first_page in printed[agenda.end :]:
            place = printed.index(entry.first_page, agenda.end)
            found.append(Opening(place, Kind.PAPER, entry.number, entry.title))
            continue
        place = next((at for at in range(agenda.end, len(leaves)) if _is_headed(leaves, at, entry.title, words)), -1)
        if place >= 0:
            found.append(Opening(place, Kind.PAPER, entry.number, entry.title, sure=False))
    return found


def _printed(leaf: Leaf, words: AgendaWords) -> int | None:
    """The number that the pack gives a page."""
    match = next((m for line in leaf.edges if (m := words.stamped_number.fullmatch(line))), None)
    if match is None:
        return int(leaf.label) if leaf.label.isdigit() else None
    return int(match["number"])


def _is_headed(leaves: Sequence[Leaf], place: int, title: str, words: AgendaWords) -> bool:
    """True where a page that is laid out as a paper's first bears the title of an entry at its top."""
    if words.usual_business.search(title) or not _begins_anew(leaves, place, words):
        return False
    wanted = set(_WORD.findall(title.lower()))
    return len(wanted) >= _SHORTEST_TITLE and any(
        _likeness(wanted, set(_WORD.findall(line.lower()))) >= _LIKE for line in leaves[place].lines[:_TITLE_LINES]
    )


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _begins_anew(leaves: Sequence[Leaf], place: int, words: AgendaWords) -> bool:
    """True where a page's own number or its shape says that another paper begins; texts have no such signs."""
    if leaves[place].shape == (0, 0) or leaves[place].shape != leaves[place - 1].shape:
        return True
    own, before = _own(leaves[place], words), _own(leaves[place - 1], words)
    return before is None or (own or 1) <= before


def _own(leaf: Leaf, words: AgendaWords) -> int | None:
    """A page's own number."""
    match = next((m for line in leaf.edges if (m := words.own_number.fullmatch(line))), None)
    return int(match["number"]) if match else None


def bookmarked(bookmarks: Sequence[Bookmark], leaves: Sequence[Leaf], words: AgendaWords) -> list[Opening]:
    """The pages that the outline of a pack names; nothing for an outline without an entry for the agenda itself."""
    agenda = next((one for one in bookmarks if words.bookmark_agenda.fullmatch(one.title)), None)
    if agenda is None:
        return []
    found: list[Opening] = []
    for one in bookmarks:
        place = next((at for at, leaf in enumerate(leaves) if leaf.page == one.page), None)
        if place is None or one is agenda:
            continue
        numbered = words.bookmark_entry.fullmatch(one.title)
        if one.level > agenda.level or words.appendix_head.fullmatch(one.title):
            if words.appendix_head.fullmatch(one.title) or one.level == agenda.level + 1:
                found.append(Opening(place, Kind.APPENDIX, title=one.title))
        elif numbered:
            found.append(Opening(place, Kind.PAPER, numbered["number"], numbered["title"]))
        elif words.minutes_head.match(one.title):
            found.append(Opening(place, Kind.MINUTES, title=one.title))
        else:
            found.append(Opening(place, Kind.PAPER, title=one.title))
    return found
