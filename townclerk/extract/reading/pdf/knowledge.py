"""What the reader of pages knows: symbol fonts and colours, from `patterns/layout.yaml`."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from townclerk.models.units import Rag
from townclerk.patterns.kept import kept
from townclerk.patterns.yaml_files import load_yaml, shipped


class SymbolFont(BaseModel):
    """Characters of a symbol font and what they show."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    font: str
    characters: dict[str, str]


class ColourRange(BaseModel):
    """A range of hues (degrees; may wrap around 0) that stands for a colour of the scale."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    rag: Rag
    hue: tuple[float, float]
    least_saturation: float = Field(ge=0, le=1)
    least_value: float = Field(ge=0, le=1)


class LayoutFile(BaseModel):
    """The top level of `layout.yaml`."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    symbol_fonts: list[SymbolFont]
    rag_colours: list[ColourRange]
    caption_openers: str
    source_openers: str
    value: list[str]
    period_head: list[str]
    glued_periods: str
    earlier_label: str
    time_behind: str
    before_threshold: str


@dataclass(slots=True, frozen=True)
class Layout:
    """The file, ready for use.

    Attributes:
        fonts: Expression for a font's name, and its characters.
        colours: Hue ranges.
        caption: Matches the start of a table's or figure's caption.
        source: Matches the start of a note that names a source.
        value: Matches a whole cell that is a value.
        period_head: Matches a whole cell that is a period, such as a year, at the head of a column.
        glued_periods: Matches (nothing) between two periods that run together.
        earlier_label: Matches all words of a label that says an earlier time.
        time_behind: Matches what follows a value of another time.
        before_threshold: Words before a number that is a limit or a date, not a value.
    """

    fonts: tuple[tuple[re.Pattern[str], dict[str, str]], ...]
    colours: tuple[ColourRange, ...]
    caption: re.Pattern[str]
    source: re.Pattern[str]
    value: re.Pattern[str]
    period_head: re.Pattern[str]
    glued_periods: re.Pattern[str]
    earlier_label: re.Pattern[str]
    time_behind: re.Pattern[str]
    before_threshold: frozenset[str]

    def symbol_table(self, font: str) -> dict[str, str] | None:
        """The characters of a symbol font; None for a font of letters."""
        return _symbol_table(font)

    def translate(self, character: str, font: str) -> str:
        """What a character of a symbol font (or of private meaning) shows; itself where that is not known."""
        plain = chr(ord(character) - 0xF000) if 0xF020 <= ord(character) <= 0xF0FF else character
        table = _symbol_table(font)
        if table is None:
            if plain == character:
                return character
            table = self.fonts[0][1]
        return table.get(plain, character)

    def rag_of(self, colour: int) -> Rag | None:
        """The colour of the scale that a fill stands for; None for greys, whites, blues and the like."""
        red, green, blue = colour >> 16 & 255, colour >> 8 & 255, colour & 255
        hue, saturation, value = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
        degrees = hue * 360
        for one in self.colours:
            first, last = one.hue
            inside = first <= degrees <= last if first <= last else degrees >= first or degrees <= last
            if inside and saturation >= one.least_saturation and value >= one.least_value:
                return one.rag
        return None


@kept
def layout_knowledge() -> Layout:
    """What `layout.yaml` holds.

    Raises:
        PatternError: If the file is faulty.
    """
    file = load_yaml(shipped("layout.yaml"), LayoutFile)
    return Layout(
        tuple((re.compile(one.font, re.IGNORECASE), one.characters) for one in file.symbol_fonts),
        tuple(file.rag_colours),
        re.compile(file.caption_openers, re.IGNORECASE),
        re.compile(file.source_openers, re.IGNORECASE),
        re.compile("|".join(file.value), re.IGNORECASE),
        re.compile("|".join(file.period_head), re.IGNORECASE),
        re.compile(file.glued_periods, re.IGNORECASE),
        re.compile(file.earlier_label, re.IGNORECASE),
        re.compile(file.time_behind, re.IGNORECASE),
        frozenset(file.before_threshold.split()),
    )


@lru_cache(maxsize=512)
def _symbol_table(font: str) -> dict[str, str] | None:
    return next((table for pattern, table in layout_knowledge().fonts if pattern.search(font)), None)
