"""Whose report it is: by the names on the front, the web addresses, the file name and how often the text names itself.

Tables are not asked: a comparator table names ten neighbours and the authority once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from townclerk.extract.facts.front import Front, span_of
from townclerk.extract.facts.naming import by_host, names_in
from townclerk.extract.facts.words import FactWords
from townclerk.models.area import Authority
from townclerk.models.document import Block, BlockKind, Fact
from townclerk.models.units import Basis
from townclerk.patterns.gazetteer import Gazetteer

_WEB = re.compile(r"(?:www\.|@|://)(?:[a-z0-9-]+\.)*?(?P<host>[a-z0-9-]+)\.gov\.uk\b", re.IGNORECASE)
_FILE_WORDS = re.compile(r"[^A-Za-z&']+")

# Points a place gives, and the most it gives in all; they order plain cases rightly and are not fitted.
_FRONT_COUNCIL, _FRONT_NAME, _WEB_NAME, _FILE_NAME, _COUNCIL, _PROSE = (
    (8, 12),
    (5, 10),
    (5, 8),
    (5, 5),
    (2, 8),
    (0.5, 6),
)
_ENOUGH = 2.5
_AHEAD = 1.25
_FRONT_BLOCKS = 15


@dataclass(slots=True)
class _Votes:
    """Points of one authority."""

    authority: Authority
    points: float = 0.0
    best: float = 0.0
    words: str = ""
    span: tuple[int, int] | None = None
    in_text: bool = False
    by_source: dict[tuple[float, float], float] = field(default_factory=lambda: defaultdict(float))

    def add(self, source: tuple[float, float], words: str, span: tuple[int, int] | None, stated: bool) -> None:
        """Give points from a place, as far as its cap allows."""
        worth, cap = source
        room = min(worth, cap - self.by_source[source])
        if room <= 0:
            return
        self.by_source[source] += room
        self.points += room
        self.in_text = self.in_text or stated
        if worth > self.best:
            self.best, self.words, self.span = worth, words, span


def read_authority(front: Front, name: str, gazetteer: Gazetteer, words: FactWords) -> Fact[Authority]:
    """The reporting authority.

    Stated where a council's name, the front or a web address gives it; inferred where only the file name or the
    commonest name of the text does; unknown where two are named alike, as in a joint report.
    """
    votes: dict[str, _Votes] = {}
    above = ""
    for place, block in enumerate(front.blocks):
        if block.kind in (BlockKind.TABLE, BlockKind.CHART):
            _vote_web(votes, block, gazetteer)
            continue
        early = place < _FRONT_BLOCKS and len(block.passage.text) <= 400
        _vote_councils(votes, block, early, gazetteer, words)
        early = early and block.kind is not BlockKind.LIST_ITEM
        _vote_names(votes, block, early, above if early else "", gazetteer)
        above = block.passage.text
        _vote_web(votes, block, gazetteer)
    _vote_file(votes, name, gazetteer)
    ranked = sorted(votes.values(), key=lambda one: -one.points)
    if not ranked or ranked[0].points < _ENOUGH:
        return Fact()
    if len(ranked) > 1 and ranked[0].points < _AHEAD * ranked[1].points:
        return Fact(words=f"{ranked[0].authority.name} and {ranked[1].authority.name} are named alike")
    first = ranked[0]
    return Fact(first.authority, Basis.STATED if first.in_text else Basis.INFERRED, first.words, first.span)


def _of(votes: dict[str, _Votes], authority: Authority) -> _Votes:
    """The votes of an authority, all its codes together."""
    return votes.setdefault(authority.name, _Votes(authority))


def _vote_councils(votes: dict[str, _Votes], block: Block, early: bool, gazetteer: Gazetteer, words: FactWords) -> None:
    """Points for "X County Council" and the like, for names the gazetteer lacks too."""
    text = block.passage.text
    if "ouncil" not in text and "OUNCIL" not in text and "orough" not in text and "rust" not in text:
        _vote_trusts(votes, block, gazetteer, words)
        return
    for match in words.council.finditer(text):
        said = match["name"] or match["borough"] or match["trust"]
        group = match.lastgroup or "name"
        while said and said.split()[0].lower() in words.not_names:
            said = said.partition(" ")[2]
        authority = (gazetteer.find_name(said) or gazetteer.find_name(match[0])) if said else None
        known = authority is not None
        if authority is None:
            authority = _unknown(said, words) if said else None
        if authority is None:
            continue
        start = match.end(group) - len(said) if match[group].endswith(said) else match.start()
        # A line may put a person's name before "Council"; a council the table lacks counts fully at a line's start.
        source = _FRONT_COUNCIL if early and (known or match.start() == 0) else _COUNCIL
        _of(votes, authority).add(source, text[start : match.end()], span_of(block.passage, start, match.end()), True)
    _vote_trusts(votes, block, gazetteer, words)


def _vote_trusts(votes: dict[str, _Votes], block: Block, gazetteer: Gazetteer, words: FactWords) -> None:
    """Points for companies that run a council's children's services."""
    for trust, council in words.trusts.items():
        at = block.passage.text.find(trust)
        authority = gazetteer.find_name(council) if at >= 0 else None
        if authority is not None:
            _of(votes, authority).add(_FRONT_NAME, trust, span_of(block.passage, at, at + len(trust)), True)


def _unknown(said: str, words: FactWords) -> Authority | None:
    """An authority the gazetteer lacks, as stated; None where the words are no name."""
    parts = said.split()
    if not parts or any(part.lower().strip("'’") in words.not_names for part in (parts[0], parts[-1])):
        return None
    name = said.title() if said.isupper() else said
    return Authority(name) if len(name) > 3 else None


def _vote_names(
    votes: dict[str, _Votes],
    block: Block,
    early: bool,
    above: str,
    gazetteer: Gazetteer,
) -> None:
    """Points for bare names: many on the front, a few in prose; lines that list several names say nothing.

    A name may be torn between a front line and the one `above` it ("North East / Wexshire"): its second half is not
    another authority.
    """
    text = block.passage.text
    joined = f"{above} {text}" if above else text
    offset = len(joined) - len(text)
    found = [(match, authority) for match, authority in names_in(joined, gazetteer) if match.end() > offset]
    if not found or len({authority.name for _, authority in found}) > 2:
        return
    for match, authority in found:
        start, end = max(0, match.start() - offset), match.end() - offset
        source = _FRONT_NAME if early else _PROSE
        _of(votes, authority).add(source, match[0], span_of(block.passage, start, end), early)


def _vote_web(votes: dict[str, _Votes], block: Block, gazetteer: Gazetteer) -> None:
    """Points for council web and mail addresses."""
    text = block.passage.text
    if "gov.uk" not in text.lower():
        return
    for match in _WEB.finditer(text):
        authority = by_host(match["host"].lower(), gazetteer)
        if authority is not None:
            place = span_of(block.passage, match.start(), match.end())
            _of(votes, authority).add(_WEB_NAME, match[0].lstrip("@:/"), place, True)


def _vote_file(votes: dict[str, _Votes], name: str, gazetteer: Gazetteer) -> None:
    """Points for an authority's name in the file name."""
    parts = [part for part in _FILE_WORDS.split(name.rsplit(".", 1)[0]) if part]
    for size in range(min(5, len(parts)), 0, -1):
        for first in range(len(parts) - size + 1):
            said = " ".join(parts[first : first + size])
            authority = gazetteer.find_name(said) if len(said) >= 4 else None
            if authority is not None:
                _of(votes, authority).add(_FILE_NAME, "file name", None, False)
                return
