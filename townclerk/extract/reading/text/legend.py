"""Keys: what the document itself says its glyphs and marks stand for."""

from __future__ import annotations

import re

from townclerk.extract.reading.text.drafts import Draft
from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.models.document import BlockKind

_LONGEST_OPENER = 30

_DEFINED = re.compile(
    r"(?:^|[;,(]\s*|\s{2,})(?P<mark>[^\w\s(){}\[\]'\"“”‘’.,;:|/\\$£%&=-]{1,3}|[A-Za-z]{1,2}|#{2,}|\.\.|<\s?\d+|[-:])\s*(?:=|–\s|:\s)\s*(?P<meaning>[^;=\n]+?)(?=\s*(?:[;,]\s*\S{1,3}\s*[=]|;|$|\s{2,}))"
)


def gather_keys(drafts: list[Draft], source: str, known: Knowledge) -> None:
    """Make the list below a heading such as "Key" captions that explain their glyphs.

    The list ends where a glyph comes back or a blank line stands: from there on the glyphs mark measures.
    """
    seen: set[str] | None = None
    for draft in drafts:
        if draft.kind is BlockKind.LIST_ITEM and seen is not None:
            wide = draft.gap > 0 and bool(seen)
            if draft.marker in seen or draft.marker.isalnum() or wide:
                seen = None
                continue
            seen.add(draft.marker)
            draft.legend = {draft.marker: " ".join(source[start:end] for start, end in draft.spans)}
            draft.kind = BlockKind.CAPTION
            continue
        text = source[draft.spans[0][0] : draft.spans[0][1]].strip("*_ ")
        seen = set() if len(text) <= _LONGEST_OPENER and known.legend_opener.fullmatch(text) else None


def read_legend(text: str, known: Knowledge) -> dict[str, str]:
    """Marks and meanings of a key line ("Key: ▲ below target ● on target", "x = suppressed"), nothing for others."""
    found: dict[str, str] = {}
    opener = known.legend_opener.match(text)
    body = text[opener.end() :].strip() if opener else text
    if opener or len(text) <= 160:
        glyph = re.compile(
            rf"([{known.glyphs}\ue000-\uf8ff]\ufe0f?)\s*(?:[=:–-]\s*)?([^{known.glyphs}\ue000-\uf8ff;|]+)"
        )
        pairs = glyph.findall(body)
        if opener or (pairs and re.match(rf"[{known.glyphs}]\ufe0f?\s*=", body)):
            found.update({mark: meaning.strip(" ,;.–-=") for mark, meaning in pairs})
        if "=" in body and len(text) <= 200:
            for match in _DEFINED.finditer(body):
                if "=" in match[0] and match["mark"] not in found:
                    found[match["mark"]] = match["meaning"].strip(" .,")
    return {mark: meaning for mark, meaning in found.items() if meaning}
