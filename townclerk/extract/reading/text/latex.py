r"""What a recogniser wrote in LaTeX: figures as formulas ("$21.4\%$", "$\uparrow$"), headings, emphasis, lists."""

from __future__ import annotations

import re

_FORMULA = re.compile(
    r"(?<![\\$\w])\$(?!\$)(?P<said>[^$\n]{1,120}?)(?<!\\)\$(?![\d$])|\\\((?P<other>(?=[^$\n]{0,60}\\[A-Za-z%])[^$\n]{1,120}?)\\\)"
)
_PLAIN_WORD = re.compile(r"[^\W\d_]{3,}")
_TOKEN = re.compile(
    r"(?P<comma>\{,\}|(?<=\d)\\[,;: ](?=\d))"
    r"|(?P<dressed>[\^_]?\\(?:text|mathrm|mathbf|mathit|mathsf|textbf|textit|textrm|textsf|boldsymbol|bf|rm)\b\s*\{?)"
    r"|(?P<command>\\[a-zA-Z]+\s?)"
    r"|(?P<escaped>\\[%$&#_{}])"
    r"|(?P<space>\\[,;:! ]|~)"
    r"|(?P<brace>[\^_]?\{|\}|\^|_)"
)
_SIGNS = {
    "uparrow": "↑",
    "Uparrow": "↑",
    "downarrow": "↓",
    "Downarrow": "↓",
    "rightarrow": "→",
    "Rightarrow": "→",
    "longrightarrow": "→",
    "to": "→",
    "leftrightarrow": "↔",
    "Leftrightarrow": "↔",
    "nearrow": "↗",
    "searrow": "↘",
    "geq": "≥",
    "ge": "≥",
    "geqslant": "≥",
    "gt": ">",
    "leq": "≤",
    "le": "≤",
    "leqslant": "≤",
    "lt": "<",
    "pm": "±",
    "sim": "~",
    "approx": "~",
    "times": "×",
    "div": "/",
    "pounds": "£",
    "cdot": ".",
    "bullet": "•",
    "checkmark": "✓",
    "blacktriangle": "▲",
    "blacktriangledown": "▼",
    "triangle": "△",
    "triangledown": "▽",
}
_DRESSED = re.compile(r"\\(?:text(?:bf|it|rm|sf)|emph|underline|caption|title)\*?\{(?P<said>[^{}]*)\}")
_HEADING = re.compile(r"\\(?P<below>(?:sub)*)section\*?\{(?P<said>[^{}\n]*)\}")
_LAYOUT = re.compile(
    r"\\(?:begin|end)\{(?:table|figure|center|itemize|enumerate|document|flushleft|flushright|minipage)\*?\}(?:\[[^\]\n]*\])?"
    r"|\\(?:centering|noindent|maketitle|newpage|clearpage|footnotetext\{\})"
    r"|\\includegraphics(?:\[[^\]\n]*\])?\{[^{}\n]*\}"
)
_ITEM = re.compile(r"\\item\b(?=\s)")


def without_latex(text: str) -> str:
    """A text with its LaTeX as plain words, figures and markdown, as long as it was: every place in it stays the same.

    What only looks like a formula ("$20m and $30m", a bracket that markdown escapes) stays as it is; so do tables.

    Args:
        text: The text.
    """
    if "$" in text or "\\(" in text:
        text = _FORMULA.sub(_plain, text)
    if "\\" not in text:
        return text
    text = _DRESSED.sub(lambda found: found["said"].ljust(len(found[0])), text)
    text = _HEADING.sub(_heading, text)
    text = _ITEM.sub("-    ", text)
    return _LAYOUT.sub(lambda found: " " * len(found[0]), text)


def _plain(found: re.Match[str]) -> str:
    """A formula as figures and signs; words and sums of money between two dollar signs stay as they are."""
    said: str = found["said"] or found["other"]
    if "\\" not in said and _PLAIN_WORD.search(said) is not None:
        return found[0]
    mark = " " * ((len(found[0]) - len(said)) // 2)
    return f"{mark}{_TOKEN.sub(_written, said)}".ljust(len(found[0]))


def _written(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind == "comma":
        return "," if found[0][0] == "{" else ""
    if kind == "escaped":
        return found[0][1]
    if kind == "command":
        return _SIGNS.get(found[0][1:].strip(), "")
    return " " if kind == "space" else ""


def _heading(found: re.Match[str]) -> str:
    hashes = "#" * (len(found["below"]) // len("sub") + 1)
    return f"{hashes} {found['said']}".ljust(len(found[0]))
