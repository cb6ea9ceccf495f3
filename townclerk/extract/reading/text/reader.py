"""Decoded text to a document: the stages of the text reader in order."""

from __future__ import annotations

import re
from bisect import bisect_right

from townclerk.extract.reading.text.cards import split_cards
from townclerk.extract.reading.text.chunks import make_chunks
from townclerk.extract.reading.text.columns import split_columns
from townclerk.extract.reading.text.drafts import Chunk, Draft
from townclerk.extract.reading.text.furniture import mark_furniture
from townclerk.extract.reading.text.joining import join_lines, tears
from townclerk.extract.reading.text.knowledge import Knowledge, knowledge
from townclerk.extract.reading.text.latex import without_latex
from townclerk.extract.reading.text.legend import gather_keys
from townclerk.extract.reading.text.levels import settle_levels
from townclerk.extract.reading.text.lines import Line, join_markers, split_lines, split_pages
from townclerk.extract.reading.text.loops import mark_loops, repeated_sentences
from townclerk.extract.reading.text.marks import clean, strip
from townclerk.extract.reading.text.markup_grids import fold_tables
from townclerk.extract.reading.text.paragraphs import draft_chunk
from townclerk.extract.reading.text.signs import plain_signs
from townclerk.extract.reading.text.tiles import group_tiles
from townclerk.models.document import Block, BlockKind, Document
from townclerk.models.passage import Passage

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN_LINE = re.compile(r"[^\W\d_]-[ \t]*[\r\n]")
_RUNNING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def read_text(text: str, name: str, sha256: str, encoding: str) -> Document:
    """Read a decoded text file; `Document.text` is the text as it came.

    Args:
        text: The decoded text, line ends as in the file.
        name: The file's name.
        sha256: Digest of the file's bytes.
        encoding: The encoding found.
    """
    known = knowledge()
    pages = split_pages(text)
    plain = without_latex(plain_signs(text))
    lines = fold_tables(split_lines(plain, pages), plain)
    lines = join_markers(split_columns(split_cards(lines), known), plain, known.lone_marker)
    words_only = [line for line in lines if line.table is None]
    mark_furniture(words_only, known)
    mark_loops(words_only)
    drafts = _drafts(make_chunks(lines, plain), plain, known)
    gather_keys(drafts, plain, known)
    settle_levels(drafts, sorted(line.start for line in lines if line.furniture))
    words = _words(plain)
    starts = [page.start for page in pages]
    blocks = [block for draft in drafts for block in _blocks(draft, plain, starts, words, known)]
    blocks = _insert(blocks, [_furniture_block(line, plain) for line in lines if line.furniture])
    document = Document(name, sha256, text, pages, blocks, encoding=encoding)
    for draft in drafts:
        document.legend.update(draft.legend)
    return document


def _drafts(chunks: list[Chunk], source: str, known: Knowledge) -> list[Draft]:
    """Drafts of all chunks, sentences torn by gaps and furniture joined."""
    drafts: list[Draft] = []
    for part in group_tiles(chunks, source, known):
        if isinstance(part, list):
            new = part
        elif part.draft is not None:
            new = [part.draft]
        else:
            new = draft_chunk(part, known)
        if drafts and new and _is_torn(drafts[-1], new[0], source, known):
            drafts[-1].spans.extend(new[0].spans)
            new = new[1:]
        drafts.extend(new)
    return drafts


def _is_torn(before: Draft, after: Draft, source: str, known: Knowledge) -> bool:
    """True where a block is the rest of the sentence that the block before it broke off."""
    if before.kind not in _RUNNING or after.kind is not BlockKind.PARAGRAPH or after.marker or after.broken:
        return False
    first, last = before.spans[-1], after.spans[0]
    return tears(source[first[0] : first[1]], source[last[0] : last[1]], known)


def _words(text: str) -> frozenset[str]:
    """The document's words in small letters, if any line ends with a hyphen; they judge what the hyphen is."""
    if _BROKEN_LINE.search(text) is None:
        return frozenset()
    return frozenset(_WORD.findall(text.lower()))


def _blocks(draft: Draft, source: str, pages: list[int], words: frozenset[str], known: Knowledge) -> list[Block]:
    """The finished block of a draft; a sentence that a recogniser looped is set aside as furniture behind it.

    Args:
        draft: The draft.
        source: The document's text.
        pages: Where its pages begin: a sentence may go on, and be looped, on the next one.
        words: The document's words.
        known: Cue words.
    """
    if draft.passage is not None:
        return [Block(draft.kind, draft.page, draft.passage, draft.level, table=draft.table, marker=draft.marker)]
    cleaned = [clean(source, *span) for span in draft.spans]
    passage = join_lines([line for line in cleaned if line.text] or cleaned[:1], words, known)
    looped = repeated_sentences(passage.text) if draft.kind in _RUNNING else []
    kept = passage
    if looped:
        kept = strip(Passage.join(_others(passage, looped), ""))
    blocks = [Block(draft.kind, draft.page, kept, draft.level, marker=draft.marker)]
    for span in looped:
        copy = passage.slice(*span)
        blocks.append(Block(BlockKind.FURNITURE, bisect_right(pages, copy.pieces[0].source_start), copy))
    return blocks


def _others(passage: Passage, taken: list[tuple[int, int]]) -> list[Passage]:
    """What is left of a passage without some spans."""
    parts: list[Passage] = []
    position = 0
    for start, end in [*taken, (len(passage.text), len(passage.text))]:
        if start > position:
            parts.append(passage.slice(position, start))
        position = end
    return parts


def _furniture_block(line: Line, source: str) -> Block:
    """The block of a furniture line."""
    return Block(BlockKind.FURNITURE, line.page, Passage.of(source, line.start, line.end))


def _insert(blocks: list[Block], furniture: list[Block]) -> list[Block]:
    """Put furniture where it stands in the text; blocks keep their order among themselves."""
    result: list[Block] = []
    waiting = iter(furniture)
    following = next(waiting, None)
    for block in blocks:
        start = _start(block)
        while following is not None and _start(following) < start:
            result.append(following)
            following = next(waiting, None)
        result.append(block)
    while following is not None:
        result.append(following)
        following = next(waiting, None)
    return result


def _start(block: Block) -> int:
    """Where a block begins in the document's text."""
    return block.passage.pieces[0].source_start if block.passage.pieces else 0
