"""The best joint reading of a sentence: two values for one time and place are not both one measure's level."""

from __future__ import annotations

from townclerk.extract.linking.prose.cues import has_moved_on, is_now
from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.reading import THRESHOLD, Reading
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.models.mentions import PeriodMention

# Readings of a figure that compete, and figures of a sentence settled together; more would only cost time.
_COMPETING = 3
_TOGETHER = 7
_BRACKETED = 0.5
_MORE = (["further"], ["additional"], ["another"])
_ADDED = 14


def one_level_each(
    parts: list[Playing], chosen: dict[int, list[Reading]], stated: dict[int, PeriodMention], sentence: Sentence
) -> None:
    """Settle the readings of a sentence's values together.

    Among values without different times of their own, each measure is given to one figure, so that the sum of the
    scores is greatest; a number printed with its unit goes before a bare one. A figure that is left without a reading
    keeps none.

    Args:
        parts: The figures of the sentence.
        chosen: Their readings, best first; changed in place.
        stated: The time stated for each, by place in `parts`.
        sentence: Where they stand.
    """
    _drop_additions(parts, chosen, sentence)
    groups: dict[int | None, list[int]] = {}
    for index in chosen:
        playing = parts[index]
        if playing.part is Part.VALUE and not playing.of_elsewhere:
            groups.setdefault(stated[index].start if index in stated else None, []).append(index)
    dated = {
        chosen[i][0].match.indicator_id
        for time, group in groups.items()
        if time is not None
        for i in group
        if chosen[i]
    }
    for time, group in groups.items():
        if len(group) > 1:
            _settle(sorted(group)[:_TOGETHER], parts, chosen)
        if time is None:
            undated = [
                index
                for index in group
                if not is_now(parts[index].figure, sentence)
                and not (index and has_moved_on(parts[index - 1].figure, parts[index].figure, sentence))
            ]
            _yield_to_dated(undated, chosen, parts, dated, stated)


def _drop_additions(parts: list[Playing], chosen: dict[int, list[Reading]], sentence: Sentence) -> None:
    """What comes on top of a level is none: "nine were adopted and a further seven are placed"."""
    for index in sorted(chosen):
        lead = words_in(
            sentence.between(max(sentence.start, parts[index].figure.start - _ADDED), parts[index].figure.start)
        )
        if lead[-1:] in _MORE:
            before = {chosen[i][0].match.indicator_id for i in chosen if i < index and chosen[i]}
            chosen[index] = [reading for reading in chosen[index] if reading.match.indicator_id not in before]


def _settle(group: list[int], parts: list[Playing], chosen: dict[int, list[Reading]]) -> None:
    options = [[r for r in chosen[index][:_COMPETING] if r.score >= THRESHOLD] for index in group]
    best = _best(group, options, parts, {})
    for index, reading in zip(group, best[1], strict=True):
        rest = [r for r in chosen[index] if reading is not None and r is not reading]
        chosen[index] = [reading, *rest] if reading is not None else []


def _best(
    group: list[int], options: list[list[Reading]], parts: list[Playing], taken: dict[str, int]
) -> tuple[float, list[Reading | None]]:
    """The greatest sum of scores for the figures of a group, and the reading of each (None where it goes without)."""
    if not group:
        return 0.0, []
    index = group[0]
    total, picks = _best(group[1:], options[1:], parts, taken)
    best: tuple[float, list[Reading | None]] = (total, [None, *picks])
    for reading in options[0]:
        held = taken.get(reading.match.indicator_id)
        if held is not None and parts[held].figure.value != parts[index].figure.value:
            continue
        total, picks = _best(group[1:], options[1:], parts, {**taken, reading.match.indicator_id: index})
        printed = 1.0 if parts[index].figure.unit is not None else 0.0
        # "21% (19%)": the figure in brackets takes its measure from the one before it, and not the other way round.
        printed -= _BRACKETED if parts[index].figure.bracketed else 0.0
        # What has its measure from the value beside it has no better claim than that one.
        handed_on = sum(feature.amount for feature in reading.features if feature.name == "follows_value")
        total += reading.score - handed_on + printed
        # Of figures with an equal claim to it, the first has the measure.
        if total > best[0] + 1e-9 or (best[1][0] is None and total > best[0] - 1e-9):
            best = (total, [reading, *picks])
    return best


def _yield_to_dated(
    group: list[int],
    chosen: dict[int, list[Reading]],
    parts: list[Playing],
    dated: set[str],
    stated: dict[int, PeriodMention],
) -> None:
    """An undated value behind a dated one of its measure is something else ("164 begun in Q2, covering 391")."""
    for index in group:
        earlier = {
            chosen[i][0].match.indicator_id
            for i in stated
            if i < index and chosen.get(i) and parts[i].part is Part.VALUE
        }
        chosen[index] = [r for r in chosen[index] if r.match.indicator_id not in dated & earlier]
