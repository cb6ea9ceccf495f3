"""Write made-up reports with their gold: `python -m tests.factory --n 100 --out factory-out --seed 1 --form text`."""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.factory.make import FORMS, PARTS, Made, make

_AREA_COLUMNS = ["gss_code", "name", "short_names", "region", "la_type", "valid_from", "valid_to", "dfe_la_code"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write `n` reports, a gold file beside each, a manifest and the table of made-up areas; returns the exit code."""
    options = _parser().parse_args(arguments)
    began = time.monotonic()
    for folder in ("reports", "gold"):
        (options.out / folder).mkdir(parents=True, exist_ok=True)
    areas: dict[str, str] = {}
    lines = 0
    with (options.out / "manifest.jsonl").open("w", encoding="utf-8", newline="\n") as manifest:
        for seed in range(options.seed, options.seed + options.n):
            made = make(seed, options.form, options.part, options.layout)
            _write(made, options.out)
            manifest.write(json.dumps(made.about, ensure_ascii=False) + "\n")
            areas.setdefault(made.about["authority"], made.about["region"])
            areas.update({name: areas.get(name, "") for name in made.about["neighbours"]})
            lines += len(made.gold)
    write_areas(options.out / "areas.csv", areas)
    sys.stderr.write(
        f"{options.n} reports ({options.form}, {options.part}), {lines} gold lines, "
        f"{time.monotonic() - began:.1f} s, in {options.out}\n"
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.factory", description=__doc__)
    parser.add_argument("--n", type=int, default=100, help="how many reports")
    parser.add_argument("--out", type=Path, default=Path("factory-out"), help="folder to write to")
    parser.add_argument("--seed", type=int, default=1, help="number of the first report; the others follow it")
    parser.add_argument("--form", choices=FORMS, default="text")
    parser.add_argument("--part", choices=PARTS, default="open")
    parser.add_argument("--layout", help="only this layout")
    return parser


def _write(made: Made, out: Path) -> None:
    (out / "reports" / f"{made.stem}.{made.suffix}").write_bytes(made.data)
    with (out / "gold" / f"{made.stem}.jsonl").open("w", encoding="utf-8", newline="\n") as gold:
        for line in made.gold:
            gold.write(json.dumps(line, ensure_ascii=False) + "\n")


def write_areas(path: Path, areas: dict[str, str]) -> None:
    """Write the table of made-up areas, name and region, that `--areas` takes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _AREA_COLUMNS)
        writer.writeheader()
        for name, region in sorted(areas.items()):
            writer.writerow({"name": name, "region": region})


if __name__ == "__main__":
    sys.exit(main())
