"""Where the review room listens, and who may come in there."""

from __future__ import annotations

import ipaddress
import os
import socket
from dataclasses import dataclass
from pathlib import Path

import psutil
import uvicorn
from starlette.types import ASGIApp

from townclerk.models.errors import UsageError
from townclerk.review.web.security import Doors, doors_for

DEFAULT_PORT = 8765
_LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, never bound to by itself


@dataclass(slots=True, frozen=True)
class Place:
    """Where to listen.

    Attributes:
        host: Name or address.
        port: Port; None for the usual one, or any free one where that is taken.
        certfile: Certificate chain (PEM), beyond this machine.
        keyfile: Its key, where it is not in the same file.
        reviewers: File of named reviewers, beyond this machine.
    """

    host: str = "127.0.0.1"
    port: int | None = None
    certfile: Path | None = None
    keyfile: Path | None = None
    reviewers: Path | None = None


def is_loopback(host: str) -> bool:
    """True where a host is this machine only."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_place(place: Place) -> None:
    """See that a place beyond this machine is locked well enough.

    Raises:
        UsageError: If it is not; the message has the command to use instead.
    """
    for file, option in ((place.certfile, "--certfile"), (place.keyfile, "--keyfile")):
        if file is not None and not file.is_file():
            raise UsageError(f"{option} {file}: there is no such file")
    if is_loopback(place.host) or (place.certfile is not None and place.reviewers is not None):
        return
    port = place.port or DEFAULT_PORT
    raise UsageError(
        f"--host {place.host} would show the reports to others on the network: that needs --certfile CERTIFICATE.pem "
        "and --reviewers FILE (make one with: townclerk reviewer FILE NAME).\n"
        f"Without them, keep the server on its machine ({socket.gethostname()}) and reach it by SSH. On yours, run:\n"
        f"  ssh -N -L {port}:127.0.0.1:{port} {socket.gethostname()}\n"
        "and open there the address that townclerk prints here."
    )


def bind(place: Place) -> socket.socket:
    """A socket that listens.

    Raises:
        UsageError: If the host is not this machine's, or the port is taken.
    """
    ports = [place.port] if place.port is not None else [DEFAULT_PORT, 0]
    fault: OSError | None = None
    for port in ports:
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(
                place.host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            opened = socket.socket(family, kind, protocol)
        except OSError as failure:
            raise UsageError(f"--host {place.host}: {failure.strerror or failure}; check the name") from None
        try:
            if os.name == "posix":  # else a port that was just given back could not be used for a minute
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            opened.bind(address)
            opened.listen(128)
        except OSError as failure:
            fault = failure
            opened.close()
        else:
            return opened
    told = fault.strerror if fault else "unknown"
    raise UsageError(f"port {ports[0]} of {place.host} cannot be used ({told}); choose another with --port")


def names_of(host: str) -> list[str]:
    """The names by which a server at a host may be called: no others are answered."""
    if is_loopback(host):
        return [*dict.fromkeys([host, *_LOOPBACK_NAMES])]
    names = [host, socket.gethostname(), socket.getfqdn()]
    if host in _EVERYWHERE:
        names += [one.address.split("%")[0] for found in psutil.net_if_addrs().values() for one in found
                  if one.family in {socket.AF_INET, socket.AF_INET6}]  # fmt: skip
    return [*dict.fromkeys(names)]


def doors_of(place: Place, port: int) -> Doors:
    """The doors of a place."""
    secure = place.certfile is not None
    return doors_for(names_of(place.host), port, secure=secure, signs_in=place.reviewers is not None)


def opening_address(place: Place, port: int, token: str) -> str:
    """The address to open: with the token, where no password is asked for."""
    scheme = "https" if place.certfile is not None else "http"
    host = socket.getfqdn() if place.host in _EVERYWHERE else place.host
    path = "/sign-in" if place.reviewers is not None else f"/open?token={token}"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}{path}"


def make_server(app: ASGIApp, place: Place) -> uvicorn.Server:
    """The server, to be run on a socket that listens.

    Raises:
        UsageError: If certificate and key cannot be used.
    """
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="off",
        ssl_certfile=place.certfile,
        ssl_keyfile=place.keyfile,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=32 * 1024,
    )
    try:
        config.load()
    except OSError as fault:  # ssl's faults are among them
        raise UsageError(
            f"--certfile {place.certfile}: cannot be used ({fault}); give a PEM certificate and its key"
        ) from None
    return uvicorn.Server(config)
