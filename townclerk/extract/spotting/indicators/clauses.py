"""Mentions in running text: the stretches of a sentence that measures explain best."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from townclerk.extract.spotting.indicators.reader import Lexicon
from townclerk.extract.spotting.indicators.rules import RuleBook
from townclerk.extract.spotting.indicators.scoring import Evidence, Judge, Scored, best
from townclerk.extract.spotting.indicators.words import Group, Reading
from townclerk.models.mentions import IndicatorMention, MatchKind
from townclerk.patterns.concepts import ConceptKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_start, _place = attrgetter("start"), itemgetter(0)
LEAST_SCORE = 0.55
MENTION_COST = 0.6
BREAK_COST = {",": 0.25, "(": 0.2, ")": 0.45, ":": 0.15, "&": 0.7, "w": 0.6, "x": 3.0}
"""What a sign inside a mention costs; "w" is a comma's "which", which says something of all that was told before it."""
LONGEST_WINDOW = 8
LONGEST_STRETCH = 48
"""A run of words without a full stop (a table read as text) is read in stretches of this many groups, to stay quick."""
MARGIN = 20
"""Signs and figures this many tokens off still bear on a mention."""
LOOSENESS_COST = 0.02
NEIGHBOUR_SHARE = 0.5
"""A topic beside a mention, in the same clause, that it does not account for costs this share of its weight."""
FIGURE_COST = 0.6
"""A mention may stand around one figure. A further one inside, or a sign right behind one, tells of two mentions."""
COUNTED_COST = 1.0
"""A bare number right before a word inside a mention counts that word: another mention begins there. One right before
the mention counts its first words: another begins behind "of which"."""
MEASURE_COST = 0.8
"""Words such as "and the percentage of" inside a mention begins another."""
UNOPENED_COST = 0.8
"""What begins inside a bracket that closes in it is two things: "44 children (17% of leavers) were adopted"."""
SPLIT_COST = 0.5
"""Two mentions side by side with no figure between them are the less likely: each wants a figure of its own."""
LEAST_EDGE_WEIGHT = 0.5
"""A mention begins and ends with words of at least this weight, or with words that some rule needs."""
UNIT_REACH = 2
SAME_REACH = 4
CONTEXT_REACH = 8
CONTEXT_FEE = 0.4
HEAD_FEE = 0.1
"""A mention takes up what stands before a colon at little cost: it is said of all that follows."""
LONGEST_LABEL = 8
"""A label before a colon is no longer than this many tokens."""
FAILURE_REACH = 12
"""A word of failure turns a mention into its complement from this many tokens away, within one clause."""


@dataclass(slots=True)
class Window:
    """A stretch of groups read as one mention.

    Attributes:
        first: Its first group.
        last: Its last one.
        value: What reading it so is worth.
        scored: The readings, best first; none where a complement is named, not a measure.
        failures: Groups beside it that make the complement of its measure, where they are said of it.
    """

    first: int
    last: int
    value: float
    scored: list[Scored]
    failures: tuple[int, ...] = ()


class Context(NamedTuple):
    """Words before a mention that it may go on from.

    Attributes:
        groups: The words.
        price: What taking them up costs.
        settles: Where they make sense of the mention, nothing else is asked.
    """

    groups: list[Group]
    price: float
    settles: bool = False


@dataclass(slots=True, frozen=True)
class Tools:
    """What sentences are read with."""

    lexicon: Lexicon
    rules: RuleBook
    judge: Judge


def find_mentions(tools: Tools, text: str, doc: Doc | None = None) -> list[IndicatorMention]:
    """The mentions of a passage, sentence by sentence; `doc` is the passage as spaCy tokens, where there is one."""
    reading = tools.lexicon.read(text, tools.lexicon.patterns.find(text, doc))
    if all(tools.rules.topics.isdisjoint(group.concepts) for group in reading.groups):
        return []
    mentions: list[IndicatorMention] = []
    bounds = [0, *(index for index, sign in reading.breaks if sign == "."), len(reading.starts) + 1]
    label: list[Group] = []
    for start, end in pairwise(bounds):
        begun = reading.groups[_first(reading.groups, start) : _first(reading.groups, end)]
        groups = [group for group in begun if group.end <= end]
        label = label if _is_strung(text, reading, start) else []
        for first in range(0, len(groups), LONGEST_STRETCH):
            sentence = Sentence(tools, reading, groups[first : first + LONGEST_STRETCH], label)
            mentions.extend(sentence.mentions())
            label = sentence.label() or label
    return mentions


def _is_strung(text: str, reading: Reading, start: int) -> bool:
    """Whether a semicolon, and nothing stronger, stands at a token."""
    return 0 < start < len(reading.starts) and text[reading.starts[start] : reading.ends[start]] == ";"


def _first(groups: Sequence[Group], place: int) -> int:
    """Which of some groups, which stand in order, is the first that begins at a token or behind it."""
    return bisect_left(groups, place, key=_start)


def _between(places: Sequence[int], low: int, high: int) -> Sequence[int]:
    """Those of some places, which stand in order, from `low` to `high`."""
    return places[bisect_left(places, low) : bisect_right(places, high)]


class Sentence:
    """One sentence's concepts, and the best way to cut them into mentions."""

    def __init__(self, tools: Tools, reading: Reading, groups: list[Group], label: list[Group]) -> None:
        self._tools = tools
        self._rules = tools.rules
        self._reading = reading
        self._groups = groups
        low, high = groups[0].start - MARGIN, groups[-1].end + MARGIN
        breaks = reading.breaks
        self._signs = breaks[bisect_left(breaks, low, key=_place) : bisect_right(breaks, high, key=_place)]
        self._figures = _between(reading.figures, low, high)
        self._partitives = _between(reading.partitives, low, high)
        self._parted_at = {index for index, _ in self._signs}
        self._breaks = [(index, sign) for index, sign in self._signs if sign in BREAK_COST]
        self._breaks = [(i, sign) for i, sign in self._breaks if not self._within(i, sign)]
        start, end = groups[0].start, groups[-1].end
        self._head = max((index for index in self._colons() if start < index < end), default=-1)
        self._label = label

    def _colons(self) -> list[int]:
        """Where colons stand, save those inside brackets ("49% (Q1: 62%)"), which head nothing behind them."""
        colons, depth = [], 0
        for index, sign in self._breaks:
            depth += (sign == "(") - (sign == ")")
            if sign == ":" and depth <= 0:
                colons.append(index)
        return colons

    def label(self) -> list[Group]:
        """What a short label that opens the sentence names ("Care leavers: ..."), which semicolons do not end."""
        head = next(iter(self._colons()), -1)
        start = self._groups[0].start
        if head < 0 or head - start > LONGEST_LABEL or any(start <= index < head for index in self._figures):
            return []
        return [g for g in self._groups if g.end <= head and g.concepts & self._rules.topics]

    def mentions(self) -> list[IndicatorMention]:
        """The mentions of the sentence, in order."""
        windows = self._undisturbed(self._failing(self._without_causes(self._cut())))
        windows = self._run_together(self._share_predicates(windows))
        return [self._mention(window) for window in windows]

    def _within(self, index: int, sign: str) -> bool:
        """Whether a sign belongs to a name ("children in care (CiC)")."""
        for group in self._groups:
            if group.start < index < group.end or (sign == "x" and index == group.start):
                return True
            if sign == ")" and index == group.end:
                return any(group.start < i < group.end and s == "(" for i, s in self._signs)
        return False

    def _cut(self) -> list[Window]:
        """The windows that together are worth most, none overlapping another."""
        count = len(self._groups)
        topics = self._rules.topics
        told = [not topics.isdisjoint(group.concepts) for group in self._groups]
        if not any(told):
            return []
        opens = [self._edge(index) and self._clear(index) for index in range(count)]
        worth = [0.0] * (count + 1)
        chosen: list[Window | None] = [None] * (count + 1)
        for end in range(1, count + 1):
            worth[end] = worth[end - 1]
            if not self._edge(end - 1) or not self._clear(end) or self._leads_to_count(self._groups[end - 1]):
                continue
            for start in range(max(0, end - LONGEST_WINDOW), end):
                # A mention names a topic somewhere.
                window = self._window(start, end - 1) if opens[start] and any(told[start:end]) else None
                if window is None:
                    continue
                value = worth[start] + window.value
                if chosen[start] is not None and not self._parted(start):
                    value -= SPLIT_COST
                if value > worth[end]:
                    worth[end], chosen[end] = value, window
        windows: list[Window] = []
        end = count
        while end > 0:
            window = chosen[end]
            if window is not None:
                windows.append(window)
            end = window.first if window else end - 1
        return windows[::-1]

    def _edge(self, index: int) -> bool:
        """Whether a mention may begin or end with this group."""
        concepts = self._groups[index].concepts
        if not concepts.isdisjoint(self._rules.needed):
            return True
        return max(self._rules.weights[c] for c in concepts) >= LEAST_EDGE_WEIGHT

    def _leads_to_count(self, group: Group) -> bool:
        """Whether words say no more than that a number behind them came of what was counted before them."""
        return group.end in self._reading.bare and group.concepts <= self._rules.leading

    def _clear(self, index: int) -> bool:
        """Whether the group before ends where this one begins, or earlier: mentions may not share words."""
        if not 0 < index < len(self._groups):
            return True
        return self._groups[index - 1].end <= self._groups[index].start

    def _window(self, first: int, last: int) -> Window | None:
        """The best reading of the groups `first` to `last`, alone or with what the sentence said before them."""
        groups = self._groups[first : last + 1]
        alone = self._read(groups, [])
        best_read, fee = alone, 0.0
        for context in self._contexts(first) if alone is None or not self._is_listed(first) else ():
            read = self._read(groups, context.groups)
            if read and (best_read is None or read[0] - context.price > best_read[0] - fee):
                best_read, fee = read, context.price
            if read and context.settles:
                break
        if best_read is None:
            return None
        scored, failures = best_read[1], self._failures(groups, best_read[1][0])
        if alone is not None and alone is not best_read and not self._failures(groups, alone[1][0]):
            scored = _merge(scored, alone[1])
        return Window(first, last, best_read[0] - fee, scored, failures)

    def _contexts(self, first: int) -> list[Context]:
        """What was said before a group that it may go on from."""
        contexts = []
        head = [g for g in self._groups[:first] if g.end <= self._head and g.concepts & self._rules.topics]
        if head and self._groups[first - 1].start >= self._head:
            contexts.append(Context(head, HEAD_FEE))
        elif self._label and self._head < 0:
            contexts.append(Context(self._label, HEAD_FEE))
        if not self._parted(first):
            return contexts
        before = [g for g in self._groups[max(0, first - CONTEXT_REACH) : first] if g.concepts & self._rules.topics]
        base = self._base(before, self._groups[first].start)
        if base:
            contexts.append(Context(base, CONTEXT_FEE, settles=True))
        if before:
            contexts.append(Context(before, CONTEXT_FEE))
        return contexts

    def _base(self, before: list[Group], end: int) -> list[Group]:
        """Those of whom shares are told one after another: "of the 90 referrals, 80% ... and 5% ..."; [] for none."""
        if not before:
            return []
        start = before[0].start
        behind = max((index for index in self._partitives if start < index < end), default=-1)
        whole = max((index for index in self._reading.wholes if start - 1 <= index < end), default=-1)
        if behind > whole:
            return [group for group in before if group.end <= behind]
        if whole < 0:
            return []
        first_share = next((index for index in self._figures if index > whole), end)
        return [group for group in before if whole < group.start < first_share]

    def _is_listed(self, first: int) -> bool:
        """Whether a group is a counted thing of a list of them: "284 care leavers, 60 asylum seekers"."""
        counted = [self._groups[index].start - 1 in self._reading.bare for index in (first - 1, first) if index >= 0]
        return len(counted) > 1 and all(counted)

    def _parted(self, first: int) -> bool:
        """Whether a figure stands right before a group, which then goes on from what was said of that figure."""
        low, high = self._groups[first - 1].end, self._groups[first].start
        return any(low <= index < high for index in self._figures)

    def _without_causes(self, windows: list[Window]) -> list[Window]:
        """The windows without those that only name what brought something about: no figure is said of them."""
        return [window for window in windows if not self._is_cause(window)]

    def _is_cause(self, window: Window) -> bool:
        """Whether a verb of effect stands behind a window, and nothing but words between and no figure before it."""
        end = self._groups[window.last].end
        behind = next(((index, sign) for index, sign in self._signs if index >= end), None)
        if behind is None or behind[1] != "|":
            return False
        low, _ = self._segment(self._groups[window.last].start, end)
        return not any(low <= index < behind[0] for index in self._figures)

    def _failing(self, windows: list[Window]) -> list[Window]:
        """The windows, those that name a complement without readings.

        A word of failure that another window takes for its own measure is said of this one too where it may be of both
        ("late visits and assessments", "visits and assessments out of time").
        """
        owners = {index: other for other in windows for index in self._own_failures(other)}
        for window in windows:
            if any(index not in owners or self._is_of_both(index, owners[index], window) for index in window.failures):
                window.scored = []
        return windows

    def _own_failures(self, window: Window) -> list[int]:
        """The words of failure that are part of a window's own measure."""
        return [
            index
            for index in range(window.first, window.last + 1)
            if self._rules.nature(self._groups[index].concepts).is_failure
            and self._groups[index].concepts & window.scored[0].concepts
        ]

    def _is_of_both(self, failure: int, owner: Window, window: Window) -> bool:
        """Whether a word of failure inside one window may be said of another, too, that stands beside it."""
        if owner.first > window.last:
            return failure != owner.first
        only_joined = self._groups[window.first].start - self._groups[owner.last].end <= 1
        return failure == owner.first and only_joined

    def _read(self, groups: Sequence[Group], before: Sequence[Group]) -> tuple[float, list[Scored]] | None:
        """What the best reading of some groups is worth, and all readings; None where nothing fits well enough."""
        start, end = groups[0].start, groups[-1].end
        evidence = Evidence(
            groups,
            before,
            self._beside(groups),
            self._tools.lexicon.found(self._reading, start, end),
            repaired=any(start <= index < end for index in self._reading.repaired),
        )
        scored = [s for s in self._tools.judge.rank(evidence) if self._told(s, groups[0]) and self._told(s, groups[-1])]
        if not scored or scored[0].match.score < LEAST_SCORE:
            return None
        top = scored[0]
        left_over = [self._rules.nature(g.concepts) for g in groups if g.concepts.isdisjoint(top.concepts)]
        cost = sum(nature.weight for nature in left_over if not nature.is_failure)
        cost += self._strangers((start, end), before, top) + self._gaps(groups)
        value = top.explained * top.match.score - cost - MENTION_COST
        return (value, scored) if value > 0 else None

    def _undisturbed(self, windows: list[Window]) -> list[Window]:
        """The windows that stay worth something when the words left over beside them, in their clause, are counted."""
        covered = {index for window in windows for index in range(window.first, window.last + 1)}
        kept = []
        for window in windows:
            low, high = self._clause(window)
            left_over = (
                self._rules.nature(group.concepts).weight
                for index, group in enumerate(self._groups)
                if index not in covered
                and low <= group.start < high
                and group.concepts <= self._rules.topics
                and not self._leads_to_count(group)
            )
            if window.value > NEIGHBOUR_SHARE * sum(left_over):
                kept.append(window)
        return kept

    def _clause(self, window: Window) -> tuple[int, int]:
        """The tokens around a window up to the nearest signs, or to a number that counts the word behind it."""
        start, end = self._groups[window.first].start, self._groups[window.last].end
        low, high = self._segment(start, end)
        begins = {group.start for group in self._groups}
        for index in self._figures:
            if index in self._reading.bare and index + 1 in begins and index not in self._reading.wholes:
                if end <= index < high:
                    high = index
                elif low < index < start:
                    low = index
        return low, high

    def _beside(self, groups: Sequence[Group]) -> list[Group]:
        """The words right before and behind a window that say in what is counted."""
        start, end = groups[0].start, groups[-1].end
        low, high = self._segment(start, end)
        near = [g for g in self._groups if 0 <= start - g.end <= UNIT_REACH or 0 <= g.start - end <= UNIT_REACH]
        return [g for g in near if low <= g.start and g.end <= high and self._rules.nature(g.concepts).counts]

    def _told(self, scored: Scored, group: Group) -> bool:
        """Whether a reading accounts for a group, which may then stand at a mention's end."""
        return not scored.concepts.isdisjoint(group.concepts) or self._rules.nature(group.concepts).is_failure

    def _strangers(self, place: tuple[int, int], before: Sequence[Group], top: Scored) -> float:
        """What parts of the population and other services speak against a window.

        They stand beside it, before a colon, or beside those of whom it tells a share. A service may be the one that
        brought about what is measured of all; a part of the population is then what it works with.
        """
        start, end = place
        effect = max((index for index, sign in self._signs if sign == "|" and index <= start), default=-1)
        low, high = self._segment(start, end, whole=True)
        if before and any(before[-1].end <= index < start for index in self._partitives):
            low = self._segment(before[0].start, start)[0]
        cost = 0.0
        for group in self._groups:
            near = low <= group.start < high or group.end <= self._head <= start
            if start <= group.start < end or not near or not group.concepts.isdisjoint(top.concepts):
                continue
            concept = min(group.concepts, key=lambda c: self._rules.weights[c])
            kind = self._rules.kinds[concept]
            if kind is ConceptKind.SUBGROUP or (kind is ConceptKind.FOREIGN and group.start > effect):
                cost += self._rules.weights[concept]
        return cost

    def _gaps(self, groups: Sequence[Group]) -> float:
        """What signs, figures and other words inside a window speak against its being one mention."""
        start, end = groups[0].start, groups[-1].end
        reading = self._reading
        spanned = {i for hit in reading.spans if start <= hit.start and hit.end <= end for i in range(*hit[1:])}
        cost = sum(BREAK_COST[sign] for i, sign in self._breaks if start < i < end and i not in spanned)
        cost += UNOPENED_COST * self._closes_unopened(start, end)
        inside = [i for i in self._figures if start < i < end and i not in reading.wholes and i not in spanned]
        cost += FIGURE_COST * max(0, len(inside) - 1)
        begins = {group.start for group in groups}
        cost += FIGURE_COST * sum(index + 1 in self._parted_at or index + 1 in reading.joins for index in inside)
        counted = [index for index in inside if index in reading.bare and index + 1 in begins]
        # "Missing: 402 episodes": the label says of what the number is.
        labelled = sum((index, ":") in self._breaks for index in counted)
        cost += COUNTED_COST * (len(counted) - labelled) - BREAK_COST[":"] * labelled
        counts = [*counted, *({start - 1} & reading.bare - reading.wholes)]
        cost += COUNTED_COST * any(min(counts) < index < end for index in self._partitives if counts)
        for group in groups[1:-1]:
            if group.start - 1 in reading.joins and self._rules.nature(group.concepts).counts:
                cost += MEASURE_COST
        if inside:
            # "Health checks were done for 88% and dental checks ...": behind a figure "and" leads to another measure.
            joined = [group for group in groups if group.start - 1 in reading.joins and group.start - 1 > inside[0]]
            cost += FIGURE_COST * sum(not self._rules.topics.isdisjoint(group.concepts) for group in joined)
        covered = sum(group.end - group.start for group in groups)
        return cost + LOOSENESS_COST * max(0, end - start - covered)

    def _closes_unopened(self, start: int, end: int) -> bool:
        """Whether a bracket closes inside a window that opened before it: the window begins with another aside."""
        depth = 0
        for index, sign in self._breaks:
            if start < index < end:
                depth += (sign == "(") - (sign == ")")
                if depth < 0:
                    return True
        return False

    def _failures(self, groups: Sequence[Group], top: Scored) -> tuple[int, ...]:
        """The words of failure near some groups that would make the complement of their measure the thing named."""
        start, end = groups[0].start, groups[-1].end
        low, high = self._segment(start, end)
        return tuple(
            index
            for index, group in enumerate(self._groups)
            if self._rules.nature(group.concepts).is_failure
            and not group.concepts & top.concepts
            and low <= group.start < high
            and group.start - end <= FAILURE_REACH
            and start - group.end <= FAILURE_REACH
        )

    def _segment(self, start: int, end: int, *, whole: bool = False) -> tuple[int, int]:
        """The tokens between the signs nearest to a window; in the `whole` of them a verb of effect parts nothing."""
        low, high = 0, len(self._reading.starts) + 1
        for index, sign in self._signs:
            if whole and sign == "|":
                continue
            if index <= start:
                low = max(low, index)
            if index >= end:
                high = min(high, index)
        return low, high

    def _share_predicates(self, windows: list[Window]) -> list[Window]:
        """Give a coordinated word what the mention behind it says of both: "initial and review conferences on time"."""
        shared: list[Window] = []
        for place, window in enumerate(windows):
            before = windows[place - 1] if place else None
            index = window.first - 1
            if index < 0 or window.last == window.first or not self._joined(index):
                shared.append(window)
                continue
            if before is not None and (before.last, before.first) != (index, index):
                shared.append(window)
                continue
            behind = self._groups[window.first + 1 : window.last + 1]
            read = self._read([self._groups[index], *behind], []) if self._edge(index) else None
            if read and not self._failures([self._groups[index], *behind], read[1][0]):
                if before is not None:
                    shared.pop()
                shared.append(Window(index, index, read[0], read[1]))
            shared.append(window)
        return shared

    def _run_together(self, windows: list[Window]) -> list[Window]:
        """Make one mention of two that name the same measure with no figure between them ("EYFS good level ...")."""
        joined: list[Window] = []
        for window in windows:
            before = joined[-1] if joined else None
            if before and window.scored and before.scored and self._same(before, window):
                joined[-1] = Window(
                    before.first, window.last, before.value + window.value, _merge(before.scored, window.scored)
                )
            else:
                joined.append(window)
        return joined

    def _same(self, left: Window, right: Window) -> bool:
        """Whether two windows name one measure and stand side by side."""
        if left.scored[0].match.indicator_id != right.scored[0].match.indicator_id:
            return False
        start, end = self._groups[left.last].end, self._groups[right.first].start
        figures = any(start <= index < end for index in self._figures)
        return right.first == left.last + 1 and not figures and end - start <= SAME_REACH

    def _joined(self, index: int) -> bool:
        """Whether nothing but "and" or "or" stands between a group and the next."""
        left, right = self._groups[index].end, self._groups[index + 1].start
        return right - left == 1 and left in self._reading.joins

    def _mention(self, window: Window) -> IndicatorMention:
        groups = self._groups[window.first : window.last + 1]
        start, end = self._reading.starts[groups[0].start], self._reading.ends[groups[-1].end - 1]
        if not window.scored:
            return IndicatorMention(start, end, (), ("complement",))
        flags = ("label_repaired",) if window.scored[0].match.kind is MatchKind.FUZZY else ()
        return IndicatorMention(start, end, tuple(best(window.scored, LEAST_SCORE)), flags)


def _merge(scored: list[Scored], others: list[Scored]) -> list[Scored]:
    """The readings with those of another list that they lack behind them."""
    if not scored:
        return []
    known = {s.match.indicator_id for s in scored}
    return scored + [s for s in others if s.match.indicator_id not in known]
