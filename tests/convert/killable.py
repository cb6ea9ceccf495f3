"""`python -m tests.convert.killable STORE SOURCE [JOBS]`: a conversion with quick workers, for tests that kill it."""

from __future__ import annotations

import sys

from tests.convert.workers import quick
from townclerk.convert import versions
from townclerk.convert.archive import convert_archive
from townclerk.convert.conversion import ConvertOptions

if __name__ == "__main__":
    versions.shipped_patterns = lambda: "as ever"  # a working copy's patterns may change meanwhile
    jobs = int(sys.argv[3]) if len(sys.argv) > 3 else 2
    done = convert_archive([sys.argv[2]], sys.argv[1], ConvertOptions(jobs=jobs, prepare=quick))
    sys.exit(130 if done.interrupted else 0)
