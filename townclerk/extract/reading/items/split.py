"""Telling an agenda pack from a report, and cutting it into its papers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from townclerk.extract.reading.items.agenda import Agenda, find_agenda, plain_number
from townclerk.extract.reading.items.knowledge import AgendaWords, agenda_words
from townclerk.extract.reading.items.leaves import Leaf, leaves_of
from townclerk.extract.reading.items.openings import (
    Kind,
    Opening,
    appendices,
    bookmarked,
    fronts,
    stamped,
    told_by_agenda,
)
from townclerk.models.document import Document, Item

_FRONT_TITLE = "Agenda"
_MINUTES_TITLE = "Minutes"
_FEWEST_PAPERS = 2


def split_items(document: Document) -> None:
    """Fill `document.items` if the document is an agenda pack; a report on its own is left whole.

    A pack is told by papers that bear different numbers of one agenda, by an agenda with at least one paper behind it,
    by the outline of a pack, or by several report fronts. Numbered headings, contents lists and appendices alone make
    no pack.
    """
    words = agenda_words()
    leaves = leaves_of(document, words)
    openings = _openings(document, leaves, words)
    if not openings:
        return
    starts = _block_starts(document)
    items: list[Item] = []
    parent: int | None = None
    for opening in openings:
        first = bisect_left(starts, leaves[opening.leaf].start) if opening.leaf else 0
        if first >= len(starts) or (items and first <= items[-1].first_block):
            continue
        belongs = parent if opening.kind is Kind.APPENDIX else None
        number = items[belongs].number if belongs is not None else opening.number
        items.append(Item(number, opening.title, first, len(starts), belongs_to=belongs))
        if len(items) > 1:
            items[-2].last_block = first
        if opening.kind is not Kind.APPENDIX:
            parent = len(items) - 1
    document.items = items if len(items) > 1 else []


def _block_starts(document: Document) -> list[int]:
    """Where each block's page, or in a long text the block itself, begins; never falling."""
    starts: list[int] = []
    pages = {page.number: page for page in document.pages}
    for block in document.blocks:
        page = pages[block.page]
        own = block.passage.pieces[0].source_start if block.passage.pieces else page.start
        # On a page with geometry, blocks stand in reading order, and all of them belong to what begins on the page.
        start = page.start if page.width else own
        starts.append(max(start, starts[-1]) if starts else start)
    return starts


def _openings(document: Document, leaves: Sequence[Leaf], words: AgendaWords) -> list[Opening]:
    """Where the papers of a pack begin, its agenda first; nothing where the document is no pack."""
    if len(leaves) < _FEWEST_PAPERS:
        return []
    marked = bookmarked(document.bookmarks, leaves, words)
    stamps, faces = stamped(leaves, words), fronts(leaves, words)
    agenda = find_agenda(leaves, words, {one.leaf for one in [*stamps, *faces, *marked]})
    behind = agenda.end if agenda else 0
    told = told_by_agenda(agenda, leaves, words) if agenda else []
    papers = [one for one in [*stamps, *marked, *told, *faces] if one.leaf >= behind]
    if not _is_pack(agenda, stamps, marked, faces, papers, leaves, words):
        return []
    return _named([*papers, *(one for one in appendices(leaves, words) if one.leaf >= behind)], agenda)


def _is_pack(
    agenda: Agenda | None,
    stamps: Sequence[Opening],
    marked: Sequence[Opening],
    faces: Sequence[Opening],
    papers: Sequence[Opening],
    leaves: Sequence[Leaf],
    words: AgendaWords,
) -> bool:
    if agenda is not None or any(words.pack_mark.fullmatch(line) for line in leaves[0].lines):
        return bool(papers)
    if faces and faces[0].leaf == 0 and faces[0].kind is Kind.MINUTES:
        # Minutes number the items they tell of.
        return False
    titles = {one.title.lower() for one in faces if one.title and one.kind is Kind.PAPER}
    return len(stamps) >= _FEWEST_PAPERS or len(marked) >= _FEWEST_PAPERS or len(titles) >= _FEWEST_PAPERS


def _named(openings: Sequence[Opening], agenda: Agenda | None) -> list[Opening]:
    """One opening a page, in order, with the numbers and titles of the agenda; the pack's front before them."""
    by_leaf: dict[int, Opening] = {}
    for one in openings:
        known = by_leaf.setdefault(one.leaf, one)
        if known is not one:
            # A page with an agenda number is a paper, even if it is headed as an appendix or as minutes.
            known.number, known.title = known.number or one.number, known.title or one.title
    found = [by_leaf[leaf] for leaf in sorted(by_leaf)]
    for one in found:
        entry = agenda.entry(one.number) if agenda and one.number and one.kind is not Kind.APPENDIX else None
        if entry is not None:
            one.title = entry.title
        elif one.kind is Kind.MINUTES:
            one.title = one.title or _MINUTES_TITLE
    if found and found[0].leaf > 0:
        found.insert(0, Opening(0, Kind.PAPER, title=_FRONT_TITLE))
    return _without_repeats(found)


def _without_repeats(openings: Sequence[Opening]) -> list[Opening]:
    """A front page behind a cover sheet of the same item opens nothing new."""
    kept: list[Opening] = []
    for one in openings:
        before = kept[-1] if kept else None
        same = before is not None and one.number and plain_number(one.number) == plain_number(before.number)
        cover = before is not None and not one.number and bool(before.number) and one.kind is Kind.PAPER
        if same or (cover and before is not None and one.leaf - before.leaf == 1):
            continue
        kept.append(one)
    return kept
