"""The words that give a figure its part in a sentence, loaded from `roles.yaml`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain, product

from pydantic import BaseModel, ConfigDict, field_validator

from townclerk.patterns.expressions import Expression, Finder, sound
from townclerk.patterns.kept import kept
from townclerk.patterns.phrases import PhraseFinder, any_phrase
from townclerk.patterns.yaml_files import load_yaml, shipped

_NUMBER = r"\d{1,3}"


class Counted(BaseModel):
    """What a bare number can count."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    people: frozenset[str]
    never: frozenset[str]
    kinds: dict[str, frozenset[str]]
    plain: frozenset[str]
    events: frozenset[str]
    lead_in: frozenset[str]
    stop: frozenset[str]


class Foreseen(BaseModel):
    """Finds levels that are only foreseen.

    Attributes:
        needs: Finds words of which a text that tells one holds one.
        before: Finds the verb of such a level with all up to it ("are forecast to rise from 402 to").
        noun: Finds a noun of such a level with all up to it ("the projected number of plans is").
        movement: Finds the noun of a movement right before a level ("a rise to").
        behind: Matches, behind a level, what says that it is foreseen ("is anticipated").
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    needs: PhraseFinder
    before: Finder
    noun: Finder
    movement: Finder
    behind: Finder


class RankWords(BaseModel):
    """How a rank is told, in lower case, and words of which a text that tells one so must hold one."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    needs: list[str]
    pattern: str


class RolesFile(BaseModel):
    """The shape of `roles.yaml`."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    cues: dict[str, list[str]]
    set_aside_behind: frozenset[str]
    amends: frozenset[str]
    now_words: frozenset[str]
    put_right: frozenset[str]
    parts_of_whole: frozenset[str]
    predicates: frozenset[str]
    tallied: frozenset[str]
    level_nouns: frozenset[str]
    asides: list[Expression]
    no_measure: list[Expression]
    movements: list[Expression]
    target_heading: Finder
    aiming: Finder
    of_the_measure: Finder
    led_aside: Finder
    people_of: dict[str, str]
    people_joins: frozenset[str]
    tells_more: frozenset[str]
    moved_measures: PhraseFinder
    holds: Finder
    people_led: frozenset[str]
    episode_nouns: frozenset[str]
    begun_before: Finder
    begun: dict[str, str]
    passing_before: Finder
    passing_behind: Finder
    not_undone: Finder
    foreseen: Foreseen
    say_again: Finder
    chaining: frozenset[str]
    speaking: list[Expression]
    offices: list[Expression]
    presenting: list[Expression]
    audiences: list[Expression]
    no_cues: list[str]
    composed: dict[str, list[list[list[str]]]]
    beside_target: list[list[str]]
    gaps: list[str]
    elliptical: list[str]
    subgroups: PhraseFinder
    ranks: list[RankWords]
    quartiles: dict[int, list[str]]
    colours: dict[str, list[str]]
    ordinals: list[str]
    counted: Counted
    share_words: list[str]
    place_before: list[str]
    place_leads: frozenset[str]
    place_behind: list[str]
    sections_aside: list[str]
    dated_by: list[str]

    @field_validator("ranks")
    @classmethod
    def _templates_compile(cls, ranks: list[RankWords]) -> list[RankWords]:
        for template in (rank.pattern for rank in ranks):
            sound(template.replace("{ordinal}", "x").replace("{n}", "x"))
        return ranks


@dataclass(slots=True, frozen=True)
class RankPattern:
    """Finds a rank in lower-case text; only worth trying where the text holds a word of `needs`."""

    needs: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(slots=True, frozen=True)
class RoleWords:
    """Compiled role words.

    Attributes:
        cue_pattern: Finds every cue phrase, and the phrases that only look like one, in lower-case text, the longest at
            each place.
        set_aside_behind: Words right behind a figure that make it a tolerance, a threshold or a forecast.
        amends: Words of a target that put a figure right where the sentence says that one was wrong.
        now_words: Words that make the figure behind them the newest level.
        put_right: Words that, beside those, put an earlier figure right: it keeps its time.
        parts_of_whole: Measures whose words may name a part that a share is of.
        predicates: Verbs that say something of such a part.
        tallied: Words behind such a verb that say nothing more of it.
        level_nouns: Nouns of a level that a time before them dates.
        asides: Finds words for what a measure counts in or leaves out.
        no_measure: Finds words that hold a measure's word and name none.
        movements: Verbs that tell a movement.
        went: Finds "crept up to" and the like, which tell a movement and no bound.
        aiming: Finds the opening of a sentence that tells what is aimed at.
        of_the_measure: Matches the opening of a sentence that is of the measure told before it ("Performance was").
        led_aside: Finds what leads in a part of a sentence that tells when or why ("when nine workers left").
        people_of: The measure of the children behind a count of what happened to them, by the measure of that.
        people_joins: Words that may stand between the two counts.
        tells_more: Words that between what moved and a number tell something else.
        moved_measures: Finds the names of what has a measure of its movement.
        holds: Finds what only says who is among those counted.
        people_led: Words that may stand between them where the children come first.
        episode_nouns: What a count of such happenings may be told in.
        begun_before: Finds, at the end of what stands before a number, words that make it one of those begun.
        begun: The measure of those begun, by that of those there are.
        passing_before: Finds, at the end of what stands before a number, that it is of all in the course of a time.
        passing_behind: Matches such words behind a number.
        not_undone: Matches, where a negation begins, what says of nothing that it was not done.
        foreseen: Finds levels that are only foreseen.
        say_again: Matches all between a time and a value that tells the one before it in other terms.
        chaining: Words that may stand between the values of one measure at several times, beside times and movements.
        target_heading: Matches all of a heading, its times left out, that says that targets follow.
        reporting: Matches, at the start of a sentence, who told whom of it: "The Director told members that".
        cue_names: The cue names of each phrase, lower case, white space single.
        cue_stems: The same of the phrases that may have any ending, by what stands before it.
        gap_words: Words that may stand between a cue and its figure.
        elliptical: Words that do not name a subject.
        subgroup_pattern: Finds words for a part of the children in lower-case text.
        ranks: Find a rank.
        quartile_pattern: Finds a quartile phrase in lower-case text.
        quartile_of: The quartile (1 is best) of each phrase.
        ordinals: Position of each ordinal word.
        people: Nouns that suit any count of children or cases.
        uncounted: Nouns that no measure counts.
        kinds: The kind of each plural noun that only some measures count (`carers` -> `carers`).
        things_plain: Plural nouns that suit many measures.
        things_events: Of these, happenings that only a measure whose name or definition says the word counts.
        things_lead_in: Words that may stand between a figure and what it counts ("of", "the").
        things_stop: Words at which the thing that is counted has been named.
        share_words: Words that make a label speak of a share.
        place_before: Words that may stand between a place and the figure behind it.
        place_leads: Words that may stand between a place and the name of its measure.
        place_behind: Words that may stand between a figure and the place behind it.
        sections_aside: Headings, lower case, under which figures are no observations.
        dated_by: Words that may stand between a time and the figure it dates.
    """

    cue_pattern: re.Pattern[str]
    set_aside_behind: frozenset[str]
    amends: frozenset[str]
    now_words: frozenset[str]
    put_right: frozenset[str]
    parts_of_whole: frozenset[str]
    predicates: frozenset[str]
    tallied: frozenset[str]
    level_nouns: frozenset[str]
    asides: re.Pattern[str]
    no_measure: re.Pattern[str]
    movements: frozenset[str]
    went: re.Pattern[str]
    aiming: re.Pattern[str]
    of_the_measure: re.Pattern[str]
    led_aside: re.Pattern[str]
    people_of: dict[str, str]
    people_joins: frozenset[str]
    tells_more: frozenset[str]
    moved_measures: re.Pattern[str]
    holds: re.Pattern[str]
    people_led: frozenset[str]
    episode_nouns: frozenset[str]
    begun_before: re.Pattern[str]
    begun: dict[str, str]
    passing_before: re.Pattern[str]
    passing_behind: re.Pattern[str]
    not_undone: re.Pattern[str]
    foreseen: Foreseen
    say_again: re.Pattern[str]
    chaining: frozenset[str]
    target_heading: re.Pattern[str]
    reporting: re.Pattern[str]
    cue_names: dict[str, tuple[str, ...]]
    cue_stems: dict[str, tuple[str, ...]]
    gap_words: frozenset[str]
    elliptical: frozenset[str]
    subgroup_pattern: re.Pattern[str]
    ranks: tuple[RankPattern, ...]
    quartile_pattern: re.Pattern[str]
    quartile_of: dict[str, int]
    ordinals: dict[str, int]
    people: frozenset[str]
    uncounted: frozenset[str]
    kinds: dict[str, str]
    things_plain: frozenset[str]
    things_events: frozenset[str]
    things_lead_in: frozenset[str]
    things_stop: frozenset[str]
    share_words: tuple[str, ...]
    place_before: frozenset[str]
    place_leads: frozenset[str]
    place_behind: frozenset[str]
    sections_aside: frozenset[str]
    dated_by: frozenset[str]

    def lack_a_verb(self, words: Collection[str]) -> bool:
        """Whether no word, in lower case, is a verb that says something or tells a movement: they are a label's."""
        return self.predicates.isdisjoint(words) and self.movements.isdisjoint(words)


@kept
def role_words() -> RoleWords:
    """The shipped role words, compiled once.

    Raises:
        PatternError: If `roles.yaml` is faulty.
    """
    file = load_yaml(shipped("roles.yaml"), RolesFile)
    names: dict[str, tuple[str, ...]] = {}
    for cue, phrases in file.cues.items():
        for phrase in phrases:
            key = phrase.lower()
            names[key] = (*names.get(key, ()), cue)
    for cue, choices in file.composed.items():
        for phrase in chain.from_iterable(map(_one_of_each, choices)):
            names[phrase] = (*names.get(phrase, ()), cue)
    quartile_of = {phrase: number for number, phrases in file.quartiles.items() for phrase in phrases}
    ordinal = rf"\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(file.ordinals)}"
    return RoleWords(
        cue_pattern=any_phrase([*names, *file.no_cues, *_one_of_each(file.beside_target)]),
        set_aside_behind=file.set_aside_behind,
        amends=file.amends,
        now_words=file.now_words,
        put_right=file.put_right,
        parts_of_whole=file.parts_of_whole,
        predicates=file.predicates,
        tallied=file.tallied,
        level_nouns=file.level_nouns,
        asides=re.compile(rf"\b(?:{'|'.join(file.asides)})\b", re.IGNORECASE),
        no_measure=re.compile(rf"\b(?:{'|'.join([*file.no_measure, _office(file)])})\b", re.IGNORECASE),
        movements=frozenset(file.movements),
        went=re.compile(rf"\b(?:{'|'.join(file.movements)})\s+(?:up|down)\s+to\b", re.IGNORECASE),
        aiming=file.aiming,
        of_the_measure=file.of_the_measure,
        led_aside=file.led_aside,
        people_of=file.people_of,
        people_joins=file.people_joins,
        tells_more=file.tells_more,
        moved_measures=file.moved_measures,
        holds=file.holds,
        people_led=file.people_led,
        episode_nouns=file.episode_nouns,
        begun_before=file.begun_before,
        begun=file.begun,
        passing_before=file.passing_before,
        passing_behind=file.passing_behind,
        not_undone=file.not_undone,
        foreseen=file.foreseen,
        say_again=file.say_again,
        chaining=file.chaining,
        target_heading=file.target_heading,
        reporting=_reporting(file),
        cue_names=names,
        cue_stems={phrase.removesuffix("*"): names[phrase] for phrase in names if phrase.endswith("*")},
        gap_words=frozenset(word.lower() for word in file.gaps),
        elliptical=frozenset(word.lower() for word in file.elliptical),
        subgroup_pattern=file.subgroups,
        ranks=tuple(
            RankPattern(tuple(rank.needs), re.compile(rf"(?<!\w){_fill(rank.pattern, ordinal)}(?!\w)"))
            for rank in file.ranks
        ),
        quartile_pattern=any_phrase(quartile_of),
        quartile_of=quartile_of,
        ordinals={word: number for number, word in enumerate(file.ordinals, start=1)},
        people=file.counted.people,
        uncounted=file.counted.never,
        kinds={noun: kind for kind, nouns in file.counted.kinds.items() for noun in nouns},
        things_plain=file.counted.plain,
        things_events=file.counted.events,
        things_lead_in=file.counted.lead_in,
        things_stop=file.counted.stop,
        share_words=tuple(file.share_words),
        place_before=frozenset(file.place_before),
        place_leads=file.place_leads,
        place_behind=frozenset(file.place_behind),
        sections_aside=frozenset(file.sections_aside),
        dated_by=frozenset(file.gaps) | frozenset(file.dated_by),
    )


def _one_of_each(lists: list[list[str]]) -> Iterator[str]:
    """Every phrase put together of one from each list in turn."""
    return map(" ".join, product(*lists))


def _fill(template: str, ordinal: str) -> str:
    """A rank template with its blanks filled, any white space allowed between words."""
    return template.replace("{ordinal}", ordinal).replace("{n}", _NUMBER).replace(" ", r"\s+")


def _office(file: RolesFile) -> str:
    """A speaker's office with the capitals of what it is over: "Head of Children in Care" of "... reported that"."""
    field = r"(?-i:(?:[A-Z][\w’'-]*,?|and|of|in|for|the|&)\s+)+"
    verbs = "|".join([*file.speaking, *file.presenting])
    return rf"(?:{'|'.join(file.offices)})\s+(?:of|for)\s+{field}(?=(?:(?:has|had|then|also)\s+)*(?:{verbs})\b)"


def _reporting(file: RolesFile) -> re.Pattern[str]:
    verbs, audiences = "|".join(file.speaking), "|".join(file.audiences)
    return re.compile(
        rf"\W*(?:[\w.'’-]+\s+){{1,6}}?(?:{verbs})\b(?:\s+(?:the\s+)?(?:{audiences})\b)?(?:\s+that\b)?", re.IGNORECASE
    )
