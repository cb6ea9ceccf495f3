"""Score table structure of Townclerk and its peers over whole documents, each peer in an environment of its own.

    python benchmarks/peers.py FOLDER --environments PLACE

FOLDER holds `NAME.pdf` with `NAME-str.xml`, as the public ICDAR-2013 table competition has them. PLACE is a folder
outside the repository; an environment a peer is made in it (once) with this Python's venv and pip. Prints one line a
reader: precision, recall and F1 of the competition's neighbourhood relations averaged over documents, numbers that
do not stand so on the page, cost in times `get_text("words")`, and files the peer failed on.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

from benchmarks.tables import Spot, cost, from_rows, ours, score, seconds, words_only

_REQUIREMENTS = {
    "pymupdf lines": ("pymupdf>=1.28.2,<2",),
    "pdfplumber": ("pdfplumber>=0.11",),
    "camelot stream": ("camelot-py[base]>=1.0",),
    "camelot hybrid": ("camelot-py[base]>=1.0",),
}
_RUNNER = Path(__file__).with_name("peer_tables.py")


def environment(place: Path, requirements: tuple[str, ...]) -> Path:
    """The interpreter of an environment with these packages, made if it is not there."""
    folder = place / "".join(c if c.isalnum() else "-" for c in requirements[0]).strip("-")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / "made").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *requirements], check=True)
        (folder / "made").touch()
    return python


def answers(python: Path, peer: str, files: list[Path]) -> dict[str, tuple[list[list[Spot]], float, str]]:
    """Tables, processor time and fault of a peer, by file name."""
    command = [str(python), str(_RUNNER), peer, *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    lines = [json.loads(line[1:]) for line in run.stdout.splitlines() if line.startswith("@")]
    if not lines:
        raise SystemExit(f"{peer}: {run.stderr.strip().splitlines()[-1:]}")
    return {one["file"]: ([from_rows(rows) for rows in one["tables"]], one["seconds"], one["fault"]) for one in lines}


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--environments", type=Path, required=True, help="folder for the peers' environments")
    given = parser.parse_args()
    truths = {path: path.with_name(f"{path.stem}-str.xml") for path in sorted(given.folder.glob("*.pdf"))}
    pairs = [(pdf, answer) for pdf, answer in truths.items() if answer.exists()]
    if not pairs:
        sys.exit(f"{given.folder}: no NAME.pdf with NAME-str.xml beside it")
    files = [pdf for pdf, _ in pairs]
    base = seconds(words_only, files)
    score("townclerk", ours, pairs, None)
    print(f"{'':<20} {cost(ours, files):.1f} times get_text('words')")
    for peer, requirements in _REQUIREMENTS.items():
        found = answers(environment(given.environments, requirements), peer, files)
        score(peer, _reader(found), pairs, None)
        failed = [name for name, (_, _, fault) in found.items() if fault] + [
            pdf.name for pdf in files if pdf.name not in found
        ]
        times = sum(taken for _, taken, _ in found.values()) / base
        print(f"{'':<20} {times:.1f} times get_text('words')" + (f", failed on {', '.join(failed)}" if failed else ""))


def _reader(found: dict[str, tuple[list[list[Spot]], float, str]]) -> Callable[[Path], list[list[Spot]]]:
    return lambda path: found[path.name][0] if path.name in found else []


if __name__ == "__main__":
    main()
