"""From a figure with its measure to a candidate: value, role, place, time and evidence."""

from __future__ import annotations

from dataclasses import replace

from townclerk.extract.linking.conventions import fit_period
from townclerk.extract.linking.evidence import margin_of, time_told
from townclerk.extract.linking.prose.crowding import crowding
from townclerk.extract.linking.prose.cues import is_now
from townclerk.extract.linking.prose.datable import dates_something_else
from townclerk.extract.linking.prose.fractions import computed
from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.reading import Reading, said_in
from townclerk.extract.linking.prose.sentence import Sentence
from townclerk.extract.linking.prose.told import Setting
from townclerk.extract.linking.scene import Scene
from townclerk.models.area import Area
from townclerk.models.candidate import Candidate
from townclerk.models.indicator import Indicator
from townclerk.models.mentions import FigureForm, PeriodMention
from townclerk.models.period import Period, PeriodKind, financial_year, month, year_to_date
from townclerk.models.units import Basis, Method, Role, Unit
from townclerk.patterns.period_bases import period_bases

_TWO_YEARS = 725
_OF_MONTHS = frozenset({"month", "date"})


def make_candidate(
    playing: Playing,
    readings: list[Reading],
    here: Setting,
    time: PeriodMention | None,
    method: Method,
) -> Candidate | None:
    """The candidate of a figure and its best reading; None where the figure states no level of its own.

    Args:
        playing: The figure with its part.
        readings: What it may be of, best first; at least one.
        here: Where it stands.
        time: The time stated for it, if any.
        method: What the candidate says brought it about.
    """
    sentence, scene = here.sentence, here.scene
    best = readings[0]
    indicator = here.knowledge.catalogue.indicators[best.match.indicator_id]
    figure = playing.figure
    value = figure.value
    flags = list(figure.flags)
    if value is None and figure.form in {FigureForm.PARTS, FigureForm.ALL, FigureForm.ODDS}:
        value = computed(figure)
        flags.append("computed")
    if value is None and figure.status.value == "reported":
        return None
    if figure.unit is not None and figure.unit is not Unit.COUNT and figure.unit is not indicator.unit:
        flags.append("unit_repaired")
    aimed = playing.part is Part.VALUE and playing.area is None and scene.is_under_aims()
    role = Role.TARGET if aimed or playing.part is Part.TARGET else Role.ACTUAL
    if figure.form is FigureForm.RANGE or (figure.bound and role is not Role.TARGET):
        return None
    area, period = _place_and_time(playing, time, sentence, scene, indicator)
    span = sentence.where.span(figure.start, figure.end)
    named = said_in(best, sentence)
    start = min(figure.start, best.mention.start) if named else figure.start
    end = max(figure.end, best.mention.end) if named else figure.end
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
        features=[
            *best.features,
            margin_of(readings[0].score - readings[1].score if len(readings) > 1 else 3.0),
            time_told(period),
            *crowding(figure, best.mention if named else None, sentence, time),
        ],
        flags=[*flags, *best.mention.flags],
    )


def _place_and_time(
    playing: Playing, time: PeriodMention | None, sentence: Sentence, scene: Scene, indicator: Indicator
) -> tuple[Area | None, Period | None]:
    area = scene.area_of(playing.area) if playing.area else scene.own_area()
    data = _counted_from(time, sentence, scene)
    period: Period | None = None
    if time is not None:
        resolved = scene.resolve(_as_flow(time, indicator), data)
        if playing.part is Part.TARGET:
            resolved = _nearest_aim(resolved, time, scene)
        if playing.part is Part.VALUE and (time.expression.form == "this_year" or _runs_on(sentence)):
            resolved = _so_far(resolved, scene)
        if data is not None and time.expression.form == "year":
            resolved = _closing(resolved, data)
        period = fit_period(resolved, indicator)
        if period is not None:
            if playing.part is Part.VALUE and time.expression.form == "month" and time.expression.year is None:
                period = _later_update(period, time, sentence, scene)
            return area, period.with_basis(period.basis, time.text)
    if playing.part is Part.PREVIOUS:
        return area, None
    if not area.is_reporting_authority and not scene.is_reported_with_another(area):
        above = scene.period_above()
        return area, fit_period(above, indicator)
    if dates_something_else(sentence, playing.figure.start) and not is_now(playing.figure, sentence):
        return area, None
    if indicator.id in period_bases().over_years and (years := _years_told(playing, sentence, scene)) is not None:
        return area, years
    return area, scene.undated(indicator)


def _years_told(playing: Playing, sentence: Sentence, scene: Scene) -> Period | None:
    """The years that the paragraph told of last: "the scorecard covers the three years 2009-12. It took 214 days"."""
    told = [time for time in sentence.where.mentions.periods if time.end <= playing.figure.start]
    periods = map(scene.resolve, reversed(told))
    years = next((one for one in periods if one is not None and (one.end - one.start).days > _TWO_YEARS), None)
    return years.with_basis(Basis.INFERRED, years.text) if years is not None else None


def _counted_from(time: PeriodMention | None, sentence: Sentence, scene: Scene) -> Period | None:
    """The time of the value before, from which a relative one is counted.

    "In the previous quarter 118 children went missing 262 times" has one time, which is not counted from itself.
    """
    for anchor in reversed(scene.anchors[-3:]):
        candidate = anchor.candidate
        beside = candidate.block == sentence.where.index and sentence.start <= candidate.figure.start < sentence.end
        period = candidate.period
        if beside and time is not None and period is not None and period.text == time.text:
            continue
        return period
    return None


def _as_flow(time: PeriodMention, indicator: Indicator) -> PeriodMention:
    """Take "the same point last year" for the same stretch of that year, where values are gathered over one."""
    if indicator.is_stock or time.expression.form != "same_point_last_year":
        return time
    return replace(time, expression=replace(time.expression, form="same_period_last_year"))


def _closing(year: Period | None, newest: Period) -> Period | None:
    """The year that closed in "2018", beside a value of a year that ended on 31 March: "88%, up from 83% in 2018"."""
    if year is None or year.kind is not PeriodKind.CALENDAR_YEAR or (newest.end.month, newest.end.day) != (3, 31):
        return year
    if newest.kind not in {PeriodKind.FINANCIAL_YEAR, PeriodKind.DATE} or year.end.year > newest.end.year:
        return year
    return financial_year(year.end.year - 1).with_basis(Basis.INFERRED, year.text)


def _runs_on(sentence: Sentence) -> bool:
    """True where a sentence counts up to now: "in 2017/18 there were 7 adoptions to date"."""
    return any(cue.cue == "so_far" for cue in sentence.mentions.cues)


def _so_far(year: Period | None, scene: Scene) -> Period | None:
    """What a report in the middle of a year can tell of "this year": the part of it that is over."""
    report = scene.facts.period.value
    if year is None or report is None or not year.start <= report.end < year.end:
        return year
    return year_to_date(report.end.year, report.end.month).with_basis(year.basis, year.text)


def _nearest_aim(period: Period | None, time: PeriodMention, scene: Scene) -> Period | None:
    """A month or day without a year that an aim names is the nearest: in a report to September, "by end of October"."""
    report = scene.facts.period.value
    if time.expression.form not in _OF_MONTHS or time.expression.year is not None or report is None or period is None:
        return period
    next_one = scene.resolve(replace(time, expression=replace(time.expression, year=period.end.year + 1)))
    if next_one is None or abs(next_one.end - report.end) >= abs(period.end - report.end):
        return period
    return next_one.with_basis(Basis.INFERRED, period.text)


def _later_update(period: Period, time: PeriodMention, sentence: Sentence, scene: Scene) -> Period:
    """A month without a year that reads as nearly a year before the report is an update typed in after its period.

    Year ends are compared with throughout the year, so March stays; where the meeting's date is known it has decided.
    A month that leads a row of them up to the report's end is in order ("198 in June, 207 in September ...").
    """
    report = scene.facts.period.value
    behind = [p for p in sentence.mentions.periods if p.start > time.start and p.expression.form == "month"]
    if any(later is not None and later.end > period.end for later in map(scene.resolve, behind)):
        return period
    if report is None or scene.facts.meeting_date.value is not None or period.end.month == 3:
        return period
    later = month(period.end.year + 1, period.end.month)
    months_ahead = (later.end.year - report.end.year) * 12 + later.end.month - report.end.month
    return later.with_basis(Basis.INFERRED, period.text) if 0 < months_ahead <= 4 else period
