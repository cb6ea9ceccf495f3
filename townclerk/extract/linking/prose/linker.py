"""Linking in running text: sentence by sentence, figures find their measure, place, time and role."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.agreement import IMPOSSIBLE, agreement, in_bounds
from townclerk.extract.linking.prose.attributes import attach_attributes, stand
from townclerk.extract.linking.prose.fractions import attach_counts, computed, computed_share, numerator_behind
from townclerk.extract.linking.prose.joint import one_level_each
from townclerk.extract.linking.prose.parts import Part, Playing, Sentence, play, words_in
from townclerk.extract.linking.prose.subjects import (
    THRESHOLD,
    Reading,
    anchor_reading,
    anchors_for,
    direct_readings,
    same_kind,
    subject_readings,
)
from townclerk.extract.linking.prose.times import times
from townclerk.extract.linking.scene import Anchor, Scene, SpottedBlock, fit_period
from townclerk.extract.linking.sentences import sentences
from townclerk.models.area import Area
from townclerk.models.candidate import Candidate, Feature
from townclerk.models.indicator import Indicator
from townclerk.models.mentions import FigureForm, FigureMention, PeriodMention
from townclerk.models.period import Period, month
from townclerk.models.units import Basis, Method, Role, Unit
from townclerk.patterns.roles import role_words

# A line with more words than these says more than a time.
_DATING_WORDS = 3


@dataclass(slots=True)
class Told:
    """What one sentence told.

    Attributes:
        sentence: The sentence.
        parts: Its figures.
        links: The candidate of each linked figure, by its place in `parts`.
        unlinked: Figures that found no measure, with the reason.
        shared: Further candidates of figures said of several places or roles.
    """

    sentence: Sentence
    parts: list[Playing]
    links: dict[int, Candidate] = field(default_factory=dict)
    unlinked: list[tuple[FigureMention, str]] = field(default_factory=list)
    shared: list[Candidate] = field(default_factory=list)


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
    for start, end in sentences(spotted.text):
        if spotted.text[start:end].lower().strip(" :.") in role_words().sections_aside:
            break
        sentence = Sentence.cut(spotted, start, end)
        if _only_dates(sentence):
            scene.line_time = scene.resolve(sentence.mentions.periods[0])
        if not sentence.mentions.figures and not sentence.mentions.cues:
            continue
        one = _link_sentence(sentence, scene, knowledge, method)
        attach_attributes(one.sentence, one.parts, one.links, scene, knowledge.catalogue)
        told.append(one)
    before = [a.candidate.value for a in scene.anchors[-4:] if a.candidate.unit is Unit.COUNT]
    attach_counts([t for t in told if t.parts], [value for value in before if value is not None])
    return told


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


def _link_sentence(sentence: Sentence, scene: Scene, knowledge: Knowledge, method: Method) -> Told:
    parts = play(sentence)
    told = Told(sentence, parts)
    if not parts:
        return told
    last = next((a.candidate for a in reversed(scene.anchors) if a.candidate.block == sentence.where.index), None)
    place = numerator_behind(told, last)
    if place is not None and last is not None:
        parts[place].part = Part.NUMERATOR
        last.numerator = parts[place].figure.value
    stated = times(parts, sentence, scene)
    chosen = _choose(parts, sentence, scene, knowledge)
    one_level_each(parts, chosen, stated, sentence)
    _in_order(parts, sentence, chosen, knowledge)
    for index, playing in enumerate(parts):
        if playing.part not in {Part.VALUE, Part.TARGET, Part.PREVIOUS}:
            continue
        readings = chosen.get(index, [])
        if _counts_a_share(index, parts, sentence) or playing.figure.form is FigureForm.PARTS:
            readings = [r for r in readings if _said_here(r, sentence)]
        if not readings or readings[0].score < THRESHOLD:
            told.unlinked.append(
                (playing.figure, "no measure near it fits" if readings else "no measure named near it")
            )
            continue
        candidate = _candidate(playing, readings, sentence, scene, knowledge, stated.get(index), method)
        if candidate is not None and index not in stated and playing.part is Part.VALUE:
            _carry_time(candidate, readings[0], sentence, scene, knowledge)
        if candidate is None:
            told.unlinked.append((playing.figure, "the figure states no level"))
            continue
        told.links[index] = candidate
        if playing.part is Part.VALUE and candidate.area is not None and candidate.area.is_reporting_authority:
            scene.remember(Anchor(candidate, readings[0].mention, readings[0].where))
            for cue in scene.standings:
                stand(candidate, cue)
            scene.standings.clear()
    _compute(told, stated, scene, knowledge, method)
    _target_times(told, stated, scene)
    _share_out(told, scene)
    return told


def _carry_time(candidate: Candidate, reading: Reading, sentence: Sentence, scene: Scene, knowledge: Knowledge) -> None:
    """Give a value that goes on from the one before it ("Of this number, 277 ...", "This is a rate of") its time."""
    if not scene.anchors or candidate.match is None:
        return
    newest = scene.anchors[-1].candidate
    opening = any(c.cue == "carried_on" and c.start - sentence.start <= 2 for c in sentence.mentions.cues)
    goes_on = newest.block == sentence.where.index and not _said_here(reading, sentence)
    if newest.period is not None and (opening or goes_on):
        indicator = knowledge.catalogue.indicators[candidate.match.indicator_id]
        candidate.period = fit_period(newest.period.with_basis(Basis.INFERRED), indicator)


def _counts_a_share(index: int, parts: list[Playing], sentence: Sentence) -> bool:
    """True for the count of "277 (or 42.5%) live outside", a measure of its own only where the sentence says so."""
    if index + 1 >= len(parts) or parts[index].figure.unit not in {None, Unit.COUNT}:
        return False
    following = parts[index + 1].figure
    gap = sentence.between(parts[index].figure.end, following.start)
    return (
        following.unit is Unit.PERCENT and following.bracketed and gap.strip(" (").lower() in {"", "or", "i.e.", "ie"}
    )


def _compute(told: Told, stated: dict[int, PeriodMention], scene: Scene, knowledge: Knowledge, method: Method) -> None:
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
    readings = subject_readings(playing, told.parts, told.sentence, scene, knowledge)
    readings = [r for r in readings if knowledge.catalogue.indicators[r.match.indicator_id].unit is Unit.PERCENT]
    if not readings or readings[0].score < THRESHOLD or not _said_here(readings[0], told.sentence):
        return
    time = stated.get(place) or next(iter(told.sentence.mentions.periods), None)
    candidate = _candidate(playing, readings, told.sentence, scene, knowledge, time, method)
    if candidate is not None:
        told.links[place] = candidate
        scene.remember(Anchor(candidate, readings[0].mention, readings[0].where))


def _choose(parts: list[Playing], sentence: Sentence, scene: Scene, knowledge: Knowledge) -> dict[int, list[Reading]]:
    """The readings of each level in a sentence; old values, targets and comparators follow the value beside them."""
    chosen: dict[int, list[Reading]] = {}
    for index, playing in enumerate(parts):
        if playing.part is not Part.VALUE or (playing.area is not None and not playing.area.is_own):
            continue
        if not _bracket_follows(index, parts, sentence):
            chosen[index] = subject_readings(playing, parts, sentence, scene, knowledge)
    for index, playing in enumerate(parts):
        if playing.part in {Part.VALUE, Part.TARGET, Part.PREVIOUS} and index not in chosen:
            chosen[index] = _follow(index, parts, chosen, sentence, scene, knowledge)
    return chosen


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


def _follow(
    index: int,
    parts: list[Playing],
    chosen: dict[int, list[Reading]],
    sentence: Sentence,
    scene: Scene,
    knowledge: Knowledge,
) -> list[Reading]:
    """The readings of a figure that hangs on another one: its own phrase first, else the value it goes with."""
    own = subject_readings(parts[index], parts, sentence, scene, knowledge)
    anchor = _anchor_in_sentence(index, parts, chosen)
    if anchor is not None:
        followed = _inherit(parts[index], chosen[anchor], knowledge)
        if followed and not (own and own[0].score > followed[0].score + 1.0 and _said_here(own[0], sentence)):
            return followed
    if own and own[0].score >= THRESHOLD and _said_here(own[0], sentence):
        return own
    if any(same_kind(parts[index].figure, p.figure) for p in parts[:index] if p.part is Part.VALUE):
        return own
    return _remembered(parts[index], scene, knowledge, sentence) or own


def _said_here(reading: Reading, sentence: Sentence) -> bool:
    return reading.where is sentence.where and sentence.start <= reading.mention.start < sentence.end


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
    if before:
        pair = _paired(index, parts, before)
        return before[0] if pair is None else pair
    bare = {None, Unit.COUNT}
    own = parts[index].figure.unit
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


def _inherit(playing: Playing, readings: list[Reading], knowledge: Knowledge) -> list[Reading]:
    """The anchor's readings, as far as the figure suits them."""
    kept: list[Reading] = []
    for reading in readings:
        indicator = knowledge.catalogue.indicators[reading.match.indicator_id]
        if playing.figure.unit is None or agreement(playing.figure, indicator, "") > IMPOSSIBLE:
            amount = 0.2 if in_bounds(playing.figure.value, indicator) else -2.5
            feature = Feature("follows_value", amount, "goes with the value beside it")
            kept.append(
                Reading(
                    reading.match, reading.score + amount, reading.mention, reading.where, [*reading.features, feature]
                )
            )
    return kept


def _remembered(playing: Playing, scene: Scene, knowledge: Knowledge, sentence: Sentence) -> list[Reading]:
    """The measure of the value linked last ("This is lower than quarter 1 (80.6%)"), where the units agree."""
    if sentence.mentions.indicators:
        return []
    for anchor in anchors_for(playing.figure, scene.anchors[-3:]):
        reading = anchor_reading(anchor, playing, knowledge.catalogue)
        if reading is not None:
            return [reading]
    return []


def _in_order(
    parts: list[Playing],
    sentence: Sentence,
    chosen: dict[int, list[Reading]],
    knowledge: Knowledge,
) -> None:
    """Where "respectively" stands, values follow the order of the names."""
    cue = next((c for c in sentence.mentions.cues if c.cue == "respectively"), None)
    if cue is None:
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
            readings = direct_readings(parts[index], where, mention, knowledge.catalogue)
        if readings:
            feature = Feature("respectively", 1.5, "“respectively” puts values and names in one order")
            chosen[index] = [
                Reading(r.match, r.score + 1.5, r.mention, r.where, [*r.features, feature]) for r in readings
            ]


def _candidate(
    playing: Playing,
    readings: list[Reading],
    sentence: Sentence,
    scene: Scene,
    knowledge: Knowledge,
    time: PeriodMention | None,
    method: Method,
) -> Candidate | None:
    best = readings[0]
    indicator = knowledge.catalogue.indicators[best.match.indicator_id]
    figure = playing.figure
    value = figure.value
    flags = list(figure.flags)
    if value is None and figure.form in {FigureForm.PARTS, FigureForm.ALL, FigureForm.ODDS}:
        value = computed(figure)
        flags.append("computed")
    if value is None and figure.status.value == "reported":
        return None
    if figure.form is FigureForm.RANGE or (figure.bound and playing.part is not Part.TARGET):
        return None
    if figure.unit is not None and figure.unit is not Unit.COUNT and figure.unit is not indicator.unit:
        flags.append("unit_repaired")
    role = Role.TARGET if playing.part is Part.TARGET else Role.ACTUAL
    area, period = _place_and_time(playing, time, scene, indicator)
    span = sentence.where.span(figure.start, figure.end)
    same_block = best.where is sentence.where
    start = min(figure.start, best.mention.start) if same_block and _said_here(best, sentence) else figure.start
    end = max(figure.end, best.mention.end) if same_block and _said_here(best, sentence) else figure.end
    return Candidate(
        figure=figure,
        match=best.match,
        rivals=[reading.match for reading in readings[1:4]],
        label=best.where.label(best.mention),
        label_span=best.where.span(best.mention.start, best.mention.end),
        unit=indicator.unit,
        value=value,
        value_text=figure.text,
        role=role,
        area=area,
        period=period,
        evidence=[sentence.where.span(start, end)],
        figure_span=span,
        method=method,
        block=sentence.where.index,
        status=figure.status,
        numerator=0.0 if figure.form is FigureForm.NONE and indicator.unit is Unit.PERCENT else figure.numerator,
        denominator=figure.denominator,
        features=[*best.features, _margin(readings), _time_feature(period)],
        flags=[*flags, *best.mention.flags],
    )


def _margin(readings: list[Reading]) -> Feature:
    margin = readings[0].score - readings[1].score if len(readings) > 1 else 3.0
    text = "no other measure comes near" if margin >= 1.0 else "another measure fits nearly as well"
    return Feature("margin", min(margin, 3.0), text)


def _time_feature(period: Period | None) -> Feature:
    if period is None:
        return Feature("period_unknown", 1.0, "no time is stated")
    if period.basis is Basis.STATED:
        return Feature("period_stated", 1.0, f"the time is stated: {period.text or period.code}")
    return Feature("period_inferred", 1.0, f"the time follows from the heading or the report: {period.code}")


def _place_and_time(
    playing: Playing, time: PeriodMention | None, scene: Scene, indicator: Indicator
) -> tuple[Area | None, Period | None]:
    area = scene.area_of(playing.area) if playing.area else scene.own_area()
    data = scene.anchors[-1].candidate.period if scene.anchors else None
    period: Period | None = None
    if time is not None:
        period = fit_period(scene.resolve(_as_flow(time, indicator), data), indicator)
        if period is not None:
            if playing.part is Part.VALUE and time.expression.form == "month" and time.expression.year is None:
                period = _later_update(period, scene)
            return area, period.with_basis(period.basis, time.text)
    if playing.part is Part.PREVIOUS:
        return area, None
    if not area.is_reporting_authority:
        above = scene.period_above()
        return area, fit_period(above, indicator)
    return area, scene.undated(indicator)


def _as_flow(time: PeriodMention, indicator: Indicator) -> PeriodMention:
    """Take "the same point last year" for the same stretch of that year, where values are gathered over one."""
    if indicator.is_stock or time.expression.form != "same_point_last_year":
        return time
    return replace(time, expression=replace(time.expression, form="same_period_last_year"))


def _later_update(period: Period, scene: Scene) -> Period:
    """A month without a year that reads as nearly a year before the report is an update typed in after its period.

    Year ends are compared with throughout the year, so March stays; where the meeting's date is known it has decided.
    """
    report = scene.facts.period.value
    if report is None or scene.facts.meeting_date.value is not None or period.end.month == 3:
        return period
    later = month(period.end.year + 1, period.end.month)
    months_ahead = (later.end.year - report.end.year) * 12 + later.end.month - report.end.month
    return later.with_basis(Basis.INFERRED, period.text) if 0 < months_ahead <= 4 else period


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
                replace(candidate, area=area, role=Role.ACTUAL, period=period, evidence=list(candidate.evidence))
            )
        if playing.also_target:
            told.shared.append(
                replace(candidate, area=scene.own_area(), role=Role.TARGET, evidence=list(candidate.evidence))
            )
        if playing.area is None:
            del told.links[index]
