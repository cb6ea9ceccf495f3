"""What a worker process loads before its first document."""

from __future__ import annotations

import subprocess
import sys


def test_a_worker_loads_no_database_and_no_remote_file_system() -> None:
    code = (
        "import sys; import townclerk.convert.worker;"
        "print(sorted({'sqlalchemy', 'fsspec', 'pebble', 'rich', 'pymupdf'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
