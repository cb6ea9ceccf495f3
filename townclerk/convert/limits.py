"""What a document may cost."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1 << 20


@dataclass(slots=True, frozen=True)
class Limits:
    """Bounds of one document's conversion.

    Attributes:
        seconds: A document that takes longer is given up.
        memory: Bytes a worker may hold; one that holds more is ended.
        size: Bytes a document may have.
    """

    seconds: float = 900.0
    memory: int = 2048 * MB
    size: int = 1024 * MB
