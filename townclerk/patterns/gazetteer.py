"""The authorities the program knows by name, and how a printed name is traced to one of them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from townclerk.models.area import Authority
from townclerk.models.errors import PatternError, why_unread
from townclerk.patterns.area_words import load_area_words
from townclerk.patterns.kept import kept
from townclerk.patterns.phrases import branches
from townclerk.patterns.yaml_files import shipped

_NOT_A_WORD = re.compile(r"[^a-z0-9&']+")
_SHORTEST_NAME = 4
_CITY_OF = re.compile(r"(?P<name>.+), (?P<rank>City|County) of")


@dataclass(slots=True, frozen=True)
class Gazetteer:
    """Authorities and the ways their names are written.

    Attributes:
        authorities: Every authority, an authority that changed its code once for each code.
        aliases: Normalised name to the authorities that bear it, newest first.
        names: Finds their names as printed in running text and in capitals.
        regions: Regions of the user's own (rows whose `la_type` is `region`).
        groups: Groups of areas of the user's own (rows whose `la_type` is `group`): a comparator family, a partnership.
    """

    authorities: tuple[Authority, ...]
    aliases: dict[str, tuple[Authority, ...]]
    names: re.Pattern[str]
    regions: tuple[Authority, ...] = ()
    groups: tuple[Authority, ...] = ()

    def find_name(self, text: str, on: date | None = None) -> Authority | None:
        """The authority a printed name means ("Harlowshire County Council", "London Borough of Sutton").

        Args:
            text: A name, with or without words such as "County Council" around it.
            on: A day; of several authorities with one name, the one that existed then is taken. Without it, the newest.

        Returns:
            The authority, or None where `text` is no name the gazetteer knows.
        """
        for form in _shorter_forms(normalise_name(text)):
            if bearers := self.aliases.get(form):
                return next((one for one in bearers if on and _existed(one, on)), bearers[0])
        return None


def normalise_name(text: str) -> str:
    """A name in lower case, `&` as "and" between words, all other marks as single blanks."""
    plain = text.lower().replace("’", "'").replace("'s", "s").replace("'", "")
    plain = re.sub(r"(?<=\w\w) ?& ?(?=\w\w)", " and ", plain)
    return _NOT_A_WORD.sub(" ", plain).strip()


def load_gazetteer(extra: Sequence[Path] = ()) -> Gazetteer:
    """The project's authorities and those of the user's own files.

    Args:
        extra: CSV files with a `name` column; `gss_code`, `short_names` (divided by `;`), `region`, `valid_from` and
            `valid_to` are read where present, and `la_type` where it says `region` or `group`. They come before the
            project's own rows of the same name.

    Raises:
        PatternError: With every fault of the files, each with file and line.
    """
    if not extra:
        return _shipped_gazetteer()
    faults: list[str] = []
    rows: list[tuple[str, Authority]] = []
    for path in extra:
        rows.extend(_read_file(path, faults))
    if faults:
        raise PatternError(faults)
    own = {kind: tuple(one for said, one in rows if said == kind) for kind in ("region", "group")}
    added = [one for said, one in rows if said not in own]
    built = _build([*added, *_shipped_gazetteer().authorities])
    return replace(built, regions=own["region"], groups=own["group"])


@kept
def _shipped_gazetteer() -> Gazetteer:
    faults: list[str] = []
    text = shipped("authorities.csv").read_text(encoding="utf-8")
    authorities = [one for _, one in _read_rows(text, "authorities.csv", faults)]
    if faults:
        raise PatternError(faults)
    return _build(authorities)


def _read_file(path: Path, faults: list[str]) -> list[tuple[str, Authority]]:
    """Rows of one user file; a file that cannot be read is a fault like any other."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        faults.append(f"{path}:1: cannot be read ({why_unread(fault)}); give a UTF-8 CSV file with a `name` column")
        return []
    return list(_read_rows(text, str(path), faults))


def _read_rows(text: str, name: str, faults: list[str]) -> Iterable[tuple[str, Authority]]:
    """Each row's `la_type` and the area it names; faults are added to `faults`, sound rows are yielded."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if "name" not in (reader.fieldnames or ()):
        faults.append(f"{name}:1: has no `name` column; the first line must name the columns, one of them `name`")
        return
    for row in reader:
        line = reader.line_num
        if None in row:
            faults.append(f"{name}:{line}: has more values than the header has columns; quote values that hold commas")
            continue
        if not (row["name"] or "").strip():
            faults.append(f"{name}:{line}: the name is empty; write the authority's name or take the line out")
            continue
        try:
            yield (row.get("la_type") or "").strip().lower(), _authority(row)
        except ValueError as fault:
            faults.append(f"{name}:{line}: {fault}; write dates as 2019-04-01 or leave them empty")


def _authority(row: dict[str, str | None]) -> Authority:
    """One row as an authority."""

    def cell(column: str) -> str:
        return (row.get(column) or "").strip()

    return Authority(
        name=cell("name"),
        gss_code=cell("gss_code") or None,
        short_names=tuple(part.strip() for part in cell("short_names").split(";") if part.strip()),
        region=cell("region") or None,
        valid_from=date.fromisoformat(cell("valid_from")) if cell("valid_from") else None,
        valid_to=date.fromisoformat(cell("valid_to")) if cell("valid_to") else None,
    )


def _build(authorities: Sequence[Authority]) -> Gazetteer:
    """Index the authorities by every way of writing them; a full name wins over the same short name."""
    full: dict[str, list[Authority]] = {}
    short: dict[str, list[Authority]] = {}
    for one in authorities:
        for way in full_names(one):
            full.setdefault(normalise_name(way), []).append(one)
        for way in one.short_names:
            short.setdefault(normalise_name(way), []).append(one)
    index = {way: _newest_first(bearers) for way, bearers in full.items()}
    for way, bearers in short.items():
        index.setdefault(way, _newest_first(bearers))
    return Gazetteer(tuple(authorities), index, _names_of(authorities))


def _names_of(authorities: Iterable[Authority]) -> re.Pattern[str]:
    """Names as printed in running text and in capitals.

    Those that are everyday words count only right before a word of an organisation ("Reading local authority").
    """
    words = load_area_words()
    ambiguous = set(words.ambiguous)
    names: set[str] = set()
    guarded: set[str] = set()
    for authority in authorities:
        for way in (*full_names(authority), *authority.short_names):
            if len(way) >= _SHORTEST_NAME:
                spelt = {way, way.upper(), way.replace(" and ", " & ")}
                (guarded if normalise_name(way) in ambiguous else names).update(spelt)
    # The names are printed with single blanks; as a tree, they are told from other words by their first letters.
    plain, everyday, organisation = (branches(ways, " ") for ways in (names, guarded, words.organisation.after))
    beside = rf"{everyday}(?=\s+(?i:{organisation})\b)"
    return re.compile(rf"(?<![\w-])(?:{plain}|{beside})(?![\w-])")


def full_names(authority: Authority) -> tuple[str, ...]:
    """The name as printed in the table, and in plain order: "City of Bristol" and "Bristol" for "Bristol, City of"."""
    match = _CITY_OF.fullmatch(authority.name)
    if match is None:
        return (authority.name,)
    return authority.name, f"{match['rank']} of {match['name']}", match["name"]


def _newest_first(bearers: list[Authority]) -> tuple[Authority, ...]:
    return tuple(sorted(bearers, key=lambda one: one.valid_to or date.max, reverse=True))


def _existed(authority: Authority, on: date) -> bool:
    return (authority.valid_from or date.min) <= on <= (authority.valid_to or date.max)


@cache
def _affixes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words before and after a name, normalised, longest first."""
    words = load_area_words().organisation
    before = sorted({normalise_name(word) for word in words.before}, key=len, reverse=True)
    after = sorted({normalise_name(word) for word in words.after}, key=len, reverse=True)
    return tuple(before), tuple(after)


def _shorter_forms(name: str) -> Iterable[str]:
    """The name itself, then with ever more of the organisation's words taken off, breadth first."""
    before, after = _affixes()
    seen = {name: None}
    queue = [name]
    while queue:
        form = queue.pop(0)
        yield form
        shorter = [form.removeprefix(f"{word} ") for word in before if form.startswith(f"{word} ")]
        shorter += [form.removesuffix(f" {word}") for word in after if form.endswith(f" {word}")]
        for one in shorter:
            if one not in seen:
                seen[one] = None
                queue.append(one)
