"""Signs that recognisers take from other alphabets or draw: full-width figures, lines of boxes for a table's pipes."""

from __future__ import annotations

import re

# Full-width forms lie as far from the plain ones as the first does; mathematical digits repeat from 0 to 9.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DIGITS = {code: ord("0") + (code - 0x1D7CE) % 10 for code in range(0x1D7CE, 0x1D800)}
_LINES = {**dict.fromkeys(map(ord, "│┃║┆┇┊┋"), "|"), **dict.fromkeys(map(ord, "├┤┼┬┴╠╣╬╦╩┌┐└┘╔╗╚╝┝┥┿╞╡╪"), "|")}
_RULES = dict.fromkeys(map(ord, "─━═┄┅┈┉"), "-")
_OTHERS = {ord("﹪"): "%", ord("⁄"): "/", ord("∕"): "/", ord("∶"): ":", ord("\u3000"): " "}
_PLAIN: dict[int, int | str] = {**_FULL_WIDTH, **_DIGITS, **_LINES, **_RULES, **_OTHERS}
_ANY = re.compile("[\uff01-\uff5e\U0001d7ce-\U0001d7ff\u2500-\u257f﹪⁄∕∶\u3000]")


def plain_signs(text: str) -> str:
    """A text with such signs as plain ones, one for one: every place in it stays the same.

    Args:
        text: The text.
    """
    return text if text.isascii() or _ANY.search(text) is None else text.translate(_PLAIN)
