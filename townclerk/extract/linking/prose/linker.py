"""Linking in running text: sentence by sentence, figures find their measure, place, time and role."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.conventions import fit_period
from townclerk.extract.linking.prose.attributes import attach_attributes, stand
from townclerk.extract.linking.prose.candidates import make_candidate
from townclerk.extract.linking.prose.choosing import choose, keep_order, share_lists
from townclerk.extract.linking.prose.cues import is_now
from townclerk.extract.linking.prose.datable import counted_since
from townclerk.extract.linking.prose.fractions import attach_counts, computed_share, numerator_behind
from townclerk.extract.linking.prose.joint import one_level_each
from townclerk.extract.linking.prose.nearness import OF_WHOM, is_of_these
from townclerk.extract.linking.prose.parts import play
from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.rates import pair_rates
from townclerk.extract.linking.prose.reading import THRESHOLD, Reading, said_in
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.extract.linking.prose.statements import statements
from townclerk.extract.linking.prose.subjects import subject_readings
from townclerk.extract.linking.prose.times import go_on, times
from townclerk.extract.linking.prose.told import Setting, Told
from townclerk.extract.linking.scene import Anchor, Scene, SpottedBlock
from townclerk.extract.linking.sentences import sentences
from townclerk.extract.linking.subsets import is_share_of_part
from townclerk.models.candidate import Candidate
from townclerk.models.mentions import FigureForm, FigureMention, PeriodMention
from townclerk.models.period import Period, PeriodKind
from townclerk.models.units import RATES, Basis, Method, Role, Unit
from townclerk.patterns.period_bases import period_bases
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.restricting import restricting_words
from townclerk.patterns.roles import role_words
from townclerk.patterns.table_words import table_words

# A line with more words than these says more than a time.
_DATING_WORDS = 3
_FEWEST_IN_ROW, _FEWEST_BARE, _FEWEST_ABREAST, _FEWEST_MARKED = 2, 4, 4, 3
_HEADED_UNITS = RATES | {Unit.PERCENT}
_FEWEST_LABELS = 3
_SCHOOL_REACH = 6
_AT_DAY = frozenset({"at", "as", "on", "of", "the"})


def link_prose(spotted: SpottedBlock, scene: Scene, knowledge: Knowledge, method: Method = Method.PROSE) -> list[Told]:
    """Link the figures of a paragraph, list item, heading or caption.

    Args:
        spotted: The block with its mentions.
        scene: What is in force; its anchors grow by the values linked here.
        knowledge: Definitions and spotters.
        method: What the candidates say brought them about.

    Returns:
        What each sentence with figures or comparisons told, in order.
    """
    told: list[Told] = []
    scene.opening_day = None
    scene.pass_line_time(spotted.text)
    labelled: PeriodMention | None = None
    for place, (start, end) in enumerate(sentences(spotted.text)):
        if spotted.text[start:end].lower().strip(" :.") in role_words().sections_aside:
            break
        sentence = Sentence.cut(spotted, start, end)
        if _only_dates(sentence) and spotted.text.strip() != scene.facts.title.value:
            scene.take_line_time(spotted, sentence.mentions.periods[0])
        if not sentence.mentions.figures and not sentence.mentions.cues:
            continue
        if _is_row(sentence) or _is_chart(sentence):
            reason = "it stands in a row without heads"
            told.append(Told(sentence, [], unlinked=[(figure, reason) for figure in sentence.mentions.figures]))
            continue
        lead = labelled if _is_bare(sentence) else _time_of_those(sentence, told)
        labelled = _time_of_label(sentence) or lead
        for statement in statements(sentence):
            one = _link_sentence(statement, scene, knowledge, method, lead)
            attach_attributes(one, scene, knowledge.catalogue)
            told.append(one)
            lead = one.time
        if place == 0:
            scene.opening_day = _opening_day(sentence, scene)
        elif scene.opening_day is not None and any(_states_time(one) for one in told[-1:]):
            scene.opening_day = None
    before = [a.candidate.value for a in scene.anchors[-4:] if a.candidate.unit is Unit.COUNT]
    attach_counts([t for t in told if t.parts], [value for value in before if value is not None])
    return told


def _states_time(told: Told) -> bool:
    """True where a value of our own in a sentence has a time stated for it; that of an old level does not count."""
    return told.time is not None or any(
        told.parts[index].part is Part.VALUE
        and not told.parts[index].of_elsewhere
        and candidate.period is not None
        and candidate.period.basis is Basis.STATED
        for index, candidate in told.links.items()
    )


def _time_of_label(sentence: Sentence) -> PeriodMention | None:
    """The time that a label ends with: "Health checks 2020/21: 88.4%"."""
    held = sentence.mentions
    first = next(iter(held.periods), None)
    if first is None or not held.figures or held.figures[0].start < first.end:
        return None
    return first if sentence.text.startswith(":", first.end) else None


def _time_of_those(sentence: Sentence, told: list[Told]) -> PeriodMention | None:
    """The time of those told of in the sentence before, where the first figure is of some of them: "14.6% of these"."""
    figure = next(iter(sentence.mentions.figures), None)
    if figure is None or not told or sentence.last_before()[1] > told[-1].sentence.end:
        return None
    if not is_of_these(figure, sentence):
        return None
    first = next((index for index in told[-1].links if told[-1].parts[index].part is Part.VALUE), None)
    return told[-1].stated.get(first) if first is not None else None


def _is_bare(sentence: Sentence) -> bool:
    """True for a label and its figure, undated and without a verb: "Dental checks 70.2%"."""
    held = sentence.mentions
    if held.periods or len(held.figures) != 1 or not held.indicators:
        return False
    return role_words().lack_a_verb(words_in(sentence.between(sentence.start, sentence.end)))


def _opening_day(sentence: Sentence, scene: Scene) -> Period | None:
    """The day of "At 31 May 2023 there were 287 ...", which the numbers of the sentences behind it share."""
    first = next(iter(sentence.mentions.periods), None)
    if first is None or first.expression.form != "date" or not sentence.mentions.figures:
        return None
    lead = words_in(sentence.between(sentence.start, first.start))
    return scene.resolve(first) if set(lead) <= _AT_DAY else None


def _is_row(sentence: Sentence) -> bool:
    """True for a time and several bare numbers, a row whose heads were not understood: "2016/17 429 37 62".

    So is a name with more of them than a sentence has: "Re-referrals 22 21 20 19 20".
    """
    held = sentence.mentions
    if len(held.figures) >= _FEWEST_BARE and not held.periods and _ends_in_bare(sentence):
        return True
    if len(held.figures) >= _FEWEST_ABREAST and _stand_abreast(sentence):
        return True
    if len(held.figures) >= _FEWEST_MARKED and _are_marked(sentence):
        return True
    if held.figures and restricting_words().no_values.search(sentence.text, sentence.start, sentence.end):
        return True
    if len(held.figures) < _FEWEST_IN_ROW or len(held.periods) != 1 or held.periods[0].start > sentence.start:
        return False
    if any(figure.unit is not None or figure.noun for figure in held.figures):
        return False
    return not any(char.isalpha() or char in ",;:(" for char in sentence.text[held.periods[0].end : sentence.end])


def _stand_abreast(sentence: Sentence) -> bool:
    """True where values of one unit stand in a row, blanks alone between: "held in time 90% 90% 79% 88% better".

    The whole before its parts ("477 140 105 125 107") is the row's own, wherever it stands.
    """
    figures = sentence.mentions.figures
    first = 0
    for place in range(1, len(figures)):
        before, figure = figures[place - 1], figures[place]
        if figure.unit is not before.unit or sentence.between(before.end, figure.start).strip():
            first = place
        elif place - first + 1 == _FEWEST_ABREAST:
            return not _is_whole_first(figures[first:])
    return False


def _are_marked(sentence: Sentence) -> bool:
    """True where several values of one unit stand abreast and a colour or an arrow behind them: "90% 79% 88% A ↑"."""
    figures = sentence.mentions.figures
    run = 1
    for before, figure in pairwise(figures):
        together = figure.unit is before.unit and not sentence.between(before.end, figure.start).strip()
        run = run + 1 if together else 1
        behind = sentence.between(figure.end, sentence.end).split(maxsplit=1)[:1]
        if run >= _FEWEST_MARKED and behind and behind[0].lower() in table_words().marks:
            return True
    return False


def _is_whole_first(figures: list[FigureMention]) -> bool:
    """True for numbers of which the first is the sum of the others."""
    values = [figure.value or 0.0 for figure in figures]
    return figures[0].unit in {None, Unit.COUNT} and values[0] == sum(values[1:])


def _ends_in_bare(sentence: Sentence) -> bool:
    """True where bare numbers, blanks alone between them, end a line, and the first is not the sum of the others."""
    figures = sentence.mentions.figures
    if figures[-1].end < sentence.end:
        return False
    run = [figures[-1]]
    for figure in reversed(figures[:-1]):
        if sentence.between(figure.end, run[0].start).strip():
            break
        run.insert(0, figure)
    if len(run) < _FEWEST_BARE or any(figure.unit is not None or figure.noun for figure in run):
        return False
    values = [figure.value or 0.0 for figure in run]
    return values[0] != sum(values[1:])


def _is_chart(sentence: Sentence) -> bool:
    """True for a chart's labels in no order ("72.3% 20% 80% Sep-18 74.5% Jan-19 Dec-18"): which is whose is lost.

    Behind a chart's title ("Trend in re-referrals 10% Sep-18") so are the first of them that the reader kept with it.
    """
    held = sentence.mentions
    titled = restricting_words().charts.search(sentence.text, sentence.start, sentence.end) is not None
    if not titled and min(len(held.periods), len(held.figures)) < _FEWEST_LABELS:
        return False
    marks = sorted([*((p.start, p.end, True) for p in held.periods), *((f.start, f.end, False) for f in held.figures)])
    apart = [sentence.between(one[1], other[0]) for one, other in pairwise(marks)]
    pairs = zip(pairwise(marks), apart, strict=True)
    runs = sum(one[2] == other[2] and not gap.strip(" -–") for (one, other), gap in pairs)
    if titled:
        ends = sentence.text[sentence.end - 1] in ".;!?" or any("," in gap or ":" in gap for gap in apart)
        return not ends and (runs > 0 or len(held.periods) < _FEWEST_LABELS)
    if runs < _FEWEST_LABELS:
        return False
    return sum(bool(words_in(gap)) or "," in gap for gap in apart) * 2 <= len(apart)


def _only_dates(sentence: Sentence) -> bool:
    """True for a line that dates the lines below it: "Benchmarks 2019/20"."""
    if sentence.text[sentence.end - 1] in ".?!":
        return False
    if len(words_in(sentence.between(sentence.start, sentence.end))) > _DATING_WORDS:
        return False
    held = sentence.mentions
    if held.figures or len(held.periods) != 1 or held.periods[0].expression.form == "date":
        return False
    return not held.indicators


def _link_sentence(
    sentence: Sentence, scene: Scene, knowledge: Knowledge, method: Method, lead: PeriodMention | None
) -> Told:
    parts = play(sentence)
    _know_own(parts, scene)
    told = Told(sentence, parts)
    if not parts:
        return told
    _settle_parts(told, scene)
    pair_rates(parts, sentence, scene.anchors[-4:])
    here = Setting(sentence, parts, scene, knowledge)
    stated = told.stated = times(parts, sentence, scene)
    told.time = go_on(parts, stated, lead, sentence)
    chosen = choose(here)
    share_lists(here, chosen, stated)
    one_level_each(parts, chosen, stated, sentence)
    keep_order(here, chosen)
    for index, playing in enumerate(parts):
        if playing.part not in {Part.VALUE, Part.TARGET, Part.PREVIOUS}:
            continue
        readings = chosen.get(index, [])
        if _counts_a_share(index, parts, sentence) or playing.figure.form is FigureForm.PARTS:
            readings = [r for r in readings if said_in(r, sentence)]
        if not readings or readings[0].score < THRESHOLD:
            told.unlinked.append(
                (playing.figure, "no measure near it fits" if readings else "no measure named near it")
            )
            continue
        candidate = make_candidate(playing, readings, here, stated.get(index), method)
        part = _part_before(index, told)
        if candidate is not None and is_share_of_part(part, candidate.indicator_id, knowledge.catalogue):
            told.unlinked.append((playing.figure, "it is said of a part of the children that its measure is about"))
            continue
        if candidate is not None and index not in stated and _counts_on(candidate, here):
            told.unlinked.append((playing.figure, "it counts from a time long before the report's"))
            continue
        if candidate is not None and index not in stated and playing.part is Part.VALUE:
            _carry_time(candidate, readings[0], sentence, scene, knowledge)
        if candidate is None:
            told.unlinked.append((playing.figure, "the figure states no level"))
            continue
        told.links[index] = candidate
        if playing.part is Part.VALUE and candidate.area is not None and candidate.area.is_reporting_authority:
            _remember(index, candidate, readings[0], told, scene)
    _compute(told, stated, here, method)
    _target_times(told, stated, scene)
    _share_out(told, scene)
    return told


def _remember(index: int, candidate: Candidate, reading: Reading, told: Told, scene: Scene) -> None:
    """Keep an own value for what goes on from it; what was said of its standing before is said of it."""
    if not _is_aside(index, told):
        scene.remember(Anchor(candidate, reading.mention, reading.where))
    for cue in scene.standings:
        stand(candidate, cue)
    scene.standings.clear()


def _is_aside(index: int, told: Told) -> bool:
    """True for the 19 of "322 children, including 19 unaccompanied": "this was above June (318)" is of the 322."""
    figure = told.parts[index].figure
    before = told.sentence.between(told.sentence.start, figure.start)
    return phrasing().counted_in.search(before) is not None and any(place < index for place in told.links)


def _counts_on(candidate: Candidate, here: Setting) -> bool:
    """True for a number of what happened that is told since a time long past, and so is of no period."""
    if candidate.match is None or any(playing.part is Part.PREVIOUS for playing in here.parts):
        return False
    indicator = here.knowledge.catalogue.indicators[candidate.match.indicator_id]
    own = candidate.area is not None and candidate.area.is_reporting_authority
    return own and indicator.unit is Unit.COUNT and not indicator.is_stock and counted_since(here.sentence, here.scene)


def _settle_parts(told: Told, scene: Scene) -> None:
    """What the text around a sentence adds to the parts of its figures."""
    last = next((a.candidate for a in reversed(scene.anchors) if a.candidate.block == told.sentence.where.index), None)
    place = numerator_behind(told, last)
    if place is not None and last is not None:
        told.parts[place].part = Part.NUMERATOR
        last.numerator = told.parts[place].figure.value
    if scene.is_under_aims():
        for playing in told.parts:
            if playing.figure.bound and "threshold_like" not in playing.figure.flags and playing.area is None:
                playing.part, playing.why = Part.TARGET, "under a heading of targets"
    bare = [one for one in told.parts if one.figure.unit is None and not one.figure.noun]
    unit = scene.unit_above() if bare and _is_bare(told.sentence) else None
    own = told.sentence.between(told.sentence.start, told.sentence.end)
    if unit in _HEADED_UNITS and table_words().unit(own) is None:
        for playing in bare:
            playing.figure = replace(playing.figure, unit=unit)


def _know_own(parts: list[Playing], scene: Scene) -> None:
    """Take the paper's own authority, called by its name, for no comparator."""
    for playing in parts:
        area = playing.area
        if area is not None and not area.is_own and scene.area_of(area).is_reporting_authority:
            playing.area = replace(area, is_own=True)


def _part_before(index: int, told: Told) -> str | None:
    """The measure of the figure before, where "of whom" right before a figure points to it."""
    before = told.links.get(index - 1)
    if before is None:
        return None
    gap = told.sentence.between(told.parts[index - 1].figure.end, told.parts[index].figure.start)
    in_brackets = told.parts[index].figure.bracketed and gap.rstrip().endswith("(")
    return before.indicator_id if OF_WHOM.search(gap) and not in_brackets else None


def _carry_time(candidate: Candidate, reading: Reading, sentence: Sentence, scene: Scene, knowledge: Knowledge) -> None:
    """Give a value that goes on from the one before it ("Of this number, 277 ...", "This is a rate of") its time."""
    if candidate.match is None:
        return
    indicator = knowledge.catalogue.indicators[candidate.match.indicator_id]
    own = candidate.area is not None and candidate.area.is_reporting_authority
    if scene.opening_day is not None and indicator.is_stock and own and not is_now(candidate.figure, sentence):
        candidate.period = fit_period(scene.opening_day.with_basis(Basis.INFERRED), indicator)
        return
    if not scene.anchors:
        return
    newest = scene.anchors[-1].candidate
    opening = any(c.cue == "carried_on" and c.start - sentence.start <= 2 for c in sentence.mentions.cues)
    goes_on = newest.block == sentence.where.index and not said_in(reading, sentence)
    if newest.period is not None and (opening or goes_on):
        candidate.period = fit_period(newest.period.with_basis(Basis.INFERRED), indicator)
    elif indicator.id in period_bases().academic and (year := _school_year_told(sentence, scene)) is not None:
        candidate.period = year.with_basis(Basis.INFERRED)


def _school_year_told(sentence: Sentence, scene: Scene) -> Period | None:
    """The newest school year stated in the paragraph so far: what it goes on to tell of schools is of that year."""
    told = [
        anchor.candidate for anchor in scene.anchors[-_SCHOOL_REACH:] if anchor.candidate.block == sentence.where.index
    ]
    years = [
        one.period
        for one in told
        if one.period is not None and one.period.kind is PeriodKind.ACADEMIC_YEAR and one.period.text is not None
    ]
    return max(years, key=lambda year: year.end, default=None)


def _counts_a_share(index: int, parts: list[Playing], sentence: Sentence) -> bool:
    """True for the count of "277 (or 42.5%) live outside", a measure of its own only where the sentence says so."""
    if index + 1 >= len(parts) or parts[index].figure.unit not in {None, Unit.COUNT}:
        return False
    following = parts[index + 1].figure
    gap = sentence.between(parts[index].figure.end, following.start)
    return (
        following.unit is Unit.PERCENT and following.bracketed and gap.strip(" (").lower() in {"", "or", "i.e.", "ie"}
    )


def _compute(told: Told, stated: dict[int, PeriodMention], here: Setting, method: Method) -> None:
    """Work out the percentage of "Out of 201 assessments, 166 were in time", where none is printed in the sentence."""
    share = computed_share(told.parts)
    if share is None or any(c.unit is Unit.PERCENT for c in told.links.values()):
        return
    place, numerator, denominator = share
    figure = replace(
        told.parts[place].figure,
        form=FigureForm.PARTS,
        value=None,
        numerator=numerator,
        denominator=denominator,
        decimals=1,
        noun="",
        flags=(),
    )
    playing = Playing(figure, Part.VALUE)
    readings = subject_readings(playing, here)
    readings = [r for r in readings if here.knowledge.catalogue.indicators[r.match.indicator_id].unit is Unit.PERCENT]
    if not readings or readings[0].score < THRESHOLD or not said_in(readings[0], told.sentence):
        return
    time = stated.get(place) or next(iter(told.sentence.mentions.periods), None)
    candidate = make_candidate(playing, readings, here, time, method)
    if candidate is not None:
        told.links[place] = candidate
        here.scene.remember(Anchor(candidate, readings[0].mention, readings[0].where))


def _target_times(told: Told, stated: dict[int, PeriodMention], scene: Scene) -> None:
    """A target without a time takes the newest actual's beside it (convention C3)."""
    here = [c for i, c in told.links.items() if told.parts[i].part is Part.VALUE]
    actuals = here or [anchor.candidate for anchor in scene.anchors[-4:]]
    for index, candidate in told.links.items():
        if candidate.role is not Role.TARGET or index in stated:
            continue
        periods = [c.period for c in actuals if c.indicator_id == candidate.indicator_id and c.period is not None]
        if periods:
            candidate.period = max(periods, key=lambda period: period.end).with_basis(Basis.INFERRED)


def _share_out(told: Told, scene: Scene) -> None:
    """One figure said of several ("our target, the region and England each stand at 9%") is an observation for each."""
    for index, playing in enumerate(told.parts):
        candidate = told.links.get(index)
        if candidate is None or not playing.areas:
            continue
        others = [scene.area_of(area) for area in playing.areas if area is not playing.area]
        for area in others:
            period = None if not area.is_reporting_authority else candidate.period
            told.shared.append(
                replace(
                    candidate,
                    area=area,
                    role=Role.ACTUAL,
                    period=period,
                    evidence=list(candidate.evidence),
                    features=list(candidate.features),
                )
            )
        if playing.also_target:
            told.shared.append(
                replace(
                    candidate,
                    area=scene.own_area(),
                    role=Role.TARGET,
                    evidence=list(candidate.evidence),
                    features=list(candidate.features),
                )
            )
        if playing.area is None:
            del told.links[index]
