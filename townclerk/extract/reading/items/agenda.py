"""The agenda at the front of a pack: its entries, with number, title and pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from townclerk.extract.reading.items.knowledge import AgendaWords
from townclerk.extract.reading.items.leaves import Leaf

# An agenda stands within the first pages, behind a cover and a plan of the building, and takes a few pages.
_FIRST_PAGES = 5
_MOST_PAGES = 8
_FEWEST_ENTRIES = 3
_USUAL_ENTRIES = 2
_LONGEST_TITLE = 160
_LARGEST_STEP = 3
_LONE_NUMBER = re.compile(r"\W*\d{1,2}[a-h]?[.)]?\W*")
# Pages behind a title: "(Pages 5 - 12)", "..... 5", a last cell "5 - 12".
_TITLE_PAGES = re.compile(
    r"[\s.…(]* (?: \(? pages? \s* (\d{1,4}) \b .* | (?: [.…]{3,} | \t) \s* (\d{1,4}) (?: \s*[-–—]\s* \d{1,4} )? \s*"
    r"| \( \s* (\d{1,4}) \s*[-–—]\s* \d{1,4} \s* \) \s* ) $",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(slots=True)
class Entry:
    """One entry: its number, its title, and the first of the pages it gives (None without)."""

    number: str
    title: str
    first_page: int | None = None


@dataclass(slots=True)
class Agenda:
    """The agenda: the leaves it takes (its first, and behind its last) and its entries."""

    first: int
    end: int
    entries: list[Entry] = field(default_factory=list)

    def entry(self, number: str) -> Entry | None:
        """The entry with a number, however that is written."""
        return next((entry for entry in self.entries if plain_number(entry.number) == plain_number(number)), None)


def find_agenda(leaves: Sequence[Leaf], words: AgendaWords, openings: Collection[int]) -> Agenda | None:
    """The agenda at the front of a document, None where there is none.

    Args:
        leaves: The pages.
        words: Cues.
        openings: Leaves on which a paper begins: an agenda ends before them.
    """
    for first, leaf in enumerate(leaves[:_FIRST_PAGES]):
        head = next((at for at, line in enumerate(leaf.top) if words.agenda_head.fullmatch(line)), None)
        if head is None:
            continue
        end = min([one for one in openings if one > first] + [len(leaves), first + _MOST_PAGES])
        found = _entries(leaves[first:end], head, words)
        usual = sum(words.usual_business.search(entry.title) is not None for entry, _ in found)
        if len(found) >= _FEWEST_ENTRIES and usual >= _USUAL_ENTRIES:
            return Agenda(first, first + found[-1][1] + 1, [entry for entry, _ in found])
    return None


def plain_number(number: str) -> str:
    """A number on an agenda as it is compared: "5 (a)" and "5a" are one."""
    return re.sub(r"\W", "", number).lower()


def _entries(leaves: Sequence[Leaf], head: int, words: AgendaWords) -> list[tuple[Entry, int]]:
    """Entries with rising numbers, each with the place of its page among the leaves."""
    found: list[tuple[Entry, int]] = []
    number = ""
    for place, leaf in enumerate(leaves):
        for line in leaf.lines[head if place == 0 else 0 :]:
            pages = words.entry_pages.fullmatch(line)
            if found and pages and found[-1][0].first_page is None:
                found[-1][0].first_page = int(pages["first"])
                continue
            match = words.entry.fullmatch(f"{number} {line}" if number else line)
            number = line if _LONE_NUMBER.fullmatch(line) else ""
            entry = _entry(match) if match and _follows(match["number"], found) else None
            if entry is not None:
                found.append((entry, place))
    return found


def _entry(match: re.Match[str]) -> Entry | None:
    """The entry of a line, None where its words are no title."""
    title, first_page = match["title"], None
    if tail := _TITLE_PAGES.search(title):
        first_page = int(next(group for group in tail.groups() if group))
        title = title[: tail.start()]
    title = " ".join(title.split()).strip(" .:-–")
    return Entry(match["number"], title, first_page) if title[:1].isupper() and len(title) <= _LONGEST_TITLE else None


def _follows(number: str, found: Sequence[tuple[Entry, int]]) -> bool:
    """True where a number comes next: a little higher, or the same with another letter."""
    before = found[-1][0].number if found else "0"
    step = _value(number) - _value(before)
    return 0 < step <= _LARGEST_STEP or (step == 0 and plain_number(number) != plain_number(before))


def _value(number: str) -> int:
    return int(re.sub(r"\D", "", number))
