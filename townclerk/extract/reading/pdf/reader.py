"""The pages of a PDF, or of pictures, as a document."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Sequence

import pymupdf

from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf.abreast import label_from_pages_before
from townclerk.extract.reading.pdf.continuing import join_torn, mark_continued
from townclerk.extract.reading.pdf.depths import carry_depths
from townclerk.extract.reading.pdf.drafts import Draft
from townclerk.extract.reading.pdf.furniture import find_furniture
from townclerk.extract.reading.pdf.glean import Gleaned, Seen, glean
from townclerk.extract.reading.pdf.headings import join_headings
from townclerk.extract.reading.pdf.knowledge import layout_knowledge
from townclerk.extract.reading.pdf.opening import FAULTS, is_cut_off, open_pdf, said
from townclerk.extract.reading.pdf.page import draft_page
from townclerk.extract.reading.pdf.seeing import see
from townclerk.extract.reading.pdf.turning import Turn
from townclerk.extract.reading.pdf.weighing import is_too_heavy
from townclerk.extract.reading.pdf.writing import Writer
from townclerk.extract.reading.text.knowledge import knowledge
from townclerk.models.document import Block, BlockKind, Bookmark, Box, Document, Origin, Page, Words
from townclerk.models.errors import MissingComponentError, UnreadableError

# Pages larger than this many points a side (ten metres) are drawings, or damaged.
_LARGEST_SIDE = 28_800.0
_MOST_WORDS = 20_000
_CUT_OFF = "the file is cut off, and what stood on this page is lost; fetch the whole file"
_CUT_OFF_LATER = "the file is cut off: more may have stood on this page or behind it; fetch the whole file"
_HEADING_LEVELS = 6


def read_pdf(data: bytes, name: str, options: ReadOptions) -> Document:
    """Read a PDF.

    Args:
        data: The file's bytes.
        name: Its name, for messages and the record.
        options: Password and limits.

    Returns:
        The document; a page that could not be read says why in `skipped`. Its facts are not settled yet.

    Raises:
        UnreadableError: It cannot be opened, or not one page could be read.
        MissingComponentError: It is a scan, and no recogniser is installed.
    """
    return read_pages(open_pdf(data, name, options.password), data, name, options, "application/pdf")


def read_pages(pdf: pymupdf.Document, data: bytes, name: str, options: ReadOptions, media_type: str) -> Document:
    """Read the pages of an open file, and close it.

    Args:
        pdf: Any file MuPDF opens, pictures among them.
        data: The file's bytes.
        name: Its name, for messages and the record.
        options: Limits, and whether pictures are read.
        media_type: What kind of file it is.

    Raises:
        UnreadableError: Not one page could be read.
        MissingComponentError: Not one page could be read without a recogniser that is not installed.
    """
    missing: list[MissingComponentError] = []
    cut_off = is_cut_off(pdf, data)
    try:
        pages = [_glean(pdf, number, options, missing) for number in range(len(pdf))]
        labels = _labels(pdf)
        bookmarks = _bookmarks(pdf)
    finally:
        pdf.close()
    if cut_off:
        pages = _told_as_lost(pages)
    read = [page for page, _ in pages if page is not None]
    if not read and missing:
        raise MissingComponentError(f"{name}: {missing[0]}")
    if not read:
        if cut_off:
            raise UnreadableError(f"{name}: the PDF is damaged or cut off, and no page of it is left; fetch it again")
        reason = pages[0][1]
        remedy = "" if ";" in reason else "; open it in a PDF viewer and save it anew"
        raise UnreadableError(f"{name}: no page could be read ({reason}){remedy}")
    document = compose(data, name, pages, labels, options, media_type)
    document.bookmarks = bookmarks
    return document


def _glean(
    pdf: pymupdf.Document, number: int, options: ReadOptions, missing: list[MissingComponentError]
) -> tuple[Gleaned | None, str]:
    """A page's words and vectors, or why there are none; a recogniser that it needs and lacks is put on `missing`."""
    started = time.monotonic()
    try:
        page = pdf[number]
        rect = page.rect
        width, height = rect.width, rect.height
        if not (0 < width <= _LARGEST_SIDE and 0 < height <= _LARGEST_SIDE):
            return None, f"the page measures {width:.0f} by {height:.0f} points, which no printed page does"
        if is_too_heavy(pdf, page, options.max_megabytes_per_page):
            return None, (
                f"reading the page would take more than {options.max_megabytes_per_page:g} MB; "
                "raise --limit-page-memory to read it all the same"
            )
        gleaned = glean(page, layout_knowledge())
    except FAULTS as fault:
        return None, f"the page is damaged ({said(fault)})"
    if options.max_seconds_per_page and time.monotonic() - started > options.max_seconds_per_page:
        return None, (
            f"the page took longer than {options.max_seconds_per_page:g} seconds; "
            "raise --limit-page-time to read it all the same"
        )
    count = sum(len(segment.words) for segment in gleaned.segments)
    if count > _MOST_WORDS:
        return None, f"the page holds {count} words, more than the {_MOST_WORDS} a page may have"
    try:
        return see(page, gleaned, options)
    except MissingComponentError as fault:
        missing.append(fault)
        return None, str(fault)
    except FAULTS as fault:
        return None, f"its picture is damaged ({said(fault)})"


def _told_as_lost(pages: Sequence[tuple[Gleaned | None, str]]) -> list[tuple[Gleaned | None, str]]:
    """The pages of a file that was cut off: those left blank are lost, the last of the others may lack something."""
    told: list[tuple[Gleaned | None, str]] = []
    for page, fault in pages:
        blank = page is not None and not (page.segments or page.rules or page.fills)
        told.append((None, _CUT_OFF) if blank else (page, fault))
    left = [at for at, (page, fault) in enumerate(told) if page is not None and not fault]
    if left and all(page is not None for page, _ in told):
        told[left[-1]] = (told[left[-1]][0], _CUT_OFF_LATER)
    return told


def _labels(pdf: pymupdf.Document) -> list[str]:
    """The pages' labels as the file gives them; empty where it gives none."""
    try:
        if not pdf.get_page_labels():
            return [""] * len(pdf)
        return [str(pdf[number].get_label()) for number in range(len(pdf))]
    except FAULTS:
        return [""] * len(pdf)


def _bookmarks(pdf: pymupdf.Document) -> list[Bookmark]:
    """The file's outline, as far as it names pages of the file."""
    try:
        entries = pdf.get_toc(simple=True)
    except FAULTS:
        return []
    return [Bookmark(level, " ".join(title.split()), page) for level, title, page in entries if page > 0]


def compose(
    data: bytes,
    name: str,
    pages: Sequence[tuple[Gleaned | None, str]],
    labels: Sequence[str],
    options: ReadOptions,
    media_type: str,
) -> Document:
    """Lay out every page and write the document.

    Args:
        data: The file's bytes.
        name: Its name.
        pages: Each page's words and vectors, and what of it could not be read.
        labels: Each page's label.
        options: Limits.
        media_type: What kind of file it is.
    """
    layout, known = layout_knowledge(), knowledge()
    read = [page for page, _ in pages if page is not None]
    if any(page.seen is not None for page in read):
        from townclerk.extract.reading.ocr.gleaning import even_pages  # noqa: PLC0415 - for scans alone

        even_pages(read)
    body = _body_size(read)
    furniture = iter(find_furniture(read, known))
    drafted: list[tuple[list[Draft], str]] = []
    for page, fault in pages:
        if page is None:
            drafted.append(([], fault))
            continue
        started = time.monotonic()
        drafts = draft_page(page, next(furniture), body, layout, known)
        slow = options.max_seconds_per_page and time.monotonic() - started > options.max_seconds_per_page
        drafted.append((drafts, f"laying it out took over {options.max_seconds_per_page:g} seconds" if slow else fault))
    mark_continued([drafts for drafts, _ in drafted])
    carry_depths([drafts for drafts, _ in drafted])
    join_headings([draft for drafts, _ in drafted for draft in drafts], body)
    _set_levels([draft for drafts, _ in drafted for draft in drafts])
    spellings = _spellings(read)
    writer = Writer(known, spellings)
    blocks: list[Block] = []
    out: list[Page] = []
    for index, (page, _) in enumerate(pages):
        out.append(_write_page(writer, index + 1, page, *drafted[index], labels[index], blocks))
        if index + 1 < len(pages):
            writer.put("\f")
    blocks = join_torn(blocks, spellings, known)
    label_from_pages_before(blocks)
    return Document(name, hashlib.sha256(data).hexdigest(), "".join(writer.parts), out, blocks, media_type=media_type)


def _write_page(
    writer: Writer, number: int, page: Gleaned | None, drafts: list[Draft], fault: str, label: str, blocks: list[Block]
) -> Page:
    turn: Turn | None = page.turn if page else None
    writer.start_page(turn)
    start = writer.length
    blocks.extend([writer.block(draft, number) for draft in drafts])
    if page is not None and page.seen is not None:
        _add_certainty(writer.words, page.seen, page.turn)
    return Page(
        number,
        start,
        writer.length,
        turn.shown_width if turn else 0.0,
        turn.shown_height if turn else 0.0,
        Origin.BORN_DIGITAL if page is None or page.seen is None else Origin.SCAN,
        writer.words,
        label,
        fault,
    )


def _add_certainty(words: Words, seen: Seen, turn: Turn) -> None:
    """Say of each word how sure the recogniser was; words of the page's own text layer are certain."""
    by_place = {turn.shown(Box(*box)): how for box, how in seen.items()}
    for box in words.boxes:
        certainty, agreed = by_place.get(box, (1.0, -1))
        words.certainty.append(certainty)
        words.agreed.append(agreed)


def _body_size(pages: Sequence[Gleaned]) -> float:
    """The font size most letters are set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for segment in page.segments:
            sizes[segment.size] += segment.letters
    rounded: Counter[float] = Counter()
    for size, letters in sizes.items():
        rounded[round(size * 2) / 2] += letters
    return rounded.most_common(1)[0][0] if rounded else 11.0


def _set_levels(drafts: Sequence[Draft]) -> None:
    """Give headings their levels: larger above smaller, bold above plain."""
    headings = [draft for draft in drafts if draft.kind is BlockKind.HEADING]
    styles = sorted({_style(draft) for draft in headings}, reverse=True)
    ranks = {style: min(_HEADING_LEVELS, rank + 1) for rank, style in enumerate(styles)}
    for draft in headings:
        draft.level = ranks[_style(draft)]


def _style(draft: Draft) -> tuple[int, bool]:
    return round(draft.size), draft.bold


def _spellings(pages: Sequence[Gleaned]) -> frozenset[str]:
    """The words of the document in lower case, if a line ends with a broken word: they judge how to join it."""
    segments = [segment for page in pages for segment in page.segments]
    last = [segment.words[-1].text for segment in segments]
    if not any(text[-1] == "-" and text[-2:-1].isalpha() for text in last):
        return frozenset()
    said = {word[4] for segment in segments for word in segment.words}
    return frozenset([word.strip(".,;:()'\"‘’“”").lower() for word in said])
