"""Regular expressions in the project's files: refused where they are none, with the file and line they stand in."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator


def sound(expression: str) -> str:
    """The expression, if it is one.

    Raises:
        ValueError: If it does not compile.
    """
    try:
        re.compile(expression)
    except re.error as fault:
        raise ValueError(f"no regular expression ({fault}): {expression}") from None
    return expression


Expression = Annotated[str, AfterValidator(sound)]
