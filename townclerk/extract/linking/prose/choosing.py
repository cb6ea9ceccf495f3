"""The measures that each level of a sentence may be of, and which figures follow others."""

from __future__ import annotations

from dataclasses import replace

from townclerk.extract.linking.agreement import IMPOSSIBLE, agreement, in_bounds
from townclerk.extract.linking.prose.carried import anchor_reading, anchors_for, follows_unread, same_kind
from townclerk.extract.linking.prose.nearness import OF_WHOM
from townclerk.extract.linking.prose.parallel import in_order
from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.predicates import shared_predicate
from townclerk.extract.linking.prose.reading import THRESHOLD, Reading, direct_readings, said_as_rate, said_in
from townclerk.extract.linking.prose.sentence import CAPITALISED, Sentence, words_in
from townclerk.extract.linking.prose.subjects import subject_readings
from townclerk.extract.linking.prose.told import Setting
from townclerk.extract.linking.scene import Anchor
from townclerk.models.candidate import Feature
from townclerk.models.mentions import FigureForm, FigureMention, PeriodMention
from townclerk.models.units import Unit
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.roles import role_words

# How many times as great a place's rate may be as another's.
_ALIKE = 3.0
_FEWEST_IN_ORDER = 2


def choose(here: Setting) -> dict[int, list[Reading]]:
    """The readings of each level in a sentence; old values, targets and comparators follow the value beside them."""
    parts = here.parts
    chosen: dict[int, list[Reading]] = {}
    for index, playing in enumerate(parts):
        if playing.part is not Part.VALUE or playing.of_elsewhere:
            continue
        if not _bracket_follows(index, parts, here.sentence):
            chosen[index] = subject_readings(playing, here)
    for index, playing in enumerate(parts):
        if playing.part in {Part.VALUE, Part.TARGET, Part.PREVIOUS} and index not in chosen:
            chosen[index] = _follow(index, here, chosen)
    for index, readings in chosen.items():
        if parts[index].part is Part.VALUE and (not readings or readings[0].score < THRESHOLD):
            chosen[index] = shared_predicate(index, here) or readings
    _follow_in_order(here, chosen)
    _name_people(parts, chosen, here.sentence)
    _name_shares(here, chosen)
    return chosen


def _follow_in_order(here: Setting, chosen: dict[int, list[Reading]]) -> None:
    """Read the levels set beside several values as those values' measures, in their order."""
    for values, run in in_order(here.parts, here.sentence):
        if values:
            measures = [chosen[i][0].match.indicator_id for i in values if not _is_unread(i, chosen)]
            if len(set(measures)) == len(run):
                for value, index in zip(values, run, strict=True):
                    chosen[index] = _inherit(here.parts[index], chosen[value], here)
        elif not here.sentence.mentions.indicators:
            _follow_sentence_before(run, here, chosen)


def _name_shares(here: Setting, chosen: dict[int, list[Reading]]) -> None:
    """Read the share in brackets behind a count as the same measure's: "Eleven (7%) were at university"."""
    for index in range(1, len(here.parts)):
        count, share = here.parts[index - 1], here.parts[index]
        told = chosen.get(index - 1, [])
        shares = share.figure.bracketed and share.figure.unit is Unit.PERCENT and share.part is Part.VALUE
        if not shares or index not in chosen or not told or told[0].score < THRESHOLD:
            continue
        if not said_in(told[0], here.sentence):
            continue
        if here.sentence.between(count.figure.end, share.figure.start).strip() != "(":
            continue
        measure = here.knowledge.catalogue.sibling(told[0].match.indicator_id, Unit.PERCENT)
        if measure is not None and not any(said_in(reading, here.sentence) for reading in chosen[index][:1]):
            chosen[index] = [replace(told[0], match=told[0].match._replace(indicator_id=measure))]


def _name_people(parts: list[Playing], chosen: dict[int, list[Reading]], sentence: Sentence) -> None:
    """Read the second count of "711 missing episodes, by 288 children" as the children they happened to.

    In "61 children went missing on 143 occasions" the second counts the episodes.
    """
    words = role_words()
    for index in range(1, len(parts)):
        before = chosen.get(index - 1, [])
        figure = parts[index].figure
        _name_those_before(index, parts, chosen, sentence)
        counted = _counted_with(before[0].match.indicator_id, figure, sentence) if before else None
        if counted is None or index not in chosen or parts[index].part is not Part.VALUE:
            continue
        held = sentence.mentions
        told = sentence.without(parts[index - 1].figure.end, figure.start, held.indicators, held.periods)
        gap = words_in(CAPITALISED.sub(" ", told))
        if set(gap) <= words.people_joins | words.episode_nouns and ";" not in sentence.between(
            parts[index - 1].figure.end, figure.start
        ):
            if phrasing().in_care.match(sentence.text, figure.end):
                # Those of one group are not all the children.
                chosen[index] = []
                continue
            feature = Feature("people_of", 0.5, "counts the same children's or episodes' other side")
            first = before[0]
            match = first.match._replace(indicator_id=counted)
            chosen[index] = [replace(first, match=match, features=[*first.features, feature])]


def _name_those_before(index: int, parts: list[Playing], chosen: dict[int, list[Reading]], sentence: Sentence) -> None:
    """Read the first count of "77 children accounted for 266 missing episodes" as the children they happened to."""
    words, one = role_words(), parts[index - 1]
    happened = chosen.get(index, [])
    people = words.people_of.get(happened[0].match.indicator_id) if happened else None
    if people is None or one.part is not Part.VALUE or one.figure.unit not in {None, Unit.COUNT}:
        return
    gap = sentence.plain_words(one.figure.end, parts[index].figure.start)
    if not gap or gap[0] not in words.people or not set(gap) <= words.people_led | words.people or "for" not in gap:
        return
    feature = Feature("people_of", 0.5, "counts the same children's or episodes' other side")
    first = happened[0]
    match = first.match._replace(indicator_id=people)
    chosen[index - 1] = [replace(first, match=match, features=[*first.features, feature])]


def _counted_with(measure: str, figure: FigureMention, sentence: Sentence) -> str | None:
    """The measure that a count by its noun is of, beside a count of the other of children and episodes."""
    words = role_words()
    noun = figure.noun.split()[-1:] or words_in(sentence.between(figure.end, sentence.end))[:1]
    if noun and noun[0] in words.people:
        return words.people_of.get(measure)
    behind = {people: episodes for episodes, people in words.people_of.items()}
    return behind.get(measure) if noun and noun[0] in words.episode_nouns else None


def _bracket_follows(index: int, parts: list[Playing], sentence: Sentence) -> bool:
    """True for a bare figure in brackets behind a value of its kind: "(12.4% and 10.9% a year earlier)"."""
    playing = parts[index]
    if not playing.figure.bracketed:
        return False
    opened = sentence.text.rfind("(", sentence.start, playing.figure.start)
    closed = sentence.text.find(")", playing.figure.end)
    if any(opened <= m.start and m.end <= closed for m in sentence.mentions.indicators):
        return False
    return any(
        other.part is Part.VALUE and not other.figure.bracketed and other.figure.unit == playing.figure.unit
        for other in parts[:index]
    )


def _follow(index: int, here: Setting, chosen: dict[int, list[Reading]]) -> list[Reading]:
    """The readings of a figure that hangs on another one: its own phrase first, else the value it goes with."""
    parts, sentence = here.parts, here.sentence
    own = subject_readings(parts[index], here)
    anchor = _anchor_in_sentence(index, parts, chosen)
    if anchor is not None and parts[index].figure.unit in {None, Unit.COUNT}:
        # "Of which 7 live here" counts some of those before.
        between = sentence.between(parts[anchor].figure.end, parts[index].figure.start) if anchor < index else ""
        anchor = None if OF_WHOM.search(between) else anchor
    if anchor is not None and _names_another(parts[anchor].figure, parts[index], sentence):
        anchor = None
    if anchor is not None and parts[index].of_elsewhere and own and own[0].score >= THRESHOLD:
        # "England re-referrals 22%, repeat plans 21%": the second is named for itself.
        named = parts[anchor].figure.end <= own[0].mention.start < parts[index].figure.start
        anchor = None if named and said_in(own[0], sentence) else anchor
    if anchor is not None:
        followed = _inherit(parts[index], chosen[anchor], here)
        if followed and not (own and own[0].score > followed[0].score + 1.0 and said_in(own[0], sentence)):
            return followed
        if followed and own[0].match.indicator_id == followed[0].match.indicator_id:
            # What suits our own value poorly suits no other place's better: the words may name something else.
            return followed
    if _is_old_of_unread(index, here, chosen):
        return []
    if own and own[0].score >= THRESHOLD and said_in(own[0], sentence):
        return own
    beside = [p for p in parts[:index] if p.part is Part.VALUE and not p.of_elsewhere]
    if any(same_kind(parts[index].figure, p.figure) for p in beside):
        return own
    return _remembered(parts[index], here) or own


def _names_another(anchor: FigureMention, playing: Playing, sentence: Sentence) -> bool:
    """True for the bare target of "20% left to permanence, six fewer orders ..., behind our target of 54 orders"."""
    figure = playing.figure
    if anchor.unit is not Unit.PERCENT or figure.unit is not None or playing.part is not Part.TARGET:
        return False
    counts = {None, Unit.COUNT}
    between = [f for f in sentence.mentions.figures if anchor.end <= f.start < figure.start and f.unit in counts]
    return any(not other.bracketed and other.form is not FigureForm.PARTS for other in between)


def _is_old_of_unread(index: int, here: Setting, chosen: dict[int, list[Reading]]) -> bool:
    """True for the old level of "20 of those placed were asylum seekers (44 a year before)": 20 is of no measure."""
    parts, figure = here.parts, here.parts[index].figure
    if parts[index].part is not Part.PREVIOUS:
        return False
    levels = [i for i, one in enumerate(parts) if one.part is Part.VALUE and same_kind(figure, one.figure)]
    before, behind = [i for i in levels if i < index], [i for i in levels if i > index]
    if not before:
        # "Enquiries rose from 200 to 343": what the level behind is of is for its own words to say.
        return bool(behind) and not parts[behind[0]].of_elsewhere and _is_unread(behind[0], chosen)
    if parts[before[-1]].of_elsewhere:
        return False
    # A clause of its own may name one: "20 were asylum seekers; children in care fell from 431".
    end = parts[before[-1]].figure.end
    start = here.sentence.text.rfind(";", end, figure.start)
    names = here.sentence.mentions.indicators if start >= 0 else []
    named = any(start <= one.start and one.end <= figure.start for one in names)
    return not named and _is_unread(before[-1], chosen)


def _is_unread(index: int, chosen: dict[int, list[Reading]]) -> bool:
    readings = chosen.get(index, [])
    return not readings or readings[0].score < THRESHOLD


def _anchor_in_sentence(index: int, parts: list[Playing], chosen: dict[int, list[Reading]]) -> int | None:
    """The value that an old value, target or comparator goes with: nearest before with its unit, else nearest after."""

    def fits(other: int) -> bool:
        readings = chosen.get(other)
        return (
            parts[other].part is Part.VALUE
            and bool(readings)
            and readings is not None
            and readings[0].score >= THRESHOLD
            and same_kind(parts[index].figure, parts[other].figure)
        )

    before = [other for other in range(index - 1, -1, -1) if fits(other)]
    if parts[index].figure.unit is None and not parts[index].figure.bracketed:
        # "319 (rate of 64 per 10,000) compared with 301": the bracket is an aside.
        before.sort(key=lambda other: parts[other].figure.bracketed)
    if before:
        pair = _paired(index, parts, before)
        return before[0] if pair is None else pair
    own = parts[index].figure.unit
    if any(p.part is Part.VALUE and not p.of_elsewhere and p.figure.unit == own is not None for p in parts[:index]):
        # It goes with a value of a measure unknown: "3.9% have one, like England (4%), and 12% get support".
        return None
    bare = {None, Unit.COUNT}
    after = [
        i
        for i in range(index + 1, len(parts))
        if fits(i) and (parts[i].figure.unit == own or {own, parts[i].figure.unit} <= bare)
    ]
    return after[0] if after else None


def _paired(index: int, parts: list[Playing], before: list[int]) -> int | None:
    """For "16.1% and 13.2% (12.4% and 10.9% a year earlier)": the bracket's figures follow the order of the values."""
    group = [i for i, p in enumerate(parts) if p.figure.bracketed and p.part in {Part.VALUE, Part.PREVIOUS}]
    values = sorted(i for i in before if not parts[i].figure.bracketed)
    if index in group and len(group) == len(values) and len(values) > 1 and not any(parts[i].area for i in group):
        return values[group.index(index)]
    return None


def _inherit(playing: Playing, readings: list[Reading], here: Setting) -> list[Reading]:
    """The anchor's readings, as far as the figure suits them."""
    kept: list[Reading] = []
    for reading in readings:
        indicator = here.knowledge.catalogue.indicators[reading.match.indicator_id]
        if indicator.unit is Unit.COUNT and said_as_rate(playing.figure, here.sentence):
            continue
        if playing.figure.unit is None or agreement(playing.figure, indicator, "") > IMPOSSIBLE:
            amount = 0.2 if in_bounds(playing.figure.value, indicator) else -2.5
            kept.append(reading.plus(Feature("follows_value", amount, "goes with the value beside it")))
    return kept


def _remembered(playing: Playing, here: Setting) -> list[Reading]:
    """The measure of the value linked last ("This is lower than quarter 1 (80.6%)"), where the units agree."""
    if here.sentence.mentions.indicators or follows_unread(playing.figure, here.sentence, here.scene):
        return []
    anchors = anchors_for(playing.figure, here.scene.anchors[-3:], here.sentence)
    if playing.of_elsewhere and playing.figure.unit is None:
        # The country and groups of authorities are told by their rates and shares.
        anchors.sort(key=lambda one: (not _of_one_size(playing.figure, one), one.candidate.unit is Unit.COUNT))
    start, end = here.sentence.clause_at(playing.figure.start)
    own = {word for word in here.sentence.unmarked(start, end) if word in here.scene.field_words}
    for anchor in anchors:
        reading = anchor_reading(anchor, playing, here.knowledge.catalogue)
        # "We aim to bring 15 children back to local placements" goes on from no number of plans.
        if reading is not None and not own - _said(anchor):
            return [reading]
    return []


def _said(anchor: Anchor) -> set[str]:
    """The words that named a value's measure, each with and without its "s"."""
    words = words_in(anchor.where.label(anchor.mention))
    return {form for word in words for form in (word, word.removesuffix("s"), word + "s")}


def _of_one_size(figure: FigureMention, anchor: Anchor) -> bool:
    """True where another place's bare figure is of a value's size: England's rate is like ours, its count is not."""
    own, other = anchor.candidate.value, figure.value
    return own is not None and other is not None and own > 0 and 1 / _ALIKE <= other / own <= _ALIKE


def share_lists(here: Setting, chosen: dict[int, list[Reading]], stated: dict[int, PeriodMention]) -> None:
    """Give values listed for a list of times one measure: "1,650, 1,534 and 1,337 referrals in 2014, 2013 and 2012".

    Its name stands right before the first of them or right behind the last, and is all of theirs. So it is where
    nothing but times and movements part them: "to 612 in April, before climbing to 704 in May and 858 in June".
    """
    run: list[int] = []
    for index in [*range(len(here.parts)), None]:
        if index is not None and run and _goes_on_list(run[-1], index, here, stated):
            run.append(index)
            continue
        if len({stated[place].start for place in run if place in stated}) == len(run) > 1:
            best = max(run, key=lambda place: chosen[place][0].score if chosen.get(place) else 0.0)
            for place in run:
                if place != best and not _has_own(chosen.get(place, []), chosen.get(best, []), here):
                    chosen[place] = _inherit(here.parts[place], chosen.get(best, []), here) or chosen.get(place, [])
        run = [index] if index is not None else []


def _has_own(own: list[Reading], best: list[Reading], here: Setting) -> bool:
    """True for a value of the list that another phrase of the sentence names well enough."""
    if not own or not best or own[0].match.indicator_id == best[0].match.indicator_id:
        return False
    return own[0].score >= THRESHOLD and said_in(own[0], here.sentence)


def _goes_on_list(one: int, other: int, here: Setting, stated: dict[int, PeriodMention]) -> bool:
    """True for two values, each with a time, that nothing but times and movements parts."""
    first, second = here.parts[one], here.parts[other]
    start, end, sentence = first.figure.end, second.figure.start, here.sentence
    named = any(start <= mention.start < end for mention in sentence.mentions.indicators)
    return (
        first.part is second.part is Part.VALUE
        and first.figure.unit is second.figure.unit
        and not (first.of_elsewhere or second.of_elsewhere)
        and one in stated
        and other in stated
        and not named
        and not set(";()") & set(sentence.between(start, end))
        and set(sentence.unmarked(start, end)) <= role_words().chaining
    )


def keep_order(here: Setting, chosen: dict[int, list[Reading]]) -> None:
    """Where "respectively" or "these were" stands, values follow the order of the names or values before."""
    parts, sentence = here.parts, here.sentence
    _follow_order_told(here, chosen)
    cue = next((c for c in sentence.mentions.cues if c.cue == "respectively"), None)
    if cue is None:
        return
    if _follow_values_before(cue.start, here, chosen):
        return
    group = [i for i, p in enumerate(parts) if p.part is Part.VALUE and p.figure.end <= cue.start]
    if len(group) < 2:
        return
    first = parts[group[0]].figure.start
    names = [(sentence.where, m) for m in sentence.mentions.indicators if m.end <= first]
    if len(names) < len(group):
        names = [
            *[(sentence.where, m) for m in sentence.where.mentions.indicators if m.end <= sentence.start],
            *names,
        ]
    if len(names) < len(group):
        return
    for index, (where, mention) in zip(group, names[-len(group) :], strict=True):
        readings = [r for r in chosen.get(index, []) if r.mention is mention]
        if not readings:
            readings = direct_readings(parts[index], where, mention, here.knowledge.catalogue)
        if readings:
            feature = Feature("respectively", 1.5, "“respectively” puts values and names in one order")
            chosen[index] = [reading.plus(feature) for reading in readings]


def _follow_values_before(end: int, here: Setting, chosen: dict[int, list[Reading]]) -> bool:
    """Let "9 left and 8 were adopted; this compares to 6 and 11 respectively" follow the order of its first values."""
    parts, sentence = here.parts, here.sentence
    run: list[int] = []
    for index in reversed([i for i, p in enumerate(parts) if p.figure.end <= end]):
        stop = parts[run[0]].figure.start if run else end
        gap = words_in(sentence.between(parts[index].figure.end, stop))
        if (run and gap not in (["and"], [])) or (not run and gap):
            break
        run.insert(0, index)
    start = parts[run[0]].figure.start if run else end
    if len(run) < _FEWEST_IN_ORDER or not phrasing().set_against.search(sentence.between(sentence.start, start)):
        return False
    own = [i for i, p in enumerate(parts) if p.part is Part.VALUE and p.area is None and i < run[0]]
    told = [i for i in own if not parts[i].figure.bracketed and not _is_unread(i, chosen)][-len(run) :]
    if len(told) != len(run):
        return False
    for one, other in zip(told, run, strict=True):
        chosen[other] = _inherit(parts[other], chosen[one], here) or chosen.get(other, [])
    return True


def _follow_order_told(here: Setting, chosen: dict[int, list[Reading]]) -> None:
    """In "92% on conferences and 91% on reviews; in May these were 90% and 89%" the later values follow the first."""
    parts, sentence = here.parts, here.sentence
    cue = next((c for c in sentence.mentions.cues if c.cue == "in_that_order"), None)
    if cue is None:
        return
    own = [i for i, p in enumerate(parts) if p.part is Part.VALUE and p.area is None and not p.figure.bracketed]
    told = [i for i in own if parts[i].figure.end <= cue.start]
    group = [i for i in own if parts[i].figure.start >= cue.end]
    if len(group) > 1 and not told:
        _follow_sentence_before(group, here, chosen)
    if len(group) < 2 or len(told) != len(group):
        return
    if all(same_kind(parts[one].figure, parts[other].figure) for one, other in zip(told, group, strict=True)):
        for one, other in zip(told, group, strict=True):
            chosen[other] = _inherit(parts[other], chosen.get(one, []), here) or chosen.get(other, [])


def _follow_sentence_before(group: list[int], here: Setting, chosen: dict[int, list[Reading]]) -> None:
    """The same where the values that set the order stand in the sentence before, as many as follow here."""
    sentence = here.sentence
    start, end = sentence.last_before()
    told = [
        anchor
        for anchor in here.scene.anchors
        if anchor.candidate.block == sentence.where.index and start <= anchor.candidate.figure.start < end
    ]
    if len(told) != len(group):
        if len(told) > 1:
            # "Last year the figures were 14% and 15%", behind three values: of which is for no rule to say.
            for index in group:
                chosen[index] = [reading for reading in chosen.get(index, []) if said_in(reading, sentence)]
        return
    for index, anchor in zip(group, told, strict=True):
        reading = anchor_reading(anchor, here.parts[index], here.knowledge.catalogue)
        if reading is not None:
            chosen[index] = [reading]
