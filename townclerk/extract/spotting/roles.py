"""Role cues: the words that say whether a figure is a value, a target, an old value, a change, a rank."""

from __future__ import annotations

import re

from townclerk.models.mentions import RoleCue
from townclerk.patterns.phrases import lower_as_long
from townclerk.patterns.roles import RoleWords, role_words

_SPACES = re.compile(r"\s+")


def find_cues(text: str) -> list[RoleCue]:
    """Every role cue in a text, in order of start; a phrase with several meanings gives one cue for each.

    Args:
        text: Running text or a label.

    Returns:
        Cues with offsets into `text`. Ranks carry `number` and `of`, quartiles `number`.
    """
    words = role_words()
    lowered = lower_as_long(text)
    cues = [
        *_plain(lowered, words),
        *_ranks(text, lowered, words),
        *_quartiles(text, lowered, words),
        *_subgroups(lowered, words),
    ]
    return sorted(cues, key=lambda cue: (cue.start, cue.end))


def _plain(lowered: str, words: RoleWords) -> list[RoleCue]:
    found: list[RoleCue] = []
    for match in words.cue_pattern.finditer(lowered):
        printed = _SPACES.sub(" ", match[0])
        names = words.cue_names.get(printed) or _stem_names(printed, words)
        found.extend(RoleCue(match.start(), match.end(), name, printed) for name in names)
    return found


def _stem_names(printed: str, words: RoleWords) -> tuple[str, ...]:
    """The cues of a phrase that was given with any ending."""
    return next((names for stem, names in words.cue_stems.items() if printed.startswith(stem)), ())


def _ranks(text: str, lowered: str, words: RoleWords) -> list[RoleCue]:
    found: list[RoleCue] = []
    for rank in words.ranks:
        if not any(word in lowered for word in rank.needs):
            continue
        for match in rank.pattern.finditer(lowered):
            if any(cue.start < match.end() and match.start() < cue.end for cue in found):
                continue
            groups = match.groupdict()
            if followed_by_quartile(lowered, match.end(), words):
                continue
            size = groups.get("of")
            found.append(
                RoleCue(
                    match.start(),
                    match.end(),
                    "rank",
                    text[match.start() : match.end()],
                    float(_position(groups, words)),
                    float(size) if size else None,
                )
            )
    return found


def followed_by_quartile(lowered: str, end: int, words: RoleWords) -> bool:
    """True where the ordinal ending at `end` of a lower-case text is a quartile's ("ranked in the third quartile")."""
    return any(match.start() < end < match.end() for match in words.quartile_pattern.finditer(lowered[: end + 20]))


def _position(groups: dict[str, str | None], words: RoleWords) -> int:
    """The rank a match gives: 1 for "top", else the number."""
    if groups.get("top"):
        return 1
    printed = groups.get("ordinal") or groups.get("plain") or "1"
    digits = "".join(char for char in printed if char.isdigit())
    return int(digits) if digits else words.ordinals.get(printed, 1)


def _quartiles(text: str, lowered: str, words: RoleWords) -> list[RoleCue]:
    return [
        RoleCue(
            m.start(),
            m.end(),
            "quartile",
            text[m.start() : m.end()],
            float(words.quartile_of[_SPACES.sub(" ", m[0])]),
        )
        for m in words.quartile_pattern.finditer(lowered)
    ]


def _subgroups(lowered: str, words: RoleWords) -> list[RoleCue]:
    return [RoleCue(m.start(), m.end(), "subgroup", m[0]) for m in words.subgroup_pattern.finditer(lowered)]
