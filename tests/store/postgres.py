"""A PostgreSQL server of the test's own, from Debian's package, on a socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


class Server:
    """A server that can be started and stopped; its address is `url`."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "data"
        self._folder = folder
        # Debian's server refuses to run as root; its package comes with a user for it.
        self._prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._prefix:
            shutil.chown(folder, "postgres")
            for parent in (folder, *folder.parents):
                if parent.owner() in {"root", "postgres"} and parent != Path("/"):
                    parent.chmod(parent.stat().st_mode | 0o055)
        self._run(["initdb", "-D", str(self._data), "-A", "trust", "-U", "townclerk", "--no-sync"])
        self.url = f"postgresql://townclerk@/postgres?host={folder}"

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self._folder}' -c fsync=off"
        self._run(["pg_ctl", "-D", str(self._data), "-w", "-l", str(self._folder / "log"), "-o", options, "start"])

    def stop(self) -> None:
        self._run(["pg_ctl", "-D", str(self._data), "-m", "immediate", "stop"])

    def _run(self, command: Sequence[str]) -> None:
        program = str(_BINARIES[0] / command[0])
        subprocess.run([*self._prefix, program, *command[1:]], check=True, stdout=subprocess.DEVNULL)


def is_installed() -> bool:
    """True where a server's programs are there."""
    return bool(_BINARIES)
