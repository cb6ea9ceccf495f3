"""Makes the PDF of the sample report from its text: `python -m tests.make_sample`.

The text is the source; headings, bullets and tables are laid out as a committee paper has them. The same text gives the
same bytes, so that a test can tell whether the PDF that is shipped is up to date.
"""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import pymupdf

SAMPLES = Path(__file__).parents[1] / "samples"
TEXT = SAMPLES / "wexcombe-q3-2022-23.txt"
PDF = TEXT.with_suffix(".pdf")
MARGINS = (56, 56, -56, -64)
"""Added to the sheet's corners, in points: left, top, right, bottom."""

CSS = """
body { font-family: sans-serif; font-size: 10pt; line-height: 1.25; }
h1 { font-size: 17pt; margin: 0 0 6pt 0; }
h2 { font-size: 12.5pt; margin: 12pt 0 4pt 0; }
p { margin: 0 0 6pt 0; }
li { margin: 0 0 4pt 0; }
.caption { font-weight: bold; margin-top: 6pt; }
table { margin: 2pt 0 8pt 0; }
td, th { border: 0.6pt solid #444444; padding: 3pt 4pt; font-size: 9pt; text-align: left; }
th { background-color: #e4e9f0; }
"""


def to_html(text: str) -> str:
    """The report's text as HTML, block by block."""
    parts: list[str] = []
    for block in text.strip().split("\n\n"):
        lines = block.split("\n")
        if heading := re.match(r"(#+) (.*)", block):
            level = len(heading[1])
            parts.append(f"<h{level}>{html.escape(heading[2])}</h{level}>")
        elif block.startswith("- "):
            items = "".join(f"<li>{html.escape(line.removeprefix('- '))}</li>" for line in lines)
            parts.append(f"<ul>{items}</ul>")
        elif "\t" in block:
            parts.append(_table(lines))
        else:
            kind = ' class="caption"' if block.startswith("Table ") else ""
            parts.append(f"<p{kind}>{html.escape(block)}</p>")
    return "".join(parts)


def _table(lines: list[str]) -> str:
    rows = []
    for number, line in enumerate(lines):
        tag = "td" if number else "th"
        rows.append("<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in line.split("\t")) + "</tr>")
    return f"<table>{''.join(rows)}</table>"


def make_pdf(text: str) -> bytes:
    """The report as A4 pages, with page numbers at the foot."""
    story = pymupdf.Story(html=to_html(text), user_css=CSS)
    sheet = pymupdf.paper_rect("a4")
    stream = io.BytesIO()
    writer = pymupdf.DocumentWriter(stream)
    more = True
    while more:
        device = writer.begin_page(sheet)
        more, _ = story.place(sheet + MARGINS)
        story.draw(device)
        writer.end_page()
    writer.close()
    document = pymupdf.open(stream=stream.getvalue(), filetype="pdf")
    for page in document.pages():
        place = pymupdf.Point(sheet.width / 2 - 24, sheet.height - 32)
        page.insert_text(place, f"Page {page.number + 1} of {len(document)}", fontsize=8)
    document.set_metadata({})
    data: bytes = document.tobytes(garbage=4, deflate=True, no_new_id=True)
    return data


if __name__ == "__main__":
    PDF.write_bytes(make_pdf(TEXT.read_text(encoding="utf-8")))
