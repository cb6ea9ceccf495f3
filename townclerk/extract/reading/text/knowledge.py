"""What the text reader knows, loaded once from `patterns/reading.yaml` and made ready for use."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from townclerk.patterns.expressions import Expression
from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped


class ReadingFile(BaseModel):
    """The content of `reading.yaml`; the file itself says what each part means."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    furniture: list[Expression]
    repeated_furniture: list[Expression]
    tile_phrases: dict[str, Expression]
    tile_opening: Expression
    chart_phrases: list[Expression]
    comment_headings: list[Expression]
    open_words: str
    whole_ends: list[str]
    statement_verbs: str
    statement_openers: str
    relative_words: str
    hyphen_prefixes: str
    legend_openers: list[str]
    bullets: str
    leaked_bullets: str
    lone_markers: list[Expression]
    captions: Expression
    rest_of_label: Expression
    period_line: Expression
    period_part: Expression


@dataclass(slots=True, frozen=True)
class Knowledge:
    """The file's content, compiled. Names as in the file."""

    furniture: re.Pattern[str]
    repeated_furniture: re.Pattern[str]
    tile_phrase: re.Pattern[str]
    chart_phrase: re.Pattern[str]
    comment_heading: re.Pattern[str]
    caption: re.Pattern[str]
    bullet: re.Pattern[str]
    legend_opener: re.Pattern[str]
    open_words: frozenset[str]
    whole_ends: tuple[str, ...]
    statement_verbs: frozenset[str]
    statement_openers: frozenset[str]
    relative_words: frozenset[str]
    hyphen_prefixes: frozenset[str]
    lone_marker: re.Pattern[str]
    glyphs: str
    rest_of_label: re.Pattern[str]
    period_line: re.Pattern[str]
    period_part: re.Pattern[str]


@kept
def knowledge() -> Knowledge:
    """The shipped knowledge.

    Raises:
        PatternError: The file is faulty.
    """
    return compile_knowledge(load_yaml(shipped("reading.yaml"), ReadingFile))


def compile_knowledge(file: ReadingFile) -> Knowledge:
    """Make a file's content ready for use."""
    tile = "|".join(f"(?P<{key}>{expression})" for key, expression in file.tile_phrases.items())
    glyphs = "".join(re.escape(glyph) for glyph in file.bullets)
    leaked = "".join(re.escape(glyph) for glyph in file.leaked_bullets)
    return Knowledge(
        furniture=_whole_line(file.furniture),
        repeated_furniture=_whole_line(file.repeated_furniture),
        tile_phrase=re.compile(f"(?={file.tile_opening})(?:{tile})"),
        chart_phrase=re.compile("|".join(file.chart_phrases)),
        comment_heading=_whole_line(file.comment_headings),
        caption=re.compile(f"(?:{file.captions})", re.IGNORECASE),
        # Private use characters are symbol fonts' bullets; a dash is a bullet before a blank and no digit alone.
        bullet=re.compile(
            rf"(?P<glyph>(?:[{glyphs}\ue000-\uf8ff]\ufe0f?\s*)+|[-–—−](?=\s+\S)|\+(?=\s+[A-Za-z])"
            rf"|[{leaked}](?=\s+[A-Z0-9\"'‘“£]))\s*(?=\S)"
        ),
        legend_opener=re.compile(rf"(?:{'|'.join(map(re.escape, file.legend_openers))})\s*(?::|$)", re.IGNORECASE),
        open_words=frozenset(file.open_words.split()),
        whole_ends=tuple(file.whole_ends),
        statement_verbs=frozenset(file.statement_verbs.split()),
        statement_openers=frozenset(file.statement_openers.split()),
        relative_words=frozenset(file.relative_words.split()),
        hyphen_prefixes=frozenset(file.hyphen_prefixes.split()),
        lone_marker=_whole_line(file.lone_markers),
        glyphs=glyphs,
        rest_of_label=_whole_line([file.rest_of_label]),
        period_line=_whole_line([file.period_line]),
        period_part=re.compile(file.period_part, re.IGNORECASE),
    )


def _whole_line(expressions: list[str]) -> re.Pattern[str]:
    """One expression for all of a list, to be used with `fullmatch`."""
    return re.compile("|".join(f"(?:{expression})" for expression in expressions), re.IGNORECASE)
